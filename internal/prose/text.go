// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"cmp"
	"strings"
	"unicode"
)

// Text is what a reader can read, in reading order: blocks apart by an empty line, footnotes at the
// end, titles of embeds and boxes, captions and credits included. Search and the finding of
// quotations work on it.
func (d *Doc) Text() string {
	var t texter
	t.blocks(d.content())
	for i := 0; i < len(t.notes); i++ {
		t.line(t.notes[i].Content)
	}
	return t.b.String()
}

// Plain is the text of one node and all below it, as [Doc.Text] has it.
func (n *Node) Plain() string {
	var t texter
	switch {
	case n.Type == "text":
		return n.Text
	case n.IsBlock():
		t.block(n)
	case n.Type == "footnote":
		t.line(n.Content)
	default:
		t.blocks(n.Content)
	}
	for i := 0; i < len(t.notes); i++ {
		t.line(t.notes[i].Content)
	}
	return t.b.String()
}

type texter struct {
	b     strings.Builder
	notes []*Node
	// uncounted leaves out what is heard or opened rather than read here.
	uncounted bool
}

func (t *texter) para(s string) {
	if s == "" {
		return
	}
	if t.b.Len() > 0 {
		t.b.WriteString("\n\n")
	}
	t.b.WriteString(s)
}

func (t *texter) blocks(list []Node) {
	for i := range list {
		t.block(&list[i])
	}
}

func (t *texter) block(n *Node) {
	switch n.Type {
	case "embed":
		t.para(embedTitle(n))
	case "relatedStory":
		t.para(cmp.Or(n.Attr("title"), n.Attr("href")))
	case "counterpoint":
		t.counterpoint(n)
	case "rawHTML":
		t.para(visibleText(n.Attr("html")))
	case "box":
		t.para(n.Attr("title"))
		t.blocks(n.Content)
	case "gallery":
		t.blocks(n.Content)
		t.para(n.Attr("caption"))
	case "pullQuote":
		t.line(n.Content)
		t.para(n.Attr("attribution"))
	case "image":
		t.line(n.Content)
		t.para(n.Attr("credit"))
	case "media":
		if t.uncounted {
			return
		}
		t.para(n.Attr("title"))
		t.line(n.Content)
		t.para(n.Attr("credit"))
	default:
		if n.isTextBlock() {
			t.line(n.Content)
		} else {
			t.blocks(n.Content)
		}
	}
}

// line writes running text as one paragraph and keeps its footnotes for the end.
func (t *texter) line(list []Node) {
	started := false
	for i := range list {
		n := &list[i]
		if n.Type == "footnote" {
			t.notes = append(t.notes, n)
			continue
		}
		s := n.Text
		if n.Type == "hardBreak" {
			s = "\n"
		}
		if !started {
			t.para(s)
		} else {
			t.b.WriteString(s)
		}
		started = started || s != ""
	}
}

// embedTitle is what stands for an embedded thing: its title, or at least where it is.
func embedTitle(n *Node) string {
	return cmp.Or(n.Attr("title"), n.Attr("url"))
}

// TextBlock is a block of running text, for those who anchor something in it.
type TextBlock struct {
	ID, Type string
	Text     string // without footnotes; a hard break is "\n"
}

// TextBlocks lists the blocks of running text in reading order.
func (d *Doc) TextBlocks() []TextBlock {
	var out []TextBlock
	for n := range d.Blocks() {
		if !n.isTextBlock() {
			continue
		}
		var t texter
		t.line(n.Content)
		if t.b.Len() > 0 {
			out = append(out, TextBlock{ID: n.ID(), Type: n.Type, Text: t.b.String()})
		}
	}
	return out
}

// Words counts the words of the text; a Chinese or Japanese character counts as one, as editors of
// those languages count.
func (d *Doc) Words() int {
	words, _ := count(d.counted())
	return words
}

// counted is the text that makes the story's length: what stands beside a recording, film or
// document is found by a search, but makes the story no longer.
func (d *Doc) counted() string {
	t := texter{uncounted: true}
	t.blocks(d.content())
	for i := 0; i < len(t.notes); i++ {
		t.line(t.notes[i].Content)
	}
	return t.b.String()
}

// count returns the words, and how many of them are single ideographs or kana.
func count(s string) (words, signs int) {
	in := false
	for _, r := range s {
		switch {
		case r >= 0x3040 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			words, signs, in = words+1, signs+1, false
		case unicode.IsSpace(r):
			in = false
		case !in && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			words, in = words+1, true
		}
	}
	return words, signs
}

// wordsPerMinute holds reading speeds measured with the same texts in each language:
// Trauzettel-Klosinski and Dietz, "Standardized assessment of reading performance: the new
// International Reading Speed Texts IReST", IOVS 53 (2012); read aloud, so on the careful side.
// English is from the larger meta-analysis of Brysbaert, "How many words do we read per minute?",
// Journal of Memory and Language 109 (2019): 238 for silent reading of non-fiction. A language
// that is not listed gets English's figure.
var wordsPerMinute = map[string]int{
	"ar": 138, "de": 179, "en": 238, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188,
	"nl": 202, "pl": 166, "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166,
}

// signsPerMinute is for Chinese (255) and Japanese (357), from the same study.
var signsPerMinute = map[string]int{"zh": 255, "ja": 357}

// ReadingTime is how many minutes a reader of the language needs, at least one.
func (d *Doc) ReadingTime(lang string) int {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	words, signs := count(d.counted())
	wpm, spm := wordsPerMinute[lang], signsPerMinute[lang]
	if wpm == 0 {
		wpm = wordsPerMinute["en"]
	}
	if spm == 0 {
		spm = signsPerMinute["zh"]
	}
	seconds := (words-signs)*60/wpm + signs*60/spm
	return max(1, (seconds+30)/60)
}

// Head is the beginning of the document for a teaser: up to n blocks of running text, whatever
// quotation or list they stand in, without pictures, embeds, tables and footnotes (whose
// apparatus would stand at the end of a text that is not there). It never ends on a heading.
func (d *Doc) Head(n int) *Doc {
	root := Node{Type: "doc"}
	for _, c := range d.content() {
		if n <= 0 {
			break
		}
		switch c.Type {
		case "paragraph", "heading", "blockquote", "bulletList", "orderedList":
			if c, ok := head(c, &n); ok {
				root.Content = append(root.Content, c)
			}
		}
	}
	for last := len(root.Content) - 1; last >= 0 && root.Content[last].Type == "heading"; last-- {
		root.Content = root.Content[:last]
	}
	return &Doc{Root: root}
}

// openingParagraphs are more than any description of a story needs.
const openingParagraphs = 4

// Opening is how the running text begins, for who says in a sentence what a story is: the words of
// its first paragraphs, and nothing of what stands beside them, such as captions, pull quotes and
// headings.
func (d *Doc) Opening() string {
	var out []string
	for _, b := range d.Head(openingParagraphs).TextBlocks() {
		if b.Type == "paragraph" {
			out = append(out, b.Text)
		}
	}
	return strings.Join(out, "\n\n")
}

// head copies a node without footnotes and with at most *left text blocks.
func head(n Node, left *int) (Node, bool) {
	content := n.Content
	n.Content = nil
	if n.isTextBlock() {
		for _, c := range content {
			if c.Type != "footnote" {
				n.Content = append(n.Content, c)
			}
		}
		n.Content = joinTexts(n.Content)
		if len(n.Content) > 0 && n.Type != "heading" {
			*left--
		}
		return n, len(n.Content) > 0 && n.Type != "image" && n.Type != "media"
	}
	for _, c := range content {
		if *left <= 0 {
			break
		}
		if c, ok := head(c, left); ok {
			n.Content = append(n.Content, c)
		}
	}
	k := schema[n.Type]
	return n, len(n.Content) > 0 && (k.first == "" || n.Content[0].Type == k.first)
}
