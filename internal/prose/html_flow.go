// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flow turns a stream of elements into blocks. Running text gathers in a line; whatever begins or
// ends a block ends the line. So text between blocks, blocks inside inline elements and pictures
// inside paragraphs all come out as a plain sequence of blocks.
type flow struct {
	in      *converter
	out     []Node
	line    []Node
	heading int // > 0: a line becomes a heading of this level, not a paragraph
	depth   int // of the blocks in out
	inTable bool
	inNote  bool   // in a footnote, where no other is
	inList  bool   // in a list of footnotes, whose links lead back into the text
	inPre   bool   // line ends in the text are line breaks
	gap     bool   // the line ends in white space
	about   Placed // what the figure around says of what is in it
}

// within begins a flow for the content of a container.
func (f *flow) within(levels int) *flow {
	return &flow{in: f.in, depth: f.depth + levels, inTable: f.inTable, inNote: f.inNote, inList: f.inList}
}

func (f *flow) done() []Node {
	f.flush()
	return f.out
}

// add ends the line and appends a block.
func (f *flow) add(n ...Node) {
	f.flush()
	f.out = append(f.out, n...)
}

// text appends running text as a browser would lay it out: white space of any length is one
// space, and none at the beginning of a line.
func (f *flow) text(s string, marks []Mark) {
	if len(f.line) == 0 || f.line[len(f.line)-1].Type == "hardBreak" {
		f.gap = true
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' && f.inPre:
			f.put(&b, marks)
			f.breakLine()
			f.gap = true
		case r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f':
			if !f.gap {
				b.WriteByte(' ')
				f.gap = true
			}
		case invisible(r):
		default:
			b.WriteRune(r)
			f.gap = false
		}
	}
	f.put(&b, marks)
}

func (f *flow) put(b *strings.Builder, marks []Mark) {
	if b.Len() > 0 {
		f.line = append(f.line, Node{Type: "text", Text: b.String(), Marks: marks})
		b.Reset()
	}
}

// invisible characters are not allowed in HTML or XML, or say only how a file was stored.
func invisible(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0xfeff || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}

// breakLine is <br>: two of them begin a new paragraph.
func (f *flow) breakLine() {
	f.line = trimRight(f.line, false)
	if len(f.line) == 0 {
		return
	}
	if f.line[len(f.line)-1].Type == "hardBreak" {
		f.flush()
		return
	}
	f.line = append(f.line, Node{Type: "hardBreak"})
}

// flush makes a block of the line.
func (f *flow) flush() {
	line := trimRight(f.line, true)
	f.line = nil
	if len(line) == 0 {
		return
	}
	n := Paragraph(joinTexts(line)...)
	if f.heading > 0 {
		n.Type, n.Attrs = "heading", Attrs{"level": f.heading}
	}
	f.out = append(f.out, n)
}

// trimRight drops white space, also non-breaking, and, if wanted, line breaks at the end of a line.
func trimRight(line []Node, breaks bool) []Node {
	for len(line) > 0 {
		last := &line[len(line)-1]
		if last.Type == "text" {
			if last.Text = strings.TrimRightFunc(last.Text, unicode.IsSpace); last.Text != "" {
				break
			}
		} else if last.Type != "hardBreak" || !breaks {
			break
		}
		line = line[:len(line)-1]
	}
	return line
}

func (f *flow) children(n *html.Node, marks []Mark) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.node(c, marks)
	}
}

// block handles the content of an element that stands on lines of its own.
func (f *flow) block(n *html.Node, marks []Mark) {
	f.flush()
	f.children(n, marks)
	f.flush()
}

func (f *flow) node(n *html.Node, marks []Mark) {
	switch n.Type {
	case html.TextNode:
		f.text(n.Data, marks)
	case html.ElementNode:
		if f.in.skip[n] {
			return
		}
		f.in.inspect(n)
		if !f.shape(n, marks) {
			f.element(n, marks)
		}
	}
}

// shape handles what is known by its class, whatever its element.
func (f *flow) shape(n *html.Node, marks []Mark) bool {
	if !wraps(n) {
		if isElement(n, atom.Img) && hasClass(n, "emoji", "wp-smiley", "latex") {
			f.text(attrOf(n, "alt"), marks)
			return true
		}
		return false
	}
	switch {
	case f.in.footnotes.lists[n]:
		f.unusedNotes(n, marks)
	case attrOf(n, "data-type") == "footnote":
		f.inlineNote(n, marks)
	case f.isBacklink(n):
	case hasAttr(n, "class") && f.classed(n, marks):
	default:
		return false
	}
	return true
}

func (f *flow) classed(n *html.Node, marks []Mark) bool {
	switch {
	case isElement(n, atom.P) && hasClass(n, "footnotes-title"):
	case hasClass(n, "wp-block-pullquote", "pull-quote", "pullquote", "kg-blockquote-alt", "rm-pull-quote"):
		f.pullQuote(n)
	case isElement(n, atom.Aside, atom.Div, atom.Section) && hasClass(n, "box") && f.depth < deepest:
		f.box(n)
	case isElement(n, atom.P, atom.Div) && hasClass(n, "related-story"):
		return f.relatedStory(n)
	case isElement(n, atom.Figure) && hasClass(n, "beside") && hasAttr(n, "data-label"):
		return f.counterpoint(n)
	case isElement(n, atom.Figure) && hasClass(n, "media"):
		return f.ownMedia(n)
	case isElement(n, atom.Div, atom.Figure) && hasClass(n, "wp-block-file", "kg-file-card"):
		return f.fileBlock(n)
	case isElement(n, atom.Figure, atom.Div) && hasClass(n, "wp-block-embed", "embed", "kg-embed-card"):
		f.embedFigure(n)
	case hasClass(n, "gallery", "wp-block-gallery", "blocks-gallery-grid", "kg-gallery-card", "tiled-gallery"):
		f.gallery(n, marks)
	case hasClass(n, "wp-caption", "gallery-item", "blocks-gallery-item", "shortcode-media", "wp-block-image"):
		f.figure(n, marks)
	default:
		return false
	}
	return true
}

// element handles what is known by its name.
func (f *flow) element(n *html.Node, marks []Mark) {
	switch n.DataAtom {
	case atom.Br:
		f.breakLine()
	case atom.Hr:
		f.add(Node{Type: "horizontalRule"})
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		f.flush()
		outer := f.heading
		f.heading = min(max(int(n.Data[1]-'0'), 2), 4)
		f.children(n, marks)
		f.flush()
		f.heading = outer
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		f.list(n, marks)
	case atom.Blockquote:
		f.blockquote(n, marks)
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		f.preformatted(n, marks)
	case atom.Table:
		f.table(n, marks)
	case atom.Figure, atom.Picture:
		f.figure(n, marks)
	case atom.Img, atom.Image:
		f.image(n)
	case atom.Iframe, atom.Embed, atom.Object, atom.Video, atom.Audio, atom.Frame:
		f.embed(n, marks)
	case atom.Svg:
		f.svg(n, marks)
	case atom.Dt:
		f.block(n, with(marks, Mark{Type: "bold"}))
	default:
		switch {
		case n.Namespace == "svg" && n.DataAtom != atom.Desc && n.DataAtom != atom.Title:
			f.svg(n, marks)
		case unseen(n):
		case blockElement(n.DataAtom):
			f.block(n, marks)
		default:
			f.inline(n, marks)
		}
	}
}

// blockElement lists the elements that begin and end a line in browsers.
func blockElement(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Br, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
		atom.Figure, atom.Footer, atom.Form, atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main,
		atom.Marquee, atom.Menu, atom.Nav, atom.Ol, atom.Optgroup, atom.P, atom.Plaintext, atom.Pre, atom.Section,
		atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp:
		return true
	}
	return false
}

// squash makes running text of blocks, for places that hold nothing else: captions, pull quotes,
// footnotes. Blocks that are no text (pictures, embeds) come back for the caller to put elsewhere.
func squash(blocks []Node) (line, rest []Node) {
	for i := range blocks {
		n := &blocks[i]
		var more []Node
		switch {
		case n.Type == "image" || n.Type == "gallery" || n.Type == "embed" || n.Type == "media" || n.Type == "relatedStory" || n.Type == "counterpoint" || n.Type == "rawHTML":
			rest = append(rest, *n)
		case n.Type == "codeBlock":
			for j, s := range strings.Split(n.Plain(), "\n") {
				if j > 0 {
					more = append(more, Node{Type: "hardBreak"})
				}
				if s != "" {
					more = append(more, Text(s))
				}
			}
		case n.isTextBlock():
			more = n.Content
			if s := n.Attr("attribution"); s != "" {
				more = append(append([]Node{}, more...), Node{Type: "hardBreak"}, Text(s))
			}
		default:
			var below []Node
			if s := n.Attr("title"); s != "" {
				more = []Node{Text(s), {Type: "hardBreak"}}
			}
			inner, below := squash(n.Content)
			more = append(more, inner...)
			rest = append(rest, below...)
		}
		if len(more) > 0 && len(line) > 0 {
			line = append(line, Node{Type: "hardBreak"})
		}
		line = append(line, more...)
	}
	return joinTexts(line), rest
}

// without drops the nodes of one type from running text.
func without(line []Node, typ string) []Node {
	var out []Node
	for _, n := range line {
		if n.Type != typ {
			out = append(out, n)
		}
	}
	return out
}
