// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"stet/internal/jobs"
)

const crashRole, crashURL = "STET_TEST_JOBS_ROLE", "STET_TEST_JOBS_URL"

// TestCrash kills processes with SIGKILL at random moments while they insert
// and run jobs, on PostgreSQL one of two at a time. Every insertion that was
// acknowledged must run, those that call Complete exactly once.
func TestCrash(t *testing.T) {
	if role := os.Getenv(crashRole); role != "" {
		crashChild(t, role)
		return
	}
	kills := 32
	if testing.Short() {
		kills = 8
	}
	onBoth(t, func(t *testing.T, h *house) {
		nodes := make([]*child, 1)
		if h.postgres {
			nodes = make([]*child, 2)
		}
		acknowledged := map[string]bool{}
		for i := range nodes {
			nodes[i] = startChild(t, h, fmt.Sprint("first", i))
		}
		for i := range kills {
			n := rand.IntN(len(nodes))
			receive(t, "the process is at work", nodes[n].working)
			time.Sleep(time.Duration(rand.Int64N(int64(60 * time.Millisecond))))
			nodes[n].kill(acknowledged)
			nodes[n] = startChild(t, h, fmt.Sprint("round", i))
		}
		for _, node := range nodes {
			node.kill(acknowledged)
		}
		last := startChild(t, h, "finish")
		left := -1
		eventually(t, "every job has ended", func() bool {
			time.Sleep(20 * time.Millisecond)
			err := h.reader.QueryRow("SELECT COUNT(*) FROM job WHERE state IN ('ready', 'running')").Scan(&left)
			return err == nil && left == 0
		})
		last.kill(acknowledged)
		checkTraces(t, h, acknowledged)
	})
}

func checkTraces(t *testing.T, h *house, acknowledged map[string]bool) {
	runs := map[string]int{}
	rows, err := h.reader.Query("SELECT name, COUNT(*) FROM trace GROUP BY name")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			t.Fatal(err)
		}
		runs[name] = n
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	var total, ended, twice int
	if err := h.reader.QueryRow("SELECT COUNT(*), COUNT(CASE WHEN state = 'done' THEN 1 END) FROM job").Scan(&total, &ended); err != nil {
		t.Fatal(err)
	}
	if total != ended || len(acknowledged) == 0 {
		t.Errorf("%d jobs, %d done, %d acknowledged", total, ended, len(acknowledged))
	}
	for name := range acknowledged {
		if runs[name] == 0 {
			t.Errorf("%s was acknowledged and never ran", name)
		}
		if strings.HasPrefix(name, "chain") && runs[name+"/second"] == 0 {
			t.Errorf("%s ran, what it inserted never did", name)
		}
	}
	for name, n := range runs {
		if n > 1 {
			twice++
			if !strings.HasPrefix(name, "plain") {
				t.Errorf("%s took effect %d times", name, n)
			}
		}
	}
	t.Logf("%d jobs, %d acknowledged insertions, %d plain ones ran more than once", total, len(acknowledged), twice)
}

type child struct {
	cmd     *exec.Cmd
	working chan bool // receives once
	names   chan []string
}

func startChild(t *testing.T, h *house, role string) *child {
	t.Helper()
	c := &child{working: make(chan bool, 1), names: make(chan []string, 1)}
	c.cmd = exec.Command(os.Args[0], "-test.run=^TestCrash$")
	c.cmd.Env = append(os.Environ(), crashRole+"="+role, crashURL+"="+h.url)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.cmd.Process.Kill() })
	go func() {
		var names []string
		for lines := bufio.NewScanner(out); lines.Scan(); {
			// A line may have been cut short by the kill.
			if name, ok := strings.CutPrefix(lines.Text(), "ack "); ok && strings.HasSuffix(name, ".") {
				names = append(names, strings.TrimSuffix(name, "."))
				if len(names) == 1 {
					c.working <- true
				}
			}
		}
		c.names <- names
	}()
	return c
}

func (c *child) kill(acknowledged map[string]bool) {
	_ = c.cmd.Process.Kill()
	for _, name := range <-c.names {
		acknowledged[name] = true
	}
	_ = c.cmd.Wait()
}

// crashChild is the process that is killed: it inserts jobs, says so when they
// are committed, and runs them, until it dies. In the role "finish" it only
// runs them.
func crashChild(t *testing.T, role string) {
	address := os.Getenv(crashURL)
	h, err := openHouse(strings.HasPrefix(address, "postgres"), address)
	if err != nil {
		t.Fatal(err)
	}
	q := h.queue(t, jobs.Options{
		Workers: 4, Sole: !h.postgres, Lease: 250 * time.Millisecond, Poll: 50 * time.Millisecond,
		Backoff: func(int) time.Duration { return 5 * time.Millisecond },
		Logger:  slog.New(slog.DiscardHandler),
	})
	crashHandlers(q, h)
	go func() {
		if err := q.Run(context.Background()); err != nil {
			panic(err)
		}
	}()
	go func() { // not longer than the parent, should that be killed itself
		for parent := os.Getppid(); os.Getppid() == parent; {
			time.Sleep(time.Second)
		}
		os.Exit(1)
	}()
	if role == "finish" {
		select {}
	}
	kinds := []string{"plain", "once", "plain fails", "chain"}
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s %s-%d", kinds[i%len(kinds)], role, i)
		job := jobs.Job{Kind: kinds[i%len(kinds)], Args: name, MaxAttempts: 1000, Priority: rand.IntN(3) - 1}
		if i%3 == 0 {
			job.UniqueKey = name
		}
		_, _, err := jobs.Insert(context.Background(), h.db, time.Now(), job)
		if err != nil {
			panic(err)
		}
		q.Wake()
		fmt.Printf("ack %s.\n", name)
		time.Sleep(2 * time.Millisecond)
	}
}

func crashHandlers(q *jobs.Queue, h *house) {
	effect := func(ctx context.Context, name string, more func(jobs.Execer) error) error {
		tx, err := h.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		if _, err := tx.ExecContext(ctx, "INSERT INTO trace (name) VALUES ($1)", name); err != nil {
			return err
		}
		if err := more(tx); err != nil {
			return err
		}
		return tx.Commit()
	}
	pause := func() { time.Sleep(time.Duration(rand.Int64N(int64(3 * time.Millisecond)))) }
	jobs.Handle(q, "plain", func(ctx context.Context, name string) error {
		defer pause() // the effect is there, the end is not yet recorded
		return effect(ctx, name, func(jobs.Execer) error { return nil })
	})
	jobs.Handle(q, "plain fails", func(ctx context.Context, name string) error {
		if rand.IntN(3) == 0 {
			return errors.New("this time not")
		}
		return effect(ctx, name, func(jobs.Execer) error { return nil })
	})
	once := func(ctx context.Context, name string) error {
		pause()
		return effect(ctx, name, func(tx jobs.Execer) error { return jobs.Complete(ctx, tx) })
	}
	jobs.Handle(q, "once", once)
	jobs.Handle(q, "second", once)
	jobs.Handle(q, "chain", func(ctx context.Context, name string) error {
		return effect(ctx, name, func(tx jobs.Execer) error {
			_, _, err := jobs.Insert(ctx, tx, time.Now(), jobs.Job{Kind: "second", Args: name + "/second", MaxAttempts: 1000})
			return errors.Join(err, jobs.Complete(ctx, tx))
		})
	})
}
