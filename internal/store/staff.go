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

const staffColumns = `id, public_id, email, name, role, password, disabled, sections, person, created_at, updated_at`

func scanStaff(r scanner) (a stet.Staff, err error) {
	var disabled int
	var sections string
	var created, updated sql.NullInt64
	if err = r.Scan(&a.ID, &a.PublicID, &a.Email, &a.Name, &a.Role, &a.Password, &disabled, &sections, &a.Person, &created, &updated); err != nil {
		return a, err
	}
	a.Disabled, a.CreatedAt, a.UpdatedAt = disabled != 0, fromMicros(created), fromMicros(updated)
	if sections == "[]" {
		return a, nil
	}
	if err := json.Unmarshal([]byte(sections), &a.Sections); err != nil {
		return a, fmt.Errorf("sections of account %d: %w", a.ID, err)
	}
	return a, nil
}

// Staff returns all accounts by name.
func (s *Store) Staff(ctx context.Context) ([]stet.Staff, error) {
	return list(ctx, s, scanStaff, `SELECT `+staffColumns+` FROM staff ORDER BY name, id`)
}

// StaffByEmail returns the account with the address, whatever its case.
func (s *Store) StaffByEmail(ctx context.Context, email string) (stet.Staff, error) {
	return one(ctx, s, "account", scanStaff, `SELECT `+staffColumns+` FROM staff WHERE folded = $1`, FoldAddress(email))
}

// StaffByID returns the account with the id.
func (s *Store) StaffByID(ctx context.Context, id int64) (stet.Staff, error) {
	return one(ctx, s, "account", scanStaff, `SELECT `+staffColumns+` FROM staff WHERE id = $1`, id)
}

// StaffByPublicID returns the account with the public id.
func (s *Store) StaffByPublicID(ctx context.Context, id string) (stet.Staff, error) {
	return one(ctx, s, "account", scanStaff, `SELECT `+staffColumns+` FROM staff WHERE public_id = $1`, id)
}

// CreateStaff stores a new account and sets its id.
func (s *Store) CreateStaff(ctx context.Context, a *stet.Staff) (err error) {
	a.CreatedAt, a.UpdatedAt = s.Now(), s.Now()
	a.ID, err = s.insert(ctx, `INSERT INTO staff (public_id, email, folded, name, role, password, disabled, sections, person, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
		a.PublicID, a.Email, FoldAddress(a.Email), a.Name, a.Role, a.Password, flag(a.Disabled), texts(a.Sections), a.Person, micros(a.CreatedAt), micros(a.UpdatedAt))
	return err
}

// UpdateStaff stores what may change of an account.
func (s *Store) UpdateStaff(ctx context.Context, a *stet.Staff) error {
	a.UpdatedAt = s.Now()
	_, err := s.exec(ctx, `UPDATE staff SET email = $2, folded = $3, name = $4, role = $5, password = $6, disabled = $7, sections = $8, person = $9, updated_at = $10 WHERE id = $1`,
		a.ID, a.Email, FoldAddress(a.Email), a.Name, a.Role, a.Password, flag(a.Disabled), texts(a.Sections), a.Person, micros(a.UpdatedAt))
	return err
}

// texts writes a list of short texts as JSON; none is an empty list.
func texts(list []string) string {
	if len(list) == 0 {
		return "[]"
	}
	b, _ := json.Marshal(list) // strings can always be written
	return string(b)
}
