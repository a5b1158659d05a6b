// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package syndicate_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"stet/internal/syndicate"
)

var (
	published = time.Date(2026, 1, 2, 12, 0, 0, 0, time.FixedZone("", 3600))
	updated   = published.Add(5 * time.Hour)
)

// nasty is text that a feed must carry unharmed.
const nasty = `Dam <bursts> & “holds” ]]> "x" 'y' 🌊 é` + "\u2028"

func feed() syndicate.Feed {
	return syndicate.Feed{
		Title: "The Sound & Co", Description: "News <here>", Language: "en-GB", Home: "https://m.example/", Self: "https://m.example/feed", Copyright: "© M", Updated: updated,
		Items: []syndicate.Item{
			{
				ID: "urn:stet:1", URL: "https://m.example/rim/dam?a=1&b=2", Title: nasty + "\x00\x0b", Summary: nasty, HTML: "<p>" + nasty + "\x01</p>", Published: published, Updated: updated, Language: "fr",
				Authors: []syndicate.Author{{Name: "Leila & Co", URL: "https://m.example/person/leila"}, {Name: "Otto"}}, Categories: []string{"Rim & Sound", "Analysis"},
				Image: syndicate.Image{URL: "https://m.example/media/x/960.jpg", Type: "image/jpeg", Width: 960, Height: 640, Credit: "M. <Ruiz>", Caption: "The dam", Alt: "A dam"},
			},
			{ID: "https://m.example/x", URL: "https://m.example/x", Title: "No author", HTML: "<p>x</p>", Published: published},
		},
	}
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	f := feed()
	for name, write := range map[string]func() ([]byte, error){"rss": f.RSS, "atom": f.Atom, "json": f.JSON} {
		data, err := write()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := gofeed.NewParser().ParseString(string(data))
		if err != nil {
			t.Fatalf("%s does not parse: %v\n%s", name, err, data)
		}
		if got.FeedType != name {
			t.Errorf("%s is taken for %s", name, got.FeedType)
		}
		if got.Title != "The Sound & Co" || got.Description != "News <here>" || got.Link != "https://m.example/" || got.FeedLink != "https://m.example/feed" || got.Language != "en-GB" {
			t.Errorf("%s: head %+v", name, got)
		}
		if len(got.Items) != 2 {
			t.Fatalf("%s: %d items", name, len(got.Items))
		}
		it := got.Items[0]
		want := strings.TrimSpace(nasty)
		if name == "json" { // JSON can carry what XML cannot
			it.Title, it.Content = strings.Map(printable, it.Title), strings.Map(printable, it.Content)
		}
		if diff := cmp.Diff([]string{want, want, "<p>" + nasty + "</p>", "https://m.example/rim/dam?a=1&b=2", "urn:stet:1"},
			[]string{strings.TrimSpace(it.Title), strings.TrimSpace(it.Description), it.Content, it.Link, it.GUID}); diff != "" {
			t.Errorf("%s: item (-want +got):\n%s", name, diff)
		}
		if it.PublishedParsed == nil || !it.PublishedParsed.Equal(published) {
			t.Errorf("%s: published %v", name, it.PublishedParsed)
		}
		if name != "rss" && (it.UpdatedParsed == nil || !it.UpdatedParsed.Equal(updated)) {
			t.Errorf("%s: updated %v", name, it.UpdatedParsed)
		}
		if len(it.Authors) != 2 && name != "rss" || it.Authors[0].Name != "Leila & Co" {
			t.Errorf("%s: authors %+v", name, it.Authors)
		}
		if diff := cmp.Diff([]string{"Rim & Sound", "Analysis"}, it.Categories); diff != "" {
			t.Errorf("%s: categories %s", name, diff)
		}
		if name != "json" && !bytes.Contains(data, []byte("M. &lt;Ruiz&gt;")) && name == "rss" {
			t.Errorf("%s: the credit does not travel along", name)
		}
	}
}

func printable(r rune) rune {
	if r < 0x20 {
		return -1
	}
	return r
}

func TestFormats(t *testing.T) {
	t.Parallel()
	f := feed()
	rss, _ := f.RSS()
	for _, want := range []string{
		`<pubDate>Fri, 02 Jan 2026 11:00:00 +0000</pubDate>`, `<guid isPermaLink="false">urn:stet:1</guid>`, `<guid isPermaLink="true">https://m.example/x</guid>`,
		`<atom:link rel="self" type="application/rss+xml" href="https://m.example/feed">`, `<dc:creator>Leila &amp; Co</dc:creator>`, `<lastBuildDate>Fri, 02 Jan 2026 16:00:00 +0000</lastBuildDate>`,
		`<media:content url="https://m.example/media/x/960.jpg"`, `<dc:language>fr</dc:language>`,
	} {
		if !bytes.Contains(rss, []byte(want)) {
			t.Errorf("RSS without %s", want)
		}
	}
	atom, _ := f.Atom()
	if n := bytes.Count(atom, []byte("<entry")); n != 2 || bytes.Count(atom, []byte("<author>")) != 3 {
		t.Errorf("Atom: every entry needs an author:\n%s", atom)
	}
	// An entry says its language where it is not the feed's.
	if n := bytes.Count(atom, []byte("<entry xml:lang=\"fr\">")); n != 1 || bytes.Count(rss, []byte("<dc:language>")) != 1 {
		t.Errorf("Atom, RSS: languages of the entries:\n%s\n%s", atom, rss)
	}
	js, _ := f.JSON()
	var j map[string]any
	if err := json.Unmarshal(js, &j); err != nil || j["version"] != "https://jsonfeed.org/version/1.1" {
		t.Errorf("JSON: %v", err)
	}
	empty := syndicate.Feed{Title: "Empty", Home: "https://m.example/", Self: "https://m.example/feed/json"}
	if js, _ := empty.JSON(); !bytes.Contains(js, []byte(`"items":[]`)) {
		t.Errorf("an empty JSON feed: %s", js)
	}
	for name, write := range map[string]func() ([]byte, error){"rss": empty.RSS, "atom": empty.Atom} {
		data, err := write()
		if err != nil || !wellFormed(data) {
			t.Errorf("an empty %s: %v", name, err)
		}
		if _, err := gofeed.NewParser().ParseString(string(data)); err != nil {
			t.Errorf("an empty %s: %v", name, err)
		}
		if name == "rss" && !bytes.Contains(data, []byte("<description>Empty</description>")) {
			t.Error("a channel needs a description")
		}
	}
}

func wellFormed(data []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.Token(); err != nil {
			return err.Error() == "EOF"
		}
	}
}

type urlset struct {
	URL []struct {
		Loc     string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
		LastMod string `xml:"lastmod"`
		Image   string `xml:"http://www.google.com/schemas/sitemap-image/1.1 image>loc"`
		News    *struct {
			Name     string `xml:"publication>name"`
			Language string `xml:"publication>language"`
			Date     string `xml:"publication_date"`
			Title    string `xml:"title"`
		} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
	} `xml:"url"`
}

func TestSitemap(t *testing.T) {
	t.Parallel()
	data, err := syndicate.Sitemap([]syndicate.Location{
		{URL: "https://m.example/a?x=1&y=2", Modified: published, Image: "https://m.example/i.jpg"},
		{URL: "https://m.example/b", News: &syndicate.News{Publication: "M & Co", Language: "en-GB", Published: published, Title: nasty + "\x00"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got urlset
	if err := xml.Unmarshal(data, &got); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if len(got.URL) != 2 || got.URL[0].Loc != "https://m.example/a?x=1&y=2" || got.URL[0].LastMod != "2026-01-02T11:00:00Z" || got.URL[0].Image != "https://m.example/i.jpg" || got.URL[0].News != nil {
		t.Errorf("%+v", got)
	}
	if n := got.URL[1].News; n == nil || n.Name != "M & Co" || n.Language != "en" || n.Title != nasty || n.Date != "2026-01-02T11:00:00Z" || got.URL[1].LastMod != "" {
		t.Errorf("%+v", n)
	}
	for bcp, want := range map[string]string{"fr-CA": "fr", "zh-CN": "zh-cn", "zh-TW": "zh-tw", "zh-Hant": "zh", "AR": "ar"} {
		data, _ := syndicate.Sitemap([]syndicate.Location{{URL: "x", News: &syndicate.News{Language: bcp}}})
		if !strings.Contains(string(data), fmt.Sprintf("<news:language>%s</news:language>", want)) {
			t.Errorf("%s: %s", bcp, data)
		}
	}
	index, err := syndicate.Index([]syndicate.Location{{URL: "https://m.example/sitemaps/1.xml", Modified: published}})
	if err != nil || !wellFormed(index) || !strings.Contains(string(index), "<sitemap><loc>https://m.example/sitemaps/1.xml</loc><lastmod>2026-01-02T11:00:00Z</lastmod></sitemap>") {
		t.Errorf("%s %v", index, err)
	}
	if empty, err := syndicate.Sitemap(nil); err != nil || !wellFormed(empty) {
		t.Errorf("an empty sitemap: %s %v", empty, err)
	}
}
