// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"strings"

	"github.com/gosimple/slug"

	"stet"
)

// maxSlugWords keeps addresses readable: a headline of thirty words does not
// become an address of thirty words.
const maxSlug = 80

// Slug makes one segment of an address out of a text. The library writes every
// script in Latin letters; what is left empty becomes "story".
func Slug(text, language string) string {
	// The library reads French apostrophes as part of the word ("leurope").
	text = strings.NewReplacer("’", " ", "'", " ", "ʼ", " ").Replace(text)
	base, _, _ := strings.Cut(language, "-")
	s := strings.Trim(slug.MakeLang(text, base), "-_")
	if len(s) > maxSlug {
		s = s[:maxSlug]
		if i := strings.LastIndexByte(s, '-'); i > maxSlug/2 {
			s = s[:i]
		}
		s = strings.Trim(s, "-_")
	}
	if s == "" {
		return "story"
	}
	return s
}

// freePath returns base, or base-2, base-3 ... below the folder, whichever is
// the first that nothing stands at or that leads to the target already.
func (r *Room) freePath(ctx context.Context, folder, base string, kind stet.PathKind, target int64) (slug string, err error) {
	for n := 1; ; n++ {
		s := base
		if n > 1 {
			s = fmt.Sprintf("%s-%d", base, n)
		}
		if checkOwn(folder, s) != nil {
			continue
		}
		p, err := r.store.Path(ctx, folder+"/"+s)
		if stet.ErrorCode(err) == stet.NotFound {
			return s, nil
		}
		if err != nil {
			return "", err
		}
		if target != 0 && p.Kind == kind && p.Target == target {
			return s, nil
		}
	}
}

// checkOwn refuses a slug whose address is the program's: some at the top, and
// "feed" everywhere, since it asks for the feed of what stands above it.
func checkOwn(folder, slug string) error {
	if slug == "feed" || folder == "" && stet.Reserved(slug) {
		return stet.Errorf(stet.Invalid, "the address %s/%s is the program's own", folder, slug)
	}
	return nil
}

// claim makes the address lead to the target. One that belongs to something
// else is a Conflict: an address that was once public is never taken away.
func (r *Room) claim(ctx context.Context, path string, kind stet.PathKind, target int64) error {
	if len(path) > stet.MaxPath {
		return stet.Errorf(stet.Invalid, "the address is longer than %d bytes", stet.MaxPath)
	}
	// Most addresses are new, so that asking first would be in vain.
	added, err := r.store.ClaimPath(ctx, stet.Path{Path: path, Kind: kind, Target: target})
	if err != nil || added {
		return err
	}
	p, err := r.store.Path(ctx, path)
	if err != nil {
		return err
	}
	if p.Kind == kind && p.Target == target {
		return nil
	}
	return stet.Errorf(stet.Conflict, "the address %s belongs to another %s already", path, p.Kind)
}

// AddOldPath makes an address of the magazine's former life lead to one of its
// things. It reports false when the address is taken by something else, which
// then keeps it.
func (r *Room) AddOldPath(ctx context.Context, staff stet.Staff, path string, kind stet.PathKind, target int64) (added bool, err error) {
	clean, ok := stet.CleanPath(path)
	if !ok || clean == "/" {
		return false, nil
	}
	err = r.act(ctx, staff, KeepTaxonomy, func(r *Room) error { return r.claim(ctx, clean, kind, target) })
	if stet.ErrorCode(err) == stet.Conflict {
		return false, nil
	}
	return err == nil, err
}
