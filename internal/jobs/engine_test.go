// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite"

	"stet/internal/jobs"
	"stet/internal/stettest"
)

// A house is a database with the queue's table in it.
type house struct {
	postgres   bool
	url        string
	db, reader *sql.DB
}

// openHouse opens a database as the store does: on SQLite one writing
// connection and several that read.
func openHouse(postgres bool, url string) (*house, error) {
	h := &house{postgres: postgres, url: url}
	driver := "sqlite"
	if postgres {
		driver = "pgx"
	}
	var err1, err2 error
	h.db, err1 = sql.Open(driver, url)
	h.reader, err2 = sql.Open(driver, url)
	if postgres {
		h.db.SetMaxOpenConns(16)
		h.db.SetMaxIdleConns(16)
	} else {
		h.db.SetMaxOpenConns(1)
	}
	return h, errors.Join(err1, err2)
}

func (h *house) close() error { return errors.Join(h.db.Close(), h.reader.Close()) }

// migrate makes the real tables and one in which handlers leave a trace.
func migrate(postgres bool, url string) error {
	h, err := openHouse(postgres, url)
	if err != nil {
		return err
	}
	dialect, folder := goose.DialectSQLite3, "sqlite"
	if postgres {
		dialect, folder = goose.DialectPostgres, "postgres"
	}
	p, err := goose.NewProvider(dialect, h.db, os.DirFS(filepath.Join("..", "store", "migrations", folder)),
		goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return errors.Join(err, h.close())
	}
	_, err = p.Up(context.Background())
	if err == nil {
		_, err = h.db.Exec("CREATE TABLE trace (name TEXT NOT NULL, note TEXT NOT NULL DEFAULT '')")
	}
	return errors.Join(err, h.close())
}

func newHouse(tb testing.TB, postgres bool) *house {
	tb.Helper()
	var address string
	if postgres {
		address = stettest.PostgresTemplate(tb, "jobs", func(url string) error { return migrate(true, url) })
	} else {
		address = "file:" + filepath.Join(tb.TempDir(), "stet.db") + "?" + url.Values{
			"_pragma": {"journal_mode(WAL)", "synchronous(NORMAL)", "busy_timeout(5000)", "foreign_keys(1)"},
			"_txlock": {"immediate"},
		}.Encode()
		if err := migrate(false, address); err != nil {
			tb.Fatal(err)
		}
	}
	h, err := openHouse(postgres, address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = h.close() })
	return h
}

// onBoth runs the test on both engines.
func onBoth(t *testing.T, fn func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	for name, postgres := range map[string]bool{"sqlite": false, "postgres": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fn(t, newHouse(t, postgres))
		})
	}
}

// queue returns a queue on the house; o is completed.
func (h *house) queue(tb testing.TB, o jobs.Options) *jobs.Queue {
	o.DB, o.Reader, o.Postgres = h.db, h.reader, h.postgres
	if o.Logger == nil {
		o.Logger = stettest.Logger(tb)
	}
	return jobs.New(o)
}

func (h *house) insert(tb testing.TB, now time.Time, job jobs.Job) (id int64, inserted bool) {
	tb.Helper()
	tx, err := h.db.Begin()
	if err != nil {
		tb.Fatal(err)
	}
	id, inserted, err = jobs.Insert(tb.Context(), tx, now, job)
	if err = errors.Join(err, tx.Commit()); err != nil {
		tb.Fatal(err)
	}
	return id, inserted
}

// fill inserts the job n times in one transaction.
func fill(tb testing.TB, h *house, n int, job jobs.Job, now time.Time) {
	tb.Helper()
	tx, err := h.db.Begin()
	if err != nil {
		tb.Fatal(err)
	}
	for range n {
		if _, _, err := jobs.Insert(tb.Context(), tx, now, job); err != nil {
			tb.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		tb.Fatal(err)
	}
}

// record returns the job's row.
func (h *house) record(tb testing.TB, id int64) jobs.Record {
	tb.Helper()
	list, err := h.queue(tb, jobs.Options{}).List(context.Background(), jobs.Filter{Limit: 1 << 20})
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range list {
		if r.ID == id {
			return r
		}
	}
	tb.Fatalf("there is no job %d", id)
	return jobs.Record{}
}

// background runs the queue; the function returned stops it and waits.
func background(tb testing.TB, q *jobs.Queue) (stop func() error) {
	tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx) }()
	stopped := false
	stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return <-ended
	}
	tb.Cleanup(func() { _ = stop() })
	return stop
}

// eventually waits until ok, which must not take long.
func eventually(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	for end := time.Now().Add(time.Minute); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			tb.Fatalf("still not so: %s", what)
		}
	}
}

// receive waits for a value, which must not take long.
func receive[T any](tb testing.TB, what string, c <-chan T) T {
	tb.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(time.Minute):
		tb.Fatalf("still waiting: %s", what)
		panic("unreachable")
	}
}
