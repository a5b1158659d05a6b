// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package verify

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"stet"
	"stet/internal/prose"
)

// comparePage holds a story's page against the version that it claims to show:
// headline, dek, who wrote it, every block of running text with the links out of
// it, and that nothing else stands between them.
func comparePage(page *html.Node, d *stet.VersionDocument) error {
	story := find(page, func(n *html.Node) bool {
		id := attr(n, "data-id") // an earlier version has none: nothing is read on below it
		return n.Data == "article" && (id == d.Article || id == "" && class("story")(n) || d.Kind == stet.Page)
	})
	if story == nil {
		return failure("the page does not hold the story %s", d.Article)
	}
	if got := words(textOf(find(story, tag("h1")))); got != words(d.Content.Headline) {
		return failure("the page has the headline %q, and version %d has %q", got, d.Number, d.Content.Headline)
	}
	if d.Content.Dek != "" {
		if got := words(textOf(find(story, class("dek")))); got != words(d.Content.Dek) {
			return failure("the page has the dek %q, and version %d has %q", got, d.Number, d.Content.Dek)
		}
	}
	names := words(textOf(find(story, class("bylines"))))
	for _, b := range d.Content.Bylines {
		if b.Person.Name != "" && !strings.Contains(names, words(b.Person.Name)) {
			return failure("the page does not name %s, who is in the byline of version %d", b.Person.Name, d.Number)
		}
	}
	body := &prose.Doc{}
	if len(d.Content.Body) > 0 {
		var err error
		if body, err = prose.Parse(d.Content.Body); err != nil {
			return failure("the body of version %d cannot be read: %v", d.Number, err)
		}
	}
	return compareBody(find(story, class("prose")), body, d.Number)
}

func compareBody(at *html.Node, body *prose.Doc, number int) error {
	want := body.TextBlocks()
	if at == nil {
		if len(want) == 0 {
			return nil
		}
		return failure("the page has no text, and version %d has", number)
	}
	texts := map[string]string{}
	for _, b := range want {
		texts[b.ID] = words(b.Text)
	}
	said := map[string]string{}
	body.Walk(func(n *prose.Node) bool {
		if n.Type == "pullQuote" {
			said[n.ID()] = n.Attr("attribution")
		}
		return true
	})
	next := 0
	for n := range at.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		id := attr(n, "data-block")
		if _, ok := texts[id]; id == "" || !ok {
			continue
		}
		if next >= len(want) || want[next].ID != id {
			return failure("the page has a passage twice, or in another order than version %d: %q", number, short(textOf(n)))
		}
		if n.Data == "figure" { // a pull quote, with who said it below
			if got, said := words(textOf(find(n, tag("figcaption")))), words(said[id]); got != said {
				return failure("the page has %q say what version %d has %q say: %q", got, number, said, short(texts[id]))
			}
			n = find(n, tag("blockquote"))
		}
		if got := words(textOf(n)); got != texts[id] {
			return failure("the page says %q, and version %d says %q", short(got), number, short(texts[id]))
		}
		next++
	}
	if next < len(want) {
		return failure("a passage of version %d is not on the page: %q", number, short(want[next].Text))
	}
	return compareRest(at, body, number)
}

// compareRest looks for what is on the page and not in the version: text outside
// its blocks, and links that lead elsewhere.
func compareRest(at *html.Node, body *prose.Doc, number int) error {
	var known []string
	for _, l := range body.Links() {
		known = append(known, l.Href)
	}
	for n := range at.Descendants() {
		switch {
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" && !within(n, at, inBlock):
			return failure("the page says %q, which version %d does not", short(n.Data), number)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "form"):
			return failure("there is a %s in the text of the page, and none in version %d", n.Data, number)
		case n.Type == html.ElementNode && n.Data == "a" && outward(attr(n, "href")) && within(n, at, isText) && !slices.Contains(known, attr(n, "href")):
			return failure("the page links to %s, and version %d does not", attr(n, "href"), number)
		}
	}
	return nil
}

// outward reports whether an address leads away: those within the magazine are
// made anew when stories move.
func outward(href string) bool {
	return strings.HasPrefix(href, "https://") || strings.HasPrefix(href, "http://")
}

// inBlock is whether an element is a block of the body, or the list of its notes.
func inBlock(n *html.Node) bool { return attr(n, "data-block") != "" || class("footnotes")(n) }

// isText is whether an element is a block of running text.
func isText(n *html.Node) bool {
	return attr(n, "data-block") != "" && slices.Contains([]string{"p", "h2", "h3", "h4", "li", "td", "th"}, n.Data)
}

func within(n, top *html.Node, is func(*html.Node) bool) bool {
	for p := n; p != nil && p != top; p = p.Parent {
		if p.Type == html.ElementNode && is(p) {
			return true
		}
	}
	return false
}

func find(in *html.Node, is func(*html.Node) bool) *html.Node {
	if in == nil {
		return nil
	}
	for n := range in.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			return n
		}
	}
	return nil
}

func tag(name string) func(*html.Node) bool { return func(n *html.Node) bool { return n.Data == name } }

func class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, "class")), name) }
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// furniture are the classes of what the page adds to a text: marks of notes, of the record and of
// corrections.
var furniture = []string{"footnote-ref", "corrected-sign", "said-sign", "visually-hidden"}

// textOf is the text of an element as a reader reads it, without what the page
// adds.
func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "template"):
			return
		case n.Type == html.ElementNode && n.Data == "br":
			b.WriteString(" ")
		case n.Type == html.ElementNode && slices.ContainsFunc(furniture, func(c string) bool { return class(c)(n) }):
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	if n != nil {
		walk(n)
	}
	return b.String()
}

// words brings a text into one form: spaces do not count.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func short(s string) string {
	s = words(s)
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
