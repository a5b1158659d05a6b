// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"sync"
)

// statements is a database or a transaction that prepares what it is asked for
// again and again. SQLite would parse the same text anew each time, which is a
// fifth of the work of an import, with its two hundred stories in one
// transaction, and a tenth of that of a page. The statements are closed with
// what they were prepared on.
//
// SQLite looks at the value of a parameter that is a LIMIT by itself, and would
// prepare the statement anew for each other value: hence "LIMIT $3 + 0".
type statements struct {
	on    preparer
	mu    sync.Mutex
	asked map[string]int
	ready map[string]*sql.Stmt
}

// preparer is what *sql.DB and *sql.Tx have in common.
type preparer interface {
	Conn
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// often is how many times a text is asked for before it is worth keeping, and
// maxReady how many are kept: lists of ids make many texts of one.
const (
	often    = 3
	maxReady = 200
)

func newStatements(on preparer) *statements {
	return &statements{on: on, asked: map[string]int{}, ready: map[string]*sql.Stmt{}}
}

// statement returns the prepared statement of a text, nil when there is none:
// then the text is run as it is, and says itself what is wrong with it.
func (s *statements) statement(ctx context.Context, query string) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if st, ok := s.ready[query]; ok {
		return st
	}
	if len(s.ready) == maxReady {
		return nil
	}
	if s.asked[query]++; s.asked[query] < often {
		return nil
	}
	st, err := s.on.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	s.ready[query] = st
	return st
}

func (s *statements) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if st := s.statement(ctx, query); st != nil {
		return st.ExecContext(ctx, args...)
	}
	return s.on.ExecContext(ctx, query, args...)
}

func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if st := s.statement(ctx, query); st != nil {
		return st.QueryContext(ctx, args...)
	}
	return s.on.QueryContext(ctx, query, args...)
}

func (s *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if st := s.statement(ctx, query); st != nil {
		return st.QueryRowContext(ctx, args...)
	}
	return s.on.QueryRowContext(ctx, query, args...)
}
