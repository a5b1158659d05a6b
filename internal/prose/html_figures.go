// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// image makes a block of a picture, wherever it stood.
func (f *flow) image(n *html.Node) {
	if w, h := attrOf(n, "width"), attrOf(n, "height"); (w == "1" || w == "0") && (h == "1" || h == "0") {
		f.in.note(NotePicture, "a tracking pixel was left out: %s", attrOf(n, "src"))
		return
	}
	attrs := Attrs{}
	if alt := tidy(attrOf(n, "alt")); alt != "" {
		attrs["alt"] = alt
	}
	if layout := layoutOf(n); layout != "" {
		attrs["layout"] = layout
	}
	src := cmp.Or(f.in.larger[n], sourceOf(n))
	switch id, ours := strings.CutPrefix(src, "asset:"); {
	case ours && publicID.like.MatchString(id):
		attrs["asset"] = id
	case strings.HasPrefix(strings.ToLower(src), "data:"):
		// A picture inside the text: the caller may store it, the document never holds it.
		if id, ok := f.in.store(src, attrs); ok {
			attrs["asset"] = id
		} else {
			f.in.note(NotePicture, "a picture inside the text (data:) was left out")
		}
	default:
		if src = f.in.address(src, "picture"); src != "" {
			attrs["src"] = src
		}
	}
	if attrs["src"] == nil && attrs["asset"] == nil && attrs["alt"] == nil {
		return
	}
	f.add(Node{Type: "image", Attrs: attrs})
}

func (in *converter) store(src string, attrs Attrs) (string, bool) {
	if in.Asset == nil {
		return "", false
	}
	id, ok := in.Asset(src, imageOf(&Node{Type: "image", Attrs: attrs}))
	return id, ok && publicID.like.MatchString(id)
}

// sourceOf finds the address of a picture, also where a lazy-loading script would put it.
func sourceOf(n *html.Node) string {
	src := strings.TrimSpace(attrOf(n, "src"))
	if src != "" && !strings.HasPrefix(src, "data:") {
		return src
	}
	for _, key := range []string{"data-src", "data-lazy-src", "data-original", "data-orig-file", "data-runner-src"} {
		if s := strings.TrimSpace(attrOf(n, key)); s != "" && !strings.HasPrefix(s, "data:") {
			return s
		}
	}
	for _, key := range []string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if s := widest(attrOf(n, key)); s != "" {
			return s
		}
	}
	return src
}

// widest returns the last address of a srcset with the greatest width.
func widest(srcset string) string {
	best, width := "", -1
	for candidate := range strings.SplitSeq(srcset, ", ") {
		fields := strings.Fields(candidate)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "data:") {
			continue
		}
		w := 0
		if len(fields) > 1 {
			for _, r := range strings.TrimRight(fields[1], ",wx") {
				if r < '0' || r > '9' || w > 1e6 {
					break
				}
				w = w*10 + int(r-'0')
			}
		}
		if w > width {
			best, width = strings.TrimSuffix(fields[0], ","), w
		}
	}
	return best
}

func layoutOf(n *html.Node) string {
	switch {
	case hasClass(n, "alignwide", "picture-wide", "kg-width-wide"):
		return "wide"
	case hasClass(n, "alignfull", "picture-full", "kg-width-full"):
		return "full"
	}
	return ""
}

// figure joins what stands in a figure with its caption and credit.
func (f *flow) figure(n *html.Node, marks []Mark) {
	f.flush()
	if hasClass(n, "picture-missing") {
		f.missing(n)
		return
	}
	caption, rest, credit := f.caption(n)
	inner := f.within(0)
	inner.about = Placed{Caption: (&Node{Type: "paragraph", Content: caption}).Plain(), Credit: credit}
	inner.children(n, marks)
	blocks := inner.done()
	if len(blocks) == 1 && blocks[0].Type == "media" {
		f.add(withWords(blocks[0], caption, credit))
		f.add(rest...)
		return
	}

	pictures := 0
	for i := range blocks {
		if blocks[i].Type == "image" {
			pictures++
		}
	}
	if pictures > 1 && pictures == len(blocks) && len(rest) == 0 {
		f.addGallery(blocks, caption, credit)
		return
	}
	for i := range blocks {
		if blocks[i].Type == "image" {
			f.complete(&blocks[i], n, caption, credit)
			caption, credit = nil, ""
			break
		}
	}
	f.add(blocks...)
	if len(caption) > 0 {
		f.add(Paragraph(caption...))
	}
	if credit != "" {
		f.add(Paragraph(Text(credit)))
	}
	f.add(rest...)
}

// complete gives a picture what its figure says of it.
func (f *flow) complete(im *Node, n *html.Node, caption []Node, credit string) {
	if len(im.Content) > 0 && len(caption) > 0 {
		caption = append(append(im.Content[:len(im.Content):len(im.Content)], Node{Type: "hardBreak"}), caption...)
	}
	if len(caption) > 0 {
		im.Content = caption
	}
	if had := im.Attr("credit"); had != "" && credit != "" {
		credit = had + " " + credit
	}
	if credit != "" {
		im.Attrs["credit"] = credit
	}
	if layout := layoutOf(n); layout != "" {
		im.Attrs["layout"] = layout
	}
}

// missing reads back what our own page shows for a picture that it cannot show.
func (f *flow) missing(n *html.Node) {
	attrs := Attrs{}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !isElement(c, atom.P) {
			continue
		}
		if alt, _ := f.take(c); alt != "" && !hasClass(c, "no-alt") {
			attrs["alt"] = alt
		}
		if a := find(c, func(c *html.Node) bool { return isElement(c, atom.A) }); a != nil {
			if src := f.in.address(attrOf(a, "href"), "picture"); src != "" {
				attrs["src"] = src
			}
		}
		break
	}
	caption, rest, credit := f.caption(n)
	im := Node{Type: "image", Attrs: attrs}
	f.complete(&im, n, caption, credit)
	f.add(im)
	inner := f.within(0)
	inner.children(n, nil)
	f.add(append(inner.done(), rest...)...)
}

// caption finds a figure's own caption and credit (not those of figures inside it), and has them
// passed over when the figure's content is read.
func (f *flow) caption(n *html.Node) (line, rest []Node, credit string) {
	c := findOwn(n, func(c *html.Node) bool {
		return isElement(c, atom.Figcaption) || wraps(c) && hasClass(c, "wp-caption-text", "gallery-caption", "media-caption", "blocks-gallery-caption")
	})
	cr := findOwn(n, isCredit)
	if c != nil && cr == nil {
		cr = find(c, isCredit)
	}
	if cr != nil {
		credit, rest = f.take(cr)
	}
	if c == nil || c == cr {
		return nil, rest, credit
	}
	inner := f.within(0)
	inner.children(c, nil)
	f.in.skip[c] = true
	line, more := squash(inner.done())
	return line, append(rest, more...), credit
}

func isCredit(c *html.Node) bool {
	return wraps(c) && hasClass(c, "credit", "photo-credit", "media-credit", "image-credit", "wp-media-credit", "media-photo-credit", "picture-credit")
}

func findOwn(n *html.Node, want func(*html.Node) bool) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if want(c) {
			return c
		}
		if isElement(c, atom.Figure) || hasClass(c, "wp-caption", "gallery-item", "blocks-gallery-item") {
			continue
		}
		if found := findOwn(c, want); found != nil {
			return found
		}
	}
	return nil
}

// gallery keeps a set of pictures together, however few; other things in it follow it.
func (f *flow) gallery(n *html.Node, marks []Mark) {
	f.flush()
	caption, rest, credit := f.caption(n)
	inner := f.within(1)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		inner.galleryChild(c, marks)
	}
	var pictures, others []Node
	for _, b := range inner.done() {
		switch b.Type {
		case "image":
			pictures = append(pictures, b)
		case "gallery":
			pictures = append(pictures, b.Content...)
			if s := b.Attr("caption"); s != "" {
				others = append(others, Paragraph(Text(s)))
			}
		default:
			others = append(others, b)
		}
	}
	if len(pictures) == 0 {
		f.add(others...)
		if len(caption) > 0 {
			f.add(Paragraph(caption...))
		}
		if credit != "" {
			f.add(Paragraph(Text(credit)))
		}
	} else {
		f.addGallery(pictures, caption, credit)
		f.add(others...)
	}
	f.add(rest...)
}

// galleryChild looks through the lists in which some systems lay their galleries out.
func (f *flow) galleryChild(c *html.Node, marks []Mark) {
	if isElement(c, atom.Ul, atom.Ol) && !f.in.skip[c] && !f.in.footnotes.lists[c] {
		for li := c.FirstChild; li != nil; li = li.NextSibling {
			if isElement(li, atom.Li) && !hasClass(li, "blocks-gallery-item") {
				f.in.inspect(li)
				f.block(li, marks)
			} else {
				f.node(li, marks)
			}
		}
		return
	}
	f.node(c, marks)
}

func (f *flow) addGallery(pictures, caption []Node, credit string) {
	g := Node{Type: "gallery", Content: pictures, Attrs: Attrs{}}
	if text := tidy((&Node{Type: "paragraph", Content: caption}).Plain()); text != "" {
		if len(caption) == 1 && len(caption[0].Marks) == 0 {
			g.Attrs["caption"] = text
			caption = nil
		}
	}
	f.add(g)
	// A gallery's caption is plain; one with links or notes stands below as a paragraph.
	if len(caption) > 0 {
		f.add(Paragraph(caption...))
	}
	if credit != "" {
		f.add(Paragraph(Text(credit)))
	}
}
