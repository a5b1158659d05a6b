// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"slices"
	"testing"

	"stet"
	"stet/internal/store"
)

// assetTexts: each kind is kept once for an asset, is replaced whole, goes away
// when it is empty, and goes with its asset. A body that places the recording
// counts as a use of it, as with pictures.
func assetTexts(t *testing.T, s *store.Store) {
	ctx := t.Context()
	horn := addAsset(t, s, 1, func(a *stet.Asset) { a.Kind = stet.Audio })
	film := addAsset(t, s, 2, func(a *stet.Asset) { a.Kind = stet.Video })
	said := stet.AssetText{Asset: horn.ID, Kind: stet.Transcript, Text: "A horn.\n\n“Æ” 🌊"}
	seen := stet.AssetText{Asset: film.ID, Kind: stet.Captions, Language: "en", Label: "English", Text: "WEBVTT\n"}
	must(t, s.SetAssetText(ctx, stet.AssetText{Asset: horn.ID, Kind: stet.Transcript, Text: "first"}))
	must(t, s.SetAssetText(ctx, said))
	must(t, s.SetAssetText(ctx, seen))
	have := func(want ...stet.AssetText) {
		t.Helper()
		got, err := s.AssetTexts(ctx, horn.ID, film.ID)
		must(t, err)
		if !slices.Equal(got, want) {
			t.Errorf("the texts are %v, want %v", got, want)
		}
	}
	have(said, seen)
	must(t, s.SetAssetText(ctx, stet.AssetText{Asset: horn.ID, Kind: stet.Transcript}))
	have(seen)
	must(t, s.DestroyAsset(ctx, film.ID))
	have()

	a := draft(t, s, stet.Article{Content: stet.Content{Headline: "Horns", Body: []byte(`{"content":[{"attrs":{"asset":"` + horn.PublicID + `","id":"aaaaaaaa"},"type":"media"}],"type":"doc"}`)}})
	must(t, s.SetArticleUses(ctx, a))
	uses, err := s.AssetUses(ctx, horn.ID)
	must(t, err)
	if len(uses) != 1 || uses[0].Place != "body" || uses[0].Ref != a.ID {
		t.Errorf("the uses are %v", uses)
	}
}
