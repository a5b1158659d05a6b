// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// term reads a section, genre or topic as it is now.
func (d *desk) term(t *testing.T, kind stet.PathKind, id string) newsroom.Term {
	t.Helper()
	s, err := newsroom.ReadShelf(t.Context(), d.Store(), kind)
	must(t, err)
	v, err := s.Find(id)
	must(t, err)
	return v
}

// filed publishes a story in the section, under the desk's genre and topic.
func (d *desk) filed(t *testing.T, headline string, section stet.Section) stet.Article {
	t.Helper()
	a := stet.Article{Content: stet.Content{
		Headline: headline, Section: ref(section.PublicID, section.Name),
		Genre: ref(d.genre.PublicID, d.genre.Name), Topics: []stet.Ref{ref(d.topic.PublicID, d.topic.Name)},
	}}
	must(t, d.Draft(t.Context(), op, &a))
	_, err := d.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{})
	must(t, err)
	return a
}

func (d *desk) change(t *testing.T, kind stet.PathKind, id string, c newsroom.TermChange) error {
	t.Helper()
	return d.ChangeTerm(t.Context(), op, kind, id, d.term(t, kind, id).Revision(), c)
}

func (d *desk) merge(t *testing.T, kind stet.PathKind, id, into string) error {
	t.Helper()
	return d.MergeTerms(t.Context(), op, kind, id, into, d.term(t, kind, id).Revision())
}

// refile does the jobs that an act has left: those of the kind and list.
func (d *desk) refile(t *testing.T, kind stet.PathKind, list int64, copies string) {
	t.Helper()
	must(t, d.Refile(t.Context(), newsroom.RefileArgs{Kind: kind, List: list, Copies: copies}))
}

// stands wants the story at the address, and every one of its old ones to lead
// to it still.
func (d *desk) stands(t *testing.T, a stet.Article, at string, old ...string) {
	t.Helper()
	l, err := d.Store().Live(t.Context(), a.ID)
	must(t, err)
	if l.Path != at {
		t.Errorf("%s stands at %s, want %s", a.Content.Headline, l.Path, at)
	}
	for _, path := range append(old, at) {
		d.leads(t, path, stet.PathArticle, a.ID)
	}
}

func (d *desk) leads(t *testing.T, path string, kind stet.PathKind, id int64) {
	t.Helper()
	if p, err := d.Store().Path(t.Context(), path); err != nil || p.Kind != kind || p.Target != id {
		t.Errorf("%s leads to %v (%v), want %s %d", path, p, err, kind, id)
	}
}

func (d *desk) inList(t *testing.T, l store.List) []int64 {
	t.Helper()
	ids, err := d.Store().ListIDs(t.Context(), l)
	must(t, err)
	slices.Sort(ids)
	return ids
}

func ptr[T any](v T) *T { return &v }

func TestRenameSection(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		a := d.filed(t, "Ghosts", d.sound)
		was := a.Content
		must(t, d.change(t, stet.PathSection, d.rim.PublicID, newsroom.TermChange{Name: ptr("The North"), Slug: ptr("north")}))
		d.leads(t, "/northern-rim", stet.PathSection, d.rim.ID)
		d.leads(t, "/north", stet.PathSection, d.rim.ID)
		d.leads(t, "/northern-rim/the-sound", stet.PathSection, d.sound.ID)
		d.leads(t, "/north/the-sound", stet.PathSection, d.sound.ID)
		d.stands(t, a, "/northern-rim/the-sound/ghosts") // before the job
		d.refile(t, stet.PathSection, d.rim.ID, d.rim.PublicID)
		d.stands(t, a, "/north/the-sound/ghosts", "/northern-rim/the-sound/ghosts")
		if got, err := d.Store().Article(t.Context(), a.ID); err != nil || got.Content.Section != was.Section {
			t.Errorf("the working copy: %v, %v", got.Content.Section, err)
		}
		all, err := d.Store().Activity(t.Context(), store.ActivityFilter{Limit: 5})
		must(t, err)
		if len(all) == 0 || all[0].Act != "changed" || all[0].Label != "The North" {
			t.Errorf("activity: %+v", all)
		}
		// And back: the first address is its own again.
		must(t, d.change(t, stet.PathSection, d.rim.PublicID, newsroom.TermChange{Slug: ptr("northern-rim")}))
		d.refile(t, stet.PathSection, d.rim.ID, "")
		d.stands(t, a, "/northern-rim/the-sound/ghosts", "/north/the-sound/ghosts")
	})
}

// TestRenameTouchesNobodysWork: names in working copies follow, and nothing
// says afterwards that somebody has worked on them.
func TestRenameTouchesNobodysWork(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		a := d.filed(t, "Ghosts", d.rim)
		before, err := d.Store().Article(t.Context(), a.ID)
		must(t, err)
		must(t, d.change(t, stet.PathTopic, d.topic.PublicID, newsroom.TermChange{Name: ptr("Boats")}))
		d.refile(t, stet.PathTopic, 0, d.topic.PublicID)
		after, err := d.Store().Article(t.Context(), a.ID)
		must(t, err)
		if after.Content.Topics[0].Name != "Boats" {
			t.Errorf("the topic is %q", after.Content.Topics[0].Name)
		}
		after.Content.Topics[0].Name = before.Content.Topics[0].Name
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("beside its topic (-was +is):\n%s", diff)
		}
		var found []string
		must(t, d.Examine(t.Context(), false, func(f newsroom.Finding) { found = append(found, f.What) }))
		if len(found) > 0 {
			t.Errorf("doctor finds %q", found)
		}
	})
}

func TestMoveSection(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		south := stet.Section{Name: "South"}
		must(t, d.AddSection(t.Context(), op, &south))
		a := d.filed(t, "Ghosts", d.sound)
		ids := []string{d.sound.PublicID}
		must(t, d.OrderTerms(t.Context(), op, stet.PathSection, south.PublicID, ids))
		if got := d.inList(t, store.List{Kind: store.ListSection, Ref: south.ID}); !slices.Equal(got, []int64{a.ID}) {
			t.Errorf("before the job the list of the new section has %v", got)
		}
		d.refile(t, stet.PathSection, d.sound.ID, "")
		d.stands(t, a, "/south/the-sound/ghosts", "/northern-rim/the-sound/ghosts")
		d.leads(t, "/northern-rim/the-sound", stet.PathSection, d.sound.ID)
		if got := d.inList(t, store.List{Kind: store.ListSection, Ref: d.rim.ID}); len(got) > 0 {
			t.Errorf("the list of the old section has %v", got)
		}
		wantCode(t, "a cycle", d.OrderTerms(t.Context(), op, stet.PathSection, d.sound.PublicID, []string{south.PublicID}), stet.Invalid)
		wantCode(t, "an order without one", d.OrderTerms(t.Context(), op, stet.PathSection, "", []string{d.rim.PublicID}), stet.Conflict)
		must(t, d.OrderTerms(t.Context(), op, stet.PathSection, "", []string{south.PublicID, d.rim.PublicID}))
		all, err := d.Store().Sections(t.Context())
		must(t, err)
		if top := all.Children(0); top[0].ID != south.ID {
			t.Errorf("the first is %s", top[0].Name)
		}
	})
}

func TestMergeSections(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		south := stet.Section{Name: "South"}
		must(t, d.AddSection(ctx, op, &south))
		a, b := d.filed(t, "Ghosts", d.rim), d.filed(t, "Boats", d.sound)
		c := d.filed(t, "Withdrawn", d.rim)
		must(t, d.Room.Withdraw(ctx, op, c.ID))
		editor := stet.Staff{Email: "e@causeway.example", Name: "E", Role: stet.Editor, Sections: []string{d.rim.PublicID}}
		must(t, d.AddStaff(ctx, op, &editor, ""))
		v, err := d.Store().Versions(ctx, a.ID)
		must(t, err)

		wantCode(t, "into what stands below", d.merge(t, stet.PathSection, d.rim.PublicID, d.sound.PublicID), stet.Invalid)
		m, err := d.Merger(ctx, stet.PathSection, d.rim.PublicID, south.PublicID)
		must(t, err)
		if diff := cmp.Diff(newsroom.Merger{Stories: 2, Copies: 2, Moved: []string{"The Sound"}, Staff: []string{"E"},
			Leads: []newsroom.MergedPath{{From: "/northern-rim", To: "/south"}, {From: "/northern-rim/the-sound", To: "/south/the-sound"}}}, m); diff != "" {
			t.Errorf("what will happen (-want +got):\n%s", diff)
		}
		must(t, d.merge(t, stet.PathSection, d.rim.PublicID, south.PublicID))
		d.leads(t, "/northern-rim", stet.PathSection, south.ID)
		if got := d.inList(t, store.List{Kind: store.ListSection, Ref: south.ID}); !slices.Equal(got, []int64{a.ID, b.ID}) {
			t.Errorf("before the job the list has %v", got)
		}
		d.stands(t, a, "/northern-rim/ghosts")
		d.refile(t, stet.PathSection, d.sound.ID, "")
		d.refile(t, stet.PathSection, d.rim.ID, d.rim.PublicID)
		d.stands(t, a, "/south/ghosts", "/northern-rim/ghosts")
		d.stands(t, b, "/south/the-sound/boats", "/northern-rim/the-sound/boats")
		if got := d.inList(t, store.List{Kind: store.ListSection, Ref: d.rim.ID}); len(got) > 0 {
			t.Errorf("the list of what is no more has %v", got)
		}
		got, err := d.Store().Article(ctx, a.ID)
		must(t, err)
		if got.Content.Section != ref(south.PublicID, "South") {
			t.Errorf("the working copy is in %v", got.Content.Section)
		}
		now, err := d.Store().Versions(ctx, a.ID)
		must(t, err)
		if diff := cmp.Diff(v, now); diff != "" {
			t.Errorf("versions have changed: %s", diff)
		}
		if e, err := d.Store().StaffByPublicID(ctx, editor.PublicID); err != nil || !slices.Equal(e.Sections, []string{south.PublicID}) {
			t.Errorf("the account is limited to %v, %v", e.Sections, err)
		}
		// What only a version knows goes on being understood.
		must(t, d.PutBack(ctx, op, c.ID))
		d.stands(t, c, "/south/withdrawn", "/northern-rim/withdrawn")
	})
}

func TestMergeTopicsAndGenres(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		boats, news := stet.Topic{Name: "Boats"}, stet.Genre{Name: "News"}
		must(t, d.AddTopic(ctx, op, &boats))
		must(t, d.AddGenre(ctx, op, &news))
		a := d.filed(t, "Ghosts", d.rim)
		a, err := d.Store().Article(ctx, a.ID)
		must(t, err)
		a.Content.Topics = append(a.Content.Topics, ref(boats.PublicID, "Boats"))
		must(t, d.Save(ctx, op, &a))
		must(t, d.merge(t, stet.PathTopic, d.topic.PublicID, boats.PublicID))
		must(t, d.merge(t, stet.PathGenre, d.genre.PublicID, news.PublicID))
		d.refile(t, stet.PathTopic, d.topic.ID, d.topic.PublicID)
		d.refile(t, stet.PathGenre, d.genre.ID, d.genre.PublicID)
		d.leads(t, "/topic/ferries", stet.PathTopic, boats.ID)
		d.leads(t, "/genre/analysis", stet.PathGenre, news.ID)
		got, err := d.Store().Article(ctx, a.ID)
		must(t, err)
		if diff := cmp.Diff([]stet.Ref{ref(boats.PublicID, "Boats")}, got.Content.Topics); diff != "" {
			t.Errorf("topics of the working copy (-want +got):\n%s", diff)
		}
		l, err := d.Store().Live(ctx, a.ID)
		must(t, err)
		if l.GenreID != news.ID || len(d.inList(t, store.List{Kind: store.ListTopic, Ref: d.topic.ID})) > 0 {
			t.Errorf("live: %+v", l)
		}
		for _, list := range []store.List{{Kind: store.ListTopic, Ref: boats.ID}, {Kind: store.ListGenre, Ref: news.ID}} {
			if got := d.inList(t, list); !slices.Equal(got, []int64{a.ID}) {
				t.Errorf("%v has %v", list, got)
			}
		}
	})
}

// TestRefileIsResumed stops the job after its first batch, as a kill would.
func TestRefileIsResumed(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		const n = 130 // more than one batch
		var stories []stet.Article
		must(t, d.Batch(t.Context(), func(r *newsroom.Room) error {
			for i := range n {
				a := stet.Article{Content: stet.Content{Headline: fmt.Sprintf("Story %d", i), Section: ref(d.rim.PublicID, "")}}
				if err := r.Draft(t.Context(), op, &a); err != nil {
					return err
				}
				if _, err := r.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{}); err != nil {
					return err
				}
				stories = append(stories, a)
			}
			return nil
		}))
		must(t, d.change(t, stet.PathSection, d.rim.PublicID, newsroom.TermChange{Slug: ptr("north")}))
		args := newsroom.RefileArgs{Kind: stet.PathSection, List: d.rim.ID}
		d.settle() // what was announced of publishing must not stop the job
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		d.Store().OnEvent(func(e stet.Event) {
			if slices.ContainsFunc(e.Tags, func(tag string) bool { return tag == newsroom.ArticleTag(stories[n-1].ID) }) {
				stop()
			}
		})
		if err := d.Refile(ctx, args); !errors.Is(err, context.Canceled) {
			t.Fatalf("the job that was stopped: %v", err)
		}
		moved := 0
		for _, a := range stories {
			l, err := d.Store().Live(t.Context(), a.ID)
			must(t, err)
			d.leads(t, l.Path, stet.PathArticle, a.ID)
			if l.Path[:7] == "/north/" {
				moved++
			}
		}
		if moved == 0 || moved == n {
			t.Fatalf("%d of %d had moved", moved, n)
		}
		must(t, d.Refile(t.Context(), args))
		for i, a := range stories {
			d.stands(t, a, fmt.Sprintf("/north/story-%d", i), fmt.Sprintf("/northern-rim/story-%d", i))
		}
	})
}

func TestTaxonomyIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		name := newsroom.TermChange{Name: ptr("Other")}
		stale := d.term(t, stet.PathSection, d.rim.PublicID).Revision()
		must(t, d.change(t, stet.PathSection, d.rim.PublicID, name))
		wantCode(t, "a change of what has changed", d.ChangeTerm(ctx, op, stet.PathSection, d.rim.PublicID, stale, name), stet.Conflict)
		writer := stet.Staff{ID: 7, Role: stet.Writer}
		wantCode(t, "a writer", d.ChangeTerm(ctx, writer, stet.PathTopic, d.topic.PublicID, "", name), stet.Forbidden)
		limited := stet.Staff{ID: 8, Role: stet.Editor, Sections: []string{d.sound.PublicID}}
		wantCode(t, "an editor of another section", d.DropTerm(ctx, limited, stet.PathSection, d.rim.PublicID), stet.Forbidden)
		wantCode(t, "an address of the program's own", d.change(t, stet.PathSection, d.rim.PublicID, newsroom.TermChange{Slug: ptr("search")}), stet.Invalid)

		wantCode(t, "with one below", d.DropTerm(ctx, op, stet.PathSection, d.rim.PublicID), stet.Conflict)
		a := stet.Article{Content: stet.Content{Headline: "x", Section: ref(d.rim.PublicID, ""), Sections: []stet.Ref{ref(d.sound.PublicID, "")}, Topics: []stet.Ref{ref(d.topic.PublicID, "")}}}
		must(t, d.Draft(ctx, op, &a))
		wantCode(t, "named by a draft beside its own section", d.DropTerm(ctx, op, stet.PathSection, d.sound.PublicID), stet.Conflict)
		wantCode(t, "a topic that is used", d.DropTerm(ctx, op, stet.PathTopic, d.topic.PublicID), stet.Conflict)
		must(t, d.DropTerm(ctx, op, stet.PathGenre, d.genre.PublicID))
		again := stet.Genre{Name: "Analysis"}
		must(t, d.AddGenre(ctx, op, &again))
		d.leads(t, "/genre/analysis", stet.PathGenre, again.ID)
	})
}
