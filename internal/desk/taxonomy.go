// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strings"

	"stet"
	"stet/internal/store"
)

type SectionRow struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Path        string `json:"path" doc:"Public address."`
	Parent      string `json:"parent,omitempty" doc:"Id of the section above."`
	Description string `json:"description,omitempty"`
}

type GenreRow struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Path string `json:"path"`
}

type TopicRow struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Path        string `json:"path"`
	Description string `json:"description,omitempty"`
}

func (d *Desk) taxonomyOperations() {
	register(d, http.MethodGet, "/sections", "list-sections", "lists all sections, each after the one above it", func(ctx context.Context, _ *struct{ Caller }) (*body[Page[SectionRow]], error) {
		all, err := d.store.Sections(ctx)
		return reply(Page[SectionRow]{Items: viewSections(all, 0)}), err
	})
	register(d, http.MethodGet, "/genres", "list-genres", "lists all genres", func(ctx context.Context, _ *struct{ Caller }) (*body[Page[GenreRow]], error) {
		all, err := d.store.Genres(ctx)
		rows := []GenreRow{}
		for _, g := range all {
			rows = append(rows, GenreRow{g.PublicID, g.Name, "/genre/" + g.Slug})
		}
		return reply(Page[GenreRow]{Items: rows}), err
	})
	register(d, http.MethodGet, "/topics", "list-topics", "lists the topics whose name contains a text", func(ctx context.Context, in *struct {
		Caller
		Q string `query:"q" maxLength:"200" doc:"Part of the name; empty for all."`
	}) (*body[Page[TopicRow]], error) {
		all, err := d.store.Topics(ctx)
		rows, q := []TopicRow{}, store.FoldName(in.Q)
		for _, t := range all {
			if strings.Contains(store.FoldName(t.Name), q) {
				rows = append(rows, TopicRow{t.PublicID, t.Name, "/topic/" + t.Slug, t.Description})
			}
		}
		return reply(Page[TopicRow]{Items: rows}), err
	})
}

// viewSections lists the tree below a section, depth first.
func viewSections(all stet.Sections, parent int64) []SectionRow {
	rows := []SectionRow{}
	above, _ := all.ByID(parent)
	for _, s := range all.Children(parent) {
		rows = append(rows, SectionRow{s.PublicID, s.Name, all.Path(s.ID), above.PublicID, s.Description})
		rows = append(rows, viewSections(all, s.ID)...)
	}
	return rows
}
