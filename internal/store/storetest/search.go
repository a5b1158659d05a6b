// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

// ask searches and returns the headlines, sorted by rank.
func ask(t *testing.T, s *store.Store, q store.Query) []string {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 50
	}
	hits, total, err := s.Search(t.Context(), q)
	if err != nil {
		t.Errorf("search %.80q: %v", q.Words, err)
	}
	if len(hits) < q.Limit && q.Offset == 0 && total.Stories != len(hits) {
		t.Errorf("search %.80q: %d hits, but a total of %v", q.Words, len(hits), total)
	}
	return found(hits)
}

func search(t *testing.T, s *store.Store) {
	put(t, s, story{headline: "Harbour vote", dek: "The Élysée waits", people: "Leila Hartog", body: "The minister's office said the ferry to Sørholm sails. L’Europe attend; état-major. COVID-19 in 2024."})
	put(t, s, story{headline: "Ferry strike", body: "Nothing of the harbour here but a vote on the ferry. Sails the minister?"})
	put(t, s, story{headline: "About Leila", body: "Hartog spoke. Straße und Größe. Ελλάδα Украина 東京 الحكومة"})
	tests := []struct {
		name, words string
		want        []string
	}{
		{"one word", "strike", []string{"Ferry strike"}},
		{"case", "STRIKE", []string{"Ferry strike"}},
		{"all words", "harbour ferry", []string{"Ferry strike", "Harbour vote"}},
		{"not all of them", "harbour unicorn", nil},
		{"a phrase", `"harbour vote"`, []string{"Harbour vote"}},
		{"a phrase in typographic quotes", `“harbour vote”`, []string{"Harbour vote"}},
		{"a phrase in guillemets", `«vote on the ferry»`, []string{"Ferry strike"}},
		{"a phrase in the wrong order", `"vote harbour"`, nil},
		{"a phrase does not span fields", `"vote the elysee"`, nil},
		{"a phrase and a word", `"harbour vote" sorholm`, []string{"Harbour vote"}},
		{"an open quotation mark", `"ferry strike`, []string{"Ferry strike"}},
		{"accents left out", "elysee", []string{"Harbour vote"}},
		{"accents put in", "èlýséé", []string{"Harbour vote"}},
		{"ø", "sorholm", []string{"Harbour vote"}},
		{"ß", "strasse grosse", []string{"About Leila"}},
		{"an apostrophe", "minister's", []string{"Harbour vote"}},
		{"behind an apostrophe", "Europe", []string{"Harbour vote"}},
		{"a hyphen", "covid-19", []string{"Harbour vote"}},
		{"a number", "2024", []string{"Harbour vote"}},
		{"people", "leila hartog", []string{"About Leila", "Harbour vote"}},
		{"Greek", "ΕΛΛΆΔΑ", []string{"About Leila"}},
		{"Cyrillic", "украина", []string{"About Leila"}},
		{"Japanese", "東京", []string{"About Leila"}},
		{"Arabic", "الحكومة", []string{"About Leila"}},
		{"half a word is none", "harb", nil},
		{"nothing", "", nil},
		{"spaces", " \t\n", nil},
		{"no letters", `"?!" --- *`, nil},
	}
	for _, tt := range tests {
		got := ask(t, s, store.Query{Words: tt.words, Language: "en"})
		slices.Sort(got)
		same(t, tt.name, tt.want, got)
	}
}

func ranking(t *testing.T, s *store.Store) {
	filler := strings.Repeat("words that fill the body of a story and say little. ", 20)
	put(t, s, story{headline: "In the body", body: filler + "Treaty. " + filler})
	put(t, s, story{headline: "In the dek", dek: "A treaty at last", body: filler})
	put(t, s, story{headline: "Treaty in the headline", body: filler})
	for i := range 20 { // a word that everybody uses ranks nothing
		put(t, s, story{headline: fmt.Sprint("Other ", i), body: filler})
	}
	same(t, "headline before dek before body", []string{"Treaty in the headline", "In the dek", "In the body"}, ask(t, s, store.Query{Words: "treaty"}))

	put(t, s, story{headline: "Old twin", body: filler + "zebra", at: Now.Add(-time.Hour)})
	put(t, s, story{headline: "New twin", body: filler + "zebra", at: Now})
	same(t, "of equals the newer", []string{"New twin", "Old twin"}, ask(t, s, store.Query{Words: "zebra"}))

	// Going through the pages finds every story once, and the total is right on each.
	seen := map[string]bool{}
	for offset := 0; offset < 30; offset += 7 {
		hits, total, err := s.Search(t.Context(), store.Query{Words: "little", Limit: 7, Offset: offset})
		must(t, err)
		if len(hits) > 0 && total.Stories != 25 {
			t.Errorf("offset %d: total %v", offset, total)
		}
		for _, h := range hits {
			if seen[h.PublicID] {
				t.Errorf("%s twice", h.Headline)
			}
			seen[h.PublicID] = true
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d of 25 stories", len(seen))
	}
}

func stemming(t *testing.T, s *store.Store) {
	tests := []struct {
		language, text string
		ask            []string
		not            []string
	}{
		{"en", "The ministers negotiated elections", []string{"minister", "negotiating", "election", "negotiate"}, []string{"min"}},
		{"en-GB", "Harbours reopening", []string{"harbour", "reopened"}, nil},
		{"fr", "Les négociations gouvernementales reprennent", []string{"négociation", "negociations", "gouvernemental"}, []string{"negoce"}},
		{"de", "Die Häuser und Verhandlungen der Regierungen", []string{"Haus", "Häuser", "Verhandlung", "Regierung"}, []string{"Reg"}},
		{"es", "Las elecciones y las negociaciones de los europeos", []string{"elección", "eleccion", "negociación", "negociacion", "europea"}, nil},
		{"ar", "الانتخابات في البرلمان والحكومات، وقال الوزير", []string{"انتخابات", "برلمان", "حكومات", "حكومة", "الحكومة", "قال", "وزير"}, []string{"ان", "ال"}},
	}
	for i, tt := range tests {
		head := fmt.Sprintf("q%dq", i)
		put(t, s, story{headline: head, body: tt.text, language: tt.language})
		for _, w := range tt.ask {
			if got := ask(t, s, store.Query{Words: w, Language: tt.language}); !slices.Contains(got, head) {
				t.Errorf("%s: %q does not find %q", tt.language, w, tt.text)
			}
			if spans := store.Highlight(tt.text, w, tt.language); len(spans) == 0 {
				t.Errorf("%s: %q is not marked in %q", tt.language, w, tt.text)
			}
		}
		for _, w := range tt.not {
			if got := ask(t, s, store.Query{Words: w, Language: tt.language}); slices.Contains(got, head) {
				t.Errorf("%s: %q finds %q", tt.language, w, tt.text)
			}
		}
	}
}

func filters(t *testing.T, s *store.Store) {
	p := addPerson(t, s, stet.Person{Name: "Leila"})
	put(t, s, story{headline: "a", body: "dam", sections: []int64{1, 3}, authors: []int64{p.ID}, at: Now})
	put(t, s, story{headline: "b", body: "dam", sections: []int64{3}, at: Now.AddDate(-1, 0, 0)})
	put(t, s, story{headline: "c", body: "dam", sections: []int64{2}, authors: []int64{p.ID}, at: Now.AddDate(-2, 0, 0)})
	for _, tt := range []struct {
		name string
		q    store.Query
		want []string
	}{
		{"none", store.Query{}, []string{"a", "b", "c"}},
		{"section", store.Query{Section: 3}, []string{"a", "b"}},
		{"person", store.Query{Person: p.ID}, []string{"a", "c"}},
		{"section and person", store.Query{Section: 3, Person: p.ID}, []string{"a"}},
		{"from", store.Query{From: Now.AddDate(-1, 0, 0)}, []string{"a", "b"}},
		{"to", store.Query{To: Now}, []string{"b", "c"}},
		{"all at once", store.Query{Section: 2, Person: p.ID, From: Now.AddDate(-3, 0, 0), To: Now}, []string{"c"}},
		{"an unknown section", store.Query{Section: 99}, nil},
	} {
		tt.q.Words = "dam"
		got := ask(t, s, tt.q)
		slices.Sort(got)
		same(t, tt.name, tt.want, got)
		if tt.name == "none" {
			continue
		}
		// The stories were put newest first, and so they are listed without words.
		tt.q.Words = " "
		same(t, tt.name+", no words", tt.want, ask(t, s, tt.q))
		tt.q.Offset = 1
		same(t, tt.name+", no words, from the second", tt.want[min(1, len(tt.want)):], ask(t, s, tt.q))
	}
}

// hostile words must be words: no operator of either engine may be reached.
func hostile(t *testing.T, s *store.Store) {
	put(t, s, story{headline: "Plain", body: "dam near or not and headline body rowid column"})
	put(t, s, story{headline: "Other", body: "sluice"})
	long := strings.Repeat("word ", 5000)
	for _, words := range []string{
		"'", `"`, `""`, `"""`, `'"'"`, `\`, `\'`, `dam'`, `dam"`, `'; DROP TABLE live; --`, `dam') OR 1=1 --`, `" OR "1"="1`,
		"dam*", "*", "^dam", "dam:*", "headline:dam", "{headline body}:dam", "-dam", "+dam", "dam & !sluice", "dam | sluice", "!dam", "dam <-> near", "(dam", "dam)", "((",
		"dam NEAR sluice", "NEAR(dam sluice, 2)", "dam:A", "'dam':*", "$1", "%dam%", "dam\x00", "\x00", "\xff\xfe", "dam\xff", "\u202edam", "\u0301", "dam\u0301\u0301\u0301",
		strings.Repeat(`"`, 5000), strings.Repeat("(", 5000), long, strings.Repeat("dam ", 5000), strings.Repeat("a", 100000), strings.Repeat("\u0301", 5000), "𝔡𝔞𝔪", "ﬁ", "İ", "ǅ", "Ⅻ", "½", "١٢٣",
		"कखग कि की", "ไทยภาษา", "\U0001E900", "👩‍👩‍👧", "a_b", "a.b.c", "a-b", "x'y'z", "٪", "\u00ad", "da\u00adm",
	} {
		got := ask(t, s, store.Query{Words: words, Language: "en"})
		if slices.Contains(got, "Other") && !strings.Contains(words, "sluice") {
			t.Errorf("%.60q finds what it does not name: %v", words, got)
		}
		if _, err := s.SuggestStories(t.Context(), words, "en", 5); err != nil {
			t.Errorf("suggest %.60q: %v", words, err)
		}
		store.Highlight("dam near \xff sluice", words, "en")
	}
	for words, want := range map[string]int{`dam OR sluice`: 0, `dam NOT sluice`: 0, `dam not near or`: 1, `headline: dam`: 1, `-dam`: 1, "dam\x00near": 1, "dam\xffnear": 1} {
		if got := ask(t, s, store.Query{Words: words}); len(got) != want {
			t.Errorf("%q finds %v", words, got)
		}
	}
}

// largeTexts are kept and found to their end: a body may have 5 MB.
func largeTexts(t *testing.T, s *store.Store) {
	var b strings.Builder
	for i := range 120000 { // 1.3 MB of different words
		fmt.Fprintf(&b, "w%07dx ", i)
	}
	put(t, s, story{headline: "Dictionary", dek: "aardvark", body: b.String()})
	put(t, s, story{headline: "Monotony", body: strings.Repeat("dam sluice ", 60000) + "coda"})
	put(t, s, story{headline: "Data", body: strings.Repeat("A", 3000) + " end of the data"})
	put(t, s, story{headline: "Marks", body: "e" + strings.Repeat("\u0301", 5000) + " zalgo"})
	same(t, "the dek of a dictionary", []string{"Dictionary"}, ask(t, s, store.Query{Words: "aardvark"}))
	same(t, "its first word", []string{"Dictionary"}, ask(t, s, store.Query{Words: "w0000001x"}))
	same(t, "the last word", []string{"Monotony"}, ask(t, s, store.Query{Words: "coda sluice"}))
	same(t, "behind a word that is none", []string{"Data"}, ask(t, s, store.Query{Words: "end data"}))
	same(t, "behind marks", []string{"Marks"}, ask(t, s, store.Query{Words: "zalgo"}))
}

func index(t *testing.T, s *store.Store) {
	ctx := t.Context()
	l := put(t, s, story{headline: "Dam", body: "sluice"})
	put(t, s, story{headline: "About", body: "sluice", kind: stet.Page})
	if n := get(s.CountIndexed(ctx))(t); n != 1 {
		t.Errorf("%d indexed", n)
	}
	must(t, s.Reindex(ctx, l.ArticleID, store.IndexText{Headline: "Dam", Body: "weir"}, "en"))
	same(t, "the old words", []string(nil), ask(t, s, store.Query{Words: "sluice"}))
	same(t, "the new words", []string{"Dam"}, ask(t, s, store.Query{Words: "weir"}))
	l.Headline, l.Text = "Lock", store.IndexText{Headline: "Lock"}
	get(s.PutLive(ctx, &l))(t)
	same(t, "after an update", []string{"Lock"}, ask(t, s, store.Query{Words: "lock"}))
	same(t, "the words before it", []string(nil), ask(t, s, store.Query{Words: "weir"}))
	if n := get(s.CountIndexed(ctx))(t); n != 1 {
		t.Errorf("%d indexed after an update", n)
	}
	must(t, s.ClearIndex(ctx))
	if n := get(s.CountIndexed(ctx))(t); n != 0 {
		t.Errorf("%d indexed after clearing", n)
	}
	// Damage: the row of the live story is gone, its words are not.
	must(t, s.Reindex(ctx, l.ArticleID, l.Text, "en"))
	if _, err := s.Conn().ExecContext(ctx, `DELETE FROM live WHERE article_id = $1`, l.ArticleID); err != nil {
		t.Fatal(err)
	}
	l.Text.Headline = "Weir"
	get(s.PutLive(ctx, &l))(t)
	same(t, "words of a row that was lost", []string(nil), ask(t, s, store.Query{Words: "lock"}))
	same(t, "words put in its place", []string{"Lock"}, ask(t, s, store.Query{Words: "weir"}))
}

func suggestStories(t *testing.T, s *store.Store) {
	put(t, s, story{headline: "Harbour vote delayed", body: "elections"})
	put(t, s, story{headline: "Élections: the count", body: "harbour"})
	put(t, s, story{headline: "Relations", body: "x"})
	for words, want := range map[string][]string{
		"harb": {"Harbour vote delayed"}, "HARBOUR V": {"Harbour vote delayed"}, "vote harb": {"Harbour vote delayed"}, "elec": {"Élections: the count"}, "éle": {"Élections: the count"},
		"election": {"Élections: the count"}, "elections": {"Élections: the count"}, "h": {"Harbour vote delayed"}, "delayed": {"Harbour vote delayed"}, "harbour vote delay": {"Harbour vote delayed"},
		"counts": {"Élections: the count"}, "electi": {"Élections: the count"}, "elexi": nil, "lections": nil, "": nil, `"harbour v`: {"Harbour vote delayed"}, "harbours vot": {"Harbour vote delayed"}, "vote'": {"Harbour vote delayed"}, "relations": {"Relations"},
	} {
		same(t, "suggest "+words, want, headlines(get(s.SuggestStories(t.Context(), words, "en", 5))(t)))
	}
	same(t, "limit", 1, len(get(s.SuggestStories(t.Context(), "the", "en", 1))(t)))
}

// indexInTx: what was put and dropped within one transaction is as it was left,
// and nothing of one that was rolled back is found.
func indexInTx(t *testing.T, s *store.Store) {
	ctx := t.Context()
	must(t, s.Tx(ctx, func(tx *store.Store) error {
		for i := range 120 {
			l := put(t, tx, story{headline: fmt.Sprint("Dam ", i), body: "old"})
			switch {
			case i%10 == 0: // once more, while the first waits
				l.Text = store.IndexText{Headline: "Dam", Body: "new"}
				get(tx.PutLive(ctx, &l))(t)
			case i%10 == 1:
				get(tx.DropLive(ctx, l.ArticleID))(t)
			}
		}
		return nil
	}))
	for words, want := range map[string]int{"dam": 108, "old": 96, "new": 12} {
		if _, n, err := s.Search(ctx, store.Query{Words: words, Limit: 1}); n.Stories != want || err != nil {
			t.Errorf("%q: %v found, want %d; %v", words, n, want, err)
		}
	}
	_ = s.Tx(ctx, func(tx *store.Store) error {
		put(t, tx, story{headline: "Never", body: "unicorn"})
		return errors.New("no")
	})
	if n := get(s.CountIndexed(ctx))(t); n != 108 {
		t.Errorf("%d indexed", n)
	}
}

// SmallBounds are for [Bounded]: an archive that is large to them is made in a moment.
var SmallBounds = store.Bounds{Weighed: 3, Phrased: 30, Counted: 8}

// Bounded tries the bounds of a search on a store that was opened with [SmallBounds].
func Bounded(t *testing.T, s *store.Store) {
	ctx := t.Context()
	must(t, s.Tx(ctx, func(tx *store.Store) error {
		for i := range 20 {
			body, headline := "a word of the house", fmt.Sprint("Story ", i)
			switch {
			case i == 0:
				headline = "Of the house"
			case i == 1:
				body = "a rare word of the old house"
			case i%2 == 0:
				body = "the house of a word" // the words, not the phrase
			}
			put(t, tx, story{headline: headline, body: body, at: Now.Add(time.Duration(i) * time.Hour), sections: []int64{int64(1 + i/10)}})
		}
		return nil
	}))
	search := func(q store.Query) ([]string, store.Total) {
		q.Limit = 50
		hits, total, err := s.Search(ctx, q)
		must(t, err)
		var out []string
		for _, h := range hits {
			out = append(out, h.Headline)
		}
		return out, total
	}
	got, total := search(store.Query{Words: `"of the house"`})
	same(t, "a phrase is looked for in the newest, and in every headline", []string{"Of the house", "Story 19", "Story 17", "Story 15", "Story 13"}, got)
	same(t, "its total", store.Total{Stories: 5, AtLeast: true}, total)
	got, total = search(store.Query{Words: `"of the house"`, Section: 1})
	same(t, "a filter comes first", []string{"Of the house", "Story 9", "Story 7", "Story 5", "Story 3"}, got)
	same(t, "and its total", store.Total{Stories: 5, AtLeast: true}, total)
	got, total = search(store.Query{Words: `"the old house"`})
	same(t, "a phrase with a rare word is found at any age", []string{"Story 1"}, got)
	same(t, "and its total", store.Total{Stories: 1}, total)
	got, total = search(store.Query{Words: "house word"})
	same(t, "the newest of too many", []string{"Story 19", "Story 18", "Story 17", "Story 16"}, got)
	same(t, "counted to the bound", store.Total{Stories: 8, AtLeast: true}, total)
	_, total = search(store.Query{Words: "old rare"})
	same(t, "few are counted", store.Total{Stories: 1}, total)
}
