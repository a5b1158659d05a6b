// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"context"
	"sync"
)

// flights has work of the same name done once for all who want it at the same
// time. Unlike x/sync's singleflight it stops work that nobody waits for any
// longer: a reader who scrolls past forty pictures leaves nothing behind.
type flights struct {
	mu     sync.Mutex
	wg     sync.WaitGroup
	flying map[string]*flight
	closed bool
}

type flight struct {
	done    chan struct{}
	err     error // valid once done is closed
	waiting int
	cancel  context.CancelFunc
}

// do waits for the work of this name, and starts it with fn when nobody else
// has. The work's context keeps the values of the first who asked, not the end.
func (fs *flights) do(ctx context.Context, name string, fn func(context.Context) error) error {
	f, err := fs.join(ctx, name, fn)
	if err != nil {
		return err
	}
	select {
	case <-f.done:
		return f.err
	case <-ctx.Done():
		fs.leave(name, f)
		return ctx.Err()
	}
}

func (fs *flights) join(ctx context.Context, name string, fn func(context.Context) error) (*flight, error) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.closed {
		return nil, context.Canceled
	}
	f, ok := fs.flying[name]
	if !ok {
		work, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f = &flight{done: make(chan struct{}), cancel: cancel}
		if fs.flying == nil {
			fs.flying = make(map[string]*flight)
		}
		fs.flying[name] = f
		fs.wg.Go(func() {
			defer cancel()
			f.err = fn(work)
			fs.mu.Lock()
			fs.forget(name, f)
			fs.mu.Unlock()
			close(f.done)
		})
	}
	f.waiting++
	return f, nil
}

// leave gives up waiting. Work that nobody waits for is broken off, and
// forgotten under the same lock: whoever comes next starts afresh.
func (fs *flights) leave(name string, f *flight) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f.waiting--; f.waiting == 0 {
		fs.forget(name, f)
		f.cancel()
	}
}

// forget takes the flight off the list; fs.mu is held.
func (fs *flights) forget(name string, f *flight) {
	if fs.flying[name] == f {
		delete(fs.flying, name)
	}
}

// close breaks off what is under way and waits until it has stopped.
func (fs *flights) close() {
	fs.mu.Lock()
	fs.closed = true
	for _, f := range fs.flying {
		f.cancel()
	}
	fs.mu.Unlock()
	fs.wg.Wait()
}
