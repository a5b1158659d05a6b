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
	"context"
	"embed"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/web"
)

//go:embed all:dist
var dist embed.FS

// Options gives the desk what it works with.
type Options struct {
	Store      *store.Store
	Room       *newsroom.Room
	Blobs      media.Blobs
	Renditions *media.Renditions
	Logger     *slog.Logger
	URL        string // public base address, without a slash at the end
	Proxies    web.Proxies
	Version    string // of the program, for the API's document
	Issuer     IssuerOptions
	// Page makes the page at a public address as readers see it. The desk cannot
	// ask the site itself; whoever wires both hands this over.
	Page func(ctx context.Context, path string) ([]byte, error)
	// Preview makes the page that shows a front, as readers would see it.
	Preview func(ctx context.Context, place string, front stet.Front) ([]byte, error)
}

// Desk answers the requests of the staff.
type Desk struct {
	store      *store.Store
	room       *newsroom.Room
	blobs      media.Blobs
	renditions *media.Renditions
	log        *slog.Logger
	hub        *hub
	base       string
	proxies    web.Proxies
	issuer     *issuer // nil when nobody else vouches for people
	page       func(ctx context.Context, path string) ([]byte, error)
	preview    func(ctx context.Context, place string, front stet.Front) ([]byte, error)
	api        huma.API
	handler    http.Handler
}

// New returns the desk.
func New(o Options) *Desk {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	d := &Desk{
		store: o.Store, room: o.Room, blobs: o.Blobs, renditions: o.Renditions, log: o.Logger,
		base: strings.TrimSuffix(o.URL, "/"), proxies: o.Proxies, page: o.Page, preview: o.Preview,
	}
	d.hub = newHub()
	if d.store != nil { // there is none when only the document is asked for
		d.store.OnEvent(d.hub.heard)
	}
	mux := http.NewServeMux()
	d.api = d.newAPI(mux, o.Version)
	d.issuer = newIssuer(o.Issuer, d.base)
	d.issuerPages(mux)
	d.operations()
	d.reference(mux)
	d.app(mux)
	mux.HandleFunc("GET /desk/page", d.pagePreview)
	mux.HandleFunc("GET /desk/preview/{place}", d.previewPage)
	// A form on another site must not act for somebody who is signed in here.
	fromHere := http.NewCrossOriginProtection()
	fromHere.SetDenyHandler(http.HandlerFunc(refuseOther))
	d.handler = o.Proxies.Secure(fromHere.Handler(problems{mux}))
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
	d.doorOperations()
	d.accountOperations()
	d.staffOperations()
	d.mailOperations()
	d.articleOperations()
	d.lifeOperations()
	d.bulkOperations()
	d.viewOperations()
	d.calendarOperations()
	d.correctionOperations()
	d.recordOperations()
	d.statementOperations()
	d.counterpointOperations()
	d.assistantOperations()
	d.activityOperations()
	d.copyOperations()
	d.snapshotOperations()
	d.eventOperations()
	d.taxonomyOperations()
	d.personOperations()
	d.frontOperations()
	d.mediaOperations()
	d.tokenOperations()
	d.webhookOperations()
	d.settingsOperations()
	d.addressOperations()
	d.nameActs()
}

// Document returns the API's OpenAPI document as JSON.
func (d *Desk) Document() ([]byte, error) { return d.api.OpenAPI().MarshalJSON() }
