// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"stet"
)

const correctionColumns = `correction.id, correction.public_id, correction.article_id, correction.version_id, correction.version, correction.kind, correction.weight, correction.note,
	correction.amends, correction.text_removed, correction.passage, correction.headline, correction.section, correction.staff_id, correction.staff, correction.made_at`

func scanCorrection(r scanner) (c stet.Correction, err error) {
	var removed int
	var passage string
	var made sql.NullInt64
	if err = r.Scan(&c.ID, &c.PublicID, &c.ArticleID, &c.VersionID, &c.Version, &c.Kind, &c.Weight, &c.Note,
		&c.Amends, &removed, &passage, &c.Headline, &c.Section, &c.StaffID, &c.Staff, &made); err != nil {
		return c, err
	}
	c.TextRemoved, c.MadeAt = removed != 0, fromMicros(made)
	if passage != "" {
		if err := json.Unmarshal([]byte(passage), &c.Passage); err != nil {
			return c, fmt.Errorf("passage of correction %s: %w", c.PublicID, err)
		}
	}
	return c, nil
}

// AddCorrection stores a correction with the version that it came with. There
// is no way to change one, or to take one away.
func (s *Store) AddCorrection(ctx context.Context, c *stet.Correction) error {
	return s.putCorrection(ctx, c, `ON CONFLICT (public_id) DO NOTHING`)
}

// MendCorrection writes a correction anew as its version has it, for doctor:
// the version is sealed, and what somebody has done to the row by hand is not
// what readers were told. Who made it is known to the row alone and stays.
func (s *Store) MendCorrection(ctx context.Context, c *stet.Correction) error {
	return s.putCorrection(ctx, c, `ON CONFLICT (public_id) DO UPDATE SET article_id = excluded.article_id, version_id = excluded.version_id, version = excluded.version,
		kind = excluded.kind, weight = excluded.weight, note = excluded.note, amends = excluded.amends, text_removed = excluded.text_removed,
		passage = excluded.passage, headline = excluded.headline, section = excluded.section, words = excluded.words, made_at = excluded.made_at`)
}

func (s *Store) putCorrection(ctx context.Context, c *stet.Correction, taken string) error {
	passage, words := "", c.Headline+" "+c.Note
	if c.Passage != nil {
		b, err := json.Marshal(c.Passage)
		if err != nil {
			return err
		}
		passage = string(b)
		words += " " + c.Passage.Exact + " " + c.Passage.After
	}
	n, err := s.exec(ctx, `INSERT INTO correction (public_id, article_id, version_id, version, kind, weight, note, amends, text_removed, passage, headline, section, words, staff_id, staff, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) `+taken,
		c.PublicID, c.ArticleID, c.VersionID, c.Version, c.Kind, c.Weight, c.Note, c.Amends, flag(c.TextRemoved), passage, c.Headline, c.Section, FoldName(words), c.StaffID, c.Staff, micros(c.MadeAt))
	if err == nil && n == 0 {
		return stet.Errorf(stet.Conflict, "there is a correction %s already", c.PublicID)
	}
	return err
}

// Correction returns the correction with the public id.
func (s *Store) Correction(ctx context.Context, id string) (stet.Correction, error) {
	return one(ctx, s, "correction", scanCorrection, `SELECT `+correctionColumns+` FROM correction WHERE public_id = $1`, id)
}

// CorrectionsOf returns the corrections of articles, the oldest first.
func (s *Store) CorrectionsOf(ctx context.Context, articles ...int64) ([]stet.Correction, error) {
	if len(articles) == 0 {
		return nil, nil
	}
	in, args := inList(1, articles)
	return list(ctx, s, scanCorrection, `SELECT `+correctionColumns+` FROM correction WHERE article_id IN (`+in+`) ORDER BY made_at, id`, args...)
}

// CorrectionFilter narrows a list of corrections; fields that are empty do not
// matter.
type CorrectionFilter struct {
	Kind    stet.CorrectionKind
	Article int64
	// Section wants the stories that stand in the lists of the section now.
	// Stories that are withdrawn stand in none: of those, the ones whose section
	// had one of the ids Sections when the correction was made.
	Section  int64
	Sections []string
	Words    string // of headline, note and passage; a part of a word is enough
	// After is the place before the first one wanted, going back in time, or
	// with Newer forward. The zero place is the beginning.
	After Place
	Newer bool
	Limit int
}

// Corrections returns corrections that pass the filter, the newest first.
func (s *Store) Corrections(ctx context.Context, f CorrectionFilter) ([]stet.Correction, error) {
	where, args := f.where()
	order := `DESC`
	if f.After.ID != "" {
		sign := `<`
		if f.Newer {
			sign, order = `>`, `ASC`
		}
		args = append(args, f.After.At.UnixMicro(), f.After.ID)
		where = append(where, fmt.Sprintf(`(correction.made_at, correction.public_id) %s ($%d, $%d)`, sign, len(args)-1, len(args)))
	}
	query := `SELECT ` + correctionColumns + ` FROM correction`
	if len(where) > 0 {
		query += ` WHERE ` + strings.Join(where, ` AND `)
	}
	args = append(args, f.Limit)
	out, err := list(ctx, s, scanCorrection, query+fmt.Sprintf(` ORDER BY correction.made_at %s, correction.public_id %s LIMIT $%d + 0`, order, order, len(args)), args...)
	if order == `ASC` {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out, err
}

// CountCorrections returns how many pass the filter.
func (s *Store) CountCorrections(ctx context.Context, f CorrectionFilter) (int, error) {
	where, args := f.where()
	query := `SELECT COUNT(*) FROM correction`
	if len(where) > 0 {
		query += ` WHERE ` + strings.Join(where, ` AND `)
	}
	return one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, query, args...)
}

func (f CorrectionFilter) where() (where []string, args []any) {
	also := func(condition string, values ...any) {
		at := make([]any, len(values))
		for i, v := range values {
			args = append(args, v)
			at[i] = len(args)
		}
		where = append(where, fmt.Sprintf(condition, at...))
	}
	if f.Kind != "" {
		also(`correction.kind = $%d`, f.Kind)
	}
	if f.Article != 0 {
		also(`correction.article_id = $%d`, f.Article)
	}
	if f.Section != 0 {
		in, ids := inList(len(args)+2, append([]string{""}, f.Sections...))
		args = append(append(args, f.Section), ids...)
		where = append(where, fmt.Sprintf(`(EXISTS (SELECT 1 FROM listing WHERE listing.kind = 'section' AND listing.ref = $%d AND listing.article_id = correction.article_id)
			OR correction.section <> '' AND correction.section IN (%s) AND NOT EXISTS (SELECT 1 FROM live WHERE live.article_id = correction.article_id))`, len(args)-len(ids), in))
	}
	words := strings.Fields(FoldName(f.Words))
	for _, w := range words[:min(len(words), maxQueryWords)] {
		also(`correction.words LIKE $%d ESCAPE '\'`, "%"+likeEscape(w)+"%")
	}
	return where, args
}
