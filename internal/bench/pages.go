// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// sampled is how many pages of a kind are asked for.
const sampled = 300

// pageTimes is how long pages take that are not in the cache.
type pageTimes struct{ article, articleCPU, front, frontCPU float64 }

// uncached measures pages that have to be made, in the usual magazine and in
// one that is ten times as large. The two programs run at the same time and
// are asked in turns.
func (b *bench) uncached(ctx context.Context) ([]Result, error) {
	var programs []*program
	var paths [][]string
	for _, n := range []int{b.stories, b.large} {
		m, err := b.openMagazine(ctx, n)
		if err != nil {
			return nil, err
		}
		all, err := m.paths(ctx)
		if err != nil {
			return nil, err
		}
		rand.New(rand.NewPCG(3, 3)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		p, err := b.serve(ctx, m, "--cache-mb", "0")
		if err != nil {
			return nil, err
		}
		defer p.stop()
		programs, paths = append(programs, p), append(paths, all)
	}
	times := make([]pageTimes, 2)
	for i, kind := range []string{"article", "front"} {
		took, cpu, err := askInTurn(ctx, programs, func(program, k int) string {
			if kind == "front" {
				return "/"
			}
			return paths[program][k%len(paths[program])]
		})
		if err != nil {
			return nil, err
		}
		for n := range programs {
			if i == 0 {
				times[n].article, times[n].articleCPU = took[n], cpu[n]
			} else {
				times[n].front, times[n].frontCPU = took[n], cpu[n]
			}
		}
	}
	usual, large := times[0], times[1]
	grown := func(measure string, large, usual float64) Result {
		return Result{Measure: fmt.Sprintf("%s, %d stories", measure, b.large), Figure: large, Unit: "ms", Yardstick: usual, Against: fmt.Sprintf("at %d", b.stories), Ratio: large / usual, Target: "< 1.3 x", OK: large/usual < 1.3}
	}
	return []Result{
		below("uncached article", usual.article, "ms", 3, fmt.Sprintf("median of %d pages, brotli; %.1f ms processor", sampled, usual.articleCPU)),
		grown("uncached article", large.article, usual.article),
		below("uncached front", usual.front, "ms", 10, fmt.Sprintf("%.1f ms processor", usual.frontCPU)),
		grown("uncached front", large.front, usual.front),
	}, nil
}

// askInTurn asks every program for its k-th page, one after the other, and
// returns for each the median time and the processor time a page, in ms.
func askInTurn(ctx context.Context, programs []*program, path func(program, k int) string) (took, cpu []float64, err error) {
	times := make([][]float64, len(programs))
	before := make([]time.Duration, len(programs))
	// Every page is made twice, the first time to bring its rows from the disk
	// into the system's memory: the disk is not what is measured.
	for k := range 2 * sampled {
		for n, p := range programs {
			if k == sampled {
				before[n] = p.cpu()
			}
			d, _, err := p.get(ctx, path(n, k%sampled))
			if err != nil {
				return nil, nil, err
			}
			if k >= sampled {
				times[n] = append(times[n], ms(d))
			}
		}
	}
	for n, p := range programs {
		took = append(took, median(times[n]))
		cpu = append(cpu, ms(p.cpu()-before[n])/sampled)
	}
	return took, cpu, nil
}

// memory measures what the program has resident after every story was read.
func (b *bench) memory(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, b.stories)
	if err != nil {
		return nil, err
	}
	paths, err := m.paths(ctx)
	if err != nil {
		return nil, err
	}
	p, err := b.serve(ctx, m)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	began, _ := p.memory()
	most := began
	for i, path := range paths {
		if _, _, err := p.get(ctx, path); err != nil {
			return nil, err
		}
		if i%100 == 0 {
			now, _ := p.memory()
			most = max(most, now)
		}
	}
	resident, own := p.memory()
	note := fmt.Sprintf("after %d stories were read once; %.0f MB own, %.0f at most, %.0f at the start", len(paths), own, max(most, resident), began)
	return []Result{below("memory", resident, "MB", 150, note)}, nil
}

// start measures from exec to the first answer of /health.
func (b *bench) start(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, b.stories)
	if err != nil {
		return nil, err
	}
	var took, cpu []float64
	for range 11 {
		p, err := b.serve(ctx, m)
		if err != nil {
			return nil, err
		}
		took, cpu = append(took, p.took.Seconds()), append(cpu, p.cpu().Seconds())
		p.stop()
	}
	slices.Sort(took)
	note := fmt.Sprintf("median of %d starts, %.2f to %.2f; %.2f s processor", len(took), took[0], took[len(took)-1], median(cpu))
	return []Result{below("start", median(took), "s", 0.3, note)}, nil
}
