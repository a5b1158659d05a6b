// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"net/http"
	"testing"

	"stet"
	"stet/internal/desk"
	"stet/internal/newsroom"
)

func TestTaxonomy(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Editor)
		var africa, added desk.TermRow
		c.do(http.StatusOK, "POST", "/api/sections", map[string]any{"name": "Africa", "parent": r.europe.PublicID}, &africa)
		if africa.Path != "/europe/africa" || africa.Parent != r.europe.PublicID {
			t.Errorf("added: %+v", africa)
		}
		order := map[string]any{"ids": []string{r.asia.PublicID, africa.ID, r.europe.PublicID}}
		var rows desk.Page[desk.TermRow]
		c.do(http.StatusOK, "PUT", "/api/sections/order", order, &rows)
		var paths []string
		for _, s := range rows.Items {
			paths = append(paths, s.Path)
		}
		if len(paths) != 3 || paths[0] != "/asia" || paths[1] != "/africa" || paths[2] != "/europe" {
			t.Errorf("in order: %v", paths)
		}
		c.do(http.StatusConflict, "PUT", "/api/sections/order", map[string]any{"ids": []string{africa.ID}}, nil)
		change := map[string]any{"revision": rows.Items[1].Revision, "slug": "the-south", "description": "All of it"}
		c.do(http.StatusOK, "PATCH", "/api/sections/"+africa.ID, change, &added)
		if added.Path != "/the-south" || added.Description != "All of it" || added.Name != "Africa" {
			t.Errorf("changed: %+v", added)
		}
		c.do(http.StatusConflict, "PATCH", "/api/sections/"+africa.ID, change, nil)

		a := stet.Article{Content: stet.Content{Headline: "Ghosts", Section: stet.Ref{ID: africa.ID}}}
		must(t, r.Draft(t.Context(), stet.Operator, &a))
		_, err := r.Publish(t.Context(), stet.Operator, a.ID, newsroom.PublishOptions{})
		must(t, err)
		c.do(http.StatusOK, "GET", "/api/sections?counts=true", nil, &rows)
		if s := rows.Items[1]; s.Stories == nil || *s.Stories != 1 || *s.Copies != 1 {
			t.Errorf("counts: %+v", s)
		}
		c.do(http.StatusConflict, "DELETE", "/api/sections/"+africa.ID, nil, nil)
		var m newsroom.Merger
		c.do(http.StatusOK, "GET", "/api/sections/"+africa.ID+"/merge?into="+r.asia.PublicID, nil, &m)
		if m.Stories != 1 || len(m.Leads) != 1 || m.Leads[0].To != "/asia" {
			t.Errorf("what merging would do: %+v", m)
		}
		into := map[string]string{"into": r.asia.PublicID, "revision": change["revision"].(string)}
		c.do(http.StatusConflict, "POST", "/api/sections/"+africa.ID+"/merge", into, nil)
		into["revision"] = added.Revision
		c.do(http.StatusOK, "POST", "/api/sections/"+africa.ID+"/merge", into, nil)
		r.work(t)
		if l, err := r.Store().Live(t.Context(), a.ID); err != nil || l.Path != "/asia/ghosts" || l.SectionID != r.asia.ID {
			t.Errorf("the story: %+v, %v", l, err)
		}
		// What somebody has open still names the old one, and may be saved.
		now, err := r.Store().Article(t.Context(), a.ID)
		must(t, err)
		now.Content.Section.ID = africa.ID
		must(t, r.Save(t.Context(), stet.Operator, &now))
		if now.Content.Section.ID != r.asia.PublicID {
			t.Errorf("saved in %v", now.Content.Section)
		}

		c.do(http.StatusOK, "POST", "/api/topics", map[string]string{"name": "Ferries"}, &added)
		c.do(http.StatusBadRequest, "POST", "/api/topics", map[string]string{"name": "Below", "parent": r.asia.PublicID}, nil)
		r.as(t, stet.Writer).do(http.StatusForbidden, "DELETE", "/api/topics/"+added.ID, nil, nil)
		c.do(http.StatusNoContent, "DELETE", "/api/topics/"+added.ID, nil, nil)
		c.do(http.StatusOK, "GET", "/api/topics?q=ferr", nil, &rows)
		if len(rows.Items) != 0 {
			t.Errorf("topics: %+v", rows.Items)
		}
	})
}

// Readers find a story on the page of any of its sections; so does the desk, and
// so do the totals, a merge and the count beside a section.
func TestFurtherSections(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		ctx, op, c := t.Context(), stet.Operator, r.as(t, stet.Administrator)
		add := func(name string, parent int64) stet.Section {
			s := stet.Section{Name: name, ParentID: parent}
			must(t, r.AddSection(ctx, op, &s))
			return s
		}
		world := add("World", 0)
		asia, south := add("Asia", world.ID), add("South", 0)
		a := stet.Article{Content: stet.Content{Headline: "Pylons", Section: stet.Ref{ID: r.europe.PublicID}, Sections: []stet.Ref{{ID: asia.PublicID}}}}
		must(t, r.Draft(ctx, op, &a))
		found := func(what, query string, want int) {
			t.Helper()
			var page struct{ Items []struct{ ID string } }
			c.do(http.StatusOK, "GET", "/api/articles?"+query, nil, &page)
			var totals struct{ Draft int }
			c.do(http.StatusOK, "GET", "/api/articles/totals?"+query, nil, &totals)
			if len(page.Items) != want || totals.Draft != want {
				t.Errorf("%s: %d listed and %d counted, want %d", what, len(page.Items), totals.Draft, want)
			}
		}
		found("under its main section", "section="+r.europe.PublicID, 1)
		found("under a further one", "section="+asia.PublicID, 1)
		found("under what stands above that", "section="+world.PublicID, 1)
		found("under another", "section="+south.PublicID, 0)

		c.do(http.StatusConflict, "DELETE", "/api/sections/"+asia.PublicID, nil, nil) // a story is filed there
		shelf, err := newsroom.ReadShelf(ctx, r.Store(), stet.PathSection)
		must(t, err)
		term, err := shelf.Find(asia.PublicID)
		must(t, err)
		must(t, r.MergeTerms(ctx, op, stet.PathSection, asia.PublicID, south.PublicID, term.Revision()))
		found("before the job", "section="+south.PublicID, 1)
		found("by the id that is gone", "section="+asia.PublicID, 1)
		r.work(t)
		found("after the job", "section="+south.PublicID, 1)
		found("under what stood above", "section="+world.PublicID, 0)
		now, err := r.Store().Article(ctx, a.ID)
		must(t, err)
		if s := now.Content.Sections; len(s) != 1 || s[0] != (stet.Ref{ID: south.PublicID, Name: "South"}) {
			t.Errorf("the working copy stands in %+v", s)
		}
	})
}
