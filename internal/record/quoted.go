// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"slices"
	"strings"
)

// sift takes titles of works and words in inverted commas out of the quoted
// stretches before sentences are cut, so that the grammar does not see them.
func (r *reading) sift() {
	for p := range r.paras {
		for _, q := range r.paras[p].quotes {
			if r.isTitle(&r.quotes[q]) {
				r.quotes[q].taken, r.quotes[q].title = true, true
			}
		}
	}
}

// isTitle recognises the title of a work: in title case, or named as one; and
// words that are only mentioned: so-called “...”, the word “...”.
func (r *reading) isTitle(q *quoted) bool {
	if q.continued || q.continues {
		return false
	}
	words, caps, small := 0, 0, 0
	for i := q.inner; i < q.innerEnd; i++ {
		t := &r.tokens[i]
		if !t.isWord() || t.tag == tPOS || strings.HasPrefix(t.low, "'") || t.low == "n't" {
			continue
		}
		words++
		switch {
		case t.isCap():
			caps++
		case r.in("function words", t.low) && (i > q.inner || q.innerEnd-q.inner <= 4):
		default:
			small++
		}
	}
	if words == 0 {
		return true
	}
	before, preposition := "", false
	if p := &r.paras[q.para]; q.from > p.from {
		before, preposition = r.tokens[q.from-1].low, r.tokens[q.from-1].tag == tIN || r.tokens[q.from-1].low == "on"
	}
	if p := &r.paras[q.para]; before == "," && q.from-1 > p.from && r.in("work nouns", r.tokens[q.from-2].low) {
		before = r.tokens[q.from-2].low // "her memoir, “Hard Choices,”"
	}
	last := r.tokens[q.innerEnd-1].text
	full := last == "." || last == "!" || last == "?"
	switch {
	case words <= 4 && r.in("scare cues", before) && !r.calledBy(q.from-1):
		return true
	case small == 0 && caps >= 1 && words <= 4 && words > caps && !r.tokens[q.inner].isCap():
		return true // the place “the Hook”
	case small == 0 && caps >= 2 && words <= 12 && (!full || last == ".") && (r.in("work nouns", before) || before == "'s" || before == "’s" || preposition && before != "as" && before != "that"):
		return true
	case small == 0 && caps >= 2 && words <= 12 && !full && before != ":":
		return last != "," || !r.cueNear(q) && !r.clauseNear(q)
	case caps >= 1 && small == 0 && words == 1 && !full && last != "," && r.in("work nouns", before):
		return true
	case r.in("work nouns", before) && words <= 12 && caps*2 > words && !full:
		return true
	}
	return false
}

// calledBy reports whether "called" at i is what somebody did: "he has called",
// and not "so called" or "is called".
func (r *reading) calledBy(i int) bool {
	if i < 1 || r.tokens[i].low != "called" {
		return false
	}
	switch b := &r.tokens[i-1]; b.low {
	case "has", "have", "had", "'s", "'ve", "later", "once", "repeatedly", "also", "recently", "previously", "privately":
		return true
	default:
		return b.tag == tPRP || b.tag == tNNP
	}
}

// cueNear reports whether a verb of speech stands right after or before the words.
func (r *reading) cueNear(q *quoted) bool {
	p := &r.paras[q.para]
	for i := q.to; i < min(q.to+5, p.to); i++ {
		if c := r.cues[r.tokens[i].low]; c != nil && (c.is('s') || c.is('t')) && r.tokens[i].tag.isVerb() {
			return true
		}
	}
	for i := q.from - 1; i >= max(q.from-3, p.from); i-- {
		if c := r.cues[r.tokens[i].low]; c != nil && (c.is('s') || c.is('t')) && r.tokens[i].tag.isVerb() {
			return true
		}
	}
	return false
}

// clauseNear reports whether a pronoun or a name and any verb of speech follow
// words that end with a comma: “Hey, Mr. Doe,” she went on.
func (r *reading) clauseNear(q *quoted) bool {
	p := &r.paras[q.para]
	for i := q.to; i < min(q.to+4, p.to); i++ {
		t := &r.tokens[i]
		if c := r.cues[t.low]; c != nil && i > q.to && t.tag.isVerb() && !c.is('o') {
			return true
		}
		if t.tag != tPRP && t.tag != tNNP {
			return false
		}
	}
	return false
}

// floating goes through the quoted stretches that no verb has claimed.
func (r *reading) floating() {
	for p := range r.paras {
		for s := range r.paras[p].sentences {
			us := r.paras[p].sentences[s].units
			l := &line{reading: r, us: us, para: p}
			for i, u := range us {
				if u.quote >= 0 && !r.quotes[u.quote].taken {
					r.place(l, p, s, i)
				}
			}
		}
	}
}

// place decides about one stretch: it goes on with the quotation before, stands
// alone, or is a fragment within the reporter's sentence.
func (r *reading) place(l *line, p, s, i int) {
	k := l.us[i].quote
	q := &r.quotes[k]
	if q.continued {
		if a := r.holds[k-1]; a != nil {
			r.extend(a, k)
			return
		}
	}
	if q.continues && k+1 < len(r.quotes) && r.quotes[k+1].continued {
		if a := r.holds[k+1]; a != nil {
			r.prepend(a, k)
			return
		}
	}
	if l.alone(i) {
		r.stands(l, p, s, i)
		return
	}
	if i == 0 && l.n() > 1 && l.n() < 14 && strings.ContainsAny(l.low(1), "—–-") && !l.hasVerb(1, l.n()) {
		if sp, head, ok := r.dashName(p, s, l, i); ok {
			r.file(p, s, k, sp, head, "a dash and a name follow").carried = false
			return
		}
	}
	r.fragment(l, p, s, i)
}

// alone reports whether a sentence is nothing but quoted words, or a name and a
// colon before them, or a dash and a name after.
func (l *line) alone(i int) bool {
	for k := range l.us {
		if k != i && !l.isQ(k) && l.tok(k).isWord() {
			return false
		}
	}
	return true
}

func (r *reading) extend(a *attribution, k int) {
	q := &r.quotes[k]
	q.taken = true
	r.holds[k] = a
	a.quotes = append(a.quotes, k)
	a.content = append(a.content, run{q.from, q.to})
}

func (r *reading) prepend(a *attribution, k int) {
	q := &r.quotes[k]
	q.taken = true
	r.holds[k] = a
	a.quotes = slices.Insert(a.quotes, 0, k)
	a.content = slices.Insert(a.content, 0, run{q.from, q.to})
}

// stands files quoted words that are a sentence by themselves: the second half
// of “A,” she said. “B.”, else a quotation of whoever speaks there.
func (r *reading) stands(l *line, p, s, i int) {
	k := l.us[i].quote
	q := &r.quotes[k]
	a := r.precedingHere(p, s)
	if a != nil && a.sent < s-1 && !r.adjacent(a, s) {
		b := &line{reading: r, us: r.paras[p].sentences[s-1].units, para: p}
		if sub := b.actor(); sub.ok() && b.tg(sub.from) != tPRP {
			r.file(p, s, k, b.run(sub.from, sub.to), b.run(sub.from, sub.head), "stands alone after a sentence about the speaker")
			return
		}
	}
	if a != nil {
		if n := len(a.quotes); n > 0 && !r.dialogue(p, s) && a.kind != Indirect && a.content[len(a.content)-1].to <= q.from && r.adjacent(a, s) {
			r.extend(a, k)
			return
		}
		r.file(p, s, k, a.speaker, a.head, "stands alone after what the same speaker said")
		return
	}
	if sp, head, ok := r.dashName(p, s, l, i); ok {
		r.file(p, s, k, sp, head, "a dash and a name follow").carried = false
		return
	}
	if s > 0 {
		b := &line{reading: r, us: r.paras[p].sentences[s-1].units, para: p}
		if sub := b.star(); sub.ok() {
			r.file(p, s, k, b.run(sub.from, sub.to), b.run(sub.from, sub.head), "stands alone after a sentence about the speaker")
			return
		}
	}
	if a := r.followingHere(p, s); a != nil && len(a.quotes) > 0 {
		r.file(p, s, k, a.speaker, a.head, "stands alone before what the same speaker said")
		return
	}
	sp, head, why := r.carry(p)
	r.file(p, s, k, sp, head, why)
}

// dialogue reports whether sentence s and one beside it are quotations and nothing
// else: two speakers take turns.
func (r *reading) dialogue(p, s int) bool {
	for _, k := range []int{s - 1, s + 1} {
		if k < 0 || k >= len(r.paras[p].sentences) {
			continue
		}
		us := r.paras[p].sentences[k].units
		if len(us) == 1 && us[0].quote >= 0 && r.endsIn(&r.quotes[us[0].quote]) && r.asks(us[0].quote) != r.asks(r.paras[p].sentences[s].units[0].quote) {
			return true
		}
	}
	return false
}

// asks reports whether a quoted stretch ends with a question mark.
func (r *reading) asks(q int) bool {
	return q >= 0 && r.quotes[q].innerEnd > r.quotes[q].inner && r.tokens[r.quotes[q].innerEnd-1].text == "?"
}

// adjacent reports whether nothing stands between what was said and sentence s
// but the clause with the verb.
func (r *reading) adjacent(a *attribution, s int) bool {
	last := r.tokens[a.content[len(a.content)-1].from]
	for k := s - 1; k > a.sent; k-- {
		us := r.paras[a.para].sentences[k].units
		for _, u := range us {
			if u.quote < 0 && r.tokens[u.token].isWord() {
				return false
			}
		}
	}
	return last.start >= 0
}

// window is how many attributions of a paragraph are looked through for a
// neighbour.
const window = 40

// precedingHere is the attribution before sentence s in its paragraph, when it
// is near enough to be going on.
func (r *reading) precedingHere(p, s int) *attribution {
	var best *attribution
	here := r.byPara[p]
	for _, a := range here[max(0, len(here)-window):] {
		if a.sent < s && (best == nil || a.sent >= best.sent) {
			best = a
		}
	}
	if best != nil && (s-best.sent <= 2 || best.carried) {
		return best
	}
	return nil
}

func (r *reading) followingHere(p, s int) *attribution {
	here := r.byPara[p]
	for _, a := range here[:min(len(here), window)] {
		if a.sent > s && a.sent <= s+2 {
			return a
		}
	}
	return nil
}

// actor is the subject of a sentence when it is somebody who can speak.
func (l *line) actor() subject {
	s := l.sentenceSubject(l.n())
	if !s.ok() {
		return s
	}
	if w := l.low(s.from); s.head == s.from+1 && (l.in("pronouns he", w) || l.in("pronouns she", w)) {
		return s
	}
	for _, n := range l.namingsIn(l.run(s.from, s.head)) {
		if n.who != nil && n.who.kind == Human {
			return s
		}
	}
	for k := s.from; k < s.head; k++ {
		if l.has("roles", k) && l.tg(s.from) == tDT {
			return s
		}
	}
	return subject{}
}

// star is the actor of a sentence, else the one human named in it: "It was left
// to Jane Doe to answer."
func (l *line) star() subject {
	if s := l.actor(); s.ok() {
		return s
	}
	var one *naming
	first := -1
	for i := range l.us {
		if l.isQ(i) || l.us[i].title {
			continue
		}
		for _, n := range l.namingsIn(run{l.us[i].token, min(l.us[i].token+8, l.us[l.n()-1].end)}) {
			if n.from != l.us[i].token || n.who == nil || n.who.kind != Human || n.quoted || n.to < len(l.tokens) && l.tokens[n.to].tag == tPOS {
				continue
			}
			if one != nil && one.who != n.who {
				return subject{}
			}
			if one == nil {
				c := n
				one, first = &c, i
			}
		}
	}
	if one == nil {
		return subject{}
	}
	return l.mentionAt(one, first)
}

// mentionAt is the mention around a name that begins at unit i: its title before
// it, appositions after it.
func (l *line) mentionAt(n *naming, i int) subject {
	from, to := i, i
	for from > 0 && !l.isQ(from-1) && l.us[from-1].token >= n.title.from && n.title.to > n.title.from {
		from--
	}
	for to < l.n() && l.us[to].token < n.to {
		to++
	}
	head := to
	if l.low(to) == "(" {
		if e := l.bracketEnd(to); e > 0 {
			head = e + 1
		}
	}
	return subject{from, l.apposition(head), head}
}

// dashName reads the source that follows quoted words after a dash.
func (r *reading) dashName(p, s int, l *line, i int) (whole, head run, ok bool) {
	at := -1
	to := r.paras[p].to
	if i+1 < l.n() && strings.ContainsAny(l.low(i+1), "—–-") && l.low(i+1) != "" {
		at = l.us[i+1].token + 1
	} else if e := l.us[l.n()-1].end; e < to && strings.ContainsAny(r.tokens[e].text, "—–-") {
		at = e + 1
	} else if e == to && p+1 < len(r.paras) && strings.ContainsAny(r.tokens[e].text, "—–-") { // on a line of its own
		at, to = e+1, r.paras[p+1].to
	}
	if at < 0 {
		return run{}, run{}, false
	}
	for _, n := range r.namingsIn(run{at, min(at+12, to)}) {
		if n.from <= at+3 {
			return run{n.title.from, n.to}, run{n.title.from, n.to}, true
		}
	}
	return run{}, run{}, false
}

// carry is whoever spoke last before a paragraph: the subject of the sentence
// that led to it with a colon, else the last speaker.
func (r *reading) carry(p int) (whole, head run, why string) {
	if p > 0 {
		if n := len(r.paras[p-1].sentences); n > 0 {
			us := r.paras[p-1].sentences[n-1].units
			l := &line{reading: r, us: us, para: p - 1}
			if r.tokens[us[len(us)-1].token].text == ":" {
				if s := l.lastCueSubject(); s.ok() {
					return l.run(s.from, s.to), l.run(s.from, s.head), "the paragraph before leads to it with a colon"
				}
			}
		}
	}
	for back := 1; back <= 3 && p-back >= 0; back++ {
		if a := r.lastIn(p - back); a != nil && !a.speaker.empty() && !r.firstPerson(a) {
			return a.speaker, a.head, "the speaker is carried on from the paragraph before"
		}
	}
	return run{}, run{}, "stands alone; nobody is said to have said it"
}

// firstPerson reports whether the speaker is whoever writes the text.
func (r *reading) firstPerson(a *attribution) bool {
	switch r.tokens[a.head.from].low {
	case "i", "we", "you":
		return a.head.to == a.head.from+1 && r.quoteAt(a.head.from) < 0
	}
	return false
}

func (r *reading) lastIn(p int) *attribution {
	var best *attribution
	here := r.byPara[p]
	for _, a := range here[max(0, len(here)-window):] {
		if best == nil || a.sent >= best.sent {
			best = a
		}
	}
	return best
}

// lastCueSubject is the subject of the last verb of speech of a sentence, or of
// the sentence.
func (l *line) lastCueSubject() subject {
	for i := l.n() - 1; i >= 0; i-- {
		if l.isCue(i) && l.tg(i).isVerb() {
			g, _, _, _ := l.verbGroup(i)
			if s := l.subjectLeft(g); s.ok() {
				return s
			}
		}
	}
	if s := l.actor(); s.ok() {
		return s
	}
	if l.n() > 1 && l.low(l.n()-1) == ":" { // "Jane Doe, in the memorandum:"
		return l.beforeColon(l.n() - 1)
	}
	return subject{}
}

// file makes a quotation of one stretch without a verb.
func (r *reading) file(p, s, k int, speaker, head run, why string) *attribution {
	q := &r.quotes[k]
	q.taken = true
	a := &attribution{para: p, sent: s, speaker: speaker, head: head, content: []run{{q.from, q.to}}, quotes: []int{k}, kind: Direct, why: why, frame: frameAlone, carried: true}
	r.add(a)
	return a
}

// fragment decides about quoted words within a sentence in which no verb claims
// them. Few words count only beside a verb of speech.
func (r *reading) fragment(l *line, p, s, i int) {
	k := l.us[i].quote
	q := &r.quotes[k]
	words := 0
	for t := q.inner; t < q.innerEnd; t++ {
		if r.tokens[t].isWord() {
			words++
		}
	}
	cueAt := l.nearestCue(i)
	sub := subject{}
	why := "quoted words within a sentence"
	if l.low(i-1) == ":" && i >= l.n()-2 {
		if sub = l.beforeColon(i - 1); !sub.ok() && l.quoteCap(i) {
			sub = (&line{reading: r, us: l.us[:i], para: p}).star() // "came the reply from Doe: “Grow up.”"
		}
		if sub.ok() {
			why = "a colon leads to it"
		}
	}
	led := l.low(i-1) == ":" && l.quoteCap(i) && r.endsIn(q)
	if words <= 5 && (cueAt < 0 && !sub.ok() && !led || l.low(i-1) == "of" && l.has("shouts", i-2)) {
		return
	}
	a := r.file(p, s, k, run{}, run{}, why)
	a.kind, a.frame = Mixed, frameBeside
	if l.quoteCap(i) && i == 0 && words > 2 && (r.endsIn(q) || r.tokens[q.innerEnd-1].text == ",") {
		a.kind = Direct
	}
	if l.quoteCap(i) && r.endsIn(q) && (words > 3 || l.low(i-1) == ":") {
		a.kind = Direct
	}
	if !sub.ok() {
		if b := r.sameSentence(p, s, a); b != nil {
			a.speaker, a.head, a.cue, a.verb = b.speaker, b.head, b.cue, b.verb
			a.why, a.carried = "quoted words beside the verb “"+r.mention(b.cue.from, b.cue.to).Text+"”", false
			return
		}
		if cueAt >= 0 {
			g, _, _, _ := l.verbGroup(cueAt)
			if sub = l.subjectLeft(g); !sub.ok() {
				sub = l.sentenceSubject(l.n())
			}
			a.cue, a.verb = l.run(cueAt, cueAt+1), l.cues[l.low(cueAt)]
			a.why = "quoted words in a sentence with “" + l.low(cueAt) + "”"
		} else {
			sub = l.actor()
		}
	}
	if sub.ok() {
		a.speaker, a.head, a.carried = l.run(sub.from, sub.to), l.run(sub.from, sub.head), false
		return
	}
	if b := r.precedingHere(p, s); b != nil {
		a.speaker, a.head = b.speaker, b.head
	}
}

// beforeColon is who speaks in “Doe on the stage now: “...”” and “Doe had a
// message: “...””.
func (l *line) beforeColon(c int) subject {
	if l.hasVerb(0, c) {
		return l.actor()
	}
	k := 0
	for k < c && k < 4 && (!l.tok(k).isCap() || l.tg(k) == tCD) {
		k++
	}
	if e := l.nounRight(k); e > k && l.tok(k).isCap() {
		end := e
		if f := l.apposition(e); f == c {
			end = f
		} else if f := l.nounRight(e + 1); l.low(e) == "," && f == c && l.likeName(e+1, f) {
			end = f // "The strategist, Jane Doe: “...”"
		}
		for _, n := range l.namingsIn(l.run(k, end)) {
			if n.who != nil {
				return subject{k, end, e}
			}
		}
	}
	return subject{}
}

func (r *reading) sameSentence(p, s int, self *attribution) *attribution {
	here := r.byPara[p]
	for k := len(here) - 1; k >= max(0, len(here)-window); k-- {
		if a := here[k]; a != self && a.sent == s && !a.cue.empty() {
			return a
		}
	}
	return nil
}

// nearestCue is the verb of speech that stands nearest to unit i, or -1.
func (l *line) nearestCue(i int) int {
	best := -1
	for k := range l.us {
		if !l.isCue(k) || !l.tg(k).isVerb() || l.cues[l.low(k)].is('m') {
			continue
		}
		if best < 0 || abs(k-i) < abs(best-i) {
			best = k
		}
	}
	return best
}

func abs(i int) int { return max(i, -i) }
