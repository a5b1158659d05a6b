// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// find returns the elements that a simple selector names: compounds of tag,
// .class, #id, [attr], [attr=value], [attr^=value] and [attr*=value], with
// spaces (below) and > (directly below) between them.
func find(root *html.Node, selector string) []*html.Node {
	steps := strings.Fields(strings.ReplaceAll(selector, ">", " > "))
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && matches(n, steps) {
			out = append(out, n)
		}
	}
	return out
}

func matches(n *html.Node, steps []string) bool {
	last := len(steps) - 1
	if !matchesOne(n, steps[last]) {
		return false
	}
	if last == 0 {
		return true
	}
	if steps[last-1] == ">" {
		return n.Parent != nil && matches(n.Parent, steps[:last-1])
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if matches(p, steps[:last]) {
			return true
		}
	}
	return false
}

func matchesOne(n *html.Node, compound string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for compound != "" {
		end := strings.IndexAny(compound[1:], ".#[") + 1
		if compound[0] == '[' {
			end = strings.IndexByte(compound, ']') + 1
		}
		if end <= 0 {
			end = len(compound)
		}
		part := compound[:end]
		compound = compound[end:]
		switch part[0] {
		case '.':
			class, _ := attribute(n, "class")
			if !slices.Contains(strings.Fields(class), part[1:]) {
				return false
			}
		case '#':
			if id, _ := attribute(n, "id"); id != part[1:] {
				return false
			}
		case '[':
			name, want, equal := strings.Cut(strings.Trim(part, "[]"), "=")
			got, ok := attribute(n, strings.TrimRight(name, "^*"))
			want = strings.Trim(want, `"`)
			switch {
			case !ok, equal && strings.HasSuffix(name, "^") && !strings.HasPrefix(got, want), equal && strings.HasSuffix(name, "*") && !strings.Contains(got, want):
				return false
			case equal && !strings.HasSuffix(name, "^") && !strings.HasSuffix(name, "*") && got != want:
				return false
			}
		default:
			if part != "*" && n.Data != part {
				return false
			}
		}
	}
	return true
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func document(t *testing.T, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	must(t, err)
	return doc
}

// inner is the text of an element with its spaces evened out.
func inner(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true, "source": true, "track": true, "wbr": true}

// checkHTML says what is wrong with a page of ours, or "": its tags must be
// closed as they were opened, it has one h1, no two equal ids, nothing inline
// that the policy would refuse, nothing from elsewhere, and pictures with
// words and a size. A frame's document (not strict) may style itself.
func checkHTML(page string, strict bool) string {
	var open []string
	ids := map[string]bool{}
	h1 := 0
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return z.Err().Error()
			}
			if len(open) > 0 {
				return fmt.Sprintf("%v are not closed", open)
			}
			if whole := strings.HasPrefix(page, "<!doctype html>"); strict && whole && h1 != 1 {
				return fmt.Sprintf("it has %d h1", h1)
			}
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if tok.Data == "h1" {
				h1++
			}
			if strict {
				if fault := checkTag(tok, ids); fault != "" {
					return fault
				}
			}
			if !void[tok.Data] && tok.Type == html.StartTagToken {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			tok := z.Token()
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				return fmt.Sprintf("</%s> closes %v", tok.Data, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func checkTag(tok html.Token, ids map[string]bool) string {
	a := map[string]string{}
	for _, at := range tok.Attr {
		a[at.Key] = at.Val
		switch {
		case strings.HasPrefix(at.Key, "on") || at.Key == "style":
			return fmt.Sprintf("inline %s at %s", at.Key, tok)
		case at.Key == "id" && ids[at.Val]:
			return fmt.Sprintf("the id %q is there twice", at.Val)
		case at.Key == "id":
			ids[at.Val] = true
		case strings.Contains(at.Val, "ZgotmplZ"):
			return "the template refused a value: " + tok.String()
		}
	}
	link := map[string]bool{"stylesheet": true, "icon": true, "preload": true, "manifest": true, "modulepreload": true}
	var fetched []string
	switch tok.Data {
	case "style":
		return "an inline style element"
	case "script":
		if a["src"] == "" && a["type"] != "application/ld+json" {
			return "an inline script"
		}
		fetched = append(fetched, a["src"])
	case "img":
		if _, ok := a["alt"]; !ok || a["width"] == "" || a["height"] == "" {
			return "a picture without words or size: " + tok.String()
		}
		fetched = append(fetched, a["src"])
		for part := range strings.SplitSeq(a["srcset"], ",") {
			if f := strings.Fields(part); len(f) > 0 {
				fetched = append(fetched, f[0])
			}
		}
	case "iframe", "audio", "video", "source", "embed", "track":
		fetched = append(fetched, a["src"])
		if _, ok := a["sandbox"]; tok.Data == "iframe" && !ok {
			return "a frame without a sandbox"
		}
	case "object":
		fetched = append(fetched, a["data"])
	case "link":
		if link[a["rel"]] {
			fetched = append(fetched, a["href"])
		}
	case "form":
		fetched = append(fetched, a["action"])
	case "a":
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(a["href"])), "javascript:") {
			return "a script in a link: " + a["href"]
		}
	}
	for _, address := range fetched {
		if u, err := url.Parse(address); address != "" && (err != nil || u.Host != "" || u.Scheme != "" && u.Scheme != "data") {
			return "a resource from elsewhere: " + address
		}
	}
	return ""
}

func TestCheckHTML(t *testing.T) {
	t.Parallel()
	const head, foot = "<!doctype html><html><body><h1>x</h1>", "</body></html>"
	for _, tt := range []struct {
		in, want string
	}{
		{head + foot, ""},
		{head + `<p>a<br>b</p><img src="/a.jpg" alt="" width="1" height="1">` + foot, ""},
		{head + `<h1>y</h1>` + foot, "2 h1"},
		{"<!doctype html><html></html>", "0 h1"},
		{"<p>a fragment needs none</p>", ""},
		{head + `<p><b></p></b>` + foot, "closes"},
		{head + `<p>` + foot, "closes"},
		{head, "not closed"},
		{head + `<p style="color:red"></p>` + foot, "inline style"},
		{head + `<p onclick="x()"></p>` + foot, "inline onclick"},
		{head + `<script>x()</script>` + foot, "inline script"},
		{head + `<script src="https://x.example/x.js"></script>` + foot, "elsewhere"},
		{head + `<script src="//x.example/x.js"></script>` + foot, "elsewhere"},
		{head + `<link rel="stylesheet" href="https://x.example/x.css">` + foot, "elsewhere"},
		{head + `<link rel="canonical" href="https://x.example/">` + foot, ""},
		{head + `<img src="/a" srcset="/a 1w, https://x.example/b 2w" alt="" width="1" height="1">` + foot, "elsewhere"},
		{head + `<img src="/a" width="1" height="1">` + foot, "without words"},
		{head + `<iframe src="/raw"></iframe>` + foot, "sandbox"},
		{head + `<p id="a"></p><p id="a"></p>` + foot, "twice"},
		{head + `<a href=" JavaScript:x()">x</a>` + foot, "script in a link"},
		{head + `<a href="#ZgotmplZ">x</a>` + foot, "refused"},
	} {
		if got := checkHTML(tt.in, true); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	doc, err := html.Parse(strings.NewReader(`<div id="a" class="x y"><p class="y"><a href="/1" rel="next">one</a></p></div><p><a href="/2">two</a></p>`))
	must(t, err)
	for selector, want := range map[string]int{"a": 2, "p a": 2, "div a": 1, "div>a": 0, "div>p>a": 1, ".y": 2, ".x.y": 1, "div.y": 1, "#a a": 1, "a[rel]": 1, "a[rel=next]": 1, "a[href^=/]": 2, "a[href*=2]": 1, "a[rel=x]": 0, "*": 8, "body > p a[href=/2]": 1} {
		if got := find(doc, selector); len(got) != want {
			t.Errorf("%s finds %d, want %d", selector, len(got), want)
		}
	}
}
