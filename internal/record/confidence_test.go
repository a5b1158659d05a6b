// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write lang/en/confidence.txt anew")

const tallyHead = `# How often the findings of each frame were right: a frame, a tab, right and all
# among the texts by which the rules were made, right and all among texts that
# they had not seen. Written by: go test ./internal/record -run TestConfidence -update
`

// tallies counts for each frame what was right: eight tenths of the characters
// are those of a gold quotation, and the speaker is where the gold has them.
func tallies(t *testing.T, f *Finder) map[string]*tally {
	t.Helper()
	out := map[string]*tally{}
	for _, dir := range []string{"gold", "unseen-a", "heldout", "unseen-b"} {
		fresh := dir == "heldout" || dir == "unseen-b"
		for _, g := range readGold(t, dir) {
			for _, q := range f.Find(g.doc, Options{}) {
				n := out[q.frame]
				if n == nil {
					n = &tally{}
					out[q.frame] = n
				}
				right := 0.0
				if rightly(&g, &q) {
					right = 1
				}
				if fresh {
					n.freshRight, n.freshAll = n.freshRight+right, n.freshAll+1
				} else {
					n.right, n.all = n.right+right, n.all+1
				}
			}
		}
	}
	return out
}

func rightly(g *goldText, q *Quotation) bool {
	for _, w := range g.quotations {
		if jaccard(w.spans, q.Spans) >= .8 {
			return w.speaker.len() == 0 || w.speaker.overlap(q.Speaker.Span) > 0
		}
	}
	return false
}

// TestConfidence keeps the table of lang/en/confidence.txt to what the texts say.
func TestConfidence(t *testing.T) {
	f := newFinder(t)
	counts := tallies(t, f)
	if *update {
		var lines []string
		for frame, n := range counts {
			lines = append(lines, fmt.Sprintf("%s\t%v %v %v %v\n", frame, n.right, n.all, n.freshRight, n.freshAll))
		}
		slices.Sort(lines)
		if err := os.WriteFile("lang/en/confidence.txt", []byte(tallyHead+strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	off, all := 0.0, 0.0
	for frame, n := range counts {
		c := f.lang.confidence(frame)
		rate := (n.right + n.freshRight) / (n.all + n.freshAll)
		off += math.Abs(c-rate) * (n.all + n.freshAll)
		all += n.all + n.freshAll
		if n.all+n.freshAll >= 20 && math.Abs(c-rate) > .12 {
			t.Errorf("%s: confidence %.2f, and %.2f of %v are right; run with -update", frame, c, rate, n.all+n.freshAll)
		}
	}
	t.Logf("the confidence is off by %.3f in the mean, over %d frames", off/all, len(counts))
}
