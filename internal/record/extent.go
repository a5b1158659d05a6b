// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

// contentEnd returns the unit before which the content ends that begins at from:
// the sentence's end, or where the reporter takes over again.
func (l *line) contentEnd(from int) int {
	for k := from + 1; k < l.n(); k++ {
		l.steps++
		switch {
		case l.isQ(k):
		case l.low(k) == "," || l.low(k) == "—" || l.low(k) == "–":
			if l.takesOver(k+1, from) {
				return k
			}
		case l.isQ(k-1) && (l.takesOver(k, from) || k-1 > from && l.mainVerbAfterQuote(k)):
			return k
		case l.low(k) == "and" || l.low(k) == "but":
			if l.secondVerb(k) || l.gerund && l.otherGerund(k+1) {
				return k
			}
		case l.low(k) == ":" && l.isQ(k+1) && l.quoteCap(k+1):
			return k
		case l.low(k) == ";":
			if l.low(k+1) != "that" && l.low(k+2) != "that" {
				return k
			}
		}
	}
	return l.n()
}

// mainVerbAfterQuote recognises at k the verb of the sentence after quoted words
// that end with its comma.
func (l *line) mainVerbAfterQuote(k int) bool {
	if !l.quoteComma(k - 1) {
		return false
	}
	switch l.tg(k) {
	case tIN, tRB, tRP, tTO, tWH:
		return !l.has("content openers", k) && l.low(k) != "not"
	case tVBN:
		return l.tg(k+1) != tIN && l.tg(k+1) != tTO
	}
	return l.tg(k).isFinite()
}

// otherGerund recognises at k another participle of saying, with or without a
// subject: "... and promising that", "with Doe insisting A and Roe accusing".
func (l *line) otherGerund(k int) bool {
	if e := l.nounRight(k); e > k {
		k = e
	}
	return l.isCue(k) && l.tg(k) == tVBG
}

// takesOver reports whether the reporter speaks again at k, after a comma.
func (l *line) takesOver(k, from int) bool {
	if l.leads(k) {
		return true
	}
	switch w := l.low(k); {
	case w == "":
		return false
	case w == "according":
		return l.low(k+1) == "to"
	case (w == "a" || w == "an") && !l.isQ(k-1) && (l.nounThen(k) && !l.quoteAfter(k) || l.nounSaid(k)):
		return true // "..., a decision that will be appealed"
	case l.tg(k) == tDT && !l.isQ(k-1) && (l.has("reporting nouns", k+1) || l.has("reporting nouns", k+2)) && !l.quoteAfter(k):
		return true // "..., a claim that others deny"
	case l.in("participles of the reporter", w):
		return true
	case l.tg(k) == tVBG && (l.isQ(k-1) || l.isQ(k-2)) && !l.quoteAfter(k):
		return true
	case l.tg(k) == tVBG && l.isCue(k):
		c := l.cues[w]
		return c.is('s') || c.is('t') || c.is('o')
	case l.tg(k) == tRB && l.tg(k+1) == tVBG && l.isCue(k+1):
		return true
	case w == "and" || w == "but" || w == "while" || w == "whereas" || w == "although" || w == "though" || w == "as":
		if l.secondVerb(k) || l.cueWithin(k+1, 12) || l.low(k+1) == "with" && l.cueWithin(k+2, 8) {
			return true
		}
		if t := l.tg(k + 1); w == "but" && (t == tVBD || t == tVBZ) && l.low(k-1) == "," && (!l.has("auxiliaries", k+1) || l.low(k+1) == "has" && l.tg(k+2) == tVBN) {
			return true
		} else if w == "but" && (t.isVerb() || t == tRB || t == tIN) {
			return false
		}
		return w == "although" || w == "though" || w == "whereas" || w == "but" && !l.quoteAfter(k)
	case w == "then":
		for j := k + 1; j < min(k+13, l.n()) && !l.isQ(j); j++ {
			if l.isCue(j) && (l.tg(j) == tVBD || l.tg(j) == tVBZ) {
				return true
			}
			if l.tg(j).isFinite() {
				return false
			}
		}
		return false
	case w == "even" && (l.low(k+1) == "though" || l.low(k+1) == "as"), w == "despite":
		return true
	case w == "with":
		return l.cueWithin(k+1, 8)
	}
	return false
}

// leads recognises a clause at k that leads to quoted words: ", Doe said: “...”".
func (l *line) leads(k int) bool {
	if k >= l.n() || l.isQ(k) || l.tg(k) != tPRP && !l.tok(k).isCap() && l.tg(k) != tDT {
		return false
	}
	e := l.nounRight(k)
	for e > k && e < l.n() && (l.tg(e) == tRB || l.has("auxiliaries", e)) {
		e++
	}
	if e == k || !l.isCue(e) || !l.tg(e).isVerb() {
		return false
	}
	return l.isQ(e+1) || (l.low(e+1) == ":" || l.low(e+1) == ",") && l.isQ(e+2)
}

// nounThen recognises "a decision that", "a move which": a noun that sums up
// what was said, with a clause about it.
func (l *line) nounThen(k int) bool {
	for j := k + 1; j < min(k+5, l.n()); j++ {
		switch {
		case l.tg(j) == tJJ:
		case l.tg(j) == tNN:
			if w := l.low(j + 1); w == "that" || w == "which" {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// nounSaid recognises "a charge Doe has denied", "a plan that Roe called “a joke”".
func (l *line) nounSaid(k int) bool {
	for j := k + 1; j < min(k+5, l.n()); j++ {
		switch {
		case l.tg(j) == tJJ && l.tg(j+1) != tNNP && l.tg(j+1) != tPRP:
		case l.tg(j) == tNN || l.tg(j) == tJJ:
			b := j + 1
			if w := l.low(b); w == "that" || w == "which" {
				b++
			}
			if l.cueWithin(b, 8) {
				return true
			}
			if t := l.tg(b); (t == tNNP || t == tPRP) && (l.tg(b+1).isFinite() || l.tg(b+1) == tVBN || l.tg(b+2).isFinite() && l.tg(b+1) == tNNP) {
				return true // "a request Doe refused"
			}
		default:
			return false
		}
	}
	return false
}

// onlyOf reports whether the next verb of speech at k says something of somebody
// ("blamed"), which is no saying without quoted words.
func (l *line) onlyOf(k, reach int) bool {
	for j := k; j < min(k+reach, l.n()); j++ {
		if l.isCue(j) && l.tg(j).isFinite() {
			c := l.cues[l.low(j)]
			return !c.is('s') && !c.is('t')
		}
	}
	return true
}

// personAt reports whether the subject at k is somebody with a name or an office.
func (l *line) personAt(k int) bool {
	e := l.nounRight(k)
	for _, n := range l.namingsIn(l.run(k, e)) {
		if n.who != nil && n.who.kind != Organisation {
			return true
		}
	}
	for j := k; j < e; j++ {
		if l.has("roles", j) {
			return true
		}
	}
	return false
}

func (l *line) quoteAfter(k int) bool { return l.lastQuote(k, l.n()) > k }

// secondVerb recognises "and added that", "but declined to say" at the
// conjunction k: a verb of saying without a subject of its own.
func (l *line) secondVerb(k int) bool {
	j, aux := k+1, false
	for j < l.n() && (l.tg(j) == tRB || l.has("adverbs of saying", j) || l.has("auxiliaries", j) && l.low(j) != "to") {
		aux = aux || l.has("auxiliaries", j)
		j++
	}
	if aux && l.isCue(j) && l.canReport(j) && (l.has("content openers", j+1) || l.isQ(j+1)) {
		return true // "but would not say whether"
	}
	if aux {
		return false
	}
	if !l.isCue(j) {
		return j < l.n() && (l.tg(j) == tVBD || l.tg(j) == tVBZ) && l.isQ(k-1)
	}
	c := l.cues[l.low(j)]
	return (l.tg(j) == tVBD || l.tg(j) == tVBZ || l.tg(j) == tVBN) && !c.is('m') && (l.tg(j) != tVBN || l.isQ(k-1) || l.low(j+1) == "that" || c.is('i') && l.low(j+1) == "to")
}

// cueWithin reports whether a clause of its own with a verb of speech begins at
// k: "Roe said", "the ministry, however, denied".
func (l *line) cueWithin(k, reach int) bool {
	for j := k; j < min(k+reach, l.n()); j++ {
		if l.isQ(j) || l.low(j) == ";" {
			return false
		}
		if l.isCue(j) && l.tg(j).isVerb() && l.tg(j) != tVB && l.canReport(j) {
			if l.tg(j) == tVBG && l.low(k-1) != "with" {
				continue // "the people calling on him"
			}
			c := l.cues[l.low(j)]
			if c.is('m') && l.low(k-1) == "and" && l.low(k-2) == "," && j-k <= 3 && j > k && l.tg(k) != tPRP {
				return true // "..., and others privately worry"
			}
			if c.is('m') || !c.is('s') && !c.is('t') && !c.is('o') {
				continue
			}
			g, _, passive, _ := l.verbGroup(j)
			s := l.subjectLeft(g)
			return !passive && s.ok() && s.from >= k && s.from <= k+3
		}
		if l.tg(j).isFinite() && !l.has("auxiliaries", j) {
			return false
		}
	}
	return false
}

// quoteAlone ends the content at quoted words with which it begins, when they
// are a whole by themselves.
func (l *line) quoteAlone(from, end int) int {
	if !l.isQ(from) || end <= from+1 {
		return end
	}
	q := &l.quotes[l.us[from].quote]
	last := ""
	if q.innerEnd > q.inner {
		last = l.tokens[q.innerEnd-1].text
	}
	if last == "," || last == "." || last == "?" || last == "!" || last == "…" {
		return from + 1
	}
	switch l.low(from + 1) {
	case ",", ".", ";", ":", "—", "–", "and", "but", "as", "when", "while", "after", "before", "?", "!", "(":
		if (l.low(from+1) == "and" || l.low(from+1) == "or") && l.isQ(from+2) {
			return from + 3
		}
		return from + 1
	}
	return end
}

// lastQuote returns the unit after the last quoted stretch in a..b, or a.
func (l *line) lastQuote(a, b int) int {
	for k := min(b, l.n()) - 1; k >= a; k-- {
		if l.isQ(k) {
			return k + 1
		}
	}
	return a
}

// trim makes the row of tokens of units a..b without signs at its ends.
func (l *line) trim(a, b int) run {
	drop := func(i int) bool {
		if l.isQ(i) {
			return false
		}
		switch l.low(i) {
		case ",", ".", ";", ":", "—", "–", "?", "!", "…":
			return true
		}
		return isMark(l.low(i))
	}
	for a < b && drop(a) {
		a++
	}
	for b > a && (drop(b-1) || l.low(b-1) == ")" && !l.opensBracket(a, b)) {
		b--
	}
	return l.run(a, b)
}

func (l *line) opensBracket(a, b int) bool {
	for k := a; k < b; k++ {
		if l.low(k) == "(" {
			return true
		}
	}
	return false
}

// according is the frame "according to Doe, A" and "A, according to Doe".
func (l *line) according(i int, used []bool) *attribution {
	e := l.nounRight(i + 2)
	if e == i+2 {
		return nil
	}
	end := l.apposition(e)
	a := &attribution{cue: run{l.us[i].token, l.us[i+1].end}, speaker: l.run(i+2, end), head: l.run(i+2, e), frame: frameAccording, why: "follows “according to”"}
	lead := i == 0 || i < 3 && l.tg(0) == tCC
	if lead && (l.tg(end) == tVBN || l.has("paper participles", end)) { // "a memo dated 3 December,"
		for k := end; k < min(end+8, l.n()); k++ {
			if l.low(k) == "," {
				end = k
				a.speaker = l.run(i+2, end)
				break
			}
		}
	}
	if lead || l.low(i-1) == "that" {
		k := l.adjuncts(a, end)
		if l.low(k) == "," {
			k++
		}
		if l.paperOrPress(a) && l.cueWithin(k, 20) && l.personAt(k) && !l.onlyOf(k, 20) {
			return nil // a paper reports what somebody said: theirs are the words
		}
		stop := l.contentEnd(k)
		if k >= l.n() || !l.hasVerb(k, stop) && l.lastQuote(k, stop) == k {
			return nil
		}
		a.content = append(a.content, l.trim(k, stop))
		use(used, i, stop)
		return a
	}
	from := l.contentStart(i, used)
	if from >= i || i-from < 4 && !l.hasVerb(from, i) && l.lastQuote(from, i) == from {
		return nil
	}
	a.content = append(a.content, l.trim(from, i))
	if e := l.restOfSource(end); e > end {
		end = e
		a.speaker = l.run(i+2, end)
	}
	k := l.adjuncts(a, end)
	use(used, from, k)
	if l.low(k) == "," && l.low(i-1) == "," && !l.has("opens a clause", k+1) && l.tg(k+1) != tCC && l.hasVerb(k+1, l.n()) { // within what was said
		stop := l.contentEnd(k + 1)
		a.content = append(a.content, l.trim(k+1, stop))
		use(used, k, stop)
	}
	return a
}

// paperOrPress reports whether the source is no person: a memorandum, a newspaper.
func (l *line) paperOrPress(a *attribution) bool {
	for t := a.head.from; t < a.head.to; t++ {
		w := l.tokens[t].low
		if l.in("papers", w) || l.in("media", w) || l.in("organisations", w) {
			return true
		}
	}
	for _, n := range l.namingsIn(a.head) {
		if n.who != nil && n.who.kind != Human {
			return true
		}
	}
	return false
}

// restOfSource goes on with a source that ends the sentence: "interviews with a
// dozen lawmakers, aides and donors". The result is k when the reporter says more.
func (l *line) restOfSource(k int) int {
	for e := k; e < min(k+40, l.n()); e++ {
		switch w := l.low(e); {
		case w == "." || e == l.n()-1 && l.tg(e) == tPunct:
			return e
		case l.isQ(e) || w == ";" || w == "—" || w == "–" || w == ":" || l.dateWord(e) || l.has("time openers", e):
			return k
		case w == "," && (l.tg(e+1).isVerb() || l.has("opens a clause", e+1) || l.low(e+1) == "but"):
			return k
		case l.tg(e).isFinite() && !l.relativeWithin(k, e):
			return k
		}
	}
	return k
}

// reportingNoun is the frame "Doe's claim that A", "a statement that said" is none.
func (l *line) reportingNoun(i int, used []bool) *attribution {
	that := i + 1
	if w := l.low(that); w == "from" || w == "by" || w == "of" || w == "among" { // "warnings from the generals that"
		that = l.nounRight(i + 2)
	}
	if l.low(that) != "that" || !l.tg(i).isNoun() || !l.hasVerb(that+1, l.n()) {
		return nil
	}
	a := &attribution{cue: run{l.us[i].token, l.us[i].end}, frame: frameNoun, why: "is what the noun “" + l.low(i) + "” reports"}
	if that > i+1 {
		a.speaker = l.run(i+2, that)
	} else if !l.owner(a, i, used) {
		return nil
	}
	if a.head.empty() {
		a.head = a.speaker
	}
	end := l.mainVerb(that+1, l.contentEnd(that))
	a.content = append(a.content, l.trim(that, end))
	use(used, i, end)
	return a
}

// owner finds whose claim the noun at i is: "Doe's claim", "her claim", "Doe made
// the claim". Some nouns report without an owner; the speaker is then not told.
func (l *line) owner(a *attribution, i int, used []bool) bool {
	o := i - 1
	for o > 0 && (l.tg(o) == tJJ || l.tg(o) == tNN) && !l.has("makes a claim", o) {
		o--
	}
	switch {
	case l.tg(o) == tPOS:
		s := l.nounLeft(o - 1)
		if s < 0 {
			return false
		}
		a.speaker = l.run(s, o)
		return true
	case l.tg(o) == tPRPS && l.low(o) != "my" && l.low(o) != "our":
		a.speaker = l.run(o, o+1)
		return true
	case l.tg(o) == tDT && l.has("makes a claim", o-1):
		o--
		fallthrough
	case l.has("makes a claim", o) && o > 0:
		g, _, passive, _ := l.verbGroup(o)
		s := l.subjectLeft(g)
		if !s.ok() {
			s = l.sentenceSubject(g)
		}
		if passive || !s.ok() || l.authors(s) {
			return false
		}
		a.speaker, a.head = l.run(s.from, s.to), l.run(s.from, s.head)
		return true
	}
	return l.has("nouns that report by themselves", i)
}
