// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import "strings"

// line is a sentence under the eyes of the grammar. Positions are units.
type line struct {
	*reading
	us   []unit
	para int

	asClause bool // the clause in hand begins with "as"
	gerund   bool // its verb is a participle
	relative bool // it is a relative clause: "which she says misled them"
	stop     int  // where its content ends at the latest, when that is known before
	paper    bool // its subject is a paper
}

func (l *line) n() int { return len(l.us) }

func (l *line) isQ(i int) bool { return i >= 0 && i < len(l.us) && l.us[i].quote >= 0 }

// tok is the token of a unit; for a quoted stretch its opening mark.
func (l *line) tok(i int) *token { return &l.tokens[l.us[i].token] }

// low is the word in lower case, "" for a quoted stretch or beyond the ends.
func (l *line) low(i int) string {
	if i < 0 || i >= len(l.us) || l.us[i].quote >= 0 {
		return ""
	}
	if l.us[i].title {
		return "“”"
	}
	return l.tokens[l.us[i].token].low
}

func (l *line) tg(i int) tag {
	if i < 0 || i >= len(l.us) || l.us[i].quote >= 0 {
		return tPunct
	}
	if l.us[i].title {
		return tNNP
	}
	return l.tokens[l.us[i].token].tag
}

// has asks a list about the word at i.
func (l *line) has(list string, i int) bool {
	w := l.low(i)
	return w != "" && l.in(list, w)
}

// tight reports whether unit i touches the one before it: "co" "-" "founder".
func (l *line) tight(i int) bool {
	return i > 0 && i < l.n() && l.tok(i).start == l.tokens[l.us[i-1].end-1].end
}

// hyphen recognises the hyphen of a compound.
func (l *line) hyphen(i int) bool {
	switch l.low(i) {
	case "-", "‑", "/", "&":
		return l.low(i) == "&" || l.tight(i) && l.tight(i+1)
	}
	return false
}

// nominal reports whether the word can be part of a noun phrase as its noun or name.
func (l *line) nominal(i int) bool {
	switch l.tg(i) {
	case tNN, tNNP, tCD, tFW:
		return true
	case tDT, tIN, tCC, tPRP, tPRPS, tPunct, tTO, tWH, tPOS, tMD, tEX:
		return false
	}
	return i > 0 && l.tok(i).isCap() && !l.isCue(i)
}

func (l *line) isCue(i int) bool {
	w := l.low(i)
	return w != "" && l.cues[w] != nil
}

// dateWord recognises weekdays, months and "today", which stand beside a noun
// phrase and are not part of it.
func (l *line) dateWord(i int) bool {
	w := l.low(i)
	if l.in("weekdays", w) {
		return true
	}
	switch w {
	case "today", "yesterday", "tonight", "tomorrow":
		return true
	case "may", "march":
		return l.tok(i).isCap() && l.tg(i) != tMD && (l.tg(i+1) == tCD || l.tg(i-1) == tIN || l.tg(i-1) == tCD || l.low(i-1) == "last")
	}
	if l.tg(i) == tCD && strings.Contains(w, ":") || len(w) == 4 && l.tg(i) == tCD && w[0] <= '2' && w[0] >= '1' && l.tg(i-1) == tIN {
		return true
	}
	return l.in("months", w) && l.tok(i).isCap()
}

// nounLeft returns where the noun phrase begins that ends with unit j, or -1.
func (l *line) nounLeft(j int) int {
	s := l.nounLeftN(j, 4)
	if s > 0 && (l.tg(s) == tCD || l.has("groups", s) || l.has("shares", s)) { // "more than half of", "at least 20"
		for k := s - 1; k >= 0 && s-k <= 2 && (l.has("before numbers", k) || l.low(k) == "at" && l.low(k+1) == "least"); k-- {
			if l.low(k) != "than" && l.low(k) != "least" {
				s = k
			}
		}
	}
	switch l.low(s - 1) {
	case "neither", "either", "both", "each", "every", "all":
		return s - 1
	}
	return s
}

func (l *line) nounLeftN(j, depth int) int {
	i := l.skipBracketLeft(j)
	if l.has("postmodifiers", i) && l.nominal(i-1) {
		i--
	}
	if i < 0 || depth == 0 {
		return -1
	}
	if l.tg(i) == tPRP && (strings.HasSuffix(l.low(i), "self") || l.low(i) == "themselves") && l.tg(i-1).isNoun() {
		return l.nounLeftN(i-1, depth) // "Doe herself"
	}
	saw := false
	if (l.low(i) == "them" || l.low(i) == "us") && l.low(i-1) == "of" && i > 1 { // "one of them"
		i, saw = i-2, true
		if l.tg(i) != tDT && l.tg(i) != tCD {
			return i
		}
	}
	if l.tg(i) == tPRP || l.tg(i) == tEX {
		return i
	}
	for ; i >= 0 && j-i < 60; i-- {
		l.steps++
		t := l.tg(i)
		switch {
		case l.isQ(i):
			if !l.nickname(i) {
				return start(i+1, saw)
			}
		case l.dateWord(i) && (saw || !l.has("organisations", i+1)):
			return start(i+1, saw)
		case l.nominal(i):
			if t == tCD && l.dateWord(i-1) {
				return start(i+1, saw)
			}
			saw = true
		case t == tPOS || l.hyphen(i):
			if i == 0 || !l.nominal(i-1) && l.tg(i-1) != tJJ && !l.hyphen(i) {
				return start(i+1, saw)
			}
		case saw && (t == tJJ || (t == tVBN || t == tVBG) && !l.endsClause(i-1) || t == tVBD && l.tg(i-1) == tDT):
		case saw && (t == tRB && (l.tg(i+1) == tJJ || l.tg(i+1) == tVBN && l.tg(i-1) == tDT) || l.low(i) == "first" || l.low(i) == "then"):
		case saw && l.low(i) == ")" && !l.tight(i+1) && l.skipBracketLeft(i) < i && l.nominal(l.skipBracketLeft(i)):
			i = l.skipBracketLeft(i) + 1
		case saw && (t == tDT || t == tPRPS):
			return l.beyondDeterminer(i, depth)
		case saw && (t == tIN || t == tTO):
			if !l.attaches(i) {
				return start(i+1, saw)
			}
		case saw && t == tCC && (l.low(i) == "and" || l.low(i) == "or"):
			return l.beyondAnd(i, depth)
		case !saw && (t == tDT || t == tJJ): // "the two", "both", "the former"
			if l.low(i) == "that" || l.low(i) == "which" {
				return -1
			}
			if t == tDT || l.low(i) == "another" || l.low(i) == "many" || l.low(i) == "several" || l.low(i) == "few" {
				return i
			}
			saw = l.tg(i-1) == tDT || l.tg(i-1) == tPRPS
			if !saw {
				return -1
			}
		default:
			return start(i+1, saw)
		}
	}
	return start(i+1, saw)
}

func start(i int, saw bool) int {
	if !saw {
		return -1
	}
	return i
}

// endsClause reports whether a clause or phrase ends at i, so that a participle
// after it begins something of its own.
func (l *line) endsClause(i int) bool { return i < 0 || l.low(i) == "," || l.isQ(i) }

// beyondDeterminer goes on to the left of "the" where the phrase belongs to a
// noun before it: "the chair of the committee".
func (l *line) beyondDeterminer(i, depth int) int {
	for l.tg(i-1) == tDT {
		i--
	}
	if i > 1 && (l.tg(i-1) == tIN || l.tg(i-1) == tTO) && l.attaches(i-1) {
		if s := l.nounLeftN(i-2, depth-1); s >= 0 {
			return s
		}
	}
	if i > 1 && l.low(i-1) == "and" {
		return l.beyondAnd(i-1, depth)
	}
	if i > 2 && l.low(i-1) == "of" && (l.has("groups", i-2) || l.tg(i-2) == tCD || l.tg(i-2) == tDT) {
		return i - 2
	}
	return i
}

// beyondAnd joins "Doe and Roe" when nothing before them could have "Doe" for
// its object.
func (l *line) beyondAnd(i, depth int) int {
	s := l.nounLeftN(i-1, depth-1)
	if s < 0 {
		return i + 1
	}
	b := s - 1
	for b >= 0 && (l.tg(b) == tRB || l.low(b) == "both") {
		b--
	}
	if b < 0 || l.low(b) == "," && (!l.verbBefore(b) || b > 0 && l.tg(b-1) != tNNP) || l.low(b) == "that" || l.isQ(b) && !l.verbBefore(b) {
		return b + 1
	}
	return i + 1
}

func (l *line) verbBefore(i int) bool {
	for i--; i >= 0; i-- {
		if l.tg(i).isFinite() {
			return true
		}
	}
	return false
}

// attaches reports whether the preposition at i ties what follows to the noun
// before it: "of" always does, others do after an office or an organisation.
func (l *line) attaches(i int) bool {
	if i < 1 {
		return false
	}
	p := i - 1
	if l.low(p) == ")" {
		p = l.skipBracketLeft(p)
	}
	if p > 0 && l.has("postmodifiers", p) && l.nominal(p-1) {
		return true
	}
	if p < 0 || !l.nominal(p) && l.tg(p) != tDT || l.dateWord(p) {
		return false
	}
	switch l.low(i) {
	case "of":
		return true
	case "for", "at", "to", "in", "with", "from", "on", "by", "who", "about", "inside", "within", "behind", "near", "under":
		if l.dateWord(i+1) || l.in("venue nouns", l.low(p)) && !l.has("roles", p) && !l.has("organisations", p) {
			return false
		}
		return l.has("roles", p) || l.has("groups", p) || l.has("organisations", p) || l.has("papers", p) || l.low(i) == "for" && l.tg(p) == tNN
	}
	return false
}

// skipBracketLeft steps over "(D-N.C.)" that ends at i.
func (l *line) skipBracketLeft(i int) int {
	if l.low(i) != ")" {
		return i
	}
	for j := i - 1; j > 0 && i-j < 14; j-- {
		if l.low(j) == "(" {
			return j - 1
		}
	}
	return i
}

// nickname recognises Jane “Jo” Doe.
func (l *line) nickname(i int) bool {
	return l.us[i].end-l.us[i].token <= 5 && i > 0 && i+1 < l.n() && l.tg(i-1) == tNNP && l.tg(i+1) == tNNP
}

// nounRight returns where the noun phrase ends that begins at unit i (the unit
// after it), or i when there is none.
func (l *line) nounRight(i int) int {
	if l.tg(i) == tPRP || l.tg(i) == tEX {
		return i + 1
	}
	good, saw, needs, crossed := i, false, true, 0
	for k := i; k < l.n() && k-i < 60; k++ {
		l.steps++
		t := l.tg(k)
		switch {
		case l.isQ(k):
			if !l.nickname(k) {
				return good
			}
		case l.dateWord(k) && (saw || k == i):
			return good
		case t == tDT || t == tPRPS || l.low(k) == "both" && needs:
			if !needs {
				return good
			}
		case l.nominal(k):
			if saw && !needs && t == tNN && l.tg(k-1) == tNNP && l.has("groups", k-1) {
				return good
			}
			saw, needs, good = true, false, k+1
		case saw && !needs && l.has("postmodifiers", k) && (l.tg(k+1) == tIN || l.tg(k+1) == tTO):
		case t == tJJ && saw && !needs && l.tg(k-1) == tNNP && (l.tg(k+1) == tWH || l.boundary(k+1)):
			good = k + 1 // an adjective in the place of a noun: "a Republican operative who"
		case t == tJJ && needs && k > i && l.tg(k-1) == tDT && (l.boundary(k+1) || l.tg(k+1) == tWH): // "said a third"
			saw, needs, good = true, false, k+1
		case t == tJJ || t == tVBG || t == tVBN:
			if !needs && !(l.nominal(k+1) || l.hyphen(k+1)) || !needs && t != tJJ {
				return good
			}
		case t == tRB && needs && l.tg(k+1) == tJJ:
		case needs && (l.has("before numbers", k) || l.low(k) == "at") && (l.tg(k+1) == tCD || l.has("before numbers", k+1)):
		case t == tPRP && saw && needs:
			return k + 1
		case t == tPOS && saw:
			needs, good = true, k
		case l.hyphen(k):
			needs = true
		case l.low(k) == "(" && saw:
			e := l.bracketEnd(k)
			if e < 0 {
				return good
			}
			k, good = e, e+1
		case (t == tIN || t == tTO) && saw && crossed < 4 && l.attaches(k) && l.objectOf(k):
			crossed++
			needs = true
		case t == tCC && saw && (l.low(k) == "and" || l.low(k) == "or") && l.joinsRight(k):
			needs = true
		default:
			return good
		}
	}
	return good
}

// objectOf reports whether what follows the preposition belongs to the phrase
// and is neither a time nor the place where something was said.
func (l *line) objectOf(k int) bool {
	if l.dateWord(k + 1) {
		return false
	}
	for j := k + 1; j < min(k+6, l.n()); j++ {
		switch t := l.tg(j); {
		case t == tDT || t == tPRPS || t == tJJ || l.hyphen(j) || l.low(j) == "about" || l.low(j) == "nearly":
		case t == tPRP && j == k+1:
			return true
		case l.nominal(j):
			return l.low(k) == "of" || l.low(k) == "for" || !l.in("venue nouns", l.low(j)) || l.tok(j).isCap()
		default:
			return false
		}
	}
	return false
}

// joinsRight reports whether "and" at k joins a second noun and not a clause.
func (l *line) joinsRight(k int) bool {
	j := k + 1
	for j < l.n() && j-k < 8 && (l.tg(j) == tDT || l.tg(j) == tPRPS || l.tg(j) == tJJ || l.nominal(j) || l.hyphen(j)) {
		j++
	}
	return j > k+1 && !l.tg(j).isFinite() && !(l.tg(j) == tRB && l.tg(j+1).isFinite()) && !l.tg(j).isVerb()
}

func (l *line) bracketEnd(k int) int {
	for j := k + 1; j < min(k+14, l.n()); j++ {
		if l.low(j) == ")" {
			return j
		}
	}
	return -1
}

// apposition returns where the appositions end that follow a noun phrase ending
// before unit i: ", a spokesman for X", ", 45,", ", D-Ohio", ", who ...". The
// result is i when there is none, and never includes a comma at the end.
func (l *line) apposition(i int) int {
	end := i
	for n := range 5 {
		if n == 0 && l.low(end) == "," && l.tg(end-1) == tNN {
			if e := l.nounRight(end + 1); e > end+1 && l.likeName(end+1, e) && !l.dateWord(end+1) && l.boundary(e) {
				end = e
				continue
			}
		}
		if n == 0 && l.low(end) == "who" && l.tg(end+1).isVerb() { // "an operative who asked not to be named"
			k := end + 1
			for k < l.n() && !l.isQ(k) && l.low(k) != "," && l.low(k) != "." {
				k++
			}
			if l.low(k-1) == "who" {
				k = l.asideWithin(k-1, k)
			}
			if k-end <= 30 {
				end = k
				continue
			}
		}
		if l.low(end) != "," || !l.appositive(end+1) || n == 0 && l.low(end+1) == "which" {
			return end
		}
		k := end + 1
		for k < l.n() && !l.stopsApposition(k, end+1) {
			k++
		}
		if e := l.asideWithin(end+1, k); e > k {
			k = e
		}
		if k-end > 45 || k < l.n() && l.tg(k).isFinite() && l.low(end+1) != "who" && l.low(end+1) != "which" {
			return end
		}
		end = k
	}
	return end
}

// asideWithin goes on with a relative clause that is broken off at once: "who,
// like others, asked not to be named". The result is k when it is not.
func (l *line) asideWithin(who, k int) int {
	if k != who+1 || l.low(who) != "who" || l.low(k) != "," {
		return k
	}
	for j := k + 1; j < min(k+16, l.n()); j++ {
		if l.low(j) != "," {
			continue
		}
		if !l.tg(j + 1).isVerb() {
			return k
		}
		for e := j + 1; e < l.n(); e++ {
			if l.stopsApposition(e, who) {
				return e
			}
		}
		return l.n()
	}
	return k
}

func (l *line) stopsApposition(k, from int) bool {
	switch l.low(k) {
	case ",", ".", ";", ":", "?", "!", "—", "–":
		return true
	}
	if l.isQ(k) {
		return true
	}
	return l.low(from) != "who" && l.low(from) != "which" && l.tg(k).isFinite() && !l.relativeWithin(from, k)
}

// relativeWithin reports whether a relative pronoun stands between.
func (l *line) relativeWithin(from, k int) bool {
	for j := from; j < k; j++ {
		if l.tg(j) == tWH {
			return true
		}
	}
	return false
}

// appositive reports whether unit i can begin an apposition.
func (l *line) appositive(i int) bool {
	switch {
	case i >= l.n() || l.isQ(i):
		return false
	case l.low(i) == "who" || l.low(i) == "whose":
		return true
	case l.low(i) == "of":
		return i+1 < l.n() && l.tok(i+1).isCap()
	case l.low(i) == "from" || l.low(i) == "formerly" || l.low(i) == "now" || l.low(i) == "then" || l.low(i) == "once" || l.low(i) == "which":
		return true
	case l.tg(i) == tCD || l.tok(i).abbr && l.low(i+1) == ",":
		return true
	case l.dateWord(i):
		return false
	case l.tg(i) == tDT || l.tg(i) == tPRPS:
		return l.low(i) != "that" && l.low(i) != "this"
	}
	// "chair of ...", "D-Ohio", "editor-in-chief", "British foreign secretary"
	for k := i; k < min(i+6, l.n()); k++ {
		if l.has("roles", k) || l.in("titles", l.low(k)) && l.low(k) != "" {
			return !l.tok(k).isCap() || l.tg(k+1) != tNNP
		}
		if !l.nominal(k) && l.tg(k) != tJJ && !l.hyphen(k) && l.tg(k) != tPOS {
			break
		}
	}
	return l.tok(i).isCap() && l.hyphen(i+1) && len(l.low(i)) == 1
}
