// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"time"

	"stet"
)

func scanNote(r scanner) (n stet.Note, err error) {
	var created sql.NullInt64
	err = r.Scan(&n.ID, &n.PublicID, &n.ArticleID, &n.StaffID, &n.Staff, &n.Act, &n.Text, &created)
	n.CreatedAt = fromMicros(created)
	return n, err
}

const noteColumns = `id, public_id, article_id, staff_id, staff, act, text, created_at`

// Notes returns the notes on an article, the first one first.
func (s *Store) Notes(ctx context.Context, article int64) ([]stet.Note, error) {
	return list(ctx, s, scanNote, `SELECT `+noteColumns+` FROM note WHERE article_id = $1 ORDER BY id`, article)
}

// NoteByPublicID returns the note with the public id.
func (s *Store) NoteByPublicID(ctx context.Context, id string) (stet.Note, error) {
	return one(ctx, s, "note", scanNote, `SELECT `+noteColumns+` FROM note WHERE public_id = $1`, id)
}

// AddNote stores a note.
func (s *Store) AddNote(ctx context.Context, n *stet.Note) (err error) {
	n.CreatedAt = s.Now()
	n.ID, err = s.insert(ctx, `INSERT INTO note (public_id, article_id, staff_id, staff, act, text, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		n.PublicID, n.ArticleID, n.StaffID, n.Staff, n.Act, n.Text, micros(n.CreatedAt))
	return err
}

// DropNote removes a note.
func (s *Store) DropNote(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM note WHERE id = $1`, id)
	return err
}

func scanView(r scanner) (v stet.SavedView, err error) {
	var shared int
	var created sql.NullInt64
	err = r.Scan(&v.ID, &v.PublicID, &v.StaffID, &v.Name, &shared, &v.Query, &created)
	v.Shared, v.CreatedAt = shared != 0, fromMicros(created)
	return v, err
}

const viewColumns = `id, public_id, staff_id, name, shared, query, created_at`

// SavedViews returns the views of the account and those that are shared.
func (s *Store) SavedViews(ctx context.Context, staff int64) ([]stet.SavedView, error) {
	return list(ctx, s, scanView, `SELECT `+viewColumns+` FROM saved_view WHERE staff_id = $1 OR shared = 1 ORDER BY name, id`, staff)
}

// SavedViewsNaming returns the views of all accounts in whose filter the public
// id stands somewhere.
func (s *Store) SavedViewsNaming(ctx context.Context, id string) ([]stet.SavedView, error) {
	return list(ctx, s, scanView, `SELECT `+viewColumns+` FROM saved_view WHERE query LIKE $1 ESCAPE '\' ORDER BY id`, "%"+likeEscape(id)+"%")
}

// SavedViewByPublicID returns the view with the public id.
func (s *Store) SavedViewByPublicID(ctx context.Context, id string) (stet.SavedView, error) {
	return one(ctx, s, "view", scanView, `SELECT `+viewColumns+` FROM saved_view WHERE public_id = $1`, id)
}

// AddSavedView stores a view.
func (s *Store) AddSavedView(ctx context.Context, v *stet.SavedView) (err error) {
	v.CreatedAt = s.Now()
	v.ID, err = s.insert(ctx, `INSERT INTO saved_view (public_id, staff_id, name, shared, query, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		v.PublicID, v.StaffID, v.Name, flag(v.Shared), v.Query, micros(v.CreatedAt))
	return err
}

// UpdateSavedView stores a view's name, filter and whether it is shared.
func (s *Store) UpdateSavedView(ctx context.Context, v *stet.SavedView) error {
	_, err := s.exec(ctx, `UPDATE saved_view SET name = $2, shared = $3, query = $4 WHERE id = $1`, v.ID, v.Name, flag(v.Shared), v.Query)
	return err
}

// DropSavedView removes a view.
func (s *Store) DropSavedView(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM saved_view WHERE id = $1`, id)
	return err
}

// LinkCheck is what an address answered when it was last asked.
type LinkCheck struct {
	URL       string
	Status    int    // 0 when there was no answer
	Fault     string // what is wrong with it, or empty
	CheckedAt time.Time
}

// LinkChecks returns what is known of the addresses, by address.
func (s *Store) LinkChecks(ctx context.Context, urls ...string) (map[string]LinkCheck, error) {
	out := make(map[string]LinkCheck, len(urls))
	if len(urls) == 0 {
		return out, nil
	}
	in, args := inList(1, urls)
	found, err := list(ctx, s, func(r scanner) (v LinkCheck, err error) {
		var at sql.NullInt64
		err = r.Scan(&v.URL, &v.Status, &v.Fault, &at)
		v.CheckedAt = fromMicros(at)
		return v, err
	}, `SELECT url, status, fault, checked_at FROM link_check WHERE url IN (`+in+`)`, args...)
	for _, v := range found {
		out[v.URL] = v
	}
	return out, err
}

// PutLinkCheck remembers what an address answered.
func (s *Store) PutLinkCheck(ctx context.Context, v LinkCheck) error {
	_, err := s.exec(ctx, `INSERT INTO link_check (url, status, fault, checked_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (url) DO UPDATE SET status = excluded.status, fault = excluded.fault, checked_at = excluded.checked_at`, v.URL, v.Status, v.Fault, s.Now().UnixMicro())
	return err
}
