// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/jobs"
	"stet/internal/stettest"
)

// due runs what is due and returns how many attempts there were.
func due(tb testing.TB, q *jobs.Queue) int {
	tb.Helper()
	n, err := q.RunDue(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

func TestOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		now := clock.Now()
		q := h.queue(t, jobs.Options{Now: clock.Now})
		var got []string
		jobs.Handle(q, "note", func(_ context.Context, name string) error {
			got = append(got, name)
			return nil
		})
		for _, j := range []jobs.Job{
			{Args: "last", Priority: jobs.Last, RunAt: now.Add(-time.Hour)},
			{Args: "normal 2"},
			{Args: "normal 3"},
			{Args: "normal 1", RunAt: now.Add(-time.Minute)},
			{Args: "later", RunAt: now.Add(time.Hour), Priority: jobs.First},
			{Args: "first", Priority: jobs.First},
		} {
			j.Kind = "note"
			h.insert(t, now, j)
		}
		due(t, q)
		if diff := cmp.Diff([]string{"first", "normal 1", "normal 2", "normal 3", "last"}, got); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}

		clock.Advance(time.Hour - time.Microsecond)
		if n := due(t, q); n != 0 {
			t.Errorf("%d jobs ran a microsecond before their time", n)
		}
		clock.Advance(time.Microsecond)
		if n := due(t, q); n != 1 {
			t.Errorf("%d jobs ran at the time of one", n)
		}
	})
}

func TestInsertIsPartOfTheTransaction(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		q := h.queue(t, jobs.Options{})
		jobs.Handle(q, "note", func(context.Context, any) error { return nil })
		tx, err := h.db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := jobs.Insert(t.Context(), tx, time.Now(), jobs.Job{Kind: "note"}); err != nil {
			t.Fatal(err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if n := due(t, q); n != 0 {
			t.Errorf("%d jobs ran of a transaction that was rolled back", n)
		}
	})
}

func TestInsertRefuses(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for name, j := range map[string]jobs.Job{
			"no kind":           {},
			"priority":          {Kind: "note", Priority: 2},
			"negative attempts": {Kind: "note", MaxAttempts: -1},
			"args":              {Kind: "note", Args: func() {}},
		} {
			_, _, err := jobs.Insert(t.Context(), h.db, time.Now(), j)
			if err == nil || name != "args" && stet.ErrorCode(err) != stet.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		id, _ := h.insert(t, time.Now(), jobs.Job{Kind: "note", Args: "a\x00\xffb", UniqueKey: "k\x00\xff"})
		if got := h.record(t, id).UniqueKey; got != "k\uFFFD\uFFFD" {
			t.Errorf("unique key %q", got)
		}
	})
}

func TestUnique(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		q := h.queue(t, jobs.Options{Now: clock.Now})
		var ran []int
		var during func()
		jobs.Handle(q, "ping", func(_ context.Context, n int) error {
			ran = append(ran, n)
			if during != nil {
				during()
			}
			return nil
		})
		job := func(n int, in time.Duration) jobs.Job {
			return jobs.Job{Kind: "ping", Args: n, UniqueKey: "ping/front", RunAt: clock.Now().Add(in)}
		}
		first, inserted := h.insert(t, clock.Now(), job(1, time.Hour))
		if !inserted {
			t.Fatal("the first was not inserted")
		}
		for _, in := range []time.Duration{2 * time.Hour, time.Minute} {
			if id, inserted := h.insert(t, clock.Now(), job(2, in)); inserted || id != first {
				t.Errorf("a second with the key: job %d, new %v", id, inserted)
			}
		}
		if n := due(t, q); n != 0 {
			t.Errorf("%d ran too early", n)
		}
		clock.Advance(time.Minute) // as early as either wished
		// Asked for while it runs: once more, at once, however often it was asked.
		during = func() {
			during = nil
			for range 3 {
				if id, inserted := h.insert(t, clock.Now(), job(3, 0)); inserted || id != first {
					t.Errorf("inserted during the run: job %d, new %v", id, inserted)
				}
			}
		}
		due(t, q)
		if diff := cmp.Diff([]int{1, 1}, ran); diff != "" {
			t.Errorf("runs (-want +got):\n%s", diff)
		}
		if r := h.record(t, first); r.State != jobs.Done || r.Attempts != 1 {
			t.Errorf("in the end it is %s after %d attempts", r.State, r.Attempts)
		}
		if id, inserted := h.insert(t, clock.Now(), job(4, 0)); !inserted || id == first {
			t.Error("the key of a finished job is not free again")
		}
	})
}

// Many transactions insert one key while it is worked off: never two at once,
// and the last run begins after the last insertion.
func TestUniqueConcurrently(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		var mu sync.Mutex
		inside, seen, committed := 0, 0, 0
		q := h.queue(t, jobs.Options{Poll: 20 * time.Millisecond})
		jobs.Handle(q, "ping", func(context.Context, any) error {
			mu.Lock()
			inside++
			if inside > 1 {
				t.Error("two runs of one key at the same time")
			}
			seen = committed
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			inside--
			mu.Unlock()
			return nil
		})
		background(t, q)
		var writers sync.WaitGroup
		for range 4 {
			writers.Go(func() {
				for range 15 {
					h.insert(t, time.Now(), jobs.Job{Kind: "ping", UniqueKey: "k"})
					mu.Lock()
					committed++
					mu.Unlock()
					q.Wake()
				}
			})
		}
		writers.Wait()
		// The last may have been counted a moment after its run began: one
		// more insertion makes the count sure.
		h.insert(t, time.Now(), jobs.Job{Kind: "ping", UniqueKey: "k"})
		q.Wake()
		eventually(t, "a run has seen every insertion", func() bool {
			mu.Lock()
			defer mu.Unlock()
			return seen == 60
		})
	})
}

func TestRetryAndBackoff(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		q := h.queue(t, jobs.Options{Now: clock.Now, Backoff: func(n int) time.Duration { return time.Minute << n }})
		attempts := 0
		jobs.Handle(q, "mail", func(context.Context, any) error {
			attempts++
			switch attempts {
			case 1, 2:
				return fmt.Errorf("try %d: server\x00 busy", attempts)
			case 3:
				return fmt.Errorf("wrapped: %w", jobs.After(time.Hour, errors.New("come back in an hour")))
			}
			return nil
		})
		id, _ := h.insert(t, clock.Now(), jobs.Job{Kind: "mail"})
		for i, wait := range []time.Duration{2 * time.Minute, 4 * time.Minute, time.Hour} {
			if n := due(t, q); n != 1 {
				t.Fatalf("attempt %d: %d runs", i+1, n)
			}
			r := h.record(t, id)
			if got := r.RunAt.Sub(clock.Now()); r.State != jobs.Ready || got != wait || r.Attempts != i+1 {
				t.Errorf("after attempt %d: %s, %d attempts, in %v, want %v", i+1, r.State, r.Attempts, got, wait)
			}
			clock.Advance(wait)
		}
		due(t, q)
		if r := h.record(t, id); r.State != jobs.Done || r.Attempts != 4 || !r.FinishedAt.Equal(clock.Now()) || r.LastError != "wrapped: come back in an hour" {
			t.Errorf("in the end: %+v", r)
		}
	})
}

func TestDefaultBackoff(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		q := h.queue(t, jobs.Options{Now: clock.Now})
		jobs.Handle(q, "mail", func(context.Context, any) error { return errors.New("no") })
		id, _ := h.insert(t, clock.Now(), jobs.Job{Kind: "mail", MaxAttempts: 20})
		want := time.Second
		for n := range 19 {
			due(t, q)
			got := h.record(t, id).RunAt.Sub(clock.Now())
			if got < want*8/10 || got > want*12/10 {
				t.Errorf("after attempt %d it waits %v, want about %v", n+1, got, want)
			}
			clock.Advance(got)
			want = min(2*want, 4*time.Hour)
		}
	})
}

func TestDead(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		tests := []struct {
			kind, wantError string
			attempts        int
			fn              func() error
		}{
			{"uses its attempts up", "no luck", 3, func() error { return errors.New("no luck") }},
			{"permanent", "send: no such mailbox", 1, func() error {
				return fmt.Errorf("send: %w", jobs.Permanent(errors.New("no such mailbox")))
			}},
			{"panics", "panic: index of nothing", 3, func() error { panic("index of nothing") }},
			{"long error", strings.Repeat("é", 1000), 3, func() error { return errors.New(strings.Repeat("é", 5000)) }},
		}
		q := h.queue(t, jobs.Options{Now: clock.Now, Backoff: func(int) time.Duration { return 0 }})
		ids := map[string]int64{}
		for _, test := range tests {
			jobs.Handle(q, test.kind, func(context.Context, any) error { return test.fn() })
			ids[test.kind], _ = h.insert(t, clock.Now(), jobs.Job{Kind: test.kind, MaxAttempts: 3, UniqueKey: test.kind})
		}
		jobs.Handle(q, "wrong arguments", func(context.Context, int) error { return nil })
		wrong, _ := h.insert(t, clock.Now(), jobs.Job{Kind: "wrong arguments", Args: "seven"})
		due(t, q)
		for _, test := range tests {
			r := h.record(t, ids[test.kind])
			if r.State != jobs.Dead || r.Attempts != test.attempts || r.LastError != test.wantError || r.FinishedAt.IsZero() {
				t.Errorf("%s: %s after %d attempts, %.40q", test.kind, r.State, r.Attempts, r.LastError)
			}
		}
		if r := h.record(t, wrong); r.State != jobs.Dead || r.Attempts != 1 || !strings.HasPrefix(r.LastError, "arguments: ") {
			t.Errorf("wrong arguments: %s after %d attempts, %q", r.State, r.Attempts, r.LastError)
		}

		// An operator mends the cause and asks for it again.
		tests[1].fn = func() error { return nil }
		id := ids["permanent"]
		if err := jobs.Retry(t.Context(), h.db, clock.Now(), id); err != nil {
			t.Fatal(err)
		}
		if err := jobs.Retry(t.Context(), h.db, clock.Now(), id); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("retry of a ready job: %v", err)
		}
		_, inserted := h.insert(t, clock.Now(), jobs.Job{Kind: "panics", UniqueKey: "panics"})
		if err := jobs.Retry(t.Context(), h.db, clock.Now(), ids["panics"]); !inserted || stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("retry of a job whose key is taken: %v", err)
		}
	})
}

// Whatever a handler does to its goroutine, the queue goes on.
func TestHandlerCannotStopTheQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		q := h.queue(t, jobs.Options{Workers: 2})
		jobs.Handle(q, "panic", func(context.Context, any) error { panic(errors.New("boom")) })
		jobs.Handle(q, "goexit", func(context.Context, any) error { runtime.Goexit(); return nil })
		ran := make(chan int, 9)
		jobs.Handle(q, "good", func(_ context.Context, n int) error { ran <- n; return nil })
		var bad []int64
		for _, kind := range []string{"panic", "goexit", "panic", "goexit"} {
			id, _ := h.insert(t, time.Now(), jobs.Job{Kind: kind, MaxAttempts: 1})
			bad = append(bad, id)
		}
		h.insert(t, time.Now(), jobs.Job{Kind: "good", Args: 7})
		stop := background(t, q)
		if got := receive(t, "the good job", ran); got != 7 {
			t.Errorf("arguments %d", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		for _, id := range bad {
			if r := h.record(t, id); r.State != jobs.Dead || r.LastError == "" {
				t.Errorf("%s: %s, %q", r.Kind, r.State, r.LastError)
			}
		}
	})
}

func TestCancel(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		q := h.queue(t, jobs.Options{Lease: 300 * time.Millisecond, Poll: 50 * time.Millisecond})
		causes := make(chan error, 1)
		begun := make(chan bool, 1)
		jobs.Handle(q, "slow", func(ctx context.Context, _ any) error {
			begun <- true
			<-ctx.Done()
			causes <- context.Cause(ctx)
			return errors.New("broken off")
		})
		waiting, _ := h.insert(t, time.Now(), jobs.Job{Kind: "slow", RunAt: time.Now().Add(time.Hour), UniqueKey: "later"})
		running, _ := h.insert(t, time.Now(), jobs.Job{Kind: "slow"})
		stop := background(t, q)
		receive(t, "the job begins", begun)
		if ok, err := jobs.CancelKey(t.Context(), h.db, time.Now(), "later"); !ok || err != nil {
			t.Errorf("cancel by key: %v, %v", ok, err)
		}
		if ok, err := jobs.CancelKey(t.Context(), h.db, time.Now(), "later"); ok || err != nil {
			t.Errorf("cancel twice: %v, %v", ok, err)
		}
		if ok, err := jobs.Cancel(t.Context(), h.db, time.Now(), running); !ok || err != nil {
			t.Errorf("cancel by id: %v, %v", ok, err)
		}
		if err := receive(t, "the running one is told", causes); !errors.Is(err, jobs.ErrLost) {
			t.Errorf("cause: %v", err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		for _, id := range []int64{waiting, running} {
			if r := h.record(t, id); r.State != jobs.Cancelled {
				t.Errorf("job %d is %s", id, r.State)
			}
		}
	})
}

func TestDrain(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		q := h.queue(t, jobs.Options{Workers: 2, Grace: time.Second})
		begun := make(chan bool, 2)
		jobs.Handle(q, "finishes", func(ctx context.Context, _ any) error {
			begun <- true
			time.Sleep(50 * time.Millisecond)
			return ctx.Err() // must not have ended within the grace time
		})
		jobs.Handle(q, "goes on", func(ctx context.Context, _ any) error {
			begun <- true
			<-ctx.Done()
			return ctx.Err()
		})
		a, _ := h.insert(t, time.Now(), jobs.Job{Kind: "finishes"})
		b, _ := h.insert(t, time.Now(), jobs.Job{Kind: "goes on"})
		c, _ := h.insert(t, time.Now(), jobs.Job{Kind: "finishes"})
		stop := background(t, q)
		receive(t, "one begins", begun)
		receive(t, "the other begins", begun)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if r := h.record(t, a); r.State != jobs.Done {
			t.Errorf("what could finish is %s: %s", r.State, r.LastError)
		}
		if r := h.record(t, b); r.State != jobs.Ready || r.Attempts != 0 || r.RunAt.After(time.Now()) {
			t.Errorf("what could not is %s with %d attempts, at %v", r.State, r.Attempts, r.RunAt)
		}
		if r := h.record(t, c); r.State != jobs.Ready || r.Attempts != 0 {
			t.Errorf("what had not begun is %s with %d attempts", r.State, r.Attempts)
		}
		if err := q.Run(t.Context()); err == nil {
			t.Error("Run could be called twice")
		}
	})
}

func TestDrainGivesUpOnTheStubborn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, false)
	q := h.queue(t, jobs.Options{Grace: time.Millisecond})
	begun, end := make(chan bool), make(chan bool)
	jobs.Handle(q, "stubborn", func(context.Context, any) error { begun <- true; <-end; return nil })
	id, _ := h.insert(t, time.Now(), jobs.Job{Kind: "stubborn"})
	stop := background(t, q)
	receive(t, "the job begins", begun)
	if err := stop(); err == nil {
		t.Error("Run says that all is well")
	}
	close(end)
	if r := h.record(t, id); r.State != jobs.Running {
		t.Errorf("the job is %s, and another worker would run it beside us", r.State)
	}
}

func TestLease(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		// The dead worker: claims and never says a word again.
		dead := h.queue(t, jobs.Options{Now: clock.Now, Workers: 2, Grace: time.Millisecond})
		begun, release := make(chan bool, 2), make(chan bool)
		defer close(release)
		hang := func(context.Context, any) error { begun <- true; <-release; return nil }
		jobs.Handle(dead, "work", hang)
		jobs.Handle(dead, "fatal", hang)
		work, _ := h.insert(t, clock.Now(), jobs.Job{Kind: "work"})
		fatal, _ := h.insert(t, clock.Now(), jobs.Job{Kind: "fatal", MaxAttempts: 1})
		stop := background(t, dead)
		receive(t, "a job begins", begun)
		receive(t, "the other begins", begun)
		_ = stop()

		q := h.queue(t, jobs.Options{Now: clock.Now})
		ok := func(context.Context, any) error { return nil }
		jobs.Handle(q, "work", ok)
		jobs.Handle(q, "fatal", ok)
		clock.Advance(time.Minute - time.Microsecond)
		if n := due(t, q); n != 0 {
			t.Errorf("%d jobs were taken before their lease ended", n)
		}
		clock.Advance(time.Microsecond)
		if n := due(t, q); n != 1 {
			t.Errorf("%d jobs were taken after the lease", n)
		}
		if r := h.record(t, work); r.State != jobs.Done || r.Attempts != 2 {
			t.Errorf("the job is %s after %d attempts", r.State, r.Attempts)
		}
		if r := h.record(t, fatal); r.State != jobs.Dead || r.LastError == "" {
			t.Errorf("the job that may not be tried again is %s: %s", r.State, r.LastError)
		}
	})
}

// A job that takes longer than the lease is kept by its heartbeat. The clock
// stands still but for the test, so that a slow machine loses no lease.
func TestHeartbeat(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		const lease = 300 * time.Millisecond
		clock := stettest.NewClock(time.Time{})
		node := func() *jobs.Queue { return h.queue(t, jobs.Options{Now: clock.Now, Lease: lease}) }
		q, other := node(), node()
		begun, release := make(chan bool, 2), make(chan bool)
		jobs.Handle(q, "long", func(ctx context.Context, _ any) error { begun <- true; <-release; return context.Cause(ctx) })
		jobs.Handle(other, "long", func(context.Context, any) error { return errors.New("taken") })
		ids := make([]int64, 2)
		for i := range ids {
			ids[i], _ = h.insert(t, clock.Now(), jobs.Job{Kind: "long"})
		}
		stop := background(t, q)
		receive(t, "a job begins", begun)
		receive(t, "the other begins", begun)
		for range 3 {
			until := clock.Advance(lease * 2 / 3).Add(lease)
			eventually(t, "both leases are extended", func() (ok bool) {
				err := h.reader.QueryRow("SELECT MIN(lease_until) = $1 FROM job", until.UnixMicro()).Scan(&ok)
				return err == nil && ok
			})
			if n := due(t, other); n != 0 {
				t.Errorf("another node took %d jobs", n)
			}
		}
		close(release)
		if err := stop(); err != nil {
			t.Error(err)
		}
		for _, id := range ids {
			if r := h.record(t, id); r.State != jobs.Done || r.Attempts != 1 {
				t.Errorf("job %d is %s after %d attempts", id, r.State, r.Attempts)
			}
		}
	})
}

// A database of our own: what a dead process left is taken at once.
func TestSole(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		id, _ := h.insert(t, time.Now(), jobs.Job{Kind: "work"})
		other, _ := h.insert(t, time.Now(), jobs.Job{Kind: "not ours"})
		_, err := h.db.Exec("UPDATE job SET state = 'running', worker = 'dead/1', attempts = 1, lease_until = $1", time.Now().Add(time.Hour).UnixMicro())
		if err != nil {
			t.Fatal(err)
		}
		ran := make(chan bool, 1)
		q := h.queue(t, jobs.Options{Sole: true})
		jobs.Handle(q, "work", func(context.Context, any) error { ran <- true; return nil })
		stop := background(t, q)
		receive(t, "the left job runs", ran)
		_ = stop()
		if r := h.record(t, id); r.State != jobs.Done || r.Attempts != 2 {
			t.Errorf("the job is %s after %d attempts", r.State, r.Attempts)
		}
		if r := h.record(t, other); r.State != jobs.Running {
			t.Errorf("a job of a kind that is not ours is %s", r.State)
		}
	})
}

// Complete makes the effect and the end of the job one transaction, and
// refuses when the job is no longer ours.
func TestComplete(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		q := h.queue(t, jobs.Options{Now: clock.Now, Backoff: func(int) time.Duration { return time.Minute }})
		var fail error
		var stolen bool
		var completeErr error
		jobs.Handle(q, "count", func(ctx context.Context, _ any) error {
			if stolen {
				if _, err := h.db.Exec("UPDATE job SET worker = 'thief' WHERE state = 'running'"); err != nil {
					return err
				}
			}
			tx, err := h.db.BeginTx(ctx, nil)
			if err != nil {
				return err
			}
			defer func() { _ = tx.Rollback() }()
			if _, err := tx.Exec("INSERT INTO trace (name) VALUES ('effect')"); err != nil {
				return err
			}
			if completeErr = jobs.Complete(ctx, tx); completeErr != nil {
				return completeErr
			}
			if fail != nil {
				return fail // and roll back
			}
			return tx.Commit()
		})
		effects := func() (n int) {
			if err := h.db.QueryRow("SELECT COUNT(*) FROM trace").Scan(&n); err != nil {
				t.Error(err)
			}
			return n
		}
		id, _ := h.insert(t, clock.Now(), jobs.Job{Kind: "count"})
		fail = errors.New("not yet")
		due(t, q)
		if r := h.record(t, id); r.State != jobs.Ready || effects() != 0 {
			t.Errorf("rolled back: %s, %d effects", r.State, effects())
		}
		fail = nil
		clock.Advance(time.Minute)
		due(t, q)
		if r := h.record(t, id); r.State != jobs.Done || r.FinishedAt.IsZero() || effects() != 1 {
			t.Errorf("committed: %s, %d effects", r.State, effects())
		}
		stolen = true
		h.insert(t, clock.Now(), jobs.Job{Kind: "count"})
		due(t, q)
		if !errors.Is(completeErr, jobs.ErrLost) || effects() != 1 {
			t.Errorf("stolen: %v, %d effects", completeErr, effects())
		}
		if err := jobs.Complete(t.Context(), h.db); err == nil {
			t.Error("Complete outside of a handler succeeded")
		}
	})
}

func TestEvery(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Date(2026, 3, 1, 10, 20, 30, 0, time.UTC))
		var ran []string
		var fail error
		node := func() *jobs.Queue {
			q := h.queue(t, jobs.Options{Now: clock.Now, Backoff: func(int) time.Duration { return time.Minute }})
			jobs.Handle(q, "sweep", func(context.Context, any) error {
				ran = append(ran, clock.Now().Format("15:04"))
				return fail
			})
			q.Every("sweep", time.Hour)
			return q
		}
		a, b := node(), node()
		both := func(at string) {
			to, err := time.Parse("15:04", at)
			if err != nil {
				t.Fatal(err)
			}
			clock.Set(time.Date(2026, 3, 1, to.Hour(), to.Minute(), 30, 0, time.UTC))
			due(t, a)
			due(t, b)
		}
		both("10:20") // never ran: at once
		both("10:59")
		both("11:00")
		both("11:01")
		both("15:30") // missed four times: once
		h.insert(t, clock.Now(), jobs.Job{Kind: "sweep", UniqueKey: jobs.EveryKey("sweep")})
		both("15:31") // asked for besides
		fail = errors.New("no")
		both("16:00")
		fail = nil
		both("16:01") // tried again
		fail = jobs.Permanent(errors.New("never"))
		both("17:00")
		fail = nil
		both("17:01") // given up until the next time
		both("18:00")
		if diff := cmp.Diff([]string{"10:20", "11:00", "15:30", "15:31", "16:00", "16:01", "17:00", "18:00"}, ran); diff != "" {
			t.Errorf("runs (-want +got):\n%s", diff)
		}
		if list, err := a.List(t.Context(), jobs.Filter{}); err != nil || len(list) != 1 || list[0].LastError != "never" {
			t.Errorf("rows: %+v, %v", list, err)
		}
		// A shorter interval in the next release is heeded at its start.
		c := h.queue(t, jobs.Options{Now: clock.Now})
		jobs.Handle(c, "sweep", func(context.Context, any) error { return nil })
		c.Every("sweep", 10*time.Minute)
		due(t, c)
		if list, err := c.List(t.Context(), jobs.Filter{}); err != nil || list[0].RunAt.Format("15:04") != "18:10" {
			t.Errorf("next run: %+v, %v", list, err)
		}
	})
}

// Several queues on one table share the work; none is done twice.
func TestQueuesClaimDisjointJobs(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		const n = 120
		fill(t, h, n, jobs.Job{Kind: "work"}, time.Now())
		if _, err := h.db.Exec("UPDATE job SET args = CAST(id AS TEXT)"); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		runs := map[int]int{}
		by := make([]int, 3)
		all := make(chan struct{}) // closed when every queue has begun
		for node := range by {
			q := h.queue(t, jobs.Options{Workers: 4, Poll: 50 * time.Millisecond})
			jobs.Handle(q, "work", func(_ context.Context, i int) error {
				mu.Lock()
				runs[i]++
				by[node]++
				if by[node] == 1 && slices.Min(by) > 0 {
					close(all)
				}
				mu.Unlock()
				// However slow a queue is to start, the others must leave work for
				// it: none claims more than its workers can do.
				select {
				case <-all:
				case <-time.After(30 * time.Second):
				}
				return nil
			})
			background(t, q)
		}
		eventually(t, "all ran", func() bool { mu.Lock(); defer mu.Unlock(); return len(runs) == n })
		mu.Lock()
		defer mu.Unlock()
		for i, times := range runs {
			if times != 1 {
				t.Errorf("job %d ran %d times", i, times)
			}
		}
		t.Logf("shares: %v", by)
		if slices.Min(by) == 0 {
			t.Errorf("a queue got nothing: %v", by)
		}
	})
}

// A wake-up makes a job run long before the next poll; a job for a later time
// runs then without one; a kind that nobody here knows blocks nothing.
func TestWake(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		q := h.queue(t, jobs.Options{Poll: time.Hour})
		ran := make(chan string, 9)
		jobs.Handle(q, "note", func(_ context.Context, s string) error { ran <- s; return nil })
		h.insert(t, time.Now(), jobs.Job{Kind: "unknown", Priority: jobs.First})
		h.insert(t, time.Now(), jobs.Job{Kind: "note", Args: "before"})
		background(t, q)
		if got := receive(t, "the first", ran); got != "before" {
			t.Errorf("got %q", got)
		}
		time.Sleep(20 * time.Millisecond) // it sleeps
		h.insert(t, time.Now(), jobs.Job{Kind: "note", Args: "soon", RunAt: time.Now().Add(5 * time.Second)})
		h.insert(t, time.Now(), jobs.Job{Kind: "note", Args: "woken"})
		q.Wake()
		if got := receive(t, "the woken", ran); got != "woken" {
			t.Errorf("got %q", got)
		}
		if got := receive(t, "the later", ran); got != "soon" {
			t.Errorf("got %q", got)
		}
	})
}

func TestPruneListStats(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		clock := stettest.NewClock(time.Time{})
		q := h.queue(t, jobs.Options{Now: clock.Now})
		jobs.Handle(q, "good", func(context.Context, any) error { return nil })
		jobs.Handle(q, "bad", func(context.Context, any) error { return jobs.Permanent(errors.New("no")) })
		fill(t, h, 590, jobs.Job{Kind: "good"}, clock.Now())
		if _, err := h.db.Exec("UPDATE job SET state = 'done', finished_at = $1", clock.Now().UnixMicro()); err != nil {
			t.Fatal(err)
		}
		for i := range 10 {
			kind := "good"
			if i > 3 {
				kind = "bad"
			}
			h.insert(t, clock.Now(), jobs.Job{Kind: kind, Args: map[string]int{"id": i}})
		}
		h.insert(t, clock.Now(), jobs.Job{Kind: "good", RunAt: clock.Now().Add(1000 * time.Hour)})
		due(t, q)
		begin := clock.Now()
		want := []jobs.Stat{
			{Kind: "bad", State: jobs.Dead, Count: 6, Oldest: begin},
			{Kind: "good", State: jobs.Done, Count: 594, Oldest: begin},
			{Kind: "good", State: jobs.Ready, Count: 1, Oldest: begin.Add(1000 * time.Hour)},
		}
		got, err := q.Stats(t.Context())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("stats: %v (-want +got):\n%s", err, diff)
		}
		list, err := q.List(t.Context(), jobs.Filter{State: jobs.Dead, Kind: "bad", Limit: 1})
		if err != nil || len(list) != 1 || string(list[0].Args) != `{"id":9}` || list[0].LastError != "no" {
			t.Errorf("list: %+v, %v", list, err)
		}
		for _, step := range []struct {
			advance time.Duration
			want    int64
		}{{23 * time.Hour, 0}, {2 * time.Hour, 594}, {90 * 24 * time.Hour, 6}} {
			clock.Advance(step.advance)
			if n, err := q.Prune(t.Context()); n != step.want || err != nil {
				t.Errorf("after %v pruned %d, want %d; %v", step.advance, n, step.want, err)
			}
		}
	})
}

func TestRawArguments(t *testing.T) {
	t.Parallel()
	h := newHouse(t, false)
	q := h.queue(t, jobs.Options{})
	var got json.RawMessage
	jobs.Handle(q, "raw", func(_ context.Context, args json.RawMessage) error { got = args; return nil })
	h.insert(t, time.Now(), jobs.Job{Kind: "raw", Args: json.RawMessage(`{"a": [1, 2]}`)})
	due(t, q)
	if string(got) != `{"a":[1,2]}` {
		t.Errorf("got %s", got)
	}
}

// An outage of the database is outlasted: what was claimed is recorded when
// the database is back, and nothing runs twice.
func TestOutage(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		flaky := &flakyDB{Execer: h.db}
		q := jobs.New(jobs.Options{DB: flaky, Reader: h.reader, Postgres: h.postgres, Poll: 10 * time.Millisecond, Logger: stettest.Logger(t)})
		var mu sync.Mutex
		runs := 0
		jobs.Handle(q, "work", func(context.Context, any) error {
			mu.Lock()
			defer mu.Unlock()
			runs++
			flaky.down(true)
			return nil
		})
		var ids []int64
		for range 3 {
			id, _ := h.insert(t, time.Now(), jobs.Job{Kind: "work"})
			ids = append(ids, id)
		}
		stop := background(t, q)
		for range 20 {
			time.Sleep(20 * time.Millisecond)
			flaky.down(false)
		}
		eventually(t, "all are done", func() bool {
			flaky.down(false)
			return !slices.ContainsFunc(ids, func(id int64) bool { return h.record(t, id).State != jobs.Done })
		})
		_ = stop()
		if runs != len(ids) {
			t.Errorf("%d jobs ran %d times", len(ids), runs)
		}
	})
}

// An idle queue sends nothing to the connection that writes.
func TestIdle(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		flaky := &flakyDB{Execer: h.db}
		q := jobs.New(jobs.Options{DB: flaky, Reader: h.reader, Postgres: h.postgres, Poll: 5 * time.Millisecond, Lease: 30 * time.Millisecond, Logger: stettest.Logger(t)})
		ran := make(chan bool)
		jobs.Handle(q, "note", func(context.Context, any) error { ran <- true; return nil })
		h.insert(t, time.Now(), jobs.Job{Kind: "note", RunAt: time.Now().Add(time.Hour)})
		id, _ := h.insert(t, time.Now(), jobs.Job{Kind: "note"})
		background(t, q)
		receive(t, "the one job runs", ran)
		eventually(t, "it is recorded", func() bool { return h.record(t, id).State == jobs.Done })
		time.Sleep(20 * time.Millisecond)
		before := flaky.count()
		time.Sleep(100 * time.Millisecond)
		if n := flaky.count() - before; n != 0 {
			t.Errorf("%d statements of an idle queue for the writer", n)
		}
	})
}

// A flakyDB counts statements, and fails them while it is down. every statement while it is down.
type flakyDB struct {
	jobs.Execer
	mu     sync.Mutex
	isDown bool
	asked  int
}

func (f *flakyDB) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

func (f *flakyDB) down(down bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.isDown = down
}

func (f *flakyDB) err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	if f.isDown {
		return errors.New("the database is away")
	}
	return nil
}

func (f *flakyDB) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := f.err(); err != nil {
		return nil, err
	}
	return f.Execer.ExecContext(ctx, query, args...)
}

func (f *flakyDB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := f.err(); err != nil {
		return nil, err
	}
	return f.Execer.QueryContext(ctx, query, args...)
}
