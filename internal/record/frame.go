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
	if c.is('o') && !c.is('s') && !c.is('q') || passive || c.is('m') || l.tg(g-1) == tWH {
		return nil
	}
	s, k, clause := l.clauseAround(i, g)
	if !s.ok() {
		return nil
	}
	l.paper = l.paperSubject(s)
	open := l.openingOf(clause)
	if open < 0 {
		return nil
	}
	a := l.begin(i, g, s)
	if k == i+1 {
		k = l.addressee(a, l.particle(k), c)
	}
	k = l.adjuncts(a, k)
	if l.low(k) == "," && !l.brokenOff(k) {
		if e := l.adjuncts(a, k+1); l.boundary(e) && e > k+1 {
			k = e
		}
	}
	if l.isQ(open-1) && (!l.closes(k) || l.low(k) == "," && !l.isQ(k+1) && l.tg(k+1) == tVBG && !l.isCue(k+1)) {
		k = l.nextPiece(k + 1)
	}
	if !l.closes(k) && !(l.quoteComma(open-1) && c.is('s') && l.low(k) != ":") && !(l.isQ(open-1) && (l.tg(k) == tIN || l.tg(k) == tTO || l.tg(k) == tRB)) {
		return nil
	}
	from := l.contentStart(open, used)
	if l.notYetSaid(from, l.leftEnd(open)) {
		return l.onlyResumed(a, i, g, k, used)
	}
	quotes := l.lastQuote(from, open) > from
	if !quotes && (l.isQ(k) || l.low(k) == ":" || l.low(k) == "," && l.isQ(k+1)) {
		return nil // it leads to what follows
	}
	if l.tg(from) == tIN && !quotes && l.low(k) == "," && l.resumes(k) > k && l.placeOfSaying(from, open) {
		return l.onlyResumed(a, i, g, k, used)
	}
	short := c.lemma == "say" && l.low(k) != "," && clause == i && from == 0 && open-from <= 7 // "Not so fast, says Doe."
	if from >= open || !short && !l.saysSomething(from, open, c) && (l.low(k) != "," || !c.is('s') || l.resumes(k) == k) {
		return nil
	}
	a.frame, a.why = frameAfter, "follows what was said"
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

// notYetSaid reports whether what stands before the clause is the reporter's:
// an adverb ("Privately, aides say, ..."), or the beginning of a relative clause
// ("his daughter, who, he said, ...").
func (l *line) notYetSaid(from, end int) bool {
	if from >= end || l.lastQuote(from, end) > from {
		return false
	}
	if l.tg(end-1) == tWH || l.low(end-1) == "where" || l.low(end-1) == "that" || (l.low(end-1) == "and" || l.low(end-1) == "but") && !l.hasVerb(from, end) {
		return true
	}
	return end-from == 1 && l.tg(from) == tRB
}

// placeOfSaying reports whether units a..b say where it was said: "In a statement,
// Doe said, ..."
func (l *line) placeOfSaying(a, b int) bool {
	for k := a; k < b; k++ {
		if l.has("venue nouns", k) {
			return true
		}
	}
	return false
}

// onlyResumed makes the attribution of a clause that interrupts before anything
// was said: its content is what follows.
func (l *line) onlyResumed(a *attribution, i, g, k int, used []bool) *attribution {
	e := l.resumes(k)
	if e <= k {
		return nil
	}
	a.content = append(a.content, l.trim(k, e))
	a.frame, a.why = frameAfter, "stands before what was said"
	use(used, min(g, i), e)
	return a
}

// nextPiece looks past whatever else is said of the saying for the comma after
// which quoted words go on: “A,” she wrote to a friend, “B”.
func (l *line) nextPiece(k int) int {
	for j := k; j < min(k+14, l.n()) && !l.tg(j).isFinite(); j++ {
		if l.low(j) == "," && l.isQ(j+1) {
			return j
		}
	}
	return k - 1
}

// particle steps over what belongs to the verb: "put it", "shot back".
func (l *line) particle(k int) int {
	switch l.low(k) {
	case "back", "out", "on", "in":
		if l.tg(k) == tRP || l.tg(k) == tRB || l.boundary(k+1) || l.cues[l.low(k-1)] != nil && l.cues[l.low(k-1)].lemma == "call" {
			return k + 1
		}
	case "for":
		if l.cues[l.low(k-1)] != nil && l.cues[l.low(k-1)].lemma == "call" {
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
	s = l.subjectLeft(g)
	if s.ok() && (s.from == 0 || l.isQ(s.from-1)) || l.cues[l.low(i)].lemma == "tell" {
		return s, i + 1, s.from
	}
	if i > 0 && g == i && (l.isQ(i-1) || l.low(i-1) == "," || l.low(i-1) == "—" || l.low(i-1) == "–") && l.tg(i) != tVBG {
		if s := l.inverted(i); s.ok() && (l.closesAfterAdjuncts(s.to)) {
			return s, s.to, i
		}
	}
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
	if from == 0 {
		from = l.dateline()
	}
	for from < open && !l.isQ(from) && (l.low(from) == "," || l.low(from) == ";" || l.low(from) == "but" || l.low(from) == "and" || l.low(from) == "—" || l.low(from) == "." || l.low(from) == ")" || l.low(from) == "," || l.low(from) == "–") {
		from++
	}
	if first > from && l.low(first-1) == ":" || first > from && l.isQ(open-1) && l.ownClause(from, first) {
		return first
	}
	return from
}

// dateline is the unit after "DES MOINES, Iowa (AP) —" at the head of a paragraph,
// 0 when there is none.
func (l *line) dateline() int {
	for k := 0; k < min(10, l.n()); k++ {
		switch w := l.low(k); {
		case w == "—" || w == "–" || w == "--" || w == "-" && !l.tight(k):
			if k == 0 {
				return 0
			}
			return k + 1
		case w == "" || w != "," && w != "(" && w != ")" && w != "." && w != "/" && !l.tok(k).isCap() && !l.tok(k).abbr:
			return 0
		case k == 0 && shape(l.tok(0).text) != "A":
			return 0
		}
	}
	return 0
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
	k := q.inner
	for k < q.innerEnd && (l.tokens[k].text == "[" || l.tokens[k].text == "…") {
		k++
	}
	return k < q.innerEnd && l.tokens[k].isCap()
}

// saysSomething reports whether units a..b can be what somebody said: quoted
// words, or for verbs of speech a clause.
func (l *line) saysSomething(a, b int, c *cue) bool {
	for k := a; k < b; k++ {
		if l.isQ(k) {
			return true
		}
	}
	return (c.is('s') || (c.is('p') || c.is('t')) && l.paper) && l.hasVerb(a, b)
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
	case l.tg(j) == tVBG, l.tg(j) == tCC && !l.has("content openers", j+1), l.low(j) == "according", l.low(j) == "then", l.isCue(j) && l.tg(j) == tVBD, l.low(j) == "as", l.low(j) == "while",
		l.low(j) == "although", l.low(j) == "though", l.low(j) == "when", l.low(j) == "citing", l.low(j) == "who", l.low(j) == "which",
		l.low(j) == ".", l.low(j) == "whereas", l.low(j) == "after", l.low(j) == "before":
		return k
	}
	if !l.hasVerb(j, l.n()) && !l.brokenOff(k) {
		return k
	}
	return l.contentEnd(j)
}

// brokenOff reports whether the clause that ends before k interrupts right after a
// verb: "She would, she said, drive it again."
func (l *line) brokenOff(k int) bool {
	b := k - 1
	for b > 0 && l.low(b) != "," {
		b--
	}
	return b > 0 && (l.tg(b-1).isVerb() || l.tg(b-1) == tRB && l.tg(b-2).isVerb())
}

// ahead is the frame of a clause that leads to what was said: "Doe said that A",
// "Doe told reporters: “A”", "..., adding that A", "called it “A”".
func (l *line) ahead(i int, used []bool, out []*attribution) *attribution {
	c := l.cues[l.low(i)]
	g, _, passive, hearsay := l.verbGroup(i)
	if l.wasAsked(i, g) {
		return nil
	}
	s := l.subjectLeft(g)
	if l.low(s.from-1) == "if" || l.low(s.from-1) == "unless" {
		return nil
	}
	inherited := false
	if !s.ok() || l.tg(i) == tVBG && g == i || l.low(g) == "to" || l.low(g) == "then" && l.low(g-1) == "," {
		if s, inherited = l.inherit(i, g, out), true; !s.ok() && !passive {
			return nil
		}
	}
	if l.tg(s.from) == tWH || !inherited && used[max(0, min(s.from, len(used)-1))] && s.ok() {
		return nil
	}
	a := l.begin(i, g, s)
	if a.passive && l.tg(i+1) == tVBG && l.isCue(i+1) {
		return nil // "is heard telling"
	}
	if a.passive && l.tg(i-1) != tVBG {
		if !l.quotedAsSaying(i) && !l.byWhom(a, i, c) {
			return nil
		}
	}
	if s.ok() {
		l.leadingAdjunct(a, s)
	}
	l.asClause, l.paper = s.ok() && l.low(s.from-1) == "as", s.ok() && l.paperSubject(s)
	l.gerund, l.relative, l.stop = l.tg(i) == tVBG, s.ok() && !inherited && l.tg(s.from-1) == tWH, 0
	defer func() { l.gerund, l.relative, l.stop = false, false, 0 }()
	k := i + 1
	if c.lemma != "refer" || l.low(k) != "to" {
		k = l.adjuncts(a, l.addressee(a, l.particle(k), c))
	}
	from, quotedOnly := l.opening(a, k, i, c)
	if from < 0 {
		return nil
	}
	end := l.aheadEnd(from, g, s, inherited)
	hasQ := l.lastQuote(from, end) > from
	if c.is('m') && hasQ && l.low(from) != "that" && l.commaWithin(from, end) {
		return nil // the words are not what was thought of
	}
	switch {
	case hasQ && quotedOnly:
		end = l.nounAfter(l.lastQuote(from, end), end)
	case hasQ:
	case quotedOnly, hearsay, c.is('m') && !l.opts.Beliefs, s.ok() && l.authors(s):
		return nil
	}
	a.content = append(a.content, l.trim(from, end))
	a.frame, a.why = frameAhead, "leads to what was said"
	if inherited {
		a.frame, a.why = frameGoesOn, "goes on from the verb before it"
	}
	lo := i
	if s.ok() && !inherited && l.tg(g-1) != tWH {
		lo = s.from
	}
	use(used, lo, end)
	return a
}

// wasAsked recognises a participle that says what somebody was asked: "Doe, asked
// whether she would run, said"; it is nobody's statement here.
func (l *line) wasAsked(i, g int) bool {
	if g != i || l.low(i-1) != "," {
		return false
	}
	switch l.low(i) {
	case "asked", "pressed", "questioned":
		return l.has("content openers", i+1) || l.tg(i+1) == tIN
	}
	return false
}

// aheadEnd ends the content that begins at from, by what the clause is in which
// the verb stands: a main one, a subordinate, a relative.
func (l *line) aheadEnd(from, g int, s subject, inherited bool) int {
	end := l.quoteAlone(from, l.contentEnd(from))
	if l.stop > from {
		end = min(end, l.stop)
	}
	switch {
	case inherited:
	case s.from > 0 && l.tg(s.from-1) == tWH && l.low(s.from-1) != "what":
		end = min(l.relativeEnd(from, end), l.subordinateEnd(from, end))
	case l.tg(g-1) == tWH:
		end = l.relativeEnd(from, end)
	case s.from > 0 && s.from <= 2 && l.has("opens a clause", s.from-1):
		end = l.subordinateEnd(from, end)
	}
	return end
}

// authors reports whether the subject is the writer of the text.
func (l *line) authors(s subject) bool {
	w := l.low(s.from)
	return w == "nobody" || w == "none" || w == "no" && l.low(s.from+1) == "one" || s.head == s.from+1 && (w == "i" || w == "we" || w == "you" || w == "there")
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
	if l.tg(i) == tVBG && l.low(g-1) == "as" {
		for k := g - 2; k > max(0, g-10) && !l.isQ(k) && l.low(k) != ","; k-- {
			if l.low(k) == "quoted" && k < g-2 { // "the Post quoted Doe as saying"
				return subject{k + 1, g - 1, g - 1}
			}
		}
		if l.low(g-2) == "quoted" {
			return l.sentenceSubject(g - 1)
		}
	}
	if l.tg(i) == tVBG && (l.nominal(g-1) || l.tg(g-1) == tPRP) && g > 0 {
		for k := g - 1; k >= max(0, g-10); k-- { // "with Doe saying"
			if l.low(k) == "with" {
				return subject{k + 1, g, g}
			}
		}
		if s := l.nounLeft(g - 1); s > 0 && (l.low(s-1) == "and" || l.low(s-1) == "while") {
			return subject{s, g, g}
		}
	}
	ok := l.low(g-1) == "," || l.tg(g-1) == tCC || l.low(g) == "to" || l.low(g-1) == "to" || l.low(g-1) == "by" || l.low(g-1) == "—" || l.isQ(g-1) || l.low(g-1) == "–" || l.tg(i) == tVBG || g == 0
	if !ok {
		return subject{}
	}
	if g == 0 && l.tg(i) == tVBG {
		return l.leading()
	}
	return l.coordinate(g, out)
}

// coordinate is the subject of the finite verb nearest to the left of g that is
// neither in a subordinate clause nor in what somebody said: the one that shares
// its subject with the verb at g.
func (l *line) coordinate(g int, out []*attribution) subject {
	var pronoun subject
	for i := g - 1; i >= 0 && l.low(i) != ";"; i-- {
		l.steps++
		if l.isQ(i) || !l.tg(i).isFinite() || l.saidBy(i, out) {
			continue
		}
		b, _, _, _ := l.verbGroup(i)
		if l.tg(b-1) == tWH {
			continue
		}
		s := l.subjectLeft(b)
		if !s.ok() && i > 0 && (l.isQ(i-1) || l.low(i-1) == ",") {
			s = l.inverted(i)
		}
		if !s.ok() || l.tg(s.from) == tWH || l.subordinate(s.from-1) && (l.tg(g-1) != tCC || l.commaWithin(i, g)) {
			continue
		}
		if w := l.low(s.from); w == "it" || w == "there" {
			if !pronoun.ok() {
				pronoun = s
			}
			continue
		}
		return s
	}
	if s := l.sentenceSubject(g); s.ok() {
		return s
	}
	return pronoun
}

// saidBy reports whether unit i stands in the content of an attribution.
func (l *line) saidBy(i int, out []*attribution) bool {
	for k := len(out) - 1; k >= max(0, len(out)-window); k-- {
		if out[k].covers(l.us[i].token) {
			return true
		}
	}
	return false
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
