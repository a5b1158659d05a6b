// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/syndicate"
	"stet/internal/theme"
)

const (
	saidCounted   = 1000 // statements are counted up to here
	saidFirst     = 12   // of a speaker, on the page of their stories
	saidOnTopic   = 5    // on a topic's page
	besideShown   = 2    // counterpoints on the first page of the record
	topicsOffered = 200  // more topics than these are typed and not chosen
	yearsOffered  = 40
)

// nobody is the speaker, and the topic, of whom nothing is found.
const nobody = -1

// record is the page of all statements, or of those that are asked for, and all
// that stands below its address.
func (s *Site) record(ctx context.Context, r *request) (rendering, error) {
	path, feed := cutFeed(r.path)
	if feed != "" && path == recordPath {
		return s.recordFeed(ctx, r, stet.Person{}, feed)
	}
	rest := strings.TrimPrefix(r.path, recordPath)
	if r.path != r.URL.Path {
		return rendering{}, moved(withQuery(r.path, r.Request))
	}
	if r.path+"/" == counterpointPath {
		return s.counterpoints(ctx, r)
	}
	if id, ok := strings.CutPrefix(r.path, counterpointPath); ok {
		return s.counterpoint(ctx, r, id)
	}
	if rest != "" {
		return s.statement(ctx, r, rest[1:])
	}
	return s.recordPage(ctx, r)
}

func (s *Site) recordPage(ctx context.Context, r *request) (rendering, error) {
	w, q := r.world, r.URL.Query()
	view := theme.Record{Title: w.theme.Text("record"), Query: tidy(q.Get("q")), Venue: tidy(q.Get("venue")), Licence: w.licence()}
	f := store.StatementFilter{Words: view.Query, Venue: view.Venue, Language: w.magazine.Language}
	if err := s.recordFilter(ctx, w, q, &f, &view); err != nil {
		return rendering{}, err
	}
	view.Filtered = f != store.StatementFilter{Language: w.magazine.Language}
	said, rec, err := s.said(ctx, r, f, recordPath, saidParams, w.pageSize())
	if err != nil {
		return rendering{}, err
	}
	view.Said = said
	view.Said.JSON, view.Said.CSV, view.Said.Feeds = recordPath+".json", recordPath+".csv", s.feedsOf(recordPath, w.magazine.Name+": "+view.Title)
	tags := append(rec.tags(), newsroom.TagRecord)
	if !view.Filtered && pagingQuery(q) == "" {
		var more []string
		if view.Counterpoints, more, err = s.newestPairs(ctx, w, besideShown+1); err != nil {
			return rendering{}, err
		}
		if len(view.Counterpoints) > besideShown {
			view.Counterpoints, view.AllPairs = view.Counterpoints[:besideShown], recordPath+"/counterpoint"
		}
		tags = append(tags, more...)
	}
	head := theme.Head{Title: view.Title, Canonical: s.base + recordPath, Description: w.theme.Text("record.intro"), Feeds: view.Said.Feeds}
	if view.Filtered {
		head.Robots = "noindex, follow"
	} else if p := pagingQuery(q); p != "" {
		head.Canonical += "?" + p
	}
	head.Prev, head.Next = s.onBase(said.Paging.Newer), s.onBase(said.Paging.Older)
	view.Page = theme.Page{Magazine: w.here(recordPath), Head: head}
	return s.html(w, theme.RecordTemplate, view, http.StatusOK, encoding(r.Request), tags...)
}

// saidParams are the questions that lists of statements know.
var saidParams = []string{"q", "speaker", "topic", "venue", "from", "to", "year"}

// recordFilter reads who, on what and when, and fills in the form.
func (s *Site) recordFilter(ctx context.Context, w *world, q url.Values, f *store.StatementFilter, view *theme.Record) error {
	if who := tidy(q.Get("speaker")); who != "" {
		p, err := s.personAsked(ctx, who)
		if err != nil {
			return err
		}
		f.Speaker, view.Speaker = p.ID, firstText(p.Name, who)
		if p.ID == 0 {
			f.Speaker = nobody
		}
	}
	topic := tidy(q.Get("topic"))
	if topic != "" {
		f.Topic = w.topicNamed(topic)
	}
	view.Topic = topic
	if len(w.topics) <= topicsOffered {
		all := make([]stet.Topic, 0, len(w.topics))
		for _, t := range w.topics {
			all = append(all, t)
		}
		sortTopics(all)
		for _, t := range all {
			view.Topics = append(view.Topics, theme.Option{Value: t.Slug, Text: t.Name, Selected: t.ID == f.Topic})
		}
	}
	f.From, _ = bounds(q.Get("from"))
	_, f.To = bounds(q.Get("to"))
	view.From, view.To = f.From, f.To
	return nil
}

// bounds are the first and the last day of what somebody typed as a date; of what
// is none there are none.
func bounds(typed string) (first, last string) {
	typed = strings.TrimSpace(typed)
	p, ok := map[int]stet.DatePrecision{4: stet.ToYear, 7: stet.ToMonth, 10: stet.ToDay}[len(typed)]
	d := stet.SaidDate{Value: typed, Precision: p}
	if !ok || d.Validate() != nil {
		return "", ""
	}
	return d.Bounds()
}

// topicNamed is the topic of a slug or name, nobody's when there is none.
func (w *world) topicNamed(typed string) int64 {
	folded := store.FoldName(typed)
	for _, t := range w.topics {
		if t.Slug == typed || store.FoldName(t.Name) == folded {
			return t.ID
		}
	}
	return nobody
}

// said reads one page of statements. Pages are cut at statements, as those of
// stories are at stories. The questions are kept from page to page.
func (s *Site) said(ctx context.Context, r *request, f store.StatementFilter, path string, params []string, size int) (theme.Said, *record, error) {
	var out theme.Said
	q := r.URL.Query()
	// The page and the count each read every match where a frequent word meets
	// something else; they do it at the same time.
	var list []stet.Statement
	var older, newer bool
	group, both := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		list, older, newer, err = s.cutSaid(both, f, q.Get("earlier"), q.Get("later"), size)
		return err
	})
	group.Go(func() (err error) {
		out.Count, err = s.store.CountStatements(both, f, saidCounted)
		return err
	})
	err := group.Wait()
	if err != nil {
		return out, nil, err
	}
	out.AtLeast = out.Count == saidCounted
	kept := url.Values{}
	for _, p := range params {
		if v := q.Get(p); v != "" {
			kept.Set(p, v)
		}
	}
	to := func(param string, v stet.Statement) string {
		kept := copied(kept)
		kept.Set(param, v.PublicID)
		return path + "?" + kept.Encode()
	}
	if q.Get("later") != "" && !newer {
		if len(kept) > 0 {
			path += "?" + kept.Encode()
		}
		return out, nil, &redirect{path, http.StatusFound}
	}
	if older && len(list) > 0 {
		out.Paging.Older = to("earlier", list[len(list)-1])
	}
	if newer && len(list) > 0 {
		out.Paging.Newer = to("later", list[0])
	}
	rec, err := s.recordOf(ctx, r.world, list)
	if err != nil {
		return out, nil, err
	}
	out.Statements = rec.views(list)
	for i := range out.Statements {
		out.Statements[i].Marked = marked(list[i].Spoken(), f.Words, firstText(list[i].Language, f.Language))
	}
	return out, rec, nil
}

func copied(v url.Values) url.Values {
	out := url.Values{}
	for k, x := range v {
		out[k] = slices.Clone(x)
	}
	return out
}

// cutSaid reads the statements of a page, and whether there are earlier and later
// ones. A page of later ones that is not full is the first page, which has an
// address of its own: then there is nothing newer.
func (s *Site) cutSaid(ctx context.Context, f store.StatementFilter, earlier, later string, size int) (list []stet.Statement, older, newer bool, err error) {
	f.Limit = size + 1
	if at := firstText(earlier, later); at != "" {
		v, err := s.store.StatementByPublicID(ctx, at)
		if err != nil {
			return nil, false, false, err
		}
		f.After, f.Oldest = v.ID, earlier == ""
	}
	if list, err = s.store.FindStatements(ctx, f); err != nil {
		return nil, false, false, err
	}
	more := len(list) > size
	if more {
		list = list[:size]
	}
	if f.Oldest {
		slices.Reverse(list)
		return list, true, more, nil
	}
	return list, more, earlier != "", nil
}

// marked are words with those of a question marked, nothing without one.
func marked(text, query, language string) template.HTML {
	if query == "" {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, sp := range store.Highlight(text, query, language) {
		b.WriteString(template.HTMLEscapeString(text[at:sp.Start]) + "<mark>" + template.HTMLEscapeString(text[sp.Start:sp.End]) + "</mark>")
		at = sp.End
	}
	return template.HTML(b.String() + template.HTMLEscapeString(text[at:]))
}

func (w *world) licence() string { return w.theme.Say("record.licence", w.magazine.Name) }

// saidBy fills in what a person has said: the first statements on the page of
// their stories, or a page of those that are asked for.
func (s *Site) saidBy(ctx context.Context, r *request, p stet.Person, view *theme.Listing) ([]string, error) {
	q, path := r.URL.Query(), "/person/"+p.Slug
	f := store.StatementFilter{Speaker: p.ID, Words: tidy(q.Get("q")), Language: r.world.magazine.Language}
	if t := tidy(q.Get("topic")); t != "" {
		f.Topic = r.world.topicNamed(t)
	}
	f.From, f.To = bounds(q.Get("year"))
	asked := f.Words != "" || f.Topic != 0 || f.From != ""
	view.SaidOnly = asked || q.Get("earlier") != "" || q.Get("later") != ""
	size := saidFirst
	if view.SaidOnly {
		size = r.world.pageSize()
	}
	said, rec, err := s.said(ctx, r, f, path, saidParams, size)
	if err != nil {
		return nil, err
	}
	if len(said.Statements) == 0 && !view.SaidOnly {
		return nil, nil
	}
	said.Query, said.Narrowed, said.Clear = f.Words, asked, path+"#said"
	if err := s.tallies(ctx, r, p, path, f, &said); err != nil {
		return nil, err
	}
	for i := range said.Statements {
		said.Statements[i].Speaker = theme.Link{} // the page says whose words they are
	}
	said.JSON, said.CSV = path+"/record.json", path+"/record.csv"
	view.Said, view.Address = said, path
	return rec.tags(), nil
}

// tallies offer the topics and years of a speaker's statements.
func (s *Site) tallies(ctx context.Context, r *request, p stet.Person, path string, f store.StatementFilter, said *theme.Said) error {
	topics, err := s.store.StatementTopics(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, t := range topics[:min(len(topics), yearsOffered)] {
		if topic, ok := r.world.topics[t.Topic]; ok && len(topics) > 1 {
			said.Topics = append(said.Topics, theme.Tally{Link: theme.Link{Text: topic.Name, URL: path + "?topic=" + url.QueryEscape(topic.Slug) + "#said", Current: t.Topic == f.Topic}, Count: t.Count})
		}
	}
	years, err := s.store.StatementYears(ctx, store.StatementFilter{Speaker: p.ID})
	if err != nil {
		return err
	}
	for _, y := range years[:min(len(years), yearsOffered)] {
		if y.Year != "" && len(years) > 1 {
			said.Years = append(said.Years, theme.Tally{Link: theme.Link{Text: y.Year, URL: path + "?year=" + y.Year + "#said", Current: f.From == y.Year+"-01-01"}, Count: y.Count})
		}
	}
	return nil
}

// saidOn fills in what was said last on a topic.
func (s *Site) saidOn(ctx context.Context, r *request, t stet.Topic, view *theme.Listing) ([]string, error) {
	if pagingQuery(r.URL.Query()) != "" {
		return nil, nil // only on the first page of the stories
	}
	list, err := s.store.FindStatements(ctx, store.StatementFilter{Topic: t.ID, Limit: saidOnTopic})
	if err != nil {
		return nil, err
	}
	rec, err := s.recordOf(ctx, r.world, list)
	if err != nil {
		return nil, err
	}
	view.Said = theme.Said{Statements: rec.views(list), All: recordPath + "?topic=" + url.QueryEscape(t.Slug)}
	return rec.tags(), nil
}

// newestPairs are the counterpoints that were made last.
func (s *Site) newestPairs(ctx context.Context, w *world, count int) (out []theme.Counterpoint, tags []string, err error) {
	pairs, err := s.store.Counterpoints(ctx, true, 0, count)
	if err != nil || len(pairs) == 0 {
		return nil, nil, err
	}
	rec, err := s.recordOfPairs(ctx, w, pairs...)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range pairs {
		out = append(out, rec.counterpoint(&c))
	}
	return out, rec.tags(), nil
}

// counterpoints is the page of all counterpoints, the newest first.
func (s *Site) counterpoints(ctx context.Context, r *request) (rendering, error) {
	w, path := r.world, recordPath+"/counterpoint"
	var after int64
	before := r.URL.Query().Get("before")
	if before != "" {
		c, err := s.store.CounterpointByPublicID(ctx, before)
		if err != nil {
			return rendering{}, err
		}
		after = c.ID
	}
	const size = 12
	pairs, err := s.store.Counterpoints(ctx, true, after, size+1)
	if err != nil {
		return rendering{}, err
	}
	view := theme.Record{Title: w.theme.Text("record.counterpoints"), Pairs: true}
	if before != "" {
		view.Said.Paging.Newer = path
	}
	if len(pairs) > size {
		pairs = pairs[:size]
		view.Said.Paging.Older = path + "?before=" + pairs[size-1].PublicID
	}
	rec, err := s.recordOfPairs(ctx, w, pairs...)
	if err != nil {
		return rendering{}, err
	}
	for _, c := range pairs {
		view.Counterpoints = append(view.Counterpoints, rec.counterpoint(&c))
	}
	head := theme.Head{Title: view.Title, Canonical: s.base + path, Description: w.magazine.Name + ": " + view.Title}
	if before != "" {
		head.Canonical += "?before=" + before
	}
	head.Prev, head.Next = s.onBase(view.Said.Paging.Newer), s.onBase(view.Said.Paging.Older)
	view.Page = theme.Page{Magazine: w.here(recordPath), Head: head}
	return s.html(w, theme.RecordTemplate, view, http.StatusOK, encoding(r.Request), append(rec.tags(), newsroom.TagRecord)...)
}

func (s *Site) recordOfPairs(ctx context.Context, w *world, pairs ...stet.Counterpoint) (*record, error) {
	var ids []int64
	for _, c := range pairs {
		ids = appendNew(appendNew(ids, c.FirstID), c.SecondID)
	}
	list, err := s.store.Statements(ctx, ids...)
	if err != nil {
		return nil, err
	}
	return s.recordOf(ctx, w, list)
}

// recordFeed is the feed of the record, or of what a person has said.
func (s *Site) recordFeed(ctx context.Context, r *request, p stet.Person, format string) (rendering, error) {
	w := r.world
	list, err := s.store.FindStatements(ctx, store.StatementFilter{Speaker: p.ID, Limit: feedSize})
	if err != nil {
		return rendering{}, err
	}
	rec, err := s.recordOf(ctx, w, list)
	if err != nil {
		return rendering{}, err
	}
	home, tag := recordPath, newsroom.TagRecord
	feed := syndicate.Feed{Title: w.magazine.Name + ": " + w.theme.Text("record"), Description: w.theme.Text("record.intro"), Language: w.magazine.Language, Copyright: w.licence(), Ledger: s.ledgerMark()}
	feed.Home, feed.Self = s.base+home, s.base+home+feedPaths[format]
	if p.ID != 0 {
		tag = newsroom.PersonTag(p.ID)
		feed.Title += ": " + p.Name
		feed.Home, feed.Self = s.base+"/person/"+p.Slug, s.base+"/person/"+p.Slug+recordPath+feedPaths[format]
	}
	for i := range list {
		v := rec.view(&list[i])
		feed.Items = append(feed.Items, s.feedStatement(w, &list[i], v))
		if list[i].UpdatedAt.After(feed.Updated) {
			feed.Updated = list[i].UpdatedAt
		}
	}
	return s.sendFeed(r, feed, format, append(rec.tags(), tag))
}

// personFeed is the feed of what a person has said.
func (s *Site) personFeed(ctx context.Context, r *request) (rendering, error) {
	path, format := cutFeed(r.path)
	if format == "" {
		return rendering{}, stet.Errorf(stet.NotFound, "there is no such feed")
	}
	p, err := s.personOf(r.Request, strings.TrimSuffix(strings.TrimPrefix(path, "/person"), recordPath))
	if err != nil {
		return rendering{}, err
	}
	if canonical := "/person/" + p.Slug + recordPath + feedPaths[format]; canonical != r.URL.Path {
		return rendering{}, moved(canonical)
	}
	return s.recordFeed(ctx, r, p, format)
}

// feedStatement is a statement in a feed: its words, and the facts below them. It
// is dated by when it was put on the record, as a feed tells what is new.
func (s *Site) feedStatement(w *world, v *stet.Statement, view theme.Statement) syndicate.Item {
	esc := template.HTMLEscapeString
	facts := factsLine(w, view)
	it := syndicate.Item{
		ID: "urn:stet:statement:" + v.PublicID, URL: s.base + view.URL, Title: view.Speaker.Text + ": " + v.Short(100), Summary: v.Words, Language: firstText(v.Language, w.magazine.Language),
		HTML: "<blockquote><p>" + esc(v.Words) + "</p></blockquote>\n<p>" + esc(facts) + "</p>", Published: v.CreatedAt, Updated: v.UpdatedAt,
		Authors: []syndicate.Author{{Name: view.Speaker.Text, URL: s.base + view.Speaker.URL}},
	}
	for _, t := range view.Topics {
		it.Categories = append(it.Categories, t.Text)
	}
	for _, q := range view.Quoted {
		it.HTML += "\n<p><a href=\"" + esc(s.base+q.Story.URL) + "\">" + esc(q.Story.Text) + "</a></p>"
	}
	return it
}

// factsLine says in one line who said it, when, to whom and where.
func factsLine(w *world, v theme.Statement) string {
	parts := []string{v.Speaker.Text}
	for _, p := range []string{v.Role, v.When, v.Addressee, v.Venue} {
		if p == "" {
			continue
		}
		if p == v.Addressee {
			p = w.theme.Say("said.to", p)
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, ", ")
}

// recordLocations are the statements of a range of ids, for sitemaps.
func (s *Site) recordLocations(ctx context.Context, name string) ([]syndicate.Location, error) {
	n, err := strconv.ParseInt(name, 10, 32)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != name {
		return nil, stet.Errorf(stet.NotFound, "there is no such sitemap")
	}
	var out []syndicate.Location
	for after, last := (n-1)*syndicate.MaxSitemap, n*syndicate.MaxSitemap; ; {
		rows, err := s.store.StatementsAfter(ctx, after, 1000)
		if err != nil {
			return nil, err
		}
		for _, v := range rows {
			if v.ID > last {
				break
			}
			out = append(out, syndicate.Location{URL: s.base + statementPath(&v), Modified: v.UpdatedAt})
			after = v.ID
		}
		if len(rows) < 1000 || rows[len(rows)-1].ID > last {
			break
		}
	}
	if len(out) == 0 {
		return nil, stet.Errorf(stet.NotFound, "there is no such sitemap")
	}
	return out, nil
}

// pairLocations are the newest counterpoints, for the sitemap of lists.
func (s *Site) pairLocations(ctx context.Context) ([]syndicate.Location, error) {
	var out []syndicate.Location
	for after := int64(0); len(out) < syndicate.MaxSitemap; {
		pairs, err := s.store.Counterpoints(ctx, true, after, 1000)
		if err != nil {
			return nil, err
		}
		for _, c := range pairs {
			out = append(out, syndicate.Location{URL: s.base + counterpointPath + c.PublicID, Modified: c.UpdatedAt})
			after = c.ID
		}
		if len(pairs) < 1000 {
			break
		}
	}
	return out, nil
}
