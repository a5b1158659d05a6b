// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// gumStatement is a line of testdata/gum-news/statements.jsonl: attributions
// derived from the gold layers of GUM, with the speakers of its coreference.
type gumStatement struct {
	Doc     string `json:"doc"`
	Content []struct{ Start, End int }
	Source  *struct {
		Start, End int
		Text, Form string
	}
	Speaker *struct {
		Type, Canonical string
		Mentions        []string
	}
	Type   string
	Nested bool
}

func jsonLines[T any](t testing.TB, file string) (out []T) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, v)
	}
	return out
}

func newFinder(t testing.TB) *Finder {
	t.Helper()
	f, err := New("en")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// gumDocuments reads the texts with their dates.
func gumDocuments(t testing.TB) map[string]Document {
	t.Helper()
	docs := map[string]Document{}
	for _, d := range jsonLines[struct{ Doc, Title, Date string }](t, "testdata/gum-news/documents.jsonl") {
		b, err := os.ReadFile(filepath.Join("testdata/gum-news/text", d.Doc+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		doc := Plain(string(b))
		doc.Title = d.Title
		doc.Published, _ = time.Parse(isoDay, d.Date)
		docs[d.Doc] = doc
	}
	return docs
}

// sharesName reports whether a name is one of those of the gold entity: equal
// but for titles and articles, or with the same last word.
func sharesName(name, canonical string, mentions []string) bool {
	plain := strings.NewReplacer("-", " ", "'s", "", "’s", "", "_", " ", ",", "", ".", "")
	w := wordsOf(plain.Replace(name))
	if len(w) == 0 {
		return false
	}
	for _, m := range append([]string{canonical}, mentions...) {
		mw := wordsOf(plain.Replace(m))
		if slices.Equal(w, mw) {
			return true
		}
		common := 0
		for _, x := range w {
			if slices.Contains(mw, x) {
				common++
			}
		}
		if common == len(w) && slices.Contains(mw, w[len(w)-1]) {
			return true
		}
	}
	return false
}

// TestGUM measures recall, speakers and dates on the news of GUM, which is gold
// that is not ours.
func TestGUM(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	found := map[string][]Quotation{}
	docs := gumDocuments(t)
	for name, d := range docs {
		found[name] = f.Find(d, Options{})
	}
	var recall, overlap, named, pronoun ratio
	byType := map[string]*ratio{"direct": {}, "mixed": {}, "indirect": {}}
	for _, s := range jsonLines[gumStatement](t, "testdata/gum-news/statements.jsonl") {
		if s.Nested || s.Source == nil || s.Speaker == nil || s.Source.Form == "" {
			continue
		}
		var gold []Span
		for _, c := range s.Content {
			gold = append(gold, Span{c.Start, c.End})
		}
		q := bestMatch(gold, found[s.Doc])
		ok := q != nil && jaccard(gold, q.Spans) >= .3
		recall.add(ok)
		byType[s.Type].add(ok)
		if !ok {
			t.Logf("missed  %s %s: %.90s << %s", s.Doc[9:], s.Type, textAt(docs[s.Doc].Text, gold), s.Source.Text)
			continue
		}
		src := Span{s.Source.Start, s.Source.End}
		over := q.Speaker.Span.overlap(src) > 0
		overlap.add(over)
		if !over {
			t.Logf("speaker %s: %q, want %q: %.60s", s.Doc[9:], q.Speaker.Text, s.Source.Text, q.Text)
		}
		name := q.Speaker.Name
		if name == "" {
			name = q.Speaker.Text
		}
		right := sharesName(name, s.Speaker.Canonical, s.Speaker.Mentions)
		switch s.Source.Form {
		case "named":
			named.add(right)
		case "pronoun":
			pronoun.add(right)
		}
		if !right {
			t.Logf("entity  %s: %q (%q), want %q %q", s.Doc[9:], name, q.Speaker.Text, s.Speaker.Canonical, s.Speaker.Mentions)
		}
	}
	t.Logf("recall %v (direct %v, mixed %v, indirect %v), speaker overlap %v, entity of named %v, of pronouns %v",
		recall, byType["direct"], byType["mixed"], byType["indirect"], overlap, named, pronoun)
	floors(t, map[string][2]float64{
		"recall": {recall.value(), .86}, "speaker overlap": {overlap.value(), .92},
		"named": {named.value(), .95}, "pronoun": {pronoun.value(), .80},
	})
}

// TestGUMDates reads weekdays in the news of GUM.
func TestGUMDates(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	docs := gumDocuments(t)
	var week, all ratio
	for _, d := range jsonLines[struct {
		Doc, Attrs, Text string
		Start, End       int
	}](t, "testdata/gum-news/dates.jsonl") {
		r := f.reading(docs[d.Doc], Options{})
		from, to := -1, -1
		for i, tk := range r.tokens {
			if from < 0 && tk.start >= d.Start {
				from = i
			}
			if tk.end <= d.End {
				to = i + 1
			}
		}
		_, want, _ := strings.Cut(d.Attrs, `when="`)
		want, _, _ = strings.Cut(want, `"`)
		if from < 0 || to <= from || want == "" {
			continue
		}
		got, _, _ := r.dateIn(run{from, to})
		all.add(got.Value == want)
		w := strings.Fields(fold(strings.ReplaceAll(d.Text, ",", " ")))
		if len(w) == 1 && f.lang.turn["weekdays"][w[0]] > 0 {
			week.add(got.Value == want)
		}
		if got.Value != want {
			t.Logf("%s (%v): %q = %q, want %q", d.Doc[9:], docs[d.Doc].Published.Format(isoDay), d.Text, got.Value, want)
		}
	}
	t.Logf("weekdays %v, all dates %v", week, all)
	floors(t, map[string][2]float64{"weekdays": {week.value(), .95}, "dates": {all.value(), .70}}) // the others are future, or no dates of speech
}
