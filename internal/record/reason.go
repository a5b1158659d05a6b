// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import "strings"

// frameOf is the key under which lang/.../confidence.txt counts findings of this
// kind: the kind, the frame, the sort of verb, and whether somebody is named to
// have said it.
func frameOf(a *attribution, q *Quotation) string {
	parts := []string{string(q.Kind), string(a.frame)}
	if a.verb != nil {
		parts = append(parts, a.verb.sort())
	}
	if a.speaker.empty() {
		parts = append(parts, "nobody")
	}
	return strings.Join(parts, " ")
}

// sort is what a verb of speech can stand with, in one word.
func (c *cue) sort() string {
	switch {
	case c.is('m'):
		return "belief"
	case c.is('s'):
		return "speech"
	case c.is('o'):
		return "opinion"
	case c.is('t'), c.is('i'):
		return "clause"
	}
	return "manner"
}

// tally is how many findings of a frame were right, in the texts by which the
// rules were made and in those that they had not seen.
type tally struct{ right, all, freshRight, freshAll float64 }

// doubt is how many findings the figure of the known texts is worth beside those
// of unseen ones, and that of any frame beside what a frame shows of itself.
const doubt = 8

// confidence is the share that was right among unseen texts, smoothed towards
// that among the known ones, and that towards three quarters, or less when nobody
// is said to have said it.
func (l *language) confidence(frame string) float64 {
	t := l.sure[frame]
	any := .75
	if strings.HasSuffix(frame, "nobody") {
		any = .4
	}
	known := (t.right + any*doubt) / (t.all + doubt)
	c := (t.freshRight + known*doubt) / (t.freshAll + doubt)
	return float64(int(c*100+0.5)) / 100
}

// reason is one line for the editor.
func reason(a *attribution, res resolution, q *Quotation) string {
	var b strings.Builder
	switch q.Kind {
	case Direct:
		b.WriteString("direct: ")
	case Mixed:
		b.WriteString("mixed: ")
	default:
		b.WriteString("indirect: ")
	}
	if q.Cue.Text != "" && strings.HasPrefix(a.why, "quoted") {
		b.WriteString(a.why)
	} else if q.Cue.Text != "" {
		b.WriteString("“" + q.Cue.Text + "” " + a.why)
	} else {
		b.WriteString(a.why)
	}
	if res.why != "" {
		b.WriteString("; " + res.why)
	}
	if q.Negated {
		b.WriteString("; denied or declined")
	}
	return b.String()
}

func wordsOf(s string) []string { return strings.Fields(fold(s)) }
