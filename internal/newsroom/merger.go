// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"

	"stet"
)

// MergeStatements says that two statements are one utterance: the quotations and
// counterpoints of the one become the other's. What it was is remembered, so that
// the two can be taken apart again.
func (r *Room) MergeStatements(ctx context.Context, staff stet.Staff, id, into string) (s stet.Statement, err error) {
	err = r.act(ctx, staff, KeepRecord, func(r *Room) error {
		from, err := r.store.StatementByPublicID(ctx, id)
		if err != nil {
			return err
		}
		if s, err = r.store.StatementByPublicID(ctx, into); stet.ErrorCode(err) == stet.NotFound {
			return stet.Errorf(stet.Invalid, "the statement that should remain does not exist")
		} else if err != nil {
			return err
		}
		if from.ID == s.ID {
			return stet.Errorf(stet.Invalid, "this is one statement already")
		}
		r.stated(&from)
		if err := r.requoted(ctx, from.ID); err != nil {
			return err
		}
		if err := r.remember(ctx, staff, &from, s.ID); err != nil {
			return err
		}
		if err := r.store.HandOverStatement(ctx, from.ID, s.ID); err != nil {
			return err
		}
		r.sealGone(&from)
		if err := r.store.DropStatement(ctx, from.ID); err != nil {
			return err
		}
		if err := r.leadStatement(ctx, from.PublicID, s.PublicID); err != nil {
			return err
		}
		if _, err := r.store.CountQuotations(ctx, s.ID); err != nil {
			return err
		}
		r.stated(&s)
		if s, err = r.store.Statement(ctx, s.ID); err != nil {
			return err
		}
		return r.note(ctx, staff, "merged", "statement", s.PublicID, s.Short(120), "took the place of “"+from.Short(80)+"”")
	})
	return s, err
}

// remember keeps what a statement is before it goes.
func (r *Room) remember(ctx context.Context, staff stet.Staff, from *stet.Statement, into int64) error {
	m := stet.Merger{Statement: *from, IntoID: into, MadeBy: staff.ID}
	quotations, err := r.store.QuotationsOf(ctx, from.ID)
	if err != nil {
		return err
	}
	for _, q := range quotations {
		m.Quotations = append(m.Quotations, q.ID)
	}
	if m.Pairs, err = r.store.CounterpointsWith(ctx, from.ID); err != nil {
		return err
	}
	return r.store.AddMerger(ctx, &m)
}

// leadStatement leads from the address of a statement that is gone: it was
// permanent, and others may have cited it.
func (r *Room) leadStatement(ctx context.Context, from, to string) error {
	p := stet.Path{Path: stet.StatementPath(from), Kind: stet.PathRedirect, To: stet.StatementPath(to)}
	if made, err := r.store.ClaimPath(ctx, p); made || err != nil {
		return err
	}
	return r.store.SetPath(ctx, p) // it was merged before, into another one
}

// UnmergeStatement takes a statement out of the one that it was merged into: it
// is what it was, with its id, its quotations and its pairs. Quotations that have
// gone elsewhere since stay there.
func (r *Room) UnmergeStatement(ctx context.Context, staff stet.Staff, id string) (s stet.Statement, err error) {
	err = r.act(ctx, staff, KeepRecord, func(r *Room) error {
		m, err := r.store.MergerOf(ctx, id)
		if err != nil {
			return err
		}
		into, err := r.store.Statement(ctx, m.IntoID)
		if err != nil {
			return err
		}
		own, err := r.stillIn(ctx, m)
		if err != nil {
			return err
		}
		if s, err = r.restore(ctx, m, &into); err != nil {
			return err
		}
		for _, q := range own {
			q.StatementID = s.ID
			if err := r.store.UpdateQuotation(ctx, &q); err != nil {
				return err
			}
		}
		if err := r.restorePairs(ctx, m, s.ID); err != nil {
			return err
		}
		if err := r.store.DropMerger(ctx, m.ID); err != nil {
			return err
		}
		for _, id := range []int64{into.ID, s.ID} {
			if _, err := r.store.CountQuotations(ctx, id); err != nil {
				return err
			}
			if err := r.requoted(ctx, id); err != nil {
				return err
			}
		}
		r.stated(&into)
		if s, err = r.store.Statement(ctx, s.ID); err != nil {
			return err
		}
		r.stated(&s)
		return r.note(ctx, staff, "took apart", "statement", s.PublicID, s.Short(120), "was merged into “"+into.Short(80)+"”")
	})
	return s, err
}

// stillIn are the quotations of a merger that are where it has put them. The
// statement that stays must keep one.
func (r *Room) stillIn(ctx context.Context, m stet.Merger) (own []stet.Quotation, err error) {
	now, err := r.store.QuotationsOf(ctx, m.IntoID)
	if err != nil {
		return nil, err
	}
	for _, q := range now {
		if slices.Contains(m.Quotations, q.ID) {
			own = append(own, q)
		}
	}
	if len(own) == 0 || len(own) == len(now) {
		return nil, stet.Errorf(stet.Conflict, "one of the two would be left without a quotation: they have been split, or taken out of the record, since")
	}
	return own, nil
}

// restore stores the statement anew as it was. A speaker or a topic that has been
// merged meanwhile is no more: it has the other statement's speaker then.
func (r *Room) restore(ctx context.Context, m stet.Merger, into *stet.Statement) (stet.Statement, error) {
	s := m.Statement
	s.ID = 0
	p, err := r.store.Person(ctx, s.SpeakerID)
	if stet.ErrorCode(err) == stet.NotFound {
		s.SpeakerID = into.SpeakerID
		p, err = r.store.Person(ctx, s.SpeakerID)
	}
	if err != nil {
		return s, err
	}
	topics, err := r.store.Topics(ctx)
	if err != nil {
		return s, err
	}
	s.Topics = slices.DeleteFunc(slices.Clone(s.Topics), func(id int64) bool {
		return !slices.ContainsFunc(topics, func(t stet.Topic) bool { return t.ID == id })
	})
	return s, r.store.AddStatement(ctx, &s, namesOf(&p))
}

// restorePairs gives back the pairs that the merger has changed or taken away,
// with the label and note that they have now.
func (r *Room) restorePairs(ctx context.Context, m stet.Merger, id int64) error {
	for _, c := range m.Pairs {
		other := &c.FirstID
		if c.FirstID == m.Statement.ID {
			c.FirstID, other = id, &c.SecondID
		} else {
			c.SecondID = id
		}
		if _, err := r.store.Statement(ctx, *other); stet.ErrorCode(err) == stet.NotFound {
			continue
		} else if err != nil {
			return err
		}
		now, err := r.store.CounterpointByPublicID(ctx, c.PublicID)
		switch {
		case err == nil:
			c.Label, c.Note, c.Dismissed = now.Label, now.Note, now.Dismissed
			if err := r.store.DropCounterpoint(ctx, now.ID); err != nil {
				return err
			}
		case stet.ErrorCode(err) != stet.NotFound:
			return err
		}
		if err := r.store.AddCounterpoint(ctx, &c); err != nil {
			return err
		}
		r.changed(CounterpointTag(c.ID))
	}
	return nil
}
