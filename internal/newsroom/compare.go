// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"

	"stet"
	"stet/internal/prose"
)

// Change is one field or block that differs between two states of a story.
type Change struct {
	Where string    `json:"where" doc:"The field, or the kind of block."`
	Kind  string    `json:"kind" enum:"changed,added,removed"`
	Words []Segment `json:"words" doc:"The text in order, by words."`
}

// Segment is a run of words that are in both, in the later or in the earlier.
type Segment struct {
	Is   string `json:"is" enum:"same,added,removed"`
	Text string `json:"text"`
}

// Compare says what differs between two states of an article: each a snapshot,
// "now" for the working copy, or "live" for what readers see.
func (r *Room) Compare(ctx context.Context, id int64, from, to string) ([]Change, error) {
	a, err := r.contentAt(ctx, id, from)
	if err != nil {
		return nil, err
	}
	b, err := r.contentAt(ctx, id, to)
	if err != nil {
		return nil, err
	}
	return CompareContents(a, b)
}

func (r *Room) contentAt(ctx context.Context, id int64, state string) (c stet.Content, err error) {
	switch state {
	case "now", "live":
		a, err := r.store.Article(ctx, id)
		if err != nil || state == "now" {
			return a.Content, err
		}
		if a.VersionID == 0 {
			return c, stet.Errorf(stet.Invalid, "the story has not been published yet")
		}
		v, err := r.store.Version(ctx, a.VersionID)
		if err != nil {
			return c, err
		}
		d, err := v.Open()
		if err != nil {
			return c, err
		}
		return d.Content, nil
	}
	v, err := r.store.Snapshot(ctx, id, state)
	return v.Content, err
}

// CompareContents compares two contents, the short texts first.
func CompareContents(a, b stet.Content) (out []Change, err error) {
	for _, f := range []struct{ name, from, to string }{
		{"headline", a.Headline, b.Headline}, {"dek", a.Dek, b.Dek}, {"slug", a.Slug, b.Slug},
		{"byline", names(&a), names(&b)}, {"section", a.Section.Name, b.Section.Name}, {"caption", captionOf(a.Lead), captionOf(b.Lead)},
	} {
		if f.from != f.to {
			out = append(out, Change{Where: f.name, Kind: "changed", Words: compareWords(f.from, f.to)})
		}
	}
	from, err := blocksOf(a.Body)
	if err != nil {
		return nil, err
	}
	to, err := blocksOf(b.Body)
	if err != nil {
		return nil, err
	}
	return append(out, compareBlocks(from, to)...), nil
}

func captionOf(p *stet.Placement) string {
	if p == nil {
		return ""
	}
	return strings.TrimSpace(p.Caption + " " + p.Credit)
}

// textBlock is a block that holds words itself: a paragraph, a heading, a caption.
type textBlock struct{ id, kind, text string }

func blocksOf(body []byte) (out []textBlock, err error) {
	doc, err := prose.Parse(documentOf(body))
	if err != nil {
		return nil, err
	}
	for _, b := range doc.TextBlocks() {
		out = append(out, textBlock{b.ID, b.Type, b.Text})
	}
	return out, nil
}

// compareBlocks walks both lists; a block is known again by its id, so that one
// that was rewritten is compared with itself and not with its neighbour.
func compareBlocks(from, to []textBlock) (out []Change) {
	later := map[string]int{}
	for i, b := range to {
		later[b.id] = i
	}
	next := 0
	for _, a := range from {
		at, kept := later[a.id]
		if !kept || at < next {
			out = append(out, Change{Where: a.kind, Kind: "removed", Words: []Segment{{"removed", a.text}}})
			continue
		}
		for ; next < at; next++ {
			out = append(out, Change{Where: to[next].kind, Kind: "added", Words: []Segment{{"added", to[next].text}}})
		}
		if b := to[at]; a.text != b.text || a.kind != b.kind {
			out = append(out, Change{Where: b.kind, Kind: "changed", Words: compareWords(a.text, b.text)})
		}
		next = at + 1
	}
	for ; next < len(to); next++ {
		out = append(out, Change{Where: to[next].kind, Kind: "added", Words: []Segment{{"added", to[next].text}}})
	}
	return out
}

// compareWords compares two texts word by word: each different word becomes one
// character, and the characters are compared.
func compareWords(a, b string) (out []Segment) {
	index, all := map[string]rune{}, []string{}
	encode := func(s string) []rune {
		var r []rune
		for _, w := range splitWords(s) {
			if _, ok := index[w]; !ok {
				c := rune(len(all) + 1)
				if c >= 0xD800 {
					c += 0x800 // no half of a surrogate pair is a character
				}
				index[w] = c
				all = append(all, w)
			}
			r = append(r, index[w])
		}
		return r
	}
	x, y := encode(a), encode(b)
	word := map[rune]string{}
	for w, c := range index {
		word[c] = w
	}
	d := diffmatchpatch.New()
	for _, part := range d.DiffCleanupSemantic(d.DiffMainRunes(x, y, false)) {
		var text strings.Builder
		for _, c := range part.Text {
			text.WriteString(word[c])
		}
		out = append(out, Segment{map[diffmatchpatch.Operation]string{diffmatchpatch.DiffEqual: "same", diffmatchpatch.DiffInsert: "added", diffmatchpatch.DiffDelete: "removed"}[part.Type], text.String()})
	}
	return out
}

// splitWords cuts a text into words, spaces and single signs, none of it lost.
func splitWords(s string) (out []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '\'', r == '’':
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 0
	}
	start, last := 0, -1
	for i, r := range s {
		if k := kind(r); i > 0 && (k != last || k == 0) {
			out = append(out, s[start:i])
			start = i
			last = k
		} else {
			last = k
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}
