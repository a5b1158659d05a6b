// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
)

// damStory publishes a story of three paragraphs.
func damStory(t *testing.T, d *desk) stet.Article {
	t.Helper()
	doc, _ := prose.FromMarkdown("The dam was finished in **1998**, after two floods.\n\nIts keeper counted twelve gates.\n\nNobody counted the fish.", prose.Options{})
	a := stet.Article{Content: stet.Content{
		Headline: "The dam holds", Section: stet.Ref{ID: d.sound.PublicID}, Body: doc.JSON(),
		Bylines: []stet.Byline{{Person: stet.Ref{ID: d.person.PublicID}}},
	}}
	must(t, d.Draft(t.Context(), op, &a))
	_, err := d.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{})
	must(t, err)
	a, err = d.Store().Article(t.Context(), a.ID)
	must(t, err)
	return a
}

// year is the passage of the year in damStory.
func year(t *testing.T, a stet.Article, after string) *stet.Passage {
	t.Helper()
	doc, err := prose.Parse(a.Content.Body)
	must(t, err)
	return &stet.Passage{Block: doc.TextBlocks()[0].ID, Exact: "1998", Prefix: "finished in ", Suffix: ", after", After: after}
}

func liveDocument(t *testing.T, d *desk, id int64) (*stet.VersionDocument, string) {
	t.Helper()
	l, err := d.Store().Live(t.Context(), id)
	must(t, err)
	v, err := d.Store().Version(t.Context(), l.VersionID)
	must(t, err)
	doc, err := v.Open()
	must(t, err)
	return doc, bodyText(t, doc.Content.Body)
}

func bodyText(t *testing.T, body []byte) string {
	t.Helper()
	doc, err := prose.Parse(body)
	must(t, err)
	return doc.Text()
}

// write changes the working copy as an editor does, by steps.
func write(t *testing.T, d *desk, id int64, old, with string) {
	t.Helper()
	a, err := d.Store().Article(t.Context(), id)
	must(t, err)
	if !strings.Contains(string(a.Content.Body), old) {
		t.Fatalf("the working copy does not say %q: %s", old, a.Content.Body)
	}
	_, err = d.ReplaceBody(t.Context(), op, id, json.RawMessage(strings.Replace(string(a.Content.Body), old, with, 1)))
	must(t, err)
}

func changed(t *testing.T, d *desk, id int64) bool {
	t.Helper()
	c, err := d.Store().Copy(t.Context(), id)
	must(t, err)
	return c.Changed
}

func TestCorrect(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := damStory(t, d)
		hook := stet.Webhook{Name: "All", URL: "https://hook.example/"}
		must(t, d.AddWebhook(ctx, op, stet.Session{}, &hook))
		in := newsroom.CorrectInput{Version: 1, Kind: stet.Correcting, Note: " The dam was finished in 1999,\nnot in 1998; see [the register](https://dams.example/). ", Passage: year(t, a, "1999")}
		preview, err := d.PreviewCorrection(ctx, op, a.ID, in)
		must(t, err)
		if preview.Version.Number != 2 || preview.Copy != newsroom.CopySame {
			t.Errorf("the preview says %+v", preview)
		}
		d.heard()
		out, err := d.Correct(ctx, op, a.ID, in)
		must(t, err)
		if out.Version.Number != 2 || out.Copy != newsroom.CopySame {
			t.Errorf("got version %d, copy %q", out.Version.Number, out.Copy)
		}

		// Note and change are in one version, under its hash.
		doc, text := liveDocument(t, d, a.ID)
		if !strings.HasPrefix(text, "The dam was finished in 1999, after") {
			t.Errorf("readers see %q", text)
		}
		if !strings.Contains(string(doc.Content.Body), `"marks":[{"type":"bold"}],"text":"1999"`) {
			t.Errorf("the mended figure lost its style: %s", doc.Content.Body)
		}
		want := []stet.Correction{{
			PublicID: out.Correction.PublicID, Kind: stet.Correcting, Weight: stet.WeightEnd,
			Note: "The dam was finished in 1999, not in 1998; see [the register](https://dams.example/).", Passage: in.Passage,
		}}
		if diff := cmp.Diff(want, doc.Corrections); diff != "" {
			t.Errorf("the version carries (-want +got)\n%s", diff)
		}
		if doc.Note != "The dam was finished in 1999, not in 1998; see the register." {
			t.Errorf("the version's note is %q", doc.Note)
		}
		first, err := d.Store().Versions(ctx, a.ID)
		must(t, err)
		if strings.Contains(string(first[0].Document), "corrections") {
			t.Errorf("a version without corrections speaks of them: %s", first[0].Document)
		}

		// The row says the same, and who.
		rows, err := d.Store().CorrectionsOf(ctx, a.ID)
		must(t, err)
		if len(rows) != 1 || rows[0].Staff != op.Name || rows[0].Version != 2 || rows[0].Headline != "The dam holds" || rows[0].Section != d.sound.PublicID || !rows[0].MadeAt.Equal(out.Version.PublishedAt) {
			t.Errorf("the list has %+v", rows)
		}
		if changed(t, d, a.ID) {
			t.Error("the working copy is said to differ from what readers see")
		}
		heard := d.heard()
		for _, tag := range []string{newsroom.TagCorrections, newsroom.ArticleTag(a.ID), newsroom.CopyTag(a.PublicID), store.List{Kind: store.ListSection, Ref: d.sound.ID}.Tag()} {
			if !slices.Contains(heard, tag) {
				t.Errorf("%q was not announced: %v", tag, heard)
			}
		}
		messages, err := d.Store().WebhookDeliveries(ctx, hook.ID, store.Place{}, 10)
		must(t, err)
		var events []string
		for _, m := range messages {
			events = append(events, m.Event)
			if m.Event == "article.corrected" && !strings.Contains(m.Payload, `"correction":{"id":"`+out.Correction.PublicID+`","kind":"correction"`) {
				t.Errorf("the message says %s", m.Payload)
			}
		}
		slices.Sort(events)
		if diff := cmp.Diff([]string{"article.corrected", "article.updated"}, events); diff != "" {
			t.Error(diff)
		}
		examineClean(t, d)
	})
}

func examineClean(t *testing.T, d *desk) {
	t.Helper()
	must(t, d.Examine(t.Context(), false, func(f newsroom.Finding) { t.Errorf("doctor finds: %s", f.What) }))
}

// Unfinished changes of the working copy stay unpublished, and stay.
func TestCorrectBesideUnfinishedChanges(t *testing.T) {
	for _, v := range []struct {
		name      string
		old, with string // what somebody has written in the working copy meanwhile
		state     newsroom.CopyState
		copy      string // of the first paragraph afterwards
	}{
		{"elsewhere", "twelve gates", "fourteen gates", newsroom.CopyMerged, "The dam was finished in 1999, after two floods."},
		{"in the same paragraph", ", after two floods", ", soon after two great floods", newsroom.CopyMerged, "The dam was finished in 1999, soon after two great floods."},
		{"the mend itself", "1998", "1999", newsroom.CopyAlready, "The dam was finished in 1999, after two floods."},
		{"the passage is written anew", "The dam was finished in ", "Work ended in nineteen-hundred-and-", newsroom.CopyMerged, "Work ended in nineteen-hundred-and-1999, after two floods."},
		{"the passage is gone", "1998", "the last century", newsroom.CopyOther, "The dam was finished in the last century, after two floods."},
	} {
		t.Run(v.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, d *desk) {
				ctx := t.Context()
				a := damStory(t, d)
				write(t, d, a.ID, v.old, v.with)
				mine, err := d.Store().Article(ctx, a.ID)
				must(t, err)
				mine.Content.Headline = "A headline that is not finished"
				must(t, d.Save(ctx, op, &mine))
				must(t, d.ScheduleUpdate(ctx, op, a.ID, d.clock.Now().Add(3600e9), "to come"))
				before, err := d.Copy(ctx, a.ID)
				must(t, err)

				out, err := d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Version: 1, Kind: stet.Correcting, Note: "It was 1999.", Passage: year(t, a, "1999")})
				must(t, err)
				if out.Copy != v.state {
					t.Errorf("the working copy is said to be %q, want %q", out.Copy, v.state)
				}
				doc, text := liveDocument(t, d, a.ID)
				if want := "The dam was finished in 1999, after two floods.\n\nIts keeper counted twelve gates.\n\nNobody counted the fish."; text != want || doc.Content.Headline != "The dam holds" {
					t.Errorf("readers see %q: %q", doc.Content.Headline, text)
				}
				after, err := d.Copy(ctx, a.ID)
				must(t, err)
				got := bodyText(t, after.Article.Content.Body)
				if !strings.HasPrefix(got, v.copy+"\n\n") || after.Article.Content.Headline != "A headline that is not finished" {
					t.Errorf("the working copy says %q", got)
				}
				if v.name == "elsewhere" && !strings.Contains(got, "fourteen gates") {
					t.Errorf("the unfinished change is lost: %q", got)
				}
				if after.Article.ScheduledAt.IsZero() || after.Article.ScheduledNote != "to come" || after.Article.Status != stet.Published {
					t.Errorf("the update that was scheduled is not any more: %+v", after.Article)
				}
				if !changed(t, d, a.ID) {
					t.Error("the desk does not say that the working copy differs")
				}

				// Who has the story open is sent the mend as steps.
				since, err := d.StepsSince(ctx, a.ID, before.Version)
				must(t, err)
				if sent := len(since.Steps) > 0; sent != (v.state == newsroom.CopyMerged) || since.Version != after.Version {
					t.Errorf("steps since: %+v; the copy is at %d", since, after.Version)
				}
				examineClean(t, d)

				// The later update says both.
				_, err = d.Publish(ctx, op, a.ID, newsroom.PublishOptions{})
				must(t, err)
				doc, text = liveDocument(t, d, a.ID)
				if !strings.HasPrefix(text, v.copy) || doc.Content.Headline != "A headline that is not finished" || doc.Number != 3 || doc.Corrections != nil {
					t.Errorf("the update says %q: %q, corrections %v", doc.Content.Headline, text, doc.Corrections)
				}
			})
		})
	}
}

// Somebody goes on writing while the correction is made.
func TestCorrectWhileSomebodyWrites(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := damStory(t, d)
		stop, done := make(chan struct{}), make(chan error, 1)
		var typed atomic.Int64
		go func() { done <- typing(t, d, a, stop, &typed) }()
		for typed.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
		made := 0
		for n := range 6 {
			from, to := "1998", "1999"
			if n%2 == 1 {
				from, to = to, from
			}
			p := year(t, a, to)
			p.Exact = from
			_, err := d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Kind: stet.Correcting, Note: "Again.", Passage: p})
			switch stet.ErrorCode(err) {
			case "":
				made++
			case stet.Conflict:
				if made%2 != n%2 { // nothing was done: the next one has the same passage before it
					t.Fatalf("%v after %d of %d", err, made, n)
				}
			default:
				t.Fatal(err)
			}
			if made != n+1 {
				break
			}
		}
		close(stop)
		must(t, <-done)
		if made == 0 {
			t.Error("no correction got through")
		}
		_, text := liveDocument(t, d, a.ID)
		after, err := d.Copy(ctx, a.ID)
		must(t, err)
		if mine := bodyText(t, after.Article.Content.Body); strings.Contains(text, "typed") || strings.Count(mine, "typed") != int(typed.Load()) {
			t.Errorf("%d words were typed meanwhile; readers see %q, the working copy says %q", typed.Load(), text, mine)
		}
		want := []string{"1998", "1999"}[made%2]
		if got := bodyText(t, after.Article.Content.Body); !strings.Contains(text, want) || !strings.Contains(got, want) {
			t.Errorf("after %d corrections readers see %q, the working copy says %q", made, text, got)
		}
		rows, err := d.Store().CorrectionsOf(ctx, a.ID)
		must(t, err)
		versions, err := d.Store().Versions(ctx, a.ID)
		must(t, err)
		if len(rows) != made || len(versions) != made+1 {
			t.Errorf("%d corrections made %d rows and %d versions", made, len(rows), len(versions))
		}
		examineClean(t, d)
	})
}

// typing goes on until it is stopped: a word after the other at the end of the
// first block, each sent as a step.
func typing(t *testing.T, d *desk, a stet.Article, stop chan struct{}, typed *atomic.Int64) error {
	doc, err := prose.Parse(a.Content.Body)
	if err != nil {
		return err
	}
	end := 1 + utf8.RuneCountInString(doc.TextBlocks()[0].Text)
	for n := int64(1); ; {
		select {
		case <-stop:
			return nil
		case <-time.After(30 * time.Millisecond): // faster than anybody types
		}
		c, err := d.Copy(t.Context(), a.ID)
		if err != nil {
			return err
		}
		step := fmt.Sprintf(`{"stepType":"replace","from":%d,"to":%d,"slice":{"content":[{"type":"text","text":" typed"}]}}`, end, end)
		_, err = d.SaveSteps(t.Context(), op, a.ID, newsroom.StepsInput{Client: "typist", Version: c.Version, Sequence: n, Steps: []json.RawMessage{json.RawMessage(step)}})
		switch stet.ErrorCode(err) {
		case "":
			n++
			typed.Add(1)
		case stet.Conflict:
		default:
			return err
		}
	}
}

func TestCorrectRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := damStory(t, d)
		draft := stet.Article{Content: stet.Content{Headline: "A draft", Section: stet.Ref{ID: d.sound.PublicID}}}
		must(t, d.Draft(ctx, op, &draft))
		page := stet.Article{Kind: stet.Page, Content: stet.Content{Headline: "About"}}
		must(t, d.Draft(ctx, op, &page))
		_, err := d.Publish(ctx, op, page.ID, newsroom.PublishOptions{})
		must(t, err)
		gone := damStory2(t, d)
		must(t, d.Withdraw(ctx, op, gone.ID))
		note := newsroom.CorrectInput{Kind: stet.Correcting, Note: "It was 1999."}
		yes := true
		with := func(f func(in *newsroom.CorrectInput)) newsroom.CorrectInput {
			in := note
			f(&in)
			return in
		}
		for _, v := range []struct {
			name string
			id   int64
			in   newsroom.CorrectInput
			code stet.Code
			says string
		}{
			{"an empty note", a.ID, with(func(in *newsroom.CorrectInput) { in.Note = " \n " }), stet.Invalid, "needs a note"},
			{"a note that is too long", a.ID, with(func(in *newsroom.CorrectInput) { in.Note = strings.Repeat("x", stet.MaxCorrection+1) }), stet.Invalid, "at most"},
			{"of no kind", a.ID, with(func(in *newsroom.CorrectInput) { in.Kind = "apology" }), stet.Invalid, "no correction of the kind"},
			{"nowhere", a.ID, with(func(in *newsroom.CorrectInput) { in.Weight = "middle" }), stet.Invalid, "top or at the end"},
			{"a draft", draft.ID, note, stet.Conflict, "a draft"},
			{"a withdrawn story", gone.ID, note, stet.Conflict, "withdrawn"},
			{"a page", page.ID, note, stet.Invalid, "page"},
			{"no story", 99999, note, stet.NotFound, ""},
			{"another version", a.ID, with(func(in *newsroom.CorrectInput) { in.Version = 7 }), stet.Conflict, "version 1"},
			{"a passage that is not there", a.ID, with(func(in *newsroom.CorrectInput) { in.Passage = year(t, a, "x"); in.Passage.Exact = "1899" }), stet.Invalid, "does not stand there"},
			{"a passage that is not there, unchanged", a.ID, with(func(in *newsroom.CorrectInput) { in.Passage = year(t, a, "1899"); in.Passage.Exact = "1899" }), stet.Invalid, "does not stand there"},
			{"a passage without a block", a.ID, with(func(in *newsroom.CorrectInput) { in.Passage = year(t, a, "x"); in.Passage.Block = "" }), stet.Invalid, "block"},
			{"a replacement with a NUL", a.ID, with(func(in *newsroom.CorrectInput) { in.Passage = year(t, a, "\x00") }), stet.Invalid, "NUL"},
			{"a retraction of a passage", a.ID, with(func(in *newsroom.CorrectInput) { in.Kind, in.Passage = stet.Retracting, year(t, a, "x") }), stet.Invalid, "whole story"},
			{"a correction that takes the text", a.ID, with(func(in *newsroom.CorrectInput) { in.RemoveText = &yes }), stet.Invalid, "only a retraction"},
			{"a note on no note", a.ID, with(func(in *newsroom.CorrectInput) { in.Amends = "000000000000" }), stet.Invalid, "none of this story's"},
		} {
			_, err := d.Correct(ctx, op, v.id, v.in)
			wantCode(t, v.name, err, v.code)
			if err != nil && !strings.Contains(err.Error(), v.says) {
				t.Errorf("%s: %v", v.name, err)
			}
			_, err = d.PreviewCorrection(ctx, op, v.id, v.in)
			wantCode(t, "the preview of "+v.name, err, v.code)
		}
		versions, err := d.Store().Versions(ctx, a.ID)
		must(t, err)
		rows, err := d.Store().CorrectionsOf(ctx, a.ID)
		must(t, err)
		if len(versions) != 1 || len(rows) != 0 {
			t.Errorf("refused corrections left %d versions and %d notes", len(versions), len(rows))
		}
	})
}

func damStory2(t *testing.T, d *desk) stet.Article {
	t.Helper()
	a := stet.Article{Content: stet.Content{Headline: "The second dam", Section: stet.Ref{ID: d.sound.PublicID}}}
	must(t, d.Draft(t.Context(), op, &a))
	_, err := d.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{})
	must(t, err)
	return a
}

func TestRetractAndAmend(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := damStory(t, d)
		kept, err := d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Kind: stet.Clarifying, Weight: stet.WeightTop, Note: "Two floods are meant, not three."})
		must(t, err)
		if doc, text := liveDocument(t, d, a.ID); doc.Number != 2 || !strings.Contains(text, "1998") {
			t.Errorf("a note alone made version %d: %q", doc.Number, text)
		}
		// An amendment is of the kind, and stands at the place, of what it amends.
		amended, err := d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Kind: stet.Updating, Note: "And both in spring.", Amends: kept.Correction.PublicID})
		must(t, err)
		if c := amended.Correction; c.Kind != stet.Clarifying || c.Weight != stet.WeightTop || c.Amends != kept.Correction.PublicID {
			t.Errorf("the amendment is %+v", c)
		}

		// Retracted, with its text; then nothing retracts it again.
		out, err := d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Kind: stet.Retracting, Weight: stet.WeightEnd, Note: "There is no dam."})
		must(t, err)
		if _, text := liveDocument(t, d, a.ID); out.Correction.Weight != stet.WeightTop || out.Correction.TextRemoved || text == "" {
			t.Errorf("the retraction is %+v, the text %q", out.Correction, text)
		}
		_, err = d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Kind: stet.Retracting, Note: "Really."})
		wantCode(t, "a second retraction", err, stet.Conflict)
		_, err = d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Note: "There was none in 1998 either.", Amends: out.Correction.PublicID})
		must(t, err)

		// As the magazine decides, and as one retraction decides.
		must(t, d.SetCorrectionRules(ctx, op, newsroom.CorrectionRules{RemoveRetracted: true}))
		b := damStory2With(t, d, "Words that do not stand.")
		write(t, d, b.ID, "do not stand", "wait in the copy")
		gone, err := d.Correct(ctx, op, b.ID, newsroom.CorrectInput{Kind: stet.Retracting, Note: "It was made up."})
		must(t, err)
		doc, text := liveDocument(t, d, b.ID)
		if !gone.Correction.TextRemoved || text != "" || doc.Content.Headline != "The second dam" {
			t.Errorf("the text stays: %q", text)
		}
		hits, _, err := d.Store().Search(ctx, store.Query{Words: "words", Language: "en", Limit: 5})
		must(t, err)
		if len(hits) != 0 {
			t.Errorf("search still finds what was taken away: %+v", hits)
		}
		c, err := d.Store().Article(ctx, b.ID)
		must(t, err)
		if got := bodyText(t, c.Content.Body); got != "" {
			t.Errorf("the next update would bring back %q", got)
		}
		no := false
		e := damStory2With(t, d, "Words that stay to be seen.")
		out, err = d.Correct(ctx, op, e.ID, newsroom.CorrectInput{Kind: stet.Retracting, Note: "No.", RemoveText: &no})
		must(t, err)
		if _, text := liveDocument(t, d, e.ID); text == "" || out.Correction.TextRemoved {
			t.Error("the text was taken against the word of who retracted it")
		}
		examineClean(t, d)
	})
}

func damStory2With(t *testing.T, d *desk, text string) stet.Article {
	t.Helper()
	doc, err := prose.New(prose.Paragraph(prose.Text(text)))
	must(t, err)
	a := stet.Article{Content: stet.Content{Headline: "The second dam", Section: stet.Ref{ID: d.sound.PublicID}, Body: doc.JSON()}}
	must(t, d.Draft(t.Context(), op, &a))
	_, err = d.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{AnySlug: true})
	must(t, err)
	return a
}

// An update of the whole working copy is told as a correction.
func TestPublishAsCorrection(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := damStory(t, d)
		a.Content.Headline = "The dam leaks"
		must(t, d.Save(ctx, op, &a))
		_, err := d.Publish(ctx, op, a.ID, newsroom.PublishOptions{Correction: &newsroom.CorrectInput{Kind: stet.Retracting, Note: "No."}})
		wantCode(t, "a retraction of this kind", err, stet.Invalid)
		_, err = d.Publish(ctx, op, a.ID, newsroom.PublishOptions{Correction: &newsroom.CorrectInput{Kind: stet.Correcting}})
		wantCode(t, "without a note", err, stet.Invalid)
		v, err := d.Publish(ctx, op, a.ID, newsroom.PublishOptions{Correction: &newsroom.CorrectInput{Kind: stet.Correcting, Weight: stet.WeightTop, Note: "The headline said that the dam holds."}})
		must(t, err)
		doc, _ := liveDocument(t, d, a.ID)
		if v.Number != 2 || doc.Content.Headline != "The dam leaks" || len(doc.Corrections) != 1 || doc.Note != "The headline said that the dam holds." {
			t.Errorf("version %d says %+v", v.Number, doc)
		}
		rows, err := d.Store().CorrectionsOf(ctx, a.ID)
		must(t, err)
		if len(rows) != 1 || rows[0].Headline != "The dam leaks" {
			t.Errorf("the list has %+v", rows)
		}
		_, err = d.Publish(ctx, op, damDraft(t, d).ID, newsroom.PublishOptions{Correction: &newsroom.CorrectInput{Kind: stet.Correcting, Note: "No."}})
		wantCode(t, "of what was never public", err, stet.Conflict)
	})
}

func damDraft(t *testing.T, d *desk) stet.Article {
	t.Helper()
	a := stet.Article{Content: stet.Content{Headline: "A draft", Section: stet.Ref{ID: d.sound.PublicID}}}
	must(t, d.Draft(t.Context(), op, &a))
	return a
}

// What somebody does to the rows by hand is found, and mended from the versions.
func TestDoctorOfCorrections(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := damStory(t, d)
		_, err := d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Kind: stet.Correcting, Note: "It was 1999.", Passage: year(t, a, "1999")})
		must(t, err)
		_, err = d.Correct(ctx, op, a.ID, newsroom.CorrectInput{Kind: stet.Updating, Note: "A report is out."})
		must(t, err)
		before, err := d.Store().CorrectionsOf(ctx, a.ID)
		must(t, err)
		byHand := func(query string) {
			t.Helper()
			_, err := d.Store().Conn().ExecContext(context.WithoutCancel(ctx), query)
			must(t, err)
		}
		byHand(`UPDATE correction SET note = 'Nothing happened.' WHERE kind = 'correction'`)
		byHand(`DELETE FROM correction WHERE kind = 'update'`)
		var found []string
		must(t, d.Examine(ctx, true, func(f newsroom.Finding) { found = append(found, f.What) }))
		if len(found) != 2 {
			t.Errorf("doctor finds %q", found)
		}
		after, err := d.Store().CorrectionsOf(ctx, a.ID)
		must(t, err)
		before[1].StaffID, before[1].Staff = 0, "" // known to the row alone, which is gone
		before[1].ID = after[1].ID
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("mended (-want +got)\n%s", diff)
		}
		examineClean(t, d)
		byHand(`INSERT INTO correction (public_id, article_id, version_id, version, kind, weight, note, headline, words, made_at)
			SELECT 'made-up', article_id, version_id, version, kind, weight, note, headline, words, made_at FROM correction WHERE kind = 'update'`)
		found = nil
		must(t, d.Examine(ctx, true, func(f newsroom.Finding) { found = append(found, f.What) }))
		if len(found) != 2 || !strings.Contains(found[0], "none of its versions") || !strings.Contains(found[1], "not in the ledger") {
			t.Errorf("doctor finds %q", found)
		}
	})
}
