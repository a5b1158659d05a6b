// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inline handles elements that stand within a line: their content, with one more mark or none.
func (f *flow) inline(n *html.Node, marks []Mark) {
	switch n.DataAtom {
	case atom.A:
		f.link(n, marks)
		return
	case atom.Sup:
		if c := significant(n); c != nil && isElement(c, atom.A) && f.footnoteRef(c, marks) || f.footnoteRef(n, marks) {
			return
		}
	case atom.Q:
		f.text("“", marks)
		f.children(n, marks)
		f.text("”", marks)
		return
	case atom.Input:
		f.control(n, marks)
		return
	case atom.Select, atom.Option, atom.Button:
		// Browsers keep their texts apart without any space in the source.
		f.text(" ", nil)
		f.children(n, marks)
		f.text(" ", nil)
		return
	}
	if m := markOf(n); m != "" && !notBold(n) {
		marks = with(marks, Mark{Type: m})
	}
	for _, m := range styleMarks(attrOf(n, "style")) {
		marks = with(marks, Mark{Type: m})
	}
	f.children(n, marks)
}

func markOf(n *html.Node) string {
	switch n.DataAtom {
	case atom.B, atom.Strong:
		return "bold"
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		return "italic"
	case atom.U, atom.Ins:
		return "underline"
	case atom.S, atom.Strike, atom.Del:
		return "strike"
	case atom.Sub:
		return "subscript"
	case atom.Sup:
		return "superscript"
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return "code"
	}
	return ""
}

// notBold knows the <b style="font-weight:normal"> in which Google Docs wraps all it copies.
func notBold(n *html.Node) bool {
	return isElement(n, atom.B) && strings.Contains(strings.ReplaceAll(attrOf(n, "style"), " ", ""), "font-weight:normal")
}

// styleMarks reads the styles by which word processors say what HTML has elements for.
func styleMarks(style string) []string {
	if style == "" {
		return nil
	}
	var out []string
	for decl := range strings.SplitSeq(strings.ToLower(style), ";") {
		key, value, _ := strings.Cut(decl, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "font-weight":
			if value == "bold" || value == "bolder" || len(value) == 3 && value >= "600" && value <= "900" {
				out = append(out, "bold")
			}
		case "font-style":
			if value == "italic" || value == "oblique" {
				out = append(out, "italic")
			}
		case "text-decoration", "text-decoration-line":
			if strings.Contains(value, "underline") {
				out = append(out, "underline")
			}
			if strings.Contains(value, "line-through") {
				out = append(out, "strike")
			}
		case "vertical-align":
			switch value {
			case "super":
				out = append(out, "superscript")
			case "sub":
				out = append(out, "subscript")
			}
		}
	}
	return out
}

// with returns the marks and one more, in the order of the schema. A mark of the same type is
// replaced: of two nested links browsers follow the inner one.
func with(list []Mark, m Mark) []Mark {
	i := slices.IndexFunc(list, func(x Mark) bool { return marks[x.Type].rank >= marks[m.Type].rank })
	if i >= 0 && list[i].Type == m.Type {
		if sameMark(list[i], m) {
			return list
		}
		out := slices.Clone(list)
		out[i] = m
		return out
	}
	if i < 0 {
		i = len(list)
	}
	return slices.Insert(slices.Clone(list), i, m)
}

func (f *flow) link(n *html.Node, marks []Mark) {
	if f.footnoteRef(n, marks) {
		return
	}
	href := ""
	if hasAttr(n, "href") {
		href = f.in.address(attrOf(n, "href"), "link")
	}
	if href == "" {
		f.children(n, marks)
		return
	}
	m := Mark{Type: "link", Attrs: Attrs{"href": href}}
	if t := tidy(attrOf(n, "title")); t != "" {
		m.Attrs["title"] = t
	}
	if img := find(n, func(c *html.Node) bool { return isElement(c, atom.Img) }); img != nil {
		switch {
		case !pictureFile(href):
			f.in.note(NotePicture, "a picture was a link to %s", href)
		case largerCopy(sourceOf(img), href):
			f.in.larger[img] = href
		}
	}
	f.children(n, with(marks, m))
}

// pictureFile reports links that only lead to a larger copy of a picture.
func pictureFile(href string) bool {
	href, _, _ = strings.Cut(strings.ToLower(href), "?")
	for _, ext := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"} {
		if strings.HasSuffix(href, ext) {
			return true
		}
	}
	return false
}

var resized = regexp.MustCompile(`-[0-9]+x[0-9]+(\.[A-Za-z]+)$`)

// largerCopy reports whether a picture is WordPress's resized copy of another.
func largerCopy(src, href string) bool {
	return path.Base(resized.ReplaceAllString(src, "$1")) == path.Base(href)
}

// control keeps the text that a browser would show in a form control.
func (f *flow) control(n *html.Node, marks []Mark) {
	switch strings.ToLower(attrOf(n, "type")) {
	case "hidden", "checkbox", "radio", "password", "file", "image", "color", "range":
		return
	}
	f.text(" ", nil)
	f.text(attrOf(n, "value"), marks)
	f.text(" ", nil)
}

// svg keeps a drawing's words.
func (f *flow) svg(n *html.Node, marks []Mark) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			f.text(c.Data, marks)
		case c.Type != html.ElementNode:
		case c.Namespace != "svg":
			f.node(c, marks)
		case !unseen(c):
			f.in.inspect(c)
			f.svg(c, marks)
			f.text(" ", nil)
		default:
			f.in.inspect(c)
		}
	}
}

// tidy makes one line of an attribute's text. Non-breaking spaces in it are meant.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if invisible(r) && r != '\r' && r != '\f' {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }), " ")
	return strings.TrimFunc(s, unicode.IsSpace)
}
