// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Record is a row of the queue as operators see it.
type Record struct {
	ID          int64
	Kind        string
	Args        json.RawMessage
	State       State
	Priority    int
	RunAt       time.Time
	Attempts    int
	MaxAttempts int
	UniqueKey   string
	Worker      string // who has it or had it last
	LastError   string // kept when a later attempt succeeds
	CreatedAt   time.Time
	FinishedAt  time.Time // zero when it has not ended
}

// Filter of List; zero fields match everything.
type Filter struct {
	State State
	Kind  string
	Limit int // default 100
}

// List returns jobs, the newest first.
func (q *Queue) List(ctx context.Context, f Filter) ([]Record, error) {
	if f.Limit <= 0 {
		f.Limit = 100
	}
	list, err := collect(func(rows *sql.Rows) (r Record, err error) {
		var runAt, created int64
		var finished sql.NullInt64
		var key sql.NullString
		err = rows.Scan(&r.ID, &r.Kind, (*[]byte)(&r.Args), &r.State, &r.Priority, &runAt, &r.Attempts, &r.MaxAttempts,
			&key, &r.Worker, &r.LastError, &created, &finished)
		r.UniqueKey = key.String
		r.RunAt, r.CreatedAt = time.UnixMicro(runAt).UTC(), time.UnixMicro(created).UTC()
		if finished.Valid {
			r.FinishedAt = time.UnixMicro(finished.Int64).UTC()
		}
		return r, err
	})(q.reader.QueryContext(ctx, `
		SELECT id, kind, args, state, priority, run_at, attempts, max_attempts, unique_key, worker, last_error, created_at, finished_at
		FROM job WHERE ($1 = '' OR state = $1) AND ($2 = '' OR kind = $2)
		ORDER BY id DESC LIMIT $3`, string(f.State), f.Kind, f.Limit))
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	return list, nil
}

// Stat counts the jobs of one kind in one state.
type Stat struct {
	Kind   string
	State  State
	Count  int
	Oldest time.Time // the earliest RunAt among them: a ready one in the past says that the queue lags
}

// Stats counts all jobs by kind and state. It reads the whole table.
func (q *Queue) Stats(ctx context.Context) ([]Stat, error) {
	stats, err := collect(func(rows *sql.Rows) (s Stat, err error) {
		var oldest int64
		err = rows.Scan(&s.Kind, &s.State, &s.Count, &oldest)
		s.Oldest = time.UnixMicro(oldest).UTC()
		return s, err
	})(q.reader.QueryContext(ctx, `
		SELECT kind, state, COUNT(*), MIN(run_at) FROM job GROUP BY kind, state ORDER BY kind, state`))
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return stats, nil
}

// Prune deletes what ended longer ago than KeepDone and KeepDead say. Run does
// it every hour.
func (q *Queue) Prune(ctx context.Context) (n int64, err error) {
	now := q.now()
	for {
		// In pieces, so that nobody waits long for the writer of SQLite.
		some, err := affected(q.db.ExecContext(ctx, `
			DELETE FROM job WHERE id IN (
				SELECT id FROM job
				WHERE finished_at < $1 AND state = 'done' OR finished_at < $2 AND state IN ('dead', 'cancelled')
				LIMIT 500)`,
			now.Add(-q.keepDone).UnixMicro(), now.Add(-q.keepDead).UnixMicro()))
		n += some
		if err != nil {
			return n, fmt.Errorf("prune jobs: %w", err)
		}
		if some < 500 {
			return n, nil
		}
	}
}
