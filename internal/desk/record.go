// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strconv"

	"stet"
	"stet/internal/newsroom"
)

// StoryRecord is what is known of the quotations of a story.
type StoryRecord struct {
	newsroom.Record
	Statements []Statement `json:"statements" doc:"Those that the confirmed passages quote."`
}

// RecordPassage says which passage of a story is meant.
type RecordPassage struct {
	Proposal string             `json:"proposal,omitempty" maxLength:"12" doc:"Id of a passage of the queue; then the rest may be left out."`
	Anchor   []stet.Selector    `json:"anchor,omitempty" maxItems:"50" doc:"As the record of the story gives it, or made anew: for each piece the block's id and a W3C TextQuoteSelector in its text."`
	Kind     stet.QuotationKind `json:"kind,omitempty" enum:"direct,mixed,indirect"`
	Text     string             `json:"text,omitempty" maxLength:"64000"`
}

// Saying is what is said of a statement.
type Saying struct {
	Words     string        `json:"words" minLength:"1" maxLength:"32000" doc:"The words without their quotation marks."`
	Denial    bool          `json:"denial,omitempty" doc:"It was denied, or nothing was said."`
	Speaker   string        `json:"speaker,omitempty" maxLength:"12" doc:"Id of a person."`
	Newcomer  *NewSpeaker   `json:"newcomer,omitempty" doc:"Instead: somebody who becomes a person with it."`
	Role      string        `json:"role,omitempty" maxLength:"1200" doc:"The speaker's office at the time."`
	Date      stet.SaidDate `json:"date,omitempty"`
	Addressee string        `json:"addressee,omitempty" maxLength:"1200"`
	Venue     string        `json:"venue,omitempty" maxLength:"1200" doc:"Where it was said, or in which medium."`
	SourceURL string        `json:"sourceUrl,omitempty" maxLength:"2000"`
	Source    string        `json:"source,omitempty" maxLength:"1200" doc:"The name of the source."`
	Topics    *[]string     `json:"topics,omitempty" maxItems:"100" doc:"Ids; left out of a new statement they are the story's."`
}

// NewSpeaker is somebody whom the magazine does not know yet.
type NewSpeaker struct {
	Name         string          `json:"name" minLength:"1" maxLength:"800"`
	Kind         stet.PersonKind `json:"kind,omitempty" enum:"person,organisation"`
	Title        string          `json:"title,omitempty" maxLength:"800" doc:"The office that they hold."`
	Organisation string          `json:"organisation,omitempty" maxLength:"800"`
}

// ConfirmPassage puts a passage into the record.
type ConfirmPassage struct {
	RecordPassage
	Statement string  `json:"statement,omitempty" maxLength:"12" doc:"Id of a statement of which this is another quotation."`
	Saying    *Saying `json:"saying,omitempty" doc:"Of a new statement."`
}

// Confirmed is a passage that stands in the record.
type Confirmed struct {
	Quotation string    `json:"quotation"`
	Statement Statement `json:"statement"`
}

func (s *Saying) input() *newsroom.Saying {
	if s == nil {
		return nil
	}
	in := &newsroom.Saying{Words: s.Words, Denial: s.Denial, Speaker: s.Speaker, Role: s.Role, Date: s.Date, Addressee: s.Addressee, Venue: s.Venue, SourceURL: s.SourceURL, Source: s.Source}
	if s.Topics != nil {
		in.Topics = append([]string{}, *s.Topics...)
	}
	if n := s.Newcomer; n != nil {
		in.Newcomer = &newsroom.Newcomer{Name: n.Name, Kind: n.Kind, Role: stet.Role{Title: n.Title, Organisation: n.Organisation}}
	}
	return in
}

func (p *RecordPassage) input() newsroom.Confirmation {
	return newsroom.Confirmation{Proposal: p.Proposal, Anchor: p.Anchor, Kind: p.Kind, Text: p.Text}
}

// OnQuotation is asked about in the path.
type OnQuotation struct {
	Caller
	ID string `path:"id" maxLength:"12" doc:"Of the quotation."`
}

func (d *Desk) recordOperations() {
	register(d, http.MethodGet, "/articles/{id}/record", "get-record", "finds who said what in the working copy of a story, beside what is confirmed of it", d.storyRecord)
	type confirming struct {
		OneArticle
		Body ConfirmPassage
	}
	register(d, http.MethodPost, "/articles/{id}/record", "confirm-passage", "puts a passage of a story into the record", func(ctx context.Context, in *confirming) (*body[Confirmed], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		c := in.Body.input()
		c.Statement, c.Saying = in.Body.Statement, in.Body.Saying.input()
		q, s, err := d.room.Confirm(ctx, in.staff, a.ID, c)
		if err != nil {
			return nil, err
		}
		v, err := d.viewStatements(ctx, []stet.Statement{s})
		if err != nil {
			return nil, err
		}
		return reply(Confirmed{Quotation: q.PublicID, Statement: v[0]}), nil
	})
	type rejecting struct {
		OneArticle
		Body RecordPassage
	}
	type rejected struct {
		Quotation string `json:"quotation" doc:"By which the rejection can be taken back."`
	}
	register(d, http.MethodPost, "/articles/{id}/record/reject", "reject-passage", "says that a passage is none for the record", func(ctx context.Context, in *rejecting) (*body[rejected], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		q, err := d.room.Reject(ctx, in.staff, a.ID, in.Body.input())
		return reply(rejected{q.PublicID}), err
	})
	d.quotationOperations()
	d.queueOperations()
}

func (d *Desk) quotationOperations() {
	register(d, http.MethodDelete, "/quotations/{id}", "reconsider-passage", "takes a decision about a passage back; a statement that nothing else quotes goes with it", func(ctx context.Context, in *OnQuotation) (*struct{}, error) {
		return nil, d.room.Reconsider(ctx, in.staff, in.ID)
	})
	type rewriting struct {
		OnQuotation
		Body struct {
			Anchor []stet.Selector `json:"anchor" minItems:"1" maxItems:"50"`
			Text   string          `json:"text,omitempty" maxLength:"64000"`
		}
	}
	register(d, http.MethodPut, "/quotations/{id}/anchor", "rewrite-passage", "says that other words of the story are the quotation now", func(ctx context.Context, in *rewriting) (*struct{}, error) {
		return nil, d.room.Rewrite(ctx, in.staff, in.ID, in.Body.Anchor, in.Body.Text)
	})
	register(d, http.MethodPost, "/quotations/{id}/split", "split-quotation", "makes a statement of its own of a quotation", func(ctx context.Context, in *OnQuotation) (*body[Statement], error) {
		s, err := d.room.Split(ctx, in.staff, in.ID)
		if err != nil {
			return nil, err
		}
		v, err := d.viewStatements(ctx, []stet.Statement{s})
		if err != nil {
			return nil, err
		}
		return reply(v[0]), nil
	})
}

func (d *Desk) storyRecord(ctx context.Context, in *OneArticle) (*body[StoryRecord], error) {
	a, err := d.store.ArticleByPublicID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := StoryRecord{Statements: []Statement{}}
	if out.Record, err = d.room.Record(ctx, &a); err != nil {
		return nil, err
	}
	quotations, err := d.store.QuotationsIn(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, q := range quotations {
		if q.StatementID != 0 {
			ids = append(ids, q.StatementID)
		}
	}
	found, err := d.store.Statements(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out.Statements, err = d.viewStatements(ctx, found)
	return reply(out), err
}

// QueuePage is a page of the queue of the archive.
type QueuePage struct {
	Page[newsroom.Queued]
	Total int `json:"total" doc:"How many wait in all."`
}

func (d *Desk) queueOperations() {
	type queueQuery struct {
		Caller
		Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
		Cursor string `query:"cursor" maxLength:"12"`
	}
	register(d, http.MethodGet, "/record/queue", "list-queue", "lists what a scan has found in public stories and nobody has decided, the most certain first", func(ctx context.Context, in *queueQuery) (*body[QueuePage], error) {
		rows, err := d.room.Queue(ctx, in.Cursor, in.Limit+1)
		if err != nil {
			return nil, err
		}
		out := QueuePage{Page: pageOf(rows, in.Limit, func(q newsroom.Queued) string { return q.ID }).Body}
		out.Total, err = d.store.CountProposals(ctx)
		return reply(out), err
	})
	register(d, http.MethodPost, "/record/scan", "scan-archive", "has all public stories read in the background that were not read as they are now", func(ctx context.Context, in *struct{ Caller }) (*struct{}, error) {
		return nil, d.room.ScanArchive(ctx, in.staff)
	})
}

// idCursor writes a place in a list that is ordered by what the store knows of an
// id.
func idCursor(id int64) string { return strconv.FormatInt(id, 36) }

func parseIDCursor(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(s, 36, 64)
	if err != nil || id <= 0 {
		return 0, stet.Errorf(stet.Invalid, "%q is no cursor of ours", s)
	}
	return id, nil
}
