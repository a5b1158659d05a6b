// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parseHTML makes a tree of any input in time and memory that grow no faster than the input.
//
// The HTML algorithm itself does not: an unclosed <b> is made again in every paragraph that
// follows, so a few kilobytes of such tags before a megabyte of <p> become gigabytes of nodes.
// And x/net/html gives up beyond 512 open elements. So the input is looked over first; what would
// go wrong is read by flatTree, which nests no deeper than is of use and makes nothing twice, and
// what has more tags than a document may have nodes by plainTree, which keeps only paragraphs.
func parseHTML(src string) (root *html.Node, whole bool) {
	src = cleanInput(src)
	switch survey(src) {
	case sane:
		if root := specTree(src); root != nil {
			return root, true
		}
	case endless:
		return plainTree(src), false
	}
	return flatTree(src), false
}

// cleanInput drops what no text can hold: NUL bytes, invalid UTF-8.
func cleanInput(src string) string {
	if !utf8.ValidString(src) {
		src = strings.ToValidUTF8(src, "\ufffd")
	}
	if strings.IndexByte(src, 0) >= 0 {
		src = strings.ReplaceAll(src, "\x00", "")
	}
	return src
}

// specTree follows the HTML specification; nil when x/net/html refuses.
func specTree(src string) (root *html.Node) {
	defer func() {
		if recover() != nil {
			root = nil
		}
	}()
	nodes, err := html.ParseFragment(strings.NewReader(src), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return nil
	}
	root = &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return root
}

type verdict int

const (
	sane    verdict = iota
	hostile         // the specification's tree would be too deep or far larger than the input
	endless         // more tags than any document may have nodes
)

// survey estimates, in one pass, what the specification would make of the input.
func survey(src string) verdict {
	const deep, spare, most = 300, 200_000, 8 * MaxNodes
	z := html.NewTokenizer(strings.NewReader(src))
	open, tags, made := 0, 0, 0
	formatting, perTag := 0, map[atom.Atom]int{}
	v := sane
	for {
		tt := z.Next()
		if tt == html.ErrorToken {
			return v
		}
		if tt != html.StartTagToken && tt != html.EndTagToken {
			continue
		}
		tags++
		name, _ := z.TagName()
		switch a := atom.Lookup(name); {
		case voidElement(a):
		case formattingElement(a) && tt == html.StartTagToken:
			formatting++
			perTag[a]++
			open++
		case formattingElement(a):
			if perTag[a] > 0 {
				formatting--
				perTag[a]--
				open--
			}
		case closesItself(a):
			made += formatting
		case tt == html.StartTagToken:
			made += formatting
			open++
		default:
			made += formatting
			open = max(0, open-1)
		}
		if tags > most {
			return endless
		}
		if open > deep || made > spare+4*tags {
			v = hostile
		}
	}
}

// closesItself lists the elements whose end tag may be left out: their number says nothing about
// depth.
func closesItself(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Thead, atom.Tbody, atom.Tfoot,
		atom.Option, atom.Optgroup, atom.Colgroup, atom.Rt, atom.Rp:
		return true
	}
	return false
}

func voidElement(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// formattingElement lists what the specification makes again after a block has closed it.
func formattingElement(a atom.Atom) bool {
	switch a {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small,
		atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

// flatTree reads tags as they are written: an end tag closes the nearest element of its name, and
// beyond a depth that no honest text has, tags are passed over while their text is kept.
func flatTree(src string) *html.Node {
	const deep = 60
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	open := []*html.Node{root}
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return root
		case html.TextToken:
			t := z.Token()
			open[len(open)-1].AppendChild(&html.Node{Type: html.TextNode, Data: t.Data})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == atom.P {
				open = closeNearest(open, atom.P, "p")
			}
			n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			if len(open) <= deep || voidElement(t.DataAtom) || rawText(t.DataAtom) {
				open[len(open)-1].AppendChild(n)
			}
			if !voidElement(t.DataAtom) && (len(open) <= deep || rawText(t.DataAtom)) {
				open = append(open, n)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			open = closeNearest(open, atom.Lookup(name), string(name))
		}
	}
}

// plainTree keeps paragraphs and nothing else.
func plainTree(src string) *html.Node {
	const most = MaxNodes / 4
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	var line strings.Builder
	paragraphs := 0
	end := func() {
		if paragraphs++; paragraphs > most {
			line.WriteByte(' ')
			return
		}
		if !isBlank(line.String()) {
			p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			p.AppendChild(&html.Node{Type: html.TextNode, Data: line.String()})
			root.AppendChild(p)
		}
		line.Reset()
	}
	z := html.NewTokenizer(strings.NewReader(src))
	var raw atom.Atom // the element whose text the tokenizer gives next, and no browser shows
	for {
		switch z.Next() {
		case html.ErrorToken:
			paragraphs = 0
			end()
			return root
		case html.TextToken:
			if !unseen(&html.Node{Type: html.ElementNode, DataAtom: raw}) && raw != atom.Iframe {
				line.WriteString(html.UnescapeString(string(z.Raw())))
			}
			raw = 0
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if raw = 0; rawText(a) {
				raw = a
			}
			if blockElement(a) && !isBlank(line.String()) {
				end()
			}
		}
	}
}

// rawText lists the elements whose content the tokenizer gives as one text.
func rawText(a atom.Atom) bool {
	switch a {
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Xmp:
		return true
	}
	return false
}

func closeNearest(open []*html.Node, a atom.Atom, name string) []*html.Node {
	for i := len(open) - 1; i > 0; i-- {
		if open[i].DataAtom == a && open[i].Data == name {
			return open[:i]
		}
	}
	return open
}

// What follows asks a parsed element.

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return true
		}
	}
	return false
}

// hasClass reports whether an element has one of the classes.
func hasClass(n *html.Node, names ...string) bool {
	class := attrOf(n, "class")
	if class == "" {
		return false
	}
	for c := range strings.FieldsSeq(class) {
		for _, name := range names {
			if strings.EqualFold(c, name) {
				return true
			}
		}
	}
	return false
}

func isElement(n *html.Node, names ...atom.Atom) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for _, a := range names {
		if n.DataAtom == a {
			return true
		}
	}
	return false
}

// wraps reports elements that are nothing but what they contain, so that a class on them may say
// what that is. A class on a script makes its code no caption.
func wraps(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Br, atom.Hr:
		return false
	case atom.Span, atom.Small, atom.A, atom.Em, atom.Strong, atom.I, atom.B, atom.Cite, atom.Sup, atom.Sub, atom.Font, atom.Label:
		return n.Namespace == ""
	}
	return n.Namespace == "" && blockElement(n.DataAtom)
}

// find returns the first element below n, in document order, that is wanted.
func find(n *html.Node, want func(*html.Node) bool) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && want(c) {
			return c
		}
		if found := find(c, want); found != nil {
			return found
		}
	}
	return nil
}

// significant returns the only child that is more than white space or a comment, nil if there are
// several or none.
func significant(n *html.Node) *html.Node {
	var only *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.CommentNode || c.Type == html.TextNode && isBlank(c.Data) {
			continue
		}
		if only != nil {
			return nil
		}
		only = c
	}
	return only
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

// unseen reports elements whose text no browser shows.
func unseen(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Title, atom.Noembed, atom.Noframes,
		atom.Head, atom.Datalist, atom.Param, atom.Source, atom.Track:
		return true
	case atom.Audio, atom.Video, atom.Canvas:
		return true // their content is for browsers that know no video
	}
	return n.Namespace == "svg" && (n.Data == "desc" || n.Data == "metadata")
}
