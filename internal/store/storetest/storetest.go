// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package storetest is the conformance suite of package store: what both
// engines have to do, and do alike. It is imported by tests alone.
package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stet"
	"stet/internal/store"
)

// Now is the moment that the clock of every store of the suite shows.
var Now = time.Date(2026, time.January, 2, 12, 0, 0, 123456000, time.UTC)

// Run holds the engine behind open to the suite. open returns a new, empty
// store whose clock stands at Now.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, *store.Store)
	}{
		{"settings", settings},
		{"taxonomy", taxonomy},
		{"people", people},
		{"folding", folding},
		{"suggest people", suggestPeople},
		{"assets", assets},
		{"find assets", findAssets},
		{"texts of assets", assetTexts},
		{"uses of assets", assetUses},
		{"uploads", uploads},
		{"paths", paths},
		{"articles", articles},
		{"versions", versions},
		{"lists of the desk", copies},
		{"lists of the desk find what readers see", copiesPublic},
		{"orders of the desk", copyOrders},
		{"lists of the desk follow the article", copyFollows},
		{"steps", bodySteps},
		{"who has a story open", presences},
		{"snapshots", snapshots},
		{"snapshots are pruned", prunedSnapshots},
		{"notes", notes},
		{"corrections", corrections},
		{"leaves of the ledger", leaves},
		{"heads of the ledger", heads},
		{"statements", statements},
		{"statements are found", findStatements},
		{"quotations", quotations},
		{"counterpoints", counterpoints},
		{"readings of an assistant", assistantReadings},
		{"activity", activity},
		{"saved views", savedViews},
		{"live", live},
		{"lists", lists},
		{"paging is stable", paging},
		{"stories change hands", handOver},
		{"months", months},
		{"search", search},
		{"search ranks", ranking},
		{"search stems", stemming},
		{"search filters", filters},
		{"search is no language", hostile},
		{"search keeps large texts", largeTexts},
		{"index", index},
		{"index within a transaction", indexInTx},
		{"suggest stories", suggestStories},
		{"transactions", transactions},
		{"the errors of the engine", engineErrors},
		{"unstorable text", unstorable},
		{"staff", staff},
		{"passes", passes},
		{"secrets", secrets},
		{"readers", readers},
		{"fronts", fronts},
		{"events", events},
		{"many write at once", writers},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, open(t))
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func get[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func wantCode(t *testing.T, what string, err error, code stet.Code) {
	t.Helper()
	if got := stet.ErrorCode(err); got != code {
		t.Errorf("%s: %v, which is %q; want %q", what, err, got, code)
	}
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// story is what put makes a published article of.
type story struct {
	headline, dek, people, body string
	language                    string
	at                          time.Time
	sections, topics            []int64
	genre                       int64
	authors                     []int64
	kind                        stet.Kind
}

// put stores a published article and returns its live row.
func put(t *testing.T, s *store.Store, in story) store.Live {
	t.Helper()
	ctx := t.Context()
	if in.kind == "" {
		in.kind = stet.Story
	}
	if in.at.IsZero() {
		in.at = Now
	}
	a := stet.Article{PublicID: stet.NewID(), Kind: in.kind, Status: stet.Published, PublishedAt: in.at, Content: stet.Content{Headline: in.headline}}
	must(t, s.CreateArticle(ctx, &a))
	v := stet.Version{ArticleID: a.ID, Number: 1, PublishedAt: in.at, Document: []byte("{}"), Hash: "x"}
	must(t, s.AddVersion(ctx, &v))
	l := store.Live{
		ArticleID: a.ID, VersionID: v.ID, Kind: in.kind, PublicID: a.PublicID, Path: fmt.Sprintf("/story-%d", a.ID), Headline: in.headline, Dek: in.dek,
		Language: in.language, GenreID: in.genre, PublishedAt: in.at, UpdatedAt: in.at, Sections: in.sections, Topics: in.topics,
		Text: store.IndexText{Headline: in.headline, Dek: in.dek, People: in.people, Body: in.body},
	}
	if len(in.sections) > 0 {
		l.SectionID = in.sections[0]
	}
	for _, p := range in.authors {
		l.Bylines = append(l.Bylines, store.LiveByline{Person: p, Contribution: stet.Words})
	}
	_, err := s.PutLive(ctx, &l)
	must(t, err)
	return l
}

func headlines(rows []store.Live) []string {
	var out []string
	for _, l := range rows {
		out = append(out, l.Headline)
	}
	return out
}

func found(hits []store.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Headline)
	}
	return out
}

func addPerson(t *testing.T, s *store.Store, p stet.Person) stet.Person {
	t.Helper()
	p.PublicID = stet.NewID()
	if p.Slug == "" {
		p.Slug = p.PublicID
	}
	if p.Kind == "" {
		p.Kind = stet.Human
	}
	must(t, s.CreatePerson(t.Context(), &p))
	return p
}
