// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

// opening finds where the content begins after the verb, its addressee and
// adverbials, or -1. The second result says that only quoted words count.
func (l *line) opening(a *attribution, k, i int, c *cue) (int, bool) {
	k = l.pastAside(k, c)
	j := k
	if l.low(j) == "," {
		j++
		if j < l.n() && !l.isQ(j) && l.tg(j) == tRB && l.low(j+1) == "," {
			j += 2
		}
	}
	if w := l.low(k); l.has("plain of speech", i) && c.is('d') && (w == "that" || w == "this" || w == "it") && l.boundary(k+1) && l.low(i-1) != "not" && l.low(i-1) != "n't" {
		l.stop = k + 1
		return k, false
	}
	switch {
	case j >= l.n(), l.low(k) == "nothing" && l.tg(i-1) == tWH, l.low(k) == "nothing" && l.has("auxiliaries", i-1) && l.tg(i-2) == tWH:
		return -1, false
	case l.low(k) == "only" && l.low(k+1) == "that":
		return l.thatClause(k+1, c)
	case l.isQ(j):
		return j, false
	case l.low(k) == ":":
		if !c.is('s') && !c.is('t') && !l.isQ(k+1) {
			return -1, false
		}
		return k + 1, !(c.is('s') || c.is('t'))
	case l.low(k) == "that" || l.low(j) == "that" && j == k+1 && c.is('s'):
		return l.thatClause(j, c)
	}
	if k < l.n() && l.has("content openers", k) && !l.has("adverbs of saying", k) {
		if c.is('s') || c.is('t') || c.is('w') {
			return k, !l.hasVerb(k, l.n())
		}
		return -1, false
	}
	if that := l.nounThat(k); that > 0 && (c.is('s') || c.is('t') || c.is('o') || c.is('q')) {
		return that, false
	}
	if from := l.withoutThat(k, i, c); from >= 0 {
		return from, false
	}
	if c.is('i') && l.low(k) == "to" {
		if c.is('a') && k > i+1 && c.lemma != "tell" && !a.addressee.empty() && a.addressee.to == l.us[k].token {
			for k > i+1 && l.us[k].token > a.addressee.from {
				k--
			}
		}
		return k, false
	}
	if c.is('s') && (l.tg(k) == tVBG || l.tg(k) == tRB && l.tg(k+1) == tVBG) && (!l.isCue(k) || c.lemma == "recall" || c.is('d')) {
		return k, false // "denied ever having met"
	}
	if l.low(k) == "," && l.asClause && l.clause(k+1) {
		return k + 1, false
	}
	if (c.is('t') || c.is('p')) && l.paper && (l.clause(k) || c.lemma == "find" || c.lemma == "show") && l.nounRight(k) > k {
		return k, false
	}
	if l.low(k) == "," || l.low(k) == "." {
		return l.quotedLater(k, i, c)
	}
	if c.is('b') && (l.clause(k) || l.relative && l.tg(k).isFinite()) {
		return k, false
	}
	return l.quotedLater(k, i, c)
}

// pastAside steps over an aside between the verb and what was said: "insisting,
// without offering proof, that", "promising, to cheers, to".
func (l *line) pastAside(k int, c *cue) int {
	if l.low(k) != "," {
		return k
	}
	for e := k + 2; e < min(k+10, l.n()) && !l.isQ(e) && (!l.tg(e).isFinite() || l.tg(k+1) == tCC); e++ {
		if l.low(e) != "," {
			continue
		}
		switch w := l.low(e + 1); {
		case w == "that", w == "whether", w == "to" && c.is('i') && l.tg(e+2) == tVB, w == "as" && c.is('o'):
			return e + 1
		}
		return k
	}
	return k
}

// infinitiveAfter reports whether "to" and a verb follow the noun phrase at k.
func (l *line) infinitiveAfter(k int) bool {
	e := l.nounRight(k)
	return e > k && l.low(e) == "to" && l.tg(e+1) == tVB
}

// ofDoing recognises "accused her of hiding it".
func (l *line) ofDoing(k int) bool {
	for j := k + 1; j < min(k+14, l.n()) && !l.isQ(j) && l.low(j) != "," && !l.tg(j).isFinite(); j++ {
		if l.low(j) == "of" && (l.tg(j+1) == tVBG || l.tg(j+1) == tRB && l.tg(j+2) == tVBG) {
			return true
		}
	}
	return false
}

// withoutThat finds the content of verbs that take no clause: "called for a ban",
// "accused her of hiding it", "denied the allegation", "demanded a vote". The
// result is -1 when it is none of them.
func (l *line) withoutThat(k, i int, c *cue) int {
	if c.lemma == "call" && (l.low(k-1) == "for" || l.low(k-1) == "on" && l.infinitiveAfter(k)) && k == i+2 {
		return k - 1 // "called for a ban", "called on Congress to act"
	}
	if c.is('f') && l.ofDoing(k) {
		return k
	}
	if l.has("plain of speech", i) && !l.clause(k) {
		if e := l.nounRight(k); e > k {
			if c.is('d') && (l.boundary(e) || l.low(e) == "as") && l.has("denied nouns", e-1) {
				l.stop = e
				return k
			}
			if !c.is('d') && !l.isQ(e) && l.tg(k) != tPRP {
				return k
			}
		}
	}
	return -1
}

func (l *line) thatClause(j int, c *cue) (int, bool) {
	if c.is('s') || c.is('t') || c.is('b') || c.is('p') && l.paper {
		return j, j+4 > l.n() && l.lastQuote(j, l.n()) == j
	}
	return j, true
}

// quotedLater lets quoted words count that are the object of the verb, or a part
// of it, in the same clause: "called it “a farce”".
func (l *line) quotedLater(k, i int, c *cue) (int, bool) {
	if c.is('m') {
		return -1, false
	}
	for j := k; j < l.n(); j++ {
		switch {
		case l.isQ(j):
			if l.low(k) == "," || l.low(k) == "." {
				return -1, false
			}
			return k, true
		case l.low(j) == ":" && l.isQ(j+1):
			return j + 1, true
		case l.low(j) == "," || l.low(j) == ";" || l.low(j) == ":":
			if !c.is('o') || j-k > 18 {
				return -1, false
			}
		case j > k && l.canReport(j) && (!l.cues[l.low(j)].is('n') || l.tg(j).isVerb() && l.tg(j) != tVBN && l.cues[l.low(j)].is('s')):
			return -1, false
		case j == k && (c.is('s') || c.is('t')) && (l.low(j) == "of" || l.low(j) == "about" || l.low(j) == "against"): // "warned of “harm”"
		case !c.is('o') && (j-k > 4 || l.tg(j) == tIN || l.tg(j).isVerb()):
			return -1, false
		}
	}
	return -1, false
}

// clause reports whether units from k on can be a clause: a noun phrase, then,
// not too far, a finite verb.
func (l *line) clause(k int) bool {
	if k >= l.n() {
		return false
	}
	switch t := l.tg(k); {
	case t == tIN && (l.low(k) == "of" || l.low(k) == "about" || l.low(k) == "to" || l.low(k) == "with" || l.low(k) == "from" || l.low(k) == "like" || l.low(k) == "into"):
		return false
	case l.has("opens a clause", k) && l.low(k) != "if" && l.low(k) != "because":
		return false
	case t == tVBD || t == tVBZ || t == tVB || t == tRP || t == tTO || t == tPunct && l.low(k) != "(" && !l.isQ(k):
		return false
	case t == tCC && l.low(k) != "both":
		return false
	}
	within := 0
	for j := k; j < min(k+30, l.n()); j++ {
		switch {
		case l.tg(j).isFinite() && within > 0:
			within--
		case l.tg(j).isFinite():
			return j > k || l.tg(k) == tMD
		case l.low(j) == ";" || l.low(j) == "." && j+1 < l.n() || l.low(j) == "," && l.tg(j+1) == tCC:
			return false
		case l.low(j) == "," && l.tg(j+1) == tWH:
			if j = l.asideEnd(j); j < 0 {
				return false
			}
		case l.low(j) == "," && l.tg(j+1).isFinite() && !l.commaWithin(k, j):
			return false // "noted the time, asked for quiet"
		case l.tg(j) == tWH && j > k:
			within++ // the verb of a relative clause is not the clause's own
		}
	}
	return false
}

// asideEnd is the comma that closes the aside that the comma at j opens, or -1.
func (l *line) asideEnd(j int) int {
	for k := j + 1; k < min(j+25, l.n()); k++ {
		if l.low(k) == "," {
			return k
		}
		if l.isQ(k) {
			return -1
		}
	}
	return -1
}

func (l *line) commaWithin(a, b int) bool {
	for k := a; k < b; k++ {
		if l.low(k) == "," {
			return true
		}
	}
	return false
}

// mainVerb ends the clause of a noun at a comma, or before the verb that has the
// noun for its subject: "the claim that nobody called was wrong".
func (l *line) mainVerb(from, end int) int {
	seen, open := false, false
	for k := from; k < end; k++ {
		switch {
		case l.low(k) == ",":
			return k
		case l.tg(k) == tCC || l.tg(k) == tWH || l.has("subordinators", k):
			open = true
		case (l.tg(k).isFinite() || l.tg(k) == tVBN && !seen) && !l.tg(k-1).isVerb() && !(l.tg(k-1) == tRB && l.tg(k-2).isFinite()):
			if seen && !open {
				return k
			}
			seen, open = true, false
		case l.tg(k).isFinite() && seen && (l.tg(k-1).isFinite() || l.tg(k-1) == tVBN) && l.has("auxiliaries", k):
			return k
		}
	}
	return end
}

// subordinateEnd ends the content where the main clause begins: "When Doe said
// that A, she was right".
func (l *line) subordinateEnd(from, end int) int {
	for k := from; k < end-1; k++ {
		comma := l.low(k) == ","
		if l.isQ(k) {
			q := &l.quotes[l.us[k].quote]
			comma = q.innerEnd > q.inner && l.tokens[q.innerEnd-1].text == ","
		}
		if comma {
			if e := l.nounRight(k + 1); e > k+1 && (l.tg(e).isFinite() || l.tg(e) == tRB) {
				if l.isQ(k) {
					return k + 1
				}
				return k
			}
		}
	}
	return end
}

// relativeEnd ends the content of a relative clause where the main verb comes:
// "Doe, who says that A, left".
func (l *line) relativeEnd(from, end int) int {
	for k := from; k < end-1; k++ {
		if l.mainVerbAfterQuote(k + 1) {
			return k + 1
		}
		if l.low(k) == "," && (l.tg(k+1).isFinite() || l.tg(k+1) == tRB && l.tg(k+2).isFinite()) {
			return k
		}
	}
	return end
}

// nounAfter takes in the noun to which quoted words belong: the “alarmist” figure.
func (l *line) nounAfter(k, end int) int {
	q := &l.quotes[l.us[k-1].quote]
	if q.innerEnd > q.inner && l.tokens[q.innerEnd-1].tag == tPunct {
		return k
	}
	b := k
	for k < end && l.tg(k) == tNN {
		k++
	}
	if k > b && l.low(k) == "of" {
		k = min(end, l.nounRight(k+1))
	}
	return k
}

// paperSubject reports whether the subject is a paper, which finds and shows.
func (l *line) paperSubject(s subject) bool {
	for k := s.from; k < s.head; k++ {
		if l.has("papers", k) {
			return true
		}
	}
	return false
}

// nounThat finds "that" after a noun of speech which the verb has for its object:
// "repeated the claim that", "denied reports that". It is 0 when there is none.
func (l *line) nounThat(k int) int {
	for j := k; j < min(k+6, l.n()); j++ {
		switch {
		case l.has("reporting nouns", j) || l.has("spoken nouns", j):
			if l.low(j+1) == "that" {
				return j + 1
			}
		case l.tg(j) == tPOS:
			return 0 // somebody else's: "rejected the ministry's argument that"
		case l.tg(j) == tDT || l.tg(j) == tPRPS || l.tg(j) == tJJ || l.tg(j).isNoun() || l.tg(j) == tPOS:
		default:
			return 0
		}
	}
	return 0
}
