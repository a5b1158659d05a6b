// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"fmt"
	"strings"
	"testing"
)

func TestConflicts(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	cables := []string{"cables"}
	took := Said{ID: "took", Speaker: "vor", Name: "Annelise Vor", Text: "“We took the warning very seriously from the first day.”", Date: on("2026-09-15"), Topics: cables}
	non := Said{ID: "non", Speaker: "lind", Name: "Osric Lind", Text: "“Frankly, it was a non-issue until the newspapers made it one.”", Date: on("2026-09-18"), Topics: cables}
	received := Said{ID: "received", Speaker: "off", Name: "two officials", Text: "a warning had been received through the embassy", Date: on("2026-06-20"), Topics: cables}
	denied := Said{ID: "denied", Speaker: "min", Name: "the ministry", Text: "that it had received any warning", Negated: true, Cue: "denied", Date: on("2026-06-24"), Topics: cables}
	support := Said{ID: "support", Speaker: "vor", Name: "Annelise Vor", Text: "“We support the treaty.”", Date: on("2025-06-14"), Topics: []string{"treaty"}}
	oppose := Said{ID: "oppose", Speaker: "vor", Name: "Annelise Vor", Text: "she opposed the treaty", Date: on("2026-02-01"), Topics: []string{"treaty"}}
	ninety := Said{ID: "ninety", Speaker: "a", Text: "the dredging would cost 90 million crowns", Topics: []string{"harbour"}}
	forty := Said{ID: "forty", Speaker: "b", Text: "the dredging costs 40 million crowns", Topics: []string{"harbour"}}
	for _, tt := range []struct {
		name      string
		a, b      Said
		contrasts []Contrast
		label     Label // "" for none
		reason    string
	}{
		{"two ends of an axis", took, non, nil, Contradicts, "seriousness"},
		{"a denial", received, denied, nil, Contradicts, "the ministry denies"},
		{"one speaker, two dates", support, oppose, nil, ChangedPosition, "support"},
		{"numbers of the same thing", ninety, forty, nil, DiffersOnFact, "million"},
		{"the author's contrast", Said{ID: "x", Speaker: "a", Text: "it rained", Topics: cables}, Said{ID: "y", Speaker: "b", Text: "it was dry", Topics: cables, Cue: "replied"}, []Contrast{{"x", "y", "but"}}, Answers, "but"},
		{"no topic in common", took, Said{ID: "z", Speaker: "lind", Text: "“It was a non-issue.”", Topics: []string{"tax"}}, nil, "", ""},
		{"no topic at all", Said{ID: "1", Text: "it is serious"}, Said{ID: "2", Text: "it is trivial"}, nil, "", ""},
		{"the same words are no conflict", took, Said{ID: "w", Speaker: "lind", Text: "“She took the warning very seriously from the first day.”", Topics: cables}, nil, "", ""},
		{"not serious is not serious", Said{ID: "n", Speaker: "q", Text: "it was not a serious matter", Topics: cables}, non, nil, "", ""},
		{"different things counted", ninety, Said{ID: "m", Speaker: "b", Text: "the dredging took 40 weeks", Topics: []string{"harbour"}}, nil, "", ""},
	} {
		got := f.Conflicts([]Said{tt.a}, []Said{tt.b}, nil)
		if tt.contrasts != nil {
			got = f.Conflicts([]Said{tt.a, tt.b}, nil, tt.contrasts)
		}
		if tt.label == "" {
			if len(got) > 0 {
				t.Errorf("%s: %+v", tt.name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Label != tt.label || !strings.Contains(got[0].Reason, tt.reason) || strings.Contains(got[0].Reason, "\n") {
			t.Errorf("%s: %+v, want %s %q", tt.name, got, tt.label, tt.reason)
		}
	}
}

func TestAtMostFive(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	var story, others []Said
	for i := range 12 {
		story = append(story, Said{ID: fmt.Sprint("s", i), Speaker: fmt.Sprint("p", i), Text: "it is serious", Topics: []string{"t"}})
		others = append(others, Said{ID: fmt.Sprint("o", i), Speaker: fmt.Sprint("q", i), Text: "it is a non-issue", Topics: []string{"t"}})
	}
	got := f.Conflicts(story, others, nil)
	if len(got) != AtMost {
		t.Errorf("%d proposals", len(got))
	}
	again := f.Conflicts(story, others, nil)
	if fmt.Sprint(got) != fmt.Sprint(again) {
		t.Error("another order the second time")
	}
}

func TestContrasts(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	d := Plain("Jane Doe said that the bridge was safe, but John Roe said that it was not.\n\nJane Doe said that it rained. John Roe said that it was late.")
	qs := f.Find(d, Options{})
	ids := []string{"a", "b", "c", "d"}
	if len(qs) != 4 {
		t.Fatalf("%d quotations: %+v", len(qs), qs)
	}
	got := f.Contrasts(d, qs, ids)
	if len(got) != 1 || got[0] != (Contrast{"a", "b", "but"}) {
		t.Errorf("%+v", got)
	}
}

// TestAxes measures the axes on pairs of political statements with human labels
// (Sagimbayeva et al. 2025): of the pairs that they call opposite, how many did
// people find inconsistent?
func TestAxes(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	var fired ratio
	all := map[string]int{}
	for i, p := range jsonLines[struct{ A, B, Label string }](t, "testdata/pairs.jsonl") {
		all[p.Label]++
		a := Said{ID: fmt.Sprint(i, "a"), Speaker: "a", Text: p.A, Topics: []string{"t"}}
		b := Said{ID: fmt.Sprint(i, "b"), Speaker: "b", Text: p.B, Topics: []string{"t"}}
		for range f.Conflicts([]Said{a}, []Said{b}, nil) {
			fired.add(p.Label != "Unrelated" && p.Label != "Consistent")
		}
	}
	t.Logf("of the pairs proposed %v are inconsistent; the pairs: %v", fired, all)
	if fired.all < 10 || fired.value() < .75 { // 69 % of all pairs are inconsistent
		t.Errorf("%v", fired)
	}
}
