// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/stettest"
	"stet/internal/store"
	"stet/internal/store/storetest"
)

func open(t *testing.T, o store.Options) *store.Store {
	t.Helper()
	o.Logger = stettest.Logger(t)
	if o.Now == nil {
		o.Now = func() time.Time { return storetest.Now }
	}
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func openSQLite(t *testing.T) *store.Store {
	t.Helper()
	return open(t, store.Options{Path: filepath.Join(t.TempDir(), "stet.db")})
}

// postgres is the address of a database that is migrated already.
func postgres(t *testing.T) string {
	t.Helper()
	return stettest.PostgresTemplate(t, "store", func(url string) error {
		s, err := store.Open(context.Background(), store.Options{URL: url})
		if err != nil {
			return err
		}
		return s.Close()
	})
}

func openPostgres(t *testing.T) *store.Store {
	t.Helper()
	return open(t, store.Options{URL: postgres(t)})
}

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, openSQLite)
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, openPostgres)
}

func TestBoundedSearch(t *testing.T) {
	t.Parallel()
	for engine, o := range map[string]store.Options{"sqlite": {Path: filepath.Join(t.TempDir(), "stet.db")}, "postgres": {URL: postgres(t)}} {
		o.Bounds = storetest.SmallBounds
		if engine == "postgres" {
			o.Bounds.Phrased *= 2
		}
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			storetest.Bounded(t, open(t, o))
		})
	}
}

// The two trees of migrations describe one database.
func TestMigrationsAgree(t *testing.T) {
	t.Parallel()
	var numbers [2][]string
	for i, engine := range []string{"sqlite", "postgres"} {
		files, err := filepath.Glob("migrations/" + engine + "/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			numbers[i] = append(numbers[i], filepath.Base(f))
		}
	}
	if diff := cmp.Diff(numbers[0], numbers[1]); diff != "" {
		t.Errorf("migrations of sqlite and postgres: %s", diff)
	}

	path := filepath.Join(t.TempDir(), "stet.db")
	open(t, store.Options{Path: path})
	url := postgres(t)
	lite := columns(t, "sqlite", "file:"+path, `SELECT m.name, c.name, c."notnull" OR c.pk > 0 FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'goose_%' AND m.name NOT LIKE 'story_index%' AND m.name NOT LIKE 'story_head%' AND m.name NOT LIKE 'statement_index%'`)
	pg := columns(t, "pgx", url, `SELECT table_name, column_name, is_nullable = 'NO' FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name NOT LIKE 'goose_%' AND table_name NOT LIKE 'story_index%' AND table_name NOT LIKE 'statement_index%'`)
	if len(lite) < 50 {
		t.Fatalf("only %d columns: the test is not looking at the tables", len(lite))
	}
	if diff := cmp.Diff(lite, pg); diff != "" {
		t.Errorf("columns (-sqlite +postgres):\n%s", diff)
	}
}

func columns(t *testing.T, driver, dsn, query string) []string {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var table, column string
		var required bool
		if err := rows.Scan(&table, &column, &required); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s.%s required=%v", table, column, required))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// inbox collects the tags of events.
type inbox struct {
	mu   sync.Mutex
	tags []string
}

func (in *inbox) listen(s *store.Store) {
	s.OnEvent(func(e stet.Event) {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.tags = append(in.tags, e.Tags...)
	})
}

func (in *inbox) has(tag string) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return slices.Contains(in.tags, tag)
}

func (in *inbox) await(t *testing.T, tag string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if in.has(tag) {
			return
		}
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	t.Fatalf("%q did not arrive; what did: %v", tag, in.tags)
}

func TestEventsBetweenProcesses(t *testing.T) {
	t.Parallel()
	url := postgres(t)
	a, b := open(t, store.Options{URL: url}), open(t, store.Options{URL: url})
	var atA, atB inbox
	atA.listen(a)
	atB.listen(b)
	ctx := t.Context()
	// The listeners are up within moments of the opening.
	for deadline := time.Now().Add(10 * time.Second); !atA.has("up") || !atB.has("up"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nobody listens")
		}
		if err := a.Emit(ctx, stet.Event{Tags: []string{"up"}}); err != nil {
			t.Fatal(err)
		}
	}

	_ = a.Tx(ctx, func(tx *store.Store) error {
		if err := tx.Emit(ctx, stet.Event{Tags: []string{"rolled back"}}); err != nil {
			t.Error(err)
		}
		return context.Canceled
	})
	err := a.Tx(ctx, func(tx *store.Store) error {
		return tx.Emit(ctx, stet.Event{Tags: []string{"article:1", "list:all:0"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	atB.await(t, "article:1")
	atB.await(t, "list:all:0")
	atA.await(t, "article:1")
	// More than fits into a notification arrives as "everything".
	atB.mu.Lock()
	if slices.Contains(atB.tags, "rolled back") {
		t.Error("an event of a transaction that was rolled back arrived")
	}
	atB.tags = nil
	atB.mu.Unlock()
	var many []string
	for i := range 2000 {
		many = append(many, fmt.Sprint("article:", i))
	}
	if err := a.Emit(ctx, stet.Event{Tags: many}); err != nil {
		t.Fatal(err)
	}
	atB.await(t, stet.TagAll)

	// A listener that lost its connection cannot know what it missed.
	atB.mu.Lock()
	atB.tags = nil
	atB.mu.Unlock()
	if _, err := a.Conn().ExecContext(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'`); err != nil {
		t.Fatal(err)
	}
	atB.await(t, stet.TagAll)
	if err := a.Emit(ctx, stet.Event{Tags: []string{"later"}}); err != nil {
		t.Fatal(err)
	}
	atB.await(t, "later")
}

// A deadlock is tried again, and nobody hears of it.
func TestRetry(t *testing.T) {
	t.Parallel()
	s := openPostgres(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, name := range []string{"a", "b"} {
		if err := s.SetSetting(ctx, name, 0); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	runs, commits := 0, 0
	// Each holds one row before either asks for the other's. Somebody who fails
	// before that must not be waited for.
	cross := func(first, second string, here chan<- struct{}, there <-chan struct{}) error {
		var met sync.Once
		return s.Tx(ctx, func(tx *store.Store) error {
			mu.Lock()
			runs++
			mu.Unlock()
			if err := tx.SetSetting(ctx, first, 1); err != nil {
				return err
			}
			tx.AfterCommit(func() { mu.Lock(); commits++; mu.Unlock() })
			met.Do(func() {
				close(here)
				select {
				case <-there:
				case <-ctx.Done():
				}
			})
			return tx.SetSetting(ctx, second, 1)
		})
	}
	a, b, errs := make(chan struct{}), make(chan struct{}), make(chan error, 2)
	go func() { errs <- cross("a", "b", a, b) }()
	go func() { errs <- cross("b", "a", b, a) }()
	for range 2 {
		if err := <-errs; err != nil {
			t.Errorf("a deadlock reached the caller: %v", err)
		}
	}
	// More runs are no fault: on a busy machine the two may collide again.
	if runs < 3 || commits != 2 {
		t.Errorf("%d runs and %d commits; want 3 or more, and 2", runs, commits)
	}
}

// The migration finds what was saved before working copies were found by their
// further sections.
func TestFurtherSectionsOfBefore(t *testing.T) {
	t.Parallel()
	for engine, open := range map[string]func(*testing.T) *store.Store{"sqlite": openSQLite, "postgres": openPostgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			ctx, s := t.Context(), open(t)
			for _, sections := range [][]stet.Ref{nil, {{ID: "asia"}}, {{ID: "south"}, {ID: "asia"}, {ID: "asia"}}} {
				a := stet.Article{PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Draft, Content: stet.Content{Headline: `"sections":[`, Sections: sections}}
				if err := s.CreateArticle(ctx, &a); err != nil {
					t.Fatal(err)
				}
			}
			migration, err := os.ReadFile("migrations/" + engine + "/00014_further_sections.sql")
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range []string{"DELETE FROM copy_ref WHERE kind = 'section'", string(migration)} {
				if _, err := s.Conn().ExecContext(ctx, q); err != nil {
					t.Fatal(err)
				}
			}
			for section, want := range map[string]int{"asia": 2, "south": 1, "europe": 0} {
				n, err := s.CountCopies(ctx, store.CopyFilter{Sections: []string{section}})
				if err != nil || n[stet.Draft] != want {
					t.Errorf("under %s: %v, %v; want %d", section, n, err, want)
				}
			}
		})
	}
}

// A database of an older or newer Stet, a folder with strange names, a file
// that is no database.
func TestOpen(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a b%20?#é'")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "stet.db")
	for range 2 { // the second time everything is there
		s, err := store.Open(t.Context(), store.Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SetSetting(t.Context(), "x", 1); err != nil {
			t.Fatal(err)
		}
		if faults, err := s.Check(t.Context()); err != nil || len(faults) != 0 {
			t.Errorf("check: %v, %v", faults, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the database is not where it was asked for: %v", err)
	}
	for _, left := range []string{"-wal", "-journal"} {
		if _, err := os.Stat(path + left); err == nil {
			t.Errorf("closing left %s behind", left)
		}
	}
	bad := filepath.Join(dir, "bad.db")
	if err := os.WriteFile(bad, []byte("this is no database, but it is longer than a header of one: "+fmt.Sprint(make([]int, 600))), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]store.Options{
		"no database": {Path: bad}, "no folder": {Path: filepath.Join(dir, "none", "x.db")}, "no address": {URL: "postgres://%zz"},
		"nobody there": {URL: "postgres://u@" + "127.0.0.1:1/x?connect_timeout=2"},
	} {
		if s, err := store.Open(t.Context(), o); err == nil {
			s.Close()
			t.Errorf("%s: opened", name)
		}
	}
}

// Damage within the file is told.
func TestCheck(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "stet.db")
	s := open(t, store.Options{Path: path})
	for i := range 300 {
		if err := s.AddPath(t.Context(), stet.Path{Path: fmt.Sprintf("/%0200d", i), Kind: stet.PathArticle}); err != nil {
			t.Fatal(err)
		}
	}
	// An index that does not fit its table, as a failing disk leaves it.
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, q := range []string{"PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = 'CREATE INDEX path_target ON path (kind)' WHERE name = 'path_target'"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	damaged, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		return // it does not even open: told as well
	}
	defer damaged.Close()
	if faults, err := damaged.Check(t.Context()); err == nil && len(faults) == 0 {
		t.Error("nothing is wrong with a damaged database")
	}
}
