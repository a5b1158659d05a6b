// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// seenText is an independent, naive reading of what a browser shows of some HTML: the yardstick
// for "no text is lost". It knows nothing of blocks, marks or captions.
func seenText(t testing.TB, src string) (text string, ok bool) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(cleanInput(src)), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return "", false
	}
	var b strings.Builder
	for _, n := range nodes {
		seen(n, &b)
	}
	return b.String(), true
}

func seen(n *html.Node, b *strings.Builder) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	if n.Type != html.ElementNode {
		return
	}
	switch {
	case n.Namespace == "svg" && (n.Data == "desc" || n.Data == "metadata"):
		return
	case n.Namespace != "" && n.Data != "script" && n.Data != "style" && n.Data != "title":
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			seen(c, b)
		}
		return
	}
	switch n.Data {
	case "script", "style", "template", "noscript", "title", "noembed", "noframes", "datalist", "audio", "video", "canvas":
		return
	case "iframe":
		b.WriteString(" " + attrOf(n, "title") + " ")
		return
	case "input":
		switch strings.ToLower(attrOf(n, "type")) {
		case "", "text", "submit", "button", "reset", "search", "email", "url", "tel", "number", "date":
			b.WriteString(" " + attrOf(n, "value") + " ")
		}
	case "q":
		b.WriteString("“")
		defer b.WriteString("”")
	}
	if blockElement(n.DataAtom) {
		b.WriteByte(' ')
		defer b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		seen(c, b)
	}
}

// squeeze leaves letters, digits and signs in their order: where browsers put spaces between table
// cells or buttons is no text.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || invisible(r) {
			return -1
		}
		return r
	}, s)
}

// moved are the constructs whose text is, on purpose, not where it was: notes, credits, captions,
// embeds. Input with any of them is compared letter by letter without regard to order.
var moved = regexp.MustCompile(`(?i)<(fig|caption|table|iframe|object|embed|video|audio|cite|footer|frame)|footnote|caption|embed|gallery|quote|related|box|emoji|latex|smiley|data-(fn|type)|rm-|kg-|picture|references|ftn|wp-|credit|pull|box`)

// checkTextKept compares what was seen before with what is there after.
func checkTextKept(t *testing.T, src string, d *Doc) {
	t.Helper()
	before, ok := seenText(t, src)
	if !ok {
		return
	}
	want, got := squeeze(before), squeeze(d.Text())
	if !moved.MatchString(src) {
		if want != got {
			t.Errorf("text changed\ninput:  %q\nbefore: %q\nafter:  %q", src, want, got)
		}
		return
	}
	if lost := missingLetters(want, got); lost != "" && !strings.Contains(src, "emoji") && !notesDropped.MatchString(src) {
		t.Errorf("letters lost: %q\ninput:  %q\nbefore: %q\nafter:  %q", lost, src, want, got)
	}
}

// notesDropped is input whose text goes elsewhere than into the text: the marker of a note, the arrow
// back to it, the description of a picture that our own page could not show.
var notesDropped = regexp.MustCompile(`(?i)footnote|doc-|references|ftn|no-alt|smiley|latex|embed-provider|picture-missing`)

func missingLetters(want, got string) string {
	have := map[rune]int{}
	for _, r := range got {
		have[r]++
	}
	var lost strings.Builder
	for _, r := range want {
		if have[r]--; have[r] < 0 {
			lost.WriteRune(r)
		}
	}
	return lost.String()
}

// htmlGen makes random HTML, well and badly formed.
type htmlGen struct{ *rand.Rand }

func (g htmlGen) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g htmlGen) html(depth int) string {
	var b strings.Builder
	for range 1 + g.IntN(4) {
		switch k := g.IntN(20); {
		case k < 7 || depth > 6:
			b.WriteString(g.pick("word ", "two words", " x ", "&amp;", "&lt;b&gt;", "é", "\n", "&nbsp;", "a<b", "1 < 2", "“q”", "日本", "\t", "<br>", "<br><br>", "<!-- c -->", "<wbr>", "&#0;", "\x01"))
		case k == 7:
			b.WriteString(g.pick(`<img src="/a.jpg" alt="hidden">`, `<img alt="">`, `<hr>`, `<input value="typed">`, `<input type=checkbox value=no>`, `<script>no()</script>`, `<style>no{}</style>`, `<noscript>no</noscript>`, `<template>no</template>`, `<textarea>area</textarea>`, `<select><option>one<option>two</select>`, `<svg><text>drawn</text><desc>no</desc></svg>`, `<math><mi>x</mi></math>`))
		case k == 8:
			b.WriteString("<" + g.tag() + ">") // never closed
		case k == 9:
			b.WriteString("</" + g.tag() + ">") // never opened
		default:
			tag := g.tag()
			b.WriteString("<" + tag + g.attrs() + ">" + g.html(depth+1) + "</" + tag + ">")
		}
	}
	return b.String()
}

func (g htmlGen) tag() string {
	return g.pick("p", "div", "b", "i", "em", "a", "span", "ul", "ol", "li", "h1", "h3", "h6", "blockquote", "section", "u", "s", "sub", "sup", "code",
		"pre", "dl", "dt", "dd", "q", "center", "font", "button", "label", "form", "details", "summary", "x-unknown", "nobr", "article", "address", "small", "mark")
}

func (g htmlGen) attrs() string {
	if g.IntN(3) > 0 {
		return ""
	}
	return g.pick(` href="https://example.org/"`, ` href="javascript:x"`, ` onclick="x"`, ` style="font-weight:bold"`, ` class="c"`, ` title="t"`, ` id="i"`, ` href="#i"`, ` start=3`, ` type=a`)
}

func TestFromHTMLLosesNoText(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1000) {
		src := htmlGen{rand.New(rand.NewPCG(seed, 2))}.html(0)
		d, _ := FromHTML(src, Options{})
		checkConverted(t, src, d)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// checkConverted holds what is true of every converted document.
func checkConverted(t *testing.T, src string, d *Doc) {
	t.Helper()
	again, err := Parse(d.JSON())
	if err != nil {
		t.Fatalf("the result is refused: %v\ninput: %q", err, src)
	}
	if diff := cmp.Diff(d.Root, again.Root); diff != "" {
		t.Fatalf("not canonical (-made +parsed):\n%s\ninput: %q", diff, src)
	}
	checkTextKept(t, src, d)
	for name, out := range map[string]string{"page": string(d.HTML(Env{})), "feed": d.FeedHTML(Env{}), "mail": d.MailHTML(Env{})} {
		checkHarmless(t, name, src, out)
	}
	page := string(d.HTML(Env{}))
	back, _ := FromHTML(page, Options{})
	if diff := cmp.Diff(squeeze(d.Text()), squeeze(back.Text())); diff != "" {
		t.Errorf("text changed when our own page was read (-before +after):\n%s\ninput: %q\npage: %s", diff, src, page)
	}
}

// checkHarmless parses output as a browser would and looks for anything that could act.
func checkHarmless(t *testing.T, name, src, out string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(out), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if !harmless[n.Data] || n.Namespace != "" {
				t.Errorf("%s: <%s> in the output\ninput: %q\noutput: %s", name, n.Data, src, out)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" && name == "page" || a.Key == "srcdoc" {
					t.Errorf("%s: attribute %s in the output\ninput: %q", name, a.Key, src)
				}
				if a.Key == "href" || a.Key == "src" || a.Key == "cite" {
					if u, ok := safeURL(a.Val); !ok || u != a.Val {
						t.Errorf("%s: address %q in the output\ninput: %q", name, a.Val, src)
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	for _, n := range nodes {
		visit(n)
	}
}

var harmless = map[string]bool{"p": true, "h2": true, "h3": true, "h4": true, "blockquote": true, "figure": true, "figcaption": true, "q": true, "ul": true,
	"ol": true, "li": true, "img": true, "table": true, "thead": true, "tbody": true, "tr": true, "th": true, "td": true, "pre": true, "code": true, "hr": true,
	"div": true, "section": true, "a": true, "strong": true, "em": true, "u": true, "s": true, "sub": true, "sup": true, "br": true, "span": true}
