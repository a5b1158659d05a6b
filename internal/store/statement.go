// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"stet"
)

const statementColumns = `statement.id, statement.public_id, statement.words, statement.kind, statement.denial, statement.language, statement.speaker_id, statement.role,
	statement.date_value, statement.date_precision, statement.addressee, statement.venue, statement.source_url, statement.source, statement.live, statement.quotations,
	statement.confirmed_by, statement.created_at, statement.updated_at`

func scanStatement(r scanner) (v stet.Statement, err error) {
	var denial, live int
	var created, updated sql.NullInt64
	err = r.Scan(&v.ID, &v.PublicID, &v.Words, &v.Kind, &denial, &v.Language, &v.SpeakerID, &v.Role,
		&v.Date.Value, &v.Date.Precision, &v.Addressee, &v.Venue, &v.SourceURL, &v.Source, &live, &v.Quotations, &v.ConfirmedBy, &created, &updated)
	v.Denial, v.Live, v.CreatedAt, v.UpdatedAt = denial != 0, live != 0, fromMicros(created), fromMicros(updated)
	return v, err
}

// statementPlace says where a statement stands in every list: by the first day on which
// it may have been said, then by id. What has no date stands before all others.
func statementPlace(v *stet.Statement) int64 {
	from, _ := v.Date.Bounds()
	return dayPlace(from) + v.ID
}

// dayPlace is the least place of a day, written as 2006-01-02.
func dayPlace(day string) int64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	const before = 1 << 20 // days before 1970, so that no place is negative
	return (t.Unix()/86400 + before) << 32
}

// Statement returns the statement with the id.
func (s *Store) Statement(ctx context.Context, id int64) (stet.Statement, error) {
	return s.oneStatement(ctx, `id = $1`, id)
}

// StatementByPublicID returns the statement with the public id.
func (s *Store) StatementByPublicID(ctx context.Context, id string) (stet.Statement, error) {
	return s.oneStatement(ctx, `public_id = $1`, id)
}

func (s *Store) oneStatement(ctx context.Context, where string, arg any) (stet.Statement, error) {
	v, err := one(ctx, s, "statement", scanStatement, `SELECT `+statementColumns+` FROM statement WHERE `+where, arg)
	if err != nil {
		return v, err
	}
	found := []stet.Statement{v}
	err = s.topicsOf(ctx, found)
	return found[0], err
}

// Statements returns the statements with the ids, in no particular order.
func (s *Store) Statements(ctx context.Context, ids ...int64) ([]stet.Statement, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	found, err := list(ctx, s, scanStatement, `SELECT `+statementColumns+` FROM statement WHERE id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	return found, s.topicsOf(ctx, found)
}

// topicsOf fills in the topics of statements.
func (s *Store) topicsOf(ctx context.Context, found []stet.Statement) error {
	if len(found) == 0 {
		return nil
	}
	at := make(map[int64]*stet.Statement, len(found))
	ids := make([]int64, len(found))
	for i := range found {
		at[found[i].ID], ids[i] = &found[i], found[i].ID
	}
	in, args := inList(1, ids)
	type pair struct{ statement, topic int64 }
	rows, err := list(ctx, s, func(r scanner) (p pair, err error) { return p, r.Scan(&p.statement, &p.topic) },
		`SELECT statement_id, topic_id FROM statement_topic WHERE statement_id IN (`+in+`) ORDER BY topic_id`, args...)
	for _, p := range rows {
		at[p.statement].Topics = append(at[p.statement].Topics, p.topic)
	}
	return err
}

// AddStatement stores a new statement. Words and people are what search finds it
// by; see UpdateStatement.
func (s *Store) AddStatement(ctx context.Context, v *stet.Statement, people string) (err error) {
	v.CreatedAt = s.Now()
	v.UpdatedAt = v.CreatedAt
	// The place has the id in it, which is known after the insert: until then it
	// is one that no other statement has.
	v.ID, err = s.insert(ctx, `INSERT INTO statement (public_id, place, words, kind, speaker_id, created_at, updated_at)
		VALUES ($1, (SELECT COALESCE(MIN(place), 0) FROM statement WHERE place < 0) - 1, $2, $3, $4, $5, $5) RETURNING id`,
		v.PublicID, v.Words, v.Kind, v.SpeakerID, micros(v.CreatedAt))
	if err != nil {
		return err
	}
	return s.putStatement(ctx, v, people)
}

// UpdateStatement stores what is said of a statement. People are the names of
// the speaker, by which search finds it as well.
func (s *Store) UpdateStatement(ctx context.Context, v *stet.Statement, people string) error {
	if err := s.dropStatementWords(ctx, v.ID); err != nil {
		return err
	}
	v.UpdatedAt = s.Now()
	return s.putStatement(ctx, v, people)
}

func (s *Store) putStatement(ctx context.Context, v *stet.Statement, people string) error {
	place := statementPlace(v)
	if _, err := s.exec(ctx, `UPDATE statement SET place = $2, words = $3, kind = $4, denial = $5, language = $6, speaker_id = $7, role = $8, date_value = $9, date_precision = $10,
		addressee = $11, venue = $12, venue_folded = $13, source_url = $14, source = $15, confirmed_by = $16, updated_at = $17 WHERE id = $1`,
		v.ID, place, v.Words, v.Kind, flag(v.Denial), v.Language, v.SpeakerID, v.Role, v.Date.Value, v.Date.Precision,
		v.Addressee, v.Venue, Fold(v.Venue), v.SourceURL, v.Source, v.ConfirmedBy, micros(v.UpdatedAt)); err != nil {
		return err
	}
	if _, err := s.exec(ctx, `DELETE FROM statement_topic WHERE statement_id = $1`, v.ID); err != nil {
		return err
	}
	for _, topic := range v.Topics {
		if _, err := s.exec(ctx, `INSERT INTO statement_topic (statement_id, topic_id, place) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, v.ID, topic, place); err != nil {
			return err
		}
	}
	return s.indexStatement(ctx, v, people)
}

func (s *Store) indexStatement(ctx context.Context, v *stet.Statement, people string) error {
	words := indexWords{body: tokens(v.Words, v.Language), people: tokens(strings.Join([]string{people, v.Role, v.Venue, v.Addressee}, " · "), v.Language)}
	return s.dialect.indexStatement(ctx, s.write, statementPlace(v), words)
}

// ReindexStatement lets search find a statement by the present names of its
// speaker.
func (s *Store) ReindexStatement(ctx context.Context, v *stet.Statement, people string) error {
	if err := s.dropStatementWords(ctx, v.ID); err != nil {
		return err
	}
	return s.indexStatement(ctx, v, people)
}

func (s *Store) dropStatementWords(ctx context.Context, id int64) error {
	place, err := one(ctx, s, "statement", scanID, `SELECT place FROM statement WHERE id = $1`, id)
	if err != nil {
		return err
	}
	return s.dialect.unindexStatement(ctx, s.write, place)
}

// DropStatement removes a statement that has no quotation, with every pair that
// it stands in.
func (s *Store) DropStatement(ctx context.Context, id int64) error {
	if err := s.dropStatementWords(ctx, id); err != nil {
		return err
	}
	for _, text := range []string{`DELETE FROM counterpoint WHERE first_id = $1 OR second_id = $1`, `DELETE FROM statement_merger WHERE into_id = $1`, `DELETE FROM statement_topic WHERE statement_id = $1`, `DELETE FROM statement WHERE id = $1`} {
		if _, err := s.exec(ctx, text, id); err != nil {
			return err
		}
	}
	return nil
}

// CountQuotations derives anew how many quotations a statement has and whether
// readers see it. It reports whether the latter has changed.
func (s *Store) CountQuotations(ctx context.Context, statement int64) (changed bool, err error) {
	var was, now, n int
	if was, err = one(ctx, s, "statement", scanInt, `SELECT live FROM statement WHERE id = $1`, statement); err != nil {
		return false, err
	}
	type counts struct{ all, live int }
	c, err := one(ctx, s, "count", func(r scanner) (c counts, err error) { return c, r.Scan(&c.all, &c.live) },
		`SELECT COUNT(*), COALESCE(SUM(live), 0) FROM quotation WHERE statement_id = $1`, statement)
	if n = c.all; c.live > 0 {
		now = 1
	}
	if err != nil {
		return false, err
	}
	_, err = s.exec(ctx, `UPDATE statement SET quotations = $2, live = $3 WHERE id = $1`, statement, n, now)
	return was != now, err
}

func scanInt(r scanner) (n int, err error) { return n, r.Scan(&n) }

// StatementFilter says which statements a list shows; what is empty does not
// matter.
type StatementFilter struct {
	Words    string // as somebody types them; "in quotation marks" is a phrase
	Language string // of the magazine
	Speaker  int64
	Topic    int64
	Venue    string
	From, To string // days, 2006-01-02: said from the one to the other, both included
	Hidden   bool   // those as well that readers do not see
	After    int64  // the id after which a page begins, 0 for the first
	Oldest   bool   // the oldest first
	Limit    int
}

// statementQuery is a filter made ready: the tables, the conditions on them, and
// the column that has the place.
type statementQuery struct {
	conditions
	from, place string
}

func (q *statementQuery) text(columns string) string {
	text := `SELECT ` + columns + ` FROM ` + q.from
	if len(q.where) > 0 {
		text += ` WHERE ` + strings.Join(q.where, " AND ")
	}
	return text
}

// FindStatements returns statements by the day on which they were said, the
// newest first.
func (s *Store) FindStatements(ctx context.Context, f StatementFilter) ([]stet.Statement, error) {
	q, err := s.statementQuery(ctx, f)
	if err != nil || q == nil {
		return nil, err
	}
	order := " DESC"
	if f.Oldest {
		order = ""
	}
	limit := q.arg(f.Limit)
	found, err := list(ctx, s, scanStatement, q.text(statementColumns)+` ORDER BY `+q.place+order+` LIMIT `+limit+` + 0`, q.args...)
	if err != nil {
		return nil, fmt.Errorf("find statements: %w", err)
	}
	return found, s.topicsOf(ctx, found)
}

// CountStatements returns how many statements there are, up to most.
func (s *Store) CountStatements(ctx context.Context, f StatementFilter, most int) (int, error) {
	f.After = 0
	q, err := s.statementQuery(ctx, f)
	if err != nil || q == nil {
		return 0, err
	}
	limit := q.arg(most)
	return one(ctx, s, "count", scanInt, `SELECT COUNT(*) FROM (`+q.text("1")+` LIMIT `+limit+` + 0) AS found`, q.args...)
}

// statementQuery makes the conditions and the tables of a filter, nil when there
// is nothing that could be found.
func (s *Store) statementQuery(ctx context.Context, f StatementFilter) (*statementQuery, error) {
	q := &statementQuery{from: "statement", place: "statement.place"}
	if f.Topic != 0 {
		q.from = `statement_topic JOIN statement ON statement.id = statement_topic.statement_id`
		q.add(`statement_topic.topic_id = ` + q.arg(f.Topic))
	}
	if strings.TrimSpace(f.Words) != "" {
		m := parseQuery(f.Words, f.Language)
		if len(m.groups) == 0 {
			return nil, nil
		}
		s.dialect.matchStatements(q, s.dialect.expression(m), f.Speaker != 0 || f.Topic != 0 || f.Venue != "")
	}
	if !f.Hidden {
		q.add(`statement.live = 1`)
	}
	if f.Speaker != 0 {
		q.add(`statement.speaker_id = ` + q.arg(f.Speaker))
	}
	if f.Venue != "" {
		q.add(`statement.venue_folded = ` + q.arg(Fold(f.Venue)))
	}
	if f.From != "" {
		q.add(q.place + ` >= ` + q.arg(dayPlace(f.From)))
	}
	if f.To != "" {
		q.add(q.place + ` < ` + q.arg(dayPlace(f.To)+1<<32))
	}
	return q, s.afterStatement(ctx, q, f)
}

// afterStatement begins a page where the one before has ended.
func (s *Store) afterStatement(ctx context.Context, q *statementQuery, f StatementFilter) error {
	if f.After == 0 {
		return nil
	}
	place, err := one(ctx, s, "statement", scanID, `SELECT place FROM statement WHERE id = $1`, f.After)
	if err != nil {
		return err
	}
	sign := " < "
	if f.Oldest {
		sign = " > "
	}
	q.add(q.place + sign + q.arg(place))
	return nil
}

// StatementYears returns how many statements that readers see were said in each
// year, by a speaker or on a topic, the newest first.
func (s *Store) StatementYears(ctx context.Context, f StatementFilter) ([]YearCount, error) {
	q, err := s.statementQuery(ctx, StatementFilter{Speaker: f.Speaker, Topic: f.Topic})
	if err != nil {
		return nil, err
	}
	return list(ctx, s, func(r scanner) (y YearCount, err error) { return y, r.Scan(&y.Year, &y.Count) },
		q.text(`SUBSTR(statement.date_value, 1, 4) AS year, COUNT(*)`)+` GROUP BY 1 ORDER BY 1 DESC`, q.args...)
}

// YearCount is how many statements were said in a year; the year is empty for
// those of which nobody knows.
type YearCount struct {
	Year  string
	Count int
}

// StatementTopics returns the topics of a speaker's statements, the most
// frequent first.
func (s *Store) StatementTopics(ctx context.Context, speaker int64) ([]TopicCount, error) {
	return list(ctx, s, func(r scanner) (t TopicCount, err error) { return t, r.Scan(&t.Topic, &t.Count) },
		`SELECT statement_topic.topic_id, COUNT(*) FROM statement JOIN statement_topic ON statement_topic.statement_id = statement.id
		WHERE statement.speaker_id = $1 AND statement.live = 1 GROUP BY statement_topic.topic_id ORDER BY 2 DESC, 1`, speaker)
}

// TopicCount is how many statements are on a topic.
type TopicCount struct {
	Topic int64
	Count int
}

// StatementsAfter returns up to limit statements that readers see, in the order
// of their ids, for sitemaps.
func (s *Store) StatementsAfter(ctx context.Context, after int64, limit int) ([]stet.Statement, error) {
	return list(ctx, s, scanStatement, `SELECT `+statementColumns+` FROM statement WHERE id > $1 AND live = 1 ORDER BY id LIMIT $2 + 0`, after, limit)
}

// LastStatement returns the id of the newest statement that readers see, 0 when
// there is none.
func (s *Store) LastStatement(ctx context.Context) (int64, error) {
	return one(ctx, s, "statement", scanID, `SELECT COALESCE(MAX(id), 0) FROM statement WHERE live = 1`)
}

// MoveStatementTopic files under another topic what was said on one; nowhere
// when to is 0.
func (s *Store) MoveStatementTopic(ctx context.Context, from, to int64) error {
	if to != 0 {
		if _, err := s.exec(ctx, `INSERT INTO statement_topic (statement_id, topic_id, place) SELECT statement_id, CAST($2 AS BIGINT), place FROM statement_topic WHERE topic_id = $1 ON CONFLICT DO NOTHING`, from, to); err != nil {
			return err
		}
	}
	_, err := s.exec(ctx, `DELETE FROM statement_topic WHERE topic_id = $1`, from)
	return err
}
