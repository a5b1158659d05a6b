// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// checkSpans holds what every finding must hold: spans in range and in order, a
// text that is that of the spans, places that agree with them.
func checkSpans(t *testing.T, doc Document, qs []Quotation) {
	t.Helper()
	if doc.Text == "" {
		doc = Join(doc.Blocks)
	}
	runes := []rune(doc.Text)
	first := 0
	for _, q := range qs {
		if len(q.Spans) == 0 || len(q.Spans) != len(q.Places) {
			t.Fatalf("%d spans, %d places: %q", len(q.Spans), len(q.Places), q.Text)
		}
		if q.Spans[0].Start < first {
			t.Errorf("%q comes after one that begins at %d", q.Text, first)
		}
		first = q.Spans[0].Start
		end := 0
		for i, s := range q.Spans {
			if s.Start < end || s.Start >= s.End || s.End > len(runes) {
				t.Fatalf("span %v of %d: %q", s, len(runes), q.Text)
			}
			end = s.End
			b := doc.Blocks[q.Places[i].Index]
			if got := string([]rune(b.Text)[q.Places[i].Start:q.Places[i].End]); got != string(runes[s.Start:s.End]) {
				t.Errorf("place %q, span %q", got, string(runes[s.Start:s.End]))
			}
		}
		if got := textAt(doc.Text, q.Spans); got != q.Text {
			t.Errorf("text %q, spans have %q", q.Text, got)
		}
		for _, m := range []Mention{q.Cue, q.Speaker.Mention, q.Addressee, q.Venue} {
			if m.Text != "" && string(runes[m.Span.Start:m.Span.End]) != m.Text {
				t.Errorf("mention %q at %v", m.Text, m.Span)
			}
		}
		if q.Confidence <= 0 || q.Confidence > 1 || q.Reason == "" || strings.Contains(q.Reason, "\n") {
			t.Errorf("confidence %v, reason %q", q.Confidence, q.Reason)
		}
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	for _, dir := range []string{"gold", "heldout", "unseen-a", "unseen-b", "unseen-c"} {
		for _, g := range readGold(t, dir) {
			checkSpans(t, g.doc, f.Find(g.doc, Options{}))
		}
	}
	for _, d := range gumDocuments(t) {
		checkSpans(t, d, f.Find(d, Options{}))
	}
}

func FuzzFind(f *testing.F) {
	for _, dir := range []string{"gold", "heldout", "unseen-a"} {
		for _, g := range readGold(f, dir) {
			f.Add(g.doc.Text)
		}
	}
	for _, s := range []string{
		"", "\"", "“", "“““””", "‘’‘’", "''''", "A: b\nA: c\n", "said", "“a” said “b” said “c”", "According to", "according to X, ", "»a« «b»", "„“”",
		"> quote\n> more\n\n— X", "He said that", ", , , said", "(((((", "x said: “", "\x00“\ufeff”", "A.B.C. said. “D.” — E", "said said said said", "who said", "- X",
	} {
		f.Add(s)
	}
	finder := newFinder(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 20000 {
			return
		}
		s = strings.ToValidUTF8(s, "?")
		d := Plain(s)
		d.Published = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
		r := finder.reading(d, Options{})
		qs := r.finish()
		checkSpans(t, d, qs)
		if limit := 4000 + 400*len([]rune(s)); r.steps > limit {
			t.Errorf("%d steps for %d code points: the work must grow with the length alone", r.steps, len([]rune(s)))
		}
	})
}

// The work for a text ten times as long is about ten times as much, also for
// texts that are made to hurt.
func TestWorkIsLinear(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	gold := readGold(t, "gold")
	var all strings.Builder
	for _, g := range gold {
		all.WriteString(g.doc.Text + "\n\n")
	}
	for name, unit := range map[string]string{
		"news":           all.String()[:4000],
		"one sentence":   "and the man who said that the man in the house of the man ",
		"open marks":     "“He said ",
		"commas":         "Doe, the chair, a man, the head, ",
		"marks":          "“a” ‘b’ «c» \"d\" ",
		"names":          "Jane Doe and John Roe said. ",
		"pronouns":       "She said he said they said it was so.\n\n",
		"offices":        "The minister said so. The chair said that it was not.\n\n",
		"short lines":    "A: b\n",
		"block quotes":   "> so it is\n\n",
		"titles":         "“The Long Day” and ",
		"relatives":      "people who spoke with him said that one of them, who had, ",
		"claims":         "the claim that a charge he has called “so” that ",
		"verbs":          "he had for days said and then added, ",
		"according":      "according to the man, ",
		"single letters": "' a ' b ",
	} {
		steps := func(n int) int {
			d := Plain(strings.Repeat(unit, n))
			d.Published = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
			r := f.reading(d, Options{})
			checkSpans(t, d, r.finish())
			return r.steps
		}
		n := max(1, 4000/len(unit))
		small, large := steps(n), steps(8*n)
		if large > 12*small {
			t.Errorf("%s: %d steps, and %d for eight times the text", name, small, large)
		}
	}
}

func TestFinderIsSafe(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	g := readGold(t, "gold")[0]
	want := f.Find(g.doc, Options{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got := f.Find(g.doc, Options{})
			if len(got) != len(want) || got[0].Text != want[0].Text {
				t.Errorf("another result: %d, %d", len(got), len(want))
			}
		})
	}
	wg.Wait()
}

func TestNew(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "en-GB", "EN"} {
		if _, err := New(lang); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
	for _, lang := range []string{"", "xx", "../en", "."} {
		if _, err := New(lang); err == nil {
			t.Errorf("%q is a language", lang)
		}
	}
}

// A list that is asked for and not there would make a rule silent.
func TestListsAreThere(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	for _, name := range []string{
		"abbreviations", "abbreviations in lower case", "never ends a sentence", "begins a sentence", "honorifics", "titles", "roles", "groups", "organisations",
		"papers", "venue nouns", "media", "adverbs of saying", "auxiliaries", "negations", "subordinators", "content openers", "pronouns he", "pronouns she",
		"female nouns", "male nouns", "work nouns", "scare cues", "function words", "particles", "name joins", "not names", "reporting nouns", "months", "weekdays",
		"numbers", "lead to saying", "time openers", "time words", "parts of day", "postmodifiers", "paper participles", "after names", "generations", "opens a clause",
		"participles of the reporter", "one office", "contrasts", "answers", "closed class words", "spoken nouns", "shares", "not speakers", "irregular pasts", "shouts", "places", "nouns that report by themselves", "before numbers", "plain of speech", "denied nouns", "makes a claim",
	} {
		if len(f.lang.lists[name]) == 0 {
			t.Errorf("there is no list %q", name)
		}
	}
	if n := len(f.lang.cues); n < 900 {
		t.Errorf("%d forms of verbs", n)
	}
	if len(f.lang.turn["weekdays"]) == 0 || f.lang.turn["weekdays"]["sunday"] != 7 || f.lang.turn["months"]["dec."] != 12 {
		t.Errorf("weekdays %v", f.lang.turn["weekdays"])
	}
}

// What the magazine knows of people is used, and not guessed beyond.
func TestKnownPeople(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	people := []Person{
		{ID: "p-doe", Name: "Jane Doe", Variants: []string{"J. M. Doe"}, Kind: Human, Roles: []PersonRole{{Title: "Secretary of Transport"}}},
		{ID: "p-roe1", Name: "Anna Roe", Kind: Human},
		{ID: "p-roe2", Name: "Peter Roe", Kind: Human},
		{ID: "p-min", Name: "Ministry of Health", Kind: Organisation},
	}
	for _, tt := range []struct{ text, speaker, id, name string }{
		{"“It is late,” said Jane Doe.", "Jane Doe", "p-doe", "Jane Doe"},
		{"“It is late,” said Ms Doe.", "Ms Doe", "p-doe", "Jane Doe"},
		{"“It is late,” said Roe.", "Roe", "", "Roe"},
		{"“It is late,” the Ministry of Health said.", "the Ministry of Health", "p-min", "Ministry of Health"},
		{"Jane Doe came. “It is late,” the secretary said.", "the secretary", "p-doe", "Jane Doe"},
		{"“It is late,” said John Smith.", "John Smith", "", "John Smith"},
	} {
		d := Plain(tt.text)
		qs := f.Find(d, Options{People: people})
		if len(qs) != 1 {
			t.Errorf("%s: %d quotations", tt.text, len(qs))
			continue
		}
		if s := qs[0].Speaker; s.Text != tt.speaker || s.Person != tt.id || s.Name != tt.name {
			t.Errorf("%s: %+v", tt.text, s)
		}
	}
}

// Links tell the source; blocks that repeat or head the text are not searched.
func TestBlocks(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	text := "“It is late,” Jane Doe told the Ledger."
	at := strings.Index(text, "the Ledger") - 4 // the marks are three bytes and one code point
	d := Join([]Block{
		{ID: "h", Kind: Heading, Text: "“It is late,” says Doe"},
		{ID: "p", Kind: Paragraph, Text: text, Links: []Link{{at, at + 10, "https://ledger.example/1"}}},
		{ID: "q", Kind: PullQuote, Text: "“It is late”"},
		{ID: "l", Kind: Paragraph, Text: "In 2008 she wrote:"},
		{ID: "b1", Kind: BlockQuote, Text: "There is one line."},
		{ID: "b2", Kind: BlockQuote, Text: "It is the Sound."},
	})
	qs := f.Find(d, Options{})
	checkSpans(t, d, qs)
	if len(qs) != 2 {
		t.Fatalf("%d quotations: %+v", len(qs), qs)
	}
	if q := qs[0]; q.Source != "https://ledger.example/1" || q.Places[0].Block != "p" || q.Words() != "It is late," {
		t.Errorf("%+v, words %q", q, q.Words())
	}
	if q := qs[1]; q.Text != "There is one line. … It is the Sound." || q.Speaker.Name != "Jane Doe" || q.Places[1].Block != "b2" {
		t.Errorf("%+v", q)
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"empty lines", "One.\n\nTwo.\r\n\r\nThree.", []string{"One.", "Two.", "Three."}},
		{"lines", "First paragraph, which is long enough to be one.\nSecond.\n", []string{"First paragraph, which is long enough to be one.", "Second."}},
		{"wrapped", "A paragraph that somebody broke at a fixed width of\nsome fifty characters, as one does in a letter, and\nwhich goes on.", []string{"A paragraph that somebody broke at a fixed width of\nsome fifty characters, as one does in a letter, and\nwhich goes on."}},
		{"quote", "> said\n\nx", []string{"said", "x"}},
		{"nothing", " \n\n ", nil},
	} {
		d := Plain(tt.text)
		var got []string
		runes := []rune(tt.text)
		for _, b := range d.Blocks {
			got = append(got, b.Text)
			if s := string(runes[b.Start : b.Start+len([]rune(b.Text))]); s != b.Text {
				t.Errorf("%s: block %q stands at %q", tt.name, b.Text, s)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What was found in the demo magazine and should not have been.
func TestOddFindings(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	for _, tt := range []struct{ name, text, words, speaker, who, date string }{
		{"a year to come is no date of a statement", "In 2039, Jane Doe said, the dam would be gone.", "In 2039 … the dam would be gone", "Jane Doe", "Jane Doe", "2026-03-12"},
		{"the date of the verb and not that of the plan", "Jane Doe said on Monday that the plan for 2039 was late.", "that the plan for 2039 was late", "Jane Doe", "Jane Doe", "2026-03-09"},
		{"a country is no she", "Anna Roe lives in Veldmark. The winter in Veldmark is long. “It snows,” she said.", "“It snows,”", "she", "Anna Roe", "2026-03-12"},
		{"nor when it owns a ministry", "Anna Roe came late. Veldmark’s defence ministry was shut. “It snows,” she said.", "“It snows,”", "she", "Anna Roe", "2026-03-12"},
		{"who is named in a title speaks in none", "Anna Roe read “Fox & Neighbours” and left. “It snows,” she said.", "“It snows,”", "she", "Anna Roe", "2026-03-12"},
		{"a quotation without an end leaves the speaker out", "“The dam will stay, said Jane Doe, who runs it.", "“The dam will stay,", "Jane Doe, who runs it", "Jane Doe", "2026-03-12"},
		{"nor a sentence that is nothing but it", "“The dam will stay, she said. Nobody believed it.", "“The dam will stay,", "she", "", "2026-03-12"},
		{"a place with its state is not the speaker", "Jane Doe, at a rally in Scranton, Pa., said that it snows.", "that it snows", "Jane Doe", "Jane Doe", "2026-03-12"},
	} {
		d := Plain(tt.text)
		d.Published = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
		qs := f.Find(d, Options{})
		if len(qs) != 1 {
			t.Errorf("%s: %d quotations: %+v", tt.name, len(qs), qs)
			continue
		}
		if q := qs[0]; q.Text != tt.words || q.Speaker.Text != tt.speaker || q.Speaker.Name != tt.who || q.Date.Value != tt.date {
			t.Errorf("%s: %q by %q (%q) on %s", tt.name, q.Text, q.Speaker.Text, q.Speaker.Name, q.Date.Value)
		}
	}
	for _, text := range []string{
		"“Seventeen Good Years” said as much, and “The Long Road” argues that it snows.",
		"The bill says nothing. He noted the time, asked for quiet and said good night. She added sugar.",
		"READ MORE: Doe will run\n\nREAD MORE: Roe will not\n\nREAD MORE: Poe may",
		"Stroman left to cries of “No!” and chants of “Four more years!”",
	} {
		if qs := f.Find(Plain(text), Options{}); len(qs) > 0 {
			t.Errorf("%q: %+v", text, qs)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	f := newFinder(b)
	var text strings.Builder
	words := 0
	for _, g := range readGold(b, "gold") {
		if words < 1000 {
			text.WriteString(g.doc.Text + "\n\n")
			words += len(strings.Fields(g.doc.Text))
		}
	}
	d := Plain(text.String())
	d.Published = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	b.ReportMetric(float64(words), "words")
	for b.Loop() {
		f.Find(d, Options{})
	}
}
