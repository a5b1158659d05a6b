// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// batchSize bounds how many jobs one statement claims, finishes or extends.
const batchSize = 64

// texts are the statements that depend on the kinds or the engine.
type texts struct {
	claim  string
	due    string
	locked string // SKIP LOCKED, where there are rows that can be locked
}

// prepareSQL is called when all handlers are known. The texts stay the same
// from then on, so that drivers can keep their plans.
func (q *Queue) prepareSQL() {
	q.kinds = nil
	for kind := range q.handlers {
		q.kinds = append(q.kinds, kind)
	}
	slices.SortFunc(q.kinds, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	kinds := func(first int) string {
		if len(q.kinds) == 0 {
			return "''"
		}
		return placeholders(first, len(q.kinds))
	}
	q.texts.locked = ""
	if q.postgres {
		q.texts.locked = " FOR UPDATE SKIP LOCKED"
	}
	q.texts.claim = `
		UPDATE job SET
			state = 'running', attempts = attempts + 1, worker = $1, lease_until = $2,
			again_at = CASE WHEN again_at <= $3 THEN NULL ELSE again_at END
		WHERE id IN (
			SELECT id FROM job
			WHERE state = 'ready' AND priority = $4 AND run_at <= $3 AND kind IN (` + kinds(6) + `)
			ORDER BY run_at, id LIMIT $5` + q.texts.locked + `)
		RETURNING id, kind, args, priority, run_at, attempts, max_attempts, unique_key`
	// Each branch is one step in an index: however many jobs wait for a later
	// time or lie finished, looking costs the same.
	q.texts.due = `
		SELECT
			EXISTS (SELECT 1 FROM job WHERE state = 'ready' AND priority IN (-1, 0, 1) AND run_at <= $1 AND kind IN (` + kinds(2) + `)),
			EXISTS (SELECT 1 FROM job WHERE state = 'running' AND lease_until <= $1),
			(SELECT MIN(at) FROM (
				SELECT MIN(run_at) AS at FROM job WHERE state = 'ready' AND priority = -1 AND run_at > $1
				UNION ALL SELECT MIN(run_at) FROM job WHERE state = 'ready' AND priority = 0 AND run_at > $1
				UNION ALL SELECT MIN(run_at) FROM job WHERE state = 'ready' AND priority = 1 AND run_at > $1
				UNION ALL SELECT MIN(lease_until) FROM job WHERE state = 'running' AND lease_until > $1
			) AS times)`
}

// peek looks without writing whether there is something to claim or to rescue
// now, and when there will be.
func (q *Queue) peek(ctx context.Context) (p struct {
	due, expired bool
	next         sql.NullInt64
}, err error) {
	args := append([]any{q.now().UnixMicro()}, q.kinds...)
	err = q.reader.QueryRowContext(ctx, q.texts.due, args...).Scan(&p.due, &p.expired, &p.next)
	if err != nil {
		return p, fmt.Errorf("look for jobs: %w", err)
	}
	return p, nil
}

// claim takes up to limit due jobs of our kinds, best priority first.
func (q *Queue) claim(ctx context.Context, limit int) (runs []*run, err error) {
	limit = min(limit, batchSize)
	for priority := First; priority <= Last && len(runs) < limit; priority++ {
		more, err := q.claimPriority(ctx, priority, limit-len(runs))
		runs = append(runs, more...)
		if err != nil {
			if len(runs) > 0 {
				// What an earlier priority gave is ours already and must run.
				q.log.Warn("cannot claim more jobs", "error", err)
				return runs, nil
			}
			return nil, err
		}
	}
	return runs, nil
}

func (q *Queue) claimPriority(ctx context.Context, priority, limit int) ([]*run, error) {
	q.claims++
	worker := q.name + "/" + strconv.FormatInt(q.claims, 10)
	now := q.now()
	until := now.Add(q.lease)
	args := append([]any{worker, until.UnixMicro(), now.UnixMicro(), priority, limit}, q.kinds...)
	runs, err := collect(func(rows *sql.Rows) (*run, error) {
		r := &run{queue: q, worker: worker, leaseUntil: until}
		var key sql.NullString
		err := rows.Scan(&r.id, &r.kind, (*[]byte)(&r.args), &r.priority, &r.runAt, &r.attempt, &r.most, &key)
		r.key = key.String
		return r, err
	})(q.db.QueryContext(ctx, q.texts.claim, args...))
	if err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	// RETURNING promises no order.
	slices.SortFunc(runs, func(a, b *run) int {
		return cmp.Or(cmp.Compare(a.runAt, b.runAt), cmp.Compare(a.id, b.id))
	})
	return runs, nil
}

// finish ends a run as Done or Dead, or makes the job ready again when it was
// asked for again meanwhile or is one of Every. It reports how many rows still
// were this run's: 1 or 0.
func (q *Queue) finish(ctx context.Context, db Execer, r *run, state State, lastError string) (int64, error) {
	next := q.next(r)
	return affected(db.ExecContext(ctx, `
		UPDATE job SET
			state = CASE WHEN again_at IS NULL AND CAST($5 AS BIGINT) = 0 THEN $3 ELSE 'ready' END,
			run_at = CASE WHEN again_at IS NOT NULL THEN again_at WHEN $5 > 0 THEN $5 ELSE run_at END,
			attempts = CASE WHEN again_at IS NULL AND $5 = 0 THEN attempts ELSE 0 END,
			finished_at = CASE WHEN again_at IS NULL AND $5 = 0 THEN CAST($6 AS BIGINT) END,
			last_error = CASE WHEN $4 = '' THEN last_error ELSE $4 END,
			again_at = NULL, lease_until = NULL
		WHERE id = $1 AND worker = $2 AND state = 'running'`,
		r.id, r.worker, string(state), errorText(lastError), next, q.now().UnixMicro()))
}

// finishAll ends runs of jobs without a unique key as done.
func (q *Queue) finishAll(ctx context.Context, runs []*run) error {
	list, args := both(runs, 2)
	_, err := q.db.ExecContext(ctx, `
		UPDATE job SET state = 'done', finished_at = $1, lease_until = NULL
		WHERE state = 'running' AND `+list, append([]any{q.now().UnixMicro()}, args...)...)
	return err
}

// extend gives runs a new lease, and cancels those that are no longer ours. A
// row that somebody has locked is left for the next time: waiting for it would
// let the other leases run out.
func (q *Queue) extend(ctx context.Context, runs []*run) error {
	until := q.now().Add(q.lease)
	list, args := both(runs, 2)
	kept, err := collect(scanID)(q.db.QueryContext(ctx, `
		UPDATE job SET lease_until = $1
		WHERE id IN (SELECT id FROM job WHERE state = 'running' AND `+list+q.texts.locked+`)
		RETURNING id`, append([]any{until.UnixMicro()}, args...)...))
	if err != nil {
		return err
	}
	for _, r := range runs {
		if slices.Contains(kept, r.id) {
			q.mu.Lock()
			r.leaseUntil = until
			q.mu.Unlock()
			continue
		}
		var state State
		var worker string
		err := q.db.QueryRowContext(ctx, `SELECT state, worker FROM job WHERE id = $1`, r.id).Scan(&state, &worker)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case err != nil || state != Running || worker != r.worker:
			// Cancelled, taken by another node, or done by Complete.
			r.cancelAs(state)
		}
	}
	return nil
}

func (r *run) cancelAs(state State) {
	if state == Done {
		return // by Complete: the handler is just returning
	}
	r.cancel(ErrLost)
}

// retry makes a failed job ready for another attempt, or earlier if it was
// asked for again meanwhile.
func (q *Queue) retry(ctx context.Context, r *run, at int64, lastError string) (int64, error) {
	return affected(q.db.ExecContext(ctx, `
		UPDATE job SET
			state = 'ready', lease_until = NULL, last_error = $4,
			run_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END
		WHERE id = $1 AND worker = $2 AND state = 'running'`,
		r.id, r.worker, at, errorText(lastError)))
}

// giveBack undoes a claim: the attempt does not count.
func (q *Queue) giveBack(ctx context.Context, r *run) (int64, error) {
	return affected(q.db.ExecContext(ctx, `
		UPDATE job SET state = 'ready', lease_until = NULL, attempts = attempts - 1
		WHERE id = $1 AND worker = $2 AND state = 'running'`, r.id, r.worker))
}

// prepare makes the rows of Every and, on a database of our own, takes over
// what a dead process left.
func (q *Queue) prepare(ctx context.Context) error {
	for kind, interval := range q.every {
		now := q.now()
		row, err := newRow(now, Job{Kind: kind, UniqueKey: EveryKey(kind)})
		if err != nil {
			return err
		}
		switch _, err := row.insert(ctx, q.db); {
		case err == nil:
			continue
		case !errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("insert periodic job %s: %w", kind, err)
		}
		// It is there. If the interval was longer in an earlier release, its
		// time may be too far away.
		latest := now.Truncate(interval).Add(interval).UnixMicro()
		_, err = q.db.ExecContext(ctx, `
			UPDATE job SET run_at = $2
			WHERE unique_key = $1 AND state = 'ready' AND attempts = 0 AND run_at > $2`, EveryKey(kind), latest)
		if err != nil {
			return fmt.Errorf("reschedule periodic job %s: %w", kind, err)
		}
	}
	if q.sole {
		return q.rescue(ctx, math.MaxInt64)
	}
	return nil
}

// rescue makes jobs ready again whose lease ended before cutoff, because their
// worker died. The third time and later they wait as after an error, so that
// a job that kills the program leaves it time to live; at last they are dead.
func (q *Queue) rescue(ctx context.Context, cutoff int64) error {
	// Those that this queue runs itself are not expired, whatever the clock
	// says: the heartbeat knows.
	mine := map[int64]string{}
	for _, r := range q.held() {
		mine[r.id] = r.worker
	}
	runs, err := collect(func(rows *sql.Rows) (*run, error) {
		r := &run{queue: q}
		var key sql.NullString
		err := rows.Scan(&r.id, &r.kind, &r.attempt, &r.most, &key, &r.worker)
		r.key = key.String
		return r, err
	})(q.db.QueryContext(ctx, `
		SELECT id, kind, attempts, max_attempts, unique_key, worker FROM job
		WHERE state = 'running' AND lease_until <= $1 ORDER BY lease_until LIMIT 1000`, cutoff))
	if err != nil {
		return fmt.Errorf("look for expired leases: %w", err)
	}
	const lastError = "the worker died or lost the database during this attempt"
	for _, r := range runs {
		if _, ours := q.handlers[r.kind]; !ours || mine[r.id] == r.worker {
			continue
		}
		log := q.log.With("job", r.id, "kind", r.kind, "attempt", r.attempt, "worker", r.worker)
		var n int64
		if r.attempt >= r.most {
			if n, err = q.finish(ctx, q.db, r, Dead, lastError); n > 0 {
				log.Error("a job has failed for good", "error", lastError)
			}
		} else {
			at := q.now()
			if r.attempt > 2 {
				at = at.Add(q.backoff(r.attempt - 2))
			}
			if n, err = q.takeOver(ctx, r, cutoff, at.UnixMicro(), lastError); n > 0 {
				log.Warn("a job is taken from a worker that died")
			}
		}
		if err != nil {
			return fmt.Errorf("take over job %d: %w", r.id, err)
		}
	}
	return nil
}

// takeOver is retry for another worker's run, if its lease is still expired.
func (q *Queue) takeOver(ctx context.Context, r *run, cutoff, at int64, lastError string) (int64, error) {
	return affected(q.db.ExecContext(ctx, `
		UPDATE job SET state = 'ready', lease_until = NULL, run_at = $3, last_error = $4
		WHERE id IN (
			SELECT id FROM job
			WHERE id = $1 AND worker = $2 AND state = 'running' AND lease_until <= $5`+q.texts.locked+`)`,
		r.id, r.worker, at, lastError, cutoff))
}

// both returns a condition on id and worker that holds for the runs, with
// placeholders from $first, and its arguments. The lists are padded to a power
// of two, so that there are only a few texts. That any id may go with any
// worker in the list does no harm: another run of the same job in the same
// list has been ended by the same queue.
func both(runs []*run, first int) (string, []any) {
	n := 1
	for n < len(runs) {
		n *= 2
	}
	args := make([]any, 2*n)
	for i := range n {
		r := runs[min(i, len(runs)-1)]
		args[i], args[n+i] = r.id, r.worker
	}
	return "id IN (" + placeholders(first, n) + ") AND worker IN (" + placeholders(first+n, n) + ")", args
}

func placeholders(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(first+i))
	}
	return b.String()
}

// collect reads all rows and closes them, which on SQLite also ends the
// statement's transaction.
func collect[T any](scan func(*sql.Rows) (T, error)) func(*sql.Rows, error) ([]T, error) {
	return func(rows *sql.Rows, err error) ([]T, error) {
		if err != nil {
			return nil, err
		}
		var all []T
		for rows.Next() {
			v, err := scan(rows)
			if err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			all = append(all, v)
		}
		return all, errors.Join(rows.Err(), rows.Close())
	}
}

func scanID(rows *sql.Rows) (id int64, err error) {
	err = rows.Scan(&id)
	return id, err
}

// errorText bounds what is kept of an error.
func errorText(s string) string {
	const most = 2000
	s = storable(s)
	if len(s) > most {
		s = s[:most]
		for !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
	}
	return s
}
