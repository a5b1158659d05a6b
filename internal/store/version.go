// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"time"

	"stet"
)

// VersionHeads returns what is known of the versions of an article without their
// documents, the newest first: those below the number before, which is 0 for all.
func (s *Store) VersionHeads(ctx context.Context, article int64, before, limit int) ([]stet.Version, error) {
	scan := func(r scanner) (v stet.Version, err error) {
		var published sql.NullInt64
		err = r.Scan(&v.ID, &v.ArticleID, &v.Number, &published, &v.Note, &v.Hash)
		v.PublishedAt = fromMicros(published)
		return v, err
	}
	const columns = `SELECT id, article_id, number, published_at, note, hash FROM version WHERE article_id = $1 `
	if before == 0 {
		return list(ctx, s, scan, columns+`ORDER BY number DESC LIMIT $2 + 0`, article, limit)
	}
	return list(ctx, s, scan, columns+`AND number < $2 ORDER BY number DESC LIMIT $3 + 0`, article, before, limit)
}

// VersionsBetween returns the versions of an article with the numbers from first
// to last, in that order.
func (s *Store) VersionsBetween(ctx context.Context, article int64, first, last int) ([]stet.Version, error) {
	return list(ctx, s, scanVersion, `SELECT `+versionColumns+` FROM version WHERE article_id = $1 AND number >= $2 AND number <= $3 ORDER BY number`, article, first, last)
}

// VersionNumbered returns a version by its number.
func (s *Store) VersionNumbered(ctx context.Context, article int64, number int) (stet.Version, error) {
	return one(ctx, s, "version", scanVersion, `SELECT `+versionColumns+` FROM version WHERE article_id = $1 AND number = $2`, article, number)
}

// PublishingActs returns the acts that made versions of what has the public id,
// the newest first.
func (s *Store) PublishingActs(ctx context.Context, ref string, limit int) ([]stet.Activity, error) {
	return list(ctx, s, scanActivity, `SELECT id, at, staff_id, staff, act, noun, ref, label, details FROM activity
		WHERE ref = $1 AND act IN ('published', 'updated', 'corrected') ORDER BY id DESC LIMIT $2 + 0`, ref, limit)
}

// Announced is an update that readers were told of: it has a public note.
type Announced struct {
	ArticleID int64
	At        time.Time
	Note      string
}

// NewestAnnounced returns, of the versions made last, the updates with a note,
// the newest first; an article may come more than once. It looks at so many
// versions and no more: whatever a feed may announce is among them.
func (s *Store) NewestAnnounced(ctx context.Context, among int) ([]Announced, error) {
	return list(ctx, s, func(r scanner) (a Announced, err error) {
		var at sql.NullInt64
		err = r.Scan(&a.ArticleID, &at, &a.Note)
		a.At = fromMicros(at)
		return a, err
	}, `SELECT v.article_id, v.published_at, v.note FROM (SELECT id, article_id, number, published_at, note FROM version ORDER BY id DESC LIMIT $1 + 0) v
		WHERE v.number > 1 AND v.note <> '' ORDER BY v.published_at DESC, v.id DESC`, among)
}

// ListedAmong returns the live rows of those of the articles that stand in a list.
func (s *Store) ListedAmong(ctx context.Context, l List, articles ...int64) ([]Live, error) {
	if len(articles) == 0 {
		return nil, nil
	}
	in, args := inList(3, articles)
	return list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM listing JOIN live ON live.article_id = listing.article_id
		WHERE listing.kind = $1 AND listing.ref = $2 AND listing.article_id IN (`+in+`)`, append([]any{l.Kind, l.Ref}, args...)...)
}
