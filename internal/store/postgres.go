// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"stet"
)

// migrationLock is the advisory lock that lets one process at a time migrate.
const migrationLock = 0x53746574 // "Stet"

func openPostgres(ctx context.Context, o Options) (*Store, error) {
	cfg, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "the database address is not understood; it looks like postgres://user:password@host:5432/name")
	}
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("reach PostgreSQL at %s:%d: %w", cfg.Host, cfg.Port, err)
	}
	if err := migratePostgres(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	s := &Store{read: db, write: db, dialect: postgresDialect{}, now: o.Now, bounds: o.Bounds.withDefaults(), log: o.Logger}
	listenCtx, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.listenPostgres(listenCtx, cfg)
	}()
	s.closers = []func() error{db.Close, func() error { stop(); <-done; return nil }}
	return s, nil
}

// migratePostgres holds an advisory lock, so that nodes which start together
// do not migrate twice.
func migratePostgres(ctx context.Context, db *sql.DB) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock); err != nil {
		return err
	}
	defer c.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrationLock)
	return migrate(ctx, db, goose.DialectPostgres, "postgres")
}

// channel is the name under which events travel between processes.
const channel = "stet_event"

// listenPostgres receives the events of every process until ctx ends. Whenever
// it begins to listen, at the start and after a lost connection, it cannot know
// what it missed, so it has everything dropped.
func (s *Store) listenPostgres(ctx context.Context, cfg *pgx.ConnConfig) {
	for ctx.Err() == nil {
		err := s.listenOnce(ctx, cfg)
		if ctx.Err() != nil {
			return
		}
		s.log.Warn("listening for events was interrupted", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (s *Store) listenOnce(ctx context.Context, cfg *pgx.ConnConfig) error {
	c, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	if _, err := c.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	s.listener.call(stet.Event{Tags: []string{stet.TagAll}})
	for {
		n, err := c.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		s.listener.call(decodeEvent(n.Payload))
	}
}

type postgresDialect struct{}

func (postgresDialect) name() string { return "postgres" }

func (postgresDialect) mapError(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case "23505": // unique_violation
		return fmt.Errorf("%w (%w)", stet.Errorf(stet.Conflict, "it exists already"), err)
	case "23503": // foreign_key_violation
		return fmt.Errorf("%w (%w)", stet.Errorf(stet.Conflict, "something else depends on it, or what it points to does not exist"), err)
	case "22021": // character_not_in_repertoire: NUL or invalid UTF-8
		return fmt.Errorf("%w (%w)", stet.Errorf(stet.Invalid, "the text has characters that cannot be stored"), err)
	}
	return err
}

func (postgresDialect) retry(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

func (postgresDialect) notify(ctx context.Context, c Conn, payload string) error {
	_, err := c.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, payload)
	return err
}

// check: PostgreSQL looks after its own files (checksums, amcheck); a server
// that answers is all that can be asked from here.
func (postgresDialect) check(ctx context.Context, s *Store) ([]string, error) {
	_, err := one(ctx, s, "answer", scanID, `SELECT COUNT(*) FROM version`)
	return nil, err
}
