// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import "strings"

// addressee steps over to whom it was said: "told reporters", "warned the
// committee that", "said to Doe".
func (l *line) addressee(a *attribution, k int, c *cue) int {
	if !c.is('a') {
		return k
	}
	if c.lemma == "tell" && (l.low(k) == "me" || l.low(k) == "us") {
		a.addressee = l.run(k, k+1)
		return k + 1
	}
	e := l.nounRight(k)
	if e == k && l.tg(k) == tPRPS && (l.boundary(k+1) || l.low(k+1) == "that" || l.low(k+1) == "to") {
		e = k + 1 // "told her"
	}
	if e == k {
		return k
	}
	if f := l.nounRight(e + 1); l.low(e) == "," && f > e+1 && l.low(f) == "," && l.likeName(e+1, f) && !l.isQ(f+1) && l.tg(e-1) == tNN {
		e = f + 1 // "told a radio station, WTAQ, that"
	}
	if l.has("media", k) && l.tok(k).isCap() && e > k+1 && c.lemma == "tell" && l.tg(e).isFinite() {
		e = k + 1 // "told CNN Doe was"
	}
	for m := k; m+1 < e; m++ {
		if (l.has("addressees", m) || l.has("groups", m)) && l.tg(m+1) == tNNP && !l.tok(m).isCap() {
			e = m + 1 // "told reporters Doe was"
		}
	}
	follows := l.low(e) == "that" || l.low(e) == ":" || l.low(e) == "," || l.low(e) == "." || l.isQ(e) || l.has("content openers", e) || l.tg(e) == tIN || l.dateWord(e) || l.low(e) == "to"
	if c.lemma == "tell" || follows && !l.tg(e).isFinite() {
		a.addressee = l.run(k, e)
		if l.low(e-1) == "," {
			a.addressee = l.run(k, e-1)
		}
		return e
	}
	return k
}

// adjuncts steps over when, where and to whom: "on Tuesday", "in an interview
// with Radio Hallin", "to reporters". It keeps them for the date and the venue.
func (l *line) adjuncts(a *attribution, k int) int {
	for k < l.n() {
		e := l.adjunct(a, k)
		if e == k {
			return k
		}
		a.adjuncts = append(a.adjuncts, l.run(k, e))
		k = e
		for n := 1; n <= 2; n++ {
			if l.low(k) == "," && k+n < l.n() && l.likeName(k+1, k+1+n) && l.boundary(k+1+n) && l.tg(k-1) == tNNP && !l.isQ(k+1) && !l.dateWord(k+1) {
				k += n + 1 // "in Harlow, S.C."
				break
			}
		}
		if l.low(k) == "," && l.adjunct(&attribution{}, k+1) > k+1 && l.tg(k+1) != tRB && l.boundary(l.adjunct(&attribution{}, k+1)) {
			k++
		}
	}
	return k
}

// boundary reports whether what was said, or nothing more, begins at k.
func (l *line) boundary(k int) bool {
	return k >= l.n() || l.isQ(k) || l.low(k) == "that" || l.low(k) == ":" || l.low(k) == "," || l.low(k) == "."
}

// adjunct returns the end of one adverbial that begins at k, or k.
func (l *line) adjunct(a *attribution, k int) int {
	switch {
	case k >= l.n() || l.isQ(k):
		return k
	case l.dateWord(k):
		e := k + 1
		for e < l.n() && (l.tg(e) == tCD || l.dateWord(e) || l.low(e) == "," && l.tg(e+1) == tCD || l.has("parts of day", e)) {
			e++
		}
		return e
	case l.has("time openers", k):
		e := k + 1
		for e < l.n() && e < k+5 && (l.has("time words", e) || l.dateWord(e) || l.tg(e) == tCD && l.has("time words", e+1)) {
			e++
		}
		if e > k+1 {
			return e
		}
	}
	if l.tg(k) == tRB && len(l.low(k)) > 4 && strings.HasSuffix(l.low(k), "ly") && !l.has("closed class words", k) {
		return k + 1
	}
	if !l.tg(k).isVerb() && l.has("adverbs of saying", k) && !l.has("content openers", k) && l.low(k) != "only" && l.low(k) != "not" && l.low(k) != "never" && l.low(k) != "ever" {
		return k + 1
	}
	if l.tg(k) != tIN && l.tg(k) != tTO && l.tg(k) != tRP || l.has("subordinators", k) {
		return k
	}
	return l.phrase(a, k)
}

// phrase returns the end of a prepositional phrase that says when, where or to
// whom something was said.
func (l *line) phrase(a *attribution, k int) int {
	if l.dateWord(k+1) || l.has("time openers", k+1) || l.tg(k+1) == tCD && len(l.low(k+1)) == 4 {
		if e := l.adjunct(a, k+1); e > k+1 {
			return e
		}
		if l.tg(k+1) == tCD {
			return k + 2
		}
	}
	e := l.nounRight(k + 1)
	if e == k+1 {
		if l.tg(k+1) == tVBG && l.low(k) != "by" {
			return k
		}
		return k
	}
	venue := false
	for j := k + 1; j < e; j++ {
		venue = venue || l.has("venue nouns", j) || l.has("media", j) || l.has("time words", j)
	}
	to := l.low(k) == "to" && a.addressee.empty()
	if to && l.tg(k+1) != tVB {
		a.addressee = l.run(k+1, e)
		venue = true
	}
	for venue && (l.tg(e) == tIN || l.tg(e) == tTO) && !l.has("subordinators", e) && !l.dateWord(e+1) { // "in an interview with Radio Hallin"
		f := l.nounRight(e + 1)
		if f == e+1 || l.tg(f).isFinite() {
			break
		}
		e = f
	}
	if l.has("paper participles", e) && (l.dateWord(e+1) || l.tg(e+1) == tIN || l.boundary(e+1)) { // "a statement issued Sunday"
		e++
		venue = true
	}
	if l.tg(e).isFinite() && l.tg(e) != tPunct {
		return k
	}
	if venue || l.boundary(e) || l.dateWord(e) || l.low(e) == "how" || l.low(e) == "whether" || l.low(e) == "why" {
		return e
	}
	if f := l.adjunct(&attribution{}, e); f > e && l.boundary(f) {
		return e
	}
	return k
}

// leadingAdjunct keeps "In an interview with Radio Hallin," at the head of the
// sentence for the venue, the date and the addressee.
func (l *line) leadingAdjunct(a *attribution, s subject) {
	c := s.from - 1
	if c < 2 || l.low(c) != "," || l.tg(0) != tIN && l.tg(0) != tRB && !l.dateWord(0) && !l.has("time openers", 0) || c > 16 {
		return
	}
	if l.adjuncts(a, 0) != c {
		a.adjuncts = append(a.adjuncts, l.run(0, c))
	}
	for k := 1; k < c; k++ {
		if l.low(k) == "to" && a.addressee.empty() && l.has("venue nouns", k-1) {
			if e := l.nounRight(k + 1); e > k+1 && e <= c {
				a.addressee = l.run(k+1, e)
			}
		}
	}
}
