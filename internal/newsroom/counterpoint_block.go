// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"maps"

	"stet"
	"stet/internal/prose"
	"stet/internal/store"
)

// CounterpointBlocks are the counterpoints as the block of a body shows them:
// what the record says of both sides at this moment.
func (r *Room) CounterpointBlocks(ctx context.Context, list ...stet.Counterpoint) ([]prose.Counterpoint, error) {
	var ids, speakers []int64
	for _, c := range list {
		ids = append(ids, c.FirstID, c.SecondID)
	}
	found, err := r.store.Statements(ctx, ids...)
	if err != nil {
		return nil, err
	}
	statements := map[int64]stet.Statement{}
	for _, s := range found {
		statements[s.ID] = s
		speakers = append(speakers, s.SpeakerID)
	}
	people, err := r.store.People(ctx, speakers...)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	side := func(id int64) prose.Side {
		s := statements[id]
		return prose.Side{Statement: s.PublicID, Words: s.Spoken(), Kind: s.Kind, Language: s.Language, Speaker: names[s.SpeakerID], Role: s.Role,
			Date: s.Date, Addressee: s.Addressee, Venue: s.Venue, Source: s.Source, SourceURL: s.SourceURL}
	}
	out := make([]prose.Counterpoint, len(list))
	for i, c := range list {
		out[i] = prose.Counterpoint{ID: c.PublicID, Label: c.Label, Note: c.Note, First: side(c.FirstID), Second: side(c.SecondID)}
	}
	return out, nil
}

// FindCounterpoints returns up to limit pairs in which a statement has the words,
// or its speaker the name; of those that the article quotes, when there is one.
func (r *Room) FindCounterpoints(ctx context.Context, words string, a *stet.Article, limit int) ([]stet.Counterpoint, error) {
	said := map[int64]bool{}
	if words != "" {
		found, err := r.store.FindStatements(ctx, store.StatementFilter{Words: words, Language: r.language(ctx), Hidden: true, Limit: beside})
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			said[s.ID] = true
		}
	}
	if a != nil {
		quoted, err := r.quotedStatements(ctx, a)
		if err != nil {
			return nil, err
		}
		if words != "" {
			maps.DeleteFunc(said, func(id int64, _ bool) bool { return !quoted[id] })
		} else {
			said = quoted
		}
	}
	var ids []int64
	for id := range said {
		ids = append(ids, id)
	}
	pairs, err := r.store.CounterpointsWith(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := []stet.Counterpoint{}
	for _, c := range pairs {
		if !c.Dismissed && len(out) < limit {
			out = append(out, c)
		}
	}
	return out, nil
}

// quotedStatements are the ids of the statements that the article quotes.
func (r *Room) quotedStatements(ctx context.Context, a *stet.Article) (map[int64]bool, error) {
	quotations, err := r.store.QuotationsIn(ctx, a.ID)
	out := map[int64]bool{}
	for _, q := range quotations {
		if q.StatementID != 0 {
			out[q.StatementID] = true
		}
	}
	return out, err
}

// checkSides compares the side-by-side blocks with what the record says now. A
// statement that the story itself quotes is public when the story is.
func checkSides(ctx context.Context, x *examination, res *CheckResult) error {
	var all []prose.Counterpoint
	if x.doc != nil {
		all = x.doc.Counterpoints()
	}
	quoted := map[int64]bool{}
	if len(all) > 0 {
		var err error
		if quoted, err = x.room.quotedStatements(ctx, x.a); err != nil {
			return err
		}
	}
	for _, shown := range all {
		fault, err := x.room.sideFault(ctx, shown, quoted)
		if err != nil {
			return err
		}
		if fault != "" {
			res.Where = append(res.Where, fmt.Sprintf("%s / %s: %s", shown.First.Speaker, shown.Second.Speaker, fault))
		}
	}
	res.Passed = len(res.Where) == 0
	switch {
	case len(all) == 0:
		res.Message = "There is no side-by-side block."
	case res.Passed:
		res.Message = "Every side-by-side block says what the record says."
	case len(res.Where) == 1:
		res.Message = "A side-by-side block is out of date."
	default:
		res.Message = fmt.Sprintf("%d side-by-side blocks are out of date.", len(res.Where))
	}
	return nil
}

// sideFault says what is wrong with a block, "" when nothing is.
func (r *Room) sideFault(ctx context.Context, shown prose.Counterpoint, quoted map[int64]bool) (string, error) {
	c, err := r.store.CounterpointByPublicID(ctx, shown.ID)
	if stet.ErrorCode(err) == stet.NotFound || err == nil && c.Dismissed {
		return "the two are not set side by side any more.", nil
	}
	if err != nil {
		return "", err
	}
	now, err := r.CounterpointBlocks(ctx, c)
	if err != nil {
		return "", err
	}
	if !maps.Equal(now[0].Attributes(), shown.Attributes()) {
		return "the record says something else now.", nil
	}
	both, err := r.store.Statements(ctx, c.FirstID, c.SecondID)
	for _, s := range both {
		if !s.Live && !quoted[s.ID] {
			return "one of the two is in no public story, so that its page cannot be opened.", nil
		}
	}
	return "", err
}
