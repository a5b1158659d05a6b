// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"time"

	"stet"
	"stet/internal/intake/feed"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
	"stet/internal/intake/wxr"
	"stet/internal/newsroom"
	"stet/internal/web"
)

// Options say what to import and how.
type Options struct {
	Room    *newsroom.Room
	Staff   stet.Staff // zero is stet.Operator
	Sources []string   // files, addresses, or "-" for Stdin
	Kind    string     // "wordpress" or "feed"; "" finds it out
	DryRun  bool       // writes nothing and fetches no picture
	Map     *Map
	// Media is where pictures are taken from first: a folder with a copy of the
	// old site's uploads, or an address that has one.
	Media string
	// Client fetches sources that are addresses, and, with FetchPictures, the
	// pictures that Media does not have.
	Client        *web.Client
	FetchPictures bool
	Stdin         io.Reader
	Partner       string // all stories are this partner's; see also Map
	Progress      func(Progress)
	Logger        *slog.Logger
	Workers       int // that convert stories; GOMAXPROCS when 0
}

// Progress tells how far an import is.
type Progress struct {
	Source string
	Phase  string // "reading", "pictures", "stories"
	Done   int64  // bytes, or pictures
	Total  int64
	Posts  int // so far
}

// importer is one run.
type importer struct {
	Options
	report *Report
	began  time.Time
	lang   string // of the magazine
}

// Run imports the sources one after the other. What could not be imported is
// in the report; an error is returned when nothing could, or when the run had
// to end. The report is never nil.
func Run(ctx context.Context, o Options) (*Report, error) {
	if o.Staff.Role == "" {
		o.Staff = stet.Operator
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Map == nil {
		o.Map = &Map{}
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	im := &importer{Options: o, report: newReport(o.DryRun), began: time.Now(), lang: "en"}
	defer func() { im.report.finish(time.Since(im.began)) }()
	if len(o.Sources) == 0 {
		return im.report, stet.Errorf(stet.Invalid, "there is nothing to import: name a file or an address")
	}
	if m, err := o.Room.Store().Magazine(ctx); err == nil && m.Language != "" {
		im.lang = m.Language
	}
	var refused error
	done := 0
	for _, name := range o.Sources {
		err := im.source(ctx, name)
		if err == nil {
			done++
			continue
		}
		if stet.ErrorCode(err) == stet.Internal || ctx.Err() != nil {
			return im.report, err
		}
		im.report.Sources[len(im.report.Sources)-1].Error = stet.ErrorMessage(err)
		im.report.add(name, item.Notice{Severity: item.Error, Kind: "source", Item: name, Reason: stet.ErrorMessage(err)})
		refused = errors.Join(refused, err)
	}
	if done == 0 {
		return im.report, refused
	}
	return im.report, nil
}

// source imports one file or address.
func (im *importer) source(ctx context.Context, name string) error {
	im.report.Sources = append(im.report.Sources, SourceReport{Name: name})
	about := &im.report.Sources[len(im.report.Sources)-1]
	f, err := spool.Open(ctx, name, im.Client, im.Stdin)
	if err != nil {
		return err
	}
	defer f.Close()
	kind, err := f.Kind()
	if err != nil {
		return err
	}
	if im.Kind != "" && im.Kind != string(kind) {
		if im.Kind != string(spool.Feed) { // a WordPress export can be read as the feed that it also is
			return stet.Errorf(stet.Invalid, "%s is a %s, not a %s file", name, kind, im.Kind)
		}
		kind = spool.Feed
	}
	about.Kind = string(kind)
	im.Progress(Progress{Source: name, Phase: "reading", Total: f.Size})
	src, err := open(f, kind)
	if err != nil {
		return err
	}
	defer src.Close()
	site := src.Site()
	about.Format, about.Title = site.Format, site.Title
	if site.URL != nil {
		about.URL = site.URL.String()
	}
	before := im.report.Counts.Posts
	err = im.bring(ctx, f, src)
	about.Posts = im.report.Counts.Posts - before
	if err == nil && about.Posts == 0 && im.report.Counts.Failed > 0 {
		return stet.Errorf(stet.Invalid, "%s: no story in it could be imported; the report says why", name)
	}
	return err
}

func open(f *spool.File, kind spool.Kind) (item.Source, error) {
	switch kind {
	case spool.WordPress:
		return wxr.Open(f)
	case spool.Feed:
		return feed.Open(f)
	}
	return nil, fmt.Errorf("no package reads the kind %q", kind)
}
