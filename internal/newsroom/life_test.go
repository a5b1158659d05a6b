// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// editor is an account that the checklist binds, as it binds all but the
// operator.
func (d *desk) editor(t *testing.T) stet.Staff {
	t.Helper()
	a := stet.Staff{Email: "e@causeway.example", Name: "Sunniva", Role: stet.Editor}
	must(t, d.AddStaff(t.Context(), op, &a, ""))
	return a
}

func (d *desk) body(t *testing.T, texts ...string) []byte {
	t.Helper()
	var b strings.Builder
	for i, s := range texts {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(`{"type":"paragraph","content":[` + s + `]}`)
	}
	return []byte(`{"type":"doc","content":[` + b.String() + `]}`)
}

// wave is a recording of a few samples, of which no two numbers give the same.
func wave(number byte) []byte {
	return append([]byte("RIFF\x28\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x04\x00\x00\x00"), 128, 128+number, 128, 128-number)
}

// file adds a file to the library and returns its id.
func (d *desk) file(t *testing.T, data []byte) string {
	t.Helper()
	var a stet.Asset
	_, err := d.AddAsset(t.Context(), op, &a, bytes.NewReader(data))
	must(t, err)
	return a.PublicID
}

func TestChecklist(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		must(t, d.SetMagazine(ctx, op, stet.Magazine{Name: "The Causeway", Language: "en", TimeZone: "Europe/Oslo"}))
		var all stet.Checklist
		for _, r := range stet.DefaultChecklist {
			r.Level = stet.CheckRequired
			all = append(all, r)
		}
		must(t, d.SetChecklist(ctx, op, all))
		wantCode(t, "bounds the wrong way round", d.SetChecklist(ctx, op, stet.Checklist{{Check: stet.CheckHeadline, Level: stet.CheckWarn, Min: 9, Max: 3}}), stet.Invalid)
		wantCode(t, "twice", d.SetChecklist(ctx, op, stet.Checklist{{Check: stet.CheckTK, Level: stet.CheckOff}, {Check: stet.CheckTK, Level: stet.CheckWarn}}), stet.Invalid)

		failed := func(c stet.Content) string {
			t.Helper()
			a := d.draft(t, c)
			found, err := d.Check(ctx, &a)
			must(t, err)
			var names []string
			for _, f := range found {
				if !f.Passed {
					names = append(names, string(f.Check))
				}
			}
			return strings.Join(names, " ")
		}
		text := func(s string) string { return `{"type":"text","text":"` + s + `"}` }
		link := func(href string) string {
			return `{"type":"text","text":"there","marks":[{"type":"link","attrs":{"href":"` + href + `"}}]}`
		}
		mute, written, memo := d.file(t, wave(1)), d.file(t, wave(2)), d.file(t, []byte("%PDF-1.7\n%%EOF\n"))
		_, err := d.UpdateAsset(ctx, op, written, func(tx *store.Store, a *stet.Asset) error {
			a.Credit = "Sound: Elin Vik"
			said, err := newsroom.ReadAssetText(a, stet.AssetText{Kind: stet.Transcript, Text: " A horn.\r\n"})
			must(t, err)
			if said.Text != "A horn." {
				t.Errorf("the transcript is kept as %q", said.Text)
			}
			return tx.SetAssetText(ctx, said)
		})
		must(t, err)
		placing := func(asset, attrs string) []byte {
			if attrs != "" {
				attrs += ","
			}
			return []byte(`{"type":"doc","content":[{"type":"media","attrs":{` + attrs + `"asset":"` + asset + `"}},{"type":"paragraph","content":[` + text("words") + `]}]}`)
		}
		whole := d.content("The dam holds")
		whole.Dek, whole.Slug, whole.Description = "It held.", "dam", strings.Repeat("A long enough description. ", 3)
		whole.Genre = stet.Ref{ID: d.genre.PublicID}
		whole.Topics = []stet.Ref{{ID: d.topic.PublicID}}
		whole.Bylines = []stet.Byline{{Person: stet.Ref{ID: d.person.PublicID}, Contribution: stet.Words}}
		whole.Lead = &stet.Placement{Asset: d.picture.PublicID} // alt and credit are the asset's
		whole.Body = d.body(t, text("It held. TKO is no mark, nor is Atkins."))
		for _, tt := range []struct {
			name   string
			change func(c *stet.Content)
			want   string
		}{
			{"whole", func(*stet.Content) {}, ""},
			{"long headline", func(c *stet.Content) { c.Headline = strings.Repeat("long ", 30) }, "headline"},
			{"nothing chosen", func(c *stet.Content) {
				*c = stet.Content{Headline: "Bare"}
			}, "dek section genre topics byline lead description length"},
			{"a free line is a byline", func(c *stet.Content) { c.Bylines, c.BylineText = nil, "By our correspondent" }, ""},
			{"TK in the body", func(c *stet.Content) { c.Body = d.body(t, text("It held TK metres.")) }, "tk"},
			{"TK in the dek", func(c *stet.Content) { c.Dek = "TKTK" }, "tk"},
			{"picture without alt", func(c *stet.Content) {
				c.Body = []byte(`{"type":"doc","content":[{"type":"image","attrs":{"src":"https://a.example/x.jpg"}},{"type":"paragraph","content":[` + text("words") + `]}]}`)
			}, "alt credit"},
			{"a recording without credit and words", func(c *stet.Content) { c.Body = placing(mute, "") }, "credit transcript"},
			{"a recording with a transcript", func(c *stet.Content) { c.Body = placing(written, "") }, ""},
			{"a credit of the placement", func(c *stet.Content) { c.Body = placing(mute, `"credit":"Sound: TK"`) }, "transcript tk"},
			{"a document wants no transcript", func(c *stet.Content) { c.Body = placing(memo, `"credit":"Ministry"`) }, ""},
			{"internal link to nothing", func(c *stet.Content) { c.Body = d.body(t, link("/northern-rim/nowhere")) }, "links"},
			{"internal link to a section", func(c *stet.Content) { c.Body = d.body(t, link("/northern-rim/the-sound")) }, ""},
			{"link that nobody asked yet", func(c *stet.Content) { c.Body = d.body(t, link("https://other.example/")) }, "links"},
		} {
			c := whole
			tt.change(&c)
			if got := failed(c); got != tt.want {
				t.Errorf("%s fails %q, want %q", tt.name, got, tt.want)
			}
		}
		bare := d.draft(t, stet.Content{Headline: "Bare", Section: stet.Ref{ID: d.sound.PublicID}})
		e := d.editor(t)
		_, err = d.Publish(ctx, e, bare.ID, newsroom.PublishOptions{})
		wantCode(t, "publishing what fails", err, stet.Invalid)
		wantCode(t, "scheduling what fails", d.Schedule(ctx, e, bare.ID, d.clock.Now().Add(time.Hour)), stet.Invalid)
		must(t, d.Schedule(ctx, op, bare.ID, d.clock.Now().Add(time.Hour)))
		d.clock.Advance(2 * time.Hour)
		must(t, d.PublishAllDue(ctx, d.clock.Now()))
		if a := d.article(t, bare.ID); a.Status != stet.Approved || !a.ScheduledAt.IsZero() {
			t.Errorf("what fails at its minute is %s", a.Status)
		}
		acts, err := d.Store().Activity(ctx, activityOf(bare))
		must(t, err)
		if acts[0].Act != "could not publish" || !strings.Contains(acts[0].Details, "There is no byline.") {
			t.Errorf("its history says %+v", acts[0])
		}
	})
}

// TestClocks schedules around the nights in which the clocks of Oslo change,
// and finds that the moment counts, whatever the clocks show.
func TestClocks(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		must(t, d.SetMagazine(ctx, op, stet.Magazine{Name: "The Causeway", Language: "en", TimeZone: "Europe/Oslo"}))
		oslo, err := time.LoadLocation("Europe/Oslo")
		must(t, err)
		for _, tt := range []struct{ at, shown string }{
			{"2026-10-25T00:30:00Z", "25 October 2026 02:30 CEST"}, // the first half past two
			{"2026-10-25T01:30:00Z", "25 October 2026 02:30 CET"},  // the second
			{"2027-03-28T00:59:00Z", "28 March 2027 01:59 CET"},
			{"2027-03-28T01:00:00Z", "28 March 2027 03:00 CEST"}, // nothing shows two o'clock
		} {
			at, err := time.Parse(time.RFC3339, tt.at)
			must(t, err)
			d.clock.Set(at.Add(-24 * time.Hour))
			a := d.draft(t, d.content("At "+tt.at))
			// The same moment on other clocks is the same moment.
			must(t, d.Schedule(ctx, op, a.ID, at.In(oslo)))
			acts, err := d.Store().Activity(ctx, activityOf(a))
			must(t, err)
			if acts[0].Details != "for "+tt.shown {
				t.Errorf("%s is shown %q, want %q", tt.at, acts[0].Details, tt.shown)
			}
			d.clock.Set(at.Add(-time.Microsecond))
			must(t, d.PublishAllDue(ctx, d.clock.Now()))
			if got := d.article(t, a.ID).Status; got != stet.Scheduled {
				t.Errorf("%s: %s before its time", tt.at, got)
			}
			d.clock.Set(at)
			must(t, d.PublishAllDue(ctx, d.clock.Now()))
			if got := d.article(t, a.ID); got.Status != stet.Published || !got.PublishedAt.Equal(at) {
				t.Errorf("%s: %s at %s", tt.at, got.Status, got.PublishedAt)
			}
		}
	})
}

// TestScheduledUpdate makes the next version of a live story at its minute.
func TestScheduledUpdate(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.draft(t, d.content("Dam"))
		d.publish(t, a.ID, newsroom.PublishOptions{})
		b := d.article(t, a.ID)
		b.Content.Headline = "Dam, later"
		must(t, d.Save(ctx, op, &b))
		at := d.clock.Now().Add(time.Hour)
		must(t, d.ScheduleUpdate(ctx, op, a.ID, at, "It is later."))
		d.clock.Set(at)
		must(t, d.PublishAllDue(ctx, at))
		must(t, d.PublishAllDue(ctx, at)) // the job comes too
		versions, err := d.Store().Versions(ctx, a.ID)
		must(t, err)
		if len(versions) != 2 || versions[1].Note != "It is later." || !versions[1].PublishedAt.Equal(at) {
			t.Errorf("versions: %+v", versions)
		}
		if l, err := d.Store().Live(ctx, a.ID); err != nil || l.Headline != "Dam, later" || !l.PublishedAt.Equal(b.PublishedAt) {
			t.Errorf("readers see %q of %s, %v", l.Headline, l.PublishedAt, err)
		}
	})
}

func TestTrash(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		never, was, kept := d.draft(t, d.content("Never")), d.draft(t, d.content("Was")), d.draft(t, d.content("Kept"))
		d.publish(t, was.ID, newsroom.PublishOptions{})
		wantCode(t, "what is public", d.Trash(ctx, op, was.ID), stet.Conflict)
		must(t, d.Withdraw(ctx, op, was.ID))
		must(t, d.AddNote(ctx, op, never.ID, "why not"))
		for _, id := range []int64{never.ID, was.ID, kept.ID} {
			must(t, d.Trash(ctx, op, id))
		}
		wantCode(t, "twice", d.Trash(ctx, op, never.ID), stet.Conflict)
		wantCode(t, "from the trash", d.Submit(ctx, op, never.ID, ""), stet.Conflict)
		_, err := d.Publish(ctx, op, never.ID, newsroom.PublishOptions{})
		wantCode(t, "publish from the trash", err, stet.Conflict)
		must(t, d.Restore(ctx, op, kept.ID))
		d.clock.Advance((newsroom.TrashDays - 1) * 24 * time.Hour)
		must(t, d.EmptyTrash(ctx, struct{}{}))
		d.article(t, never.ID)
		d.clock.Advance(25 * time.Hour)
		must(t, d.EmptyTrash(ctx, struct{}{}))
		if _, err := d.Store().Article(ctx, never.ID); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("after a month the draft is there: %v", err)
		}
		if missing, err := d.Store().MissingCopies(ctx, 10); err != nil || len(missing) > 0 {
			t.Errorf("rows are missing: %v, %v", missing, err)
		}
		d.article(t, kept.ID)
		if vs, err := d.Store().Versions(ctx, was.ID); err != nil || len(vs) != 1 {
			t.Errorf("what was public lost its versions: %v, %v", vs, err)
		}
		must(t, d.Restore(ctx, op, was.ID))
		must(t, d.PutBack(ctx, op, was.ID))
		if l, err := d.Store().Live(ctx, was.ID); err != nil || l.Headline != "Was" {
			t.Errorf("put back, readers see %q, %v", l.Headline, err)
		}
	})
}

// TestOldSlug: an address that was once public leads to the new one.
func TestOldSlug(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		c := d.content("Dam")
		c.Slug = "first"
		a := d.draft(t, c)
		d.publish(t, a.ID, newsroom.PublishOptions{})
		b := d.article(t, a.ID)
		b.Content.Slug = "second"
		must(t, d.Save(ctx, op, &b))
		d.publish(t, a.ID, newsroom.PublishOptions{})
		for _, slug := range []string{"first", "second"} {
			p, err := d.Store().Path(ctx, "/northern-rim/the-sound/"+slug)
			if err != nil || p.Target != a.ID {
				t.Errorf("%s leads to %d, %v", slug, p.Target, err)
			}
		}
		if l, _ := d.Store().Live(ctx, a.ID); l.Path != "/northern-rim/the-sound/second" {
			t.Errorf("it stands at %s", l.Path)
		}
		// Nobody else gets an address that was once this story's.
		c.Headline = "Another"
		other := d.draft(t, c)
		wantCode(t, "a taken address", d.Schedule(ctx, op, other.ID, d.clock.Now().Add(time.Hour)), stet.Conflict)
	})
}

func activityOf(a stet.Article) store.ActivityFilter {
	return store.ActivityFilter{Ref: a.PublicID, Limit: 20}
}
