// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package syndicate

import (
	"encoding/xml"
	"strings"
	"time"
)

// MaxSitemap is how many addresses one sitemap may hold (sitemaps.org).
const MaxSitemap = 50000

// MaxNews is how many stories a news sitemap may hold, and NewsAge how old
// they may be, by Google's rules for news sitemaps.
const (
	MaxNews = 1000
	NewsAge = 48 * time.Hour
)

// Location is one address of a sitemap.
type Location struct {
	URL      string
	Modified time.Time // zero: not said
	Image    string    // address of the lead picture
	News     *News
}

// News is what a news sitemap says of a story.
type News struct {
	Publication string
	Language    string // BCP 47; the format wants ISO 639 alone
	Published   time.Time
	Title       string
}

// Sitemap writes a sitemap of the addresses.
func Sitemap(locations []Location) ([]byte, error) {
	out := urlSet{Image: "http://www.google.com/schemas/sitemap-image/1.1"}
	for _, l := range locations {
		u := siteURL{Loc: l.URL}
		if !l.Modified.IsZero() {
			u.LastMod = stamp(l.Modified)
		}
		if l.Image != "" {
			u.Image = &siteImage{Loc: l.Image}
		}
		if n := l.News; n != nil {
			out.News = "http://www.google.com/schemas/sitemap-news/0.9"
			u.News = &siteNews{
				Publication: sitePublication{Name: clean(n.Publication), Language: newsLanguage(n.Language)},
				Published:   stamp(n.Published), Title: clean(n.Title),
			}
		}
		out.URLs = append(out.URLs, u)
	}
	return marshal(out)
}

// Index writes a sitemap index of sitemaps.
func Index(sitemaps []Location) ([]byte, error) {
	out := sitemapIndex{}
	for _, l := range sitemaps {
		s := siteURL{Loc: l.URL}
		if !l.Modified.IsZero() {
			s.LastMod = stamp(l.Modified)
		}
		out.Sitemaps = append(out.Sitemaps, s)
	}
	return marshal(out)
}

// newsLanguage is the ISO 639 code, but for Chinese, where Google wants the
// script's country.
func newsLanguage(bcp string) string {
	l := strings.ToLower(bcp)
	if l == "zh-cn" || l == "zh-tw" {
		return l
	}
	base, _, _ := strings.Cut(l, "-")
	return base
}

type urlSet struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Image   string    `xml:"xmlns:image,attr,omitempty"`
	News    string    `xml:"xmlns:news,attr,omitempty"`
	URLs    []siteURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName  xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []siteURL `xml:"sitemap"`
}

type siteURL struct {
	Loc     string     `xml:"loc"`
	LastMod string     `xml:"lastmod,omitempty"`
	News    *siteNews  `xml:"news:news"`
	Image   *siteImage `xml:"image:image"`
}

type siteImage struct {
	Loc string `xml:"image:loc"`
}

type siteNews struct {
	Publication sitePublication `xml:"news:publication"`
	Published   string          `xml:"news:publication_date"`
	Title       string          `xml:"news:title"`
}

type sitePublication struct {
	Name     string `xml:"news:name"`
	Language string `xml:"news:language"`
}
