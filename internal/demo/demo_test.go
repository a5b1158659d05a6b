// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package demo_test

import (
	"path/filepath"
	"testing"

	"stet"
	"stet/internal/demo"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
)

func TestFill(t *testing.T) {
	st, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "stet.db")})
	must(t, err)
	t.Cleanup(func() { must(t, st.Close()) })
	blobs, err := media.OpenFolder(filepath.Join(t.TempDir(), "media"))
	must(t, err)
	t.Cleanup(func() { must(t, blobs.Close()) })
	room := newsroom.New(newsroom.Options{Store: st, Blobs: blobs})
	must(t, demo.Fill(t.Context(), room))
	t.Run("record", func(t *testing.T) { recordOfTheDemo(t, room) })
	t.Run("desk", func(t *testing.T) { deskOfTheDemo(t, room) })
}

// recordOfTheDemo sees that person pages are worth reading, that statements
// stand side by side, and that something is left to try.
func recordOfTheDemo(t *testing.T, room *newsroom.Room) {
	ctx, st := t.Context(), room.Store()
	pairs, err := st.Counterpoints(ctx, true, 0, 10)
	must(t, err)
	if len(pairs) < 5 {
		t.Errorf("%d pairs that readers see", len(pairs))
	}
	for _, c := range pairs {
		if c.Note == "" {
			t.Errorf("%s has no note", c.PublicID)
		}
	}
	for _, slug := range []string{"annelise-vorhoeve", "osric-lindgaard", "dragan-ilvesh", "katrin-osmund", "ruy-calderanto", "mikhel-tarn"} {
		p, err := st.PersonBySlug(ctx, slug)
		must(t, err)
		said, err := st.FindStatements(ctx, store.StatementFilter{Speaker: p.ID, Limit: 100})
		must(t, err)
		if len(said) < 4 {
			t.Errorf("%s has %d statements", p.Name, len(said))
		}
	}
	at, err := st.Path(ctx, "/ideas/on-being-quoted")
	must(t, err)
	a, err := st.Article(ctx, at.Target)
	must(t, err)
	doc, err := prose.Parse(a.Content.Body)
	must(t, err)
	if shown := doc.Counterpoints(); len(shown) != 1 || shown[0].First.Speaker != "Annelise Vorhoeve" {
		t.Errorf("the essay on being quoted shows %+v", shown)
	}
	results, err := room.Check(ctx, &a)
	must(t, err)
	for _, r := range results {
		if r.Check == stet.CheckSides && !r.Passed {
			t.Errorf("what the essay shows: %s %v", r.Message, r.Where)
		}
	}
	if n, err := st.CountProposals(ctx); err != nil || n < 50 {
		t.Errorf("%d wait in the queue, %v", n, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
