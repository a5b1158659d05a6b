// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"stet"
	"stet/internal/store"
	"stet/internal/theme"
)

const (
	searchSize     = 20
	searchPages    = store.MaxRanked / searchSize
	searchLength   = 300 // bytes of a question
	searchPeople   = 300
	suggestStories = 6
	suggestPeople  = 3
)

// search answers a question typed by a reader.
func (s *Site) search(ctx context.Context, r *request) (rendering, error) {
	w := r.world
	q := r.URL.Query()
	words := tidy(q.Get("q"))
	query := store.Query{Words: words, Language: w.magazine.Language, Limit: searchSize}
	view := theme.Search{Query: words}
	if err := s.filters(ctx, w, q, &query, &view); err != nil {
		return rendering{}, err
	}
	number, _ := strconv.Atoi(q.Get("page"))
	number = min(max(number, 1), searchPages)
	query.Offset = (number - 1) * searchSize
	hits, total, err := s.store.Search(ctx, query)
	if err != nil {
		return rendering{}, err
	}
	view.Count, view.AtLeast = total.Stories, total.AtLeast
	if view.Results, err = s.results(ctx, w, words, hits); err != nil {
		return rendering{}, err
	}
	view.Paging = searchPaging(q, number, total.Stories)
	head := theme.Head{Title: w.theme.Text("search"), Canonical: s.base + "/search", Robots: "noindex, follow", Description: w.magazine.Name + ": " + w.theme.Text("search")}
	view.Page = theme.Page{Magazine: w.here("/search"), Head: head}
	return s.html(w, theme.SearchTemplate, view, http.StatusOK, encoding(r.Request), allStories.Tag())
}

// tidy makes a question safe to repeat: valid, on one line, of bounded length.
func tidy(q string) string {
	q = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(q, "\x00", ""), "")), " ")
	if len(q) > searchLength {
		q = strings.ToValidUTF8(q[:searchLength], "")
	}
	return q
}

// filters reads the filters of a question and fills in their choices.
func (s *Site) filters(ctx context.Context, w *world, q url.Values, query *store.Query, view *theme.Search) error {
	section := strings.Trim(q.Get("section"), "/")
	for _, sec := range w.sections {
		path := strings.TrimPrefix(w.sections.Path(sec.ID), "/")
		depth := len(w.sections.Line(sec.ID)) - 1
		view.Sections = append(view.Sections, theme.Option{Value: path, Text: strings.Repeat("– ", depth) + sec.Name, Selected: path == section})
		if path == section {
			query.Section = sec.ID
		}
	}
	if err := s.personFilter(ctx, tidy(q.Get("person")), query, view); err != nil {
		return err
	}
	counts, err := s.counts(ctx, w)
	if err != nil {
		return err
	}
	year := q.Get("year")
	for _, y := range counts.yearsDown() {
		v := strconv.Itoa(y)
		view.Years = append(view.Years, theme.Option{Value: v, Text: v, Selected: v == year})
		if v == year {
			query.From = time.Date(y, 1, 1, 0, 0, 0, 0, w.location)
			query.To = query.From.AddDate(1, 0, 0)
		}
	}
	view.Filtered = query.Section != 0 || query.Person != 0 || !query.From.IsZero()
	return nil
}

// personFilter offers all authors, or a field for a name where they are too
// many for a list. What came is a slug or a name.
func (s *Site) personFilter(ctx context.Context, person string, query *store.Query, view *theme.Search) error {
	authors, err := s.store.Authors(ctx, searchPeople+1)
	if err != nil {
		return err
	}
	chosen, err := s.personAsked(ctx, person)
	if err != nil {
		return err
	}
	query.Person = chosen.ID
	if len(authors) > searchPeople {
		view.AskPerson, view.Person = true, cmp.Or(chosen.Name, person)
		return nil
	}
	for _, p := range authors {
		view.People = append(view.People, theme.Option{Value: p.Slug, Text: p.Name, Selected: p.ID == chosen.ID})
	}
	return nil
}

// personAsked finds who is meant; nobody is a person without an id.
func (s *Site) personAsked(ctx context.Context, person string) (stet.Person, error) {
	if person == "" {
		return stet.Person{}, nil
	}
	p, err := s.store.PersonBySlug(ctx, person)
	if stet.ErrorCode(err) != stet.NotFound {
		return p, err
	}
	named, err := s.store.PeopleNamed(ctx, person)
	if err != nil || len(named) == 0 {
		return stet.Person{}, err
	}
	return named[0], nil
}

func (s *Site) results(ctx context.Context, w *world, words string, hits []store.Hit) ([]theme.Result, error) {
	rows := make([]store.Live, len(hits))
	for i, h := range hits {
		rows[i] = h.Live
	}
	cards, err := s.cards(ctx, w, rows)
	if err != nil {
		return nil, err
	}
	open, err := s.openAll(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]theme.Result, len(hits))
	for i := range hits {
		out[i] = theme.Result{Card: cards[i]}
		if words != "" {
			out[i].Snippet = snippet(open[i].doc.Text(), words, open[i].Language)
		}
	}
	return out, nil
}

func searchPaging(q url.Values, number, total int) theme.Paging {
	pages := min((total+searchSize-1)/searchSize, searchPages)
	p := theme.Paging{Number: number, Pages: pages}
	to := func(n int) string {
		v := url.Values{}
		for _, name := range []string{"q", "section", "person", "year"} {
			if x := q.Get(name); x != "" {
				v.Set(name, x)
			}
		}
		if n > 1 {
			v.Set("page", strconv.Itoa(n))
		}
		return "/search?" + v.Encode()
	}
	if number > 1 {
		p.Newer = to(number - 1)
	}
	if number < pages {
		p.Older = to(number + 1)
	}
	return p
}

// suggest answers while somebody types: stories whose headlines have the
// words, people, sections and topics whose names begin so.
func (s *Site) suggest(ctx context.Context, r *request) (rendering, error) {
	w := r.world
	words := tidy(r.URL.Query().Get("q"))
	view := theme.Suggestions{Query: words}
	if len([]rune(words)) >= 2 {
		if err := s.suggestions(ctx, w, words, &view); err != nil {
			return rendering{}, err
		}
	}
	made, err := s.html(w, theme.SuggestionsTemplate, view, http.StatusOK, encoding(r.Request))
	if err == nil {
		made.body.Robots = "noindex"
	}
	return made, err
}

func (s *Site) suggestions(ctx context.Context, w *world, words string, view *theme.Suggestions) error {
	people, err := s.store.SuggestPeople(ctx, words, suggestPeople)
	if err != nil {
		return err
	}
	for _, p := range people {
		view.Items = append(view.Items, theme.Suggestion{Kind: "person", Text: p.Name, URL: "/person/" + p.Slug})
	}
	folded := store.FoldName(words)
	for _, sec := range w.sections {
		if strings.HasPrefix(store.FoldName(sec.Name), folded) {
			view.Items = append(view.Items, theme.Suggestion{Kind: "section", Text: sec.Name, URL: w.sections.Path(sec.ID)})
		}
	}
	view.Items = append(view.Items, w.topicsStarting(folded)...)
	stories, err := s.store.SuggestStories(ctx, words, w.magazine.Language, suggestStories)
	for _, l := range stories {
		view.Items = append(view.Items, theme.Suggestion{Kind: "story", Text: l.Headline, URL: l.Path})
	}
	return err
}

func (w *world) topicsStarting(folded string) []theme.Suggestion {
	var found []stet.Topic
	for _, t := range w.topics {
		if strings.HasPrefix(store.FoldName(t.Name), folded) {
			found = append(found, t)
		}
	}
	sortTopics(found)
	var out []theme.Suggestion
	for _, t := range found[:min(len(found), 3)] {
		out = append(out, theme.Suggestion{Kind: "topic", Text: t.Name, URL: "/topic/" + t.Slug})
	}
	return out
}
