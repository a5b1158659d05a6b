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
const (
	ftsRank     = `-bm25(story_index, 12.0, 5.0, 8.0, 1.0)`
	ftsRankHead = `-bm25(story_head, 12.0, 5.0, 8.0)`
)

func (sqliteDialect) index(ctx context.Context, c Conn, rows ...indexRow) error {
	whole, head := make([]any, 0, 5*len(rows)), make([]any, 0, 4*len(rows))
	for _, r := range rows {
		whole = append(whole, r.article, r.words.headline, r.words.dek, r.words.people, r.words.body)
		head = append(head, r.article, r.words.headline, r.words.dek, r.words.people)
	}
	if _, err := c.ExecContext(ctx, `INSERT OR REPLACE INTO story_index (rowid, headline, dek, people, body) VALUES `+valuesList(len(rows), 5), whole...); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, `INSERT OR REPLACE INTO story_head (rowid, headline, dek, people) VALUES `+valuesList(len(rows), 4), head...)
	return err
}

// valuesList is "($1, $2), ($3, $4)" for two rows of two columns.
func valuesList(rows, columns int) string {
	var b strings.Builder
	for i := range rows * columns {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	return b.String() + ")"
}

func (sqliteDialect) unindex(ctx context.Context, c Conn, article int64) error {
	if _, err := c.ExecContext(ctx, `DELETE FROM story_index WHERE rowid = $1`, article); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, `DELETE FROM story_head WHERE rowid = $1`, article)
	return err
}

func (sqliteDialect) clearIndex(ctx context.Context, c Conn) error {
	if _, err := c.ExecContext(ctx, `DELETE FROM story_index`); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, `DELETE FROM story_head`)
	return err
}

func ftsTable(fields searchFields) string {
	if fields == inAll {
		return "story_index"
	}
	return "story_head"
}

// indexID: the plus keeps FTS5 from looking every id of a list up on its own,
// which would run the match anew for each.
func (sqliteDialect) indexID(fields searchFields) (id, listed string) {
	id = ftsTable(fields) + ".rowid"
	return id, "+" + id
}

func (sqliteDialect) newest(m matchQuery, weighed bool, filter string, args []any, limit int) (string, []any) {
	table, score := ftsTable(m.fields), "0.0"
	switch {
	case weighed && m.fields == inAll:
		score = ftsRank
	case weighed:
		score = ftsRankHead
	}
	return fmt.Sprintf(`SELECT rowid AS id, %[1]s AS score FROM %[2]s WHERE %[2]s MATCH $1%[3]s ORDER BY rowid DESC LIMIT %[4]d`, score, table, filter, limit), args
}

func (sqliteDialect) phrased(bound int) int { return bound }

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
	if q.fields == inHeadline {
		return "headline : (" + match + ")"
	}
	return match
}

func (sqliteDialect) indexStatement(ctx context.Context, c Conn, place int64, w indexWords) error {
	_, err := c.ExecContext(ctx, `INSERT OR REPLACE INTO statement_index (rowid, words, people) VALUES ($1, $2, $3)`, place, w.body, w.people)
	return err
}

func (sqliteDialect) unindexStatement(ctx context.Context, c Conn, place int64) error {
	_, err := c.ExecContext(ctx, `DELETE FROM statement_index WHERE rowid = $1`, place)
	return err
}

// matchStatements lets FTS5 lead, in the order of its rows, so that a frequent
// word stops at the end of the page; where little is left by something else, the
// matches are looked up once instead. CROSS JOIN keeps the order of the tables.
func (sqliteDialect) matchStatements(q *statementQuery, expression string, selective bool) {
	if selective {
		q.add(`statement.place IN (SELECT rowid FROM statement_index WHERE statement_index MATCH ` + q.arg(expression) + `)`)
		return
	}
	q.from = `statement_index CROSS JOIN statement ON statement.place = statement_index.rowid`
	q.place = `statement_index.rowid`
	q.add(`statement_index MATCH ` + q.arg(expression))
}
