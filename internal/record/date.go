// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"strconv"
	"time"
)

const isoDay = "2006-01-02"

func day(t time.Time, text string) Date {
	return Date{Value: t.Format(isoDay), Precision: Day, Text: text}
}

// dateIn finds the first expression of a date among the tokens. Such as name no
// year are counted from the day of publication, backwards: what was said has
// been said.
func (r *reading) dateIn(u run) (Date, run, bool) {
	for i := u.from; i < u.to; i++ {
		r.steps++
		for _, read := range [...]func(int, int) (Date, int){r.fullDate, r.weekday, r.relative, r.monthYear, r.yearAlone} {
			if d, e := read(i, u.to); e > i && d.Value != "" {
				d.Text = r.mention(i, e).Text
				return d, run{i, e}, true
			}
		}
	}
	return Date{}, run{}, false
}

func (r *reading) wordAt(i, end int) string {
	if i < 0 || i >= end {
		return ""
	}
	return r.tokens[i].low
}

func (r *reading) monthAt(i, end int) int {
	w := r.wordAt(i, end)
	m := r.turn["months"][w]
	if m == 0 || !r.tokens[i].isCap() {
		return 0
	}
	return m
}

func (r *reading) number(i, end, low, high int) int {
	w := r.wordAt(i, end)
	if n := len(w); n > 2 && (w[n-2:] == "th" || w[n-2:] == "st" || w[n-2:] == "nd" || w[n-2:] == "rd") {
		w = w[:n-2]
	}
	v, err := strconv.Atoi(w)
	if err != nil || v < low || v > high {
		return 0
	}
	return v
}

// yearAt reads a year, with or without a comma before it.
func (r *reading) yearAt(i, end int) (year, next int) {
	j := i
	if r.wordAt(j, end) == "," {
		j++
	}
	if y := r.number(j, end, 1500, 2199); y > 0 && len(r.wordAt(j, end)) == 4 {
		return y, j + 1
	}
	return 0, i
}

// fullDate reads "Friday 9 May 2008", "May 9, 2008", "9 May", "2008-05-09".
func (r *reading) fullDate(i, end int) (Date, int) {
	j := i
	if r.turn["weekdays"][r.wordAt(j, end)] > 0 {
		j++
		if r.wordAt(j, end) == "," {
			j++
		}
	}
	if y := r.number(j, end, 1500, 2199); y > 0 && r.wordAt(j+1, end) == "-" && r.wordAt(j+3, end) == "-" {
		m, d := r.number(j+2, end, 1, 12), r.number(j+4, end, 1, 31)
		if m > 0 && d > 0 {
			return day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), ""), j + 5
		}
	}
	m, d := r.monthAt(j, end), 0
	if m > 0 {
		d = r.number(j+1, end, 1, 31)
	} else if d = r.number(j, end, 1, 31); d > 0 {
		if r.wordAt(j+1, end) == "of" {
			j++
		}
		m = r.monthAt(j+1, end)
	}
	if m == 0 || d == 0 {
		return Date{}, i
	}
	y, next := r.yearAt(j+2, end)
	if y == 0 {
		if r.doc.Published.IsZero() {
			return Date{}, i
		}
		y = r.doc.Published.Year()
		if time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).After(r.today()) {
			y--
		}
		next = j + 2
	}
	return day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), ""), next
}

// today is the day of publication.
func (r *reading) today() time.Time {
	y, m, d := r.doc.Published.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// weekday is the latest one that is not after publication; "last Tuesday" on a
// Tuesday is the one before.
func (r *reading) weekday(i, end int) (Date, int) {
	j, last := i, false
	if w := r.wordAt(i, end); w == "last" || w == "this" || w == "past" {
		j, last = i+1, w == "last"
	}
	n := r.turn["weekdays"][r.wordAt(j, end)]
	if n == 0 || r.doc.Published.IsZero() || !r.tokens[j].isCap() {
		return Date{}, i
	}
	t := r.today()
	if j > 0 && r.tokens[j-1].low == "next" {
		return day(t.AddDate(0, 0, (n%7-int(t.Weekday())+6)%7+1), ""), j + 1
	}
	back := (int(t.Weekday()) - n%7 + 7) % 7
	if back == 0 && last {
		back = 7
	}
	return day(t.AddDate(0, 0, -back), ""), j + 1
}

// relative reads "yesterday", "last week", "earlier this month", "two years ago".
func (r *reading) relative(i, end int) (Date, int) {
	if r.doc.Published.IsZero() {
		return Date{}, i
	}
	t := r.today()
	switch w := r.wordAt(i, end); w {
	case "today", "tonight":
		return day(t, ""), i + 1
	case "yesterday":
		return day(t.AddDate(0, 0, -1), ""), i + 1
	case "last", "this", "past", "previous":
		if i+1 < end && r.tokens[i+1].isCap() {
			return Date{}, i // “This Week” is a programme
		}
		n := 1
		if w == "this" {
			n = 0
		}
		return unitBack(t, r.wordAt(i+1, end), n), i + 2
	case "earlier", "late", "early", "later":
		if r.wordAt(i+1, end) == "this" || r.wordAt(i+1, end) == "last" {
			if d, e := r.relative(i+1, end); e > i+1 {
				return d, e
			}
		}
		return Date{}, i
	}
	n := r.turn["numbers"][r.wordAt(i, end)]
	if n == 0 {
		n = r.number(i, end, 1, 200)
	}
	j := i + 1
	if n == 2 && r.wordAt(j, end) == "of" {
		j++
	}
	if n > 0 && (r.wordAt(j+1, end) == "ago" || r.wordAt(j+1, end) == "earlier") {
		return unitBack(t, r.wordAt(j, end), n), j + 2
	}
	return Date{}, i
}

// unitBack is the week, month or year that lies n back, or the day.
func unitBack(t time.Time, unit string, n int) Date {
	switch unit {
	case "day", "days":
		return day(t.AddDate(0, 0, -n), "")
	case "week", "weeks":
		monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7-7*n)
		return Date{Value: monday.Format(isoDay) + "/" + monday.AddDate(0, 0, 6).Format(isoDay), Precision: Interval}
	case "month", "months":
		first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -n, 0)
		return Date{Value: first.Format("2006-01"), Precision: Month}
	case "year", "years":
		return Date{Value: strconv.Itoa(t.Year() - n), Precision: Year}
	}
	return Date{}
}

// monthYear reads "May 2008" and "May".
func (r *reading) monthYear(i, end int) (Date, int) {
	m := r.monthAt(i, end)
	if m == 0 || r.tokens[i].tag == tMD {
		return Date{}, i
	}
	j := i + 1
	if r.wordAt(j, end) == "of" {
		j++
	}
	if y, next := r.yearAt(j, end); y > 0 {
		return Date{Value: time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"), Precision: Month}, next
	}
	if r.doc.Published.IsZero() || i == 0 || r.tokens[i-1].low != "in" && r.tokens[i-1].low != "last" && r.tokens[i-1].low != "since" {
		return Date{}, i
	}
	y := r.doc.Published.Year()
	if m > int(r.doc.Published.Month()) {
		y--
	}
	return Date{Value: time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"), Precision: Month}, i + 1
}

// yearAlone reads "in 2008".
func (r *reading) yearAlone(i, end int) (Date, int) {
	y := r.number(i, end, 1700, 2199)
	if y == 0 || len(r.wordAt(i, end)) != 4 || i == 0 {
		return Date{}, i
	}
	switch r.tokens[i-1].low {
	case "in", "of", "since", "early", "late", "mid", "during", "from", "by", "summer", "spring", "autumn", "winter", "fall":
		return Date{Value: strconv.Itoa(y), Precision: Year}, i + 1
	}
	return Date{}, i
}

// dated finds when something was said: in the adverbials of its verb, else in
// what else the reporter says in the sentence.
func (r *reading) dated(a *attribution) Date {
	for _, u := range a.adjuncts {
		if d, ok := r.pastDate(u); ok {
			return d
		}
	}
	if a.cue.from < a.cue.to && !a.block && !a.script {
		us := r.paras[a.para].sentences[a.sent].units
		for _, u := range r.outside(us, a) {
			if d, ok := r.pastDate(u); ok {
				return d
			}
		}
	}
	if r.doc.Published.IsZero() {
		return Date{}
	}
	return Date{Value: r.today().Format(isoDay), Precision: OnOrBefore}
}

// pastDate is the first date among the tokens on which something can have been
// said: what was said has been said by the day of publication.
func (r *reading) pastDate(u run) (Date, bool) {
	for u.from < u.to {
		d, at, ok := r.dateIn(u)
		if !ok {
			return Date{}, false
		}
		if !r.future(d) {
			return d, true
		}
		u.from = at.to
	}
	return Date{}, false
}

// future reports whether a date lies after publication. Values of the same
// precision sort as they read.
func (r *reading) future(d Date) bool {
	if r.doc.Published.IsZero() {
		return false
	}
	n := min(len(d.Value), len(isoDay))
	return d.Value[:n] > r.today().Format(isoDay)[:n]
}

// outside lists the rows of tokens of a sentence that are not what was said, the
// nearest to the verb first.
func (r *reading) outside(us []unit, a *attribution) []run {
	var before, after []run
	cur := run{-1, -1}
	flush := func() {
		if cur.from >= 0 {
			if cur.from > a.cue.from {
				after = append(after, cur)
			} else {
				before = append(before, cur)
			}
		}
		cur = run{-1, -1}
	}
	aside := false // within ", who left in 2019,"
	for i, u := range us {
		switch w := r.tokens[u.token]; {
		case u.quote >= 0:
		case w.text == ";" && w.start < r.tokens[a.cue.from].start:
			before, cur = nil, run{-1, -1} // another clause
			continue
		case w.text == ";":
			flush()
			return append(after, before...)
		case w.tag == tWH && i > 0 && r.tokens[us[i-1].token].text == ",":
			aside = true
		case w.text == ",":
			aside = false
		}
		if aside && u.token != a.cue.from {
			flush()
			continue
		}
		if u.quote >= 0 || u.title || a.covers(u.token) || u.token >= a.head.to && u.token < a.speaker.to {
			flush()
			continue
		}
		if cur.from < 0 {
			cur.from = u.token
		}
		cur.to = u.end
	}
	flush()
	return append(after, before...)
}

func (a *attribution) covers(t int) bool {
	for _, c := range a.content {
		if t >= c.from && t < c.to {
			return true
		}
	}
	return false
}
