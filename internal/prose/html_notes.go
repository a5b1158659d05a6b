// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// footnotes are the notes that the input keeps in a list at its end, and to which its text refers.
// Ours stand in the text, where the editor sees them; the renderers number them.
type footnotes struct {
	byID  map[string]*html.Node
	lists map[*html.Node]bool   // the lists, to be passed over but for unused notes
	used  map[*html.Node][]Node // the running text that a note has become
	spare int                   // bytes of text that notes referred to more than once may still add
	rest  []Node                // pictures and other blocks found in notes, put at the end of the document
}

func (in *converter) findFootnotes(root *html.Node) {
	in.footnotes = footnotes{byID: map[string]*html.Node{}, lists: map[*html.Node]bool{}, used: map[*html.Node][]Node{}, spare: 64 << 10}
	in.findNoteLists(root)
}

func (in *converter) findNoteLists(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || unseen(c) {
			continue
		}
		switch id := attrOf(c, "id"); {
		case wordNote(c) && in.footnotes.byID["_"+id] == nil:
			in.footnotes.byID["_"+id] = c
			in.footnotes.lists[c] = true
		case noteList(c):
			in.footnotes.lists[c] = true
			in.findNotes(c)
		default:
			in.findNoteLists(c)
		}
	}
}

// noteList knows the lists of goldmark, WordPress, pandoc, MediaWiki and our own page.
func noteList(n *html.Node) bool {
	if isElement(n, atom.Section, atom.Div, atom.Aside, atom.Ol, atom.Ul) {
		return hasClass(n, "footnotes", "wp-block-footnotes", "references", "footnote-list") || attrOf(n, "role") == "doc-endnotes"
	}
	return false
}

// wordNote knows <div id="ftn1"> with style mso-element:footnote.
func wordNote(n *html.Node) bool {
	num, ok := strings.CutPrefix(attrOf(n, "id"), "ftn")
	return ok && isElement(n, atom.Div) && num != "" && strings.Trim(num, "0123456789") == ""
}

func (in *converter) findNotes(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isElement(c, atom.Li) {
			if id := attrOf(c, "id"); id != "" && in.footnotes.byID[id] == nil {
				in.footnotes.byID[id] = c
			}
			continue
		}
		in.findNotes(c)
	}
}

// footnoteRef replaces a reference by the note itself. What looks like one but is not stays text.
func (f *flow) footnoteRef(n *html.Node, marks []Mark) bool {
	if f.inNote || n.DataAtom == atom.Sup && attrOf(n, "data-fn") == "" {
		return false
	}
	id, local := strings.CutPrefix(attrOf(n, "href"), "#")
	if !local {
		id = attrOf(n, "data-fn")
	}
	li := f.in.footnotes.byID[id]
	if id == "" || li == nil || !isMarker(n) {
		return false
	}
	line := f.in.footnotes.used[li]
	if line == nil {
		inner := f.within(0)
		inner.inNote, inner.inList = true, true
		inner.children(li, nil)
		var rest []Node
		if line, rest = squash(inner.done()); len(line) == 0 {
			return false
		}
		f.in.footnotes.used[li] = line
		f.in.footnotes.rest = append(f.in.footnotes.rest, rest...)
	} else if f.in.footnotes.spare -= weight(line); f.in.footnotes.spare < 0 {
		return false
	}
	f.line = append(f.line, Node{Type: "footnote", Content: line})
	f.gap = false
	return true
}

func weight(line []Node) int {
	n := 0
	for i := range line {
		n += len(line[i].Text) + 100
	}
	return n
}

// isMarker tells a reference ("1", "[a]", "*") from a link in words to the same place.
func isMarker(n *html.Node) bool {
	if hasClass(n, "footnote-ref") || attrOf(n, "role") == "doc-noteref" || n.DataAtom == atom.Sup {
		return true
	}
	var b strings.Builder
	var gather func(*html.Node)
	gather = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < 40; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
			}
			gather(c)
		}
	}
	gather(n)
	s := strings.Trim(strings.TrimSpace(b.String()), "[]()^")
	return utf8.RuneCountInString(s) <= 3
}

// isBacklink knows the arrow at the end of a note that leads back into the text.
func (f *flow) isBacklink(n *html.Node) bool {
	if !f.inList || !isElement(n, atom.A) {
		return false
	}
	href := attrOf(n, "href")
	if !strings.HasPrefix(href, "#") {
		return false
	}
	return hasClass(n, "footnote-backref", "footnote-back") || attrOf(n, "role") == "doc-backlink" ||
		strings.HasPrefix(href, "#_ftnref") || strings.HasPrefix(href, "#cite_ref") || isArrow(n)
}

func isArrow(n *html.Node) bool {
	c := significant(n)
	return c != nil && c.Type == html.TextNode && strings.Trim(c.Data, "↩↑⬆⏎^\ufe0e\ufe0f \u00a0") == ""
}

// inlineNote reads a note that stands where it belongs, as the editor and our Markdown write it.
func (f *flow) inlineNote(n *html.Node, marks []Mark) {
	if f.inNote {
		f.children(n, marks)
		return
	}
	inner := f.within(0)
	inner.inNote = true
	inner.children(n, nil)
	line, rest := squash(inner.done())
	if len(line) > 0 {
		f.line = append(f.line, Node{Type: "footnote", Content: line})
		f.gap = false
	}
	f.in.footnotes.rest = append(f.in.footnotes.rest, rest...)
}

// unusedNotes keeps the notes of a list to which nothing refers, as what they are: a list.
func (f *flow) unusedNotes(n *html.Node, marks []Mark) {
	f.flush()
	f.inNote, f.inList = true, true
	defer func() { f.inNote, f.inList = false, false }()
	if f.in.footnotes.used[n] != nil { // one of Word's
		return
	}
	f.keepUnused(n, marks)
	f.flush()
}

func (f *flow) keepUnused(n *html.Node, marks []Mark) {
	list := isElement(n, atom.Ol, atom.Ul)
	l := Node{Type: "orderedList"}
	if isElement(n, atom.Ul) {
		l.Type = "bulletList"
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case isElement(c, atom.Hr):
		case isElement(c, atom.Ol, atom.Ul):
			f.keepUnused(c, marks)
		case !list:
			f.node(c, marks)
		case !isElement(c, atom.Li):
			inner := f.within(2)
			inner.node(c, marks)
			if content := inner.done(); len(content) > 0 {
				l.Content = append(l.Content, Node{Type: "listItem", Content: asItem(content)})
			}
		case f.in.footnotes.used[c] == nil:
			inner := f.within(2)
			inner.children(c, marks)
			if content := inner.done(); len(content) > 0 {
				l.Content = append(l.Content, Node{Type: "listItem", Content: asItem(content)})
			}
		}
	}
	if len(l.Content) > 0 {
		f.add(l)
	}
}
