// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"fmt"
	"strings"
	"testing"
)

// ratio counts what was right.
type ratio struct{ right, all int }

func (r *ratio) add(ok bool) {
	r.all++
	if ok {
		r.right++
	}
}

func (r ratio) value() float64 { return float64(r.right) / float64(max(1, r.all)) }

func (r ratio) String() string { return fmt.Sprintf("%.3f (%d/%d)", r.value(), r.right, r.all) }

// floors fails when a figure falls below what it has been.
func floors(t *testing.T, figures map[string][2]float64) {
	t.Helper()
	for name, f := range figures {
		if f[0] < f[1] {
			t.Errorf("%s is %.3f; it must not fall below %.2f", name, f[0], f[1])
		}
	}
}

// jaccard is the shared part of two sets of spans, by code points.
func jaccard(a, b []Span) float64 {
	common, la, lb := 0, 0, 0
	for _, x := range a {
		la += x.len()
		for _, y := range b {
			common += x.overlap(y)
		}
	}
	for _, y := range b {
		lb += y.len()
	}
	if la+lb-common == 0 {
		return 0
	}
	return float64(common) / float64(la+lb-common)
}

func bestMatch(gold []Span, qs []Quotation) *Quotation {
	var best *Quotation
	top := 0.0
	for i := range qs {
		if j := jaccard(gold, qs[i].Spans); j > top {
			best, top = &qs[i], j
		}
	}
	return best
}

func textAt(text string, spans []Span) string {
	r := []rune(text)
	var out []string
	for _, s := range spans {
		out = append(out, string(r[s.Start:s.End]))
	}
	return strings.Join(out, pieces)
}
