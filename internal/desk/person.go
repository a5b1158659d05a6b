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
	type guest struct {
		Caller
		Body struct {
			Name string `json:"name" minLength:"1" maxLength:"200"`
			Role string `json:"role,omitempty" maxLength:"200" doc:"Who they are, in a few words: historian at the University of Sorin."`
		}
	}
	register(d, http.MethodPost, "/people", "add-person", "adds a person who may have bylines", func(ctx context.Context, in *guest) (*body[PersonRow], error) {
		p := stet.Person{Name: in.Body.Name, Author: true}
		if in.Body.Role != "" {
			p.Roles = []stet.Role{{Title: in.Body.Role}}
		}
		err := d.room.AddPerson(ctx, in.staff, &p)
		return reply(viewPersonRow(p)), err
	})
}
