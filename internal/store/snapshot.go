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

// AddSnapshot stores a snapshot and sets its id.
func (s *Store) AddSnapshot(ctx context.Context, v *stet.Snapshot) error {
	content, err := json.Marshal(v.Content)
	if err != nil {
		return err
	}
	v.ID, err = s.insert(ctx, `INSERT INTO snapshot (public_id, article_id, reason, name, content, words, staff_id, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		v.PublicID, v.ArticleID, string(v.Reason), v.Name, string(content), v.Words, v.StaffID, micros(v.CreatedAt))
	return err
}

// Snapshot returns a snapshot of the article, its content included.
func (s *Store) Snapshot(ctx context.Context, article int64, id string) (stet.Snapshot, error) {
	return one(ctx, s, "snapshot", func(r scanner) (v stet.Snapshot, err error) {
		var content string
		var created sql.NullInt64
		if err = r.Scan(&v.ID, &v.PublicID, &v.ArticleID, &v.Reason, &v.Name, &content, &v.Words, &v.StaffID, &created); err != nil {
			return v, err
		}
		v.CreatedAt = fromMicros(created)
		if err := json.Unmarshal([]byte(content), &v.Content); err != nil {
			return v, fmt.Errorf("snapshot %s: %w", v.PublicID, err)
		}
		return v, nil
	}, `SELECT id, public_id, article_id, reason, name, content, words, staff_id, created_at FROM snapshot WHERE article_id = $1 AND public_id = $2`, article, id)
}

// Snapshots returns the snapshots of an article without their contents, the
// newest first.
func (s *Store) Snapshots(ctx context.Context, article int64, after Place, limit int) ([]stet.Snapshot, error) {
	before := after.At
	if after.ID == "" {
		before = s.Now().Add(24 * time.Hour)
	}
	return list(ctx, s, func(r scanner) (v stet.Snapshot, err error) {
		var created sql.NullInt64
		err = r.Scan(&v.ID, &v.PublicID, &v.ArticleID, &v.Reason, &v.Name, &v.Words, &v.StaffID, &created)
		v.CreatedAt = fromMicros(created)
		return v, err
	}, `SELECT id, public_id, article_id, reason, name, words, staff_id, created_at FROM snapshot
		WHERE article_id = $1 AND (created_at < $2 OR created_at = $2 AND public_id < $3)
		ORDER BY created_at DESC, public_id DESC LIMIT $4`, article, before.UnixMicro(), after.ID, limit)
}

// LastSnapshot returns when the newest snapshot of an article was made, the
// zero time when there is none.
func (s *Store) LastSnapshot(ctx context.Context, article int64) (time.Time, error) {
	return one(ctx, s, "snapshot", func(r scanner) (t time.Time, err error) {
		var at sql.NullInt64
		err = r.Scan(&at)
		return fromMicros(at), err
	}, `SELECT MAX(created_at) FROM snapshot WHERE article_id = $1`, article)
}

// PruneSnapshots forgets the oldest automatic snapshots of an article beyond
// the number to keep. Those that somebody made by hand stay.
func (s *Store) PruneSnapshots(ctx context.Context, article int64, keep int) error {
	_, err := s.exec(ctx, `DELETE FROM snapshot WHERE article_id = $1 AND reason <> 'by_hand' AND id NOT IN
		(SELECT id FROM snapshot WHERE article_id = $1 AND reason <> 'by_hand' ORDER BY created_at DESC, id DESC LIMIT $2)`, article, keep)
	return err
}
