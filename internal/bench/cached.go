// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The machine is shared, so the two servers take turns in short rounds, and
// each round is compared with its neighbour only.
const (
	rounds      = 9
	roundLength = 2 * time.Second
)

// cached measures an article out of the page cache against a server that does
// nothing but send the same bytes.
func (b *bench) cached(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, b.stories)
	if err != nil {
		return nil, err
	}
	paths, err := m.paths(ctx)
	if err != nil {
		return nil, err
	}
	p, err := b.serve(ctx, m)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	page := p.url + paths[len(paths)/2]
	plain, gzipped, err := fetchGzip(ctx, page)
	if err != nil {
		return nil, err
	}
	y, err := startYardstick(ctx, plain, gzipped)
	if err != nil {
		return nil, err
	}
	defer y.stop()
	var speeds, tails, ours, theirs, p99 []float64
	for i := range rounds + 1 {
		a, err := load(ctx, page, roundLength)
		if err != nil {
			return nil, err
		}
		z, err := load(ctx, y.url, roundLength)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			continue // both warm up
		}
		speeds, tails = append(speeds, a.PerSecond/z.PerSecond), append(tails, a.P99/z.P99)
		ours, theirs, p99 = append(ours, a.PerSecond), append(theirs, z.PerSecond), append(p99, a.P99)
	}
	speed, tail := median(speeds), median(tails)
	about := fmt.Sprintf("%d kB gzip, %d connections; rounds %.2f to %.2f", len(gzipped)>>10, connections, speeds[0], speeds[len(speeds)-1])
	return []Result{
		{Measure: "cached article", Figure: median(ours), Unit: "/s", Yardstick: median(theirs), Against: y.name, Ratio: speed, Target: ">= 0.6 x", OK: speed >= 0.6, Note: about},
		{Measure: "cached article p99", Figure: median(p99), Unit: "ms", Yardstick: median(p99) / tail, Against: y.name, Ratio: tail, Target: "<= 3 x", OK: tail <= 3},
	}, nil
}

// fetchGzip returns a page as it is sent to a client that takes gzip.
func fetchGzip(ctx context.Context, address string) (plain, gzipped []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != "gzip" {
		return nil, nil, fmt.Errorf("%s answered %s with coding %q", address, res.Status, res.Header.Get("Content-Encoding"))
	}
	if gzipped, err = io.ReadAll(res.Body); err != nil {
		return nil, nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(gzipped))
	if err != nil {
		return nil, nil, err
	}
	plain, err = io.ReadAll(z)
	return plain, gzipped, err
}
