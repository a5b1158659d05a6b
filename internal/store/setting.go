// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"encoding/json"
	"fmt"

	"stet"
)

// Setting reads the setting into dst. A setting that was never made is a
// NotFound error.
func (s *Store) Setting(ctx context.Context, name string, dst any) error {
	value, err := one(ctx, s, "setting", func(r scanner) (v string, err error) { return v, r.Scan(&v) },
		`SELECT value FROM setting WHERE name = $1`, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(value), dst); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// SetSetting stores the setting, whether or not it was there before.
func (s *Store) SetSetting(ctx context.Context, name string, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	_, err = s.exec(ctx, `INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, name, string(b), s.Now().UnixMicro())
	return err
}

// SettingText returns the JSON of a setting as it is stored, "" for one that
// was never made.
func (s *Store) SettingText(ctx context.Context, name string) (string, error) {
	value, err := one(ctx, s, "setting", func(r scanner) (v string, err error) { return v, r.Scan(&v) },
		`SELECT value FROM setting WHERE name = $1`, name)
	if stet.ErrorCode(err) == stet.NotFound {
		return "", nil
	}
	return value, err
}

// SwapSetting stores the setting if it is still what SettingText returned, and
// reports false when somebody else was faster.
func (s *Store) SwapSetting(ctx context.Context, name, was string, value any) (bool, error) {
	b, err := json.Marshal(value)
	if err != nil {
		return false, fmt.Errorf("setting %s: %w", name, err)
	}
	if was == "" {
		n, err := s.exec(ctx, `INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`,
			name, string(b), s.Now().UnixMicro())
		return n == 1, err
	}
	n, err := s.exec(ctx, `UPDATE setting SET value = $2, updated_at = $3 WHERE name = $1 AND value = $4`, name, string(b), s.Now().UnixMicro(), was)
	return n == 1, err
}

// SecretSetting begins the names of settings that Settings leaves out: what is
// in them is used and never shown.
const SecretSetting = "secret."

// Settings returns the names of all settings with their JSON, secrets left out.
func (s *Store) Settings(ctx context.Context) (map[string]json.RawMessage, error) {
	type pair struct{ name, value string }
	pairs, err := list(ctx, s, func(r scanner) (p pair, err error) { return p, r.Scan(&p.name, &p.value) },
		`SELECT name, value FROM setting WHERE name NOT LIKE 'secret.%' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	out := make(map[string]json.RawMessage, len(pairs))
	for _, p := range pairs {
		out[p.name] = json.RawMessage(p.value)
	}
	return out, nil
}

// Empty reports whether nothing has been written into the database yet.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	n, err := one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) },
		`SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM article LIMIT 1) AS a) + (SELECT COUNT(*) FROM setting)`)
	return n == 0, err
}

// Magazine returns the identity of the magazine, NotFound before it was set.
func (s *Store) Magazine(ctx context.Context) (m stet.Magazine, err error) {
	return m, s.Setting(ctx, "magazine", &m)
}
