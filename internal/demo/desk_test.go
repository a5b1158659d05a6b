// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package demo_test

import (
	"io/fs"
	"os"
	"testing"

	"stet"
	"stet/internal/newsroom"
)

// deskOfTheDemo sees that the desk has work of every kind, and that readers see
// the stories of content/stories and no others.
func deskOfTheDemo(t *testing.T, room *newsroom.Room) {
	files, err := fs.Glob(os.DirFS("content/stories"), "*.md")
	must(t, err)
	counts, err := room.Store().CountArticles(t.Context())
	must(t, err)
	want := map[stet.Status]int{stet.Draft: 2, stet.InReview: 1, stet.Approved: 1, stet.Scheduled: 1, stet.Published: len(files), stet.Withdrawn: 1}
	for status, n := range want {
		if got := counts[stet.Story][status]; got != n {
			t.Errorf("%d stories are %s, want %d", got, status, n)
		}
	}
	all, err := room.Store().ArticlesAfter(t.Context(), 0, 200)
	must(t, err)
	changed := 0
	for _, a := range all {
		c, err := room.Store().Copy(t.Context(), a.ID)
		must(t, err)
		if a.Status == stet.Published && c.Changed {
			changed++
		}
		if a.Status == stet.Draft && a.Content.Lead != nil {
			_, err := room.Publish(t.Context(), stet.Staff{ID: 1, Role: stet.Owner}, a.ID, newsroom.PublishOptions{})
			if stet.ErrorCode(err) != stet.Invalid {
				t.Errorf("the draft with a TK could be published: %v", err)
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d live stories have changes that readers do not see, want 1", changed)
	}
}
