// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"time"

	"stet"
)

// PresenceEvery is how often a window that has a story open says so again;
// after presenceFor without a word it counts as gone.
const (
	PresenceEvery = 20 * time.Second
	presenceFor   = 60 * time.Second
	maxPlace      = 200
)

// PresenceTag is the tag of who has a story open.
func PresenceTag(publicID string) string { return "presence:" + publicID }

// Arrive notes that a window has a story open, and where in it the person is.
func (r *Room) Arrive(ctx context.Context, staff stet.Staff, a *stet.Article, client, place string) error {
	if !stet.ValidClient(client) {
		return stet.Errorf(stet.Invalid, "%q is no name for a client", client)
	}
	if err := stet.CheckText("place", place, maxPlace); err != nil {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		if err := r.store.PrunePresence(ctx, r.store.Now().Add(-presenceFor)); err != nil {
			return err
		}
		r.changed(PresenceTag(a.PublicID))
		return r.store.PutPresence(ctx, a.ID, stet.Presence{Client: client, StaffID: staff.ID, Place: place})
	})
}

// Stay notes that a window still has the story open.
func (r *Room) Stay(ctx context.Context, staff stet.Staff, a *stet.Article, client string) error {
	known, err := r.store.RenewPresence(ctx, a.ID, client)
	if err != nil || known {
		return err
	}
	return r.Arrive(ctx, staff, a, client, "")
}

// Leave notes that a window has closed the story.
func (r *Room) Leave(ctx context.Context, a *stet.Article, client string) error {
	return r.Batch(ctx, func(r *Room) error {
		r.changed(PresenceTag(a.PublicID))
		return r.store.DropPresence(ctx, a.ID, client)
	})
}

// Present returns who has a story open.
func (r *Room) Present(ctx context.Context, article int64) ([]stet.Presence, error) {
	return r.store.Presences(ctx, article, r.store.Now().Add(-presenceFor))
}
