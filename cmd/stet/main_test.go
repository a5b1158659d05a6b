// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/stettest"
)

// result is what a command left behind.
type result struct {
	code     int
	out, err string
}

// stetIn runs the program with the input.
func stetIn(t *testing.T, in string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(in), &out, &errs)
	return result{code, out.String(), errs.String()}
}

// ok runs a command that must succeed and returns what it printed.
func ok(t *testing.T, in string, args ...string) string {
	t.Helper()
	r := stetIn(t, in, args...)
	if r.code != 0 {
		t.Errorf("stet %s: exit %d: %s", strings.Join(args, " "), r.code, r.err)
	}
	return r.out
}

// refused runs a command that must fail with a sentence that has the words.
func refused(t *testing.T, code int, words string, in string, args ...string) {
	t.Helper()
	r := stetIn(t, in, args...)
	if r.code != code || !strings.Contains(r.err, words) || !strings.HasPrefix(r.err, "stet: ") {
		t.Errorf("stet %s: exit %d, %q; want %d, %q", strings.Join(args, " "), r.code, r.err, code, words)
	}
	if strings.Contains(r.err, "goroutine") || strings.Contains(r.err, "SQLITE") {
		t.Errorf("stet %s says what is not for an operator: %q", strings.Join(args, " "), r.err)
	}
}

const magazineJSON = `{"name": "The Sound", "language": "en", "timeZone": "Europe/Oslo"}`

// folder is a data folder with a named magazine.
func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	ok(t, magazineJSON, "settings", "set", "magazine", "--data", dir)
	return dir
}

// work opens the magazine of a folder as a command does.
func work(t *testing.T, dir string, f func(h *house)) {
	t.Helper()
	var c cli
	c.Shared.Data, c.Shared.LogLevel = dir, "error"
	h, err := open(t.Context(), &c.Shared, streams{strings.NewReader(""), io.Discard, io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	f(h)
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// publish puts a section with one story into the magazine.
func publish(t *testing.T, h *house, headline string) stet.Article {
	t.Helper()
	ctx := t.Context()
	sections, err := h.store.Sections(ctx)
	must(t, err)
	if len(sections) == 0 {
		s := stet.Section{Name: "Rim"}
		must(t, h.room.AddSection(ctx, stet.Operator, &s))
		sections = stet.Sections{s}
	}
	doc, _ := prose.FromMarkdown("Water *stood* high.", prose.Options{})
	a := stet.Article{Content: stet.Content{Headline: headline, Section: stet.Ref{ID: sections[0].PublicID}, Body: doc.JSON()}}
	must(t, h.room.Draft(ctx, stet.Operator, &a))
	_, err = h.room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{})
	must(t, err)
	return a
}

func TestHelp(t *testing.T) {
	t.Parallel()
	help := ok(t, "", "--help")
	for _, want := range []string{"serve", "import", "export", "render", "settings", "user", "doctor", "version", "--data", "--database", "STET_DATA", "./data"} {
		if !strings.Contains(help, want) {
			t.Errorf("--help does not name %s", want)
		}
	}
	for _, command := range []string{"serve", "export", "export markdown", "settings set", "user add", "doctor", "render"} {
		if got := ok(t, "", append(strings.Fields(command), "--help")...); !strings.Contains(got, "Usage: stet "+command) {
			t.Errorf("%s --help: %s", command, got)
		}
	}
	if got := ok(t, "", "serve", "--help"); !strings.Contains(got, "127.0.0.1:8080") || !strings.Contains(got, "--demo") {
		t.Errorf("serve --help: %s", got)
	}
	a, b := ok(t, "", "version"), ok(t, "", "--version")
	if a != b || !strings.HasPrefix(a, "stet ") {
		t.Errorf("version %q, --version %q", a, b)
	}
}

func TestWrongCommandLines(t *testing.T) {
	t.Parallel()
	for words, args := range map[string]string{
		"unknown flag --dta":  "serve --dta x",
		"unexpected argument": "publish",
		"expected":            "",
		"--log-level":         "doctor --log-level loud",
		"is not a time":       "doctor --clock yesterday",
		"missing flags":       "user add a@b.example",
		"expected \"<name>\"": "settings set",
		"expected \"<dir>\"":  "export markdown",
		"--cache-mb":          "serve --cache-mb many",
		"no such file":        "doctor --config /no/such/file.yaml",
	} {
		refused(t, 2, words, "", strings.Fields(args)...)
	}
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o750))
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestSettingsFile(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	file := filepath.Join(t.TempDir(), "stet.yaml")
	write(t, file, "data: "+dir+"\nlog_level: error\nurl:\nclock: 2030-01-02T03:04:05Z\ntrusted-proxies: [10.0.0.0/8, 127.0.0.1]\ndemo: false\ncache-mb: 8\n")
	if got := ok(t, "", "settings", "get", "magazine", "--config", file); !strings.Contains(got, "The Sound") {
		t.Errorf("the folder of the file was not used: %s", got)
	}
	for text, words := range map[string]string{
		"dta: x\n": `"dta", which is no setting`, "data: [\n": "cannot be read", "- a\n": "cannot be read", "log-level: loud\n": "log-level", "clock: soon\n": "is not a time",
	} {
		write(t, file, text)
		refused(t, 2, words, "", "doctor", "--config", file)
	}
	write(t, file, "") // an empty file sets nothing
	ok(t, "", "user", "--config", file, "--data", dir)
}

// Flags win over the environment, the environment over the file, the file
// over the defaults.
func TestPrecedence(t *testing.T) {
	base := t.TempDir()
	t.Chdir(base)
	for _, name := range []string{"flag", "env", "file", "data"} {
		ok(t, fmt.Sprintf(`{"name": "of the %s", "language": "en", "timeZone": "UTC"}`, name), "settings", "set", "magazine", "--data", filepath.Join(base, name))
	}
	file := write(t, filepath.Join(base, "stet.yaml"), "data: "+filepath.Join(base, "file")+"\n")
	name := func(args ...string) string {
		t.Helper()
		var m stet.Magazine
		must(t, json.Unmarshal([]byte(ok(t, "", append([]string{"settings", "get", "magazine"}, args...)...)), &m))
		return strings.TrimPrefix(m.Name, "of the ")
	}
	got := map[string]string{"nothing": name(), "file": name("--config", file)}
	t.Setenv("STET_DATA", filepath.Join(base, "env"))
	got["env"], got["env and file"], got["all"] = name(), name("--config", file), name("--config", file, "--data", filepath.Join(base, "flag"))
	t.Setenv("STET_CONFIG", file)
	os.Unsetenv("STET_DATA")
	got["file by env"] = name()
	want := map[string]string{"nothing": "data", "file": "file", "env": "env", "env and file": "env", "all": "flag", "file by env": "file"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOneProcessOnly(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	work(t, dir, func(*house) {
		refused(t, 1, fmt.Sprintf("another stet (process %d) is using this data folder", os.Getpid()), "", "doctor", "--data", dir)
	})
	ok(t, "", "user", "--data", dir) // and free again
}

func TestUsers(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	in := func(input string, args ...string) string {
		t.Helper()
		return ok(t, input, append([]string{"user", "--data", dir}, args...)...)
	}
	if r := stetIn(t, "", "user", "--data", dir); r.code != 0 || !strings.Contains(r.err, "stet user add") {
		t.Errorf("an empty list teaches nothing: %+v", r)
	}
	if got := in("correct horse\n", "add", "ana@example.org", "--name", "Ana", "--role", "owner"); got != "Added ana@example.org as owner.\n" {
		t.Errorf("%q", got)
	}
	in("", "add", "bo@example.org", "--name", "Bo")
	in("", "role", "BO@example.org", "editor")
	in("", "disable", "bo@example.org")
	list := in("", "list")
	for _, want := range []string{`ana@example\.org +Ana +owner +active`, `bo@example\.org +Bo +editor +disabled`} {
		if !regexp.MustCompile(want).MatchString(list) {
			t.Errorf("the list is\n%s", list)
		}
	}
	if strings.Contains(list, "argon2") {
		t.Error("the list shows passwords")
	}
	in("", "enable", "bo@example.org")
	if !regexp.MustCompile(`Bo +editor +no password`).MatchString(in("", "list")) {
		t.Error("enable")
	}
	in("another horse\r\n", "password", "bo@example.org")
	work(t, dir, func(h *house) {
		a, err := h.store.StaffByEmail(t.Context(), "bo@example.org")
		must(t, err)
		if !newsroom.CheckPassword(a, "another horse") {
			t.Error("the password is not the one that was typed")
		}
	})
	for words, args := range map[string][]string{
		"there is an account for ana@example.org": {"add", "ana@example.org", "--name", "x"},
		"is not an e-mail address":                {"add", "ana", "--name", "x"},
		"is no role":                              {"add", "x@example.org", "--name", "x", "--role", "king"},
		"no account for nobody@example.org":       {"role", "nobody@example.org", "editor"},
		"last owner":                              {"disable", "ana@example.org"},
		"10 to 1000 characters":                   {"password", "ana@example.org"},
	} {
		refused(t, 1, words, "short\n"[:6*b2i(words == "10 to 1000 characters")], append([]string{"user", "--data", dir}, args...)...)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestSettings(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	var m stet.Magazine
	must(t, json.Unmarshal([]byte(ok(t, "", "settings", "get", "magazine", "--data", dir)), &m))
	if m.Name != "The Sound" {
		t.Errorf("%+v", m)
	}
	file := write(t, filepath.Join(t.TempDir(), "front.json"), `{"blocks": [{"type": "lead"}]}`)
	ok(t, "", "settings", "set", "front", file, "--data", dir)
	var all map[string]any
	must(t, json.Unmarshal([]byte(ok(t, "", "settings", "get", "--data", dir)), &all))
	if len(all) != 3 { // the checklist is printed before it was set
		t.Errorf("%v", all)
	}
	var list stet.Checklist
	ok(t, `[{"check": "genre", "level": "required"}]`, "settings", "set", "checklist", "--data", dir)
	must(t, json.Unmarshal([]byte(ok(t, "", "settings", "get", "checklist", "--data", dir)), &list))
	if diff := cmp.Diff((stet.Checklist{{Check: stet.CheckGenre, Level: stet.CheckRequired}}).Complete(), list); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct{ words, name, in string }{
		{"line 2", "magazine", "{\"name\":\n nonsense}"},
		{`unknown field "nmae"`, "magazine", `{"nmae": "x"}`},
		{"after the end", "magazine", magazineJSON + "{}"},
		{"after the end", "magazine", magazineJSON + "}"},
		{"needs a name", "magazine", "{}"},
		{"EOF", "magazine", ""},
		{"time zone", "magazine", `{"name": "x", "language": "en", "timeZone": "Atlantis"}`},
		{"carousel", "front", `{"blocks": [{"type": "carousel"}]}`},
		{"spelling", "checklist", `[{"check": "spelling", "level": "warn"}]`},
		{"there is no setting", "password", "{}"},
	} {
		refused(t, 1, tt.words, tt.in, "settings", "set", tt.name, "--data", dir)
	}
	refused(t, 1, "no such file", "", "settings", "set", "front", "/no/such/file", "--data", dir)
	refused(t, 1, "has not been made", "", "settings", "get", "theme", "--data", dir)
	if got := ok(t, "", "settings", "get", "magazine", "--data", dir); !strings.Contains(got, "The Sound") {
		t.Error("a refused setting was kept")
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	out := ok(t, `{"id": 1, "html": "<p>a<script>x()</script></p>"}`+"\n", "render")
	var line struct{ Out string }
	if err := json.Unmarshal([]byte(out), &line); err != nil || !strings.Contains(line.Out, "<p") || strings.Contains(line.Out, "script") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	work(t, dir, func(h *house) {
		publish(t, h, "Dam holds")
		ctx := t.Context()
		p := stet.Article{Kind: stet.Page, Content: stet.Content{Headline: "About"}}
		must(t, h.room.Draft(ctx, stet.Operator, &p))
		_, err := h.room.Publish(ctx, stet.Operator, p.ID, newsroom.PublishOptions{})
		must(t, err)
		must(t, h.store.AddReader(ctx, &stet.Reader{PublicID: stet.NewID(), Email: `"a,b"@example.org`, Source: "front"}))
	})
	to := filepath.Join(t.TempDir(), "out")
	if got := ok(t, "", "export", "markdown", to, "--data", dir); got != `{"stories":1,"pages":1,"pictures":0,"texts":0}`+"\n" {
		t.Errorf("%s", got)
	}
	b, err := os.ReadFile(filepath.Join(to, "rim", "dam-holds.md"))
	must(t, err)
	for _, want := range []string{"---\nid: ", "title: Dam holds\n", "path: /rim/dam-holds\n", "version: 1\n", "section: Rim\n", "\n---\n\nWater *stood* high.\n"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the story has no %q:\n%s", want, b)
		}
	}
	if _, err := os.Stat(filepath.Join(to, "about.md")); err != nil {
		t.Error(err)
	}
	refused(t, 1, "is not empty", "", "export", "markdown", to, "--data", dir)

	csv := ok(t, "", "export", "readers", "--data", dir)
	if !strings.HasPrefix(csv, "email,signed_up_at,confirmed_at,source\n\"\"\"a,b\"\"@example.org\",20") {
		t.Errorf("%s", csv)
	}
	file := filepath.Join(t.TempDir(), "readers.csv")
	ok(t, "", "export", "readers", file, "--data", dir)
	st, err := os.Stat(file)
	must(t, err)
	if st.Mode().Perm() != 0o600 {
		t.Errorf("everybody may read the readers: %v", st.Mode())
	}
	refused(t, 1, "exists", "", "export", "readers", file, "--data", dir)
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	var a stet.Article
	work(t, dir, func(h *house) { a = publish(t, h, "Dam holds") })
	if got := ok(t, "", "doctor", "--data", dir); !strings.Contains(got, "sqlite: 1 stories and 0 pages are published.\nNothing is wrong.\n") {
		t.Errorf("%s", got)
	}
	work(t, dir, func(h *house) {
		_, err := h.store.DropLive(t.Context(), a.ID)
		must(t, err)
	})
	r := stetIn(t, "", "doctor", "--data", dir)
	if r.code != 1 || !strings.Contains(r.out, "✗ \"Dam holds\" is published but") || !strings.Contains(r.out, "stet doctor --fix") {
		t.Errorf("%+v", r)
	}
	if got := ok(t, "", "doctor", "--fix", "--data", dir); !strings.Contains(got, "✓ mended:") {
		t.Errorf("%s", got)
	}
	ok(t, "", "doctor", "--data", dir)

	// The owner's theme, a setting that was written by hand, a job given up.
	write(t, filepath.Join(dir, "theme", "templates", "listing.html"), "{{define \"main\"}}{{.Nonsense}}{{end}}")
	work(t, dir, func(h *house) {
		_, err := h.store.Conn().ExecContext(t.Context(), `INSERT INTO job (kind, args, state, run_at, max_attempts, last_error, created_at, finished_at) VALUES ('renditions', '{}', 'dead', 1, 1, 'no picture', 1, 1)`)
		must(t, err)
	})
	r = stetIn(t, "", "doctor", "--data", dir)
	if r.code != 1 || !strings.Contains(r.out, "listing.html") || !strings.Contains(r.out, "no picture") {
		t.Errorf("%+v", r)
	}
	must(t, os.RemoveAll(filepath.Join(dir, "theme")))
	work(t, dir, func(h *house) {
		must(t, h.store.SetSetting(t.Context(), "magazine", stet.Magazine{Name: "x", Language: "en", TimeZone: "Atlantis", Tokens: map[string]string{"nonsense": "x"}}))
	})
	if r = stetIn(t, "", "doctor", "--data", dir); r.code != 1 || !strings.Contains(r.out, "Atlantis") || !strings.Contains(r.out, "tokens") {
		t.Errorf("%+v", r)
	}
	if r := stetIn(t, "", "doctor", "--data", filepath.Join(t.TempDir(), "new")); r.code != 1 || !strings.Contains(r.out, "no name yet") {
		t.Errorf("a new folder: %+v", r)
	}

	// The database file itself.
	file := filepath.Join(dir, "stet.db")
	b, err := os.ReadFile(file)
	must(t, err)
	copy(b[4096*3:], bytes.Repeat([]byte("damaged!"), 4096))
	must(t, os.WriteFile(file, b, 0o600))
	if r := stetIn(t, "", "doctor", "--data", dir); r.code != 1 {
		t.Errorf("a damaged database: %+v", r)
	}
	must(t, os.WriteFile(file, []byte("this was a database once, and now it is a text of some length"), 0o600))
	if r := stetIn(t, "", "doctor", "--data", dir); r.code != 1 || r.err == "" {
		t.Errorf("no database: %+v", r)
	}
}

// server is a running stet serve.
type server struct {
	base string
	stop context.CancelFunc
	done chan int

	mu  sync.Mutex
	log bytes.Buffer
}

func (s *server) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

func (s *server) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// serving starts stet serve and waits until it answers.
func serving(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{done: make(chan int, 1)}
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	go func() {
		s.done <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), strings.NewReader(""), io.Discard, s)
	}()
	t.Cleanup(func() { stop(); s.done <- <-s.done })
	found := regexp.MustCompile(`Stet serves the magazine at (https?://\S+)`)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if m := found.FindStringSubmatch(s.said()); m != nil {
			s.base = m[1]
			return s
		}
		select {
		case code := <-s.done:
			s.done <- code
			t.Fatalf("it ended with %d: %s", code, s.said())
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("it does not serve: %s", s.said())
		}
	}
}

func (s *server) get(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := http.Get(s.base + path)
	must(t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	must(t, err)
	return res.StatusCode, string(b)
}

// end stops it as SIGTERM does and returns its exit code.
func (s *server) end(t *testing.T) int {
	t.Helper()
	s.stop()
	select {
	case code := <-s.done:
		s.done <- code
		return code
	case <-time.After(30 * time.Second):
		t.Fatal("it does not stop")
		return -1
	}
}

func TestServe(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	work(t, dir, func(h *house) { publish(t, h, "Dam holds") })
	s := serving(t, "--data", dir)
	for path, want := range map[string]string{"/": "Dam holds", "/rim/dam-holds": "<em>stood</em>", "/health": "ok"} {
		if code, body := s.get(t, path); code != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.200s", path, code, body)
		}
	}
	refused(t, 1, "another stet", "", "user", "--data", dir)
	other := folder(t)
	refused(t, 1, "cannot listen on "+strings.Replace(strings.TrimPrefix(s.base, "http://"), "localhost", "127.0.0.1", 1), "", "serve", "--data", other, "--addr", strings.Replace(strings.TrimPrefix(s.base, "http://"), "localhost", "127.0.0.1", 1))

	// A request that is under way when the end comes is answered.
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	must(t, err)
	defer conn.Close()
	fmt.Fprintf(conn, "POST /newsletter HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 23\r\n\r\nemail=ana")
	time.Sleep(100 * time.Millisecond)
	s.stop()
	time.Sleep(100 * time.Millisecond)
	select {
	case code := <-s.done:
		t.Fatalf("it ended with %d while a request was under way", code)
	default:
	}
	fmt.Fprint(conn, "%40example.org")
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 200") {
		t.Errorf("the request under way: %v %.100s", err, answer)
	}
	if code := s.end(t); code != 0 {
		t.Errorf("exit %d: %s", code, s.said())
	}
	if _, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://")); err == nil {
		t.Error("it still listens")
	}
	if got := ok(t, "", "export", "readers", "--data", dir); !strings.Contains(got, "ana@example.org") {
		t.Error("the sign-up that was answered is lost")
	}
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for words, args := range map[string][]string{
		"neither an address nor a network": {"--trusted-proxies", "nonsense"},
		"theme folder":                     {"--theme", filepath.Join(dir, "none")},
		"cannot listen":                    {"--addr", "nonsense"},
		"holds a magazine already":         {"--demo"},
		"data folder cannot be made":       {"--data", write(t, filepath.Join(t.TempDir(), "file"), "x")},
		"database address":                 {"--database", "postgres://%zz"},
	} {
		refused(t, 1, words, "", append([]string{"serve", "--addr", "127.0.0.1:0", "--data", dir}, args...)...)
	}
	// A theme that does not fit: the file is named, and the folder is free again.
	write(t, filepath.Join(dir, "theme", "templates", "front.html"), "{{define \"main\"}}{{.Nonsense}}{{end}}")
	refused(t, 1, "front.html", "", "serve", "--addr", "127.0.0.1:0", "--data", dir)
	must(t, os.RemoveAll(filepath.Join(dir, "theme")))
}

// The public address is what pages name, whatever the program listens on.
func TestServeURL(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	addr := l.Addr().String()
	must(t, l.Close())
	s := serving(t, "--data", dir, "--url", "https://sound.example/", "--cache-mb", "0", "--addr", addr)
	s.base = "http://" + addr
	if _, body := s.get(t, "/robots.txt"); !strings.Contains(body, "https://sound.example/sitemap.xml") {
		t.Errorf("%s", body)
	}
	// The proxy on this machine says how the reader came.
	for proto, want := range map[string]bool{"https": true, "http": false} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.base+"/", nil)
		must(t, err)
		r.Header.Set("X-Forwarded-Proto", proto)
		res, err := http.DefaultClient.Do(r)
		must(t, err)
		res.Body.Close()
		if got := res.Header.Get("Strict-Transport-Security") != ""; got != want {
			t.Errorf("by %s: HSTS %v", proto, got)
		}
	}
}

// The clock stands where it is told, and scheduled stories come out by it.
func TestClock(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	six := time.Date(2031, 5, 6, 6, 0, 0, 0, time.UTC)
	work(t, dir, func(h *house) {
		a := publish(t, h, "Yesterday")
		b := stet.Article{Content: stet.Content{Headline: "Tomorrow", Section: h.mustArticle(t, a.ID).Content.Section}}
		must(t, h.room.Draft(t.Context(), stet.Operator, &b))
		must(t, h.room.Schedule(t.Context(), stet.Operator, b.ID, six))
	})
	s := serving(t, "--data", dir, "--clock", "2031-05-06T05:00:00Z")
	if code, _ := s.get(t, "/rim/tomorrow"); code != 404 {
		t.Errorf("before the hour: %d", code)
	}
	s.end(t)
	s = serving(t, "--data", dir, "--clock", "2031-05-06T05:59:59Z")
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if code, _ := s.get(t, "/rim/tomorrow"); code == 200 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the story did not come out: %s", s.said())
		}
	}
	s.end(t)
	s = serving(t, "--data", dir, "--clock", "2031-05-07T00:00:00Z") // long after
	if code, _ := s.get(t, "/rim/tomorrow"); code != 200 {
		t.Errorf("after the hour: %d", code)
	}
}

func (h *house) mustArticle(t *testing.T, id int64) stet.Article {
	t.Helper()
	a, err := h.store.Article(t.Context(), id)
	must(t, err)
	return a
}

func TestServePostgres(t *testing.T) {
	t.Parallel()
	url := stettest.Postgres(t)
	dir := filepath.Join(t.TempDir(), "data")
	ok(t, magazineJSON, "settings", "set", "magazine", "--data", dir, "--database", url)
	a := serving(t, "--data", dir, "--database", url)
	b := serving(t, "--data", dir, "--database", url) // a second node on the same folder
	if code, body := b.get(t, "/"); code != 200 || !strings.Contains(body, "The Sound") {
		t.Errorf("%d", code)
	}
	// A command beside them, and what it changes, is seen by both.
	ok(t, strings.Replace(magazineJSON, "The Sound", "The Strait", 1), "settings", "set", "magazine", "--data", dir, "--database", url)
	for _, s := range []*server{a, b} {
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			if _, body := s.get(t, "/"); strings.Contains(body, "The Strait") {
				break
			}
			if time.Now().After(deadline) {
				t.Fatal("a node did not hear of the change")
			}
		}
	}
	if a.end(t) != 0 || b.end(t) != 0 {
		t.Errorf("%s\n%s", a.said(), b.said())
	}
	if _, err := os.Stat(filepath.Join(dir, "stet.db")); err == nil {
		t.Error("there is an SQLite file beside PostgreSQL")
	}
}

// The desk's app has its types from the document; both must be what the
// program says now.
func TestOpenAPIDocument(t *testing.T) {
	var out bytes.Buffer
	if code := run(t.Context(), []string{"openapi"}, nil, &out, io.Discard); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	kept, err := os.ReadFile("../../ui/src/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(kept), out.String()); diff != "" {
		t.Errorf("ui/src/api/openapi.json is not what 'stet openapi' prints; run it again, then 'npm run types' in ui:\n%s", diff)
	}
}
