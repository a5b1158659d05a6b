// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"stet"
)

// line is a document of one paragraph with the id "b".
func line(t testing.TB, inline ...Node) *Doc {
	t.Helper()
	d := &Doc{Root: Node{Type: "doc", Content: []Node{{Type: "paragraph", Attrs: Attrs{"id": "b"}, Content: inline}}}}
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	return d
}

func link(href string) Mark { return Mark{Type: "link", Attrs: Attrs{"href": href}} }

func TestFindPassage(t *testing.T) {
	d, _ := FromMarkdown("The dam was built in 1998. It was built in haste.\n\nNobody counted the days.\n\nNobody counted the nights, nobody.", Options{})
	b := d.TextBlocks()
	for _, v := range []struct {
		name string
		q    stet.Selector
		want string // the block's text with the passage in brackets; empty when it is not found
	}{
		{"once", stet.Selector{Block: b[0].ID, Exact: "1998"}, "The dam was built in [1998]. It was built in haste."},
		{"twice, told apart by what stands after", stet.Selector{Block: b[0].ID, Exact: "built in", Prefix: "was ", Suffix: " haste"}, "The dam was built in 1998. It was [built in] haste."},
		{"twice, told apart by what stands before", stet.Selector{Block: b[0].ID, Exact: "built in", Prefix: "dam was "}, "The dam was [built in] 1998. It was built in haste."},
		{"twice, and nothing tells them apart", stet.Selector{Block: b[0].ID, Exact: "built in"}, ""},
		{"what stands around has changed", stet.Selector{Block: b[0].ID, Exact: "1998", Prefix: "begun in ", Suffix: "?"}, "The dam was built in [1998]. It was built in haste."},
		{"in another block, among the same words", stet.Selector{Block: "gone", Exact: "days", Prefix: "counted the ", Suffix: "."}, "Nobody counted the [days]."},
		{"in another block, alone", stet.Selector{Block: "gone", Exact: "days"}, ""},
		{"in two other blocks", stet.Selector{Block: "gone", Exact: "counted", Prefix: "Nobody ", Suffix: " the "}, ""},
		{"nowhere", stet.Selector{Block: b[0].ID, Exact: "1999", Prefix: "in ", Suffix: "."}, ""},
		{"an empty passage", stet.Selector{Block: b[0].ID, Prefix: "in 1998", Suffix: ". It"}, "The dam was built in 1998[]. It was built in haste."},
		{"an empty passage that is not clear", stet.Selector{Block: b[0].ID, Prefix: "built", Suffix: " in"}, ""},
		{"nothing at all", stet.Selector{Block: b[0].ID}, ""},
	} {
		t.Run(v.name, func(t *testing.T) {
			got := ""
			if at, ok := d.Find(v.q); ok {
				for _, b := range d.TextBlocks() {
					if b.ID == at.Block {
						got = b.Text[:at.Start] + "[" + b.Text[at.Start:at.End] + "]" + b.Text[at.End:]
					}
				}
			}
			if got != v.want {
				t.Errorf("got %q, want %q", got, v.want)
			}
		})
	}
}

func TestReplacePassage(t *testing.T) {
	note := Node{Type: "footnote", Content: []Node{Text("A note.")}}
	bold := Mark{Type: "bold"}
	for _, v := range []struct {
		name       string
		in         []Node
		start, end int
		with       string
		want       []Node
	}{
		{"within plain words", []Node{Text("in 1998, so")}, 3, 7, "1999", []Node{Text("in 1999, so")}},
		{"a figure in a link stays in it", []Node{Text("built in "), Text("1998", link("https://a.example/")), Text(" by")}, 0, 16, "built in 1999 by", []Node{Text("built in "), Text("1999", link("https://a.example/")), Text(" by")}},
		{"words after a link are not in it", []Node{Text("see "), Text("the report", link("https://a.example/"))}, 14, 14, " of May", []Node{Text("see "), Text("the report", link("https://a.example/")), Text(" of May")}},
		{"bold goes on", []Node{Text("so "), Text("bold", bold)}, 7, 7, "er", []Node{Text("so "), Text("bolder", bold)}},
		{"across styles", []Node{Text("one "), Text("two", bold), Text(" three")}, 2, 9, "X", []Node{Text("onXhree")}},
		{"a footnote within stays", []Node{Text("one"), note, Text(" two")}, 0, 7, "three", []Node{Text("three"), note}},
		{"a footnote behind the figure stays behind it", []Node{Text("was 5"), note, Text(".")}, 4, 5, "50", []Node{Text("was 50"), note, Text(".")}},
		{"words behind a footnote", []Node{Text("one"), note, Text("two")}, 3, 6, "six", []Node{Text("one"), note, Text("six")}},
		{"a line break goes", []Node{Text("one"), {Type: "hardBreak"}, Text("two")}, 3, 4, " ", []Node{Text("one two")}},
		{"a line break comes", []Node{Text("one two")}, 3, 4, "\n", []Node{Text("one"), {Type: "hardBreak"}, Text("two")}},
		{"all of it", []Node{Text("one")}, 0, 3, "", nil},
		{"into nothing", nil, 0, 0, "one", []Node{Text("one")}},
	} {
		t.Run(v.name, func(t *testing.T) {
			d := line(t, v.in...)
			before := string(d.JSON())
			got := d.Replace(Span{"b", v.start, v.end}, v.with)
			if err := got.Validate(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(line(t, v.want...).JSON()), string(got.JSON())); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if string(d.JSON()) != before {
				t.Error("the document that it came from was changed")
			}
		})
	}
}

func TestRemarkedPassage(t *testing.T) {
	note := Node{Type: "footnote", Content: []Node{Text("A note.")}}
	for _, v := range []struct {
		name       string
		in         []Node
		start, end int
		want       string
	}{
		{"plain", []Node{Text("in 1999, so")}, 3, 7, `in <span class="corrected" id="passage-k">1999</span>SIGN, so`},
		{"across a link", []Node{Text("a "), Text("b c", link("https://a.example/")), Text(" d")}, 0, 3,
			`<span class="corrected" id="passage-k">a </span><span class="corrected"><a href="https://a.example/" rel="noopener">b</a></span>SIGN<a href="https://a.example/" rel="noopener"> c</a> d`},
		{"a place where words were taken out", []Node{Text("one two")}, 3, 3, `one<a id="passage-k" class="corrected-sign" href="#correction-k" aria-label="Corrected: see the note">*</a> two`},
		{"the end", []Node{Text("one")}, 0, 3, `<span class="corrected" id="passage-k">one</span>SIGN`},
		{"before a footnote", []Node{Text("one"), note}, 0, 3, `<span class="corrected" id="passage-k">one</span>SIGN<sup`},
	} {
		t.Run(v.name, func(t *testing.T) {
			sign := `<a class="corrected-sign" href="#correction-k" aria-label="Corrected: see the note">*</a>`
			got := string(line(t, v.in...).Remarked([]Remark{{Span: Span{"b", v.start, v.end}, ID: "k"}}).HTML(Env{}))
			if want := `<p data-block="b">` + strings.ReplaceAll(v.want, "SIGN", sign); !strings.HasPrefix(got, want) {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestQuotedPassage(t *testing.T) {
	on := func(id string, start, end int) Remark {
		return Remark{Span: Span{"b", start, end}, ID: id, Href: "#" + id}
	}
	for _, v := range []struct {
		name string
		in   []Node
		on   []Remark
		want string
	}{
		{"plain", []Node{Text("He said “no” twice")}, []Remark{on("k", 8, 16)}, `He said <a id="quoted-k" class="said" href="#k">“no”</a> twice`},
		{"with italics", []Node{Text("a "), Text("b", Mark{Type: "italic"}), Text(" c")}, []Remark{on("k", 0, 5)}, `<a id="quoted-k" class="said" href="#k">a <em>b</em> c</a>`},
		{"across a link", []Node{Text("a "), Text("b", link("https://a.example/"))}, []Remark{on("k", 0, 3)},
			`<a id="quoted-k" class="said" href="#k">a </a><span class="said"><a href="https://a.example/" rel="noopener">b</a></span>`},
		{"within a link", []Node{Text("b", link("https://a.example/"))}, []Remark{on("k", 0, 1)},
			`<span class="said"><a href="https://a.example/" rel="noopener">b</a></span><a id="quoted-k" class="said-sign" href="#k" aria-label="On the record">°</a>`},
		{"divided", []Node{Text("a x b")}, []Remark{on("k", 0, 1), on("k", 4, 5)}, `<a id="quoted-k" class="said" href="#k">a</a> x <a tabindex="-1" class="said" href="#k">b</a>`},
		{"one within another", []Node{Text("a b c")}, []Remark{on("long", 0, 5), on("short", 2, 3)},
			`<a id="quoted-long" class="said" href="#long">a </a><span class="said"><a id="quoted-short" class="said" href="#short">b</a></span><a tabindex="-1" class="said" href="#long"> c</a>`},
		{"twice the same words", []Node{Text("a")}, []Remark{on("k", 0, 1), on("l", 0, 1)},
			`<span class="said"><a id="quoted-k" class="said" href="#k">a</a></span><a id="quoted-l" class="said-sign" href="#l" aria-label="On the record">°</a>`},
		{"corrected in part", []Node{Text("a b")}, []Remark{on("k", 0, 3), {Span: Span{"b", 0, 1}, ID: "c"}},
			`<a id="quoted-k" class="said" href="#k"><span class="corrected" id="passage-c">a</span></a>` + `<a class="corrected-sign" href="#correction-c" aria-label="Corrected: see the note">*</a><a tabindex="-1" class="said" href="#k"> b</a>`},
	} {
		t.Run(v.name, func(t *testing.T) {
			got := string(line(t, v.in...).Remarked(v.on).HTML(Env{}))
			if want := `<p data-block="b">` + v.want + `</p>`; strings.TrimSpace(got) != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// FuzzPassage replaces any passage of any text: the text says afterwards what it
// should, the document is valid, and what is marked on the page is neither more
// nor less than the words.
func FuzzPassage(f *testing.F) {
	f.Add("one **two** [three](https://a.example/) four[^1]\n\n[^1]: A note.", 4, 9, "zwei\ndrei")
	f.Add("äöü *ß*", 1, 3, "")
	f.Add("", 0, 0, "x")
	f.Fuzz(func(t *testing.T, src string, a, b int, with string) {
		d, _ := FromMarkdown(src, Options{})
		blocks := d.TextBlocks()
		with = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' {
				return -1
			}
			return r
		}, strings.ToValidUTF8(with, ""))
		for _, block := range blocks {
			start, end := min(max(a, 0), len(block.Text)), min(max(b, 0), len(block.Text))
			if start > end || !utf8.ValidString(block.Text[:start]) || !utf8.ValidString(block.Text[start:end]) {
				continue
			}
			made := d.Replace(Span{block.ID, start, end}, with)
			if err := made.Validate(); err != nil {
				t.Fatalf("%v\n%s", err, made.JSON())
			}
			got := ""
			for _, m := range made.TextBlocks() {
				if m.ID == block.ID {
					got = m.Text
				}
			}
			want := block.Text[:start] + with + block.Text[end:]
			if strings.Trim(got, "\n") != strings.Trim(want, "\n") {
				t.Fatalf("got %q, want %q", got, want)
			}
			html := string(d.Remarked([]Remark{{Span: Span{block.ID, start, end}, ID: "k"}}).HTML(Env{}))
			if block.Type != "codeBlock" && strings.Count(html, `id="passage-k"`) > 1 {
				t.Fatalf("two marks of one name: %s", html)
			}
			html = string(d.Remarked([]Remark{{Span: Span{block.ID, start, end}, ID: "k", Href: "#k"}}).HTML(Env{}))
			if block.Type != "codeBlock" && strings.Count(html, `id="quoted-k"`) > 1 {
				t.Fatalf("two quotations of one name: %s", html)
			}
		}
	})
}
