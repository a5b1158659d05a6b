// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import "slices"

// Remark is what the magazine has to say on a passage: readers see where it
// stands, and are led from it to what is said. Without an address it is a
// correction, whose sign leads to the note; with one it is a quotation of the
// record, whose words themselves lead there.
type Remark struct {
	Span
	ID   string // of the note or the quotation, unique on the page; the pieces of a divided quotation share one
	Href string // of the quotation's card or page
}

// The parts of a marked passage. They are in no stored document: Remarked makes
// them for a page, and the page's medium alone writes them.
const (
	remarkMark = "remark"
	remarkSign = "remarkSign"
	quotedMark = "quoted" // words that lead to their card
	quotedHere = "quotedHere"
)

// Remarked returns the document with the passages marked, for [Doc.HTML].
func (d *Doc) Remarked(remarks []Remark) *Doc {
	if len(remarks) == 0 {
		return d
	}
	// A quotation's link stands around all else, so that it is one link though a
	// part of it is corrected or in italics. Of two that overlap the shorter comes
	// first: it has no other words to be found by.
	ordered := slices.Clone(remarks)
	slices.SortStableFunc(ordered, func(a, b Remark) int {
		switch quoted, other := a.Href != "", b.Href != ""; {
		case !quoted && other:
			return -1
		case quoted && !other:
			return 1
		case !quoted:
			return 0
		}
		return (a.End - a.Start) - (b.End - b.Start)
	})
	led := map[string]bool{} // quotations that have words to be followed
	return d.Map(func(n *Node) {
		if !n.isTextBlock() || schema[n.Type].plain {
			return
		}
		for _, r := range ordered {
			if r.Block != n.ID() || r.Start > r.End {
				continue
			}
			if r.Href == "" {
				n.Content = remark(n.Content, r)
			} else {
				n.Content = quoted(n.Content, r, led)
			}
		}
	})
}

// remark marks the words of one passage. The first piece bears the id to which
// the note leads back; the sign stands behind the last one, and alone where the
// passage is empty.
func remark(list []Node, r Remark) []Node {
	out, within, after := part(list, r.Start, r.End)
	id := r.ID
	for _, n := range within {
		if n.Type == "text" {
			m := Mark{Type: remarkMark}
			if id != "" {
				m.Attrs, id = Attrs{"id": id}, ""
			}
			n.Marks = append([]Mark{m}, n.Marks...)
		}
		out = append(out, n)
	}
	sign := Node{Type: remarkSign, Attrs: Attrs{"id": r.ID}}
	if id != "" {
		sign.Attrs["target"] = id
	}
	return append(append(out, sign), after...)
}

// quoted marks the words of a quotation as a link to what the record knows of
// it. HTML has no link within a link: words that lead elsewhere, or to the card
// of a shorter quotation, keep doing so and are underlined only. Where no word is
// left, a sign behind the last one leads to the card.
func quoted(list []Node, r Remark, led map[string]bool) []Node {
	out, within, after := part(list, r.Start, r.End)
	free := false
	for i, n := range within {
		if n.Type != "text" {
			continue
		}
		m := Mark{Type: quotedHere}
		if !leads(n.Marks) {
			m, free = Mark{Type: quotedMark, Attrs: Attrs{"id": r.ID, "href": r.Href}}, true
			if led[r.ID] {
				m.Attrs["again"] = "true"
			}
		}
		within[i].Marks = append([]Mark{m}, n.Marks...)
	}
	out = append(out, within...)
	if !free && !led[r.ID] {
		out = append(out, Node{Type: remarkSign, Attrs: Attrs{"id": r.ID, "href": r.Href}})
	}
	led[r.ID] = true
	return append(out, after...)
}

func leads(marks []Mark) bool {
	return slices.ContainsFunc(marks, func(m Mark) bool { return m.Type == "link" || m.Type == quotedMark })
}

// The prefixes of ids on the page: of a corrected passage, of its note, and of a
// quotation of the record.
const (
	PassagePrefix = "passage-"
	NotePrefix    = "correction-"
	QuotedPrefix  = "quoted-"
)

// openRemark begins a marked passage.
func (w *writer) openRemark(m Mark) {
	switch m.Type {
	case quotedHere:
		w.str(`<span class="said">`)
		return
	case quotedMark:
		w.str("<a")
		w.quotedID(m.Attr("id"), m.Attr("again") != "")
		w.attr("class", "said")
		w.attr("href", m.Attr("href"))
		w.str(">")
		return
	}
	w.str(`<span class="corrected"`)
	if id := m.Attr("id"); id != "" {
		w.attr("id", PassagePrefix+id)
	}
	w.str(">")
}

// quotedID writes the id by which a quotation is found, on the first piece that
// leads to its card. The further pieces are no stops for the keyboard.
func (w *writer) quotedID(id string, again bool) {
	if w.quoted == nil {
		w.quoted = map[string]bool{}
	}
	if again || w.quoted[id] {
		w.attr("tabindex", "-1")
		return
	}
	w.quoted[id] = true
	w.attr("id", QuotedPrefix+id)
}

// remarkSign writes the sign that leads to the note, or to the card.
func (w *writer) remarkSign(n *Node) {
	w.str("<a")
	if href := n.Attr("href"); href != "" {
		w.quotedID(n.Attr("id"), false)
		w.attr("class", "said-sign")
		w.attr("href", href)
		w.attr("aria-label", w.env.label(LabelQuoted))
		w.str(">°</a>")
		return
	}
	if id := n.Attr("target"); id != "" {
		w.attr("id", PassagePrefix+id)
	}
	w.attr("class", "corrected-sign")
	w.attr("href", "#"+NotePrefix+n.Attr("id"))
	w.attr("aria-label", w.env.label(LabelCorrected))
	w.str(">*</a>")
}
