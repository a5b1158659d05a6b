// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"stet"
)

const mergerColumns = `statement_merger.id, statement_merger.into_id, statement_merger.was, statement_merger.made_by, statement_merger.created_at`

func scanMerger(r scanner) (v stet.Merger, err error) {
	var was string
	var created sql.NullInt64
	if err := r.Scan(&v.ID, &v.IntoID, &was, &v.MadeBy, &created); err != nil {
		return v, err
	}
	id, into, by := v.ID, v.IntoID, v.MadeBy
	if err := json.Unmarshal([]byte(was), &v); err != nil {
		return v, fmt.Errorf("merger %d: %w", id, err)
	}
	v.ID, v.IntoID, v.MadeBy, v.CreatedAt = id, into, by, fromMicros(created)
	return v, nil
}

// MergerOf returns how the statement with the public id was merged into another.
func (s *Store) MergerOf(ctx context.Context, statement string) (stet.Merger, error) {
	return one(ctx, s, "merger", scanMerger, `SELECT `+mergerColumns+` FROM statement_merger WHERE public_id = $1`, statement)
}

// Mergers returns what was merged into a statement, the latest first.
func (s *Store) Mergers(ctx context.Context, into int64) ([]stet.Merger, error) {
	return list(ctx, s, scanMerger, `SELECT `+mergerColumns+` FROM statement_merger WHERE into_id = $1 ORDER BY id DESC`, into)
}

// AddMerger remembers a merger. What was merged into the statement that goes is
// from now on in the other one.
func (s *Store) AddMerger(ctx context.Context, v *stet.Merger) error {
	if _, err := s.exec(ctx, `UPDATE statement_merger SET into_id = $2 WHERE into_id = $1`, v.Statement.ID, v.IntoID); err != nil {
		return err
	}
	v.CreatedAt = s.Now()
	was, err := json.Marshal(v)
	if err != nil {
		return err
	}
	v.ID, err = s.insert(ctx, `INSERT INTO statement_merger (public_id, into_id, was, made_by, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		v.Statement.PublicID, v.IntoID, string(was), v.MadeBy, micros(v.CreatedAt))
	return err
}

// DropMerger forgets a merger.
func (s *Store) DropMerger(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM statement_merger WHERE id = $1`, id)
	return err
}
