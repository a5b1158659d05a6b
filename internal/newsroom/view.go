// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"stet"
)

// SaveView stores a view of the list of stories. Somebody else's is changed by
// nobody.
func (r *Room) SaveView(ctx context.Context, staff stet.Staff, v *stet.SavedView) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		if err := v.Validate(); err != nil {
			return err
		}
		if v.ID == 0 {
			v.PublicID, v.StaffID = stet.NewID(), staff.ID
			return r.store.AddSavedView(ctx, v)
		}
		if v.StaffID != staff.ID {
			return stet.Errorf(stet.Forbidden, "the view is somebody else's")
		}
		return r.store.UpdateSavedView(ctx, v)
	})
}

// DropView removes a view of one's own.
func (r *Room) DropView(ctx context.Context, staff stet.Staff, id string) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		v, err := r.store.SavedViewByPublicID(ctx, id)
		if err != nil {
			return err
		}
		if v.StaffID != staff.ID && !Can(staff, ChangeSettings) {
			return stet.Errorf(stet.Forbidden, "the view is somebody else's")
		}
		return r.store.DropSavedView(ctx, v.ID)
	})
}

// leadViews has every saved view that asks for one thing ask for the other, in
// the transaction that merges the two. The filter is the name that it has in
// the address of the list.
func (r *Room) leadViews(ctx context.Context, filter, from, to string) error {
	views, err := r.store.SavedViewsNaming(ctx, from)
	if err != nil {
		return err
	}
	for _, v := range views {
		query := led(v.Query, filter, from, to)
		if query == v.Query {
			continue // it looks for the id as a word
		}
		v.Query = query
		if err := r.store.UpdateSavedView(ctx, &v); err != nil {
			return err
		}
	}
	return nil
}

// led puts one value of a filter in the place of another. All else of the query
// keeps its order and its spelling: it was written by hand or by another version
// of the desk, and is nobody's to tidy up.
func led(query, filter, from, to string) string {
	now := filter + "=" + url.QueryEscape(to)
	var out []string
	for _, part := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		if got, err := url.QueryUnescape(value); name == filter && err == nil && got == from {
			part = now
		}
		if part == now && slices.Contains(out, now) {
			continue // it asked for both
		}
		out = append(out, part)
	}
	return strings.Join(out, "&")
}
