// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"fmt"
	"strings"

	"stet"
)

func scanPath(r scanner) (p stet.Path, err error) {
	return p, r.Scan(&p.Path, &p.Kind, &p.Target, &p.To, &p.MadeBy)
}

// Path returns what stands at the address.
func (s *Store) Path(ctx context.Context, path string) (stet.Path, error) {
	return one(ctx, s, "page", scanPath, `SELECT path, kind, target, redirect, made_by FROM path WHERE path = $1`, path)
}

// PathsTo returns every address that shows, or leads to, the target.
func (s *Store) PathsTo(ctx context.Context, kind stet.PathKind, target int64) ([]stet.Path, error) {
	return list(ctx, s, scanPath, `SELECT path, kind, target, redirect, made_by FROM path WHERE kind = $1 AND target = $2 ORDER BY path`, kind, target)
}

// AddPath stores a new address; one that is taken already is a Conflict.
func (s *Store) AddPath(ctx context.Context, p stet.Path) error {
	_, err := s.exec(ctx, `INSERT INTO path (path, kind, target, redirect, created_at, made_by) VALUES ($1, $2, $3, $4, $5, $6)`,
		p.Path, p.Kind, p.Target, p.To, s.Now().UnixMicro(), p.MadeBy)
	return err
}

// ClaimPath stores a new address and reports true, or false when it is taken
// already, by whatever.
func (s *Store) ClaimPath(ctx context.Context, p stet.Path) (bool, error) {
	n, err := s.exec(ctx, `INSERT INTO path (path, kind, target, redirect, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (path) DO NOTHING`,
		p.Path, p.Kind, p.Target, p.To, s.Now().UnixMicro())
	return n == 1, err
}

// SetPath changes what stands at an address that exists already.
func (s *Store) SetPath(ctx context.Context, p stet.Path) error {
	_, err := s.exec(ctx, `UPDATE path SET kind = $2, target = $3, redirect = $4 WHERE path = $1`, p.Path, p.Kind, p.Target, p.To)
	return err
}

// PathsUnder returns the addresses of articles below a folder, for a section
// that moves.
func (s *Store) PathsUnder(ctx context.Context, prefix string) ([]stet.Path, error) {
	return list(ctx, s, scanPath, `SELECT path, kind, target, redirect, made_by FROM path WHERE path LIKE $1 ESCAPE '\' ORDER BY path`, likeEscape(prefix)+"/%")
}

// PathsAfter returns addresses in order, for exports and static copies.
func (s *Store) PathsAfter(ctx context.Context, after string, limit int) ([]stet.Path, error) {
	return list(ctx, s, scanPath, `SELECT path, kind, target, redirect, made_by FROM path WHERE path > $1 ORDER BY path LIMIT $2`, after, limit)
}

// PathFilter narrows a list of addresses.
type PathFilter struct {
	Words  string // part of the address, or of where a redirect leads; capitals do not matter
	Kind   stet.PathKind
	ByHand bool   // only redirects that somebody made at the desk
	After  string // the last address of the page before
	Limit  int
}

// FindPaths returns addresses in order.
func (s *Store) FindPaths(ctx context.Context, f PathFilter) ([]stet.Path, error) {
	where, args := `path > $1`, []any{f.After, f.Limit}
	and := func(condition string, value any) {
		args = append(args, value)
		where += fmt.Sprintf(" AND "+condition, len(args))
	}
	if f.Words != "" {
		and(`(lower(path) LIKE $%[1]d ESCAPE '\' OR lower(redirect) LIKE $%[1]d ESCAPE '\')`, "%"+likeEscape(strings.ToLower(f.Words))+"%")
	}
	if f.Kind != "" {
		and(`kind = $%d`, f.Kind)
	}
	if f.ByHand {
		where += ` AND made_by <> 0`
	}
	return list(ctx, s, scanPath, `SELECT path, kind, target, redirect, made_by FROM path WHERE `+where+` ORDER BY path LIMIT $2`, args...)
}

// DropRedirect takes a redirect away that somebody made at the desk, and
// reports whether there was one.
func (s *Store) DropRedirect(ctx context.Context, path string) (bool, error) {
	n, err := s.exec(ctx, `DELETE FROM path WHERE path = $1 AND kind = 'redirect' AND made_by <> 0`, path)
	return n == 1, err
}
