// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"stet"
	"stet/internal/prose"
)

// copyView and the like are what these tests read of the answers.
type copyView struct {
	ID                string
	Revision, Version int64
	Body              json.RawMessage
	Fields            map[string]json.RawMessage
	MayWrite          bool
}

type stepsView struct {
	Version int64
	Steps   []struct {
		Client string
		Step   json.RawMessage
	}
}

type staleView struct {
	Since     *stepsView
	Whole     *copyView
	Conflicts []struct{ Field, Theirs, Yours json.RawMessage }
}

// text is what stands in the body.
func (v copyView) text(t *testing.T) string {
	t.Helper()
	d, err := prose.Parse(v.Body)
	must(t, err)
	return strings.TrimSpace(d.Text())
}

// begin begins a story and returns its address in the API.
func begin(c *client, headline string) string {
	var made struct{ ID string }
	c.do(http.StatusOK, "POST", "/api/articles", map[string]string{"headline": headline}, &made)
	return "/api/articles/" + made.ID
}

func (c *client) copyOf(story string) (v copyView) {
	c.t.Helper()
	c.do(http.StatusOK, "GET", story+"/copy", nil, &v)
	return v
}

type m = map[string]any

func typing(client string, version, sequence int64, at int, texts ...string) m {
	var steps []m
	for _, s := range texts {
		steps = append(steps, m{"stepType": "replace", "from": at, "to": at, "slice": m{"content": []m{{"type": "text", "text": s}}}})
		at += len(s)
	}
	return m{"client": client, "version": version, "sequence": sequence, "steps": steps}
}

func TestSteps(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Writer)
		story := begin(c, "Steps")
		if v := c.copyOf(story); v.Version != 0 || v.text(t) != "" || !v.MayWrite {
			t.Fatalf("a new story: %+v", v)
		}
		var got stepsView
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", 0, 1, 1, "Hello"), &got)
		// The first paragraph came without an id; the server gave it one.
		if got.Version != 2 || len(got.Steps) != 2 || got.Steps[1].Client != "server" {
			t.Fatalf("first words: %+v", got)
		}
		// The answer was lost, and the same is sent again.
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", 0, 1, 1, "Hello"), &got)
		if got.Version != 2 || len(got.Steps) != 2 {
			t.Errorf("sent twice: %+v", got)
		}
		// So it is when the client had typed on meanwhile: it learns that its first step is in.
		var stale staleView
		c.do(http.StatusConflict, "POST", story+"/steps", typing("one", 0, 1, 1, "Hello", ", you"), &stale)
		if stale.Since == nil || stale.Since.Version != 2 || stale.Since.Steps[0].Client != "one" {
			t.Errorf("sent twice with more: %+v", stale)
		}
		// Somebody else who has not seen it is told what to take in, does so and sends again.
		other := r.as(t, stet.Editor)
		other.do(http.StatusConflict, "POST", story+"/steps", typing("two", 0, 1, 1, "Oh. "), &stale)
		if stale.Since == nil || len(stale.Since.Steps) != 2 || stale.Whole != nil {
			t.Fatalf("stale: %+v", stale)
		}
		other.do(http.StatusOK, "POST", story+"/steps", typing("two", 2, 1, 6, ", world"), &got)
		c.do(http.StatusOK, "GET", story+"/steps?since=2", nil, &got)
		if len(got.Steps) != 1 || got.Steps[0].Client != "two" {
			t.Errorf("since 2: %+v", got)
		}
		if v := c.copyOf(story); v.text(t) != "Hello, world" || v.Version != 3 {
			t.Errorf("both wrote: %d %s", v.Version, v.Body)
		}
		// A version that never was has no steps since: the whole comes.
		c.do(http.StatusConflict, "GET", story+"/steps?since=99", nil, &stale)
		if stale.Whole == nil || stale.Whole.Version != 3 {
			t.Errorf("since the future: %+v", stale)
		}
	})
}

func TestStepsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Writer)
		story := begin(c, "Refused")
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", 0, 1, 1, "Hello"), nil)
		was := c.copyOf(story)
		step := func(s string) m {
			return m{"client": "one", "version": 2, "sequence": 2, "steps": []json.RawMessage{json.RawMessage(s)}}
		}
		insert := func(node string) m {
			return step(`{"stepType":"replace","from":0,"to":0,"slice":{"content":[` + node + `]}}`)
		}
		for _, tt := range []struct {
			name   string
			in     m
			status int
		}{
			{"out of range", typing("one", 2, 2, 400, "x"), http.StatusBadRequest},
			{"unknown step", step(`{"stepType":"explode"}`), http.StatusBadRequest},
			{"foreign node", insert(`{"type":"iframe"}`), http.StatusBadRequest},
			{"a script for an address", insert(`{"type":"embed","attrs":{"url":"javascript:alert(1)"}}`), http.StatusBadRequest},
			{"code without the permission", insert(`{"type":"rawHTML","attrs":{"html":"<script>1</script>"}}`), http.StatusForbidden},
			{"NUL", typing("one", 2, 2, 1, "a\x00b"), http.StatusBadRequest},
			{"server", typing("server", 2, 2, 1, "a"), http.StatusBadRequest},
			{"client with a space", typing("o n e", 2, 2, 1, "a"), http.StatusBadRequest},
			{"huge", typing("one", 2, 2, 1, strings.Repeat("x", 2<<20)), http.StatusRequestEntityTooLarge},
			{"none", m{"client": "one", "version": 2, "sequence": 2, "steps": []m{}}, http.StatusUnprocessableEntity},
		} {
			t.Run(tt.name, func(t *testing.T) {
				(&client{t, c.base, c.http}).do(tt.status, "POST", story+"/steps", tt.in, nil)
			})
		}
		// Who may not write the story may not send steps; nobody in particular may do nothing.
		r.as(t, stet.Contributor).do(http.StatusForbidden, "POST", story+"/steps", typing("x", 2, 1, 1, "x"), nil)
		r.nobody(t).do(http.StatusUnauthorized, "POST", story+"/steps", typing("x", 2, 1, 1, "x"), nil)
		if is := c.copyOf(story); string(is.Body) != string(was.Body) || is.Version != was.Version {
			t.Errorf("something was let in: %s", is.Body)
		}
	})
}

// A body that an import or an integration has replaced is not what the log leads to.
func TestStepsAfterForeignSave(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Editor)
		story := begin(c, "Foreign")
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", 0, 1, 1, "Hello"), nil)
		a, err := r.Store().ArticleByPublicID(t.Context(), story[len("/api/articles/"):])
		must(t, err)
		d, err := prose.New(prose.Paragraph(prose.Text("From elsewhere")))
		must(t, err)
		a.Content.Body = d.JSON()
		must(t, r.Save(t.Context(), stet.Operator, &a))
		var stale staleView
		c.do(http.StatusConflict, "POST", story+"/steps", typing("one", 2, 2, 1, "x"), &stale)
		if stale.Whole == nil || stale.Whole.text(t) != "From elsewhere" || stale.Whole.Version != 3 {
			t.Fatalf("%+v", stale)
		}
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", 3, 2, 1, "x"), nil)
	})
}

// Many write at the same time: all of it is there, once.
func TestStepsRace(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		story := begin(r.as(t, stet.Editor), "Race")
		const writers, each = 4, 5
		errs := make(chan error, writers)
		for w := range writers {
			c := r.as(t, stet.Editor)
			go func() { errs <- writeAll(c, story, fmt.Sprint("w", w), each) }()
		}
		for range writers {
			must(t, <-errs)
		}
		text := r.as(t, stet.Editor).copyOf(story).text(t)
		for w := range writers {
			for i := range each {
				if n := strings.Count(text, fmt.Sprintf("[w%d.%d]", w, i)); n != 1 {
					t.Errorf("w%d.%d stands %d times in %s", w, i, n, text)
				}
			}
		}
	})
}

// writeAll types words at the beginning, as a client without a screen would: a
// step at the front is never moved by what others do there.
func writeAll(c *client, story, name string, n int) error {
	version := int64(0)
	for i := 0; i < n; {
		var got staleView
		status, data, err := c.try("POST", story+"/steps", typing(name, version, int64(i)+1, 1, fmt.Sprintf("[%s.%d]", name, i)))
		if err != nil {
			return err
		}
		switch status {
		case http.StatusOK:
			got.Since = &stepsView{}
			err = json.Unmarshal(data, got.Since)
			i++
		case http.StatusConflict:
			if err = json.Unmarshal(data, &got); err == nil && got.Since == nil {
				err = fmt.Errorf("a conflict that does not say what happened: %s", data)
			}
		default:
			err = fmt.Errorf("%d %s", status, data)
		}
		if err != nil {
			return err
		}
		version = got.Since.Version
	}
	return nil
}

func TestFields(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c, other := r.as(t, stet.Editor), r.as(t, stet.Administrator)
		story := begin(c, "One")
		var v copyView
		c.do(http.StatusOK, "PATCH", story, m{"was": m{"headline": "One"}, "set": m{"headline": "Two", "section": m{"id": r.europe.PublicID, "name": ""},
			"bylines": []m{{"person": m{"id": r.person.PublicID}}}}}, &v)
		if string(v.Fields["headline"]) != `"Two"` || !strings.Contains(string(v.Fields["section"]), "Europe") || !strings.Contains(string(v.Fields["bylines"]), `"words"`) {
			t.Errorf("saved: %s", v.Fields)
		}
		// Different fields at the same time: both are kept, though nobody has seen the other's.
		other.do(http.StatusOK, "PATCH", story, m{"was": m{}, "set": m{"dek": "A dek"}}, nil)
		// The same field: told what they wrote, and nothing of the request is saved.
		var stale staleView
		other.do(http.StatusConflict, "PATCH", story, m{"was": m{"headline": "One", "slug": ""}, "set": m{"headline": "Three", "slug": "three"}}, &stale)
		if len(stale.Conflicts) != 1 || string(stale.Conflicts[0].Theirs) != `"Two"` || string(stale.Conflicts[0].Yours) != `"Three"` {
			t.Errorf("conflict: %s", stale.Conflicts)
		}
		// Sent twice.
		c.do(http.StatusOK, "PATCH", story, m{"was": m{"headline": "One"}, "set": m{"headline": "Two"}}, &v)
		if string(v.Fields["dek"]) != `"A dek"` || string(v.Fields["slug"]) != `""` {
			t.Errorf("after all: %s", v.Fields)
		}
		// A name is what a thing is called, not what it is.
		v = copyView{}
		c.do(http.StatusOK, "PATCH", story, m{"was": m{"section": m{"id": r.europe.PublicID, "name": "Old name"}}, "set": m{"section": nil}}, &v)
		if v.Fields["section"] != nil {
			t.Errorf("section: %s", v.Fields["section"])
		}
		for _, set := range []m{{"body": m{}}, {"status": "published"}, {"headline": 7}, {"slug": "no slug"}, {"genre": m{"id": "000000000000"}}, {"headline": strings.Repeat("x", 500)}} {
			c.do(http.StatusBadRequest, "PATCH", story, m{"was": m{"headline": "Two"}, "set": set}, nil)
		}
		r.as(t, stet.Contributor).do(http.StatusForbidden, "PATCH", story, m{"was": m{}, "set": m{"dek": "x"}}, nil)
		// A save of fields does not make a writer's steps stale.
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", v.Version, 1, 1, "Hello"), nil)
	})
}
