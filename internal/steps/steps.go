// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package steps applies ProseMirror steps to the body of an article. The editor
// sends what was typed as steps; what they do to a document is defined by
// ProseMirror's own code and nowhere else, so that code is run here: machine.js
// is built from ui/src/prose with the schema of package prose in it.
//
// The package keeps nothing: it is given a document and steps, and returns the
// document that comes of it. What it returns is still JSON from outside, which
// the caller holds to the schema with prose.Parse before it is stored.
package steps

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/dop251/goja"

	"stet"
)

//go:embed machine.js
var source string

// Limits of one request. A writer's pause brings a handful of steps; a long
// paste is one step. Whoever was offline for a day sends several requests. What
// steps cost is counted by machine.js and refused as too large; the time is a net
// below that, wide enough for a server with other things to do, and whoever falls
// into it is asked to come again.
const (
	MaxSteps = 500
	MaxBytes = 2 << 20
	MaxTime  = 20 * time.Second
	comeBack = 2 * time.Second
	maxDepth = 300  // of the JSON: a document is 64 nodes deep, and each takes two levels
	maxCalls = 2000 // of functions within one another
)

// Options are the details of a machine; zero fields are sane.
type Options struct {
	Runtimes int           // how many documents are worked on at the same time; 2
	Time     time.Duration // how long one call may take; MaxTime
	Logger   *slog.Logger
}

// Machine applies steps. It may be used by several goroutines.
type Machine struct {
	time    time.Duration
	log     *slog.Logger
	idle    chan *runtime // nil where none was made yet
	compile func() (*goja.Program, error)
}

// runtime is one world of JavaScript. It serves one request at a time.
type runtime struct {
	vm                   *goja.Runtime
	apply, keep, between goja.Callable
}

// New returns a machine. Nothing is compiled before it is first asked.
func New(o Options) *Machine {
	if o.Runtimes <= 0 {
		o.Runtimes = 2
	}
	if o.Time <= 0 {
		o.Time = MaxTime
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	m := &Machine{time: o.Time, log: o.Logger, idle: make(chan *runtime, o.Runtimes)}
	m.compile = sync.OnceValues(func() (*goja.Program, error) { return goja.Compile("machine.js", source, true) })
	for range o.Runtimes {
		m.idle <- nil
	}
	return m
}

// Result is what became of a document.
type Result struct {
	Doc   []byte            // JSON, not yet held to the schema of package prose
	Added []json.RawMessage // steps that the machine added after those given, so that every block has an id
}

// Document is a body with a name for its exact state. The machine remembers a
// few documents by name and need not read them again; no name is no memory.
type Document struct {
	Name string
	JSON []byte
}

// Apply applies the steps to the document. Steps that do not fit, or lead to
// something that is no document, are refused with Invalid. accept is handed the
// result while the machine can still remember it: the name that it returns is
// the one under which the new document may come back.
func (m *Machine) Apply(ctx context.Context, doc Document, steps []json.RawMessage, accept func(Result) (name string, err error)) error {
	input, err := join(steps)
	if err != nil {
		return err
	}
	return m.with(ctx, func(r *runtime) error {
		load := func() string { return string(doc.JSON) }
		v, err := m.call(ctx, r, r.apply, doc.Name, load, input)
		if err != nil {
			return err
		}
		if goja.IsUndefined(v) {
			return stet.Errorf(stet.TooLarge, "the steps are too much work: send fewer at a time")
		}
		var made []string
		if err := r.vm.ExportTo(v, &made); err != nil || len(made) != 2 {
			return fmt.Errorf("read what the step machine made: %w", err)
		}
		var added []json.RawMessage
		if err := json.Unmarshal([]byte(made[1]), &added); err != nil {
			return fmt.Errorf("read what the step machine added: %w", err)
		}
		name, err := accept(Result{Doc: []byte(made[0]), Added: added})
		if err != nil || name == "" {
			return err
		}
		_, err = m.call(ctx, r, r.keep, name)
		return err
	})
}

// Between returns the steps that make one document out of another.
func (m *Machine) Between(ctx context.Context, from, to []byte) (steps []json.RawMessage, err error) {
	err = m.with(ctx, func(r *runtime) error {
		v, err := m.call(ctx, r, r.between, string(from), string(to))
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(v.String()), &steps)
	})
	return steps, err
}

// join holds the steps to the limits and puts them into one array.
func join(steps []json.RawMessage) (string, error) {
	size := 0
	for _, s := range steps {
		size += len(s)
	}
	switch {
	case len(steps) > MaxSteps:
		return "", stet.Errorf(stet.TooLarge, "%d steps in one request; at most %d are allowed", len(steps), MaxSteps)
	case size > MaxBytes:
		return "", stet.Errorf(stet.TooLarge, "the steps have %d bytes; at most %d are allowed", size, MaxBytes)
	}
	for _, s := range steps {
		// Reading JSON is recursive there, and Go's stack is the whole process's.
		if depth(s) > maxDepth {
			return "", stet.Errorf(stet.Invalid, "a step is nested too deeply")
		}
	}
	data, err := json.Marshal(append([]json.RawMessage{}, steps...))
	if err != nil {
		return "", stet.Errorf(stet.Invalid, "a step is no JSON")
	}
	return string(data), nil
}

// depth returns how deep a JSON text is nested.
func depth(data []byte) int {
	deepest, now, quoted := 0, 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}

// with runs f with a runtime of its own. A runtime in which something went wrong other than a plain refusal is thrown away.
func (m *Machine) with(ctx context.Context, f func(r *runtime) error) (err error) {
	var r *runtime
	select {
	case r = <-m.idle:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() {
		if p := recover(); p != nil {
			m.log.Error("the step machine panicked", "panic", p)
			r, err = nil, stet.Errorf(stet.Invalid, "the steps cannot be applied")
		}
		m.idle <- r
	}()
	if r == nil {
		if r, err = m.start(); err != nil {
			return err
		}
	}
	err = f(r)
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		return stet.Errorf(stet.Invalid, "the steps do not fit the text: %s", shorten(thrown.Value().String(), 300))
	}
	if err != nil && stet.ErrorCode(err) == stet.Internal {
		r = nil
		var stopped *goja.InterruptedError
		var deep *goja.StackOverflowError
		switch {
		case errors.As(err, &deep):
			return stet.Errorf(stet.TooLarge, "the steps are nested too deeply")
		case errors.As(err, &stopped) && ctx.Err() == nil:
			return &stet.Error{Code: stet.Busy, Message: "the server is busy; what was sent can be sent again", Wait: comeBack}
		}
	}
	return err
}

// call calls a function of machine.js and interrupts it when the time is up or
// nobody waits any more. What others do in between, such as storing the result,
// is not on its clock.
func (m *Machine) call(ctx context.Context, r *runtime, f goja.Callable, args ...any) (goja.Value, error) {
	ctx, cancel := context.WithTimeout(ctx, m.time)
	stop := context.AfterFunc(ctx, func() { r.vm.Interrupt("time is up") })
	defer func() {
		// An interrupt that comes after the work is over must not meet the next one.
		stopped := stop()
		cancel()
		if !stopped {
			r.vm.ClearInterrupt()
		}
	}()
	values := make([]goja.Value, len(args))
	for i, a := range args {
		values[i] = r.vm.ToValue(a)
	}
	return f(goja.Undefined(), values...)
}

func (m *Machine) start() (*runtime, error) {
	program, err := m.compile()
	if err != nil {
		return nil, fmt.Errorf("compile the step machine: %w", err)
	}
	r := &runtime{vm: goja.New()}
	r.vm.SetMaxCallStackSize(maxCalls)
	if _, err := r.vm.RunProgram(program); err != nil {
		return nil, fmt.Errorf("start the step machine: %w", err)
	}
	api := r.vm.Get("stet").ToObject(r.vm)
	for name, f := range map[string]*goja.Callable{"apply": &r.apply, "keep": &r.keep, "between": &r.between} {
		var ok bool
		if *f, ok = goja.AssertFunction(api.Get(name)); !ok {
			return nil, fmt.Errorf("the step machine has no %s", name)
		}
	}
	return r, nil
}

// shorten cuts a text for a message.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
