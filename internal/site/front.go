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
	if err := f.choose(ctx, w.front); err != nil {
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
// it has shown. It asks the database once for the stories that may stand on
// the page, once for those that do, and once each for people and pictures.
type frontMaker struct {
	site  *Site
	world *world
	shown map[int64]bool
	pins  map[int][]store.Live
	rows  map[int][]store.Live // of the blocks that list stories
	cast  cast
	tags  []string
}

func (f *frontMaker) pin(ctx context.Context, front stet.Front) error {
	f.pins = map[int][]store.Live{}
	var ids []string
	for _, b := range front.Blocks {
		ids = append(ids, b.Pins...)
	}
	byID, err := f.site.store.LiveByPublicIDs(ctx, ids...)
	if err != nil {
		return err
	}
	for i, b := range front.Blocks {
		for _, p := range b.Pins {
			l, ok := byID[p]
			if strings.HasPrefix(p, "/") {
				l, err = f.site.pinned(ctx, p)
				if ok = err == nil; err != nil && stet.ErrorCode(err) != stet.NotFound {
					return err
				}
			}
			if !ok {
				continue // withdrawn since
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
	if len(f.rows[i]) == 0 {
		return theme.Block{}, nil
	}
	if _, url, _ := f.world.source(b); v.URL == "" {
		v.URL = url
	}
	for _, l := range f.rows[i] {
		v.Cards = append(v.Cards, f.world.card(l, f.cast))
	}
	v.Kind = shapes[b.Type]
	return v, nil
}

// shapes gives the theme's form of each block. A rail is headlines alone, as
// Latest is.
var shapes = map[stet.BlockType]theme.BlockKind{
	stet.BlockLead: theme.LeadBlock, stet.BlockGrid: theme.GridBlock, stet.BlockList: theme.ListBlock,
	stet.BlockStrip: theme.StripBlock, stet.BlockLatest: theme.LatestBlock, stet.BlockRail: theme.RailBlock,
}

// choose fills the blocks that list stories: with their pins, then with the
// newest of their source that the page does not show yet. Latest is exempt from
// "no story twice".
func (f *frontMaker) choose(ctx context.Context, front stet.Front) error {
	var tops []store.Top
	var at []int // the block of each
	most := len(f.shown)
	for i, b := range front.Blocks {
		src, _, ok := f.world.source(b)
		if shapes[b.Type] == "" || !ok { // another kind of block, or a section that no longer exists
			continue
		}
		f.tags = append(f.tags, src.Tag())
		at, tops = append(at, i), append(tops, store.Top{List: src, Count: blockCount(b) + most})
		if b.Type != stet.BlockLatest {
			most += blockCount(b)
		}
	}
	candidates, err := f.site.store.Newest(ctx, tops)
	if err != nil {
		return err
	}
	chosen := make(map[int][]int64, len(at))
	for n, i := range at {
		chosen[i] = f.take(front.Blocks[i], f.pins[i], candidates[n])
	}
	return f.read(ctx, chosen)
}

func blockCount(b stet.Block) int {
	if b.Count == 0 {
		return usual[b.Type]
	}
	return b.Count
}

// take chooses the stories of one block.
func (f *frontMaker) take(b stet.Block, pins []store.Live, candidates []int64) []int64 {
	count, latest := blockCount(b), b.Type == stet.BlockLatest
	var out []int64
	for _, l := range pins[:min(len(pins), count)] {
		out = append(out, l.ArticleID)
	}
	for _, id := range candidates {
		if len(out) == count {
			break
		}
		if !latest && f.shown[id] || latest && contains(pins, id) {
			continue
		}
		out = append(out, id)
		if !latest {
			f.shown[id] = true
		}
	}
	return out
}

// read reads the stories that were chosen, and everybody and every picture in them.
func (f *frontMaker) read(ctx context.Context, chosen map[int][]int64) error {
	byID := map[int64]store.Live{}
	for _, pins := range f.pins {
		for _, l := range pins {
			byID[l.ArticleID] = l
		}
	}
	var missing []int64
	for _, ids := range chosen {
		for _, id := range ids {
			if _, ok := byID[id]; !ok {
				missing = appendNew(missing, id)
			}
		}
	}
	found, err := f.site.store.LiveByIDs(ctx, missing...)
	if err != nil {
		return err
	}
	for _, l := range found {
		byID[l.ArticleID] = l
	}
	f.rows = make(map[int][]store.Live, len(chosen))
	var all []store.Live
	for i, ids := range chosen {
		for _, id := range ids {
			if l, ok := byID[id]; ok { // else withdrawn a moment ago
				f.rows[i] = append(f.rows[i], l)
				all = append(all, l)
			}
		}
	}
	f.cast, err = f.site.castOf(ctx, false, all...)
	return err
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
