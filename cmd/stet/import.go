// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"stet"
	"stet/internal/config"
	"stet/internal/intake"
	"stet/internal/web"
)

type importCmd struct {
	Sources []string `arg:"" help:"What to import: the kind (wordpress or feed; found out when left out), then files or addresses; - is standard input." placeholder:"[wordpress|feed] FILE|URL"`

	DryRun  bool   `help:"Read everything and say what would happen; write nothing, fetch no picture."`
	Report  string `help:"Write the whole report to this file, as JSON." placeholder:"FILE"`
	Map     string `help:"YAML or JSON file that says what becomes of categories, tags and authors." placeholder:"FILE"`
	Media   string `help:"Where pictures are taken from first: a copy of the old site's uploads folder, or an address that has one." placeholder:"DIR|URL"`
	Fetch   bool   `help:"Fetch pictures from where they stood."`
	Partner string `help:"All stories are this partner's, republished with permission." placeholder:"NAME"`
}

// Help says how the parts fit.
func (importCmd) Help() string {
	return `Imports are idempotent: a second run changes nothing, and a changed source updates what it changed. Every old
address keeps working. The last line on standard output is a summary as JSON, such as {"posts":12,"pages":3,...}.
Exit code 1 when nothing could be imported; what could not be imported of a source stands in the report.`
}

func (c *importCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	o := intake.Options{
		Staff: stet.Operator, Sources: c.Sources, DryRun: c.DryRun, Media: c.Media, FetchPictures: c.Fetch, Partner: c.Partner, Stdin: std.in,
		Client: web.NewClient(web.ClientOptions{Version: release, Home: s.URL, AllowPrivate: s.AllowPrivate}),
	}
	defer o.Client.Close()
	if len(c.Sources) > 1 && (c.Sources[0] == "wordpress" || c.Sources[0] == "feed") {
		o.Kind, o.Sources = c.Sources[0], c.Sources[1:]
	}
	var err error
	if o.Map, err = readMap(c.Map); err != nil {
		return err
	}
	out, err := newReportFile(c.Report)
	if err != nil {
		return err
	}
	return c.house(ctx, s, std, func(h *house) error {
		o.Room, o.Logger = h.room, h.log
		bar := newProgressBar(std.err)
		o.Progress = bar.show
		report, err := intake.Run(ctx, o)
		bar.done()
		err = errors.Join(err, out.write(report))
		if len(report.Sources) > 0 {
			err = errors.Join(err, report.WriteText(std.err))
		}
		_, e := fmt.Fprintf(std.out, "%s\n", report.Summary())
		return errors.Join(err, e)
	})
}

// house opens the magazine. A first look at an archive needs none and must
// leave none behind: it gets an empty one in a temporary folder.
func (c *importCmd) house(ctx context.Context, s *config.Settings, std streams, f func(h *house) error) error {
	if _, err := os.Stat(filepath.Join(s.Data, "stet.db")); !c.DryRun || s.Database != "" || err == nil {
		return withHouse(ctx, s, std, f)
	}
	dir, err := os.MkdirTemp("", "stet-import-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	look := *s
	look.Data = dir
	return withHouse(ctx, &look, std, f)
}

func readMap(name string) (*intake.Map, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "%v", err)
	}
	defer f.Close()
	return intake.ParseMap(f)
}

// reportFile is opened before the import begins: that it cannot be written
// should not be found out an hour later.
type reportFile struct{ f *os.File }

func newReportFile(name string) (*reportFile, error) {
	if name == "" {
		return &reportFile{}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "the report cannot be written: %v", err)
	}
	return &reportFile{f}, nil
}

func (r *reportFile) write(report *intake.Report) error {
	if r.f == nil {
		return nil
	}
	enc := json.NewEncoder(r.f)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return errors.Join(enc.Encode(report), r.f.Close())
}

// progressBar draws how far an import is on a terminal, and nothing elsewhere.
type progressBar struct {
	w    io.Writer
	last time.Time
	used bool
}

func newProgressBar(w io.Writer) *progressBar {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &progressBar{}
	}
	return &progressBar{w: w}
}

const barWidth = 30

func (b *progressBar) show(p intake.Progress) {
	if b.w == nil || time.Since(b.last) < 100*time.Millisecond && p.Done < p.Total {
		return
	}
	b.last, b.used = time.Now(), true
	share := 0.0
	if p.Total > 0 {
		share = min(1, float64(p.Done)/float64(p.Total))
	}
	full := int(share * barWidth)
	fmt.Fprintf(b.w, "\r%-9s [%-*s] %3.0f %%  %d stories\x1b[K", p.Phase, barWidth, bars[:full*len("█")], share*100, p.Posts)
}

const bars = "██████████████████████████████"

func (b *progressBar) done() {
	if b.used {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}
