// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
	"time"
	"unicode/utf8"

	"stet"
)

// Copy is a working copy as the lists of the desk show it: a narrow row, so
// that a page of a hundred stories reads no body. It is derived from the
// article and written with it.
type Copy struct {
	ArticleID   int64
	PublicID    string
	Kind        stet.Kind
	Status      stet.Status
	Trashed     bool
	Assignee    int64
	CreatedBy   int64
	UpdatedAt   time.Time
	PublishedAt time.Time
	ScheduledAt time.Time
	DueAt       time.Time
	VersionID   int64
	Changed     bool // published, and the working copy is not what readers see
	Card
	folded string
}

// Card is what a list shows of the content.
type Card struct {
	Headline   string        `json:"headline"`
	Dek        string        `json:"dek,omitempty"`
	Slug       string        `json:"slug,omitempty"`
	Section    stet.Ref      `json:"section,omitzero"`
	Genre      stet.Ref      `json:"genre,omitzero"`
	Topics     []stet.Ref    `json:"topics,omitempty"`
	Bylines    []stet.Byline `json:"bylines,omitempty"`
	BylineText string        `json:"bylineText,omitempty"`
	Lead       string        `json:"lead,omitempty"` // public id of the asset
}

func cardOf(c *stet.Content) Card {
	v := Card{
		Headline: c.Headline, Dek: c.Dek, Slug: c.Slug, Section: c.Section, Genre: c.Genre,
		Topics: c.Topics, Bylines: c.Bylines, BylineText: c.BylineText,
	}
	if c.Lead != nil {
		v.Lead = c.Lead.Asset
	}
	return v
}

// words are by which a working copy is found: headline, dek, slug and everybody
// and everything that it names, folded.
func (c Card) words() string {
	parts := []string{c.Headline, c.Dek, strings.NewReplacer("-", " ", "_", " ").Replace(c.Slug), c.BylineText, c.Section.Name, c.Genre.Name}
	for _, t := range c.Topics {
		parts = append(parts, t.Name)
	}
	for _, b := range c.Bylines {
		parts = append(parts, b.Person.Name)
	}
	return FoldName(strings.Join(parts, " "))
}

// maxHeadlineKey is how much of a headline decides its place in an order.
const maxHeadlineKey = 60

func headlineKey(headline string) string {
	key := []rune(FoldName(headline))
	return string(key[:min(len(key), maxHeadlineKey)])
}

// fingerprint tells contents apart: whether a working copy is what readers see.
func fingerprint(content []byte) int64 {
	h := fnv.New64a()
	h.Write(content)
	return int64(h.Sum64())
}

// addCopy writes the rows of an article that is new. One that is published at
// once, by an import, has the content that readers see.
func (s *Store) addCopy(ctx context.Context, a *stet.Article, content []byte) error {
	hash := fingerprint(content)
	if _, err := s.exec(ctx, `INSERT INTO copy (article_id, kind, status, trashed, section, genre, assignee, created_by, updated_at, published_at, scheduled_at, due_at, headline, version_id, hash, live_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`, append(s.copyValues(a), hash)...); err != nil {
		return err
	}
	card := cardOf(&a.Content)
	if err := s.putCard(ctx, a, card, a.Status == stet.Published); err != nil {
		return err
	}
	return s.addCopyRefs(ctx, a)
}

func (s *Store) copyValues(a *stet.Article) []any {
	c := &a.Content
	return []any{
		a.ID, a.Kind, a.Status, flag(!a.TrashedAt.IsZero()), c.Section.ID, c.Genre.ID, a.Assignee, a.CreatedBy,
		micros(a.UpdatedAt), micros(a.PublishedAt), micros(a.ScheduledAt), micros(a.DueAt), headlineKey(c.Headline), a.VersionID,
	}
}

// putCopy writes the rows of an article anew. A new version is what readers see
// from now on: the working copy differs from it when its hash does.
func (s *Store) putCopy(ctx context.Context, a *stet.Article, content []byte) error {
	var same int
	err := s.write.QueryRowContext(ctx, `INSERT INTO copy (article_id, kind, status, trashed, section, genre, assignee, created_by, updated_at, published_at, scheduled_at, due_at, headline, version_id, hash, live_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
		ON CONFLICT (article_id) DO UPDATE SET kind = excluded.kind, status = excluded.status, trashed = excluded.trashed, section = excluded.section, genre = excluded.genre,
			assignee = excluded.assignee, created_by = excluded.created_by, updated_at = excluded.updated_at, published_at = excluded.published_at,
			scheduled_at = excluded.scheduled_at, due_at = excluded.due_at, headline = excluded.headline, version_id = excluded.version_id, hash = excluded.hash,
			live_hash = CASE WHEN copy.version_id <> excluded.version_id THEN excluded.hash ELSE copy.live_hash END
		RETURNING CASE WHEN hash = live_hash THEN 1 ELSE 0 END`, append(s.copyValues(a), fingerprint(content))...).Scan(&same)
	if err != nil {
		return s.dialect.mapError(err)
	}
	if err := s.putCard(ctx, a, cardOf(&a.Content), a.Status == stet.Published && same == 1); err != nil {
		return err
	}
	if _, err := s.exec(ctx, `DELETE FROM copy_ref WHERE article_id = $1`, a.ID); err != nil {
		return err
	}
	return s.addCopyRefs(ctx, a)
}

// putCard keeps no words of what the index of the readers' search has.
func (s *Store) putCard(ctx context.Context, a *stet.Article, c Card, indexed bool) error {
	card, err := json.Marshal(c)
	if err != nil {
		return err
	}
	words := ""
	if !indexed || a.Kind != stet.Story {
		words = c.words()
	}
	_, err = s.exec(ctx, `INSERT INTO copy_text (article_id, public_id, card, words) VALUES ($1, $2, $3, $4)
		ON CONFLICT (article_id) DO UPDATE SET card = excluded.card, words = excluded.words`, a.ID, a.PublicID, string(card), words)
	return err
}

func (s *Store) addCopyRefs(ctx context.Context, a *stet.Article) error {
	var b strings.Builder
	args := []any{a.ID}
	add := func(kind, ref string) {
		if ref == "" {
			return
		}
		if len(args) > 1 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "($%d, $%d, $1)", len(args)+1, len(args)+2)
		args = append(args, kind, ref)
	}
	for _, v := range a.Content.Sections {
		add("section", v.ID)
	}
	for _, t := range a.Content.Topics {
		add("topic", t.ID)
	}
	for _, p := range a.Content.Bylines {
		add("person", p.Person.ID)
	}
	if len(args) == 1 {
		return nil
	}
	_, err := s.exec(ctx, `INSERT INTO copy_ref (kind, ref, article_id) VALUES `+b.String()+` ON CONFLICT DO NOTHING`, args...)
	return err
}

// RebuildCopy writes the rows of an article anew, for doctor and for databases
// that are older than these tables. Live is the content that readers see, nil
// when they see none.
func (s *Store) RebuildCopy(ctx context.Context, a *stet.Article, live *stet.Content) error {
	content, err := json.Marshal(a.Content)
	if err != nil {
		return err
	}
	if _, err := s.exec(ctx, `DELETE FROM copy WHERE article_id = $1`, a.ID); err != nil {
		return err
	}
	if err := s.putCopy(ctx, a, content); err != nil || live == nil {
		return err
	}
	seen, err := json.Marshal(live)
	if err != nil {
		return err
	}
	if hash := fingerprint(seen); hash != fingerprint(content) {
		if _, err := s.exec(ctx, `UPDATE copy SET live_hash = $2 WHERE article_id = $1`, a.ID, hash); err != nil {
			return err
		}
		return s.putCard(ctx, a, cardOf(&a.Content), false)
	}
	return nil
}

// CopyFits reports whether the derived rows of the article are there and say
// what the article says.
func (s *Store) CopyFits(ctx context.Context, a *stet.Article) (bool, error) {
	content, err := json.Marshal(a.Content)
	if err != nil {
		return false, err
	}
	n, err := one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) },
		`SELECT COUNT(*) FROM copy JOIN copy_text ON copy_text.article_id = copy.article_id
		WHERE copy.article_id = $1 AND hash = $2 AND status = $3 AND version_id = $4 AND trashed = $5`, a.ID, fingerprint(content), a.Status, a.VersionID, flag(!a.TrashedAt.IsZero()))
	return n == 1, err
}

// MissingCopies returns the ids of articles without derived rows.
func (s *Store) MissingCopies(ctx context.Context, limit int) ([]int64, error) {
	counts, err := one(ctx, s, "count", func(r scanner) (n [2]int, err error) { return n, r.Scan(&n[0], &n[1]) },
		`SELECT (SELECT COUNT(*) FROM article), (SELECT COUNT(*) FROM copy)`)
	if err != nil || counts[0] == counts[1] {
		return nil, err
	}
	return list(ctx, s, scanID, `SELECT id FROM article WHERE NOT EXISTS (SELECT 1 FROM copy WHERE copy.article_id = article.id) ORDER BY id LIMIT $1`, limit)
}

// fillCopies makes the rows of articles that have none: those of a database
// that is older than these tables. SQL cannot fold names, so this is no part of
// the migration.
func (s *Store) fillCopies(ctx context.Context) error {
	for {
		ids, err := s.MissingCopies(ctx, 200)
		if err != nil || len(ids) == 0 {
			return err
		}
		err = s.Tx(ctx, func(tx *Store) error {
			for _, id := range ids {
				if err := tx.fillCopy(ctx, id); err != nil {
					return fmt.Errorf("derive the row of article %d: %w", id, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func (s *Store) fillCopy(ctx context.Context, id int64) error {
	a, err := s.Article(ctx, id)
	if err != nil {
		return err
	}
	if a.VersionID == 0 {
		return s.RebuildCopy(ctx, &a, nil)
	}
	v, err := s.Version(ctx, a.VersionID)
	if err != nil {
		return err
	}
	d, err := v.Open()
	if err != nil {
		return err
	}
	return s.RebuildCopy(ctx, &a, &d.Content)
}

// Order is how a list of the desk is sorted.
type Order string

// The orders. Those by a date other than the last save show what has that date.
const (
	ByUpdated   Order = "updated"   // the one saved last first
	ByPublished Order = "published" // the newest first
	ByScheduled Order = "scheduled" // the next first
	ByDue       Order = "due"       // the next first
	ByHeadline  Order = "headline"
)

// orders is the allow-list: what a request may name, and nothing else, becomes
// part of a statement.
var orders = map[Order]struct {
	column   string
	down     bool
	nullable bool
}{
	ByUpdated: {"updated_at", true, false}, ByPublished: {"published_at", true, true}, ByScheduled: {"scheduled_at", false, true},
	ByDue: {"due_at", false, true}, ByHeadline: {"headline", false, false},
}

// CopyPlace is a place in an ordered list: the key of a row and its public id.
type CopyPlace struct {
	Key string // microseconds in decimal, or a folded headline
	ID  string
}

// CopyFilter says which articles a list of the desk shows; fields that are
// empty do not matter.
type CopyFilter struct {
	Kind      stet.Kind
	Statuses  []stet.Status
	Trashed   bool     // only what lies in the trash; otherwise only what does not
	Sections  []string // any of them, as the main section or a further one
	Genres    []string // any of them: one, and those that were merged into it
	Topics    []string
	Writer    string // person in the bylines
	Assignee  int64
	Unclaimed bool // nobody has it
	Mine      *stet.Staff
	Changed   bool   // published, with changes that readers do not see
	Words     string // what somebody typed
	Language  string // of the magazine
	Updated   Range
	Published Range
	Due       Range

	Order Order
	After *CopyPlace
	Limit int
}

// Range is a span of time [From, To); a zero end is open.
type Range struct{ From, To time.Time }

// where collects conditions and their arguments.
type where struct {
	conditions []string
	args       []any
}

func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *where) add(condition string) { w.conditions = append(w.conditions, condition) }

func (w *where) equal(column, value string) {
	if value != "" {
		w.add(column + " = " + w.arg(value))
	}
}

func (w *where) in(column string, values []string) {
	if len(values) > 0 {
		w.add(column + " IN (" + w.marks(values) + ")")
	}
}

func (w *where) marks(values []string) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = w.arg(v)
	}
	return strings.Join(marks, ", ")
}

// sections finds what stands in any of them. The main section is asked of the
// row itself, so that only rows of other sections are looked up among the
// further ones, which few stories have.
func (w *where) sections(ids []string) {
	if len(ids) == 0 {
		return
	}
	marks := w.marks(ids)
	w.add(`(copy.section IN (` + marks + `) OR copy.article_id IN (SELECT article_id FROM copy_ref WHERE kind = 'section' AND ref IN (` + marks + `)))`)
}

func (w *where) within(column string, r Range) {
	if !r.From.IsZero() {
		w.add(column + " >= " + w.arg(r.From.UnixMicro()))
	}
	if !r.To.IsZero() {
		w.add(column + " < " + w.arg(r.To.UnixMicro()))
	}
}

func (w *where) refs(kind string, refs []string) {
	if len(refs) > 0 {
		w.add(`copy.article_id IN (SELECT article_id FROM copy_ref WHERE kind = '` + kind + `' AND ref IN (` + w.marks(refs) + `))`)
	}
}

func (w *where) String() string { return strings.Join(w.conditions, " AND ") }

// where makes conditions of the filter. Its statuses are left out for totals.
func (s *Store) copyWhere(f CopyFilter, statuses bool) *where {
	w := &where{}
	w.add("copy.trashed = " + w.arg(flag(f.Trashed)))
	w.equal("copy.kind", string(f.Kind))
	if statuses {
		names := make([]string, len(f.Statuses))
		for i, v := range f.Statuses {
			names[i] = string(v)
		}
		w.in("copy.status", names)
	}
	w.sections(f.Sections)
	w.in("copy.genre", f.Genres)
	w.refs("topic", f.Topics)
	if f.Writer != "" {
		w.refs("person", []string{f.Writer})
	}
	if f.Assignee != 0 {
		w.add("copy.assignee = " + w.arg(f.Assignee))
	}
	if f.Unclaimed {
		w.add("copy.assignee = 0")
	}
	if m := f.Mine; m != nil {
		id := w.arg(m.ID)
		w.add(`(copy.created_by = ` + id + ` OR copy.assignee = ` + id + ` OR copy.article_id IN (SELECT article_id FROM copy_ref WHERE kind = 'person' AND ref = ` + w.arg(m.Person) + `))`)
	}
	if f.Changed {
		// What is changed has words of its own: these are few, and have an index.
		w.add("copy.status = 'published' AND copy.hash <> copy.live_hash AND copy.article_id IN (SELECT article_id FROM copy_text WHERE words <> '')")
	}
	w.within("copy.updated_at", f.Updated)
	w.within("copy.published_at", f.Published)
	w.within("copy.due_at", f.Due)
	s.matchWords(w, f)
	return w
}

// matchWords finds what readers see by the search index, body included, the
// rest by the words of its head, and all by the names of their topics.
func (s *Store) matchWords(w *where, f CopyFilter) {
	words := strings.Fields(FoldName(strings.ReplaceAll(f.Words, `"`, " ")))
	if len(words) > maxQueryWords {
		words = words[:maxQueryWords]
	}
	if len(words) == 0 {
		return
	}
	var heads, topics []string
	for _, word := range words {
		mark := w.arg("%" + likeEscape(word) + "%")
		heads = append(heads, `words LIKE `+mark+` ESCAPE '\'`)
		topics = append(topics, `topic.folded LIKE `+mark+` ESCAPE '\'`)
	}
	found := []string{
		`SELECT article_id FROM copy_text WHERE words <> '' AND ` + strings.Join(heads, " AND "),
		`SELECT article_id FROM copy_ref WHERE kind = 'topic' AND ref IN (SELECT public_id FROM topic WHERE ` + strings.Join(topics, " AND ") + `)`,
	}
	queries := []matchQuery{parseQuery(f.Words, f.Language)}
	if utf8.RuneCountInString(words[len(words)-1]) >= minStem {
		// The last word may be half typed; only the index of heads knows beginnings.
		m := suggestion(f.Words, f.Language)
		m.fields = inHead
		queries = append(queries, m)
	}
	for i, m := range queries {
		if len(m.groups) == 0 {
			continue
		}
		newest, _ := s.dialect.newest(m, false, "", nil, maxMatched)
		newest = strings.ReplaceAll(newest, "$1", w.arg(s.dialect.expression(m)))
		found = append(found, fmt.Sprintf(`SELECT id FROM (%s) AS matches%d`, newest, i))
	}
	// What two of them find is found; nobody counts, so that UNION's work would be
	// in vain.
	w.add(`copy.article_id IN (` + strings.Join(found, " UNION ALL ") + `)`)
}

// maxMatched is how many stories a word finds among those that readers see, the
// ones that came in last: "the" stands in all hundred thousand, and to list them
// all takes half a second and helps nobody.
const maxMatched = 10_000

const copyColumns = `copy.article_id, copy_text.public_id, copy.kind, copy.status, copy.trashed, copy.assignee, copy.created_by, copy.updated_at, copy.published_at, copy.scheduled_at, copy.due_at,
	copy.version_id, CASE WHEN copy.status = 'published' AND copy.hash <> copy.live_hash THEN 1 ELSE 0 END, copy.headline, copy_text.card`

func scanCopy(r scanner) (v Copy, err error) {
	var trashed, changed int
	var updated, published, scheduled, due sql.NullInt64
	var card string
	if err = r.Scan(&v.ArticleID, &v.PublicID, &v.Kind, &v.Status, &trashed, &v.Assignee, &v.CreatedBy, &updated, &published, &scheduled, &due, &v.VersionID, &changed, &v.folded, &card); err != nil {
		return v, err
	}
	v.Trashed, v.Changed = trashed != 0, changed != 0
	v.UpdatedAt, v.PublishedAt, v.ScheduledAt, v.DueAt = fromMicros(updated), fromMicros(published), fromMicros(scheduled), fromMicros(due)
	if err := json.Unmarshal([]byte(card), &v.Card); err != nil {
		return v, fmt.Errorf("card of article %d: %w", v.ArticleID, err)
	}
	return v, nil
}

// Place returns where the row stands in the order.
func (v Copy) Place(o Order) CopyPlace {
	at := map[Order]time.Time{ByUpdated: v.UpdatedAt, ByPublished: v.PublishedAt, ByScheduled: v.ScheduledAt, ByDue: v.DueAt}
	if t, ok := at[o]; ok {
		return CopyPlace{fmt.Sprint(t.UnixMicro()), v.PublicID}
	}
	return CopyPlace{v.folded, v.PublicID}
}

// Copies returns working copies that pass the filter, in its order.
//
// The rows of the page are found first, on the narrow table alone; what is
// shown of them is read for these few.
func (s *Store) Copies(ctx context.Context, f CopyFilter) ([]Copy, error) {
	o, ok := orders[f.Order]
	if !ok {
		return nil, stet.Errorf(stet.Invalid, "%q is no order", f.Order)
	}
	w := s.copyWhere(f, true)
	column, direction, beyond := "copy."+o.column, "", ">"
	if o.down {
		direction, beyond = " DESC", "<"
	}
	if o.nullable {
		w.add(column + " IS NOT NULL")
	}
	if f.After != nil {
		key, err := f.After.key(f.Order)
		if err != nil {
			return nil, err
		}
		w.add(`(` + column + `, copy.article_id) ` + beyond + ` (` + w.arg(key) + `, (SELECT id FROM article WHERE public_id = ` + w.arg(f.After.ID) + `))`)
	}
	order := ` ORDER BY ` + column + direction + `, copy.article_id` + direction
	return list(ctx, s, scanCopy, `SELECT `+copyColumns+` FROM (SELECT copy.article_id FROM copy WHERE `+w.String()+order+` LIMIT `+w.arg(f.Limit)+`) AS found
		JOIN copy ON copy.article_id = found.article_id JOIN copy_text ON copy_text.article_id = found.article_id`+order, w.args...)
}

// key is the place's key as the column holds it.
func (p CopyPlace) key(o Order) (any, error) {
	if o == ByHeadline {
		return p.Key, nil
	}
	var n int64
	if _, err := fmt.Sscanf(p.Key, "%d", &n); err != nil {
		return nil, stet.Errorf(stet.Invalid, "%q is no place in this list", p.Key)
	}
	return n, nil
}

// CountCopies returns how many working copies of each status pass the filter,
// whatever statuses it names.
func (s *Store) CountCopies(ctx context.Context, f CopyFilter) (map[stet.Status]int, error) {
	w := s.copyWhere(f, false)
	out := map[stet.Status]int{}
	_, err := list(ctx, s, func(r scanner) (_ struct{}, err error) {
		var status stet.Status
		var n int
		err = r.Scan(&status, &n)
		out[status] = n
		return struct{}{}, err
	}, `SELECT copy.status, COUNT(*) FROM copy WHERE `+w.String()+` GROUP BY copy.status`, w.args...)
	return out, err
}

// CopiesBetween returns what was published, is scheduled or is due in the span,
// in no particular order, for the calendar.
func (s *Store) CopiesBetween(ctx context.Context, from, to time.Time, limit int) ([]Copy, error) {
	return list(ctx, s, scanCopy, `SELECT `+copyColumns+` FROM (
			SELECT article_id FROM listing WHERE kind = 'all' AND ref = 0 AND published_at >= $1 AND published_at < $2
			UNION SELECT article_id FROM copy WHERE scheduled_at IS NOT NULL AND scheduled_at >= $1 AND scheduled_at < $2
			UNION SELECT article_id FROM copy WHERE due_at IS NOT NULL AND due_at >= $1 AND due_at < $2) AS found
		JOIN copy ON copy.article_id = found.article_id JOIN copy_text ON copy_text.article_id = found.article_id
		WHERE copy.trashed = 0 LIMIT $3`, from.UnixMicro(), to.UnixMicro(), limit)
}

// Copy returns the row of one article.
func (s *Store) Copy(ctx context.Context, article int64) (Copy, error) {
	return one(ctx, s, "article", scanCopy, `SELECT `+copyColumns+` FROM copy JOIN copy_text ON copy_text.article_id = copy.article_id WHERE copy.article_id = $1`, article)
}
