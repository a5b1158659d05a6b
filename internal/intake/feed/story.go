// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package feed

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"html"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
	"stet/internal/prose"
)

// Parse implements item.Source.
func (fd *Feed) Parse(raw item.Raw) *item.Story {
	s := &item.Story{Position: raw.Position}
	var doc []byte
	switch d := raw.Data.(type) {
	case []byte:
		doc = d
	case spool.Chunk:
		if d.Err == spool.ErrNoEnd {
			d.Data = append(d.Data, "</"+d.Name+">"...)
			s.Note(item.Warning, "markup", "", "The end tag of an item is missing.")
		} else if d.Err != nil {
			s.Note(item.Error, "broken", "", "An item was not imported: %v.", d.Err)
			return s
		}
		doc = d.Document(d.Data)
	}
	p, err := parse(doc)
	if err != nil {
		s.Note(item.Error, "broken", "", "An item was not imported: %v.", err)
		return s
	}
	if len(p.Items) == 0 {
		// Something of that name that is no item to the library.
		s.Note(item.Error, "broken", "", "An item was not imported: the feed library finds nothing in it.")
		return s
	}
	it := p.Items[0]
	s.Kind, s.Status = stet.Story, stet.Published
	s.Title = shorten(plain(it.Title), 2*stet.MaxHeadline)
	s.URL = strings.TrimSpace(cmp.Or(extension(it, "feedburner", "origLink"), it.Link))
	if address(s.URL) == nil && fd.site.URL != nil && s.URL != "" {
		if u, err := fd.site.URL.Parse(s.URL); err == nil {
			s.URL = u.String()
		}
	}
	s.Key = key(it, s.URL)
	fd.dates(s, it)
	fd.words(s, it)
	fd.people(s, it)
	for _, c := range it.Categories {
		if c = plain(c); c != "" && len(s.Terms) < 200 {
			s.Terms = append(s.Terms, item.TermRef{Taxonomy: item.Tag, Slug: strings.ReplaceAll(strings.ToLower(c), " ", "-"), Name: shorten(c, 200)})
		}
	}
	s.Slug = slug(s.URL)
	s.Lead = lead(it, s.HTML)
	return s
}

// key names an item in its feed for good.
func key(it *gofeed.Item, link string) string {
	k := cmp.Or(strings.TrimSpace(it.GUID), link)
	if k == "" || len(k) > 500 {
		h := fnv.New128a()
		fmt.Fprint(h, k, "\x00", it.Title, "\x00", it.Published, "\x00", it.Description)
		k = fmt.Sprintf("%x", h.Sum(nil))
	}
	return k
}

func (fd *Feed) dates(s *item.Story, it *gofeed.Item) {
	s.Published, s.Modified = moment(it.PublishedParsed), moment(it.UpdatedParsed)
	if s.Published.IsZero() {
		s.Published = s.Modified
	}
	if s.Published.IsZero() {
		s.Note(item.Warning, "date", "", "It has no date that can be one (%q); the time of the import stands for it.", shorten(cmp.Or(it.Published, it.Updated), 60))
	}
	if s.Modified.Before(s.Published) {
		s.Modified = s.Published
	}
}

func moment(t *time.Time) time.Time {
	if t == nil || t.Year() < 1000 || t.Year() > 9999 {
		return time.Time{}
	}
	return t.UTC()
}

// words finds the body and the dek: where there are both a content and a
// summary, the summary is a dek unless it is only the beginning of the content.
func (fd *Feed) words(s *item.Story, it *gofeed.Item) {
	body, summary := markup(it.Content), it.Description
	if strings.TrimSpace(body) == "" {
		body, summary = markup(it.Description), ""
	}
	body = strings.ReplaceAll(body, string(item.MarkRune), "")
	for _, e := range it.Enclosures {
		kind, _, _ := strings.Cut(e.Type, "/")
		if (kind == "audio" || kind == "video") && address(e.URL) != nil && !strings.Contains(body, e.URL) {
			body += fmt.Sprintf("\n<%s src=\"%s\" controls></%s>", kind, html.EscapeString(e.URL), kind)
		}
	}
	s.HTML = body
	if summary == "" {
		return
	}
	dek := plain(summary)
	start := []rune(strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(dek, "[…]"), "[...]"), " .…"))
	if len(start) > 0 && len(start) <= 600 && !strings.HasPrefix(plain(body), string(start[:min(len(start), 60)])) {
		s.Dek = dek
	}
}

// markup makes HTML of a text that has none.
func markup(s string) string {
	if strings.Contains(s, "<") || !strings.Contains(strings.TrimSpace(s), "\n") {
		return s
	}
	return "<p>" + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(s), "\n\n", "</p><p>"), "\n", "<br>") + "</p>"
}

func (fd *Feed) people(s *item.Story, it *gofeed.Item) {
	authors := it.Authors
	if dc := it.DublinCoreExt; dc != nil && len(dc.Creator) > 1 { // the library takes the first
		authors = nil
		for _, name := range dc.Creator {
			authors = append(authors, &gofeed.Person{Name: name})
		}
	}
	if len(authors) == 0 {
		authors = fd.authors
	}
	for _, a := range authors {
		if a == nil {
			continue
		}
		if name := shorten(plain(a.Name), 200); name != "" && len(s.Authors) < 50 {
			s.Authors = append(s.Authors, item.Author{Name: name, Contribution: stet.Words})
		}
	}
}

func extension(it *gofeed.Item, space, name string) string {
	if l := it.Extensions[space][name]; len(l) > 0 {
		return strings.TrimSpace(l[0].Value)
	}
	return ""
}

// lead finds the picture that stands for the item, unless the body has it.
func lead(it *gofeed.Item, body string) *item.Picture {
	p := mediaPicture(it.Extensions["media"])
	if p == nil && it.Image != nil && address(it.Image.URL) != nil {
		p = &item.Picture{URL: it.Image.URL, Alt: plain(it.Image.Title)}
	}
	for _, e := range it.Enclosures {
		if p == nil && strings.HasPrefix(e.Type, "image/") && address(e.URL) != nil {
			p = &item.Picture{URL: e.URL}
		}
	}
	if p == nil || strings.Contains(body, lastSegment(p.URL)) {
		return nil
	}
	return p
}

// mediaPicture reads Media RSS: content, in a group or not, with its words;
// else the thumbnail.
func mediaPicture(media map[string][]ext.Extension) *item.Picture {
	var thumbnail *item.Picture
	for _, g := range append([]ext.Extension{{Children: media}}, media["group"]...) {
		for _, c := range g.Children["content"] {
			u := c.Attrs["url"]
			if address(u) == nil || c.Attrs["medium"] != "image" && !strings.HasPrefix(c.Attrs["type"], "image/") && (c.Attrs["medium"] != "" || c.Attrs["type"] != "") {
				continue
			}
			word := func(name string) string {
				for _, from := range []map[string][]ext.Extension{c.Children, g.Children} {
					if l := from[name]; len(l) > 0 {
						return plain(l[0].Value)
					}
				}
				return ""
			}
			return &item.Picture{URL: u, Alt: word("text"), Caption: cmp.Or(word("description"), word("title")), Credit: word("credit")}
		}
		for _, t := range g.Children["thumbnail"] {
			if u := t.Attrs["url"]; thumbnail == nil && address(u) != nil {
				thumbnail = &item.Picture{URL: u}
			}
		}
	}
	return thumbnail
}

// slug takes the last part of an address when it looks like one.
func slug(link string) string {
	u := address(link)
	if u == nil || u.RawQuery != "" {
		return ""
	}
	s := strings.ToLower(lastSegment(u.Path))
	for _, ext := range []string{".html", ".htm", ".php", ".shtml", ".aspx"} {
		s = strings.TrimSuffix(s, ext)
	}
	if len([]rune(s)) > stet.MaxSlug || !stet.ValidSlug(s) || strings.Trim(s, "0123456789") == "" || s == "index" {
		return ""
	}
	return s
}

func lastSegment(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}

// plain is the text of a piece of HTML as one line.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		d, _ := prose.FromHTML(s, prose.Options{})
		s = d.Text()
	}
	return strings.Join(strings.Fields(s), " ")
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
