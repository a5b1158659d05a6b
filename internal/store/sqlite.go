// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"stet"
)

// openSQLite opens one connection that writes and several that read: SQLite
// lets readers go on beside one writer, and queueing writers in Go is fairer
// than having them poll for the lock.
//
// synchronous is FULL: what the desk was told is saved survives a power cut.
// It costs one fsync for each commit, which a newsroom does not notice.
func openSQLite(ctx context.Context, o Options) (*Store, error) {
	dsn := func(extra string) string {
		return "file:" + (&url.URL{Path: o.Path}).EscapedPath() +
			"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=temp_store(2)" + extra
	}
	// The log may grow to 16 MB before it is copied into the file: an import
	// writes the same pages of its indexes with every commit.
	write, err := sql.Open("sqlite", dsn("&_pragma=cache_size(-8000)&_pragma=wal_autocheckpoint(4000)&_txlock=immediate"))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", o.Path, err)
	}
	write.SetMaxOpenConns(1)
	if err := migrate(ctx, write, goose.DialectSQLite3, "sqlite"); err != nil {
		write.Close()
		return nil, err
	}
	read, err := sql.Open("sqlite", dsn("&_pragma=cache_size(-4000)&_pragma=query_only(1)"))
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("open %s: %w", o.Path, err)
	}
	n := max(2, min(8, runtime.GOMAXPROCS(0)*2))
	read.SetMaxOpenConns(n)
	read.SetMaxIdleConns(n)
	s := &Store{read: newStatements(read), write: write, dialect: sqliteDialect{}, now: o.Now, bounds: o.Bounds.withDefaults(), log: o.Logger}
	s.closers = []func() error{func() error { return closeSQLite(ctx, write) }, read.Close}
	return s, nil
}

// closeSQLite lets SQLite look at what the queries of this run were like before
// it closes, as its documentation advises for PRAGMA optimize.
func closeSQLite(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(context.WithoutCancel(ctx), "PRAGMA optimize")
	return errors.Join(err, db.Close())
}

type sqliteDialect struct{}

func (sqliteDialect) name() string { return "sqlite" }

func (sqliteDialect) mapError(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fmt.Errorf("%w (%w)", stet.Errorf(stet.Conflict, "it exists already"), err)
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fmt.Errorf("%w (%w)", stet.Errorf(stet.Conflict, "something else depends on it, or what it points to does not exist"), err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk is full: %w", err)
	}
	return err
}

// retry: with one writer in this process and immediate transactions there is
// nothing to collide with; busy can only come from a foreign process.
func (sqliteDialect) retry(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

// notify: one process owns an SQLite folder, so nobody else is listening.
func (sqliteDialect) notify(context.Context, Conn, string) error { return nil }

func (sqliteDialect) check(ctx context.Context, s *Store) ([]string, error) {
	lines, err := list(ctx, s, func(r scanner) (v string, err error) { return v, r.Scan(&v) }, `PRAGMA integrity_check(20)`)
	if err != nil || len(lines) == 1 && lines[0] == "ok" {
		return nil, err
	}
	return lines, nil
}
