// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"

	"stet"
)

func scanReader(r scanner) (v stet.Reader, err error) {
	var created, confirmed sql.NullInt64
	err = r.Scan(&v.ID, &v.PublicID, &v.Email, &v.Source, &created, &confirmed)
	v.CreatedAt, v.ConfirmedAt = fromMicros(created), fromMicros(confirmed)
	return v, err
}

// ReadersAfter returns readers in order of id.
func (s *Store) ReadersAfter(ctx context.Context, id int64, limit int) ([]stet.Reader, error) {
	return list(ctx, s, scanReader, `SELECT id, public_id, email, source, created_at, confirmed_at FROM reader WHERE id > $1 ORDER BY id LIMIT $2`, id, limit)
}

// AddReader stores a reader; one whose address is known already stays as they
// are, and that is no error: a sign-up form must not tell who has signed up.
func (s *Store) AddReader(ctx context.Context, v *stet.Reader) error {
	_, err := s.exec(ctx, `INSERT INTO reader (public_id, email, folded, source, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (folded) DO NOTHING`,
		v.PublicID, v.Email, FoldAddress(v.Email), v.Source, s.Now().UnixMicro())
	return err
}
