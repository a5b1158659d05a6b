// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func (f *flow) blockquote(n *html.Node, marks []Mark) {
	if f.depth >= deepest {
		f.block(n, marks)
		return
	}
	inner := f.within(1)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		// The source of a quotation stands on a line of its own, though <cite> is an inline element.
		if isElement(c, atom.Cite, atom.Footer) && !f.in.skip[c] {
			inner.flush()
			inner.children(c, marks)
			inner.flush()
		} else {
			inner.node(c, marks)
		}
	}
	content := inner.done()
	if len(content) == 0 {
		f.flush()
		return
	}
	q := Node{Type: "blockquote", Content: content}
	if cite := f.in.address(attrOf(n, "cite"), "source"); cite != "" {
		q.Attrs = Attrs{"cite": cite}
	}
	f.add(q)
}

// pullQuote reads <figure class="pull-quote">, WordPress's pull quotes and the <aside> of others.
// The attribution is a <cite>, <figcaption> or <footer> that ends it.
func (f *flow) pullQuote(n *html.Node) {
	attribution, more := "", []Node(nil)
	if c := lastElement(n); c != nil {
		attribution, more = f.take(c)
	}
	inner := f.within(1)
	inner.children(n, nil)
	line, rest := squash(inner.done())
	rest = append(rest, more...)
	// A pull quote repeats the story; a note has its place there.
	for i := range line {
		if line[i].Type == "footnote" {
			f.in.footnotes.rest = append(f.in.footnotes.rest, Paragraph(line[i].Content...))
		}
	}
	q := Node{Type: "pullQuote", Content: joinTexts(without(line, "footnote"))}
	if attribution != "" {
		q.Attrs = Attrs{"attribution": attribution}
	}
	if len(q.Content) > 0 || attribution != "" {
		f.add(q)
	}
	f.add(rest...)
}

// lastElement finds the <cite>, <figcaption> or <footer> at the very end of an element.
func lastElement(n *html.Node) *html.Node {
	for c := n.LastChild; c != nil; c = c.PrevSibling {
		switch {
		case c.Type == html.CommentNode || c.Type == html.TextNode && isBlank(c.Data):
			continue
		case isElement(c, atom.Cite, atom.Figcaption, atom.Footer):
			return c
		case isElement(c, atom.Blockquote, atom.Div, atom.P) && c.FirstChild != nil:
			if isElement(c, atom.P) && significant(c) == nil {
				return nil // a title of a work at the end of a sentence
			}
			return lastElement(c)
		}
		return nil
	}
	return nil
}

// take reads an element whose text becomes an attribute, and has it passed over from then on:
// were it read a second time, a nest of such elements would take twice as long at each level.
func (f *flow) take(n *html.Node) (plain string, rest []Node) {
	inner := f.within(1)
	inner.children(n, nil)
	f.in.skip[n] = true
	line, rest := squash(inner.done())
	return tidy((&Node{Type: "paragraph", Content: line}).Plain()), rest
}

// box reads <aside class="box"><h3>title</h3>..., and what our own page makes of a box.
func (f *flow) box(n *html.Node) {
	title, rest := "", []Node(nil)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			if c.Type == html.TextNode && !isBlank(c.Data) {
				break
			}
			continue
		}
		if wraps(c) && hasClass(c, "box-title") || isElement(c, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) {
			title, rest = f.take(c)
		}
		break
	}
	inner := f.within(1)
	inner.children(n, nil)
	content := append(rest, inner.done()...)
	if len(content) == 0 && title == "" {
		f.flush()
		return
	}
	if len(content) == 0 {
		content = []Node{Paragraph()}
	}
	b := Node{Type: "box", Content: content}
	if title != "" {
		b.Attrs = Attrs{"title": title}
	}
	f.add(b)
}

func (f *flow) relatedStory(n *html.Node) bool {
	attrs := Attrs{}
	if story := attrOf(n, "data-story"); publicID.like.MatchString(story) {
		attrs["story"] = story
	}
	words := n
	if a := significant(n); a != nil && isElement(a, atom.A) {
		if href := f.in.address(attrOf(a, "href"), "link"); href != "" {
			attrs["href"], words = href, a
			if story, ok := f.story(href); ok && attrs["story"] == nil {
				attrs["story"] = story
			}
		}
	}
	if len(attrs) == 0 {
		return false
	}
	title, rest := f.take(words)
	if title != "" && title != attrs["href"] {
		attrs["title"] = title
	}
	f.add(Node{Type: "relatedStory", Attrs: attrs})
	f.add(rest...)
	return true
}

func (f *flow) story(href string) (string, bool) {
	if f.in.Story == nil {
		return "", false
	}
	id, ok := f.in.Story(href)
	return id, ok && publicID.like.MatchString(id)
}

func (f *flow) list(n *html.Node, marks []Mark) {
	f.flush()
	if f.depth >= deepest {
		f.block(n, marks)
		return
	}
	l := Node{Type: "bulletList"}
	if isElement(n, atom.Ol) {
		l.Type = "orderedList"
		if start, err := strconv.Atoi(strings.TrimSpace(attrOf(n, "start"))); err == nil && start != 1 && start >= 0 && start <= 999_999_999 {
			l.Attrs = Attrs{"start": start}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && isBlank(c.Data), c.Type == html.CommentNode, f.in.skip[c]:
		case isElement(c, atom.Ul, atom.Ol) && len(l.Content) > 0:
			// A list right inside a list belongs to the item before it.
			inner := f.within(2)
			inner.node(c, marks)
			last := &l.Content[len(l.Content)-1]
			last.Content = append(last.Content, inner.done()...)
		default:
			inner := f.within(2)
			if isElement(c, atom.Li) {
				f.in.inspect(c)
				inner.children(c, marks)
			} else {
				inner.node(c, marks)
			}
			content := inner.done()
			if isElement(c, atom.Li) || len(content) > 0 {
				l.Content = append(l.Content, Node{Type: "listItem", Content: asItem(content)})
			}
		}
	}
	if len(l.Content) > 0 {
		f.add(l)
	}
}

// asItem lets an item begin with a paragraph, as the schema wants it.
func asItem(content []Node) []Node {
	switch {
	case len(content) > 0 && content[0].Type == "paragraph":
	case len(content) > 0 && content[0].Type == "heading":
		content[0].Type, content[0].Attrs = "paragraph", nil
	default:
		content = append([]Node{Paragraph()}, content...)
	}
	return content
}

// preformatted keeps code with its line ends; a poem (WordPress's verse) keeps its marks instead.
func (f *flow) preformatted(n *html.Node, marks []Mark) {
	f.flush()
	media := find(n, func(c *html.Node) bool {
		return isElement(c, atom.Img, atom.Iframe, atom.Table, atom.Figure, atom.Object, atom.Embed, atom.Video, atom.Audio, atom.Ul, atom.Ol)
	})
	if media != nil || hasClass(n, "wp-block-verse") {
		f.inPre = true
		f.block(n, marks)
		f.inPre = false
		return
	}
	lang := codeLanguage(n)
	if c := significant(n); c != nil && isElement(c, atom.Code) && lang == "" {
		lang = codeLanguage(c)
	}
	var b strings.Builder
	f.codeText(n, &b)
	code := strings.TrimSuffix(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\n")
	code = strings.Map(func(r rune) rune {
		if r == '\r' || r == '\f' {
			return '\n'
		}
		if r != '\n' && r != '\t' && invisible(r) {
			return -1
		}
		return r
	}, code)
	switch {
	case isBlank(code):
		return
	case lang == "{=html}" && f.in.Raw:
		f.add(Raw(code))
		return
	}
	block := Node{Type: "codeBlock", Content: []Node{Text(code)}}
	if language.like.MatchString(lang) {
		block.Attrs = Attrs{"language": lang}
	}
	f.add(block)
}

// codeText gathers what a browser would show inside <pre>.
func (f *flow) codeText(n *html.Node, b *strings.Builder) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type != html.ElementNode:
		case isElement(c, atom.Br):
			b.WriteByte('\n')
		case isElement(c, atom.Q):
			b.WriteString("“")
			f.codeText(c, b)
			b.WriteString("”")
		case isElement(c, atom.Input):
			line := f.within(0)
			line.control(c, nil)
			b.WriteString((&Node{Type: "paragraph", Content: line.line}).Plain())
		default:
			f.in.inspect(c)
			if unseen(c) {
				continue
			}
			if blockElement(c.DataAtom) && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
				b.WriteByte('\n')
			}
			f.codeText(c, b)
			if blockElement(c.DataAtom) && b.Len() > 0 {
				b.WriteByte('\n')
			}
		}
	}
}

func codeLanguage(n *html.Node) string {
	for c := range strings.FieldsSeq(attrOf(n, "class")) {
		for _, prefix := range []string{"language-", "lang-"} {
			if l, ok := strings.CutPrefix(c, prefix); ok {
				return l
			}
		}
	}
	return ""
}
