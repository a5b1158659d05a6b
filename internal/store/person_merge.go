// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"encoding/json"
	"fmt"

	"stet"
)

// ArticlesBy returns the ids of the articles in whose working copy the person
// stands in a byline.
func (s *Store) ArticlesBy(ctx context.Context, person string) ([]int64, error) {
	return list(ctx, s, scanID, `SELECT article_id FROM copy_ref WHERE kind = 'person' AND ref = $1 ORDER BY article_id`, person)
}

// Rename stores a working copy in which people are named otherwise, and live,
// the content that readers see, with the same names, nil when they see none. It
// is no save: whoever saved it last, and when, stays. A save that was begun
// before it is refused, as after every change.
func (s *Store) Rename(ctx context.Context, a *stet.Article, live *stet.Content) error {
	content, err := json.Marshal(a.Content)
	if err != nil {
		return err
	}
	n, err := s.exec(ctx, `UPDATE article SET content = $3, revision = revision + 1 WHERE id = $1 AND revision = $2`, a.ID, a.Revision, string(content))
	if err != nil {
		return err
	}
	if n == 0 {
		return stet.Errorf(stet.Conflict, "the article was saved by somebody else in the meantime")
	}
	a.Revision++
	return s.RebuildCopy(ctx, a, live)
}

// MergePerson lets one person take the place of another, who is removed: in
// what readers see, in addresses, pictures and accounts. Working copies are
// changed by Rename before, and versions never are. It returns the articles
// that readers now see with other bylines.
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
		if _, err := s.exec(ctx, `UPDATE live SET bylines = $2 WHERE article_id = $1`, l.ArticleID, jsonList(bylines)); err != nil {
			return nil, fmt.Errorf("bylines of article %d: %w", l.ArticleID, err)
		}
		changed = append(changed, l.ArticleID)
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
