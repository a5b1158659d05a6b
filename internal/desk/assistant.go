// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// AssistantView is which assistant there is. The key is never in it.
type AssistantView struct {
	Kind    stet.AssistantKind `json:"kind" enum:"off,chat,nli"`
	Address string             `json:"address"`
	Model   string             `json:"model"`
	Inside  bool               `json:"inside" doc:"The address stands within the magazine's own network: it need be neither public nor encrypted."`
	HasKey  bool               `json:"hasKey"`
}

func viewAssistant(a newsroom.Assistant) AssistantView {
	return AssistantView{Kind: a.Kind, Address: a.Address, Model: a.Model, Inside: a.Inside, HasKey: a.HasKey}
}

type assistantChange struct {
	Caller
	Body struct {
		Kind    stet.AssistantKind `json:"kind" enum:"off,chat,nli" doc:"off forgets address and key."`
		Address string             `json:"address,omitempty" maxLength:"2000"`
		Model   string             `json:"model,omitempty" maxLength:"300" doc:"A chat endpoint wants one."`
		Inside  bool               `json:"inside,omitempty"`
		Key     *string            `json:"key,omitempty" maxLength:"1000" doc:"Missing keeps the one that is stored, unless kind or address change; empty forgets it."`
	}
}

// TriedAssistant is what came of trying the assistant.
type TriedAssistant struct {
	Label  stet.CounterpointLabel `json:"label,omitempty" enum:"contradicts,changed_position,differs_on_fact,answers" doc:"Missing: no conflict was seen."`
	Reason string                 `json:"reason,omitempty"`
	Host   string                 `json:"host"`
	Took   int64                  `json:"took" doc:"In milliseconds."`
	stet.AssistantExchange
}

// Advice is what an assistant has said of the pairs that are proposed for a story.
type Advice struct {
	Kind    stet.AssistantKind `json:"kind" enum:"off,chat,nli" doc:"Of the assistant that would be asked; off when there is none."`
	Host    string             `json:"host,omitempty" doc:"Where the words would go."`
	Model   string             `json:"model,omitempty"`
	Reading *Reading           `json:"reading,omitempty" doc:"Missing when nobody has asked, or the statements have changed since."`
}

// Reading is an assistant's reading of proposed pairs. It decides nothing.
type Reading struct {
	Pairs     []ReadPair               `json:"pairs" doc:"In the assistant's order."`
	Host      string                   `json:"host"`
	Model     string                   `json:"model,omitempty"`
	At        time.Time                `json:"at"`
	Staff     string                   `json:"staff" doc:"Who asked."`
	Exchanges []stet.AssistantExchange `json:"exchanges" doc:"What was sent, and what came back: requests and answers as they were, without the key."`
}

// ReadPair is what an assistant has said of one pair.
type ReadPair struct {
	First  string                 `json:"first" doc:"Id of a statement."`
	Second string                 `json:"second"`
	Label  stet.CounterpointLabel `json:"label,omitempty" enum:"contradicts,changed_position,differs_on_fact,answers" doc:"Missing: it sees no conflict, or said nothing."`
	Reason string                 `json:"reason,omitempty"`
	Silent bool                   `json:"silent,omitempty" doc:"It has said nothing of this pair."`
}

func (d *Desk) assistantOperations() {
	register(d, http.MethodGet, "/settings/assistant", "get-assistant", "says which assistant may be asked", func(ctx context.Context, in *struct{ Caller }) (*body[AssistantView], error) {
		a, err := d.room.Assistant(ctx, in.staff)
		return reply(viewAssistant(a)), err
	})
	register(d, http.MethodPut, "/settings/assistant", "set-assistant", "says which assistant may be asked", func(ctx context.Context, in *assistantChange) (*body[AssistantView], error) {
		b := in.Body
		s := stet.AssistantSettings{Kind: b.Kind, Address: b.Address, Model: b.Model, Inside: b.Inside}
		if err := d.room.SetAssistant(ctx, in.staff, in.session, s, b.Key); err != nil {
			return nil, err
		}
		now, err := d.room.Assistant(ctx, in.staff)
		return reply(viewAssistant(now)), err
	})
	register(d, http.MethodPost, "/settings/assistant/try", "try-assistant", "asks the assistant about a pair that was made up", func(ctx context.Context, in *struct{ Caller }) (*body[TriedAssistant], error) {
		t, err := d.room.TryAssistant(ctx, in.staff)
		return reply(TriedAssistant{Label: t.Label, Reason: t.Reason, Host: t.Host, Took: t.Took.Milliseconds(), AssistantExchange: t.Exchange}), err
	}, mayWait)
	register(d, http.MethodGet, "/articles/{id}/counterpoints/reading", "get-assistants-reading", "returns what the assistant has said of the pairs that are proposed for a story", func(ctx context.Context, in *OneArticle) (*body[Advice], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return d.advice(ctx, in.staff, &a)
	})
	register(d, http.MethodPost, "/articles/{id}/counterpoints/reading", "ask-assistant", "sends the pairs that are proposed for a story to the assistant, and keeps what it says", func(ctx context.Context, in *OneArticle) (*body[Advice], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if err := d.room.AskAssistant(ctx, in.staff, &a); err != nil {
			return nil, err
		}
		return d.advice(ctx, in.staff, &a)
	}, mayWait)
}

func (d *Desk) advice(ctx context.Context, staff stet.Staff, a *stet.Article) (*body[Advice], error) {
	found, err := d.room.Advice(ctx, staff, a)
	v := Advice{Kind: found.Kind, Host: found.Host(), Model: found.Model}
	if r := found.Reading; r != nil {
		v.Reading = &Reading{Pairs: []ReadPair{}, Host: r.Host, Model: r.Model, At: r.ReadAt, Staff: r.Staff, Exchanges: r.Exchanges}
		for _, p := range r.Pairs {
			v.Reading.Pairs = append(v.Reading.Pairs, ReadPair{First: p.First, Second: p.Second, Label: p.Label, Reason: p.Reason, Silent: p.Silent})
		}
	}
	return reply(v), err
}
