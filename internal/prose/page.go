// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"html/template"
	"strconv"
)

// HTML renders the body for a reader's page: semantic elements with classes for the theme and
// data-block for whatever anchors to a block; no inline style, no script, no request to any other
// site.
func (d *Doc) HTML(env Env) template.HTML {
	return template.HTML(render(d, env, &page))
}

var page = medium{dress: dressPage, picture: pagePicture, table: pageTable, raw: pageRaw, media: pageMedia,
	missing: linkedPicture, note: linkedNote, quotes: true}

// classes by role; the theme's style sheet knows these names and no others.
var classes = map[string]string{
	"pullQuote": "pull-quote", "image": "picture", "missing": "picture picture-missing", "missingLabel": "no-alt",
	"caption": "caption", "credit": "credit", "gallery": "gallery", "galleryItems": "gallery-items",
	"audio": "media media-audio", "video": "media media-video", "document": "media media-document", "mediaMissing": "media media-missing",
	"mediaTitle": "media-title", "mediaFacts": "media-facts", "mediaCard": "media-card", "transcript": "transcript",
	"embed": "embed", "embedProvider": "embed-provider", "box": "box", "boxTitle": "box-title",
	"counterpoint": "beside", "besideLabel": "beside-label", "besideSides": "beside-sides", "besideSide": "beside-side", "besideBy": "beside-by",
	"besideSpeaker": "beside-speaker", "besideRole": "beside-role", "besideWords": "beside-words", "besideFacts": "beside-facts", "besideNote": "beside-note",
	"relatedStory": "related-story", "table": "table-scroll", "rawHTML": "raw",
	"reference": "footnote-ref", "footnotes": "footnotes", "footnotesTitle": "footnotes-title", "backLink": "footnote-back",
}

func dressPage(w *writer, role string, n *Node) {
	if class := classes[role]; class != "" {
		if n != nil && n.Type == "image" {
			if layout := n.Attr("layout"); layout != "" {
				class += " picture-" + layout
			}
		}
		w.attr("class", class)
	}
	switch role {
	case "codeText":
		if l := n.Attr("language"); l != "" {
			w.attr("class", "language-"+l)
		}
		return
	case "codeBlock":
		// Long lines scroll, which the keyboard can do only in what has the focus.
		w.attr("tabindex", "0")
	case "relatedStory":
		if s := n.Attr("story"); s != "" {
			w.attr("data-story", s)
		}
	case "noteLink":
		w.attr("aria-describedby", w.env.IDPrefix+"notes")
	case "footnotesTitle":
		w.attr("id", w.env.IDPrefix+"notes")
	}
	if n != nil {
		if id := n.ID(); id != "" {
			w.attr("data-block", id)
		}
	}
}

func pagePicture(w *writer, n *Node, p Picture) {
	w.str("<img")
	w.attr("src", p.Src)
	if p.Srcset != "" {
		w.attr("srcset", p.Srcset)
		if p.Sizes != "" {
			w.attr("sizes", p.Sizes)
		}
	}
	if p.Width > 0 && p.Height > 0 {
		w.attr("width", strconv.Itoa(p.Width))
		w.attr("height", strconv.Itoa(p.Height))
	}
	w.attr("alt", p.Alt)
	if w.env.Lazy {
		w.attr("loading", "lazy")
	}
	w.str(` decoding="async">`)
}

func pageRaw(w *writer, n *Node) {
	src := ""
	if w.env.RawURL != nil {
		src = w.env.RawURL(n.ID())
	}
	if src == "" {
		w.open("div", n.Type, n)
		w.open("p", "rawText", nil)
		w.text(visibleText(n.Attr("html")))
		w.str("</p></div>")
		return
	}
	w.open("iframe", n.Type, n, "src", src, "title", w.env.label(LabelRaw))
	// Without allow- words the frame runs no script and has an origin of its own.
	w.b = append(w.b[:len(w.b)-1], ` sandbox="" loading="lazy"></iframe>`...)
}

// pageTable puts the table in a region of its own that scrolls where the screen is narrow.
func pageTable(w *writer, n *Node) {
	w.tables++
	w.open("div", n.Type, n, "tabindex", "0", "role", "region", "aria-label", tableLabel(w, n))
	w.tableRows(n)
	w.close("div")
}

// tableLabel makes a name that differs from table to table, as regions on one page need it.
func tableLabel(w *writer, n *Node) string {
	label := w.env.label(LabelTable)
	if w.tables > 1 {
		label += " " + strconv.Itoa(w.tables)
	}
	head := ""
	for i := range n.Content[0].Content {
		if s := tidy(n.Content[0].Content[i].Plain()); s != "" {
			if head != "" {
				head += ", "
			}
			head += s
		}
	}
	if head != "" {
		label += ": " + shorten(head, 80)
	}
	return label
}

// RawDocument wraps a raw HTML block as the document of its own frame. The caller serves it with
//
//	Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox
func RawDocument(html string) []byte {
	return []byte("<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Stet</title>" +
		"<meta name=\"viewport\" content=\"width=device-width\"><base target=\"_blank\"></head><body>\n" + html + "\n</body></html>\n")
}
