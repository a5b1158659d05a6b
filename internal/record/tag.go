// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tag is a part of speech: those of the Penn Treebank, with the finer ones of
// nouns, adjectives and adverbs folded together.
type tag uint8

// The tags. The order is that of the table's columns; append only.
const (
	tNone tag = iota
	tNN
	tNNP
	tVB
	tVBD
	tVBG
	tVBN
	tVBP
	tVBZ
	tMD
	tJJ
	tRB
	tIN
	tTO
	tDT
	tPRP
	tPRPS
	tCC
	tCD
	tPOS
	tEX
	tRP
	tWH
	tUH
	tFW
	tPunct
	nTags
)

// tagNames gives for each tag of the Penn Treebank ours.
var tagNames = map[string]tag{
	"NN": tNN, "NNS": tNN, "NNP": tNNP, "NNPS": tNNP, "VB": tVB, "VBD": tVBD, "VBG": tVBG, "VBN": tVBN,
	"VBP": tVBP, "VBZ": tVBZ, "MD": tMD, "JJ": tJJ, "JJR": tJJ, "JJS": tJJ, "RB": tRB, "RBR": tRB, "RBS": tRB,
	"IN": tIN, "TO": tTO, "DT": tDT, "PDT": tDT, "PRP": tPRP, "PRP$": tPRPS, "CC": tCC, "CD": tCD, "POS": tPOS,
	"EX": tEX, "RP": tRP, "WDT": tWH, "WP": tWH, "WP$": tWH, "WRB": tWH, "UH": tUH, "FW": tFW, "LS": tCD,
	"NFP": tPunct, "GW": tNN, "ADD": tNNP, "XX": tFW, "SYM": tPunct, "AFX": tJJ,
}

func (t tag) isNoun() bool { return t == tNN || t == tNNP }
func (t tag) isVerb() bool { return t >= tVB && t <= tMD }

// closed are the classes to which no name belongs.
func (t tag) closed() bool {
	switch t {
	case tDT, tIN, tCC, tPRP, tPRPS, tTO, tWH, tMD, tEX, tPOS, tPunct, tCD:
		return true
	}
	return false
}
func (t tag) isFinite() bool { return t == tVBD || t == tVBP || t == tVBZ || t == tMD }

// tagger is an averaged perceptron over hashed features: Collins, "Discriminative
// training methods for hidden Markov models" (2002), greedily decoded. Two
// features that share a row share its weights; with 2^16 rows that costs less
// than the words it saves.
type tagger struct {
	weights []int8 // rows of nTags
	rows    uint32
}

const tagRows = 1 << 16

// loadTagger reads a table as [tagger.write] leaves it.
func loadTagger(b []byte) (*tagger, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("read the tagger's table: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(z, tagRows*int64(nTags)*2))
	if err != nil {
		return nil, fmt.Errorf("read the tagger's table: %w", err)
	}
	if len(raw) != 4+tagRows*int(nTags) || binary.LittleEndian.Uint32(raw) != uint32(nTags) {
		return nil, fmt.Errorf("the tagger's table has %d bytes and not %d; train it anew", len(raw), 4+tagRows*int(nTags))
	}
	t := &tagger{weights: make([]int8, len(raw)-4), rows: tagRows}
	for i, c := range raw[4:] {
		t.weights[i] = int8(c)
	}
	return t, nil
}

// tag fills in the tags of the tokens, from the left.
func (t *tagger) tag(tokens []token) {
	var rows [maxFeatures]uint32
	p1, p2 := tNone, tNone
	for i := range tokens {
		if isSign(tokens[i].text) {
			tokens[i].tag = tPunct
		} else {
			n := features(tokens, i, p1, p2, &rows)
			tokens[i].tag = t.best(rows[:n], tokens[i].open)
		}
		p2, p1 = p1, tokens[i].tag
		if s := tokens[i].text; s == "." || s == "?" || s == "!" {
			p1, p2 = tNone, tNone
		}
	}
}

func (t *tagger) best(rows []uint32, open bool) tag {
	var score [nTags]int32
	for _, r := range rows {
		w := t.weights[r*uint32(nTags) : (r+1)*uint32(nTags)]
		for i, v := range w {
			score[i] += int32(v)
		}
	}
	return highest(&score, open)
}

// highest is the tag with the highest score; a word that is on no list of the
// closed classes can be in none of them.
func highest(score *[nTags]int32, open bool) tag {
	best := tNN
	for i := tNN; i < tPunct; i++ {
		if score[i] > score[best] && !(open && i.closed() && i != tCD) {
			best = i
		}
	}
	return best
}

func isSign(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

const maxFeatures = 24

// features writes the rows of the token's features and returns how many.
func features(ts []token, i int, p1, p2 tag, rows *[maxFeatures]uint32) int {
	n := 0
	add := func(kind uint32, parts ...string) {
		h := uint32(2166136261) ^ kind*0x9E3779B1
		for _, p := range parts {
			for j := 0; j < len(p); j++ {
				h = (h ^ uint32(p[j])) * 16777619
			}
			h = (h ^ 0xFF) * 16777619
		}
		h ^= h >> 15
		h *= 0x2C1B3C6D
		h ^= h >> 12
		rows[n] = h % tagRows
		n++
	}
	at := func(k int) string {
		if k < 0 || k >= len(ts) {
			return "\x00"
		}
		return ts[k].low
	}
	w, t1, t2 := ts[i].low, string(rune('A'+p1)), string(rune('A'+p2))
	first := "m"
	if i == 0 || p1 == tNone {
		first = "f"
	}
	sh := shape(ts[i].text)
	add(1, w)
	add(2, suffix(w, 3))
	add(3, suffix(w, 2), sh)
	add(4, prefix(w, 1), sh)
	add(5, sh, first)
	add(6, t1)
	add(7, t1, t2)
	add(8, t1, w)
	add(9, at(i-1))
	add(10, at(i+1))
	add(11, suffix(at(i+1), 3), t1)
	add(12, suffix(at(i-1), 3))
	add(13, at(i-2))
	add(14, at(i+2))
	add(15, t1, suffix(w, 3))
	add(16, sh, next(ts, i))
	add(17, w, suffix(at(i+1), 2))
	add(18, string(rune(ts[i].class)), t1)
	add(20, suffix(w, 4), first)
	add(19, string(rune(ts[i].class)), suffix(w, 2), string(rune(classAt(ts, i+1))))
	return n
}

func classAt(ts []token, i int) byte {
	if i >= len(ts) {
		return 1
	}
	return ts[i].class
}

// classify notes on which word list each token is. What the lists know, the
// tagger need not have seen in its corpus.
func (l *language) classify(ts []token) {
	for i := range ts {
		w := ts[i].low
		ts[i].open = !l.in("closed class words", w)
		c := l.cues[w]
		switch {
		case l.in("roles", w):
			ts[i].class = 'r'
		case l.in("groups", w):
			ts[i].class = 'g'
		case c != nil && c.is('n'):
			ts[i].class = 'n'
		case c != nil:
			ts[i].class = 'c'
		case l.in("venue nouns", w):
			ts[i].class = 'v'
		case l.in("organisations", w), l.in("papers", w):
			ts[i].class = 'o'
		case l.names[w] != 0:
			ts[i].class = 'h'
		case l.in("adverbs of saying", w):
			ts[i].class = 'a'
		case l.in("irregular pasts", w):
			ts[i].class = 'p'
		case l.in("places", w):
			ts[i].class = 'l'
		default:
			ts[i].class = '-'
		}
	}
}

func next(ts []token, i int) string {
	if i+1 >= len(ts) {
		return "\x00"
	}
	return shape(ts[i+1].text)
}

func shape(s string) string {
	upper, lower, digit, other := 0, 0, 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLetter(r):
			lower++
		case unicode.IsDigit(r):
			digit++
		default:
			other++
		}
	}
	switch {
	case digit > 0 && upper+lower == 0:
		return "d"
	case digit > 0:
		return "x"
	case upper == 0 && lower > 0:
		return "l"
	case upper == 1 && lower > 0:
		return "U"
	case upper > 0 && lower == 0 && other > 0:
		return "A."
	case upper > 0 && lower == 0:
		return "A"
	case upper > 0:
		return "M"
	}
	return "p"
}

func suffix(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

func prefix(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return strings.Clone(s[:i])
}
