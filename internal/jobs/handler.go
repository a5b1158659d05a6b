// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Handle registers what does jobs of a kind, before Run. The arguments are
// decoded from JSON; a job whose arguments cannot be decoded is dead at once.
//
// The context ends when the job is cancelled or lost to another worker, and
// some time after the queue was told to stop. A handler that returns an error
// is tried again later, unless the error says otherwise (Permanent, After).
func Handle[T any](q *Queue, kind string, fn func(ctx context.Context, args T) error) {
	if _, taken := q.handlers[kind]; taken || kind == "" {
		panic(fmt.Sprintf("jobs: a second handler, or none, for kind %q", kind)) // a mistake in the wiring
	}
	q.handlers[kind] = func(ctx context.Context, raw json.RawMessage) error {
		var args T
		if err := json.Unmarshal(raw, &args); err != nil {
			return Permanent(fmt.Errorf("arguments: %w", err))
		}
		return fn(ctx, args)
	}
}

// Permanent marks an error that no further attempt can mend: the job is dead.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanentError{err}
}

type permanentError struct{ error }

func (e *permanentError) Unwrap() error { return e.error }

// After marks an error that says itself when to try again, such as an HTTP
// Retry-After, instead of the backoff. The attempt counts.
func After(d time.Duration, err error) error {
	if err == nil {
		return nil
	}
	return &afterError{err, d}
}

type afterError struct {
	error
	d time.Duration
}

func (e *afterError) Unwrap() error { return e.error }

var (
	// ErrLost is the cause of a handler's context that ended because the job
	// is no longer this worker's: cancelled, or taken by another.
	ErrLost = errors.New("jobs: the job is no longer ours")

	errStopping = errors.New("jobs: the queue is stopping")
	errGoexit   = errors.New("the handler ended its goroutine")
)

type runKey struct{}

// Complete marks the job whose handler has this context as done, in the
// handler's own transaction: what the transaction does happens exactly once.
// When the job is no longer this worker's it returns ErrLost, and the handler
// must roll back. After the commit the handler returns nil.
func Complete(ctx context.Context, tx Execer) error {
	r, ok := ctx.Value(runKey{}).(*run)
	if !ok {
		return errors.New("jobs: Complete outside of a handler")
	}
	n, err := r.queue.finish(ctx, tx, r, Done, "")
	if err != nil {
		return fmt.Errorf("complete job %d: %w", r.id, err)
	}
	if n == 0 {
		return fmt.Errorf("complete job %d: %w", r.id, ErrLost)
	}
	return nil
}

// call runs the handler and makes an error of its panic.
func (q *Queue) call(ctx context.Context, r *run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
			q.log.Error("a job panicked", "job", r.id, "kind", r.kind, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	return q.handlers[r.kind](context.WithValue(ctx, runKey{}, r), r.args)
}
