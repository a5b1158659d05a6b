// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
)

// docGen makes random documents of all node types. They are as an editor or converter would leave
// them: no white space at the ends of lines, no empty blocks.
type docGen struct {
	*rand.Rand
	depth int
	plain bool // in a place that takes no footnotes
}

func newDocGen(seed uint64) *docGen { return &docGen{Rand: rand.New(rand.NewPCG(seed, 1))} }

func (g *docGen) pick(list ...string) string { return list[g.IntN(len(list))] }

var genWords = []string{"the", "Senate", "said", "*", "_x_", "a_b", "#", "# x", "-", "- y", "1.", "2) z", ">", "> q", "<b>", "&amp;", "&", "!",
	"[x]", "[^1]", "](", "`", "``", "~~", "|", "\\", "=", "===", "---", ":", "(", ")", "\"", "'", "“quoted”", "naïve", "日本語", "عربي", "😀", "a.b",
	"http://x.org", "{#id}", "$5", "**", "{=html}", "+", "tail#", "soft\u00ADhyphen", "x\u00A0y", "</p>", "<!--", "%", "^", "@", "1986.", "0)"}

func (g *docGen) words() string {
	n := 1 + g.IntN(4)
	out := make([]string, n)
	for i := range out {
		out[i] = genWords[g.IntN(len(genWords))]
	}
	sep := " "
	if g.IntN(4) == 0 {
		sep = ""
	}
	return strings.Join(out, sep)
}

func (g *docGen) href() string {
	return g.pick("https://example.org/a", "/b?c=1&d=2", "#top", "mailto:x@y.org", "https://example.org/a_(b)", "https://example.org/é", "tel:+4930", "https://e.org/?a=%20&copy;=1", "https://e.org/*_*", "x/y")
}

func (g *docGen) marks() []Mark {
	var out []Mark
	for range g.IntN(4) - 1 {
		typ := g.pick("link", "bold", "italic", "underline", "strike", "subscript", "superscript", "code", "bold", "italic")
		m := Mark{Type: typ}
		if typ == "link" {
			m.Attrs = Attrs{"href": g.href()}
			if g.IntN(3) == 0 {
				m.Attrs["title"] = g.pick("title", `a "quoted" one`, "x & y", "<z>", `back\slash`)
			}
		}
		out = with(out, m)
	}
	return out
}

func (g *docGen) line() []Node {
	var out []Node
	n := 1 + g.IntN(5)
	for i := range n {
		switch {
		case i > 0 && i < n-1 && g.IntN(6) == 0 && out[len(out)-1].Type != "hardBreak":
			out = append(out, Node{Type: "hardBreak"})
		case i > 0 && !g.plain && g.IntN(6) == 0:
			g.plain = true
			out = append(out, Node{Type: "footnote", Content: g.line()})
			g.plain = false
		default:
			s := g.words()
			if i > 0 && out[len(out)-1].Type != "hardBreak" && !strings.HasSuffix(out[len(out)-1].Text, " ") && g.IntN(2) == 0 {
				s = " " + s
			}
			out = append(out, Text(s, g.marks()...))
		}
	}
	for out[len(out)-1].Type == "hardBreak" {
		out = out[:len(out)-1]
	}
	return joinTexts(out)
}

func (g *docGen) noNotes() []Node {
	was := g.plain
	g.plain = true
	defer func() { g.plain = was }()
	return g.line()
}

func (g *docGen) attrs(pairs ...string) Attrs {
	a := Attrs{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" && g.IntN(2) == 0 {
			a[pairs[i]] = pairs[i+1]
		}
	}
	if len(a) == 0 {
		return nil
	}
	return a
}

func (g *docGen) blocks(n int) []Node {
	var out []Node
	for range n {
		out = append(out, g.block())
	}
	return out
}

func (g *docGen) image() Node {
	a := g.attrs("alt", g.words(), "credit", g.words(), "layout", g.pick("wide", "full"))
	if a == nil {
		a = Attrs{}
	}
	if g.IntN(2) == 0 {
		a["asset"] = g.pick("abc123", "x-y_z")
	} else {
		a["src"] = g.pick("https://example.org/a.jpg", "/b c.png", "p.gif")
		a["src"], _ = safeURL(a["src"].(string))
	}
	n := Node{Type: "image", Attrs: a}
	if g.IntN(2) == 0 {
		n.Content = g.line()
	}
	return n
}

func (g *docGen) block() Node {
	g.depth++
	defer func() { g.depth-- }()
	leaf := g.depth > 3
	switch k := g.IntN(19); {
	case k == 0:
		return Node{Type: "heading", Attrs: Attrs{"level": 2 + g.IntN(3)}, Content: g.line()}
	case k == 1:
		return Node{Type: "pullQuote", Content: g.noNotes(), Attrs: g.attrs("attribution", g.words())}
	case k == 2:
		return g.image()
	case k == 3:
		return Node{Type: "embed", Attrs: merge(Attrs{"url": "https://example.org/v"}, g.attrs("title", g.words(), "provider", g.words()))}
	case k == 17:
		n := Node{Type: "media", Attrs: merge(Attrs{"asset": g.pick("abc123", "x-y_z")}, g.attrs("title", g.words(), "credit", g.words()))}
		if g.IntN(2) == 0 {
			n.Content = g.line()
		}
		return n
	case k == 18:
		return g.counterpoint()
	case k == 4:
		return Node{Type: "codeBlock", Attrs: g.attrs("language", g.pick("go", "c++")), Content: []Node{Text(g.pick("a\n\n  b", "```\nx", "\tx\ty", "<b>&amp;\n~~~", "  lead"))}}
	case k == 5:
		return Node{Type: "horizontalRule"}
	case k == 6:
		return Node{Type: "relatedStory", Attrs: merge(Attrs{"href": "/x/y"}, g.attrs("story", "abc", "title", g.words()))}
	case k == 7:
		return Raw(g.pick("<b>x</b>", "<script>\nalert(1)\n</script>", "```"))
	case k == 8 && !leaf:
		return Node{Type: "blockquote", Content: g.blocks(1 + g.IntN(3)), Attrs: g.attrs("cite", g.pick("https://example.org/q", "", ""))}
	case k <= 10 && !leaf:
		return g.list()
	case k == 11 && !leaf:
		return g.table()
	case k == 12 && !leaf:
		return Node{Type: "box", Content: g.blocks(1 + g.IntN(3)), Attrs: g.attrs("title", g.words())}
	case k == 13:
		n := Node{Type: "gallery", Attrs: g.attrs("caption", g.words())}
		for range 1 + g.IntN(3) {
			n.Content = append(n.Content, g.image())
		}
		return n
	}
	return Paragraph(g.line()...)
}

func (g *docGen) counterpoint() Node {
	side := func(id string) Side {
		s := Side{Statement: id, Words: g.words(), Speaker: g.words(), Kind: stet.QuotationKind(g.pick("direct", "mixed", "indirect"))}
		if g.IntN(2) == 0 {
			s.Role, s.Venue, s.Language = g.words(), g.words(), g.pick("en", "ar", "zh-Hant")
		}
		if g.IntN(2) == 0 {
			s.Addressee, s.Source = g.words(), g.words()
		}
		if g.IntN(2) == 0 {
			s.SourceURL = g.pick("https://example.org/a", "https://www.example.org/b?c=1&d=2")
		}
		s.Date = []stet.SaidDate{{}, {Value: "2022", Precision: stet.ToYear}, {Value: "2022-04-26", Precision: stet.OnOrBefore}, {Value: "2022-04/2022-06", Precision: stet.Interval}}[g.IntN(4)]
		return s
	}
	c := Counterpoint{ID: "cp", Label: stet.CounterpointLabels[g.IntN(4)], First: side("a"), Second: side("b")}
	if g.IntN(2) == 0 {
		c.Note = g.words()
	}
	return c.Node()
}

func merge(a, b Attrs) Attrs {
	for k, v := range b {
		a[k] = v
	}
	return a
}

func (g *docGen) list() Node {
	n := Node{Type: "bulletList"}
	if g.IntN(2) == 0 {
		n.Type = "orderedList"
		if g.IntN(3) == 0 {
			n.Attrs = Attrs{"start": 9}
		}
	}
	for range 1 + g.IntN(3) {
		item := Node{Type: "listItem", Content: []Node{Paragraph(g.line()...)}}
		switch g.IntN(4) {
		case 0:
			item.Content = append(item.Content, g.blocks(1)...)
		case 1:
			if g.depth < 3 {
				g.depth++
				item.Content = append(item.Content, g.list())
				g.depth--
			}
		}
		n.Content = append(n.Content, item)
	}
	return n
}

func (g *docGen) table() Node {
	n := Node{Type: "table"}
	columns := 1 + g.IntN(3)
	wild := g.IntN(2) == 0
	for r := range 1 + g.IntN(3) {
		row := Node{Type: "tableRow"}
		for range columns {
			c := Node{Type: "tableCell", Content: []Node{Paragraph(g.line()...)}}
			if r == 0 || wild && g.IntN(4) == 0 {
				c.Type = "tableHeader"
			}
			if wild && g.IntN(4) == 0 {
				c.Attrs = Attrs{g.pick("colspan", "rowspan"): 2}
			}
			if wild && g.IntN(4) == 0 {
				c.Content = append(c.Content, Paragraph(g.line()...))
			}
			row.Content = append(row.Content, c)
		}
		n.Content = append(n.Content, row)
	}
	return n
}

func (g *docGen) doc(t testing.TB) *Doc {
	t.Helper()
	d, err := New(g.blocks(1 + g.IntN(5))...)
	if err != nil {
		t.Fatalf("generated document: %v", err)
	}
	return d
}

// bare drops the ids, and numbers the lines of JSON for a readable difference.
func bare(d *Doc) string {
	var b strings.Builder
	var write func(n *Node, depth int)
	write = func(n *Node, depth int) {
		attrs := Attrs{}
		for k, v := range n.Attrs {
			if k != "id" {
				attrs[k] = v
			}
		}
		fmt.Fprintf(&b, "%s%s %s %q %v\n", strings.Repeat("  ", depth), n.Type, appendAttrs(nil, attrs), n.Text, n.Marks)
		for i := range n.Content {
			write(&n.Content[i], depth+1)
		}
	}
	write(&d.Root, 0)
	return b.String()
}

func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		d := newDocGen(seed).doc(t)
		again, err := Parse(d.JSON())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if diff := cmp.Diff(d.Root, again.Root); diff != "" {
			t.Fatalf("seed %d (-made +parsed):\n%s", seed, diff)
		}
	}
}

func TestMarkdownRoundTrip(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1000) {
		d := newDocGen(seed).doc(t)
		md := d.Markdown(Env{})
		again, _ := FromMarkdown(md, Options{Raw: true})
		if diff := cmp.Diff(bare(d), bare(again)); diff != "" {
			t.Fatalf("seed %d (-made +from Markdown):\n%s\n%s", seed, diff, md)
		}
	}
}
