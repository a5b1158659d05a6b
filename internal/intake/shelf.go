// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// place is what a term of the old site has become here.
type place struct {
	kind  stet.PathKind // PathSection, PathTopic, PathGenre; "" is dropped
	ref   stet.Ref
	id    int64
	depth int  // of a section
	fresh bool // made by this run
}

// shelf puts the old site's terms and people into the magazine. It makes them
// in transactions of its own, before the stories that need them, and remembers
// only what was committed.
type shelf struct {
	*importer
	site   *item.Site
	source string
	terms  map[string]*item.Term // by taxonomy/slug
	people map[string]*item.Person
	placed map[string]place
	known  map[string]stet.Ref // people by key or name; the zero Ref is nobody
	byName map[string]place    // sections, topics, genres by kind and folded name or path
	pics   *pictures
	loops  map[string]bool // terms whose parents were found to be wrong
}

// making is the work within one transaction: what it has found or made becomes
// known when that is committed.
type making struct {
	*shelf
	room   *newsroom.Room
	placed map[string]place
	known  map[string]stet.Ref
	byName map[string]place
	counts Counts
	notes  []item.Notice
}

func newShelf(im *importer, source string, site *item.Site) *shelf {
	s := &shelf{
		importer: im, site: site, source: source, terms: map[string]*item.Term{}, people: map[string]*item.Person{},
		placed: map[string]place{}, known: map[string]stet.Ref{}, byName: map[string]place{}, loops: map[string]bool{},
	}
	for _, t := range site.Terms {
		s.terms[t.Taxonomy+"/"+t.Slug] = t
	}
	for _, p := range site.People {
		s.people[p.Key] = p
	}
	return s
}

// prepare makes what the stories refer to and the magazine does not have yet.
func (s *shelf) prepare(ctx context.Context, stories []*converted) error {
	var terms []item.TermRef
	var authors []item.Author
	for _, c := range stories {
		for _, t := range c.story.Terms {
			if _, ok := s.placed[t.Taxonomy+"/"+t.Slug]; !ok {
				terms = append(terms, t)
			}
		}
		for _, a := range c.story.Authors {
			if _, ok := s.known[authorKey(a)]; !ok {
				authors = append(authors, a)
			}
		}
	}
	_, settled := s.placed[defaultTerm]
	if len(terms) == 0 && len(authors) == 0 && settled {
		return nil
	}
	var m *making
	err := s.batch(ctx, func(r *newsroom.Room) error {
		m = &making{shelf: s, room: r, placed: map[string]place{}, known: map[string]stet.Ref{}, byName: map[string]place{}}
		return m.all(ctx, terms, authors)
	})
	if err != nil {
		return fmt.Errorf("make sections, topics and people: %w", err)
	}
	maps.Copy(s.placed, m.placed)
	maps.Copy(s.known, m.known)
	maps.Copy(s.byName, m.byName)
	s.report.count(func(c *Counts) {
		c.People += m.counts.People
		c.Sections += m.counts.Sections
		c.Topics += m.counts.Topics
		c.Genres += m.counts.Genres
		c.OldAddresses += m.counts.OldAddresses
	})
	for _, n := range m.notes {
		s.report.add(s.source, n)
	}
	return nil
}

// batch runs f in one transaction, and in a dry run without any.
func (im *importer) batch(ctx context.Context, f func(r *newsroom.Room) error) error {
	if im.DryRun {
		return f(im.Room)
	}
	return im.Room.Batch(ctx, f)
}

// Keys of the section and the genre for stories that have none.
const (
	defaultTerm  = "default"
	defaultGenre = "default genre"
)

func (m *making) all(ctx context.Context, terms []item.TermRef, authors []item.Author) error {
	if _, ok := m.placement(defaultTerm); !ok {
		p, err := m.sectionPath(ctx, firstOf(m.Map.Section, "News"))
		if err != nil {
			return err
		}
		m.placed[defaultTerm] = p
	}
	if _, ok := m.placement(defaultGenre); !ok && m.Map.Genre != "" {
		p, err := m.genre(ctx, m.Map.Genre)
		if err != nil {
			return err
		}
		m.placed[defaultGenre] = p
	}
	for _, t := range terms {
		if err := m.term(ctx, t); err != nil {
			return fmt.Errorf("%s %q: %w", t.Taxonomy, t.Name, err)
		}
	}
	for _, a := range authors {
		if err := m.author(ctx, a); err != nil {
			return fmt.Errorf("person %q: %w", a.Name, err)
		}
	}
	return nil
}

func (m *making) placement(key string) (place, bool) {
	if p, ok := m.placed[key]; ok {
		return p, true
	}
	p, ok := m.shelf.placed[key]
	return p, ok
}

func (m *making) note(sev item.Severity, kind, name, format string, args ...any) {
	m.notes = append(m.notes, item.Notice{Severity: sev, Kind: kind, Name: name, Item: name, Reason: fmt.Sprintf(format, args...)})
}

// term decides what a term becomes and makes it.
func (m *making) term(ctx context.Context, ref item.TermRef) error {
	key := ref.Taxonomy + "/" + ref.Slug
	if _, ok := m.placement(key); ok {
		return nil
	}
	ref.Name = strings.Clone(ref.Name) // a piece of an item that would be kept with it
	t := m.terms[key]
	if t == nil { // used and not declared
		t = &item.Term{Taxonomy: ref.Taxonomy, Slug: ref.Slug, Name: firstOf(ref.Name, ref.Slug)}
		if ref.Taxonomy == item.Category || ref.Taxonomy == item.Tag {
			t.Old = []string{"/" + ref.Taxonomy + "/" + ref.Slug}
		}
	}
	p, err := m.place(ctx, t)
	if err != nil {
		return err
	}
	m.placed[key] = p
	if p.kind == "" || m.DryRun {
		return nil
	}
	for _, old := range m.oldTerm(t) {
		added, err := m.room.AddOldPath(ctx, m.Staff, old, p.kind, p.id)
		if err != nil {
			return err
		}
		if added && p.fresh {
			m.counts.OldAddresses++
		}
	}
	return nil
}

// place applies the mapping file, then the defaults: a category is a section,
// or a genre when it is called like one; a tag is a topic; the rest is left
// out and counted.
func (m *making) place(ctx context.Context, t *item.Term) (place, error) {
	if rule, ok := m.rule(t); ok {
		return m.byRule(ctx, t, rule)
	}
	switch t.Taxonomy {
	case item.Category:
		if uncategorised(t) {
			return m.placeOf(defaultTerm), nil
		}
		if g := genreNames[strings.ToLower(t.Name)]; g != "" && t.Parent == "" && !m.hasChildren(t) {
			return m.genre(ctx, g)
		}
		return m.section(ctx, t, map[string]bool{})
	case item.Tag:
		return m.topic(ctx, t.Name, t)
	}
	switch m.Map.Taxonomies[t.Taxonomy] {
	case "topics":
		return m.topic(ctx, t.Name, t)
	case "sections":
		return m.section(ctx, t, map[string]bool{})
	case "drop":
		return place{}, nil
	}
	m.note(item.Warning, "taxonomy", t.Taxonomy, "The term %q of the taxonomy %q was left out; the mapping file can make it a topic or section.", t.Name, t.Taxonomy)
	return place{}, nil
}

func (m *making) placeOf(key string) place {
	p, _ := m.placement(key)
	return p
}

func uncategorised(t *item.Term) bool {
	switch strings.ToLower(t.Slug) {
	case "uncategorized", "uncategorised", "non-classe", "sin-categoria", "allgemein", "unkategorisiert", "senza-categoria", "geen-categorie", "uncategorized-en":
		return true
	}
	return strings.EqualFold(t.Name, "Uncategorized")
}

// rule looks the term up in the mapping file, by slug or name.
func (m *making) rule(t *item.Term) (TermRule, bool) {
	for _, key := range []string{t.Slug, t.Name} {
		if r, ok := m.Map.Tags[key]; ok && t.Taxonomy == item.Tag {
			if r.text != "" {
				r.Topic = r.text
			}
			return r, true
		}
		// A feed does not tell categories from tags.
		if r, ok := m.Map.Categories[key]; ok && (t.Taxonomy == item.Category || t.Taxonomy == item.Tag && len(m.site.Terms) == 0) {
			if r.text != "" {
				r.Section = r.text
			}
			return r, true
		}
	}
	return TermRule{}, false
}

func (m *making) byRule(ctx context.Context, t *item.Term, r TermRule) (place, error) {
	switch {
	case r.Drop:
		m.note(item.Info, "dropped", t.Slug, "The %s %q was dropped, as the mapping file asks.", t.Taxonomy, t.Name)
		return place{}, nil
	case r.Section != "":
		return m.sectionPath(ctx, r.Section)
	case r.Topic != "":
		return m.topic(ctx, r.Topic, nil)
	case r.Genre != "":
		return m.genre(ctx, r.Genre)
	}
	return m.section(ctx, t, map[string]bool{})
}

func (m *making) found(key string) (place, bool) {
	if p, ok := m.byName[key]; ok {
		return p, true
	}
	p, ok := m.shelf.byName[key]
	return p, ok
}

// topic finds or makes a topic; t is nil when a rule has named it.
func (m *making) topic(ctx context.Context, name string, t *item.Term) (place, error) {
	folded := "topic/" + store.FoldName(name)
	if p, ok := m.found(folded); ok {
		return p, nil
	}
	st := m.room.Store()
	var v stet.Topic
	fresh := false
	found, err := st.TopicsNamed(ctx, name)
	if err != nil {
		return place{}, err
	}
	if t != nil {
		v.Source = m.site.Key + t.Taxonomy + ":" + t.Slug
		if old, err := st.TopicBySource(ctx, v.Source); err == nil {
			found = []stet.Topic{old}
		}
	}
	if len(found) > 0 {
		v = found[0]
	} else {
		m.counts.Topics++
		fresh = true
		v.Name = shorten(name, 200)
		if t != nil {
			v.Slug, v.Description = m.freeSlug(ctx, "/topic/", cleanSlug(t.Slug)), shorten(t.Description, 2000)
		}
		if m.DryRun {
			v.PublicID, v.ID = "new:"+folded, -1
		} else if err := m.room.AddTopic(ctx, m.Staff, &v); err != nil {
			return place{}, err
		}
	}
	p := place{kind: stet.PathTopic, ref: stet.Ref{ID: v.PublicID, Name: v.Name}, id: v.ID, fresh: fresh}
	m.byName[folded] = p
	return p, nil
}

// freeSlug returns the slug when nothing stands there, else "", of which the
// newsroom makes one of the name.
func (m *making) freeSlug(ctx context.Context, folder, slug string) string {
	if slug == "" {
		return ""
	}
	if _, err := m.room.Store().Path(ctx, folder+slug); stet.ErrorCode(err) != stet.NotFound {
		return ""
	}
	return slug
}

func (m *making) genre(ctx context.Context, name string) (place, error) {
	folded := "genre/" + store.FoldName(name)
	if p, ok := m.found(folded); ok {
		return p, nil
	}
	all, err := m.room.Store().Genres(ctx)
	if err != nil {
		return place{}, err
	}
	var v stet.Genre
	for _, g := range all {
		if store.FoldName(g.Name) == store.FoldName(name) || g.Slug == name {
			v = g
		}
	}
	fresh := v.PublicID == ""
	if fresh {
		m.counts.Genres++
		v.Name = m.nameOf(name)
		if m.DryRun {
			v.PublicID, v.ID = "new:"+folded, -1
		} else if err := m.room.AddGenre(ctx, m.Staff, &v); err != nil {
			return place{}, err
		}
	}
	p := place{kind: stet.PathGenre, ref: stet.Ref{ID: v.PublicID, Name: v.Name}, id: v.ID, fresh: fresh}
	m.byName[folded] = p
	return p, nil
}

// oldTerm lists the addresses of a term's list: those that the format knows,
// and for a nested category the one with its parents.
func (m *making) oldTerm(t *item.Term) []string {
	base, usual := m.Map.CategoryBase, item.Category
	if t.Taxonomy == item.Tag {
		base, usual = m.Map.TagBase, item.Tag
	} else if t.Taxonomy != item.Category {
		return t.Old
	}
	base = strings.Trim(firstOf(base, usual), "/")
	out := slices.Clone(t.Old)
	line := []string{t.Slug}
	for up, n := m.terms[t.Taxonomy+"/"+t.Parent], 0; up != nil && n < 20; up, n = m.terms[t.Taxonomy+"/"+up.Parent], n+1 {
		line = append([]string{up.Slug}, line...)
	}
	if len(t.Old) > 0 {
		out = append(out, "/"+base+"/"+strings.Join(line, "/"), "/"+base+"/"+t.Slug)
	}
	return out
}

// cleanSlug is a slug of the old site when it can be one of ours, else "".
func cleanSlug(s string) string {
	s = strings.ToLower(s)
	if len([]rune(s)) > stet.MaxSlug || !stet.ValidSlug(s) {
		return ""
	}
	return s
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
