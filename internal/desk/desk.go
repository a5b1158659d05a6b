// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package desk is the face of the magazine for its staff: the JSON API below
// /api, described by an OpenAPI document, and the app at /desk that is built
// from ui/ and embedded here.
//
// It reads from the store, and writes through package newsroom alone, where
// permission is asked. The app has no door of its own: all that it does goes
// through the API that integrations use.
package desk

import (
	"embed"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/web"
)

//go:embed all:dist
var dist embed.FS

// Options gives the desk what it works with.
type Options struct {
	Store   *store.Store
	Room    *newsroom.Room
	Logger  *slog.Logger
	URL     string // public base address, without a slash at the end
	Proxies web.Proxies
	Version string // of the program, for the API's document
}

// Desk answers the requests of the staff.
type Desk struct {
	store   *store.Store
	room    *newsroom.Room
	log     *slog.Logger
	base    string
	proxies web.Proxies
	api     huma.API
	hub     *hub
	handler http.Handler
}

// New returns the desk.
func New(o Options) *Desk {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	d := &Desk{store: o.Store, room: o.Room, log: o.Logger, base: strings.TrimSuffix(o.URL, "/"), proxies: o.Proxies}
	d.hub = newHub()
	if d.store != nil { // there is none when only the document is asked for
		d.store.OnEvent(d.hub.heard)
	}
	mux := http.NewServeMux()
	d.api = d.newAPI(mux, o.Version)
	d.operations()
	d.reference(mux)
	d.app(mux)
	// A form on another site must not act for somebody who is signed in here.
	d.handler = o.Proxies.Secure(http.NewCrossOriginProtection().Handler(mux))
	return d
}

// Owns reports whether requests for the path are the desk's to answer.
func Owns(path string) bool {
	return path == "/desk" || path == "/api" || strings.HasPrefix(path, "/desk/") || strings.HasPrefix(path, "/api/")
}

// ServeHTTP answers a request.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// What the staff reads is nobody else's; the app's files say otherwise.
	w.Header().Set("Cache-Control", "no-store")
	d.handler.ServeHTTP(w, r)
}

// operations is the map of the API: one function a noun.
func (d *Desk) operations() {
	d.sessionOperations()
	d.articleOperations()
	d.copyOperations()
	d.snapshotOperations()
	d.eventOperations()
	d.taxonomyOperations()
	d.personOperations()
	d.tokenOperations()
	d.webhookOperations()
}

// Document returns the API's OpenAPI document as JSON.
func (d *Desk) Document() ([]byte, error) { return d.api.OpenAPI().MarshalJSON() }
