// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"stet"
	"stet/internal/store"
)

// Alike is somebody who may be the same person, and why.
type Alike struct {
	Person  stet.Person
	Why     string
	letters int
}

// maxAlike bounds how many are asked about; more would be no help.
const maxAlike = 10

// slips is how many letters two spellings may differ in and still be one name
// with a slip: in a short name every letter tells people apart.
func slips(folded string) int {
	switch n := utf8.RuneCountInString(folded); {
	case n < 5:
		return 0
	case n < 10:
		return 1
	}
	return 2
}

// PeopleAlike returns people who may be the same as p: they share a spelling,
// or have one that differs by a letter or two. Whether they are, only a human
// can tell; nobody is ever merged by this.
func (r *Room) PeopleAlike(ctx context.Context, p *stet.Person) ([]Alike, error) {
	found := map[int64]Alike{}
	for _, name := range append([]string{p.Name}, p.Variants...) {
		folded := store.FoldName(name)
		n := utf8.RuneCountInString(folded)
		spellings, err := r.store.PersonSpellings(ctx, n-slips(folded)-1, n+slips(folded)+1)
		if err != nil {
			return nil, err
		}
		mine := orderless(folded)
		for _, s := range spellings {
			if s.Person == p.ID {
				continue
			}
			d := 0
			if s.Folded != folded {
				if d = letters(mine, orderless(s.Folded), slips(folded)); d > slips(folded) {
					continue
				}
			}
			if was, ok := found[s.Person]; !ok || d < was.letters {
				found[s.Person] = Alike{letters: d, Why: whyAlike(name, d)}
			}
		}
	}
	ids := make([]int64, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	people, err := r.store.People(ctx, ids...)
	out := make([]Alike, 0, len(people))
	for _, q := range people {
		a := found[q.ID]
		a.Person = q
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Alike) int { return cmp.Or(a.letters-b.letters, cmp.Compare(a.Person.ID, b.Person.ID)) })
	return out[:min(len(out), maxAlike)], err
}

func whyAlike(name string, letters int) string {
	switch letters {
	case 0:
		return fmt.Sprintf("Both are written %q.", name)
	case 1:
		return fmt.Sprintf("One letter differs from %q.", name)
	}
	return fmt.Sprintf("%d letters differ from %q.", letters, name)
}

// orderless is a folded name whose words stand in one order, without the signs
// between them: "hartog, leila" is "leila hartog".
func orderless(folded string) string {
	words := strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(" ,.-'", r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// letters is in how many letters two words differ: one is put in, left out or
// another one, or two neighbours have changed places. Beyond most it stops to
// count, and returns more than most.
func letters(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > most || -d > most {
		return most + 1
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			same := 1
			if x[i-1] == y[j-1] {
				same = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+same)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
