// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"strings"
	"unicode/utf8"

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
