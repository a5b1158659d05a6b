// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"stet"
)

// hear listens to events; the channel has the tags of each.
func (c *client) hear(query string) (tags chan []string, leave func()) {
	c.t.Helper()
	ctx, cancel := context.WithCancel(c.t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/api/events"+query, nil)
	must(c.t, err)
	res, err := c.http.Do(req)
	must(c.t, err)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		c.t.Fatalf("%s, %s", res.Status, res.Header.Get("Content-Type"))
	}
	tags = make(chan []string, 100)
	go func() {
		defer res.Body.Close()
		defer close(tags)
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			var e stet.Event
			if ok && json.Unmarshal([]byte(data), &e) == nil {
				tags <- e.Tags
			}
		}
	}()
	return tags, cancel
}

// wantTag waits for an event with the tag.
func wantTag(t *testing.T, tags chan []string, tag string) {
	t.Helper()
	for end := time.After(20 * time.Second); ; {
		select {
		case got, ok := <-tags:
			if slices.Contains(got, tag) {
				return
			}
			if !ok {
				t.Fatalf("the stream ended before %q", tag)
			}
		case <-end:
			t.Fatalf("waited in vain for %q", tag)
		}
	}
}

func TestEvents(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		writer, editor := r.as(t, stet.Editor), r.as(t, stet.Administrator)
		story := begin(writer, "Seen")
		id := story[len("/api/articles/"):]
		r.nobody(t).do(http.StatusUnauthorized, "GET", "/api/events", nil, nil)
		writer.do(http.StatusNotFound, "GET", "/api/events?article=000000000000&client=x", nil, nil)

		mine, leaveMine := writer.hear("?article=" + id + "&client=one")
		defer leaveMine()
		wantTag(t, mine, stet.TagAll)
		theirs, leaveTheirs := editor.hear("?article=" + id + "&client=two")
		defer leaveTheirs()
		wantTag(t, mine, "presence:"+id)
		elsewhere, leaveElsewhere := editor.hear("")
		defer leaveElsewhere()

		present := func() (names []string) {
			var rows []struct {
				Place string
				Staff stet.Ref
			}
			writer.do(http.StatusOK, "GET", story+"/presence", nil, &rows)
			for _, p := range rows {
				names = append(names, p.Staff.Name+p.Place)
			}
			slices.Sort(names)
			return names
		}
		editor.do(http.StatusNoContent, "PUT", story+"/presence", m{"client": "two", "place": " in the dek"}, nil)
		if got := present(); !slices.Equal(got, []string{"administrator in the dek", "editor"}) {
			t.Errorf("present: %q", got)
		}
		writer.do(http.StatusOK, "POST", story+"/steps", typing("one", 0, 1, 1, "Hello"), nil)
		wantTag(t, theirs, "copy:"+id)
		editor.do(http.StatusOK, "PATCH", story, m{"was": m{}, "set": m{"dek": "A dek"}}, nil)
		wantTag(t, mine, "fields:"+id)

		// Who only looks at lists is told that one has changed, and not of every keystroke.
		for listed := false; !listed; {
			select {
			case got := <-elsewhere:
				if slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "copy:") }) {
					t.Errorf("a list hears of %q", got)
				}
				listed = slices.Contains(got, "desk:articles")
			case <-time.After(20 * time.Second):
				t.Fatal("a list hears nothing")
			}
		}
		leaveTheirs()
		for range 100 {
			if got := present(); slices.Equal(got, []string{"editor"}) {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("after leaving: %q", present())
	})
}

func TestSnapshots(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Editor)
		story := begin(c, "Before")
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", 0, 1, 1, "The quick fox"), nil)
		var kept struct{ ID string }
		c.do(http.StatusOK, "POST", story+"/snapshots", m{"name": "As filed"}, &kept)
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", 2, 2, 11, "brown "), nil)
		c.do(http.StatusOK, "PATCH", story, m{"was": m{"headline": "Before"}, "set": m{"headline": "After"}}, nil)

		var diff struct {
			Changes []struct {
				Where string
				Words []struct{ Is, Text string }
			}
		}
		c.do(http.StatusOK, "GET", story+"/compare?from="+kept.ID, nil, &diff)
		if len(diff.Changes) != 2 || diff.Changes[0].Where != "headline" || len(diff.Changes[1].Words) != 3 || strings.TrimSpace(diff.Changes[1].Words[1].Text) != "brown" {
			t.Errorf("the difference: %+v", diff)
		}
		c.do(http.StatusBadRequest, "GET", story+"/compare", nil, nil) // not published: nothing is live

		restore := func(id string, headline, text string) {
			t.Helper()
			c.do(http.StatusOK, "POST", story+"/snapshots/"+id+"/restore", nil, nil)
			if v := c.copyOf(story); string(v.Fields["headline"]) != headline || v.text(t) != text {
				t.Errorf("restored: %s, %q", v.Fields["headline"], v.text(t))
			}
		}
		r.clock.Advance(time.Second)
		restore(kept.ID, `"Before"`, "The quick fox")
		// Restoring kept what was there: it can be undone.
		var list struct {
			Items []struct{ ID, Reason, By string }
		}
		c.do(http.StatusOK, "GET", story+"/snapshots", nil, &list)
		if len(list.Items) != 2 || list.Items[0].Reason != "restore" || list.Items[0].By != "editor" {
			t.Fatalf("snapshots: %+v", list)
		}
		r.clock.Advance(time.Second)
		restore(list.Items[0].ID, `"After"`, "The quick brown fox")

		// An hour later somebody goes on: what was there is kept without being asked for.
		r.clock.Advance(time.Hour)
		v := c.copyOf(story)
		c.do(http.StatusOK, "POST", story+"/steps", typing("one", v.Version, 3, 1, "Oh, "), nil)
		c.do(http.StatusOK, "GET", story+"/snapshots?limit=1", nil, &list)
		if list.Items[0].Reason != "session" {
			t.Errorf("after a pause: %+v", list.Items[0])
		}
		r.as(t, stet.Contributor).do(http.StatusForbidden, "POST", story+"/snapshots", m{"name": ""}, nil)
		c.do(http.StatusNotFound, "POST", story+"/snapshots/000000000000/restore", nil, nil)
	})
}
