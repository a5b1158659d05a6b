// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
	"stet/internal/theme"
)

var allStories = store.List{Kind: store.ListAll}

// front is the front page.
func (s *Site) front(ctx context.Context, r *request) (rendering, error) {
	if old, err := s.oldQuery(ctx, r); err != nil || old != nil {
		return rendering{}, firstError(err, old)
	}
	front, err := s.frontAt(ctx, r, stet.HomeFront)
	if err != nil {
		return rendering{}, err
	}
	f, err := s.fillFront(ctx, r.world, stet.HomeFront, front)
	if err != nil {
		return rendering{}, err
	}
	view := theme.Front{Page: theme.Page{Magazine: r.world.here("/"), Head: s.frontHead(r.world)}, Blocks: f.blocks}
	return s.html(r.world, theme.FrontTemplate, view, http.StatusOK, encoding(r.Request), f.tags...)
}

// frontAt is the front of the place; without one, or with an empty one, that of
// the magazine is everything by date and a section has none.
func (s *Site) frontAt(ctx context.Context, r *request, place string) (f stet.Front, err error) {
	if r.preview != nil {
		f = *r.preview
	} else {
		fronts, err := s.currentFronts(ctx)
		if err != nil {
			return f, err
		}
		f = fronts[place]
	}
	if place == stet.HomeFront && len(f.Blocks) == 0 {
		f = stet.DefaultFront()
	}
	return f, nil
}

// currentFronts returns the fronts of all places, read again if they were
// dropped. They stand apart from the world: an editor who moves the lead should
// not have the whole taxonomy read and the theme made anew.
func (s *Site) currentFronts(ctx context.Context) (map[string]stet.Front, error) {
	if f := s.fronts.Load(); f != nil {
		return *f, nil
	}
	epoch := s.cache.began()
	live, err := s.store.Fronts(ctx, stet.FrontLive)
	if err != nil {
		return nil, fmt.Errorf("read the fronts: %w", err)
	}
	fronts := make(map[string]stet.Front, len(live))
	for _, a := range live {
		fronts[a.Place] = a.Front
	}
	s.cache.keep(epoch, func() { s.fronts.Store(&fronts) })
	return fronts, nil
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

// filledFront is a front ready for the theme: its blocks, the stories that they
// show, and the tags of all that.
type filledFront struct {
	blocks []theme.Block
	cast   cast
	shown  map[int64]bool
	tags   []string
}

func (s *Site) fillFront(ctx context.Context, w *world, place string, front stet.Front) (filledFront, error) {
	f := filledFront{shown: map[int64]bool{}, tags: []string{newsroom.FrontTag(place)}}
	blocks, err := newsroom.FillFront(ctx, s.store, w.taxonomy(), place, front, s.store.Now())
	if err != nil {
		return f, err
	}
	var all []store.Live
	for _, b := range blocks {
		for _, l := range b.Stories {
			all = append(all, l.Live)
		}
	}
	if f.cast, err = s.castOf(ctx, false, all...); err != nil {
		return f, err
	}
	for _, b := range blocks {
		if v := s.block(ctx, w, b, &f); v.Kind != "" {
			f.blocks = append(f.blocks, v)
		}
	}
	return f, nil
}

func (w *world) taxonomy() newsroom.Taxonomy {
	return newsroom.Taxonomy{Sections: w.sections, Genres: w.genres, Topics: w.topics}
}

func (s *Site) block(ctx context.Context, w *world, b newsroom.Filled, f *filledFront) theme.Block {
	v := theme.Block{Title: b.Title, URL: b.URL}
	switch b.Type {
	case stet.BlockNewsletter:
		v.Kind = theme.NewsletterBlock
		return v
	case stet.BlockText:
		// Markdown goes through the converter of bodies, which lets no script by.
		doc, _ := prose.FromMarkdown(b.Text, prose.Options{})
		v.Kind, v.Text = theme.TextBlock, doc.HTML(prose.Env{Base: s.base, Headings: 1})
		return v
	case stet.BlockQuote:
		return s.quote(ctx, b.Block, f)
	case stet.BlockSideBySide:
		return s.sideBySide(ctx, w, b.Block, f)
	}
	if b.Gone {
		return theme.Block{}
	}
	f.tags = append(f.tags, b.List.Tag())
	if v.URL == "" {
		v.URL = b.Path
	}
	for _, l := range b.Stories {
		v.Cards = append(v.Cards, w.card(l.Live, f.cast))
		f.shown[l.ArticleID] = true
		if l.Pin != nil {
			f.tags = append(f.tags, newsroom.ArticleTag(l.ArticleID))
		}
	}
	if len(v.Cards) > 0 {
		v.Kind = shapes[b.Type]
	}
	return v
}

// shapes gives the theme's form of each block. A rail is headlines alone, as
// Latest is.
var shapes = map[stet.BlockType]theme.BlockKind{
	stet.BlockLead: theme.LeadBlock, stet.BlockGrid: theme.GridBlock, stet.BlockList: theme.ListBlock,
	stet.BlockStrip: theme.StripBlock, stet.BlockLatest: theme.LatestBlock, stet.BlockRail: theme.RailBlock,
}

// quote is a quotation set on its own: its words, who said them, and the story
// where they are quoted.
func (s *Site) quote(ctx context.Context, b stet.Block, f *filledFront) theme.Block {
	v := theme.Block{Kind: theme.QuoteBlock, Title: b.Title, Quote: theme.Quote{Text: b.Text, Speaker: b.Speaker, Role: b.Role}}
	if people, err := s.store.PeopleNamed(ctx, b.Speaker); err == nil && len(people) == 1 {
		p := people[0]
		v.Quote.SpeakerURL = "/person/" + p.Slug
		f.tags = append(f.tags, newsroom.PersonTag(p.ID))
		if role, ok := p.Present(); ok && b.Role == "" {
			v.Quote.Role = role.Title
		}
		if assets, err := s.store.Assets(ctx, p.Portrait); err == nil && len(assets) == 1 {
			v.Quote.Portrait = picture(assets[0], "1x1")
		}
	}
	if b.URL != "" {
		v.Quote.Story = theme.Link{URL: b.URL}
		if l, err := newsroom.Pinned(ctx, s.store, b.URL); err == nil {
			v.Quote.Story = theme.Link{URL: l.Path, Text: l.Headline}
			f.tags = append(f.tags, newsroom.ArticleTag(l.ArticleID))
		}
	}
	return v
}

// sideBySide is a counterpoint on a front. One that readers do not see, as when a
// story that quotes one of the two is withdrawn, leaves no gap.
func (s *Site) sideBySide(ctx context.Context, w *world, b stet.Block, f *filledFront) theme.Block {
	f.tags = append(f.tags, newsroom.TagRecord)
	var pairs []stet.Counterpoint
	if b.Counterpoint == "" {
		pairs, _ = s.store.Counterpoints(ctx, true, 0, 1)
	} else if c, err := s.store.CounterpointByPublicID(ctx, b.Counterpoint); err == nil {
		pairs = []stet.Counterpoint{c}
	}
	if len(pairs) == 0 {
		return theme.Block{}
	}
	rec, err := s.recordOfPairs(ctx, w, pairs...)
	if err != nil || !slices.ContainsFunc(rec.pairs, func(c stet.Counterpoint) bool { return c.ID == pairs[0].ID }) {
		return theme.Block{}
	}
	f.tags = append(f.tags, rec.tags()...)
	return theme.Block{Kind: theme.SideBySideBlock, Title: b.Title, Counterpoint: rec.counterpoint(&pairs[0])}
}
