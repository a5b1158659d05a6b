// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// TestApprovedIsClosed: what somebody has approved is not changed behind their
// back, by whichever way a working copy can be changed, and is open again once
// its writer has taken it back.
func TestApprovedIsClosed(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		writer := stet.Staff{Email: "w@causeway.example", Name: "Leila", Role: stet.Writer}
		must(t, d.AddStaff(ctx, op, &writer, ""))
		editor := d.editor(t)
		must(t, d.SetChecklist(ctx, op, stet.Checklist{}))
		a := stet.Article{Content: stet.Content{Headline: "As approved", Section: stet.Ref{ID: d.sound.PublicID}, Body: d.body(t, `{"type":"text","text":"One."}`)}}
		must(t, d.Draft(ctx, writer, &a))
		snapshot, err := d.Snapshot(ctx, writer, a.ID, "")
		must(t, err)

		ways := map[string]func(staff stet.Staff, headline string) error{
			"fields": func(staff stet.Staff, headline string) error {
				now := d.now(t, a.ID)
				old, _ := json.Marshal(now.Content.Headline)
				next, _ := json.Marshal(headline)
				_, err := d.ChangeFields(ctx, staff, a.ID, newsroom.Fields{"headline": old}, newsroom.Fields{"headline": next})
				return err
			},
			"body": func(staff stet.Staff, text string) error {
				_, err := d.ReplaceBody(ctx, staff, a.ID, d.body(t, `{"type":"text","text":"`+text+`"}`))
				return err
			},
			"save": func(staff stet.Staff, headline string) error {
				now := d.now(t, a.ID)
				now.Content.Dek = headline
				return d.Save(ctx, staff, &now)
			},
			"section": func(staff stet.Staff, _ string) error {
				_, err := d.MoveSection(ctx, staff, a.ID, d.rim.PublicID)
				return err
			},
			"topic":   func(staff stet.Staff, _ string) error { return d.AddTopicTo(ctx, staff, a.ID, d.topic.PublicID, false) },
			"restore": func(staff stet.Staff, _ string) error { return d.RestoreSnapshot(ctx, staff, a.ID, snapshot.PublicID) },
		}
		closed := func(when string) {
			t.Helper()
			was := d.now(t, a.ID)
			for name, change := range ways {
				err := change(writer, "changed")
				wantCode(t, when+": "+name, err, stet.Forbidden)
				if !strings.Contains(stet.ErrorMessage(err), "take it back") {
					t.Errorf("%s: %s: %v does not say what to do", when, name, err)
				}
			}
			if now := d.now(t, a.ID); now.Revision != was.Revision {
				t.Errorf("%s: the revision is %d, it was %d", when, now.Revision, was.Revision)
			}
			now, once := d.MayWrite(ctx, writer, &was)
			if now || !once {
				t.Errorf("%s: the writer may write: %v, once taken back: %v", when, now, once)
			}
			if now, _ := d.MayWrite(ctx, editor, &was); !now {
				t.Errorf("%s: the editor may not write", when)
			}
		}
		at := d.clock.Now().Add(time.Hour)

		must(t, d.Submit(ctx, writer, a.ID, ""))
		must(t, ways["fields"](writer, "While in review"))
		must(t, d.Approve(ctx, editor, a.ID))
		closed("approved")
		must(t, ways["fields"](editor, "The editor's own"))
		d.heard()
		must(t, d.TakeBack(ctx, writer, a.ID))
		if tags := d.heard(); !slices.Contains(tags, newsroom.TagDesk) {
			t.Errorf("lists are not told: %v", tags)
		}
		d.wantStatus(t, a.ID, stet.Draft)
		must(t, ways["fields"](writer, "Again"))

		must(t, d.Schedule(ctx, editor, a.ID, at))
		closed("scheduled")
		must(t, d.TakeBack(ctx, writer, a.ID))
		d.wantStatus(t, a.ID, stet.Draft)
		if now := d.now(t, a.ID); !now.ScheduledAt.IsZero() {
			t.Error("taken back, and still on the schedule")
		}
		acts, err := d.Store().Activity(ctx, store.ActivityFilter{Ref: a.PublicID, Limit: 5})
		must(t, err)
		if len(acts) == 0 || acts[0].Act != "took back" || !strings.Contains(acts[0].Details, "off the schedule") {
			t.Errorf("the activity does not say so: %+v", acts)
		}

		// A live story is open, until an update of it is scheduled.
		_, err = d.Publish(ctx, editor, a.ID, newsroom.PublishOptions{})
		must(t, err)
		must(t, ways["body"](writer, "An update."))
		must(t, d.Schedule(ctx, editor, a.ID, at))
		closed("update scheduled")
		must(t, d.TakeBack(ctx, writer, a.ID))
		d.wantStatus(t, a.ID, stet.Published)
		must(t, ways["body"](writer, "Another update."))
		wantCode(t, "nothing to take back", d.TakeBack(ctx, writer, a.ID), stet.Conflict)

		// With four eyes an editor's own story is closed to them as well.
		own := stet.Article{Content: stet.Content{Headline: "The editor's", Section: stet.Ref{ID: d.sound.PublicID}}}
		must(t, d.Draft(ctx, editor, &own))
		must(t, d.SetRules(ctx, op, newsroom.Rules{FourEyes: true}))
		must(t, d.Approve(ctx, op, own.ID))
		own = d.now(t, own.ID)
		own.Content.Dek = "changed"
		wantCode(t, "one's own with four eyes", d.Save(ctx, editor, &own), stet.Forbidden)
		must(t, d.TakeBack(ctx, editor, own.ID))
		d.wantStatus(t, own.ID, stet.Draft)
	})
}

// TestListsAreTold: every act on a story is told to those who have a list open.
func TestListsAreTold(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx, editor := t.Context(), d.editor(t)
		must(t, d.SetChecklist(ctx, op, stet.Checklist{}))
		a := stet.Article{Content: stet.Content{Headline: "Told", Section: stet.Ref{ID: d.sound.PublicID}}}
		due, nobody := d.clock.Now().Add(time.Hour), ""
		for _, step := range []struct {
			name string
			do   func() error
		}{
			{"draft", func() error { return d.Draft(ctx, editor, &a) }},
			{"assign", func() error { return d.Assign(ctx, editor, a.ID, newsroom.Assignment{Assignee: &nobody, DueAt: &due}) }},
			{"submit", func() error { return d.Submit(ctx, editor, a.ID, "please") }},
			{"return", func() error { return d.GiveBack(ctx, editor, a.ID, "more") }},
			{"approve", func() error { return d.Approve(ctx, editor, a.ID) }},
			{"note", func() error { return d.AddNote(ctx, editor, a.ID, "well") }},
			{"schedule", func() error { return d.Schedule(ctx, editor, a.ID, due) }},
			{"unschedule", func() error { return d.Unschedule(ctx, editor, a.ID) }},
			{"publish", func() error { _, err := d.Publish(ctx, editor, a.ID, newsroom.PublishOptions{}); return err }},
			{"withdraw", func() error { return d.Withdraw(ctx, editor, a.ID) }},
			{"put back", func() error { return d.PutBack(ctx, editor, a.ID) }},
		} {
			d.heard()
			must(t, step.do())
			if tags := d.heard(); !slices.Contains(tags, newsroom.TagDesk) {
				t.Errorf("%s: heard %v", step.name, tags)
			}
		}
		// What is typed is told by the minute.
		write := func(text string) []string {
			_, err := d.ReplaceBody(ctx, editor, a.ID, d.body(t, `{"type":"text","text":"`+text+`"}`))
			must(t, err)
			return d.heard()
		}
		d.clock.Advance(2 * time.Minute)
		if tags := write("One."); !slices.Contains(tags, newsroom.TagDesk) {
			t.Errorf("the first words: heard %v", tags)
		}
		if tags := write("Two."); slices.Contains(tags, newsroom.TagDesk) {
			t.Errorf("the next words at once: heard %v", tags)
		}
	})
}

// TestPublicationCountsWords: an update says how many words go and come.
func TestPublicationCountsWords(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx, editor := t.Context(), d.editor(t)
		must(t, d.SetChecklist(ctx, op, stet.Checklist{}))
		body := func(texts ...string) []byte {
			var blocks []string
			for i, s := range texts {
				blocks = append(blocks, `{"type":"paragraph","attrs":{"id":"blockid`+string(rune('a'+i))+`"},"content":[{"type":"text","text":"`+s+`"}]}`)
			}
			return []byte(`{"type":"doc","content":[` + strings.Join(blocks, ",") + `]}`)
		}
		a := stet.Article{Content: stet.Content{Headline: "Counted", Section: stet.Ref{ID: d.sound.PublicID}, Body: body("The dam was built in 1998.", "It stands.")}}
		must(t, d.Draft(ctx, editor, &a))
		_, err := d.Publish(ctx, editor, a.ID, newsroom.PublishOptions{})
		must(t, err)
		for _, tt := range []struct {
			name, was, now string
			body           []byte
		}{
			{"a word for a word", "1 word out", "1 word in", body("The dam was built in 1989.", "It stands.")},
			{"a sentence more", "", "3 words in", body("The dam was built in 1998.", "It stands. So we hope.")},
			{"a paragraph less", "2 words out", "", body("The dam was built in 1998.")},
		} {
			_, err := d.ReplaceBody(ctx, editor, a.ID, tt.body)
			must(t, err)
			now := d.now(t, a.ID)
			p, err := d.Publication(ctx, &now)
			must(t, err)
			if len(p.Changes) != 1 || p.Changes[0] != (newsroom.Edit{Field: "Body", Was: tt.was, Now: tt.now}) {
				t.Errorf("%s: %+v", tt.name, p.Changes)
			}
		}
	})
}

func (d *desk) now(t *testing.T, id int64) stet.Article {
	t.Helper()
	a, err := d.Store().Article(t.Context(), id)
	must(t, err)
	return a
}

func (d *desk) wantStatus(t *testing.T, id int64, want stet.Status) {
	t.Helper()
	if a := d.now(t, id); a.Status != want {
		t.Errorf("the story is %s, want %s", a.Status, want)
	}
}
