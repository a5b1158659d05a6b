// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"stet"
)

// AssetFilter says which assets a list of the desk shows; fields that are
// empty do not matter.
type AssetFilter struct {
	Words     string // each is the beginning of a word of the asset
	Kind      stet.AssetKind
	Person    string // public id of somebody whom it shows
	Article   string // public id of an article that uses it
	NoAlt     bool   // pictures that want an alternative text
	NoCredit  bool
	Unused    bool
	Trashed   bool      // the trash in place of the library
	EndsFrom  time.Time // the rights end after
	EndsUntil time.Time // the rights end until, or have ended
	From, To  time.Time // when it was added: [From, To)
	After     int64     // the id after which a page begins, which is older
	Limit     int
}

// rare is how many assets a word may have for them to be looked up first and
// the other conditions asked of each.
const rare = 2000

// FindAssets returns assets, newest first. A word that few assets have leads to them; a
// word that many have is asked of each in turn, which soon fills a page. Either
// way no search walks through all assets and all of their words.
func (s *Store) FindAssets(ctx context.Context, f AssetFilter) ([]stet.Asset, error) {
	q := &conditions{}
	for _, w := range append(assetWords(f.Words), f.marks()...) {
		common, err := s.commonWord(ctx, w)
		if err != nil {
			return nil, err
		}
		from, to := q.arg(w), q.arg(w+"\U0010FFFF")
		if common {
			q.add(`EXISTS (SELECT 1 FROM asset_word w WHERE w.asset_id = asset.id AND w.word >= ` + from + ` AND w.word < ` + to + `)`)
			continue
		}
		q.add(`asset.id IN (SELECT w.asset_id FROM asset_word w WHERE w.word >= ` + from + ` AND w.word < ` + to + `)`)
	}
	f.conditions(q)
	limit := q.arg(f.Limit)
	return list(ctx, s, s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE `+strings.Join(q.where, " AND ")+` ORDER BY asset.id DESC LIMIT `+limit, q.args...)
}

func (f AssetFilter) conditions(q *conditions) {
	q.add(`asset.replaced_by = 0`)
	if !f.Trashed {
		q.add(`asset.trashed_at IS NULL`)
	}
	if f.Kind != "" {
		q.add(`asset.kind = ` + q.arg(string(f.Kind)))
	}
	if f.Unused {
		q.add(`NOT EXISTS (SELECT 1 FROM asset_use u WHERE u.asset_id = asset.id AND u.kind <> 'past')`)
	}
	if f.Person != "" {
		q.add(`asset.id IN (SELECT ap.asset_id FROM asset_person ap JOIN person p ON p.id = ap.person_id WHERE p.public_id = ` + q.arg(f.Person) + `)`)
	}
	if f.Article != "" {
		q.add(`asset.id IN (SELECT u.asset_id FROM asset_use u JOIN article a ON a.id = u.ref WHERE u.kind IN ('article', 'live') AND a.public_id = ` + q.arg(f.Article) + `)`)
	}
	if !f.EndsUntil.IsZero() {
		q.add(`asset.id IN (SELECT r.id FROM asset r WHERE r.rights_end > ` + q.arg(micro(f.EndsFrom)) + ` AND r.rights_end <= ` + q.arg(f.EndsUntil.UnixMicro()) + `)`)
	}
	// Ids grow with time, so the first asset of a day bounds the rest.
	if !f.From.IsZero() {
		q.add(`asset.id >= COALESCE((SELECT r.id FROM asset r WHERE r.created_at >= ` + q.arg(f.From.UnixMicro()) + ` ORDER BY r.created_at, r.id LIMIT 1), ` + never + `)`)
	}
	if !f.To.IsZero() {
		q.add(`asset.id < COALESCE((SELECT r.id FROM asset r WHERE r.created_at >= ` + q.arg(f.To.UnixMicro()) + ` ORDER BY r.created_at, r.id LIMIT 1), ` + never + `)`)
	}
	if f.After != 0 {
		q.add(`asset.id < ` + q.arg(f.After))
	}
}

// never is an id that no asset has.
const never = `9223372036854775807`

// micro is a moment for a comparison; the zero time is before all others.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Marks stand among the words and begin with a sign that no word has: what is
// missing of an asset is looked up as its words are, and is as quick to find
// whether few assets have the mark or nearly all.
const (
	markNoAlt    = "=no-alt"
	markNoCredit = "=no-credit"
	markTrashed  = "=trashed"
)

// marks are the marks that the filter asks for.
func (f AssetFilter) marks() (marks []string) {
	for mark, wanted := range map[string]bool{markNoAlt: f.NoAlt, markNoCredit: f.NoCredit, markTrashed: f.Trashed} {
		if wanted {
			marks = append(marks, mark)
		}
	}
	slices.Sort(marks) // one text for the same question
	return marks
}

// marksOf are the marks that an asset has.
func marksOf(a *stet.Asset) (marks []string) {
	if a.Alt == "" && a.Kind == stet.Image {
		marks = append(marks, markNoAlt)
	}
	if a.Credit == "" {
		marks = append(marks, markNoCredit)
	}
	if !a.TrashedAt.IsZero() {
		marks = append(marks, markTrashed)
	}
	return marks
}

// conditions gathers the WHERE of a query whose filters vary. Only arguments
// come from outside, never a piece of SQL.
type conditions struct {
	where []string
	args  []any
}

func (q *conditions) add(condition string) { q.where = append(q.where, condition) }

func (q *conditions) arg(v any) string {
	q.args = append(q.args, v)
	return fmt.Sprintf("$%d", len(q.args))
}

func (s *Store) commonWord(ctx context.Context, word string) (bool, error) {
	n, err := one(ctx, s, "word", func(r scanner) (n int, err error) { return n, r.Scan(&n) },
		`SELECT COUNT(*) FROM (SELECT 1 FROM asset_word WHERE word >= $1 AND word < $2 LIMIT $3) AS some_words`, word, word+"\U0010FFFF", rare+1)
	return n > rare, err
}

// maxWord bounds a word of the index; what is longer is cut, so that no
// engine's limit on the size of a key is met.
const maxWord = 60

// maxWords bounds how many words of an asset are found: a caption of a
// thousand is a mistake.
const maxWords = 500

// assetWords are the words of a text as they are stored, each once.
func assetWords(text string) []string {
	words := strings.FieldsFunc(Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if runes := []rune(w); len(runes) > maxWord {
			words[i] = string(runes[:maxWord])
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// describeAsset stores the words of an asset and the persons whom it shows.
func (s *Store) describeAsset(ctx context.Context, a *stet.Asset) error {
	if _, err := s.exec(ctx, `DELETE FROM asset_word WHERE asset_id = $1`, a.ID); err != nil {
		return err
	}
	words := assetWords(a.Words())
	if words = append(words[:min(len(words), maxWords)], marksOf(a)...); len(words) > 0 {
		var b strings.Builder
		args := []any{a.ID}
		for i, w := range words {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "($%d, $1)", len(args)+1)
			args = append(args, w)
		}
		if _, err := s.exec(ctx, `INSERT INTO asset_word (word, asset_id) VALUES `+b.String(), args...); err != nil {
			return err
		}
	}
	if _, err := s.exec(ctx, `DELETE FROM asset_person WHERE asset_id = $1`, a.ID); err != nil {
		return err
	}
	for _, p := range a.Shown {
		if _, err := s.exec(ctx, `INSERT INTO asset_person (person_id, asset_id) SELECT id, $1 FROM person WHERE public_id = $2 ON CONFLICT DO NOTHING`, a.ID, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// DescribeAsset stores the words of an asset that was kept before there were
// any, for doctor.
func (s *Store) DescribeAsset(ctx context.Context, a *stet.Asset) error {
	return s.describeAsset(ctx, a)
}

// CountAssetsWithoutWords returns how many assets no search can find.
func (s *Store) CountAssetsWithoutWords(ctx context.Context) (int, error) {
	return one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) },
		`SELECT COUNT(*) FROM asset WHERE NOT EXISTS (SELECT 1 FROM asset_word w WHERE w.asset_id = asset.id)`)
}

// AssetsToLookAt returns pictures of which nobody knows yet what they look
// like.
func (s *Store) AssetsToLookAt(ctx context.Context, limit int) ([]stet.Asset, error) {
	return list(ctx, s, s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE look IS NULL AND kind = 'image' ORDER BY id DESC LIMIT $1`, limit)
}

// SetLook stores what a picture looks like. The bits are kept as the number of
// the same bits with a sign, which is what both engines have.
func (s *Store) SetLook(ctx context.Context, asset int64, look uint64) error {
	_, err := s.exec(ctx, `UPDATE asset SET look = $2 WHERE id = $1`, asset, int64(look))
	return err
}

// Look is what a picture looks like.
type Look struct {
	Asset int64
	Hash  uint64
}

// Looks returns what every picture of the library looks like. Which of them
// look alike is arithmetic that no index of either engine knows; a hundred
// thousand rows of two numbers are read in some tens of milliseconds.
func (s *Store) Looks(ctx context.Context) ([]Look, error) {
	return list(ctx, s, func(r scanner) (l Look, err error) {
		var n int64
		err = r.Scan(&l.Asset, &n)
		l.Hash = uint64(n)
		return l, err
	}, `SELECT id, look FROM asset WHERE look IS NOT NULL AND trashed_at IS NULL AND replaced_by = 0`)
}

// AssetsToDestroy returns assets that have lain in the trash since before the
// moment and that no version shows which readers saw.
func (s *Store) AssetsToDestroy(ctx context.Context, before time.Time, limit int) ([]stet.Asset, error) {
	return list(ctx, s, s.scanAsset, `SELECT `+assetColumns+` FROM asset WHERE trashed_at < $1
		AND NOT EXISTS (SELECT 1 FROM asset_use u WHERE u.asset_id = asset.id) AND NOT EXISTS (SELECT 1 FROM path WHERE path.kind = 'asset' AND path.target = asset.id)
		AND NOT EXISTS (SELECT 1 FROM asset b WHERE b.replaced_by = asset.id)
		ORDER BY trashed_at LIMIT $2`, before.UnixMicro(), limit)
}
