// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// browser is what every present browser sends.
const browser = "gzip, deflate, br, zstd"

// program is "stet serve", running.
type program struct {
	cmd    *exec.Cmd
	url    string
	client *http.Client
	stderr *bytes.Buffer
	took   time.Duration // from exec to the first 200 of /health
}

// serve starts the program on the magazine and waits until it is healthy.
func (b *bench) serve(ctx context.Context, m magazine, flags ...string) (*program, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	args := append([]string{"serve", "--data", m.dir, "--addr", addr, "--log-level", "warn"}, flags...)
	if m.database != "" {
		args = append(args, "--database", m.database)
	}
	p := &program{
		cmd: exec.CommandContext(ctx, b.program, args...), url: "http://" + addr, stderr: &bytes.Buffer{},
		// The codings are asked for by hand: the client must not unpack.
		client: &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 4}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	p.cmd.Stderr = p.stderr
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for deadline := began.Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		res, err := p.client.Get(p.url + "/health")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				p.took = time.Since(began)
				return p, nil
			}
		}
		if time.Now().After(deadline) {
			p.stop()
			return nil, fmt.Errorf("%s did not become healthy: %s", strings.Join(p.cmd.Args, " "), p.stderr)
		}
	}
}

// stop ends the program as an operator would.
func (p *program) stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	p.cmd.Wait()
	p.client.CloseIdleConnections()
}

// get reads a page whole and returns how long that took.
func (p *program) get(ctx context.Context, path string) (time.Duration, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+path, nil)
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Accept-Encoding", browser)
	began := time.Now()
	res, err := p.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	took := time.Since(began)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s", path, res.Status)
	}
	return took, body, err
}

// cpu is the processor time that the program has used. It hardly depends on
// what else the machine does.
func (p *program) cpu() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	// The fields after the name, which stands in parentheses; times are in
	// hundredths of a second.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// memory returns what the process has resident, in MB, and of that what is its
// own and not pages of files.
func (p *program) memory() (resident, own float64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(status)) {
		key, value, _ := strings.Cut(line, ":")
		kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
		switch key {
		case "VmRSS":
			resident = kb / 1024
		case "RssAnon":
			own = kb / 1024
		}
	}
	return resident, own
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
