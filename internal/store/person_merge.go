// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"fmt"
	"slices"

	"stet"
)

// MergePerson lets one person take the place of another, who is removed: in
// what readers see, in the lists of the desk, in addresses, pictures and
// accounts. Working copies are changed afterwards, by RefileCopy, and versions
// never are. It returns the articles that readers now see with other bylines.
func (s *Store) MergePerson(ctx context.Context, from, into *stet.Person) (articles []int64, err error) {
	if articles, err = s.mergeLive(ctx, from.ID, into.ID); err != nil {
		return nil, err
	}
	if err := s.mergeShown(ctx, from, into); err != nil {
		return nil, err
	}
	if err := s.setUse(ctx, stet.UsePerson, from.ID, "portrait", 0); err != nil {
		return nil, err
	}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{`INSERT INTO listing (kind, ref, published_at, article_id) SELECT kind, $2, published_at, article_id FROM listing WHERE kind = 'person' AND ref = $1 ON CONFLICT DO NOTHING`, []any{from.ID, into.ID}},
		{`DELETE FROM listing WHERE kind = 'person' AND ref = $1`, []any{from.ID}},
		// The working copies still name the other one, under whom they are found
		// until they are changed; the lists of the one who remains are right at once.
		{`INSERT INTO copy_ref (kind, ref, article_id) SELECT kind, CAST($2 AS TEXT), article_id FROM copy_ref WHERE kind = 'person' AND ref = $1 ON CONFLICT DO NOTHING`, []any{from.PublicID, into.PublicID}},
		{`UPDATE path SET target = $2 WHERE kind = 'person' AND target = $1`, []any{from.ID, into.ID}},
		{`UPDATE statement SET speaker_id = $2 WHERE speaker_id = $1`, []any{from.ID, into.ID}},
		{`UPDATE staff SET person = $2 WHERE person = $1`, []any{from.PublicID, into.PublicID}},
		{`UPDATE person_former SET person_id = $2 WHERE person_id = $1`, []any{from.ID, into.ID}},
		{`INSERT INTO person_former (public_id, source, person_id) VALUES ($1, $2, $3)`, []any{from.PublicID, null(from.Source), into.ID}},
		{`DELETE FROM person WHERE id = $1`, []any{from.ID}},
	} {
		if _, err := s.exec(ctx, step.sql, step.args...); err != nil {
			return nil, err
		}
	}
	return articles, nil
}

// mergeLive changes the bylines of what readers see. Plain pages stand in no
// list, so that all of them are looked at; there are few.
func (s *Store) mergeLive(ctx context.Context, from, into int64) (changed []int64, err error) {
	rows, err := list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM live
		WHERE kind = 'page' OR article_id IN (SELECT article_id FROM listing WHERE kind = 'person' AND ref = $1) ORDER BY article_id`, from)
	if err != nil {
		return nil, err
	}
	// Most are by one person alone: those whose bylines become the same are
	// changed by one statement.
	now := map[string][]int64{}
	for _, l := range rows {
		var bylines []LiveByline
		seen, found := map[LiveByline]bool{}, false
		for _, b := range l.Bylines {
			if b.Person == from {
				b.Person, found = into, true
			}
			if !seen[b] {
				seen[b], bylines = true, append(bylines, b)
			}
		}
		if !found {
			continue
		}
		text := jsonList(bylines)
		now[text] = append(now[text], l.ArticleID)
		changed = append(changed, l.ArticleID)
	}
	for text, ids := range now {
		for some := range slices.Chunk(ids, 500) {
			in, args := inList(2, some)
			if _, err := s.exec(ctx, `UPDATE live SET bylines = $1 WHERE article_id IN (`+in+`)`, append([]any{text}, args...)...); err != nil {
				return nil, fmt.Errorf("bylines of %d articles: %w", len(some), err)
			}
		}
	}
	return changed, nil
}

// mergeShown changes whom pictures show.
func (s *Store) mergeShown(ctx context.Context, from, into *stet.Person) error {
	ids, err := list(ctx, s, scanID, `SELECT asset_id FROM asset_person WHERE person_id = $1 ORDER BY asset_id`, from.ID)
	if err != nil {
		return err
	}
	assets, err := s.Assets(ctx, ids...)
	if err != nil {
		return err
	}
	for _, a := range assets {
		var shown []stet.Ref
		there := false
		for _, p := range a.Shown {
			if p.ID == from.PublicID || p.ID == into.PublicID {
				if there {
					continue
				}
				there, p = true, stet.Ref{ID: into.PublicID, Name: into.Name}
			}
			shown = append(shown, p)
		}
		a.Shown = shown
		if err := s.UpdateAsset(ctx, &a); err != nil {
			return err
		}
	}
	return nil
}
