// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestFlightsShareWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var fs flights
		var ran atomic.Int32
		land := make(chan struct{})
		want := errors.New("the outcome")
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				err := fs.do(t.Context(), "a", func(context.Context) error {
					ran.Add(1)
					<-land
					return want
				})
				if err != want {
					t.Errorf("do: %v, want the work's own error", err)
				}
			})
		}
		synctest.Wait()
		close(land)
		wg.Wait()
		if n := ran.Load(); n != 1 {
			t.Errorf("the work was done %d times", n)
		}
		if len(fs.flying) != 0 {
			t.Error("work that is done is not forgotten")
		}
	})
}

// Work goes on while anybody waits, and stops with the last of them.
func TestFlightsStopWhenNobodyWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var fs flights
		stopped := false
		work := func(ctx context.Context) error {
			<-ctx.Done()
			stopped = true
			return ctx.Err()
		}
		first, leaveFirst := context.WithCancel(t.Context())
		second, leaveSecond := context.WithCancel(t.Context())
		go fs.do(first, "a", work)
		synctest.Wait()
		go fs.do(second, "a", work)
		synctest.Wait()
		leaveFirst()
		synctest.Wait()
		if stopped {
			t.Error("the work stopped though one still waited")
		}
		leaveSecond()
		synctest.Wait()
		if !stopped {
			t.Error("the work went on though nobody waited")
		}
		if err := fs.do(t.Context(), "a", func(context.Context) error { return nil }); err != nil {
			t.Errorf("do after work was broken off: %v", err)
		}
	})
}

func TestFlightsClose(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var fs flights
		done := make(chan error, 1)
		go func() {
			done <- fs.do(t.Context(), "a", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		}()
		synctest.Wait()
		fs.close()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("do while closing: %v", err)
		}
		if err := fs.do(t.Context(), "a", func(context.Context) error { return nil }); err == nil {
			t.Error("work was begun after close")
		}
	})
}
