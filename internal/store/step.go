// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"time"

	"stet"
)

// BodyState returns how far the body of an article has come in steps.
func (s *Store) BodyState(ctx context.Context, article int64) (stet.BodyState, error) {
	return one(ctx, s, "working copy", func(r scanner) (c stet.BodyState, err error) {
		return c, r.Scan(&c.ArticleID, &c.Version, &c.Digest)
	}, `SELECT article_id, version, digest FROM body_state WHERE article_id = $1`, article)
}

// SetBodyState notes how far the body of an article has come.
func (s *Store) SetBodyState(ctx context.Context, c stet.BodyState) error {
	_, err := s.exec(ctx, `INSERT INTO body_state (article_id, version, digest) VALUES ($1, $2, $3)
		ON CONFLICT (article_id) DO UPDATE SET version = excluded.version, digest = excluded.digest`, c.ArticleID, c.Version, c.Digest)
	return err
}

// AddSteps appends steps to the log of an article.
func (s *Store) AddSteps(ctx context.Context, article int64, steps ...stet.Step) error {
	for _, v := range steps {
		if _, err := s.exec(ctx, `INSERT INTO step (article_id, number, client, sequence, staff_id, body, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			article, v.Number, v.Client, v.Sequence, v.StaffID, string(v.Body), micros(v.CreatedAt)); err != nil {
			return err
		}
	}
	return nil
}

// Steps returns the steps that followed a version of the body, in order; at
// most limit of them.
func (s *Store) Steps(ctx context.Context, article, after int64, limit int) ([]stet.Step, error) {
	return list(ctx, s, func(r scanner) (v stet.Step, err error) {
		var body string
		var created sql.NullInt64
		err = r.Scan(&v.Number, &v.Client, &v.Sequence, &v.StaffID, &body, &created)
		v.Body, v.CreatedAt = []byte(body), fromMicros(created)
		return v, err
	}, `SELECT number, client, sequence, staff_id, body, created_at FROM step WHERE article_id = $1 AND number > $2 ORDER BY number LIMIT $3`, article, after, limit)
}

// LastSequence returns the number of the newest step that the client has in the
// log of the article, 0 for none.
func (s *Store) LastSequence(ctx context.Context, article int64, client string) (int64, error) {
	return one(ctx, s, "step", scanID, `SELECT COALESCE(MAX(sequence), 0) FROM step WHERE article_id = $1 AND client = $2`, article, client)
}

// DropSteps forgets the steps of an article up to and including a number.
func (s *Store) DropSteps(ctx context.Context, article, upTo int64) error {
	_, err := s.exec(ctx, `DELETE FROM step WHERE article_id = $1 AND number <= $2`, article, upTo)
	return err
}

// PutPresence notes that somebody has a story open, and where they are in it.
func (s *Store) PutPresence(ctx context.Context, article int64, p stet.Presence) error {
	_, err := s.exec(ctx, `INSERT INTO presence (article_id, client, staff_id, place, since, seen_at) VALUES ($1, $2, $3, $4, $5, $5)
		ON CONFLICT (article_id, client) DO UPDATE SET staff_id = excluded.staff_id, place = excluded.place, seen_at = excluded.seen_at`,
		article, p.Client, p.StaffID, p.Place, s.Now().UnixMicro())
	return err
}

// RenewPresence notes that a window still has the story open; false when
// nobody knew that it had.
func (s *Store) RenewPresence(ctx context.Context, article int64, client string) (bool, error) {
	n, err := s.exec(ctx, `UPDATE presence SET seen_at = $3 WHERE article_id = $1 AND client = $2`, article, client, s.Now().UnixMicro())
	return n > 0, err
}

// DropPresence notes that a window has left the story.
func (s *Store) DropPresence(ctx context.Context, article int64, client string) error {
	_, err := s.exec(ctx, `DELETE FROM presence WHERE article_id = $1 AND client = $2`, article, client)
	return err
}

// PrunePresence forgets those who were not seen since.
func (s *Store) PrunePresence(ctx context.Context, since time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM presence WHERE seen_at < $1`, since.UnixMicro())
	return err
}

// Presences returns who has a story open and was seen since, who came first first.
func (s *Store) Presences(ctx context.Context, article int64, since time.Time) ([]stet.Presence, error) {
	return list(ctx, s, func(r scanner) (p stet.Presence, err error) {
		var at sql.NullInt64
		err = r.Scan(&p.Client, &p.StaffID, &p.Staff, &p.Name, &p.Place, &at)
		p.Since = fromMicros(at)
		return p, err
	}, `SELECT p.client, p.staff_id, s.public_id, s.name, p.place, p.since FROM presence p JOIN staff s ON s.id = p.staff_id
		WHERE p.article_id = $1 AND p.seen_at >= $2 ORDER BY p.since, p.client`, article, since.UnixMicro())
}
