// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

// addAsset stores a picture that is like no other.
func addAsset(t *testing.T, s *store.Store, number int, change func(a *stet.Asset)) stet.Asset {
	t.Helper()
	a := stet.Asset{
		PublicID: stet.NewID(), Kind: stet.Image, MIME: "image/jpeg", Blob: fmt.Sprintf("originals/%064d.jpg", number), SHA256: fmt.Sprintf("%064d", number),
		Size: 1000, Width: 600, Height: 400, Filename: fmt.Sprintf("p%d.jpg", number), FocalX: 0.5, FocalY: 0.5,
	}
	change(&a)
	must(t, s.CreateAsset(t.Context(), &a))
	return a
}

// findAssets: every filter finds what it should, the newest first, a page at a
// time, also for a word that very many assets have.
func findAssets(t *testing.T, s *store.Store) {
	ctx := t.Context()
	p := stet.Person{PublicID: stet.NewID(), Kind: stet.Human, Name: "Åse Dræby", Slug: "ase"}
	must(t, s.CreatePerson(ctx, &p))
	ferry := addAsset(t, s, 1, func(a *stet.Asset) {
		a.Alt, a.Credit, a.Taken = "A ferry, 20 % empty_or full", "Élise Müller", "2024-05-06"
		a.Shown = []stet.Ref{{ID: p.PublicID, Name: p.Name}}
	})
	film := addAsset(t, s, 2, func(a *stet.Asset) { a.Kind, a.Caption = stet.Video, "The ferry from above" })
	ended := addAsset(t, s, 3, func(a *stet.Asset) { a.RightsEnd = Now.Add(-time.Second) })
	soon := addAsset(t, s, 4, func(a *stet.Asset) { a.RightsEnd = Now.Add(time.Hour) })
	gone := addAsset(t, s, 5, func(a *stet.Asset) {})
	gone.TrashedAt = Now
	must(t, s.UpdateAsset(ctx, &gone))
	for _, tt := range []struct {
		name string
		f    store.AssetFilter
		want []stet.Asset
	}{
		{"all", store.AssetFilter{}, []stet.Asset{soon, ended, film, ferry}},
		{"after", store.AssetFilter{After: film.ID}, []stet.Asset{ferry}},
		{"a word", store.AssetFilter{Words: "FERRY"}, []stet.Asset{film, ferry}},
		{"beginnings of words", store.AssetFilter{Words: "fer elis mull"}, []stet.Asset{ferry}},
		{"whom it shows", store.AssetFilter{Words: "drae"}, []stet.Asset{ferry}},
		{"person", store.AssetFilter{Person: p.PublicID}, []stet.Asset{ferry}},
		{"no operators", store.AssetFilter{Words: `20 % "empty`}, []stet.Asset{ferry}},
		{"nothing", store.AssetFilter{Words: "ferry nothing"}, nil},
		{"kind", store.AssetFilter{Kind: stet.Video}, []stet.Asset{film}},
		{"without alt", store.AssetFilter{NoAlt: true}, []stet.Asset{soon, ended}},
		{"without credit", store.AssetFilter{NoCredit: true}, []stet.Asset{soon, ended, film}},
		{"rights have ended", store.AssetFilter{EndsUntil: Now}, []stet.Asset{ended}},
		{"rights end soon", store.AssetFilter{EndsFrom: Now, EndsUntil: Now.Add(2 * time.Hour)}, []stet.Asset{soon}},
		{"trash", store.AssetFilter{Trashed: true}, []stet.Asset{gone}},
		{"added later", store.AssetFilter{From: Now.Add(time.Hour)}, nil},
	} {
		tt.f.Limit = 50
		if got := get(s.FindAssets(ctx, tt.f))(t); !slices.Equal(ids(got), ids(tt.want)) {
			t.Errorf("%s: %v, want %v", tt.name, ids(got), ids(tt.want))
		}
	}
	if got := get(s.Asset(ctx, ended.PublicID))(t); !got.Ended {
		t.Error("the rights have ended and the asset does not say so")
	}
	ferry.Alt = "A bridge"
	must(t, s.UpdateAsset(ctx, &ferry))
	if got := get(s.FindAssets(ctx, store.AssetFilter{Words: "ferry", Limit: 50}))(t); len(got) != 1 {
		t.Errorf("an old word still finds %d", len(got))
	}

	// A word that is in more assets than are looked up by it.
	must(t, s.Tx(ctx, func(tx *store.Store) error {
		for i := range 2100 {
			addAsset(t, tx, 100+i, func(a *stet.Asset) { a.Caption = "harbour" })
		}
		return nil
	}))
	rare := addAsset(t, s, 9999, func(a *stet.Asset) { a.Caption = "harbour crane" })
	if got := get(s.FindAssets(ctx, store.AssetFilter{Words: "harbour", Limit: 3}))(t); len(got) != 3 || got[0].ID != rare.ID {
		t.Errorf("a common word: %v", ids(got))
	}
	if got := get(s.FindAssets(ctx, store.AssetFilter{Words: "crane harbour", Limit: 3}))(t); len(got) != 1 {
		t.Errorf("a common and a rare word: %v", ids(got))
	}
}

func ids(assets []stet.Asset) (out []int64) {
	for _, a := range assets {
		out = append(out, a.ID)
	}
	return out
}

// assetUses follow the documents that are saved, and what was replaced.
func assetUses(t *testing.T, s *store.Store) {
	ctx := t.Context()
	old := addAsset(t, s, 1, func(a *stet.Asset) { a.Caption = "Old" })
	next := addAsset(t, s, 2, func(a *stet.Asset) { a.Caption, a.Alt, a.Credit = "New", "New alt", "New credit" })
	a := stet.Article{PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Draft, Content: stet.Content{
		Lead: &stet.Placement{Asset: old.PublicID},
		// The text speaks of an attribute; it is none.
		Body: []byte(`{"type":"doc","content":[{"type":"image","attrs":{"asset":"` + old.PublicID + `"}},{"type":"text","text":"\"asset\":\"` + next.PublicID + `\""}]}`),
	}}
	must(t, s.CreateArticle(ctx, &a))
	want := func(what string, asset stet.Asset, places ...string) {
		t.Helper()
		var got []string
		for _, u := range get(s.AssetUses(ctx, asset.ID))(t) {
			got = append(got, string(u.Kind)+" "+u.Place)
		}
		slices.Sort(got)
		if !slices.Equal(got, places) {
			t.Errorf("%s: %v, want %v", what, got, places)
		}
	}
	want("a draft", old, "article body", "article lead")
	want("a text that looks like one", next)
	must(t, s.SetLiveUses(ctx, a.ID, &a.Content))
	want("live", old, "article body", "article lead", "live body", "live lead")
	if n := get(s.CountAssetUses(ctx, old.ID, next.ID))(t); n[old.ID] != 1 || n[next.ID] != 0 {
		t.Errorf("uses: %v", n)
	}
	p := stet.Person{PublicID: stet.NewID(), Kind: stet.Human, Name: "P", Slug: "p", Portrait: old.ID}
	must(t, s.CreatePerson(ctx, &p))
	must(t, s.SetMagazineUses(ctx, old.PublicID))
	if n := get(s.CountAssetUses(ctx, old.ID))(t); n[old.ID] != 3 {
		t.Errorf("uses: %v", n)
	}

	wantCode(t, "destroying what is used", s.DestroyAsset(ctx, old.ID), stet.Conflict)
	must(t, s.ReplaceAsset(ctx, &old, &next))
	want("replaced", old, "past body", "past lead")
	want("what took its place", next, "article body", "article lead", "live body", "live lead", "magazine logo", "person portrait")
	must(t, s.SaveArticle(ctx, &a)) // still names the old one
	want("after a save", next, "article body", "article lead", "live body", "live lead", "magazine logo", "person portrait")
	if got := get(s.Person(ctx, p.ID))(t); got.Portrait != next.ID {
		t.Errorf("the portrait is %d", got.Portrait)
	}
	if got := get(s.AssetsReplaced(ctx, old.PublicID, next.PublicID))(t); got[old.PublicID].ID != next.ID || got[next.PublicID].ID != next.ID {
		t.Errorf("replaced: %v", got)
	}
	a.Content.Lead, a.Content.Body = nil, nil
	must(t, s.SaveArticle(ctx, &a))
	must(t, s.SetLiveUses(ctx, a.ID, nil))
	want("taken out", next, "magazine logo", "past body", "past lead", "person portrait")
}

// uploads come part by part, each of which counts once.
func uploads(t *testing.T, s *store.Store) {
	ctx := t.Context()
	u := stet.Upload{PublicID: stet.NewID(), Staff: 7, Filename: "a.jpg", Size: 30}
	must(t, s.CreateUpload(ctx, &u))
	stale := u
	must(t, s.AddPart(ctx, &u, 10))
	must(t, s.AddPart(ctx, &u, 20))
	wantCode(t, "a part that came first elsewhere", s.AddPart(ctx, &stale, 10), stet.Conflict)
	got := get(s.Upload(ctx, u.PublicID))(t)
	if got.Received != 30 || !slices.Equal(got.Parts, []int64{10, 20}) || got.Staff != 7 {
		t.Errorf("upload: %+v", got)
	}
	if n := len(get(s.UploadsOf(ctx, 7))(t)) + len(get(s.UploadsOf(ctx, 8))(t)); n != 1 {
		t.Errorf("%d uploads", n)
	}
	if n := len(get(s.UploadsBefore(ctx, Now, 10))(t)); n != 0 {
		t.Errorf("%d uploads from before", n)
	}
	must(t, s.DeleteUpload(ctx, u.ID))
	_, err := s.Upload(ctx, u.PublicID)
	wantCode(t, "a deleted one", err, stet.NotFound)
}
