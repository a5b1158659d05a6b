// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"stet"
)

// Skim is the document of a version read as far as it takes to say how much it
// differs from another: its body is cut into blocks and not parsed. A list of
// fifty versions is read so in the time that it takes to parse five.
type Skim struct {
	Content stet.Content // without its body
	body    []byte
	blocks  [][]byte
}

// SkimVersion reads a version.
func SkimVersion(v *stet.Version) (*Skim, error) {
	s := &Skim{}
	start, end, ok := bodyWithin(v.Document)
	rest := v.Document
	if ok {
		s.body = v.Document[start:end]
		rest = slices.Concat(v.Document[:start], []byte("null"), v.Document[end:])
	}
	var d stet.VersionDocument
	if err := json.Unmarshal(rest, &d); err != nil {
		return nil, fmt.Errorf("skim version %d of article %d: %w", v.Number, v.ArticleID, err)
	}
	if s.Content = d.Content; !ok {
		s.body = d.Content.Body // written by a hand that we do not know
	}
	s.Content.Body, s.blocks = nil, blocksWithin(documentOf(s.body))
	return s, nil
}

// Words are all words of the body.
func (s *Skim) Words() (int, error) {
	from, err := piecesOf(s.body)
	n := 0
	for _, p := range from {
		n += wordsIn(p.Text)
	}
	return n, err
}

// Since counts the words of headline, dek, captions and body that the earlier one
// alone has, and that this one alone has.
func (s *Skim) Since(was *Skim) (gone, came int, err error) {
	return countBetween(compareFields(&was.Content, &s.Content), was.blocks, s.blocks)
}

// CountChanges is Since for two contents.
func CountChanges(a, b *stet.Content) (gone, came int, err error) {
	return countBetween(compareFields(a, b), blocksWithin(documentOf(a.Body)), blocksWithin(documentOf(b.Body)))
}

// countBetween parses no more of the bodies than what differs: of two versions
// that is a paragraph, as a rule.
func countBetween(fields []Change, x, y [][]byte) (gone, came int, err error) {
	for len(x) > 0 && len(y) > 0 && bytes.Equal(x[0], y[0]) {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && bytes.Equal(x[len(x)-1], y[len(y)-1]) {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	from, err := piecesOf(bodyOf(x))
	if err != nil {
		return 0, 0, err
	}
	to, err := piecesOf(bodyOf(y))
	if err != nil {
		return 0, 0, err
	}
	count := func(was, is string) {
		g, c := wordsBetween(was, is)
		gone, came = gone+g, came+c
	}
	for _, c := range fields {
		if c.Where == "headline" || c.Where == "dek" || c.Where == "caption" {
			count(textIn(c, Removed), textIn(c, Added))
		}
	}
	pair := pairPieces(from, to)
	for i, p := range from {
		if at := pair[i]; at >= 0 {
			count(p.Text, to[at].Text)
			to[at].Text = ""
		} else {
			count(p.Text, "")
		}
	}
	for _, p := range to {
		count("", p.Text)
	}
	return gone, came, nil
}

// textIn is one of the two texts of a change.
func textIn(c Change, is string) (text string) {
	for _, s := range c.Words {
		if s.Is == Same || s.Is == is {
			text += s.Text
		}
	}
	return text
}

// mostCells bounds the table by which the words of two texts are matched. Beyond
// it, some 2,000 words against as many, they are compared as for the eye.
const mostCells = 4 << 20

// wordsBetween counts the words of two texts that are not in the longest row of
// words that both have. To show what differs takes fifty times as long.
func wordsBetween(a, b string) (gone, came int) {
	if a == b {
		return 0, 0
	}
	index := map[string]int32{}
	words := func(text string) (out []int32) {
		for _, w := range splitWords(text) {
			if wordsIn(w) == 0 {
				continue
			}
			if _, ok := index[w]; !ok {
				index[w] = int32(len(index))
			}
			out = append(out, index[w])
		}
		return out
	}
	x, y := words(a), words(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	if len(x)*len(y) > mostCells {
		return countWords([]Change{{Words: compareWords(a, b)}})
	}
	row := make([]int32, len(y)+1)
	for _, w := range x {
		var corner int32
		for j, v := range y {
			above := row[j+1]
			if w == v {
				row[j+1] = corner + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			corner = above
		}
	}
	same := int(row[len(y)])
	return len(x) - same, len(y) - same
}

func bodyOf(blocks [][]byte) []byte {
	return slices.Concat([]byte(`{"type":"doc","content":[`), bytes.Join(blocks, []byte(",")), []byte("]}"))
}

// bodyWithin finds the body in the document of a version. What is looked for
// cannot stand in a text before it: quotation marks in texts have a backslash.
func bodyWithin(document []byte) (start, end int, ok bool) {
	const content = `"content":{`
	at := bytes.Index(document, []byte(content))
	if at < 0 {
		return 0, 0, false
	}
	return member(document, at+len(content)-1, "body")
}

// blocksWithin cuts a body into its blocks. Of one that cannot be cut it makes
// a single block, of which prose.Parse says what is wrong.
func blocksWithin(body []byte) (out [][]byte) {
	start, end, ok := member(body, 0, "content")
	if !ok {
		return nil // an empty document
	}
	for at := start + 1; at < end-1; {
		next := valueEnd(body, at)
		if next <= at || next > end-1 {
			return [][]byte{body[start+1 : end-1]}
		}
		out = append(out, body[at:next])
		at = next + 1 // the comma
	}
	return out
}

// member finds the value of a name in the object that begins at a place of
// compact JSON.
func member(b []byte, at int, name string) (start, end int, ok bool) {
	if at >= len(b) || b[at] != '{' {
		return 0, 0, false
	}
	for at++; at < len(b) && b[at] == '"'; {
		colon := valueEnd(b, at)
		if colon >= len(b) || b[colon] != ':' {
			return 0, 0, false
		}
		end := valueEnd(b, colon+1)
		if end <= colon+1 || end >= len(b) {
			return 0, 0, false
		}
		if string(b[at+1:colon-1]) == name {
			return colon + 1, end, true
		}
		if b[end] != ',' {
			return 0, 0, false
		}
		at = end + 1
	}
	return 0, 0, false
}

// valueEnd is the place behind the value that begins at a place of compact JSON.
func valueEnd(b []byte, at int) int {
	depth := 0
	for ; at < len(b); at++ {
		switch b[at] {
		case '"':
			for at++; at < len(b) && b[at] != '"'; at++ {
				if b[at] == '\\' {
					at++
				}
			}
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
			if depth < 0 {
				return at // behind a number or a word
			}
		case ',', ':':
			if depth == 0 {
				return at
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return min(at+1, len(b))
		}
	}
	return at
}
