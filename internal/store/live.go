// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet"
)

// Live is what lists show of the newest version of a published article: a
// narrow row, so that a page of fifty stories reads no body.
type Live struct {
	ArticleID    int64
	VersionID    int64
	Kind         stet.Kind
	PublicID     string
	Path         string
	Headline     string
	Dek          string
	Language     string
	SectionID    int64
	GenreID      int64
	Bylines      []LiveByline
	BylineText   string
	PartnerID    int64
	OriginAuthor string
	LeadAsset    int64
	LeadAlt      string
	LeadCaption  string
	LeadCredit   string
	Words        int
	PublishedAt  time.Time // first publication, as readers see it
	UpdatedAt    time.Time // of the newest version

	// Only for PutLive.
	New      bool    // the article was never live, so that nothing need be taken away
	Sections []int64 // every section whose lists show it, ancestors included
	Topics   []int64
	Text     IndexText
}

// LiveByline is a byline by database id.
type LiveByline struct {
	Person       int64             `json:"p"`
	Contribution stet.Contribution `json:"c"`
}

// IndexText is what search looks through. Tokens is what Tokens makes of the
// body, when somebody has done that before: it is most of the work.
type IndexText struct{ Headline, Dek, People, Body, Tokens string }

// ListKind names a family of lists; the values of the column listing.kind.
type ListKind string

// The lists. ListAll has ref 0.
const (
	ListAll     ListKind = "all"
	ListSection ListKind = "section"
	ListTopic   ListKind = "topic"
	ListGenre   ListKind = "genre"
	ListPerson  ListKind = "person"
)

// List is one list of stories.
type List struct {
	Kind ListKind
	Ref  int64
}

// Tag is the cache tag of pages that show the list.
func (l List) Tag() string { return fmt.Sprintf("list:%s:%d", l.Kind, l.Ref) }

// Cursor is a place in a list, newest first. It names a story and not a
// number, so pages stay what they were when new stories arrive.
type Cursor struct {
	PublishedAt time.Time
	ArticleID   int64
}

const liveColumns = `live.article_id, live.version_id, live.kind, live.public_id, live.path, live.headline, live.dek, live.language, live.section_id, live.genre_id,
	live.bylines, live.byline_text, live.partner_id, live.origin_author, live.lead_asset, live.lead_alt, live.lead_caption, live.lead_credit, live.words, live.published_at, live.updated_at`

func scanLive(r scanner) (v Live, err error) {
	var bylines string
	var published, updated sql.NullInt64
	if err = r.Scan(&v.ArticleID, &v.VersionID, &v.Kind, &v.PublicID, &v.Path, &v.Headline, &v.Dek, &v.Language, &v.SectionID, &v.GenreID,
		&bylines, &v.BylineText, &v.PartnerID, &v.OriginAuthor, &v.LeadAsset, &v.LeadAlt, &v.LeadCaption, &v.LeadCredit, &v.Words, &published, &updated); err != nil {
		return v, err
	}
	v.PublishedAt, v.UpdatedAt = fromMicros(published), fromMicros(updated)
	if bylines != "[]" {
		if err := json.Unmarshal([]byte(bylines), &v.Bylines); err != nil {
			return v, fmt.Errorf("bylines of article %d: %w", v.ArticleID, err)
		}
	}
	return v, nil
}

// Live returns the live row of an article.
func (s *Store) Live(ctx context.Context, article int64) (Live, error) {
	return one(ctx, s, "story", scanLive, `SELECT `+liveColumns+` FROM live WHERE article_id = $1`, article)
}

// LiveByPublicID returns the live row of the article with the public id.
func (s *Store) LiveByPublicID(ctx context.Context, id string) (Live, error) {
	return one(ctx, s, "story", scanLive, `SELECT `+liveColumns+` FROM live WHERE public_id = $1`, id)
}

// Stories returns up to limit stories of a list, newest first, after the
// cursor (older), or from the top with the zero cursor.
func (s *Store) Stories(ctx context.Context, l List, after Cursor, limit int) ([]Live, error) {
	if after.PublishedAt.IsZero() {
		return list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM listing JOIN live ON live.article_id = listing.article_id
			WHERE listing.kind = $1 AND listing.ref = $2
			ORDER BY listing.published_at DESC, listing.article_id DESC LIMIT $3 + 0`, l.Kind, l.Ref, limit)
	}
	return list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM listing JOIN live ON live.article_id = listing.article_id
		WHERE listing.kind = $1 AND listing.ref = $2 AND (listing.published_at, listing.article_id) < ($3, $4)
		ORDER BY listing.published_at DESC, listing.article_id DESC LIMIT $5 + 0`, l.Kind, l.Ref, after.PublishedAt.UnixMicro(), after.ArticleID, limit)
}

// Top asks for the newest stories of a list.
type Top struct {
	List  List
	Count int
}

// Newest returns the ids of the newest stories of several lists, newest first,
// in one statement that reads nothing but an index: a front page chooses
// among more stories than it shows.
func (s *Store) Newest(ctx context.Context, tops []Top) ([][]int64, error) {
	out := make([][]int64, len(tops))
	if len(tops) == 0 {
		return out, nil
	}
	var b strings.Builder
	var args []any
	for i, t := range tops {
		if i > 0 {
			b.WriteString(` UNION ALL `)
		}
		n := len(args)
		fmt.Fprintf(&b, `SELECT * FROM (SELECT %d AS list, article_id, published_at FROM listing WHERE kind = $%d AND ref = $%d
			ORDER BY published_at DESC, article_id DESC LIMIT $%d + 0) AS list%d`, i, n+1, n+2, n+3, i)
		args = append(args, string(t.List.Kind), t.List.Ref, t.Count)
	}
	b.WriteString(` ORDER BY list, published_at DESC, article_id DESC`)
	type place struct {
		list int
		id   int64
	}
	found, err := list(ctx, s, func(r scanner) (p place, err error) {
		var published int64
		return p, r.Scan(&p.list, &p.id, &published)
	}, b.String(), args...)
	for _, p := range found {
		out[p.list] = append(out[p.list], p.id)
	}
	return out, err
}

// StoriesBefore returns up to limit stories directly newer than the cursor,
// in the usual order, newest first.
func (s *Store) StoriesBefore(ctx context.Context, l List, before Cursor, limit int) ([]Live, error) {
	out, err := list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM listing JOIN live ON live.article_id = listing.article_id
		WHERE listing.kind = $1 AND listing.ref = $2 AND (listing.published_at, listing.article_id) > ($3, $4)
		ORDER BY listing.published_at, listing.article_id LIMIT $5 + 0`, l.Kind, l.Ref, before.PublishedAt.UnixMicro(), before.ArticleID, limit)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out, err
}

// StoriesBetween returns the stories first published in [from, to), newest
// first, after the cursor.
func (s *Store) StoriesBetween(ctx context.Context, from, to time.Time, after Cursor, limit int) ([]Live, error) {
	if after.PublishedAt.IsZero() {
		after = Cursor{PublishedAt: to}
	}
	return list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM listing JOIN live ON live.article_id = listing.article_id
		WHERE listing.kind = 'all' AND listing.ref = 0 AND listing.published_at >= $1 AND (listing.published_at, listing.article_id) < ($2, $3)
		ORDER BY listing.published_at DESC, listing.article_id DESC LIMIT $4 + 0`, from.UnixMicro(), after.PublishedAt.UnixMicro(), after.ArticleID, limit)
}

// PublishedTimes calls f with the time of every story, oldest first, for the
// archive's counts: which month a moment belongs to depends on the time zone,
// which only Go knows.
func (s *Store) PublishedTimes(ctx context.Context, f func(time.Time)) error {
	rows, err := s.read.QueryContext(ctx, `SELECT published_at FROM listing WHERE kind = 'all' AND ref = 0 ORDER BY published_at`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return err
		}
		f(time.UnixMicro(n).UTC())
	}
	return rows.Err()
}

// LiveByIDs returns the live rows of the articles, in no particular order.
func (s *Store) LiveByIDs(ctx context.Context, ids ...int64) ([]Live, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM live WHERE article_id IN (`+in+`)`, args...)
}

// LiveByPublicIDs returns the live rows of the articles by public id; what is
// not live is left out.
func (s *Store) LiveByPublicIDs(ctx context.Context, ids ...string) (map[string]Live, error) {
	out := make(map[string]Live, len(ids))
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !stet.ValidID(id) })
	if len(ids) == 0 {
		return out, nil
	}
	in, args := inList(1, ids)
	rows, err := list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM live WHERE public_id IN (`+in+`)`, args...)
	for _, l := range rows {
		out[l.PublicID] = l
	}
	return out, err
}

// LiveAfter returns live rows in order of article id up to and with the id
// last, for sitemaps and exports.
func (s *Store) LiveAfter(ctx context.Context, id, last int64, limit int) ([]Live, error) {
	return list(ctx, s, scanLive, `SELECT `+liveColumns+` FROM live WHERE article_id > $1 AND article_id <= $2 ORDER BY article_id LIMIT $3 + 0`, id, last, limit)
}

// LastLive returns the highest article id that is live, 0 for none.
func (s *Store) LastLive(ctx context.Context) (int64, error) {
	return one(ctx, s, "story", scanID, `SELECT COALESCE(MAX(article_id), 0) FROM live`)
}

// CountStories returns how many stories a list has.
func (s *Store) CountStories(ctx context.Context, l List) (int, error) {
	return one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) },
		`SELECT COUNT(*) FROM listing WHERE kind = $1 AND ref = $2`, l.Kind, l.Ref)
}

// ArticlesWithLead returns the articles whose lead picture is the asset.
func (s *Store) ArticlesWithLead(ctx context.Context, asset int64) ([]int64, error) {
	return list(ctx, s, scanID, `SELECT article_id FROM live WHERE lead_asset = $1 AND lead_asset <> 0`, asset)
}

// PutLive makes the article live as v says: its row, its place in every list,
// its words in the index. It returns the lists in which it stood or stands.
func (s *Store) PutLive(ctx context.Context, v *Live) ([]List, error) {
	var touched []List
	if !v.New {
		var err error
		if touched, err = s.DropLive(ctx, v.ArticleID); err != nil {
			return nil, err
		}
	}
	if _, err := s.exec(ctx, `INSERT INTO live (article_id, version_id, kind, public_id, path, headline, dek, language, section_id, genre_id, bylines, byline_text,
		partner_id, origin_author, lead_asset, lead_alt, lead_caption, lead_credit, words, published_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		v.ArticleID, v.VersionID, v.Kind, v.PublicID, v.Path, v.Headline, v.Dek, v.Language, v.SectionID, v.GenreID, jsonList(v.Bylines), v.BylineText,
		v.PartnerID, v.OriginAuthor, v.LeadAsset, v.LeadAlt, v.LeadCaption, v.LeadCredit, v.Words, micros(v.PublishedAt), micros(v.UpdatedAt)); err != nil {
		return nil, err
	}
	if v.Kind != stet.Story {
		return touched, nil
	}
	lists := v.lists()
	if err := s.addToLists(ctx, v, lists); err != nil {
		return nil, err
	}
	w := analyse(v.Text, v.Language)
	if err := s.index(ctx, v.ArticleID, w); err != nil {
		return nil, fmt.Errorf("index article %d: %w", v.ArticleID, err)
	}
	return append(touched, lists...), nil
}

// addToLists inserts all rows at once: a story stands in some eight lists, and
// one statement costs less than eight.
func (s *Store) addToLists(ctx context.Context, v *Live, lists []List) error {
	var b strings.Builder
	args := []any{micros(v.PublishedAt), v.ArticleID}
	b.WriteString(`INSERT INTO listing (kind, ref, published_at, article_id) VALUES `)
	for i, l := range lists {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "($%d, $%d, $1, $2)", len(args)+1, len(args)+2)
		args = append(args, string(l.Kind), l.Ref)
	}
	b.WriteString(` ON CONFLICT DO NOTHING`)
	_, err := s.exec(ctx, b.String(), args...)
	return err
}

func (v *Live) lists() []List {
	out := []List{{ListAll, 0}}
	for _, id := range v.Sections {
		out = append(out, List{ListSection, id})
	}
	for _, id := range v.Topics {
		out = append(out, List{ListTopic, id})
	}
	if v.GenreID != 0 {
		out = append(out, List{ListGenre, v.GenreID})
	}
	for _, b := range v.Bylines {
		out = append(out, List{ListPerson, b.Person})
	}
	return out
}

// DropLive takes the article out of every list and out of the index. It
// returns the lists in which it stood.
func (s *Store) DropLive(ctx context.Context, article int64) ([]List, error) {
	lists, err := s.leaveLists(ctx, `article_id = $1`, article)
	if err != nil {
		return nil, err
	}
	if err := s.SetLiveUses(ctx, article, nil); err != nil {
		return nil, err
	}
	n, err := s.exec(ctx, `DELETE FROM live WHERE article_id = $1`, article)
	if err != nil || n == 0 {
		return lists, err
	}
	return lists, s.unindex(ctx, article)
}
