// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"io"
	"net/http"

	"stet/internal/web"
)

// routes is the whole map of the public addresses that do not stand in the
// path table. Everything else (stories, sections, topics, people, pages, what
// earlier systems left behind) is looked up there by anything.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	get := func(pattern string, h http.Handler) { mux.Handle("GET "+pattern, h) }

	get("/{$}", s.cached(s.front))
	get("/latest", s.cached(s.latest))
	get("/archive", s.cached(s.archive))
	get("/archive/{year}", s.cached(s.archive))
	get("/archive/{year}/{month}", s.cached(s.archive))
	get(correctionsPath, s.cached(s.corrections))
	get(correctionsPath+"/{section...}", s.cached(s.corrections))
	get(recordPath, s.cached(s.record))
	get(recordPath+"/{rest...}", s.cached(s.record))
	get(recordPath+"/{id}/embed", s.handle(s.embed))
	get(recordPath+".json", s.handle(s.recordFile))
	get(recordPath+".csv", s.handle(s.recordFile))
	get("/person/{slug}"+recordPath+".json", s.handle(s.personFile))
	get("/person/{slug}"+recordPath+".csv", s.handle(s.personFile))
	get("/person/{slug}"+recordPath+"/feed", s.cached(s.personFeed))
	get("/person/{slug}"+recordPath+"/feed/{format}", s.cached(s.personFeed))
	s.ledgerRoutes(mux)
	get("/stream", s.cached(s.stream))
	get("/search", s.cached(s.search))
	get("/search/suggest", s.cached(s.suggest))
	get("/feed", s.cached(s.feed))
	get("/feed/{$}", s.cached(s.feed)) // WordPress's form; no redirect, since some readers follow none
	get("/robots.txt", s.cached(s.robots))
	get("/sitemap.xml", s.cached(s.sitemapIndex))
	get("/sitemaps/{name}", s.cached(s.sitemap))
	get("/static/{hash}/{name...}", s.handle(s.staticFile))
	get("/favicon.ico", s.handle(s.favicon))
	get("/media/{id}/{name}", s.handle(s.picture))
	get("/media/ended/{name}", s.handle(s.ended))
	get("/raw/{article}/{version}/{block}", s.handle(s.raw))
	get("/health", s.handle(s.health))
	mux.Handle("POST /newsletter", http.NewCrossOriginProtection().Handler(s.handle(s.newsletter)))
	get("/newsletter", s.handle(s.newsletterForm))
	get("/", s.cached(s.anything))

	return mux
}

// kept returns the page of a request out of the cache, nil when it is not there.
func (s *Site) kept(r *http.Request) *web.Body {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return nil
	}
	key, keep := cacheKey(r)
	if !keep {
		return nil
	}
	return s.cache.get(key)
}

// health answers load balancers: the process runs and reaches its database.
func (s *Site) health(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.store.Empty(r.Context()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err := io.WriteString(w, "ok\n")
	return err
}
