// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package newsroom holds the editorial acts: draft, save, publish, schedule,
// withdraw, and the keeping of sections, people and pictures. Each act is one
// function that asks for permission, checks the rules, changes the store in
// one transaction together with the jobs that must follow, and announces what
// changed after the commit.
//
// The desk, the command line, the importers and scheduled jobs all come
// through here. It does not parse requests and it does not render.
package newsroom

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/media"
	"stet/internal/steps"
	"stet/internal/store"
	"stet/internal/web"
)

// Options gives a newsroom what it works with.
type Options struct {
	Store  *store.Store
	Blobs  media.Blobs
	Limits media.Limits
	Logger *slog.Logger
	// Client sends messages to webhooks and asks links whether they lead
	// somewhere; nil is a guarded one with defaults.
	Client *web.Client
	// Pictures fetches pictures that stand elsewhere; nil is a guarded one.
	Pictures *web.Client
	// Patience is how long an assistant may take for a reading; 90 s.
	Patience time.Duration
	// Wake is called after a commit that added jobs.
	Wake func()
	URL  string // public base address, for links and passkeys; see At
	SMTP SMTP   // what the operator says of mail; it wins over the setting
}

// Room is the newsroom of one magazine.
type Room struct {
	store  *store.Store
	blobs  media.Blobs
	limits media.Limits
	log    *slog.Logger
	client *web.Client
	// pictures is another client: what it fetches is larger than a page.
	pictures *web.Client
	// assistants are two more, for the public internet and for the own network.
	assistants [2]*web.Client
	patience   time.Duration
	wake       func()
	// machine applies what editors send to the bodies of working copies.
	machine *steps.Machine
	finders *finders
	event   *stet.Event // collects tags within Batch
	sealing *sealing    // collects what the log is told of, within Batch
	memo    *memo       // within Batch
	base    string
	smtp    SMTP
	// hashing bounds how many passwords are checked at a time: each takes 64 MB.
	hashing chan struct{}
}

// New returns the newsroom.
func New(o Options) *Room {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Wake == nil {
		o.Wake = func() {}
	}
	if o.Client == nil {
		o.Client = web.NewClient(web.ClientOptions{MaxBytes: 1 << 20, Timeout: 30 * time.Second})
	}
	if o.Pictures == nil {
		o.Pictures = web.NewClient(web.ClientOptions{MaxBytes: o.Limits.PictureBytes, Timeout: 30 * time.Second})
	}
	if o.Patience == 0 {
		o.Patience = assistantPatience
	}
	return &Room{assistants: assistants(o.Client, o.Patience), patience: o.Patience, pictures: o.Pictures, store: o.Store, blobs: o.Blobs, limits: o.Limits, log: o.Logger, client: o.Client, wake: o.Wake, machine: steps.New(steps.Options{Logger: o.Logger}), finders: &finders{},
		base: strings.TrimSuffix(o.URL, "/"), smtp: o.SMTP, hashing: make(chan struct{}, hashedAtOnce)}
}

// At returns the room with the public base address, which a server knows only
// when it listens.
func (r *Room) At(base string) *Room {
	at := *r
	at.base = strings.TrimSuffix(base, "/")
	return &at
}

// Store returns the store, or the transaction within Batch, for reading.
func (r *Room) Store() *store.Store { return r.store }

// Batch runs several acts in one transaction: all of them happen or none.
// Within f only the room that it is given may be used.
func (r *Room) Batch(ctx context.Context, f func(r *Room) error) error {
	if r.store.InTx() {
		return f(r)
	}
	var event stet.Event
	err := r.store.Tx(ctx, func(tx *store.Store) error {
		event = stet.Event{} // f may be run a second time
		inner := *r
		inner.store, inner.event, inner.sealing, inner.memo = tx, &event, &sealing{}, newMemo()
		if err := f(&inner); err != nil {
			return err
		}
		if err := inner.closeLedger(ctx); err != nil {
			return err
		}
		if len(event.Tags) == 0 {
			return nil
		}
		slices.Sort(event.Tags)
		event.Tags = slices.Compact(event.Tags)
		return tx.Emit(ctx, event)
	})
	if err != nil {
		return err
	}
	if len(event.Tags) > 0 {
		r.store.Announce(event)
	}
	r.wake()
	return nil
}

// act is the frame of every act: permission first, then the change.
func (r *Room) act(ctx context.Context, staff stet.Staff, a Act, f func(r *Room) error) error {
	if !Can(staff, a) {
		return forbidden(staff, a)
	}
	return r.Batch(ctx, f)
}

// changed notes tags that are announced after the commit.
func (r *Room) changed(tags ...string) {
	r.event.Tags = append(r.event.Tags, tags...)
	r.memo.forget(tags)
}

// enqueue adds a job to the transaction.
func (r *Room) enqueue(ctx context.Context, j jobs.Job) error {
	if _, _, err := jobs.Insert(ctx, r.store.Conn(), r.store.Now(), j); err != nil {
		return fmt.Errorf("enqueue %s: %w", j.Kind, err)
	}
	return nil
}

// language returns the magazine's language, English before it was set.
func (r *Room) language(ctx context.Context) string {
	m, err := r.store.Magazine(ctx)
	if err != nil || m.Language == "" {
		return "en"
	}
	return m.Language
}

// The tags under which pages are cached, beside those of lists.
const (
	TagTaxonomy = "taxonomy" // names and addresses of sections, genres, topics
	TagPages    = "pages"    // which plain pages there are
)

// ArticleTag is the tag of pages that show the article.
func ArticleTag(id int64) string { return fmt.Sprintf("article:%d", id) }

// PersonTag is the tag of pages that show the person.
func PersonTag(id int64) string { return fmt.Sprintf("person:%d", id) }

// The kinds of job that the newsroom leaves behind.
const (
	JobPublish    = "publish"     // PublishArgs: a scheduled article
	JobRenditions = "renditions"  // RenditionArgs: pictures that readers will soon ask for
	JobRightsEnd  = "rights_end"  // RightsArgs: a picture that readers may see no longer
	JobLooks      = "looks"       // NoArgs: finds out what new pictures look like
	JobSweepMedia = "sweep_media" // NoArgs: uploads that were given up, and old trash
	JobLinks      = "links"       // LinkArgs: the outbound links of a working copy
	JobBylines    = "bylines"     // BylineArgs: stories that are found by another name now
	JobTrash      = "trash"       // none: what has lain in the trash for long
	JobScan       = "scan"        // ScanArgs: quotations in live stories
	JobRefile     = "refile"      // RefileArgs: the stories of a section, genre or topic that has changed
)

// NoArgs is what jobs get that need to be told nothing.
type NoArgs struct{}

// RightsArgs names the asset whose rights end.
type RightsArgs struct {
	Asset int64 `json:"asset"`
}

// PublishArgs names the scheduled article to publish.
type PublishArgs struct {
	Article int64 `json:"article"`
}

// RenditionArgs names the picture to prepare.
type RenditionArgs struct {
	Asset int64 `json:"asset"`
}
