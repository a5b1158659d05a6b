// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"stet"
)

// The tables of what stories are filed under; a table's name is never made of
// what somebody typed.
var termTables = map[stet.PathKind]string{stet.PathSection: "section", stet.PathGenre: "genre", stet.PathTopic: "topic"}

// DropTerm removes a section, genre or topic.
func (s *Store) DropTerm(ctx context.Context, kind stet.PathKind, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM `+termTables[kind]+` WHERE id = $1`, id)
	return err
}

// LeadOn makes every address of one thing lead to another of its kind.
func (s *Store) LeadOn(ctx context.Context, kind stet.PathKind, from, to int64) error {
	_, err := s.exec(ctx, `UPDATE path SET target = $3 WHERE kind = $1 AND target = $2`, kind, from, to)
	return err
}

// DropPaths removes the addresses of a thing that never had anything to show.
func (s *Store) DropPaths(ctx context.Context, kind stet.PathKind, target int64) error {
	_, err := s.exec(ctx, `DELETE FROM path WHERE kind = $1 AND target = $2`, kind, target)
	return err
}

// StoodBelow reports whether a story ever had an address in the folder.
func (s *Store) StoodBelow(ctx context.Context, folder string) (bool, error) {
	return s.exists(ctx, `SELECT 1 FROM path WHERE kind = 'article' AND path LIKE $1 ESCAPE '\' LIMIT 1`, likeEscape(folder)+"/%")
}

func (s *Store) exists(ctx context.Context, query string, args ...any) (bool, error) {
	n, err := one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, `SELECT COUNT(*) FROM (`+query+`) AS found`, args...)
	return n > 0, err
}

// ShareList puts the stories of one list into another as well.
func (s *Store) ShareList(ctx context.Context, from, to List) error {
	_, err := s.exec(ctx, `INSERT INTO listing (kind, ref, published_at, article_id)
		SELECT kind, CAST($3 AS BIGINT), published_at, article_id FROM listing WHERE kind = $1 AND ref = $2 ON CONFLICT DO NOTHING`, from.Kind, from.Ref, to.Ref)
	return err
}

// ShareSome is ShareList for up to limit stories that the other list lacks, and
// returns how many there were.
func (s *Store) ShareSome(ctx context.Context, from, to List, limit int) (int, error) {
	n, err := s.exec(ctx, `INSERT INTO listing (kind, ref, published_at, article_id)
		SELECT kind, CAST($3 AS BIGINT), published_at, article_id FROM listing WHERE kind = $1 AND ref = $2
			AND NOT EXISTS (SELECT 1 FROM listing AS there WHERE there.kind = $1 AND there.ref = $3 AND there.published_at = listing.published_at AND there.article_id = listing.article_id)
		LIMIT $4 ON CONFLICT DO NOTHING`, from.Kind, from.Ref, to.Ref, limit)
	return int(n), err
}

// GiveLive makes the live stories of one section or genre another's.
func (s *Store) GiveLive(ctx context.Context, from, to List) error {
	_, err := s.GiveSome(ctx, from, to, math.MaxInt32)
	return err
}

// GiveSome is GiveLive for up to limit stories, and returns how many there were.
func (s *Store) GiveSome(ctx context.Context, from, to List, limit int) (int, error) {
	column, ok := map[ListKind]string{ListSection: "section_id", ListGenre: "genre_id"}[from.Kind]
	if !ok {
		return 0, nil // topics stand in lists alone
	}
	n, err := s.exec(ctx, `UPDATE live SET `+column+` = $3 WHERE article_id IN
		(SELECT live.article_id FROM listing JOIN live ON live.article_id = listing.article_id
			WHERE listing.kind = $1 AND listing.ref = $2 AND live.`+column+` = $2 LIMIT $4)`, from.Kind, from.Ref, to.Ref, limit)
	return int(n), err
}

// ListIDs returns the articles of a list.
func (s *Store) ListIDs(ctx context.Context, l List) ([]int64, error) {
	return list(ctx, s, scanID, `SELECT article_id FROM listing WHERE kind = $1 AND ref = $2 ORDER BY published_at DESC, article_id DESC`, l.Kind, l.Ref)
}

// Refile stores the address of a live story and the sections, genre and topics
// in whose lists it stands, and leaves all else that is derived as it is: no
// word of it has changed. It returns the lists in which it stood or stands.
func (s *Store) Refile(ctx context.Context, v *Live) ([]List, error) {
	if _, err := s.exec(ctx, `UPDATE live SET path = $2, section_id = $3, genre_id = $4 WHERE article_id = $1`, v.ArticleID, v.Path, v.SectionID, v.GenreID); err != nil {
		return nil, err
	}
	touched, err := s.leaveLists(ctx, `article_id = $1 AND kind IN ('section', 'genre', 'topic')`, v.ArticleID)
	if err != nil {
		return nil, err
	}
	lists := v.lists()
	return append(touched, lists...), s.addToLists(ctx, v, lists)
}

func (s *Store) leaveLists(ctx context.Context, where string, article int64) ([]List, error) {
	rows, err := s.write.QueryContext(ctx, `DELETE FROM listing WHERE `+where+` RETURNING kind, ref`, article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lists []List
	for rows.Next() {
		var l List
		if err := rows.Scan(&l.Kind, &l.Ref); err != nil {
			return nil, err
		}
		lists = append(lists, l)
	}
	return lists, rows.Err()
}

// CopiesIn returns the articles whose working copy is filed under the thing
// with the public id, under a section also as a further one, or names the person.
func (s *Store) CopiesIn(ctx context.Context, kind stet.PathKind, id string) ([]int64, error) {
	switch kind {
	case stet.PathSection:
		return list(ctx, s, scanID, `SELECT article_id FROM copy WHERE section = $1
			UNION SELECT article_id FROM copy_ref WHERE kind = 'section' AND ref = $1 ORDER BY article_id`, id)
	case stet.PathGenre:
		return list(ctx, s, scanID, `SELECT article_id FROM copy WHERE genre = $1 ORDER BY article_id`, id)
	}
	return list(ctx, s, scanID, `SELECT article_id FROM copy_ref WHERE kind = $1 AND ref = $2 ORDER BY article_id`, string(kind), id)
}

// RefileCopy stores a working copy whose references say in other words what
// they said before. Nobody has worked on it: it keeps its revision and its
// time, and if it was what readers see, it still is.
func (s *Store) RefileCopy(ctx context.Context, a *stet.Article) error {
	content, err := json.Marshal(a.Content)
	if err != nil {
		return err
	}
	n, err := s.exec(ctx, `UPDATE article SET content = $3 WHERE id = $1 AND revision = $2`, a.ID, a.Revision, string(content))
	if err != nil {
		return err
	}
	if n == 0 {
		return stet.Errorf(stet.Conflict, "the article was saved by somebody else in the meantime")
	}
	if _, err := s.exec(ctx, `UPDATE copy SET live_hash = $2 WHERE article_id = $1 AND live_hash = hash`, a.ID, fingerprint(content)); err != nil {
		return err
	}
	return s.putCopy(ctx, a, content)
}

// Filed counts what is filed under each thing of a kind: stories by its id,
// working copies by its public id.
func (s *Store) Filed(ctx context.Context, kind stet.PathKind) (stories map[int64]int, copies map[string]int, err error) {
	stories, copies = map[int64]int{}, map[string]int{}
	err = s.count(ctx, func(r scanner) error {
		var ref int64
		var n int
		err := r.Scan(&ref, &n)
		stories[ref] = n
		return err
	}, `SELECT ref, COUNT(*) FROM listing WHERE kind = $1 GROUP BY ref`, string(kind))
	if err != nil {
		return nil, nil, err
	}
	add := func(r scanner) error {
		var ref string
		var n int
		err := r.Scan(&ref, &n)
		copies[ref] = n
		return err
	}
	if kind == stet.PathTopic {
		return stories, copies, s.count(ctx, add, `SELECT ref, COUNT(*) FROM copy_ref WHERE kind = 'topic' GROUP BY ref`)
	}
	if kind == stet.PathSection {
		return stories, copies, s.count(ctx, add, `SELECT ref, COUNT(*) FROM (SELECT section AS ref, article_id FROM copy
			UNION SELECT ref, article_id FROM copy_ref WHERE kind = 'section') AS filed GROUP BY ref`)
	}
	return stories, copies, s.count(ctx, add, `SELECT genre, COUNT(*) FROM copy GROUP BY genre`)
}

func (s *Store) count(ctx context.Context, f func(scanner) error, query string, args ...any) error {
	_, err := list(ctx, s, func(r scanner) (struct{}, error) { return struct{}{}, f(r) }, query, args...)
	return err
}

// Named reports whether a working copy that readers do not see as it is, or the
// newest version of what was withdrawn, names any of the public ids anywhere:
// what no list and no index knows of.
func (s *Store) Named(ctx context.Context, ids ...string) (bool, error) {
	var words, versions []string
	var args []any
	for i, id := range ids {
		args = append(args, `%"`+likeEscape(id)+`"%`)
		words = append(words, fmt.Sprintf(`article.content LIKE $%d ESCAPE '\'`, i+1))
		versions = append(versions, fmt.Sprintf(`version.document LIKE $%d ESCAPE '\'`, i+1))
	}
	found, err := s.exists(ctx, `SELECT 1 FROM article JOIN copy ON copy.article_id = article.id
		WHERE (article.status <> 'published' OR copy.hash <> copy.live_hash) AND (`+strings.Join(words, " OR ")+`) LIMIT 1`, args...)
	if err != nil || found {
		return found, err
	}
	return s.exists(ctx, `SELECT 1 FROM article JOIN version ON version.id = article.version_id
		WHERE article.status = 'withdrawn' AND (`+strings.Join(versions, " OR ")+`) LIMIT 1`, args...)
}
