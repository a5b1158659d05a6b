// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"container/list"
	"context"
	"sync"
	"time"

	"stet"
	"stet/internal/web"
)

// cache keeps rendered pages as encoded bytes, up to a weight, and drops them
// by tags when what they show has changed.
//
// A page is put in only if none of its tags was dropped while it was being
// made, so that no reader sees a page older than the last change. Requests
// for the same missing page wait for one rendering.
type cache struct {
	mu      sync.Mutex
	pages   map[string]*list.Element
	order   *list.List // of *cached, the most recently used first
	tags    map[string]map[*list.Element]struct{}
	weight  int
	limit   int
	epoch   int64            // counts drops
	dropped map[string]int64 // tag -> epoch of its last drop
	all     int64            // epoch of the last drop of everything
	loading map[string]*loading
}

type cached struct {
	key    string
	body   *web.Body
	tags   []string
	weight int
	used   time.Time
}

type loading struct {
	epoch int64 // when it began
	done  chan struct{}
	body  *web.Body
	err   error
}

// rendering is a page just made: what to send, and the tags of what it shows.
type rendering struct {
	body *web.Body
	tags []string
}

func newCache(limit int) *cache {
	return &cache{
		pages: map[string]*list.Element{}, order: list.New(), tags: map[string]map[*list.Element]struct{}{},
		limit: limit, dropped: map[string]int64{}, loading: map[string]*loading{},
	}
}

// touchEvery keeps a page that is asked for ten thousand times a second from
// being moved to the front ten thousand times a second.
const touchEvery = time.Second

// get returns the page, or nil.
func (c *cache) get(key string) *web.Body {
	c.mu.Lock()
	defer c.mu.Unlock()
	el := c.pages[key]
	if el == nil {
		return nil
	}
	p := el.Value.(*cached)
	if now := time.Now(); now.Sub(p.used) > touchEvery {
		p.used = now
		c.order.MoveToFront(el)
	}
	return p.body
}

// load returns the page, made by render unless it is there or being made.
func (c *cache) load(ctx context.Context, key string, render func(context.Context) (rendering, error)) (*web.Body, error) {
	if b := c.get(key); b != nil {
		return b, nil
	}
	c.mu.Lock()
	// One that began before the last drop may be making what was dropped: who
	// asks after a change must see it.
	if l := c.loading[key]; l != nil && l.epoch == c.epoch {
		c.mu.Unlock()
		select {
		case <-l.done:
			return l.body, l.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	l := &loading{epoch: c.epoch, done: make(chan struct{}), err: stet.Errorf(stet.Internal, "the page could not be made")}
	c.loading[key] = l
	c.mu.Unlock()
	// Others wait for this rendering, so it must not end because the first
	// client went away; and they must not wait for ever if it panics.
	defer func() {
		c.mu.Lock()
		if c.loading[key] == l {
			delete(c.loading, key)
		}
		c.mu.Unlock()
		close(l.done)
	}()
	r, err := render(context.WithoutCancel(ctx))
	l.body, l.err = r.body, err
	if err == nil {
		c.put(key, r, l.epoch)
	}
	return l.body, l.err
}

// put keeps a page whose making began at the epoch.
func (c *cache) put(key string, r rendering, epoch int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all > epoch {
		return
	}
	for _, t := range r.tags {
		if c.dropped[t] > epoch {
			return
		}
	}
	if old := c.pages[key]; old != nil {
		c.remove(old)
	}
	p := &cached{key: key, body: r.body, tags: r.tags, weight: r.body.Weight() + 64*len(r.tags), used: time.Now()}
	el := c.order.PushFront(p)
	c.pages[key] = el
	for _, t := range r.tags {
		if c.tags[t] == nil {
			c.tags[t] = map[*list.Element]struct{}{}
		}
		c.tags[t][el] = struct{}{}
	}
	c.weight += p.weight
	r.body.OnGrow(func(n int) { c.grow(el, n) })
	c.shrink()
}

// grow accounts for another coding that a kept page has come to hold.
func (c *cache) grow(el *list.Element, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := el.Value.(*cached)
	if c.pages[p.key] != el {
		return // dropped in the meantime
	}
	p.weight += n
	c.weight += n
	c.shrink()
}

func (c *cache) shrink() {
	for c.weight > c.limit && c.order.Len() > 0 {
		c.remove(c.order.Back())
	}
}

func (c *cache) remove(el *list.Element) {
	p := el.Value.(*cached)
	c.order.Remove(el)
	delete(c.pages, p.key)
	for _, t := range p.tags {
		delete(c.tags[t], el)
		if len(c.tags[t]) == 0 {
			delete(c.tags, t)
		}
	}
	c.weight -= p.weight
}

// maxDropped bounds the memory of which tags were dropped when. Past it the
// cache only remembers that everything may have changed, which is safe.
const maxDropped = 10000

// drop forgets every page with one of the tags.
func (c *cache) drop(tags ...string) { c.dropWith(func() {}, tags...) }

// dropWith is drop that also has forget called, at the same moment as far as
// keep is concerned.
func (c *cache) dropWith(forget func(), tags ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	forget()
	for _, t := range tags {
		if t == stet.TagAll {
			for c.order.Len() > 0 {
				c.remove(c.order.Back())
			}
			c.all = c.epoch
			clear(c.dropped)
			return
		}
		for el := range c.tags[t] {
			c.remove(el)
		}
		c.dropped[t] = c.epoch
	}
	if len(c.dropped) > maxDropped {
		c.all = c.epoch
		clear(c.dropped)
	}
}

// began returns the epoch at which the reading of something begins.
func (c *cache) began() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.epoch
}

// keep calls f unless something was dropped since the epoch: what was read in
// the meantime may be old already, and is used once and not kept.
func (c *cache) keep(epoch int64, f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.epoch == epoch {
		f()
	}
}

// stats returns how many pages are kept and what they weigh.
func (c *cache) stats() (pages, weight int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len(), c.weight
}
