// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"unicode"
)

// vocabularySize is how many words the generated language has. Names that
// occur in one story only come on top, as in life: an archive's vocabulary
// never stops growing.
const vocabularySize = 30_000

// frequent are the most frequent words, the frequent one first. The rest of
// the vocabulary is made of syllables.
var frequent = strings.Fields(`the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which
	one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only
	other time new some could these two may first then do any like my now over such our man me even most made after also did many before must
	through years where much your way well down should because each just those people how too little state good very make world still see own
	men work long here get both between life being under never day same another know while last might us great old year off come since against
	go came right used take three government parliament minister election coalition negotiation agreement commission committee opposition
	investigation prosecutor budget inflation pipeline electricity harbour railway ministry spokesman statement yesterday according reported
	announced refused confirmed denied warned promised president council border treaty sanctions court judge police army village city river
	mountain bank price market factory union strike teacher hospital doctor school university student border customs fishery harvest winter`)

// vocabulary is the words by rank, with the odds of Zipf and Mandelbrot:
// the word of rank r is met in proportion to 1/(r+2.7).
type vocabulary struct {
	words []string
	upTo  []float64 // cumulated odds
	nouns int       // rank from which words carry meaning: headlines are made of these
}

func newVocabulary() *vocabulary {
	r := rand.New(rand.NewPCG(7, 30))
	v := &vocabulary{nouns: 140}
	seen := map[string]bool{}
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			v.words = append(v.words, w)
		}
	}
	for _, w := range frequent {
		add(w)
	}
	for len(v.words) < vocabularySize {
		// Frequent words are short, rare ones long.
		add(coin(r, 1+r.IntN(2)+min(len(v.words)/2000, 1)))
	}
	sum := 0.0
	for i := range v.words {
		sum += 1 / (float64(i) + 2.7)
		v.upTo = append(v.upTo, sum)
	}
	return v
}

var (
	onsets  = strings.Fields(`b c d f g h j k l m n p r s t v w b c d f g h l m n p r s t br ch cl cr dr fl gr pl pr sh sl sp st str th tr`)
	vowels  = strings.Fields(`a e i o u a e i o u a e i o ai ea ee ou`)
	codas   = strings.Fields(`- - - - - - - - - l m n r s t ck nd ng nt rt st`)
	endings = strings.Fields(`- - - - - - - - ing ed er ion al ly s s`)
)

// coin makes a word that can be pronounced.
func coin(r *rand.Rand, syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString(pickOne(r, onsets) + pickOne(r, vowels) + strings.Trim(pickOne(r, codas), "-"))
	}
	b.WriteString(strings.Trim(pickOne(r, endings), "-"))
	return b.String()
}

func pickOne[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// word draws a word as a text would have it.
func (v *vocabulary) word(r *rand.Rand) string {
	return v.words[min(sort.SearchFloat64s(v.upTo, r.Float64()*v.upTo[len(v.upTo)-1]), len(v.words)-1)]
}

// noun draws a word that is not a mere particle.
func (v *vocabulary) noun(r *rand.Rand) string {
	low := v.upTo[v.nouns]
	at := low + r.Float64()*(v.upTo[len(v.upTo)-1]-low)
	return v.words[min(sort.SearchFloat64s(v.upTo, at), len(v.words)-1)]
}

// sentence is n words with a capital, a comma or two and a full stop.
func (v *vocabulary) sentence(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		switch {
		case i == 0:
		case i > 3 && i < n-2 && r.IntN(9) == 0:
			b.WriteString(", ")
		default:
			b.WriteByte(' ')
		}
		w := v.word(r)
		if i == 0 {
			w = title(w)
		}
		b.WriteString(w)
	}
	b.WriteByte('.')
	return b.String()
}

// prose is sentences of n words in all.
func (v *vocabulary) prose(r *rand.Rand, n int) string {
	var out []string
	for n > 0 {
		// Lengths of sentences scatter around 18 words.
		k := min(max(5, int(18+6*r.NormFloat64())), n)
		if n-k < 5 {
			k = n
		}
		out = append(out, v.sentence(r, k))
		n -= k
	}
	return strings.Join(out, " ")
}

// headline is six to nine words, mostly such that carry meaning.
func (v *vocabulary) headline(r *rand.Rand) string {
	words := make([]string, 6+r.IntN(4))
	for i := range words {
		words[i] = v.noun(r)
		if r.IntN(3) == 0 {
			words[i] = v.words[r.IntN(40)]
		}
	}
	return title(strings.Join(words, " "))
}

func title(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// name is a person's name.
func name(r *rand.Rand) string {
	return title(coin(r, 1)) + " " + title(coin(r, 2))
}

// skewed draws from 0 to n-1, the low ones more often, as some topics and
// sections fill a magazine and others hardly occur.
func skewed(r *rand.Rand, n int) int {
	return min(n-1, int(float64(n)*math.Pow(r.Float64(), 2)))
}
