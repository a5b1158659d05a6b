// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"stet"
	"stet/internal/prose"
	"stet/internal/record"
)

// Readable makes of a body what package record reads: its blocks of running text
// with their ids and links. Offsets are those of the body's plain text.
// Footnotes are not looked through.
func Readable(body *prose.Doc) record.Document {
	var blocks []record.Block
	collect(body.Root.Content, record.Paragraph, &blocks)
	text := body.Text()
	at, runes := 0, 0
	for i := range blocks {
		b := &blocks[i]
		k := paragraphIn(text[at:], b.Text)
		if k < 0 {
			return record.Join(blocks) // the plain text has it otherwise: our own, then
		}
		runes += utf8.RuneCountInString(text[at : at+k])
		b.Start = runes
		runes += utf8.RuneCountInString(b.Text)
		at += k + len(b.Text)
	}
	return record.Document{Text: text, Blocks: blocks}
}

// paragraphIn finds a paragraph in a text in which empty lines stand between
// paragraphs.
func paragraphIn(text, paragraph string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], paragraph)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(paragraph)
		if (i == 0 || strings.HasSuffix(text[:i], "\n\n")) && (end == len(text) || strings.HasPrefix(text[end:], "\n\n")) {
			return i
		}
		from = i + 1
	}
}

// kinds says what the text within a node is to the reader.
var kinds = map[string]record.BlockKind{
	"heading": record.Heading, "blockquote": record.BlockQuote, "pullQuote": record.PullQuote,
	"listItem": record.ListItem, "table": record.Table, "image": record.Caption, "codeBlock": record.Code,
}

func collect(nodes []prose.Node, kind record.BlockKind, out *[]record.Block) {
	for i := range nodes {
		n := &nodes[i]
		k := kind
		if own, ok := kinds[n.Type]; ok && (kind == record.Paragraph || kind == record.ListItem) {
			k = own
		}
		if !holdsText(n) {
			collect(n.Content, k, out)
			continue
		}
		b := record.Block{ID: n.ID(), Kind: k}
		var s strings.Builder
		at := 0
		for j := range n.Content {
			c := &n.Content[j]
			text := c.Text
			switch c.Type {
			case "footnote":
				continue
			case "hardBreak":
				text = "\n"
			}
			length := utf8.RuneCountInString(text)
			for _, m := range c.Marks {
				if m.Type == "link" {
					b.Links = append(b.Links, record.Link{Start: at, End: at + length, URL: m.Attr("href")})
				}
			}
			s.WriteString(text)
			at += length
		}
		if b.Text = s.String(); b.Text != "" {
			*out = append(*out, b)
		}
	}
}

// holdsText reports whether a node's children are running text.
func holdsText(n *prose.Node) bool {
	for i := range n.Content {
		switch n.Content[i].Type {
		case "text", "hardBreak", "footnote":
			return true
		}
	}
	return false
}

// Stood is a quotation where it stands in a body.
type Stood struct {
	Quotation stet.Quotation
	Spans     []prose.Span // its pieces, in bytes of the text of their blocks
}

// Standing says where the quotations stand in a body, in the order of the text.
// Those whose words are not there are left out.
func Standing(body *prose.Doc, quotations []stet.Quotation) []Stood {
	if len(quotations) == 0 {
		return nil
	}
	doc := Readable(body)
	texts, order := make(map[string]string, len(doc.Blocks)), make(map[string]int, len(doc.Blocks))
	for i, b := range doc.Blocks {
		texts[b.ID], order[b.ID] = b.Text, i
	}
	var out []Stood
	for _, q := range quotations {
		at := anchorOf(q.Anchor).In(doc)
		if !stillStands(at) {
			continue
		}
		v := Stood{Quotation: q}
		for _, p := range at.Places {
			if p.Block != "" {
				text := texts[p.Block]
				v.Spans = append(v.Spans, prose.Span{Block: p.Block, Start: bytesOf(text, p.Start), End: bytesOf(text, p.End)})
			}
		}
		if len(v.Spans) > 0 {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b Stood) int {
		x, y := a.Spans[0], b.Spans[0]
		return cmp.Or(cmp.Compare(order[x.Block], order[y.Block]), cmp.Compare(x.Start, y.Start))
	})
	return out
}

// bytesOf is where the code point n of a text begins.
func bytesOf(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}
