// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/intake"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/stettest"
	"stet/internal/store"
)

// desk is a magazine to import into.
type desk struct {
	room  *newsroom.Room
	store *store.Store
}

// engines runs a test on both databases.
func engines(t *testing.T, f func(t *testing.T, d *desk)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, newDesk(t, store.Options{Path: filepath.Join(t.TempDir(), "stet.db")}))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, newDesk(t, store.Options{URL: stettest.Postgres(t)}))
	})
}

func newDesk(t testing.TB, o store.Options) *desk {
	t.Helper()
	if o.Path == "" && o.URL == "" {
		o.Path = filepath.Join(t.TempDir(), "stet.db")
	}
	o.Now = stettest.NewClock(time.Time{}).Now
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	blobs, err := media.OpenFolder(filepath.Join(t.TempDir(), "media"))
	if err != nil {
		t.Fatal(err)
	}
	return &desk{newsroom.New(newsroom.Options{Store: s, Blobs: blobs}), s}
}

func (d *desk) run(t testing.TB, o intake.Options) *intake.Report {
	t.Helper()
	o.Room, o.Logger = d.room, stettest.Logger(t)
	r, err := intake.Run(t.Context(), o)
	if err != nil {
		t.Fatalf("import %v: %v", o.Sources, err)
	}
	return r
}

// uploads makes a folder with the pictures of the fixture.
func uploads(t testing.TB, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i, n := range names {
		im := image.NewRGBA(image.Rect(0, 0, 40, 30))
		for x := range 40 {
			im.Set(x, i, color.RGBA{uint8(i * 40), 90, uint8(x), 255})
		}
		var b bytes.Buffer
		if err := png.Encode(&b, im); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "uploads", n)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// at returns the article to which an address leads.
func (d *desk) at(t testing.TB, path string) stet.Article {
	t.Helper()
	p, err := d.store.Path(t.Context(), path)
	if err != nil || p.Kind != stet.PathArticle {
		t.Fatalf("%s leads to %+v, %v; want an article", path, p, err)
	}
	a, err := d.store.Article(t.Context(), p.Target)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *desk) leadsTo(t testing.TB, path string) stet.PathKind {
	t.Helper()
	p, err := d.store.Path(t.Context(), path)
	if stet.ErrorCode(err) == stet.NotFound {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return p.Kind
}

func bodyOf(t testing.TB, a stet.Article) *prose.Doc {
	t.Helper()
	doc, err := prose.Parse(a.Content.Body)
	if err != nil {
		t.Fatalf("body of %q: %v", a.Content.Headline, err)
	}
	return doc
}

func fixture(name string) []string { return []string{filepath.Join("testdata", name)} }

func TestWordPress(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		o := intake.Options{Sources: fixture("wordpress.xml"), Media: uploads(t, "2021/07/bridge.png", "2021/07/river.png", "2021/07/lead.png")}
		r := d.run(t, o)
		want := intake.Counts{
			Posts: 9, Stories: 8, Pages: 1, Drafts: 3, Scheduled: 1, Created: 9, People: 4, Sections: 7, Topics: 2, Genres: 1, Pictures: 3,
			Comments: 2, MissingPictures: 2, // a picture, and a recording
		}
		got := r.Counts
		got.OldAddresses, got.Warnings, got.Collisions = 0, 0, 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("counts (-want +got):\n%s", diff)
		}
		d.checkBlocks(t)
		d.checkClassic(t)
		d.checkPlaces(t)
		d.checkStates(t)

		again := d.run(t, o)
		if again.Counts.Unchanged != 9 || again.Counts.Created+again.Counts.Updated+again.Counts.Conflicts+again.Counts.People+again.Counts.Sections+again.Counts.Pictures+again.Counts.OldAddresses != 0 {
			t.Errorf("the second run is not idle: %s", again.Summary())
		}
	})
}

func (d *desk) checkBlocks(t *testing.T) {
	t.Helper()
	a := d.at(t, "/2021/07/14/blocks-and-bridges")
	c := a.Content
	var authors, topics, sections []string
	for _, b := range c.Bylines {
		authors = append(authors, b.Person.Name)
	}
	for _, r := range c.Topics {
		topics = append(topics, r.Name)
	}
	for _, r := range c.Sections {
		sections = append(sections, r.Name)
	}
	got := map[string]any{
		"headline": c.Headline, "dek": c.Dek, "slug": c.Slug, "section": c.Section.Name, "sections": sections, "genre": c.Genre.Name, "topics": topics,
		"authors": authors, "description": c.Description, "title": c.Title, "published": a.PublishedAt.Format(time.RFC3339), "status": a.Status,
	}
	want := map[string]any{
		"headline": "Blocks & bridges", "dek": "Why the bridge closed.", "slug": "blocks-and-bridges", "section": "Balkans & Beyond", "sections": []string{"Europe"},
		"genre": "Analysis", "topics": []string{"Energy", "Brücken"}, "authors": []string{"Guest Writer", "Leila Hartog"},
		"description": "Bridges for search engines", "title": "", "published": "2021-07-14T08:30:00Z", "status": stet.Published,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("story of blocks (-want +got):\n%s", diff)
	}
	if c.Lead == nil || c.Lead.Caption != "The lead caption." || c.Lead.Credit != "Bo Frame" {
		t.Errorf("lead = %+v", c.Lead)
	}
	v, err := d.store.Versions(t.Context(), a.ID)
	if err != nil || len(v) != 1 || v[0].PublishedAt.Format(time.RFC3339) != "2021-07-15T09:00:00Z" {
		t.Errorf("versions = %v, %v; want one of the last change", v, err)
	}
	doc := bodyOf(t, a)
	var types []string
	for _, n := range doc.Root.Content {
		types = append(types, n.Type)
	}
	if diff := cmp.Diff(strings.Fields("paragraph heading image gallery paragraph blockquote pullQuote embed rawHTML codeBlock bulletList table"), types); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	text := doc.Text()
	for _, s := range []string{"[sic]", "He said so himself.", "From a reusable block.", "a[gallery]b", "The bridge on Monday."} {
		if !strings.Contains(text, s) {
			t.Errorf("the body has lost %q:\n%s", s, text)
		}
	}
	if l := doc.Links(); len(l) == 0 || l[0].Href != "/2020/old-story/?x=1#top" {
		t.Errorf("links = %+v; want the first as a path", l)
	}
	for _, im := range doc.Images() {
		if im.Asset == "" {
			t.Errorf("picture %+v has no asset", im)
		}
	}
	if im := doc.Images()[0]; im.Alt != "A stone bridge" || im.Credit != "Ana Lens" || im.Caption != "The bridge on Monday." {
		t.Errorf("first picture = %+v", im)
	}
}

func (d *desk) checkClassic(t *testing.T) {
	t.Helper()
	a := d.at(t, "/?p=11")
	if got := a.PublishedAt.Format(time.RFC3339); got != "2009-12-01T17:00:00Z" {
		t.Errorf("published %s; want it in the zone of the nearest story, an hour ahead of UTC", got)
	}
	if a.Content.Section.Name != "Europe" || len(a.Content.Sections) != 2 {
		t.Errorf("section %v, others %v; want the primary category first", a.Content.Section, a.Content.Sections)
	}
	doc := bodyOf(t, a)
	got := []string{}
	for _, n := range doc.Root.Content {
		got = append(got, n.Type+": "+strings.Join(strings.Fields(n.Plain()), " "))
	}
	want := []string{
		"paragraph: First line second line with [the minister] in brackets.",
		"image: A caption with stress Ana Lens",
		"paragraph: A third paragraph, with text that stays in it.",
		"gallery: The bridge, seen from the south. Ana Lens",
		"embed: https://vimeo.com/12345",
		"blockquote: One. Two.",
		"codeBlock: keep this",
		"embed: https://twitter.com/a/status/1",
		"embed: /wp-content/uploads/talk.mp3",
		"paragraph: [gallery] stays.",
		"paragraph: After the fold. A note.",
		"bulletList: item",
		"image: ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("classic body (-want +got):\n%s", diff)
	}
}

// checkPlaces asks where the old addresses lead, and what became of the tree.
func (d *desk) checkPlaces(t *testing.T) {
	t.Helper()
	for path, want := range map[string]stet.PathKind{
		"/?p=10": stet.PathArticle, "/europe/balkans/blocks-and-bridges": stet.PathArticle, "/about": stet.PathArticle, "/?page_id=13": stet.PathArticle,
		"/category/europe": stet.PathSection, "/category/europe/balkans": stet.PathSection, "/category/balkans": stet.PathSection, "/?cat=3": stet.PathSection,
		"/category/analysis": stet.PathGenre, "/tag/energy": stet.PathTopic, "/tag/brücken": stet.PathTopic, "/category/uncategorized": stet.PathSection,
		"/author/leila-hartog": stet.PathPerson, "/author/guest-writer": stet.PathPerson, "/?author=2": stet.PathPerson,
		"/wp-content/uploads/2021/07/bridge.png": stet.PathAsset, "/wp-content/uploads/2021/07/bridge-300x200.png": stet.PathAsset,
		"/?attachment_id=101": stet.PathAsset, "/river": stet.PathAsset, "/?p=17": "", "/egg": stet.PathSection, "/orphan": stet.PathSection, "/about-2": stet.PathSection,
	} {
		if got := d.leadsTo(t, path); got != want {
			t.Errorf("%s leads to %q; want %q", path, got, want)
		}
	}
	m, err := d.store.Magazine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]stet.Link{{Label: "Our Europe", URL: "/europe"}, {Label: "About", URL: "/about"}}, m.Navigation); diff != "" {
		t.Errorf("navigation (-want +got):\n%s", diff)
	}
	guest, err := d.store.PersonBySlug(t.Context(), "guest-writer")
	if err != nil || guest.Bio != "Writes as a guest." || len(guest.Links) != 1 || guest.Portrait == 0 || !guest.Author {
		t.Errorf("guest author = %+v, %v", guest, err)
	}
}

func (d *desk) checkStates(t *testing.T) {
	t.Helper()
	for key, want := range map[string]stet.Status{"14": stet.Published, "15": stet.Published, "16": stet.Scheduled, "17": stet.Draft, "18": stet.InReview, "19": stet.Draft} {
		a, err := d.store.ArticleBySource(t.Context(), "wxr:courier.example#"+key)
		if err != nil || a.Status != want {
			t.Errorf("post %s is %q, %v; want %q", key, a.Status, err, want)
		}
		if key == "16" && a.ScheduledAt.Format(time.RFC3339) != "2030-06-01T10:00:00Z" {
			t.Errorf("scheduled for %v", a.ScheduledAt)
		}
		if key == "15" && (a.Content.Section.Name != "News" || !a.PublishedAt.Equal(d.store.Now())) {
			t.Errorf("a story without category and date: section %v, published %v", a.Content.Section, a.PublishedAt)
		}
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.Options{})
	r := d.run(t, intake.Options{Sources: fixture("wordpress.xml"), Media: uploads(t, "2021/07/bridge.png", "2021/07/river.png", "2021/07/lead.png")})
	for kind, n := range map[string]int{"shortcode": 1, "post type": 1, "taxonomy": 1, "tree": 2, "comments": 1, "password": 1, "date": 1, "block": 2, "raw": 1, "gallery": 1, "menu": 1, "address": 1} {
		if r.Kinds[kind] != n {
			t.Errorf("%d lines of the kind %q; want %d", r.Kinds[kind], kind, n)
		}
	}
	if r.Names["shortcode"]["mystery_box"] != 1 || r.Names["post type"]["product"] != 1 || r.Names["block"]["latest-posts"] != 1 {
		t.Errorf("names = %v", r.Names)
	}
	if p := r.Pictures; len(p) != 2 || !strings.HasSuffix(p[0].Address, "gone.png") || !strings.HasSuffix(p[1].Address, "talk.mp3") || p[0].Wanted != 1 || p[0].Stories[0] != "The classic story" {
		t.Errorf("missing pictures = %+v", p)
	}
	if r.Found["attachments"] != 3 || r.Found["status trash"] != 1 {
		t.Errorf("found = %v", r.Found)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"8 stories and 1 pages", "mystery_box:1", "gone.png", "line "} {
		if !strings.Contains(b.String(), s) {
			t.Errorf("the text does not say %q:\n%s", s, b.String())
		}
	}
	if t.Failed() {
		t.Log(b.String())
	}
}

func TestDryRun(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		r := d.run(t, intake.Options{Sources: fixture("wordpress.xml"), DryRun: true, Media: uploads(t, "2021/07/bridge.png")})
		if c := r.Counts; c.Posts != 9 || c.Created != 9 || c.People != 4 || c.Sections != 7 {
			t.Errorf("counts = %s", r.Summary())
		}
		if empty, err := d.store.Empty(t.Context()); err != nil || !empty {
			t.Errorf("a dry run has written something (%v)", err)
		}
		if p, err := d.store.PathsAfter(t.Context(), "", 1); err != nil || len(p) > 0 {
			t.Errorf("a dry run has written addresses: %v, %v", p, err)
		}
	})
}

// edited writes the fixture with a replacement and returns its path.
func edited(t testing.TB, name, old, new string) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b, []byte(old)) {
		t.Fatalf("%s does not contain %q", name, old)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, bytes.ReplaceAll(b, []byte(old), []byte(new)), 0o644); err != nil {
		t.Fatal(err)
	}
	return []string{file}
}

func TestUpdateAndConflict(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.run(t, intake.Options{Sources: fixture("wordpress.xml")})
		changed := edited(t, "wordpress.xml", "Why the <strong>bridge</strong> closed.", "Why it opened again.")
		if r := d.run(t, intake.Options{Sources: changed}); r.Counts.Updated != 1 || r.Counts.Unchanged != 8 {
			t.Fatalf("after a change: %s", r.Summary())
		}
		a := d.at(t, "/?p=10")
		v, err := d.store.Versions(ctx, a.ID)
		if err != nil || len(v) != 2 || v[1].Note == "" || a.Content.Dek != "Why it opened again." || a.PublishedAt.Year() != 2021 {
			t.Errorf("versions %d, %v, dek %q", len(v), err, a.Content.Dek)
		}
		// Somebody at the desk changes it, then the source changes again.
		a.Content.Headline = "Edited here"
		if err := d.room.Save(ctx, stet.Operator, &a); err != nil {
			t.Fatal(err)
		}
		if r := d.run(t, intake.Options{Sources: changed}); r.Counts.Unchanged != 9 {
			t.Errorf("without a change in the source: %s", r.Summary())
		}
		changed = edited(t, "wordpress.xml", "Why the <strong>bridge</strong> closed.", "A third reason.")
		r := d.run(t, intake.Options{Sources: changed})
		if r.Counts.Conflicts != 1 || r.Kinds["conflict"] != 1 || d.at(t, "/?p=10").Content.Headline != "Edited here" {
			t.Errorf("an edited story was not left alone: %s", r.Summary())
		}
	})
}

func TestMap(t *testing.T) {
	t.Parallel()
	m, err := intake.ParseMap(strings.NewReader(`
section: Dispatches
genre: Reporting
language: fr
categories:
  balkans: South/Balkans
  analysis: {topic: Analyses}
  hen: drop
  europe: {genre: Essay}
tags:
  energy: {section: Power}
taxonomies: {region: topics}
authors:
  jd: Jane Doe
  admin: drop
category_base: rubrik
`))
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, store.Options{})
	d.run(t, intake.Options{Sources: fixture("wordpress.xml"), Map: m})
	a := d.at(t, "/?p=10")
	var topics []string
	for _, r := range a.Content.Topics {
		topics = append(topics, r.Name)
	}
	slices.Sort(topics)
	if a.Content.Section.Name != "Balkans" || a.Content.Genre.Name != "Essay" || a.Content.Language != "fr" || !cmp.Equal(topics, []string{"Analyses", "Brücken", "North"}) {
		t.Errorf("section %v, genre %v, language %s, topics %v", a.Content.Section, a.Content.Genre, a.Content.Language, topics)
	}
	if a := d.at(t, "/?p=11"); len(a.Content.Bylines) != 1 || a.Content.Bylines[0].Person.Name != "Jane Doe" || a.Content.Section.Name != "Orphan" {
		t.Errorf("bylines %v, section %v", a.Content.Bylines, a.Content.Section)
	}
	if a := d.at(t, "/?p=14"); len(a.Content.Bylines) != 0 || a.Content.Genre.Name != "Reporting" {
		t.Errorf("bylines %v, genre %v", a.Content.Bylines, a.Content.Genre)
	}
	if got := d.leadsTo(t, "/rubrik/europe/balkans"); got != stet.PathSection {
		t.Errorf("the old category leads to %q", got)
	}
	for _, bad := range []string{"colour: red", "categories: [1]", "taxonomies: {a: b}", "\x00"} {
		if _, err := intake.ParseMap(strings.NewReader(bad)); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("ParseMap(%q) = %v; want it refused", bad, err)
		}
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.Options{})
	file := filepath.Join(t.TempDir(), "big.xml")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := stettest.WXR(f, 600); err != nil {
		t.Fatal(err)
	}
	f.Close()
	ctx, cancel := context.WithCancel(t.Context())
	_, err = intake.Run(ctx, intake.Options{Room: d.room, Sources: []string{file}, Progress: func(p intake.Progress) {
		if p.Posts >= 200 {
			cancel()
		}
	}})
	if err == nil {
		t.Fatal("a cancelled run reports no error")
	}
	r := d.run(t, intake.Options{Sources: []string{file}})
	if r.Counts.Unchanged < 200 || r.Counts.Created+r.Counts.Unchanged != 600 || r.Counts.Updated != 0 {
		t.Errorf("after a kill: %s", r.Summary())
	}
}
