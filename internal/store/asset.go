// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"

	"stet"
)

const assetColumns = `id, public_id, kind, mime, blob, sha256, size, width, height, filename, alt, caption, credit, licence, source_url, focal_x, focal_y, created_at`

func scanAsset(r scanner) (a stet.Asset, err error) {
	var created sql.NullInt64
	err = r.Scan(&a.ID, &a.PublicID, &a.Kind, &a.MIME, &a.Blob, &a.SHA256, &a.Size, &a.Width, &a.Height, &a.Filename,
		&a.Alt, &a.Caption, &a.Credit, &a.Licence, &a.SourceURL, &a.FocalX, &a.FocalY, &created)
	a.CreatedAt = fromMicros(created)
	return a, err
}

// Asset returns the asset with the public id.
func (s *Store) Asset(ctx context.Context, publicID string) (stet.Asset, error) {
	return one(ctx, s, "asset", scanAsset, `SELECT `+assetColumns+` FROM asset WHERE public_id = $1`, publicID)
}

// AssetBySHA256 returns the asset with this original.
func (s *Store) AssetBySHA256(ctx context.Context, sum string) (stet.Asset, error) {
	return one(ctx, s, "asset", scanAsset, `SELECT `+assetColumns+` FROM asset WHERE sha256 = $1`, sum)
}

// AssetBySource returns the asset that an import fetched from the address.
func (s *Store) AssetBySource(ctx context.Context, address string) (stet.Asset, error) {
	return one(ctx, s, "asset", scanAsset, `SELECT `+assetColumns+` FROM asset WHERE source_url = $1 AND source_url <> '' ORDER BY id LIMIT 1`, address)
}

// Assets returns the assets with the ids, in no particular order.
func (s *Store) Assets(ctx context.Context, ids ...int64) ([]stet.Asset, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, scanAsset, `SELECT `+assetColumns+` FROM asset WHERE id IN (`+in+`)`, args...)
}

// AssetsByPublicID returns the assets with the public ids, in no particular order.
func (s *Store) AssetsByPublicID(ctx context.Context, ids ...string) ([]stet.Asset, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, scanAsset, `SELECT `+assetColumns+` FROM asset WHERE public_id IN (`+in+`)`, args...)
}

// AssetsAfter returns assets in order of id, for doctor and exports.
func (s *Store) AssetsAfter(ctx context.Context, id int64, limit int) ([]stet.Asset, error) {
	return list(ctx, s, scanAsset, `SELECT `+assetColumns+` FROM asset WHERE id > $1 ORDER BY id LIMIT $2`, id, limit)
}

// CreateAsset stores a new asset and sets its id.
func (s *Store) CreateAsset(ctx context.Context, a *stet.Asset) (err error) {
	a.CreatedAt = s.Now()
	a.ID, err = s.insert(ctx, `INSERT INTO asset (public_id, kind, mime, blob, sha256, size, width, height, filename, alt, caption, credit, licence, source_url, focal_x, focal_y, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id`,
		a.PublicID, a.Kind, a.MIME, a.Blob, a.SHA256, a.Size, a.Width, a.Height, a.Filename, a.Alt, a.Caption, a.Credit, a.Licence, a.SourceURL, a.FocalX, a.FocalY, micros(a.CreatedAt))
	return err
}

// UpdateAsset stores the words about an asset and its focal point.
func (s *Store) UpdateAsset(ctx context.Context, a *stet.Asset) error {
	_, err := s.exec(ctx, `UPDATE asset SET filename = $2, alt = $3, caption = $4, credit = $5, licence = $6, focal_x = $7, focal_y = $8 WHERE id = $1`,
		a.ID, a.Filename, a.Alt, a.Caption, a.Credit, a.Licence, a.FocalX, a.FocalY)
	return err
}
