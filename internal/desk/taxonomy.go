// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strings"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// TermRow is a section, genre or topic.
type TermRow struct {
	Revised
	ID          string `json:"id"`
	Name        string `json:"name"`
	Slug        string `json:"slug" doc:"Its part of the address."`
	Path        string `json:"path" doc:"Public address."`
	Parent      string `json:"parent,omitempty" doc:"Id of the section above."`
	Description string `json:"description,omitempty"`
	Stories     *int   `json:"stories,omitempty" doc:"How many published stories are filed under it, those of the sections below included; only when counts are asked for."`
	Copies      *int   `json:"copies,omitempty" doc:"How many working copies name it, drafts among them; only when counts are asked for."`
}

// NewTerm is a section, genre or topic to add.
type NewTerm struct {
	Name        string `json:"name" minLength:"1" maxLength:"200"`
	Slug        string `json:"slug,omitempty" maxLength:"80" doc:"Its part of the address; empty for one that is made from the name."`
	Description string `json:"description,omitempty" maxLength:"20000"`
	Parent      string `json:"parent,omitempty" maxLength:"12" doc:"Id of the section above, only of sections."`
}

// TermChange is what is changed of a section, genre or topic.
type TermChange struct {
	Revised
	Name        *string `json:"name,omitempty" maxLength:"200"`
	Slug        *string `json:"slug,omitempty" maxLength:"80"`
	Description *string `json:"description,omitempty" maxLength:"20000"`
	Parent      *string `json:"parent,omitempty" maxLength:"12" doc:"Id of the section above, empty for the top; only of sections."`
}

// ListTerms asks for the list of one kind.
type ListTerms struct {
	Caller
	Counts bool `query:"counts" doc:"With how much is filed under each."`
}

// TermAt names a section, genre or topic in the path.
type TermAt struct {
	Caller
	ID string `path:"id" maxLength:"12"`
}

func (d *Desk) taxonomyOperations() {
	register(d, http.MethodGet, "/sections", "list-sections", "lists all sections, each after the one above it", func(ctx context.Context, in *ListTerms) (*body[Page[TermRow]], error) {
		return d.listTerms(ctx, stet.PathSection, "", in.Counts)
	})
	register(d, http.MethodGet, "/genres", "list-genres", "lists all genres", func(ctx context.Context, in *ListTerms) (*body[Page[TermRow]], error) {
		return d.listTerms(ctx, stet.PathGenre, "", in.Counts)
	})
	register(d, http.MethodGet, "/topics", "list-topics", "lists the topics whose name contains a text", func(ctx context.Context, in *struct {
		ListTerms
		Q string `query:"q" maxLength:"200" doc:"Part of the name; empty for all."`
	}) (*body[Page[TermRow]], error) {
		return d.listTerms(ctx, stet.PathTopic, in.Q, in.Counts)
	})
	for _, kind := range []stet.PathKind{stet.PathSection, stet.PathGenre, stet.PathTopic} {
		d.termOperations(kind)
	}
}

// termOperations are what is done to sections, genres and topics alike.
func (d *Desk) termOperations(kind stet.PathKind) {
	one, all := string(kind), "/"+string(kind)+"s"
	register(d, http.MethodPost, all, "add-"+one, "adds a "+one, func(ctx context.Context, in *struct {
		Caller
		Body NewTerm
	}) (*body[TermRow], error) {
		id, err := d.addTerm(ctx, in.staff, kind, in.Body)
		if err != nil {
			return nil, err
		}
		return d.viewTerm(ctx, kind, id)
	})
	register(d, http.MethodPatch, all+"/{id}", "change-"+one, "changes a "+one+"; old addresses lead to the new one", func(ctx context.Context, in *struct {
		TermAt
		Body TermChange
	}) (*body[TermRow], error) {
		c := in.Body
		if err := d.room.ChangeTerm(ctx, in.staff, kind, in.ID, c.Revision, newsroom.TermChange{Name: c.Name, Slug: c.Slug, Description: c.Description, Parent: c.Parent}); err != nil {
			return nil, err
		}
		return d.viewTerm(ctx, kind, in.ID)
	})
	register(d, http.MethodDelete, all+"/{id}", "delete-"+one, "deletes a "+one+" that nothing is filed under", func(ctx context.Context, in *TermAt) (*struct{}, error) {
		return nil, d.room.DropTerm(ctx, in.staff, kind, in.ID)
	})
	register(d, http.MethodGet, all+"/{id}/merge", "preview-merge-"+one, "returns what merging a "+one+" into another would do", func(ctx context.Context, in *struct {
		TermAt
		Into string `query:"into" required:"true" maxLength:"12" doc:"Id of the other one."`
	}) (*body[newsroom.Merger], error) {
		m, err := d.room.Merger(ctx, kind, in.ID, in.Into)
		return reply(m), err
	})
	register(d, http.MethodPost, all+"/{id}/merge", "merge-"+one, "merges a "+one+" into another, to which its addresses then lead", func(ctx context.Context, in *struct {
		TermAt
		Body struct {
			Revised
			Into string `json:"into" maxLength:"12" doc:"Id of the other one."`
		}
	}) (*body[TermRow], error) {
		if err := d.room.MergeTerms(ctx, in.staff, kind, in.ID, in.Body.Into, in.Body.Revision); err != nil {
			return nil, err
		}
		return d.viewTerm(ctx, kind, in.Body.Into)
	})
	if kind == stet.PathTopic {
		return
	}
	register(d, http.MethodPut, all+"/order", "order-"+one+"s", "puts "+one+"s in order, and moves those that stood elsewhere", func(ctx context.Context, in *struct {
		Caller
		Body struct {
			Parent string   `json:"parent,omitempty" maxLength:"12" doc:"Id of the section below which they stand; empty for the top."`
			IDs    []string `json:"ids" maxItems:"1000" doc:"All that shall stand there, in order. If one that stands there is missing, the order was changed meanwhile, and the answer is 409."`
		}
	}) (*body[Page[TermRow]], error) {
		if err := d.room.OrderTerms(ctx, in.staff, kind, in.Body.Parent, in.Body.IDs); err != nil {
			return nil, err
		}
		return d.listTerms(ctx, kind, "", false)
	})
}

func (d *Desk) addTerm(ctx context.Context, staff stet.Staff, kind stet.PathKind, n NewTerm) (string, error) {
	if n.Parent != "" && kind != stet.PathSection {
		return "", stet.Errorf(stet.Invalid, "only sections stand below one another")
	}
	shelf, err := newsroom.ReadShelf(ctx, d.store, kind)
	if err != nil {
		return "", err
	}
	switch kind {
	case stet.PathSection:
		s := stet.Section{Name: n.Name, Slug: n.Slug, Description: n.Description}
		if n.Parent != "" {
			above, err := shelf.Find(n.Parent)
			if err != nil {
				return "", stet.Errorf(stet.Invalid, "the parent section does not exist")
			}
			s.ParentID = above.ID
		}
		s.Position = len(shelf.Below(s.ParentID)) + 1
		err = d.room.AddSection(ctx, staff, &s)
		return s.PublicID, err
	case stet.PathGenre:
		g := stet.Genre{Name: n.Name, Slug: n.Slug, Description: n.Description, Position: len(shelf.Terms) + 1}
		err = d.room.AddGenre(ctx, staff, &g)
		return g.PublicID, err
	}
	t := stet.Topic{Name: n.Name, Slug: n.Slug, Description: n.Description}
	err = d.room.AddTopic(ctx, staff, &t)
	return t.PublicID, err
}

func (d *Desk) viewTerm(ctx context.Context, kind stet.PathKind, id string) (*body[TermRow], error) {
	shelf, err := newsroom.ReadShelf(ctx, d.store, kind)
	if err != nil {
		return nil, err
	}
	t, err := shelf.Find(id)
	return reply(viewTerm(shelf, t)), err
}

func (d *Desk) listTerms(ctx context.Context, kind stet.PathKind, q string, counts bool) (*body[Page[TermRow]], error) {
	shelf, err := newsroom.ReadShelf(ctx, d.store, kind)
	if err != nil {
		return nil, err
	}
	var stories map[int64]int
	var copies map[string]int
	if counts {
		if stories, copies, err = d.store.Filed(ctx, kind); err != nil {
			return nil, err
		}
	}
	rows, q := []TermRow{}, store.FoldName(q)
	for _, t := range shelf.Order() {
		if !strings.Contains(store.FoldName(t.Name), q) {
			continue
		}
		row := viewTerm(shelf, t)
		if counts {
			row.Stories, row.Copies = new(int), new(int)
			*row.Stories, *row.Copies = stories[t.ID], copies[t.PublicID]
		}
		rows = append(rows, row)
	}
	return reply(Page[TermRow]{Items: rows}), nil
}

func viewTerm(s newsroom.Shelf, t newsroom.Term) TermRow {
	return TermRow{Revised: Revised{t.Revision()}, ID: t.PublicID, Name: t.Name, Slug: t.Slug, Path: s.Path(t), Parent: s.Above(t), Description: t.Description}
}

// sectionsBelow are the public ids of the sections below one, depth first.
func sectionsBelow(all stet.Sections, parent int64) []string {
	var ids []string
	for _, s := range all.Children(parent) {
		ids = append(ids, s.PublicID)
		ids = append(ids, sectionsBelow(all, s.ID)...)
	}
	return ids
}
