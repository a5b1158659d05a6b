// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package wxr

import (
	"encoding/json"
	"net/mail"
	"strings"
	"time"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
)

// Parse implements item.Source: it makes a story of a post or page, and
// nothing of any other item.
func (e *Export) Parse(raw item.Raw) *item.Story {
	c := raw.Data.(spool.Chunk)
	if c.Data == nil {
		s := &item.Story{Position: c.Position}
		s.Note(item.Error, "broken", "", "An item was not imported: %v.", c.Err)
		return s
	}
	el, faults := e.parse(c.Data)
	if c.Err == spool.ErrNoEnd {
		c.Err = nil
	}
	kind := e.value(el, "wp:post_type")
	if kind != "post" && kind != "page" {
		if c.Err == nil || kind != "" && skipped[kind] {
			return nil
		}
		s := &item.Story{Position: c.Position, Title: plain(el.Value("title"))}
		s.Note(item.Error, "broken", "", "An item was not imported: %v.", c.Err)
		return s
	}
	s := &item.Story{Position: c.Position, Kind: stet.Story, Title: plain(el.Value("title"))}
	if kind == "page" {
		s.Kind = stet.Page
	}
	if !e.status(s, el) {
		return nil
	}
	if c.Err != nil {
		s.Note(item.Error, "broken", "", "This %s was not imported: %v.", s.Kind, c.Err)
		s.Kind = ""
		return s
	}
	for _, f := range faults {
		s.Note(item.Warning, "markup", "", "Its XML has a fault that was mended: %s.", f)
	}
	meta := e.meta(el)
	e.identify(s, el)
	e.dates(s, el)
	e.words(s, el, meta)
	e.bylines(s, el, meta)
	e.classify(s, el, meta)
	e.body(s, el, meta)
	return s
}

// parse parses an item. Where an end tag is missing its neighbours have ended up
// inside one another: they are brought back side by side, as WXR has them.
func (e *Export) parse(data []byte) (*spool.Element, []string) {
	el, faults := spool.ParseElement(string(data))
	if len(faults) == 0 {
		return el, nil
	}
	for i := 0; i < len(el.Children); i++ {
		c := el.Children[i]
		if name := e.names.canonical(c.Name); name != "wp:postmeta" && name != "wp:comment" {
			el.Children = append(el.Children, c.Children...)
			c.Children = nil
		}
	}
	return el, faults
}

// status reports whether the item is to be imported at all.
func (e *Export) status(s *item.Story, el *spool.Element) bool {
	switch st := e.value(el, "wp:status"); st {
	case "publish", "":
		s.Status = stet.Published
	case "future":
		s.Status = stet.Scheduled
	case "pending":
		s.Status = stet.InReview
	case "trash", "auto-draft":
		return false
	case "private":
		s.Status = stet.Draft
		s.Note(item.Info, "private", "", "It was private and has become a draft.")
	case "draft":
		s.Status = stet.Draft
	default:
		s.Status = stet.Draft
		s.Note(item.Warning, "status", st, "Its status %q is not one of WordPress's own; it has become a draft.", st)
	}
	if e.value(el, "wp:post_password") != "" {
		s.Status = stet.Draft
		s.Note(item.Warning, "password", "", "It was protected by a password and has become a draft.")
	}
	return true
}

// identify finds the key and the addresses.
func (e *Export) identify(s *item.Story, el *spool.Element) {
	id, guid := e.value(el, "wp:post_id"), strings.TrimSpace(el.Value("guid"))
	s.URL = strings.TrimSpace(el.Value("link"))
	s.Key = first(id, guid, s.URL, strings.ToLower(s.Title))
	s.Slug = slug(e.value(el, "wp:post_name"))
	if s.Slug == "" && s.URL != "" {
		if u := address(s.URL); u != nil && u.RawQuery == "" {
			s.Slug = slug(lastSegment(u.Path))
		}
	}
	if id != "" && id != "0" {
		s.Old = append(s.Old, "/?p="+id)
		if s.Kind == stet.Page {
			s.Old = append(s.Old, "/?page_id="+id)
		}
	}
	if u := address(guid); u != nil && e.own(bareHost(u)) {
		s.Old = append(s.Old, guid)
	}
}

func lastSegment(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}

func (e *Export) own(host string) bool {
	for _, h := range e.site.Hosts {
		if h == host {
			return true
		}
	}
	return false
}

func (e *Export) dates(s *item.Story, el *spool.Element) {
	s.Published = e.when(e.value(el, "wp:post_date"), e.value(el, "wp:post_date_gmt"))
	s.Modified = e.when(e.value(el, "wp:post_modified"), e.value(el, "wp:post_modified_gmt"))
	if s.Published.IsZero() {
		s.Published = pubDate(el.Value("pubDate"))
	}
	if s.Published.IsZero() && s.Status == stet.Published {
		s.Note(item.Warning, "date", "", "It has no date that can be one (%q); the time of the import stands for it.", e.value(el, "wp:post_date"))
	}
	if s.Modified.Before(s.Published) {
		s.Modified = s.Published
	}
	for _, c := range el.Children {
		if c.Name == e.names.written("wp:comment") {
			s.Comments++
		}
	}
}

func (e *Export) when(local, utc string) time.Time {
	if t, ok := moment(utc); ok {
		return t
	}
	if t, ok := moment(local); ok {
		return e.zone.utc(t)
	}
	return time.Time{}
}

func pubDate(s string) time.Time {
	t, err := mail.ParseDate(strings.TrimSpace(s))
	if err != nil || t.Year() < 1000 || t.Year() > 9999 {
		return time.Time{}
	}
	return t.UTC()
}

// words reads what stands around the body.
func (e *Export) words(s *item.Story, el *spool.Element, meta map[string]string) {
	excerpt := plain(e.value(el, "excerpt:encoded"))
	dek := plain(first(meta["newspack_post_subtitle"], meta["_subtitle"], meta["subtitle"], meta["wps_subtitle"], meta["kia_subtitle"], meta["_kia_subtitle"], meta["secondary_title"], meta["_secondary_title"]))
	s.Dek = first(dek, excerpt)
	s.SEOTitle = seo(first(meta["_yoast_wpseo_title"], meta["rank_math_title"], meta["_aioseo_title"], meta["_aioseop_title"]))
	s.Description = seo(first(meta["_yoast_wpseo_metadesc"], meta["rank_math_description"], meta["_aioseo_description"], meta["_aioseop_description"]))
	if dek != "" && s.Description == "" {
		s.Description = excerpt
	}
	if u := address(first(meta["_yoast_wpseo_canonical"], meta["rank_math_canonical_url"])); u != nil && !e.own(bareHost(u)) {
		s.Canonical = u.String()
	}
	if t := meta["_thumbnail_id"]; t != "" && t != "0" {
		if e.files[t] != nil {
			s.Lead = &item.Picture{File: "file:" + t}
		} else {
			s.Note(item.Warning, "lead", "", "Its featured image (attachment %s) is not in the file.", t)
		}
	}
	if s.Comments > 0 {
		s.Note(item.Info, "comments", "", "%d comments were not imported.", s.Comments)
	}
}

// seo passes over texts that are templates of a plugin.
func seo(s string) string {
	if strings.Contains(s, "%") && (strings.Contains(s, "%%") || strings.Contains(s, "%title%") || strings.Contains(s, "%sep%")) {
		return ""
	}
	return plain(s)
}

// bylines finds who wrote it: the co-authors in their order, else Newspack's
// byline, else the post's author.
func (e *Export) bylines(s *item.Story, el *spool.Element, meta map[string]string) {
	for _, c := range el.Children {
		if c.Name == "category" && c.Attr("domain") == "author" {
			nice := strings.ToLower(unescape(c.Attr("nicename")))
			a := item.Author{Key: e.person(nice), Name: plain(c.Text), Contribution: stet.Words}
			if a.Key == "" && a.Name == "" {
				a.Name = strings.TrimPrefix(nice, "cap-")
			}
			s.Authors = append(s.Authors, a)
		}
	}
	if len(s.Authors) == 0 && meta["_newspack_byline_active"] == "1" {
		s.Authors = e.newspack(meta["_newspack_byline"])
	}
	login := strings.TrimSpace(el.Value(e.names.written("dc:creator")))
	if len(s.Authors) == 0 && login != "" {
		s.Authors = []item.Author{{Key: e.person(strings.ToLower(login)), Name: plain(login), Contribution: stet.Words}}
	}
}

// newspack reads "By [Author id=12]Ada Aldous[/Author] and ...".
func (e *Export) newspack(byline string) []item.Author {
	var out []item.Author
	for {
		_, rest, ok := strings.Cut(byline, "[Author id=")
		if !ok {
			return out
		}
		_, rest, ok = strings.Cut(rest, "]")
		name, after, found := strings.Cut(rest, "[/Author]")
		if !ok || !found {
			return out
		}
		if name = plain(name); name != "" {
			out = append(out, item.Author{Name: name, Contribution: stet.Words})
		}
		byline = after
	}
}

// person returns the key of the person behind a login or nicename.
func (e *Export) person(login string) string {
	if k := e.users[login]; k != "" {
		return k
	}
	return e.users[strings.TrimPrefix(login, "cap-")]
}

// classify reads categories, tags and terms of other taxonomies.
func (e *Export) classify(s *item.Story, el *spool.Element, meta map[string]string) {
	for _, c := range el.Children {
		if c.Name != "category" {
			continue
		}
		domain := c.Attr("domain")
		switch domain {
		case "author", "nav_menu", "post_format":
			continue
		case "tag": // before WXR 1.1
			domain = item.Tag
		default:
			domain = taxonomy(domain)
		}
		t := item.TermRef{Taxonomy: domain, Slug: unescape(c.Attr("nicename")), Name: plain(c.Text)}
		if t.Slug == "" {
			// Old files say each twice, first without a nicename.
			if c.Attr("domain") == "" && hasNamed(el, c.Text) || t.Name == "" {
				continue
			}
			t.Slug = strings.ReplaceAll(strings.ToLower(t.Name), " ", "-")
		}
		s.Terms = append(s.Terms, t)
	}
	if id := first(meta["_yoast_wpseo_primary_category"], meta["rank_math_primary_category"]); id != "" {
		for _, t := range e.site.Terms {
			if t.Taxonomy == item.Category && t.Old[len(t.Old)-1] == "/?cat="+id {
				s.Primary = t.Slug
			}
		}
	}
}

// hasNamed reports whether the item has the category again, with its nicename.
func hasNamed(el *spool.Element, name string) bool {
	for _, c := range el.Children {
		if c.Name == "category" && c.Text == name && c.Attr("nicename") != "" {
			return true
		}
	}
	return false
}

// footnotes reads the notes that WordPress keeps beside the body.
func footnotes(meta map[string]string) map[string]string {
	if meta["footnotes"] == "" {
		return nil
	}
	var list []struct{ ID, Content string }
	if json.Unmarshal([]byte(meta["footnotes"]), &list) != nil {
		return nil
	}
	out := map[string]string{}
	for _, n := range list {
		out[n.ID] = n.Content
	}
	return out
}
