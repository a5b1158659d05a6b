// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"slices"
	"strconv"
	"strings"
)

// resolution says who a mention is, and why.
type resolution struct {
	who  *figure
	kind SpeakerKind
	why  string
}

// resolve finds out who the speaker of an attribution is. last are the speakers
// before it, the latest at the end.
func (r *reading) resolve(a *attribution, last []*attribution) resolution {
	if a.speaker.empty() {
		return resolution{}
	}
	if a.script {
		return r.scripted(a)
	}
	if n := r.namedIn(a); n != nil {
		return resolution{n.who, n.who.kind, ""}
	}
	if a.head.to == a.head.from+1 && (r.tokens[a.head.from].tag == tPRP || r.tokens[a.head.from].tag == tPRPS) {
		return r.pronoun(a, last)
	}
	return r.nominalSpeaker(a, last)
}

// namingsIn lists the names within a row of tokens.
func (r *reading) namingsIn(u run) []naming {
	ns := r.cast.namings
	i, _ := slices.BinarySearchFunc(ns, u.from, func(n naming, t int) int { return n.from - t })
	j := i
	for j < len(ns) && ns[j].to <= u.to {
		j++
	}
	return ns[i:j]
}

// namedIn returns the name that a mention names: not "Doe" of "Doe's lawyer" nor
// of "a spokesman for Doe", but the name in apposition to either.
func (r *reading) namedIn(a *attribution) *naming {
	ns := r.namingsIn(a.speaker)
	var fallback *naming
	for k := range ns {
		n := &ns[k]
		if n.who == nil || n.to < a.speaker.to && r.tokens[n.to].tag == tPOS {
			continue
		}
		if n.from < a.head.to {
			b := max(n.title.from, a.speaker.from)
			if n.title.to == n.title.from {
				b = n.from
			}
			for b > a.speaker.from && (r.tokens[b-1].tag == tDT || r.tokens[b-1].tag == tJJ || r.tokens[b-1].tag == tNN && !r.roleWord(b-1)) {
				b--
			}
			mister := n.title.to > n.title.from && r.in("honorifics", r.tokens[n.title.to-1].low)
			if b > a.speaker.from && !mister && (r.tokens[b-1].tag == tIN || r.tokens[b-1].tag == tTO) {
				continue
			}
			if n.to < a.head.to && r.tokens[n.to].tag == tNN && n.who.kind != Human && n.from == a.head.from {
				fallback = n // "Environment Canada officials"
				continue
			}
			if n.to < a.head.to && (r.tokens[n.to].tag.isNoun() || r.tokens[n.to].tag == tJJ) && (r.tokens[n.to].tag == tNN || n.who.kind != Human) {
				continue // "the Doe campaign", "the Senate Democratic leader", "the Ohio Republican"
			}
			if n.who.kind == "" && !n.who.sure && n.to-n.from == 1 && n.to == a.head.to && n.from > a.head.from && r.tokens[a.head.from].tag == tDT && !n.who.wellNamed() {
				continue // "the 74-year-old Vermonter"
			}
			return n
		}
		// In apposition: right behind a comma, when the mention has no name.
		if r.tokens[n.from-1].text == "," || n.title.to > n.title.from && n.title.from > 0 && r.tokens[n.title.from-1].text == "," {
			return n
		}
	}
	if fallback != nil && a.head.to-fallback.to == 0 {
		return fallback
	}
	return nil
}

// wellNamed reports whether the name has more than one word somewhere.
func (f *figure) wellNamed() bool { return len(f.words) > 1 }

// nominalSpeaker finds whose office "the secretary" names, or the organisation
// that "the ministry" is. "A secretary" is nobody known.
func (r *reading) nominalSpeaker(a *attribution, last []*attribution) resolution {
	h := r.headNoun(a.head)
	if h < 0 {
		return resolution{}
	}
	w := r.tokens[h].low
	kind := r.nounKind(w)
	first := r.tokens[a.head.from].low
	if first == "a" || first == "an" || first == "another" || first == "one" || first == "some" || r.tokens[a.head.from].tag == tCD {
		return resolution{kind: kind}
	}
	for i := a.head.from + 1; i < a.head.to; i++ {
		if t := &r.tokens[i]; i >= h && t.isCap() && strings.ContainsRune(t.text, '.') && !t.abbr {
			return resolution{kind: kind} // a name that is none to us: "the firm Secunia.com"
		}
	}
	var best *figure
	at := -1
	last1, _ := slices.BinarySearchFunc(r.cast.namings, a.head.from+200, func(n naming, t int) int { return n.from - t })
	for k := last1 - 1; k >= max(0, last1-400); k-- {
		n := &r.cast.namings[k]
		f := n.who
		if f == nil {
			continue
		}
		r.steps++
		match := (f.roles[w] || f.roles[r.office(w)]) && f.kind != Organisation || f.kind == Organisation && slices.Contains(f.words, w)
		if match && r.rightOffice(a.head, h, f) && (best == nil || n.from < a.head.from && at > a.head.from) {
			best, at = f, n.from
			if n.from < a.head.from {
				break
			}
		}
		if a.head.from-n.from > 3000 {
			break
		}
	}
	if best == nil {
		if f := r.onlyOne(a, last); f != nil && first == "the" && h == a.head.to-1 && kind != Organisation && !r.in("groups", w) {
			return resolution{f, Human, "“" + r.mention(a.head.from, a.head.to).Text + "” can only be " + f.name}
		}
		return resolution{kind: kind}
	}
	return resolution{best, best.kind, "“" + r.mention(a.head.from, a.head.to).Text + "” is " + best.name + " by the office"}
}

// office is a name for an office that has several: "Gov." is a governor.
func (r *reading) office(w string) string {
	if n := r.turn["one office"][w]; n > 0 {
		return "#" + strconv.Itoa(n)
	}
	return w
}

// rightOffice reports whether the words before the noun agree with what is
// known: "the foreign minister" is not the minister of finance.
func (r *reading) rightOffice(head run, h int, f *figure) bool {
	for i := head.from; i < h; i++ {
		t := &r.tokens[i]
		if t.tag == tDT || t.tag == tPunct || t.tag == tPOS {
			continue
		}
		if t.tag == tPRPS {
			return false
		}
		found := f.roles[t.low] || f.roles[r.office(t.low)] || slices.Contains(f.words, t.low)
		for _, w := range wordsOf(f.role) {
			found = found || w == t.low
		}
		if !found && (t.tag == tJJ || t.tag == tNN || t.tag == tNNP) {
			return false
		}
	}
	return true
}

// headNoun is the last noun before a preposition, or -1.
func (r *reading) headNoun(u run) int {
	h := -1
	for i := u.from; i < u.to; i++ {
		t := &r.tokens[i]
		if t.tag == tIN || t.tag == tTO || t.text == "," || t.text == "(" || t.tag == tWH {
			if h >= 0 {
				break
			}
		}
		if t.tag.isNoun() || t.tag == tDT && u.to == u.from+1 || t.isWord() && i == u.to-1 && t.tag != tDT {
			h = i
		}
	}
	return h
}

func (r *reading) nounKind(w string) SpeakerKind {
	switch {
	case r.in("roles", w):
		return Human
	case r.in("organisations", w), r.in("papers", w):
		return Organisation
	}
	return ""
}

// pronoun finds whom a pronoun stands for: the speaker before when they fit,
// else the one named last, rather as the subject of a sentence.
func (r *reading) pronoun(a *attribution, last []*attribution) resolution {
	w := r.tokens[a.head.from].low
	switch {
	case r.in("pronouns he", w):
		return r.person(a, last, 'h', w)
	case r.in("pronouns she", w):
		return r.person(a, last, 's', w)
	case w == "they" || w == "it" || w == "their" || w == "its":
		return r.collective(a, last, w)
	}
	return resolution{}
}

func (r *reading) person(a *attribution, last []*attribution, gender byte, w string) resolution {
	var best *figure
	top := -1000.0
	at := 0
	ns := r.cast.namings
	k, _ := slices.BinarySearchFunc(ns, a.head.from, func(n naming, t int) int { return n.from - t })
	seen := map[*figure]bool{}
	for stop := max(0, k-200); k > stop && len(seen) < 12; {
		k--
		n := &ns[k]
		f := n.who
		r.steps++
		if f == nil || seen[f] || f.kind == Organisation || f.gender != 0 && f.gender != gender || f.kind == "" && r.placeLike(n) || !f.sure && r.isPlace(f) {
			continue
		}
		if n.from >= a.addressee.from && n.to <= a.addressee.to || a.within(n) {
			continue
		}
		seen[f] = true
		s := r.salience(n, a, last)
		if f.gender == gender {
			s += 3
		} else if !f.sure {
			s -= 3.5
		}
		if s > top {
			best, top, at = f, s, n.from
		}
	}
	if best == nil || top < -8 {
		return resolution{kind: Human}
	}
	if best.gender == 0 {
		best.gender = gender
	}
	if best.kind == "" {
		best.kind, best.sure = Human, true
	}
	why := "“" + w + "” is " + best.name + ", named before"
	if r.paraOf(at) != a.para {
		why = "“" + w + "” is " + best.name + ", named in a paragraph before"
	}
	return resolution{best, Human, why}
}

// within reports whether a name stands in an adverbial of the verb: "in an
// interview with Jane Doe, he said".
func (a *attribution) within(n *naming) bool {
	for _, u := range a.adjuncts {
		if n.from >= u.from && n.to <= u.to {
			return true
		}
	}
	return false
}

// salience is how near at hand somebody is for a pronoun.
func (r *reading) salience(n *naming, a *attribution, last []*attribution) float64 {
	s := 0.0
	p := r.paraOf(n.from)
	if p == a.para && !n.quoted {
		s += 2
	}
	s -= 3 * float64(min(a.para-p, 6))
	s -= float64(r.sentencesBetween(n.from, a)) * 0.7
	if k := r.paras[p]; r.firstOf(&k, n) {
		s += 2.5
	}
	if n.quoted || r.within(n.from, last) {
		s -= 3
	}
	for k := len(last) - 1; k >= max(0, len(last)-3); k-- {
		if last[k].who == n.who && a.para-last[k].para <= 2 {
			s += 4 - 1.5*float64(len(last)-1-k)
			if last[k].para != a.para {
				s -= 2.5
			}
			break
		}
	}
	if n.from > 0 && (r.tokens[n.from-1].tag == tIN || r.tokens[n.from-1].tag == tTO) || n.to < len(r.tokens) && r.tokens[n.to].tag == tPOS {
		s -= 1
	}
	return s
}

// isPlace reports whether the name is that of a country, a state or a city.
func (r *reading) isPlace(f *figure) bool {
	if f.placed && len(f.words) == 1 {
		return true
	}
	for _, w := range f.words {
		if !r.in("places", w) && w != "new" && w != "north" && w != "south" && w != "west" && w != "united" {
			return false
		}
	}
	return true
}

// within reports whether a token stands in what an earlier speaker said.
func (r *reading) within(t int, last []*attribution) bool {
	for k := len(last) - 1; k >= max(0, len(last)-4); k-- {
		if last[k].covers(t) {
			return true
		}
	}
	return false
}

func (r *reading) paraOf(t int) int {
	lo, hi := 0, len(r.paras)
	for lo < hi {
		if m := (lo + hi) / 2; r.paras[m].from <= t {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo - 1
}

// sentencesBetween counts the sentences from a token to the attribution, within
// its paragraph.
func (r *reading) sentencesBetween(t int, a *attribution) int {
	n := 0
	for s := min(a.sent, len(r.paras[a.para].sentences)-1); s >= 0 && n < 20; s-- {
		if r.paras[a.para].sentences[s].units[0].token <= t {
			return n
		}
		n++
	}
	return n
}

// firstOf reports whether a name stands at the head of its sentence.
func (r *reading) firstOf(p *para, n *naming) bool {
	for i := n.from - 1; i >= max(p.from, n.from-4); i-- {
		if t := &r.tokens[i]; t.text == "." || t.text == "?" || t.text == "!" || isMark(t.text) {
			return true
		} else if t.tag == tIN || t.tag.isVerb() || t.text == "," {
			return false
		}
	}
	return n.from-p.from < 4
}

// collective finds what "they" and "it" stand for: the organisation or the group
// that spoke last, or was named last.
func (r *reading) collective(a *attribution, last []*attribution, w string) resolution {
	for k := len(last) - 1; k >= max(0, len(last)-2); k-- {
		b := last[k]
		if a.para-b.para > 1 || b.speaker.empty() {
			continue
		}
		if b.who != nil && b.who.kind == Organisation || b.who == nil && w == "they" && b.head.to > b.head.from+1 {
			if b.who != nil {
				return resolution{b.who, Organisation, "“" + w + "” is " + b.who.name + ", who spoke before"}
			}
		}
	}
	ns := r.cast.namings
	k, _ := slices.BinarySearchFunc(ns, a.head.from, func(n naming, t int) int { return n.from - t })
	for k--; k >= 0 && r.paraOf(ns[k].from) >= a.para-1; k-- {
		if f := ns[k].who; f != nil && f.kind == Organisation && !ns[k].quoted {
			return resolution{f, Organisation, "“" + w + "” is " + f.name + ", named before"}
		}
	}
	return resolution{}
}

// onlyOne is the one human of whom the text has spoken, or the speaker before
// when no office is known of them.
func (r *reading) onlyOne(a *attribution, last []*attribution) *figure {
	if r.cast.only != nil {
		return r.cast.only
	}
	for k := len(last) - 1; k >= max(0, len(last)-2); k-- {
		if f := last[k].who; f != nil {
			if f.kind != Organisation && len(f.roles) == 0 && a.para-last[k].para <= 1 {
				return f
			}
			return nil
		}
	}
	return r.soleNearby(a)
}

// soleNearby is the one human named in the paragraph or the one before it, when
// no office is known of them.
func (r *reading) soleNearby(a *attribution) *figure {
	var f *figure
	ns := r.cast.namings
	k, _ := slices.BinarySearchFunc(ns, a.head.from, func(n naming, t int) int { return n.from - t })
	for stop := max(0, k-30); k > stop; {
		k--
		n := &ns[k]
		if r.paraOf(n.from) < a.para-1 {
			break
		}
		if n.quoted || n.who == nil || n.who.kind != Human {
			continue
		}
		if f != nil && f != n.who {
			return nil
		}
		f = n.who
	}
	if f != nil && len(f.roles) > 0 {
		return nil
	}
	return f
}

// placeLike reports whether a single word stands where places do: after "in".
// Somebody who has spoken is no place.
func (r *reading) placeLike(n *naming) bool {
	if n.from == 0 || n.to-n.from > 1 {
		return false
	}
	switch r.tokens[n.from-1].low {
	case "in", "at", "of", "from", "to", "near", "into", "across", "outside", "through", "between":
		return true
	}
	return n.to < len(r.tokens) && r.tokens[n.to].tag == tPOS
}

// scripted finds whom the label of a transcript names: "SEN. MARSH" is Ted Marsh.
func (r *reading) scripted(a *attribution) resolution {
	u := a.speaker
	for u.from+1 < u.to && r.titleWord(u.from) {
		u.from++
	}
	words := r.words(u)
	if len(words) == 0 {
		return resolution{}
	}
	if f := r.cast.find(words, 0, ""); f != nil {
		return resolution{f, f.kind, ""}
	}
	return resolution{}
}
