// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import "strconv"

// linkedNote writes the number of a footnote as a link to the note at the end.
func linkedNote(w *writer, n *Node) {
	w.notes = append(w.notes, n)
	num := strconv.Itoa(len(w.notes))
	w.open("sup", "reference", nil)
	w.open("a", "noteLink", nil, "id", w.env.IDPrefix+"fnref"+num, "href", "#"+w.env.IDPrefix+"fn"+num,
		"aria-label", w.env.label(LabelNote)+" "+num)
	w.str(num, "</a></sup>")
}

// numberedNote writes the number only: feed readers and mail programs show many texts on one page,
// and rewrite or drop ids.
func numberedNote(w *writer, n *Node) {
	w.notes = append(w.notes, n)
	w.open("sup", "reference", nil)
	w.str("[", strconv.Itoa(len(w.notes)), "]</sup>")
}

// footnotes writes the apparatus at the end.
func (w *writer) footnotes() {
	if len(w.notes) == 0 {
		return
	}
	anchors := !w.medium.absolute
	w.open("section", "footnotes", nil)
	w.open("p", "footnotesTitle", nil)
	w.text(w.env.label(LabelNotes))
	w.str("</p>\n")
	w.open("ol", "footnotesList", nil)
	for i, n := range w.notes {
		num, id := strconv.Itoa(i+1), ""
		if anchors {
			id = w.env.IDPrefix + "fn" + num
		}
		w.open("li", "note", nil, "id", id)
		w.inline(n.Content)
		if anchors {
			w.str(" ")
			w.open("a", "backLink", nil, "href", "#"+w.env.IDPrefix+"fnref"+num, "aria-label", w.env.label(LabelBack)+" "+num)
			w.str("↩</a>")
		}
		w.str("</li>\n")
	}
	w.str("</ol></section>\n")
}
