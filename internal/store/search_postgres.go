// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// maxPosition is the highest position that a tsvector can hold; later words
// keep it, as to_tsvector does itself.
const maxPosition = 16383

// maxPositions is how many positions of one lexeme a tsvector keeps.
const maxPositions = 255

// maxVector is about how many bytes a tsvector may have: PostgreSQL refuses
// one of 1 MB. A text whose different words take more is found by the first.
const maxVector = 900_000

func (postgresDialect) index(ctx context.Context, c Conn, rows ...indexRow) error {
	for _, r := range rows {
		if _, err := c.ExecContext(ctx, `INSERT INTO story_index (article_id, words) VALUES ($1, $2::tsvector)
			ON CONFLICT (article_id) DO UPDATE SET words = excluded.words`, r.article, tsvector(r.words)); err != nil {
			return err
		}
	}
	return nil
}

// tsvector writes the analysed words in PostgreSQL's own notation with their
// positions and weights, so that no text search configuration of the server
// has a say in what a word is. Between the fields a gap keeps phrases apart.
func tsvector(w indexWords) string {
	type lexeme struct {
		b strings.Builder
		n int
	}
	lexemes := map[string]*lexeme{}
	var order []string
	pos, size := 0, 0
	for _, f := range []struct{ text, weight string }{{w.headline, "A"}, {w.people, "B"}, {w.dek, "C"}, {w.body, ""}} {
		for word := range strings.FieldsSeq(f.text) {
			pos++
			l := lexemes[word]
			if l == nil {
				if size += len(word) + 4; size > maxVector {
					continue
				}
				l = &lexeme{}
				lexemes[word] = l
				order = append(order, word)
			}
			if l.n++; l.n > maxPositions {
				continue
			}
			if size += 2; size > maxVector {
				l.n = maxPositions
				continue
			}
			if l.n > 1 {
				l.b.WriteByte(',')
			}
			l.b.WriteString(strconv.Itoa(min(pos, maxPosition)))
			l.b.WriteString(f.weight)
		}
		pos += 10
	}
	var b strings.Builder
	for _, word := range order {
		b.WriteString("'" + word + "':" + lexemes[word].b.String() + " ")
	}
	return b.String()
}

func (postgresDialect) unindex(ctx context.Context, c Conn, article int64) error {
	_, err := c.ExecContext(ctx, `DELETE FROM story_index WHERE article_id = $1`, article)
	return err
}

func (postgresDialect) clearIndex(ctx context.Context, c Conn) error {
	_, err := c.ExecContext(ctx, `DELETE FROM story_index`)
	return err
}

func (postgresDialect) indexID(searchFields) (id, listed string) {
	return `story_index.article_id`, `story_index.article_id`
}

// newest weighs outside of the subquery: within it every match would be weighed
// before the limit. Where a phrase is looked for in the newest stories only,
// these are chosen first, by the index alone: to see whether the words stand
// side by side PostgreSQL reads all words of a story, in 20 µs.
func (d postgresDialect) newest(m matchQuery, weighed bool, filter string, args []any, limit int) (string, []any) {
	column, score, from := "words", `0.0::real`, "story_index"
	if m.fields != inAll {
		column = "head"
	}
	if weighed {
		score = `ts_rank_cd('{0.1, 0.4, 0.6, 1.0}', words, $1::tsquery, 1)`
	}
	if m.floor > 0 {
		args = append(args, d.expression(m.loose()))
		from = fmt.Sprintf(`(SELECT article_id, words FROM story_index WHERE words @@ $%d::tsquery%s ORDER BY article_id DESC LIMIT %d) AS story_index`, len(args), filter, m.most)
		filter = ""
	}
	return fmt.Sprintf(`SELECT article_id AS id, %[1]s AS score FROM (SELECT article_id, %[2]s AS words FROM %[5]s WHERE story_index.%[2]s @@ $1::tsquery%[3]s
		ORDER BY article_id DESC LIMIT %[4]d) AS newest`, score, column, filter, limit, from), args
}

func (postgresDialect) phrased(bound int) int { return bound / 2 }

func (postgresDialect) expression(q matchQuery) string {
	suffix := ""
	if q.fields == inHeadline {
		suffix = ":A"
	}
	parts := make([]string, len(q.groups))
	for i, g := range q.groups {
		words := make([]string, len(g))
		for j, w := range g {
			words[j] = "'" + w + "'" + suffix
			if q.prefix && i == len(q.groups)-1 {
				words[j] = "'" + w + "':*" + strings.TrimPrefix(suffix, ":")
			}
		}
		parts[i] = "(" + strings.Join(words, " <-> ") + ")"
	}
	if q.prefix {
		for _, w := range q.also {
			parts[len(parts)-1] += " | '" + w + "'" + suffix
		}
		parts[len(parts)-1] = "(" + parts[len(parts)-1] + ")"
	}
	return strings.Join(parts, " & ")
}

func (postgresDialect) indexStatement(ctx context.Context, c Conn, place int64, w indexWords) error {
	_, err := c.ExecContext(ctx, `INSERT INTO statement_index (place, words) VALUES ($1, $2::tsvector)
		ON CONFLICT (place) DO UPDATE SET words = excluded.words`, place, tsvector(w))
	return err
}

func (postgresDialect) unindexStatement(ctx context.Context, c Conn, place int64) error {
	_, err := c.ExecContext(ctx, `DELETE FROM statement_index WHERE place = $1`, place)
	return err
}

func (postgresDialect) matchStatements(q *statementQuery, expression string, _ bool) {
	q.from += ` JOIN statement_index ON statement_index.place = statement.place`
	q.add(`statement_index.words @@ ` + q.arg(expression) + `::tsquery`)
}
