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

var all = store.List{Kind: store.ListAll}

func live(t *testing.T, s *store.Store) {
	ctx := t.Context()
	p := addPerson(t, s, stet.Person{Name: "Leila"})
	l := put(t, s, story{headline: "Dam", sections: []int64{4, 1}, topics: []int64{7, 7}, genre: 3, authors: []int64{p.ID, p.ID}})
	l.Dek, l.BylineText, l.LeadAsset, l.LeadAlt, l.LeadCaption, l.LeadCredit, l.Words = "dek", "From Sorin", 5, "alt", "caption", "credit", 900
	l.PartnerID, l.OriginAuthor, l.UpdatedAt, l.Language = 2, "Somebody", Now.Add(time.Hour), "fr"
	l.Sections, l.Topics = []int64{1}, nil
	touched, err := s.PutLive(ctx, &l)
	must(t, err)
	for _, want := range []store.List{all, {Kind: store.ListSection, Ref: 4}, {Kind: store.ListTopic, Ref: 7}, {Kind: store.ListSection, Ref: 1}, {Kind: store.ListGenre, Ref: 3}, {Kind: store.ListPerson, Ref: p.ID}} {
		if !slices.Contains(touched, want) {
			t.Errorf("PutLive does not say that it touched %v: %v", want, touched)
		}
	}
	want := l
	want.Sections, want.Topics, want.Text = nil, nil, store.IndexText{}
	same(t, "live", want, get(s.Live(ctx, l.ArticleID))(t))
	same(t, "by public id", want, get(s.LiveByPublicID(ctx, l.PublicID))(t))
	same(t, "by public ids", map[string]store.Live{l.PublicID: want}, get(s.LiveByPublicIDs(ctx, l.PublicID, "00000000", l.PublicID, "a\x00b", ""))(t))
	same(t, "by no public id", map[string]store.Live{}, get(s.LiveByPublicIDs(ctx))(t))
	same(t, "with the picture", []int64{l.ArticleID}, get(s.ArticlesWithLead(ctx, 5))(t))
	same(t, "with no picture", []int64(nil), get(s.ArticlesWithLead(ctx, 0))(t))
	for list, n := range map[store.List]int{all: 1, {Kind: store.ListSection, Ref: 4}: 0, {Kind: store.ListSection, Ref: 1}: 1, {Kind: store.ListTopic, Ref: 7}: 0, {Kind: store.ListPerson, Ref: p.ID}: 1} {
		if got := get(s.CountStories(ctx, list))(t); got != n {
			t.Errorf("%v has %d stories", list, got)
		}
	}
	page := put(t, s, story{headline: "About", kind: stet.Page})
	same(t, "a page is in no list", []string{"Dam"}, headlines(get(s.Stories(ctx, all, store.Cursor{}, 9))(t)))
	same(t, "last", page.ArticleID, get(s.LastLive(ctx))(t))
	same(t, "after", []string{"About"}, headlines(get(s.LiveAfter(ctx, l.ArticleID, page.ArticleID, 9))(t)))
	same(t, "up to", []string{"Dam"}, headlines(get(s.LiveAfter(ctx, 0, l.ArticleID, 9))(t)))
	same(t, "by ids", 2, len(get(s.LiveByIDs(ctx, l.ArticleID, page.ArticleID, 99))(t)))

	dropped := get(s.DropLive(ctx, l.ArticleID))(t)
	if !slices.Contains(dropped, all) || len(dropped) != 4 {
		t.Errorf("dropped from %v", dropped)
	}
	_, err = s.Live(ctx, l.ArticleID)
	wantCode(t, "dropped", err, stet.NotFound)
	if again := get(s.DropLive(ctx, l.ArticleID))(t); len(again) != 0 {
		t.Errorf("dropped twice from %v", again)
	}
	if hits, n, err := s.Search(ctx, store.Query{Words: "dam", Limit: 9}); n.Stories != 0 || len(hits) != 0 || err != nil {
		t.Errorf("search still finds it: %v, %v", hits, err)
	}
	get(s.DropLive(ctx, page.ArticleID))(t)
	same(t, "none left", int64(0), get(s.LastLive(ctx))(t))
}

func newestOf(t *testing.T, s *store.Store, tops []store.Top) [][]string {
	out := [][]string{}
	for _, ids := range get(s.Newest(t.Context(), tops))(t) {
		names := []string{}
		for _, id := range ids {
			names = append(names, get(s.Live(t.Context(), id))(t).Headline)
		}
		out = append(out, names)
	}
	return out
}

func lists(t *testing.T, s *store.Store) {
	ctx := t.Context()
	sec := store.List{Kind: store.ListSection, Ref: 1}
	// Three at one moment: the cursor has to tell them apart.
	for i, at := range []time.Duration{0, 1, 1, 1, 2, 3} {
		sections := []int64{1}
		if i == 4 {
			sections = []int64{2}
		}
		put(t, s, story{headline: fmt.Sprint(i), at: Now.Add(at * time.Hour), sections: sections})
	}
	same(t, "newest first", []string{"5", "3", "2", "1", "0"}, headlines(get(s.Stories(ctx, sec, store.Cursor{}, 9))(t)))
	same(t, "newest of several", [][]string{{"5", "4"}, {}, {"5", "3", "2", "1", "0"}, {"4"}}, newestOf(t, s, []store.Top{
		{List: all, Count: 2}, {List: store.List{Kind: store.ListTopic, Ref: 9}, Count: 5}, {List: sec, Count: 9}, {List: store.List{Kind: store.ListSection, Ref: 2}, Count: 1}}))
	same(t, "newest of none", [][]string{}, newestOf(t, s, nil))
	for size := 1; size <= 6; size++ {
		var down, up []string
		cur := store.Cursor{}
		for {
			rows := get(s.Stories(ctx, all, cur, size))(t)
			if len(rows) == 0 {
				break
			}
			down = append(down, headlines(rows)...)
			cur = cursorOf(rows[len(rows)-1])
		}
		same(t, fmt.Sprint("down by ", size), []string{"5", "4", "3", "2", "1", "0"}, down)
		for {
			rows := get(s.StoriesBefore(ctx, all, cur, size))(t)
			if len(rows) == 0 {
				break
			}
			up = append(headlines(rows), up...)
			cur = cursorOf(rows[0])
		}
		same(t, fmt.Sprint("up by ", size), []string{"5", "4", "3", "2", "1"}, up)
	}
}

func cursorOf(l store.Live) store.Cursor {
	return store.Cursor{PublishedAt: l.PublishedAt, ArticleID: l.ArticleID}
}

func paging(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var rows []store.Live
	for i := range 6 {
		rows = append(rows, put(t, s, story{headline: fmt.Sprint(i), at: Now.Add(time.Duration(i) * time.Hour)}))
	}
	cur := cursorOf(rows[3])
	before := headlines(get(s.Stories(ctx, all, cur, 2))(t))
	put(t, s, story{headline: "new", at: Now.Add(time.Hour * 99)})
	same(t, "after a new story", before, headlines(get(s.Stories(ctx, all, cur, 2))(t)))
	// The story at the cursor goes: its place stays.
	get(s.DropLive(ctx, rows[3].ArticleID))(t)
	same(t, "after the story at the cursor was withdrawn", before, headlines(get(s.Stories(ctx, all, cur, 2))(t)))
	same(t, "upwards", []string{"5", "4"}, headlines(get(s.StoriesBefore(ctx, all, cur, 2))(t)))
}

func months(t *testing.T, s *store.Store) {
	ctx := t.Context()
	oslo, err := time.LoadLocation("Europe/Oslo")
	must(t, err)
	jan := time.Date(2026, 1, 1, 0, 0, 0, 0, oslo)
	feb := jan.AddDate(0, 1, 0)
	var want []time.Time
	for _, at := range []time.Time{jan.Add(-time.Microsecond), jan, jan.Add(time.Hour), feb.Add(-time.Microsecond), feb} {
		put(t, s, story{headline: at.Format(time.RFC3339Nano), at: at.UTC()})
		want = append(want, at.UTC())
	}
	put(t, s, story{headline: "page", at: jan, kind: stet.Page})
	rows := get(s.StoriesBetween(ctx, jan, feb, store.Cursor{}, 9))(t)
	if len(rows) != 3 || !rows[0].PublishedAt.Equal(feb.Add(-time.Microsecond)) || !rows[2].PublishedAt.Equal(jan) {
		t.Errorf("January: %v", headlines(rows))
	}
	rest := get(s.StoriesBetween(ctx, jan, feb, cursorOf(rows[0]), 1))(t)
	same(t, "the next of January", []string{rows[1].Headline}, headlines(rest))
	var got []time.Time
	must(t, s.PublishedTimes(ctx, func(at time.Time) { got = append(got, at) }))
	same(t, "times, oldest first", want, got)
}

// The stories of one list go over to another some at a time, each once.
func handOver(t *testing.T, s *store.Store) {
	ctx := t.Context()
	from, to := store.List{Kind: store.ListSection, Ref: 1}, store.List{Kind: store.ListSection, Ref: 2}
	for i := range 5 {
		put(t, s, story{headline: fmt.Sprint(i), at: Now.Add(time.Duration(i) * time.Hour), sections: []int64{1}})
	}
	put(t, s, story{headline: "of both", at: Now.Add(-time.Hour), sections: []int64{2, 1}})
	put(t, s, story{headline: "elsewhere", sections: []int64{3}})
	same(t, "two go over", 2, get(s.ShareSome(ctx, from, to, 2))(t))
	same(t, "in the other list", 3, get(s.CountStories(ctx, to))(t))
	same(t, "the other three", 3, get(s.ShareSome(ctx, from, to, 9))(t))
	same(t, "none is left", 0, get(s.ShareSome(ctx, from, to, 9))(t))
	same(t, "the list it came from is as it was", 6, get(s.CountStories(ctx, from))(t))
	same(t, "the other list", []string{"4", "3", "2", "1", "0", "of both"}, headlines(get(s.Stories(ctx, to, store.Cursor{}, 9))(t)))

	same(t, "three are given", 3, get(s.GiveSome(ctx, from, to, 3))(t))
	must(t, s.GiveLive(ctx, from, to))
	same(t, "all are given", 0, get(s.GiveSome(ctx, from, to, 9))(t))
	for _, l := range get(s.Stories(ctx, all, store.Cursor{}, 9))(t) {
		if want := map[bool]int64{true: 3, false: 2}[l.Headline == "elsewhere"]; l.SectionID != want {
			t.Errorf("%s is in section %d", l.Headline, l.SectionID)
		}
	}
	same(t, "topics stand in lists alone", 0, get(s.GiveSome(ctx, store.List{Kind: store.ListTopic, Ref: 1}, store.List{Kind: store.ListTopic, Ref: 2}, 9))(t))
}
