// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
)

// Counterpoint is two statements set side by side.
type Counterpoint struct {
	ID        string                 `json:"id"`
	First     Statement              `json:"first"`
	Second    Statement              `json:"second"`
	Label     stet.CounterpointLabel `json:"label" enum:"contradicts,changed_position,differs_on_fact,answers"`
	Note      string                 `json:"note,omitempty" doc:"Public, neutral."`
	Live      bool                   `json:"live" doc:"Readers see it: both statements are public."`
	Path      string                 `json:"path" doc:"Its permanent address."`
	UpdatedAt time.Time              `json:"updatedAt"`
	Block     map[string]string      `json:"block" doc:"The attributes of the block of a body that shows it as the record has it now."`
}

func (d *Desk) viewCounterpoints(ctx context.Context, list []stet.Counterpoint) ([]Counterpoint, error) {
	var ids []int64
	for _, c := range list {
		ids = append(ids, c.FirstID, c.SecondID)
	}
	found, err := d.store.Statements(ctx, ids...)
	if err != nil {
		return nil, err
	}
	rows, err := d.viewStatements(ctx, found)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]Statement, len(found))
	for i := range found {
		byID[found[i].ID] = rows[i]
	}
	blocks, err := d.room.CounterpointBlocks(ctx, list...)
	if err != nil {
		return nil, err
	}
	out := []Counterpoint{}
	for i, c := range list {
		first, second := byID[c.FirstID], byID[c.SecondID]
		out = append(out, Counterpoint{ID: c.PublicID, First: first, Second: second, Label: c.Label, Note: c.Note, Live: first.Live && second.Live,
			Path: stet.CounterpointPath(c.PublicID), UpdatedAt: c.UpdatedAt, Block: blocks[i].Attributes()})
	}
	return out, nil
}

// PairProposal is two statements that may be worth setting side by side.
type PairProposal struct {
	First  Statement              `json:"first"`
	Second Statement              `json:"second"`
	Label  stet.CounterpointLabel `json:"label" enum:"contradicts,changed_position,differs_on_fact,answers"`
	Reason string                 `json:"reason"`
}

// CounterpointFields are what an editor says of a pair.
type CounterpointFields struct {
	Label stet.CounterpointLabel `json:"label" enum:"contradicts,changed_position,differs_on_fact,answers"`
	Note  string                 `json:"note,omitempty" maxLength:"4000" doc:"At most 1,000 characters; public."`
}

// Pair names two statements.
type Pair struct {
	First  string `json:"first" maxLength:"12"`
	Second string `json:"second" maxLength:"12"`
}

func (d *Desk) counterpointOperations() {
	type listing struct {
		Caller
		Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
		Cursor string `query:"cursor" maxLength:"20"`

		Q         string `query:"q" maxLength:"400" doc:"Words of one of the two, or of its speaker; with them or an article there is one page."`
		Dismissed bool   `query:"dismissed" doc:"Instead those pairs that are not to be proposed again."`
		Article   string `query:"article" maxLength:"12" doc:"Only those in which a statement stands that the story quotes."`
	}
	register(d, http.MethodGet, "/counterpoints", "list-counterpoints", "lists statements that are set side by side, the newest pairs first", func(ctx context.Context, in *listing) (*body[Page[Counterpoint]], error) {
		if !in.Dismissed && (in.Q != "" || in.Article != "") {
			return d.findCounterpoints(ctx, in.Q, in.Article, in.Limit)
		}
		after, err := parseIDCursor(in.Cursor)
		if err != nil {
			return nil, err
		}
		var found []stet.Counterpoint
		if in.Dismissed {
			found, err = d.store.DismissedPairs(ctx, after, in.Limit+1)
		} else {
			found, err = d.store.Counterpoints(ctx, false, after, in.Limit+1)
		}
		if err != nil {
			return nil, err
		}
		page := pageOf(found, in.Limit, func(c stet.Counterpoint) string { return idCursor(c.ID) }).Body
		rows, err := d.viewCounterpoints(ctx, page.Items)
		return reply(Page[Counterpoint]{Items: rows, Next: page.Next}), err
	})
	register(d, http.MethodGet, "/counterpoints/{id}", "get-counterpoint", "says what is set side by side", func(ctx context.Context, in *struct {
		Caller
		ID string `path:"id" maxLength:"12"`
	}) (*body[Counterpoint], error) {
		c, err := d.store.CounterpointByPublicID(ctx, in.ID)
		if err == nil && c.Dismissed {
			err = stet.Errorf(stet.NotFound, "the two are not set side by side")
		}
		return d.replyCounterpoint(ctx, c, err)
	})
	register(d, http.MethodGet, "/articles/{id}/counterpoints/proposed", "propose-counterpoints", "proposes pairs of the statements of a story with one another and with others on its topics, five at most", d.proposedPairs)
	type making struct {
		Caller
		Body struct {
			Pair
			CounterpointFields
		}
	}
	register(d, http.MethodPost, "/counterpoints", "set-side-by-side", "sets two statements side by side", func(ctx context.Context, in *making) (*body[Counterpoint], error) {
		c, err := d.room.SetSideBySide(ctx, in.staff, in.Body.First, in.Body.Second, in.Body.Label, in.Body.Note)
		return d.replyCounterpoint(ctx, c, err)
	})
	type dismissing struct {
		Caller
		Body Pair
	}
	register(d, http.MethodPost, "/counterpoints/dismiss", "dismiss-pair", "says that two statements are not to be proposed again; to drop the pair has it proposed again", func(ctx context.Context, in *dismissing) (*body[Counterpoint], error) {
		c, err := d.room.DismissPair(ctx, in.staff, in.Body.First, in.Body.Second)
		return d.replyCounterpoint(ctx, c, err)
	})
	type changing struct {
		Caller
		ID   string `path:"id" maxLength:"12"`
		Body struct {
			CounterpointFields
			Swap      bool      `json:"swap,omitempty" doc:"Turns the order round."`
			UpdatedAt time.Time `json:"updatedAt"`
		}
	}
	register(d, http.MethodPut, "/counterpoints/{id}", "change-counterpoint", "changes label, note and order of a counterpoint", func(ctx context.Context, in *changing) (*body[Counterpoint], error) {
		c, err := d.room.ChangeCounterpoint(ctx, in.staff, in.ID, in.Body.UpdatedAt, in.Body.Label, in.Body.Note, in.Body.Swap)
		return d.replyCounterpoint(ctx, c, err)
	})
	register(d, http.MethodDelete, "/counterpoints/{id}", "drop-counterpoint", "takes two statements apart again, or has a dismissed pair proposed again", func(ctx context.Context, in *struct {
		Caller
		ID string `path:"id" maxLength:"12"`
	}) (*struct{}, error) {
		return nil, d.room.DropCounterpoint(ctx, in.staff, in.ID)
	})
}

func (d *Desk) findCounterpoints(ctx context.Context, q, article string, limit int) (*body[Page[Counterpoint]], error) {
	var in *stet.Article
	if article != "" {
		a, err := d.store.ArticleByPublicID(ctx, article)
		if err != nil {
			return nil, err
		}
		in = &a
	}
	found, err := d.room.FindCounterpoints(ctx, q, in, limit)
	if err != nil {
		return nil, err
	}
	rows, err := d.viewCounterpoints(ctx, found)
	return reply(Page[Counterpoint]{Items: rows}), err
}

func (d *Desk) replyCounterpoint(ctx context.Context, c stet.Counterpoint, err error) (*body[Counterpoint], error) {
	if err != nil {
		return nil, err
	}
	rows, err := d.viewCounterpoints(ctx, []stet.Counterpoint{c})
	if err != nil {
		return nil, err
	}
	return reply(rows[0]), nil
}

func (d *Desk) proposedPairs(ctx context.Context, in *OneArticle) (*body[[]PairProposal], error) {
	a, err := d.store.ArticleByPublicID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	pairs, err := d.room.ProposePairs(ctx, &a)
	if err != nil {
		return nil, err
	}
	var list []stet.Statement
	for _, p := range pairs {
		list = append(list, p.First, p.Second)
	}
	rows, err := d.viewStatements(ctx, list)
	out := []PairProposal{}
	for i := range pairs {
		if err == nil {
			out = append(out, PairProposal{First: rows[2*i], Second: rows[2*i+1], Label: pairs[i].Label, Reason: pairs[i].Reason})
		}
	}
	return reply(out), err
}
