// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/record"
	"stet/internal/store"
)

// Statement is what somebody said once.
type Statement struct {
	ID         string             `json:"id"`
	Words      string             `json:"words"`
	Kind       stet.QuotationKind `json:"kind" enum:"direct,mixed,indirect"`
	Denial     bool               `json:"denial,omitempty"`
	Speaker    SpeakerRef         `json:"speaker"`
	Role       string             `json:"role,omitempty" doc:"At the time."`
	Date       stet.SaidDate      `json:"date"`
	Addressee  string             `json:"addressee,omitempty"`
	Venue      string             `json:"venue,omitempty"`
	SourceURL  string             `json:"sourceUrl,omitempty"`
	Source     string             `json:"source,omitempty"`
	Topics     []stet.Ref         `json:"topics"`
	Live       bool               `json:"live" doc:"Readers see it."`
	Quotations int                `json:"quotations" doc:"In how many passages it is quoted."`
	Path       string             `json:"path" doc:"Its permanent address."`
	UpdatedAt  time.Time          `json:"updatedAt" doc:"A change names the one that it rests on."`
}

// SpeakerRef is who said it.
type SpeakerRef struct {
	ID   string          `json:"id"`
	Name string          `json:"name"`
	Kind stet.PersonKind `json:"kind" enum:"person,organisation"`
	Path string          `json:"path"`
}

// StatementWhole is a statement with where it is quoted and what it is set beside.
type StatementWhole struct {
	Statement
	In      []QuotedIn     `json:"in"`
	Besides []Counterpoint `json:"besides" doc:"The counterpoints in which it stands."`
	Merged  []MergedIn     `json:"merged" doc:"What was merged into it, the latest first."`
}

// MergedIn is a statement that was merged into another.
type MergedIn struct {
	ID    string    `json:"id" doc:"By which it can be taken out again."`
	Words string    `json:"words"`
	At    time.Time `json:"at"`
}

// QuotedIn is one quotation of a statement.
type QuotedIn struct {
	ID      string             `json:"id"`
	Article stet.Ref           `json:"article"`
	Path    string             `json:"path,omitempty" doc:"Of the story, when readers see the quotation."`
	Kind    stet.QuotationKind `json:"kind" enum:"direct,mixed,indirect"`
	Text    string             `json:"text"`
	Live    bool               `json:"live"`
}

// viewStatements makes rows of statements; people and topics are looked up once.
func (d *Desk) viewStatements(ctx context.Context, list []stet.Statement) ([]Statement, error) {
	out := make([]Statement, len(list))
	var ids []int64
	topical := false
	for _, s := range list {
		ids = append(ids, s.SpeakerID)
		topical = topical || len(s.Topics) > 0
	}
	found, err := d.store.People(ctx, ids...)
	if err != nil {
		return nil, err
	}
	people := make(map[int64]stet.Person, len(found))
	for _, p := range found {
		people[p.ID] = p
	}
	topics := map[int64]stet.Ref{}
	if topical {
		all, err := d.store.Topics(ctx)
		if err != nil {
			return nil, err
		}
		for _, t := range all {
			topics[t.ID] = stet.Ref{ID: t.PublicID, Name: t.Name}
		}
	}
	for i, s := range list {
		p := people[s.SpeakerID]
		out[i] = Statement{
			ID: s.PublicID, Words: s.Words, Kind: s.Kind, Denial: s.Denial, Role: s.Role, Date: s.Date, Addressee: s.Addressee, Venue: s.Venue,
			SourceURL: s.SourceURL, Source: s.Source, Topics: []stet.Ref{}, Live: s.Live, Quotations: s.Quotations, Path: "/record/" + s.PublicID, UpdatedAt: s.UpdatedAt,
			Speaker: SpeakerRef{ID: p.PublicID, Name: p.Name, Kind: p.Kind, Path: "/person/" + p.Slug},
		}
		for _, t := range s.Topics {
			if ref, ok := topics[t]; ok {
				out[i].Topics = append(out[i].Topics, ref)
			}
		}
	}
	return out, nil
}

type statementQuery struct {
	Caller
	Q       string `query:"q" maxLength:"400" doc:"Words, of the statement or its speaker; \"in quotation marks\" they are a phrase."`
	Speaker string `query:"speaker" maxLength:"12" doc:"Id of a person."`
	Topic   string `query:"topic" maxLength:"12" doc:"Id of a topic."`
	Venue   string `query:"venue" maxLength:"300"`
	From    string `query:"from" maxLength:"10" doc:"Said on this day or later, 2006-01-02."`
	To      string `query:"to" maxLength:"10" doc:"Said on this day or before."`
	Live    bool   `query:"live" doc:"Only those that readers see."`
	Limit   int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
	Cursor  string `query:"cursor" maxLength:"20"`
}

// OneStatement is asked about in the path. It is exported because huma looks at
// the parameters of exported embedded types only.
type OneStatement struct {
	Caller
	ID string `path:"id" maxLength:"12" doc:"Of the statement."`
}

func (d *Desk) statementOperations() {
	register(d, http.MethodGet, "/statements", "list-statements", "searches the record, the newest statements first", d.listStatements)
	register(d, http.MethodGet, "/statements/{id}", "get-statement", "returns a statement with its quotations and what it is set beside", d.wholeStatement)
	type changing struct {
		OneStatement
		Body struct {
			Saying
			UpdatedAt time.Time `json:"updatedAt" doc:"Of the state that the change rests on."`
		}
	}
	register(d, http.MethodPut, "/statements/{id}", "change-statement", "changes what is said of a statement", func(ctx context.Context, in *changing) (*body[Statement], error) {
		saying := in.Body.input()
		s, err := d.room.ChangeStatement(ctx, in.staff, in.ID, in.Body.UpdatedAt, *saying)
		return d.replyStatement(ctx, s, err)
	})
	type merging struct {
		OneStatement
		Body struct {
			Into string `json:"into" maxLength:"12" doc:"Id of the statement that remains."`
		}
	}
	register(d, http.MethodPost, "/statements/{id}/merge", "merge-statements", "says that two statements are one utterance; the other one remains", func(ctx context.Context, in *merging) (*body[Statement], error) {
		s, err := d.room.MergeStatements(ctx, in.staff, in.ID, in.Body.Into)
		return d.replyStatement(ctx, s, err)
	})
	register(d, http.MethodPost, "/statements/{id}/unmerge", "unmerge-statement", "takes a statement out of the one that it was merged into, with its quotations and pairs", func(ctx context.Context, in *OneStatement) (*body[Statement], error) {
		s, err := d.room.UnmergeStatement(ctx, in.staff, in.ID)
		return d.replyStatement(ctx, s, err)
	})
	type alikeQuery struct {
		Caller
		Speaker string             `query:"speaker" maxLength:"12" required:"true" doc:"Id of a person."`
		Words   string             `query:"words" maxLength:"4000" required:"true"`
		Date    string             `query:"date" maxLength:"21"`
		Precise stet.DatePrecision `query:"precision" enum:"day,month,year,interval,on_or_before"`
		Except  string             `query:"except" maxLength:"12" doc:"Id of a statement that is not meant."`
	}
	register(d, http.MethodGet, "/statements/alike", "list-statements-alike", "lists the statements of a speaker that a quotation may be another quotation of, the likeliest first", func(ctx context.Context, in *alikeQuery) (*body[[]StatementAlike], error) {
		found, err := d.room.Resembling(ctx, in.Speaker, in.Words, stet.SaidDate{Value: in.Date, Precision: in.Precise}, in.Except)
		if err != nil {
			return nil, err
		}
		list := make([]stet.Statement, len(found))
		for i := range found {
			list[i] = found[i].Statement
		}
		rows, err := d.viewStatements(ctx, list)
		out := []StatementAlike{}
		for i := range rows {
			out = append(out, StatementAlike{Statement: rows[i], Reason: found[i].Reason, Words: wordings(found[i].Words)})
		}
		return reply(out), err
	})
}

// StatementAlike is a statement that may be the same utterance.
type StatementAlike struct {
	Statement Statement          `json:"statement"`
	Reason    string             `json:"reason"`
	Words     []newsroom.Wording `json:"wordings" doc:"The two wordings compared; 'only here' is the quotation that was asked about."`
}

func wordings(list []record.WordDiff) []newsroom.Wording {
	out := make([]newsroom.Wording, len(list))
	for i, w := range list {
		out[i] = newsroom.Wording(w)
	}
	return out
}

func (d *Desk) replyStatement(ctx context.Context, s stet.Statement, err error) (*body[Statement], error) {
	if err != nil {
		return nil, err
	}
	rows, err := d.viewStatements(ctx, []stet.Statement{s})
	if err != nil {
		return nil, err
	}
	return reply(rows[0]), nil
}

func (d *Desk) listStatements(ctx context.Context, in *statementQuery) (*body[Page[Statement]], error) {
	m, err := d.store.Magazine(ctx)
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return nil, err
	}
	f := store.StatementFilter{Words: in.Q, Language: m.Language, Venue: in.Venue, From: in.From, To: in.To, Hidden: !in.Live, Limit: in.Limit + 1}
	if f.After, err = parseIDCursor(in.Cursor); err != nil {
		return nil, err
	}
	for _, day := range []string{in.From, in.To} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return nil, stet.Errorf(stet.Invalid, "%q is no day; write 2006-01-02", day)
		}
	}
	if in.Speaker != "" {
		p, err := d.store.PersonByPublicID(ctx, in.Speaker)
		if err != nil {
			return nil, err
		}
		f.Speaker = p.ID
	}
	if in.Topic != "" {
		t, err := d.store.TopicByPublicID(ctx, in.Topic)
		if err != nil {
			return nil, err
		}
		f.Topic = t.ID
	}
	found, err := d.store.FindStatements(ctx, f)
	if err != nil {
		return nil, err
	}
	page := pageOf(found, in.Limit, func(s stet.Statement) string { return idCursor(s.ID) }).Body
	rows, err := d.viewStatements(ctx, page.Items)
	return reply(Page[Statement]{Items: rows, Next: page.Next}), err
}

func (d *Desk) wholeStatement(ctx context.Context, in *OneStatement) (*body[StatementWhole], error) {
	s, err := d.store.StatementByPublicID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := d.viewStatements(ctx, []stet.Statement{s})
	if err != nil {
		return nil, err
	}
	out := StatementWhole{Statement: rows[0], In: []QuotedIn{}, Merged: []MergedIn{}}
	quotations, err := d.store.QuotationsOf(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	for _, q := range quotations {
		a, err := d.store.Article(ctx, q.ArticleID)
		if err != nil {
			return nil, err
		}
		v := QuotedIn{ID: q.PublicID, Article: stet.Ref{ID: a.PublicID, Name: a.Content.Headline}, Kind: q.Kind, Text: q.Text, Live: q.Live}
		if l, err := d.store.Live(ctx, q.ArticleID); err == nil && q.Live {
			v.Path = l.Path
		}
		out.In = append(out.In, v)
	}
	mergers, err := d.store.Mergers(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range mergers {
		out.Merged = append(out.Merged, MergedIn{ID: m.Statement.PublicID, Words: m.Statement.Words, At: m.CreatedAt})
	}
	pairs, err := d.store.CounterpointsWith(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	out.Besides, err = d.viewCounterpoints(ctx, undismissed(pairs))
	return reply(out), err
}

func undismissed(list []stet.Counterpoint) []stet.Counterpoint {
	var out []stet.Counterpoint
	for _, c := range list {
		if !c.Dismissed {
			out = append(out, c)
		}
	}
	return out
}
