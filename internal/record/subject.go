// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

// subject is who does the verb whose group begins at unit g.
type subject struct {
	from, to int // units of the whole mention, appositions included
	head     int // units [from, head) are the mention alone
}

func (s subject) ok() bool { return s.to > s.from }

// subjectLeft finds the subject before the verb group that begins at g.
func (l *line) subjectLeft(g int) subject {
	if w, end := l.restrictive(g); w > 0 {
		if s := l.nounLeft(w - 1); s >= 0 {
			return subject{s, end, w}
		}
	}
	j := l.timeLeft(g - 1)
	if j >= 0 && (l.low(j) == "," || l.quoteComma(j)) {
		if k := l.asideLeft(j); k >= 0 { // "Doe, in a statement, said"
			s := l.subjectLeft(k)
			if s.ok() && (!l.isAdjunct(k+1, j) || l.appositive(k+1) || l.low(k+1) == "including") {
				s.to = j
			}
			return s
		}
		return subject{}
	}
	if l.tg(j) == tWH && (l.low(j) == "who" || l.low(j) == "which" || l.low(j) == "that") {
		return l.antecedent(j)
	}
	if l.low(j) == "that" && l.tg(j-1).isNoun() {
		return l.antecedent(j)
	}
	s := l.nounLeft(j)
	if s < 0 || l.tg(j) == tPOS {
		return subject{}
	}
	if whole := l.objectOfSubject(s, j); whole.ok() {
		return whole
	}
	return l.nounSubject(l.afterPart(s, j), j, g)
}

// objectOfSubject goes on to the left from the object of a preposition, s to j,
// which is nobody's subject: to the noun that it belongs to, or to the one that
// its apposition belongs to.
func (l *line) objectOfSubject(s, j int) subject {
	if l.tg(s-1) != tIN || l.has("subordinators", s-1) || l.has("opens a clause", s-1) || s <= 1 {
		return subject{}
	}
	if c := l.commaBefore(s-1, 25); c > 0 && l.appositive(c+1) {
		if whole := l.subjectLeft(c); whole.ok() {
			whole.to = j + 1
			return whole
		}
	}
	if c := l.clauseStart(s - 1); c < s-1 && (l.tg(c) == tDT || l.nominal(c) || l.tg(c) == tJJ || l.tg(c) == tPRPS) && !l.dateWord(c) {
		if e := l.nounRight(c); e > c && e < s {
			return subject{c, j + 1, j + 1}
		}
	}
	return subject{}
}

// afterPart is where the name of a person begins that ran together with that of a
// place: "in Port Ansgar Katrin Osmund said".
func (l *line) afterPart(s, j int) int {
	for _, n := range l.namingsIn(l.run(s, j+1)) {
		for n.parted && n.to == l.us[j].end && l.us[s].token < n.from {
			s++
		}
	}
	return s
}

// nounSubject is the subject that the noun phrase s to j makes before the verb
// group at g, together with what it is an apposition to.
func (l *line) nounSubject(s, j, g int) subject {
	if s == j && l.us[s].title {
		return subject{} // a book says nothing by itself
	}
	if n := l.reduced(s, j); n > s {
		return subject{n, j + 1, j + 1}
	}
	if l.low(s-1) == "," && s > 1 && l.likeName(s, j+1) && (l.has("roles", s-2) || l.in("titles", l.low(s-2))) { // "the prime minister, Jane Doe said"
		if b := l.nounLeft(s - 2); b >= 0 && (b == 0 || l.low(b-1) == "," || l.isQ(b-1) || l.tg(b-1) == tCC) {
			return subject{b, j + 1, s - 1}
		}
	}
	if l.low(s-1) == "," && s > 1 && l.low(g) == "," && l.detail(s, j+1) {
		whole := l.subjectLeft(s - 1)
		place := whole.from > 0 && l.tg(whole.from-1) == tIN && (whole.from == 1 || l.low(whole.from-2) == ",") // "On Fox, host Jane Doe said"
		if whole.ok() && !place && (whole.from == 0 || l.low(whole.from-1) != "of") {
			whole.to = j + 1
			return whole
		}
	}
	return subject{s, j + 1, j + 1}
}

// reduced finds the name that begins a clause about a noun: in "a charge Doe has
// denied" it is "Doe". Without one the result is s.
func (l *line) reduced(s, j int) int {
	if l.low(s) != "a" && l.low(s) != "an" || l.low(s-1) != "," {
		return s
	}
	n := j
	for n > s && l.tg(n) == tNNP {
		n--
	}
	if n == j || l.tg(n) != tNN || l.has("roles", n) || l.has("organisations", n) || l.in("titles", l.low(n)) {
		return s
	}
	return n + 1
}

// restrictive finds the relative clause without commas, or the participle, that
// stands between a noun and the verb whose group begins at g: "people who spoke
// with him this week say", "a poll released Saturday found". The result is the
// word after the noun and the end of the mention, or 0.
func (l *line) restrictive(g int) (after, end int) {
	verbs := 0
	for k := g - 1; k > 0 && g-k < 25; k-- {
		l.steps++
		switch w := l.low(k); {
		case w == "" || w == "," || w == ";" || w == ":" || w == "—" || w == "–" || w == ".":
			return 0, 0
		case w == "who" || (w == "that" || w == "which") && l.tg(k+1).isVerb():
			if verbs > 0 && l.nominal(k-1) {
				return k, g
			}
			return 0, 0
		case l.has("paper participles", k) && verbs == 0 && l.nominal(k-1) && k < g-1 && l.adverbial(k+1, g):
			return k, g
		case l.tg(k).isFinite():
			if c := l.cues[w]; c != nil && c.is('b') {
				return 0, 0
			}
			if !l.tg(k + 1).isVerb() {
				verbs++
			}
			if verbs > 1 {
				return 0, 0
			}
		case l.tg(k) == tWH:
			return 0, 0
		}
	}
	return 0, 0
}

// adverbial reports whether units a..b say when, where or by whom, and no more.
func (l *line) adverbial(a, b int) bool {
	if l.dateWord(a) || l.has("time openers", a) {
		return true
	}
	return l.tg(a) == tIN && l.nounRight(a+1) == b
}

// quoteComma reports whether unit i are quoted words that end with a comma, which
// is the sentence's.
func (l *line) quoteComma(i int) bool {
	if !l.isQ(i) {
		return false
	}
	q := &l.quotes[l.us[i].quote]
	return q.innerEnd > q.inner && l.tokens[q.innerEnd-1].text == ","
}

// clauseStart is where the clause begins in which unit i stands, if no finite
// verb stands before i in it; else i.
func (l *line) clauseStart(i int) int {
	for k := i; k >= 0 && i-k < 30; k-- {
		if l.tg(k).isFinite() {
			return i
		}
		if k == 0 || l.low(k-1) == "," || l.isQ(k-1) || l.tg(k-1) == tCC || l.low(k-1) == "that" {
			return k
		}
	}
	return i
}

// commaBefore is the nearest comma to the left of i, or -1.
func (l *line) commaBefore(i, reach int) int {
	for k := i - 1; k > 0 && i-k < reach; k-- {
		if l.low(k) == "," {
			return k
		}
		if l.isQ(k) || l.tg(k).isFinite() {
			return -1
		}
	}
	return -1
}

// timeLeft steps back over "on Wednesday", "last week" and "in a statement" that
// stand between a subject and its verb.
func (l *line) timeLeft(j int) int {
	k := j
	for k > 0 && (l.dateWord(k) || l.has("time words", k) || l.tg(k) == tCD && l.dateWord(k-1)) {
		k--
	}
	if k < j {
		for k > 0 && l.has("time openers", k) {
			k--
		}
		if l.tg(k) == tIN && k > 0 {
			k--
		}
		if k >= 0 && (l.nominal(k) || l.low(k) == ")" || l.tg(k) == tPRP) {
			return k
		}
		return j
	}
	if l.has("venue nouns", j) && j > 2 {
		for k = j - 1; k > 0 && j-k < 5 && (l.tg(k) == tDT || l.tg(k) == tJJ || l.tg(k) == tNN); k-- {
		}
		if l.low(k) == "in" && k < j-1 && k > 0 && l.nominal(k-1) && !l.has("roles", k-1) {
			return k - 1
		}
	}
	return j
}

// detail reports whether units a..b say more of a name before the comma: a
// party and a state, an age, a state, an office without an article.
func (l *line) detail(a, b int) bool {
	switch {
	case b-a == 1 && l.tg(a) == tCD:
		return l.low(a)[0] <= '9'
	case l.tok(a).isCap() && len(l.low(a)) <= 2 && l.hyphen(a+1):
		return true
	case b-a == 1 && l.tok(a).abbr, !l.tok(a).isCap() && l.tg(a) != tDT && l.appositive(a) && l.tg(a-2) == tNNP:
		return true
	}
	return l.tg(a) == tDT && l.low(a) != "that" && (l.tg(a-2) == tNNP && !l.dateWord(a-2) || l.tg(a-2) == tCD && l.low(a-3) == ",")
}

// asideLeft finds the comma that opens the aside that the comma at j closes:
// an apposition, a relative clause or an adverbial. The result is -1 when there
// is none.
func (l *line) asideLeft(j int) int {
	for k := j - 1; k > 0 && j-k < 40; k-- {
		switch l.low(k) {
		case ".", ";", ":", "?", "!":
			return -1
		case ",":
			if l.likeName(k+1, j) && l.placeBefore(k) {
				continue // "a meeting in Naples, Florida,"
			}
			if !l.isAdjunct(k+1, j) && !l.appositive(k+1) && !l.likeNames(k+1, j) {
				if l.low(k+1) == "and" || l.tg(k+1).isFinite() {
					return -1
				}
				continue
			}
			if l.tg(k-1).isNoun() || l.low(k-1) == ")" || l.tg(k-1) == tPRP || l.tg(k-1) == tCD || l.low(k-1) == "another" || l.isAdjunct(k+1, j) && l.tg(k-1) == tNN {
				return k
			}
			return -1
		}
		if l.isQ(k) {
			return -1
		}
	}
	return -1
}

// placeBefore reports whether the name that ends before unit k stands after a
// preposition of place.
func (l *line) placeBefore(k int) bool {
	b := k - 1
	for b > 0 && l.tok(b).isCap() {
		b--
	}
	switch l.low(b) {
	case "in", "at", "near", "from", "outside":
		return b < k-1
	}
	return false
}

// likeNames reports whether units a..b are a name or two: "two others, Jane Doe and
// John Roe, said".
func (l *line) likeNames(a, b int) bool {
	for k := a + 1; k < b-1; k++ {
		if l.low(k) == "and" {
			return l.likeName(a, k) && l.likeName(k+1, b)
		}
	}
	return l.likeName(a, b)
}

// likeName reports whether units a..b are one name: "the coach, Jane Doe, said".
func (l *line) likeName(a, b int) bool {
	if b-a > 6 || b <= a {
		return false
	}
	for k := a; k < b; k++ {
		if !l.tok(k).isCap() && !l.in("particles", l.low(k)) && !l.hyphen(k) && l.low(k) != "." {
			return false
		}
	}
	return true
}

// isAdjunct reports whether units a..b are an adverbial: "in a statement",
// "on Tuesday", "however".
func (l *line) isAdjunct(a, b int) bool {
	if a >= b || l.isQ(a) {
		return false
	}
	switch {
	case l.tg(a) == tRB, l.has("adverbs of saying", a), l.dateWord(a):
		return true
	case l.tg(a) == tIN && !l.has("subordinators", a):
		return l.low(a) != "of" && l.low(a) != "from"
	case l.tg(a) == tVBG || l.tg(a) == tTO:
		return true
	case l.low(a) == "when" || l.low(a) == "while" || l.low(a) == "asked" || l.low(a) == "as":
		return true
	case l.tg(a) == tVBN && !l.tok(a).isCap():
		return true
	}
	return false
}

// antecedent is what a relative pronoun at j stands for.
func (l *line) antecedent(j int) subject {
	k := j - 1
	if l.low(k) == "," {
		k--
	}
	s := l.nounLeft(k)
	if s < 0 {
		return subject{}
	}
	if l.low(k+1) == "," && s > 1 && l.low(s-1) == "," { // "Doe, an adviser to Roe, who said"
		if whole := l.subjectLeft(k + 1); whole.ok() && whole.from < s {
			return subject{whole.from, k + 1, whole.head}
		}
	}
	return subject{s, k + 1, k + 1}
}

// sentenceSubject is the subject of the first finite verb: who a participle
// (", adding that") or a second verb ("and said") belongs to.
func (l *line) sentenceSubject(before int) subject {
	best := subject{}
	from := 0
	for i := before - 1; i > 0; i-- {
		if l.low(i) == ";" {
			from = i + 1
			break
		}
	}
	for i := from; i < before; i++ {
		if l.isQ(i) || !l.tg(i).isFinite() {
			continue
		}
		g, _, _, _ := l.verbGroup(i)
		if s := l.subjectLeft(g); s.ok() {
			if l.tg(s.from) == tWH {
				continue
			}
			if w := l.low(s.from); l.subordinate(s.from-1) || w == "it" || w == "there" { // "Asked why she left, Doe ..."
				if !best.ok() {
					best = s
				}
				continue
			}
			return s
		}
		if s := l.inverted(i); s.ok() && i > 0 && (l.isQ(i-1) || l.low(i-1) == ",") {
			return s
		}
	}
	if !best.ok() && before > 0 { // the tagger missed the verb
		k := 0
		for k < before && (l.tg(k) == tCC || l.tg(k) == tRB || l.low(k) == ",") {
			k++
		}
		if e := l.nounRight(k); e > k && e < before {
			best = subject{k, l.apposition(e), e}
		}
	}
	return best
}

// subordinate reports whether the word at i opens a clause that is not the main one.
func (l *line) subordinate(i int) bool {
	return i >= 0 && (l.tg(i) == tWH || l.has("opens a clause", i) || l.has("subordinators", i))
}

// inverted finds the subject after the verb: "said Jane Doe, a spokeswoman".
func (l *line) inverted(i int) subject {
	e := l.nounRight(i + 1)
	if e == i+1 || !l.isQ(i-1) && !l.speakerLike(i+1, e) {
		return subject{}
	}
	if c := l.cues[l.low(i)]; !l.isQ(i-1) && c != nil && c.lemma != "say" && (l.low(i+1) == "a" || l.low(i+1) == "an") {
		return subject{} // "..., recall a man who"
	}
	return subject{i + 1, l.apposition(e), e}
}

// speakerLike reports whether units a..b can speak: a name, an office, an
// organisation, a pronoun.
func (l *line) speakerLike(a, b int) bool {
	for k := a; k < b; k++ {
		if l.tg(k) == tNNP || l.tg(k) == tPRP || l.has("roles", k) || l.has("groups", k) || l.has("shares", k) || l.has("organisations", k) || l.has("papers", k) {
			return true
		}
	}
	return false
}
