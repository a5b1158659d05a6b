// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

func transactions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var order []string
	must(t, s.Tx(ctx, func(tx *store.Store) error {
		if !tx.InTx() || s.InTx() {
			t.Error("InTx")
		}
		at := tx.Now()
		time.Sleep(2 * time.Millisecond)
		if !tx.Now().Equal(at) {
			t.Error("a transaction has two nows")
		}
		tx.AfterCommit(func() {
			order = append(order, "after")
			if _, err := s.Magazine(ctx); err != nil {
				t.Errorf("AfterCommit does not see what was committed: %v", err)
			}
		})
		must(t, tx.SetSetting(ctx, "magazine", stet.Magazine{Name: "M"}))
		if _, err := tx.Magazine(ctx); err != nil {
			t.Errorf("a transaction does not see its own change: %v", err)
		}
		wantCode(t, "inside out", tx.Tx(ctx, func(*store.Store) error { return nil }), stet.Internal)
		order = append(order, "inside")
		return nil
	}))
	same(t, "order", []string{"inside", "after"}, order)

	reason := errors.New("no")
	err := s.Tx(ctx, func(tx *store.Store) error {
		must(t, tx.SetSetting(ctx, "other", 1))
		tx.AfterCommit(func() { t.Error("AfterCommit of what was rolled back") })
		return reason
	})
	if !errors.Is(err, reason) {
		t.Errorf("rolled back with %v", err)
	}
	err = s.Setting(ctx, "other", new(int))
	wantCode(t, "rolled back", err, stet.NotFound)

	func() {
		defer func() { recover() }()
		_ = s.Tx(ctx, func(tx *store.Store) error {
			must(t, tx.SetSetting(ctx, "other", 1))
			panic("a bug")
		})
	}()
	err = s.Setting(ctx, "other", new(int))
	wantCode(t, "rolled back by a panic", err, stet.NotFound)

	short, cancel := context.WithCancel(ctx)
	err = s.Tx(short, func(tx *store.Store) error {
		must(t, tx.SetSetting(short, "other", 1))
		cancel()
		return nil
	})
	if err == nil {
		t.Error("what was cancelled is committed")
	}
	err = s.Setting(ctx, "other", new(int))
	wantCode(t, "cancelled", err, stet.NotFound)

	ran := false
	s.AfterCommit(func() { ran = true })
	if !ran {
		t.Error("AfterCommit outside a transaction does not run at once")
	}
	// The connection is free again after all this.
	must(t, s.Tx(ctx, func(tx *store.Store) error { return tx.SetSetting(ctx, "other", 1) }))
}

func engineErrors(t *testing.T, s *store.Store) {
	ctx := t.Context()
	p := stet.Path{Path: "/a", Kind: stet.PathArticle}
	must(t, s.AddPath(ctx, p))
	check := func(where string, err error) {
		t.Helper()
		wantCode(t, where, err, stet.Conflict)
		if m := stet.ErrorMessage(err); m != "it exists already" {
			t.Errorf("%s: the message is %q", where, m)
		}
		if err != nil && strings.Count(err.Error(), "it exists already") != 1 {
			t.Errorf("%s: the engine's error was made ours more than once: %v", where, err)
		}
	}
	check("outside", s.AddPath(ctx, p))
	check("inside", s.Tx(ctx, func(tx *store.Store) error { return tx.AddPath(ctx, p) }))
	check("wrapped", s.Tx(ctx, func(tx *store.Store) error { return fmt.Errorf("claim: %w", tx.AddPath(ctx, p)) }))
	short, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Path(short, "/a"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// unstorable text finds nothing and breaks nothing; on either engine it is the
// caller's fault and not ours.
func unstorable(t *testing.T, s *store.Store) {
	ctx := t.Context()
	for _, bad := range []string{"\x00", "a\x00b", "\xff", "a\xc3"} {
		lookups := map[string]error{}
		_, lookups["path"] = s.Path(ctx, "/"+bad)
		_, lookups["live"] = s.LiveByPublicID(ctx, bad)
		_, lookups["asset"] = s.Asset(ctx, bad)
		_, lookups["person"] = s.PersonBySlug(ctx, bad)
		_, lookups["topic"] = s.TopicByPublicID(ctx, bad)
		_, lookups["staff"] = s.StaffByEmail(ctx, bad)
		_, lookups["article"] = s.ArticleByPublicID(ctx, bad)
		for what, err := range lookups {
			wantCode(t, fmt.Sprintf("%s %q", what, bad), err, stet.NotFound)
		}
		if _, err := s.PeopleNamed(ctx, bad); err != nil {
			t.Errorf("people named %q: %v", bad, err)
		}
		if _, err := s.TopicsNamed(ctx, bad); err != nil {
			t.Errorf("topics named %q: %v", bad, err)
		}
	}
}

func events(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var mu sync.Mutex
	var got []string
	s.OnEvent(func(e stet.Event) {
		mu.Lock()
		defer mu.Unlock()
		for _, tag := range e.Tags {
			if tag != stet.TagAll {
				got = append(got, tag)
			}
		}
	})
	s.Announce(stet.Event{Tags: []string{"a", "b"}})
	must(t, s.Emit(ctx, stet.Event{Tags: []string{"c"}}))
	_ = s.Tx(ctx, func(tx *store.Store) error {
		must(t, tx.Emit(ctx, stet.Event{Tags: []string{"never"}}))
		return errors.New("rolled back")
	})
	mu.Lock()
	defer mu.Unlock()
	if !slices.Contains(got, "a") || !slices.Contains(got, "b") || slices.Contains(got, "never") {
		t.Errorf("events: %v", got)
	}
}

// writers count up one number: not one step may be lost, and nobody may be
// told that the database is locked.
func writers(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := stet.Article{PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Draft}
	must(t, s.CreateArticle(ctx, &a))
	const people, steps = 8, 10
	var wg sync.WaitGroup
	stop := make(chan struct{})
	readersDone := make(chan struct{})
	go func() { // and somebody reads all the time
		defer close(readersDone)
		for {
			select {
			case <-stop:
				return
			default:
				if _, err := s.Article(ctx, a.ID); err != nil {
					t.Errorf("read beside writers: %v", err)
					return
				}
			}
		}
	}()
	for w := range people {
		wg.Go(func() {
			for step := range steps {
				for {
					err := s.Tx(ctx, func(tx *store.Store) error {
						cur, err := tx.Article(ctx, a.ID)
						if err != nil {
							return err
						}
						if err := tx.AddPath(ctx, stet.Path{Path: fmt.Sprintf("/%d/%d", w, step), Kind: stet.PathArticle, Target: a.ID}); err != nil {
							return err
						}
						return tx.SaveArticle(ctx, &cur)
					})
					if stet.ErrorCode(err) == stet.Conflict {
						continue // read before another saved: ask again
					}
					if err != nil {
						t.Errorf("writer %d: %v", w, err)
					}
					break
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	<-readersDone
	if got := get(s.Article(ctx, a.ID))(t); got.Revision != 1+people*steps {
		t.Errorf("revision %d after %d saves", got.Revision, people*steps)
	}
	if got := get(s.PathsTo(ctx, stet.PathArticle, a.ID))(t); len(got) != people*steps {
		t.Errorf("%d paths: a rolled back save left one", len(got))
	}
}
