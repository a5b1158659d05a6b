// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package store keeps the magazine in a database: SQLite in a file of the data
// folder, or PostgreSQL. It owns all SQL but that of the job queue.
//
// Every statement is written once, with $n placeholders, and runs unchanged on
// both engines; what cannot be said alike stands in sqlite.go, postgres.go and
// search_*.go and nowhere else. The conformance suite in storetest holds both
// to one behaviour. Permissions are not asked here: that is newsroom's.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/pressly/goose/v3"

	"stet"
)

//go:embed migrations/*/*.sql
var migrations embed.FS

// Options says which database to open.
type Options struct {
	Path   string // the file of an SQLite database
	URL    string // postgres://…; when set, Path is not used
	Logger *slog.Logger
	Now    func() time.Time // the clock; nil is the machine's
	Bounds Bounds           // of searches
}

// Store is the magazine's database, or one transaction on it: Tx hands the
// same type to its function.
type Store struct {
	read, write Conn // the same within a transaction, and on PostgreSQL
	dialect     dialect
	now         func() time.Time
	bounds      Bounds
	log         *slog.Logger
	tx          *txState // nil outside a transaction
	closers     []func() error
	listener    listener
}

// Conn is what *sql.DB and *sql.Tx have in common.
type Conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// dialect is what the two engines do differently.
type dialect interface {
	name() string
	// mapError makes the engine's constraint and conflict errors ours.
	mapError(err error) error
	// retry reports whether a transaction that failed so may be tried again.
	retry(err error) bool
	index(ctx context.Context, c Conn, rows ...indexRow) error
	unindex(ctx context.Context, c Conn, article int64) error
	clearIndex(ctx context.Context, c Conn) error
	// indexID is the article of a row of the index: alone, and as it is looked
	// up in a list of ids.
	indexID(fields searchFields) (id, listed string)
	// newest is SQL, with its arguments, for id and score of the newest rows
	// that match $1; the score is 0 when they are not to be weighed.
	newest(m matchQuery, weighed bool, filter string, args []any, limit int) (string, []any)
	// phrased is the engine's share of Bounds.Phrased.
	phrased(bound int) int
	// expression writes a query as the engine wants it in $1.
	expression(q matchQuery) string
	indexStatement(ctx context.Context, c Conn, place int64, w indexWords) error
	unindexStatement(ctx context.Context, c Conn, place int64) error
	// matchStatements adds the words to a query for statements. It is selective
	// when something else in it leaves few of them.
	matchStatements(q *statementQuery, expression string, selective bool)
	notify(ctx context.Context, c Conn, payload string) error
	// check has the engine look for damage to its files.
	check(ctx context.Context, s *Store) ([]string, error)
}

type txState struct {
	now         time.Time
	afterCommit []func()
	unindexed   []indexRow // stories that wait for the search index, see index
}

// Open opens the database, brings its tables up to date and returns it.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	open := openSQLite
	if o.URL != "" {
		open = openPostgres
	}
	s, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := s.fillCopies(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.fillSortKeys(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// migrate runs the embedded migrations that the database has not seen.
func migrate(ctx context.Context, db *sql.DB, d goose.Dialect, dir string) error {
	sub, err := fs.Sub(migrations, "migrations/"+dir)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(d, db, sub, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

// Close closes the connections.
func (s *Store) Close() error {
	var errs []error
	for i := len(s.closers) - 1; i >= 0; i-- {
		errs = append(errs, s.closers[i]())
	}
	return errors.Join(errs...)
}

// Check has the engine look for damage; each fault is a sentence.
func (s *Store) Check(ctx context.Context) ([]string, error) { return s.dialect.check(ctx, s) }

// Engine names the database engine, "sqlite" or "postgres".
func (s *Store) Engine() string { return s.dialect.name() }

// Now returns the time of the store's clock; within a transaction it is the
// same moment throughout.
func (s *Store) Now() time.Time {
	if s.tx != nil {
		return s.tx.now
	}
	return s.now().UTC().Truncate(time.Microsecond)
}

// Conn gives package jobs, which has its own SQL, the connection that writes:
// inside Tx it is the transaction.
func (s *Store) Conn() Conn {
	return s.write
}

// Reader gives package jobs a connection that only looks, so that an idle
// queue never waits for, or keeps, the one that writes.
func (s *Store) Reader() Conn {
	return s.read
}

// InTx reports whether the store is a transaction.
func (s *Store) InTx() bool { return s.tx != nil }

// AfterCommit runs f once the transaction has been committed, and not at all
// when it is rolled back. Outside a transaction it runs at once.
func (s *Store) AfterCommit(f func()) {
	if s.tx == nil {
		f()
		return
	}
	s.tx.afterCommit = append(s.tx.afterCommit, f)
}

// Tx runs f in a transaction and commits when f returns nil. Inside, only tx
// may be used. A serialisation failure or a deadlock is tried again, so f must be
// free of effects other than those on tx. Transactions do not nest.
func (s *Store) Tx(ctx context.Context, f func(tx *Store) error) error {
	if s.tx != nil {
		return errors.New("store: a transaction inside a transaction")
	}
	db, ok := s.write.(*sql.DB)
	if !ok {
		return errors.New("store: Tx on something that is no database")
	}
	err := s.attempt(ctx, db, f)
	for _, pause := range retryPauses {
		if err == nil || !s.dialect.retry(err) || ctx.Err() != nil {
			break
		}
		// Whoever we collided with goes first, or we collide with them again.
		select {
		case <-ctx.Done():
		case <-time.After(pause + rand.N(pause)):
		}
		err = s.attempt(ctx, db, f)
	}
	if stet.ErrorCode(err) != stet.Internal {
		return err // ours already, or none
	}
	return s.dialect.mapError(err)
}

// retryPauses are waited, and up to as long again, before a transaction is
// tried anew. They grow: on a busy machine the one that won may not have come to
// its rows when the first of them is over, and whoever comes back before that
// collides with it once more.
var retryPauses = [...]time.Duration{50 * time.Millisecond, 200 * time.Millisecond, 800 * time.Millisecond}

func (s *Store) attempt(ctx context.Context, db *sql.DB, f func(tx *Store) error) error {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after Commit
	c := newStatements(t)
	tx := &Store{read: c, write: c, dialect: s.dialect, now: s.now, bounds: s.bounds, log: s.log, tx: &txState{now: s.Now()}}
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.flushIndex(ctx); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return err
	}
	for _, after := range tx.tx.afterCommit {
		after()
	}
	return nil
}

// listener carries events between the parts of one process, and on PostgreSQL
// between processes.
type listener struct {
	mu    sync.RWMutex
	funcs []func(stet.Event)
}

func (l *listener) call(e stet.Event) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, f := range l.funcs {
		f(e)
	}
}

// OnEvent has f called for every event, in this process and, on PostgreSQL,
// from every other process on the same database. It is called after the
// commit and must not block.
func (s *Store) OnEvent(f func(stet.Event)) {
	s.listener.mu.Lock()
	defer s.listener.mu.Unlock()
	s.listener.funcs = append(s.listener.funcs, f)
}

// micros is how a time is stored. The zero time is NULL.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// fromMicros is the way back; NULL is the zero time.
func fromMicros(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64).UTC()
}

// null stores the empty string as NULL, for columns that are unique when set.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// scanner is a row, of one or of many.
type scanner interface{ Scan(dest ...any) error }

// list runs a query and scans each row with scan.
func list[T any](ctx context.Context, s *Store, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.dialect.mapError(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one runs a query that finds one row; finding none is a NotFound error that
// says what was looked for.
func one[T any](ctx context.Context, s *Store, what string, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	v, err := scan(s.read.QueryRowContext(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, stet.Errorf(stet.NotFound, "there is no such %s", what)
	}
	if err = s.dialect.mapError(err); stet.ErrorCode(err) == stet.Invalid {
		// What cannot be stored is not there. SQLite says so by itself.
		return v, stet.Errorf(stet.NotFound, "there is no such %s", what)
	}
	if err != nil {
		return v, fmt.Errorf("look up %s: %w", what, err)
	}
	return v, nil
}

// insert runs an INSERT ... RETURNING id.
func (s *Store) insert(ctx context.Context, query string, args ...any) (id int64, err error) {
	err = s.write.QueryRowContext(ctx, query, args...).Scan(&id)
	return id, s.dialect.mapError(err)
}

// exec runs a statement and returns how many rows it touched.
func (s *Store) exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := s.write.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, s.dialect.mapError(err)
	}
	return res.RowsAffected()
}
