// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"time"
)

// connections is how many keep-alive connections ask at once.
const connections = 32

// round is what one burst of load gave.
type round struct {
	PerSecond float64 `json:"perSecond"`
	P50       float64 `json:"p50"` // ms
	P99       float64 `json:"p99"` // ms
}

// load asks for the address over and over, from a process of its own. It asks
// for gzip, which is what the yardstick has.
func load(ctx context.Context, address string, d time.Duration) (round, error) {
	cmd, err := self(ctx, "load", address, d.String())
	if err != nil {
		return round{}, err
	}
	if wrk, err := exec.LookPath("wrk"); err == nil {
		// A file and not a pipe: wrk reads it once for itself and once for its thread.
		script, err := os.CreateTemp("", "stet-bench-*.lua")
		if err != nil {
			return round{}, err
		}
		defer os.Remove(script.Name())
		if _, err := script.WriteString(wrkScript); err != nil {
			return round{}, err
		}
		script.Close()
		cmd = exec.CommandContext(ctx, wrk, "-t1", fmt.Sprintf("-c%d", connections), "-d"+d.String(), "--latency", "-s", script.Name(), address)
	}
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		return round{}, fmt.Errorf("load %s: %w\n%s", address, err, out.Bytes())
	}
	var r round
	last := bytes.TrimSpace(out.Bytes())
	if i := bytes.LastIndexByte(last, '\n'); i >= 0 {
		last = last[i+1:]
	}
	return r, json.Unmarshal(last, &r)
}

// wrkScript has wrk say what we want to know and fail on anything but 200.
const wrkScript = `
wrk.headers["Accept-Encoding"] = "gzip"
done = function(summary, latency, requests)
	local e = summary.errors
	if e.status + e.read + e.connect + e.timeout > 0 then error("errors") end
	print(string.format('{"perSecond":%f,"p50":%f,"p99":%f}', summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end`

// loadMain is the load generator for machines without wrk: plain sockets, so
// that it costs little beside the server.
func loadMain(ctx context.Context, args []string, out io.Writer) error {
	u, err := url.Parse(args[0])
	if err != nil {
		return err
	}
	d, err := time.ParseDuration(args[1])
	if err != nil {
		return err
	}
	request := "GET " + u.RequestURI() + " HTTP/1.1\r\nHost: " + u.Host + "\r\nAccept-Encoding: gzip\r\n\r\n"
	began := time.Now()
	took := make([][]float64, connections)
	errs := make([]error, connections)
	var work sync.WaitGroup
	for i := range connections {
		work.Go(func() { took[i], errs[i] = ask(u.Host, request, began.Add(d)) })
	}
	work.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	return json.NewEncoder(out).Encode(round{PerSecond: float64(len(all)) / time.Since(began).Seconds(), P50: at(all, 0.5), P99: at(all, 0.99)})
}

func ask(host, request string, until time.Time) (took []float64, err error) {
	c, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	in := bufio.NewReaderSize(c, 64<<10)
	for time.Now().Before(until) {
		began := time.Now()
		if _, err := io.WriteString(c, request); err != nil {
			return nil, err
		}
		if err := skipResponse(in); err != nil {
			return nil, err
		}
		took = append(took, ms(time.Since(began)))
	}
	return took, nil
}

func skipResponse(in *bufio.Reader) error {
	length := -1
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200")) {
			return fmt.Errorf("answered %q", line)
		}
		key, value, _ := bytes.Cut(bytes.TrimRight(line, "\r\n"), []byte(":"))
		if bytes.EqualFold(key, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
		if len(key) == 0 {
			break
		}
	}
	if length < 0 {
		return errors.New("an answer without Content-Length")
	}
	_, err := in.Discard(length)
	return err
}
