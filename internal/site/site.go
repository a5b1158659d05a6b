// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package site is the public face of the magazine: the pages, the stream, the
// search, the feeds, sitemaps and pictures that readers and their programs
// ask for.
//
// It reads from the store, fills the views of package theme and keeps what
// they make in a page cache. It changes nothing, but for sign-ups, which it
// hands to package readers.
package site

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/readers"
	"stet/internal/store"
	"stet/internal/web"
)

// Options gives the site what it works with.
type Options struct {
	Store      *store.Store
	Blobs      media.Blobs
	Renditions *media.Renditions
	Readers    *readers.Desk
	Logger     *slog.Logger
	URL        string // public base address, without a slash at the end
	Proxies    web.Proxies
	Overrides  fs.FS // the owner's theme folder, or nil
	CacheBytes int   // weight of the page cache; 0 is 48 MB, less keeps no page
}

// Site answers the requests of readers.
type Site struct {
	store      *store.Store
	blobs      media.Blobs
	renditions *media.Renditions
	readers    *readers.Desk
	log        *slog.Logger
	base       string
	proxies    web.Proxies
	overrides  fs.FS
	cache      *cache
	world      atomic.Pointer[world]
	fronts     atomic.Pointer[map[string]stet.Front]
	years      atomic.Pointer[archiveCounts]
	mark       atomic.Pointer[string] // the newest head of the ledger, see ledgerMark
	static     *statics
	handler    http.Handler
}

// New returns the site. It fails when the owner's theme or settings cannot be
// used, with an error that says where.
func New(ctx context.Context, o Options) (*Site, error) {
	if o.CacheBytes == 0 {
		o.CacheBytes = 48 << 20
	}
	s := &Site{
		store: o.Store, blobs: o.Blobs, renditions: o.Renditions, readers: o.Readers, log: o.Logger, base: strings.TrimSuffix(o.URL, "/"),
		proxies: o.Proxies, overrides: o.Overrides, cache: newCache(o.CacheBytes), static: newStatics(),
	}
	if _, err := s.currentWorld(ctx); err != nil {
		return nil, err
	}
	s.store.OnEvent(s.changed)
	s.handler = o.Proxies.Secure(s.routes())
	return s, nil
}

// changed drops what an event has made stale.
func (s *Site) changed(e stet.Event) {
	var world, fronts, years bool
	tags := e.Tags
	for _, t := range e.Tags {
		switch t {
		case stet.TagAll, newsroom.TagTaxonomy, newsroom.TagPages:
			world, fronts, years, tags = true, true, true, []string{stet.TagAll}
			s.mark.Store(nil)
		case allStories.Tag():
			years = true
		case newsroom.TagLedgerHead:
			s.mark.Store(nil)
		}
		fronts = fronts || strings.HasPrefix(t, newsroom.TagFront)
	}
	s.cache.dropWith(func() {
		if world {
			s.world.Store(nil)
		}
		if fronts {
			s.fronts.Store(nil)
		}
		if years {
			s.years.Store(nil)
		}
	}, tags...)
}

// ServeHTTP answers a request: from the cache if it can, which is asked before
// anything else because most requests end there.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if body := s.kept(r); body != nil {
		body.ServeSecure(w, r, s.proxies)
		return
	}
	s.handler.ServeHTTP(w, r)
}

// request is a request with what every page needs.
type request struct {
	*http.Request
	world *world
	path  string // without a trailing slash
	// preview is the front of the page as the desk would have it, in place of
	// what readers see.
	preview *stet.Front
}

// page is a kind of page: it makes what is sent, or an error.
type page func(ctx context.Context, r *request) (rendering, error)

// cached serves a page through the cache under the key of its request.
func (s *Site) cached(p page) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		key, keep := cacheKey(r)
		render := func(ctx context.Context) (rendering, error) {
			world, err := s.currentWorld(ctx)
			if err != nil {
				return rendering{}, err
			}
			return p(ctx, &request{Request: r, world: world, path: trimSlash(r.URL.Path)})
		}
		if !keep {
			made, err := render(r.Context())
			if err != nil {
				return err
			}
			made.body.ServeHTTP(w, r)
			return nil
		}
		body, err := s.cache.load(r.Context(), key, render)
		if err != nil {
			return err
		}
		body.ServeHTTP(w, r)
		return nil
	})
}

// handle turns a function that may fail into a handler. It is the one place
// where the site writes errors.
func (s *Site) handle(f func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := f(w, r)
		var to *redirect
		switch {
		case err == nil:
		case errors.As(err, &to):
			w.Header().Set("Cache-Control", "public, max-age=300")
			http.Redirect(w, r, to.url, to.status)
		case errors.Is(err, context.Canceled):
			// The reader has gone; there is nobody to tell.
		default:
			s.fail(w, r, err)
		}
	})
}

// redirect is returned as an error by pages that stand elsewhere.
type redirect struct {
	url    string
	status int
}

func (r *redirect) Error() string { return "see " + r.url }

func moved(url string) error { return &redirect{url, http.StatusMovedPermanently} }

// keyParams are the query parameters that pages know; all others (campaign
// tags, mostly) make no other page and so no other key.
var keyParams = []string{"before", "after", "earlier", "later"}

// askParams are those by which readers ask for something. They make pages that
// are not kept.
var askParams = []string{"q", "seen", "page", "section", "person", "year", "speaker", "topic", "venue", "from", "to"}

// cacheKey returns the key of a request and whether its answer may be kept:
// questions typed by readers are not, they seldom come twice.
func cacheKey(r *http.Request) (string, bool) {
	if r.URL.RawQuery == "" {
		return r.URL.Path, true
	}
	q := r.URL.Query()
	for _, p := range askParams {
		if q.Has(p) {
			return "", false
		}
	}
	key := r.URL.Path
	for _, p := range keyParams {
		if v := q.Get(p); v != "" {
			key += "?" + p + "=" + v
		}
	}
	// Addresses such as /?p=12 belong to a system we came from.
	if r.URL.Path == "/" && len(key) == 1 && oldQuery(r) {
		return "", false
	}
	return key, true
}

func trimSlash(p string) string {
	if len(p) > 1 {
		return strings.TrimRight(p, "/")
	}
	return p
}

// html renders a view into a body.
func (s *Site) html(w *world, template string, view any, status int, first web.Encoding, tags ...string) (rendering, error) {
	var b strings.Builder
	if err := w.theme.Render(&b, template, view); err != nil {
		return rendering{}, err
	}
	body := web.NewBody(status, "text/html; charset=utf-8", []byte(b.String()), first)
	body.CacheControl = pageControl
	// The moment of making: nothing that the page shows is newer.
	body.Modified = time.Now().UTC().Truncate(time.Second)
	return rendering{body, tags}, nil
}

// pageControl lets a reader go back and forth for two minutes without asking
// again; who reloads asks, and so does every proxy on the way, so that nobody
// who comes anew is sent an old page.
const pageControl = "public, max-age=120, s-maxage=0, must-revalidate"

// dataControl is for what programs poll: kept, but asked about each time. The
// answer is mostly a 304 from memory.
const dataControl = "public, max-age=0, must-revalidate"

// foreverControl is for addresses that hold a hash or an id of something that
// never changes.
const foreverControl = "public, max-age=31536000, immutable"

func encoding(r *http.Request) web.Encoding { return web.Accepted(r.Header.Get("Accept-Encoding")) }

// client returns the network of the client, for rate limits.
func (s *Site) client(r *http.Request) netip.Addr {
	a, _ := s.proxies.Client(r)
	return a
}
