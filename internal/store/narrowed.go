// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"fmt"
)

// narrows reports whether the query has a filter.
func (q Query) narrows() bool {
	return q.Section != 0 || q.Person != 0 || !q.From.IsZero() || !q.To.IsZero()
}

// narrowed answers a search without words: the stories that the filters leave,
// newest first, and how many there are.
func (s *Store) narrowed(ctx context.Context, q Query) ([]Hit, int, error) {
	where, args := narrowing(q)
	total, err := one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, `SELECT COUNT(*) FROM listing WHERE `+where, args...)
	if err != nil || total == 0 {
		return nil, 0, err
	}
	n := len(args)
	rows, err := list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM listing JOIN live ON live.article_id = listing.article_id WHERE `+where+
		fmt.Sprintf(` ORDER BY listing.published_at DESC, listing.article_id DESC LIMIT $%d OFFSET $%d`, n+1, n+2), append(args, q.Limit, q.Offset)...)
	if err != nil {
		return nil, 0, err
	}
	hits := make([]Hit, len(rows))
	for i, l := range rows {
		hits[i].Live = l
	}
	return hits, total, nil
}

// narrowing is the condition on a row of listing. It walks the shortest list
// that the filters name, in its order, and looks each story up in the other.
func narrowing(q Query) (where string, args []any) {
	arg := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)) }
	walked := List{Kind: ListAll}
	switch {
	case q.Person != 0:
		walked = List{ListPerson, q.Person}
	case q.Section != 0:
		walked = List{ListSection, q.Section}
	}
	where = `listing.kind = ` + arg(string(walked.Kind)) + ` AND listing.ref = ` + arg(walked.Ref)
	if !q.From.IsZero() {
		where += ` AND listing.published_at >= ` + arg(q.From.UnixMicro())
	}
	if !q.To.IsZero() {
		where += ` AND listing.published_at < ` + arg(q.To.UnixMicro())
	}
	if q.Person != 0 && q.Section != 0 {
		where += ` AND EXISTS (SELECT 1 FROM listing AS also WHERE also.kind = 'section' AND also.ref = ` + arg(q.Section) +
			` AND also.published_at = listing.published_at AND also.article_id = listing.article_id)`
	}
	return where, args
}
