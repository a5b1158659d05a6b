// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/syndicate"
	"stet/internal/theme"
	"stet/internal/web"
)

// feedSize is how many stories a feed holds.
const feedSize = 20

// feedsOf are the three forms of the feed of a list, for the head of its page.
func (s *Site) feedsOf(path, title string) []theme.Feed {
	return []theme.Feed{
		{Title: title, Type: "application/rss+xml", URL: s.base + path + "/feed"},
		{Title: title, Type: "application/atom+xml", URL: s.base + path + "/feed/atom"},
		{Title: title, Type: "application/feed+json", URL: s.base + path + "/feed/json"},
	}
}

// feed is the magazine's RSS feed.
func (s *Site) feed(ctx context.Context, r *request) (rendering, error) {
	return s.feedOf(ctx, r, "", "rss", allStories)
}

// feedOf is the feed of a list in a format. path is the list's own address.
func (s *Site) feedOf(ctx context.Context, r *request, path, format string, l store.List) (rendering, error) {
	w := r.world
	rows, told, err := s.feedRows(ctx, w, l)
	if err != nil {
		return rendering{}, err
	}
	f := syndicate.Feed{
		Title: w.magazine.Name, Description: w.magazine.Tagline, Language: w.magazine.Language, Home: s.base + path, Copyright: w.magazine.Copyright,
		Self: s.base + path + feedPaths[format], Ledger: s.ledgerMark(),
	}
	if name, err := s.listName(ctx, w, l); err != nil {
		return rendering{}, err
	} else if name != "" {
		f.Title += ": " + name
	}
	if f.Home == s.base {
		f.Home += "/"
	}
	tags := []string{l.Tag()}
	if f.Items, err = s.feedItems(ctx, w, rows); err != nil {
		return rendering{}, err
	}
	if w.history.AnnounceUpdates {
		tags = append(tags, allStories.Tag())
	}
	for i, row := range rows {
		w.announce(&f.Items[i], told[row.ArticleID])
		tags = append(tags, newsroom.ArticleTag(row.ArticleID))
		if row.UpdatedAt.After(f.Updated) {
			f.Updated = row.UpdatedAt
		}
	}
	return s.sendFeed(r, f, format, tags)
}

// announcedAmong is among how many of the newest versions feeds look for updates.
const announcedAmong = 500

// feedRows are the stories of a feed, the newest first. Where the magazine has
// its feeds announce updates, a story is as new as its last update that has a
// note; told are these updates, by story.
func (s *Site) feedRows(ctx context.Context, w *world, l store.List) (rows []store.Live, told map[int64]store.Announced, err error) {
	rows, err = s.store.Stories(ctx, l, store.Cursor{}, feedSize)
	if err != nil || !w.history.AnnounceUpdates {
		return rows, nil, err
	}
	updates, err := s.store.NewestAnnounced(ctx, announcedAmong)
	if err != nil {
		return nil, nil, err
	}
	told = map[int64]store.Announced{}
	var ids []int64
	for _, u := range updates {
		if _, ok := told[u.ArticleID]; !ok {
			told[u.ArticleID] = u
			ids = append(ids, u.ArticleID)
		}
	}
	updated, err := s.store.ListedAmong(ctx, l, ids...)
	if err != nil {
		return nil, nil, err
	}
	for _, u := range updated {
		if !slices.ContainsFunc(rows, func(row store.Live) bool { return row.ArticleID == u.ArticleID }) {
			rows = append(rows, u)
		}
	}
	newest := func(row store.Live) time.Time {
		if u, ok := told[row.ArticleID]; ok && u.At.After(row.PublishedAt) {
			return u.At
		}
		return row.PublishedAt
	}
	slices.SortStableFunc(rows, func(a, b store.Live) int { return newest(b).Compare(newest(a)) })
	return rows[:min(len(rows), feedSize)], told, nil
}

// announce has an item say what its update is about, and dates it by that.
// Corrections stand in the text of every item anyway.
func (w *world) announce(it *syndicate.Item, u store.Announced) {
	if !u.At.After(it.Published) {
		return
	}
	it.Announced = u.At
	if !strings.Contains(it.HTML, template.HTMLEscapeString(u.Note)) {
		it.HTML = "<p><b>" + template.HTMLEscapeString(w.theme.Text("updated")+" "+w.theme.Date(u.At)) + ".</b> " + template.HTMLEscapeString(u.Note) + "</p>\n" + it.HTML
	}
}

func (s *Site) sendFeed(r *request, f syndicate.Feed, format string, tags []string) (rendering, error) {
	write, kind := f.RSS, syndicate.TypeRSS
	switch format {
	case "atom":
		write, kind = f.Atom, syndicate.TypeAtom
	case "json":
		write, kind = f.JSON, syndicate.TypeJSON
	}
	data, err := write()
	if err != nil {
		return rendering{}, err
	}
	made := s.data(r, kind, data, tags)
	made.body.CrossOrigin = true
	return made, nil
}

// data is an answer that is no page of the theme.
func (s *Site) data(r *request, kind string, data []byte, tags []string) rendering {
	body := web.NewBody(http.StatusOK, kind, data, encoding(r.Request))
	body.CacheControl = dataControl
	body.Modified = time.Now().UTC().Truncate(time.Second)
	return rendering{body, tags}
}

func (s *Site) listName(ctx context.Context, w *world, l store.List) (string, error) {
	switch l.Kind {
	case store.ListSection:
		sec, _ := w.sections.ByID(l.Ref)
		return sec.Name, nil
	case store.ListGenre:
		return w.genres[l.Ref].Name, nil
	case store.ListTopic:
		return w.topics[l.Ref].Name, nil
	case store.ListPerson:
		p, err := s.store.Person(ctx, l.Ref)
		return p.Name, err
	}
	return "", nil
}

func (s *Site) feedItems(ctx context.Context, w *world, rows []store.Live) ([]syndicate.Item, error) {
	c, err := s.castOf(ctx, false, rows...)
	if err != nil {
		return nil, err
	}
	open, err := s.openAll(ctx, rows)
	if err != nil {
		return nil, err
	}
	corrected, err := s.notesOf(ctx, rows...)
	if err != nil {
		return nil, err
	}
	var out []syndicate.Item
	for _, o := range open {
		lib, err := s.libraryOf(ctx, o.doc)
		if err != nil {
			return nil, err
		}
		env, err := s.envOf(ctx, w, lib, o.PublicID, o.number, o.doc)
		if err != nil {
			return nil, err
		}
		top, end := w.feedNotes(s.base, corrected[o.ArticleID])
		it := syndicate.Item{
			ID: s.base + o.Path, URL: s.base + o.Path, Title: o.Headline, Summary: o.Dek, HTML: top + w.inTongue(o.Language, o.doc.FeedHTML(env)) + end, Language: o.Language,
			Published: o.PublishedAt, Updated: o.UpdatedAt, Image: s.feedImage(o.Live, c), Enclosures: lib.enclosures(s, w, o.doc),
		}
		// The id must not change when the address does.
		it.ID = "urn:stet:" + o.PublicID
		for _, b := range named(o.Live, c) {
			it.Authors = append(it.Authors, syndicate.Author{Name: b.Name, URL: s.onBase(b.URL)})
		}
		for _, ref := range append([]stet.Ref{o.content.Section, o.content.Genre}, o.content.Topics...) {
			if ref.Name != "" {
				it.Categories = append(it.Categories, ref.Name)
			}
		}
		out = append(out, it)
	}
	return out, nil
}

// inTongue has the body of a story say its language where it is not the
// feed's: RSS knows one for all of its items.
func (w *world) inTongue(language, html string) string {
	if w.foreign(language) == "" {
		return html
	}
	return fmt.Sprintf(`<div lang="%s" dir="%s">%s</div>`, template.HTMLEscapeString(language), theme.Direction(language), html)
}

func (s *Site) feedImage(l store.Live, c cast) syndicate.Image {
	a, ok := c.assets[l.LeadAsset]
	if !ok {
		return syndicate.Image{}
	}
	p := whole(a)
	if p.Src == "" || a.Ended {
		return syndicate.Image{}
	}
	return syndicate.Image{URL: s.base + p.Src, Type: "image/jpeg", Width: p.Width, Height: p.Height, Alt: l.LeadAlt, Credit: l.LeadCredit, Caption: l.LeadCaption}
}

// robots invites everybody and names the sitemap.
func (s *Site) robots(_ context.Context, r *request) (rendering, error) {
	text := "User-agent: *\nDisallow: /search?\nDisallow: /stream\nDisallow: /desk\n\nSitemap: " + s.base + "/sitemap.xml\n"
	return s.data(r, "text/plain; charset=utf-8", []byte(text), nil), nil
}

// A sitemap holds the articles of a fixed range of ids, so that it does not
// change when stories are added elsewhere.
func (s *Site) sitemapIndex(ctx context.Context, r *request) (rendering, error) {
	last, err := s.store.LastLive(ctx)
	if err != nil {
		return rendering{}, err
	}
	list := []syndicate.Location{{URL: s.base + "/sitemaps/lists.xml"}}
	news, err := s.newsLocations(ctx, r.world)
	if err != nil {
		return rendering{}, err
	}
	if len(news) > 0 { // a sitemap without an address is not valid
		list = append(list, syndicate.Location{URL: s.base + "/sitemaps/news.xml"})
	}
	for n := int64(0); n*syndicate.MaxSitemap < last; n++ {
		list = append(list, syndicate.Location{URL: fmt.Sprintf("%s/sitemaps/%d.xml", s.base, n+1)})
	}
	said, err := s.store.LastStatement(ctx)
	if err != nil {
		return rendering{}, err
	}
	for n := int64(0); n*syndicate.MaxSitemap < said; n++ {
		list = append(list, syndicate.Location{URL: fmt.Sprintf("%s/sitemaps/record-%d.xml", s.base, n+1)})
	}
	data, err := syndicate.Index(list)
	return s.data(r, syndicate.TypeXML, data, []string{allStories.Tag(), newsroom.TagRecord, tagHour}), err
}

func (s *Site) sitemap(ctx context.Context, r *request) (rendering, error) {
	name, ok := strings.CutSuffix(r.PathValue("name"), ".xml")
	if !ok {
		return rendering{}, stet.Errorf(stet.NotFound, "there is no such sitemap")
	}
	var locations []syndicate.Location
	var err error
	part, isRecord := strings.CutPrefix(name, "record-")
	switch {
	case isRecord:
		locations, err = s.recordLocations(ctx, part)
	case name == "news":
		locations, err = s.newsLocations(ctx, r.world)
	case name == "lists":
		locations, err = s.listLocations(ctx, r.world)
	default:
		n, bad := strconv.ParseInt(name, 10, 32)
		if bad != nil || n < 1 || strconv.FormatInt(n, 10) != name {
			return rendering{}, stet.Errorf(stet.NotFound, "there is no such sitemap")
		}
		locations, err = s.articleLocations(ctx, (n-1)*syndicate.MaxSitemap, n*syndicate.MaxSitemap)
		if err == nil && len(locations) == 0 {
			return rendering{}, stet.Errorf(stet.NotFound, "there is no such sitemap")
		}
	}
	if err != nil {
		return rendering{}, err
	}
	data, err := syndicate.Sitemap(locations)
	made := s.data(r, syndicate.TypeXML, data, []string{allStories.Tag(), newsroom.TagPages, newsroom.TagRecord})
	if name == "news" {
		made.tags = append(made.tags, tagHour) // what is news grows old by itself
	}
	return made, err
}

// tagHour is dropped every hour by Tick.
const tagHour = "hour"

// Tick drops pages that change with time alone. Serve calls it every hour.
func (s *Site) Tick() { s.cache.drop(tagHour) }

func (s *Site) articleLocations(ctx context.Context, after, last int64) ([]syndicate.Location, error) {
	var out []syndicate.Location
	for {
		rows, err := s.store.LiveAfter(ctx, after, last, 1000)
		if err != nil {
			return nil, err
		}
		c, err := s.assetsOf(ctx, rows)
		if err != nil {
			return nil, err
		}
		for _, l := range rows {
			out = append(out, syndicate.Location{URL: s.base + l.Path, Modified: l.UpdatedAt, Image: s.feedImage(l, c).URL})
			after = l.ArticleID
		}
		if len(rows) < 1000 {
			return out, nil
		}
	}
}

func (s *Site) assetsOf(ctx context.Context, rows []store.Live) (cast, error) {
	c := cast{assets: map[int64]stet.Asset{}}
	seen := map[int64]bool{}
	var ids []int64
	for _, l := range rows {
		if l.LeadAsset != 0 && !seen[l.LeadAsset] {
			seen[l.LeadAsset] = true
			ids = append(ids, l.LeadAsset)
		}
	}
	assets, err := s.store.Assets(ctx, ids...)
	for _, a := range assets {
		c.assets[a.ID] = a
	}
	return c, err
}

func (s *Site) newsLocations(ctx context.Context, w *world) ([]syndicate.Location, error) {
	now := s.store.Now()
	rows, err := s.store.StoriesBetween(ctx, now.Add(-syndicate.NewsAge), now.Add(time.Minute), store.Cursor{}, syndicate.MaxNews)
	if err != nil {
		return nil, err
	}
	var out []syndicate.Location
	for _, l := range rows {
		out = append(out, syndicate.Location{URL: s.base + l.Path, News: &syndicate.News{
			Publication: w.magazine.Name, Language: l.Language, Published: l.PublishedAt, Title: l.Headline,
		}})
	}
	return out, nil
}

// listLocations are the front page and the lists: sections, genres, topics,
// people who have written.
func (s *Site) listLocations(ctx context.Context, w *world) ([]syndicate.Location, error) {
	out := []syndicate.Location{{URL: s.base + "/"}, {URL: s.base + "/latest"}, {URL: s.base + "/archive"}, {URL: s.base + correctionsPath}, {URL: s.base + recordPath}}
	for _, sec := range w.sections {
		out = append(out, syndicate.Location{URL: s.base + w.sections.Path(sec.ID)})
	}
	for _, g := range w.genres {
		out = append(out, syndicate.Location{URL: s.base + "/genre/" + g.Slug})
	}
	for _, t := range w.topics {
		out = append(out, syndicate.Location{URL: s.base + "/topic/" + t.Slug})
	}
	sortLocations(out[5:])
	pairs, err := s.pairLocations(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, pairs[:min(len(pairs), syndicate.MaxSitemap/5)]...)
	for after := int64(0); len(out) < syndicate.MaxSitemap-1000; {
		people, err := s.store.PersonsAfter(ctx, after, 1000)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			out = append(out, syndicate.Location{URL: s.base + "/person/" + p.Slug, Modified: p.UpdatedAt})
			after = p.ID
		}
		if len(people) < 1000 {
			break
		}
	}
	return out, nil
}
