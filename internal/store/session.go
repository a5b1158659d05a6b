// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"time"

	"stet"
)

const sessionColumns = `id, public_id, hash, staff_id, address, agent, created_at, seen_at, expires_at, proved_at`

func scanSession(r scanner) (v stet.Session, err error) {
	var created, seen, expires, proved sql.NullInt64
	err = r.Scan(&v.ID, &v.PublicID, &v.Hash, &v.StaffID, &v.Address, &v.Agent, &created, &seen, &expires, &proved)
	v.CreatedAt, v.SeenAt, v.ExpiresAt = fromMicros(created), fromMicros(seen), fromMicros(expires)
	v.ProvedAt = fromMicros(proved)
	return v, err
}

// SessionByHash returns the session whose token has the hash.
func (s *Store) SessionByHash(ctx context.Context, hash string) (stet.Session, error) {
	return one(ctx, s, "session", scanSession, `SELECT `+sessionColumns+` FROM session WHERE hash = $1`, hash)
}

// Sessions returns the sessions of an account that have not run out, the one
// seen last first.
func (s *Store) Sessions(ctx context.Context, staff int64, now time.Time) ([]stet.Session, error) {
	return list(ctx, s, scanSession, `SELECT `+sessionColumns+` FROM session WHERE staff_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id DESC`, staff, now.UnixMicro())
}

// CreateSession stores a new session and sets its id.
func (s *Store) CreateSession(ctx context.Context, v *stet.Session) (err error) {
	v.ID, err = s.insert(ctx, `INSERT INTO session (public_id, hash, staff_id, address, agent, created_at, seen_at, expires_at, proved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
		v.PublicID, v.Hash, v.StaffID, v.Address, v.Agent, micros(v.CreatedAt), micros(v.SeenAt), micros(v.ExpiresAt), v.ProvedAt.UnixMicro())
	return err
}

// TouchSession notes when the session was last used, from where, and until
// when it now lasts.
func (s *Store) TouchSession(ctx context.Context, v *stet.Session) error {
	_, err := s.exec(ctx, `UPDATE session SET seen_at = $2, expires_at = $3, address = $4 WHERE id = $1`, v.ID, micros(v.SeenAt), micros(v.ExpiresAt), v.Address)
	return err
}

// ProveSession notes that whoever holds the session proved who they are.
func (s *Store) ProveSession(ctx context.Context, id int64, at time.Time) error {
	_, err := s.exec(ctx, `UPDATE session SET proved_at = $2 WHERE id = $1`, id, at.UnixMicro())
	return err
}

// SessionOf returns a session of an account by its public id.
func (s *Store) SessionOf(ctx context.Context, staff int64, publicID string) (stet.Session, error) {
	return one(ctx, s, "session", scanSession, `SELECT `+sessionColumns+` FROM session WHERE staff_id = $1 AND public_id = $2`, staff, publicID)
}

// DropSession ends a session.
func (s *Store) DropSession(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM session WHERE id = $1`, id)
	return err
}

// DropSessions ends all sessions of an account but the one named; 0 ends all.
func (s *Store) DropSessions(ctx context.Context, staff, but int64) error {
	_, err := s.exec(ctx, `DELETE FROM session WHERE staff_id = $1 AND id <> $2`, staff, but)
	return err
}

// PruneSessions forgets sessions that have run out.
func (s *Store) PruneSessions(ctx context.Context, now time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM session WHERE expires_at <= $1`, now.UnixMicro())
	return err
}
