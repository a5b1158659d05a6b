// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package stettest is the test kit: a real PostgreSQL server that belongs to
// the test run, a clock that a test sets, a logger that writes to the test.
//
// It owns nothing of the product and is imported by tests alone. A package
// that the kit itself comes to import is tested from outside (package x_test).
package stettest

import (
	"bytes"
	"log/slog"
	"sync"
	"testing"
	"time"
)

// Clock is a clock that stands still until a test moves it. It may be used
// from many goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows t, or noon of 2 January 2026 UTC when t
// is zero.
func NewClock(t time.Time) *Clock {
	if t.IsZero() {
		t = time.Date(2026, time.January, 2, 12, 0, 0, 0, time.UTC)
	}
	return &Clock{now: t.UTC()}
}

// Now fits the Now field of an Options struct.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to t, backwards too.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t.UTC()
}

// Advance moves the clock by d and returns what it then shows.
func (c *Clock) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// Logger returns a logger of every level whose lines appear with the test that
// caused them. What is logged after the test has ended is dropped, because
// testing panics over it.
func Logger(tb testing.TB) *slog.Logger {
	w := &logWriter{tb: tb}
	tb.Cleanup(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.ended = true
	})
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
}

type logWriter struct {
	mu    sync.Mutex
	tb    testing.TB
	ended bool
}

func (w *logWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ended {
		w.tb.Log(string(bytes.TrimRight(p, "\n")))
	}
	return len(p), nil
}
