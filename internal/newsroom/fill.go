// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/store"
)

// Taxonomy is what the rules of a front refer to.
type Taxonomy struct {
	Sections stet.Sections
	Genres   map[int64]stet.Genre
	Topics   map[int64]stet.Topic
}

// ReadTaxonomy reads it from the store.
func ReadTaxonomy(ctx context.Context, s *store.Store) (t Taxonomy, err error) {
	t.Genres, t.Topics = map[int64]stet.Genre{}, map[int64]stet.Topic{}
	if t.Sections, err = s.Sections(ctx); err != nil {
		return t, err
	}
	genres, err := s.Genres(ctx)
	if err != nil {
		return t, err
	}
	for _, g := range genres {
		t.Genres[g.ID] = g
	}
	topics, err := s.Topics(ctx)
	for _, p := range topics {
		t.Topics[p.ID] = p
	}
	return t, err
}

// Filled is a block with the stories that it shows.
type Filled struct {
	stet.Block
	List    store.List // from which its rule takes stories
	Path    string     // the address of that list; empty for the whole magazine
	Gone    bool       // its section, topic or genre does not exist any more
	Stories []FilledStory
	Unmet   []UnmetPin
}

// FilledStory is a story in its place, with the pin that holds it there, or
// nil when a rule has brought it.
type FilledStory struct {
	store.Live
	Pin *stet.Pin
}

// UnmetPin is a pin that holds nothing, and why.
type UnmetPin struct {
	stet.Pin
	Why  PinFault
	Live *store.Live // the story, when it is public
}

// PinFault says why a pin holds nothing.
type PinFault string

// The faults of a pin.
const (
	PinOver     PinFault = "over"     // its time has passed
	PinAway     PinFault = "away"     // the story is withdrawn, or was never public
	PinRepeated PinFault = "repeated" // the story stands higher up
	PinBeyond   PinFault = "beyond"   // the block has more pins than stories
)

// FillFront finds the stories that the front of the place shows at a moment:
// each block's pins first, then the newest of its rule that the page does not
// show yet. Latest is exempt from "no story twice".
func FillFront(ctx context.Context, s *store.Store, t Taxonomy, place string, front stet.Front, at time.Time) ([]Filled, error) {
	f := &filler{store: s, taxonomy: t, base: store.List{Kind: store.ListAll}, shown: map[int64]bool{}}
	if sec, ok := t.Sections.ByPublicID(place); ok {
		f.base, f.path = store.List{Kind: store.ListSection, Ref: sec.ID}, t.Sections.Path(sec.ID)
	}
	blocks := make([]Filled, len(front.Blocks))
	for i, b := range front.Blocks {
		blocks[i].Block = b
		if err := f.source(ctx, &blocks[i]); err != nil {
			return nil, err
		}
	}
	// Pins are taken out first: a story that an editor has put into a lower
	// block must not be used up by a rule above it.
	if err := f.pin(ctx, blocks, at); err != nil {
		return nil, err
	}
	return blocks, f.fill(ctx, blocks)
}

// filler asks the database once for the stories that are pinned, once for the
// ids of those that rules may bring, and once for those that they do bring,
// however many blocks there are.
type filler struct {
	store    *store.Store
	taxonomy Taxonomy
	base     store.List // of blocks that name nothing
	path     string
	shown    map[int64]bool
}

func (f *filler) pin(ctx context.Context, blocks []Filled, at time.Time) error {
	var ids []string
	for _, b := range blocks {
		for _, p := range b.Pins {
			ids = append(ids, p.Story)
		}
	}
	live, err := f.store.LiveByPublicIDs(ctx, ids...)
	if err != nil {
		return err
	}
	for i := range blocks {
		b := &blocks[i]
		if b.Block.Stories() == 0 || b.Gone {
			continue
		}
		for _, p := range b.Pins {
			l, public := live[p.Story]
			if strings.HasPrefix(p.Story, "/") {
				l, err = Pinned(ctx, f.store, p.Story)
				if public = err == nil; err != nil && stet.ErrorCode(err) != stet.NotFound {
					return err
				}
			}
			f.place(b, p, l, public, at)
		}
	}
	return nil
}

// place puts a pinned story into its block, or says why not.
func (f *filler) place(b *Filled, p stet.Pin, l store.Live, public bool, at time.Time) {
	unmet := UnmetPin{Pin: p, Live: &l}
	switch {
	case !public:
		unmet.Why, unmet.Live = PinAway, nil
	case !p.Holds(at):
		unmet.Why = PinOver
	case b.Type != stet.BlockLatest && f.shown[l.ArticleID], b.has(l.ArticleID):
		unmet.Why = PinRepeated
	case len(b.Stories) == b.Block.Stories():
		unmet.Why = PinBeyond
	default:
		b.Stories = append(b.Stories, FilledStory{l, &p})
		f.shown[l.ArticleID] = true
		return
	}
	b.Unmet = append(b.Unmet, unmet)
}

func (b *Filled) has(article int64) bool {
	return slices.ContainsFunc(b.Stories, func(s FilledStory) bool { return s.ArticleID == article })
}

// fill lets the rules bring what the pins leave free.
func (f *filler) fill(ctx context.Context, blocks []Filled) error {
	var tops []store.Top
	var open []*Filled // the block of each
	most := len(f.shown)
	for i := range blocks {
		b := &blocks[i]
		if free := b.Block.Stories() - len(b.Stories); free > 0 && !b.Gone && !b.HandPicked {
			// At most those that stand higher up can be in the way.
			open, tops = append(open, b), append(tops, store.Top{List: b.List, Count: b.Block.Stories() + most})
			if b.Type != stet.BlockLatest {
				most += free
			}
		}
	}
	candidates, err := f.store.Newest(ctx, tops)
	if err != nil {
		return err
	}
	chosen := make([][]int64, len(open))
	var all []int64
	for i, b := range open {
		chosen[i] = f.take(b, candidates[i])
		all = append(all, chosen[i]...)
	}
	found, err := f.store.LiveByIDs(ctx, all...)
	if err != nil {
		return err
	}
	byID := make(map[int64]store.Live, len(found))
	for _, l := range found {
		byID[l.ArticleID] = l
	}
	for i, b := range open {
		for _, id := range chosen[i] {
			if l, ok := byID[id]; ok { // else withdrawn a moment ago
				b.Stories = append(b.Stories, FilledStory{Live: l})
			}
		}
	}
	return nil
}

// take chooses what a rule brings into its block.
func (f *filler) take(b *Filled, candidates []int64) []int64 {
	free, latest := b.Block.Stories()-len(b.Stories), b.Type == stet.BlockLatest
	var out []int64
	for _, id := range candidates {
		if len(out) == free {
			break
		}
		if !latest && f.shown[id] || latest && b.has(id) {
			continue
		}
		out = append(out, id)
		if !latest {
			f.shown[id] = true
		}
	}
	return out
}

// source finds the list that a block draws on and the address of that list.
func (f *filler) source(ctx context.Context, b *Filled) error {
	t := f.taxonomy
	switch {
	case b.Section != "":
		id, err := f.find(ctx, stet.PathSection, b.Section, "/"+strings.Trim(b.Section, "/"))
		b.List, b.Path, b.Gone = store.List{Kind: store.ListSection, Ref: id}, t.Sections.Path(id), id == 0
		return err
	case b.Topic != "":
		id, err := f.find(ctx, stet.PathTopic, b.Topic, "/topic/"+b.Topic)
		b.List, b.Path, b.Gone = store.List{Kind: store.ListTopic, Ref: id}, "/topic/"+t.Topics[id].Slug, id == 0
		return err
	case b.Genre != "":
		id, err := f.find(ctx, stet.PathGenre, b.Genre, "/genre/"+b.Genre)
		b.List, b.Path, b.Gone = store.List{Kind: store.ListGenre, Ref: id}, "/genre/"+t.Genres[id].Slug, id == 0
		return err
	}
	b.List, b.Path = f.base, f.path
	if b.Type == stet.BlockLatest && f.path == "" {
		b.Path = "/latest"
	}
	return nil
}

// find resolves what a rule names, by public id or by address. An address that
// it had before a rename still counts. 0 is nothing.
func (f *filler) find(ctx context.Context, kind stet.PathKind, name, path string) (int64, error) {
	switch t := f.taxonomy; kind {
	case stet.PathSection:
		for _, s := range t.Sections {
			if s.Is(name) || t.Sections.Path(s.ID) == path {
				return s.ID, nil
			}
		}
	case stet.PathTopic:
		for id, p := range t.Topics {
			if p.Is(name) || p.Slug == name {
				return id, nil
			}
		}
	case stet.PathGenre:
		for id, g := range t.Genres {
			if g.Is(name) || g.Slug == name {
				return id, nil
			}
		}
	}
	p, err := f.store.Path(ctx, path)
	if stet.ErrorCode(err) == stet.NotFound || err == nil && p.Kind != kind {
		return 0, nil
	}
	if err != nil || !f.taxonomy.holds(kind, p.Target) {
		return 0, err
	}
	return p.Target, nil
}

// Named returns the public ids of what the rule of a block names; what does not
// exist is returned as it is written.
func (t Taxonomy) Named(ctx context.Context, s *store.Store, b stet.Block) (section, topic, genre string, err error) {
	f, filled := &filler{store: s, taxonomy: t}, Filled{Block: b}
	if err := f.source(ctx, &filled); err != nil || filled.Gone {
		return b.Section, b.Topic, b.Genre, err
	}
	switch filled.List.Kind {
	case store.ListSection:
		sec, _ := t.Sections.ByID(filled.List.Ref)
		section = sec.PublicID
	case store.ListTopic:
		topic = t.Topics[filled.List.Ref].PublicID
	case store.ListGenre:
		genre = t.Genres[filled.List.Ref].PublicID
	}
	return section, topic, genre, nil
}

func (t Taxonomy) holds(kind stet.PathKind, id int64) bool {
	ok := false
	switch kind {
	case stet.PathSection:
		_, ok = t.Sections.ByID(id)
	case stet.PathTopic:
		_, ok = t.Topics[id]
	case stet.PathGenre:
		_, ok = t.Genres[id]
	}
	return ok
}

// Pinned finds a public story by its public id or its address.
func Pinned(ctx context.Context, s *store.Store, story string) (store.Live, error) {
	if !strings.HasPrefix(story, "/") {
		return s.LiveByPublicID(ctx, story)
	}
	p, err := s.Path(ctx, story)
	if err != nil {
		return store.Live{}, err
	}
	if p.Kind != stet.PathArticle {
		return store.Live{}, stet.Errorf(stet.NotFound, "%s is no story", story)
	}
	return s.Live(ctx, p.Target)
}
