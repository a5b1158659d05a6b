// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/config"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/stettest"
)

// crashData and crashURL tell a child process which magazine is its own.
const crashData, crashURL = "STET_TEST_CRASH_DATA", "STET_TEST_CRASH_URL"

// TestCrash kills the newsroom with SIGKILL a hundred times at random moments
// while it saves steps and fields, publishes and schedules. Whatever it said
// was done is there afterwards, every story is whole, and no version is half
// made.
func TestCrash(t *testing.T) {
	if dir := os.Getenv(crashData); dir != "" {
		crashChild(t, dir)
		return
	}
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			kills, url := 100, ""
			if engine == "postgres" {
				kills, url = 30, stettest.Postgres(t)
			}
			if testing.Short() {
				kills /= 5
			}
			m := &mortal{dir: t.TempDir(), url: url, acks: map[string]int64{}}
			m.live(t, 0) // makes the magazine
			for range kills {
				m.live(t, time.Duration(rand.Int64N(int64(150*time.Millisecond))))
			}
			m.check(t)
			t.Logf("killed %d times; acknowledged %v", kills, m.acks)
			// A few kills may all come before the first word of one kind.
			if kills < 20 {
				return
			}
			if m.acks["step"] == 0 || m.acks["field"] == 0 || m.acks["publish"] == 0 || m.acks["schedule"] == 0 {
				t.Error("not everything was at work when it was killed")
			}
		})
	}
}

// mortal is a newsroom that lives in a process of its own.
type mortal struct {
	dir, url string
	acks     map[string]int64 // the highest number of each kind that was acknowledged
}

func (m *mortal) settings() *config.Settings {
	return &config.Settings{Data: m.dir, Database: m.url, LogLevel: "error", LogFormat: "text"}
}

// live starts the process, waits until it is at work, kills it a while later,
// and notes what it had acknowledged.
func (m *mortal) live(t *testing.T, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestCrash$")
	cmd.Env = append(os.Environ(), crashData+"="+m.dir, crashURL+"="+m.url)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	working := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if fault, ok := strings.CutPrefix(line, "fault "); ok {
			t.Errorf("after a start: %s", fault)
		}
		if line == "working" {
			working = true
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
		var kind string
		var n int64
		if _, err := fmt.Sscanf(line, "ack %s %d.", &kind, &n); err == nil {
			m.acks[kind] = max(m.acks[kind], n)
		}
	}
	cmd.Wait()
	if !working {
		t.Fatalf("the process did not come to work: %s", errs.String())
	}
}

// check opens the magazine and looks for everything that was acknowledged.
func (m *mortal) check(t *testing.T) {
	t.Helper()
	h, err := open(t.Context(), m.settings(), streams{err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	time.Sleep(400 * time.Millisecond) // until the last schedule is due
	if err := h.room.PublishAllDue(t.Context(), h.now()); err != nil {
		t.Fatal(err)
	}
	for _, fault := range whole(t.Context(), h) {
		t.Error(fault)
	}
	all, err := h.store.ArticlesAfter(t.Context(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	a := all[0]
	doc, err := prose.Parse(bodyOr(a.Content.Body))
	if err != nil {
		t.Fatal(err)
	}
	text := doc.Text()
	for n := int64(1); n <= m.acks["step"]; n++ {
		if c := strings.Count(text, fmt.Sprintf("[%d]", n)); c != 1 {
			t.Fatalf("step %d of %d was acknowledged and stands %d times in the text", n, m.acks["step"], c)
		}
	}
	var dek int64
	if fmt.Sscan(a.Content.Dek, &dek); dek < m.acks["field"] {
		t.Errorf("field %d was acknowledged, and it is %d", m.acks["field"], dek)
	}
	if n, err := h.store.LastVersion(t.Context(), a.ID); err != nil || int64(n) < m.acks["publish"] {
		t.Errorf("version %d was acknowledged, the last one is %d, %v", m.acks["publish"], n, err)
	}
	for _, s := range all[1:] {
		if s.ID <= m.acks["schedule"] && s.Status != stet.Published && s.Status != stet.Draft {
			t.Errorf("story %d was scheduled and is %s", s.ID, s.Status)
		}
		if s.ID == m.acks["schedule"] && s.Status != stet.Published {
			t.Errorf("story %d was scheduled, which was acknowledged, and is %s", s.ID, s.Status)
		}
	}
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

// crashChild works until it is killed, and says what it has done after it was done.
func crashChild(t *testing.T, dir string) {
	m := &mortal{dir: dir, url: os.Getenv(crashURL)}
	h, err := open(t.Context(), m.settings(), streams{err: os.Stderr})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range whole(t.Context(), h) {
		fmt.Println("fault", fault)
	}
	var out sync.Mutex
	ack := func(kind string, n int64) {
		out.Lock()
		defer out.Unlock()
		fmt.Printf("ack %s %d.\n", kind, n)
	}
	a, err := firstStory(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.room.PublishAllDue(t.Context(), h.now()); err != nil {
		t.Fatal(err)
	}
	go h.queue.Run(t.Context())
	fmt.Println("working")
	for _, act := range []func(context.Context, *house, int64, func(string, int64)) error{saveSteps, saveFields, publishAgain, scheduleNew} {
		go func() {
			for {
				err := act(t.Context(), h, a, ack)
				if stet.ErrorCode(err) != stet.Conflict { // a conflict is told and tried again, as at the desk
					fmt.Println("fault", err)
					return
				}
			}
		}()
	}
	select {} // until SIGKILL
}

func firstStory(ctx context.Context, h *house) (int64, error) {
	all, err := h.store.ArticlesAfter(ctx, 0, 1)
	if err != nil || len(all) > 0 {
		return all[0].ID, err
	}
	if err := h.room.SetMagazine(ctx, stet.Operator, stet.Magazine{Name: "The Causeway", Language: "en", TimeZone: "UTC"}); err != nil {
		return 0, err
	}
	s := stet.Section{Name: "Europe"}
	if err := h.room.AddSection(ctx, stet.Operator, &s); err != nil {
		return 0, err
	}
	a := stet.Article{Content: stet.Content{Headline: "Through all of it", Section: stet.Ref{ID: s.PublicID}, Dek: "0"}}
	return a.ID, errors.Join(h.room.Draft(ctx, stet.Operator, &a), nil)
}

// saveSteps types numbers at the beginning of the text, the next one each time.
func saveSteps(ctx context.Context, h *house, id int64, ack func(string, int64)) error {
	client := "crash-" + stet.NewID()
	for sequence := int64(1); ; sequence++ {
		c, err := h.room.Copy(ctx, id)
		if err != nil {
			return err
		}
		doc, err := prose.Parse(bodyOr(c.Article.Content.Body))
		if err != nil {
			return err
		}
		n := int64(strings.Count(doc.Text(), "[")) + 1
		step := fmt.Sprintf(`{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"[%d]"}]}}`, n)
		if _, err := h.room.SaveSteps(ctx, stet.Operator, id, newsroom.StepsInput{Client: client, Version: c.Version, Sequence: sequence, Steps: []json.RawMessage{json.RawMessage(step)}}); err != nil {
			return err
		}
		ack("step", n)
	}
}

func bodyOr(body []byte) []byte {
	if len(body) == 0 {
		return []byte(`{"type":"doc"}`)
	}
	return body
}

func saveFields(ctx context.Context, h *house, id int64, ack func(string, int64)) error {
	for {
		a, err := h.store.Article(ctx, id)
		if err != nil {
			return err
		}
		var n int64
		if _, err := fmt.Sscan(a.Content.Dek, &n); err != nil {
			return err
		}
		field := func(n int64) newsroom.Fields {
			return newsroom.Fields{"dek": json.RawMessage(fmt.Sprintf(`"%d"`, n))}
		}
		if _, err := h.room.ChangeFields(ctx, stet.Operator, id, field(n), field(n+1)); err != nil {
			return err
		}
		ack("field", n+1)
	}
}

func publishAgain(ctx context.Context, h *house, id int64, ack func(string, int64)) error {
	for {
		v, err := h.room.Publish(ctx, stet.Operator, id, newsroom.PublishOptions{Note: "again"})
		if err != nil {
			return err
		}
		ack("publish", int64(v.Number))
		time.Sleep(5 * time.Millisecond)
	}
}

func scheduleNew(ctx context.Context, h *house, id int64, ack func(string, int64)) error {
	first, err := h.store.Article(ctx, id)
	if err != nil {
		return err
	}
	for {
		a := stet.Article{Content: stet.Content{Headline: "Soon " + stet.NewID(), Section: first.Content.Section}}
		if err := h.room.Draft(ctx, stet.Operator, &a); err != nil {
			return err
		}
		if err := h.room.Schedule(ctx, stet.Operator, a.ID, h.now().Add(300*time.Millisecond)); err != nil {
			return err
		}
		ack("schedule", a.ID)
		time.Sleep(10 * time.Millisecond)
	}
}
