// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"
	"time"

	"stet"
	"stet/internal/prose"
)

// When a snapshot is made without being asked for: before the first change
// after a pause, and from time to time while somebody writes.
const (
	snapshotPause  = 30 * time.Minute
	snapshotEvery  = 20 * time.Minute
	keepSnapshots  = 100
	maxSnapshotTag = 120
)

// snapshotBefore keeps the working copy as it is, when it is time to, before it
// is changed.
func (r *Room) snapshotBefore(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	now := r.store.Now()
	last, err := r.store.LastSnapshot(ctx, a.ID)
	if err != nil {
		return err
	}
	switch {
	case emptyContent(&a.Content):
		return nil
	case now.Sub(a.UpdatedAt) >= snapshotPause || a.UpdatedBy != staff.ID && last.Before(a.UpdatedAt):
		// What somebody else, or the same writer before a pause, left behind.
		return r.snapshot(ctx, staff, a, stet.SnapshotSession, "")
	case now.Sub(latest(last, a.CreatedAt)) >= snapshotEvery:
		return r.snapshot(ctx, staff, a, stet.SnapshotWriting, "")
	}
	return nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func emptyContent(c *stet.Content) bool {
	return len(c.Body) == 0 && c.Dek == "" && c.Lead == nil
}

// snapshot keeps the working copy as it is.
func (r *Room) snapshot(ctx context.Context, staff stet.Staff, a *stet.Article, reason stet.SnapshotReason, name string) error {
	_, err := r.keepSnapshot(ctx, staff, a, reason, name)
	return err
}

func (r *Room) keepSnapshot(ctx context.Context, staff stet.Staff, a *stet.Article, reason stet.SnapshotReason, name string) (v stet.Snapshot, err error) {
	v = stet.Snapshot{PublicID: stet.NewID(), ArticleID: a.ID, Reason: reason, Name: name, Content: a.Content, StaffID: staff.ID, CreatedAt: r.store.Now()}
	if doc, err := prose.Parse(documentOf(a.Content.Body)); err == nil {
		v.Words = doc.Words()
	}
	if err := r.store.AddSnapshot(ctx, &v); err != nil {
		return v, err
	}
	r.changed("snapshots:" + a.PublicID)
	return v, r.store.PruneSnapshots(ctx, a.ID, keepSnapshots)
}

// Snapshot keeps the working copy as it is, under a name.
func (r *Room) Snapshot(ctx context.Context, staff stet.Staff, id int64, name string) (v stet.Snapshot, err error) {
	if err := stet.CheckText("name", name, maxSnapshotTag); err != nil {
		return v, err
	}
	err = r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		v, err = r.keepSnapshot(ctx, staff, a, stet.SnapshotByHand, name)
		return err
	})
	return v, err
}

// RestoreSnapshot makes the working copy what it was in a snapshot: the fields at once,
// the body as steps, so that nobody who has the story open loses what they are
// writing. A snapshot of the present is kept first: restoring can be undone.
func (r *Room) RestoreSnapshot(ctx context.Context, staff stet.Staff, id int64, snapshot string) error {
	v, err := r.store.Snapshot(ctx, id, snapshot)
	if err != nil {
		return err
	}
	err = r.edit(ctx, staff, id, func(r *Room, a *stet.Article) error {
		if err := r.snapshot(ctx, staff, a, stet.SnapshotRestore, ""); err != nil {
			return err
		}
		if _, err := r.settle(ctx, a); err != nil {
			return err
		}
		body := a.Content.Body
		if slices.Equal(fieldJSON(&a.Content, fieldNames), fieldJSON(&v.Content, fieldNames)) {
			return nil
		}
		a.Content, a.UpdatedBy = v.Content, staff.ID
		a.Content.Body = body
		r.changed(FieldsTag(a.PublicID), TagDesk)
		return r.store.SaveArticle(ctx, a)
	})
	if err != nil {
		return err
	}
	_, err = r.ReplaceBody(ctx, staff, id, v.Content.Body)
	return err
}

// snapshotPublish keeps the working copy before it becomes a version. Imports
// and the demo, which act as the operator, have written nothing to go back to.
func (r *Room) snapshotPublish(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if staff.ID == 0 {
		return nil
	}
	return r.snapshot(ctx, staff, a, stet.SnapshotPublish, "")
}
