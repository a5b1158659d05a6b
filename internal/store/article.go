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

const articleColumns = `id, public_id, kind, status, content, revision, source, source_hash, created_at, updated_at, scheduled_at, published_at, version_id, created_by, updated_by, scheduled_note, assignee, due_at, trashed_at`

func scanArticle(r scanner) (a stet.Article, err error) {
	var content string
	var source sql.NullString
	var created, updated, scheduled, published, due, trashed sql.NullInt64
	if err = r.Scan(&a.ID, &a.PublicID, &a.Kind, &a.Status, &content, &a.Revision, &source, &a.SourceHash, &created, &updated, &scheduled, &published, &a.VersionID, &a.CreatedBy, &a.UpdatedBy,
		&a.ScheduledNote, &a.Assignee, &due, &trashed); err != nil {
		return a, err
	}
	a.Source = source.String
	a.CreatedAt, a.UpdatedAt = fromMicros(created), fromMicros(updated)
	a.ScheduledAt, a.PublishedAt = fromMicros(scheduled), fromMicros(published)
	a.DueAt, a.TrashedAt = fromMicros(due), fromMicros(trashed)
	if err := json.Unmarshal([]byte(content), &a.Content); err != nil {
		return a, fmt.Errorf("working copy of article %d: %w", a.ID, err)
	}
	return a, nil
}

// Article returns the article with the id, its working copy included.
func (s *Store) Article(ctx context.Context, id int64) (stet.Article, error) {
	return one(ctx, s, "article", scanArticle, `SELECT `+articleColumns+` FROM article WHERE id = $1`, id)
}

// ArticleByPublicID returns the article with the public id.
func (s *Store) ArticleByPublicID(ctx context.Context, id string) (stet.Article, error) {
	return one(ctx, s, "article", scanArticle, `SELECT `+articleColumns+` FROM article WHERE public_id = $1`, id)
}

// ArticleBySource returns the article that an import had from there.
func (s *Store) ArticleBySource(ctx context.Context, source string) (stet.Article, error) {
	return one(ctx, s, "article", scanArticle, `SELECT `+articleColumns+` FROM article WHERE source = $1`, source)
}

// Origin is what an import asks about an article that it may have brought in
// before.
type Origin struct {
	Article  int64
	Source   string
	Hash     string
	Revision int64
	Status   stet.Status
}

// Origins returns what is known of the sources, by source; those that nothing
// came from are left out.
func (s *Store) Origins(ctx context.Context, sources ...string) (map[string]Origin, error) {
	out := make(map[string]Origin, len(sources))
	if len(sources) == 0 {
		return out, nil
	}
	in, args := inList(1, sources)
	found, err := list(ctx, s, func(r scanner) (o Origin, err error) {
		return o, r.Scan(&o.Article, &o.Source, &o.Hash, &o.Revision, &o.Status)
	}, `SELECT id, source, source_hash, revision, status FROM article WHERE source IN (`+in+`)`, args...)
	for _, o := range found {
		out[o.Source] = o
	}
	return out, err
}

// ArticlesAfter returns articles in order of id, for exports and doctor.
func (s *Store) ArticlesAfter(ctx context.Context, id int64, limit int) ([]stet.Article, error) {
	return list(ctx, s, scanArticle, `SELECT `+articleColumns+` FROM article WHERE id > $1 ORDER BY id LIMIT $2`, id, limit)
}

// Place is a place in a list of the desk that is ordered by a time, newest
// first, then by public id. The zero place is the beginning.
type Place struct {
	At time.Time
	ID string
}

// CountArticles returns how many articles there are of each kind and status.
func (s *Store) CountArticles(ctx context.Context) (map[stet.Kind]map[stet.Status]int, error) {
	type row struct {
		kind   stet.Kind
		status stet.Status
		n      int
	}
	rows, err := list(ctx, s, func(r scanner) (v row, err error) { return v, r.Scan(&v.kind, &v.status, &v.n) },
		`SELECT kind, status, COUNT(*) FROM article GROUP BY kind, status`)
	out := map[stet.Kind]map[stet.Status]int{}
	for _, r := range rows {
		if out[r.kind] == nil {
			out[r.kind] = map[stet.Status]int{}
		}
		out[r.kind][r.status] = r.n
	}
	return out, err
}

// CreateArticle stores a new article and sets its id.
func (s *Store) CreateArticle(ctx context.Context, a *stet.Article) error {
	content, err := json.Marshal(a.Content)
	if err != nil {
		return err
	}
	if a.CreatedAt.IsZero() {
		a.CreatedAt = s.Now()
	}
	a.UpdatedAt, a.Revision = s.Now(), 1
	a.ID, err = s.insert(ctx, `INSERT INTO article (public_id, kind, status, content, revision, source, source_hash, created_at, updated_at, scheduled_at, published_at, version_id, created_by, updated_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id`,
		a.PublicID, a.Kind, a.Status, string(content), a.Revision, null(a.Source), a.SourceHash, micros(a.CreatedAt), micros(a.UpdatedAt), micros(a.ScheduledAt), micros(a.PublishedAt), a.VersionID, a.CreatedBy, a.UpdatedBy)
	if err != nil {
		return err
	}
	if err := s.addCopy(ctx, a, content); err != nil {
		return err
	}
	return s.SetArticleUses(ctx, a)
}

// SaveArticle stores the working copy and the state of an article. It expects
// that nobody has saved since a was read, and says Conflict otherwise: nothing
// is ever overwritten in silence.
func (s *Store) SaveArticle(ctx context.Context, a *stet.Article) error {
	content, err := json.Marshal(a.Content)
	if err != nil {
		return err
	}
	a.UpdatedAt = s.Now()
	n, err := s.exec(ctx, `UPDATE article SET status = $3, content = $4, revision = revision + 1, source_hash = $5, updated_at = $6, scheduled_at = $7, published_at = $8, version_id = $9, updated_by = $10
		WHERE id = $1 AND revision = $2`,
		a.ID, a.Revision, a.Status, string(content), a.SourceHash, micros(a.UpdatedAt), micros(a.ScheduledAt), micros(a.PublishedAt), a.VersionID, a.UpdatedBy)
	if err != nil {
		return err
	}
	if n == 0 {
		return stet.Errorf(stet.Conflict, "the article was saved by somebody else in the meantime")
	}
	a.Revision++
	if err := s.putCopy(ctx, a, content); err != nil {
		return err
	}
	return s.SetArticleUses(ctx, a)
}

// LockArticle keeps others from changing the article until the transaction
// ends. SQLite has one writer at a time anyway; on PostgreSQL an update that
// changes nothing holds the row, and says so in the same words on both.
func (s *Store) LockArticle(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `UPDATE article SET revision = revision WHERE id = $1`, id)
	return err
}

// SetLife stores where an article stands (status, schedule, assignment, trash)
// and leaves its working copy as it is. It expects, as SaveArticle does, that
// nobody came in between: two acts at once are one act and one Conflict.
func (s *Store) SetLife(ctx context.Context, a *stet.Article) error {
	n, err := s.exec(ctx, `UPDATE article SET status = $3, revision = revision + 1, scheduled_at = $4, scheduled_note = $5, assignee = $6, due_at = $7, trashed_at = $8
		WHERE id = $1 AND revision = $2`,
		a.ID, a.Revision, a.Status, micros(a.ScheduledAt), a.ScheduledNote, a.Assignee, micros(a.DueAt), micros(a.TrashedAt))
	if err != nil {
		return err
	}
	if n == 0 {
		return stet.Errorf(stet.Conflict, "somebody else has changed the article in the meantime")
	}
	a.Revision++
	content, err := json.Marshal(a.Content)
	if err != nil {
		return err
	}
	return s.putCopy(ctx, a, content)
}

// DropArticle removes an article that was never public, and all that hangs on it.
func (s *Store) DropArticle(ctx context.Context, id int64) error {
	n, err := s.exec(ctx, `DELETE FROM article WHERE id = $1 AND version_id = 0`, id)
	if err != nil || n == 0 {
		return err
	}
	return s.SetArticleUses(ctx, &stet.Article{ID: id})
}

// TrashedBefore returns articles that were never public and have lain in the
// trash since before the moment.
func (s *Store) TrashedBefore(ctx context.Context, t time.Time, limit int) ([]stet.Article, error) {
	return list(ctx, s, scanArticle, `SELECT `+articleColumns+` FROM article WHERE trashed_at < $1 AND version_id = 0 ORDER BY id LIMIT $2`, t.UnixMicro(), limit)
}

const versionColumns = `id, article_id, number, published_at, note, document, hash`

func scanVersion(r scanner) (v stet.Version, err error) {
	var document string
	var published sql.NullInt64
	err = r.Scan(&v.ID, &v.ArticleID, &v.Number, &published, &v.Note, &document, &v.Hash)
	v.PublishedAt, v.Document = fromMicros(published), []byte(document)
	return v, err
}

// Version returns the version with the id.
func (s *Store) Version(ctx context.Context, id int64) (stet.Version, error) {
	return one(ctx, s, "version", scanVersion, `SELECT `+versionColumns+` FROM version WHERE id = $1`, id)
}

// VersionsByID returns the versions with the ids, in no particular order.
func (s *Store) VersionsByID(ctx context.Context, ids ...int64) ([]stet.Version, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, scanVersion, `SELECT `+versionColumns+` FROM version WHERE id IN (`+in+`)`, args...)
}

// Versions returns all versions of an article, the first one first.
func (s *Store) Versions(ctx context.Context, article int64) ([]stet.Version, error) {
	return list(ctx, s, scanVersion, `SELECT `+versionColumns+` FROM version WHERE article_id = $1 ORDER BY number`, article)
}

// VersionOf returns a version by the public id of its article and its number.
func (s *Store) VersionOf(ctx context.Context, article string, number int) (stet.Version, error) {
	return one(ctx, s, "version", scanVersion, `SELECT `+versionColumns+` FROM version WHERE article_id = (SELECT id FROM article WHERE public_id = $1) AND number = $2`, article, number)
}

// LastVersion returns the number of the article's newest version, 0 for none.
func (s *Store) LastVersion(ctx context.Context, article int64) (int, error) {
	return one(ctx, s, "version", func(r scanner) (n int, err error) { return n, r.Scan(&n) },
		`SELECT COALESCE(MAX(number), 0) FROM version WHERE article_id = $1`, article)
}

// AddVersion stores a new version and sets its id.
func (s *Store) AddVersion(ctx context.Context, v *stet.Version) (err error) {
	v.ID, err = s.insert(ctx, `INSERT INTO version (article_id, number, published_at, note, document, hash) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		v.ArticleID, v.Number, micros(v.PublishedAt), v.Note, string(v.Document), v.Hash)
	return err
}

// SetVersion makes the version the newest of an article that was just created.
func (s *Store) SetVersion(ctx context.Context, article, version int64) error {
	if _, err := s.exec(ctx, `UPDATE article SET version_id = $2 WHERE id = $1`, article, version); err != nil {
		return err
	}
	_, err := s.exec(ctx, `UPDATE copy SET version_id = $2 WHERE article_id = $1`, article, version)
	return err
}

// Due returns the ids of articles that are to be published, or updated, and
// whose time has come.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	return list(ctx, s, scanID, `SELECT id FROM article WHERE scheduled_at IS NOT NULL AND scheduled_at <= $1 ORDER BY scheduled_at, id LIMIT $2`, now.UnixMicro(), limit)
}

func scanID(r scanner) (id int64, err error) { return id, r.Scan(&id) }
