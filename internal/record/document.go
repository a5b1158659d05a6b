// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Document is a text to be read: its blocks, in reading order, and what is known
// of it. Make one with [Plain] or [Join].
type Document struct {
	Title     string
	Authors   []string  // who writes "I" outside quotation marks
	Published time.Time // in the magazine's time zone; dates such as "Tuesday" count from it
	Text      string    // the plain text; spans of quotations are offsets in it
	Blocks    []Block
}

// BlockKind says what a block is for the reader.
type BlockKind string

// The kinds of block. In headings, tables, captions and code nothing is looked
// for; a pull quote repeats what the text says and is left out as well.
const (
	Paragraph  BlockKind = "paragraph"
	Heading    BlockKind = "heading"
	BlockQuote BlockKind = "blockquote"
	PullQuote  BlockKind = "pullquote"
	ListItem   BlockKind = "listitem"
	Table      BlockKind = "table"
	Caption    BlockKind = "caption"
	Code       BlockKind = "code"
)

// Block is a piece of running text with an id that stays while it is edited.
type Block struct {
	ID    string
	Kind  BlockKind
	Text  string
	Start int // where the text begins in the document's plain text
	Links []Link
}

// Link is an address on a stretch of a block's text.
type Link struct {
	Start, End int // in the block
	URL        string
}

// Plain makes a document of a plain text, taken as it is: spans are offsets in
// it. An empty line ends a paragraph; so does a line's end, unless the lines are
// those of a text broken at a fixed width.
func Plain(text string) Document {
	d := Document{Text: text}
	runes := []rune(text)
	add := func(a, b int) {
		for a < b && unicode.IsSpace(runes[a]) {
			a++
		}
		for b > a && unicode.IsSpace(runes[b-1]) {
			b--
		}
		if a < b {
			d.Blocks = append(d.Blocks, plainBlock(string(runes[a:b]), a))
		}
	}
	for a := 0; a < len(runes); {
		b, next := chunk(runes, a)
		if wrapped(runes[a:b]) {
			add(a, b)
		} else {
			for s := a; s < b; {
				e := s
				for e < b && runes[e] != '\n' {
					e++
				}
				add(s, e)
				s = e + 1
			}
		}
		a = next
	}
	return d
}

// plainBlock knows a quotation of Markdown and mail by its ">".
func plainBlock(text string, start int) Block {
	b := Block{Kind: Paragraph, Text: text, Start: start}
	if rest, ok := strings.CutPrefix(text, "> "); ok {
		b.Kind, b.Text, b.Start = BlockQuote, rest, start+2
	}
	return b
}

// chunk returns the end of what stands before the next empty line, and where
// what follows it begins.
func chunk(runes []rune, a int) (end, next int) {
	for i := a; i < len(runes); i++ {
		if runes[i] != '\n' {
			continue
		}
		j := i + 1
		for j < len(runes) && (runes[j] == ' ' || runes[j] == '\t' || runes[j] == '\r') {
			j++
		}
		if j < len(runes) && runes[j] == '\n' {
			return i, j + 1
		}
	}
	return len(runes), len(runes)
}

// wrapped reports whether lines were broken at a width: several of them, none
// very long, most of those before the last nearly as long as the longest.
func wrapped(chunk []rune) bool {
	lines := strings.Split(string(chunk), "\n")
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	if len(lines) < 2 || longest > 100 || longest < 40 {
		return false
	}
	full := 0
	for _, l := range lines[:len(lines)-1] {
		if utf8.RuneCountInString(l) > longest*3/4 {
			full++
		}
	}
	return full*10 >= (len(lines)-1)*7
}

// Join makes a document of blocks, with an empty line between them.
func Join(blocks []Block) Document {
	d := Document{Blocks: make([]Block, 0, len(blocks))}
	var b strings.Builder
	at := 0
	for i, bl := range blocks {
		if i > 0 {
			b.WriteString("\n\n")
			at += 2
		}
		bl.Start = at
		b.WriteString(bl.Text)
		at += utf8.RuneCountInString(bl.Text)
		d.Blocks = append(d.Blocks, bl)
	}
	d.Text = b.String()
	return d
}
