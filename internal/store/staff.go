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

const staffColumns = `id, public_id, email, name, role, password, disabled, sections, person, grants, totp, totp_step, subject, signed_in_at, created_at, updated_at`

func scanStaff(r scanner) (a stet.Staff, err error) {
	var disabled int
	var sections, grants string
	var signedIn, created, updated sql.NullInt64
	if err = r.Scan(&a.ID, &a.PublicID, &a.Email, &a.Name, &a.Role, &a.Password, &disabled, &sections, &a.Person, &grants, &a.TOTP, &a.TOTPStep, &a.Subject, &signedIn, &created, &updated); err != nil {
		return a, err
	}
	a.Disabled, a.SignedInAt, a.CreatedAt, a.UpdatedAt = disabled != 0, fromMicros(signedIn), fromMicros(created), fromMicros(updated)
	if a.Sections, err = fromTexts(sections); err != nil {
		return a, fmt.Errorf("sections of account %d: %w", a.ID, err)
	}
	if a.Grants, err = fromTexts(grants); err != nil {
		return a, fmt.Errorf("grants of account %d: %w", a.ID, err)
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

// AnyStaff reports whether there is an account at all.
func (s *Store) AnyStaff(ctx context.Context) (bool, error) {
	n, err := one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, `SELECT COUNT(*) FROM (SELECT 1 FROM staff LIMIT 1) AS a`)
	return n > 0, err
}

// StaffBySubject returns the account that has signed in before as this subject
// of an OpenID Connect issuer.
func (s *Store) StaffBySubject(ctx context.Context, subject string) (stet.Staff, error) {
	return one(ctx, s, "account", scanStaff, `SELECT `+staffColumns+` FROM staff WHERE subject = $1 AND subject <> '' ORDER BY id LIMIT 1`, subject)
}

// CreateStaff stores a new account and sets its id.
func (s *Store) CreateStaff(ctx context.Context, a *stet.Staff) (err error) {
	a.CreatedAt, a.UpdatedAt = s.Now(), s.Now()
	a.ID, err = s.insert(ctx, `INSERT INTO staff (public_id, email, folded, name, role, password, disabled, sections, person, grants, totp, totp_step, subject, signed_in_at, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id`,
		a.PublicID, a.Email, FoldAddress(a.Email), a.Name, a.Role, a.Password, flag(a.Disabled), texts(a.Sections), a.Person, texts(a.Grants), a.TOTP, a.TOTPStep, a.Subject, micros(a.SignedInAt), micros(a.CreatedAt), micros(a.UpdatedAt))
	return err
}

// UpdateStaff stores what may change of an account.
func (s *Store) UpdateStaff(ctx context.Context, a *stet.Staff) error {
	a.UpdatedAt = s.Now()
	_, err := s.exec(ctx, `UPDATE staff SET email = $2, folded = $3, name = $4, role = $5, password = $6, disabled = $7, sections = $8, person = $9, grants = $10, totp = $11, totp_step = $12, subject = $13, signed_in_at = $14, updated_at = $15 WHERE id = $1`,
		a.ID, a.Email, FoldAddress(a.Email), a.Name, a.Role, a.Password, flag(a.Disabled), texts(a.Sections), a.Person, texts(a.Grants), a.TOTP, a.TOTPStep, a.Subject, micros(a.SignedInAt), micros(a.UpdatedAt))
	return err
}

// UseTOTPStep notes that the code of a time step was used, and reports false
// when it, or a later one, was used before: two requests with the same code
// must not both succeed.
func (s *Store) UseTOTPStep(ctx context.Context, staff, step int64) (bool, error) {
	n, err := s.exec(ctx, `UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2`, staff, step)
	return n == 1, err
}

// texts writes a list of short texts as JSON; none is an empty list.
func texts(list []string) string {
	if len(list) == 0 {
		return "[]"
	}
	b, _ := json.Marshal(list) // strings can always be written
	return string(b)
}

func fromTexts(s string) (list []string, err error) {
	if s == "[]" {
		return nil, nil
	}
	return list, json.Unmarshal([]byte(s), &list)
}
