// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/config"
	"stet/internal/prose"
	"stet/internal/stettest"
)

// crashArgs makes a process of the test binary the program itself, with these
// arguments; crashKills is how often TestCrash kills it.
const crashArgs, crashKills = "STET_TEST_ARGS", "STET_CRASH_KILLS"

func TestMain(m *testing.M) {
	if args := os.Getenv(crashArgs); args != "" {
		os.Args = append([]string{"stet"}, strings.Split(args, "\n")...)
		main()
	}
	os.Exit(m.Run())
}

// TestCrash kills "stet serve" with SIGKILL at random moments while somebody at
// the desk writes, changes fields, publishes and schedules, all over the API that
// the desk uses, and now and then while it starts. After each time every story
// is whole, no version is half made, what was acknowledged is there and whoever
// was signed in still is.
//
// It kills sixteen times on each engine, STET_CRASH_KILLS times when that is set.
func TestCrash(t *testing.T) {
	t.Parallel()
	kills := 16
	if testing.Short() {
		kills = 5
	}
	if n, err := strconv.Atoi(os.Getenv(crashKills)); err == nil {
		kills = n
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			m := newMortal(t, engine == "postgres")
			for n := 0; n < kills || !m.busy() && n < 3*kills; n++ {
				m.live(t, n%8 == 7)
				m.look(t)
				if t.Failed() {
					return
				}
			}
			m.settle(t)
			t.Logf("killed %d times, %d of them while it started; acknowledged %v", m.lives, m.unborn, m.acks)
			if !m.busy() {
				t.Error("not everything was at work when it was killed")
			}
		})
	}
}

// mortal is a magazine whose program is killed, and somebody at its desk.
type mortal struct {
	dir, url      string
	client        *http.Client // keeps the session over all lives
	base          string       // of the present life
	story         string       // public id of the story that is worked on
	section       string
	lives, unborn int

	mu        sync.Mutex
	acks      map[string]int   // how many of each kind were acknowledged
	scheduled map[string]int64 // stories of which the schedule was acknowledged
	typing    *typed           // what was sent and not answered
	sequence  int64
}

// typed is a step as the editor sends it, and sends it again, as it was, when it
// does not know what became of it.
type typed struct {
	number int
	body   map[string]any
}

func (m *mortal) busy() bool {
	return m.acks["step"] > 0 && m.acks["field"] > 0 && m.acks["publish"] > 0 && m.acks["schedule"] > 0
}

func (m *mortal) settings() *config.Settings {
	return &config.Settings{Data: m.dir, Database: m.url, LogLevel: "error", LogFormat: "text"}
}

// newMortal founds the magazine by the command line and the desk.
func newMortal(t *testing.T, postgres bool) *mortal {
	t.Helper()
	m := &mortal{dir: t.TempDir(), acks: map[string]int{}, scheduled: map[string]int64{}}
	if postgres {
		m.url = stettest.Postgres(t)
	}
	flags := []string{"--data", m.dir, "--database", m.url}
	ok(t, magazineJSON, append([]string{"settings", "set", "magazine"}, flags...)...)
	ok(t, "through all of it\n", append([]string{"user", "add", "ana@causeway.example", "--name", "Ana", "--role", "owner"}, flags...)...)
	jar, err := cookiejar.New(nil)
	must(t, err)
	m.client = &http.Client{Jar: jar, Timeout: 30 * time.Second}

	p := m.start(t)
	defer p.kill()
	m.base = p.base(t)
	var made struct{ ID string }
	do := func(method, path string, in any) {
		t.Helper()
		must(t, m.ask(method, path, in, &made))
	}
	do("POST", "/api/session", map[string]string{"email": "ana@causeway.example", "password": "through all of it"})
	do("POST", "/api/sections", map[string]string{"name": "Europe"})
	m.section = made.ID
	do("POST", "/api/articles", map[string]string{"headline": "Through all of it"})
	m.story = made.ID
	do("PATCH", "/api/articles/"+m.story, map[string]any{
		"was": map[string]any{}, "set": map[string]any{"section": stet.Ref{ID: m.section, Name: "Europe"}, "dek": "0"}})
	return m
}

// process is "stet serve", running.
type process struct {
	cmd     *exec.Cmd
	serving chan string // its address, closed when it ends without
	said    *bytes.Buffer
	ended   chan struct{}
}

func (m *mortal) start(t *testing.T) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0]), serving: make(chan string, 1), said: &bytes.Buffer{}, ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), crashArgs+"="+strings.Join([]string{"serve", "--addr", "127.0.0.1:0", "--data", m.dir, "--database", m.url, "--log-level", "warn"}, "\n"))
	said, err := p.cmd.StderrPipe()
	must(t, err)
	must(t, p.cmd.Start())
	go func() {
		defer close(p.ended)
		defer close(p.serving)
		for lines := bufio.NewScanner(said); lines.Scan(); {
			fmt.Fprintln(p.said, lines.Text())
			if base, found := strings.CutPrefix(lines.Text(), "Stet serves the magazine at "); found {
				p.serving <- base
			}
		}
	}()
	return p
}

// base waits until the program serves.
func (p *process) base(t *testing.T) string {
	t.Helper()
	base, found := <-p.serving
	if !found {
		t.Fatalf("the program does not start: %s", p.said)
	}
	return base
}

// kill is SIGKILL, and waits until nothing is left of the process.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.ended
	p.cmd.Wait()
}

// live starts the program, works at its desk and kills it, as it starts or a
// while after something was acknowledged for the first time.
func (m *mortal) live(t *testing.T, young bool) {
	t.Helper()
	m.lives++
	p := m.start(t)
	defer p.kill()
	if young {
		m.unborn++
		time.Sleep(time.Duration(rand.Int64N(int64(250 * time.Millisecond))))
		return
	}
	m.base = p.base(t)
	acknowledged := make(chan struct{}, 1000)
	var work sync.WaitGroup
	for _, act := range []func(ack func(kind string)) error{m.saveSteps, m.saveFields, m.publishAgain, m.scheduleNew} {
		work.Go(func() {
			err := act(func(kind string) {
				m.mu.Lock()
				m.acks[kind]++
				m.mu.Unlock()
				select {
				case acknowledged <- struct{}{}:
				default:
				}
			})
			var refused *refusal
			if errors.As(err, &refused) {
				t.Error(err)
			}
		})
	}
	select {
	case <-acknowledged:
		time.Sleep(time.Duration(rand.Int64N(int64(300 * time.Millisecond))))
	case <-time.After(30 * time.Second):
		t.Errorf("nothing was acknowledged: %s", p.said)
	}
	p.kill()
	work.Wait()
}

// refusal is an answer that nobody has a use for.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return r.text }

// ask sends a request to the API. An error that is no refusal is the end of the
// process.
func (m *mortal) ask(method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(method, m.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := m.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode > 299 {
		return &refusal{res.StatusCode, fmt.Sprintf("%s %s: %s %s", method, path, res.Status, answer)}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}

func (m *mortal) acked(kind string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.acks[kind]
}

// found notes how far the magazine has come itself: what was asked for in an
// earlier life and never acknowledged may have come through.
func (m *mortal) found(kind string, n int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n < m.acks[kind] {
		return &refusal{text: fmt.Sprintf("%s %d was acknowledged, and the program knows of %d", kind, m.acks[kind], n)}
	}
	m.acks[kind] = n
	return nil
}

func conflicts(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.status == http.StatusConflict
}

// saveSteps types numbers at the beginning of the text, the next one each time.
// What was sent and not answered in an earlier life is sent again as it was.
func (m *mortal) saveSteps(ack func(string)) error {
	at := "/api/articles/" + m.story
	for {
		if m.typing == nil {
			var c struct{ Version int64 }
			if err := m.ask("GET", at+"/copy", nil, &c); err != nil {
				return err
			}
			m.sequence++
			n := m.acked("step") + 1
			step := fmt.Sprintf(`{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"[%d]"}]}}`, n)
			m.typing = &typed{n, map[string]any{"client": "crash", "version": c.Version, "sequence": m.sequence, "steps": []json.RawMessage{json.RawMessage(step)}}}
		}
		err := m.ask("POST", at+"/steps", m.typing.body, nil)
		if conflicts(err) {
			// It was not applied, or it would have been answered again.
			m.typing, m.sequence = nil, m.sequence-1
			continue
		}
		if err != nil {
			return err
		}
		m.typing = nil
		ack("step")
	}
}

// saveFields counts up the dek.
func (m *mortal) saveFields(ack func(string)) error {
	at := "/api/articles/" + m.story
	for {
		var c struct{ Fields struct{ Dek string } }
		if err := m.ask("GET", at+"/copy", nil, &c); err != nil {
			return err
		}
		n, err := strconv.Atoi(c.Fields.Dek)
		if err != nil {
			return &refusal{text: fmt.Sprintf("the dek is %q", c.Fields.Dek)}
		}
		if err := m.found("field", n); err != nil {
			return err
		}
		err = m.ask("PATCH", at, map[string]any{"was": map[string]any{"dek": strconv.Itoa(n)}, "set": map[string]any{"dek": strconv.Itoa(n + 1)}}, nil)
		if conflicts(err) {
			continue
		}
		if err != nil {
			return err
		}
		ack("field")
	}
}

// publishAgain makes one version after the other, and looks whether readers
// have them.
func (m *mortal) publishAgain(ack func(string)) error {
	at := "/api/articles/" + m.story
	for {
		var versions struct{ Items []struct{ Number int } }
		if err := m.ask("GET", at+"/versions", nil, &versions); err != nil {
			return err
		}
		if err := m.found("publish", len(versions.Items)); err != nil {
			return err
		}
		var a struct{ Path string }
		err := m.ask("POST", at+"/publish", map[string]any{"note": "Again"}, &a)
		if conflicts(err) {
			continue
		}
		if err != nil {
			return err
		}
		ack("publish")
		if err := m.ask("GET", a.Path, nil, nil); err != nil {
			return err
		}
	}
}

// scheduleNew puts one new story after the other on the schedule.
func (m *mortal) scheduleNew(ack func(string)) error {
	for {
		var a struct{ ID string }
		if err := m.ask("POST", "/api/articles", map[string]string{"headline": "Soon " + stet.NewID()}, &a); err != nil {
			return err
		}
		if err := m.ask("PATCH", "/api/articles/"+a.ID, map[string]any{"was": map[string]any{}, "set": map[string]any{"section": stet.Ref{ID: m.section, Name: "Europe"}}}, nil); err != nil {
			return err
		}
		if err := m.ask("POST", "/api/articles/"+a.ID+"/schedule", map[string]any{"at": time.Now().Add(2 * time.Second)}, nil); err != nil {
			return err
		}
		m.mu.Lock()
		m.scheduled[a.ID] = 0
		m.mu.Unlock()
		ack("schedule")
	}
}

// look opens the magazine that a killed program has left and looks for anything
// half made and for everything that was acknowledged.
func (m *mortal) look(t *testing.T) {
	t.Helper()
	m.quiet(t)
	h, err := open(t.Context(), m.settings(), streams{err: io.Discard})
	must(t, err)
	defer h.close()
	for _, fault := range whole(t.Context(), h) {
		t.Errorf("after %d lives: %s", m.lives, fault)
	}
	a, err := h.store.ArticleByPublicID(t.Context(), m.story)
	must(t, err)
	doc, err := prose.Parse(bodyOr(a.Content.Body))
	must(t, err)
	text := doc.Text()
	for n := 1; n <= m.acks["step"]; n++ {
		if c := strings.Count(text, fmt.Sprintf("[%d]", n)); c != 1 {
			t.Fatalf("step %d of %d was acknowledged and stands %d times in the text", n, m.acks["step"], c)
		}
	}
	if dek, err := strconv.Atoi(a.Content.Dek); err != nil || dek < m.acks["field"] {
		t.Errorf("field %d was acknowledged, and it is %q", m.acks["field"], a.Content.Dek)
	}
	if n, err := h.store.LastVersion(t.Context(), a.ID); err != nil || n < m.acks["publish"] {
		t.Errorf("version %d was acknowledged, the last one is %d, %v", m.acks["publish"], n, err)
	}
	for id := range m.scheduled {
		s, err := h.store.ArticleByPublicID(t.Context(), id)
		must(t, err)
		if s.Status != stet.Scheduled && s.Status != stet.Published {
			t.Errorf("the schedule of story %s was acknowledged, and it is %s", id, s.Status)
		}
	}
}

// quiet waits until PostgreSQL has seen that whoever was killed is gone: until
// then it may still finish what they had asked for.
func (m *mortal) quiet(t *testing.T) {
	t.Helper()
	if m.url == "" {
		return
	}
	db, err := sql.Open("pgx", m.url)
	must(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		var n int
		must(t, db.QueryRow("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").Scan(&n))
		if n == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d connections of the killed program are still there", n)
		}
	}
}

// settle starts the program a last time and waits until every story is public
// whose schedule was acknowledged.
func (m *mortal) settle(t *testing.T) {
	t.Helper()
	p := m.start(t)
	defer p.kill()
	m.base = p.base(t)
	waiting := maps.Clone(m.scheduled)
	for end := time.Now().Add(30 * time.Second); len(waiting) > 0; time.Sleep(50 * time.Millisecond) {
		for id := range waiting {
			var a struct {
				Status stet.Status
				Path   string
			}
			must(t, m.ask("GET", "/api/articles/"+id, nil, &a))
			if a.Status != stet.Published {
				continue
			}
			must(t, m.ask("GET", a.Path, nil, nil)) // readers have it
			delete(waiting, id)
		}
		if time.Now().After(end) {
			t.Fatalf("never published, though on the schedule: %v", slices.Collect(maps.Keys(waiting)))
		}
	}
}

func bodyOr(body []byte) []byte {
	if len(body) == 0 {
		return []byte(`{"type":"doc"}`)
	}
	return body
}

// whole looks through the magazine for anything that is half made.
func whole(ctx context.Context, h *house) (faults []string) {
	all, err := h.store.ArticlesAfter(ctx, 0, 10_000)
	if err != nil {
		return []string{err.Error()}
	}
	for _, a := range all {
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Sprintf("story %d: ", a.ID)+fmt.Sprintf(format, args...))
		}
		if len(a.Content.Body) > 0 {
			if _, err := prose.Parse(a.Content.Body); err != nil {
				fault("%v", err)
			}
		}
		if c, err := h.store.BodyState(ctx, a.ID); err == nil && c.Digest != stet.DigestBody(a.Content.Body) {
			fault("its body is not where its steps lead")
		}
		versions, err := h.store.Versions(ctx, a.ID)
		if err != nil {
			fault("%v", err)
		}
		last := int64(0)
		for i, v := range versions {
			sum := sha256.Sum256(v.Document)
			if _, err := v.Open(); err != nil || v.Number != i+1 || v.Hash != hex.EncodeToString(sum[:]) {
				fault("version %d is not whole: %v", v.Number, err)
			}
			last = v.ID
		}
		if a.VersionID != last || (a.Status == stet.Published) != (last != 0) {
			fault("it is %s at version %d, and the last one is %d", a.Status, a.VersionID, last)
		}
		if _, err := h.store.Live(ctx, a.ID); (err == nil) != (a.Status == stet.Published) {
			fault("it is %s and what readers see is another thing: %v", a.Status, err)
		}
	}
	return faults
}
