// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet/internal/intake"
	"stet/internal/store"
)

// digest is what matters of an article that came from a feed.
type digest struct {
	Headline, Dek, Slug, Language, Canonical, Origin string
	Authors, Topics                                  []string
	Published                                        string
	Text                                             string
}

func (d *desk) digest(t *testing.T, source string) digest {
	t.Helper()
	a, err := d.store.ArticleBySource(t.Context(), source)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	c := a.Content
	out := digest{Headline: c.Headline, Dek: c.Dek, Slug: c.Slug, Language: c.Language, Canonical: c.Canonical, Published: a.PublishedAt.Format(time.RFC3339), Text: bodyOf(t, a).Text()}
	for _, b := range c.Bylines {
		out.Authors = append(out.Authors, b.Person.Name)
	}
	for _, r := range c.Topics {
		out.Topics = append(out.Topics, r.Name)
	}
	if c.Origin != nil {
		out.Origin = c.Origin.Partner.Name + " / " + c.Origin.Author + " / " + c.Origin.URL
	}
	return out
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		o := intake.Options{Sources: []string{"testdata/rss2.xml", "testdata/atom.xml", "testdata/rdf.xml", "testdata/feed.json"}, Media: uploads(t, "pics/cafe.png", "pic.png") + "/uploads"}
		r := d.run(t, o)
		if r.Counts.Posts != 7 || r.Counts.Created != 7 || r.Counts.Pictures != 2 || r.Counts.Failed != 0 {
			t.Errorf("counts: %s", r.Summary())
		}
		var formats []string
		for _, s := range r.Sources {
			formats = append(formats, s.Format)
		}
		if diff := cmp.Diff([]string{"RSS 2.0", "Atom 1.0", "RSS 1.0", "JSON Feed 1.1"}, formats); diff != "" {
			t.Errorf("formats (-want +got):\n%s", diff)
		}
		for source, want := range map[string]digest{
			"feed:feed.example#tag:feed.example,2020:1": {Headline: "Café & culture", Dek: "A summary that says something else.", Slug: "cafe-culture", Language: "fr-FR",
				Authors: []string{"Ana Lens", "Bo Frame"}, Topics: []string{"Culture", "Paris"}, Published: "2020-05-01T08:00:00Z", Text: "Body with a link."},
			"feed:feed.example#https://elsewhere.example/story": {Headline: "Only a description here, with stress.", Slug: "story", Language: "fr-FR",
				Canonical: "https://elsewhere.example/story", Published: "2026-01-02T12:00:00Z", Text: "Only a description here, with stress.\n\n/talk.mp3"},
			"feed:atom.example#urn:uuid:2": {Headline: "One & only", Slug: "one", Language: "en", Authors: []string{"Ana Lens", "Bo Frame"}, Topics: []string{"Energy"},
				Published: "2021-01-01T10:00:00Z", Text: "XHTML body."},
			"feed:atom.example#urn:uuid:3":           {Headline: "Two", Slug: "two", Language: "en", Authors: []string{"The Desk"}, Published: "2021-01-02T09:00:00Z", Text: "Just a summary."},
			"feed:rdf.example#https://rdf.example/a": {Headline: "From RDF", Slug: "a", Language: "fr-FR", Authors: []string{"Ana Lens"}, Published: "2003-04-05T06:07:08Z", Text: "Body of RDF."},
			"feed:json.example#1": {Headline: "From JSON", Slug: "one-2", Language: "en", Authors: []string{"Ana Lens", "Bo Frame"}, Topics: []string{"Energy"},
				Published: "2022-03-04T04:06:07Z", Text: "Body of JSON."},
			"feed:json.example#2": {Headline: "First paragraph.", Slug: "two-2", Language: "en", Published: "2022-03-05T05:06:07Z", Text: "First paragraph.\n\nSecond paragraph."},
		} {
			got := d.digest(t, source)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", source, diff)
			}
		}
		a := d.at(t, "/2020/05/cafe-culture.html")
		if p := a.Content.Lead; p == nil || p.Alt != "A café" || p.Caption != "The café at noon" || p.Credit != "Cy Lux" {
			t.Errorf("lead = %+v", p)
		}
		if l := bodyOf(t, a).Links(); len(l) != 1 || l[0].Href != "/other" {
			t.Errorf("links = %+v", l)
		}
		if again := d.run(t, o); again.Counts.Unchanged != 7 {
			t.Errorf("the second run is not idle: %s", again.Summary())
		}
	})
}

func TestPartner(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.Options{})
	m, err := intake.ParseMap(strings.NewReader("categories: {Culture: Arts}"))
	if err != nil {
		t.Fatal(err)
	}
	d.run(t, intake.Options{Sources: fixture("rss2.xml"), Partner: "The Partner", Map: m})
	got := d.digest(t, "feed:feed.example#tag:feed.example,2020:1")
	if got.Origin != "The Partner / Ana Lens, Bo Frame / https://www.feed.example/2020/05/cafe-culture.html" || got.Authors != nil || got.Canonical != "https://www.feed.example/2020/05/cafe-culture.html" {
		t.Errorf("digest = %+v", got)
	}
	a, err := d.store.ArticleBySource(t.Context(), "feed:feed.example#tag:feed.example,2020:1")
	if err != nil || a.Content.Section.Name != "Arts" {
		t.Errorf("section %v, %v", a.Content.Section, err)
	}
	if got := d.leadsTo(t, "/2020/05/cafe-culture.html"); got != "" {
		t.Errorf("a partner's address leads to %q here", got)
	}
	if r := d.run(t, intake.Options{Sources: fixture("rss2.xml"), Partner: "the partner", Map: m}); r.Counts.Unchanged != 2 {
		t.Errorf("second run: %s", r.Summary())
	}
	if p, err := d.store.Partners(t.Context()); err != nil || len(p) != 1 {
		t.Errorf("partners = %v, %v", p, err)
	}
}
