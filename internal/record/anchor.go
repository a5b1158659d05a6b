// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"slices"
	"strings"
)

// Anchor holds on to a quotation while its text is edited: for each piece the
// block and a TextQuoteSelector of the W3C Web Annotation model (exact words
// with some before and after). A pure value: it may be kept as JSON.
type Anchor struct {
	Pieces []Selector `json:"pieces"`
}

// Selector is one piece of an anchor.
type Selector struct {
	Block  string `json:"block,omitempty"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// contextLength is how much of the text around stands in a selector.
const contextLength = 32

// NewAnchor anchors a quotation found in the document.
func NewAnchor(doc Document, q Quotation) Anchor {
	var a Anchor
	for _, p := range q.Places {
		if p.Index < 0 || p.Index >= len(doc.Blocks) {
			continue
		}
		runes := []rune(doc.Blocks[p.Index].Text)
		s, e := max(0, p.Start), min(p.End, len(runes))
		if s >= e {
			continue
		}
		a.Pieces = append(a.Pieces, Selector{
			Block:  doc.Blocks[p.Index].ID,
			Exact:  string(runes[s:e]),
			Prefix: string(runes[max(0, s-contextLength):s]),
			Suffix: string(runes[e:min(len(runes), e+contextLength)]),
		})
	}
	return a
}

// Fate is what became of an anchored quotation.
type Fate string

// The fates. Only a change of the quoted words themselves needs the editor.
const (
	Kept    Fate = "kept"    // the same words in the same block
	Moved   Fate = "moved"   // the same words elsewhere
	Changed Fate = "changed" // other words stand there now
	Gone    Fate = "gone"    // nothing like it is left
)

// Landing is where an anchor was found again.
type Landing struct {
	Fate   Fate
	Places []Place
	Spans  []Span
	Text   string  // the words that stand there now, pieces apart by " … "
	Like   float64 // how like the old words are the new ones, 1 for the same
}

// In finds the anchor in a document, which may have been edited since.
func (a Anchor) In(doc Document) Landing {
	if doc.Text == "" && len(doc.Blocks) > 0 {
		doc = Join(doc.Blocks)
	}
	out := Landing{Fate: Kept, Like: 1}
	var texts []string
	for _, s := range a.Pieces {
		p, fate, like := s.in(doc)
		if worse(fate, out.Fate) {
			out.Fate = fate
		}
		out.Like = min(out.Like, like)
		if fate == Gone {
			continue
		}
		b := &doc.Blocks[p.Index]
		out.Places = append(out.Places, p)
		out.Spans = append(out.Spans, Span{b.Start + p.Start, b.Start + p.End})
		texts = append(texts, string([]rune(b.Text)[p.Start:p.End]))
	}
	out.Text = strings.Join(texts, pieces)
	if len(a.Pieces) == 0 {
		return Landing{Fate: Gone}
	}
	return out
}

func worse(a, b Fate) bool {
	order := []Fate{Kept, Moved, Changed, Gone}
	return slices.Index(order, a) > slices.Index(order, b)
}

// in finds one piece: its words in its block, then its words anywhere, then what
// stands in its block between the same surroundings, then the most alike.
func (s Selector) in(doc Document) (Place, Fate, float64) {
	home := slices.IndexFunc(doc.Blocks, func(b Block) bool { return s.Block != "" && b.ID == s.Block })
	if home >= 0 {
		if p, ok := s.exactIn(doc.Blocks[home], home); ok {
			return p, Kept, 1
		}
	}
	best, score := Place{}, -1
	for i := range doc.Blocks {
		if p, ok := s.exactIn(doc.Blocks[i], i); ok {
			if n := s.agreement(doc.Blocks[i], p); n > score {
				best, score = p, n
			}
		}
	}
	if score >= 0 {
		if s.Block == "" {
			return best, Kept, 1
		}
		return best, Moved, 1
	}
	if home >= 0 {
		if p, like := s.likeIn(doc.Blocks[home], home); like >= changedAtLeast {
			return p, Changed, like
		}
	}
	top := changedAtLeast
	found := false
	for i := range doc.Blocks {
		if i == home {
			continue
		}
		if p, like := s.likeIn(doc.Blocks[i], i); like >= top && like > movedAtLeast {
			best, top, found = p, like, true
		}
	}
	if found {
		return best, Changed, top
	}
	return Place{}, Gone, 0
}

const (
	changedAtLeast = 0.4 // share of words in common, within the block
	movedAtLeast   = 0.7 // and in another
)

// exactIn finds the words in a block, where they stand more than once those
// whose surroundings agree best.
func (s Selector) exactIn(b Block, index int) (Place, bool) {
	if s.Exact == "" {
		return Place{}, false
	}
	best, score := Place{}, -1
	n := len([]rune(s.Exact))
	at, runes := 0, 0
	for {
		i := strings.Index(b.Text[at:], s.Exact)
		if i < 0 {
			break
		}
		runes += len([]rune(b.Text[at : at+i]))
		p := Place{Block: b.ID, Index: index, Start: runes, End: runes + n}
		if v := s.agreement(b, p); v > score {
			best, score = p, v
		}
		at += i + len(s.Exact)
		runes += n
	}
	return best, score >= 0
}

// agreement counts the code points of the surroundings that are the same.
func (s Selector) agreement(b Block, p Place) int {
	text := []rune(b.Text)
	n := 0
	pre := []rune(s.Prefix)
	for k := 1; k <= len(pre) && p.Start-k >= 0 && text[p.Start-k] == pre[len(pre)-k]; k++ {
		n++
	}
	for k, c := range []rune(s.Suffix) {
		if p.End+k >= len(text) || text[p.End+k] != c {
			break
		}
		n++
	}
	return n
}

// likeIn finds the stretch of a block that has most words in common with the
// piece: between the same surroundings when these stand there, else the best row
// of words as long as it.
func (s Selector) likeIn(b Block, index int) (Place, float64) {
	ts := tokenise([]rune(b.Text), 0, len([]rune(b.Text)), nil)
	want := tokenise([]rune(s.Exact), 0, len([]rune(s.Exact)), nil)
	if len(ts) == 0 || len(want) == 0 {
		return Place{}, 0
	}
	if p, ok := s.between(b, index); ok {
		sub := []rune(b.Text)[p.Start:p.End]
		if like := overlapOf(want, tokenise(sub, 0, len(sub), nil)); like >= changedAtLeast {
			return p, like
		}
	}
	count := map[string]int{}
	for _, t := range want {
		count[t.low]++
	}
	n := min(len(want), len(ts))
	have, common := map[string]int{}, 0
	best, at := 0, 0
	for i, t := range ts {
		if have[t.low]++; have[t.low] <= count[t.low] {
			common++
		}
		if i >= n {
			old := ts[i-n].low
			if have[old] <= count[old] {
				common--
			}
			have[old]--
		}
		if i >= n-1 && common > best {
			best, at = common, i-n+1
		}
	}
	return Place{Block: b.ID, Index: index, Start: ts[at].start, End: ts[at+n-1].end}, float64(best) / float64(len(want))
}

// between is what stands between the last code points of the prefix and the
// first ones of the suffix.
func (s Selector) between(b Block, index int) (Place, bool) {
	const edge = 8
	pre, suf := []rune(s.Prefix), []rune(s.Suffix)
	left := string(pre[max(0, len(pre)-edge):])
	right := string(suf[:min(len(suf), edge)])
	i := 0
	if left != "" {
		i = strings.Index(b.Text, left)
		if i < 0 {
			return Place{}, false
		}
		i += len(left)
	}
	j := len(b.Text)
	if right != "" {
		k := strings.Index(b.Text[i:], right)
		if k < 0 {
			return Place{}, false
		}
		j = i + k
	}
	if i >= j {
		return Place{}, false
	}
	start := len([]rune(b.Text[:i]))
	return Place{Block: b.ID, Index: index, Start: start, End: start + len([]rune(b.Text[i:j]))}, true
}

// overlapOf is the share of words in common, of the longer one.
func overlapOf(a, b []token) float64 {
	count := map[string]int{}
	for _, t := range a {
		count[t.low]++
	}
	common := 0
	for _, t := range b {
		if count[t.low] > 0 {
			count[t.low]--
			common++
		}
	}
	return float64(common) / float64(max(len(a), len(b), 1))
}
