// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
)

// The affixes that light10 takes off (Larkey, Ballesteros and Connell, "Light
// Stemming for Arabic Information Retrieval"), with ة folded to ه as Fold does.
// Snowball's algorithm for Arabic finds another stem for a word with the
// article than for the same word without, and so misses every other story.
var (
	arabicPrefixes = []string{"ال", "وال", "بال", "كال", "فال", "لل"}
	arabicSuffixes = []string{"ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"}
)

func arabicStem(env *snowballstem.Env) bool {
	w := env.Current()
	for _, p := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(w, p); ok && utf8.RuneCountInString(rest) >= 2 {
			w = rest
			break
		}
	}
	// "And" goes behind the article too: it cannot be told from a first letter,
	// so وزير has to lose it wherever it stands.
	if rest, ok := strings.CutPrefix(w, "و"); ok && utf8.RuneCountInString(rest) >= 3 {
		w = rest
	}
	for _, s := range arabicSuffixes {
		if rest, ok := strings.CutSuffix(w, s); ok && utf8.RuneCountInString(rest) >= 2 {
			w = rest
		}
	}
	env.SetCurrent(w)
	return true
}
