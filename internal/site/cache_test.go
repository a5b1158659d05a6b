// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stet"
	"stet/internal/web"
)

func made(text string, tags ...string) rendering {
	return rendering{web.NewBody(http.StatusOK, "text/html", []byte(text), web.Identity), tags}
}

func (c *cache) fill(t *testing.T, key, text string, tags ...string) {
	t.Helper()
	if _, err := c.load(t.Context(), key, func(context.Context) (rendering, error) { return made(text, tags...), nil }); err != nil {
		t.Fatal(err)
	}
}

func (c *cache) has(key string) bool { return c.get(key) != nil }

func TestCacheDropsByTag(t *testing.T) {
	t.Parallel()
	c := newCache(1 << 20)
	c.fill(t, "/a", "a", "x", "y")
	c.fill(t, "/b", "b", "y")
	c.fill(t, "/c", "c")
	c.drop("nothing has this")
	c.drop("x")
	if c.has("/a") || !c.has("/b") || !c.has("/c") {
		t.Error("x")
	}
	c.fill(t, "/a", "a", "x", "y")
	c.drop("y", "x")
	if c.has("/a") || c.has("/b") || !c.has("/c") {
		t.Error("y")
	}
	c.drop(stet.TagAll)
	if pages, weight := c.stats(); pages != 0 || weight != 0 || len(c.tags) != 0 {
		t.Errorf("%d pages of %d bytes under %d tags are left", pages, weight, len(c.tags))
	}
}

func TestCacheWeight(t *testing.T) {
	t.Parallel()
	const limit = 100_000
	c := newCache(limit)
	for i := range 200 {
		c.fill(t, fmt.Sprint("/", i), strings.Repeat("x", 5000), "t", fmt.Sprint("t", i))
		if _, weight := c.stats(); weight > limit {
			t.Fatalf("it weighs %d", weight)
		}
	}
	pages, _ := c.stats()
	if pages < 10 || pages > 20 {
		t.Errorf("%d pages of 5 kB in 100 kB", pages)
	}
	if !c.has("/199") || c.has("/0") {
		t.Error("the newest page went, or the oldest stayed")
	}
	// One that is used stays. A page is moved to the front at most once a second.
	el := c.pages[fmt.Sprint("/", 200-pages)]
	el.Value.(*cached).used = time.Now().Add(-time.Minute)
	c.get(el.Value.(*cached).key)
	for i := 200; i < 200+pages-2; i++ {
		c.fill(t, fmt.Sprint("/", i), strings.Repeat("x", 5000))
	}
	if !c.has(el.Value.(*cached).key) {
		t.Error("the page that was used last was dropped before others")
	}
	// Another coding weighs too.
	big := newCache(1 << 20)
	b, err := big.load(t.Context(), "/", func(context.Context) (rendering, error) {
		r := made(strings.Repeat("harbour ", 5000))
		return r, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, before := big.stats()
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	b.ServeHTTP(httptest.NewRecorder(), r)
	if _, after := big.stats(); after <= before || after != b.Weight() {
		t.Errorf("with gzip it weighs %d, without %d; the body says %d", after, before, b.Weight())
	}
	big.drop(stet.TagAll)
	r.Header.Set("Accept-Encoding", "zstd") // a page that was dropped may still be sent, and grow
	b.ServeHTTP(httptest.NewRecorder(), r)
	if pages, weight := big.stats(); pages != 0 || weight != 0 {
		t.Errorf("%d pages, %d bytes", pages, weight)
	}
	none := newCache(-1)
	none.fill(t, "/", "x")
	if pages, weight := none.stats(); pages != 0 || weight != 0 {
		t.Errorf("a cache of nothing holds %d pages", pages)
	}
}

// A page whose tag was dropped while it was being made is sent and not kept.
func TestCacheChangeWhileMaking(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		drop string
		kept bool
	}{{"its tag", "x", false}, {"everything", stet.TagAll, false}, {"another tag", "z", true}} {
		c := newCache(1 << 20)
		_, err := c.load(t.Context(), "/", func(context.Context) (rendering, error) {
			c.drop(tt.drop)
			return made("old", "x"), nil
		})
		if err != nil || c.has("/") != tt.kept {
			t.Errorf("%s was dropped meanwhile: kept %v, %v", tt.name, c.has("/"), err)
		}
	}
	// Past the memory of single tags it stays safe.
	c := newCache(1 << 20)
	_, _ = c.load(t.Context(), "/", func(context.Context) (rendering, error) {
		c.drop("x")
		for i := range maxDropped + 1 {
			c.drop(fmt.Sprint("t", i))
		}
		return made("old", "x"), nil
	})
	if c.has("/") || len(c.dropped) > maxDropped {
		t.Error("a stale page was kept once the tags were forgotten")
	}
}

// Requests for a missing page wait for one rendering; who comes after a change
// does not wait for one that began before it.
func TestCacheLoadsOnce(t *testing.T) {
	t.Parallel()
	c := newCache(1 << 20)
	var renders atomic.Int32
	gate := make(chan struct{})
	text := atomic.Value{}
	text.Store("old")
	render := func(context.Context) (rendering, error) {
		renders.Add(1)
		r := made(text.Load().(string), "x")
		<-gate
		return r, nil
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if b, err := c.load(context.Background(), "/", render); err != nil || string(b.Plain()) != "old" {
				t.Errorf("%v", err)
			}
		})
	}
	for renders.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(20 * time.Millisecond)
	if n := renders.Load(); n != 1 {
		t.Errorf("%d renderings of one page", n)
	}
	text.Store("new")
	c.drop("x")
	got := make(chan string)
	go func() {
		b, err := c.load(context.Background(), "/", render)
		if err != nil {
			t.Error(err)
		}
		got <- string(b.Plain())
	}()
	for renders.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	close(gate)
	if s := <-got; s != "new" {
		t.Errorf("who asked after the change saw %q", s)
	}
	wg.Wait()
	if b := c.get("/"); b == nil || string(b.Plain()) != "new" {
		t.Error("the new page was not kept, or the old one was")
	}
	if len(c.loading) != 0 {
		t.Error("something is still loading")
	}
}

func TestCacheFailures(t *testing.T) {
	t.Parallel()
	c := newCache(1 << 20)
	reason := errors.New("no")
	if _, err := c.load(t.Context(), "/", func(context.Context) (rendering, error) { return rendering{}, reason }); !errors.Is(err, reason) || c.has("/") {
		t.Errorf("%v", err)
	}
	// A panic frees those who wait.
	started, gate := make(chan struct{}), make(chan struct{})
	go func() {
		defer func() { recover() }()
		_, _ = c.load(context.Background(), "/", func(context.Context) (rendering, error) { close(started); <-gate; panic("bug") })
	}()
	<-started
	done := make(chan error)
	go func() {
		_, err := c.load(context.Background(), "/", func(context.Context) (rendering, error) { return made("x"), nil })
		done <- err
	}()
	time.Sleep(10 * time.Millisecond)
	close(gate)
	if err := <-done; err != nil && stet.ErrorCode(err) != stet.Internal {
		t.Errorf("%v", err)
	}
	c.fill(t, "/", "x")
	// Who goes away does not take the rendering along.
	gone, cancel := context.WithCancel(t.Context())
	b, err := c.load(gone, "/y", func(ctx context.Context) (rendering, error) {
		cancel()
		if ctx.Err() != nil {
			t.Error("the rendering was cancelled with its first reader")
		}
		return made("y"), nil
	})
	if err != nil || b == nil || !c.has("/y") {
		t.Errorf("%v", err)
	}
}

// Whatever happens at once, what is kept was made after the last drop of its
// tag, and the books balance.
func TestCacheTogether(t *testing.T) {
	t.Parallel()
	c := newCache(30_000)
	const tags = 5
	var versions [tags]atomic.Int64
	var wg sync.WaitGroup
	for seed := range uint64(8) {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			for range 400 {
				tag := r.IntN(tags)
				if r.IntN(5) == 0 {
					versions[tag].Add(1) // the change, then the drop, as after a commit
					c.drop(fmt.Sprint(tag))
					continue
				}
				atLeast := versions[tag].Load()
				b, err := c.load(context.Background(), fmt.Sprint("/", tag, "/", r.IntN(3)), func(context.Context) (rendering, error) {
					v := versions[tag].Load()
					if r.IntN(4) == 0 {
						time.Sleep(time.Microsecond * 50)
					}
					return made(fmt.Sprint(v)+strings.Repeat(" ", 2000), fmt.Sprint(tag)), nil
				})
				if err != nil {
					t.Error(err)
					return
				}
				var v int64
				fmt.Sscan(string(b.Plain()), &v)
				// A drop follows its change: one change may not have been dropped yet
				// for each of the others who are changing this very moment.
				if v < atLeast-8 {
					t.Errorf("page of version %d, %d was there before", v, atLeast)
				}
			}
		})
	}
	wg.Wait()
	for key, el := range c.pages {
		var v int64
		fmt.Sscan(string(el.Value.(*cached).body.Plain()), &v)
		var tag int
		fmt.Sscanf(key, "/%d/", &tag)
		if v != versions[tag].Load() {
			t.Errorf("%s is kept at version %d of %d", key, v, versions[tag].Load())
		}
	}
	weight := 0
	for el := c.order.Front(); el != nil; el = el.Next() {
		weight += el.Value.(*cached).weight
	}
	if weight != c.weight || len(c.pages) != c.order.Len() || len(c.loading) != 0 {
		t.Errorf("it weighs %d and says %d; %d keys, %d pages, %d loading", weight, c.weight, len(c.pages), c.order.Len(), len(c.loading))
	}
}

func TestCacheKeep(t *testing.T) {
	t.Parallel()
	c := newCache(1)
	kept := 0
	epoch := c.began()
	c.keep(epoch, func() { kept++ })
	c.drop("x")
	c.keep(epoch, func() { kept += 10 })
	if kept != 1 {
		t.Errorf("kept %d", kept)
	}
}
