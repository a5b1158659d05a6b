// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stet"
)

// counterpoint reads back what our own Markdown has of a counterpoint. It is one
// only when writing it again gives the very text that was read: anything else
// that wears its class is a figure like others, and loses no word.
func (f *flow) counterpoint(n *html.Node) bool {
	c := Counterpoint{Label: stet.CounterpointLabel(attrOf(n, "data-label")), Note: f.said(n, "beside-note")}
	c.ID = strings.TrimPrefix(linkIn(classIn(n, "beside-label")), stet.CounterpointPath(""))
	var both []Side
	for _, side := range classesIn(n, "beside-side") {
		both = append(both, f.side(side))
	}
	if len(both) != 2 {
		return false
	}
	c.First, c.Second = both[0], both[1]
	block := c.Node()
	doc := Doc{Root: Node{Type: "doc", Content: []Node{block}}}
	if doc.Validate() != nil {
		return false
	}
	var t texter
	t.counterpoint(&block)
	if strings.Join(strings.Fields(t.b.String()), "") != strings.Join(strings.Fields(textOf(n)), "") {
		return false
	}
	f.add(block)
	return true
}

func (f *flow) side(n *html.Node) Side {
	words := classIn(n, "beside-words")
	s := Side{
		Statement: strings.TrimPrefix(linkIn(words), stet.StatementPath("")), Words: textOf(words), Kind: stet.DirectQuotation,
		Speaker: f.said(n, "beside-speaker"), Role: f.said(n, "beside-role"), Venue: f.said(n, "beside-venue"),
		Addressee: strings.TrimPrefix(f.said(n, "beside-to"), "to "),
	}
	if words != nil {
		s.Language = attrOf(words, "lang")
		if kind := attrOf(words, "data-kind"); kind != "" {
			s.Kind = stet.QuotationKind(kind)
		}
	}
	if s.Kind == stet.DirectQuotation {
		s.Words = strings.TrimSuffix(strings.TrimPrefix(s.Words, "“"), "”")
	}
	if when := classIn(n, "beside-when"); when != nil {
		value, precision, _ := strings.Cut(attrOf(when, "data-date"), " ")
		s.Date = stet.SaidDate{Value: value, Precision: stet.DatePrecision(precision)}
	}
	if source := classIn(n, "beside-source"); source != nil {
		s.SourceURL, s.Source = linkIn(source), strings.TrimPrefix(textOf(source), english[LabelSource]+" ")
		if s.SourceURL != "" && s.Source == (Side{SourceURL: s.SourceURL}).sourceName() {
			s.Source = ""
		}
	}
	return s
}

func (f *flow) said(n *html.Node, class string) string { return textOf(classIn(n, class)) }

func classIn(n *html.Node, class string) *html.Node {
	return find(n, func(c *html.Node) bool { return hasClass(c, class) })
}

func classesIn(n *html.Node, class string) (out []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && hasClass(c, class) {
			out = append(out, c)
			continue
		}
		out = append(out, classesIn(c, class)...)
	}
	return out
}

// linkIn is where the first link within leads.
func linkIn(n *html.Node) string {
	if n == nil {
		return ""
	}
	if a := find(n, func(c *html.Node) bool { return isElement(c, atom.A) }); a != nil {
		return attrOf(a, "href")
	}
	return ""
}

func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}
