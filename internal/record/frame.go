// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

// The frames in which English reports speech. Each returns the attribution that
// the verb at unit i makes, or nil, and marks the units that it has used.

// make begins an attribution at a verb.
func (l *line) begin(i, g int, s subject) *attribution {
	a := &attribution{cue: run{l.us[i].token, l.us[i].end}, verb: l.cues[l.low(i)]}
	if s.ok() {
		a.speaker = l.run(s.from, s.to)
		a.head = l.run(s.from, s.head)
	}
	_, a.negated, a.passive, _ = l.verbGroup(i)
	if a.verb != nil && a.verb.is('d') {
		a.negated = true
	}
	if a.negated && g < i {
		a.cue.from = l.us[g].token
	}
	return a
}

func (l *line) run(a, b int) run {
	if a >= b || a < 0 || b > l.n() {
		return run{}
	}
	return run{l.us[a].token, l.us[b-1].end}
}

func use(used []bool, a, b int) {
	for ; a < b && a < len(used); a++ {
		used[a] = true
	}
}

// after is the frame of a clause that follows or interrupts what was said:
// "A, she said." "A," said Doe. "A," she said, "B."
func (l *line) after(i int, used []bool) *attribution {
	c := l.cues[l.low(i)]
	g, _, passive, _ := l.verbGroup(i)
	if c.is('o') && !c.is('s') || passive || c.is('m') {
		return nil
	}
	s, k, clause := l.clauseAround(i, g)
	if !s.ok() {
		return nil
	}
	open := l.openingOf(clause)
	if open < 0 {
		return nil
	}
	a := l.begin(i, g, s)
	if k == i+1 {
		k = l.addressee(a, l.particle(k), c)
	}
	k = l.adjuncts(a, k)
	if !l.closes(k) {
		return nil
	}
	from := l.contentStart(open, used)
	if from >= open || !l.saysSomething(from, open, c) {
		return nil
	}
	a.why = "follows what was said"
	if l.isQ(open-1) || l.isQ(open) {
		a.why = "follows the quoted words"
	}
	a.content = append(a.content, l.trim(from, l.leftEnd(open)))
	use(used, from, k)
	if e := l.resumes(k); e > k && (!l.isQ(l.leftEnd(open)-1) || l.lastQuote(k, e) > k) {
		a.content = append(a.content, l.trim(k, e))
		a.why = "stands within what was said"
		use(used, k, e)
	}
	return a
}

// particle steps over what belongs to the verb: "put it", "shot back".
func (l *line) particle(k int) int {
	switch l.low(k) {
	case "back", "out", "on", "in":
		if l.tg(k) == tRP || l.tg(k) == tRB || l.boundary(k+1) {
			return k + 1
		}
	case "it":
		if l.low(k-1) == "put" || l.low(k-1) == "puts" {
			return k + 1
		}
	}
	return k
}

// clauseAround finds the subject of the verb at i and the unit after the clause,
// whichever of the two comes first, and where the clause begins.
func (l *line) clauseAround(i, g int) (s subject, k, clause int) {
	if i > 0 && g == i && (l.isQ(i-1) || l.low(i-1) == "," || l.low(i-1) == "—" || l.low(i-1) == "–") && l.tg(i) != tVBG {
		if s := l.inverted(i); s.ok() && (l.closesAfterAdjuncts(s.to)) {
			return s, s.to, i
		}
	}
	s = l.subjectLeft(g)
	return s, i + 1, s.from
}

func (l *line) closesAfterAdjuncts(k int) bool {
	return l.closes(l.adjuncts(&attribution{}, k))
}

// openingOf returns the unit before which the content ends, for a clause that
// begins at unit c: a comma, a dash or the end of the quoted words. It is -1
// when nothing parts the two.
func (l *line) openingOf(c int) int {
	for c > 0 && (l.low(c-1) == "as" || l.low(c-1) == "or" || l.tg(c-1) == tRB && l.low(c-1) != "not" && (l.isQ(c-2) || l.low(c-2) == ",")) {
		c--
	}
	switch {
	case c <= 0:
		return -1
	case l.isQ(c - 1):
		return c
	case l.low(c-1) == "," || l.low(c-1) == "—" || l.low(c-1) == "–" || l.low(c-1) == "?" || l.low(c-1) == "!":
		return c
	}
	return -1
}

// leftEnd is the unit after the last one of the content before c.
func (l *line) leftEnd(c int) int {
	for c > 0 && !l.isQ(c-1) && (l.low(c-1) == "," || l.low(c-1) == "—" || l.low(c-1) == "–") {
		c--
	}
	return c
}

// closes reports whether an attribution's clause can end before unit k.
func (l *line) closes(k int) bool {
	if k >= l.n() || l.isQ(k) {
		return true
	}
	switch l.low(k) {
	case ".", ",", ";", "—", "–", "?", "!", ")", "…", ":":
		return l.low(k) != ":"
	case "and", "but", "before", "after", "as", "when", "while", "adding", "because", "with":
		return true
	}
	return l.tg(k) == tVBG
}

// contentStart is where the content begins that ends before unit open: after
// what another attribution used, after "but".
func (l *line) contentStart(open int, used []bool) int {
	from := open - 1
	for from > 0 && !used[from-1] {
		from--
	}
	if from < len(used) && used[from] {
		return open
	}
	first := -1
	for k := from; k < open; k++ {
		if l.isQ(k) {
			first = k
			break
		}
	}
	for from < open && !l.isQ(from) && (l.low(from) == "," || l.low(from) == ";" || l.low(from) == "but" || l.low(from) == "and" || l.low(from) == "—" || l.low(from) == "." || l.low(from) == ")" || l.low(from) == "," || l.low(from) == "–") {
		from++
	}
	if first > from && l.low(first-1) == ":" || first > from && l.isQ(open-1) && l.ownClause(from, first) {
		return first
	}
	return from
}

// ownClause reports whether units a..b are the reporter's own words before quoted
// ones: Doe laughed, “...,” she said.
func (l *line) ownClause(a, b int) bool {
	return l.low(b-1) == "," && l.hasVerb(a, b) && l.quoteCap(b)
}

func (l *line) quoteCap(i int) bool {
	if !l.isQ(i) {
		return false
	}
	q := l.quotes[l.us[i].quote]
	return q.inner < q.innerEnd && l.tokens[q.inner].isCap()
}

// saysSomething reports whether units a..b can be what somebody said: quoted
// words, or for verbs of speech a clause.
func (l *line) saysSomething(a, b int, c *cue) bool {
	for k := a; k < b; k++ {
		if l.isQ(k) {
			return true
		}
	}
	return c.is('s') && l.hasVerb(a, b)
}

func (l *line) hasVerb(a, b int) bool {
	for k := a; k < b; k++ {
		if l.tg(k).isFinite() || l.low(k) == "n't" {
			return true
		}
	}
	return false
}

// resumes returns where the content ends that goes on after a clause within it,
// or k when the clause ended the sentence.
func (l *line) resumes(k int) int {
	j := k
	for j < l.n() && !l.isQ(j) && (l.low(j) == "," || l.low(j) == "—" || l.low(j) == "–" || l.low(j) == ";") {
		j++
	}
	switch {
	case j >= l.n() || j == k && !l.isQ(j):
		return k
	case l.isQ(j):
		return j + 1
	}
	switch {
	case l.tg(j) == tVBG, l.tg(j) == tCC && !l.has("content openers", j+1), l.low(j) == "according", l.low(j) == "as", l.low(j) == "while",
		l.low(j) == "although", l.low(j) == "though", l.low(j) == "when", l.low(j) == "citing", l.low(j) == "who", l.low(j) == "which",
		l.low(j) == ".", l.low(j) == "whereas", l.low(j) == "after", l.low(j) == "before":
		return k
	}
	if !l.hasVerb(j, l.n()) {
		return k
	}
	return l.contentEnd(j)
}

// ahead is the frame of a clause that leads to what was said: "Doe said that A",
// "Doe told reporters: “A”", "..., adding that A", "called it “A”".
func (l *line) ahead(i int, used []bool, out []*attribution) *attribution {
	c := l.cues[l.low(i)]
	g, _, passive, hearsay := l.verbGroup(i)
	s := l.subjectLeft(g)
	if l.low(s.from-1) == "if" || l.low(s.from-1) == "unless" {
		return nil
	}
	inherited := false
	if !s.ok() || l.tg(i) == tVBG && g == i || l.low(g) == "to" {
		if s, inherited = l.inherit(i, g, out), true; !s.ok() && !passive {
			return nil
		}
	}
	if l.tg(s.from) == tWH || !inherited && used[max(0, min(s.from, len(used)-1))] && s.ok() {
		return nil
	}
	a := l.begin(i, g, s)
	if a.passive && l.tg(i-1) != tVBG {
		if !l.quotedAsSaying(i) && !l.byWhom(a, i, c) {
			return nil
		}
	}
	if s.ok() {
		l.leadingAdjunct(a, s)
	}
	l.asClause, l.paper = s.ok() && l.low(s.from-1) == "as", s.ok() && l.paperSubject(s)
	k := l.adjuncts(a, l.addressee(a, l.particle(i+1), c))
	from, quotedOnly := l.opening(a, k, i, c)
	if from < 0 {
		return nil
	}
	end := l.contentEnd(from)
	end = l.quoteAlone(from, end)
	if s.from > 0 && s.from <= 2 && l.has("opens a clause", s.from-1) && !inherited {
		end = l.subordinateEnd(from, end)
	}
	if quotedOnly {
		last := l.lastQuote(from, end)
		if last <= from {
			return nil
		}
		end = l.nounAfter(last, end)
	}
	hasQ := l.lastQuote(from, end) > from
	if (hearsay || c.is('m')) && !hasQ && !(c.is('m') && l.opts.Beliefs) {
		return nil
	}
	if s.ok() && l.authors(s) && !hasQ {
		return nil
	}
	a.content = append(a.content, l.trim(from, end))
	a.why = "leads to what was said"
	if inherited {
		a.why = "goes on from the verb before it"
	}
	lo := i
	if s.ok() && !inherited {
		lo = s.from
	}
	use(used, lo, end)
	return a
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

// nounAfter takes in the noun to which quoted words belong: the “alarmist” figure.
func (l *line) nounAfter(k, end int) int {
	q := &l.quotes[l.us[k-1].quote]
	if q.innerEnd > q.inner && l.tokens[q.innerEnd-1].tag == tPunct {
		return k
	}
	for k < end && l.tg(k) == tNN {
		k++
	}
	return k
}

// leadingAdjunct keeps "In an interview with Radio Hallin," at the head of the
// sentence for the venue, the date and the addressee.
func (l *line) leadingAdjunct(a *attribution, s subject) {
	c := s.from - 1
	if c < 2 || l.low(c) != "," || !l.isAdjunct(0, c) || c > 16 {
		return
	}
	a.adjuncts = append(a.adjuncts, l.run(0, c))
	for k := 1; k < c; k++ {
		if l.low(k) == "to" && a.addressee.empty() && l.has("venue nouns", k-1) {
			if e := l.nounRight(k + 1); e > k+1 && e <= c {
				a.addressee = l.run(k+1, e)
			}
		}
	}
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

// authors reports whether the subject is the writer of the text.
func (l *line) authors(s subject) bool {
	w := l.low(s.from)
	return s.head == s.from+1 && (w == "i" || w == "we" || w == "you" || w == "there" || w == "one")
}

// quotedAsSaying recognises "was quoted as saying".
func (l *line) quotedAsSaying(i int) bool {
	return l.low(i-1) == "as" && l.low(i-2) == "quoted"
}

// byWhom takes the speaker of a passive from "by Doe"; without one the words may
// still be somebody's when they are quoted.
func (l *line) byWhom(a *attribution, i int, c *cue) bool {
	a.speaker, a.head = run{}, run{}
	for k := i + 1; k < min(i+8, l.n()); k++ {
		if l.low(k) == "by" {
			e := l.nounRight(k + 1)
			a.speaker, a.head = l.run(k+1, l.apposition(e)), l.run(k+1, e)
			break
		}
		if l.low(k) == "," || l.isQ(k) {
			break
		}
	}
	return c.is('o') && l.lastQuote(i, l.n()) > i || !a.speaker.empty()
}

// inherit gives a verb without a subject of its own that of the verb before it.
func (l *line) inherit(i, g int, out []*attribution) subject {
	if l.tg(i) == tVBG && l.low(g-1) == "as" && l.low(g-2) == "quoted" {
		return l.sentenceSubject(g - 1)
	}
	if l.tg(i) == tVBG && (l.nominal(g-1) || l.tg(g-1) == tPRP) && g > 0 {
		for k := g - 1; k >= max(0, g-10); k-- { // "with Doe saying"
			if l.low(k) == "with" {
				return subject{k + 1, g, g}
			}
		}
	}
	ok := l.low(g-1) == "," || l.tg(g-1) == tCC || l.low(g) == "to" || l.low(g-1) == "to" || l.low(g-1) == "by" || l.low(g-1) == "—" || l.isQ(g-1) || l.low(g-1) == "–" || l.tg(i) == tVBG || g == 0
	if !ok {
		return subject{}
	}
	if g == 0 && l.tg(i) == tVBG {
		return l.leading()
	}
	if s := l.sentenceSubject(g); s.ok() {
		return s
	}
	return subject{}
}

// leading is the subject of the main clause after a participle that begins the
// sentence: "Calling it “a farce,” Doe left".
func (l *line) leading() subject {
	for k := 1; k < l.n(); k++ {
		if l.low(k) == "," || l.isQ(k) && k+1 < l.n() && l.low(k+1) != "," {
			if e := l.nounRight(k + 1); e > k+1 {
				end := l.apposition(e)
				if l.low(end) == "," {
					return subject{k + 1, end, e}
				}
				return subject{k + 1, e, e}
			}
		}
	}
	return subject{}
}

// addressee steps over to whom it was said: "told reporters", "warned the
// committee that", "said to Doe".
func (l *line) addressee(a *attribution, k int, c *cue) int {
	if !c.is('a') {
		return k
	}
	e := l.nounRight(k)
	if e == k {
		return k
	}
	if l.has("media", k) && l.tok(k).isCap() && e > k+1 && c.lemma == "tell" && l.tg(e).isFinite() {
		e = k + 1 // "told CNN Doe was"
	}
	follows := l.low(e) == "that" || l.low(e) == ":" || l.low(e) == "," || l.isQ(e) || l.has("content openers", e) || l.tg(e) == tIN || l.dateWord(e) || l.low(e) == "to"
	if c.lemma == "tell" || follows && !l.tg(e).isFinite() {
		a.addressee = l.run(k, e)
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
		if l.low(k) == "," && k+1 < l.n() && !l.isQ(k+1) && l.tok(k+1).isCap() && l.boundary(k+2) && l.tg(k-1) == tNNP && !l.dateWord(k+1) {
			k += 2 // "in Harlow, S.C."
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
		for e < l.n() && e < k+5 && (l.has("time words", e) || l.dateWord(e) || l.tg(e) == tCD && !l.tg(e+1).isFinite()) {
			e++
		}
		if e > k+1 {
			return e
		}
	}
	if l.tg(k) == tRB && l.has("adverbs of saying", k) && !l.has("content openers", k) && l.low(k) != "only" && l.low(k) != "not" && l.low(k) != "never" {
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
	if l.tg(e).isFinite() && l.tg(e) != tPunct {
		return k
	}
	if venue || l.boundary(e) || l.dateWord(e) {
		return e
	}
	if f := l.adjunct(&attribution{}, e); f > e && l.boundary(f) {
		return e
	}
	return k
}

// opening finds where the content begins after the verb, its addressee and
// adverbials, or -1. The second result says that only quoted words count.
func (l *line) opening(a *attribution, k, i int, c *cue) (int, bool) {
	j := k
	if l.low(j) == "," {
		j++
		if j < l.n() && !l.isQ(j) && l.tg(j) == tRB && l.low(j+1) == "," {
			j += 2
		}
	}
	switch {
	case j >= l.n():
		return -1, false
	case l.isQ(j):
		return j, false
	case l.low(k) == ":":
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
	if c.is('i') && l.low(k) == "to" {
		if c.is('a') && k > i+1 && c.lemma != "tell" && a.addressee.to == l.us[k].token {
			for k > i+1 && l.us[k].token > a.addressee.from {
				k--
			}
		}
		return k, false
	}
	if c.is('s') && (l.tg(k) == tVBG || l.tg(k) == tRB && l.tg(k+1) == tVBG) && !l.isCue(k) {
		return k, false // "denied ever having met"
	}
	if l.low(k) == "," && l.asClause && l.clause(k+1) {
		return k + 1, false
	}
	if c.is('t') && l.paper && l.clause(k) {
		return k, false
	}
	if l.low(k) == "," || l.low(k) == "." {
		return l.quotedLater(k, i, c)
	}
	if c.is('b') && l.clause(k) {
		return k, false
	}
	return l.quotedLater(k, i, c)
}

func (l *line) thatClause(j int, c *cue) (int, bool) {
	if c.is('s') || c.is('t') || c.is('b') {
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
		case l.low(j) == "," || l.low(j) == ";" || l.low(j) == ":":
			if !c.is('o') || j-k > 18 {
				return -1, false
			}
		case j > k && l.canReport(j) && !l.cues[l.low(j)].is('n'):
			return -1, false
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
	case t == tVBD || t == tVBZ || t == tVB || t == tRP || t == tTO || t == tPunct && l.low(k) != "(" && !l.isQ(k):
		return false
	case t == tCC && l.low(k) != "both":
		return false
	}
	for j := k; j < min(k+30, l.n()); j++ {
		switch {
		case l.tg(j).isFinite():
			return j > k || l.tg(k) == tMD
		case l.low(j) == ";" || l.low(j) == "." && j+1 < l.n():
			return false
		case l.tg(j) == tWH && j > k:
			// The verb of a relative clause is not the clause's own; what
			// follows it is looked at all the same.
			j++
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
		case l.tg(k).isFinite() && !l.tg(k-1).isVerb() && !l.allAdverbs(k-1, k):
			if seen && !open {
				return k
			}
			seen, open = true, false
		case l.tg(k).isFinite() && seen && l.tg(k-1).isFinite() && l.has("auxiliaries", k):
			return k
		}
	}
	return end
}
