// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"
)

// question is one of the fixed list that search is measured with. The words
// are of the generated language: how often each occurs follows from its rank.
type question struct {
	name, path string
}

func questions() []question {
	v := newVocabulary()
	q := func(words string, more ...string) string {
		return "/search?q=" + url.QueryEscape(words) + strings.Join(append([]string{""}, more...), "&")
	}
	return []question{
		{"rare word", q(rareWord)},
		{"seldom word", q(v.words[20_000])},
		{"known word", q(v.words[1_500])},
		{"common word", q("government")},
		{"particle", q("the")},
		{"two words", q("parliament budget")},
		{"two words, one rare", q("government " + v.words[9_000])},
		{"four words", q("the minister of the coalition")},
		{"phrase", q(`"` + "of the government" + `"`)},
		{"rare phrase", q(`"` + "pipeline treaty" + `"`)},
		{"common, section", q("government", "section=science")},
		{"common, section and year", q("election", "section=europe", "year=2019")},
		{"common, person and year", q("minister", "person=person-7", "year=2020")},
		{"page 12", q("government", "page=12")},
		{"nothing found", q("xyzzyplugh")},
		{"suggest, two letters", "/search/suggest?q=go"},
		{"suggest, prefix", "/search/suggest?q=parlia"},
		{"suggest, two words", "/search/suggest?q=" + url.QueryEscape("government bu")},
	}
}

// search measures questions as a reader asks them: over HTTP, with the page.
func (b *bench) search(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, b.large)
	if err != nil {
		return nil, err
	}
	p, err := b.serve(ctx, m)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	var all, processor []float64
	var worst float64
	var slowest string
	for _, q := range questions() {
		var took []float64
		var page []byte
		if _, _, err := p.get(ctx, q.path); err != nil { // the first one reads from the disk
			return nil, err
		}
		before := p.cpu()
		for range asked {
			d, body, err := p.get(ctx, q.path)
			if err != nil {
				return nil, err
			}
			took, page = append(took, ms(d)), body
		}
		v, cpu := median(took), ms(p.cpu()-before)/asked
		all, processor = append(all, v), append(processor, cpu)
		if v > worst {
			worst, slowest = v, fmt.Sprintf("%s; %.0f ms processor", q.name, cpu)
		}
		b.say("  %-26s %6.1f ms, %5.1f ms processor, %d bytes", q.name, v, cpu, len(page))
	}
	return []Result{
		below("search, median", median(all), "ms", 50, fmt.Sprintf("%d questions at %d stories; %.0f ms processor", len(all), b.large, median(processor))),
		below("search, worst", worst, "ms", 50, slowest),
	}, nil
}

// asked is how often each question is measured.
const asked = 10
