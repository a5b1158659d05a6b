// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stettest_test

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"stet/internal/stettest"
)

func open(tb testing.TB, url string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	began := time.Now()
	a, b := open(t, stettest.Postgres(t)), open(t, stettest.Postgres(t))
	t.Logf("server and two databases in %v", time.Since(began))
	if _, err := a.Exec("CREATE TABLE mine (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := b.QueryRow("SELECT COUNT(*) FROM pg_tables WHERE tablename = 'mine'").Scan(&n); err != nil || n != 0 {
		t.Errorf("a table of one test database is seen in the other: %d, %v", n, err)
	}
	var encoding, first string
	err := a.QueryRow("SHOW server_encoding").Scan(&encoding)
	if err != nil || encoding != "UTF8" {
		t.Errorf("encoding %q, %v", encoding, err)
	}
	if err := a.QueryRow("SELECT MIN(w) FROM (VALUES ('b'), ('Z'), ('ä')) AS v (w)").Scan(&first); err != nil {
		t.Fatal(err)
	}
	t.Logf("first of b, Z, ä: %s", first)
}

func TestPostgresTemplate(t *testing.T) {
	t.Parallel()
	calls := 0
	prepare := func(url string) error {
		calls++
		db, err := sql.Open("pgx", url)
		if err != nil {
			return err
		}
		_, err = db.Exec("CREATE TABLE story (headline TEXT); INSERT INTO story VALUES ('Dam bursts')")
		return errors.Join(err, db.Close())
	}
	for range 3 {
		db := open(t, stettest.PostgresTemplate(t, "story", prepare))
		var n int
		if err := db.QueryRow("SELECT COUNT(*) FROM story").Scan(&n); err != nil || n != 1 {
			t.Errorf("copy of the template: %d rows, %v", n, err)
		}
		if _, err := db.Exec("DELETE FROM story"); err != nil {
			t.Error(err)
		}
	}
	if calls != 1 {
		t.Errorf("the template was prepared %d times", calls)
	}
}

// A test process that is killed must not leave a server or its folder behind.
func TestPostgresDiesWithUs(t *testing.T) {
	const role = "STET_TEST_SERVER_HOLDER"
	if os.Getenv(role) != "" {
		db := open(t, stettest.Postgres(t))
		var dir string
		var pid int
		if err := db.QueryRow("SELECT current_setting('data_directory')").Scan(&dir); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
		if err != nil {
			t.Fatal(err)
		}
		if pid, err = strconv.Atoi(strings.SplitN(string(file), "\n", 2)[0]); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("server %d %s\n", pid, filepath.Dir(dir))
		time.Sleep(time.Minute)
		return
	}
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-test.run=^TestPostgresDiesWithUs$", "-test.v")
	cmd.Env = append(os.Environ(), role+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	var dir string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if n, _ := fmt.Sscanf(lines.Text(), "server %d %s", &pid, &dir); n == 2 {
			break
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if pid == 0 {
		t.Fatal("the child did not start a server")
	}
	gone := func() bool {
		_, err := os.Stat(dir)
		return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) && errors.Is(err, fs.ErrNotExist)
	}
	for end := time.Now().Add(30 * time.Second); !gone(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the killed process left server %d or folder %s behind", pid, dir)
		}
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	c := stettest.NewClock(time.Time{})
	begin := c.Now()
	c.Advance(time.Hour)
	if got := c.Now().Sub(begin); got != time.Hour {
		t.Errorf("advanced by %v", got)
	}
	c.Set(begin)
	if !c.Now().Equal(begin) {
		t.Errorf("set to %v, shows %v", begin, c.Now())
	}
}

func TestLogger(t *testing.T) {
	t.Parallel()
	var log = stettest.Logger(t)
	t.Run("inner", func(t *testing.T) { log = stettest.Logger(t); log.Info("during the test", "n", 1) })
	log.Info("after the test") // must not panic
}

func BenchmarkPostgres(b *testing.B) {
	stettest.Postgres(b)
	for b.Loop() {
		stettest.Postgres(b)
	}
}
