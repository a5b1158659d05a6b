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

const assetColumns = `asset.id, asset.public_id, asset.kind, asset.mime, asset.blob, asset.sha256, asset.size, asset.width, asset.height, asset.filename,
	asset.alt, asset.caption, asset.credit, asset.creator, asset.licence, asset.taken, asset.shown, asset.republish, asset.rights_end, asset.poster, asset.source_url,
	asset.focal_x, asset.focal_y, asset.crops, asset.created_at, asset.updated_at, asset.trashed_at, asset.created_by, asset.replaced_by, asset.duration`

// scanAsset also says whether the rights have ended, by the store's clock, so
// that nobody who shows a picture can forget to look.
func (s *Store) scanAsset(r scanner) (a stet.Asset, err error) {
	var rightsEnd, created, updated, trashed sql.NullInt64
	var republish int
	var duration int64
	var shown, crops string
	if err = r.Scan(&a.ID, &a.PublicID, &a.Kind, &a.MIME, &a.Blob, &a.SHA256, &a.Size, &a.Width, &a.Height, &a.Filename,
		&a.Alt, &a.Caption, &a.Credit, &a.Creator, &a.Licence, &a.Taken, &shown, &republish, &rightsEnd, &a.Poster, &a.SourceURL,
		&a.FocalX, &a.FocalY, &crops, &created, &updated, &trashed, &a.CreatedBy, &a.ReplacedBy, &duration); err != nil {
		return a, err
	}
	a.CreatedAt, a.UpdatedAt, a.TrashedAt, a.RightsEnd = fromMicros(created), fromMicros(updated), fromMicros(trashed), fromMicros(rightsEnd)
	a.Republish, a.Duration = republish != 0, time.Duration(duration)*time.Millisecond
	a.Ended = rightsEnd.Valid && !s.Now().Before(a.RightsEnd)
	if shown != "[]" {
		if err := json.Unmarshal([]byte(shown), &a.Shown); err != nil {
			return a, fmt.Errorf("persons of asset %d: %w", a.ID, err)
		}
	}
	if crops != "{}" {
		if err := json.Unmarshal([]byte(crops), &a.Crops); err != nil {
			return a, fmt.Errorf("crops of asset %d: %w", a.ID, err)
		}
	}
	return a, nil
}

// Asset returns the asset with the public id.
func (s *Store) Asset(ctx context.Context, publicID string) (stet.Asset, error) {
	return one(ctx, s, "asset", s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE public_id = $1`, publicID)
}

// AssetBySHA256 returns the asset with this original.
func (s *Store) AssetBySHA256(ctx context.Context, sum string) (stet.Asset, error) {
	return one(ctx, s, "asset", s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE sha256 = $1`, sum)
}

// AssetBySource returns the asset that an import fetched from the address.
func (s *Store) AssetBySource(ctx context.Context, address string) (stet.Asset, error) {
	return one(ctx, s, "asset", s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE source_url = $1 AND source_url <> '' ORDER BY id LIMIT 1`, address)
}

// Assets returns the assets with the ids, in no particular order.
func (s *Store) Assets(ctx context.Context, ids ...int64) ([]stet.Asset, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE id IN (`+in+`)`, args...)
}

// AssetsByPublicID returns the assets with the public ids, in no particular order.
func (s *Store) AssetsByPublicID(ctx context.Context, ids ...string) ([]stet.Asset, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE public_id IN (`+in+`)`, args...)
}

// AssetsAfter returns assets in order of id, for doctor and exports.
func (s *Store) AssetsAfter(ctx context.Context, id int64, limit int) ([]stet.Asset, error) {
	return list(ctx, s, s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE id > $1 ORDER BY id LIMIT $2`, id, limit)
}

// CreateAsset stores a new asset and sets its id.
func (s *Store) CreateAsset(ctx context.Context, a *stet.Asset) (err error) {
	a.CreatedAt, a.UpdatedAt = s.Now(), s.Now()
	a.ID, err = s.insert(ctx, `INSERT INTO asset (public_id, kind, mime, blob, sha256, size, width, height, filename, alt, caption, credit, creator, licence,
		taken, shown, republish, rights_end, poster, source_url, focal_x, focal_y, crops, created_at, updated_at, created_by, duration)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27) RETURNING id`,
		a.PublicID, a.Kind, a.MIME, a.Blob, a.SHA256, a.Size, a.Width, a.Height, a.Filename, a.Alt, a.Caption, a.Credit, a.Creator, a.Licence,
		a.Taken, jsonList(a.Shown), flag(a.Republish), micros(a.RightsEnd), a.Poster, a.SourceURL, a.FocalX, a.FocalY, jsonCrops(a.Crops), micros(a.CreatedAt), micros(a.UpdatedAt), a.CreatedBy, a.Duration.Milliseconds())
	if err != nil {
		return err
	}
	return s.describeAsset(ctx, a)
}

// UpdateAsset stores what the desk may change of an asset.
func (s *Store) UpdateAsset(ctx context.Context, a *stet.Asset) error {
	a.UpdatedAt = s.Now()
	if _, err := s.exec(ctx, `UPDATE asset SET filename = $2, alt = $3, caption = $4, credit = $5, creator = $6, licence = $7, taken = $8, shown = $9, republish = $10,
		rights_end = $11, poster = $12, focal_x = $13, focal_y = $14, crops = $15, updated_at = $16, trashed_at = $17 WHERE id = $1`,
		a.ID, a.Filename, a.Alt, a.Caption, a.Credit, a.Creator, a.Licence, a.Taken, jsonList(a.Shown), flag(a.Republish),
		micros(a.RightsEnd), a.Poster, a.FocalX, a.FocalY, jsonCrops(a.Crops), micros(a.UpdatedAt), micros(a.TrashedAt)); err != nil {
		return err
	}
	return s.describeAsset(ctx, a)
}

// DestroyAsset removes the row of an asset. One that anything uses, or used in
// a version that readers saw, is a Conflict.
func (s *Store) DestroyAsset(ctx context.Context, id int64) error {
	if _, err := s.exec(ctx, `DELETE FROM asset_use WHERE kind = 'asset' AND ref = $1`, id); err != nil {
		return err
	}
	_, err := s.exec(ctx, `DELETE FROM asset WHERE id = $1`, id)
	return err
}

func jsonCrops(c stet.Crops) string {
	if len(c) == 0 {
		return "{}"
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // Validate lets only numbers through
	}
	return string(b)
}
