// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"stet"
)

const quotationColumns = `quotation.id, quotation.public_id, quotation.article_id, quotation.statement_id, quotation.state, quotation.kind, quotation.text, quotation.anchor,
	quotation.live, quotation.found, quotation.confidence, quotation.decided_by, quotation.created_at, quotation.updated_at`

func scanQuotation(r scanner) (v stet.Quotation, err error) {
	var anchor, found string
	var live int
	var created, updated sql.NullInt64
	if err = r.Scan(&v.ID, &v.PublicID, &v.ArticleID, &v.StatementID, &v.State, &v.Kind, &v.Text, &anchor, &live, &found, &v.Confidence, &v.DecidedBy, &created, &updated); err != nil {
		return v, err
	}
	v.Live, v.CreatedAt, v.UpdatedAt = live != 0, fromMicros(created), fromMicros(updated)
	if found != "" {
		v.Found = []byte(found)
	}
	if err := json.Unmarshal([]byte(anchor), &v.Anchor); err != nil {
		return v, fmt.Errorf("anchor of quotation %d: %w", v.ID, err)
	}
	return v, nil
}

// QuotationByPublicID returns the quotation with the public id.
func (s *Store) QuotationByPublicID(ctx context.Context, id string) (stet.Quotation, error) {
	return one(ctx, s, "quotation", scanQuotation, `SELECT `+quotationColumns+` FROM quotation WHERE public_id = $1`, id)
}

// QuotationsIn returns what is known of the quotations of an article, in every
// state, in the order in which it became known.
func (s *Store) QuotationsIn(ctx context.Context, article int64) ([]stet.Quotation, error) {
	return list(ctx, s, scanQuotation, `SELECT `+quotationColumns+` FROM quotation WHERE article_id = $1 ORDER BY id`, article)
}

// QuotationsOf returns the quotations of the statements, oldest first.
func (s *Store) QuotationsOf(ctx context.Context, statements ...int64) ([]stet.Quotation, error) {
	if len(statements) == 0 {
		return nil, nil
	}
	in, args := inList(1, statements)
	return list(ctx, s, scanQuotation, `SELECT `+quotationColumns+` FROM quotation WHERE statement_id IN (`+in+`) ORDER BY id`, args...)
}

// QuotedIn returns the confirmed quotations that stand in what readers see of
// the articles.
func (s *Store) QuotedIn(ctx context.Context, articles ...int64) ([]stet.Quotation, error) {
	if len(articles) == 0 {
		return nil, nil
	}
	in, args := inList(1, articles)
	return list(ctx, s, scanQuotation, `SELECT `+quotationColumns+` FROM quotation WHERE article_id IN (`+in+`) AND live = 1 AND state = 'confirmed' ORDER BY id`, args...)
}

// LiveQuotationsOf returns those quotations of the statements that readers see,
// the story that was first first.
func (s *Store) LiveQuotationsOf(ctx context.Context, statements ...int64) ([]stet.Quotation, error) {
	if len(statements) == 0 {
		return nil, nil
	}
	in, args := inList(1, statements)
	return list(ctx, s, scanQuotation, `SELECT `+quotationColumns+` FROM quotation WHERE statement_id IN (`+in+`) AND live = 1 ORDER BY id`, args...)
}

// AddQuotation stores a quotation.
func (s *Store) AddQuotation(ctx context.Context, v *stet.Quotation) (err error) {
	v.CreatedAt = s.Now()
	v.UpdatedAt = v.CreatedAt
	v.ID, err = s.insert(ctx, `INSERT INTO quotation (public_id, article_id, statement_id, state, kind, text, anchor, live, found, confidence, decided_by, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING id`,
		v.PublicID, v.ArticleID, v.StatementID, v.State, v.Kind, v.Text, jsonList(v.Anchor), flag(v.Live), string(v.Found), v.Confidence, v.DecidedBy, micros(v.CreatedAt))
	return err
}

// UpdateQuotation stores what has been decided about a quotation, and where it
// stands.
func (s *Store) UpdateQuotation(ctx context.Context, v *stet.Quotation) error {
	v.UpdatedAt = s.Now()
	_, err := s.exec(ctx, `UPDATE quotation SET statement_id = $2, state = $3, kind = $4, text = $5, anchor = $6, live = $7, found = $8, confidence = $9, decided_by = $10, updated_at = $11 WHERE id = $1`,
		v.ID, v.StatementID, v.State, v.Kind, v.Text, jsonList(v.Anchor), flag(v.Live), string(v.Found), v.Confidence, v.DecidedBy, micros(v.UpdatedAt))
	return err
}

// DropQuotation removes a quotation.
func (s *Store) DropQuotation(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM quotation WHERE id = $1`, id)
	return err
}

// DropProposals removes what a scan has proposed of an article and nobody has
// decided.
func (s *Store) DropProposals(ctx context.Context, article int64) error {
	_, err := s.exec(ctx, `DELETE FROM quotation WHERE article_id = $1 AND state = 'proposed'`, article)
	return err
}

// Proposals returns what waits to be decided, the most certain first, after the
// one with the id.
func (s *Store) Proposals(ctx context.Context, after int64, limit int) ([]stet.Quotation, error) {
	if after == 0 {
		return list(ctx, s, scanQuotation, `SELECT `+quotationColumns+` FROM quotation WHERE state = 'proposed' ORDER BY confidence DESC, id DESC LIMIT $1 + 0`, limit)
	}
	return list(ctx, s, scanQuotation, `SELECT `+quotationColumns+` FROM quotation WHERE state = 'proposed'
		AND (confidence, id) < (SELECT q.confidence, q.id FROM quotation q WHERE q.id = $1) ORDER BY confidence DESC, id DESC LIMIT $2 + 0`, after, limit)
}

// CountProposals returns how many wait to be decided.
func (s *Store) CountProposals(ctx context.Context) (int, error) {
	return one(ctx, s, "count", scanInt, `SELECT COUNT(*) FROM quotation WHERE state = 'proposed'`)
}

// Scanned returns which version of the article a scan has read, 0 for none.
func (s *Store) Scanned(ctx context.Context, article int64) (version int64, err error) {
	version, err = one(ctx, s, "scan", scanID, `SELECT version_id FROM scanned WHERE article_id = $1`, article)
	if stet.ErrorCode(err) == stet.NotFound {
		return 0, nil
	}
	return version, err
}

// SetScanned remembers which version of the article a scan has read.
func (s *Store) SetScanned(ctx context.Context, article, version int64) error {
	_, err := s.exec(ctx, `INSERT INTO scanned (article_id, version_id, at) VALUES ($1, $2, $3)
		ON CONFLICT (article_id) DO UPDATE SET version_id = excluded.version_id, at = excluded.at`, article, version, micros(s.Now()))
	return err
}

const counterpointColumns = `counterpoint.id, counterpoint.public_id, counterpoint.first_id, counterpoint.second_id, counterpoint.label, counterpoint.note,
	counterpoint.dismissed, counterpoint.made_by, counterpoint.created_at, counterpoint.updated_at`

func scanCounterpoint(r scanner) (v stet.Counterpoint, err error) {
	var dismissed int
	var created, updated sql.NullInt64
	err = r.Scan(&v.ID, &v.PublicID, &v.FirstID, &v.SecondID, &v.Label, &v.Note, &dismissed, &v.MadeBy, &created, &updated)
	v.Dismissed, v.CreatedAt, v.UpdatedAt = dismissed != 0, fromMicros(created), fromMicros(updated)
	return v, err
}

// CounterpointByPublicID returns the counterpoint with the public id.
func (s *Store) CounterpointByPublicID(ctx context.Context, id string) (stet.Counterpoint, error) {
	return one(ctx, s, "counterpoint", scanCounterpoint, `SELECT `+counterpointColumns+` FROM counterpoint WHERE public_id = $1`, id)
}

// CounterpointOf returns the pair of the two statements, in either order.
func (s *Store) CounterpointOf(ctx context.Context, a, b int64) (stet.Counterpoint, error) {
	return one(ctx, s, "counterpoint", scanCounterpoint, `SELECT `+counterpointColumns+` FROM counterpoint WHERE low_id = $1 AND high_id = $2`, min(a, b), max(a, b))
}

// CounterpointsWith returns the pairs in which the statements stand, dismissed
// ones among them, the newest first.
func (s *Store) CounterpointsWith(ctx context.Context, statements ...int64) ([]stet.Counterpoint, error) {
	if len(statements) == 0 {
		return nil, nil
	}
	in, args := inList(1, statements)
	return list(ctx, s, scanCounterpoint, `SELECT `+counterpointColumns+` FROM counterpoint WHERE low_id IN (`+in+`) OR high_id IN (`+in+`) ORDER BY id DESC`, args...)
}

// Counterpoints returns the counterpoints, the newest first, after the one with
// the id; public ones are those of which readers see both statements.
func (s *Store) Counterpoints(ctx context.Context, public bool, after int64, limit int) ([]stet.Counterpoint, error) {
	where, args := `dismissed = 0`, []any{limit}
	if after != 0 {
		where, args = where+` AND counterpoint.id < $2`, append(args, after)
	}
	if public {
		where += ` AND EXISTS (SELECT 1 FROM statement WHERE statement.id = first_id AND live = 1) AND EXISTS (SELECT 1 FROM statement WHERE statement.id = second_id AND live = 1)`
	}
	return list(ctx, s, scanCounterpoint, `SELECT `+counterpointColumns+` FROM counterpoint WHERE `+where+` ORDER BY counterpoint.id DESC LIMIT $1 + 0`, args...)
}

// DismissedPairs returns the pairs that are not to be proposed again, the newest
// first, after the one with the id.
func (s *Store) DismissedPairs(ctx context.Context, after int64, limit int) ([]stet.Counterpoint, error) {
	return list(ctx, s, scanCounterpoint, `SELECT `+counterpointColumns+` FROM counterpoint WHERE dismissed = 1 AND (CAST($1 AS BIGINT) = 0 OR counterpoint.id < $1)
		ORDER BY counterpoint.id DESC LIMIT $2 + 0`, after, limit)
}

// AddCounterpoint stores a pair, of which there may be one.
func (s *Store) AddCounterpoint(ctx context.Context, v *stet.Counterpoint) (err error) {
	v.CreatedAt = s.Now()
	v.UpdatedAt = v.CreatedAt
	v.ID, err = s.insert(ctx, `INSERT INTO counterpoint (public_id, first_id, second_id, low_id, high_id, label, note, dismissed, made_by, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING id`,
		v.PublicID, v.FirstID, v.SecondID, min(v.FirstID, v.SecondID), max(v.FirstID, v.SecondID), v.Label, v.Note, flag(v.Dismissed), v.MadeBy, micros(v.CreatedAt))
	return err
}

// UpdateCounterpoint stores what is said of a pair.
func (s *Store) UpdateCounterpoint(ctx context.Context, v *stet.Counterpoint) error {
	v.UpdatedAt = s.Now()
	_, err := s.exec(ctx, `UPDATE counterpoint SET first_id = $2, second_id = $3, label = $4, note = $5, dismissed = $6, made_by = $7, updated_at = $8 WHERE id = $1`,
		v.ID, v.FirstID, v.SecondID, v.Label, v.Note, flag(v.Dismissed), v.MadeBy, micros(v.UpdatedAt))
	return err
}

// DropCounterpoint removes a pair.
func (s *Store) DropCounterpoint(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM counterpoint WHERE id = $1`, id)
	return err
}

// HandOverStatement gives everything that hangs on one statement to another:
// its quotations and its pairs. A pair of the two is no more, and of two pairs
// with the same third one that is not dismissed stays.
func (s *Store) HandOverStatement(ctx context.Context, from, to int64) error {
	if _, err := s.exec(ctx, `UPDATE quotation SET statement_id = $2 WHERE statement_id = $1`, from, to); err != nil {
		return err
	}
	pairs, err := s.CounterpointsWith(ctx, from)
	if err != nil {
		return err
	}
	for _, c := range pairs {
		if c.FirstID == from {
			c.FirstID = to
		} else {
			c.SecondID = to
		}
		if err := s.DropCounterpoint(ctx, c.ID); err != nil {
			return err
		}
		if c.FirstID == c.SecondID {
			continue
		}
		have, err := s.CounterpointOf(ctx, c.FirstID, c.SecondID)
		switch {
		case err == nil && (!have.Dismissed || c.Dismissed):
			continue
		case err == nil:
			if err := s.DropCounterpoint(ctx, have.ID); err != nil {
				return err
			}
		case stet.ErrorCode(err) != stet.NotFound:
			return err
		}
		made := c.CreatedAt
		if err := s.AddCounterpoint(ctx, &c); err != nil {
			return err
		}
		if _, err := s.exec(ctx, `UPDATE counterpoint SET created_at = $2 WHERE id = $1`, c.ID, micros(made)); err != nil {
			return err
		}
	}
	return nil
}
