// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
)

// Correction is a public note on a story as the desk shows it.
type Correction struct {
	ID          string              `json:"id"`
	Kind        stet.CorrectionKind `json:"kind" enum:"correction,clarification,update,retraction"`
	Weight      stet.Weight         `json:"weight" enum:"top,end" doc:"Where the note stands on the story."`
	Note        string              `json:"note" doc:"Plain text, in which [words](address) is a link."`
	Spans       []NoteSpan          `json:"spans" doc:"The same, with the links read out of it."`
	Amends      string              `json:"amends,omitempty" doc:"Id of the note that this one is about."`
	TextRemoved bool                `json:"textRemoved,omitempty" doc:"The retraction took the text away."`
	Passage     *Passage            `json:"passage,omitempty"`
	Article     CorrectedStory      `json:"article"`
	Version     int                 `json:"version" doc:"The version that it came with."`
	At          time.Time           `json:"at"`
	By          string              `json:"by" doc:"The name at the time; never public."`
}

// NoteSpan is a piece of a note.
type NoteSpan struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
}

// Passage is the piece of the text that a correction is about: a block and a
// W3C TextQuoteSelector within its text.
type Passage struct {
	Block  string `json:"block" maxLength:"64" doc:"Id of the block."`
	Exact  string `json:"exact" maxLength:"20000" doc:"What stood there; empty for a place where words were put in."`
	Prefix string `json:"prefix,omitempty" maxLength:"800" doc:"What stands directly before it."`
	Suffix string `json:"suffix,omitempty" maxLength:"800" doc:"What stands directly after it."`
	After  string `json:"after" maxLength:"20000" doc:"What stands there since; the same as exact when the text stays."`
}

// CorrectedStory is the story of a correction.
type CorrectedStory struct {
	ID       string    `json:"id"`
	Headline string    `json:"headline" doc:"As readers see it; of a story that is withdrawn, as it was."`
	Path     string    `json:"path,omitempty" doc:"Public address; missing when readers do not see the story."`
	Section  *stet.Ref `json:"section,omitempty"`
}

// PublishedText is what readers see of a story, for whoever wants to correct it.
type PublishedText struct {
	ID          string           `json:"id"`
	Version     int              `json:"version" doc:"To be given with the correction."`
	Headline    string           `json:"headline"`
	Path        string           `json:"path"`
	PublishedAt time.Time        `json:"publishedAt" doc:"Of the version."`
	Blocks      []PublishedBlock `json:"blocks" doc:"The blocks of running text, in reading order."`
	Corrections []Correction     `json:"corrections" doc:"Those that the story has, the oldest first."`
	Retracted   bool             `json:"retracted,omitempty"`
	RemovesText bool             `json:"removesText,omitempty" doc:"A retraction takes the text away when it does not say otherwise."`
}

// PublishedBlock is a block of running text.
type PublishedBlock struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Text string `json:"text"`
}

// CorrectionBody is what an editor says of a live story in public.
type CorrectionBody struct {
	Version    int                 `json:"version" minimum:"1" doc:"The version that the correction is made for; another one is refused with 409."`
	Kind       stet.CorrectionKind `json:"kind,omitempty" enum:"correction,clarification,update,retraction" doc:"May be left out with amends: it is then what it amends."`
	Weight     stet.Weight         `json:"weight,omitempty" enum:"top,end" doc:"End when it is left out; a retraction always stands at the top."`
	Note       string              `json:"note" maxLength:"8000" doc:"At most 2,000 characters of plain text, in which [words](address) is a link."`
	Amends     string              `json:"amends,omitempty" maxLength:"12" doc:"Id of a note of the same story that this one amends."`
	Passage    *Passage            `json:"passage,omitempty" doc:"Left out for a note on the story as a whole."`
	RemoveText *bool               `json:"removeText,omitempty" doc:"Of a retraction: whether the text is taken away. Left out, it is as the magazine has decided."`
}

// CorrectionResult is a correction, made or looked at beforehand.
type CorrectionResult struct {
	Correction Correction         `json:"correction"`
	Version    int                `json:"version" doc:"The version that it makes."`
	Copy       newsroom.CopyState `json:"copy" enum:"same,merged,already,other" doc:"What it does to the working copy: same (it is what readers see), merged (its other changes wait, the passage is mended in it too), already (it says so already), other (it says something else there and is left alone)."`
}

func (b *CorrectionBody) input() newsroom.CorrectInput {
	in := newsroom.CorrectInput{Version: b.Version, Kind: b.Kind, Weight: b.Weight, Note: b.Note, Amends: b.Amends, RemoveText: b.RemoveText}
	if b.Passage != nil {
		p := stet.Passage(*b.Passage)
		in.Passage = &p
	}
	return in
}

// corrections makes rows of what the store has: the stories are looked up at once.
func (d *Desk) corrections(ctx context.Context, found []stet.Correction) ([]Correction, error) {
	ids := make([]int64, len(found))
	for i, c := range found {
		ids[i] = c.ArticleID
	}
	rows, err := d.store.LiveByIDs(ctx, ids...)
	if err != nil {
		return nil, err
	}
	live := make(map[int64]store.Live, len(rows))
	for _, l := range rows {
		live[l.ArticleID] = l
	}
	sections, err := d.store.Sections(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Correction, len(found))
	for i, c := range found {
		if out[i], err = d.viewCorrection(ctx, c, live, sections); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (d *Desk) viewCorrection(ctx context.Context, c stet.Correction, live map[int64]store.Live, sections stet.Sections) (Correction, error) {
	v := Correction{
		ID: c.PublicID, Kind: c.Kind, Weight: c.Weight, Note: c.Note, Amends: c.Amends, TextRemoved: c.TextRemoved, Version: c.Version, At: c.MadeAt, By: c.Staff,
		Article: CorrectedStory{Headline: c.Headline},
	}
	for _, s := range stet.NoteSpans(c.Note) {
		v.Spans = append(v.Spans, NoteSpan(s))
	}
	if c.Passage != nil {
		p := Passage(*c.Passage)
		v.Passage = &p
	}
	section, ok := sections.ByPublicID(c.Section)
	if l, seen := live[c.ArticleID]; seen {
		v.Article.ID, v.Article.Headline, v.Article.Path = l.PublicID, l.Headline, l.Path
		section, ok = sections.ByID(l.SectionID)
	} else if c.ArticleID != 0 {
		a, err := d.store.Article(ctx, c.ArticleID)
		if err != nil {
			return v, err
		}
		v.Article.ID = a.PublicID
	}
	if ok {
		v.Article.Section = &stet.Ref{ID: section.PublicID, Name: section.Name}
	}
	return v, nil
}

func (d *Desk) correctionResult(ctx context.Context, made newsroom.Corrected) (*body[CorrectionResult], error) {
	c := made.Correction
	c.ArticleID, c.Version = made.Version.ArticleID, made.Version.Number
	rows, err := d.corrections(ctx, []stet.Correction{c})
	if err != nil {
		return nil, err
	}
	return reply(CorrectionResult{Correction: rows[0], Version: c.Version, Copy: made.Copy}), nil
}

type correctionQuery struct {
	Caller
	Kind    stet.CorrectionKind `query:"kind" enum:"correction,clarification,update,retraction"`
	Section string              `query:"section" maxLength:"12" doc:"Id of a section; those below it count."`
	Article string              `query:"article" maxLength:"12" doc:"Id of a story."`
	Q       string              `query:"q" maxLength:"200" doc:"Words of headline, note or passage."`
	Limit   int                 `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor  string              `query:"cursor" maxLength:"60"`
}

func (d *Desk) correctionOperations() {
	register(d, http.MethodGet, "/corrections", "list-corrections", "lists the public notes on stories, the newest first", d.listCorrections)
	register(d, http.MethodGet, "/corrections/{id}", "get-correction", "returns one public note", func(ctx context.Context, in *OneArticle) (*body[Correction], error) {
		c, err := d.store.Correction(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		rows, err := d.corrections(ctx, []stet.Correction{c})
		if err != nil {
			return nil, err
		}
		return reply(rows[0]), nil
	})
	register(d, http.MethodGet, "/articles/{id}/published", "get-published-text", "returns the text that readers see, with its corrections", d.publishedText)
	type correcting struct {
		OneArticle
		Body CorrectionBody
	}
	on := func(do func(ctx context.Context, staff stet.Staff, id int64, in newsroom.CorrectInput) (newsroom.Corrected, error)) func(context.Context, *correcting) (*body[CorrectionResult], error) {
		return func(ctx context.Context, in *correcting) (*body[CorrectionResult], error) {
			a, err := d.store.ArticleByPublicID(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			made, err := do(ctx, in.staff, a.ID, in.Body.input())
			if err != nil {
				return nil, err
			}
			return d.correctionResult(ctx, made)
		}
	}
	register(d, http.MethodPost, "/articles/{id}/corrections", "correct-article", "publishes a note on a live story together with the change that it tells of; what else waits in the working copy goes on waiting", on(d.room.Correct))
	register(d, http.MethodPost, "/articles/{id}/corrections/preview", "preview-correction", "says what a correction would do, and does nothing", on(d.room.PreviewCorrection))
	register(d, http.MethodGet, "/settings/corrections", "get-correction-rules", "says what the magazine has decided about corrections", func(ctx context.Context, _ *struct{ Caller }) (*body[newsroom.CorrectionRules], error) {
		rules, err := d.room.CorrectionRules(ctx)
		return reply(rules), err
	})
	register(d, http.MethodGet, "/settings/history", "get-history-rules", "says what the magazine has decided about the public history of its stories", func(ctx context.Context, _ *struct{ Caller }) (*body[newsroom.HistoryRules], error) {
		rules, err := d.room.HistoryRules(ctx)
		return reply(rules), err
	})
	register(d, http.MethodPut, "/settings/history", "set-history-rules", "decides what readers see of the history of stories", func(ctx context.Context, in *struct {
		Caller
		Body newsroom.HistoryRules
	}) (*body[newsroom.HistoryRules], error) {
		return reply(in.Body), d.room.SetHistoryRules(ctx, in.staff, in.Body)
	})
	register(d, http.MethodPut, "/settings/corrections", "set-correction-rules", "decides about the corrections to come", func(ctx context.Context, in *struct {
		Caller
		Body newsroom.CorrectionRules
	}) (*body[newsroom.CorrectionRules], error) {
		return reply(in.Body), d.room.SetCorrectionRules(ctx, in.staff, in.Body)
	})
}

func (d *Desk) listCorrections(ctx context.Context, in *correctionQuery) (*body[Page[Correction]], error) {
	f := store.CorrectionFilter{Kind: in.Kind, Words: in.Q, Limit: in.Limit + 1}
	var err error
	if f.After, err = parseCursor(in.Cursor); err != nil {
		return nil, err
	}
	if in.Article != "" {
		a, err := d.store.ArticleByPublicID(ctx, in.Article)
		if err != nil {
			return nil, err
		}
		f.Article = a.ID
	}
	if in.Section != "" {
		sections, err := d.store.Sections(ctx)
		if err != nil {
			return nil, err
		}
		s, ok := sections.ByPublicID(in.Section)
		if !ok {
			return nil, stet.Errorf(stet.NotFound, "there is no such section")
		}
		f.Section, f.Sections = s.ID, sections.Under(s.ID)
	}
	found, err := d.store.Corrections(ctx, f)
	if err != nil {
		return nil, err
	}
	rows, err := d.corrections(ctx, found)
	if err != nil {
		return nil, err
	}
	return pageOf(rows, in.Limit, func(c Correction) string { return cursor(c.At, c.ID) }), nil
}

func (d *Desk) publishedText(ctx context.Context, in *OneArticle) (*body[PublishedText], error) {
	l, err := d.store.LiveByPublicID(ctx, in.ID)
	if stet.ErrorCode(err) == stet.NotFound {
		return nil, stet.Errorf(stet.NotFound, "readers do not see this story")
	}
	if err != nil {
		return nil, err
	}
	v, err := d.store.Version(ctx, l.VersionID)
	if err != nil {
		return nil, err
	}
	doc, err := v.Open()
	if err != nil {
		return nil, err
	}
	rules, err := d.room.CorrectionRules(ctx)
	if err != nil {
		return nil, err
	}
	out := PublishedText{ID: l.PublicID, Version: v.Number, Headline: l.Headline, Path: l.Path, PublishedAt: v.PublishedAt, Blocks: []PublishedBlock{}, RemovesText: rules.RemoveRetracted}
	if len(doc.Content.Body) > 0 {
		text, err := prose.Parse(doc.Content.Body)
		if err != nil {
			return nil, err
		}
		for _, b := range text.TextBlocks() {
			out.Blocks = append(out.Blocks, PublishedBlock(b))
		}
	}
	made, err := d.store.CorrectionsOf(ctx, l.ArticleID)
	if err != nil {
		return nil, err
	}
	for _, c := range made {
		out.Retracted = out.Retracted || c.Kind == stet.Retracting
	}
	out.Corrections, err = d.corrections(ctx, made)
	return reply(out), err
}
