// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import "strings"

// run is a half-open row of tokens.
type run struct{ from, to int }

func (r run) empty() bool { return r.from >= r.to }

// attribution is a quotation while it is being put together.
type attribution struct {
	para, sent int
	cue        run
	verb       *cue
	speaker    run // the whole mention, appositions included
	head       run // the mention without them
	content    []run
	quotes     []int // of which quoted stretches
	addressee  run
	adjuncts   []run // "on Tuesday", "in an interview with ..."
	negated    bool
	passive    bool
	kind       Kind
	why        string
	frame      frame
	carried    bool
	block      bool // a block quotation
	script     bool // a transcript's line
	who        *figure
}

// frame names the construct by which an attribution was found. How often each is
// right is known from texts, which makes the confidence.
type frame string

const (
	frameAfter     frame = "after"     // “A,” she said
	frameAhead     frame = "ahead"     // she said that A
	frameGoesOn    frame = "goes-on"   // ..., adding that A
	frameAccording frame = "according" // according to her, A
	frameNoun      frame = "noun"      // her claim that A
	frameAlone     frame = "alone"     // a sentence that is a quotation
	frameBeside    frame = "beside"    // quoted words within a sentence
	frameBlock     frame = "block"
	frameScript    frame = "script"
)

// attribute finds the attributions of a sentence. Clauses that follow what was
// said, ", she said", come first: they govern all before them.
func (r *reading) attribute(p, s int) {
	sen := &r.paras[p].sentences[s]
	l := &line{reading: r, us: sen.units, para: p}
	used := make([]bool, l.n())
	var out []*attribution
	for i := 0; i < l.n(); i++ {
		if !used[i] && l.canReport(i) {
			if a := l.after(i, used); a != nil {
				out = append(out, a)
			}
		}
	}
	for i := 0; i < l.n(); i++ {
		if used[i] {
			continue
		}
		var a *attribution
		switch {
		case l.low(i) == "according" && l.low(i+1) == "to":
			a = l.according(i, used)
		case l.canReport(i):
			a = l.ahead(i, used, out)
		case l.has("reporting nouns", i) || l.has("spoken nouns", i) && l.low(i+1) == "that":
			a = l.reportingNoun(i, used)
		}
		if a != nil {
			out = append(out, a)
		}
	}
	for _, a := range out {
		a.para, a.sent = p, s
		r.settle(a)
	}
}

// settle decides the kind by what the content is made of, and files it.
func (r *reading) settle(a *attribution) {
	quotedTokens, bare := 0, 0
	for _, c := range a.content {
		for t := c.from; t < c.to; t++ {
			if q := r.quoteAt(t); q >= 0 && !r.quotes[q].title {
				quotedTokens++
				if len(a.quotes) == 0 || a.quotes[len(a.quotes)-1] != q {
					a.quotes = append(a.quotes, q)
				}
			} else if r.tokens[t].isWord() {
				bare++
			}
		}
	}
	for _, q := range a.quotes {
		r.quotes[q].taken = true
	}
	switch {
	case quotedTokens == 0:
		a.kind = Indirect
	case bare == 0:
		a.kind = Direct
	default:
		a.kind = Mixed
	}
	if len(a.content) > 0 {
		r.add(a)
	}
}

// add files an attribution where it is looked for.
func (r *reading) add(a *attribution) {
	r.found = append(r.found, a)
	r.byPara[a.para] = append(r.byPara[a.para], a)
	for _, q := range a.quotes {
		r.holds[q] = a
	}
}

// quoteAt is the outermost quoted stretch around a token, or -1.
func (r *reading) quoteAt(t int) int {
	lo, hi := 0, len(r.quotes)
	for lo < hi {
		if m := (lo + hi) / 2; r.quotes[m].from <= t {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo > 0 && t < r.quotes[lo-1].to {
		return lo - 1
	}
	return -1
}

// canReport reports whether the word at i is a verb of saying that somebody does.
func (l *line) canReport(i int) bool {
	w := l.low(i)
	if w == "" {
		return false
	}
	c := l.cues[w]
	if c == nil {
		return false
	}
	t := l.tg(i)
	if l.hyphen(i - 1) {
		return false // so-called
	}
	if (c.is('s') || c.is('q')) && l.closes(i+1) && !c.is('m') { // “...,” the statement read, “...”
		if s := l.nounLeft(i - 1); s > 0 && l.quoteComma(s-1) {
			return true
		}
	}
	if p := l.tg(i - 1); c.is('n') && t != tVBN && (p == tDT || p == tPRPS || p == tPOS || p == tJJ && t != tVBD) || c.lemma == "put" && l.low(i+1) != "it" {
		return false
	}
	if i == 0 && (t == tVBN || t == tVBD) {
		return false // "Asked about it, she ..."
	}
	if p := l.low(i - 1); t == tVBG && (p == "any" || p == "a" || p == "the" || p == "no" || p == "this") {
		return false
	}
	if !t.isVerb() && (c.is('n') || c.is('m') || t == tNN || t == tNNP || t == tIN || t == tDT) {
		return l.namedSubject(i, c)
	}
	if t == tVB || t == tNN {
		return l.governed(i, c)
	}
	if !c.is('n') && (t == tJJ || t == tVBN) && (l.tg(i-1) == tDT || l.tg(i-1) == tPRPS || l.tg(i-1) == tJJ) {
		return false // the alleged thief
	}
	return true
}

// namedSubject forgives the tagger a noun where a name or a pronoun stands
// before the word and quoted words or "that" after it: "Doe notes that".
func (l *line) namedSubject(i int, c *cue) bool {
	if c.is('m') || l.tg(i) != tNN && l.tg(i) != tNNP && l.tg(i) != tJJ && l.tg(i) != tRB {
		return false
	}
	if c.is('s') && l.closes(i+1) { // “...,” the opinion states.
		if s := l.nounLeft(i - 1); s > 0 && l.quoteComma(s-1) {
			return true
		}
	}
	if t := l.tg(i - 1); t != tNNP && t != tPRP && !(t == tNN && strings.HasSuffix(l.low(i-1), "s") && l.low(i+1) == "that") {
		return false
	}
	return l.low(i+1) == "that" || l.low(i+1) == ":" || l.isQ(i+1) || l.low(i+1) == "," && l.isQ(i+2)
}

// governed decides about an infinitive: "did not say" and "went on to say" are
// reports, "it is hard to say" is none.
func (l *line) governed(i int, c *cue) bool {
	j := i - 1
	for j >= 0 && (l.tg(j) == tRB || l.has("adverbs of saying", j)) && l.tg(j) != tMD {
		j--
	}
	switch {
	case l.low(j) == "to":
		for k := j - 1; k >= max(0, j-6); k-- {
			if l.has("lead to saying", k) {
				return true
			}
			if l.tg(k).isFinite() {
				break
			}
		}
		return l.isQ(i+1) || l.isQ(i+2)
	case l.has("auxiliaries", j):
		switch l.low(j) {
		case "do", "does", "did", "will", "'ll", "would", "wo":
			return true
		}
		return l.isQ(i+1) || l.isQ(i+2) || l.low(i+1) == "that" && l.isQ(i+2)
	}
	if l.tg(j).isNoun() && l.low(i) == c.lemma && j == i-1 { // "critics of the plan say it will"
		t := l.tg(i + 1)
		return !c.is('n') || l.low(i+1) == "that" || l.isQ(i+1) || t == tPRP || t == tDT
	}
	return l.tg(i) == tVB && l.isQ(i+1)
}

// verbGroup returns where the group begins whose last word is the cue: "has
// also said", "did not say", "declined to say"; with what it tells of the cue.
func (l *line) verbGroup(i int) (from int, negated, passive, hearsay bool) {
	from = i
	for j := i - 1; j >= 0 && i-j < 9; j-- {
		w := l.low(j)
		switch {
		case w == "":
			return
		case l.in("negations", w):
			negated = true
			from = j
		case w == "to" && l.has("lead to saying", j-1):
			j--
			if l.in("negations", l.low(j)) {
				negated = true
			}
			from = j
		case l.in("auxiliaries", w):
			if j == i-1 || l.allAdverbs(j+1, i) {
				switch w {
				case "was", "were", "is", "are", "be", "been", "being", "am":
					passive = passive || l.tg(i) == tVBN || l.tg(i) == tVBD
				case "might", "could", "may", "should", "must", "shall":
					hearsay = true
				}
			}
			from = j
		case l.in("adverbs of saying", w) || l.tg(j) == tRB:
			from = j
		case j == i-1 && l.has("time words", j): // "has for days insisted"
			b := j
			for b > max(0, j-3) && l.tg(b) != tIN {
				b--
			}
			if l.tg(b) != tIN || !l.has("auxiliaries", b-1) {
				return
			}
			j, from = b, b
		default:
			return
		}
	}
	return
}

func (l *line) allAdverbs(a, b int) bool {
	for ; a < b; a++ {
		if l.tg(a) != tRB && !l.has("adverbs of saying", a) && !l.has("auxiliaries", a) {
			return false
		}
	}
	return true
}
