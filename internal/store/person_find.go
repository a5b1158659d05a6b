// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"strings"

	"stet"
)

// PersonFilter says which people a list of the desk shows; fields that are
// empty do not matter.
type PersonFilter struct {
	Words  string // each is the beginning of a word of the name or of a variant
	Kind   stet.PersonKind
	Author *bool
	After  int64 // the person after whom a page begins
	Limit  int
}

// FindPeople returns people in the order of their sort names. With words those
// who write come first: whoever searches mostly looks for a byline.
func (s *Store) FindPeople(ctx context.Context, f PersonFilter) ([]stet.Person, error) {
	q := &conditions{where: []string{"1 = 1"}}
	order := "sort_key, id"
	for _, w := range strings.Fields(FoldName(f.Words)) {
		w = likeEscape(w)
		q.add(`id IN (SELECT person_id FROM person_name WHERE folded LIKE ` + q.arg(w+"%") + ` ESCAPE '\' OR folded LIKE ` + q.arg("% "+w+"%") + ` ESCAPE '\')`)
		order = "1 - author, sort_key, id"
	}
	if f.Kind != "" {
		q.add(`kind = ` + q.arg(string(f.Kind)))
	}
	if f.Author != nil {
		q.add(`author = ` + q.arg(flag(*f.Author)))
	}
	if f.After != 0 {
		q.add(`(` + order + `) > (SELECT ` + order + ` FROM person WHERE id = ` + q.arg(f.After) + `)`)
	}
	limit := q.arg(f.Limit)
	return list(ctx, s, scanPerson, `SELECT `+personColumns+` FROM person WHERE `+strings.Join(q.where, " AND ")+` ORDER BY `+order+` LIMIT `+limit+` + 0`, q.args...)
}

// PersonCounts is how often a person stands in a byline.
type PersonCounts struct {
	Stories int // that readers see
	Copies  int // working copies, those of published stories included
}

// CountBylines returns in how many bylines each of the people stands, by id.
func (s *Store) CountBylines(ctx context.Context, people ...stet.Person) (map[int64]PersonCounts, error) {
	out := make(map[int64]PersonCounts, len(people))
	if len(people) == 0 {
		return out, nil
	}
	ids, refs := make([]int64, len(people)), make([]string, len(people))
	byRef := make(map[string]int64, len(people))
	for i, p := range people {
		ids[i], refs[i], byRef[p.PublicID] = p.ID, p.PublicID, p.ID
	}
	type count struct {
		ref string
		id  int64
		n   int
	}
	in, args := inList(1, ids)
	counts, err := list(ctx, s, func(r scanner) (c count, err error) { return c, r.Scan(&c.id, &c.n) },
		`SELECT ref, COUNT(*) FROM listing WHERE kind = 'person' AND ref IN (`+in+`) GROUP BY ref`, args...)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		out[c.id] = PersonCounts{Stories: c.n}
	}
	in, args = inList(1, refs)
	counts, err = list(ctx, s, func(r scanner) (c count, err error) { return c, r.Scan(&c.ref, &c.n) },
		`SELECT copy_ref.ref, COUNT(*) FROM copy_ref JOIN copy ON copy.article_id = copy_ref.article_id
			WHERE copy_ref.kind = 'person' AND copy.trashed = 0 AND copy_ref.ref IN (`+in+`) GROUP BY copy_ref.ref`, args...)
	for _, c := range counts {
		v := out[byRef[c.ref]]
		v.Copies = c.n
		out[byRef[c.ref]] = v
	}
	return out, err
}

// PersonSpelling is one folded spelling of a person's name.
type PersonSpelling struct {
	Person int64
	Folded string
}

// PersonSpellings returns the spellings that are from shortest to longest
// characters long: all that a spelling of about that length can be mistaken for.
func (s *Store) PersonSpellings(ctx context.Context, shortest, longest int) ([]PersonSpelling, error) {
	return list(ctx, s, func(r scanner) (v PersonSpelling, err error) { return v, r.Scan(&v.Person, &v.Folded) },
		`SELECT person_id, folded FROM person_name WHERE length(folded) BETWEEN $1 AND $2 ORDER BY person_id, folded`, shortest, longest)
}

// fillSortKeys orders the people of a database that is older than the order.
func (s *Store) fillSortKeys(ctx context.Context) error {
	for {
		people, err := list(ctx, s, scanPerson, `SELECT `+personColumns+` FROM person WHERE sort_key = '' ORDER BY id LIMIT 500`)
		if err != nil || len(people) == 0 {
			return err
		}
		err = s.Tx(ctx, func(tx *Store) error {
			for _, p := range people {
				if _, err := tx.exec(ctx, `UPDATE person SET sort_key = $2 WHERE id = $1`, p.ID, sortKey(&p)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
