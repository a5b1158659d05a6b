// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Options tell a converter what it cannot know from the text.
type Options struct {
	// Base is the address of the page that the text comes from; relative addresses are resolved
	// against it.
	Base *url.URL
	// Asset gives the public id of the asset that a picture has become. It is asked once for each
	// picture, when its caption and credit are known. Nil, or false, leaves the picture's address
	// in the document, where it is shown as a link.
	Asset func(src string, im Image) (id string, ok bool)
	// Media gives the public id of the asset that a player's recording or film, or a file that was
	// offered, has become. Nil, or false, makes a link of it.
	Media func(src string, m Placed) (id string, ok bool)
	// Story gives the public id of our story at an address, for related stories.
	Story func(href string) (id string, ok bool)
	// Raw lets code fences marked {=html} become raw HTML blocks. Only for text that we have
	// written ourselves: see [Doc.Markdown].
	Raw bool
}

// Note says what a converter has changed or left out.
type Note struct {
	Path   string // the block of the result near which it happened, as in errors: "content[3]"
	Kind   string // one of the Note constants
	Detail string
}

// The kinds of notes.
const (
	NoteScript    = "script"    // a script or style was left out
	NoteHandler   = "handler"   // an event handler was left out
	NoteAddress   = "address"   // an address that is not allowed or not valid; its text was kept
	NoteEmbed     = "embed"     // a frame or player became a link to what it showed
	NotePicture   = "picture"   // a picture could not be kept, or has lost its link
	NoteForm      = "form"      // a form control became its text
	NoteFallback  = "fallback"  // text for browsers without scripts, frames or video was left out
	NoteStructure = "structure" // markup was too deep or too much; its text was kept
	NoteOversize  = "oversize"  // the document breaks a limit, and Parse will refuse it
)

const maxNotes = 200

// deepest is the depth below which no container is opened: a table adds four levels.
const deepest = MaxDepth - 8

type converter struct {
	Options
	remarks   []Note
	top       *flow // the document's own flow, whose length says where we are
	footnotes footnotes
	skip      map[*html.Node]bool   // already used elsewhere: a caption, a credit
	larger    map[*html.Node]string // the picture that a resized copy was a link to
}

// FromHTML makes a document of any HTML. It never fails and loses no text that a browser would
// show: what has no place in the schema is unwrapped, and the notes say what was changed. The
// document satisfies the schema; only one of more than MaxBytes of text breaks a limit, which a
// note of kind NoteOversize says.
func FromHTML(src string, o Options) (*Doc, []Note) {
	root, whole := parseHTML(src)
	in := &converter{Options: o, skip: map[*html.Node]bool{}, larger: map[*html.Node]string{}}
	in.findFootnotes(root)
	f := &flow{in: in, depth: 1}
	in.top = f
	if !whole {
		in.note(NoteStructure, "markup nested too deep or too often; read as plain paragraphs where needed")
	}
	f.children(root, nil)
	return in.finish(append(f.done(), in.footnotes.rest...))
}

// finish resolves the pictures, fits the document into the limits and gives ids.
func (in *converter) finish(blocks []Node) (*Doc, []Note) {
	d := &Doc{Root: Node{Type: "doc", Content: blocks}}
	if d.nodeCount() > MaxNodes {
		in.note(NoteStructure, "more than %d nodes; kept as plain paragraphs", MaxNodes)
		d = plainDoc(d.Text())
	}
	if len(d.Root.Content) == 0 {
		d.Root.Content = []Node{Paragraph()}
	}
	if in.Asset != nil {
		d = d.Map(in.resolve)
	}
	d = d.EnsureIDs()
	if len(d.JSON()) > MaxBytes {
		in.note(NoteOversize, "more than %d bytes", MaxBytes)
	}
	return d, in.remarks
}

// resolve asks the caller which asset a picture has become.
func (in *converter) resolve(n *Node) {
	if n.Type != "image" || n.Attr("src") == "" {
		return
	}
	if id, ok := in.Asset(n.Attr("src"), imageOf(n)); ok {
		delete(n.Attrs, "src")
		n.Attrs["asset"] = id
	}
}

func (d *Doc) nodeCount() int {
	n := 1
	d.Walk(func(*Node) bool { n++; return true })
	return n
}

// plainDoc makes paragraphs of lines, with an eye on the limit of nodes.
func plainDoc(s string) *Doc {
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })
	per := len(lines)/(MaxNodes/4) + 1
	d := &Doc{Root: Node{Type: "doc"}}
	for i := 0; i < len(lines); i += per {
		d.Root.Content = append(d.Root.Content, Paragraph(Text(strings.Join(lines[i:min(i+per, len(lines))], " "))))
	}
	return d
}

func (in *converter) note(kind, format string, args ...any) {
	if len(in.remarks) >= maxNotes {
		return
	}
	detail := fmt.Sprintf(format, args...)
	in.remarks = append(in.remarks, Note{Path: fmt.Sprintf("content[%d]", len(in.top.out)), Kind: kind, Detail: shorten(detail, 200)})
}

// address makes an address absolute and judges it; "" when it cannot be kept.
func (in *converter) address(s, what string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	clean, ok := safeURL(s)
	if !ok {
		in.note(NoteAddress, "%s address %q is not allowed", what, s)
		return ""
	}
	u, err := url.Parse(clean)
	if err != nil {
		in.note(NoteAddress, "%s address %q is not valid", what, s)
		return ""
	}
	switch {
	case strings.HasPrefix(clean, "#"):
	case in.Base != nil && !u.IsAbs():
		clean, ok = safeURL(in.Base.ResolveReference(u).String())
	case strings.HasPrefix(clean, "//"):
		clean = "https:" + clean
	}
	if !ok || linkable(clean, "") == "" {
		in.note(NoteAddress, "%s address %q is not valid", what, s)
		return ""
	}
	return clean
}

// inspect notes what an element carries that is never kept.
func (in *converter) inspect(n *html.Node) {
	for _, a := range n.Attr {
		if len(a.Key) > 2 && strings.EqualFold(a.Key[:2], "on") {
			in.note(NoteHandler, "%s on <%s>", a.Key, n.Data)
		}
	}
	switch n.DataAtom {
	case atom.Script, atom.Style:
		in.note(NoteScript, "<%s> left out", n.Data)
	case atom.Noscript, atom.Noembed, atom.Noframes, atom.Template:
		in.note(NoteFallback, "<%s> left out", n.Data)
	case atom.Input, atom.Select, atom.Textarea, atom.Button:
		in.note(NoteForm, "<%s> kept as its text", n.Data)
	}
}

// visibleText is the text that a browser would show of a piece of HTML.
func visibleText(src string) string {
	d, _ := FromHTML(src, Options{})
	return d.Text()
}
