// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"encoding/json"
	"slices"
	"testing"
)

func blocksOf(texts ...string) []Block {
	var out []Block
	for i, s := range texts {
		out = append(out, Block{ID: string(rune('a' + i)), Kind: Paragraph, Text: s})
	}
	return out
}

func TestAnchor(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	before := Join(blocksOf(
		"The diet met. “We took it very seriously,” Jane Doe told the committee on Tuesday.",
		"Nobody answered. The door was open.",
	))
	qs := f.Find(before, Options{})
	if len(qs) != 1 {
		t.Fatalf("%d quotations", len(qs))
	}
	a := NewAnchor(before, qs[0])
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var back Anchor
	if err := json.Unmarshal(b, &back); err != nil || !slices.Equal(back.Pieces, a.Pieces) {
		t.Fatalf("%s: %v", b, err)
	}
	for _, tt := range []struct {
		name   string
		blocks []Block
		fate   Fate
		text   string
	}{
		{"untouched", before.Blocks, Kept, "“We took it very seriously,”"},
		{"words before it", blocksOf("On Tuesday the diet met, late. “We took it very seriously,” Jane Doe told the committee.", "x"), Kept, "“We took it very seriously,”"},
		{"a block above", append([]Block{{ID: "n", Text: "New."}}, before.Blocks...), Kept, "“We took it very seriously,”"},
		{"in another block", blocksOf("Nobody answered.", "Later: “We took it very seriously,” Doe said."), Moved, "“We took it very seriously,”"},
		{"a word of it", blocksOf("The diet met. “We took it quite seriously,” Jane Doe told the committee.", "x"), Changed, "“We took it quite seriously,”"},
		{"shortened", blocksOf("The diet met. “We took it seriously,” Jane Doe told the committee on Tuesday.", "x"), Changed, "“We took it seriously,”"},
		{"cut out", blocksOf("The diet met. Jane Doe told the committee on Tuesday.", "Nobody answered."), Gone, ""},
		{"nothing left", nil, Gone, ""},
	} {
		got := a.In(Join(tt.blocks))
		if got.Fate != tt.fate || got.Text != tt.text {
			t.Errorf("%s: %s %q, want %s %q", tt.name, got.Fate, got.Text, tt.fate, tt.text)
		}
		if tt.fate == Gone {
			continue
		}
		doc := Join(tt.blocks)
		if s := textAt(doc.Text, got.Spans); s != tt.text {
			t.Errorf("%s: the spans have %q", tt.name, s)
		}
	}
}

// Of two places with the same words the one with the same surroundings is it.
func TestAnchorTwice(t *testing.T) {
	t.Parallel()
	doc := Join(blocksOf("“No,” said Doe. “No,” said Roe. “No,” said Poe."))
	f := newFinder(t)
	qs := f.Find(doc, Options{})
	if len(qs) != 3 {
		t.Fatalf("%d quotations", len(qs))
	}
	for _, q := range qs {
		got := NewAnchor(doc, q).In(doc)
		if got.Fate != Kept || !slices.Equal(got.Spans, q.Spans) {
			t.Errorf("%v found again at %v", q.Spans, got.Spans)
		}
	}
}

func FuzzAnchor(f *testing.F) {
	f.Add("“It is so,” said Doe.", "“It was so,” said Doe.")
	f.Add("“A.” “A.” “A.” said Doe", "a a a")
	f.Add("“日本” said Doe.", "“日” said Doe, 本.")
	finder := newFinder(f)
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before)+len(after) > 4000 {
			return
		}
		d, e := Plain(before), Plain(after)
		for i := range d.Blocks {
			d.Blocks[i].ID = string(rune('a' + i%26))
		}
		for i := range e.Blocks {
			e.Blocks[i].ID = string(rune('a' + i%26))
		}
		for _, q := range finder.Find(d, Options{}) {
			a := NewAnchor(d, q)
			a.In(d)
			l := a.In(e)
			for _, s := range l.Spans {
				if s.Start < 0 || s.Start >= s.End || s.End > len([]rune(after)) {
					t.Errorf("span %v", s)
				}
			}
		}
	})
}
