// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/store"
)

// ArticleRow is an article as lists show it.
type ArticleRow struct {
	ID          string        `json:"id"`
	Kind        stet.Kind     `json:"kind" enum:"story,page"`
	Status      stet.Status   `json:"status" enum:"draft,in_review,approved,scheduled,published,withdrawn"`
	Headline    string        `json:"headline"`
	Dek         string        `json:"dek,omitempty"`
	Section     *stet.Ref     `json:"section,omitempty"`
	Genre       *stet.Ref     `json:"genre,omitempty"`
	Bylines     []stet.Byline `json:"bylines"`
	UpdatedAt   time.Time     `json:"updatedAt" doc:"When the working copy was last saved."`
	PublishedAt *time.Time    `json:"publishedAt,omitempty" doc:"First publication."`
	ScheduledAt *time.Time    `json:"scheduledAt,omitempty"`
}

// Article is one article whole, with its working copy.
type Article struct {
	ArticleRow
	Revision int64        `json:"revision" doc:"Grows with every save."`
	Content  stet.Content `json:"content" doc:"The working copy; readers see the newest version and never this."`
}

func viewArticleRow(a stet.Article) ArticleRow {
	c := a.Content
	return ArticleRow{
		ID: a.PublicID, Kind: a.Kind, Status: a.Status, Headline: c.Headline, Dek: c.Dek,
		Section: ref(c.Section), Genre: ref(c.Genre), Bylines: some(c.Bylines),
		UpdatedAt: a.UpdatedAt, PublishedAt: moment(a.PublishedAt), ScheduledAt: moment(a.ScheduledAt),
	}
}

func viewArticle(a stet.Article) Article {
	return Article{viewArticleRow(a), a.Revision, a.Content}
}

// ref is a reference, nil when it points nowhere.
func ref(r stet.Ref) *stet.Ref {
	if r.IsZero() {
		return nil
	}
	return &r
}

// moment is a time, nil when it is not set.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// some is a list that is never null in JSON.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

type articleQuery struct {
	Caller
	Kind   stet.Kind   `query:"kind" enum:"story,page" default:"story"`
	Status stet.Status `query:"status" enum:"draft,in_review,approved,scheduled,published,withdrawn"`
	Limit  int         `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string      `query:"cursor" maxLength:"100"`
}

func (d *Desk) articleOperations() {
	register(d, http.MethodGet, "/articles", "list-articles", "lists articles, the one saved last first", d.listArticles)
	register(d, http.MethodGet, "/articles/{id}", "get-article", "returns an article with its working copy", func(ctx context.Context, in *struct {
		Caller
		ID string `path:"id" maxLength:"12"`
	}) (*body[Article], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		return reply(viewArticle(a)), err
	})
	type beginning struct {
		Caller
		Body struct {
			Kind     stet.Kind `json:"kind,omitempty" enum:"story,page" default:"story"`
			Headline string    `json:"headline,omitempty" maxLength:"400"`
		}
	}
	register(d, http.MethodPost, "/articles", "begin-article", "begins a draft", func(ctx context.Context, in *beginning) (*body[Article], error) {
		a := stet.Article{Kind: in.Body.Kind, Content: stet.Content{Headline: in.Body.Headline}}
		err := d.room.Draft(ctx, in.staff, &a)
		return reply(viewArticle(a)), err
	})
}

func (d *Desk) listArticles(ctx context.Context, in *articleQuery) (*body[Page[ArticleRow]], error) {
	after, err := parseCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := d.store.Articles(ctx, store.ArticleFilter{Kind: in.Kind, Status: in.Status, After: after, Limit: in.Limit + 1})
	if err != nil {
		return nil, err
	}
	rows := make([]ArticleRow, len(found))
	for i, a := range found {
		rows[i] = viewArticleRow(a)
	}
	return pageOf(rows, in.Limit, func(r ArticleRow) string { return cursor(r.UpdatedAt, r.ID) }), nil
}
