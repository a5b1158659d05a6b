// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"time"

	"stet"
)

// TrashDays is how long what was never public lies in the trash.
const TrashDays = 30

// Trash puts a story away. Scheduled and published ones are taken off first,
// each by its own act.
func (r *Room) Trash(ctx context.Context, staff stet.Staff, id int64) error {
	from := []stet.Status{stet.Draft, stet.InReview, stet.Approved, stet.Withdrawn}
	return r.step(ctx, staff, Write, id, from, func(r *Room, a *stet.Article) error {
		if err := r.maySweep(ctx, staff, a); err != nil {
			return err
		}
		a.TrashedAt = r.store.Now()
		return r.move(ctx, staff, a, a.Status, "trashed")
	})
}

// Restore takes a story out of the trash, as it was.
func (r *Room) Restore(ctx context.Context, staff stet.Staff, id int64) error {
	return r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		if a.TrashedAt.IsZero() {
			return stet.Errorf(stet.Conflict, "the %s is not in the trash", a.Kind)
		}
		if err := r.maySweep(ctx, staff, a); err != nil {
			return err
		}
		a.TrashedAt = time.Time{}
		return r.move(ctx, staff, a, a.Status, "restored")
	})
}

// maySweep: what was public is put away by those alone who may withdraw.
func (r *Room) maySweep(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if a.VersionID == 0 {
		return nil
	}
	return r.permit(ctx, staff, Withdraw, a)
}

// EmptyTrash is the work of JobTrash: what has lain in the trash for TrashDays
// and was never public is removed for good. What was public stays: its
// versions are part of the record.
func (r *Room) EmptyTrash(ctx context.Context, _ struct{}) error {
	for {
		n := 0
		err := r.Batch(ctx, func(r *Room) error {
			old, err := r.store.TrashedBefore(ctx, r.store.Now().AddDate(0, 0, -TrashDays), 100)
			if err != nil {
				return err
			}
			n = len(old)
			for _, a := range old {
				if err := r.forgetQuotations(ctx, a.ID); err != nil {
					return err
				}
				if err := r.store.DropArticle(ctx, a.ID); err != nil {
					return fmt.Errorf("remove %s %s: %w", a.Kind, a.PublicID, err)
				}
				if err := r.noteArticle(ctx, stet.Staff{Name: "the trash"}, "removed", &a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < 100 {
			return err
		}
	}
}
