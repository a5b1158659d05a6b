// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/desk"
	"stet/internal/newsroom"
)

// story publishes a story of the section and returns its id.
func (r *room) story(t *testing.T, headline string, section stet.Section) string {
	t.Helper()
	r.clock.Advance(time.Minute)
	a := stet.Article{Kind: stet.Story, Content: stet.Content{Headline: headline, Section: stet.Ref{ID: section.PublicID}}}
	must(t, r.Draft(t.Context(), stet.Operator, &a))
	_, err := r.Publish(t.Context(), stet.Operator, a.ID, newsroom.PublishOptions{})
	must(t, err)
	return a.PublicID
}

type front struct {
	Place    string
	Name     string
	May      bool
	Revision int64
	Behind   bool
	Blocks   []map[string]any
	Live     *stamp
	Draft    *stamp
	Coming   []stamp
}

type stamp struct {
	ID, State, Staff, Note string
	Number                 int
	At                     time.Time
}

type filled struct {
	Blocks []struct {
		Gone    bool
		Stories []struct{ ID, Headline, Why string }
		Unmet   []struct{ Story, Headline, Why string }
	}
	Coming, Leaving []struct{ ID string }
}

func TestFrontLife(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		first, second := r.story(t, "First", r.europe), r.story(t, "Second", r.asia)
		c := r.as(t, stet.Editor)
		var f front
		f = front{}
		c.do(http.StatusOK, "GET", "/api/fronts/home", nil, &f)
		if f.Revision != 0 || f.Live != nil || len(f.Blocks) != 5 || !f.May {
			t.Fatalf("a front that nobody has arranged: %+v", f)
		}
		blocks := func(b ...map[string]any) []map[string]any { return b }
		lead := map[string]any{"type": "lead", "count": 1, "pins": []map[string]any{{"story": first}}}
		save := func(status int, revision int64, b []map[string]any) {
			t.Helper()
			out := any(&f)
			if status != http.StatusOK {
				out = nil
			} else {
				f = front{}
			}
			c.do(status, "PUT", "/api/fronts/home", map[string]any{"revision": revision, "blocks": b}, out)
		}
		save(http.StatusOK, 0, blocks(lead, map[string]any{"type": "latest", "count": 5}))
		if f.Revision != 1 || f.Draft == nil || f.Draft.Staff != "editor" || f.Behind {
			t.Fatalf("saved: %+v", f)
		}
		save(http.StatusConflict, 0, blocks(lead)) // somebody who has not seen the draft
		save(http.StatusOK, 1, blocks(lead, map[string]any{"type": "latest"}))
		save(http.StatusConflict, 1, blocks(lead))
		save(http.StatusUnprocessableEntity, 2, blocks(map[string]any{"type": "carousel"}))
		save(http.StatusBadRequest, 2, blocks(map[string]any{"type": "quote"}))
		save(http.StatusBadRequest, 2, blocks(map[string]any{"type": "grid", "section": r.europe.PublicID, "genre": r.genre.PublicID}))

		var p filled
		c.do(http.StatusOK, "GET", "/api/fronts/home/preview", nil, &p)
		if len(p.Blocks) != 2 || p.Blocks[0].Stories[0].ID != first || p.Blocks[0].Stories[0].Why != "pin" || len(p.Blocks[1].Stories) != 2 || p.Blocks[1].Stories[0].Why != "rule" {
			t.Errorf("preview: %+v", p)
		}

		c.do(http.StatusConflict, "POST", "/api/fronts/home/publish", map[string]any{"revision": 1}, nil)
		f = front{}
		c.do(http.StatusOK, "POST", "/api/fronts/home/publish", map[string]any{"revision": 2, "note": "A quiet day"}, &f)
		if f.Draft != nil || f.Revision != 0 || f.Live == nil || f.Live.Number != 1 || f.Live.Note != "A quiet day" {
			t.Fatalf("published: %+v", f)
		}
		one := f.Live.ID

		// A change to come, and one that is called off.
		f = front{}
		at := r.clock.Now().Add(time.Hour)
		lead["pins"] = []map[string]any{{"story": second}}
		save(http.StatusOK, 0, blocks(lead))
		c.do(http.StatusOK, "GET", "/api/fronts/home/preview", nil, &p)
		if len(p.Coming) != 0 || len(p.Leaving) != 1 || p.Leaving[0].ID != first {
			t.Errorf("what comes and leaves: %+v", p)
		}
		c.do(http.StatusBadRequest, "POST", "/api/fronts/home/schedule", map[string]any{"revision": 1, "at": r.clock.Now()}, nil)
		f = front{}
		c.do(http.StatusOK, "POST", "/api/fronts/home/schedule", map[string]any{"revision": 1, "at": at}, &f)
		if len(f.Coming) != 1 || !f.Coming[0].At.Equal(at) {
			t.Fatalf("scheduled: %+v", f)
		}
		change := f.Coming[0].ID
		c.do(http.StatusNotFound, "DELETE", "/api/fronts/"+r.europe.PublicID+"/schedule/"+change, nil, nil)
		save(http.StatusOK, 0, blocks(map[string]any{"type": "grid"}))
		f = front{}
		c.do(http.StatusOK, "POST", "/api/fronts/home/schedule", map[string]any{"revision": 1, "at": at.Add(time.Hour)}, &f)
		off := f.Coming[1].ID
		f = front{}
		c.do(http.StatusOK, "DELETE", "/api/fronts/home/schedule/"+off, nil, &f)
		if len(f.Coming) != 1 || f.Coming[0].ID != change {
			t.Fatalf("cancelled: %+v", f.Coming)
		}

		// One that is to come may be shown at once; its moment then passes unnoticed.
		save(http.StatusOK, 0, blocks(map[string]any{"type": "strip"}))
		f = front{}
		c.do(http.StatusOK, "POST", "/api/fronts/home/schedule", map[string]any{"revision": 1, "at": at.Add(2 * time.Hour), "note": "In person"}, &f)
		soon := f.Coming[1].ID
		f = front{}
		c.do(http.StatusOK, "POST", "/api/fronts/home/restore", map[string]any{"id": soon}, &f)
		if len(f.Coming) != 1 || f.Live.ID != soon || f.Live.Number != 2 || f.Live.Note != "In person" {
			t.Fatalf("shown before its time: %+v %+v", f, f.Live)
		}

		// The next draft falls behind when the change comes.
		save(http.StatusOK, 0, blocks(lead, lead))
		r.clock.Set(at.Add(3 * time.Hour))
		must(t, r.PublishAllDue(t.Context(), r.clock.Now()))
		f = front{}
		c.do(http.StatusOK, "GET", "/api/fronts/home", nil, &f)
		if !f.Behind || f.Live.ID != change || f.Live.Number != 3 || len(f.Coming) != 0 {
			t.Errorf("after the change: %+v %+v", f, f.Live)
		}
		f = front{}
		c.do(http.StatusOK, "DELETE", "/api/fronts/home/draft?revision=1", nil, &f)

		// Undo.
		f = front{}
		c.do(http.StatusOK, "POST", "/api/fronts/home/restore", map[string]any{"id": one}, &f)
		if f.Live.Number != 4 || f.Live.ID == one || len(f.Blocks) != 2 {
			t.Errorf("restored: %+v", f)
		}
		var history struct {
			Items []stamp
			Next  string
		}
		c.do(http.StatusOK, "GET", "/api/fronts/home/history?limit=2", nil, &history)
		if len(history.Items) != 2 || history.Items[0].State != "live" || history.Items[1].State != "past" || history.Next != "3" {
			t.Errorf("history: %+v", history)
		}
		c.do(http.StatusOK, "GET", "/api/fronts/home/history?cursor="+history.Next, nil, &history)
		if len(history.Items) != 2 || history.Items[1].ID != one {
			t.Errorf("the rest of the history: %+v", history)
		}
	})
}

func TestFrontPins(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		old := r.story(t, "Old", r.europe)
		away := r.story(t, "Away", r.europe)
		newer := r.story(t, "Newer", r.europe)
		a, err := r.Store().ArticleByPublicID(t.Context(), away)
		must(t, err)
		must(t, r.Withdraw(t.Context(), stet.Operator, a.ID))
		until := r.clock.Now().Add(time.Hour)
		c := r.as(t, stet.Editor)
		c.do(http.StatusOK, "PUT", "/api/fronts/home", map[string]any{"revision": 0, "blocks": []map[string]any{
			{"type": "lead", "count": 1, "section": r.europe.PublicID, "pins": []map[string]any{{"story": old, "until": until}, {"story": away}}},
			{"type": "rail", "handPicked": true, "pins": []map[string]any{{"story": old}, {"story": newer}}},
		}}, nil)
		look := func() (p filled) {
			c.do(http.StatusOK, "GET", "/api/fronts/home/preview", nil, &p)
			return p
		}
		p := look()
		if s := p.Blocks[0].Stories; len(s) != 1 || s[0].Headline != "Old" || len(p.Blocks[0].Unmet) != 1 || p.Blocks[0].Unmet[0].Why != "away" {
			t.Errorf("lead: %+v", p.Blocks[0])
		}
		if b := p.Blocks[1]; len(b.Stories) != 1 || b.Stories[0].Headline != "Newer" || len(b.Unmet) != 1 || b.Unmet[0].Why != "repeated" || b.Unmet[0].Headline != "Old" {
			t.Errorf("hand-picked: %+v", b)
		}
		r.clock.Set(until)
		p = look()
		if b := p.Blocks[0]; len(b.Stories) != 0 || b.Unmet[0].Why != "over" {
			t.Errorf("when the pin has ended, and the rest is pinned below: %+v", b)
		}
	})
}

func TestSectionFronts(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		r.story(t, "Far", r.asia)
		near := r.story(t, "Near", r.europe)
		limited := r.staff[stet.Editor]
		limited.Sections = []string{r.europe.PublicID}
		must(t, r.Store().UpdateStaff(t.Context(), &limited))
		c := r.as(t, stet.Editor)
		body := map[string]any{"revision": 0, "blocks": []map[string]any{{"type": "lead"}}}
		c.do(http.StatusForbidden, "PUT", "/api/fronts/home", body, nil)
		c.do(http.StatusForbidden, "PUT", "/api/fronts/"+r.asia.PublicID, body, nil)
		c.do(http.StatusNotFound, "PUT", "/api/fronts/000000000000", body, nil)
		c.do(http.StatusNotFound, "GET", "/api/fronts/000000000000", nil, nil)
		r.as(t, stet.Writer).do(http.StatusForbidden, "PUT", "/api/fronts/"+r.europe.PublicID, body, nil)
		var f front
		f = front{}
		c.do(http.StatusOK, "PUT", "/api/fronts/"+r.europe.PublicID, body, &f)
		var p filled
		c.do(http.StatusOK, "GET", "/api/fronts/"+r.europe.PublicID+"/preview", nil, &p)
		if s := p.Blocks[0].Stories; len(s) != 1 || s[0].ID != near {
			t.Errorf("a block without a rule on a section's front: %+v", s)
		}
		revision := f.Revision
		f = front{}
		c.do(http.StatusOK, "POST", "/api/fronts/"+r.europe.PublicID+"/publish", map[string]any{"revision": revision}, &f)
		var places struct {
			Items []front
		}
		c.do(http.StatusOK, "GET", "/api/fronts", nil, &places)
		if len(places.Items) != 3 || places.Items[0].Place != "home" || places.Items[0].May || places.Items[2].Name != "Europe" || places.Items[2].Live == nil || !places.Items[2].May {
			t.Errorf("places: %+v", places)
		}
		f = front{}
		c.do(http.StatusOK, "DELETE", "/api/fronts/"+r.europe.PublicID, nil, &f)
		r.as(t, stet.Administrator).do(http.StatusBadRequest, "DELETE", "/api/fronts/home", nil, nil)
		f = front{}
		c.do(http.StatusOK, "GET", "/api/fronts/"+r.europe.PublicID, nil, &f)
		if f.Live != nil {
			t.Errorf("cleared: %+v", f)
		}
	})
}

func TestListStories(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		r.story(t, "The dam at Sorin", r.europe)
		r.story(t, "A quiet harbour", r.asia)
		c := r.as(t, stet.Writer)
		for q, want := range map[string]string{"": "A quiet harbour", "dam": "The dam at Sorin", "quie": "A quiet harbour"} {
			var found struct{ Items []struct{ Headline string } }
			c.do(http.StatusOK, "GET", "/api/stories?q="+q, nil, &found)
			if len(found.Items) == 0 || found.Items[0].Headline != want {
				t.Errorf("%q finds %+v, want %q first", q, found.Items, want)
			}
		}
	})
}

// The previewed page is for those who are signed in, in a frame of the desk,
// and runs nothing, whatever the theme has put into it.
func TestFrontPreviewPage(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		var asked stet.Front
		srv := httptest.NewServer(desk.New(desk.Options{Store: r.Store(), Room: r.Room, Preview: func(_ context.Context, place string, f stet.Front) ([]byte, error) {
			asked = f
			return []byte("<p>" + place + "</p><script>alert(1)</script>"), nil
		}}))
		t.Cleanup(srv.Close)
		r.url = srv.URL
		r.nobody(t).do(http.StatusUnauthorized, "GET", "/desk/preview/home", nil, nil)
		c := r.as(t, stet.Editor)
		c.do(http.StatusOK, "PUT", "/api/fronts/"+r.europe.PublicID, map[string]any{"revision": 0, "blocks": []map[string]any{{"type": "grid", "title": "A draft"}}}, nil)
		res, err := c.http.Get(srv.URL + "/desk/preview/" + r.europe.PublicID)
		must(t, err)
		defer res.Body.Close()
		page, err := io.ReadAll(res.Body)
		must(t, err)
		if want := "<p>" + r.europe.PublicID + "</p>"; string(page) != want {
			t.Errorf("the page is %s, want %s", page, want)
		}
		if len(asked.Blocks) != 1 || asked.Blocks[0].Title != "A draft" {
			t.Errorf("previewed: %+v", asked)
		}
		policy := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'self'") || strings.Contains(policy, "script-src") {
			t.Errorf("policy: %s", policy)
		}
		if got := res.Header.Get("X-Frame-Options"); got != "SAMEORIGIN" {
			t.Errorf("X-Frame-Options: %s", got)
		}
	})
}
