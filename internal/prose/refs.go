// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"cmp"
	"slices"
)

// Link is a link in running text; its address is as it was written, perhaps relative.
type Link struct {
	Href, Title string
	Text        string
	Block       string // id of the block it stands in
}

// Links lists the links in reading order, footnotes' included. A link whose text is in several
// styles is one link.
func (d *Doc) Links() []Link {
	var out []Link
	var in string  // the block
	var prev *Node // the text just before, when it is the very neighbour
	d.Walk(func(n *Node) bool {
		if n.Type != "text" {
			if n.IsBlock() {
				in = n.ID()
			}
			prev = nil
			return true
		}
		i := slices.IndexFunc(n.Marks, func(m Mark) bool { return m.Type == "link" })
		switch {
		case i < 0:
			prev = nil
			return true
		case prev != nil && sameMark(prev.Marks[0], n.Marks[i]):
			out[len(out)-1].Text += n.Text
		default:
			m := n.Marks[i]
			out = append(out, Link{Href: m.Attr("href"), Title: m.Attr("title"), Text: n.Text, Block: in})
		}
		prev = n
		return true
	})
	return out
}

// Image is a picture as the body places it.
type Image struct {
	Asset, Src  string // one of them, as a rule: our own asset, or the address of a picture that is not ours yet
	Alt, Credit string
	Caption     string // plain text
	Layout      string // column, wide or full
	Block       string
}

// Images lists the pictures in reading order, those in galleries included.
func (d *Doc) Images() []Image {
	var out []Image
	for n := range d.Blocks() {
		if n.Type == "image" {
			out = append(out, imageOf(n))
		}
	}
	return out
}

func imageOf(n *Node) Image {
	var t texter
	t.line(n.Content)
	layout := n.Attr("layout")
	if layout == "" {
		layout = "column"
	}
	return Image{Asset: n.Attr("asset"), Src: n.Attr("src"), Alt: n.Attr("alt"), Credit: n.Attr("credit"),
		Caption: t.b.String(), Layout: layout, Block: n.ID()}
}

// Placed is a recording, film or document as the body places it.
type Placed struct {
	Asset, Title, Credit string
	Caption              string // plain text
	Block                string
}

// Name is what tells a placement from others: its title, else its caption.
func (p Placed) Name() string { return cmp.Or(p.Title, p.Caption) }

// Media lists the recordings, films and documents in reading order.
func (d *Doc) Media() []Placed {
	var out []Placed
	for n := range d.Blocks() {
		if n.Type != "media" {
			continue
		}
		var t texter
		t.line(n.Content)
		out = append(out, Placed{Asset: n.Attr("asset"), Title: n.Attr("title"), Credit: n.Attr("credit"), Caption: t.b.String(), Block: n.ID()})
	}
	return out
}

// Assets lists the public ids of the assets in use, each once, in the order of first use.
func (d *Doc) Assets() []string {
	var out []string
	for n := range d.Blocks() {
		if id := n.Attr("asset"); id != "" && (n.Type == "image" || n.Type == "media") && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// Stories lists the public ids of the related stories that the body points to.
func (d *Doc) Stories() []string {
	var out []string
	for n := range d.Blocks() {
		if s := n.Attr("story"); n.Type == "relatedStory" && s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Map returns a document in which every block, innermost first, is what change makes of it:
// importers use it to give pictures their assets once these are stored. Change gets a copy whose
// attributes it may set; the document it came from stays as it is.
func (d *Doc) Map(change func(n *Node)) *Doc {
	return &Doc{Root: Node{Type: "doc", Content: mapNodes(d.content(), change)}}
}

func mapNodes(list []Node, change func(n *Node)) []Node {
	out := slices.Clone(list)
	for i := range out {
		n := &out[i]
		if n.Type == "text" {
			continue
		}
		n.Content = mapNodes(n.Content, change)
		if n.IsBlock() {
			attrs := make(Attrs, len(n.Attrs)+1)
			for k, v := range n.Attrs {
				attrs[k] = v
			}
			n.Attrs = attrs
			change(n)
		}
	}
	return out
}
