// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"slices"
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

// draft stores an article of the desk.
func draft(t *testing.T, s *store.Store, a stet.Article) *stet.Article {
	t.Helper()
	a.PublicID = stet.NewID()
	if a.Kind == "" {
		a.Kind = stet.Story
	}
	if a.Status == "" {
		a.Status = stet.Draft
	}
	// An assignment and dates to come are no part of a new article.
	life := a
	must(t, s.CreateArticle(t.Context(), &a))
	a.Assignee, a.DueAt, a.ScheduledAt, a.TrashedAt = life.Assignee, life.DueAt, life.ScheduledAt, life.TrashedAt
	must(t, s.SetLife(t.Context(), &a))
	return &a
}

// copiesOf are the headlines that a list of the desk shows.
func copiesOf(t *testing.T, s *store.Store, f store.CopyFilter) []string {
	t.Helper()
	if f.Order == "" {
		f.Order = store.ByUpdated
	}
	if f.Limit == 0 {
		f.Limit = 50
	}
	out := []string{}
	for _, c := range get(s.Copies(t.Context(), f))(t) {
		out = append(out, c.Headline)
	}
	return out
}

// desk are stories in every situation that a filter asks for.
func desk(t *testing.T, s *store.Store) {
	t.Helper()
	topic := stet.Topic{PublicID: "hydro", Name: "Hydropower", Slug: "hydropower"}
	must(t, s.CreateTopic(t.Context(), &topic))
	ref := func(id string) stet.Ref { return stet.Ref{ID: id, Name: "Name of " + id} }
	draft(t, s, stet.Article{CreatedBy: 7, Content: stet.Content{
		Headline: "Éclair", Dek: "Pastry_100%", Section: ref("food"), Genre: ref("essay"), Topics: []stet.Ref{ref("hydro"), ref("sugar")},
		Bylines: []stet.Byline{{Person: ref("leila"), Contribution: stet.Words}},
	}})
	draft(t, s, stet.Article{Status: stet.InReview, Assignee: 7, DueAt: Now.Add(2 * time.Hour), Content: stet.Content{Headline: "Dam", Section: ref("news"), Topics: []stet.Ref{ref("sugar")}}})
	draft(t, s, stet.Article{Status: stet.Scheduled, ScheduledAt: Now.Add(time.Hour), DueAt: Now.Add(time.Hour), Content: stet.Content{Headline: "delta", Section: ref("news"), Genre: ref("essay")}})
	draft(t, s, stet.Article{Kind: stet.Page, Status: stet.Published, PublishedAt: Now.Add(-time.Hour), Content: stet.Content{Headline: "About"}})
	draft(t, s, stet.Article{Status: stet.Published, PublishedAt: Now, Content: stet.Content{Headline: "Zinc", Section: ref("money"), Sections: []stet.Ref{ref("news"), ref("news"), ref("food")}, Bylines: []stet.Byline{{Person: ref("idris")}, {Person: ref("leila")}}}})
	draft(t, s, stet.Article{TrashedAt: Now, Content: stet.Content{Headline: "Gone", Section: ref("news")}})
}

func copies(t *testing.T, s *store.Store) {
	ctx := t.Context()
	desk(t, s)
	for _, tt := range []struct {
		name string
		f    store.CopyFilter
		want []string // the one stored last first
	}{
		{"all but the trash", store.CopyFilter{}, []string{"Zinc", "About", "delta", "Dam", "Éclair"}},
		{"the trash", store.CopyFilter{Trashed: true}, []string{"Gone"}},
		{"kind", store.CopyFilter{Kind: stet.Page}, []string{"About"}},
		{"statuses", store.CopyFilter{Statuses: []stet.Status{stet.Draft, stet.Scheduled}}, []string{"delta", "Éclair"}},
		{"sections, also a further one", store.CopyFilter{Sections: []string{"food", "news"}}, []string{"Zinc", "delta", "Dam", "Éclair"}},
		{"a further section", store.CopyFilter{Sections: []string{"news"}, Statuses: []stet.Status{stet.Published}}, []string{"Zinc"}},
		{"a further section in the trash", store.CopyFilter{Sections: []string{"news"}, Trashed: true}, []string{"Gone"}},
		{"a topic is no section", store.CopyFilter{Sections: []string{"sugar"}}, nil},
		{"genre", store.CopyFilter{Genres: []string{"essay"}}, []string{"delta", "Éclair"}},
		{"topic", store.CopyFilter{Topics: []string{"sugar"}}, []string{"Dam", "Éclair"}},
		{"writer, also the second", store.CopyFilter{Writer: "leila"}, []string{"Zinc", "Éclair"}},
		{"a topic is no writer", store.CopyFilter{Writer: "sugar"}, nil},
		{"assignee", store.CopyFilter{Assignee: 7}, []string{"Dam"}},
		{"nobody has it", store.CopyFilter{Unclaimed: true, Kind: stet.Story}, []string{"Zinc", "delta", "Éclair"}},
		{"mine: made, assigned, signed", store.CopyFilter{Mine: &stet.Staff{ID: 7, Person: "leila"}}, []string{"Zinc", "Dam", "Éclair"}},
		{"mine, of nobody", store.CopyFilter{Mine: &stet.Staff{ID: 8}}, nil},
		{"nothing is changed", store.CopyFilter{Changed: true}, nil},
		{"saved", store.CopyFilter{Updated: store.Range{From: Now, To: Now.Add(time.Microsecond)}, Kind: stet.Page}, []string{"About"}},
		{"saved until now", store.CopyFilter{Updated: store.Range{To: Now}}, nil},
		{"published", store.CopyFilter{Published: store.Range{From: Now}}, []string{"Zinc"}},
		{"due, without the end", store.CopyFilter{Due: store.Range{From: Now, To: Now.Add(2 * time.Hour)}}, []string{"delta"}},
		{"words fold", store.CopyFilter{Words: "ECLAIR"}, []string{"Éclair"}},
		{"words of dek, name and headline", store.CopyFilter{Words: "pastry leila ecl"}, []string{"Éclair"}},
		{"no pattern", store.CopyFilter{Words: "d_m"}, nil},
		{"signs for themselves", store.CopyFilter{Words: "y_100%"}, []string{"Éclair"}},
		{"a topic's name", store.CopyFilter{Words: "hydrop"}, []string{"Éclair"}},
		{"together", store.CopyFilter{Sections: []string{"news"}, Topics: []string{"sugar"}, Words: "dam"}, []string{"Dam"}},
	} {
		same(t, tt.name, tt.want, copiesOf(t, s, tt.f))
	}
	same(t, "counts", map[stet.Status]int{stet.Draft: 1, stet.InReview: 1, stet.Scheduled: 1, stet.Published: 2}, get(s.CountCopies(ctx, store.CopyFilter{}))(t))
	same(t, "counts look past the statuses", map[stet.Status]int{stet.InReview: 1, stet.Scheduled: 1, stet.Published: 1},
		get(s.CountCopies(ctx, store.CopyFilter{Sections: []string{"news"}, Statuses: []stet.Status{stet.Draft}}))(t))
	_, err := s.Copies(ctx, store.CopyFilter{Order: "hash; DROP TABLE copy", Limit: 1})
	wantCode(t, "no order", err, stet.Invalid)
	_, err = s.Copies(ctx, store.CopyFilter{Order: store.ByUpdated, After: &store.CopyPlace{Key: "x"}, Limit: 1})
	wantCode(t, "no place", err, stet.Invalid)
}

// What readers see is found by their index, body included.
func copiesPublic(t *testing.T, s *store.Store) {
	put(t, s, story{headline: "Quiet Waters", body: "turbines hum"})
	draft(t, s, stet.Article{Content: stet.Content{Headline: "Quiet turbines"}})
	same(t, "body and head", []string{"Quiet turbines", "Quiet Waters"}, copiesOf(t, s, store.CopyFilter{Words: "turbines quiet"}))
	same(t, "half typed", []string{"Quiet Waters"}, copiesOf(t, s, store.CopyFilter{Words: "quiet wate"}))
	same(t, "by status", []string{"Quiet Waters"}, copiesOf(t, s, store.CopyFilter{Words: "turbines", Statuses: []stet.Status{stet.Published}}))
	same(t, "counted once", map[stet.Status]int{stet.Draft: 1, stet.Published: 1}, get(s.CountCopies(t.Context(), store.CopyFilter{Words: "quiet"}))(t))
}

// Every order can be paged through, whatever the size of a page, and shows
// each story that has its date once.
func copyOrders(t *testing.T, s *store.Store) {
	desk(t, s)
	for order, want := range map[store.Order][]string{
		store.ByUpdated: {"Zinc", "About", "delta", "Dam", "Éclair"}, store.ByPublished: {"Zinc", "About"}, store.ByScheduled: {"delta"},
		store.ByDue: {"delta", "Dam"}, store.ByHeadline: {"About", "Dam", "delta", "Éclair", "Zinc"},
	} {
		for size := 1; size <= 3; size++ {
			var got []string
			f := store.CopyFilter{Order: order, Limit: size}
			for {
				rows := get(s.Copies(t.Context(), f))(t)
				for _, c := range rows {
					got = append(got, c.Headline)
				}
				if len(rows) == 0 || len(got) > len(want) {
					break
				}
				place := rows[len(rows)-1].Place(order)
				f.After = &place
			}
			same(t, string(order), want, got)
		}
	}
	names := []string{}
	for _, c := range get(s.CopiesBetween(t.Context(), Now, Now.Add(2*time.Hour), 9))(t) {
		names = append(names, c.Headline)
	}
	slices.Sort(names)
	same(t, "the calendar, without the end of its span", []string{"delta"}, names)
}

// The derived rows say what the article says, after each way to change it.
func copyFollows(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := draft(t, s, stet.Article{Content: stet.Content{Headline: "Dam", Section: stet.Ref{ID: "news"}, Topics: []stet.Ref{{ID: "water"}}, Lead: &stet.Placement{Asset: "x"}}})
	fits := func(what string) {
		t.Helper()
		if !get(s.CopyFits(ctx, a))(t) {
			t.Errorf("%s: the derived row is another one", what)
		}
	}
	fits("made")
	c := get(s.Copy(ctx, a.ID))(t)
	if c.PublicID != a.PublicID || c.Lead != "x" || c.Section.ID != "news" || len(c.Topics) != 1 {
		t.Errorf("the row: %+v", c)
	}
	a.Content.Headline, a.Content.Section.ID, a.Content.Topics = "Weir", "rivers", []stet.Ref{{ID: "stone"}}
	must(t, s.SaveArticle(ctx, a))
	fits("saved")
	same(t, "where it was", []string{}, copiesOf(t, s, store.CopyFilter{Topics: []string{"water"}}))
	same(t, "where it is", []string{"Weir"}, copiesOf(t, s, store.CopyFilter{Topics: []string{"stone"}, Sections: []string{"rivers"}, Words: "weir"}))
	same(t, "by its former headline", []string{}, copiesOf(t, s, store.CopyFilter{Words: "dam"}))

	version := func(n int) {
		t.Helper()
		v := stet.Version{ArticleID: a.ID, Number: n, PublishedAt: Now, Document: []byte("{}"), Hash: string(rune('a' + n))}
		must(t, s.AddVersion(ctx, &v))
		a.Status, a.PublishedAt, a.VersionID = stet.Published, Now, v.ID
		must(t, s.SaveArticle(ctx, a))
		fits("published")
		same(t, "nothing new to readers", []string{}, copiesOf(t, s, store.CopyFilter{Changed: true}))
	}
	version(1)
	a.Content.Dek = "Now with a dek"
	must(t, s.SaveArticle(ctx, a))
	same(t, "changed since", []string{"Weir"}, copiesOf(t, s, store.CopyFilter{Changed: true}))
	// An act that leaves the content as it is leaves the difference as it is.
	a.Assignee = 7
	must(t, s.SetLife(ctx, a))
	if c := get(s.Copy(ctx, a.ID))(t); !c.Changed || c.Assignee != 7 {
		t.Errorf("assigned: %+v", c)
	}
	readers := a.Content
	readers.Dek = ""
	must(t, s.RebuildCopy(ctx, a, &readers))
	same(t, "made anew", []string{"Weir"}, copiesOf(t, s, store.CopyFilter{Changed: true, Words: "dek"}))
	version(2)
	stale := *a
	stale.Revision--
	stale.Content.Headline = "Overwritten"
	wantCode(t, "a copy that was read before", s.SaveArticle(ctx, &stale), stet.Conflict)
	wantCode(t, "an act on what was read before", s.SetLife(ctx, &stale), stet.Conflict)
	fits("refused")
	same(t, "none is without", []int64(nil), get(s.MissingCopies(ctx, 9))(t))
}

// Notes and derived rows go with their article; what happened stays told.
func notes(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, other := draft(t, s, stet.Article{Content: stet.Content{Headline: "Dam"}}), draft(t, s, stet.Article{Content: stet.Content{Headline: "Weir"}})
	var want []stet.Note
	for _, text := range []string{"Where is the map?", "Here “❦”."} {
		n := stet.Note{PublicID: stet.NewID(), ArticleID: a.ID, StaffID: 7, Staff: "Ana", Act: "returned", Text: text}
		must(t, s.AddNote(ctx, &n))
		want = append(want, n)
	}
	must(t, s.AddNote(ctx, &stet.Note{PublicID: stet.NewID(), ArticleID: other.ID, Text: "Of another story"}))
	same(t, "when", Now, want[0].CreatedAt)
	same(t, "the first one first", want, get(s.Notes(ctx, a.ID))(t))
	same(t, "by public id", want[1], get(s.NoteByPublicID(ctx, want[1].PublicID))(t))
	must(t, s.DropNote(ctx, want[0].ID))
	same(t, "one less", want[1:], get(s.Notes(ctx, a.ID))(t))

	must(t, s.AddActivity(ctx, &stet.Activity{Act: "created", Noun: "story", Ref: a.PublicID, Label: "Dam"}))
	must(t, s.DropArticle(ctx, a.ID))
	same(t, "gone with the article", []stet.Note(nil), get(s.Notes(ctx, a.ID))(t))
	_, err := s.NoteByPublicID(ctx, want[1].PublicID)
	wantCode(t, "by public id", err, stet.NotFound)
	_, err = s.Copy(ctx, a.ID)
	wantCode(t, "the row of the lists", err, stet.NotFound)
	same(t, "what is left", []string{"Weir"}, copiesOf(t, s, store.CopyFilter{}))
	same(t, "notes of another story", 1, len(get(s.Notes(ctx, other.ID))(t)))
	same(t, "what happened", 1, len(get(s.Activity(ctx, store.ActivityFilter{Ref: a.PublicID, Limit: 9}))(t)))
}

func activity(t *testing.T, s *store.Store) {
	ctx := t.Context()
	all := []stet.Activity{
		{StaffID: 7, Staff: "Ana", Act: "created", Noun: "story", Ref: "one", Label: "Dam", Details: "with care"},
		{Act: "published", Noun: "story", Ref: "one", Label: "Dam"},
		{StaffID: 7, Staff: "Ana", Act: "changed", Noun: "setting", Ref: "checklist", Label: "Checklist"},
		{StaffID: 8, Staff: "Ben", Act: "created", Noun: "story", Ref: "two", Label: "Weir"},
	}
	for i := range all {
		must(t, s.AddActivity(ctx, &all[i]))
	}
	same(t, "when", Now, all[0].At)
	ana, program := int64(7), int64(0)
	for _, tt := range []struct {
		name string
		f    store.ActivityFilter
		want []stet.Activity // the newest first
	}{
		{"all", store.ActivityFilter{}, []stet.Activity{all[3], all[2], all[1], all[0]}},
		{"staff", store.ActivityFilter{Staff: &ana}, []stet.Activity{all[2], all[0]}},
		{"the program", store.ActivityFilter{Staff: &program}, []stet.Activity{all[1]}},
		{"act", store.ActivityFilter{Act: "created"}, []stet.Activity{all[3], all[0]}},
		{"noun", store.ActivityFilter{Noun: "setting"}, []stet.Activity{all[2]}},
		{"ref and act", store.ActivityFilter{Ref: "one", Act: "created"}, []stet.Activity{all[0]}},
		{"until now", store.ActivityFilter{To: Now}, nil},
		{"from now", store.ActivityFilter{From: Now, To: Now.Add(time.Microsecond), Ref: "two"}, []stet.Activity{all[3]}},
		{"the next page", store.ActivityFilter{Before: all[2].ID, Limit: 1}, []stet.Activity{all[1]}},
	} {
		if tt.f.Limit == 0 {
			tt.f.Limit = 9
		}
		same(t, tt.name, tt.want, get(s.Activity(ctx, tt.f))(t))
	}
}

func savedViews(t *testing.T, s *store.Store) {
	ctx := t.Context()
	add := func(v stet.SavedView) stet.SavedView {
		v.PublicID = stet.NewID()
		must(t, s.AddSavedView(ctx, &v))
		return v
	}
	mine := add(stet.SavedView{StaffID: 7, Name: "Mine", Query: "mine=true&q=a%26b"})
	shared := add(stet.SavedView{StaffID: 8, Name: "Desk", Shared: true, Query: "status=in_review"})
	theirs := add(stet.SavedView{StaffID: 8, Name: "Theirs"})
	same(t, "one's own and the shared, by name", []stet.SavedView{shared, mine}, get(s.SavedViews(ctx, 7))(t))
	same(t, "of whoever shares", []stet.SavedView{shared, theirs}, get(s.SavedViews(ctx, 8))(t))
	same(t, "those that name something", []stet.SavedView{mine}, get(s.SavedViewsNaming(ctx, "a%26b"))(t))
	same(t, "no pattern", []stet.SavedView(nil), get(s.SavedViewsNaming(ctx, "a%b"))(t))
	mine.Name, mine.Shared, mine.Query = "Ours", true, ""
	must(t, s.UpdateSavedView(ctx, &mine))
	same(t, "changed", mine, get(s.SavedViewByPublicID(ctx, mine.PublicID))(t))
	same(t, "shared now", []stet.SavedView{shared, mine}, get(s.SavedViews(ctx, 9))(t))
	must(t, s.DropSavedView(ctx, shared.ID))
	_, err := s.SavedViewByPublicID(ctx, shared.PublicID)
	wantCode(t, "dropped", err, stet.NotFound)
	same(t, "what is left", []stet.SavedView{mine}, get(s.SavedViews(ctx, 9))(t))
}
