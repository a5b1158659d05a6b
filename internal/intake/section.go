// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/newsroom"
	"stet/internal/store"
)

func (m *making) hasChildren(t *item.Term) bool {
	return slices.ContainsFunc(m.site.Terms, func(c *item.Term) bool { return c.Taxonomy == t.Taxonomy && c.Parent == t.Slug })
}

// section finds or makes the section of a category, its parents first. above
// holds the categories that wait for it: one of them as a parent is a cycle.
func (m *making) section(ctx context.Context, t *item.Term, above map[string]bool) (place, error) {
	key := t.Taxonomy + "/" + t.Slug
	if p, ok := m.placement(key); ok {
		return p, nil
	}
	above[t.Slug] = true
	parent := place{}
	if t.Parent != "" {
		up := m.terms[t.Taxonomy+"/"+t.Parent]
		switch {
		case up == nil:
			m.loop(t, "The parent %q of the category %q is not in the file; it stands at the top.", t.Parent, t.Name)
		case above[up.Slug]:
			m.loop(t, "The categories %q and %q are each below the other; %[2]q stands at the top.", up.Name, t.Name)
		case len(above) > 200:
			m.loop(t, "The parents of the category %[2]q have no end; it stands at the top.", t.Parent, t.Name)
		default:
			var err error
			if _, ruled := m.rule(up); ruled {
				parent, err = m.place(ctx, up)
			} else {
				parent, err = m.section(ctx, up, above)
			}
			if err != nil {
				return place{}, err
			}
			m.placed[up.Taxonomy+"/"+up.Slug] = parent
		}
	}
	if parent.kind != stet.PathSection {
		parent = place{}
	}
	if parent.depth >= stet.MaxSectionDepth {
		m.loop(t, "The category %[2]q is nested deeper than sections can be; its stories are in its parent %[1]q.", t.Parent, t.Name)
		return parent, nil
	}
	p, err := m.sectionIn(ctx, parent, t.Name, cleanSlug(t.Slug), t)
	if err == nil {
		m.placed[key] = p
	}
	return p, err
}

func (m *making) loop(t *item.Term, format string, args ...any) {
	if !m.loops[t.Slug] {
		m.loops[t.Slug] = true
		m.note(item.Warning, "tree", t.Slug, format, args...)
	}
}

// sectionPath finds or makes a section by its path of names or slugs.
func (m *making) sectionPath(ctx context.Context, path string) (place, error) {
	var p place
	for name := range strings.SplitSeq(path, "/") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		var err error
		if p, err = m.sectionIn(ctx, p, m.nameOf(name), "", nil); err != nil {
			return p, err
		}
		if p.depth >= stet.MaxSectionDepth {
			break
		}
	}
	if p.kind == "" {
		return p, stet.Errorf(stet.Invalid, "%q names no section", path)
	}
	return p, nil
}

// nameOf makes a name of a slug: that of the old site's category, or the words
// with a capital.
func (m *making) nameOf(s string) string {
	if t := m.terms[item.Category+"/"+s]; t != nil {
		return t.Name
	}
	if strings.ContainsFunc(s, unicode.IsUpper) || strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	r := []rune(strings.ReplaceAll(s, "-", " "))
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// sectionIn finds the section of that name or slug directly below parent, or
// makes it.
func (m *making) sectionIn(ctx context.Context, parent place, name, slug string, t *item.Term) (place, error) {
	folded := fmt.Sprintf("section/%s/%s", parent.ref.ID, store.FoldName(name))
	if p, ok := m.found(folded); ok {
		return p, nil
	}
	all, err := m.room.Store().Sections(ctx)
	if err != nil {
		return place{}, err
	}
	source := ""
	if t != nil {
		source = m.site.Key + t.Taxonomy + ":" + t.Slug
	}
	for _, s := range all {
		same := s.ParentID == parent.id && (parent.id != 0) == (parent.kind != "") &&
			(store.FoldName(s.Name) == store.FoldName(name) || slug != "" && s.Slug == slug || s.Slug == newsroom.Slug(name, m.lang))
		if source != "" && s.Source == source || same {
			p := place{kind: stet.PathSection, ref: stet.Ref{ID: s.PublicID, Name: s.Name}, id: s.ID, depth: len(all.Line(s.ID))}
			m.byName[folded] = p
			return p, nil
		}
	}
	m.counts.Sections++
	s := stet.Section{ParentID: parent.id, Name: name, Source: source}
	if t != nil {
		s.Description = shorten(t.Description, 2000)
	}
	if m.DryRun {
		p := place{kind: stet.PathSection, ref: stet.Ref{ID: "new:" + folded, Name: name}, id: -1, depth: parent.depth + 1}
		m.byName[folded] = p
		return p, nil
	}
	if s.Slug, err = m.freeSectionSlug(ctx, all.Path(parent.id), firstOf(slug, newsroom.Slug(name, m.lang))); err != nil {
		return place{}, err
	}
	if err := m.room.AddSection(ctx, m.Staff, &s); err != nil {
		return place{}, err
	}
	p := place{kind: stet.PathSection, ref: stet.Ref{ID: s.PublicID, Name: s.Name}, id: s.ID, depth: parent.depth + 1, fresh: true}
	m.byName[folded] = p
	return p, nil
}

// freeSectionSlug keeps a section from taking the old address of a story.
func (m *making) freeSectionSlug(ctx context.Context, folder, base string) (string, error) {
	for n := 1; ; n++ {
		s := base
		if n > 1 {
			s = fmt.Sprintf("%s-%d", base, n)
		}
		if m.site.Taken[folder+"/"+s] || folder == "" && stet.Reserved(s) {
			if n == 1 {
				m.note(item.Warning, "address", s, "The section %q cannot stand at %s/%s: a story of the old site, or the program, has that address.", s, folder, s)
			}
			continue
		}
		_, err := m.room.Store().Path(ctx, folder+"/"+s)
		if stet.ErrorCode(err) == stet.NotFound {
			return s, nil
		}
		if err != nil {
			return "", err
		}
	}
}
