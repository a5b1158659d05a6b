// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package demo

import (
	"context"
	"fmt"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// work is how far a story of content/desk has come, and who said what about it.
// People are named by slug. A moment is days from today and a time of day, such
// as "+1 06:00", so that the desk looks alive whenever the demo is filled.
type work struct {
	By        string // who began it
	Assignee  string
	Due       string
	Submitted string // the writer's note to whoever reviews it
	Returned  string // why it went back, in the words of Editor
	Editor    string
	Approved  string // by whom
	Scheduled string
	Withdrawn string // by whom
	Changes   bool   // the file's body is added to a story that is live, and is not published
	Notes     []struct{ By, Text string }
}

// layDesk puts work in progress onto the desk. Readers see nothing of it.
func (f *filler) layDesk(ctx context.Context, desk []story) error {
	for _, s := range desk {
		id, err := f.begin(ctx, s)
		if err == nil {
			err = f.bringAlong(ctx, id, s.Desk)
		}
		if err != nil {
			return fmt.Errorf("on the desk, %s: %w", s.Slug, err)
		}
	}
	return nil
}

// begin stores the story: as a draft of its writer, as one that was published,
// or as changes of one that is live.
func (f *filler) begin(ctx context.Context, s story) (int64, error) {
	if s.Desk.Changes {
		return f.stories[s.Slug], f.change(ctx, s)
	}
	slug := s.Slug
	if s.Published == "" {
		s.Slug = "" // made from the headline when it is published
	}
	c, err := f.content(s)
	if err != nil {
		return 0, err
	}
	if s.Picture != "" {
		c.Lead = &stet.Placement{Asset: f.assets[s.Picture], Caption: s.Caption}
	}
	if s.Published != "" {
		err := f.publish(ctx, stet.Story, s, c)
		return f.stories[slug], err
	}
	a := stet.Article{Kind: stet.Story, Content: c}
	err = f.room.Draft(ctx, f.staff[s.Desk.By], &a)
	return a.ID, err
}

// change adds the file's paragraphs to the working copy of a live story.
func (f *filler) change(ctx context.Context, s story) error {
	a, err := f.room.Store().Article(ctx, f.stories[s.Slug])
	if err != nil {
		return err
	}
	doc, err := prose.Parse(a.Content.Body)
	if err != nil {
		return err
	}
	more, _ := prose.FromMarkdown(s.body, prose.Options{})
	doc.Root.Content = append(doc.Root.Content, more.Root.Content...)
	a.Content.Body = doc.JSON()
	return f.room.Save(ctx, f.staff[s.Desk.By], &a)
}

// bringAlong takes the story through its life as far as it has come.
func (f *filler) bringAlong(ctx context.Context, id int64, w work) error {
	by := f.staff[w.By]
	due, err := f.moment(w.Due)
	if err != nil {
		return err
	}
	scheduled, err := f.moment(w.Scheduled)
	if err != nil {
		return err
	}
	steps := []struct {
		wanted bool
		act    func() error
	}{
		{w.Assignee != "", func() error {
			who := f.staff[w.Assignee].PublicID
			return f.room.Assign(ctx, f.editor, id, newsroom.Assignment{Assignee: &who, DueAt: &due})
		}},
		{w.Submitted != "", func() error { return f.room.Submit(ctx, by, id, w.Submitted) }},
		{w.Returned != "", func() error { return f.room.GiveBack(ctx, f.staff[w.Editor], id, w.Returned) }},
		{w.Approved != "", func() error { return f.room.Approve(ctx, f.staff[w.Approved], id) }},
		{w.Scheduled != "", func() error { return f.room.Schedule(ctx, by, id, scheduled) }},
		{w.Withdrawn != "", func() error { return f.room.Withdraw(ctx, f.staff[w.Withdrawn], id) }},
	}
	for _, step := range steps {
		if !step.wanted {
			continue
		}
		if err := step.act(); err != nil {
			return err
		}
	}
	for _, n := range w.Notes {
		if err := f.room.AddNote(ctx, f.staff[n.By], id, n.Text); err != nil {
			return err
		}
	}
	return nil
}

// moment reads "+1 06:00": tomorrow at six, on the magazine's clocks.
func (f *filler) moment(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	var days, hour, minute int
	if n, err := fmt.Sscanf(s, "+%d %d:%d", &days, &hour, &minute); n != 3 {
		return time.Time{}, fmt.Errorf("the moment %q: %w", s, err)
	}
	y, m, d := f.room.Store().Now().In(f.zone).Date()
	return time.Date(y, m, d+days, hour, minute, 0, 0, f.zone), nil
}
