// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"

	"stet"
	"stet/internal/prose"
)

// Change is one field or block of two states of a story: what differs, or, where
// the whole is asked for, what is the same in both.
type Change struct {
	Where string    `json:"where" doc:"The field, or the kind of block."`
	Kind  string    `json:"kind" enum:"changed,added,removed"`
	Words []Segment `json:"words" doc:"The text in order, by words."`
	Asset string    `json:"asset,omitempty" doc:"The picture or file that came or went: its public id, or its address."`
	Body  bool      `json:"body" doc:"Whether it is a block of the body, and not a field of the story."`
}

// The kinds of change. Same is only in a comparison of the whole.
const (
	Same    = "same"
	Changed = "changed"
	Added   = "added"
	Removed = "removed"
)

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
func CompareContents(a, b stet.Content) ([]Change, error) {
	all, err := CompareWhole(a, b)
	return slices.DeleteFunc(all, func(c Change) bool { return c.Kind == Same }), err
}

// CompareWhole is CompareContents with the blocks of the body between that are
// the same in both.
func CompareWhole(a, b stet.Content) ([]Change, error) {
	out := compareFields(&a, &b)
	from, err := piecesOf(a.Body)
	if err != nil {
		return nil, err
	}
	to, err := piecesOf(b.Body)
	if err != nil {
		return nil, err
	}
	return append(out, comparePieces(from, to)...), nil
}

// compareFields compares all but the body.
func compareFields(a, b *stet.Content) (out []Change) {
	for _, f := range []struct{ name, from, to string }{
		{"headline", a.Headline, b.Headline}, {"dek", a.Dek, b.Dek}, {"slug", a.Slug, b.Slug},
		{"byline", bylineWords(a), bylineWords(b)}, {"section", a.Section.Name, b.Section.Name}, {"sections", refNames(a.Sections), refNames(b.Sections)},
		{"genre", a.Genre.Name, b.Genre.Name}, {"topics", refNames(a.Topics), refNames(b.Topics)}, {"language", a.Language, b.Language},
		{"origin", originWords(a.Origin), originWords(b.Origin)},
	} {
		if f.from != f.to {
			out = append(out, Change{Where: f.name, Kind: Changed, Words: compareWords(f.from, f.to)})
		}
	}
	var was, is stet.Placement
	if a.Lead != nil {
		was = *a.Lead
	}
	if b.Lead != nil {
		is = *b.Lead
	}
	if was.Asset != is.Asset && was.Asset != "" {
		out = append(out, Change{Where: "picture", Kind: Removed, Asset: was.Asset})
	}
	if was.Asset != is.Asset && is.Asset != "" {
		out = append(out, Change{Where: "picture", Kind: Added, Asset: is.Asset})
	}
	for _, f := range []struct{ name, from, to string }{{"caption", was.Caption, is.Caption}, {"credit", was.Credit, is.Credit}, {"alt", was.Alt, is.Alt}} {
		if f.from != f.to {
			out = append(out, Change{Where: f.name, Kind: Changed, Words: compareWords(f.from, f.to)})
		}
	}
	return out
}

func originWords(o *stet.Origin) string {
	if o == nil {
		return ""
	}
	return strings.Join(slices.DeleteFunc([]string{o.Partner.Name, o.Author, o.URL}, func(s string) bool { return s == "" }), ", ")
}

func piecesOf(body []byte) ([]prose.Piece, error) {
	doc, err := prose.Parse(documentOf(body))
	if err != nil {
		return nil, err
	}
	return doc.Pieces(), nil
}

// comparePieces walks both lists. A piece is known again by its id, so that one
// that was rewritten is compared with itself and not with its neighbour; else by
// its words. What has changed places is removed here and added there.
func comparePieces(from, to []prose.Piece) (out []Change) {
	pair := pairPieces(from, to)
	next := 0
	for i, a := range from {
		at := pair[i]
		if at < 0 {
			out = append(out, whole(Removed, a))
			continue
		}
		for ; next < at; next++ {
			out = append(out, whole(Added, to[next]))
		}
		switch b := to[at]; {
		case a.Asset != b.Asset:
			out = append(out, whole(Removed, a), whole(Added, b))
		case a.Text != b.Text || a.Kind != b.Kind:
			out = append(out, Change{Where: b.Kind, Kind: Changed, Words: compareWords(a.Text, b.Text), Body: true})
		default:
			out = append(out, whole(Same, b))
		}
		next = at + 1
	}
	for ; next < len(to); next++ {
		out = append(out, whole(Added, to[next]))
	}
	return out
}

func whole(kind string, p prose.Piece) Change {
	c := Change{Where: p.Kind, Kind: kind, Asset: p.Asset, Body: true}
	if p.Text != "" {
		c.Words = []Segment{{kind, p.Text}}
	}
	return c
}

// pairPieces finds for each piece of the earlier state its place in the later
// one, or -1. Places only grow: of what crosses, the fewest lose their partner.
func pairPieces(from, to []prose.Piece) []int {
	byID, byText := map[string]int{}, map[string][]int{}
	for i, p := range to {
		if p.ID != "" {
			byID[p.ID] = i
		}
	}
	known := map[string]bool{}
	for _, p := range from {
		known[p.ID] = true
	}
	for i, p := range to {
		if !known[p.ID] {
			byText[p.Kind+p.Text] = append(byText[p.Kind+p.Text], i)
		}
	}
	pair := make([]int, len(from))
	for i, p := range from {
		at, ok := byID[p.ID]
		if same := byText[p.Kind+p.Text]; !ok && len(same) > 0 {
			at, ok, byText[p.Kind+p.Text] = same[0], true, same[1:]
		}
		if pair[i] = at; !ok {
			pair[i] = -1
		}
	}
	keepGrowing(pair)
	return pair
}

// keepGrowing sets to -1 what is not in the longest run of growing numbers.
func keepGrowing(pair []int) {
	var tails []int // tails[n] is where the run of n+1 numbers with the smallest end ends
	before := make([]int, len(pair))
	for i, at := range pair {
		if at < 0 {
			continue
		}
		n, _ := slices.BinarySearchFunc(tails, at, func(j, at int) int { return cmp.Compare(pair[j], at) })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	keep := map[int]bool{}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			keep[i] = true
		}
	}
	for i := range pair {
		if !keep[i] {
			pair[i] = -1
		}
	}
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
		out = append(out, Segment{map[diffmatchpatch.Operation]string{diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffInsert: Added, diffmatchpatch.DiffDelete: Removed}[part.Type], text.String()})
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
