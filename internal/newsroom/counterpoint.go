// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"slices"
	"time"

	"stet"
	"stet/internal/record"
	"stet/internal/store"
)

// SetSideBySide makes a counterpoint of two statements; a pair that was
// dismissed before is one again.
func (r *Room) SetSideBySide(ctx context.Context, staff stet.Staff, first, second string, label stet.CounterpointLabel, note string) (c stet.Counterpoint, err error) {
	err = r.act(ctx, staff, SetBeside, func(r *Room) error {
		if c, err = r.pair(ctx, first, second); err != nil {
			return err
		}
		if c.ID != 0 && !c.Dismissed {
			return stet.Errorf(stet.Conflict, "the two are set side by side already")
		}
		c.Label, c.Note, c.Dismissed, c.MadeBy = label, note, false, staff.ID
		return r.putCounterpoint(ctx, staff, "set side by side", &c)
	})
	return c, err
}

// pair is the counterpoint of two statements, stored or new, in this order.
func (r *Room) pair(ctx context.Context, first, second string) (c stet.Counterpoint, err error) {
	var ids [2]int64
	for i, id := range []string{first, second} {
		s, err := r.store.StatementByPublicID(ctx, id)
		if stet.ErrorCode(err) == stet.NotFound {
			return c, stet.Errorf(stet.Invalid, "one of the two statements does not exist")
		}
		if err != nil {
			return c, err
		}
		ids[i] = s.ID
	}
	c, err = r.store.CounterpointOf(ctx, ids[0], ids[1])
	if stet.ErrorCode(err) == stet.NotFound {
		c, err = stet.Counterpoint{PublicID: stet.NewID()}, nil
	}
	c.FirstID, c.SecondID = ids[0], ids[1]
	return c, err
}

func (r *Room) putCounterpoint(ctx context.Context, staff stet.Staff, act string, c *stet.Counterpoint) error {
	if err := c.Validate(); err != nil {
		return err
	}
	put := r.store.AddCounterpoint
	if c.ID != 0 {
		put = r.store.UpdateCounterpoint
	}
	if err := put(ctx, c); err != nil {
		return err
	}
	return r.tellCounterpoint(ctx, staff, act, c)
}

// tellCounterpoint announces both statements, whose pages and cards show the pair.
func (r *Room) tellCounterpoint(ctx context.Context, staff stet.Staff, act string, c *stet.Counterpoint) error {
	both, err := r.store.Statements(ctx, c.FirstID, c.SecondID)
	if err != nil {
		return err
	}
	label := ""
	for i := range both {
		r.stated(&both[i])
		if err := r.requoted(ctx, both[i].ID); err != nil {
			return err
		}
		if both[i].ID == c.FirstID {
			label = both[i].Short(120)
		}
	}
	r.changed(CounterpointTag(c.ID))
	return r.note(ctx, staff, act, "counterpoint", c.PublicID, label)
}

// CounterpointTag is the tag of pages that show the counterpoint.
func CounterpointTag(id int64) string { return fmt.Sprintf("counterpoint:%d", id) }

// ChangeCounterpoint changes label, note and order of a counterpoint.
func (r *Room) ChangeCounterpoint(ctx context.Context, staff stet.Staff, id string, seen time.Time, label stet.CounterpointLabel, note string, swap bool) (c stet.Counterpoint, err error) {
	err = r.act(ctx, staff, SetBeside, func(r *Room) error {
		if c, err = r.store.CounterpointByPublicID(ctx, id); err != nil {
			return err
		}
		if !c.UpdatedAt.Equal(seen) {
			return stet.Errorf(stet.Conflict, "somebody else has changed this counterpoint meanwhile")
		}
		if swap {
			c.FirstID, c.SecondID = c.SecondID, c.FirstID
		}
		c.Label, c.Note = label, note
		return r.putCounterpoint(ctx, staff, "changed", &c)
	})
	return c, err
}

// DismissPair says that two statements are not to be proposed again. A
// counterpoint that there is of them is taken away with it.
func (r *Room) DismissPair(ctx context.Context, staff stet.Staff, first, second string) (c stet.Counterpoint, err error) {
	err = r.act(ctx, staff, SetBeside, func(r *Room) error {
		if c, err = r.pair(ctx, first, second); err != nil {
			return err
		}
		c.Dismissed, c.MadeBy, c.Label, c.Note = true, staff.ID, "", ""
		return r.putCounterpoint(ctx, staff, "dismissed", &c)
	})
	return c, err
}

// DropCounterpoint takes a counterpoint, or a dismissal, away: the pair may be
// proposed again.
func (r *Room) DropCounterpoint(ctx context.Context, staff stet.Staff, id string) error {
	return r.act(ctx, staff, SetBeside, func(r *Room) error {
		c, err := r.store.CounterpointByPublicID(ctx, id)
		if err != nil {
			return err
		}
		if err := r.store.DropCounterpoint(ctx, c.ID); err != nil {
			return err
		}
		return r.tellCounterpoint(ctx, staff, "took apart", &c)
	})
}

// ProposedPair is two statements that an editor may want to set side by side.
type ProposedPair struct {
	First, Second stet.Statement
	Label         stet.CounterpointLabel
	Reason        string
}

// beside is how many statements of each topic a story's own are compared with.
const beside = 400

// ProposePairs proposes pairs of the statements that the story quotes with one
// another and with others on the same topics.
func (r *Room) ProposePairs(ctx context.Context, a *stet.Article) ([]ProposedPair, error) {
	f := r.finders.of(firstOf(a.Content.Language, r.language(ctx)))
	if f == nil {
		return nil, nil
	}
	quotations, err := r.store.QuotationsIn(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, q := range quotations {
		if q.StatementID != 0 && !slices.Contains(ids, q.StatementID) {
			ids = append(ids, q.StatementID)
		}
	}
	own, err := r.store.Statements(ctx, ids...)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	all := map[string]stet.Statement{}
	story, err := r.said(ctx, own, all)
	if err != nil {
		return nil, err
	}
	near, err := r.onTopicsOf(ctx, own)
	if err != nil {
		return nil, err
	}
	others, err := r.said(ctx, near, all)
	if err != nil {
		return nil, err
	}
	contrasts, err := r.contrasts(ctx, f, a, quotations, own)
	if err != nil {
		return nil, err
	}
	return r.fresh(ctx, f.Conflicts(story, others, contrasts), all)
}

// onTopicsOf are further statements on the topics of some.
func (r *Room) onTopicsOf(ctx context.Context, own []stet.Statement) (out []stet.Statement, err error) {
	seen := map[int64]bool{}
	for _, s := range own {
		seen[s.ID] = true
	}
	var topics []int64
	for _, s := range own {
		for _, t := range s.Topics {
			if slices.Contains(topics, t) {
				continue
			}
			topics = append(topics, t)
			rows, err := r.store.FindStatements(ctx, store.StatementFilter{Topic: t, Hidden: true, Limit: beside})
			if err != nil {
				return nil, err
			}
			for _, s := range rows {
				if !seen[s.ID] {
					seen[s.ID] = true
					out = append(out, s)
				}
			}
		}
	}
	return out, nil
}

// said makes statements ready for the search for conflicts.
func (r *Room) said(ctx context.Context, list []stet.Statement, all map[string]stet.Statement) ([]record.Said, error) {
	var out []record.Said
	names := map[int64]stet.Person{}
	for _, s := range list {
		p, ok := names[s.SpeakerID]
		if !ok {
			var err error
			if p, err = r.store.Person(ctx, s.SpeakerID); err != nil {
				return nil, err
			}
			names[s.SpeakerID] = p
		}
		all[s.PublicID] = s
		v := record.Said{ID: s.PublicID, Speaker: p.PublicID, Name: p.Name, Text: s.Words, Negated: s.Denial, Date: dateOf(s.Date)}
		for _, t := range s.Topics {
			v.Topics = append(v.Topics, fmt.Sprint(t))
		}
		out = append(out, v)
	}
	return out, nil
}

// contrasts are those that the author of the story makes between statements.
func (r *Room) contrasts(ctx context.Context, f *record.Finder, a *stet.Article, quotations []stet.Quotation, own []stet.Statement) ([]record.Contrast, error) {
	public := map[int64]string{}
	for _, s := range own {
		public[s.ID] = s.PublicID
	}
	doc, err := r.readable(ctx, a, &a.Content)
	if err != nil {
		return nil, err
	}
	found := f.Find(doc, record.Options{})
	ids := make([]string, len(found))
	for i := range found {
		at := pieces(found[i].Places)
		for _, q := range quotations {
			land := anchorOf(q.Anchor).In(doc)
			if q.StatementID != 0 && stillStands(land) && overlapsAny(at, []QuotedPassage{{Pieces: pieces(land.Places)}}) {
				ids[i] = public[q.StatementID]
			}
		}
	}
	return f.Contrasts(doc, found, ids), nil
}

// fresh leaves out pairs that are set side by side, or were dismissed.
func (r *Room) fresh(ctx context.Context, proposals []record.Proposal, all map[string]stet.Statement) ([]ProposedPair, error) {
	var out []ProposedPair
	for _, p := range proposals {
		first, second := all[p.A], all[p.B]
		_, err := r.store.CounterpointOf(ctx, first.ID, second.ID)
		if err == nil {
			continue
		}
		if stet.ErrorCode(err) != stet.NotFound {
			return nil, err
		}
		out = append(out, ProposedPair{first, second, labelOf(p.Label), p.Reason})
	}
	return out, nil
}

func labelOf(l record.Label) stet.CounterpointLabel {
	switch l {
	case record.ChangedPosition:
		return stet.ChangedPosition
	case record.DiffersOnFact:
		return stet.DiffersOnFact
	case record.Answers:
		return stet.Answers
	}
	return stet.Contradicts
}
