// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/theme"
)

// pageSize is how many stories stand on one page of a list, when the magazine
// has not said so.
const pageSize = 24

func (w *world) pageSize() int {
	if n := w.magazine.StoriesPaged; n != 0 {
		return n
	}
	return pageSize
}

// latest is the list of everything.
func (s *Site) latest(ctx context.Context, r *request) (rendering, error) {
	view := theme.Listing{Kind: theme.LatestListing, Title: r.world.theme.Text("latest")}
	return s.list(ctx, r, allStories, view, theme.Head{}, nil)
}

// listing is the page of a section, genre, topic or person.
func (s *Site) listing(ctx context.Context, r *request, l store.List) (rendering, error) {
	w := r.world
	view := theme.Listing{Kind: theme.ListingKind(l.Kind)}
	head := theme.Head{}
	switch l.Kind {
	case store.ListSection:
		sec, _ := w.sections.ByID(l.Ref)
		view.Title, view.Intro, head.Description = sec.Name, plain(sec.Description), sec.Description
		view.Address = w.sections.Path(l.Ref)
		line := w.sections.Line(l.Ref)
		for _, up := range line[:len(line)-1] {
			view.Trail = append(view.Trail, theme.Link{Text: up.Name, URL: w.sections.Path(up.ID)})
		}
		view.Subsections = w.sectionLinks(l.Ref, 1)
		head.JSONLD = []any{s.breadcrumbs(w, l.Ref, "", "")}
		front, err := s.frontAt(ctx, r, sec.PublicID)
		if err != nil {
			return rendering{}, err
		}
		return s.sectionPage(ctx, r, l, view, head, sec.PublicID, front)
	case store.ListGenre:
		g := w.genres[l.Ref]
		view.Title, view.Intro, head.Description = g.Name, plain(g.Description), g.Description
	case store.ListTopic:
		t := w.topics[l.Ref]
		view.Title, view.Intro, head.Description = t.Name, plain(t.Description), t.Description
		tags, err := s.saidOn(ctx, r, t, &view)
		if err != nil {
			return rendering{}, err
		}
		made, err := s.list(ctx, r, l, view, head, nil)
		made.tags = append(made.tags, tags...)
		return made, err
	case store.ListPerson:
		return s.person(ctx, r, l, view)
	}
	return s.list(ctx, r, l, view, head, nil)
}

// person is somebody's page: who they are, what they wrote, and the stories in
// which they are named.
func (s *Site) person(ctx context.Context, r *request, l store.List, view theme.Listing) (rendering, error) {
	w := r.world
	p, err := s.store.Person(ctx, l.Ref)
	if err != nil {
		return rendering{}, err
	}
	view.Title, view.Intro = p.Name, paragraphs(p.Bio)
	view.Person.Links = links(p.Links)
	for _, role := range p.Roles {
		view.Person.Roles = append(view.Person.Roles, theme.Role{Title: role.Title, Organisation: role.Organisation, From: w.vagueDate(role.From), To: w.vagueDate(role.To)})
	}
	if assets, err := s.store.Assets(ctx, p.Portrait); err == nil && len(assets) == 1 {
		view.Person.Portrait = picture(assets[0], media.Square)
	}
	if view.About, err = s.storiesAbout(ctx, r, p); err != nil {
		return rendering{}, err
	}
	head := theme.Head{Description: firstSentence(p.Bio), JSONLD: []any{s.personLD(p)}}
	if view.Person.Portrait.Src != "" {
		head.Card = s.absolute(view.Person.Portrait)
	}
	tags, err := s.saidBy(ctx, r, p, &view)
	if err != nil {
		return rendering{}, err
	}
	if view.Said.Narrowed {
		head.Robots = "noindex, follow"
	}
	made, err := s.list(ctx, r, l, view, head, nil)
	made.tags = append(made.tags, tags...)
	return made, err
}

// vagueDate sets a date of any precision in the magazine's language: "2023",
// "March 2023", "14 March 2023".
func (w *world) vagueDate(s string) string {
	if t, err := time.Parse("2006-01", s); err == nil {
		return w.theme.Month(t.Year(), t.Month())
	}
	if t, err := time.ParseInLocation("2006-01-02", s, w.location); err == nil {
		return w.theme.Date(t)
	}
	return s
}

// aboutCount is how many stories about somebody their page shows.
const aboutCount = 12

// storiesAbout finds stories whose text names the person but that they did
// not write.
func (s *Site) storiesAbout(ctx context.Context, r *request, p stet.Person) ([]theme.Card, error) {
	if pagingQuery(r.URL.Query()) != "" {
		return nil, nil // only on the first page of the list
	}
	hits, _, err := s.store.Search(ctx, store.Query{Words: `"` + p.Name + `"`, Language: r.world.magazine.Language, Limit: 4 * aboutCount})
	if err != nil {
		return nil, err
	}
	var rows []store.Live
	for _, h := range hits {
		if len(rows) < aboutCount && !wrote(h.Live, p.ID) {
			rows = append(rows, h.Live)
		}
	}
	sortNewest(rows)
	return s.cards(ctx, r.world, rows)
}

func wrote(l store.Live, person int64) bool {
	for _, b := range l.Bylines {
		if b.Person == person {
			return true
		}
	}
	return false
}

// sectionPage is the page of a section. The first one begins with the section's
// front, if it has one; the list below goes on with what the front does not show.
func (s *Site) sectionPage(ctx context.Context, r *request, l store.List, view theme.Listing, head theme.Head, place string, front stet.Front) (rendering, error) {
	if pagingQuery(r.URL.Query()) != "" {
		return s.list(ctx, r, l, view, head, nil)
	}
	f, err := s.fillFront(ctx, r.world, place, front)
	if err != nil {
		return rendering{}, err
	}
	view.Blocks = f.blocks
	made, err := s.list(ctx, r, l, view, head, f.shown)
	made.tags = append(made.tags, f.tags...)
	return made, err
}

// list fills in the stories and the paging of a list and renders it. Stories
// that are shown already on the page are left out.
func (s *Site) list(ctx context.Context, r *request, l store.List, view theme.Listing, head theme.Head, shown map[int64]bool) (rendering, error) {
	w := r.world
	rows, paging, err := s.listPage(ctx, r, l, shown)
	if err != nil {
		return rendering{}, err
	}
	if view.Cards, err = s.cards(ctx, w, rows); err != nil {
		return rendering{}, err
	}
	if l.Kind == store.ListPerson {
		dropOwnName(view.Cards, view.Title)
	}
	if view.Count, err = s.store.CountStories(ctx, l); err != nil {
		return rendering{}, err
	}
	view.Paging = paging
	head.Title, head.Canonical = view.Title, s.base+r.path
	if q := pagingQuery(r.URL.Query()); q != "" {
		head.Canonical += "?" + q
	}
	head.Prev, head.Next = s.onBase(paging.Newer), s.onBase(paging.Older)
	feeds := r.path
	if l == allStories {
		feeds = ""
	}
	head.Feeds = s.feedsOf(feeds, w.magazine.Name+": "+view.Title)
	if len(view.Said.Statements) > 0 && l.Kind == store.ListPerson {
		title := w.magazine.Name + ": " + w.theme.Text("record") + ": " + view.Title
		view.Said.Feeds = s.feedsOf(view.Address+recordPath, title)
		head.Feeds = append(head.Feeds, view.Said.Feeds...)
	}
	if head.Description == "" {
		head.Description = w.magazine.Name + ": " + view.Title
	}
	view.Page = theme.Page{Magazine: w.here(r.path), Head: head}
	tags := []string{l.Tag()}
	if l.Kind == store.ListPerson {
		tags = append(tags, newsroom.PersonTag(l.Ref), allStories.Tag())
	}
	for _, row := range rows {
		tags = append(tags, newsroom.ArticleTag(row.ArticleID))
	}
	return s.html(w, theme.ListingTemplate, view, http.StatusOK, encoding(r.Request), tags...)
}

// dropOwnName takes the byline off cards on the page of the one who wrote them
// alone: it would say the same name in every row.
func dropOwnName(cards []theme.Card, name string) {
	for i, c := range cards {
		if len(c.Bylines) == 1 && c.Bylines[0].Name == name {
			cards[i].Bylines = nil
		}
	}
}

// listPage reads one page of a list. Pages are cut at stories ("older than
// this one"), so an address shows the same stories whatever is published later.
func (s *Site) listPage(ctx context.Context, r *request, l store.List, shown map[int64]bool) ([]store.Live, theme.Paging, error) {
	var paging theme.Paging
	q := r.URL.Query()
	rows, older, newer, err := s.cut(ctx, l, q.Get("before"), q.Get("after"), r.world.pageSize(), shown)
	if errors.Is(err, errFirstPage) {
		return nil, paging, &redirect{r.path, http.StatusFound}
	}
	if err != nil {
		return nil, paging, err
	}
	if newer {
		paging.Number = 2 // which one it is cannot be told, but not the first
	}
	if len(rows) > 0 {
		if older {
			paging.Older = r.path + "?before=" + rows[len(rows)-1].PublicID
		}
		if newer {
			paging.Newer = r.path + "?after=" + rows[0].PublicID
		}
	}
	return rows, paging, nil
}

// errFirstPage says that the page asked for is the first one, which has an
// address of its own.
var errFirstPage = errors.New("this is the first page")

// cut returns the page before (older than) or after (newer than) a story, or
// the first one, and whether there are older and newer stories beside it.
func (s *Site) cut(ctx context.Context, l store.List, before, after string, size int, shown map[int64]bool) (rows []store.Live, older, newer bool, err error) {
	switch {
	case before != "":
		cur, err := s.cursor(ctx, before)
		if err != nil {
			return nil, false, false, err
		}
		rows, err = s.store.Stories(ctx, l, cur, size+1)
		if len(rows) > size {
			rows, older = rows[:size], true
		}
		return rows, older, true, err
	case after != "":
		cur, err := s.cursor(ctx, after)
		if err != nil {
			return nil, false, false, err
		}
		rows, err = s.store.StoriesBefore(ctx, l, cur, size+1)
		if len(rows) > size {
			return rows[1:], true, true, err
		}
		if err != nil {
			return nil, false, false, err
		}
		return nil, false, false, errFirstPage
	}
	rows, err = s.store.Stories(ctx, l, store.Cursor{}, size+1+len(shown))
	rows = slices.DeleteFunc(rows, func(row store.Live) bool { return shown[row.ArticleID] })
	if len(rows) > size {
		rows, older = rows[:size], true
	}
	return rows, older, false, err
}

// cursor is the place of a story in lists. A withdrawn story still has one.
func (s *Site) cursor(ctx context.Context, publicID string) (store.Cursor, error) {
	a, err := s.store.ArticleByPublicID(ctx, publicID)
	if err != nil {
		return store.Cursor{}, err
	}
	if a.PublishedAt.IsZero() { // a draft is nowhere, and nobody's to ask about
		return store.Cursor{}, stet.Errorf(stet.NotFound, "there is no such page")
	}
	return store.Cursor{PublishedAt: a.PublishedAt, ArticleID: a.ID}, nil
}

func pagingQuery(q url.Values) string {
	for _, p := range keyParams {
		if v := q.Get(p); v != "" {
			return p + "=" + url.QueryEscape(v)
		}
	}
	return ""
}

func (s *Site) onBase(path string) string {
	if path == "" {
		return ""
	}
	return s.base + path
}

// paragraphs sets a plain text of several paragraphs as HTML.
func paragraphs(text string) template.HTML {
	var b strings.Builder
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			fmt.Fprintf(&b, "<p>%s</p>", template.HTMLEscapeString(p))
		}
	}
	return template.HTML(b.String())
}

// firstSentence is a text short enough for a description.
func firstSentence(text string) string {
	if i := strings.Index(text, ". "); i > 0 && i < 300 {
		return text[:i+1]
	}
	return shorten(text, 200)
}
