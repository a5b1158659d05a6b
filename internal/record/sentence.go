// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import "strings"

// unit is a token outside of quotation marks, or a whole quoted stretch. A
// sentence is read as a row of units, so that what somebody says in it, however
// long, is one thing to the grammar of the reporter.
type unit struct {
	token int  // the token, or the first one of the stretch
	end   int  // the token after
	quote int  // index into quotes, or -1
	title bool // the title of a work, which is a name to the grammar
}

// sentence is a row of units.
type sentence struct {
	units []unit
	para  int
}

// maxUnits bounds a sentence, and with it all work that looks around in one.
const maxUnits = 250

// cut makes the sentences of a paragraph.
func (r *reading) cut(i int) {
	p := &r.paras[i]
	var us []unit
	flush := func() {
		if len(us) > 0 {
			p.sentences = append(p.sentences, sentence{us, i})
			us = nil
		}
	}
	qs := p.quotes
	for t := p.from; t < p.to; {
		if len(qs) > 0 && r.quotes[qs[0]].from == t {
			q := &r.quotes[qs[0]]
			if q.title {
				end := q.to
				if q.closed && r.tokens[q.innerEnd-1].text == "," { // the comma is the sentence's
					end = q.innerEnd - 1
				}
				us = append(us, unit{t, end, -1, true})
				if end < q.to {
					us = append(us, unit{end, q.to, -1, false})
				}
				t, qs = q.to, qs[1:]
				if r.endsIn(q) && (t >= p.to || isMark(r.tokens[t].text) || r.tokens[t].isCap() && r.tokens[t].tag != tNNP) {
					flush()
				}
				continue
			}
			us = append(us, unit{t, q.to, qs[0], false})
			t, qs = q.to, qs[1:]
			led := q.from > p.from && r.tokens[q.from-1].text == ":" && t < p.to && r.tokens[t].isCap()
			if r.endsIn(q) && (led || r.beginsAfterQuote(p, t)) {
				flush()
			}
			continue
		}
		us = append(us, unit{t, t + 1, -1, false})
		t++
		if len(us) >= maxUnits {
			flush() // nobody reads on either
			continue
		}
		if r.endsSentence(p, t-1) {
			// A closing bracket or a stray mark belongs to what it closes.
			for t < p.to && (r.tokens[t].text == ")" || r.tokens[t].text == "]") {
				us = append(us, unit{t, t + 1, -1, false})
				t++
			}
			flush()
		}
	}
	flush()
}

// endsIn reports whether the quoted words end as a sentence does.
func (r *reading) endsIn(q *quoted) bool {
	if q.innerEnd <= q.inner {
		return false
	}
	if !q.closed {
		return r.tokens[q.to-1].text != ","
	}
	s := r.tokens[q.innerEnd-1].text
	if isMark(s) && q.innerEnd-2 >= q.inner {
		s = r.tokens[q.innerEnd-2].text
	}
	return s == "." || s == "?" || s == "!" || s == "…"
}

// beginsAfterQuote reports whether a new sentence begins at t, after quoted words
// that ended with a period, a question mark or an exclamation mark.
func (r *reading) beginsAfterQuote(p *para, t int) bool {
	if t >= p.to {
		return true
	}
	n := r.tokens[t]
	if isMark(n.text) || n.text == "(" || n.text == "[" {
		return true
	}
	if !n.isCap() && n.tag != tCD {
		return n.text == "…" || n.text == "•"
	}
	last := r.tokens[t-1].text
	if t >= 2 && isMark(last) {
		last = r.tokens[t-2].text
	}
	if last == "." {
		return !r.shortCueClause(p, t)
	}
	// "Why?" Jane Doe asked.
	return !r.cueSoon(p, t)
}

// shortCueClause recognises a cue clause that ends the sentence right after it:
// “It is over.” Doe said. It is bad typography, but it is printed.
func (r *reading) shortCueClause(p *para, t int) bool {
	for j := t; j < min(t+5, p.to); j++ {
		if c := r.cues[r.tokens[j].low]; c != nil && (c.lemma == "say" || c.lemma == "add" || c.lemma == "ask") && r.tokens[j].tag.isVerb() && j > t {
			return j+1 < p.to && r.tokens[j+1].text == "."
		}
	}
	return false
}

func (r *reading) cueSoon(p *para, t int) bool {
	for j := t; j < min(t+10, p.to); j++ {
		w := &r.tokens[j]
		if w.tag == tPunct && w.text != "-" && w.text != "," && w.text != "(" && w.text != ")" {
			return false
		}
		if c := r.cues[w.low]; c != nil && w.tag.isVerb() && !c.is('o') {
			return j+1 >= p.to || r.tokens[j+1].low != "that"
		}
		if w.tag.isFinite() && !r.in("auxiliaries", w.low) {
			return false
		}
	}
	return false
}

// endsSentence reports whether the token ends its sentence.
func (r *reading) endsSentence(p *para, i int) bool {
	t := &r.tokens[i]
	if i+1 >= p.to {
		return true
	}
	j := i + 1
	if t.text == "." || t.text == "?" || t.text == "!" {
		for j < p.to && (r.tokens[j].text == ")" || r.tokens[j].text == "]") {
			j++
		}
		if j == p.to {
			return true
		}
	}
	n := &r.tokens[j]
	switch {
	case t.text == "?" || t.text == "!":
		return n.isCap() || isMark(n.text) || n.tag == tCD
	case t.text == "." && !t.abbr:
		return n.isCap() || isMark(n.text) || !n.isWord() && !strings.ContainsAny(n.text, ",;:.)-") || n.tag == tCD || r.after(i) == '\n'
	case t.text == "…":
		return n.isCap()
	case t.abbr:
		if r.in("never ends a sentence", t.low) || len(t.text) == 2 {
			return false
		}
		return n.isCap() && r.in("begins a sentence", n.low) || isMark(n.text) && n.text != "'" && n.text != "’" && opensBefore(r.before(i+1))
	}
	return false
}
