// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"bytes"
	"context"
	"strings"

	"stet"
)

// assetMark stands before the id of every picture in a body. Within a text of
// the body each quotation mark has a backslash before it, so that nothing but
// an attribute can look like this; reading the whole document for each save
// would cost more than the save.
var assetMark = []byte(`"asset":"`)

// assetsIn lists the public ids of the assets that a body shows.
func assetsIn(body []byte) []string {
	var ids []string
	for {
		_, rest, found := bytes.Cut(body, assetMark)
		if !found {
			return ids
		}
		id, after, _ := bytes.Cut(rest, []byte(`"`))
		ids, body = append(ids, string(id)), after
	}
}

// named is an asset by public id in a place.
type named struct{ asset, place string }

// contentUses are the assets that a content shows.
func contentUses(c *stet.Content) []named {
	var out []named
	if c.Lead != nil && c.Lead.Asset != "" {
		out = append(out, named{c.Lead.Asset, "lead"})
	}
	for _, id := range assetsIn(c.Body) {
		out = append(out, named{id, "body"})
	}
	return out
}

// setUses makes the assets those that the article, person ... uses, in the
// transaction that stores the article or person. What replaced an asset is
// what is used in its place.
func (s *Store) setUses(ctx context.Context, kind stet.UseKind, ref int64, uses []named) error {
	if _, err := s.exec(ctx, `DELETE FROM asset_use WHERE kind = $1 AND ref = $2`, string(kind), ref); err != nil {
		return err
	}
	seen := map[named]bool{}
	for _, u := range uses {
		if u.asset == "" || seen[u] {
			continue
		}
		seen[u] = true
		if _, err := s.exec(ctx, `INSERT INTO asset_use (kind, ref, place, asset_id)
			SELECT $1, $2, $3, CASE WHEN replaced_by <> 0 THEN replaced_by ELSE id END FROM asset WHERE public_id = $4 ON CONFLICT DO NOTHING`,
			string(kind), ref, u.place, u.asset); err != nil {
			return err
		}
	}
	return nil
}

// setUse is setUses for one asset by id, 0 for none.
func (s *Store) setUse(ctx context.Context, kind stet.UseKind, ref int64, place string, asset int64) error {
	if _, err := s.exec(ctx, `DELETE FROM asset_use WHERE kind = $1 AND ref = $2`, string(kind), ref); err != nil || asset == 0 {
		return err
	}
	_, err := s.exec(ctx, `INSERT INTO asset_use (kind, ref, place, asset_id) SELECT $1, $2, $3, id FROM asset WHERE id = $4`, string(kind), ref, place, asset)
	return err
}

// SetArticleUses derives anew what the working copy of an article uses.
func (s *Store) SetArticleUses(ctx context.Context, a *stet.Article) error {
	return s.setUses(ctx, stet.UseArticle, a.ID, contentUses(&a.Content))
}

// SetLiveUses says which assets the version shows that readers see now. Those
// of the one before become past: readers saw them, and the record keeps them.
func (s *Store) SetLiveUses(ctx context.Context, article int64, c *stet.Content) error {
	if _, err := s.exec(ctx, `INSERT INTO asset_use (kind, ref, place, asset_id)
		SELECT 'past', ref, place, asset_id FROM asset_use WHERE kind = 'live' AND ref = $1 ON CONFLICT DO NOTHING`, article); err != nil {
		return err
	}
	var uses []named
	if c != nil {
		uses = contentUses(c)
	}
	return s.setUses(ctx, stet.UseLive, article, uses)
}

// SetPersonUses derives anew which portrait a person uses.
func (s *Store) SetPersonUses(ctx context.Context, p *stet.Person) error {
	return s.setUse(ctx, stet.UsePerson, p.ID, "portrait", p.Portrait)
}

// SetPosterUse says which picture stands for a video.
func (s *Store) SetPosterUse(ctx context.Context, a *stet.Asset) error {
	return s.setUse(ctx, stet.UseAsset, a.ID, "poster", a.Poster)
}

// SetMagazineUses says which asset is the magazine's logo, by public id.
func (s *Store) SetMagazineUses(ctx context.Context, logo string) error {
	return s.setUses(ctx, stet.UseMagazine, 0, []named{{logo, "logo"}})
}

// AssetUses returns every use of an asset.
func (s *Store) AssetUses(ctx context.Context, asset int64) ([]stet.Use, error) {
	return list(ctx, s, func(r scanner) (u stet.Use, err error) { return u, r.Scan(&u.Asset, &u.Kind, &u.Ref, &u.Place) },
		`SELECT asset_id, kind, ref, place FROM asset_use WHERE asset_id = $1 ORDER BY kind, ref DESC, place`, asset)
}

// CountAssetUses returns in how many places each of the assets stands now: an
// article counts once, whether in its working copy, for its readers, or both.
func (s *Store) CountAssetUses(ctx context.Context, assets ...int64) (map[int64]int, error) {
	out := make(map[int64]int, len(assets))
	if len(assets) == 0 {
		return out, nil
	}
	in, args := inList(1, assets)
	type count struct {
		asset int64
		n     int
	}
	counts, err := list(ctx, s, func(r scanner) (c count, err error) { return c, r.Scan(&c.asset, &c.n) },
		`SELECT asset_id, COUNT(*) FROM (
			SELECT DISTINCT asset_id, CASE WHEN kind = 'live' THEN 'article' ELSE kind END AS what, ref FROM asset_use WHERE kind <> 'past' AND asset_id IN (`+in+`)
		) AS uses GROUP BY asset_id`, args...)
	for _, c := range counts {
		out[c.asset] = c.n
	}
	return out, err
}

// ReplaceAsset puts one asset in the place of another wherever it is used. The
// documents go on naming the old one, which leads to the new: what was
// published is not rewritten.
func (s *Store) ReplaceAsset(ctx context.Context, old, with *stet.Asset) error {
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{`UPDATE asset SET replaced_by = $2, updated_at = $3 WHERE id = $1 OR replaced_by = $1`, []any{old.ID, with.ID, micros(s.Now())}},
		{`UPDATE person SET portrait = $2 WHERE portrait = $1`, []any{old.ID, with.ID}},
		{`UPDATE asset SET poster = $2 WHERE poster = $1`, []any{old.ID, with.ID}},
		// The words below the picture were the old picture's unless somebody
		// wrote a caption for this story.
		{`UPDATE live SET lead_asset = $2, lead_alt = $3, lead_credit = $4, lead_caption = CASE WHEN lead_caption = $5 THEN $6 ELSE lead_caption END WHERE lead_asset = $1`,
			[]any{old.ID, with.ID, with.Alt, with.Credit, old.Caption, with.Caption}},
		{`INSERT INTO asset_use (kind, ref, place, asset_id) SELECT kind, ref, place, $2 FROM asset_use WHERE asset_id = $1 AND kind <> 'past' ON CONFLICT DO NOTHING`, []any{old.ID, with.ID}},
		{`DELETE FROM asset_use WHERE asset_id = $1 AND kind NOT IN ('past', 'live')`, []any{old.ID}},
		// Readers saw the old one until now.
		{`INSERT INTO asset_use (kind, ref, place, asset_id) SELECT 'past', ref, place, asset_id FROM asset_use WHERE asset_id = $1 AND kind = 'live' ON CONFLICT DO NOTHING`, []any{old.ID}},
		{`DELETE FROM asset_use WHERE asset_id = $1 AND kind = 'live'`, []any{old.ID}},
	} {
		if _, err := s.exec(ctx, step.sql, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// AssetsReplaced returns the assets that stand in the place of those with the
// public ids, by the public id of the old ones.
func (s *Store) AssetsReplaced(ctx context.Context, ids ...string) (map[string]stet.Asset, error) {
	out := map[string]stet.Asset{}
	found, err := s.AssetsByPublicID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var new []int64
	for _, a := range found {
		if out[a.PublicID] = a; a.ReplacedBy != 0 {
			new = append(new, a.ReplacedBy)
		}
	}
	instead, err := s.Assets(ctx, new...)
	for _, a := range found {
		for _, b := range instead {
			if a.ReplacedBy == b.ID {
				out[a.PublicID] = b
			}
		}
	}
	return out, err
}

// AssetsUsedLive returns the articles that readers see with the asset, and the
// persons whose portrait it is: what has to be drawn anew when it changes.
func (s *Store) AssetsUsedLive(ctx context.Context, asset int64) (articles, persons []int64, err error) {
	uses, err := s.AssetUses(ctx, asset)
	for _, u := range uses {
		switch u.Kind {
		case stet.UseLive:
			articles = append(articles, u.Ref)
		case stet.UsePerson:
			persons = append(persons, u.Ref)
		}
	}
	return articles, persons, err
}

// ArticlesByIDs returns the articles with the ids, in no particular order.
func (s *Store) ArticlesByIDs(ctx context.Context, ids ...int64) ([]stet.Article, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, scanArticle, strings.Join([]string{`SELECT`, articleColumns, `FROM article WHERE id IN (`, in, `)`}, " "), args...)
}

// CountWrongUses returns how many portraits and lead pictures stand where the
// list of uses does not know them. It is a sample that costs two queries: what
// is in the bodies is read only when something is amiss.
func (s *Store) CountWrongUses(ctx context.Context) (int, error) {
	return one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) },
		`SELECT (SELECT COUNT(*) FROM live WHERE lead_asset <> 0 AND NOT EXISTS (SELECT 1 FROM asset_use u WHERE u.kind = 'live' AND u.ref = live.article_id AND u.place = 'lead' AND u.asset_id = live.lead_asset))
			+ (SELECT COUNT(*) FROM person WHERE portrait <> 0 AND NOT EXISTS (SELECT 1 FROM asset_use u WHERE u.kind = 'person' AND u.ref = person.id AND u.asset_id = person.portrait))`)
}
