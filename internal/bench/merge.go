// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"syscall"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// How much is merged, and what the job that follows does in one transaction.
const (
	mergedBylines = 5_000
	mergedStories = 20_000
	refiled       = 10 // batches whose transactions are measured
)

// merge measures how long others wait to write while two people, and two
// sections, are merged: on SQLite one writes at a time. What follows in a job is
// measured by its transactions.
func (b *bench) merge(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, b.large)
	if err != nil {
		return nil, err
	}
	h, err := openHouse(ctx, m)
	if err != nil {
		return nil, err
	}
	defer h.close()
	people, err := b.mergePeople(ctx, h)
	if err != nil {
		return nil, err
	}
	sections, err := b.mergeSections(ctx, h)
	if err != nil {
		return nil, err
	}
	longest, err := b.refile(ctx, h)
	return []Result{people, sections, below("filing anew, longest transaction", longest, "ms", 1000, fmt.Sprintf("the job after a merge; of %d", refiled))}, err
}

// statements run one after the other. The magazine is furnished for a merge, and
// made what it was, behind the newsroom's back: it is used again.
func statements(ctx context.Context, h *house, all []string, args ...any) error {
	for _, q := range all {
		if _, err := h.store.Conn().ExecContext(ctx, q, args...); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}

// beside runs the act and returns how long it took, how much processor, and how
// long at most somebody waited who wrote a setting all the while.
func beside(ctx context.Context, h *house, act func() error) (took, waited float64, used time.Duration, err error) {
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			case <-time.After(2 * time.Millisecond):
			}
			began := time.Now()
			if err := h.store.SetSetting(ctx, "bench", 1); err != nil {
				done <- err
				return
			}
			waited = max(waited, ms(time.Since(began)))
		}
	}()
	before, began := ownCPU(), time.Now()
	err = act()
	took, used = ms(time.Since(began)), ownCPU()-before
	close(stop)
	return took, waited, used, errors.Join(err, <-done)
}

func ownCPU() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (b *bench) mergePeople(ctx context.Context, h *house) (r Result, err error) {
	from, into := stet.Person{Name: "Bench Double", Author: true}, stet.Person{Name: "Bench Remaining", Author: true}
	if err := errors.Join(h.room.AddPerson(ctx, stet.Operator, &from), h.room.AddPerson(ctx, stet.Operator, &into)); err != nil {
		return r, err
	}
	keep := []string{
		"DROP TABLE IF EXISTS bench_kept",
		fmt.Sprintf("CREATE TABLE bench_kept AS SELECT article_id, bylines, published_at FROM live WHERE kind = 'story' ORDER BY article_id LIMIT %d", mergedBylines),
		"CREATE UNIQUE INDEX bench_kept_article ON bench_kept (article_id)",
		fmt.Sprintf(`UPDATE live SET bylines = '[{"p":%d,"c":"words"}]' WHERE article_id IN (SELECT article_id FROM bench_kept)`, from.ID),
		fmt.Sprintf("INSERT INTO listing (kind, ref, published_at, article_id) SELECT 'person', %d, published_at, article_id FROM bench_kept", from.ID),
		fmt.Sprintf("INSERT INTO copy_ref (kind, ref, article_id) SELECT 'person', '%s', article_id FROM bench_kept", from.PublicID),
	}
	if err := statements(ctx, h, keep); err != nil {
		return r, err
	}
	took, waited, used, err := beside(ctx, h, func() error {
		_, err := h.room.MergePeople(ctx, stet.Operator, from.PublicID, into.PublicID)
		return err
	})
	return below("merge of two people, others wait", waited, "ms", 1000, fmt.Sprintf("%d bylines; it takes %.0f ms, %.0f of processor", mergedBylines, took, ms(used))), errors.Join(err, statements(ctx, h, []string{
		"UPDATE live SET bylines = (SELECT bylines FROM bench_kept WHERE bench_kept.article_id = live.article_id) WHERE article_id IN (SELECT article_id FROM bench_kept)",
		fmt.Sprintf("DELETE FROM listing WHERE kind = 'person' AND ref IN (%d, %d)", from.ID, into.ID),
		fmt.Sprintf("DELETE FROM copy_ref WHERE kind = 'person' AND ref IN ('%s', '%s')", from.PublicID, into.PublicID),
		"DROP TABLE bench_kept",
	}))
}

func (b *bench) mergeSections(ctx context.Context, h *house) (r Result, err error) {
	from, into := stet.Section{Name: "Bench " + stet.NewID()}, stet.Section{Name: "Bench " + stet.NewID()}
	if err := errors.Join(h.room.AddSection(ctx, stet.Operator, &from), h.room.AddSection(ctx, stet.Operator, &into)); err != nil {
		return r, err
	}
	keep := []string{
		"DROP TABLE IF EXISTS bench_kept",
		fmt.Sprintf("CREATE TABLE bench_kept AS SELECT article_id, section_id, published_at FROM live WHERE kind = 'story' ORDER BY article_id LIMIT %d", mergedStories),
		"CREATE UNIQUE INDEX bench_kept_article ON bench_kept (article_id)",
		fmt.Sprintf("UPDATE live SET section_id = %d WHERE article_id IN (SELECT article_id FROM bench_kept)", from.ID),
		fmt.Sprintf("INSERT INTO listing (kind, ref, published_at, article_id) SELECT 'section', %d, published_at, article_id FROM bench_kept", from.ID),
	}
	if err := statements(ctx, h, keep); err != nil {
		return r, err
	}
	shelf, err := newsroom.ReadShelf(ctx, h.store, stet.PathSection)
	if err != nil {
		return r, err
	}
	term, err := shelf.Find(from.PublicID)
	if err != nil {
		return r, err
	}
	took, waited, used, err := beside(ctx, h, func() error {
		return h.room.MergeTerms(ctx, stet.Operator, stet.PathSection, from.PublicID, into.PublicID, term.Revision())
	})
	return below("merge of two sections, others wait", waited, "ms", 1000, fmt.Sprintf("%d stories; it takes %.0f ms, %.0f of processor", mergedStories, took, ms(used))), errors.Join(err, statements(ctx, h, []string{
		"UPDATE live SET section_id = (SELECT section_id FROM bench_kept WHERE bench_kept.article_id = live.article_id) WHERE article_id IN (SELECT article_id FROM bench_kept)",
		fmt.Sprintf("DELETE FROM listing WHERE kind = 'section' AND ref IN (%d, %d)", from.ID, into.ID),
		fmt.Sprintf("DELETE FROM section WHERE id = %d", into.ID),
		"DROP TABLE bench_kept",
	}))
}

// refile does what the job does after a merge, for some of the stories, and
// returns the longest of its transactions. Nothing has changed, so that each
// story is written as it was.
func (b *bench) refile(ctx context.Context, h *house) (float64, error) {
	ids, err := h.store.ListIDs(ctx, store.List{Kind: store.ListAll})
	if err != nil {
		return 0, err
	}
	var took []float64
	for some := range slices.Chunk(ids, newsroom.RefiledAtOnce) {
		if len(took) == refiled {
			break
		}
		began := time.Now()
		if err := h.room.RefileSome(ctx, some); err != nil {
			return 0, err
		}
		took = append(took, ms(time.Since(began)))
	}
	if len(took) == 0 {
		return 0, errors.New("there are no stories")
	}
	b.say("  a transaction of the job: %.0f ms in the median", median(took))
	return slices.Max(took), nil
}
