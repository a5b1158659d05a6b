// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

type person struct {
	ID, Name, SortName, Slug, Path, Role, Kind, Bio string
	Author                                          bool
	Variants, FormerAt                              []string
	Roles                                           []stet.Role
	Links                                           []stet.Link
	Portrait                                        *struct{ ID string }
	Stories, Bylines                                int
	UpdatedAt                                       time.Time
}

type people struct {
	Items []struct{ ID, Name, Why string }
	Next  string
}

func (p people) names() (all []string) {
	for _, x := range p.Items {
		all = append(all, x.Name)
	}
	return all
}

func TestPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Writer)
		picture, _ := c.send(http.StatusOK, "portrait.jpg", photo(t, 600, 600, 3))
		var p person
		c.do(http.StatusOK, "POST", "/api/people", map[string]any{
			"name": "  Éloïse   Marchand ", "sortName": "Marchand, Éloïse", "variants": []string{"E. Marchand"}, "portrait": picture.ID,
			"roles": []map[string]string{{"title": "Minister", "from": "2019", "to": "2021-06"}, {"title": "Fellow", "organisation": "Institute", "from": "2022-01-10"}},
			"links": []map[string]string{{"label": "Site", "url": "https://marchand.example"}},
		}, &p)
		if p.Name != "Éloïse Marchand" || p.Path != "/person/eloise-marchand" || p.Role != "Fellow" || !p.Author || p.Portrait == nil || len(p.Roles) != 2 {
			t.Errorf("added: %+v", p)
		}
		var a assetRow
		if c.do(http.StatusOK, "GET", "/api/assets/"+picture.ID, nil, &a); a.Uses != 1 {
			t.Errorf("the portrait has %d uses", a.Uses)
		}
		for _, q := range []string{"marchand", "e. mar", "MARCHAND eloise", "elo"} {
			var found people
			if c.do(http.StatusOK, "GET", "/api/people?q="+strings.ReplaceAll(q, " ", "+"), nil, &found); !slices.Equal(found.names(), []string{"Éloïse Marchand"}) {
				t.Errorf("%q finds %v", q, found.names())
			}
		}
		for _, bad := range []map[string]any{
			{"name": "x", "roles": []map[string]string{{"title": "Mayor", "from": "2021", "to": "2020"}}},
			{"name": "x", "roles": []map[string]string{{"title": "Mayor", "from": "last year"}}},
			{"name": "x", "links": []map[string]string{{"label": "x", "url": "javascript:alert(1)"}}},
			{"name": "x", "portrait": "000000000000"},
			{"name": "  "},
		} {
			c.do(http.StatusBadRequest, "POST", "/api/people", bad, nil)
		}
		// Contributors keep nobody but see everybody.
		guest := r.as(t, stet.Contributor)
		guest.do(http.StatusForbidden, "POST", "/api/people", map[string]any{"name": "x"}, nil)
		guest.do(http.StatusForbidden, "PATCH", "/api/people/"+p.ID, map[string]any{"updatedAt": p.UpdatedAt, "bio": "x"}, nil)
		guest.do(http.StatusForbidden, "POST", "/api/people/"+p.ID+"/merge", map[string]any{"into": r.person.PublicID}, nil)
		guest.do(http.StatusOK, "GET", "/api/people/"+p.ID, nil, nil)

		changePerson(t, r, c, p)
		listPeople(t, c)
	})
}

// changePerson changes some fields, and once from a state that is old.
func changePerson(t *testing.T, r *room, c *client, was person) {
	t.Helper()
	var p person
	c.do(http.StatusOK, "PATCH", "/api/people/"+was.ID, map[string]any{"updatedAt": was.UpdatedAt, "slug": "marchand", "bio": "Writes.", "portrait": ""}, &p)
	if p.Path != "/person/marchand" || p.Bio != "Writes." || p.Name != was.Name || p.Portrait != nil || !slices.Equal(p.FormerAt, []string{"/person/eloise-marchand"}) {
		t.Errorf("changed: %+v", p)
	}
	at, err := r.Store().Path(t.Context(), "/person/eloise-marchand")
	must(t, err)
	stored, err := r.Store().PersonByPublicID(t.Context(), p.ID)
	must(t, err)
	if at.Kind != stet.PathPerson || at.Target != stored.ID {
		t.Errorf("the old address leads to %+v", at)
	}
	c.do(http.StatusConflict, "PATCH", "/api/people/"+was.ID, map[string]any{"updatedAt": was.UpdatedAt, "bio": "Overwritten."}, nil)
	c.do(http.StatusConflict, "PATCH", "/api/people/"+was.ID, map[string]any{"updatedAt": p.UpdatedAt, "slug": r.person.Slug}, nil)
	c.do(http.StatusBadRequest, "PATCH", "/api/people/"+was.ID, map[string]any{"updatedAt": p.UpdatedAt, "slug": "feed"}, nil)
	c.do(http.StatusNotFound, "PATCH", "/api/people/000000000000", map[string]any{"updatedAt": p.UpdatedAt}, nil)
	var told struct {
		Items []struct{ Act, Noun, Ref string }
	}
	r.as(t, stet.Administrator).do(http.StatusOK, "GET", "/api/activity", nil, &told)
	if len(told.Items) < 2 || told.Items[0].Act != "changed" || told.Items[1].Act != "added" || told.Items[0].Noun != "person" || told.Items[0].Ref != was.ID {
		t.Errorf("the activity tells of %+v", told.Items)
	}
}

// listPeople pages through everybody, in the order of sort names.
func listPeople(t *testing.T, c *client) {
	t.Helper()
	c.do(http.StatusOK, "POST", "/api/people", map[string]any{"name": "Port Authority", "kind": "organisation", "author": false}, nil)
	var got []string
	next := ""
	for range 3 {
		var page people
		c.do(http.StatusOK, "GET", "/api/people?limit=1&cursor="+next, nil, &page)
		got, next = append(got, page.names()...), page.Next
	}
	if want := []string{"Leila Hartog", "Éloïse Marchand", "Port Authority"}; !slices.Equal(got, want) || next != "" {
		t.Errorf("the pages list %q and then %q, want %q", got, next, want)
	}
	for query, want := range map[string][]string{"author=no": {"Port Authority"}, "kind=organisation": {"Port Authority"}, "author=yes&kind=organisation": nil} {
		var page people
		if c.do(http.StatusOK, "GET", "/api/people?"+query, nil, &page); !slices.Equal(page.names(), want) {
			t.Errorf("%s lists %q", query, page.names())
		}
	}
	c.do(http.StatusBadRequest, "GET", "/api/people?cursor=xyz", nil, nil)
}

// A story that readers see, a changed working copy and a picture follow to the
// one who remains; the version does not change.
func TestMergePeople(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		ctx, op, c := t.Context(), stet.Operator, r.as(t, stet.Editor)
		double := stet.Person{Name: "Laila Hartog", Variants: []string{"L. Hartog"}, Bio: "Reports.", Author: true}
		must(t, r.AddPerson(ctx, op, &double))
		other := stet.Person{Name: "Josip Berg", Author: true}
		must(t, r.AddPerson(ctx, op, &other))
		var alike people
		if c.do(http.StatusOK, "GET", "/api/people/"+r.person.PublicID+"/alike", nil, &alike); !slices.Equal(alike.names(), []string{"Laila Hartog"}) || !strings.Contains(alike.Items[0].Why, "One letter") {
			t.Errorf("alike: %+v", alike)
		}

		a := stet.Article{Kind: stet.Story, Content: stet.Content{
			Headline: "Ghosts of the grid", Section: stet.Ref{ID: r.europe.PublicID},
			Bylines: []stet.Byline{{Person: stet.Ref{ID: double.PublicID}}, {Person: stet.Ref{ID: r.person.PublicID}}, {Person: stet.Ref{ID: double.PublicID}, Contribution: stet.Photographs}},
		}}
		must(t, r.Draft(ctx, op, &a))
		version, err := r.Publish(ctx, op, a.ID, newsroom.PublishOptions{})
		must(t, err)
		picture, _ := c.send(http.StatusOK, "portrait.jpg", photo(t, 600, 600, 4))
		c.do(http.StatusOK, "PATCH", "/api/assets/"+picture.ID, map[string]any{"shown": []string{double.PublicID}}, nil)

		var p person
		c.do(http.StatusOK, "POST", "/api/people/"+double.PublicID+"/merge", map[string]any{"into": r.person.PublicID}, &p)
		if p.ID != r.person.PublicID || p.Name != "Leila Hartog" || !slices.Equal(p.Variants, []string{"Laila Hartog", "L. Hartog"}) || p.Bio != "Reports." ||
			p.Stories != 1 || p.Bylines != 1 || !slices.Equal(p.FormerAt, []string{"/person/laila-hartog"}) {
			t.Errorf("who remains: %+v", p)
		}
		var again person
		if c.do(http.StatusOK, "GET", "/api/people/"+double.PublicID, nil, &again); again.ID != p.ID {
			t.Errorf("the old id leads to %+v", again)
		}
		// The lists of the desk are right before the job has changed the copies.
		var listed struct{ Items []struct{ ID string } }
		for _, id := range []string{r.person.PublicID, double.PublicID} {
			if c.do(http.StatusOK, "GET", "/api/articles?writer="+id, nil, &listed); len(listed.Items) != 1 || listed.Items[0].ID != a.PublicID {
				t.Errorf("before the job, by %s: %+v", id, listed.Items)
			}
		}
		r.work(t)
		merged(t, r, &a, version, picture.ID)

		c.do(http.StatusBadRequest, "POST", "/api/people/"+double.PublicID+"/merge", map[string]any{"into": r.person.PublicID}, nil)
		c.do(http.StatusBadRequest, "POST", "/api/people/"+p.ID+"/merge", map[string]any{"into": "000000000000"}, nil)
		c.do(http.StatusOK, "GET", "/api/people/"+p.ID+"/alike", nil, &alike)
		if len(alike.Items) != 0 {
			t.Errorf("after the merge: %+v", alike)
		}
	})
}

func merged(t *testing.T, r *room, a *stet.Article, version stet.Version, picture string) {
	t.Helper()
	ctx, s := t.Context(), r.Store()
	want := []store.LiveByline{{Person: r.person.ID, Contribution: stet.Words}, {Person: r.person.ID, Contribution: stet.Photographs}}
	live, err := s.Live(ctx, a.ID)
	must(t, err)
	if !slices.Equal(live.Bylines, want) {
		t.Errorf("readers see the bylines %+v", live.Bylines)
	}
	listed, err := s.Stories(ctx, store.List{Kind: store.ListPerson, Ref: r.person.ID}, store.Cursor{}, 10)
	must(t, err)
	if len(listed) != 1 {
		t.Errorf("the person's list has %d stories", len(listed))
	}
	now, err := s.Article(ctx, a.ID)
	must(t, err)
	for _, b := range now.Content.Bylines {
		if b.Person != (stet.Ref{ID: r.person.PublicID, Name: "Leila Hartog"}) {
			t.Errorf("the working copy names %+v", b)
		}
	}
	kept, err := s.Version(ctx, version.ID)
	must(t, err)
	if !strings.Contains(string(kept.Document), "Laila Hartog") || kept.Hash != version.Hash {
		t.Error("the version was changed")
	}
	// What readers see and the working copy still say the same.
	var page struct {
		Items []struct {
			ID      string
			Changed bool
		}
	}
	r.as(t, stet.Editor).do(http.StatusOK, "GET", "/api/articles?writer="+r.person.PublicID, nil, &page)
	if len(page.Items) != 1 || page.Items[0].ID != a.PublicID || page.Items[0].Changed {
		t.Errorf("the list of the desk: %+v", page.Items)
	}
	shown, err := s.Asset(ctx, picture)
	must(t, err)
	if !slices.Equal(shown.Shown, []stet.Ref{{ID: r.person.PublicID, Name: "Leila Hartog"}}) {
		t.Errorf("the picture shows %+v", shown.Shown)
	}
	// Search finds the story by the present name once the job has been done.
	must(t, r.IndexBylines(ctx, newsroom.BylineArgs{Person: r.person.ID}))
	must(t, r.Examine(ctx, false, func(f newsroom.Finding) { t.Errorf("doctor: %+v", f) }))
}
