// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
)

// statements is a transaction that prepares what it is asked for again and
// again. SQLite would parse the same text anew each time, which in an import,
// with its two hundred stories in one transaction, is a fifth of the work. The
// transaction closes the statements when it ends.
type statements struct {
	tx    *sql.Tx
	asked map[string]int
	ready map[string]*sql.Stmt
}

// often is how many times a text is asked for before it is worth keeping.
const often = 3

func newStatements(tx *sql.Tx) *statements {
	return &statements{tx: tx, asked: map[string]int{}, ready: map[string]*sql.Stmt{}}
}

// statement returns the prepared statement of a text, nil when there is none:
// then the text is run as it is, and says itself what is wrong with it.
func (s *statements) statement(ctx context.Context, query string) *sql.Stmt {
	if st, ok := s.ready[query]; ok {
		return st
	}
	if s.asked[query]++; s.asked[query] < often {
		return nil
	}
	st, err := s.tx.PrepareContext(ctx, query)
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
	return s.tx.ExecContext(ctx, query, args...)
}

func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if st := s.statement(ctx, query); st != nil {
		return st.QueryContext(ctx, args...)
	}
	return s.tx.QueryContext(ctx, query, args...)
}

func (s *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if st := s.statement(ctx, query); st != nil {
		return st.QueryRowContext(ctx, args...)
	}
	return s.tx.QueryRowContext(ctx, query, args...)
}
