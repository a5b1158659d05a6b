// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"stet"
)

const uploadColumns = `id, public_id, staff_id, filename, size, parts, received, created_at, updated_at`

func scanUpload(r scanner) (u stet.Upload, err error) {
	var parts string
	var created, updated sql.NullInt64
	if err = r.Scan(&u.ID, &u.PublicID, &u.Staff, &u.Filename, &u.Size, &parts, &u.Received, &created, &updated); err != nil {
		return u, err
	}
	u.CreatedAt, u.UpdatedAt = fromMicros(created), fromMicros(updated)
	return u, json.Unmarshal([]byte(parts), &u.Parts)
}

// Upload returns the upload with the public id.
func (s *Store) Upload(ctx context.Context, publicID string) (stet.Upload, error) {
	return one(ctx, s, "upload", scanUpload, `SELECT `+uploadColumns+` FROM upload WHERE public_id = $1`, publicID)
}

// UploadsOf returns the uploads that an account has under way.
func (s *Store) UploadsOf(ctx context.Context, staff int64) ([]stet.Upload, error) {
	return list(ctx, s, scanUpload, `SELECT `+uploadColumns+` FROM upload WHERE staff_id = $1 ORDER BY id`, staff)
}

// UploadsBefore returns uploads of which nothing came since.
func (s *Store) UploadsBefore(ctx context.Context, t time.Time, limit int) ([]stet.Upload, error) {
	return list(ctx, s, scanUpload, `SELECT `+uploadColumns+` FROM upload WHERE updated_at < $1 ORDER BY updated_at LIMIT $2`, t.UnixMicro(), limit)
}

// CreateUpload stores a new upload and sets its id.
func (s *Store) CreateUpload(ctx context.Context, u *stet.Upload) (err error) {
	u.CreatedAt, u.UpdatedAt = s.Now(), s.Now()
	u.ID, err = s.insert(ctx, `INSERT INTO upload (public_id, staff_id, filename, size, parts, received, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`, u.PublicID, u.Staff, u.Filename, u.Size, jsonList(u.Parts), u.Received, micros(u.CreatedAt), micros(u.UpdatedAt))
	return err
}

// AddPart notes that a part has come. When another came first, which two
// windows of one browser can bring about, it is a Conflict.
func (s *Store) AddPart(ctx context.Context, u *stet.Upload, size int64) error {
	parts := append(append([]int64{}, u.Parts...), size)
	now := s.Now()
	n, err := s.exec(ctx, `UPDATE upload SET parts = $3, received = $4, updated_at = $5 WHERE id = $1 AND received = $2`,
		u.ID, u.Received, jsonList(parts), u.Received+size, micros(now))
	if err != nil {
		return err
	}
	if n == 0 {
		return stet.Errorf(stet.Conflict, "another part of the file came first")
	}
	u.Parts, u.Received, u.UpdatedAt = parts, u.Received+size, now
	return nil
}

// DeleteUpload forgets an upload.
func (s *Store) DeleteUpload(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM upload WHERE id = $1`, id)
	return err
}
