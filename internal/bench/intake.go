// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"stet/internal/stettest"
)

// imports measures "stet import" of a generated WordPress export into an empty
// magazine.
func (b *bench) imports(ctx context.Context) ([]Result, error) {
	file := filepath.Join(b.dir, fmt.Sprintf("export-%d.xml", b.stories))
	if err := writeExport(file, b.stories); err != nil {
		return nil, err
	}
	defer os.Remove(file)
	m := magazine{dir: filepath.Join(b.dir, "import"), stories: b.stories}
	if err := os.RemoveAll(m.dir); err != nil {
		return nil, err
	}
	defer os.RemoveAll(m.dir)
	args := []string{"import", file, "--data", m.dir, "--log-level", "warn"}
	if b.database != "" {
		var err error
		if m.database, err = databaseNamed(b.database, "stet_bench_import"); err != nil {
			return nil, err
		}
		if err := recreate(ctx, b.database, "stet_bench_import"); err != nil {
			return nil, err
		}
		args = append(args, "--database", m.database)
	}
	cmd := exec.CommandContext(ctx, b.program, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, errs.Bytes())
	}
	took := time.Since(began)
	// The last line is the summary.
	var summary struct{ Posts int }
	lines := bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n"))
	if err := json.Unmarshal(lines[len(lines)-1], &summary); err != nil || summary.Posts != b.stories {
		return nil, fmt.Errorf("%d of %d stories were imported: %s", summary.Posts, b.stories, lines[len(lines)-1])
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	note := fmt.Sprintf("%d MB; %.0f stories/s; %.1f s processor; %.0f MB of memory at most", size(file)>>20, float64(b.stories)/took.Seconds(), cpu.Seconds(), peak(cmd.ProcessState))
	return []Result{below(fmt.Sprintf("import of %d stories", b.stories), took.Seconds(), "s", 20, note)}, nil
}

func writeExport(name string, n int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := stettest.WXR(f, n); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func size(name string) int64 {
	st, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return st.Size()
}

// peak is the most memory, in MB, that a process that has ended had resident.
func peak(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return float64(u.Maxrss) / 1024
}
