// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"fmt"
	"strings"
)

// axis is a pair of opposites, from the language's table.
type axis struct {
	name  string
	same  bool // the two statements must name one thing as well
	sides [2]set
}

func (l *language) readAxis(_, line string) error {
	parts := strings.Split(line, "|")
	if len(parts) != 3 {
		return fmt.Errorf("want a name and two sides, apart by |: %q", line)
	}
	name, same := strings.CutPrefix(strings.TrimSpace(parts[0]), "*")
	a := axis{name: name, same: same}
	for i := range a.sides {
		a.sides[i] = set{}
		for _, w := range strings.Fields(parts[i+1]) {
			a.sides[i][strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	l.axes = append(l.axes, a)
	return nil
}

// stand is where a statement stands on an axis: on the side of a word.
type stand struct {
	side int
	word string
}

// reach is how many words before another a negation still turns.
const reach = 3

// stands places the words of a statement on the axes. Who says both sides stands
// on none.
func (l *language) stands(words []string, negated bool) map[string]stand {
	out := map[string]stand{}
	for _, a := range l.axes {
		seen := [2]string{}
		for i, w := range words {
			for side := range a.sides {
				hit := ""
				switch {
				case a.sides[side][w]:
					hit = w
				case i+1 < len(words) && a.sides[side][w+" "+words[i+1]]:
					hit = w + " " + words[i+1]
				case i+2 < len(words) && a.sides[side][w+" "+words[i+1]+" "+words[i+2]]:
					hit = w + " " + words[i+1] + " " + words[i+2]
				}
				if hit == "" {
					continue
				}
				s := side
				if l.negatedAt(words, i) != negated {
					s = 1 - side
					hit = "not " + hit
				}
				if seen[s] == "" {
					seen[s] = hit
				}
			}
		}
		switch {
		case seen[0] != "" && seen[1] == "":
			out[a.name] = stand{0, seen[0]}
		case seen[1] != "" && seen[0] == "":
			out[a.name] = stand{1, seen[1]}
		}
	}
	return out
}

func (l *language) negatedAt(words []string, i int) bool {
	for k := i - 1; k >= max(0, i-reach); k-- {
		if w := words[k]; l.in("negations", w) {
			return true
		}
	}
	return false
}

// has reports whether a stem is that of a word of the axis.
func (a axis) has(w string) bool {
	for _, side := range a.sides {
		for s := range side {
			if stem(s) == w {
				return true
			}
		}
	}
	return false
}
