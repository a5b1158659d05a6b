// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"stet"
	"stet/internal/config"
	"stet/internal/jobs"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/web"
)

// house is an opened magazine: what every command but render works with.
type house struct {
	settings   *config.Settings
	log        *slog.Logger
	now        func() time.Time
	store      *store.Store
	blobs      *media.Folder
	renditions *media.Renditions
	queue      *jobs.Queue
	room       *newsroom.Room
	keeper     *newsroom.Keeper // of a server; commands open their own
	closers    []func() error
}

// open opens the data folder and the database. On SQLite the folder is locked:
// two processes with one file would each keep caches that the other makes
// stale.
func open(ctx context.Context, s *config.Settings, io streams) (h *house, err error) {
	h = &house{settings: s, log: s.Logger(io.err), now: s.Clock.Now()}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if err := os.MkdirAll(s.Data, 0o750); err != nil {
		return h, stet.Errorf(stet.Invalid, "the data folder cannot be made: %v", err)
	}
	if s.Database == "" {
		unlock, err := lock(filepath.Join(s.Data, "stet.lock"))
		if err != nil {
			return h, err
		}
		h.closers = append(h.closers, unlock)
	}
	if h.store, err = store.Open(ctx, store.Options{Path: filepath.Join(s.Data, "stet.db"), URL: s.Database, Logger: h.log, Now: h.now}); err != nil {
		return h, err
	}
	h.closers = append(h.closers, h.store.Close)
	if h.blobs, err = media.OpenFolder(filepath.Join(s.Data, "media")); err != nil {
		return h, err
	}
	h.closers = append(h.closers, h.blobs.Close)
	h.renditions = media.NewRenditions(media.RenditionsOptions{Blobs: h.blobs, Memory: 192 << 20})
	h.closers = append(h.closers, func() error { h.renditions.Close(); return nil })
	sqlite := h.store.Engine() == "sqlite"
	h.queue = jobs.New(jobs.Options{DB: h.store.Conn(), Reader: h.store.Reader(), Postgres: !sqlite, Sole: sqlite, Now: h.now, Logger: h.log, Workers: 2})
	// On PostgreSQL an event may come from a process that has left jobs here.
	h.store.OnEvent(func(stet.Event) { h.queue.Wake() })
	client := web.NewClient(web.ClientOptions{Version: release, Home: s.URL, AllowPrivate: s.AllowPrivate, MaxBytes: 1 << 20, Timeout: 30 * time.Second})
	limits := media.Limits{PictureBytes: s.MaxPictureMB << 20, FileBytes: s.MaxFileMB << 20}
	pictures := web.NewClient(web.ClientOptions{Version: release, Home: s.URL, AllowPrivate: s.AllowPrivate, MaxBytes: limits.PictureBytes, Timeout: 30 * time.Second})
	h.closers = append(h.closers, func() error { client.Close(); pictures.Close(); return nil })
	h.room = newsroom.New(newsroom.Options{Store: h.store, Blobs: h.blobs, Limits: limits, Logger: h.log, Client: client, Pictures: pictures, Wake: h.queue.Wake, URL: s.URL, SMTP: operatorMail(s.SMTP)})
	jobs.Handle(h.queue, newsroom.JobPublish, h.room.PublishDue)
	jobs.Handle(h.queue, newsroom.JobLinks, h.room.CheckLinks)
	jobs.Handle(h.queue, newsroom.JobBylines, h.room.IndexBylines)
	jobs.Handle(h.queue, newsroom.JobTrash, h.room.EmptyTrash)
	h.queue.Every(newsroom.JobTrash, 24*time.Hour)
	jobs.Handle(h.queue, newsroom.JobRenditions, h.prepare)
	// The room gets its address when the server listens, which is later.
	jobs.Handle(h.queue, newsroom.JobLetter, func(ctx context.Context, a newsroom.LetterArgs) error { return h.room.SendLetter(ctx, a) })
	jobs.Handle(h.queue, newsroom.JobReset, func(ctx context.Context, a newsroom.ResetArgs) error { return h.room.Reset(ctx, a) })
	jobs.Handle(h.queue, newsroom.JobFront, h.room.FrontDue)
	jobs.Handle(h.queue, newsroom.JobRefile, h.room.Refile)
	jobs.Handle(h.queue, newsroom.JobScan, func(ctx context.Context, args newsroom.ScanArgs) error { return h.room.Scan(ctx, args, nil) })
	jobs.Handle(h.queue, newsroom.JobPinEnded, h.room.PinEnded)
	jobs.Handle(h.queue, newsroom.JobRightsEnd, h.room.RightsEnded)
	jobs.Handle(h.queue, newsroom.JobSweepMedia, h.room.SweepMedia)
	h.queue.Every(newsroom.JobSweepMedia, time.Hour)
	jobs.Handle(h.queue, newsroom.JobLooks, h.look)
	jobs.Handle(h.queue, newsroom.JobWebhook, h.room.CarryWebhook)
	jobs.Handle(h.queue, newsroom.JobPruneWebhooks, h.room.PruneWebhooks)
	h.queue.Every(newsroom.JobPruneWebhooks, 24*time.Hour)
	return h, nil
}

// operatorMail is what the flags say of mail.
func operatorMail(s config.SMTP) newsroom.SMTP {
	o := newsroom.SMTP{Password: s.Password}
	o.Host, o.Port, o.Encryption, o.User = s.Host, s.Port, s.Encryption, s.User
	o.Sender, o.SenderName, o.ReplyTo = s.From, s.FromName, s.ReplyTo
	return o
}

// prepare makes the renditions of a picture that readers will soon ask for.
func (h *house) prepare(ctx context.Context, args newsroom.RenditionArgs) error {
	assets, err := h.store.Assets(ctx, args.Asset)
	if err != nil || len(assets) == 0 || assets[0].Kind != stet.Image {
		return err
	}
	a := assets[0]
	var wanted []media.Rendition
	for _, shape := range []media.Shape{media.Whole, media.Landscape, media.Card} {
		for _, sz := range media.SizesOf(a, shape) {
			wanted = append(wanted, media.Of(a, shape, sz.Width))
		}
	}
	err = h.renditions.Make(ctx, a.Blob, wanted...)
	if code := stet.ErrorCode(err); code == stet.Invalid || code == stet.TooLarge {
		return jobs.Permanent(err)
	}
	return err
}

// look finds out what pictures look like that nobody has looked at yet. One
// that cannot be opened looks like nothing, and is not tried again.
func (h *house) look(ctx context.Context, _ newsroom.NoArgs) error {
	for {
		some, err := h.store.AssetsToLookAt(ctx, 20)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, a := range some {
			hash, err := h.renditions.Look(ctx, a.Blob, media.Size{Width: a.Width, Height: a.Height})
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				h.log.Warn("a picture cannot be looked at", "asset", a.PublicID, "error", err)
			}
			if err := h.store.SetLook(ctx, a.ID, hash); err != nil {
				return err
			}
		}
	}
}

func (h *house) close() error {
	var errs []error
	for i := len(h.closers) - 1; i >= 0; i-- {
		errs = append(errs, h.closers[i]())
	}
	h.closers = nil
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}
