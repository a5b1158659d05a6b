// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"
	"unicode/utf8"

	"stet"
)

// Span is a passage that was found: bytes of the text of a block, as
// [Doc.TextBlocks] gives it.
type Span struct {
	Block      string
	Start, End int
}

// Find looks the passage up; an empty Exact is the place between Prefix and
// Suffix. Where the words stand several times in their block,
// what stands around them decides. A block that is gone, or does not say it any
// more, gives way to the one place where the words stand among the same words:
// paragraphs are joined and parted. What is not clear is not found.
func (d *Doc) Find(q stet.Selector) (Span, bool) {
	blocks := d.TextBlocks()
	for _, b := range blocks {
		if b.ID != q.Block {
			continue
		}
		if at, ok := findIn(b.Text, q); ok {
			return Span{b.ID, at, at + len(q.Exact)}, true
		}
	}
	if q.Prefix == "" && q.Suffix == "" {
		return Span{}, false
	}
	var found Span
	n := 0
	for _, b := range blocks {
		whole := q.Prefix + q.Exact + q.Suffix
		if k := occurrences(b.Text, whole); len(k) > 0 && b.ID != "" {
			n += len(k)
			at := k[0] + len(q.Prefix)
			found = Span{b.ID, at, at + len(q.Exact)}
		}
	}
	return found, n == 1
}

// findIn finds the passage in the text of its block.
func findIn(text string, q stet.Selector) (at int, ok bool) {
	if q.Exact == "" {
		places := occurrences(text, q.Prefix+q.Suffix)
		if len(places) != 1 || q.Prefix+q.Suffix == "" && text != "" {
			return 0, false
		}
		return places[0] + len(q.Prefix), true
	}
	places := occurrences(text, q.Exact)
	if len(places) == 1 {
		return places[0], true
	}
	best, tie := -1, false
	for _, p := range places {
		score := sharedEnd(text[:p], q.Prefix) + sharedStart(text[p+len(q.Exact):], q.Suffix)
		switch {
		case score > best:
			at, best, tie = p, score, false
		case score == best:
			tie = true
		}
	}
	return at, best > 0 && !tie
}

// occurrences are the places of a text in another, those that overlap included.
func occurrences(text, part string) (out []int) {
	for from := 0; ; {
		i := strings.Index(text[from:], part)
		if i < 0 || part == "" && text != "" {
			return out
		}
		out = append(out, from+i)
		if from += i + 1; from > len(text) {
			return out
		}
	}
}

// sharedStart is how many bytes two texts have in common at the beginning, in
// whole characters.
func sharedStart(a, b string) (n int) {
	for n < len(a) && n < len(b) {
		r, size := utf8.DecodeRuneInString(a[n:])
		s, _ := utf8.DecodeRuneInString(b[n:])
		if r != s {
			break
		}
		n += size
	}
	return n
}

func sharedEnd(a, b string) (n int) {
	for n < len(a) && n < len(b) {
		r, size := utf8.DecodeLastRuneInString(a[:len(a)-n])
		s, _ := utf8.DecodeLastRuneInString(b[:len(b)-n])
		if r != s {
			break
		}
		n += size
	}
	return n
}

// Replace returns the document with another text in the place of a passage. What
// both have in common at their ends is left alone, and what is new looks like
// what it replaces, so that a mended figure in a link stays in its link.
// Footnotes within the passage stay.
func (d *Doc) Replace(at Span, with string) *Doc {
	return d.Map(func(n *Node) {
		if n.ID() != at.Block || !n.isTextBlock() {
			return
		}
		was := lineText(n.Content)
		if at.Start < 0 || at.End > len(was) || at.Start > at.End {
			return
		}
		old := was[at.Start:at.End]
		head := sharedStart(old, with)
		tail := sharedEnd(old[head:], with[head:])
		n.Content = splice(n, at.Start+head, at.End-tail, with[head:len(with)-tail])
	})
}

// lineText is the text of running text, as TextBlocks has it.
func lineText(list []Node) string {
	var t texter
	t.line(list)
	return t.b.String()
}

// width is how much of the text of its block a piece is.
func width(n *Node) int {
	switch n.Type {
	case "text":
		return len(n.Text)
	case "hardBreak":
		return 1
	}
	return 0
}

// part parts running text at two places of its text. What has no width, as a
// footnote, goes with the words before it; at an empty passage it comes after.
func part(list []Node, start, end int) (before, within, after []Node) {
	pos := 0
	for i := range list {
		n := list[i]
		from := pos
		pos += width(&n)
		switch {
		case n.Type == "text":
			cut := func(a, b int) string {
				a, b = min(max(a-from, 0), len(n.Text)), min(max(b-from, 0), len(n.Text))
				return n.Text[a:b]
			}
			before = appendText(before, n, cut(0, start))
			within = appendText(within, n, cut(start, end))
			after = appendText(after, n, cut(end, pos))
		case pos < start || pos == start && (start < end || n.Type == "hardBreak"):
			before = append(before, n)
		case from >= end:
			after = append(after, n)
		default:
			within = append(within, n)
		}
	}
	return before, within, after
}

// splice puts a text in the place of the bytes from start to end.
func splice(block *Node, start, end int, with string) []Node {
	before, within, after := part(block.Content, start, end)
	out := append(before, runs(block, with, marksAt(block.Content, start, end))...)
	for _, n := range within {
		if width(&n) == 0 {
			out = append(out, n)
		}
	}
	return joinTexts(append(out, after...))
}

func appendText(list []Node, like Node, text string) []Node {
	if text == "" {
		return list
	}
	like.Text = text
	return append(list, like)
}

// marksAt are the marks that a text gets there: those of the first words that it
// replaces; of an insertion, those of the words before it, but a link only when
// it goes on.
func marksAt(list []Node, start, end int) []Mark {
	pos := 0
	var before *Node
	for i := range list {
		n := &list[i]
		from, to := pos, pos+width(n)
		pos = to
		if n.Type != "text" {
			continue
		}
		if start < end && from <= start && start < to {
			return n.Marks
		}
		if start == end {
			if from < start && start < to {
				return n.Marks
			}
			if to == start {
				before = n
			}
			if from == start && before != nil {
				return common(before.Marks, n.Marks)
			}
		}
	}
	if before == nil {
		return nil
	}
	return common(before.Marks, nil)
}

// common leaves out a link that ends between the two.
func common(before, after []Mark) (out []Mark) {
	for _, m := range before {
		goes := m.Type != "link"
		for _, a := range after {
			goes = goes || sameMark(m, a)
		}
		if goes {
			out = append(out, m)
		}
	}
	return out
}

// runs makes running text of a plain one, for a block.
func runs(block *Node, text string, marks []Mark) []Node {
	k := schema[block.Type]
	if k.plain {
		marks = nil
	}
	if k.holds&lineBreak == 0 {
		return appendText(nil, Node{Type: "text", Marks: marks}, text)
	}
	var out []Node
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out = append(out, Node{Type: "hardBreak"})
		}
		out = appendText(out, Node{Type: "text", Marks: marks}, line)
	}
	return out
}
