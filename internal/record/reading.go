// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"strings"
	"unicode"
)

// reading is the work on one document.
type reading struct {
	*language
	doc    *Document
	opts   Options
	runes  []rune
	tokens []token
	quotes []quoted
	paras  []para
	cast   *cast
	found  []*attribution
	byPara [][]*attribution     // found, by the paragraph in which it begins
	holds  map[int]*attribution // the attribution that has a quoted stretch
	proper set                  // words that are names in the middle of sentences
	steps  int                  // work done, for the test that it grows with the length alone
}

// para is a paragraph: a block in which quotations are looked for.
type para struct {
	block     int
	from, to  int   // tokens
	quotes    []int // outermost quoted stretches, in order
	sentences []sentence
}

// quoted is a stretch between quotation marks.
type quoted struct {
	from, to  int // tokens, the marks included
	inner     int // first token after the opening mark
	innerEnd  int // token after the last one within
	closed    bool
	continues bool // the next paragraph goes on with it
	continued bool // it goes on with the paragraph before
	single    bool
	taken     bool
	para      int
	nested    bool
	title     bool // the title of a work, or words that are only mentioned
}

// read cuts the document into paragraphs, tokens, quoted stretches and sentences.
func (r *reading) read() {
	r.runes = []rune(r.doc.Text)
	for i, b := range r.doc.Blocks {
		end := min(b.Start+len([]rune(b.Text)), len(r.runes))
		if b.Start < 0 || b.Start >= end || !readable(b.Kind) {
			continue
		}
		from := len(r.tokens)
		r.tokens = append(r.tokens, tokenise(r.runes, b.Start, end, r.abbr)...)
		r.classify(r.tokens[from:])
		r.tag.tag(r.tokens[from:])
		r.paras = append(r.paras, para{block: i, from: from, to: len(r.tokens)})
		r.steps += len(r.tokens) - from
	}
	r.proper = r.properWords()
	open := false
	for i := range r.paras {
		r.mend(&r.paras[i])
		open = r.pair(i, open)
	}
	r.sift()
	for i := range r.paras {
		r.cut(i)
	}
}

func readable(k BlockKind) bool {
	switch k {
	case Heading, PullQuote, Table, Caption, Code:
		return false
	}
	return true
}

// mend corrects the tagger where the word lists know better.
func (r *reading) mend(p *para) {
	for i := p.from; i < p.to; i++ {
		if t := &r.tokens[i]; (t.low == "said" || t.low == "says" || t.low == "told") && t.tag != tVBN && t.tag != tVBD && t.tag != tVBZ {
			t.tag = tVBD
		}
	}
	for i := p.from; i < p.to; i++ {
		t := &r.tokens[i]
		r.mendVerb(p, i)
		switch {
		case (t.text == "'" || t.text == "’") && r.possessiveAt(p, i):
			t.tag = tPOS
		case t.tag.isVerb() && r.cues[t.low] != nil && r.cues[t.low].is('n') && t.low == r.cues[t.low].lemma && i > p.from && (r.tokens[i-1].tag == tPOS || r.tokens[i-1].tag == tPRPS || r.tokens[i-1].tag == tDT || r.tokens[i-1].tag == tNNP) && i+1 < p.to && (r.in("roles", r.tokens[i+1].low) || r.in("venue nouns", r.tokens[i+1].low)):
			t.tag = tNN // "Doe's press secretary"
		case r.in("irregular pasts", t.low) && (t.tag == tVBN || t.tag == tVB) && i > p.from && r.tokens[i-1].tag == tRB && i > p.from+1 && !r.in("auxiliaries", r.tokens[i-2].low) && r.tokens[i-2].tag != tTO:
			t.tag = tVBD
		case r.in("irregular pasts", t.low) && !t.tag.isVerb() && !t.isCap() && i > p.from && (r.tokens[i-1].tag.isNoun() || r.tokens[i-1].tag == tPRP || r.tokens[i-1].text == ")" || r.tokens[i-1].text == ","):
			t.tag = tVBD
		case t.tag.isVerb() && t.tag != tMD && r.in("groups", t.low) && r.cues[t.low] == nil && i+1 < p.to && r.cues[r.tokens[i+1].low] != nil:
			t.tag = tNN // "aides acknowledged"
		case t.tag == tVBZ && r.cues[t.low] == nil && i+1 < p.to && r.cues[r.tokens[i+1].low] != nil && r.tokens[i+1].tag.isFinite():
			t.tag = tNN // two verbs in a row: "court filings show"
		case t.isCap() && t.tag != tNNP && r.proper[t.low] && r.startsSentence(p, i) && !t.tag.closed():
			t.tag = tNNP
		case t.isCap() && (t.tag == tJJ || t.tag == tRB || t.tag == tUH || t.tag == tVB || t.tag == tVBN || t.tag == tNN) && (t.class == '-' || t.class == 'h' || t.class == 'l') && i+1 < p.to && r.tokens[i+1].isCap() && r.tokens[i+1].tag == tNNP &&
			r.startsSentence(p, i) && !r.in("begins a sentence", t.low) && !r.in("time openers", t.low) && !r.in("not names", t.low) && t.low != "former":
			t.tag = tNNP
		case t.tag == tNNP && t.isCap() && r.in("begins a sentence", t.low) && !r.titleWord(i) && r.startsSentence(p, i):
			t.tag = tRB // "Even Mr. Doe"
		case (t.low == "'s" || t.low == "’s") && t.tag == tVBZ && i > p.from && r.tokens[i-1].isCap() && !r.tokens[i-1].tag.closed() && i+1 < p.to && (r.tokens[i+1].tag == tNN || r.tokens[i+1].tag == tJJ && i+2 < p.to && r.tokens[i+2].tag == tNN):
			t.tag = tPOS
		case (t.tag == tRB || t.tag == tJJ) && r.in("roles", t.low) && i > p.from && (r.tokens[i-1].tag == tDT || r.tokens[i-1].tag == tCD || r.tokens[i-1].tag == tPRPS) && (i+1 == p.to || r.tokens[i+1].tag == tPunct || r.tokens[i+1].tag.isVerb()):
			t.tag = tNN
		case (t.tag == tIN || t.tag == tRB) && r.in("roles", t.low) && i+1 < p.to && r.tokens[i+1].tag == tNNP:
			t.tag = tNN
		case (t.tag == tJJ || t.tag.isVerb() && !t.isCap()) && (r.in("roles", t.low) || r.in("groups", t.low) || t.class == 'o' && t.tag == tJJ) && r.cues[t.low] == nil &&
			(i+1 == p.to || t.tag != tJJ && r.tokens[i+1].tag == tNNP || t.tag == tJJ && !r.tokens[i+1].tag.isNoun() && r.tokens[i+1].tag != tJJ || r.tokens[i+1].tag == tNNP):
			t.tag = tNN
		case t.tag.isVerb() && t.isCap() && i > p.from && !r.startsSentence(p, i) && r.names[t.low] != 0:
			t.tag = tNNP
		case t.isCap() && (t.tag == tNN || t.tag.isVerb() && t.tag != tMD || t.tag == tRB || t.tag == tUH || t.tag == tJJ && i+1 < p.to && r.tokens[i+1].tag.isVerb()) && i > p.from && !r.startsSentence(p, i) && !(isMark(r.tokens[i-1].text) && opensBefore(r.before(i-1))):
			t.tag = tNNP
		}
	}
}

// possessiveAt recognises the apostrophe of "Sanders’ spokesman".
func (r *reading) possessiveAt(p *para, i int) bool {
	if i == p.from || i+1 >= p.to || r.tokens[i-1].end != r.tokens[i].start || r.after(i) != ' ' {
		return false
	}
	b, n := &r.tokens[i-1], &r.tokens[i+1]
	return strings.HasSuffix(b.low, "s") && b.tag.isNoun() && (n.tag.isNoun() || n.tag == tJJ) && !n.isCap()
}

// mendVerb corrects verbs of speech, which the tagger has not all seen.
func (r *reading) mendVerb(p *para, i int) {
	t := &r.tokens[i]
	prev, next := tNone, tNone
	if i > p.from {
		prev = r.tokens[i-1].tag
	}
	if i+1 < p.to {
		next = r.tokens[i+1].tag
	}
	c := r.cues[t.low]
	switch {
	case (prev == tDT || prev == tPRPS) && (t.tag == tRB && c == nil && t.class == 'v' || t.tag == tVB || t.tag == tVBP) && !(next == tJJ || next.isNoun() || next == tVBG || next == tVBN || next == tRB || next == tCD):
		t.tag = tNN
	case c == nil && (t.tag.isVerb() || t.tag == tRB) && !t.isCap() && i+2 < p.to && r.in("roles", r.tokens[i+1].low) && r.tokens[i+2].tag == tNNP && (prev == tPunct || prev.isVerb()):
		t.tag = tJJ // "said lead author Jane Doe"
	case c == nil || t.isCap() && !r.startsSentence(p, i):
	case c.lemma == "put" && i+1 < p.to && r.tokens[i+1].low == "it" && t.tag == tVB && prev != tTO && prev != tMD:
		t.tag = tVBD
	case c.is('n') && t.tag == tNN && strings.HasSuffix(t.low, "s") && (subjectPronoun(r.tokens[max(i-1, p.from)].low) || (prev == tNNP || r.tokens[max(i-1, p.from)].text == ")") && r.opensContent(p, i+1) || prev == tNN && i+1 < p.to && r.tokens[i+1].low == "that"):
		t.tag = tVBZ
	case c.is('n') && t.tag == tNN && t.low == c.lemma && prev == tNN && strings.HasSuffix(r.tokens[i-1].low, "s") && r.opensContent(p, i+1):
		t.tag = tVBP
	case c.is('n') && strings.HasSuffix(t.low, "ing") && (t.tag == tNN || t.tag == tJJ) && (prev == tCC || prev == tPunct && r.tokens[i-1].text == ",") && (next == tTO || next == tPunct && i+1 < p.to && r.tokens[i+1].text != "." || i+1 < p.to && r.tokens[i+1].low == "that"):
		t.tag = tVBG
	case (!c.is('n') || strings.HasSuffix(t.low, "ed")) && (t.tag == tNN || t.tag == tJJ || t.tag == tRB) && prev != tDT && prev != tPRPS && prev != tJJ && prev != tPOS && prev != tIN:
		switch {
		case strings.HasSuffix(t.low, "ing"):
			t.tag = tVBG
		case t.low == c.lemma:
			t.tag = tVBP
		case strings.HasSuffix(t.low, "s"):
			t.tag = tVBZ
		default:
			t.tag = tVBD
		}
	case t.tag == tVBN && t.low != c.lemma && (prev.isNoun() || prev == tPRP || r.tokens[max(i-1, 0)].text == ")" || r.tokens[max(i-1, 0)].text == ",") && next != tIN && (i+1 >= p.to || r.tokens[i+1].low != "by"):
		t.tag = tVBD
	}
	if i > p.from && c != nil && c.is('s') && t.tag == tVBN && t.low != c.lemma && r.tokens[i-1].isCap() && !prev.closed() && !prev.isNoun() && prev != tVBG && r.startsSentence(p, i-1) &&
		r.cues[r.tokens[i-1].low] == nil && !r.in("adverbs of saying", r.tokens[i-1].low) && (i+1 >= p.to || next == tPunct || r.opensContent(p, i+1)) {
		t.tag = tVBD // “...?” Doe asked.
	}
	// A capital at the beginning of a sentence, a verb of speech after it: a name.
	if c != nil && (c.is('s') || c.is('t') || c.is('o') && !c.is('n')) && (t.tag == tVBD || t.tag == tVBZ) && i > p.from {
		b := &r.tokens[i-1]
		lone := b.tag != tNN || !strings.HasSuffix(b.low, "s") && b.class == '-'
		if b.isCap() && !b.tag.closed() && b.tag != tNNP && lone && r.startsSentence(p, i-1) && !r.in("adverbs of saying", b.low) && r.cues[b.low] == nil {
			b.tag = tNNP
			r.proper[b.low] = true
		}
	}
}

func subjectPronoun(w string) bool {
	switch w {
	case "he", "she", "it", "they", "who", "i", "we":
		return true
	}
	return false
}

// opensContent reports whether what somebody says can begin at token i.
func (r *reading) opensContent(p *para, i int) bool {
	return i < p.to && (r.in("content openers", r.tokens[i].low) || isMark(r.tokens[i].text) || r.tokens[i].text == ":")
}

// properWords are the words that stand as names within sentences, by which one
// at the beginning of a sentence is known.
func (r *reading) properWords() set {
	s := set{}
	for i := range r.paras {
		p := &r.paras[i]
		for k := p.from; k < p.to; k++ {
			if t := &r.tokens[k]; (t.tag == tNNP || t.tag == tRB || t.tag == tVB || t.tag == tVBD || t.tag == tUH) && t.isCap() && !r.startsSentence(p, k) {
				s[t.low] = true
			}
		}
	}
	return s
}

func (r *reading) startsSentence(p *para, i int) bool {
	for i--; i >= p.from; i-- {
		s := r.tokens[i].text
		if isMark(s) || s == "(" || s == "[" {
			continue
		}
		return strings.ContainsAny(s, ".?!:…—–") && !r.tokens[i].abbr
	}
	return true
}

// isMark recognises quotation marks of every kind.
func isMark(s string) bool {
	switch s {
	case `"`, "“", "”", "„", "‟", "«", "»", "'", "‘", "’", "‚", "‹", "›", "`", "＂", "``", "''":
		return true
	}
	return false
}

// spaceBefore and spaceAfter look at the text around a token.
func (r *reading) before(i int) rune {
	if s := r.tokens[i].start; s > 0 {
		return r.runes[s-1]
	}
	return '\n'
}

func (r *reading) after(i int) rune {
	if e := r.tokens[i].end; e < len(r.runes) {
		return r.runes[e]
	}
	return '\n'
}

func opensBefore(c rune) bool {
	return unicode.IsSpace(c) || strings.ContainsRune("([{—–-/:>*_", c) || c == '“' || c == '‘' || c == '"' || c == '\''
}

// span is the stretch of text that the tokens from..to cover.
func (r *reading) span(from, to int) Span {
	if from >= to || from < 0 || to > len(r.tokens) {
		return Span{}
	}
	return Span{r.tokens[from].start, r.tokens[to-1].end}
}

func (r *reading) textOf(s Span) string {
	if s.Start < 0 || s.End > len(r.runes) || s.Start >= s.End {
		return ""
	}
	return string(r.runes[s.Start:s.End])
}

func (r *reading) mention(from, to int) Mention {
	s := r.span(from, to)
	return Mention{r.textOf(s), s}
}
