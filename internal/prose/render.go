// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strconv"
	"unicode/utf8"

	"stet"
)

// Env tells a renderer what it cannot know from the document. The zero Env renders a document
// whose assets and stories nobody knows.
type Env struct {
	// Base is the magazine's address. The page keeps relative links as they are and needs it only
	// to tell links to other sites from its own; feed and mail make every address absolute with it.
	Base string
	// Language of the story, for labels that depend on it; the markup itself names none, because
	// the theme sets lang and dir around the whole story.
	Language string
	// Asset gives the picture to show for an asset.
	Asset func(id string) (Picture, bool)
	// Media gives the recording, film or document to show for an asset.
	Media func(id string) (Media, bool)
	// Story gives the address and headline of a story of ours.
	Story func(id string) (Story, bool)
	// RawURL gives the address at which a raw HTML block is served, as RawDocument makes it.
	RawURL func(blockID string) string
	// Label gives an interface text in the reader's language; see the Label constants. Without it,
	// and for what it answers "" to, the text is English.
	Label func(key string) string
	// When gives the day on which something was said in the reader's language, as precise as it is
	// known; To gives "to somebody". Without them, and for what they answer "" to, it is English.
	When func(d stet.SaidDate) string
	To   func(addressee string) string
	// IDPrefix sets the ids of one story's notes apart from those of the next on the same page.
	IDPrefix string
	// Lazy lets pictures load when the reader comes near them: for all but the first of a page.
	Lazy bool
	// Headings is added to the level of headings, for a story whose headline is not the page's
	// only <h1>.
	Headings int
}

// Picture is an asset as a page shows it. Alt and Credit are the asset's own, which the body may
// override.
type Picture struct {
	Src, Srcset, Sizes string
	Width, Height      int
	Alt, Credit        string
	// Final says that Alt and Credit stand whatever the body says, which
	// speaks of another picture: the one that stood here before.
	Final bool
}

// Story is what a related story is shown as.
type Story struct {
	Href, Title string
}

// The texts that a rendered body needs besides the author's own.
const (
	LabelNotes   = "prose.notes"   // above the footnotes
	LabelNote    = "prose.note"    // for screen readers, before a reference's number
	LabelBack    = "prose.back"    // for screen readers: from a footnote back into the text
	LabelTable   = "prose.table"   // for screen readers, a table that can be scrolled
	LabelPicture = "prose.picture" // in place of a picture without a description that cannot be shown
	LabelRaw     = "prose.raw"     // the title of a frame with an interactive element

	LabelAudio      = "prose.audio" // what stands for a recording, film or document without a title
	LabelVideo      = "prose.video"
	LabelDocument   = "prose.document"
	LabelFile       = "prose.file"       // in place of one that is not there
	LabelTranscript = "prose.transcript" // opens the words of a recording

	// LabelCorrected is for screen readers: from a corrected passage to its note.
	LabelCorrected = "prose.corrected"
	// LabelQuoted is for screen readers: from a quotation to what the record knows of it.
	LabelQuoted = "prose.quoted"
)

var english = map[string]string{
	LabelNotes: "Notes", LabelNote: "Note", LabelBack: "Back to the text, note", LabelTable: "Table",
	LabelPicture: "Picture", LabelRaw: "Interactive element", LabelCorrected: "Corrected: see the note", LabelQuoted: "On the record",
	LabelAudio: "Audio", LabelVideo: "Video", LabelDocument: "Document", LabelFile: "File", LabelTranscript: "Transcript",
	LabelContradicts: "Contradicts", LabelChanged: "A changed position", LabelDiffers: "Differs on a fact", LabelAnswers: "Answers", LabelSource: "Source:",
}

func (e *Env) label(key string) string {
	if e.Label != nil {
		if s := e.Label(key); s != "" {
			return s
		}
	}
	return english[key]
}

// writer walks a document once and writes markup. What differs between page, feed and mail is in
// its medium; how a document is told is the same for all.
type writer struct {
	b      []byte
	env    Env
	medium *medium
	notes  []*Node
	tables int
	level  int             // of the last heading
	quoted map[string]bool // quotations that have their id
}

// medium is one place where a body is read.
type medium struct {
	// dress gives the attributes (class, style ...) of the element for a role: a node's type, or a
	// part of what is made of it, such as "credit".
	dress   func(w *writer, role string, n *Node)
	picture func(w *writer, n *Node, p Picture)
	table   func(w *writer, n *Node)
	raw     func(w *writer, n *Node)
	media   func(w *writer, n *Node, m Media)
	missing func(w *writer, n *Node, p Picture)
	note    func(w *writer, n *Node)
	// framed sets apart what has a border or padding (pull quotes, boxes, embeds) with a table.
	framed bool
	// quotes leaves quotation marks to the reader's language.
	quotes bool
	// absolute makes every address absolute.
	absolute bool
	// exact keeps what the page would improve, such as the order of headings, and stays on one
	// line: the document shall come back as it was.
	exact bool
}

func render(d *Doc, env Env, m *medium) []byte {
	w := &writer{b: make([]byte, 0, 8192), env: env, medium: m, level: 1}
	w.blocks(d.content())
	w.footnotes()
	return w.b
}

// newline makes the markup readable between blocks.
func (w *writer) newline() {
	if !w.medium.exact {
		w.b = append(w.b, '\n')
	}
}

func (w *writer) str(parts ...string) {
	for _, s := range parts {
		w.b = append(w.b, s...)
	}
}

// open writes a start tag, dressed for its role. Further attributes come in pairs of name and
// value; one with an empty value is left out.
func (w *writer) open(tag, role string, n *Node, attrs ...string) {
	w.b = append(append(w.b, '<'), tag...)
	w.medium.dress(w, role, n)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.attr(attrs[i], attrs[i+1])
		}
	}
	w.b = append(w.b, '>')
}

func (w *writer) close(tag string) {
	w.b = append(append(append(w.b, "</"...), tag...), '>')
}

func (w *writer) attr(name, value string) {
	w.b = append(append(append(w.b, ' '), name...), `="`...)
	w.text(value)
	w.b = append(w.b, '"')
}

// text escapes a text so that it is safe between tags and in quoted attributes alike. Control
// characters, which HTML forbids, are left out.
func (w *writer) text(s string) {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		var esc string
		size := 1
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if size = n; r != utf8.RuneError && !invisible(r) || r == utf8.RuneError && n > 1 {
				i += n
				continue
			}
		case c == '&':
			esc = "&amp;"
		case c == '<':
			esc = "&lt;"
		case c == '>':
			esc = "&gt;"
		case c == '"':
			esc = "&#34;"
		case c == '\'':
			esc = "&#39;"
		case c == '\n' && w.medium.exact:
			esc = "&#10;"
		case c >= ' ' && c != 0x7f || c == '\n' || c == '\t':
			i++
			continue
		}
		w.b = append(append(w.b, s[start:i]...), esc...)
		i += size
		start = i
	}
	w.b = append(w.b, s[start:]...)
}

// href judges and completes an address for a link.
func (w *writer) href(s string) string {
	base := ""
	if w.medium.absolute {
		base = w.env.Base
	}
	return linkable(s, base)
}

func (w *writer) rel(href string) string {
	if !w.medium.exact && external(href, w.env.Base) {
		return "noopener"
	}
	return ""
}

func (w *writer) blocks(list []Node) {
	for i := range list {
		w.block(&list[i])
	}
}

func (w *writer) block(n *Node) {
	switch n.Type {
	case "paragraph":
		w.simple("p", n)
	case "heading":
		w.simple("h"+strconv.Itoa(w.headingLevel(n)), n)
	case "blockquote":
		cite := ""
		if c := n.Attr("cite"); c != "" {
			cite = w.href(c)
		}
		w.open("blockquote", n.Type, n, "cite", cite)
		w.blocks(n.Content)
		w.close("blockquote")
	case "pullQuote":
		w.pullQuote(n)
	case "bulletList":
		w.list("ul", n)
	case "orderedList":
		w.list("ol", n)
	case "image":
		w.image(n)
	case "gallery":
		w.gallery(n)
	case "media":
		w.media(n)
	case "embed":
		w.embed(n)
	case "table":
		w.medium.table(w, n)
	case "codeBlock":
		w.code(n)
	case "horizontalRule":
		w.open("hr", n.Type, n)
	case "box":
		w.box(n)
	case "relatedStory":
		w.relatedStory(n)
	case "counterpoint":
		w.counterpoint(n)
	case "rawHTML":
		w.medium.raw(w, n)
	}
	w.newline()
}

func (w *writer) simple(tag string, n *Node) {
	w.open(tag, n.Type, n)
	w.inline(n.Content)
	w.close(tag)
}

// headingLevel keeps headings in order: after an h2 never an h4, whatever the writer chose for its
// looks.
func (w *writer) headingLevel(n *Node) int {
	if w.medium.exact {
		return n.Int("level")
	}
	w.level = min(n.Int("level"), w.level+1)
	return min(w.level+w.env.Headings, 6)
}

func (w *writer) list(tag string, n *Node) {
	start := ""
	if s := n.Int("start"); tag == "ol" && s != 1 {
		start = strconv.Itoa(s)
	}
	w.open(tag, n.Type, n, "start", start)
	for i := range n.Content {
		item := &n.Content[i]
		w.open("li", "listItem", onlyParagraph(item))
		w.inBlock(item)
		w.close("li")
	}
	w.close(tag)
}

// onlyParagraph returns the paragraph that is all of an item or cell: its text then stands right in
// the element, which so takes over the paragraph's anchor.
func onlyParagraph(n *Node) *Node {
	if len(n.Content) == 1 && n.Content[0].Type == "paragraph" {
		return &n.Content[0]
	}
	return n
}

// inBlock writes the content of a list item or cell.
func (w *writer) inBlock(n *Node) {
	content := n.Content
	if len(content) > 0 && content[0].Type == "paragraph" && (len(content) == 1 || len(content[0].Content) == 0) {
		w.inline(content[0].Content)
		content = content[1:]
	}
	w.blocks(content)
}

// openFrame begins what the theme sets apart.
func (w *writer) openFrame(tag string, n *Node) {
	if w.medium.framed {
		w.str(`<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"><tr><td`)
		w.medium.dress(w, n.Type, n)
		w.str(">")
		return
	}
	w.open(tag, n.Type, n)
}

func (w *writer) closeFrame(tag string) {
	if w.medium.framed {
		w.str("</td></tr></table>")
		return
	}
	w.close(tag)
}

// captionTag is what a caption inside a frame is made of.
func (w *writer) captionTag() string {
	if w.medium.framed {
		return "p"
	}
	return "figcaption"
}

func (w *writer) pullQuote(n *Node) {
	w.openFrame("figure", n)
	w.open("blockquote", "pullQuoteText", nil)
	w.open("p", "pullQuoteLine", nil)
	w.inline(n.Content)
	w.str("</p></blockquote>")
	if by := n.Attr("attribution"); by != "" {
		w.open(w.captionTag(), "attribution", nil)
		w.text(by)
		w.close(w.captionTag())
	}
	w.closeFrame("figure")
}

func (w *writer) image(n *Node) {
	var p Picture
	found := false
	if id := n.Attr("asset"); id != "" && w.env.Asset != nil {
		if p, found = w.env.Asset(id); !found {
			p = Picture{}
		}
	}
	if alt := n.Attr("alt"); alt != "" && !p.Final {
		p.Alt = alt
	}
	if credit := n.Attr("credit"); credit != "" && !p.Final {
		p.Credit = credit
	}
	if !found || p.Src == "" {
		w.medium.missing(w, n, p)
		return
	}
	w.open("figure", n.Type, n)
	w.medium.picture(w, n, p)
	w.caption(n, p.Credit)
	w.close("figure")
}

// linkedPicture stands for a picture that is not ours, or not any more: what it shows, and a link to
// where it is. A reader's browser is never sent to another site for it.
func linkedPicture(w *writer, n *Node, p Picture) {
	w.open("figure", "missing", n)
	role, text := "missingText", p.Alt
	if text == "" {
		role, text = "missingLabel", w.env.label(LabelPicture)
	}
	w.open("p", role, nil)
	w.anchor(n.Attr("src"), text)
	w.close("p")
	w.caption(n, p.Credit)
	w.close("figure")
}

// anchor writes a text as a link, where there is an address that can be followed.
func (w *writer) anchor(addr, text string) {
	if href := w.href(addr); href != "" {
		w.open("a", "a", nil, "href", href, "rel", w.rel(href))
		w.text(text)
		w.close("a")
		return
	}
	w.text(text)
}

func (w *writer) caption(n *Node, credit string) {
	if len(n.Content) == 0 && credit == "" {
		return
	}
	w.open("figcaption", "figcaption", nil)
	if len(n.Content) > 0 {
		w.open("span", "caption", nil)
		w.inline(n.Content)
		w.close("span")
		if credit != "" {
			w.b = append(w.b, ' ')
		}
	}
	if credit != "" {
		w.open("span", "credit", nil)
		w.text(credit)
		w.close("span")
	}
	w.close("figcaption")
}

func (w *writer) gallery(n *Node) {
	w.open("figure", n.Type, n)
	w.open("div", "galleryItems", nil)
	for i := range n.Content {
		w.image(&n.Content[i])
	}
	w.close("div")
	if c := n.Attr("caption"); c != "" {
		w.open("figcaption", "galleryCaption", nil)
		w.text(c)
		w.close("figcaption")
	}
	w.close("figure")
}

func (w *writer) embed(n *Node) {
	w.openFrame("figure", n)
	w.open("p", "embedTitle", nil)
	w.anchor(n.Attr("url"), embedTitle(n))
	w.close("p")
	if p := n.Attr("provider"); p != "" {
		w.open(w.captionTag(), "embedProvider", nil)
		w.text(p)
		w.close(w.captionTag())
	}
	w.closeFrame("figure")
}

func (w *writer) code(n *Node) {
	w.open("pre", n.Type, n)
	w.open("code", "codeText", n)
	w.text((&Node{Type: "paragraph", Content: n.Content}).Plain())
	w.str("</code></pre>")
}

func (w *writer) box(n *Node) {
	w.openFrame("div", n)
	if t := n.Attr("title"); t != "" || w.medium.exact {
		w.open("p", "boxTitle", nil)
		w.text(t)
		w.close("p")
	}
	w.newline()
	w.blocks(n.Content)
	w.closeFrame("div")
}

func (w *writer) relatedStory(n *Node) {
	s := Story{Href: n.Attr("href"), Title: n.Attr("title")}
	if id := n.Attr("story"); id != "" && w.env.Story != nil {
		if ours, ok := w.env.Story(id); ok {
			s = ours
		}
	}
	if s.Title == "" {
		s.Title = s.Href
	}
	w.open("p", n.Type, n)
	w.anchor(s.Href, s.Title)
	w.close("p")
}

// tags for marks, in their rank.
var markTags = map[string]string{
	"link": "a", "bold": "strong", "italic": "em", "underline": "u", "strike": "s",
	"subscript": "sub", "superscript": "sup", "code": "code", remarkMark: "span", quotedHere: "span", quotedMark: "a",
}

// inline writes running text. Marks that neighbours share stay open between them.
func (w *writer) inline(list []Node) {
	var open []Mark
	for i := range list {
		n := &list[i]
		shared := 0
		if n.Type == "text" {
			for shared < len(open) && shared < len(n.Marks) && sameMark(open[shared], n.Marks[shared]) {
				shared++
			}
		}
		w.closeMarks(open[shared:])
		open = open[:shared:shared]
		switch n.Type {
		case "text":
			for _, m := range n.Marks[shared:] {
				if w.openMark(m) {
					open = append(open, m)
				} else {
					open = append(open, Mark{})
				}
			}
			w.text(n.Text)
		case "hardBreak":
			w.str("<br>")
		case "footnote":
			if len(n.Content) > 0 { // else one that an editor has just begun
				w.medium.note(w, n)
			}
		case remarkSign:
			w.remarkSign(n)
		}
	}
	w.closeMarks(open)
}

func (w *writer) openMark(m Mark) bool {
	if m.Type == remarkMark || m.Type == quotedMark || m.Type == quotedHere {
		w.openRemark(m)
		return true
	}
	if m.Type != "link" {
		w.open(markTags[m.Type], m.Type, nil)
		return true
	}
	href := w.href(m.Attr("href"))
	if href == "" {
		return false
	}
	w.open("a", "a", nil, "href", href, "title", m.Attr("title"), "rel", w.rel(href))
	return true
}

func (w *writer) closeMarks(open []Mark) {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].Type != "" {
			w.close(markTags[open[i].Type])
		}
	}
}
