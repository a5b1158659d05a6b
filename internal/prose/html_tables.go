// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table keeps a table of data. One that only lays out a page, or stands in another table's cell,
// is unwrapped: its cells become paragraphs in reading order.
func (f *flow) table(n *html.Node, marks []Mark) {
	f.flush()
	if role := attrOf(n, "role"); f.inTable || f.depth >= deepest || role == "presentation" || role == "none" {
		f.block(n, marks)
		return
	}
	var rows []Node
	f.rows(n, marks, &rows)
	f.flush()
	if len(rows) > 0 {
		f.add(Node{Type: "table", Content: rows})
	}
}

// rows gathers rows. What is neither row nor group of rows, as a caption, goes before the table.
func (f *flow) rows(n *html.Node, marks []Mark, rows *[]Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case isElement(c, atom.Thead, atom.Tbody, atom.Tfoot):
			f.in.inspect(c)
			f.rows(c, marks, rows)
		case isElement(c, atom.Tr):
			f.in.inspect(c)
			var r Node
			if r = f.row(c, marks); len(r.Content) > 0 {
				*rows = append(*rows, r)
			}
		case isElement(c, atom.Td, atom.Th):
			*rows = append(*rows, Node{Type: "tableRow", Content: []Node{f.cell(c, marks)}})
		case isElement(c, atom.Colgroup, atom.Col):
		default:
			f.node(c, marks)
		}
	}
}

func (f *flow) row(n *html.Node, marks []Mark) Node {
	r := Node{Type: "tableRow"}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isElement(c, atom.Td, atom.Th) {
			r.Content = append(r.Content, f.cell(c, marks))
		} else {
			f.node(c, marks)
		}
	}
	return r
}

func (f *flow) cell(n *html.Node, marks []Mark) Node {
	f.in.inspect(n)
	inner := f.within(3)
	inner.inTable = true
	inner.children(n, marks)
	c := Node{Type: "tableCell", Content: inner.done()}
	if isElement(n, atom.Th) {
		c.Type = "tableHeader"
	}
	if len(c.Content) == 0 {
		c.Content = []Node{Paragraph()}
	}
	for _, name := range []string{"colspan", "rowspan"} {
		if v, err := strconv.Atoi(strings.TrimSpace(attrOf(n, name))); err == nil && v > 1 {
			if c.Attrs == nil {
				c.Attrs = Attrs{}
			}
			c.Attrs[name] = min(v, maxSpan)
		}
	}
	return c
}
