// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/theme"
)

// world is what nearly every page shows of the magazine: its identity, its
// sections, genres, topics and partners, and the theme made for them. It is
// read once and replaced when an event says that it changed.
type world struct {
	magazine stet.Magazine
	location *time.Location
	sections stet.Sections
	genres   map[int64]stet.Genre
	topics   map[int64]stet.Topic
	partners map[int64]stet.Partner
	theme    *theme.Theme
	history  newsroom.HistoryRules
	logo     theme.Picture // none when the magazine has no picture for it
	view     theme.Magazine
}

// placeholder is the magazine before anybody has set one up.
var placeholder = stet.Magazine{Name: "Stet", Tagline: "A magazine of record", Language: "en", TimeZone: "UTC"}

// currentWorld returns the world, read again if it was dropped.
func (s *Site) currentWorld(ctx context.Context) (*world, error) {
	if w := s.world.Load(); w != nil {
		return w, nil
	}
	epoch := s.cache.began()
	w, err := s.readWorld(ctx)
	if err != nil {
		return nil, err
	}
	s.cache.keep(epoch, func() { s.world.Store(w) })
	return w, nil
}

func (s *Site) readWorld(ctx context.Context) (*world, error) {
	w := &world{genres: map[int64]stet.Genre{}, topics: map[int64]stet.Topic{}, partners: map[int64]stet.Partner{}}
	var err error
	if w.magazine, err = s.store.Magazine(ctx); stet.ErrorCode(err) == stet.NotFound {
		w.magazine, err = placeholder, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the magazine's settings: %w", err)
	}
	if w.history, err = newsroom.HistoryRulesIn(ctx, s.store); err != nil {
		return nil, err
	}
	w.location = w.magazine.Location()
	if err := s.readTaxonomy(ctx, w); err != nil {
		return nil, err
	}
	tokens, err := theme.ParseTokens(w.magazine.Tokens)
	if err != nil {
		return nil, fmt.Errorf("the theme's tokens: %w", err)
	}
	w.theme, err = theme.New(theme.Options{Overrides: s.overrides, Language: w.magazine.Language, Location: w.location, Tokens: tokens, Mark: w.magazine.Mark})
	if err != nil {
		return nil, fmt.Errorf("the theme: %w", err)
	}
	if w.logo, err = s.logo(ctx, w.magazine.Logo); err != nil {
		return nil, err
	}
	s.static.add(w.theme)
	w.view = s.magazineView(w)
	return w, nil
}

// logo is the picture that stands for the magazine where machines ask for one.
func (s *Site) logo(ctx context.Context, id string) (theme.Picture, error) {
	if id == "" {
		return theme.Picture{}, nil
	}
	a, err := s.store.Asset(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound {
		return theme.Picture{}, nil
	}
	return picture(a, media.Whole), err
}

func (s *Site) readTaxonomy(ctx context.Context, w *world) (err error) {
	if w.sections, err = s.store.Sections(ctx); err != nil {
		return err
	}
	genres, err := s.store.Genres(ctx)
	if err != nil {
		return err
	}
	for _, g := range genres {
		w.genres[g.ID] = g
	}
	topics, err := s.store.Topics(ctx)
	if err != nil {
		return err
	}
	for _, t := range topics {
		w.topics[t.ID] = t
	}
	partners, err := s.store.Partners(ctx)
	if err != nil {
		return err
	}
	for _, p := range partners {
		w.partners[p.ID] = p
	}
	return nil
}

// magazineView is the part of every page view that does not depend on the page.
func (s *Site) magazineView(w *world) theme.Magazine {
	m := w.magazine
	v := theme.Magazine{
		Name: m.Name, Tagline: m.Tagline, URL: s.base, Newsletter: m.Newsletter, Copyright: m.Copyright,
		Navigation: links(m.Navigation), Follow: links(m.Follow), Footer: links(m.Footer),
		Sections: w.sectionLinks(0, 0), Corrections: correctionsPath, Record: recordPath, Ledger: ledgerPath,
	}
	for _, l := range slices.Concat(m.Navigation, m.Footer) {
		if l.URL == correctionsPath || l.URL == s.base+correctionsPath {
			v.Corrections = "" // the magazine has put it where it wants it
		}
		if l.URL == recordPath || l.URL == s.base+recordPath {
			v.Record = ""
		}
		if l.URL == ledgerPath || l.URL == s.base+ledgerPath {
			v.Ledger = ""
		}
	}
	return v
}

// sectionLinks is the bar below the masthead: the tree, two levels deep.
func (w *world) sectionLinks(parent int64, depth int) []theme.Link {
	var out []theme.Link
	for _, sec := range w.sections.Children(parent) {
		l := theme.Link{Text: sec.Name, URL: w.sections.Path(sec.ID)}
		if depth < 1 {
			l.Children = w.sectionLinks(sec.ID, depth+1)
		}
		out = append(out, l)
	}
	return out
}

func links(in []stet.Link) []theme.Link {
	out := make([]theme.Link, len(in))
	for i, l := range in {
		out[i] = theme.Link{Text: l.Label, URL: l.URL}
	}
	return out
}

// here returns the magazine's view with the link to the path marked.
func (w *world) here(path string) theme.Magazine {
	v := w.view
	v.Sections, v.Navigation = mark(v.Sections, path), mark(v.Navigation, path)
	return v
}

func mark(in []theme.Link, path string) []theme.Link {
	out := make([]theme.Link, len(in))
	for i, l := range in {
		l.Current = l.URL == path
		l.Children = mark(l.Children, path)
		out[i] = l
	}
	return out
}

// label is "Analysis | Europe".
func (w *world) label(section, genre int64) theme.Label {
	var l theme.Label
	if g, ok := w.genres[genre]; ok {
		l.Genre = theme.Link{Text: g.Name, URL: "/genre/" + g.Slug}
	}
	if sec, ok := w.sections.ByID(section); ok {
		l.Section = theme.Link{Text: sec.Name, URL: w.sections.Path(section)}
	}
	return l
}

// plain turns a text of our own into HTML.
func plain(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }
