// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"slices"
	"strings"
)

// Likeness proposes that two names are of one person, and says why. Nothing is
// merged by it.
type Likeness struct {
	A, B   string
	Reason string
}

// Alike compares names pair by pair: spellings (Anthony / Antony), initials
// (J. Doe / Jane Doe), a name without its middle (Jane Mary Doe / Jane Doe),
// accents (José / Jose).
func Alike(names []string) []Likeness {
	type entry struct {
		name  string
		words []string
	}
	groups := map[string][]entry{}
	var order []string
	for _, n := range names {
		w := plainWords(n)
		if len(w) < 2 {
			continue
		}
		// Names that can be alike share the first letter of their last word.
		key := prefix(w[len(w)-1], 1)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], entry{n, w})
	}
	var out []Likeness
	for _, key := range order {
		g := groups[key]
		for i := range g {
			for j := i + 1; j < len(g); j++ {
				if why := alike(g[i].words, g[j].words); why != "" && g[i].name != g[j].name {
					out = append(out, Likeness{g[i].name, g[j].name, why})
				}
			}
		}
	}
	return out
}

// plainWords are the words of a name, folded and without accents and periods.
func plainWords(name string) []string {
	return strings.Fields(strings.Map(func(r rune) rune {
		if r == '.' || r == ',' {
			return ' '
		}
		if b, ok := accents[r]; ok {
			return b
		}
		return r
	}, fold(name)))
}

// accents are the letters of European names without their marks.
var accents = func() map[rune]rune {
	m := map[rune]rune{}
	for base, marked := range map[rune]string{
		'a': "áàâäãåāăą", 'c': "çćčĉ", 'd': "ďđ", 'e': "éèêëēėęě", 'g': "ğģ", 'i': "íìîïīįı", 'k': "ķ", 'l': "łľļ", 'n': "ñńňņ",
		'o': "óòôöõøōő", 'r': "řŕ", 's': "śšşș", 't': "ťțţ", 'u': "úùûüūůűų", 'y': "ýÿ", 'z': "źžż",
	} {
		for _, r := range marked {
			m[r] = base
		}
	}
	return m
}()

func alike(a, b []string) string {
	if slices.Equal(a, b) {
		return "the same but for accents and signs"
	}
	la, lb := a[len(a)-1], b[len(b)-1]
	fa, fb := a[0], b[0]
	switch {
	case la == lb && fa == fb:
		return "the same first and last name"
	case la == lb && (len(fa) == 1 && strings.HasPrefix(fb, fa) || len(fb) == 1 && strings.HasPrefix(fa, fb)):
		return "the initial and the last name agree"
	case la == lb && nearly(fa, fb):
		return "the last name is the same, the first names are spelt alike"
	case fa == fb && nearly(la, lb):
		return "the first name is the same, the last names are spelt alike"
	}
	return ""
}

// nearly reports whether two words differ by no more than two letters, and by
// no more than one when they are short, and begin alike.
func nearly(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) < 4 || len(y) < 4 || x[0] != y[0] {
		return false
	}
	limit := 1
	if min(len(x), len(y)) >= 6 {
		limit = 2
	}
	if max(len(x), len(y))-min(len(x), len(y)) > limit {
		return false
	}
	return distance(x, y) <= limit && soundsAlike(a, b)
}

// soundsAlike keeps apart names that differ by a letter and are different names
// (Martin / Marvin): doubled letters, h, y for i and vowels may differ.
func soundsAlike(a, b string) bool {
	norm := func(s string) string {
		s = strings.NewReplacer("ph", "f", "ck", "k", "th", "t", "y", "i", "z", "s", "w", "v", "c", "k", "q", "k", "h", "").Replace(s)
		var out []rune
		for i, r := range []rune(s) {
			vowel := strings.ContainsRune("aeiou", r)
			if vowel && i > 0 {
				continue
			}
			if len(out) > 0 && out[len(out)-1] == r {
				continue
			}
			out = append(out, r)
		}
		return string(out)
	}
	return norm(a) == norm(b)
}

// distance is the edit distance of two short words.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		prev := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			prev, row[j] = row[j], min(row[j]+1, row[j-1]+1, prev+cost)
		}
	}
	return row[len(b)]
}
