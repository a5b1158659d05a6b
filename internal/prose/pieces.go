// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"cmp"
	"strings"
)

// Piece is what two states of a body are compared by: a run of text, or a
// picture. A block is one piece or several, since its credit can change while its
// text does not.
type Piece struct {
	ID   string // the block's, with what it is of it behind a slash; the same piece has it in both states
	Kind string // the type of the block, or "credit", "alt", "attribution"
	Text string
	// Asset is the public id of a picture or file that stands there, or the
	// address of a picture that is not ours.
	Asset string
}

// Pieces lists all that a reader reads or sees, in reading order, footnotes
// behind the block that has them.
func (d *Doc) Pieces() []Piece {
	var out []Piece
	add := func(id, kind, text, asset string) {
		if text = strings.TrimSpace(text); text != "" || asset != "" {
			out = append(out, Piece{ID: id, Kind: kind, Text: text, Asset: asset})
		}
	}
	for n := range d.Blocks() {
		id := n.ID()
		switch n.Type {
		case "image":
			add(id, "image", lineText(n.Content), cmp.Or(n.Attr("asset"), n.Attr("src")))
			add(id+"/credit", "credit", n.Attr("credit"), "")
			add(id+"/alt", "alt", n.Attr("alt"), "")
		case "media":
			add(id, "media", strings.TrimSpace(n.Attr("title")+"\n"+lineText(n.Content)), n.Attr("asset"))
			add(id+"/credit", "credit", n.Attr("credit"), "")
		case "embed":
			add(id, "embed", strings.TrimSpace(n.Attr("title")+"\n"+n.Attr("url")), "")
		case "relatedStory":
			add(id, "relatedStory", cmp.Or(n.Attr("title"), n.Attr("href")), "")
		case "counterpoint":
			add(id, "counterpoint", n.Plain(), "")
		case "rawHTML":
			add(id, "rawHTML", visibleText(n.Attr("html")), "")
		case "box":
			add(id, "box", n.Attr("title"), "")
		case "gallery":
			add(id, "gallery", n.Attr("caption"), "")
		default:
			if n.isTextBlock() {
				add(id, n.Type, lineText(n.Content), "")
				add(id+"/attribution", "attribution", n.Attr("attribution"), "")
			}
		}
		if n.isTextBlock() {
			for i := range n.Content {
				if note := &n.Content[i]; note.Type == "footnote" {
					add(cmp.Or(note.ID(), id+"/note"), "footnote", lineText(note.Content), "")
				}
			}
		}
	}
	return out
}
