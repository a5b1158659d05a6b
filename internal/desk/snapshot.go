// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// SnapshotRow is a snapshot as lists show it.
type SnapshotRow struct {
	ID        string              `json:"id"`
	Reason    stet.SnapshotReason `json:"reason" enum:"by_hand,session,writing,publish,restore" doc:"Why it was made: asked for, before the first change after a pause, while writing, before a version, before a restoration."`
	Name      string              `json:"name,omitempty"`
	Words     int                 `json:"words"`
	By        string              `json:"by,omitempty" doc:"Name of the account whose change came next, or who asked for it."`
	CreatedAt time.Time           `json:"createdAt"`
}

type snapshotQuery struct {
	OnArticle
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"100"`
}

// Comparison is what differs between two states of a story.
type Comparison struct {
	From    string            `json:"from"`
	To      string            `json:"to"`
	Changes []newsroom.Change `json:"changes" doc:"Fields first, then the text block by block; what did not change is left out but for its place."`
}

func (d *Desk) snapshotOperations() {
	register(d, http.MethodGet, "/articles/{id}/snapshots", "list-snapshots", "lists the snapshots of the working copy, the newest first", d.listSnapshots)
	type naming struct {
		OnArticle
		Body struct {
			Name string `json:"name" maxLength:"120"`
		}
	}
	register(d, http.MethodPost, "/articles/{id}/snapshots", "make-snapshot", "keeps the working copy as it is", func(ctx context.Context, in *naming) (*body[SnapshotRow], error) {
		a, err := d.articleOf(ctx, in.OnArticle)
		if err != nil {
			return nil, err
		}
		v, err := d.room.Snapshot(ctx, in.staff, a.ID, in.Body.Name)
		return reply(viewSnapshot(v, in.staff.Name)), err
	})
	type one struct {
		OnArticle
		Snapshot string `path:"snapshot" maxLength:"12"`
	}
	register(d, http.MethodPost, "/articles/{id}/snapshots/{snapshot}/restore", "restore-snapshot", "makes the working copy what it was; a snapshot of the present is kept first", func(ctx context.Context, in *one) (*body[WorkingCopy], error) {
		a, err := d.articleOf(ctx, in.OnArticle)
		if err != nil {
			return nil, err
		}
		if err := d.room.RestoreSnapshot(ctx, in.staff, a.ID, in.Snapshot); err != nil {
			return nil, d.stale(ctx, in.staff, err)
		}
		c, err := d.room.Copy(ctx, a.ID)
		return reply(d.viewCopy(ctx, in.staff, c)), err
	})
	type comparing struct {
		OnArticle
		From string `query:"from" default:"live" maxLength:"12" doc:"A snapshot, 'now' (the working copy) or 'live' (what readers see)."`
		To   string `query:"to" default:"now" maxLength:"12" doc:"The same."`
	}
	register(d, http.MethodGet, "/articles/{id}/compare", "compare", "says by words what differs between two states of a story", func(ctx context.Context, in *comparing) (*body[Comparison], error) {
		a, err := d.articleOf(ctx, in.OnArticle)
		if err != nil {
			return nil, err
		}
		changes, err := d.room.Compare(ctx, a.ID, in.From, in.To)
		return reply(Comparison{From: in.From, To: in.To, Changes: some(changes)}), err
	})
}

func viewSnapshot(v stet.Snapshot, by string) SnapshotRow {
	return SnapshotRow{ID: v.PublicID, Reason: v.Reason, Name: v.Name, Words: v.Words, By: by, CreatedAt: v.CreatedAt}
}

func (d *Desk) listSnapshots(ctx context.Context, in *snapshotQuery) (*body[Page[SnapshotRow]], error) {
	a, err := d.articleOf(ctx, in.OnArticle)
	if err != nil {
		return nil, err
	}
	after, err := parseCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := d.store.Snapshots(ctx, a.ID, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	rows := make([]SnapshotRow, len(found))
	for i, v := range found {
		if _, ok := names[v.StaffID]; !ok {
			who, err := d.store.StaffByID(ctx, v.StaffID)
			if err != nil && stet.ErrorCode(err) != stet.NotFound {
				return nil, err
			}
			names[v.StaffID] = who.Name
		}
		rows[i] = viewSnapshot(v, names[v.StaffID])
	}
	return pageOf(rows, in.Limit, func(r SnapshotRow) string { return cursor(r.CreatedAt, r.ID) }), nil
}
