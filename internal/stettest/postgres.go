// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stettest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Postgres returns the URL of a new, empty database, which is dropped when the
// test ends. The first call in a test process starts a PostgreSQL server for
// that process alone; it stops when the process ends, however it ends.
//
// The server's programs are looked for in $STET_TEST_PGBIN, PATH and the usual
// folders of the distributions. When there are none the test fails: what is
// said to run on both engines is tested on both.
func Postgres(tb testing.TB) string {
	tb.Helper()
	return theServer(tb).newDatabase(tb, "template0")
}

// PostgresTemplate is Postgres with something in it: prepare fills a database
// once a test process and key, and every call returns a copy of that.
func PostgresTemplate(tb testing.TB, key string, prepare func(url string) error) string {
	tb.Helper()
	s := theServer(tb)
	s.mu.Lock()
	once, ok := s.templates[key]
	if !ok {
		n := len(s.templates)
		once = sync.OnceValues(func() (string, error) {
			name := fmt.Sprintf("template_%d", n)
			if err := s.create(name, "template0"); err != nil {
				return "", err
			}
			return name, prepare(s.url(name))
		})
		s.templates[key] = once
	}
	s.mu.Unlock()
	name, err := once()
	if err != nil {
		tb.Fatalf("prepare the template database %q: %v", key, err)
	}
	return s.newDatabase(tb, name)
}

// A server is one temporary PostgreSQL, reached through a unix socket.
type server struct {
	dir   string // holds the data, the socket and the log
	admin *sql.DB
	alive io.Closer // the server stops when this end of a pipe is closed, which the system does for the dead

	mu        sync.Mutex
	templates map[string]func() (string, error)
	databases int
}

// One server a process: this is the package's only state, because starting one
// takes longer than most tests.
var startOnce = sync.OnceValues(start)

func theServer(tb testing.TB) *server {
	tb.Helper()
	s, err := startOnce()
	if err != nil {
		tb.Fatalf("start PostgreSQL for the tests: %v", err)
	}
	return s
}

func (s *server) url(database string) string {
	q := url.Values{"host": {s.dir}, "sslmode": {"disable"}}
	return (&url.URL{Scheme: "postgres", User: url.User("stet"), Path: "/" + database, RawQuery: q.Encode(), Host: ""}).String()
}

func (s *server) newDatabase(tb testing.TB, template string) string {
	tb.Helper()
	s.mu.Lock()
	s.databases++
	name := fmt.Sprintf("test_%d", s.databases)
	s.mu.Unlock()
	if err := s.create(name, template); err != nil {
		tb.Fatalf("create a test database: %v", err)
	}
	tb.Cleanup(func() {
		if _, err := s.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			tb.Logf("drop the test database: %v", err)
		}
	})
	return s.url(name)
}

func (s *server) create(name, template string) error {
	var err error
	// A template that somebody is still leaving cannot be copied yet.
	for range 50 {
		_, err = s.admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + template)
		if err == nil || !strings.Contains(err.Error(), "being accessed by other users") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// start finds the programs, makes a data folder (from a cached one if there
// is) and starts the server on it.
func start() (*server, error) {
	bin, version, err := findPrograms()
	if err != nil {
		return nil, err
	}
	who, err := serverUser()
	if err != nil {
		return nil, err
	}
	base, err := tempBase(who)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(bin + version))
	cache := filepath.Join(base, fmt.Sprintf("stet-test-pg-%d-%s.tar", who.uid, hex.EncodeToString(sum[:6])))
	s, err := startIn(base, bin, cache, who)
	if err != nil && cacheUsable(cache, who) {
		// Perhaps the cache is spoilt: once more without it.
		_ = os.Remove(cache)
		s, err = startIn(base, bin, cache, who)
	}
	return s, err
}

func startIn(base, bin, cache string, who account) (_ *server, err error) {
	dir, err := os.MkdirTemp(base, "stet-pg-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir)
		}
	}()
	if os.Getuid() == 0 {
		if err := os.Chown(dir, who.uid, who.gid); err != nil {
			return nil, err
		}
	}
	if err := makeData(dir, bin, cache, who); err != nil {
		return nil, err
	}
	alive, exited, err := launch(dir, bin, who)
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, alive: alive, templates: map[string]func() (string, error){}}
	if s.admin, err = sql.Open("pgx", s.url("postgres")); err != nil {
		return nil, errors.Join(err, alive.Close())
	}
	if err := s.await(exited); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, errors.Join(fmt.Errorf("%w; its log:\n%s", err, log), s.admin.Close(), alive.Close())
	}
	return s, nil
}

// makeData fills dir/data: unpacked from the cache, or by initdb, which then
// fills the cache. One file as cache is replaced atomically, and a cleaner of
// /tmp takes it whole or not at all.
func makeData(dir, bin, cache string, who account) error {
	data := filepath.Join(dir, "data")
	if cacheUsable(cache, who) {
		if _, err := who.run(dir, "tar", "-xf", cache); err == nil {
			return nil
		}
		_ = os.RemoveAll(data)
	}
	initdb := func(locale ...string) error {
		args := append([]string{
			"-D", data, "-U", "stet", "-A", "trust", "-E", "UTF8",
			"--no-sync", "--no-instructions", "--wal-segsize=1", "--locale=C",
		}, locale...)
		out, err := who.run(dir, filepath.Join(bin, "initdb"), args...)
		if err != nil {
			return fmt.Errorf("initdb: %w\n%s", err, out)
		}
		return nil
	}
	// Whoever runs Stet brings a database with a collation of their language,
	// so the tests have one too: an ORDER BY that leans on the order of bytes
	// fails here. A server built without ICU gets plain C.
	if icuErr := initdb("--locale-provider=icu", "--icu-locale=und"); icuErr != nil {
		_ = os.RemoveAll(data)
		if err := initdb(); err != nil {
			return errors.Join(err, icuErr)
		}
	}
	made := filepath.Join(dir, "cache.tar")
	if _, err := who.run(dir, "tar", "-cf", made, "data"); err == nil {
		if err := os.Chmod(made, 0o600); err == nil {
			_ = os.Rename(made, cache) // without it the next start is slower, nothing else
		}
	}
	_ = os.Remove(made)
	return nil
}

// cacheUsable says whether the cache is a file that nobody else could have
// put there: its name in a shared folder can be guessed.
func cacheUsable(cache string, who account) bool {
	fi, err := os.Lstat(cache)
	if err != nil || !fi.Mode().IsRegular() || fi.Mode().Perm()&0o022 != 0 {
		return false
	}
	st, ok := fi.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == who.uid
}

// The guard starts the server ($1), stops it when its standard input ends and
// then clears the folder ($2) away. Its input is a pipe from the test process,
// which the system closes whatever that process dies of.
const guard = `
exec 3<&0
"$1" -D "$2/data" -k "$2" >"$2/log" 2>&1 3<&- &
server=$!
(cat <&3 >/dev/null; kill -QUIT $server) 2>/dev/null &
watch=$!
exec 3<&-
wait $server
kill $watch 2>/dev/null
cd /
rm -rf "$2" 2>/dev/null || { sleep 0.2; rm -rf "$2"; }
`

// launch returns the pipe that keeps the server alive, and a channel that
// closes when it has ended.
func launch(dir, bin string, who account) (io.Closer, <-chan struct{}, error) {
	conf := strings.Join([]string{
		"listen_addresses = ''", // the socket lies in a folder that only we may enter
		"fsync = off", "full_page_writes = off", "synchronous_commit = off",
		"max_connections = 200", "shared_buffers = 32MB", "max_wal_size = 256MB",
		"unix_socket_permissions = 0700", "timezone = 'UTC'", "log_timezone = 'UTC'",
		"logging_collector = off", "",
	}, "\n")
	f, err := os.OpenFile(filepath.Join(dir, "data", "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil, nil, err
	}
	_, err = f.WriteString(conf)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, nil, err
	}
	cmd := who.command(dir, "sh", "-c", guard, "guard", filepath.Join(bin, "postgres"), dir)
	// A group of its own: Ctrl-C reaches the tests, and the end of the tests
	// reaches the guard.
	cmd.SysProcAttr.Setpgid = true
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	exited := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(exited)
	}()
	return stdin, exited, nil
}

func (s *server) await(exited <-chan struct{}) error {
	deadline := time.Now().Add(30 * time.Second)
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		err := s.admin.PingContext(ctx)
		cancel()
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the server does not answer: %w", err)
		}
		select {
		case <-exited:
			return errors.New("the server ended at once")
		case <-time.After(15 * time.Millisecond):
		}
	}
}

const howToInstall = `no PostgreSQL server programs (initdb, postgres) found.
Install them, for instance
	Debian, Ubuntu:  apt-get install postgresql
	Fedora:          dnf install postgresql-server
	macOS:           brew install postgresql@17
or set STET_TEST_PGBIN to the folder they are in. No server needs to be running`

// findPrograms returns the folder of initdb and postgres, and the version.
func findPrograms() (bin, version string, err error) {
	var dirs []string
	if dir := os.Getenv("STET_TEST_PGBIN"); dir != "" {
		dirs = []string{dir}
	} else {
		dirs = filepath.SplitList(os.Getenv("PATH"))
		for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin"} {
			found, _ := filepath.Glob(pattern)
			slices.SortFunc(found, byVersion)
			dirs = append(dirs, found...)
		}
	}
	for _, dir := range dirs {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
			continue
		}
		out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
		if err == nil {
			return dir, strings.TrimSpace(string(out)), nil
		}
	}
	return "", "", errors.New(howToInstall)
}

// byVersion sorts folders that differ in a number, the newest first.
func byVersion(a, b string) int {
	number := func(s string) int {
		n, _ := strconv.Atoi(strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s))
		return n
	}
	return cmp.Compare(number(b), number(a))
}

// An account is who the server runs as.
type account struct{ uid, gid int }

// serverUser returns ourselves, or somebody harmless when we are root: the
// server refuses to run as root, and rightly.
func serverUser() (account, error) {
	if os.Getuid() != 0 {
		return account{os.Getuid(), os.Getgid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err := errors.Join(err1, err2); err != nil {
			return account{}, err
		}
		return account{uid, gid}, nil
	}
	return account{}, errors.New("running as root, and there is no user postgres or nobody to run the server as")
}

func (a account) command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return cmd
}

func (a account) run(dir, name string, args ...string) ([]byte, error) {
	return a.command(dir, name, args...).CombinedOutput()
}

// tempBase returns a folder for temporary files that the server's user can
// reach and whose name is short enough for a socket's address.
func tempBase(who account) (string, error) {
	var tried []error
	for _, dir := range []string{os.TempDir(), "/tmp"} {
		const longest = 104 - len("/stet-pg-1234567890/.s.PGSQL.5432")
		if len(dir) > longest {
			tried = append(tried, fmt.Errorf("%s: too long for a socket", dir))
			continue
		}
		if _, err := who.run(dir, "test", "-x", dir); err != nil {
			tried = append(tried, &fs.PathError{Op: "enter", Path: dir, Err: err})
			continue
		}
		return dir, nil
	}
	return "", fmt.Errorf("no usable folder for temporary files: %w", errors.Join(tried...))
}
