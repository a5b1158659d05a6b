// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Media is a recording, film or document as a page shows it.
type Media struct {
	Kind          string // audio, video or document
	Src           string
	Type          string // media type
	Facts         string // what a link to the file says of it: "PDF, 52 kB"
	Length        string // of a recording or film: "4:05"
	Title, Credit string // the asset's own, which the body may override
	Width, Height int    // of a film, or of its poster
	Poster        string
	Track         Track
	Transcript    string // plain text; paragraphs stand apart by an empty line
	// Gone says why it can be shown no longer; nothing of it is shown then.
	Gone string
	// Final says that Credit stands whatever the body says, which speaks of
	// another file: the one that stood here before.
	Final bool
}

// Track is what is heard in a film, in writing.
type Track struct{ Src, Language, Label string }

// Name is the title, or the word for what it is.
func (m Media) name(e *Env) string {
	return cmp.Or(m.Title, e.label("prose."+m.Kind))
}

func (w *writer) media(n *Node) {
	var m Media
	if w.env.Media != nil {
		m, _ = w.env.Media(n.Attr("asset"))
	}
	m.Title = cmp.Or(n.Attr("title"), m.Title)
	if !m.Final {
		m.Credit = cmp.Or(n.Attr("credit"), m.Credit)
	}
	if (m.Src == "" || m.Gone != "") && !w.medium.exact {
		w.missingMedia(n, m)
		return
	}
	w.medium.media(w, n, m)
}

// missingMedia keeps the place, and the words, of what cannot be shown.
func (w *writer) missingMedia(n *Node, m Media) {
	w.open("figure", "mediaMissing", n)
	w.open("p", "missingText", nil)
	w.text(cmp.Or(m.Gone, m.Title, w.env.label(LabelFile)))
	w.close("p")
	w.caption(n, m.Credit)
	w.close("figure")
}

// pageMedia leaves playing to the browser's own controls, which need no script and are known to
// whoever uses a screen reader. A film is fetched when somebody asks for it; of a recording only
// its beginning, which says how long it is.
func pageMedia(w *writer, n *Node, m Media) {
	w.open("figure", m.Kind, n)
	switch m.Kind {
	case "document":
		w.open("a", "mediaCard", nil, "href", w.href(m.Src), "type", m.Type)
		w.open("span", "mediaTitle", nil)
		w.text(m.name(&w.env))
		w.str("</span> ")
		w.open("span", "mediaFacts", nil)
		w.text(m.Facts)
		w.str("</span></a>")
	default:
		// A recording says itself how long it is, as soon as its beginning is there.
		if m.Title != "" || m.Kind == "video" && m.Length != "" {
			w.open("p", "mediaTitle", nil)
			w.text(m.name(&w.env))
			if m.Length != "" {
				w.str(" ")
				w.open("span", "mediaFacts", nil)
				w.text(m.Length)
				w.close("span")
			}
			w.close("p")
		}
		w.play(m)
		w.transcript(m)
	}
	w.caption(n, m.Credit)
	w.close("figure")
}

func (w *writer) play(m Media) {
	w.str("<", m.Kind, " controls")
	if m.Kind == "video" {
		w.str(` playsinline preload="none"`)
		if m.Poster != "" {
			w.attr("poster", m.Poster)
		}
		if m.Width > 0 && m.Height > 0 {
			w.attr("width", strconv.Itoa(m.Width))
			w.attr("height", strconv.Itoa(m.Height))
		}
	} else {
		w.str(` preload="metadata"`)
	}
	w.attr("src", m.Src)
	w.attr("aria-label", m.name(&w.env))
	w.str(">")
	if t := m.Track; t.Src != "" {
		w.str(`<track kind="captions"`)
		w.attr("src", t.Src)
		w.attr("srclang", t.Language)
		w.attr("label", t.Label)
		w.str(" default>")
	}
	// For browsers that know no players.
	w.anchor(m.Src, m.name(&w.env))
	w.close(m.Kind)
}

func (w *writer) transcript(m Media) {
	if strings.TrimSpace(m.Transcript) == "" {
		return
	}
	w.open("details", "transcript", nil)
	w.str("<summary>")
	w.text(w.env.label(LabelTranscript))
	w.str("</summary>")
	for _, p := range paragraphs(m.Transcript) {
		w.str("<p>")
		for i, line := range strings.Split(p, "\n") {
			if i > 0 {
				w.str("<br>")
			}
			w.text(line)
		}
		w.str("</p>")
	}
	w.close("details")
}

// paragraphs of a plain text stand apart by empty lines.
func paragraphs(s string) []string {
	var out []string
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// linkedMedia is for feeds and mail, where nothing plays: a link, and the poster of a film.
func linkedMedia(w *writer, n *Node, m Media) {
	w.open("figure", m.Kind, n)
	if m.Poster != "" {
		w.open("a", "a", nil, "href", w.href(m.Src))
		w.medium.picture(w, n, Picture{Src: m.Poster, Width: m.Width, Height: m.Height, Alt: m.name(&w.env)})
		w.close("a")
	}
	w.open("p", "mediaTitle", nil)
	w.anchor(m.Src, m.name(&w.env))
	if m.Facts != "" {
		w.str(" ")
		w.open("span", "mediaFacts", nil)
		w.text("(" + m.Facts + ")")
		w.close("span")
	}
	w.close("p")
	w.caption(n, m.Credit)
	w.close("figure")
}

// exactMedia is what ownMedia reads back.
func exactMedia(w *writer, n *Node, m Media) {
	w.str(`<figure class="media"><a`)
	w.attr("href", cmp.Or(m.Src, "asset:"+n.Attr("asset")))
	w.str(">")
	w.text(n.Attr("title"))
	w.close("a")
	w.caption(n, n.Attr("credit"))
	w.close("figure")
}

// asset finds the asset that an address means: one of ours by name, or what the caller has made
// of it.
func (in *converter) asset(src string, m Placed) (id string, ok bool) {
	if id, ok = strings.CutPrefix(strings.TrimSpace(src), "asset:"); ok {
		return id, publicID.like.MatchString(id)
	}
	if in.Media == nil || src == "" {
		return "", false
	}
	if src = in.address(src, "media"); src == "" {
		return "", false
	}
	id, ok = in.Media(src, m)
	return id, ok && publicID.like.MatchString(id)
}

func mediaNode(id, title string) Node {
	n := Node{Type: "media", Attrs: Attrs{"asset": id}}
	if title != "" {
		n.Attrs["title"] = title
	}
	return n
}

// withWords gives a placement what its figure says of it.
func withWords(n Node, caption []Node, credit string) Node {
	if len(caption) > 0 {
		n.Content = caption
	}
	if credit != "" {
		n.Attrs["credit"] = credit
	}
	return n
}

// player makes a placement of a player whose file we have.
func (f *flow) player(src, title string) bool {
	about := f.about
	about.Title = title
	id, ok := f.in.asset(src, about)
	if ok {
		f.add(mediaNode(id, title))
	}
	return ok
}

// ownMedia reads a placement as Markdown has it: a link to the asset, and the caption.
func (f *flow) ownMedia(n *html.Node) bool {
	var a *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case isElement(c, atom.A) && a == nil:
			a = c
		case isElement(c, atom.Figcaption) && a != nil:
		case c.Type != html.TextNode || !isBlank(c.Data):
			return false
		}
	}
	if a == nil {
		return false
	}
	id, ok := f.in.asset(attrOf(a, "href"), Placed{})
	if !ok {
		return false
	}
	f.flush()
	title, rest := f.take(a)
	caption, more, credit := f.caption(n)
	f.add(withWords(mediaNode(id, title), caption, credit))
	f.add(append(rest, more...)...)
	return true
}

// fileBlock reads a file that a page offers, as WordPress writes it: its name as a link, and a
// button with the same address. One whose file we do not have stays the links that it is.
func (f *flow) fileBlock(n *html.Node) bool {
	a := find(n, func(c *html.Node) bool { return isElement(c, atom.A) && hasAttr(c, "href") })
	if a == nil || f.in.Media == nil {
		return false
	}
	id, ok := f.in.asset(attrOf(a, "href"), Placed{})
	if !ok {
		return false
	}
	f.flush()
	title, rest := f.take(a)
	for c := range n.Descendants() {
		if isElement(c, atom.A) && attrOf(c, "href") == attrOf(a, "href") || isElement(c, atom.Object) {
			f.in.skip[c] = true // the button, and the preview
		}
	}
	f.add(mediaNode(id, title))
	inner := f.within(0)
	inner.children(n, nil)
	f.add(append(rest, inner.done()...)...)
	return true
}
