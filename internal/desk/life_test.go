// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// row is what the tests read of a story.
type row struct {
	ID, Status, Headline, Path string
	Revision                   int64
	Changed, Trashed           bool
	ScheduledAt, DueAt         *time.Time
	Assignee                   *struct{ ID, Name string }
	Section                    *stet.Ref
	Topics                     []stet.Ref
}

type rows struct {
	Items []row
	Next  string
}

func (r rows) headlines() []string {
	out := []string{}
	for _, a := range r.Items {
		out = append(out, a.Headline)
	}
	return out
}

// copy stores a draft of the role that could be published.
func (r *room) copy(t *testing.T, role stet.StaffRole, headline string, more ...func(*stet.Content)) *stet.Article {
	t.Helper()
	r.clock.Advance(time.Second)
	a := &stet.Article{Content: stet.Content{Headline: headline, Dek: "About " + headline, Section: stet.Ref{ID: r.europe.PublicID, Name: "Europe"}}}
	for _, f := range more {
		f(&a.Content)
	}
	must(t, r.Draft(t.Context(), r.staff[role], a))
	return a
}

// TestLife walks a story through all of its life as those whose work it is.
func TestLife(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		writer, editor := r.as(t, stet.Writer), r.as(t, stet.Editor)
		a := r.copy(t, stet.Writer, "The dam")
		at := "/api/articles/" + a.PublicID
		now := func(c *client) (v row) { c.do(http.StatusOK, "GET", at, nil, &v); return v }
		step := func(c *client, status int, act string, body any, want string) {
			t.Helper()
			c.do(status, "POST", at+"/"+act, body, nil)
			if got := now(c).Status; got != want {
				t.Errorf("after %s the story is %s, want %s", act, got, want)
			}
		}
		note := func(s string) map[string]string { return map[string]string{"note": s} }

		step(writer, http.StatusForbidden, "approve", nil, "draft")
		step(writer, http.StatusOK, "submit", note("please by noon"), "in_review")
		step(writer, http.StatusConflict, "submit", note(""), "in_review")
		step(writer, http.StatusOK, "take-back", nil, "draft")
		step(writer, http.StatusOK, "submit", note(""), "in_review")
		step(editor, http.StatusBadRequest, "return", note("  "), "in_review")
		step(editor, http.StatusOK, "return", note("who says so?"), "draft")
		step(writer, http.StatusOK, "submit", note(""), "in_review")
		step(editor, http.StatusOK, "approve", nil, "approved")
		step(editor, http.StatusOK, "take-back", nil, "in_review")
		step(editor, http.StatusOK, "approve", nil, "approved")
		step(writer, http.StatusForbidden, "publish", map[string]any{}, "approved")
		step(editor, http.StatusConflict, "publish", map[string]any{"revision": 1}, "approved")
		step(editor, http.StatusOK, "publish", map[string]any{"revision": now(editor).Revision}, "published")
		if v := now(editor); v.Path != "/europe/the-dam" || v.Changed {
			t.Errorf("it is public at %q, changed %v", v.Path, v.Changed)
		}
		step(editor, http.StatusConflict, "trash", nil, "published")
		step(writer, http.StatusForbidden, "withdraw", nil, "published")
		step(editor, http.StatusOK, "withdraw", nil, "withdrawn")
		step(editor, http.StatusOK, "put-back", nil, "published")

		// What is saved now is seen by nobody, until an update is published.
		saved, err := r.Store().ArticleByPublicID(t.Context(), a.PublicID)
		must(t, err)
		saved.Content.Headline = "The dam, again"
		must(t, r.Save(t.Context(), r.staff[stet.Editor], &saved))
		if v := now(editor); !v.Changed {
			t.Error("a working copy that readers do not see is not said to be changed")
		}
		step(editor, http.StatusOK, "publish", note("A new fact."), "published")
		var versions struct {
			Items []struct {
				Number int
				Note   string
			}
		}
		editor.do(http.StatusOK, "GET", at+"/versions", nil, &versions)
		if len(versions.Items) != 2 || versions.Items[0].Number != 2 || versions.Items[0].Note != "A new fact." {
			t.Errorf("versions: %+v", versions.Items)
		}

		var notes struct {
			Items []struct{ ID, By, Act, Text string }
		}
		editor.do(http.StatusOK, "POST", at+"/notes", map[string]string{"text": "well done"}, &notes)
		if len(notes.Items) != 3 || notes.Items[1].Act != "returned" || notes.Items[1].Text != "who says so?" || notes.Items[1].By != "editor" {
			t.Errorf("notes: %+v", notes.Items)
		}
		writer.do(http.StatusForbidden, "DELETE", "/api/notes/"+notes.Items[1].ID, nil, nil)
		editor.do(http.StatusNoContent, "DELETE", "/api/notes/"+notes.Items[2].ID, nil, nil)

		var acts struct {
			Items []struct{ By, Act, Noun, Label string }
		}
		editor.do(http.StatusOK, "GET", "/api/activity?limit=200&ref="+a.PublicID, nil, &acts)
		var did []string
		for _, v := range slices.Backward(acts.Items) {
			did = append(did, v.Act)
		}
		want := "began submitted took back submitted returned submitted approved reopened approved published withdrew put back updated noted on"
		if got := strings.Join(did, " "); got != want {
			t.Errorf("its history is\n%s\nwant\n%s", got, want)
		}
		editor.do(http.StatusOK, "GET", "/api/activity?act=published&noun=story&staff="+r.staff[stet.Editor].PublicID, nil, &acts)
		if len(acts.Items) != 1 || acts.Items[0].By != "editor" || acts.Items[0].Label != "The dam" {
			t.Errorf("what the editor published: %+v", acts.Items)
		}
	})
}

// TestLists holds every filter and order against the same small magazine.
func TestLists(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		north := stet.Section{Name: "North", ParentID: r.europe.ID}
		must(t, r.AddSection(ctx, stet.Operator, &north))
		water := stet.Topic{Name: "Water works"}
		must(t, r.AddTopic(ctx, stet.Operator, &water))
		by := func(c *stet.Content) {
			c.Bylines = []stet.Byline{{Person: stet.Ref{ID: r.person.PublicID, Name: r.person.Name}, Contribution: stet.Words}}
		}
		a := r.copy(t, stet.Writer, "Älv and dam", by)
		b := r.copy(t, stet.Editor, "Budget", func(c *stet.Content) {
			c.Section = stet.Ref{ID: north.PublicID, Name: "North"}
			c.Genre = stet.Ref{ID: r.genre.PublicID, Name: "Analysis"}
			c.Topics = []stet.Ref{{ID: water.PublicID, Name: water.Name}}
			c.Body = []byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"The reservoirs are empty."}]}]}`)
		})
		c := r.copy(t, stet.Editor, "Coast", func(c *stet.Content) { c.Section = stet.Ref{ID: r.asia.PublicID, Name: "Asia"} })
		d := r.copy(t, stet.Editor, "Zinc", func(c *stet.Content) { c.Slug = "heavy-metal" })
		_, err := r.Publish(ctx, r.staff[stet.Editor], b.ID, newsroom.PublishOptions{})
		must(t, err)
		must(t, r.Submit(ctx, r.staff[stet.Editor], c.ID, ""))
		owner := r.staff[stet.Owner].PublicID
		due := r.clock.Now().Add(time.Hour)
		must(t, r.Assign(ctx, r.staff[stet.Editor], c.ID, newsroom.Assignment{Assignee: &owner, DueAt: &due}))
		must(t, r.Schedule(ctx, r.staff[stet.Editor], d.ID, r.clock.Now().Add(48*time.Hour)))
		gone := r.copy(t, stet.Editor, "Gone")
		must(t, r.Trash(ctx, r.staff[stet.Editor], gone.ID))
		_ = a

		editor := r.as(t, stet.Editor)
		for query, want := range map[string]string{
			"":                                         "Zinc Budget Coast Älv and dam",
			"sort=headline":                            "Älv and dam Budget Coast Zinc",
			"sort=published":                           "Budget",
			"sort=scheduled":                           "Zinc",
			"sort=due":                                 "Coast",
			"status=draft":                             "Älv and dam",
			"status=draft&status=in_review":            "Coast Älv and dam",
			"status=withdrawn":                         "",
			"section=" + r.europe.PublicID:             "Zinc Budget Älv and dam",
			"section=" + north.PublicID:                "Budget",
			"genre=" + r.genre.PublicID:                "Budget",
			"topic=" + water.PublicID:                  "Budget",
			"writer=" + r.person.PublicID:              "Älv and dam",
			"assignee=" + owner:                        "Coast",
			"assignee=none&status=draft":               "Älv and dam",
			"mine=true":                                "Zinc Budget Coast",
			"changed=true":                             "",
			"trashed=true":                             "Gone",
			"dueBefore=2050-01-01T00:00:00Z":           "Coast",
			"date=published&from=2000-01-01T00:00:00Z": "Budget",
			"from=2050-01-01T00:00:00Z":                "",
			"q=alv":                                    "Älv and dam",
			"q=leila":                                  "Älv and dam",
			"q=heavy":                                  "Zinc",
			"q=reservoir":                              "Budget",
			"q=water":                                  "Budget",
			"q=coa":                                    "Coast",
			"q=" + url.QueryEscape("100%"):             "",
			"q=coast&section=" + north.PublicID:        "",
			"kind=page":                                "",
		} {
			var got rows
			editor.do(http.StatusOK, "GET", "/api/articles?"+query, nil, &got)
			if s := strings.Join(got.headlines(), " "); s != want {
				t.Errorf("%s: %s, want %s", query, s, want)
			}
		}

		// Every order can be read a page at a time, without gap and twice.
		for _, order := range []string{"updated", "headline"} {
			var whole, paged []string
			var all rows
			editor.do(http.StatusOK, "GET", "/api/articles?sort="+order, nil, &all)
			whole = all.headlines()
			for next := ""; ; {
				var page rows
				editor.do(http.StatusOK, "GET", "/api/articles?limit=1&sort="+order+"&cursor="+next, nil, &page)
				paged = append(paged, page.headlines()...)
				if next = page.Next; next == "" {
					break
				}
			}
			if !slices.Equal(whole, paged) {
				t.Errorf("by %s: %v at once, %v in pages", order, whole, paged)
			}
		}
		var n map[string]int
		editor.do(http.StatusOK, "GET", "/api/articles/totals?section="+r.europe.PublicID, nil, &n)
		if n["draft"] != 1 || n["published"] != 1 || n["scheduled"] != 1 || n["in_review"] != 0 {
			t.Errorf("totals of Europe: %v", n)
		}
		editor.do(http.StatusUnprocessableEntity, "GET", "/api/articles?sort=password", nil, nil)
		editor.do(http.StatusBadRequest, "GET", "/api/articles?cursor=xyz", nil, nil)
		editor.do(http.StatusNotFound, "GET", "/api/articles?section=000000000000", nil, nil)

		var cal rows
		from, to := r.clock.Now().Add(-time.Hour), r.clock.Now().Add(72*time.Hour)
		editor.do(http.StatusOK, "GET", fmt.Sprintf("/api/calendar?from=%s&to=%s", from.Format(time.RFC3339), to.Format(time.RFC3339)), nil, &cal)
		if s := strings.Join(cal.headlines(), " "); s != "Budget Coast Zinc" {
			t.Errorf("the calendar shows %s", s)
		}
	})
}

// TestBulk does acts to several stories and is told of each what came of it.
func TestBulk(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		a, b := r.copy(t, stet.Writer, "One"), r.copy(t, stet.Writer, "Two")
		must(t, r.Submit(t.Context(), r.staff[stet.Writer], a.ID, ""))
		_, err := r.Publish(t.Context(), r.staff[stet.Editor], b.ID, newsroom.PublishOptions{})
		must(t, err)
		editor, writer := r.as(t, stet.Editor), r.as(t, stet.Writer)
		type result struct {
			ID, Problem, Status, Was string
			OK                       bool
		}
		act := func(c *client, body map[string]any) []result {
			t.Helper()
			body["ids"] = []string{a.PublicID, b.PublicID, "000000000000"}
			var out struct{ Items []result }
			c.do(http.StatusOK, "POST", "/api/articles/acts", body, &out)
			if len(out.Items) != 3 || out.Items[2].OK || out.Items[2].Problem == "" {
				t.Fatalf("%v: %+v", body, out.Items)
			}
			return out.Items
		}
		if got := act(writer, map[string]any{"act": "approve"}); got[0].OK || got[0].Status != "in_review" || !strings.Contains(got[0].Problem, "may not") {
			t.Errorf("a writer approves: %+v", got)
		}
		if got := act(editor, map[string]any{"act": "approve"}); !got[0].OK || got[0].Status != "approved" || got[1].OK || got[1].Problem != "the story is published" {
			t.Errorf("approve: %+v", got)
		}
		if got := act(editor, map[string]any{"act": "move", "section": r.asia.PublicID}); !got[0].OK || got[0].Was != r.europe.PublicID || !got[1].OK {
			t.Errorf("move: %+v", got)
		}
		topic := stet.Topic{Name: "Water"}
		must(t, r.AddTopic(t.Context(), stet.Operator, &topic))
		act(editor, map[string]any{"act": "tag", "topic": topic.PublicID})
		var v row
		editor.do(http.StatusOK, "GET", "/api/articles/"+b.PublicID, nil, &v)
		if v.Section.Name != "Asia" || len(v.Topics) != 1 || !v.Changed {
			t.Errorf("moved and tagged: %+v", v)
		}
		act(editor, map[string]any{"act": "untag", "topic": topic.PublicID})
		act(editor, map[string]any{"act": "assign", "assignee": r.staff[stet.Writer].PublicID})
		if got := act(editor, map[string]any{"act": "assign"}); got[0].Was != r.staff[stet.Writer].PublicID {
			t.Errorf("assign: %+v", got)
		}
		if got := act(editor, map[string]any{"act": "schedule", "at": r.clock.Now().Add(time.Hour)}); !got[0].OK || got[0].Status != "scheduled" || !got[1].OK || got[1].Status != "published" {
			t.Errorf("schedule: %+v", got)
		}
		act(editor, map[string]any{"act": "unschedule"})
		if got := act(editor, map[string]any{"act": "trash"}); !got[0].OK || got[1].OK {
			t.Errorf("trash: %+v", got)
		}
		if got := act(editor, map[string]any{"act": "restore"}); !got[0].OK || got[0].Status != "approved" {
			t.Errorf("restore: %+v", got)
		}
		editor.do(http.StatusUnprocessableEntity, "POST", "/api/articles/acts", map[string]any{"act": "eat", "ids": []string{a.PublicID}}, nil)
	})
}

// TestBulkPublish: the dialog says of each story where it will stand and what it
// lacks; what was looked at is what is published, and each that is refused says
// why.
func TestBulkPublish(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		ctx, editor := t.Context(), r.as(t, stet.Editor)
		good, bad, moved := r.copy(t, stet.Writer, "One"), r.copy(t, stet.Writer, "Two TK"), r.copy(t, stet.Writer, "Three")
		gone := r.copy(t, stet.Writer, "Four")
		must(t, r.Trash(ctx, r.staff[stet.Editor], gone.ID))
		ids := []string{good.PublicID, bad.PublicID, moved.PublicID, gone.PublicID, "000000000000"}
		type outlook struct {
			ID, Headline, Status, Address, Problem string
			Version                                int
			Revision                               int64
			Failed                                 []newsroom.CheckResult
		}
		var before struct{ Items []outlook }
		editor.do(http.StatusOK, "POST", "/api/articles/outlook", map[string]any{"ids": ids}, &before)
		if len(before.Items) != 5 {
			t.Fatalf("%d stories are told of", len(before.Items))
		}
		keeps := func(o outlook) (names []string) {
			for _, c := range o.Failed {
				if c.Blocks() {
					names = append(names, string(c.Check))
				}
			}
			return names
		}
		if o := before.Items[0]; o.Address != "/europe/one" || o.Version != 1 || o.Problem != "" || o.Headline != "One" || len(keeps(o)) != 0 {
			t.Errorf("the one that can be published: %+v", o)
		}
		if o := before.Items[1]; !slices.Equal(keeps(o), []string{"tk"}) {
			t.Errorf("the one with a TK is kept back by %v", keeps(o))
		}
		for i, want := range map[int]string{3: "trash", 4: "no such"} {
			if o := before.Items[i]; !strings.Contains(o.Problem, want) {
				t.Errorf("%s: %+v", ids[i], o)
			}
		}
		var refused struct{ Items []outlook }
		r.as(t, stet.Writer).do(http.StatusOK, "POST", "/api/articles/outlook", map[string]any{"ids": ids[:1]}, &refused)
		if len(refused.Items) != 1 || !strings.Contains(refused.Items[0].Problem, "may not publish") {
			t.Errorf("a writer is told %+v", refused.Items)
		}

		revisions := map[string]int64{}
		for _, o := range before.Items[:3] {
			revisions[o.ID] = o.Revision
		}
		_, err := r.MoveSection(ctx, r.staff[stet.Editor], moved.ID, r.asia.PublicID)
		must(t, err)
		var after struct {
			Items []struct {
				ID, Problem, Status, Path string
				OK                        bool
			}
		}
		editor.do(http.StatusOK, "POST", "/api/articles/acts", map[string]any{"act": "publish", "ids": ids, "revisions": revisions}, &after)
		if v := after.Items[0]; !v.OK || v.Status != "published" || v.Path != "/europe/one" {
			t.Errorf("published: %+v", v)
		}
		for i, want := range map[int]string{1: "TK", 2: "changed since you looked", 3: "trash", 4: "no such"} {
			if v := after.Items[i]; v.OK || !strings.Contains(v.Problem, want) || v.Path != "" {
				t.Errorf("%s: %+v", ids[i], v)
			}
		}

		// An approval is taken back to where the story was.
		var approved struct{ Items []struct{ Was string } }
		must(t, r.Submit(ctx, r.staff[stet.Writer], moved.ID, ""))
		editor.do(http.StatusOK, "POST", "/api/articles/acts", map[string]any{"act": "approve", "ids": []string{bad.PublicID, moved.PublicID}}, &approved)
		if v := approved.Items; v[0].Was != "draft" || v[1].Was != "in_review" {
			t.Errorf("approved: %+v", v)
		}
	})
}

// TestSavedViews: one's own, and what is shared.
func TestSavedViews(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		editor, writer := r.as(t, stet.Editor), r.as(t, stet.Writer)
		var mine, shared struct{ ID string }
		editor.do(http.StatusOK, "POST", "/api/views", map[string]any{"name": "Mine", "query": "mine=1"}, &mine)
		editor.do(http.StatusOK, "POST", "/api/views", map[string]any{"name": "Desk", "query": "status=draft", "shared": true}, &shared)
		var got struct {
			Items []struct {
				Name, Query string
				Own         bool
			}
		}
		writer.do(http.StatusOK, "GET", "/api/views", nil, &got)
		if len(got.Items) != 1 || got.Items[0].Name != "Desk" || got.Items[0].Own {
			t.Errorf("a colleague sees %+v", got.Items)
		}
		writer.do(http.StatusForbidden, "PATCH", "/api/views/"+shared.ID, map[string]any{"name": "Ours"}, nil)
		writer.do(http.StatusForbidden, "DELETE", "/api/views/"+shared.ID, nil, nil)
		editor.do(http.StatusOK, "PATCH", "/api/views/"+shared.ID, map[string]any{"name": "Drafts"}, nil)
		editor.do(http.StatusNoContent, "DELETE", "/api/views/"+mine.ID, nil, nil)
		editor.do(http.StatusOK, "GET", "/api/views", nil, &got)
		if len(got.Items) != 1 || got.Items[0].Name != "Drafts" || got.Items[0].Query != "status=draft" {
			t.Errorf("views: %+v", got.Items)
		}
	})
}

// TestPublication shows before the click what the click will do.
func TestPublication(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		must(t, r.SetFront(ctx, stet.Operator, stet.Front{Blocks: []stet.Block{{Type: stet.BlockGrid, Title: "Asia", Section: "asia"}, {Type: stet.BlockLead, Count: 3}, {Type: stet.BlockLatest}}}))
		must(t, r.SetChecklist(ctx, stet.Operator, stet.Checklist{{Check: stet.CheckGenre, Level: stet.CheckRequired}}))
		a := r.copy(t, stet.Editor, "The dam")
		editor := r.as(t, stet.Editor)
		at := "/api/articles/" + a.PublicID
		var p newsroom.Publication
		editor.do(http.StatusOK, "GET", at+"/publication", nil, &p)
		if p.Address != "/europe/the-dam" || p.Version != 1 || len(p.Front) != 2 || p.Front[0].Label != "Block 2, lead" || len(p.Lists) != 2 || p.Feeds[1].Path != "/europe/feed" {
			t.Errorf("publication: %+v", p)
		}
		var refused struct{ Detail string }
		editor.do(http.StatusBadRequest, "POST", at+"/publish", map[string]any{}, &refused)
		if !strings.Contains(refused.Detail, "There is no genre.") {
			t.Errorf("refused with %q", refused.Detail)
		}
		editor.do(http.StatusBadRequest, "POST", at+"/schedule", map[string]any{"at": r.clock.Now().Add(time.Hour)}, nil)
		// The operator at the console is not held to it.
		_, err := r.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{})
		must(t, err)
		b, err := r.Store().Article(ctx, a.ID)
		must(t, err)
		b.Content.Headline, b.Content.Slug = "The dam broke", "broke"
		must(t, r.Save(ctx, r.staff[stet.Editor], &b))
		editor.do(http.StatusOK, "GET", at+"/publication", nil, &p)
		if p.Version != 2 || p.Address != "/europe/broke" || p.Redirect != "/europe/the-dam" || len(p.Changes) != 2 || p.Changes[0].Was != "The dam" {
			t.Errorf("publication of an update: %+v", p)
		}
	})
}
