// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/store"
)

func settings(t *testing.T, s *store.Store) {
	ctx := t.Context()
	if empty := get(s.Empty(ctx))(t); !empty {
		t.Error("a new store is not empty")
	}
	_, err := s.Magazine(ctx)
	wantCode(t, "a setting never made", err, stet.NotFound)
	m := stet.Magazine{Name: "The Sound ❦ الصوت", Language: "en", Follow: []stet.Link{{Label: "a", URL: "b"}}, Tokens: map[string]string{"ink": "#111"}}
	must(t, s.SetSetting(ctx, "magazine", m))
	same(t, "magazine", m, get(s.Magazine(ctx))(t))
	m.Name = "Changed"
	must(t, s.SetSetting(ctx, "magazine", m))
	same(t, "changed magazine", m, get(s.Magazine(ctx))(t))
	was := get(s.SettingText(ctx, "magazine"))(t)
	m.Name = "Changed again"
	same(t, "swapped", true, get(s.SwapSetting(ctx, "magazine", was, m))(t))
	same(t, "swapped from what it is no more", false, get(s.SwapSetting(ctx, "magazine", was, m))(t))
	same(t, "after the swap", m, get(s.Magazine(ctx))(t))
	same(t, "never made", "", get(s.SettingText(ctx, "nothing"))(t))
	same(t, "made by a swap", true, get(s.SwapSetting(ctx, "swapped", "", 1))(t))
	same(t, "made by the second swap", false, get(s.SwapSetting(ctx, "swapped", "", 2))(t))
	must(t, s.SetSetting(ctx, "other", map[string]int{"a": 1}))
	if all := get(s.Settings(ctx))(t); len(all) != 3 || !strings.Contains(string(all["magazine"]), "Changed") {
		t.Errorf("settings: %s", all)
	}
	if empty := get(s.Empty(ctx))(t); empty {
		t.Error("a store with settings is empty")
	}
	wantCode(t, "a setting of another form", s.Setting(ctx, "other", &[]string{}), stet.Internal)
}

func taxonomy(t *testing.T, s *store.Store) {
	ctx := t.Context()
	rim := stet.Section{PublicID: stet.NewID(), Name: "Rim", Slug: "rim", Position: 2}
	must(t, s.CreateSection(ctx, &rim))
	sound := stet.Section{PublicID: stet.NewID(), ParentID: rim.ID, Name: "The Sound", Slug: "sound", Description: "Straits", Source: "wxr:3"}
	must(t, s.CreateSection(ctx, &sound))
	// Of one position: in order of the folded name, whatever the case and accents.
	for _, name := range []string{"zoo", "Éclair", "delta"} {
		must(t, s.CreateSection(ctx, &stet.Section{PublicID: stet.NewID(), Name: name, Slug: name, Position: 1}))
	}
	var names []string
	for _, sec := range get(s.Sections(ctx))(t) {
		names = append(names, sec.Name)
	}
	same(t, "order of sections", []string{"The Sound", "delta", "Éclair", "zoo", "Rim"}, names)
	sound.ParentID, sound.Name, sound.Position = 0, "Sound", 9
	must(t, s.UpdateSection(ctx, &sound))
	got, _ := get(s.Sections(ctx))(t).ByID(sound.ID)
	same(t, "updated section", sound, got)
	wantCode(t, "the same slug beside", s.CreateSection(ctx, &stet.Section{PublicID: stet.NewID(), Name: "x", Slug: "rim"}), stet.Conflict)
	must(t, s.CreateSection(ctx, &stet.Section{PublicID: stet.NewID(), Name: "x", Slug: "rim", ParentID: rim.ID}))
	wantCode(t, "the same source", s.CreateSection(ctx, &stet.Section{PublicID: stet.NewID(), Name: "y", Slug: "y", Source: "wxr:3"}), stet.Conflict)

	g := stet.Genre{PublicID: stet.NewID(), Name: "Analysis", Slug: "analysis", Position: 1}
	must(t, s.CreateGenre(ctx, &g))
	must(t, s.CreateGenre(ctx, &stet.Genre{PublicID: stet.NewID(), Name: "Opinion", Slug: "opinion"}))
	g.Name, g.Slug, g.Description, g.Position, g.Was = "Analyses", "analyses", "What it means", 2, []string{stet.NewID()}
	must(t, s.UpdateGenre(ctx, &g))
	if all := get(s.Genres(ctx))(t); len(all) != 2 {
		t.Errorf("genres: %v", all)
	} else {
		same(t, "updated genre", g, all[1])
	}
	g.Name = "Analysis"
	must(t, s.UpdateGenre(ctx, &g))
	wantCode(t, "a genre that folds alike", s.CreateGenre(ctx, &stet.Genre{PublicID: stet.NewID(), Name: "ANÁLYSIS", Slug: "a2"}), stet.Conflict)

	topic := stet.Topic{PublicID: stet.NewID(), Name: "Élysée  Palace", Slug: "elysee", Description: "d", Source: "tag:1"}
	must(t, s.CreateTopic(ctx, &topic))
	same(t, "topic", topic, get(s.Topic(ctx, topic.ID))(t))
	same(t, "topic by public id", topic, get(s.TopicByPublicID(ctx, topic.PublicID))(t))
	topic.Was = []string{stet.NewID(), stet.NewID()}
	must(t, s.UpdateTopic(ctx, &topic))
	same(t, "topic by the id of one that was merged into it", topic, get(s.TopicByPublicID(ctx, topic.Was[1]))(t))
	same(t, "topic by source", topic, get(s.TopicBySource(ctx, "tag:1"))(t))
	same(t, "topics named", []stet.Topic{topic}, get(s.TopicsNamed(ctx, " elysee palace "))(t))
	_, err := s.Topic(ctx, 999)
	wantCode(t, "no topic", err, stet.NotFound)

	p := stet.Partner{PublicID: stet.NewID(), Name: "Courier", URL: "https://courier.example"}
	must(t, s.CreatePartner(ctx, &p))
	same(t, "partners", []stet.Partner{p}, get(s.Partners(ctx))(t))
	wantCode(t, "the same partner", s.CreatePartner(ctx, &stet.Partner{PublicID: stet.NewID(), Name: "courier"}), stet.Conflict)
}

func people(t *testing.T, s *store.Store) {
	ctx := t.Context()
	p := stet.Person{
		PublicID: stet.NewID(), Kind: stet.Human, Name: "Leila Hartog", SortName: "Hartog, Leila", Slug: "leila-hartog", Variants: []string{"L. Hartog", "ليلى هارتوغ"},
		Bio: "Writes.", Portrait: 7, Roles: []stet.Role{{Title: "Minister", Organisation: "Diet", From: "2020", To: "2023-03"}},
		Links: []stet.Link{{Label: "site", URL: "https://x.example"}}, Author: true, Source: "wxr:author:1",
	}
	must(t, s.CreatePerson(ctx, &p))
	same(t, "clock", Now, p.CreatedAt)
	for what, got := range map[string]stet.Person{
		"by id": get(s.Person(ctx, p.ID))(t), "by public id": get(s.PersonByPublicID(ctx, p.PublicID))(t),
		"by slug": get(s.PersonBySlug(ctx, p.Slug))(t), "by source": get(s.PersonBySource(ctx, p.Source))(t),
	} {
		same(t, what, p, got)
	}
	p.Name, p.Variants, p.Roles, p.Author = "Leila Hartog-Voss", []string{"Leila Voss"}, nil, false
	must(t, s.UpdatePerson(ctx, &p))
	same(t, "updated", p, get(s.Person(ctx, p.ID))(t))
	for name, want := range map[string]int{"Leila Hartog-Voss": 1, "LEILA VOSS": 1, "L. Hartog": 0, "Leila Hartog": 0} {
		if got := get(s.PeopleNamed(ctx, name))(t); len(got) != want {
			t.Errorf("named %q: %d", name, len(got))
		}
	}
	q := addPerson(t, s, stet.Person{Name: "Anna Berg", Slug: "anna", Kind: stet.Organisation})
	if got := get(s.People(ctx, p.ID, q.ID, 999))(t); len(got) != 2 {
		t.Errorf("People: %v", got)
	}
	if got := get(s.People(ctx))(t); len(got) != 0 {
		t.Errorf("People of nobody: %v", got)
	}
	wantCode(t, "the same slug", s.CreatePerson(ctx, &stet.Person{PublicID: stet.NewID(), Name: "x", Slug: "anna"}), stet.Conflict)
	// Authors are those with stories, by sort name: "Berg" has none set.
	put(t, s, story{headline: "One", authors: []int64{p.ID, q.ID}})
	same(t, "authors", []int64{q.ID, p.ID}, personIDs(get(s.Authors(ctx, 10))(t)))
	same(t, "one author", []int64{q.ID}, personIDs(get(s.Authors(ctx, 1))(t)))
	same(t, "after", []int64{q.ID}, personIDs(get(s.PersonsAfter(ctx, p.ID, 10))(t)))
}

func personIDs(ps []stet.Person) (out []int64) {
	for _, p := range ps {
		out = append(out, p.ID)
	}
	return out
}

func folding(t *testing.T, s *store.Store) {
	names := []struct{ stored, asked string }{
		{"Élysée", "ELYSEE"},
		{"Élysée", "E\u0301lyse\u0301e"}, // decomposed
		{"Jørgen Ørsted", "jorgen orsted"},
		{"Groß", "GROSS"},
		{"Łukasz Wałęsa", "lukasz walesa"},
		{"Þóra Ægisdóttir", "thora aegisdottir"},
		{"İstanbul", "istanbul"},
		{"Irmak Işık", "irmak isik"},
		{"أحمد", "احمد"},
		{"مُحَمَّد", "محمد"},
		{"عائشة", "عائشه"},
		{"Ｆｕｌｌ Width", "full width"},
		{"O’Brien", "o'brien"},
		{"  Two   Spaces ", "two spaces"},
		{"ΣΊΣΥΦΟΣ", "σισυφοσ"},
		{"Жёлтый", "желтый"},
	}
	for _, n := range names {
		p := addPerson(t, s, stet.Person{Name: n.stored})
		if got := get(s.PeopleNamed(t.Context(), n.asked))(t); len(got) == 0 || got[len(got)-1].ID != p.ID {
			t.Errorf("%q (folded %q) is not found as %q (folded %q)", n.stored, store.FoldName(n.stored), n.asked, store.FoldName(n.asked))
		}
	}
	if got := get(s.PeopleNamed(t.Context(), "Elys"))(t); len(got) != 0 {
		t.Error("half a name is a name")
	}
}

func suggestPeople(t *testing.T, s *store.Store) {
	for _, n := range []string{"Leila Hartog", "Hartmut Leinen", "Ana_b %c", `Back\slash`, "Ørjan Håkonsen"} {
		addPerson(t, s, stet.Person{Name: n})
	}
	for prefix, want := range map[string][]string{
		"lei": {"Hartmut Leinen", "Leila Hartog"}, "HART": {"Hartmut Leinen", "Leila Hartog"}, "leila h": {"Leila Hartog"}, "eila": nil, "": nil, "  ": nil,
		"orj": {"Ørjan Håkonsen"}, "hako": {"Ørjan Håkonsen"}, "%": {"Ana_b %c"}, "ana_": {"Ana_b %c"}, "_": nil, "anaxb": nil, `back\`: {`Back\slash`}, `\`: nil,
		"'; DROP TABLE person; --": nil, "lei\x00": {"Hartmut Leinen", "Leila Hartog"}, "\xff": nil, "lei\xff": {"Hartmut Leinen", "Leila Hartog"},
	} {
		ps, err := s.SuggestPeople(t.Context(), prefix, 10)
		if err != nil {
			t.Errorf("%q: %v", prefix, err)
		}
		var got []string
		for _, p := range ps {
			got = append(got, p.Name)
		}
		same(t, "prefix "+prefix, want, got)
	}
	if got := get(s.SuggestPeople(t.Context(), "lei", 1))(t); len(got) != 1 {
		t.Errorf("limit 1 gives %d", len(got))
	}
}

func assets(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := stet.Asset{
		PublicID: stet.NewID(), Kind: stet.Image, MIME: "image/jpeg", Blob: "originals/aa.jpg", SHA256: strings.Repeat("a", 64), Size: 5 << 30, Width: 1600, Height: 1066,
		Filename: "été.jpg", Alt: "A dam", Caption: "The dam", Credit: "M. Ruiz", Licence: "CC", SourceURL: "https://x.example/a.jpg", FocalX: 0.25, FocalY: 0.75,
	}
	must(t, s.CreateAsset(ctx, &a))
	same(t, "asset", a, get(s.Asset(ctx, a.PublicID))(t))
	same(t, "by hash", a, get(s.AssetBySHA256(ctx, a.SHA256))(t))
	same(t, "by source", a, get(s.AssetBySource(ctx, a.SourceURL))(t))
	_, err := s.AssetBySource(ctx, "")
	wantCode(t, "no source", err, stet.NotFound)
	a.Alt, a.FocalX = "Another", 0.1
	must(t, s.UpdateAsset(ctx, &a))
	same(t, "several", []stet.Asset{a}, get(s.Assets(ctx, a.ID, 99))(t))
	same(t, "by public ids", []stet.Asset{a}, get(s.AssetsByPublicID(ctx, a.PublicID, "nope"))(t))
	same(t, "after", []stet.Asset{a}, get(s.AssetsAfter(ctx, 0, 10))(t))
	again := a
	again.PublicID = stet.NewID()
	wantCode(t, "the same original", s.CreateAsset(ctx, &again), stet.Conflict)
}

func paths(t *testing.T, s *store.Store) {
	ctx := t.Context()
	for _, p := range []stet.Path{
		{Path: "/rim", Kind: stet.PathSection, Target: 1}, {Path: "/rim/dam", Kind: stet.PathArticle, Target: 2}, {Path: "/rim/old", Kind: stet.PathArticle, Target: 2},
		{Path: "/rimless/x", Kind: stet.PathArticle, Target: 3}, {Path: "/r_m/x", Kind: stet.PathArticle, Target: 4}, {Path: "/?p=12", Kind: stet.PathArticle, Target: 2},
		{Path: "/gone", Kind: stet.PathRedirect, To: "https://x.example/é"},
	} {
		must(t, s.AddPath(ctx, p))
		same(t, "path", p, get(s.Path(ctx, p.Path))(t))
	}
	wantCode(t, "taken", s.AddPath(ctx, stet.Path{Path: "/rim", Kind: stet.PathTopic, Target: 1}), stet.Conflict)
	_, err := s.Path(ctx, "/Rim")
	wantCode(t, "capitals", err, stet.NotFound)
	all := func(ps []stet.Path) (out []string) {
		for _, p := range ps {
			out = append(out, p.Path)
		}
		return out
	}
	sorted := cmp.Transformer("sort", func(ss []string) string { return strings.Join(ss, " ") })
	if diff := cmp.Diff(3, len(get(s.PathsTo(ctx, stet.PathArticle, 2))(t)), sorted); diff != "" {
		t.Error(diff)
	}
	same(t, "below", []string{"/rim/dam", "/rim/old"}, all(get(s.PathsUnder(ctx, "/rim"))(t)))
	same(t, "below a wildcard", []string{"/r_m/x"}, all(get(s.PathsUnder(ctx, "/r_m"))(t)))
	// Whatever the order of the engine is, going through it finds all, once.
	seen := map[string]bool{}
	for after := ""; ; {
		page := all(get(s.PathsAfter(ctx, after, 2))(t))
		for _, p := range page {
			if seen[p] {
				t.Fatalf("%s comes twice", p)
			}
			seen[p], after = true, p
		}
		if len(page) < 2 {
			break
		}
	}
	if len(seen) != 7 {
		t.Errorf("going through the paths finds %v", seen)
	}
	must(t, s.AddPath(ctx, stet.Path{Path: "/typed", Kind: stet.PathRedirect, To: "/Rim/Dam", MadeBy: 7}))
	same(t, "found, whatever the capitals", []string{"/rim/dam", "/typed"}, all(get(s.FindPaths(ctx, store.PathFilter{Words: "RIM/dam", Limit: 9}))(t)))
	same(t, "found by kind", []string{"/rim"}, all(get(s.FindPaths(ctx, store.PathFilter{Kind: stet.PathSection, Limit: 9}))(t)))
	same(t, "a wildcard is no wildcard", []string{"/r_m/x"}, all(get(s.FindPaths(ctx, store.PathFilter{Words: "r_m", Limit: 9}))(t)))
	same(t, "made by hand", []string{"/typed"}, all(get(s.FindPaths(ctx, store.PathFilter{ByHand: true, Limit: 9}))(t)))
	same(t, "dropped: imported", false, get(s.DropRedirect(ctx, "/gone"))(t))
	same(t, "dropped: a section", false, get(s.DropRedirect(ctx, "/rim"))(t))
	same(t, "dropped: made by hand", true, get(s.DropRedirect(ctx, "/typed"))(t))
	must(t, s.SetPath(ctx, stet.Path{Path: "/rim/old", Kind: stet.PathRedirect, To: "/x"}))
	same(t, "changed", "/x", get(s.Path(ctx, "/rim/old"))(t).To)
}

func articles(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := stet.Article{
		PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Draft, Source: "wxr:1", SourceHash: "h",
		Content: stet.Content{Headline: "Dam “bursts” 🌊", Slug: "dam", Body: []byte(`{"type":"doc"}`), Lead: &stet.Placement{Asset: "x"}, Topics: []stet.Ref{{ID: "t", Name: "T"}}},
	}
	must(t, s.CreateArticle(ctx, &a))
	same(t, "created", Now, a.CreatedAt)
	for what, got := range map[string]stet.Article{
		"by id": get(s.Article(ctx, a.ID))(t), "by public id": get(s.ArticleByPublicID(ctx, a.PublicID))(t), "by source": get(s.ArticleBySource(ctx, "wxr:1"))(t),
	} {
		same(t, what, a, got)
	}
	stale := a
	a.Content.Headline, a.Status, a.ScheduledAt = "Dam holds", stet.Scheduled, Now.Add(time.Hour)
	must(t, s.SaveArticle(ctx, &a))
	if a.Revision != 2 {
		t.Errorf("revision %d", a.Revision)
	}
	stale.Content.Headline = "Overwritten"
	wantCode(t, "a copy that was read before", s.SaveArticle(ctx, &stale), stet.Conflict)
	same(t, "kept", a, get(s.Article(ctx, a.ID))(t))
	if stale.Revision != 1 {
		t.Error("the refused copy was counted up")
	}
	same(t, "nothing due", []int64(nil), get(s.Due(ctx, Now, 9))(t))
	same(t, "due", []int64{a.ID}, get(s.Due(ctx, Now.Add(time.Hour), 9))(t))
	wantCode(t, "the same source", s.CreateArticle(ctx, &stet.Article{PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Draft, Source: "wxr:1"}), stet.Conflict)
	for range 2 { // without a source there may be many
		must(t, s.CreateArticle(ctx, &stet.Article{PublicID: stet.NewID(), Kind: stet.Page, Status: stet.Draft}))
	}
	same(t, "counts", map[stet.Kind]map[stet.Status]int{stet.Story: {stet.Scheduled: 1}, stet.Page: {stet.Draft: 2}}, get(s.CountArticles(ctx))(t))
	if got := get(s.ArticlesAfter(ctx, a.ID, 10))(t); len(got) != 2 {
		t.Errorf("after: %d", len(got))
	}
	// A time before 1970 and one far away come back as they were.
	old := stet.Article{PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Published, PublishedAt: time.Date(1848, 3, 18, 9, 0, 0, 1000, time.UTC), ScheduledAt: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
	must(t, s.CreateArticle(ctx, &old))
	same(t, "1848", old, get(s.Article(ctx, old.ID))(t))
}

func versions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := stet.Article{PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Draft}
	must(t, s.CreateArticle(ctx, &a))
	if n := get(s.LastVersion(ctx, a.ID))(t); n != 0 {
		t.Errorf("last version %d", n)
	}
	// The document is hashed as stored: every byte comes back, also those that
	// an engine's own JSON type would put in order.
	doc := "{ \"b\":1,\"a\":\"é\\u0041\U0001F30A\", \"b\":2 }\n"
	v := stet.Version{ArticleID: a.ID, Number: 1, PublishedAt: Now, Note: "first", Document: []byte(doc), Hash: "h"}
	must(t, s.AddVersion(ctx, &v))
	same(t, "version", v, get(s.Version(ctx, v.ID))(t))
	w := stet.Version{ArticleID: a.ID, Number: 2, PublishedAt: Now, Document: []byte("{}"), Hash: "i"}
	must(t, s.AddVersion(ctx, &w))
	same(t, "versions", []stet.Version{v, w}, get(s.Versions(ctx, a.ID))(t))
	if got := get(s.VersionsByID(ctx, w.ID, v.ID, 99))(t); len(got) != 2 {
		t.Errorf("by id: %d", len(got))
	}
	if n := get(s.LastVersion(ctx, a.ID))(t); n != 2 {
		t.Errorf("last version %d", n)
	}
	wantCode(t, "the same number", s.AddVersion(ctx, &stet.Version{ArticleID: a.ID, Number: 2, PublishedAt: Now, Document: []byte("{}")}), stet.Conflict)
	wantCode(t, "of no article", s.AddVersion(ctx, &stet.Version{ArticleID: 999, Number: 1, PublishedAt: Now, Document: []byte("{}")}), stet.Conflict)
}

func staff(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := stet.Staff{PublicID: stet.NewID(), Email: "Ana@Example.org", Name: "Ana", Role: stet.Editor, Password: "x"}
	must(t, s.CreateStaff(ctx, &a))
	same(t, "by address", a, get(s.StaffByEmail(ctx, "aNA@example.ORG"))(t))
	wantCode(t, "the same address", s.CreateStaff(ctx, &stet.Staff{PublicID: stet.NewID(), Email: "ana@example.org"}), stet.Conflict)
	// Two mailboxes that differ in an accent are two people's.
	must(t, s.CreateStaff(ctx, &stet.Staff{PublicID: stet.NewID(), Email: "aná@example.org", Name: "Aná"}))
	a.Disabled, a.Role = true, stet.Writer
	must(t, s.UpdateStaff(ctx, &a))
	if all := get(s.Staff(ctx))(t); len(all) != 2 || cmp.Diff(a, all[0]) != "" {
		t.Errorf("staff: %v", all)
	}
	_, err := s.StaffByEmail(ctx, "nobody@example.org")
	wantCode(t, "nobody", err, stet.NotFound)
}

func readers(t *testing.T, s *store.Store) {
	ctx := t.Context()
	for _, e := range []string{"ana@example.org", "ANA@example.org", "aná@example.org", "bo@example.org"} {
		must(t, s.AddReader(ctx, &stet.Reader{PublicID: stet.NewID(), Email: e, Source: "front"}))
	}
	var got []string
	for after := int64(0); ; {
		page := get(s.ReadersAfter(ctx, after, 2))(t)
		for _, r := range page {
			got, after = append(got, r.Email), r.ID
			same(t, "signed up", Now, r.CreatedAt)
			if !r.ConfirmedAt.IsZero() {
				t.Error("confirmed by nobody")
			}
		}
		if len(page) < 2 {
			break
		}
	}
	same(t, "readers", []string{"ana@example.org", "aná@example.org", "bo@example.org"}, got)
}
