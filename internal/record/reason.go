// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import "strings"

// confidence is how sure the finding is: what share of the like was right among
// the texts of testdata/gold, rounded.
func confidence(a *attribution, q *Quotation) float64 {
	c := 0.9
	switch {
	case a.script:
		c = 0.95
	case a.block:
		c = 0.85
	case a.cue.empty() && a.speaker.empty():
		c = 0.4
	case a.cue.empty() && q.Kind == Direct:
		c = 0.75
	case a.cue.empty():
		c = 0.5
	case q.Kind == Direct:
		c = 0.97
	case q.Kind == Mixed && a.verb != nil && a.verb.is('s'):
		c = 0.93
	case q.Kind == Mixed:
		c = 0.85
	case a.verb == nil: // according to
		c = 0.9
	case a.verb.is('s'):
		c = 0.88
	default:
		c = 0.75
	}
	if a.verb != nil && a.verb.is('m') {
		c -= 0.25
	}
	if a.speaker.empty() && !a.cue.empty() {
		c -= 0.25
	}
	if q.Speaker.Name == "" && !a.speaker.empty() {
		c -= 0.03
	}
	return max(0.05, float64(int(c*100+0.5))/100)
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
