// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// side is what a mark does where it stands.
type side uint8

const (
	neither side = iota
	opens
	closes
	either
)

// mark is a quotation mark in a paragraph.
type mark struct {
	token int
	side  side
	kind  rune // '"' double, '\'' single, '«' angle, '„' low
}

// pair pairs the marks of a paragraph. open says that the paragraph before ended
// within a quotation; the result says the same of this one.
//
// Marks are paired paragraph by paragraph: whatever is wrong in one does no harm
// to the next.
func (r *reading) pair(i int, open bool) bool {
	p := &r.paras[i]
	marks := r.marks(p)
	var stack []mark
	var done []quoted
	resumed := false
	if open {
		switch {
		case len(marks) > 0 && marks[0].token == p.from && marks[0].side != closes:
			resumed = true
		case len(marks) > 0 && marks[0].side == closes:
			done = append(done, quoted{from: p.from, inner: p.from, innerEnd: marks[0].token, to: marks[0].token + 1, closed: true, continued: true})
			marks = marks[1:]
		}
	}
	for k, m := range marks {
		s := m.side
		if s == either {
			s = opens
			if len(stack) > 0 && stack[len(stack)-1].kind == m.kind {
				s = closes
			}
		}
		if s == opens {
			if n := len(stack); n > 0 && stack[n-1].kind == m.kind && !enough(marks[k+1:], m.kind, n+1) {
				done = append(done, r.unclosed(p, stack[n-1], m.token, n > 1))
				stack = stack[:n-1]
			}
			stack = append(stack, m)
			continue
		}
		n := len(stack) - 1
		for n >= 0 && stack[n].kind != m.kind {
			n--
		}
		if n < 0 {
			continue // a mark that closes nothing
		}
		done = append(done, quoted{from: stack[n].token, inner: stack[n].token + 1, innerEnd: m.token, to: m.token + 1,
			closed: true, nested: n > 0, single: m.kind == '\''})
		stack = stack[:n]
	}
	left := false
	if len(stack) > 0 && stack[0].kind != '\'' {
		m := stack[0]
		left = r.goesOn(i, m)
		if left {
			done = dropWithin(done, m.token)
			done = append(done, quoted{from: m.token, inner: m.token + 1, innerEnd: p.to, to: p.to, continues: true})
		} else {
			done = append(done, r.unclosed(p, m, p.to, false))
		}
	}
	r.keep(i, done, resumed)
	return left
}

// goesOn reports whether the next paragraph takes the quotation up again: with
// an opening mark, or by closing what it did not open.
func (r *reading) goesOn(i int, m mark) bool {
	if i+1 >= len(r.paras) || r.unclosed(&r.paras[i], m, r.paras[i].to, false).to < r.paras[i].to {
		return false
	}
	marks := r.marks(&r.paras[i+1])
	return len(marks) > 0 && marks[0].kind == m.kind &&
		(marks[0].token == r.paras[i+1].from && marks[0].side != closes || marks[0].side == closes)
}

// enough reports whether n marks of the kind are there to close.
func enough(marks []mark, kind rune, n int) bool {
	depth := n
	for _, m := range marks[:min(len(marks), 40)] {
		if m.kind != kind {
			continue
		}
		switch m.side {
		case closes:
			if depth--; depth == 0 {
				return true
			}
		case opens:
			depth++
		default:
			return false
		}
	}
	return false
}

// unclosed ends a quotation that nobody closed: before ", she said" in its
// sentence, else where its sentence ends, and before the next mark at the latest.
func (r *reading) unclosed(p *para, m mark, limit int, nested bool) quoted {
	end := limit
	for j := m.token + 1; j < limit; j++ {
		s := r.tokens[j].text
		if s == "," && r.cueClause(j+1, limit) {
			end = j + 1
			break
		}
		if (s == "." || s == "?" || s == "!") && limit != p.to {
			end = j + 1
			break
		}
	}
	return quoted{from: m.token, inner: m.token + 1, innerEnd: end, to: end, nested: nested}
}

// cueClause recognises "she said" and "said Doe" at a place.
func (r *reading) cueClause(i, limit int) bool {
	for j := i; j < min(i+6, limit); j++ {
		if c := r.cues[r.tokens[j].low]; c != nil && c.is('s') && r.tokens[j].tag.isVerb() {
			return true
		}
		if r.tokens[j].tag == tPunct {
			return false
		}
	}
	return false
}

func dropWithin(qs []quoted, from int) []quoted {
	out := qs[:0]
	for _, q := range qs {
		if q.from < from {
			out = append(out, q)
		}
	}
	return out
}

// keep files the outermost stretches of a paragraph, in order.
func (r *reading) keep(i int, done []quoted, resumed bool) {
	p := &r.paras[i]
	slices.SortStableFunc(done, func(a, b quoted) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	last := p.from
	for _, q := range done {
		if q.from < last || q.nested || q.innerEnd <= q.inner {
			continue
		}
		q.para = i
		q.continued = q.continued || resumed && q.from == p.from
		p.quotes = append(p.quotes, len(r.quotes))
		r.quotes = append(r.quotes, q)
		last = q.to
	}
}

// marks lists the quotation marks of a paragraph with the side each can take.
func (r *reading) marks(p *para) []mark {
	var out []mark
	reversed := r.reversed(p)
	for i := p.from; i < p.to; i++ {
		s := r.tokens[i].text
		if !isMark(s) {
			continue
		}
		m := mark{token: i}
		switch s {
		case `"`, "＂":
			m.kind, m.side = '"', r.straight(i)
		case "``":
			m.kind, m.side = '"', opens
		case "''":
			m.kind, m.side = '"', closes
		case "“":
			m.kind, m.side = '"', opens
			if len(out) > 0 && lowOpen(out) {
				m.kind, m.side = '„', closes
			}
		case "”", "‟":
			m.kind, m.side = '"', closes
			if len(out) > 0 && lowOpen(out) {
				m.kind = '„'
			} else if opensBefore(r.before(i)) && !unicode.IsSpace(r.after(i)) && !openDouble(out) {
				m.side = opens // ”so” in Finnish and Swedish, or a slip
			}
		case "„":
			m.kind, m.side = '„', opens
		case "«", "‹":
			m.kind, m.side = '«', opens
		case "»", "›":
			m.kind, m.side = '«', closes
		case "'", "‘", "’", "‚", "`":
			m.kind = '\''
			m.side = r.singleSide(p, i)
		}
		if reversed && m.kind == '«' {
			m.side = opens + closes - m.side
		}
		if m.side != neither {
			out = append(out, m)
		}
	}
	return pairSingles(r, p, out)
}

func lowOpen(ms []mark) bool {
	depth := 0
	for k := len(ms) - 1; k >= max(0, len(ms)-8); k-- {
		if ms[k].kind == '„' {
			if ms[k].side == opens {
				return depth == 0
			}
			depth++
		}
	}
	return false
}

func openDouble(ms []mark) bool {
	for k := len(ms) - 1; k >= max(0, len(ms)-8); k-- {
		if ms[k].kind == '"' {
			return ms[k].side == opens
		}
	}
	return false
}

// reversed recognises »so« by the first such mark of the paragraph.
func (r *reading) reversed(p *para) bool {
	for i := p.from; i < p.to; i++ {
		switch r.tokens[i].text {
		case "«":
			return false
		case "»":
			return true
		}
	}
	return false
}

// straight decides about " by what stands around it.
func (r *reading) straight(i int) side {
	b, a := r.before(i), r.after(i)
	left := opensBefore(b)
	right := unicode.IsSpace(a) || strings.ContainsRune(".,;:!?)]}—–-/", a)
	switch {
	case left && !right:
		return opens
	case right && !left:
		if unicode.IsDigit(b) && unicode.IsSpace(a) {
			return either // 12" records
		}
		return closes
	}
	return either
}

// singleSide decides about a single mark. An apostrophe is neither.
func (r *reading) singleSide(p *para, i int) side {
	b, a := r.before(i), r.after(i)
	s := r.tokens[i].text
	switch {
	case opensBefore(b) && (unicode.IsLetter(a) || strings.ContainsRune("[(…“\"", a)):
		if s == "’" || i+1 < p.to && elided(r.tokens[i+1].low) {
			return neither
		}
		return opens
	case s == "‘" || s == "`" || s == "‚":
		return neither
	case !unicode.IsSpace(b) && !unicode.IsLetter(a) && !unicode.IsDigit(a):
		return closes
	}
	return neither
}

// elided are words that begin with an apostrophe: 'em, 'til, 'cause.
func elided(w string) bool {
	switch w {
	case "em", "til", "tis", "twas", "cause", "bout", "n", "round":
		return true
	}
	return false
}

// pairSingles keeps of the single marks those that make pairs outside of double
// ones, or within. A ’ after s may be a possessive: it closes only when nothing
// better follows before the next opening one.
func pairSingles(r *reading, p *para, ms []mark) []mark {
	keep := make([]bool, len(ms))
	for i := 0; i < len(ms); i++ {
		if ms[i].kind != '\'' {
			keep[i] = true
			continue
		}
		if ms[i].side != opens {
			continue
		}
		best := -1
		for j := i + 1; j < min(len(ms), i+60); j++ {
			if ms[j].kind != '\'' {
				continue
			}
			if ms[j].side == opens {
				break
			}
			best = j
			if !r.possessive(ms[j].token) {
				break
			}
		}
		if best >= 0 {
			keep[i], keep[best] = true, true
			for j := i + 1; j < best; j++ {
				keep[j] = ms[j].kind != '\''
			}
			i = best
		}
	}
	out := ms[:0]
	for i, m := range ms {
		if keep[i] {
			out = append(out, m)
		}
	}
	return out
}

// possessive reports whether the mark can be that of "the senators’ plan".
func (r *reading) possessive(i int) bool {
	if b := r.before(i); b != 's' && b != 'x' && b != 'z' {
		return false
	}
	a := r.tokens[i].end
	return a+1 < len(r.runes) && r.runes[a] == ' ' && unicode.IsLower(r.runes[a+1])
}
