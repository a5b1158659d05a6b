// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

// Command bench measures the program against the targets that the magazine
// has set itself, each where it can be as a ratio to a yardstick in the same
// run: absolute times say as much about the machine as about the program.
// docs/reference/benchmarks.md says what each measure means.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run of the measurements.
type bench struct {
	dir      string // where magazines are kept from run to run
	database string // of a PostgreSQL server, or empty for SQLite
	stories  int
	large    int
	program  string // the binary under test
	log      io.Writer
}

// Result is one line of the table.
type Result struct {
	Measure   string  `json:"measure"`
	Figure    float64 `json:"figure"`
	Unit      string  `json:"unit"`
	Yardstick float64 `json:"yardstick,omitempty"` // in the same unit, 0 for none
	Against   string  `json:"against,omitempty"`   // what the yardstick is
	Ratio     float64 `json:"ratio,omitempty"`
	Target    string  `json:"target,omitempty"`
	OK        bool    `json:"ok"`
	Note      string  `json:"note,omitempty"`
}

// measures in the order in which they run. Each starts the program anew.
var measures = []struct {
	name string
	run  func(*bench, context.Context) ([]Result, error)
}{
	{"start", (*bench).start}, {"cached", (*bench).cached}, {"uncached", (*bench).uncached},
	{"memory", (*bench).memory}, {"search", (*bench).search}, {"import", (*bench).imports},
	{"lists", (*bench).lists}, {"publish", (*bench).publish},
	{"merge", (*bench).merge}, {"save", (*bench).save}, {"record", (*bench).record},
	{"ledger", (*bench).ledger}, {"history", (*bench).history},
}

func run(ctx context.Context, args []string, out, errs io.Writer) error {
	// The program runs itself for what must be another process.
	if len(args) > 0 {
		switch args[0] {
		case "build":
			n, err := strconv.Atoi(args[3])
			if err != nil {
				return err
			}
			return build(ctx, magazine{args[1], args[2], n})
		case "load":
			return loadMain(ctx, args[1:], out)
		case "bare":
			return bareMain(args[1:])
		}
	}
	cache, _ := os.UserCacheDir()
	b := &bench{log: errs}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(errs)
	f.IntVar(&b.stories, "stories", 10_000, "stories of the usual magazine")
	f.IntVar(&b.large, "large", 100_000, "stories of the large magazine")
	f.StringVar(&b.dir, "dir", filepath.Join(cache, "stet-bench"), "folder that keeps the generated magazines from run to run")
	f.StringVar(&b.database, "database", "", "measure on this PostgreSQL server instead of SQLite; databases stet_bench_* are made there")
	f.StringVar(&b.program, "program", "", "the binary to measure; built from the module when empty")
	only := f.String("only", "", "run these measures only, separated by commas: start, cached, uncached, memory, search, import, lists, publish, merge, save, record, ledger")
	asJSON := f.Bool("json", false, "print JSON instead of a table")
	report := f.Bool("report", false, "exit with 0 even when a target is missed")
	if err := f.Parse(args); err != nil {
		return err
	}
	err := b.prepare(ctx)
	if err != nil {
		return err
	}
	results, failed := b.measure(ctx, *only) // what was measured before a failure is shown
	if *asJSON {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		err = enc.Encode(results)
	} else {
		err = table(out, results)
	}
	if err := errors.Join(failed, err); err != nil || *report {
		return err
	}
	missed := slices.DeleteFunc(slices.Clone(results), func(r Result) bool { return r.OK })
	if len(missed) > 0 {
		return fmt.Errorf("%d of %d targets are missed", len(missed), len(results))
	}
	return nil
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.log, "bench: "+format+"\n", args...) }

func (b *bench) prepare(ctx context.Context) error {
	if err := os.MkdirAll(b.dir, 0o750); err != nil {
		return err
	}
	// On a machine that does other work too, the measured processes, which
	// inherit this, come first. It needs root and does no harm without.
	// The process group, because Linux counts niceness by the thread.
	syscall.Setpriority(syscall.PRIO_PGRP, 0, -10)
	load, _ := os.ReadFile("/proc/loadavg")
	b.say("%s, %d processors, load %s, %s", time.Now().Format("2006-01-02 15:04"), runtime.NumCPU(), strings.TrimSpace(string(load)), runtime.Version())
	if b.program != "" {
		return nil
	}
	b.program = filepath.Join(b.dir, "stet")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.program, "stet/cmd/stet")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = b.log
	return cmd.Run()
}

func (b *bench) measure(ctx context.Context, only string) ([]Result, error) {
	var wanted []string
	if only != "" {
		wanted = strings.Split(only, ",")
	}
	for _, name := range wanted {
		if !slices.ContainsFunc(measures, func(m struct {
			name string
			run  func(*bench, context.Context) ([]Result, error)
		}) bool {
			return m.name == name
		}) {
			return nil, fmt.Errorf("there is no measure %q", name)
		}
	}
	var out []Result
	for _, m := range measures {
		if wanted != nil && !slices.Contains(wanted, m.name) {
			continue
		}
		b.say("measuring: %s; a fixed task took %.0f ms of processor", m.name, fixedTask())
		results, err := m.run(b, ctx)
		if err != nil {
			return out, fmt.Errorf("%s: %w", m.name, err)
		}
		out = append(out, results...)
	}
	return out, nil
}

// fixedTask is the processor time, in ms, of work that is always the same.
// Where processors are shared it tells a slow program from a slow moment.
func fixedTask() float64 {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	used := func() time.Duration {
		var u syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_THREAD, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	v := newVocabulary() // warms up
	before := used()
	for range 3 {
		v = newVocabulary()
	}
	runtime.KeepAlive(v)
	return ms(used() - before)
}

func table(out io.Writer, results []Result) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "measure\tfigure\tyardstick\tratio\ttarget\tok\tnote")
	for _, r := range results {
		yardstick, ratio, ok := "", "", "yes"
		if r.Yardstick != 0 {
			yardstick = strings.TrimSpace(number(r.Yardstick) + " " + r.Against)
		}
		if r.Ratio != 0 {
			ratio = fmt.Sprintf("%.2f", r.Ratio)
		}
		switch {
		case !r.OK:
			ok = "NO"
		case r.Target == "":
			ok = ""
		}
		fmt.Fprintf(w, "%s\t%s %s\t%s\t%s\t%s\t%s\t%s\n", r.Measure, number(r.Figure), r.Unit, yardstick, ratio, r.Target, ok, r.Note)
	}
	return w.Flush()
}

// number prints three figures that count.
func number(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// below makes a result that must stay under a limit.
func below(measure string, figure float64, unit string, limit float64, note string) Result {
	return Result{Measure: measure, Figure: figure, Unit: unit, Target: fmt.Sprintf("< %g %s", limit, unit), OK: figure < limit, Note: note}
}

// runSelf runs this program once more with other arguments, as a process of
// the given niceness.
func runSelf(ctx context.Context, nice int, args ...string) error {
	cmd, err := self(ctx, args...)
	if err != nil {
		return err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	syscall.Setpriority(syscall.PRIO_PGRP, cmd.Process.Pid, nice) // a courtesy
	return cmd.Wait()
}

func self(ctx context.Context, args ...string) (*exec.Cmd, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// median of the values, which it sorts.
func median(v []float64) float64 {
	slices.Sort(v)
	if len(v) == 0 {
		return 0
	}
	if len(v)%2 == 1 {
		return v[len(v)/2]
	}
	return (v[len(v)/2-1] + v[len(v)/2]) / 2
}

// at returns the value below which the share p of the sorted values lies.
func at(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }
