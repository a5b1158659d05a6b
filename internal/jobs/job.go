// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"stet"
)

// Execer is what the queue needs of a database: *sql.DB, *sql.Tx and *sql.Conn
// all have it.
type Execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Priorities. There are three and no more, because a claim asks for one after
// the other: so it never wades through jobs of a better priority that are not
// due yet.
const (
	First  = -1 // somebody is waiting
	Normal = 0
	Last   = 1 // whenever there is nothing else
)

// DefaultMaxAttempts, with the default backoff, spreads over two days.
const DefaultMaxAttempts = 25

// Job is what is asked for.
type Job struct {
	Kind        string
	Args        any       // what the handler gets, as JSON; ids, not facts
	RunAt       time.Time // not before; zero means at once
	Priority    int       // First, Normal or Last
	UniqueKey   string    // at most one ready or running job has it; "" means no limit
	MaxAttempts int       // zero means DefaultMaxAttempts
}

// State is where in its life a job is.
type State string

// The states of a job.
const (
	Ready     State = "ready"
	Running   State = "running"
	Done      State = "done"
	Dead      State = "dead"
	Cancelled State = "cancelled"
)

// Insert adds the job in the caller's transaction. It reports the id, and
// whether the row is new: with a unique key that an active job has already,
// the id is that one's (see the package comment for what then happens to it).
// After the commit call Queue.Wake, or the job waits for the next poll.
func Insert(ctx context.Context, tx Execer, now time.Time, job Job) (id int64, inserted bool, err error) {
	row, err := newRow(now, job)
	if err != nil {
		return 0, false, err
	}
	// Between the two statements the other job may end, which frees its key:
	// then the first one is tried again.
	for range 10 {
		id, err = row.insert(ctx, tx)
		if err == nil {
			return id, true, nil
		}
		if errors.Is(err, sql.ErrNoRows) {
			id, err = row.join(ctx, tx)
			if err == nil {
				return id, false, nil
			}
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return 0, false, fmt.Errorf("insert job %s: %w", job.Kind, err)
		}
	}
	return 0, false, fmt.Errorf("insert job %s: its unique key %q is never free and never taken", job.Kind, job.UniqueKey)
}

// A row is a checked Job in the form of its columns.
type row struct {
	kind, args  string
	priority    int
	runAt, now  int64
	maxAttempts int
	key         sql.NullString
}

func newRow(now time.Time, job Job) (row, error) {
	switch {
	case job.Kind == "":
		return row{}, stet.Errorf(stet.Invalid, "A job needs a kind.")
	case job.Priority < First || job.Priority > Last:
		return row{}, stet.Errorf(stet.Invalid, "A job's priority is -1, 0 or 1, not %d.", job.Priority)
	case job.MaxAttempts < 0:
		return row{}, stet.Errorf(stet.Invalid, "A job cannot have %d attempts.", job.MaxAttempts)
	}
	args, err := json.Marshal(job.Args)
	if err != nil {
		return row{}, fmt.Errorf("arguments of job %s: %w", job.Kind, err)
	}
	r := row{
		kind: job.Kind, args: storable(string(args)), priority: job.Priority,
		runAt: job.RunAt.UnixMicro(), now: now.UnixMicro(), maxAttempts: job.MaxAttempts,
		key: sql.NullString{String: storable(job.UniqueKey), Valid: job.UniqueKey != ""},
	}
	if job.RunAt.IsZero() {
		r.runAt = r.now
	}
	if r.maxAttempts == 0 {
		r.maxAttempts = DefaultMaxAttempts
	}
	return r, nil
}

// insert fails with sql.ErrNoRows when the key is taken.
func (r row) insert(ctx context.Context, tx Execer) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `
		INSERT INTO job (kind, args, state, priority, run_at, max_attempts, unique_key, created_at)
		VALUES ($1, $2, 'ready', $3, $4, $5, $6, $7)
		ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL AND state IN ('ready', 'running') DO NOTHING
		RETURNING id`,
		r.kind, r.args, r.priority, r.runAt, r.maxAttempts, r.key, r.now).Scan(&id)
	return id, err
}

// join lets the active job that has the key do for this one too. It fails with
// sql.ErrNoRows when there is none.
func (r row) join(ctx context.Context, tx Execer) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `
		UPDATE job SET
			run_at = CASE WHEN state = 'ready' AND run_at > $2 THEN $2 ELSE run_at END,
			again_at = CASE WHEN state = 'running' AND (again_at IS NULL OR again_at > $2) THEN $2 ELSE again_at END
		WHERE unique_key = $1 AND state IN ('ready', 'running')
		RETURNING id`, r.key, r.runAt).Scan(&id)
	return id, err
}

// Cancel ends a job that has not ended, in the caller's transaction, and
// reports whether there was one. A running handler has its context cancelled
// at the next heartbeat, and whatever it returns then counts no more.
func Cancel(ctx context.Context, tx Execer, now time.Time, id int64) (bool, error) {
	n, err := affected(tx.ExecContext(ctx, `
		UPDATE job SET state = 'cancelled', finished_at = $1, lease_until = NULL, again_at = NULL
		WHERE id = $2 AND state IN ('ready', 'running')`, now.UnixMicro(), id))
	if err != nil {
		return false, fmt.Errorf("cancel job %d: %w", id, err)
	}
	return n > 0, nil
}

// CancelKey is Cancel for the active job that has the unique key.
func CancelKey(ctx context.Context, tx Execer, now time.Time, key string) (bool, error) {
	n, err := affected(tx.ExecContext(ctx, `
		UPDATE job SET state = 'cancelled', finished_at = $1, lease_until = NULL, again_at = NULL
		WHERE unique_key = $2 AND state IN ('ready', 'running')`, now.UnixMicro(), key))
	if err != nil {
		return false, fmt.Errorf("cancel job %q: %w", key, err)
	}
	return n > 0, nil
}

// Retry gives a dead or cancelled job a new set of attempts, beginning now.
func Retry(ctx context.Context, tx Execer, now time.Time, id int64) error {
	n, err := affected(tx.ExecContext(ctx, `
		UPDATE job SET state = 'ready', run_at = $1, attempts = 0, finished_at = NULL
		WHERE id = $2 AND state IN ('dead', 'cancelled') AND NOT EXISTS (
			SELECT 1 FROM job AS other WHERE other.unique_key = job.unique_key AND other.state IN ('ready', 'running'))`,
		now.UnixMicro(), id))
	switch {
	case err != nil:
		return fmt.Errorf("retry job %d: %w", id, err)
	case n == 0:
		return stet.Errorf(stet.NotFound, "There is no dead or cancelled job %d, or another job has taken its place.", id)
	}
	return nil
}

func affected(res sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// storable takes out what PostgreSQL refuses in a text.
func storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
