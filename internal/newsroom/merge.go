// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"slices"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/store"
)

// Merger is what merging one term into another would do.
type Merger struct {
	Stories int          `json:"stories" doc:"Published stories that will be filed under the other."`
	Copies  int          `json:"copies" doc:"Working copies that will name the other; those of published stories among them."`
	Leads   []MergedPath `json:"leads" doc:"Addresses that will lead elsewhere. Those of stories below them follow."`
	Moved   []string     `json:"moved" doc:"Names of the sections that will stand below the other."`
	Staff   []string     `json:"staff" doc:"Names of accounts that are limited to it and will be limited to the other."`
}

// MergedPath is an address and where it will lead.
type MergedPath struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Merger describes what MergeTerms would do.
func (r *Room) Merger(ctx context.Context, kind stet.PathKind, id, into string) (m Merger, err error) {
	s, err := ReadShelf(ctx, r.store, kind)
	if err != nil {
		return m, err
	}
	from, to, err := s.pair(id, into)
	if err != nil {
		return m, err
	}
	m = Merger{Leads: []MergedPath{}, Moved: []string{}, Staff: []string{}}
	if m.Stories, err = r.store.CountStories(ctx, from.list()); err != nil {
		return m, err
	}
	copies, err := r.store.CopiesIn(ctx, kind, from.PublicID)
	if err != nil {
		return m, err
	}
	m.Copies = len(copies)
	after := s
	for _, b := range s.children(from) {
		m.Moved = append(m.Moved, b.Name)
		b.ParentID = to.ID
		after = after.with(b)
	}
	m.Leads = append(m.Leads, MergedPath{s.Path(from), s.Path(to)})
	for _, b := range s.under(from)[1:] {
		m.Leads = append(m.Leads, MergedPath{s.Path(b), after.Path(b)})
	}
	if kind != stet.PathSection {
		return m, nil
	}
	all, err := r.store.Staff(ctx)
	for _, a := range all {
		if slices.Contains(a.Sections, from.PublicID) {
			m.Staff = append(m.Staff, a.Name)
		}
	}
	return m, err
}

// children are what stands directly below a section; nothing stands below
// genres and topics.
func (s Shelf) children(t Term) []Term {
	if s.Kind != stet.PathSection {
		return nil
	}
	return s.Below(t.ID)
}

func (s Shelf) pair(id, into string) (from, to Term, err error) {
	if from, err = s.Find(id); err != nil {
		return from, to, err
	}
	if to, err = s.Find(into); err != nil {
		return from, to, stet.Errorf(stet.Invalid, "the other %s does not exist", s.Kind)
	}
	for _, t := range s.under(from) {
		if t.ID == to.ID {
			return from, to, stet.Errorf(stet.Invalid, "a %s cannot be merged into itself or into what stands below it", s.Kind)
		}
	}
	return from, to, nil
}

// MergeTerms files under another what was filed under a section, genre or
// topic, which is then no more; its addresses lead to the other one. Lists are
// right at once; the addresses of stories and the working copies follow in a
// job. Versions stay as they are: the other one answers to the old id for ever.
//
// Tens of thousands of stories are handed over before the act itself, some at a
// time, so that nobody waits for long for the database.
func (r *Room) MergeTerms(ctx context.Context, staff stet.Staff, kind stet.PathKind, id, into, revision string) error {
	if err := r.handOverMany(ctx, staff, kind, id, into, revision); err != nil {
		return err
	}
	return r.onShelf(ctx, staff, kind, id, func(r *Room, s Shelf, from Term) error {
		to, err := r.mayMerge(ctx, staff, s, from, into, revision)
		if err != nil {
			return err
		}
		for _, b := range s.children(from) {
			if err := r.moveBelow(ctx, b.PublicID, to); err != nil {
				return err
			}
		}
		if err := r.handOver(ctx, from, to); err != nil {
			return err
		}
		to.Was = append(append(slices.Clone(to.Was), from.PublicID), from.Was...)
		if err := r.store.DropTerm(ctx, kind, from.ID); err != nil {
			return err
		}
		if err := r.storeTerm(ctx, to); err != nil {
			return err
		}
		r.changed(TagTaxonomy)
		if err := r.refileLater(ctx, from, true, true); err != nil {
			return err
		}
		return r.noteTerm(ctx, staff, "merged", from, "into "+to.Name)
	})
}

// mayMerge returns what the term is to be merged into, when it may be.
func (r *Room) mayMerge(ctx context.Context, staff stet.Staff, s Shelf, from Term, into, revision string) (to Term, err error) {
	if _, to, err = s.pair(from.PublicID, into); err != nil {
		return to, err
	}
	if from.Revision() != revision {
		return to, stet.Errorf(stet.Conflict, "somebody else has changed this %s meanwhile", from.Kind)
	}
	return to, r.permitTerm(ctx, staff, to)
}

// handedOver is how many stories change hands in one transaction.
const handedOver = 1000

// handOverMany puts the stories of a large term into the lists of the other, in
// transactions of their own. Should the program be killed, or the merge be
// refused after all, a job takes them out again a while later: it files each as
// its version asks for.
func (r *Room) handOverMany(ctx context.Context, staff stet.Staff, kind stet.PathKind, id, into, revision string) error {
	var from, to Term
	var lists []store.List
	err := r.onShelf(ctx, staff, kind, id, func(r *Room, s Shelf, t Term) (err error) {
		from = t
		if to, err = r.mayMerge(ctx, staff, s, from, into, revision); err != nil {
			return err
		}
		n, err := r.store.CountStories(ctx, from.list())
		if err != nil || n <= handedOver {
			return err
		}
		lists = []store.List{to.list()}
		if kind == stet.PathSection {
			for _, up := range s.tree().Line(to.ParentID) {
				lists = append(lists, store.List{Kind: store.ListSection, Ref: up.ID})
			}
		}
		args := RefileArgs{Kind: kind, List: from.ID}
		return r.enqueue(ctx, jobs.Job{Kind: JobRefile, Args: args, RunAt: r.store.Now().Add(10 * time.Minute), UniqueKey: fmt.Sprintf("refile-after:%s:%d", kind, from.ID)})
	})
	for _, list := range lists {
		for n := handedOver; n > 0 && err == nil; {
			err = r.Batch(ctx, func(r *Room) (err error) {
				n, err = r.store.ShareSome(ctx, from.list(), list, handedOver)
				return err
			})
		}
	}
	for n := handedOver; n > 0 && err == nil && lists != nil; {
		err = r.Batch(ctx, func(r *Room) (err error) {
			n, err = r.store.GiveSome(ctx, from.list(), to.list(), handedOver)
			return err
		})
	}
	return err
}

// moveBelow moves a section together with the one that is merged.
func (r *Room) moveBelow(ctx context.Context, id string, to Term) error {
	s, err := ReadShelf(ctx, r.store, stet.PathSection)
	if err != nil {
		return err
	}
	t, err := s.Find(id)
	if err != nil {
		return err
	}
	if err := s.tree().CheckParent(t.ID, to.ID); err != nil {
		return err
	}
	t.ParentID, t.Position = to.ID, len(s.Below(to.ID))+1
	if err := r.resettle(ctx, s, t); err != nil {
		return err
	}
	if err := r.storeTerm(ctx, t); err != nil {
		return err
	}
	return r.refileLater(ctx, t, true, false)
}

// handOver gives everything that hangs on one term to another.
func (r *Room) handOver(ctx context.Context, from, to Term) error {
	if err := r.store.LeadOn(ctx, from.Kind, from.ID, to.ID); err != nil {
		return err
	}
	// A filter of the list is called as the kind is: section, genre, topic.
	if err := r.leadViews(ctx, string(from.Kind), from.PublicID, to.PublicID); err != nil {
		return err
	}
	if err := r.store.GiveLive(ctx, from.list(), to.list()); err != nil {
		return err
	}
	if err := r.store.ShareList(ctx, from.list(), to.list()); err != nil {
		return err
	}
	r.changed(to.list().Tag())
	if from.Kind == stet.PathTopic {
		return r.store.MoveStatementTopic(ctx, from.ID, to.ID)
	}
	if from.Kind != stet.PathSection {
		return nil
	}
	all, err := r.store.Sections(ctx)
	if err != nil {
		return err
	}
	if err := r.shareUp(ctx, from.list(), all.Line(to.ParentID)); err != nil {
		return err
	}
	if err := r.limitTo(ctx, from, to); err != nil {
		return err
	}
	return r.forgetFront(ctx, from)
}

// limitTo limits those accounts to a section that were limited to the other.
func (r *Room) limitTo(ctx context.Context, from, to Term) error {
	all, err := r.store.Staff(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		i := slices.Index(a.Sections, from.PublicID)
		if i < 0 {
			continue
		}
		if slices.Contains(a.Sections, to.PublicID) {
			a.Sections = slices.Delete(a.Sections, i, i+1)
		} else {
			a.Sections[i] = to.PublicID
		}
		if err := r.store.UpdateStaff(ctx, &a); err != nil {
			return err
		}
	}
	return nil
}

// forgetFront takes the front of a section that is no more off the schedule and
// drops its draft; what readers saw stays in the history.
func (r *Room) forgetFront(ctx context.Context, t Term) error {
	scheduled, err := r.store.Fronts(ctx, stet.FrontScheduled)
	if err != nil {
		return err
	}
	for _, a := range scheduled {
		if a.Place != t.PublicID {
			continue
		}
		a.State = stet.FrontCancelled
		if err := r.store.UpdateFront(ctx, &a); err != nil {
			return err
		}
	}
	return r.store.DropFrontDraft(ctx, t.PublicID)
}
