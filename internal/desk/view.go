// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"

	"stet"
)

// ViewRow is a filter of the list of stories that somebody has given a name.
type ViewRow struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Query  string `json:"query" doc:"Of the address of the list."`
	Shared bool   `json:"shared" doc:"Everybody sees it."`
	Own    bool   `json:"own" doc:"It is the caller's."`
}

func viewView(v stet.SavedView, staff stet.Staff) ViewRow {
	return ViewRow{v.PublicID, v.Name, v.Query, v.Shared, v.StaffID == staff.ID}
}

func (d *Desk) viewOperations() {
	register(d, http.MethodGet, "/views", "list-views", "lists one's own saved views and those that are shared", func(ctx context.Context, in *struct{ Caller }) (*body[Page[ViewRow]], error) {
		all, err := d.store.SavedViews(ctx, in.staff.ID)
		rows := []ViewRow{}
		for _, v := range all {
			rows = append(rows, viewView(v, in.staff))
		}
		return reply(Page[ViewRow]{Items: rows}), err
	})
	type saving struct {
		Caller
		Body struct {
			Name   string `json:"name" minLength:"1" maxLength:"200"`
			Query  string `json:"query" maxLength:"2000"`
			Shared bool   `json:"shared,omitempty"`
		}
	}
	register(d, http.MethodPost, "/views", "save-view", "saves a view", func(ctx context.Context, in *saving) (*body[ViewRow], error) {
		v := stet.SavedView{Name: in.Body.Name, Query: in.Body.Query, Shared: in.Body.Shared}
		err := d.room.SaveView(ctx, in.staff, &v)
		return reply(viewView(v, in.staff)), err
	})
	type changing struct {
		OneArticle
		Body struct {
			Name   *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
			Query  *string `json:"query,omitempty" maxLength:"2000"`
			Shared *bool   `json:"shared,omitempty"`
		}
	}
	register(d, http.MethodPatch, "/views/{id}", "change-view", "changes a view of one's own", func(ctx context.Context, in *changing) (*body[ViewRow], error) {
		v, err := d.store.SavedViewByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		put(&v.Name, in.Body.Name)
		put(&v.Query, in.Body.Query)
		put(&v.Shared, in.Body.Shared)
		err = d.room.SaveView(ctx, in.staff, &v)
		return reply(viewView(v, in.staff)), err
	})
	register(d, http.MethodDelete, "/views/{id}", "delete-view", "removes a saved view", func(ctx context.Context, in *OneArticle) (*struct{}, error) {
		return nil, d.room.DropView(ctx, in.staff, in.ID)
	})
}

// put sets what a partial change names.
func put[T any](to *T, v *T) {
	if v != nil {
		*to = *v
	}
}
