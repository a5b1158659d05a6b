// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"strings"

	"stet"
)

// AddSection stores a new section and claims its address. An empty slug is
// made from the name.
func (r *Room) AddSection(ctx context.Context, staff stet.Staff, s *stet.Section) error {
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) error {
		if err := named(s, &s.PublicID, &s.Name); err != nil {
			return err
		}
		all, err := r.store.Sections(ctx)
		if err != nil {
			return err
		}
		if err := all.CheckParent(0, s.ParentID); err != nil {
			return err
		}
		above, _ := all.ByID(s.ParentID)
		if err := r.permitSection(ctx, staff, KeepTaxonomy, above.PublicID); err != nil {
			return err
		}
		folder := all.Path(s.ParentID)
		if s.Slug, err = r.ownSlug(ctx, s.Slug, s.Name, folder, stet.PathSection); err != nil {
			return err
		}
		if err := r.store.CreateSection(ctx, s); err != nil {
			return err
		}
		return r.added(ctx, staff, sectionTerm(*s), folder)
	})
}

// AddGenre stores a new genre and claims its address.
func (r *Room) AddGenre(ctx context.Context, staff stet.Staff, g *stet.Genre) error {
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) (err error) {
		if err := named(g, &g.PublicID, &g.Name); err != nil {
			return err
		}
		if g.Slug, err = r.ownSlug(ctx, g.Slug, g.Name, "/genre", stet.PathGenre); err != nil {
			return err
		}
		if err := r.store.CreateGenre(ctx, g); err != nil {
			return err
		}
		return r.added(ctx, staff, genreTerm(*g), "/genre")
	})
}

// AddTopic stores a new topic and claims its address.
func (r *Room) AddTopic(ctx context.Context, staff stet.Staff, t *stet.Topic) error {
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) (err error) {
		if err := named(t, &t.PublicID, &t.Name); err != nil {
			return err
		}
		if t.Slug, err = r.ownSlug(ctx, t.Slug, t.Name, "/topic", stet.PathTopic); err != nil {
			return err
		}
		if err := r.store.CreateTopic(ctx, t); err != nil {
			return err
		}
		return r.added(ctx, staff, topicTerm(*t), "/topic")
	})
}

// added claims the address of a new section, genre or topic.
func (r *Room) added(ctx context.Context, staff stet.Staff, t Term, folder string) error {
	r.changed(TagTaxonomy)
	if err := r.claim(ctx, folder+"/"+t.Slug, t.Kind, t.ID); err != nil {
		return err
	}
	if staff.ID == 0 {
		return nil // an import adds thousands, and says so itself
	}
	return r.noteTerm(ctx, staff, "added", t)
}

// AddPartner stores a new partner.
func (r *Room) AddPartner(ctx context.Context, staff stet.Staff, p *stet.Partner) error {
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) error {
		if err := named(p, &p.PublicID, &p.Name); err != nil {
			return err
		}
		r.changed(TagTaxonomy)
		return r.store.CreatePartner(ctx, p)
	})
}

// named gives a new thing its public id, and holds it to its rules.
func named(v interface{ Validate() error }, publicID, name *string) error {
	*name = strings.Join(strings.Fields(*name), " ")
	if v != nil {
		if err := v.Validate(); err != nil {
			return err
		}
	}
	if *name == "" {
		return stet.Errorf(stet.Invalid, "it needs a name")
	}
	if *publicID == "" {
		*publicID = stet.NewID()
	}
	return nil
}

// ownSlug checks a slug that somebody chose, or makes a free one of the name.
func (r *Room) ownSlug(ctx context.Context, chosen, name, folder string, kind stet.PathKind) (string, error) {
	if chosen == "" {
		return r.freePath(ctx, folder, Slug(name, r.language(ctx)), kind, 0)
	}
	if !stet.ValidSlug(chosen) {
		return "", stet.Errorf(stet.Invalid, "the slug %q cannot stand in an address", chosen)
	}
	return chosen, checkOwn(folder, chosen)
}
