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

const tokenColumns = `id, public_id, name, hash, hint, scopes, staff_id, created_at, used_at, expires_at, revoked_at`

func scanToken(r scanner) (t stet.Token, err error) {
	var scopes string
	var created, used, expires, revoked sql.NullInt64
	if err = r.Scan(&t.ID, &t.PublicID, &t.Name, &t.Hash, &t.Hint, &scopes, &t.StaffID, &created, &used, &expires, &revoked); err != nil {
		return t, err
	}
	t.CreatedAt, t.UsedAt, t.ExpiresAt, t.RevokedAt = fromMicros(created), fromMicros(used), fromMicros(expires), fromMicros(revoked)
	if err := json.Unmarshal([]byte(scopes), &t.Scopes); err != nil {
		return t, fmt.Errorf("scopes of token %d: %w", t.ID, err)
	}
	return t, nil
}

// TokenByHash returns the token that has the hash.
func (s *Store) TokenByHash(ctx context.Context, hash string) (stet.Token, error) {
	return one(ctx, s, "token", scanToken, `SELECT `+tokenColumns+` FROM token WHERE hash = $1`, hash)
}

// TokenByPublicID returns the token with the public id.
func (s *Store) TokenByPublicID(ctx context.Context, id string) (stet.Token, error) {
	return one(ctx, s, "token", scanToken, `SELECT `+tokenColumns+` FROM token WHERE public_id = $1`, id)
}

// Tokens returns all tokens, the newest first; the revoked ones stay to be seen.
func (s *Store) Tokens(ctx context.Context) ([]stet.Token, error) {
	return list(ctx, s, scanToken, `SELECT `+tokenColumns+` FROM token ORDER BY created_at DESC, id DESC`)
}

// CreateToken stores a new token and sets its id.
func (s *Store) CreateToken(ctx context.Context, t *stet.Token) (err error) {
	t.CreatedAt = s.Now()
	t.ID, err = s.insert(ctx, `INSERT INTO token (public_id, name, hash, hint, scopes, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		t.PublicID, t.Name, t.Hash, t.Hint, texts(t.Scopes), t.StaffID, micros(t.CreatedAt), micros(t.ExpiresAt))
	return err
}

// TouchToken notes that the token was used.
func (s *Store) TouchToken(ctx context.Context, id int64, at time.Time) error {
	_, err := s.exec(ctx, `UPDATE token SET used_at = $2 WHERE id = $1`, id, micros(at))
	return err
}

// RevokeToken ends a token; the first time counts.
func (s *Store) RevokeToken(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `UPDATE token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`, id, s.Now().UnixMicro())
	return err
}
