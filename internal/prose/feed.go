// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import "strconv"

// FeedHTML renders the body for feeds and for partners' systems: plain elements without classes or
// scripts, every address absolute.
func (d *Doc) FeedHTML(env Env) string {
	return string(render(d, env, &feed))
}

var feed = medium{dress: dressFeed, picture: feedPicture, table: plainTable, raw: textRaw, media: linkedMedia,
	missing: linkedPicture, note: numberedNote, absolute: true}

// dressFeed leaves everything to the reader's program.
func dressFeed(*writer, string, *Node) {}

func feedPicture(w *writer, _ *Node, p Picture) {
	w.str("<img")
	w.attr("src", w.href(p.Src))
	if p.Width > 0 && p.Height > 0 {
		w.attr("width", strconv.Itoa(p.Width))
		w.attr("height", strconv.Itoa(p.Height))
	}
	w.attr("alt", p.Alt)
	w.str(">")
}

func plainTable(w *writer, n *Node) { w.tableRows(n) }

// textRaw keeps a raw block's words; feed readers and mail programs would not run it anyway.
func textRaw(w *writer, n *Node) {
	w.open("p", n.Type, n)
	w.text(visibleText(n.Attr("html")))
	w.close("p")
}
