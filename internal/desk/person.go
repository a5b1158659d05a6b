// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"

	"stet"
)

// PersonRow is a person as lists and pickers show them.
type PersonRow struct {
	ID     string          `json:"id"`
	Name   string          `json:"name"`
	Kind   stet.PersonKind `json:"kind" enum:"person,organisation"`
	Role   string          `json:"role,omitempty" doc:"The role that they hold now."`
	Author bool            `json:"author" doc:"Has, or may have, bylines."`
	Path   string          `json:"path"`
}

func viewPersonRow(p stet.Person) PersonRow {
	role, _ := p.Present()
	return PersonRow{p.PublicID, p.Name, p.Kind, role.Title, p.Author, "/person/" + p.Slug}
}

func (d *Desk) personOperations() {
	register(d, http.MethodGet, "/people", "list-people", "finds people by the beginning of a word of their name", func(ctx context.Context, in *struct {
		Caller
		Q     string `query:"q" maxLength:"200"`
		Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	}) (*body[Page[PersonRow]], error) {
		found, err := d.store.SuggestPeople(ctx, in.Q, in.Limit)
		rows := []PersonRow{}
		for _, p := range found {
			rows = append(rows, viewPersonRow(p))
		}
		return reply(Page[PersonRow]{Items: rows}), err
	})
}
