// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"stet"
	"stet/internal/store"
)

// Term is a section, genre or topic: what stories are filed under, for what is
// done to all three alike.
type Term struct {
	Kind        stet.PathKind
	ID          int64
	PublicID    string
	ParentID    int64 // of sections
	Name        string
	Slug        string
	Description string
	Position    int      // of sections and genres; topics stand by name
	Was         []string // public ids of what was merged into it
}

func sectionTerm(s stet.Section) Term {
	return Term{stet.PathSection, s.ID, s.PublicID, s.ParentID, s.Name, s.Slug, s.Description, s.Position, s.Was}
}

func genreTerm(g stet.Genre) Term {
	return Term{stet.PathGenre, g.ID, g.PublicID, 0, g.Name, g.Slug, g.Description, g.Position, g.Was}
}

func topicTerm(t stet.Topic) Term {
	return Term{stet.PathTopic, t.ID, t.PublicID, 0, t.Name, t.Slug, t.Description, 0, t.Was}
}

func (t Term) section() stet.Section {
	return stet.Section{ID: t.ID, PublicID: t.PublicID, ParentID: t.ParentID, Name: t.Name, Slug: t.Slug, Description: t.Description, Position: t.Position, Was: t.Was}
}

// Revision names the state of the term: it is another one when anything in it
// is, but for its place among its siblings.
func (t Term) Revision() string {
	b, err := json.Marshal([]any{t.Name, t.Slug, t.Description, t.ParentID, t.Was})
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func (t Term) list() store.List { return store.List{Kind: store.ListKind(t.Kind), Ref: t.ID} }

// ids are all public ids under which stories may name the term.
func (t Term) ids() []string { return append([]string{t.PublicID}, t.Was...) }

func (t Term) validate() error {
	s := t.section() // the rules of all three are the same
	return s.Validate()
}

// Shelf is all terms of one kind, in order.
type Shelf struct {
	Kind  stet.PathKind
	Terms []Term
}

// ReadShelf returns the sections, the genres or the topics.
func ReadShelf(ctx context.Context, s *store.Store, kind stet.PathKind) (Shelf, error) {
	switch kind {
	case stet.PathSection:
		all, err := s.Sections(ctx)
		return shelve(kind, all, sectionTerm), err
	case stet.PathGenre:
		all, err := s.Genres(ctx)
		return shelve(kind, all, genreTerm), err
	}
	all, err := s.Topics(ctx)
	return shelve(kind, all, topicTerm), err
}

func shelve[T any](kind stet.PathKind, all []T, term func(T) Term) Shelf {
	s := Shelf{Kind: kind}
	for _, v := range all {
		s.Terms = append(s.Terms, term(v))
	}
	return s
}

// Find returns the term with the public id; what was merged away is not found.
func (s Shelf) Find(id string) (Term, error) {
	for _, t := range s.Terms {
		if t.PublicID == id {
			return t, nil
		}
	}
	return Term{}, stet.Errorf(stet.NotFound, "there is no such %s", s.Kind)
}

// Path returns the address of the term.
func (s Shelf) Path(t Term) string {
	if s.Kind == stet.PathSection {
		return s.tree().Path(t.ID)
	}
	return "/" + string(s.Kind) + "/" + t.Slug
}

// Above is the public id of the section above, empty at the top.
func (s Shelf) Above(t Term) string {
	for _, up := range s.Terms {
		if up.ID == t.ParentID && s.Kind == stet.PathSection {
			return up.PublicID
		}
	}
	return ""
}

// Below returns the terms directly below the parent; 0 asks for the top, which
// is all there is of genres and topics.
func (s Shelf) Below(parent int64) []Term {
	return slices.DeleteFunc(slices.Clone(s.Terms), func(t Term) bool { return t.ParentID != parent })
}

// Order returns all terms, each section after the one above it.
func (s Shelf) Order() (out []Term) {
	if s.Kind != stet.PathSection {
		return s.Terms
	}
	for _, t := range s.Below(0) {
		out = append(out, s.under(t)...)
	}
	return out
}

func (s Shelf) tree() stet.Sections {
	var out stet.Sections
	for _, t := range s.Terms {
		out = append(out, t.section())
	}
	return out
}

// with is the shelf after terms have changed.
func (s Shelf) with(changed ...Term) Shelf {
	out := Shelf{s.Kind, slices.Clone(s.Terms)}
	for _, c := range changed {
		i := slices.IndexFunc(out.Terms, func(t Term) bool { return t.ID == c.ID })
		out.Terms[i] = c
	}
	return out
}

// under returns the term and all that stands below it, outermost first.
func (s Shelf) under(t Term) []Term {
	out := []Term{t}
	if s.Kind != stet.PathSection {
		return out
	}
	for _, b := range s.Below(t.ID) {
		out = append(out, s.under(b)...)
	}
	return out
}

func (r *Room) storeTerm(ctx context.Context, t Term) error {
	switch t.Kind {
	case stet.PathSection:
		s := t.section()
		return r.store.UpdateSection(ctx, &s)
	case stet.PathGenre:
		return r.store.UpdateGenre(ctx, &stet.Genre{ID: t.ID, PublicID: t.PublicID, Name: t.Name, Slug: t.Slug, Description: t.Description, Position: t.Position, Was: t.Was})
	}
	return r.store.UpdateTopic(ctx, &stet.Topic{ID: t.ID, PublicID: t.PublicID, Name: t.Name, Slug: t.Slug, Description: t.Description, Was: t.Was})
}

func (r *Room) noteTerm(ctx context.Context, staff stet.Staff, act string, t Term, details ...string) error {
	return r.note(ctx, staff, act, string(t.Kind), t.PublicID, t.Name, details...)
}

// TermChange is what is changed of a term. A nil field stays as it is.
type TermChange struct {
	Name, Slug, Description *string
	Parent                  *string // public id of the section above, empty for the top
}

// onShelf is the frame of every act on one term. Sections are changed by those
// alone to whom they belong.
func (r *Room) onShelf(ctx context.Context, staff stet.Staff, kind stet.PathKind, id string, f func(r *Room, s Shelf, t Term) error) error {
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) error {
		s, err := ReadShelf(ctx, r.store, kind)
		if err != nil {
			return err
		}
		t, err := s.Find(id)
		if err != nil {
			return err
		}
		if err := r.permitTerm(ctx, staff, t); err != nil {
			return err
		}
		return f(r, s, t)
	})
}

func (r *Room) permitTerm(ctx context.Context, staff stet.Staff, t Term) error {
	if t.Kind != stet.PathSection {
		return nil
	}
	return r.permitSection(ctx, staff, KeepTaxonomy, t.PublicID)
}

// ChangeTerm changes a section, genre or topic, if it still is what it was at
// the revision. Old addresses lead to the new one; those of the stories below
// follow in a job.
func (r *Room) ChangeTerm(ctx context.Context, staff stet.Staff, kind stet.PathKind, id, revision string, c TermChange) error {
	return r.onShelf(ctx, staff, kind, id, func(r *Room, s Shelf, was Term) error {
		if was.Revision() != revision {
			return stet.Errorf(stet.Conflict, "somebody else has changed this %s meanwhile", kind)
		}
		now := was
		if c.Name != nil {
			now.Name = strings.Join(strings.Fields(*c.Name), " ")
		}
		if c.Slug != nil {
			now.Slug = *c.Slug
		}
		if c.Description != nil {
			now.Description = strings.TrimSpace(*c.Description)
		}
		if c.Parent != nil {
			above, err := r.parentOf(ctx, staff, s, *c.Parent)
			if err != nil {
				return err
			}
			if now.ParentID = above.ID; above.ID != was.ParentID {
				now.Position = len(s.Below(above.ID)) + 1 // at the end
			}
		}
		if now.Revision() == was.Revision() {
			return nil
		}
		return r.replaceTerm(ctx, staff, s, was, now)
	})
}

func (r *Room) parentOf(ctx context.Context, staff stet.Staff, s Shelf, id string) (Term, error) {
	if s.Kind != stet.PathSection && id != "" {
		return Term{}, stet.Errorf(stet.Invalid, "only sections stand below one another")
	}
	if s.Kind != stet.PathSection {
		return Term{}, nil
	}
	if err := r.permitSection(ctx, staff, KeepTaxonomy, id); err != nil {
		return Term{}, err
	}
	if id == "" {
		return Term{}, nil
	}
	above, err := s.Find(id)
	if err != nil {
		return Term{}, stet.Errorf(stet.Invalid, "the parent section does not exist")
	}
	return above, nil
}

func (r *Room) replaceTerm(ctx context.Context, staff stet.Staff, s Shelf, was, now Term) error {
	if err := now.validate(); err != nil {
		return err
	}
	if now.Slug != was.Slug && !stet.ValidSlug(now.Slug) {
		return stet.Errorf(stet.Invalid, "the slug %q cannot stand in an address", now.Slug)
	}
	moved := now.Slug != was.Slug || now.ParentID != was.ParentID
	if now.ParentID != was.ParentID {
		if err := s.tree().CheckParent(now.ID, now.ParentID); err != nil {
			return err
		}
	}
	var details []string
	if now.Name != was.Name {
		details = append(details, "was "+was.Name)
	}
	if moved {
		details = append(details, "from "+s.Path(was)+" to "+s.with(now).Path(now))
		if err := r.resettle(ctx, s, now); err != nil {
			return err
		}
	}
	if err := r.storeTerm(ctx, now); err != nil {
		return err
	}
	r.changed(TagTaxonomy)
	if err := r.refileLater(ctx, was, moved && now.Kind == stet.PathSection, now.Name != was.Name); err != nil {
		return err
	}
	return r.noteTerm(ctx, staff, "changed", now, details...)
}

// resettle claims the new addresses of a term and of all that stands below it,
// and puts its stories into the lists of the sections that are now above.
func (r *Room) resettle(ctx context.Context, s Shelf, now Term) error {
	after := s.with(now)
	folder, _ := strings.CutSuffix(after.Path(now), "/"+now.Slug)
	if err := checkOwn(folder, now.Slug); err != nil {
		return err
	}
	for _, t := range after.under(now) {
		if err := r.claim(ctx, after.Path(t), t.Kind, t.ID); err != nil {
			return err
		}
	}
	if now.Kind != stet.PathSection {
		return nil
	}
	return r.shareUp(ctx, now.list(), after.tree().Line(now.ParentID))
}

// shareUp puts the stories of a list into those of the sections, at once, so
// that no list lacks a story while the job is at work.
func (r *Room) shareUp(ctx context.Context, from store.List, line stet.Sections) error {
	for _, up := range line {
		to := store.List{Kind: store.ListSection, Ref: up.ID}
		if err := r.store.ShareList(ctx, from, to); err != nil {
			return err
		}
		r.changed(to.Tag())
	}
	return nil
}

// OrderTerms puts the terms below a section (or at the top, with an empty
// parent) in order. The ids must be all that stand there; those that stood
// elsewhere are moved there.
func (r *Room) OrderTerms(ctx context.Context, staff stet.Staff, kind stet.PathKind, parent string, ids []string) error {
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) error {
		if kind == stet.PathTopic {
			return stet.Errorf(stet.Invalid, "topics stand in the order of their names")
		}
		s, err := ReadShelf(ctx, r.store, kind)
		if err != nil {
			return err
		}
		above, err := r.parentOf(ctx, staff, s, parent)
		if err != nil {
			return err
		}
		for _, t := range s.Below(above.ID) {
			if !slices.Contains(ids, t.PublicID) {
				return stet.Errorf(stet.Conflict, "somebody else has changed the order meanwhile")
			}
		}
		for i, id := range ids {
			// Each is looked up anew: a move before it may have changed the tree.
			if s, err = ReadShelf(ctx, r.store, kind); err != nil {
				return err
			}
			if err := r.placeTerm(ctx, staff, s, id, above, i+1); err != nil {
				return err
			}
		}
		r.changed(TagTaxonomy)
		return nil
	})
}

func (r *Room) placeTerm(ctx context.Context, staff stet.Staff, s Shelf, id string, above Term, position int) error {
	t, err := s.Find(id)
	if err != nil {
		return err
	}
	was := t
	t.Position, t.ParentID = position, above.ID
	if was.ParentID == t.ParentID {
		return r.storeTerm(ctx, t)
	}
	if err := r.permitTerm(ctx, staff, t); err != nil {
		return err
	}
	return r.replaceTerm(ctx, staff, s, was, t)
}

// DropTerm removes a section, genre or topic that nothing is filed under. Where
// a story once stood, an address must go on leading: that is merged instead.
func (r *Room) DropTerm(ctx context.Context, staff stet.Staff, kind stet.PathKind, id string) error {
	return r.onShelf(ctx, staff, kind, id, func(r *Room, s Shelf, t Term) error {
		if err := r.checkUnused(ctx, s, t); err != nil {
			return err
		}
		if kind == stet.PathTopic {
			if err := r.store.MoveStatementTopic(ctx, t.ID, 0); err != nil {
				return err
			}
		}
		if err := r.store.DropTerm(ctx, kind, t.ID); err != nil {
			return err
		}
		if err := r.store.DropPaths(ctx, kind, t.ID); err != nil {
			return err
		}
		r.changed(TagTaxonomy)
		return r.noteTerm(ctx, staff, "deleted", t)
	})
}

func (r *Room) checkUnused(ctx context.Context, s Shelf, t Term) error {
	used := stet.Errorf(stet.Conflict, "stories are filed under %s; merge it into another %s instead", t.Name, t.Kind)
	n, err := r.store.CountStories(ctx, t.list())
	if err != nil {
		return err
	}
	copies, err := r.store.CopiesIn(ctx, t.Kind, t.PublicID)
	if err != nil {
		return err
	}
	named, err := r.store.Named(ctx, t.ids()...)
	if err != nil {
		return err
	}
	if n > 0 || len(copies) > 0 || named {
		return used
	}
	if t.Kind != stet.PathSection {
		return nil
	}
	if len(s.Below(t.ID)) > 0 {
		return stet.Errorf(stet.Conflict, "there are sections below %s", t.Name)
	}
	paths, err := r.store.PathsTo(ctx, t.Kind, t.ID)
	if err != nil {
		return err
	}
	for _, p := range paths {
		if stood, err := r.store.StoodBelow(ctx, p.Path); err != nil || stood {
			return firstError(err, stet.Errorf(stet.Conflict, "stories once stood below %s, and their addresses must go on leading to them; merge it into another section instead", p.Path))
		}
	}
	return r.checkNoAccount(ctx, t)
}

// checkNoAccount refuses to take the section away to which an account is
// limited: without a limit it could do more than before.
func (r *Room) checkNoAccount(ctx context.Context, t Term) error {
	all, err := r.store.Staff(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if slices.Contains(a.Sections, t.PublicID) {
			return stet.Errorf(stet.Conflict, "the account of %s is limited to %s", a.Name, t.Name)
		}
	}
	return nil
}

func firstError(err, or error) error {
	if err != nil {
		return err
	}
	return or
}
