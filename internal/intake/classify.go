// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"stet"
	"stet/internal/intake/item"
)

// classify fills in what the story refers to: all of it is on the shelf by now.
func (w *writer) classify(c *converted, t *stet.Content) {
	s := c.story
	if s.Kind == stet.Story {
		w.terms(s, t)
	}
	var names []string
	for _, a := range s.Authors {
		ref := w.shelf.known[authorKey(a)]
		if ref.IsZero() {
			continue
		}
		names = append(names, ref.Name)
		b := stet.Byline{Person: ref, Contribution: firstContribution(a.Contribution)}
		if !slices.ContainsFunc(t.Bylines, func(o stet.Byline) bool { return o.Person.ID == b.Person.ID && o.Contribution == b.Contribution }) {
			t.Bylines = append(t.Bylines, b)
		}
	}
	switch {
	case w.origin != nil:
		// What a partner has written is the partner's, by name.
		o := *w.origin
		o.URL, o.Author = s.URL, shorten(strings.Join(names, ", "), stet.MaxHeadline)
		t.Origin, t.Canonical, t.Bylines = &o, firstOf(t.Canonical, s.URL), nil
	case s.URL != "" && !w.isOwn(s.URL) && t.Canonical == "":
		t.Canonical = s.URL
	}
	if len(t.Canonical) > 1900 {
		t.Canonical = ""
	}
}

func firstContribution(c stet.Contribution) stet.Contribution {
	if c == "" {
		return stet.Words
	}
	return c
}

// terms sorts what the story's terms have become. The main section is the
// site's primary category, else the deepest, of several the first.
func (w *writer) terms(s *item.Story, t *stet.Content) {
	best := -1
	for _, ref := range s.Terms {
		p := w.shelf.placed[ref.Taxonomy+"/"+ref.Slug]
		switch p.kind {
		case stet.PathTopic:
			if !hasRef(t.Topics, p.ref) {
				t.Topics = append(t.Topics, p.ref)
			}
		case stet.PathGenre:
			if t.Genre.IsZero() {
				t.Genre = p.ref
			}
		case stet.PathSection:
			depth := p.depth
			if ref.Taxonomy == item.Category && ref.Slug == s.Primary && s.Primary != "" {
				depth = stet.MaxSectionDepth + 1
			}
			if !hasRef(t.Sections, p.ref) {
				t.Sections = append(t.Sections, p.ref)
			}
			if depth > best {
				best, t.Section = depth, p.ref
			}
		}
	}
	if t.Section.IsZero() {
		t.Section = w.shelf.placed[defaultTerm].ref
	}
	t.Sections = slices.DeleteFunc(t.Sections, func(r stet.Ref) bool { return r.ID == t.Section.ID })
	if len(t.Sections) == 0 {
		t.Sections = nil
	}
	if t.Genre.IsZero() {
		t.Genre = w.shelf.placed[defaultGenre].ref
	}
}

func hasRef(list []stet.Ref, r stet.Ref) bool {
	return slices.ContainsFunc(list, func(o stet.Ref) bool { return o.ID == r.ID })
}

// magazine gives a magazine that has no name yet that of the old site.
func (im *importer) magazine(ctx context.Context, source string, site *item.Site) error {
	_, err := im.Room.Store().Magazine(ctx)
	if err == nil || stet.ErrorCode(err) != stet.NotFound || im.DryRun || site.Title == "" {
		if stet.ErrorCode(err) == stet.NotFound {
			return nil
		}
		return err
	}
	m := stet.Magazine{Name: shorten(site.Title, 200), Language: im.lang, TimeZone: "UTC"}
	if l := (&converter{importer: im, site: site}).language(&item.Story{}); l != "" {
		m.Language = l
	}
	im.lang = m.Language
	im.report.add(source, item.Notice{Severity: item.Info, Kind: "magazine", Item: m.Name, Reason: "The magazine had no name yet; it was called after the old site."})
	return im.Room.SetMagazine(ctx, im.Staff, m)
}

// navigation makes the longest menu the magazine's navigation when it has none.
func (im *importer) navigation(ctx context.Context, source string, site *item.Site) error {
	if len(site.Menus) == 0 {
		return nil
	}
	m, err := im.Room.Store().Magazine(ctx)
	note := func(menu item.Menu, reason string) {
		im.report.add(source, item.Notice{Severity: item.Info, Kind: "menu", Name: menu.Name, Item: menu.Name, Reason: reason})
	}
	if err != nil || len(m.Navigation) > 0 || im.DryRun {
		for _, menu := range site.Menus {
			note(menu, fmt.Sprintf("The menu has %d links; the magazine's navigation was left as it is.", len(menu.Links)))
		}
		if stet.ErrorCode(err) == stet.NotFound {
			err = nil
		}
		return err
	}
	c := &converter{importer: im, site: site, pics: &pictures{site: site}}
	for i, menu := range site.Menus {
		if i > 0 || len(menu.Links) == 0 {
			note(menu, fmt.Sprintf("The menu with %d links has become nothing: a magazine has one navigation.", len(menu.Links)))
			continue
		}
		for _, l := range menu.Links[:min(len(menu.Links), 12)] {
			m.Navigation = append(m.Navigation, stet.Link{Label: shorten(l.Label, 80), URL: im.present(ctx, c.relink(l.URL))})
		}
		note(menu, fmt.Sprintf("The menu has become the magazine's navigation, with %d links.", len(m.Navigation)))
	}
	if len(m.Navigation) == 0 {
		return nil
	}
	return im.Room.SetMagazine(ctx, im.Staff, m)
}

// present is where an old path of a section leads, so that the navigation does
// not go by a redirect.
func (im *importer) present(ctx context.Context, link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host != "" {
		return link
	}
	clean, ok := stet.CleanPath(u.Path)
	if !ok {
		return link
	}
	st := im.Room.Store()
	p, err := st.Path(ctx, clean)
	if err != nil {
		return link
	}
	switch p.Kind {
	case stet.PathSection:
		if all, err := st.Sections(ctx); err == nil {
			return all.Path(p.Target)
		}
	case stet.PathArticle:
		if l, err := st.Live(ctx, p.Target); err == nil {
			return l.Path
		}
	}
	return link
}
