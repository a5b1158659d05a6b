// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/store"
)

// AddPerson stores a new person and claims their address.
func (r *Room) AddPerson(ctx context.Context, staff stet.Staff, p *stet.Person) error {
	return r.act(ctx, staff, KeepPeople, func(r *Room) (err error) {
		if err := named(nil, &p.PublicID, &p.Name); err != nil { // Validate wants the slug
			return err
		}
		if p.Kind == "" {
			p.Kind = stet.Human
		}
		if p.Slug, err = r.ownSlug(ctx, p.Slug, p.Name, "/person", stet.PathPerson); err != nil {
			return err
		}
		if err := p.Validate(); err != nil {
			return err
		}
		if err := r.store.CreatePerson(ctx, p); err != nil {
			return err
		}
		r.changed(TagTaxonomy)
		if err := r.claim(ctx, "/person/"+p.Slug, stet.PathPerson, p.ID); err != nil {
			return err
		}
		return r.notePerson(ctx, staff, "added", p)
	})
}

// UpdatePerson stores what changed about a person. A new slug gets a new
// address, and the old one goes on leading there. A person whom somebody else
// has changed since is refused with Conflict.
func (r *Room) UpdatePerson(ctx context.Context, staff stet.Staff, p *stet.Person) error {
	return r.act(ctx, staff, KeepPeople, func(r *Room) error {
		was, err := r.store.Person(ctx, p.ID)
		if err != nil {
			return err
		}
		p.Name = strings.Join(strings.Fields(p.Name), " ")
		if p.Slug != was.Slug {
			if p.Slug, err = r.ownSlug(ctx, p.Slug, p.Name, "/person", stet.PathPerson); err != nil {
				return err
			}
		}
		if err := p.Validate(); err != nil {
			return err
		}
		if err := r.store.UpdatePerson(ctx, p); err != nil {
			return err
		}
		r.changed(PersonTag(p.ID), TagTaxonomy) // the name stands beside every story of theirs
		if err := r.claim(ctx, "/person/"+p.Slug, stet.PathPerson, p.ID); err != nil {
			return err
		}
		var details []string
		if p.Name != was.Name {
			details = append(details, "was "+was.Name)
			if err := r.enqueueBylines(ctx, p.ID); err != nil {
				return err
			}
		}
		return r.notePerson(ctx, staff, "changed", p, details...)
	})
}

// notePerson remembers an act of somebody at the desk. What the operator does,
// an import of thousands among it, is one act and not thousands.
func (r *Room) notePerson(ctx context.Context, staff stet.Staff, act string, p *stet.Person, details ...string) error {
	if staff.ID == 0 {
		return nil
	}
	return r.note(ctx, staff, act, "person", p.PublicID, p.Name, details...)
}

// ChangePerson changes the person with the public id as change says. Seen is
// the time of the change that the caller knows of: when somebody else has
// changed the person since, nothing is overwritten.
func (r *Room) ChangePerson(ctx context.Context, staff stet.Staff, id string, seen time.Time, change func(tx *store.Store, p *stet.Person) error) (p stet.Person, err error) {
	err = r.act(ctx, staff, KeepPeople, func(r *Room) error {
		if p, err = r.store.PersonByPublicID(ctx, id); err != nil {
			return err
		}
		if !p.UpdatedAt.Equal(seen) {
			return stet.Errorf(stet.Conflict, "somebody else has changed %s meanwhile", p.Name)
		}
		if err := change(r.store, &p); err != nil {
			return err
		}
		return r.UpdatePerson(ctx, staff, &p)
	})
	return p, err
}

// MergePeople lets one person take the place of another who is the same. The
// bylines of what readers see follow, the names and the addresses of both lead
// to the one who remains; working copies follow in a job, and mean the one who
// remains until then. Versions stay as they were published. It cannot be undone.
func (r *Room) MergePeople(ctx context.Context, staff stet.Staff, id, intoID string) (into stet.Person, err error) {
	err = r.act(ctx, staff, KeepPeople, func(r *Room) error {
		from, err := r.store.PersonByPublicID(ctx, id)
		if err != nil {
			return err
		}
		if into, err = r.store.PersonByPublicID(ctx, intoID); stet.ErrorCode(err) == stet.NotFound {
			return stet.Errorf(stet.Invalid, "the person who should remain does not exist")
		} else if err != nil {
			return err
		}
		if from.ID == into.ID {
			return stet.Errorf(stet.Invalid, "%s is one person already", into.Name)
		}
		articles, err := r.store.MergePerson(ctx, &from, &into)
		if err != nil {
			return err
		}
		takeOver(&into, &from)
		if err := into.Validate(); err != nil {
			return err
		}
		if err := r.store.UpdatePerson(ctx, &into); err != nil {
			return err
		}
		if err := r.leadViews(ctx, "writer", from.PublicID, into.PublicID); err != nil {
			return err
		}
		r.changed(PersonTag(from.ID), PersonTag(into.ID), TagTaxonomy)
		for _, id := range []int64{from.ID, into.ID} {
			r.changed(store.List{Kind: store.ListPerson, Ref: id}.Tag())
		}
		for _, a := range articles {
			r.changed(ArticleTag(a))
		}
		if err := r.refileCopiesLater(ctx, stet.PathPerson, from.PublicID); err != nil {
			return err
		}
		if err := r.enqueueBylines(ctx, into.ID); err != nil {
			return err
		}
		return r.note(ctx, staff, "merged", "person", into.PublicID, into.Name, "took the place of "+from.Name)
	})
	return into, err
}

// followPeople puts whoever remains of a merge in the place of whom a byline
// names. Whoever is then named twice for the same contribution is named once.
// People who were not merged keep the name that the content has for them.
func (r *Room) followPeople(ctx context.Context, c *stet.Content) error {
	var out []stet.Byline
	for _, b := range c.Bylines {
		p, err := r.store.PersonByPublicID(ctx, b.Person.ID)
		if err != nil && stet.ErrorCode(err) != stet.NotFound {
			return err
		}
		if err == nil && p.PublicID != b.Person.ID {
			b.Person = stet.Ref{ID: p.PublicID, Name: p.Name}
		}
		if !slices.ContainsFunc(out, func(o stet.Byline) bool { return o.Person.ID == b.Person.ID && o.Contribution == b.Contribution }) {
			out = append(out, b)
		}
	}
	c.Bylines = out
	return nil
}

// takeOver gives the one who remains what they lack of the other: spellings,
// offices and links, and words and a portrait where they have none.
func takeOver(into, from *stet.Person) {
	for _, name := range append([]string{from.Name}, from.Variants...) {
		if name != into.Name && !slices.Contains(into.Variants, name) {
			into.Variants = append(into.Variants, name)
		}
	}
	for _, role := range from.Roles {
		if !slices.Contains(into.Roles, role) {
			into.Roles = append(into.Roles, role)
		}
	}
	for _, l := range from.Links {
		if !slices.ContainsFunc(into.Links, func(o stet.Link) bool { return o.URL == l.URL }) {
			into.Links = append(into.Links, l)
		}
	}
	into.Author = into.Author || from.Author
	into.Bio = firstOf(into.Bio, from.Bio)
	if into.Portrait == 0 {
		into.Portrait = from.Portrait
	}
}

// BylineArgs names the person whose stories are to be found by their present
// name.
type BylineArgs struct {
	Person int64 `json:"person"`
}

// enqueueBylines has the search find the stories of a person by the name that
// they have now. Somebody may have written thousands, which is no work for a
// request.
func (r *Room) enqueueBylines(ctx context.Context, person int64) error {
	return r.enqueue(ctx, jobs.Job{Kind: JobBylines, Args: BylineArgs{Person: person}, UniqueKey: fmt.Sprintf("bylines:%d", person), Priority: jobs.Last})
}

// IndexBylines is the work of JobBylines.
func (r *Room) IndexBylines(ctx context.Context, args BylineArgs) error {
	list := store.List{Kind: store.ListPerson, Ref: args.Person}
	for after := (store.Cursor{}); ; {
		rows, err := r.store.Stories(ctx, list, after, 100)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return r.indexStatements(ctx, args.Person)
		}
		err = r.Batch(ctx, func(r *Room) error {
			for _, l := range rows {
				if err := r.reindexOne(ctx, l); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		last := rows[len(rows)-1]
		after = store.Cursor{PublishedAt: last.PublishedAt, ArticleID: last.ArticleID}
	}
}

// indexStatements has search find what a person said by the names that they
// have now.
func (r *Room) indexStatements(ctx context.Context, person int64) error {
	for after := int64(0); ; {
		p, err := r.store.Person(ctx, person)
		if err != nil {
			return err
		}
		rows, err := r.store.FindStatements(ctx, store.StatementFilter{Speaker: person, Hidden: true, After: after, Limit: 100})
		if err != nil || len(rows) == 0 {
			return err
		}
		err = r.Batch(ctx, func(r *Room) error {
			for i := range rows {
				if err := r.store.ReindexStatement(ctx, &rows[i], namesOf(&p)); err != nil {
					return err
				}
				r.changed(StatementTag(rows[i].ID)) // the ledger has the speaker's name as well
			}
			r.changed(TagRecord)
			return nil
		})
		if err != nil {
			return err
		}
		after = rows[len(rows)-1].ID
	}
}
