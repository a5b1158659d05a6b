// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"slices"
	"strings"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/store"
)

// authorKey is what an author is remembered by.
func authorKey(a item.Author) string {
	if a.Key != "" {
		return a.Key
	}
	return "name:" + store.FoldName(a.Name)
}

// author finds or makes the person behind a byline: by the key that an earlier
// import has left, else by name.
func (m *making) author(ctx context.Context, a item.Author) error {
	key := authorKey(a)
	if _, ok := m.known[key]; ok {
		return nil
	}
	p := m.people[a.Key]
	if p == nil {
		p = &item.Person{Key: a.Key, Name: a.Name}
	}
	name := strings.Join(strings.Fields(shorten(firstOf(p.Name, a.Name), 200)), " ")
	merge, merged := m.merge(p, name)
	if merge.Drop || name == "" {
		m.known[key] = stet.Ref{}
		return nil
	}
	v := stet.Person{Name: name, Author: true, Bio: shorten(p.Bio, 20000), Links: p.Links, Slug: cleanSlug(p.Slug)}
	if p.Key != "" && !merged {
		v.Source = m.site.Key + p.Key
	}
	if merged && store.FoldName(merge.Name) != store.FoldName(name) {
		v.Name, v.Variants, v.Slug = merge.Name, []string{name}, ""
	}
	people := m.counts.People
	id, err := m.person(ctx, &v, p)
	if err != nil {
		return err
	}
	m.known[strings.Clone(key)] = stet.Ref{ID: v.PublicID, Name: strings.Clone(v.Name)}
	if m.DryRun {
		return nil
	}
	for _, old := range m.oldPerson(p) {
		added, err := m.room.AddOldPath(ctx, m.Staff, old, stet.PathPerson, id)
		if err != nil {
			return err
		}
		if added && m.counts.People > people {
			m.counts.OldAddresses++
		}
	}
	return nil
}

// merge looks the person up in the mapping file, by login, slug or name.
func (m *making) merge(p *item.Person, name string) (Merge, bool) {
	login := p.Key[strings.IndexByte(p.Key, ':')+1:]
	for _, k := range []string{login, p.Slug, name} {
		if r, ok := m.Map.Authors[k]; ok && k != "" {
			return r, true
		}
	}
	return Merge{}, false
}

// person finds the person, or stores them, and returns the id.
func (m *making) person(ctx context.Context, v *stet.Person, p *item.Person) (int64, error) {
	st := m.room.Store()
	var old stet.Person
	if v.Source != "" {
		if q, err := st.PersonBySource(ctx, v.Source); err == nil {
			old = q
		} else if stet.ErrorCode(err) != stet.NotFound {
			return 0, err
		}
	}
	if old.ID == 0 {
		same, err := st.PeopleNamed(ctx, v.Name)
		if err != nil {
			return 0, err
		}
		if i := slices.IndexFunc(same, func(q stet.Person) bool { return q.Author }); i >= 0 {
			old = same[i]
		} else if len(same) > 0 {
			old = same[0]
		}
	}
	if old.ID != 0 {
		return old.ID, m.knownPerson(ctx, v, old)
	}
	m.counts.People++
	if m.DryRun {
		v.PublicID, v.ID = "new:"+store.FoldName(v.Name), -1
		return v.ID, nil
	}
	v.Portrait = m.pics.portrait(p.Picture)
	v.Slug = m.freeSlug(ctx, "/person/", v.Slug)
	err := m.room.AddPerson(ctx, m.Staff, v)
	return v.ID, err
}

// knownPerson completes what the magazine has of somebody: nothing is taken
// away or replaced.
func (m *making) knownPerson(ctx context.Context, v *stet.Person, old stet.Person) error {
	changed := !old.Author
	old.Author = true
	if old.Bio == "" && v.Bio != "" {
		old.Bio, changed = v.Bio, true
	}
	for _, n := range v.Variants {
		if !slices.Contains(old.Variants, n) && old.Name != n {
			old.Variants, changed = append(old.Variants, n), true
		}
	}
	*v = old
	if !changed || m.DryRun {
		return nil
	}
	return m.room.UpdatePerson(ctx, m.Staff, v)
}

// oldPerson lists the addresses of the person's former page.
func (m *making) oldPerson(p *item.Person) []string {
	base := strings.Trim(m.Map.AuthorBase, "/")
	if base == "" {
		return p.Old
	}
	out := slices.Clone(p.Old)
	for _, o := range p.Old {
		if rest, ok := strings.CutPrefix(o, "/author/"); ok {
			out = append(out, "/"+base+"/"+rest)
		}
	}
	return out
}
