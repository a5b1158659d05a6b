// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
	"stet/internal/theme"
)

// The addresses of the record.
const (
	recordPath       = stet.RecordPath
	counterpointPath = recordPath + "/counterpoint/"
)

func statementPath(s *stet.Statement) string { return recordPath + "/" + s.PublicID }

// record is what pages show of some statements, looked up in a few queries
// however many there are: who spoke, which stories quote them, what they are set
// beside. Only what readers see is in it.
type record struct {
	w          *world
	people     map[int64]stet.Person
	quotations map[int64][]stet.Quotation // by statement, the earliest first
	stories    map[int64]store.Live
	pairs      []stet.Counterpoint
	statements map[int64]stet.Statement // the other sides of the pairs as well
	assets     map[int64]stet.Asset
}

// recordOf looks up what is known of the statements.
func (s *Site) recordOf(ctx context.Context, w *world, list []stet.Statement) (*record, error) {
	rec := &record{w: w, people: map[int64]stet.Person{}, quotations: map[int64][]stet.Quotation{}, stories: map[int64]store.Live{},
		statements: map[int64]stet.Statement{}, assets: map[int64]stet.Asset{}}
	if len(list) == 0 {
		return rec, nil
	}
	ids := make([]int64, len(list))
	for i, v := range list {
		ids[i], rec.statements[v.ID] = v.ID, v
	}
	if err := s.recordPairs(ctx, rec, ids); err != nil {
		return nil, err
	}
	quotations, err := s.store.LiveQuotationsOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var articles, people []int64
	for _, q := range quotations {
		rec.quotations[q.StatementID] = append(rec.quotations[q.StatementID], q)
		articles = appendNew(articles, q.ArticleID)
	}
	rows, err := s.store.LiveByIDs(ctx, articles...)
	if err != nil {
		return nil, err
	}
	for _, l := range rows {
		rec.stories[l.ArticleID] = l
	}
	for _, v := range rec.statements {
		people = appendNew(people, v.SpeakerID)
	}
	found, err := s.store.People(ctx, people...)
	for _, p := range found {
		rec.people[p.ID] = p
	}
	return rec, err
}

// recordPairs looks up the counterpoints of the statements, and the statements
// on their other sides.
func (s *Site) recordPairs(ctx context.Context, rec *record, ids []int64) error {
	pairs, err := s.store.CounterpointsWith(ctx, ids...)
	if err != nil || len(pairs) == 0 {
		return err
	}
	var others []int64
	for _, c := range pairs {
		for _, id := range []int64{c.FirstID, c.SecondID} {
			if _, ok := rec.statements[id]; !ok && !c.Dismissed {
				others = appendNew(others, id)
			}
		}
	}
	found, err := s.store.Statements(ctx, others...)
	if err != nil {
		return err
	}
	for _, v := range found {
		rec.statements[v.ID] = v
	}
	for _, c := range pairs {
		if !c.Dismissed && rec.statements[c.FirstID].Live && rec.statements[c.SecondID].Live {
			rec.pairs = append(rec.pairs, c)
		}
	}
	return nil
}

// withPortraits looks up the pictures of those who spoke.
func (s *Site) withPortraits(ctx context.Context, rec *record) error {
	var ids []int64
	for _, p := range rec.people {
		if p.Portrait != 0 {
			ids = appendNew(ids, p.Portrait)
		}
	}
	assets, err := s.store.Assets(ctx, ids...)
	for _, a := range assets {
		rec.assets[a.ID] = a
	}
	return err
}

// tags are those of a page that shows all of the record.
func (rec *record) tags() []string {
	var out []string
	for id := range rec.statements {
		out = append(out, newsroom.StatementTag(id))
	}
	for id := range rec.people {
		out = append(out, newsroom.PersonTag(id))
	}
	for id := range rec.stories {
		out = append(out, newsroom.ArticleTag(id))
	}
	for _, c := range rec.pairs {
		out = append(out, newsroom.CounterpointTag(c.ID))
	}
	slices.Sort(out)
	return out
}

// view is a statement with all that the record has of it.
func (rec *record) view(v *stet.Statement) theme.Statement {
	p := rec.people[v.SpeakerID]
	out := theme.Statement{
		ID: v.PublicID, URL: statementPath(v), Words: v.Spoken(), Direct: v.Kind == stet.DirectQuotation, Denial: v.Denial,
		Speaker: theme.Link{Text: p.Name, URL: "/person/" + p.Slug}, Role: v.Role, When: rec.w.when(v.Date), Day: day(v.Date),
		Addressee: v.Addressee, Venue: v.Venue, Source: source(v), Topics: rec.w.topicsOf(v.Topics),
	}
	if v.Language != "" && v.Language != rec.w.magazine.Language {
		out.Language = v.Language
	}
	if a, ok := rec.assets[p.Portrait]; ok {
		out.Portrait = picture(a, media.Square)
	}
	out.Quoted = rec.quoted(v, 0)
	for _, c := range rec.pairs {
		if c.FirstID == v.ID {
			out.Beside = append(out.Beside, rec.beside(&c, c.SecondID))
		} else if c.SecondID == v.ID {
			out.Beside = append(out.Beside, rec.beside(&c, c.FirstID))
		}
	}
	return out
}

// views are the statements in their order.
func (rec *record) views(list []stet.Statement) []theme.Statement {
	out := make([]theme.Statement, len(list))
	for i := range list {
		out[i] = rec.view(&list[i])
	}
	return out
}

// quoted are the stories that quote a statement, each once, but the one.
func (rec *record) quoted(v *stet.Statement, but int64) (out []theme.Quoted) {
	seen := map[int64]bool{but: true}
	for _, q := range rec.quotations[v.ID] {
		l, ok := rec.stories[q.ArticleID]
		if !ok || seen[q.ArticleID] {
			continue
		}
		seen[q.ArticleID] = true
		out = append(out, theme.Quoted{Story: theme.Link{Text: l.Headline, URL: l.Path + "#" + prose.QuotedPrefix + q.PublicID}, Published: l.PublishedAt})
	}
	return out
}

func (rec *record) beside(c *stet.Counterpoint, other int64) theme.Beside {
	v := rec.statements[other]
	p := rec.people[v.SpeakerID]
	return theme.Beside{
		Label: string(c.Label), Note: c.Note, URL: counterpointPath + c.PublicID, When: rec.w.when(v.Date),
		Statement: theme.Link{Text: v.Short(120), URL: statementPath(&v)}, Speaker: theme.Link{Text: p.Name, URL: "/person/" + p.Slug},
	}
}

// counterpoint is a pair of the record.
func (rec *record) counterpoint(c *stet.Counterpoint) theme.Counterpoint {
	first, second := rec.statements[c.FirstID], rec.statements[c.SecondID]
	return theme.Counterpoint{ID: c.PublicID, URL: counterpointPath + c.PublicID, Label: string(c.Label), Note: c.Note, First: rec.view(&first), Second: rec.view(&second)}
}

// source is where the words of a statement can be checked. A source without a
// name is called by its site.
func source(v *stet.Statement) theme.Link {
	l := theme.Link{Text: v.Source, URL: v.SourceURL}
	if u, err := url.Parse(v.SourceURL); err == nil && l.Text == "" {
		l.Text = strings.TrimPrefix(u.Hostname(), "www.")
	}
	return l
}

func (w *world) topicsOf(ids []int64) (out []theme.Link) {
	for _, id := range ids {
		if t, ok := w.topics[id]; ok {
			out = append(out, theme.Link{Text: t.Name, URL: "/topic/" + t.Slug})
		}
	}
	return out
}

// when is a date in words, as precise as it is known. A day of the record is a day
// wherever one reads of it, so that no time zone moves it.
func (w *world) when(d stet.SaidDate) string {
	start, end, _ := strings.Cut(d.Value, "/")
	switch {
	case d.Value == "":
		return ""
	case d.Precision == stet.OnOrBefore:
		return w.theme.Say("said.before", w.vagueDate(start))
	case d.Precision == stet.Interval:
		return w.theme.Say("said.between", w.vagueDate(start), w.vagueDate(end))
	}
	return w.vagueDate(start)
}

// day is a date that HTML's time element takes: one that is no range.
func day(d stet.SaidDate) string {
	if d.Precision == stet.Interval || d.Precision == stet.OnOrBefore {
		return ""
	}
	return d.Value
}

// storyRecord is what a story's page shows of the record.
type storyRecord struct {
	marks []prose.Remark
	cards []theme.Statement
	tags  []string
	ids   []string // public ids of the statements, for machines
}

// recordIn looks up the statements that a story quotes. A story that quotes none
// costs one look into an index.
func (s *Site) recordIn(ctx context.Context, w *world, o *opened) (storyRecord, error) {
	var out storyRecord
	quotations, err := s.store.QuotedIn(ctx, o.ArticleID)
	if err != nil || len(quotations) == 0 {
		return out, err
	}
	standing := newsroom.Standing(o.doc, quotations)
	var ids []int64
	for _, q := range standing {
		ids = appendNew(ids, q.Quotation.StatementID)
	}
	statements, err := s.store.Statements(ctx, ids...)
	if err != nil {
		return out, err
	}
	rec, err := s.recordOf(ctx, w, statements)
	if err != nil {
		return out, err
	}
	shown := map[int64]bool{}
	for _, q := range standing {
		v, ok := rec.statements[q.Quotation.StatementID]
		if !ok {
			continue
		}
		for _, at := range q.Spans {
			out.marks = append(out.marks, prose.Remark{Span: at, ID: q.Quotation.PublicID, Href: "#said-" + v.PublicID})
		}
		if !shown[v.ID] {
			shown[v.ID] = true
			card := rec.view(&v)
			card.Quoted, card.Passage = rec.quoted(&v, o.ArticleID), "#"+prose.QuotedPrefix+q.Quotation.PublicID
			out.cards = append(out.cards, card)
			out.ids = append(out.ids, v.PublicID)
		}
	}
	out.tags = rec.tags()
	return out, nil
}

// quotedMarks mark the quotations of stories of the stream. There they lead to the
// statements' own pages: a card for each would double what a reader who scrolls
// has to load, for what few of them open.
func (s *Site) quotedMarks(ctx context.Context, open []*opened) (map[int64][]prose.Remark, error) {
	ids := make([]int64, len(open))
	for i, o := range open {
		ids[i] = o.ArticleID
	}
	quotations, err := s.store.QuotedIn(ctx, ids...)
	if err != nil || len(quotations) == 0 {
		return nil, err
	}
	var said []int64
	of := map[int64][]stet.Quotation{}
	for _, q := range quotations {
		said = appendNew(said, q.StatementID)
		of[q.ArticleID] = append(of[q.ArticleID], q)
	}
	statements, err := s.store.Statements(ctx, said...)
	if err != nil {
		return nil, err
	}
	path := map[int64]string{}
	for _, v := range statements {
		path[v.ID] = statementPath(&v)
	}
	out := map[int64][]prose.Remark{}
	for _, o := range open {
		for _, q := range newsroom.Standing(o.doc, of[o.ArticleID]) {
			for _, at := range q.Spans {
				out[o.ArticleID] = append(out[o.ArticleID], prose.Remark{Span: at, ID: q.Quotation.PublicID, Href: path[q.Quotation.StatementID]})
			}
		}
	}
	return out, nil
}
