// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"time"

	"stet"
)

// Assignment says who has a story and when they should be done. A nil field
// stays as it is.
type Assignment struct {
	Assignee *string    // public id of an account; empty for nobody
	DueAt    *time.Time // zero for none
}

// Assign changes who has a story, and until when.
func (r *Room) Assign(ctx context.Context, staff stet.Staff, id int64, as Assignment) error {
	return r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		if err := notTrashed(a); err != nil {
			return err
		}
		was := *a
		to := "nobody"
		if as.Assignee != nil {
			a.Assignee = 0
			if *as.Assignee != "" {
				who, err := r.store.StaffByPublicID(ctx, *as.Assignee)
				if err != nil || who.Disabled {
					return stet.Errorf(stet.Invalid, "the account to which the %s is assigned does not exist", a.Kind)
				}
				a.Assignee, to = who.ID, who.Name
			}
		}
		if as.DueAt != nil {
			a.DueAt = as.DueAt.UTC().Truncate(time.Microsecond)
			if as.DueAt.IsZero() {
				a.DueAt = time.Time{}
			}
		}
		if a.Assignee == was.Assignee && a.DueAt.Equal(was.DueAt) {
			return nil
		}
		if err := r.store.SetLife(ctx, a); err != nil {
			return err
		}
		if a.Assignee != was.Assignee {
			if err := r.noteArticle(ctx, staff, "assigned", a, "to "+to); err != nil {
				return err
			}
		}
		if a.DueAt.Equal(was.DueAt) {
			return nil
		}
		due := "no date"
		if !a.DueAt.IsZero() {
			due = r.clockTime(ctx, a.DueAt)
		}
		return r.noteArticle(ctx, staff, "set the due date of", a, due)
	})
}
