// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/text/language"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// converted is a story with its body made ready; what it refers to is looked up
// later, in order.
type converted struct {
	raw     item.Raw
	story   *item.Story // nil: the piece was no story
	arrival *newsroom.Arrival
	body    [sha256.Size]byte // hash of the body
	err     error             // why it cannot be imported
}

// converter makes articles of stories. It is used by many goroutines.
type converter struct {
	*importer
	src  item.Source
	site *item.Site
	pics *pictures
}

// convert does all the work on one piece that needs no order. A panic in it is
// the end of one story and not of the import.
func (c *converter) convert(ctx context.Context, raw item.Raw) (out *converted) {
	out = &converted{raw: raw}
	defer func() {
		if r := recover(); r != nil {
			c.Logger.ErrorContext(ctx, "converting a story panicked", "position", raw.Position.String(), "panic", fmt.Sprint(r))
			if out.story == nil {
				out.story = &item.Story{Position: raw.Position}
			}
			out.err = stet.Errorf(stet.Invalid, "it could not be converted; this is a fault of Stet's, please report it")
		}
	}()
	s := c.src.Parse(raw)
	out.story = s
	if s == nil || s.Kind == "" {
		return out
	}
	doc := c.body(ctx, s)
	a := &stet.Article{Kind: s.Kind, Content: stet.Content{
		Headline: s.Title, Dek: s.Dek, Slug: s.Slug, Language: c.language(s),
		Title: s.SEOTitle, Description: s.Description, Canonical: s.Canonical,
	}}
	if a.Content.Headline == "" && (s.Status == stet.Published || s.Status == stet.Scheduled) {
		a.Content.Headline = headline(doc)
		s.Note(item.Warning, "headline", "", "It has no title; its first words stand for it.")
	}
	c.lead(ctx, s, a)
	c.fit(s, &a.Content)
	out.arrival, out.err = newsroom.Prepare(a, doc)
	if out.err == nil {
		out.body = sha256.Sum256(a.Content.Body)
	}
	return out
}

// headline makes one of a story's first words.
func headline(doc *prose.Doc) string {
	var words []string
	if b := doc.TextBlocks(); len(b) > 0 {
		words = strings.Fields(b[0].Text)
	}
	if len(words) == 0 {
		return "Untitled"
	}
	if len(words) > 8 {
		return shorten(strings.Join(words[:8], " "), 100) + " …"
	}
	return shorten(strings.Join(words, " "), 100)
}

// body makes the document, with its pictures, links and raw blocks.
func (c *converter) body(ctx context.Context, s *item.Story) *prose.Doc {
	base := c.site.URL
	if u, err := url.Parse(s.URL); err == nil && u.Host != "" {
		base = u
	}
	assets := map[string]stet.Asset{}
	doc, notes := prose.FromHTML(s.HTML, prose.Options{Base: base, Asset: func(src string, im prose.Image) (string, bool) {
		f := c.pics.find(src, s.FileIDs)
		if f == nil {
			return "", false
		}
		if strings.HasPrefix(f.Key, "url:") { // its words are known only here
			f.Alt, f.Caption, f.Credit = im.Alt, im.Caption, im.Credit
		}
		a, ok := c.pics.want(ctx, f, s.Title)
		if ok {
			assets[a.PublicID] = a
		}
		return a.PublicID, ok
	}, Media: func(src string, m prose.Placed) (string, bool) {
		f := c.pics.find(src, s.FileIDs)
		if f == nil || !c.pics.ours(f) {
			return "", false
		}
		if strings.HasPrefix(f.Key, "url:") {
			f.Caption, f.Credit = m.Caption, m.Credit
		}
		a, ok := c.pics.want(ctx, f, s.Title)
		if !ok || a.Kind == stet.Image {
			return "", false
		}
		assets[a.PublicID] = a
		return a.PublicID, true
	}})
	for _, n := range notes {
		switch n.Kind {
		case prose.NoteEmbed, prose.NoteFallback: // nothing is lost
		case prose.NoteOversize:
		default:
			s.Note(item.Info, "body: "+n.Kind, "", "%s", n.Detail)
		}
	}
	return doc.Map(func(n *prose.Node) { c.mend(s, n, assets) }).EnsureIDs()
}

// mend changes one block of a body: addresses of the old site become paths,
// pictures get the words of their asset, marks the raw markup they stand for.
func (c *converter) mend(s *item.Story, n *prose.Node, assets map[string]stet.Asset) {
	switch n.Type {
	case "image":
		if a, ok := assets[n.Attr("asset")]; ok {
			setEmpty(n, "alt", a.Alt)
			setEmpty(n, "credit", a.Credit)
		}
	case "media":
		if a, ok := assets[n.Attr("asset")]; ok {
			setEmpty(n, "credit", a.Credit)
		}
	case "embed":
		if u := n.Attr("url"); u != "" {
			n.Attrs["url"] = c.relink(u)
		}
	case "relatedStory":
		if u := n.Attr("href"); u != "" {
			n.Attrs["href"] = c.relink(u)
		}
	case "paragraph":
		if len(s.Raw) > 0 && len(n.Content) == 1 {
			for i, raw := range s.Raw {
				if n.Content[0].Text == item.RawMark(i) {
					*n = prose.Raw(raw)
					return
				}
			}
		}
	}
	c.relinkTexts(n.Content)
}

func setEmpty(n *prose.Node, key, value string) {
	if n.Attr(key) == "" && value != "" {
		n.Attrs[key] = value
	}
}

// relinkTexts rewrites the links of running text. The nodes are copies.
func (c *converter) relinkTexts(nodes []prose.Node) {
	for i := range nodes {
		n := &nodes[i]
		if n.Type == "footnote" {
			c.relinkTexts(n.Content)
		}
		for j, m := range n.Marks {
			if m.Type != "link" {
				continue
			}
			href := m.Attr("href")
			to := c.relink(href)
			if to == href {
				continue
			}
			attrs := prose.Attrs{"href": to}
			if t := m.Attr("title"); t != "" {
				attrs["title"] = t
			}
			marks := append([]prose.Mark(nil), n.Marks...)
			marks[j].Attrs = attrs
			n.Marks = marks
		}
	}
}

// relink makes an address of the old site a path, which goes on working here.
func (c *converter) relink(href string) string {
	if len(href) < 8 || !strings.HasPrefix(href, "http") {
		return href
	}
	u, err := url.Parse(href)
	if err != nil || u.User != nil || !c.pics.own(u.Hostname()) {
		return href
	}
	out := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, Fragment: u.Fragment, RawFragment: u.RawFragment}
	if !strings.HasPrefix(out.Path, "/") {
		out.Path, out.RawPath = "/"+out.Path, ""
	}
	if strings.HasPrefix(out.Path, "//") {
		return href // as a path it would name a host
	}
	return out.String()
}

// lead finds the picture that leads the story.
func (c *converter) lead(ctx context.Context, s *item.Story, a *stet.Article) {
	if s.Lead == nil {
		return
	}
	var f *item.File
	if s.Lead.File != "" {
		f = c.pics.byKey[s.Lead.File]
	} else if f = c.pics.find(s.Lead.URL, nil); f != nil && strings.HasPrefix(f.Key, "url:") {
		f.Alt, f.Caption, f.Credit = s.Lead.Alt, s.Lead.Caption, s.Lead.Credit
	}
	if f == nil {
		return
	}
	asset, ok := c.pics.want(ctx, f, s.Title)
	if !ok || asset.Kind != stet.Image {
		return
	}
	a.Content.Lead = &stet.Placement{
		Asset: asset.PublicID, Alt: firstOf(s.Lead.Alt, asset.Alt), Caption: firstOf(s.Lead.Caption, asset.Caption), Credit: firstOf(s.Lead.Credit, asset.Credit),
	}
}

// language is the story's language as a tag that the magazine's own beats when
// it only names the same language another way: WordPress says en-US by default.
func (c *converter) language(s *item.Story) string {
	l := firstOf(c.Map.Language, s.Language, c.site.Language)
	tag, err := language.Parse(strings.ReplaceAll(l, "_", "-"))
	if l == "" || err != nil {
		return c.lang
	}
	own, _ := language.Parse(c.lang)
	base, _ := tag.Base()
	if ownBase, _ := own.Base(); base == ownBase {
		return c.lang
	}
	return tag.String()
}

// fit cuts what is longer than it may be, and says so.
func (c *converter) fit(s *item.Story, t *stet.Content) {
	for _, f := range []struct {
		name  string
		value *string
		max   int
	}{
		{"title", &t.Headline, stet.MaxHeadline}, {"excerpt", &t.Dek, stet.MaxDek}, {"title for search engines", &t.Title, stet.MaxHeadline},
		{"description", &t.Description, stet.MaxDek}, {"canonical address", &t.Canonical, 2000},
	} {
		if cut := shorten(*f.value, f.max); cut != *f.value {
			*f.value = cut
			s.Note(item.Warning, "cut", f.name, "Its %s was longer than %d characters and was cut.", f.name, f.max)
		}
	}
	if t.Slug != "" && (len([]rune(t.Slug)) > stet.MaxSlug || !stet.ValidSlug(t.Slug)) {
		t.Slug = ""
	}
	if t.Canonical != "" && len(t.Canonical) > 1900 {
		t.Canonical = ""
	}
	if p := t.Lead; p != nil {
		p.Alt, p.Caption, p.Credit = shorten(p.Alt, stet.MaxCaption), shorten(p.Caption, stet.MaxCaption), shorten(p.Credit, stet.MaxCaption)
	}
}
