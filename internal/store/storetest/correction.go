// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

// corrections are found by kind, section, words and story, page by page, and
// stay as they were made.
func corrections(t *testing.T, s *store.Store) {
	ctx := t.Context()
	europe := stet.Section{PublicID: "europe000000", Name: "Europe", Slug: "europe"}
	must(t, s.CreateSection(ctx, &europe))
	dam := put(t, s, story{headline: "The dam", at: Now, sections: []int64{europe.ID}})
	vote := put(t, s, story{headline: "The vote", at: Now})
	gone := put(t, s, story{headline: "The ghost", at: Now, sections: []int64{europe.ID}})
	add := func(l store.Live, id string, kind stet.CorrectionKind, hours int, note string, p *stet.Passage) stet.Correction {
		t.Helper()
		c := stet.Correction{
			PublicID: id, Kind: kind, Weight: stet.WeightEnd, Note: note, Passage: p, ArticleID: l.ArticleID, VersionID: l.VersionID, Version: 1,
			Headline: l.Headline, Section: europe.PublicID, StaffID: 7, Staff: "Sunniva", MadeAt: Now.Add(time.Duration(hours) * time.Hour),
		}
		must(t, s.AddCorrection(ctx, &c))
		return c
	}
	first := add(dam, "c1", stet.Correcting, 1, "The dam was finished in 1999.", &stet.Passage{Block: "b", Exact: "1998", Prefix: "in ", Suffix: ".", After: "1999"})
	add(vote, "c2", stet.Clarifying, 2, "Fourteen members voted.", nil)
	add(gone, "c3", stet.Retracting, 3, "Nothing of it happened in 100% of cases.", nil)
	add(dam, "c4", stet.Updating, 3, "The Éclair report is out.", nil)
	if _, err := s.DropLive(ctx, gone.ArticleID); err != nil {
		t.Fatal(err)
	}
	ids := func(f store.CorrectionFilter) (out []string) {
		t.Helper()
		if f.Limit == 0 {
			f.Limit = 10
		}
		for _, c := range get(s.Corrections(ctx, f))(t) {
			out = append(out, c.PublicID)
		}
		limit := f.Limit
		f.After, f.Limit = store.Place{}, 0
		if n := get(s.CountCorrections(ctx, f))(t); limit == 10 && n < len(out) {
			t.Errorf("%+v counts %d and lists %d", f, n, len(out))
		}
		return out
	}
	same(t, "all", []string{"c4", "c3", "c2", "c1"}, ids(store.CorrectionFilter{}))
	same(t, "of a kind", []string{"c2"}, ids(store.CorrectionFilter{Kind: stet.Clarifying}))
	same(t, "of a story", []string{"c4", "c1"}, ids(store.CorrectionFilter{Article: dam.ArticleID}))
	same(t, "of a section, the withdrawn included", []string{"c4", "c3", "c1"}, ids(store.CorrectionFilter{Section: europe.ID, Sections: []string{europe.PublicID}}))
	same(t, "by words of headline and note", []string{"c1"}, ids(store.CorrectionFilter{Words: "dam FINISH"}))
	same(t, "by words of the passage", []string{"c1"}, ids(store.CorrectionFilter{Words: "1998"}))
	same(t, "folded", []string{"c4"}, ids(store.CorrectionFilter{Words: "eclair"}))
	same(t, "signs are no patterns", []string{"c3"}, ids(store.CorrectionFilter{Words: "100%"}))
	same(t, "nothing", []string(nil), ids(store.CorrectionFilter{Words: "100_"}))
	same(t, "a page", []string{"c4", "c3"}, ids(store.CorrectionFilter{Limit: 2}))
	place := func(id string) store.Place {
		c := get(s.Correction(ctx, id))(t)
		return store.Place{At: c.MadeAt, ID: c.PublicID}
	}
	same(t, "the page after", []string{"c2", "c1"}, ids(store.CorrectionFilter{After: place("c3"), Limit: 2}))
	same(t, "the page before", []string{"c3", "c2"}, ids(store.CorrectionFilter{After: place("c1"), Newer: true, Limit: 2}))

	first.ID = get(s.Correction(ctx, "c1"))(t).ID
	same(t, "as it was made", first, get(s.Correction(ctx, "c1"))(t))
	same(t, "of stories, the oldest first", []string{"c1", "c2", "c4"}, func() (out []string) {
		for _, c := range get(s.CorrectionsOf(ctx, dam.ArticleID, vote.ArticleID))(t) {
			out = append(out, c.PublicID)
		}
		return out
	}())
	again := first
	again.Note = "Something else."
	wantCode(t, "the same one", s.AddCorrection(ctx, &again), stet.Conflict)
	same(t, "unchanged", first, get(s.Correction(ctx, "c1"))(t))
	_, err := s.Correction(ctx, "c9")
	wantCode(t, "unknown", err, stet.NotFound)
	wantCode(t, "of no version", s.AddCorrection(ctx, &stet.Correction{PublicID: "c5", ArticleID: dam.ArticleID, VersionID: 999, MadeAt: Now}), stet.Conflict)

	// What was changed by hand is mended, and who made it stays.
	again.Staff, again.StaffID = "", 0
	must(t, s.MendCorrection(ctx, &again))
	want := first
	want.Note = again.Note
	same(t, "mended", want, get(s.Correction(ctx, "c1"))(t))
}
