// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"time"

	"stet"
)

const passColumns = `id, public_id, kind, hash, staff_id, data, created_at, expires_at`

func scanPass(r scanner) (p stet.Pass, err error) {
	var created, expires sql.NullInt64
	err = r.Scan(&p.ID, &p.PublicID, &p.Kind, &p.Hash, &p.StaffID, &p.Data, &created, &expires)
	p.CreatedAt, p.ExpiresAt = fromMicros(created), fromMicros(expires)
	return p, err
}

// PassByHash returns the pass whose token has the hash.
func (s *Store) PassByHash(ctx context.Context, hash string) (stet.Pass, error) {
	return one(ctx, s, "link", scanPass, `SELECT `+passColumns+` FROM pass WHERE hash = $1`, hash)
}

// PassByPublicID returns the pass with the public id.
func (s *Store) PassByPublicID(ctx context.Context, id string) (stet.Pass, error) {
	return one(ctx, s, "link", scanPass, `SELECT `+passColumns+` FROM pass WHERE public_id = $1`, id)
}

// CreatePass stores a new pass and sets its id.
func (s *Store) CreatePass(ctx context.Context, p *stet.Pass) (err error) {
	p.CreatedAt = s.Now()
	p.ID, err = s.insert(ctx, `INSERT INTO pass (public_id, kind, hash, staff_id, data, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		p.PublicID, p.Kind, p.Hash, p.StaffID, p.Data, micros(p.CreatedAt), micros(p.ExpiresAt))
	return err
}

// ReissuePass gives a pass another token; the one before is worth nothing.
func (s *Store) ReissuePass(ctx context.Context, id int64, hash string) error {
	_, err := s.exec(ctx, `UPDATE pass SET hash = $2 WHERE id = $1`, id, hash)
	return err
}

// UsePass takes the pass away, and reports false when somebody else was
// quicker: what it lets one do is done once.
func (s *Store) UsePass(ctx context.Context, id int64) (bool, error) {
	n, err := s.exec(ctx, `DELETE FROM pass WHERE id = $1`, id)
	return n == 1, err
}

// DropPasses takes away the passes of a kind that an account has.
func (s *Store) DropPasses(ctx context.Context, kind stet.PassKind, staff int64) error {
	_, err := s.exec(ctx, `DELETE FROM pass WHERE staff_id = $1 AND kind = $2`, staff, kind)
	return err
}

// PrunePasses takes away those that have run out.
func (s *Store) PrunePasses(ctx context.Context, now time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM pass WHERE expires_at <= $1`, now.UnixMicro())
	return err
}

const passkeyColumns = `id, public_id, staff_id, credential_id, credential, name, created_at, used_at`

func scanPasskey(r scanner) (k stet.Passkey, err error) {
	var created, used sql.NullInt64
	err = r.Scan(&k.ID, &k.PublicID, &k.StaffID, &k.CredentialID, &k.Credential, &k.Name, &created, &used)
	k.CreatedAt, k.UsedAt = fromMicros(created), fromMicros(used)
	return k, err
}

// Passkeys returns the passkeys of an account, the oldest first.
func (s *Store) Passkeys(ctx context.Context, staff int64) ([]stet.Passkey, error) {
	return list(ctx, s, scanPasskey, `SELECT `+passkeyColumns+` FROM passkey WHERE staff_id = $1 ORDER BY id`, staff)
}

// CreatePasskey stores a new passkey and sets its id.
func (s *Store) CreatePasskey(ctx context.Context, k *stet.Passkey) (err error) {
	k.CreatedAt = s.Now()
	k.ID, err = s.insert(ctx, `INSERT INTO passkey (public_id, staff_id, credential_id, credential, name, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		k.PublicID, k.StaffID, k.CredentialID, k.Credential, k.Name, micros(k.CreatedAt), micros(k.UsedAt))
	return err
}

// UpdatePasskey stores the name, the counter and the last use of a passkey.
func (s *Store) UpdatePasskey(ctx context.Context, k *stet.Passkey) error {
	_, err := s.exec(ctx, `UPDATE passkey SET name = $2, credential = $3, used_at = $4 WHERE id = $1`, k.ID, k.Name, k.Credential, micros(k.UsedAt))
	return err
}

// DropPasskey takes a passkey of an account away, and reports whether there was one.
func (s *Store) DropPasskey(ctx context.Context, staff int64, publicID string) (bool, error) {
	n, err := s.exec(ctx, `DELETE FROM passkey WHERE staff_id = $1 AND public_id = $2`, staff, publicID)
	return n == 1, err
}

// DropPasskeys takes all passkeys of an account away.
func (s *Store) DropPasskeys(ctx context.Context, staff int64) error {
	_, err := s.exec(ctx, `DELETE FROM passkey WHERE staff_id = $1`, staff)
	return err
}

// SetRecoveryCodes replaces the recovery codes of an account.
func (s *Store) SetRecoveryCodes(ctx context.Context, staff int64, hashes []string) error {
	if _, err := s.exec(ctx, `DELETE FROM recovery_code WHERE staff_id = $1`, staff); err != nil {
		return err
	}
	for _, h := range hashes {
		if _, err := s.exec(ctx, `INSERT INTO recovery_code (staff_id, hash) VALUES ($1, $2)`, staff, h); err != nil {
			return err
		}
	}
	return nil
}

// UseRecoveryCode takes a code away, and reports whether there was one.
func (s *Store) UseRecoveryCode(ctx context.Context, staff int64, hash string) (bool, error) {
	n, err := s.exec(ctx, `DELETE FROM recovery_code WHERE staff_id = $1 AND hash = $2`, staff, hash)
	return n == 1, err
}

// CountRecoveryCodes returns how many codes an account has left.
func (s *Store) CountRecoveryCodes(ctx context.Context, staff int64) (int, error) {
	return one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, `SELECT COUNT(*) FROM recovery_code WHERE staff_id = $1`, staff)
}

// Attempt returns how often the key was tried, and holds its row until the
// transaction ends: of two tries at the same moment the second sees the first.
func (s *Store) Attempt(ctx context.Context, key string) (a stet.Attempt, err error) {
	var tried, open sql.NullInt64
	err = s.write.QueryRowContext(ctx, `INSERT INTO attempt (key, tries, tried_at, open_at) VALUES ($1, 0, 0, 0)
		ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING tries, tried_at, open_at`, key).Scan(&a.Tries, &tried, &open)
	a.TriedAt, a.OpenAt = fromMicros(tried), fromMicros(open)
	return a, s.dialect.mapError(err)
}

// SetAttempt stores the attempt.
func (s *Store) SetAttempt(ctx context.Context, key string, a stet.Attempt) error {
	_, err := s.exec(ctx, `INSERT INTO attempt (key, tries, tried_at, open_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (key) DO UPDATE SET tries = excluded.tries, tried_at = excluded.tried_at, open_at = excluded.open_at`,
		key, a.Tries, a.TriedAt.UnixMicro(), a.OpenAt.UnixMicro())
	return err
}

// DropAttempt forgets the tries.
func (s *Store) DropAttempt(ctx context.Context, key string) error {
	_, err := s.exec(ctx, `DELETE FROM attempt WHERE key = $1`, key)
	return err
}

// PruneAttempts forgets tries before a moment.
func (s *Store) PruneAttempts(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM attempt WHERE tried_at < $1`, before.UnixMicro())
	return err
}
