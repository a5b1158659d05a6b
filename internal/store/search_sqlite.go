// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"fmt"
	"strings"
)

// The weights of headline, dek, people and body. They are of the same order on
// both engines, though the scores themselves are not comparable.
const ftsRank = `-bm25(story_index, 12.0, 5.0, 8.0, 1.0)`

func (sqliteDialect) index(ctx context.Context, c Conn, rows ...indexRow) error {
	var b strings.Builder
	b.WriteString(`INSERT OR REPLACE INTO story_index (rowid, headline, dek, people, body) VALUES `)
	args := make([]any, 0, 5*len(rows))
	for i, r := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		n := len(args)
		fmt.Fprintf(&b, "($%d, $%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4, n+5)
		args = append(args, r.article, r.words.headline, r.words.dek, r.words.people, r.words.body)
	}
	_, err := c.ExecContext(ctx, b.String(), args...)
	return err
}

func (sqliteDialect) unindex(ctx context.Context, c Conn, article int64) error {
	_, err := c.ExecContext(ctx, `DELETE FROM story_index WHERE rowid = $1`, article)
	return err
}

// matching: the plus keeps FTS5 from looking every id of a filter up on its
// own, which would run the match anew for each.
func (sqliteDialect) matching() (condition, id string) {
	return `story_index MATCH $1`, `+story_index.rowid`
}

func (sqliteDialect) newest(_ searchFields, weighed bool, filter string, limit int) string {
	score := "0.0"
	if weighed {
		score = ftsRank
	}
	return fmt.Sprintf(`SELECT rowid AS id, %s AS score FROM story_index WHERE story_index MATCH $1%s ORDER BY rowid DESC LIMIT %d`, score, filter, limit)
}

func (sqliteDialect) expression(q matchQuery) string {
	// Tokens are letters and digits only, so quoting them cannot be escaped from.
	parts := make([]string, len(q.groups))
	for i, g := range q.groups {
		parts[i] = `"` + strings.Join(g, " ") + `"`
	}
	if q.prefix {
		last := &parts[len(parts)-1]
		*last += "*"
		for _, w := range q.also {
			*last += ` OR "` + w + `"`
		}
		*last = "(" + *last + ")"
	}
	match := strings.Join(parts, " AND ")
	switch q.fields {
	case inHead:
		return "{headline dek people} : (" + match + ")"
	case inHeadline:
		return "headline : (" + match + ")"
	}
	return match
}
