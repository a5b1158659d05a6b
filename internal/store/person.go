// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"stet"
)

const personColumns = `id, public_id, kind, name, sort_name, slug, bio, portrait, roles, links, variants, author, source, created_at, updated_at`

func scanPerson(r scanner) (p stet.Person, err error) {
	var roles, links, variants string
	var author int
	var source sql.NullString
	var created, updated sql.NullInt64
	if err = r.Scan(&p.ID, &p.PublicID, &p.Kind, &p.Name, &p.SortName, &p.Slug, &p.Bio, &p.Portrait, &roles, &links, &variants, &author, &source, &created, &updated); err != nil {
		return p, err
	}
	p.Author, p.Source = author != 0, source.String
	p.CreatedAt, p.UpdatedAt = fromMicros(created), fromMicros(updated)
	for _, j := range []struct {
		text string
		dst  any
	}{{roles, &p.Roles}, {links, &p.Links}, {variants, &p.Variants}} {
		if j.text == "[]" { // as with most
			continue
		}
		if err := json.Unmarshal([]byte(j.text), j.dst); err != nil {
			return p, fmt.Errorf("person %d: %w", p.ID, err)
		}
	}
	return p, nil
}

// Person returns the person with the id.
func (s *Store) Person(ctx context.Context, id int64) (stet.Person, error) {
	return one(ctx, s, "person", scanPerson, `SELECT `+personColumns+` FROM person WHERE id = $1`, id)
}

// PersonByPublicID returns the person with the public id, or whoever remains of
// a merge in which that id went.
func (s *Store) PersonByPublicID(ctx context.Context, id string) (stet.Person, error) {
	p, err := one(ctx, s, "person", scanPerson, `SELECT `+personColumns+` FROM person WHERE public_id = $1`, id)
	if stet.ErrorCode(err) != stet.NotFound {
		return p, err
	}
	return one(ctx, s, "person", scanPerson, `SELECT `+personColumns+` FROM person WHERE id = (SELECT person_id FROM person_former WHERE public_id = $1)`, id)
}

// PersonBySlug returns the person with the slug.
func (s *Store) PersonBySlug(ctx context.Context, slug string) (stet.Person, error) {
	return one(ctx, s, "person", scanPerson, `SELECT `+personColumns+` FROM person WHERE slug = $1`, slug)
}

// PersonBySource returns the person that an import had from there, or whoever
// remains of a merge in which they went.
func (s *Store) PersonBySource(ctx context.Context, source string) (stet.Person, error) {
	p, err := one(ctx, s, "person", scanPerson, `SELECT `+personColumns+` FROM person WHERE source = $1`, source)
	if stet.ErrorCode(err) != stet.NotFound {
		return p, err
	}
	return one(ctx, s, "person", scanPerson, `SELECT `+personColumns+` FROM person WHERE id = (SELECT person_id FROM person_former WHERE source = $1 ORDER BY public_id LIMIT 1)`, source)
}

// People returns the persons with the ids, in no particular order; ids that
// do not exist are left out.
func (s *Store) People(ctx context.Context, ids ...int64) ([]stet.Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := inList(1, ids)
	return list(ctx, s, scanPerson, `SELECT `+personColumns+` FROM person WHERE id IN (`+in+`)`, args...)
}

// PeopleNamed returns the persons who have a spelling that folds like name.
func (s *Store) PeopleNamed(ctx context.Context, name string) ([]stet.Person, error) {
	return list(ctx, s, scanPerson, `SELECT `+personColumns+` FROM person
		WHERE id IN (SELECT person_id FROM person_name WHERE folded = $1) ORDER BY id`, FoldName(name))
}

// Authors returns the persons with bylines in order of their sort names, for
// the filter of the search page, at most limit.
func (s *Store) Authors(ctx context.Context, limit int) ([]stet.Person, error) {
	return list(ctx, s, scanPerson, `SELECT `+personColumns+` FROM person
		WHERE EXISTS (SELECT 1 FROM listing WHERE listing.kind = 'person' AND listing.ref = person.id)
		ORDER BY CASE WHEN sort_name <> '' THEN sort_name ELSE name END, id LIMIT $1 + 0`, limit)
}

// PersonsAfter returns persons in order of id, for sitemaps and exports.
func (s *Store) PersonsAfter(ctx context.Context, id int64, limit int) ([]stet.Person, error) {
	return list(ctx, s, scanPerson, `SELECT `+personColumns+` FROM person WHERE id > $1 ORDER BY id LIMIT $2 + 0`, id, limit)
}

// SuggestPeople returns persons one of whose names has a word that begins with
// the prefix.
func (s *Store) SuggestPeople(ctx context.Context, prefix string, limit int) ([]stet.Person, error) {
	p := likeEscape(FoldName(prefix))
	if p == "" {
		return nil, nil
	}
	return list(ctx, s, scanPerson, `SELECT `+personColumns+` FROM person
		WHERE id IN (SELECT person_id FROM person_name WHERE folded LIKE $1 ESCAPE '\' OR folded LIKE $2 ESCAPE '\')
		ORDER BY author DESC, name, id LIMIT $3 + 0`, p+"%", "% "+p+"%", limit)
}

// CreatePerson stores a new person and sets their id.
func (s *Store) CreatePerson(ctx context.Context, p *stet.Person) error {
	p.CreatedAt, p.UpdatedAt = s.Now(), s.Now()
	roles, links, variants := personJSON(p)
	id, err := s.insert(ctx, `INSERT INTO person (public_id, kind, name, sort_name, slug, bio, portrait, roles, links, variants, author, source, created_at, updated_at, sort_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		p.PublicID, p.Kind, p.Name, p.SortName, p.Slug, p.Bio, p.Portrait, roles, links, variants, flag(p.Author), null(p.Source), micros(p.CreatedAt), micros(p.UpdatedAt), sortKey(p))
	if err != nil {
		return err
	}
	p.ID = id
	if err := s.SetPersonUses(ctx, p); err != nil {
		return err
	}
	return s.setPersonNames(ctx, p)
}

// UpdatePerson stores what may change of a person. It expects that nobody has
// changed them since p was read, and says Conflict otherwise.
func (s *Store) UpdatePerson(ctx context.Context, p *stet.Person) error {
	was := p.UpdatedAt
	// The time tells one state from the next, even when the clock does not.
	if p.UpdatedAt = s.Now(); !p.UpdatedAt.After(was) {
		p.UpdatedAt = was.Add(time.Microsecond)
	}
	roles, links, variants := personJSON(p)
	n, err := s.exec(ctx, `UPDATE person SET kind = $2, name = $3, sort_name = $4, slug = $5, bio = $6, portrait = $7, roles = $8, links = $9,
		variants = $10, author = $11, updated_at = $12, sort_key = $13 WHERE id = $1 AND updated_at = $14`,
		p.ID, p.Kind, p.Name, p.SortName, p.Slug, p.Bio, p.Portrait, roles, links, variants, flag(p.Author), micros(p.UpdatedAt), sortKey(p), micros(was))
	if err != nil {
		return err
	}
	if n == 0 {
		return stet.Errorf(stet.Conflict, "somebody else has changed %s meanwhile", p.Name)
	}
	if err := s.SetPersonUses(ctx, p); err != nil {
		return err
	}
	return s.setPersonNames(ctx, p)
}

// sortKey is by what the list of people is ordered. It is never empty, which
// marks rows that are not filled yet: a name of nothing but marks folds to none.
func sortKey(p *stet.Person) string {
	name := p.SortName
	if name == "" {
		name = p.Name
	}
	if key := FoldName(name); key != "" {
		return key
	}
	return "\U0010FFFF"
}

func (s *Store) setPersonNames(ctx context.Context, p *stet.Person) error {
	if _, err := s.exec(ctx, `DELETE FROM person_name WHERE person_id = $1`, p.ID); err != nil {
		return err
	}
	for _, name := range append([]string{p.Name}, p.Variants...) {
		if _, err := s.exec(ctx, `INSERT INTO person_name (folded, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, FoldName(name), p.ID); err != nil {
			return err
		}
	}
	return nil
}

func personJSON(p *stet.Person) (roles, links, variants string) {
	return jsonList(p.Roles), jsonList(p.Links), jsonList(p.Variants)
}

// jsonList writes a slice as JSON, nil as the empty list.
func jsonList[T any](v []T) string {
	if len(v) == 0 {
		return "[]"
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and structs of strings always marshal
	}
	return string(b)
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// inList returns "$from, $from+1, ..." and the arguments for an IN list. The
// last one comes again until there are as many as a power of two, so that lists
// of all lengths make a dozen texts, which stay prepared, and not hundreds.
func inList[T any](from int, ids []T) (string, []any) {
	n := 1 << bits.Len(uint(len(ids)-1))
	b := make([]byte, 0, 5*n)
	args := make([]any, n)
	for i := range n {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(append(b, '$'), int64(from+i), 10)
		args[i] = ids[min(i, len(ids)-1)]
	}
	return string(b), args
}

// likeEscape makes a text literal within a LIKE pattern.
func likeEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
