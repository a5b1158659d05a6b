// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"encoding/json"
	"testing"

	"stet"
	"stet/internal/prose"
)

// skimmed seals a content and skims it.
func skimmed(t testing.TB, c stet.Content, note string) *Skim {
	t.Helper()
	d := stet.VersionDocument{Article: "x7", Kind: stet.Story, Number: 1, Note: note, Content: c}
	document, _, err := d.Seal()
	if err != nil {
		t.Fatal(err)
	}
	s, err := SkimVersion(&stet.Version{Document: document})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t testing.TB, headline, markdown string) stet.Content {
	t.Helper()
	doc, _ := prose.FromMarkdown(markdown, prose.Options{})
	return stet.Content{Headline: headline, Slug: "x", Body: doc.JSON()}
}

// What is skimmed differs as what is parsed does, whatever stands in its texts.
func TestSkimCountsAsTheComparisonDoes(t *testing.T) {
	t.Parallel()
	texts := []string{
		"", "One.", "One.\n\nTwo.\n\nThree.", "One.\n\nTwo and more.\n\nThree.", "Two.\n\nOne.",
		`She said "content":{"body":[1,2]} and \\ went, {[( unbalanced`, "## Head\n\n- a list\n- of two\n\n> quoted “well”\n\nEnd.", "Ein Wort, “zwei”: drei\\",
	}
	for _, x := range texts {
		for _, y := range texts {
			a, b := written(t, "Headline "+x, x), written(t, "Headline", y)
			changes, err := CompareContents(a, b)
			if err != nil {
				t.Fatal(err)
			}
			shownGone, shownCame := countWords(changes)
			gone, came, err := skimmed(t, b, "").Since(skimmed(t, a, `"content":{"body":"no"}`))
			wantGone, wantCame, _ := CountChanges(&a, &b)
			if err != nil || gone != wantGone || came != wantCame {
				t.Errorf("%q to %q: %d gone, %d came (%v); parsed %d and %d", x, y, gone, came, err, wantGone, wantCame)
			}
			// What is shown may take a word along for the eye's sake, and never shows less.
			if gone > shownGone || came > shownCame || shownCame-shownGone != came-gone {
				t.Errorf("%q to %q: %d gone, %d came; shown are %d and %d", x, y, gone, came, shownGone, shownCame)
			}
		}
	}
}

func TestPiecesKeepTheirPartners(t *testing.T) {
	t.Parallel()
	piece := func(id, text string) prose.Piece { return prose.Piece{ID: id, Kind: "paragraph", Text: text} }
	kinds := func(from, to []prose.Piece) (out string) {
		for _, c := range comparePieces(from, to) {
			out += c.Kind[:1]
		}
		return out
	}
	a, b, c, d := piece("a", "A."), piece("b", "B."), piece("c", "C."), piece("d", "D.")
	b2, new := piece("b", "B, changed."), piece("z", "B.")
	picture := prose.Piece{ID: "p", Kind: "image", Text: "A dam", Asset: "one"}
	other := picture
	other.Asset = "two"
	for _, tt := range []struct {
		name     string
		from, to []prose.Piece
		want     string // the first letters: same, changed, added, removed
	}{
		{"nothing", nil, nil, ""},
		{"rewritten", []prose.Piece{a, b, c}, []prose.Piece{a, b2, c}, "scs"},
		{"the first moved to the end", []prose.Piece{a, b, c, d}, []prose.Piece{b, c, d, a}, "rsssa"},
		{"the last moved to the front", []prose.Piece{a, b, c, d}, []prose.Piece{d, a, b, c}, "asssr"},
		{"another id, the same words", []prose.Piece{a, b, c}, []prose.Piece{a, new, c}, "sss"},
		{"taken out", []prose.Piece{a, b, c}, []prose.Piece{a, c}, "srs"},
		{"another picture in its place", []prose.Piece{a, picture}, []prose.Piece{a, other}, "sra"},
	} {
		if got := kinds(tt.from, tt.to); got != tt.want {
			t.Errorf("%s: %q, not %q", tt.name, got, tt.want)
		}
	}
}

// Whatever a database holds is skimmed without a panic, and if it is a document
// then as one.
func FuzzSkim(f *testing.F) {
	for _, s := range []string{``, `{`, `{"content":{`, `{"content":{"body":`, `{"content":{"headline":"a\\","body":{"type":"doc","content":[{"type":"paragraph"}]}}}`, `{"content":{"body":{"content":[}]}}`, `{"content":{"body":[1,"x]",{}]}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		s, err := SkimVersion(&stet.Version{Document: document})
		if err != nil {
			return
		}
		s.Words()
		s.Since(s)
		if json.Valid(document) {
			s.Since(&Skim{})
		}
	})
}
