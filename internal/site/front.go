// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"net/http"
	"strings"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/theme"
)

var allStories = store.List{Kind: store.ListAll}

// defaultFront is the front page of a magazine whose editors have not arranged
// one: everything by date.
var defaultFront = stet.Front{Blocks: []stet.Block{
	{Type: stet.BlockLead, Count: 3}, {Type: stet.BlockLatest, Count: 8}, {Type: stet.BlockGrid, Count: 6}, {Type: stet.BlockNewsletter}, {Type: stet.BlockList, Count: 6},
}}

// How many stories a block shows when its setting does not say.
var usual = map[stet.BlockType]int{
	stet.BlockLead: 3, stet.BlockGrid: 3, stet.BlockList: 5, stet.BlockStrip: 4, stet.BlockRail: 5, stet.BlockLatest: 10,
}

// front is the front page.
func (s *Site) front(ctx context.Context, r *request) (rendering, error) {
	if old, err := s.oldQuery(ctx, r); err != nil || old != nil {
		return rendering{}, firstError(err, old)
	}
	w := r.world
	f := &frontMaker{site: s, world: w, shown: map[int64]bool{}, tags: []string{newsroom.TagFront}}
	// Pins are taken out first: a story that an editor has put into a lower
	// block must not be used up by a rule above it.
	if err := f.pin(ctx, w.front); err != nil {
		return rendering{}, err
	}
	view := theme.Front{Page: theme.Page{Magazine: w.here("/"), Head: s.frontHead(w)}}
	for i, b := range w.front.Blocks {
		block, err := f.block(ctx, i, b)
		if err != nil {
			return rendering{}, err
		}
		if block.Kind != "" {
			view.Blocks = append(view.Blocks, block)
		}
	}
	return s.html(w, theme.FrontTemplate, view, http.StatusOK, encoding(r.Request), f.tags...)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Site) frontHead(w *world) theme.Head {
	m := w.magazine
	h := theme.Head{Description: m.Description, Canonical: s.base + "/", Feeds: s.feedsOf("", m.Name)}
	if h.Description == "" {
		h.Description = m.Tagline
	}
	h.JSONLD = []any{s.organisation(w), s.website(w)}
	return h
}

// frontMaker fills the blocks of a front from top to bottom and remembers what
// it has shown.
type frontMaker struct {
	site  *Site
	world *world
	shown map[int64]bool
	pins  map[int][]store.Live
	tags  []string
}

func (f *frontMaker) pin(ctx context.Context, front stet.Front) error {
	f.pins = map[int][]store.Live{}
	for i, b := range front.Blocks {
		for _, p := range b.Pins {
			l, err := f.site.pinned(ctx, p)
			if stet.ErrorCode(err) == stet.NotFound {
				continue // withdrawn since
			}
			if err != nil {
				return err
			}
			f.tags = append(f.tags, newsroom.ArticleTag(l.ArticleID))
			if b.Type == stet.BlockLatest || !f.shown[l.ArticleID] {
				f.pins[i] = append(f.pins[i], l)
				f.shown[l.ArticleID] = true
			}
		}
	}
	return nil
}

// pinned finds a story by its public id or its address.
func (s *Site) pinned(ctx context.Context, pin string) (store.Live, error) {
	if !strings.HasPrefix(pin, "/") {
		return s.store.LiveByPublicID(ctx, pin)
	}
	p, err := s.store.Path(ctx, pin)
	if err != nil {
		return store.Live{}, err
	}
	if p.Kind != stet.PathArticle {
		return store.Live{}, stet.Errorf(stet.NotFound, "%s is no story", pin)
	}
	return s.store.Live(ctx, p.Target)
}

func (f *frontMaker) block(ctx context.Context, i int, b stet.Block) (theme.Block, error) {
	v := theme.Block{Title: b.Title, URL: b.URL}
	switch b.Type {
	case stet.BlockNewsletter:
		v.Kind = theme.NewsletterBlock
		return v, nil
	case stet.BlockText:
		v.Kind, v.Text = theme.TextBlock, plain(b.Text)
		return v, nil
	case stet.BlockQuote:
		return f.quote(ctx, b)
	}
	src, url, ok := f.world.source(b)
	if !ok {
		return theme.Block{}, nil // a section that no longer exists
	}
	if v.URL == "" {
		v.URL = url
	}
	rows, err := f.stories(ctx, i, b, src)
	if err != nil || len(rows) == 0 {
		return theme.Block{}, err
	}
	v.Cards, err = f.site.cards(ctx, f.world, rows)
	v.Kind = shapes[b.Type]
	return v, err
}

// shapes gives the theme's form of each block. A rail is headlines alone, as
// Latest is.
var shapes = map[stet.BlockType]theme.BlockKind{
	stet.BlockLead: theme.LeadBlock, stet.BlockGrid: theme.GridBlock, stet.BlockList: theme.ListBlock,
	stet.BlockStrip: theme.StripBlock, stet.BlockLatest: theme.LatestBlock, stet.BlockRail: theme.RailBlock,
}

// stories takes the pins, then the newest of the source that the page does not
// show yet. Latest is exempt from "no story twice".
func (f *frontMaker) stories(ctx context.Context, i int, b stet.Block, src store.List) ([]store.Live, error) {
	f.tags = append(f.tags, src.Tag())
	count := b.Count
	if count == 0 {
		count = usual[b.Type]
	}
	rows := f.pins[i]
	if len(rows) >= count {
		return rows[:count], nil
	}
	latest := b.Type == stet.BlockLatest
	candidates, err := f.site.store.Stories(ctx, src, store.Cursor{}, count+len(f.shown))
	if err != nil {
		return nil, err
	}
	for _, l := range candidates {
		if len(rows) == count {
			break
		}
		if !latest && f.shown[l.ArticleID] || latest && contains(f.pins[i], l.ArticleID) {
			continue
		}
		rows = append(rows, l)
		if !latest {
			f.shown[l.ArticleID] = true
		}
	}
	return rows, nil
}

func contains(rows []store.Live, id int64) bool {
	for _, l := range rows {
		if l.ArticleID == id {
			return true
		}
	}
	return false
}

// source is the list that a block draws on and the address of that list.
func (w *world) source(b stet.Block) (store.List, string, bool) {
	switch {
	case b.Section != "":
		id, ok := w.sectionAt("/" + strings.Trim(b.Section, "/"))
		return store.List{Kind: store.ListSection, Ref: id}, w.sections.Path(id), ok
	case b.Topic != "":
		for _, t := range w.topics {
			if t.Slug == b.Topic {
				return store.List{Kind: store.ListTopic, Ref: t.ID}, "/topic/" + t.Slug, true
			}
		}
		return store.List{}, "", false
	case b.Genre != "":
		for _, g := range w.genres {
			if g.Slug == b.Genre {
				return store.List{Kind: store.ListGenre, Ref: g.ID}, "/genre/" + g.Slug, true
			}
		}
		return store.List{}, "", false
	}
	url := ""
	if b.Type == stet.BlockLatest {
		url = "/latest"
	}
	return allStories, url, true
}

func (w *world) sectionAt(path string) (int64, bool) {
	for _, sec := range w.sections {
		if w.sections.Path(sec.ID) == path {
			return sec.ID, true
		}
	}
	return 0, false
}

// quote is a quotation set on its own: its words, who said them, and the story
// where they are quoted.
func (f *frontMaker) quote(ctx context.Context, b stet.Block) (theme.Block, error) {
	v := theme.Block{Kind: theme.QuoteBlock, Title: b.Title, Quote: theme.Quote{Text: b.Text, Speaker: b.Speaker, Role: b.Role}}
	if people, err := f.site.store.PeopleNamed(ctx, b.Speaker); err == nil && len(people) == 1 {
		p := people[0]
		v.Quote.SpeakerURL = "/person/" + p.Slug
		f.tags = append(f.tags, newsroom.PersonTag(p.ID))
		if role, ok := p.Present(); ok && b.Role == "" {
			v.Quote.Role = role.Title
		}
		if assets, err := f.site.store.Assets(ctx, p.Portrait); err == nil && len(assets) == 1 {
			v.Quote.Portrait = picture(assets[0], "1x1")
		}
	}
	if b.URL != "" {
		v.Quote.Story = theme.Link{URL: b.URL}
		if l, err := f.site.pinned(ctx, b.URL); err == nil {
			v.Quote.Story.Text = l.Headline
			f.tags = append(f.tags, newsroom.ArticleTag(l.ArticleID))
		}
	}
	return v, nil
}
