// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package syndicate writes what other programs read of the magazine: RSS, Atom
// and JSON feeds, sitemaps and the news sitemap.
//
// It owns the formats and nothing else: which stories stand in a feed, and
// what their addresses are, is decided by package site, which hands over plain
// values.
package syndicate

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"math"
	"strings"
	"time"
)

// Feed is a list of stories for feed readers.
type Feed struct {
	Title       string
	Description string
	Language    string // BCP 47
	Home        string // absolute address of the page that the feed belongs to
	Self        string // absolute address of this form of the feed
	Icon        string
	Copyright   string
	Updated     time.Time
	// Ledger is the newest signed head of the ledger when the feed was made: its
	// name, size and root, apart by spaces. Whoever keeps the feed keeps evidence.
	Ledger string
	Items  []Item
}

// Namespace is that of our own element in feeds, stet:ledger.
const Namespace = "urn:stet:ledger"

// Item is a story in a feed.
type Item struct {
	ID         string // a permanent, globally unique name of the story
	URL        string
	Title      string
	Summary    string // plain text
	HTML       string // the whole story, addresses absolute
	Published  time.Time
	Updated    time.Time
	Announced  time.Time // when an update made it new again; zero when none did
	Authors    []Author
	Categories []string
	Image      Image
	Enclosures []Enclosure
	Language   string // BCP 47; said where it is not the feed's
}

// Author is who wrote a story.
type Author struct{ Name, URL string }

// Image is the lead picture. Length is in bytes, 0 when it is not known.
type Image struct {
	URL           string
	Type          string
	Length        int64
	Width, Height int
	Alt           string
	Credit        string
	Caption       string
}

// Enclosure is a recording, video or document of a story.
type Enclosure struct {
	URL    string
	Type   string
	Length int64 // in bytes
	// Duration is how long it plays; 0 when that is not known.
	Duration time.Duration
	Title    string
}

// newest is the moment by which RSS dates the item: it knows no other.
func (it Item) newest() time.Time {
	if it.Announced.After(it.Published) {
		return it.Announced
	}
	return it.Published
}

// heard is the one enclosure that RSS has room for: the first recording, else
// the first video, else none, since programs that play RSS offer nothing else.
func (it Item) heard() *rssEnclosure {
	for _, kind := range []string{"audio/", "video/"} {
		for _, e := range it.Enclosures {
			if strings.HasPrefix(e.Type, kind) {
				return &rssEnclosure{e.URL, e.Length, e.Type}
			}
		}
	}
	return nil
}

// The media types of the formats.
const (
	TypeRSS  = "application/rss+xml; charset=utf-8"
	TypeAtom = "application/atom+xml; charset=utf-8"
	TypeJSON = "application/feed+json; charset=utf-8"
	TypeXML  = "application/xml; charset=utf-8"
)

// RSS writes the feed as RSS 2.0 with the namespaces that readers use: content
// for whole stories, dc for authors' names, atom for the feed's own address,
// media for pictures with their credit.
func (f Feed) RSS() ([]byte, error) {
	ch := rssChannel{
		Title: clean(f.Title), Link: f.Home, Description: clean(f.Description), Language: f.Language, Copyright: clean(f.Copyright),
		Self: atomLink{Rel: "self", Type: "application/rss+xml", Href: f.Self}, Generator: "Stet", Ledger: f.Ledger,
	}
	if ch.Description == "" {
		ch.Description = ch.Title
	}
	if !f.Updated.IsZero() {
		ch.LastBuildDate = f.Updated.UTC().Format(rfc822)
	}
	for _, it := range f.Items {
		ch.Items = append(ch.Items, it.rss(f.Language))
	}
	return marshal(rss{
		Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
		Atom: "http://www.w3.org/2005/Atom", Media: "http://search.yahoo.com/mrss/", Stet: f.namespace(), Channel: ch,
	})
}

// namespace is declared only where its element stands.
func (f Feed) namespace() string {
	if f.Ledger == "" {
		return ""
	}
	return Namespace
}

// rfc822 is the date form of RSS, with a numeric zone as RFC 822's successors want it.
const rfc822 = "Mon, 02 Jan 2006 15:04:05 -0700"

func (it Item) rss(language string) rssItem {
	out := rssItem{
		Title: clean(it.Title), Link: it.URL, GUID: rssGUID{Value: it.ID, Permalink: it.ID == it.URL},
		PubDate: it.newest().UTC().Format(rfc822), Description: clean(it.Summary),
		Content: cdata{clean(it.HTML)}, Enclosure: it.heard(),
	}
	out.Language = other(it.Language, language)
	for _, a := range it.Authors {
		out.Creators = append(out.Creators, clean(a.Name))
	}
	for _, c := range it.Categories {
		out.Categories = append(out.Categories, clean(c))
	}
	if im := it.Image; im.URL != "" {
		m := &mediaContent{URL: im.URL, Type: im.Type, Medium: "image", Width: im.Width, Height: im.Height, Description: clean(im.Caption)}
		if im.Credit != "" {
			m.Credit = &mediaCredit{Role: "photographer", Name: clean(im.Credit)}
		}
		out.Media = m
	}
	return out
}

// other is the language of an item where it is not the feed's.
func other(item, feed string) string {
	if strings.EqualFold(item, feed) {
		return ""
	}
	return item
}

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Media   string     `xml:"xmlns:media,attr"`
	Stet    string     `xml:"xmlns:stet,attr,omitempty"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title         string    `xml:"title"`
	Link          string    `xml:"link"`
	Description   string    `xml:"description"`
	Language      string    `xml:"language,omitempty"`
	Copyright     string    `xml:"copyright,omitempty"`
	LastBuildDate string    `xml:"lastBuildDate,omitempty"`
	Generator     string    `xml:"generator"`
	Self          atomLink  `xml:"atom:link"`
	Ledger        string    `xml:"stet:ledger,omitempty"`
	Items         []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string        `xml:"title"`
	Link        string        `xml:"link"`
	GUID        rssGUID       `xml:"guid"`
	PubDate     string        `xml:"pubDate"`
	Language    string        `xml:"dc:language,omitempty"`
	Creators    []string      `xml:"dc:creator"`
	Categories  []string      `xml:"category"`
	Description string        `xml:"description"`
	Content     cdata         `xml:"content:encoded"`
	Enclosure   *rssEnclosure `xml:"enclosure"`
	Media       *mediaContent `xml:"media:content"`
}

type rssGUID struct {
	Value     string `xml:",chardata"`
	Permalink bool   `xml:"isPermaLink,attr"`
}

type rssEnclosure struct {
	URL    string `xml:"url,attr"`
	Length int64  `xml:"length,attr"`
	Type   string `xml:"type,attr"`
}

type cdata struct {
	Text string `xml:",cdata"`
}

type mediaContent struct {
	URL         string       `xml:"url,attr"`
	Type        string       `xml:"type,attr,omitempty"`
	Medium      string       `xml:"medium,attr"`
	Width       int          `xml:"width,attr,omitempty"`
	Height      int          `xml:"height,attr,omitempty"`
	Credit      *mediaCredit `xml:"media:credit"`
	Description string       `xml:"media:description,omitempty"`
}

type mediaCredit struct {
	Role string `xml:"role,attr"`
	Name string `xml:",chardata"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Length int64  `xml:"length,attr,omitempty"`
	Title  string `xml:"title,attr,omitempty"`
}

// Atom writes the feed by RFC 4287.
func (f Feed) Atom() ([]byte, error) {
	out := atomFeed{
		Lang: f.Language, Title: clean(f.Title), Subtitle: clean(f.Description), ID: f.Self, Updated: stamp(f.Updated), Rights: clean(f.Copyright),
		Generator: "Stet", Icon: f.Icon, Stet: f.namespace(), Ledger: f.Ledger,
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.Self}, {Rel: "alternate", Type: "text/html", Href: f.Home}},
	}
	for _, it := range f.Items {
		e := atomEntry{
			Lang:  other(it.Language, f.Language),
			Title: clean(it.Title), ID: it.ID, Published: stamp(it.Published), Updated: stamp(later(it.Published, it.Updated)),
			Summary: clean(it.Summary), Content: atomText{Type: "html", Text: clean(it.HTML)},
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: it.URL}},
		}
		for _, a := range it.Authors {
			e.Authors = append(e.Authors, atomPerson{Name: clean(a.Name), URI: a.URL})
		}
		if len(e.Authors) == 0 {
			e.Authors = []atomPerson{{Name: clean(f.Title)}} // an entry needs one (4.2.1)
		}
		for _, c := range it.Categories {
			e.Categories = append(e.Categories, atomCategory{Term: clean(c)})
		}
		if it.Image.URL != "" {
			e.Links = append(e.Links, atomLink{Rel: "enclosure", Type: it.Image.Type, Href: it.Image.URL})
		}
		for _, x := range it.Enclosures {
			e.Links = append(e.Links, atomLink{Rel: "enclosure", Type: x.Type, Href: x.URL, Length: x.Length, Title: clean(x.Title)})
		}
		out.Entries = append(out.Entries, e)
	}
	return marshal(out)
}

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr,omitempty"`
	Stet      string      `xml:"xmlns:stet,attr,omitempty"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle,omitempty"`
	ID        string      `xml:"id"`
	Updated   string      `xml:"updated"`
	Rights    string      `xml:"rights,omitempty"`
	Icon      string      `xml:"icon,omitempty"`
	Generator string      `xml:"generator"`
	Links     []atomLink  `xml:"link"`
	Ledger    string      `xml:"stet:ledger,omitempty"`
	Entries   []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	Title      string         `xml:"title"`
	ID         string         `xml:"id"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Links      []atomLink     `xml:"link"`
	Summary    string         `xml:"summary,omitempty"`
	Content    atomText       `xml:"content"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// JSON writes the feed by JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
func (f Feed) JSON() ([]byte, error) {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Self: f.Self, Description: f.Description, Language: f.Language, Icon: f.Icon,
		Items: []jsonItem{},
	}
	if f.Ledger != "" {
		out.Stet = &jsonStet{f.Ledger}
	}
	for _, it := range f.Items {
		j := jsonItem{
			ID: it.ID, URL: it.URL, Title: it.Title, Summary: it.Summary, HTML: it.HTML, Image: it.Image.URL,
			Published: stamp(it.Published), Tags: it.Categories, Language: it.Language,
		}
		for _, x := range it.Enclosures {
			j.Attachments = append(j.Attachments, jsonAttachment{URL: x.URL, Type: x.Type, Length: x.Length, Title: x.Title, Seconds: math.Ceil(x.Duration.Seconds())})
		}
		if it.Updated.After(it.Published) {
			j.Modified = stamp(it.Updated)
		}
		for _, a := range it.Authors {
			j.Authors = append(j.Authors, jsonAuthor(a))
		}
		out.Items = append(out.Items, j)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(out)
	return b.Bytes(), err
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url,omitempty"`
	Self        string     `json:"feed_url,omitempty"`
	Description string     `json:"description,omitempty"`
	Icon        string     `json:"icon,omitempty"`
	Language    string     `json:"language,omitempty"`
	Stet        *jsonStet  `json:"_stet,omitempty"`
	Items       []jsonItem `json:"items"`
}

// jsonStet is our extension, as JSON Feed wants one: an object whose name begins
// with an underscore.
type jsonStet struct {
	Ledger string `json:"ledger"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title,omitempty"`
	HTML      string       `json:"content_html"`
	Summary   string       `json:"summary,omitempty"`
	Image     string       `json:"image,omitempty"`
	Published string       `json:"date_published,omitempty"`
	Modified  string       `json:"date_modified,omitempty"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`

	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAttachment struct {
	URL    string `json:"url"`
	Type   string `json:"mime_type"`
	Length int64  `json:"size_in_bytes,omitempty"`
	Title  string `json:"title,omitempty"`

	Seconds float64 `json:"duration_in_seconds,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(v); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// clean takes out the control characters that XML 1.0 cannot carry (2.2).
// encoding/xml would put U+FFFD in their place, within CDATA not even that.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
