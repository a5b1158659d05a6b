// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"stet"
)

const frontColumns = `id, public_id, place, number, base, state, blocks, revision, staff_id, note, created_at, updated_at, scheduled_at, published_at`

func scanFront(r scanner) (a stet.Arrangement, err error) {
	var blocks string
	var created, updated, scheduled, published sql.NullInt64
	if err = r.Scan(&a.ID, &a.PublicID, &a.Place, &a.Number, &a.Base, &a.State, &blocks, &a.Revision, &a.StaffID, &a.Note, &created, &updated, &scheduled, &published); err != nil {
		return a, err
	}
	a.CreatedAt, a.UpdatedAt, a.ScheduledAt, a.PublishedAt = fromMicros(created), fromMicros(updated), fromMicros(scheduled), fromMicros(published)
	if err := json.Unmarshal([]byte(blocks), &a.Front); err != nil {
		return a, fmt.Errorf("blocks of front %d: %w", a.ID, err)
	}
	return a, nil
}

// Front returns what readers see at the place, NotFound when nobody has
// arranged a front there.
func (s *Store) Front(ctx context.Context, place string) (stet.Arrangement, error) {
	return one(ctx, s, "front", scanFront, `SELECT `+frontColumns+` FROM front WHERE place = $1 AND state = 'live'`, place)
}

// FrontDraft returns the draft of the place, NotFound when there is none.
func (s *Store) FrontDraft(ctx context.Context, place string) (stet.Arrangement, error) {
	return one(ctx, s, "draft", scanFront, `SELECT `+frontColumns+` FROM front WHERE place = $1 AND state = 'draft'`, place)
}

// FrontByID returns the arrangement with the id.
func (s *Store) FrontByID(ctx context.Context, id int64) (stet.Arrangement, error) {
	return one(ctx, s, "front", scanFront, `SELECT `+frontColumns+` FROM front WHERE id = $1`, id)
}

// FrontByPublicID returns the arrangement with the public id.
func (s *Store) FrontByPublicID(ctx context.Context, id string) (stet.Arrangement, error) {
	return one(ctx, s, "front", scanFront, `SELECT `+frontColumns+` FROM front WHERE public_id = $1`, id)
}

// Fronts returns the arrangements of all places that stand in the state, by
// place, those of one place by when they are to come.
func (s *Store) Fronts(ctx context.Context, state stet.FrontState) ([]stet.Arrangement, error) {
	return list(ctx, s, scanFront, `SELECT `+frontColumns+` FROM front WHERE state = $1 ORDER BY place, COALESCE(scheduled_at, 0), id`, state)
}

// FrontHistory returns what readers see and saw at the place, the newest
// first, from below the number; 0 begins at the top.
func (s *Store) FrontHistory(ctx context.Context, place string, below, limit int) ([]stet.Arrangement, error) {
	return list(ctx, s, scanFront, `SELECT `+frontColumns+` FROM front WHERE place = $1 AND number > 0 AND ($2 = 0 OR number < $2) ORDER BY number DESC LIMIT $3`,
		place, below, limit)
}

// DueFronts returns the ids of changes whose moment has come.
func (s *Store) DueFronts(ctx context.Context, now time.Time) ([]int64, error) {
	return list(ctx, s, scanID, `SELECT id FROM front WHERE state = 'scheduled' AND scheduled_at <= $1 ORDER BY scheduled_at, id`, now.UnixMicro())
}

// CreateFront stores a new arrangement and sets its id, revision and times.
func (s *Store) CreateFront(ctx context.Context, a *stet.Arrangement) error {
	blocks, err := frontJSON(a)
	if err != nil {
		return err
	}
	a.Revision, a.CreatedAt, a.UpdatedAt = 1, s.Now(), s.Now()
	a.ID, err = s.insert(ctx, `INSERT INTO front (public_id, place, number, base, state, blocks, revision, staff_id, note, created_at, updated_at, scheduled_at, published_at)
		VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $9, $10, $11) RETURNING id`,
		a.PublicID, a.Place, a.Number, a.Base, a.State, blocks, a.StaffID, a.Note, a.CreatedAt.UnixMicro(), micros(a.ScheduledAt), micros(a.PublishedAt))
	return err
}

// UpdateFront stores the arrangement. One that was changed since it was read
// is a Conflict.
func (s *Store) UpdateFront(ctx context.Context, a *stet.Arrangement) error {
	blocks, err := frontJSON(a)
	if err != nil {
		return err
	}
	n, err := s.exec(ctx, `UPDATE front SET number = $3, state = $4, blocks = $5, revision = revision + 1, staff_id = $6, note = $7, updated_at = $8, scheduled_at = $9, published_at = $10
		WHERE id = $1 AND revision = $2`,
		a.ID, a.Revision, a.Number, a.State, blocks, a.StaffID, a.Note, s.Now().UnixMicro(), micros(a.ScheduledAt), micros(a.PublishedAt))
	if err != nil {
		return err
	}
	if n == 0 {
		return stet.Errorf(stet.Conflict, "the front was changed by somebody else in the meantime")
	}
	a.Revision++
	a.UpdatedAt = s.Now()
	return nil
}

// DropFrontDraft forgets the draft of the place.
func (s *Store) DropFrontDraft(ctx context.Context, place string) error {
	_, err := s.exec(ctx, `DELETE FROM front WHERE place = $1 AND state = 'draft'`, place)
	return err
}

func frontJSON(a *stet.Arrangement) (string, error) {
	b, err := json.Marshal(a.Front)
	if err != nil {
		return "", fmt.Errorf("blocks of a front: %w", err)
	}
	return string(b), nil
}
