// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"

	"stet"
)

func scanAssetText(r scanner) (t stet.AssetText, err error) {
	return t, r.Scan(&t.Asset, &t.Kind, &t.Language, &t.Label, &t.Text)
}

// AssetTexts returns the captions and transcripts of assets.
func (s *Store) AssetTexts(ctx context.Context, assets ...int64) ([]stet.AssetText, error) {
	if len(assets) == 0 {
		return nil, nil
	}
	in, args := inList(1, assets)
	return list(ctx, s, scanAssetText, `SELECT asset_id, kind, language, label, text FROM asset_text WHERE asset_id IN (`+in+`) ORDER BY asset_id, kind`, args...)
}

// SetAssetText stores a text of an asset in place of what it had; an empty one
// takes that away.
func (s *Store) SetAssetText(ctx context.Context, t stet.AssetText) error {
	if t.Text == "" {
		_, err := s.exec(ctx, `DELETE FROM asset_text WHERE asset_id = $1 AND kind = $2`, t.Asset, string(t.Kind))
		return err
	}
	_, err := s.exec(ctx, `INSERT INTO asset_text (asset_id, kind, language, label, text) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (asset_id, kind) DO UPDATE SET language = excluded.language, label = excluded.label, text = excluded.text`,
		t.Asset, string(t.Kind), t.Language, t.Label, t.Text)
	return err
}
