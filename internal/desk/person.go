// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/store"
)

// PersonRow is a person as lists and pickers show them.
type PersonRow struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Kind    stet.PersonKind `json:"kind" enum:"person,organisation"`
	Role    string          `json:"role,omitempty" doc:"The role that they hold now."`
	Author  bool            `json:"author" doc:"Has, or may have, bylines."`
	Path    string          `json:"path"`
	Stories int             `json:"stories" doc:"Public stories with a byline of theirs."`
}

// Person is one person whole.
type Person struct {
	PersonRow
	SortName  string      `json:"sortName" doc:"By which they are ordered; empty means the name."`
	Slug      string      `json:"slug"`
	Variants  []string    `json:"variants" doc:"Other spellings under which they appear."`
	Roles     []stet.Role `json:"roles" doc:"What they are and were. Dates are 2023, 2023-03 or 2023-03-14; without an end means still."`
	Bio       string      `json:"bio"`
	Portrait  *AssetRow   `json:"portrait,omitempty"`
	Links     []stet.Link `json:"links"`
	Bylines   int         `json:"bylines" doc:"Working copies with a byline of theirs, those of public stories included."`
	FormerAt  []string    `json:"formerAt" doc:"Other addresses that lead to their page."`
	CreatedAt time.Time   `json:"createdAt"`
	UpdatedAt time.Time   `json:"updatedAt" doc:"A change names the one that it rests on."`
}

// PersonFields are what may be said of a person; what is left out stays.
type PersonFields struct {
	Name     *string          `json:"name,omitempty" maxLength:"200"`
	Kind     *stet.PersonKind `json:"kind,omitempty" enum:"person,organisation"`
	SortName *string          `json:"sortName,omitempty" maxLength:"200"`
	Slug     *string          `json:"slug,omitempty" maxLength:"200" doc:"The end of the address; empty has one made of the name. The old address goes on leading there."`
	Variants *[]string        `json:"variants,omitempty" maxItems:"100"`
	Roles    *[]stet.Role     `json:"roles,omitempty" maxItems:"100"`
	Bio      *string          `json:"bio,omitempty" maxLength:"20000"`
	Portrait *string          `json:"portrait,omitempty" doc:"Id of a picture; empty for none."`
	Links    *[]stet.Link     `json:"links,omitempty" maxItems:"100"`
	Author   *bool            `json:"author,omitempty"`
}

// NewPerson is somebody of whom no more than the name need be known.
type NewPerson struct {
	PersonFields
	Name string `json:"name" minLength:"1" maxLength:"200"`
}

// PersonChange is a change of a person, and the state that it rests on.
type PersonChange struct {
	PersonFields
	UpdatedAt time.Time `json:"updatedAt" doc:"When somebody has changed the person since then, the change is refused with 409."`
}

// PersonAlike is somebody who may be the same person.
type PersonAlike struct {
	PersonRow
	Why string `json:"why" doc:"What makes one think so."`
}

func viewPersonRow(p stet.Person, stories int) PersonRow {
	role, _ := p.Present()
	return PersonRow{p.PublicID, p.Name, p.Kind, role.Title, p.Author, "/person/" + p.Slug, stories}
}

type personPath struct {
	Caller
	ID string `path:"id"`
}

func (d *Desk) personOperations() {
	register(d, http.MethodGet, "/people", "list-people", "lists people by their sort names, or finds them by the beginnings of words of their names", d.listPeople)
	register(d, http.MethodPost, "/people", "add-person", "adds a person, who needs no account for a byline", func(ctx context.Context, in *struct {
		Caller
		Body NewPerson
	}) (*body[Person], error) {
		p := stet.Person{Name: in.Body.Name, Author: true}
		if err := in.Body.PersonFields.apply(ctx, d.store, &p); err != nil {
			return nil, err
		}
		if err := d.room.AddPerson(ctx, in.staff, &p); err != nil {
			return nil, err
		}
		return d.personReply(ctx, p)
	})
	register(d, http.MethodGet, "/people/{id}", "get-person", "returns a person; the id of somebody who was merged leads to who remains", func(ctx context.Context, in *personPath) (*body[Person], error) {
		p, err := d.store.PersonByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return d.personReply(ctx, p)
	})
	register(d, http.MethodPatch, "/people/{id}", "change-person", "changes what is known of a person", func(ctx context.Context, in *struct {
		Caller
		ID   string `path:"id"`
		Body PersonChange
	}) (*body[Person], error) {
		p, err := d.room.ChangePerson(ctx, in.staff, in.ID, in.Body.UpdatedAt, func(tx *store.Store, p *stet.Person) error {
			return in.Body.PersonFields.apply(ctx, tx, p)
		})
		if err != nil {
			return nil, err
		}
		return d.personReply(ctx, p)
	})
	register(d, http.MethodPost, "/people/{id}/merge", "merge-person", "lets another person take the place of this one, for good", func(ctx context.Context, in *struct {
		Caller
		ID   string `path:"id"`
		Body struct {
			Into string `json:"into" doc:"Id of the person who remains."`
		}
	}) (*body[Person], error) {
		p, err := d.room.MergePeople(ctx, in.staff, in.ID, in.Body.Into)
		if err != nil {
			return nil, err
		}
		return d.personReply(ctx, p)
	})
	register(d, http.MethodGet, "/people/{id}/alike", "list-people-alike", "lists others who may be the same person", d.listPeopleAlike)
}

func (d *Desk) listPeople(ctx context.Context, in *struct {
	Caller
	Q      string          `query:"q" maxLength:"200" doc:"Each word is the beginning of a word of the name or of a variant. Those who write come first."`
	Kind   stet.PersonKind `query:"kind" enum:"person,organisation"`
	Author string          `query:"author" enum:"yes,no" doc:"Has, or may have, bylines."`
	Cursor string          `query:"cursor"`
	Limit  int             `query:"limit" minimum:"1" maximum:"100" default:"20"`
}) (*body[Page[PersonRow]], error) {
	f := store.PersonFilter{Words: in.Q, Kind: in.Kind, Limit: in.Limit + 1}
	if in.Author != "" {
		author := in.Author == "yes"
		f.Author = &author
	}
	if in.Cursor != "" {
		// Whoever was merged meanwhile stands where the one who remains does.
		after, err := d.store.PersonByPublicID(ctx, in.Cursor)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "%q is no cursor of ours", in.Cursor)
		}
		f.After = after.ID
	}
	found, err := d.store.FindPeople(ctx, f)
	if err != nil {
		return nil, err
	}
	rows, err := d.personRows(ctx, found)
	if err != nil {
		return nil, err
	}
	return pageOf(rows, in.Limit, func(p PersonRow) string { return p.ID }), nil
}

func (d *Desk) personRows(ctx context.Context, people []stet.Person) ([]PersonRow, error) {
	counts, err := d.store.CountBylines(ctx, people...)
	rows := make([]PersonRow, len(people))
	for i, p := range people {
		rows[i] = viewPersonRow(p, counts[p.ID].Stories)
	}
	return rows, err
}

func (d *Desk) listPeopleAlike(ctx context.Context, in *personPath) (*body[Page[PersonAlike]], error) {
	p, err := d.store.PersonByPublicID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	found, err := d.room.PeopleAlike(ctx, &p)
	if err != nil {
		return nil, err
	}
	people := make([]stet.Person, len(found))
	for i, a := range found {
		people[i] = a.Person
	}
	rows, err := d.personRows(ctx, people)
	out := make([]PersonAlike, len(rows))
	for i, row := range rows {
		out[i] = PersonAlike{row, found[i].Why}
	}
	return reply(Page[PersonAlike]{Items: out}), err
}

func (d *Desk) personReply(ctx context.Context, p stet.Person) (*body[Person], error) {
	counts, err := d.store.CountBylines(ctx, p)
	if err != nil {
		return nil, err
	}
	n := counts[p.ID]
	v := Person{
		PersonRow: viewPersonRow(p, n.Stories), SortName: p.SortName, Slug: p.Slug, Variants: some(p.Variants), Roles: some(p.Roles), Bio: p.Bio,
		Links: some(p.Links), Bylines: n.Copies, FormerAt: []string{}, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	}
	paths, err := d.store.PathsTo(ctx, stet.PathPerson, p.ID)
	if err != nil {
		return nil, err
	}
	for _, at := range paths {
		if at.Path != v.Path {
			v.FormerAt = append(v.FormerAt, at.Path)
		}
	}
	if p.Portrait == 0 {
		return reply(v), nil
	}
	assets, err := d.store.Assets(ctx, p.Portrait)
	if err != nil {
		return nil, err
	}
	rows, err := d.assetRows(ctx, assets...)
	if len(rows) == 1 {
		v.Portrait = &rows[0]
	}
	return reply(v), err
}

// apply changes what the fields say.
func (f *PersonFields) apply(ctx context.Context, s *store.Store, p *stet.Person) error {
	set(&p.Name, f.Name)
	set(&p.Kind, f.Kind)
	set(&p.SortName, f.SortName)
	set(&p.Slug, f.Slug)
	set(&p.Variants, f.Variants)
	set(&p.Roles, f.Roles)
	set(&p.Bio, f.Bio)
	set(&p.Links, f.Links)
	set(&p.Author, f.Author)
	if f.Portrait == nil {
		return nil
	}
	if p.Portrait = 0; *f.Portrait == "" {
		return nil
	}
	a, err := s.Asset(ctx, *f.Portrait)
	if stet.ErrorCode(err) == stet.NotFound || err == nil && (a.Kind != stet.Image || !a.TrashedAt.IsZero()) {
		return stet.Errorf(stet.Invalid, "the portrait is no picture of the library")
	}
	p.Portrait = a.ID
	return err
}

// set takes over what was sent.
func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}
