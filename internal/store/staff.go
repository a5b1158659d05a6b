// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"

	"stet"
)

const staffColumns = `id, public_id, email, name, role, password, disabled, created_at, updated_at`

func scanStaff(r scanner) (a stet.Staff, err error) {
	var disabled int
	var created, updated sql.NullInt64
	err = r.Scan(&a.ID, &a.PublicID, &a.Email, &a.Name, &a.Role, &a.Password, &disabled, &created, &updated)
	a.Disabled, a.CreatedAt, a.UpdatedAt = disabled != 0, fromMicros(created), fromMicros(updated)
	return a, err
}

// Staff returns all accounts by name.
func (s *Store) Staff(ctx context.Context) ([]stet.Staff, error) {
	return list(ctx, s, scanStaff, `SELECT `+staffColumns+` FROM staff ORDER BY name, id`)
}

// StaffByEmail returns the account with the address, whatever its case.
func (s *Store) StaffByEmail(ctx context.Context, email string) (stet.Staff, error) {
	return one(ctx, s, "account", scanStaff, `SELECT `+staffColumns+` FROM staff WHERE folded = $1`, FoldAddress(email))
}

// CreateStaff stores a new account and sets its id.
func (s *Store) CreateStaff(ctx context.Context, a *stet.Staff) (err error) {
	a.CreatedAt, a.UpdatedAt = s.Now(), s.Now()
	a.ID, err = s.insert(ctx, `INSERT INTO staff (public_id, email, folded, name, role, password, disabled, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
		a.PublicID, a.Email, FoldAddress(a.Email), a.Name, a.Role, a.Password, flag(a.Disabled), micros(a.CreatedAt), micros(a.UpdatedAt))
	return err
}

// UpdateStaff stores what may change of an account.
func (s *Store) UpdateStaff(ctx context.Context, a *stet.Staff) error {
	a.UpdatedAt = s.Now()
	_, err := s.exec(ctx, `UPDATE staff SET email = $2, folded = $3, name = $4, role = $5, password = $6, disabled = $7, updated_at = $8 WHERE id = $1`,
		a.ID, a.Email, FoldAddress(a.Email), a.Name, a.Role, a.Password, flag(a.Disabled), micros(a.UpdatedAt))
	return err
}

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
