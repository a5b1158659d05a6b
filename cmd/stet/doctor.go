// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"stet"
	"stet/internal/config"
	"stet/internal/jobs"
	"stet/internal/newsroom"
	"stet/internal/theme"
)

type doctorCmd struct {
	Fix bool `help:"Mend what can be made anew from the published versions: lists, addresses, the search index."`
}

func (c *doctorCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		wrong := 0
		report := func(f newsroom.Finding) {
			mark := "✗"
			if f.Fixed {
				mark = "✓ mended:"
			} else {
				wrong++
			}
			fmt.Fprintf(io.out, "%s %s\n", mark, f.What)
			if !f.Fixed {
				fmt.Fprintf(io.out, "  %s\n", f.Remedy)
			}
		}
		for _, look := range []func(context.Context, *house, func(newsroom.Finding)) error{examineDatabase, examineSettings, examineStaff, examineMail, examineJobs, examineKeeper} {
			if err := look(ctx, h, report); err != nil {
				return err
			}
		}
		if err := h.room.Examine(ctx, c.Fix, report); err != nil {
			return err
		}
		counts, err := h.store.CountArticles(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(io.out, "%s, %s: %d stories and %d pages are published.\n", version(), h.store.Engine(), counts[stet.Story][stet.Published], counts[stet.Page][stet.Published])
		if wrong > 0 {
			return stet.Errorf(stet.Conflict, "%d things are wrong", wrong)
		}
		fmt.Fprintln(io.out, "Nothing is wrong.")
		return nil
	})
}

func examineDatabase(ctx context.Context, h *house, report func(newsroom.Finding)) error {
	faults, err := h.store.Check(ctx)
	for _, f := range faults {
		report(newsroom.Finding{What: "The database is damaged: " + f, Remedy: "Restore it from a backup."})
	}
	return err
}

func examineSettings(ctx context.Context, h *house, report func(newsroom.Finding)) error {
	m, err := h.store.Magazine(ctx)
	if stet.ErrorCode(err) == stet.NotFound {
		report(newsroom.Finding{What: "The magazine has no name yet.", Remedy: "Write it with: stet settings set magazine FILE.json"})
		return nil
	}
	if err != nil {
		return err
	}
	if err := m.Validate(); err != nil {
		report(newsroom.Finding{What: "The settings of the magazine are not valid: " + stet.ErrorMessage(err), Remedy: "Write them anew with: stet settings set magazine FILE.json"})
	}
	tokens, err := theme.ParseTokens(m.Tokens)
	if err != nil {
		report(newsroom.Finding{What: "The theme's tokens are not valid: " + err.Error(), Remedy: "Mend them with: stet settings set magazine FILE.json"})
		return nil
	}
	o := theme.Options{Language: m.Language, Location: m.Location(), Tokens: tokens, Mark: m.Mark}
	if dir := filepath.Join(h.settings.Data, "theme"); isDir(dir) {
		o.Overrides = os.DirFS(dir)
	}
	t, err := theme.New(o)
	if err != nil {
		report(newsroom.Finding{What: "The theme cannot be used: " + err.Error(), Remedy: "Mend the file that is named, or take it out of the folder."})
		return nil
	}
	for _, w := range t.Warnings() {
		report(newsroom.Finding{What: "The theme reads badly: " + w, Remedy: "Choose other colours in the magazine's tokens."})
	}
	return nil
}

func examineStaff(ctx context.Context, h *house, report func(newsroom.Finding)) error {
	all, err := h.store.Staff(ctx)
	if err != nil || len(all) == 0 {
		return err // a magazine that nobody has begun is not broken
	}
	for _, a := range all {
		if a.Role == stet.Owner && !a.Disabled {
			return nil
		}
	}
	report(newsroom.Finding{What: "No owner can sign in.", Remedy: "Make somebody one: stet user role EMAIL owner"})
	return nil
}

func examineMail(ctx context.Context, h *house, report func(newsroom.Finding)) error {
	if err := h.room.CheckMail(ctx); err != nil {
		report(newsroom.Finding{What: "Mail cannot be sent: " + err.Error(), Remedy: "Mend the mail settings at the desk, or --smtp-host and its companions; the links in mails are in the log only when no mail server is set at all."})
	}
	return nil
}

func isDir(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

func examineJobs(ctx context.Context, h *house, report func(newsroom.Finding)) error {
	dead, err := h.queue.List(ctx, jobs.Filter{State: jobs.Dead, Limit: 20})
	for _, j := range dead {
		report(newsroom.Finding{
			What:   fmt.Sprintf("A job %q was given up at %s: %s", j.Kind, j.FinishedAt.Format(time.RFC3339), j.LastError),
			Remedy: "See to the cause; jobs of this kind are made anew when the story is published again.",
		})
	}
	return err
}
