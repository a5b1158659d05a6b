// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package jobs_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"stet/internal/jobs"
)

// BenchmarkJobs is jobs per second through one queue, which has them all
// waiting at the start, besides as many that are not due. The handler does
// nothing.
func BenchmarkJobs(b *testing.B) {
	for name, postgres := range map[string]bool{"sqlite": false, "postgres": true} {
		b.Run(name, func(b *testing.B) {
			h := newHouse(b, postgres)
			fill(b, h, b.N, jobs.Job{Kind: "note"}, time.Now())
			fill(b, h, b.N, jobs.Job{Kind: "note", RunAt: time.Now().Add(time.Hour)}, time.Now())
			q := h.queue(b, jobs.Options{Workers: 16})
			var n atomic.Int64
			done := make(chan bool)
			jobs.Handle(q, "note", func(context.Context, any) error {
				if n.Add(1) == int64(b.N) {
					close(done)
				}
				return nil
			})
			b.ResetTimer()
			stop := background(b, q)
			<-done
			if err := stop(); err != nil { // records the last ones
				b.Error(err)
			}
			b.StopTimer()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
		})
	}
}

// BenchmarkInsert is an insertion in a transaction of its own.
func BenchmarkInsert(b *testing.B) {
	for name, postgres := range map[string]bool{"sqlite": false, "postgres": true} {
		b.Run(name, func(b *testing.B) {
			h := newHouse(b, postgres)
			for b.Loop() {
				h.insert(b, time.Now(), jobs.Job{Kind: "note"})
			}
		})
	}
}
