// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Options of a Queue. Every field but DB may be left out.
type Options struct {
	DB       Execer // claims jobs and records what became of them; on SQLite the writing connection
	Reader   Execer // looks whether there is anything to do, so that an idle queue never writes; default DB
	Postgres bool   // which engine DB is

	// Sole says that no other process works on this database, as the lock of
	// a SQLite folder grants: what is running when Run begins was left by a
	// dead process and is taken at once instead of after its lease. Only one
	// Queue may then have handlers for a kind.
	Sole bool

	Now     func() time.Time
	Logger  *slog.Logger
	Workers int           // jobs at the same time; default 8
	Lease   time.Duration // how long a dead worker keeps its job; default a minute. Clocks of nodes must agree much better
	Poll    time.Duration // how often to look without having been woken; default 5 s
	Grace   time.Duration // how long running jobs may go on once Run is told to stop; default 10 s

	// Backoff is the wait after the nth failed attempt. By default 1 s,
	// doubling to 4 h, a fifth more or less by chance.
	Backoff func(attempt int) time.Duration

	KeepDone time.Duration // how long to keep rows of done jobs; default a day
	KeepDead time.Duration // the same for dead and cancelled ones; default 90 days
}

// Queue runs the jobs of the kinds it has handlers for, and no others. So
// slow kinds that must not keep others waiting get a Queue of their own on
// the same table, and an older node leaves kinds that it does not know alone.
type Queue struct {
	db, reader         Execer
	postgres, sole     bool
	now                func() time.Time
	log                *slog.Logger
	workers            int
	lease, poll, grace time.Duration
	backoff            func(int) time.Duration
	keepDone, keepDead time.Duration

	handlers map[string]func(context.Context, json.RawMessage) error
	every    map[string]time.Duration
	kinds    []any // of handlers, for the SQL
	name     string
	texts    texts

	started  atomic.Bool
	woken    chan struct{}
	freed    chan struct{}
	outcomes chan outcome
	claims   int64 // counts claims; only the claiming goroutine uses it

	mu      sync.Mutex
	running map[int64]*run // claimed, and what became of it not yet recorded
	busy    int            // handlers that have not returned
}

// A run is one attempt at one job.
type run struct {
	queue         *Queue
	id            int64
	kind          string
	args          json.RawMessage
	priority      int
	runAt         int64
	attempt, most int
	key           string // the unique key, if there is one
	worker        string // unique to the claim, so that nobody speaks for a later one
	cancel        context.CancelCauseFunc
	leaseUntil    time.Time // guarded by queue.mu
}

// An outcome is what a handler returned.
type outcome struct {
	run         *run
	err         error
	interrupted bool // by the end of Run, which is not the job's fault
}

// New returns a queue. Register handlers with Handle and Every, then Run it.
func New(o Options) *Queue {
	q := &Queue{
		db: o.DB, reader: o.Reader, postgres: o.Postgres, sole: o.Sole, now: o.Now, log: o.Logger,
		workers:  cmp.Or(o.Workers, 8),
		lease:    cmp.Or(o.Lease, time.Minute),
		poll:     cmp.Or(o.Poll, 5*time.Second),
		grace:    cmp.Or(o.Grace, 10*time.Second),
		backoff:  o.Backoff,
		keepDone: cmp.Or(o.KeepDone, 24*time.Hour),
		keepDead: cmp.Or(o.KeepDead, 90*24*time.Hour),
		handlers: map[string]func(context.Context, json.RawMessage) error{},
		every:    map[string]time.Duration{},
		woken:    make(chan struct{}, 1),
		freed:    make(chan struct{}, 1),
		running:  map[int64]*run{},
	}
	if q.reader == nil {
		q.reader = q.db
	}
	if q.now == nil {
		q.now = time.Now
	}
	if q.log == nil {
		q.log = slog.New(slog.DiscardHandler)
	}
	if q.backoff == nil {
		q.backoff = defaultBackoff
	}
	q.outcomes = make(chan outcome, 4*q.workers)
	host, _ := os.Hostname()
	q.name = fmt.Sprintf("%.40s-%d-%.6s", storable(host), os.Getpid(), rand.Text())
	return q
}

func defaultBackoff(attempt int) time.Duration {
	const first, most = time.Second, 4 * time.Hour
	d := most
	if attempt < 15 { // 2^14 s is more than 4 h
		d = min(most, first<<max(0, attempt-1))
	}
	return time.Duration(float64(d) * (0.8 + 0.4*mathrand.Float64()))
}

// Every makes a job of the kind run once per interval in the whole cluster,
// at whole multiples of it (UTC), and at once when it never ran. It is one row
// of the table that never ends; a missed time is made up for once. Its
// arguments are null. Register the kind's handler too.
func (q *Queue) Every(kind string, interval time.Duration) {
	if interval <= 0 {
		panic("jobs: an interval must be positive") // a mistake in the wiring
	}
	q.every[kind] = interval
}

// EveryKey is the unique key of a job made by Every: inserting a job with it
// makes it run now, besides its times.
func EveryKey(kind string) string { return "every/" + kind }

// next is when a job of Every is to run after now; 0 for other jobs.
func (q *Queue) next(r *run) int64 {
	interval, ok := q.every[r.kind]
	if !ok || r.key != EveryKey(r.kind) {
		return 0
	}
	return q.now().Truncate(interval).Add(interval).UnixMicro()
}

// Wake makes Run look for jobs now. Call it after the commit of an Insert, or
// when another node says that it inserted some.
func (q *Queue) Wake() { notify(q.woken) }

func notify(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run claims and runs jobs until ctx ends. Then it claims no more, lets the
// running ones go on for the grace time, cancels the context of those that
// are left and gives them back unblamed. It returns nil when all have come to
// an end; jobs of handlers that do not stop are taken again after their lease.
//
// Trouble with the database is logged and outlasted, never returned.
func (q *Queue) Run(ctx context.Context) error {
	if !q.started.CompareAndSwap(false, true) {
		return errors.New("jobs: Run was called already")
	}
	// What is under way must not break off with ctx: a claim would be made
	// and not be known, a job be done and not be recorded.
	db, stopDB := context.WithCancel(context.WithoutCancel(ctx))
	work, stopWork := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stopWork(nil)
	q.prepareSQL()

	var background sync.WaitGroup
	quit := make(chan struct{})
	background.Go(func() { q.settle(db, quit) })
	background.Go(func() { q.beat(db, quit) })

	q.claimUntil(ctx, db, work)

	left := q.awaitWorkers(q.grace)
	if left > 0 {
		stopWork(errStopping)
		left = q.awaitWorkers(max(2*time.Second, q.grace/4))
	}
	// Records of ended jobs are worth a little patience, not a hang.
	hurry := time.AfterFunc(5*time.Second, stopDB)
	close(quit)
	background.Wait()
	hurry.Stop()
	stopDB()
	if left > 0 {
		return fmt.Errorf("jobs: %d handlers did not stop in time", left)
	}
	return nil
}

// RunDue runs what is due, one job after the other in the caller's goroutine,
// until nothing is left, and returns how many attempts it made. It is for
// command lines and tests; a server calls Run.
func (q *Queue) RunDue(ctx context.Context) (n int, err error) {
	if !q.started.CompareAndSwap(false, true) {
		return 0, errors.New("jobs: the queue is running already")
	}
	defer q.started.Store(false)
	q.prepareSQL()
	quit := make(chan struct{})
	var background sync.WaitGroup
	background.Go(func() { q.beat(ctx, quit) })
	defer background.Wait()
	defer close(quit)
	if err := q.prepare(ctx); err != nil {
		return 0, err
	}
	if err := q.rescue(ctx, q.now().UnixMicro()); err != nil {
		return 0, err
	}
	for ctx.Err() == nil {
		runs, err := q.claim(ctx, 1)
		if err != nil || len(runs) == 0 {
			return n, err
		}
		r := runs[0]
		hctx, cancel := context.WithCancelCause(ctx)
		q.hold(r, cancel)
		o := outcome{run: r, err: q.call(hctx, r)}
		o.interrupted = ctx.Err() != nil
		cancel(nil)
		n++
		if err := q.record(context.WithoutCancel(ctx), o); err != nil {
			return n, err
		}
		q.forget(r)
	}
	return n, ctx.Err()
}

// claimUntil is the main loop: it looks, claims and starts until ctx ends.
func (q *Queue) claimUntil(ctx, db, work context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	trouble := 0
	var l look
	for ctx.Err() == nil {
		free := q.free()
		if free == 0 {
			select {
			case <-ctx.Done():
			case <-q.freed:
			}
			continue
		}
		wait, err := q.attempt(db, work, free, &l)
		if err != nil {
			trouble++
			wait = min(q.poll, 50*time.Millisecond<<min(trouble, 10))
			q.log.Warn("the job queue cannot reach its table", "error", err, "again_in", wait)
		} else {
			trouble = 0
		}
		if wait <= 0 {
			continue
		}
		timer.Reset(wait)
		select {
		case <-ctx.Done():
		case <-q.woken:
		case <-timer.C:
		}
	}
}

// A look is what the main loop remembers from one step to the next.
type look struct {
	begun  bool      // the table is prepared
	full   bool      // the last claim got all it asked for, so there is probably more
	last   time.Time // when it last looked for expired leases; by the real clock
	pruned time.Time
}

// patience is how long the database may take over one statement or a few.
const patience = 30 * time.Second

func (q *Queue) attempt(db, work context.Context, free int, l *look) (time.Duration, error) {
	db, cancel := context.WithTimeout(db, patience)
	defer cancel()
	if !l.begun {
		if err := q.prepare(db); err != nil {
			return 0, err
		}
		l.begun = true
	}
	return q.step(db, work, free, l)
}

// step claims and starts up to free jobs and returns how long to wait before
// the next step.
func (q *Queue) step(db, work context.Context, free int, l *look) (wait time.Duration, err error) {
	wait = q.poll
	if !l.full || time.Since(l.last) > q.poll {
		l.full, l.last = false, time.Now()
		p, err := q.peek(db)
		if err != nil {
			return 0, err
		}
		if p.expired {
			if err := q.rescue(db, q.now().UnixMicro()); err != nil {
				return 0, err
			}
			p.due = true
		}
		if time.Since(l.pruned) > time.Hour {
			if _, err := q.Prune(db); err != nil {
				return 0, err
			}
			l.pruned = time.Now()
		}
		if p.next.Valid {
			wait = min(wait, max(time.Millisecond, time.UnixMicro(p.next.Int64).Sub(q.now())))
		}
		if !p.due {
			return wait, nil
		}
	}
	runs, err := q.claim(db, free)
	if err != nil {
		return 0, err
	}
	for _, r := range runs {
		ctx, cancel := context.WithCancelCause(work)
		q.hold(r, cancel)
		q.mu.Lock()
		q.busy++
		q.mu.Unlock()
		go q.work(ctx, r)
	}
	l.full = len(runs) == free
	if len(runs) > 0 {
		return 0, nil
	}
	// Due, and yet not to be had: another node is just taking them, or they
	// are of kinds that are not ours.
	return wait, nil
}

func (q *Queue) work(ctx context.Context, r *run) {
	err := errGoexit
	defer func() {
		interrupted := err != nil && errors.Is(context.Cause(ctx), errStopping)
		q.outcomes <- outcome{r, err, interrupted}
		r.cancel(nil)
		q.mu.Lock()
		q.busy--
		q.mu.Unlock()
		notify(q.freed)
	}()
	err = q.call(ctx, r)
}

func (q *Queue) free() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.workers - q.busy
}

// awaitWorkers waits until all handlers have returned, but not longer than d,
// and reports how many have not.
func (q *Queue) awaitWorkers(d time.Duration) int {
	timeout := time.After(d)
	for {
		left := q.workers - q.free()
		if left == 0 {
			return 0
		}
		select {
		case <-q.freed:
		case <-timeout:
			return q.workers - q.free()
		}
	}
}

func (q *Queue) hold(r *run, cancel context.CancelCauseFunc) {
	r.cancel = cancel
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running[r.id] = r
}

// forget ends the queue's interest in a run; a later one of the same job stays.
func (q *Queue) forget(r *run) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.running[r.id] == r {
		delete(q.running, r.id)
	}
}

func (q *Queue) held() []*run {
	q.mu.Lock()
	defer q.mu.Unlock()
	runs := make([]*run, 0, len(q.running))
	for _, r := range q.running {
		runs = append(runs, r)
	}
	slices.SortFunc(runs, func(a, b *run) int { return cmp.Compare(a.id, b.id) })
	return runs
}

// settle records outcomes, many at once when many come, until quit is closed
// and none is left.
func (q *Queue) settle(ctx context.Context, quit <-chan struct{}) {
	for {
		var batch []outcome
		select {
		case o := <-q.outcomes:
			batch = append(batch, o)
		case <-quit:
			select {
			case o := <-q.outcomes:
				batch = append(batch, o)
			default:
				return
			}
		}
		for more := true; more && len(batch) < batchSize; {
			select {
			case o := <-q.outcomes:
				batch = append(batch, o)
			default:
				more = false
			}
		}
		q.settleBatch(ctx, batch)
	}
}

func (q *Queue) settleBatch(ctx context.Context, batch []outcome) {
	// A job with a unique key may be locked by somebody's Insert: it is
	// recorded alone, so that two of them are never locked at a time.
	var plain []*run
	for _, o := range batch {
		if o.err == nil && o.run.key == "" {
			plain = append(plain, o.run)
			continue
		}
		q.insist(ctx, func(ctx context.Context) error { return q.record(ctx, o) })
		q.forget(o.run)
	}
	if len(plain) > 0 {
		q.insist(ctx, func(ctx context.Context) error { return q.finishAll(ctx, plain) })
	}
	for _, r := range plain {
		q.forget(r)
	}
}

// insist repeats fn until it succeeds or ctx ends. The leases go on meanwhile;
// should they end, the jobs run again, which is what is promised.
func (q *Queue) insist(ctx context.Context, fn func(context.Context) error) {
	for n := 0; ; n++ {
		once, cancel := context.WithTimeout(ctx, patience)
		err := fn(once)
		cancel()
		if err == nil {
			return
		}
		q.log.Warn("cannot record what became of jobs", "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(q.poll, 20*time.Millisecond<<min(n, 10))):
		}
	}
}

// record writes down one outcome.
func (q *Queue) record(ctx context.Context, o outcome) error {
	r := o.run
	log := q.log.With("job", r.id, "kind", r.kind, "attempt", r.attempt)
	var permanent *permanentError
	var after *afterError
	var n int64
	var err error
	switch {
	case o.err == nil:
		_, err = q.finish(ctx, q.db, r, Done, "") // none when the handler called Complete
		return err
	case o.interrupted:
		log.Info("a job is given back because of the shutdown")
		n, err = q.giveBack(ctx, r)
	case errors.As(o.err, &permanent) || r.attempt >= r.most:
		if n, err = q.finish(ctx, q.db, r, Dead, o.err.Error()); n > 0 {
			log.Error("a job has failed for good", "error", o.err)
		}
	default:
		d := q.backoff(r.attempt)
		if errors.As(o.err, &after) {
			d = max(0, after.d)
		}
		if n, err = q.retry(ctx, r, q.now().Add(d).UnixMicro(), o.err.Error()); n > 0 {
			log.Warn("a job has failed", "error", o.err, "again_in", d)
		}
	}
	if err == nil {
		if n == 0 {
			log.Warn("the outcome of a job that is no longer ours is dropped", "error", o.err)
		}
		q.Wake() // there may be an earlier time to wait for now
	}
	return err
}

// beat extends the leases of running jobs until quit is closed.
func (q *Queue) beat(ctx context.Context, quit <-chan struct{}) {
	ticker := time.NewTicker(q.lease / 3)
	defer ticker.Stop()
	for {
		select {
		case <-quit:
			return
		case <-ticker.C:
		}
		runs := q.held()
		for len(runs) > 0 {
			n := min(len(runs), batchSize)
			once, cancel := context.WithTimeout(ctx, min(patience, q.lease))
			err := q.extend(once, runs[:n])
			cancel()
			if err != nil {
				q.log.Warn("cannot extend the leases of jobs", "error", err)
				q.abandonExpired(runs[:n])
			}
			runs = runs[n:]
		}
	}
}

// abandonExpired cancels handlers whose lease has ended by our own clock,
// since another node may have taken their jobs.
func (q *Queue) abandonExpired(runs []*run) {
	if q.sole {
		return
	}
	now := q.now()
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, r := range runs {
		if now.After(r.leaseUntil) {
			r.cancel(ErrLost)
		}
	}
}
