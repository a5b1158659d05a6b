// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
)

// Lesson is a sentence of a corpus with the part of speech of each word, by
// which the tagger learns.
type Lesson struct {
	words []token
	want  []tag
}

// Lessons reads lines of form, UPOS and Penn tag, apart by tabs; an empty line
// ends a sentence. The word lists of the language must be there.
func Lessons(lang string, r io.Reader) ([]Lesson, error) {
	words, err := readLists(lang)
	if err != nil {
		return nil, err
	}
	var out []Lesson
	var l Lesson
	flush := func() {
		if len(l.words) > 0 {
			words.classify(l.words)
			out = append(out, l)
		}
		l = Lesson{}
	}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		f := strings.Split(in.Text(), "\t")
		switch {
		case in.Text() == "":
			flush()
			continue
		case len(f) != 3:
			return nil, fmt.Errorf("line %d: want form, UPOS and tag, apart by tabs: %q", n, in.Text())
		}
		t, known := tagNames[f[2]]
		if !known {
			t = tPunct
		}
		l.words = append(l.words, token{text: f[0], low: fold(f[0])})
		l.want = append(l.want, t)
	}
	flush()
	return out, in.Err()
}

// teachers is how many tables are averaged, each learnt in another order: one
// alone hangs on the order by half a percent.
const teachers = 7

// Train makes a tagger's table of the lessons and returns it as it is embedded.
// The same lessons give the same table.
func Train(lessons []Lesson, rounds int) ([]byte, error) {
	sum := make([]float64, tagRows*int(nTags))
	for seed := range uint64(teachers) {
		for i, v := range learn(lessons, rounds, seed) {
			sum[i] += v / teachers
		}
	}
	return pack(sum)
}

// learn goes through the lessons in an order of its own and returns the mean
// weights.
func learn(lessons []Lesson, rounds int, seed uint64) []float64 {
	size := tagRows * int(nTags)
	w, total, at := make([]int32, size), make([]int64, size), make([]int64, size)
	clock := int64(0)
	bump := func(i uint32, by int32) {
		total[i] += int64(w[i]) * (clock - at[i])
		at[i] = clock
		w[i] += by
	}
	order := slices.Clone(lessons)
	rng := rand.New(rand.NewPCG(1, seed))
	var rows [maxFeatures]uint32
	for range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, l := range order {
			p1, p2 := tNone, tNone
			for i := range l.words {
				clock++
				got := tPunct
				if !isSign(l.words[i].text) {
					n := features(l.words, i, p1, p2, &rows)
					got = bestOf(w, rows[:n], l.words[i].open)
					if want := l.want[i]; got != want && want != tPunct {
						for _, r := range rows[:n] {
							bump(r*uint32(nTags)+uint32(want), 1)
							bump(r*uint32(nTags)+uint32(got), -1)
						}
					}
				}
				p2, p1 = p1, got
			}
		}
	}
	mean := make([]float64, size)
	for i := range w {
		mean[i] = float64(total[i]+int64(w[i])*(clock-at[i])) / float64(clock)
	}
	return mean
}

func bestOf(w []int32, rows []uint32, open bool) tag {
	var score [nTags]int32
	for _, r := range rows {
		for i, v := range w[r*uint32(nTags) : (r+1)*uint32(nTags)] {
			score[i] += v
		}
	}
	return highest(&score, open)
}

// pack writes the weights as bytes: an eighth of the unit is finer than what
// decides between two tags.
func pack(mean []float64) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	raw := make([]byte, 4+len(mean))
	binary.LittleEndian.PutUint32(raw, uint32(nTags))
	for i, v := range mean {
		raw[4+i] = byte(int8(max(-127, min(127, v*8))))
	}
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Accuracy is the share of words to which the table gives the right tag.
func Accuracy(table []byte, lessons []Lesson) (float64, error) {
	t, err := loadTagger(table)
	if err != nil {
		return 0, err
	}
	right, all := 0, 0
	for _, l := range lessons {
		words := slices.Clone(l.words)
		t.tag(words)
		for i, w := range words {
			if w.tag != tPunct && l.want[i] != tPunct {
				all++
				if w.tag == l.want[i] {
					right++
				}
			}
		}
	}
	return float64(right) / float64(max(all, 1)), nil
}
