// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// ArticleRow is an article as lists show it.
type ArticleRow struct {
	ID          string        `json:"id"`
	Kind        stet.Kind     `json:"kind" enum:"story,page"`
	Status      stet.Status   `json:"status" enum:"draft,in_review,approved,scheduled,published,withdrawn"`
	Headline    string        `json:"headline"`
	Dek         string        `json:"dek,omitempty"`
	Slug        string        `json:"slug,omitempty"`
	Section     *stet.Ref     `json:"section,omitempty"`
	Genre       *stet.Ref     `json:"genre,omitempty"`
	Topics      []stet.Ref    `json:"topics"`
	Bylines     []stet.Byline `json:"bylines"`
	BylineText  string        `json:"bylineText,omitempty" doc:"A free line."`
	Lead        string        `json:"lead,omitempty" doc:"Id of the lead picture."`
	UpdatedAt   time.Time     `json:"updatedAt" doc:"When the working copy was last saved."`
	PublishedAt *time.Time    `json:"publishedAt,omitempty" doc:"First publication."`
	ScheduledAt *time.Time    `json:"scheduledAt,omitempty" doc:"When the working copy is to be published: for the first time, or as an update of what is live."`
	Changed     bool          `json:"changed,omitempty" doc:"It is published, and the working copy is not what readers see."`
	Assignee    *Colleague    `json:"assignee,omitempty" doc:"Who has it now."`
	DueAt       *time.Time    `json:"dueAt,omitempty"`
	Trashed     bool          `json:"trashed,omitempty" doc:"It lies in the trash."`
}

// Colleague is an account as everybody at the desk may know it.
type Colleague struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Article is one article whole, with its working copy.
type Article struct {
	ArticleRow
	Revision      int64        `json:"revision" doc:"Grows with every save."`
	Content       stet.Content `json:"content" doc:"The working copy; readers see the newest version and never this."`
	ScheduledNote string       `json:"scheduledNote,omitempty" doc:"The public note of the update to come."`
	TrashedAt     *time.Time   `json:"trashedAt,omitempty"`
	Path          string       `json:"path,omitempty" doc:"Public address, when readers see it."`
	Own           bool         `json:"own,omitempty" doc:"It is the caller's own story."`
	MayWrite      bool         `json:"mayWrite" doc:"Whether the caller may change the working copy now."`
	MayOpen       bool         `json:"mayOpen,omitempty" doc:"It is closed to the caller because it has been approved, and open again once it is taken back."`
}

// colleagues knows the accounts that rows name, by database id.
type colleagues map[int64]Colleague

func (d *Desk) colleagues(ctx context.Context) (colleagues, error) {
	all, err := d.store.Staff(ctx)
	out := colleagues{}
	for _, a := range all {
		out[a.ID] = Colleague{a.PublicID, a.Name}
	}
	return out, err
}

func (c colleagues) of(id int64) *Colleague {
	if who, ok := c[id]; ok {
		return &who
	}
	return nil
}

func viewCopy(v store.Copy, who colleagues) ArticleRow {
	return ArticleRow{
		ID: v.PublicID, Kind: v.Kind, Status: v.Status, Headline: v.Headline, Dek: v.Dek, Slug: v.Slug,
		Section: ref(v.Section), Genre: ref(v.Genre), Topics: some(v.Topics), Bylines: some(v.Bylines), BylineText: v.BylineText, Lead: v.Lead,
		UpdatedAt: v.UpdatedAt, PublishedAt: moment(v.PublishedAt), ScheduledAt: moment(v.ScheduledAt),
		Changed: v.Changed, Assignee: who.of(v.Assignee), DueAt: moment(v.DueAt), Trashed: v.Trashed,
	}
}

// article reads an article as the API shows it.
func (d *Desk) article(ctx context.Context, staff stet.Staff, a stet.Article) (v Article, err error) {
	who, err := d.colleagues(ctx)
	if err != nil {
		return v, err
	}
	row, err := d.store.Copy(ctx, a.ID)
	if err != nil {
		return v, err
	}
	v = Article{ArticleRow: viewCopy(row, who), Revision: a.Revision, Content: a.Content, ScheduledNote: a.ScheduledNote, TrashedAt: moment(a.TrashedAt), Own: newsroom.Owns(staff, &a)}
	v.MayWrite, v.MayOpen = d.room.MayWrite(ctx, staff, &a)
	if a.Status == stet.Published {
		live, err := d.store.Live(ctx, a.ID)
		if err != nil {
			return v, err
		}
		v.Path = live.Path
	}
	return v, nil
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

// ArticleFilter is what lists and totals of articles may be asked for.
type ArticleFilter struct {
	Caller
	Kind      stet.Kind `query:"kind" enum:"story,page" default:"story"`
	Q         string    `query:"q" maxLength:"200" doc:"Words of the headline, dek, people, slug or topics; of published stories, of the body too."`
	Section   string    `query:"section" maxLength:"12" doc:"Id of a section, the main one or a further one; those below it count."`
	Genre     string    `query:"genre" maxLength:"12"`
	Topic     string    `query:"topic" maxLength:"12"`
	Writer    string    `query:"writer" maxLength:"12" doc:"Id of a person in the bylines."`
	Assignee  string    `query:"assignee" maxLength:"12" doc:"Id of the account that has it; 'none' for nobody."`
	Mine      bool      `query:"mine" doc:"Begun by the caller, assigned to them, or with them in the bylines."`
	Changed   bool      `query:"changed" doc:"Published, with changes that readers do not see."`
	Trashed   bool      `query:"trashed" doc:"What lies in the trash, and nothing else."`
	Date      string    `query:"date" enum:"updated,published" default:"updated" doc:"The date that from and to are about."`
	From      time.Time `query:"from" doc:"Not before."`
	To        time.Time `query:"to" doc:"Before."`
	DueBefore time.Time `query:"dueBefore" doc:"Due before."`
}

type articleQuery struct {
	ArticleFilter
	Status []stet.Status `query:"status,explode" enum:"draft,in_review,approved,scheduled,published,withdrawn" maxItems:"6" doc:"One or several."`
	Sort   store.Order   `query:"sort" enum:"updated,published,scheduled,due,headline" default:"updated" doc:"Those by another date than the last save show what has that date."`
	Limit  int           `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string        `query:"cursor" maxLength:"600"`
}

// filter makes of the query what the store understands.
func (d *Desk) filter(ctx context.Context, in *ArticleFilter) (f store.CopyFilter, err error) {
	f = store.CopyFilter{Kind: in.Kind, Changed: in.Changed, Trashed: in.Trashed, Words: in.Q, Due: store.Range{To: in.DueBefore}}
	if m, err := d.store.Magazine(ctx); err == nil {
		f.Language = m.Language
	}
	if in.Mine {
		f.Mine = &in.staff
	}
	dates := store.Range{From: in.From, To: in.To}
	if in.Date == "published" {
		f.Published = dates
	} else {
		f.Updated = dates
	}
	if err := d.filed(ctx, in, &f); err != nil {
		return f, err
	}
	switch in.Assignee {
	case "":
	case "none":
		f.Unclaimed = true
	default:
		who, err := d.store.StaffByPublicID(ctx, in.Assignee)
		if err != nil {
			return f, err
		}
		f.Assignee = who.ID
	}
	return f, nil
}

// filed says what the articles are filed under. Whatever was merged means what
// remains of it, and what remains also means what was merged into it: working
// copies follow in a job, and are found by either until then.
func (d *Desk) filed(ctx context.Context, in *ArticleFilter, f *store.CopyFilter) (err error) {
	if in.Section != "" {
		if f.Sections, err = d.sectionsUnder(ctx, in.Section); err != nil {
			return err
		}
	}
	if in.Genre != "" {
		f.Genres = []string{in.Genre}
		all, err := d.store.Genres(ctx)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(g stet.Genre) bool { return g.Is(in.Genre) }); i >= 0 {
			f.Genres = append([]string{all[i].PublicID}, all[i].Was...)
		}
	}
	if in.Topic != "" {
		f.Topics = []string{in.Topic}
		all, err := d.store.Topics(ctx)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(t stet.Topic) bool { return t.Is(in.Topic) }); i >= 0 {
			f.Topics = append([]string{all[i].PublicID}, all[i].Was...)
		}
	}
	if f.Writer = in.Writer; in.Writer != "" {
		p, err := d.store.PersonByPublicID(ctx, in.Writer)
		if err == nil {
			f.Writer = p.PublicID
		} else if stet.ErrorCode(err) != stet.NotFound {
			return err
		}
	}
	return nil
}

// sectionsUnder is the section and all below it, with what was merged into each.
func (d *Desk) sectionsUnder(ctx context.Context, id string) ([]string, error) {
	all, err := d.store.Sections(ctx)
	if err != nil {
		return nil, err
	}
	top, ok := all.ByPublicID(id)
	if !ok {
		return nil, stet.Errorf(stet.NotFound, "there is no such section")
	}
	var out []string
	for _, id := range append([]string{top.PublicID}, sectionsBelow(all, top.ID)...) {
		s, _ := all.ByPublicID(id)
		out = append(append(out, s.PublicID), s.Was...)
	}
	return out, nil
}

// Totals are how many articles of each status pass a filter.
type Totals struct {
	Draft     int `json:"draft"`
	InReview  int `json:"in_review"`
	Approved  int `json:"approved"`
	Scheduled int `json:"scheduled"`
	Published int `json:"published"`
	Withdrawn int `json:"withdrawn"`
}

func (d *Desk) articleOperations() {
	register(d, http.MethodGet, "/articles", "list-articles", "lists articles, the one saved last first or in another order", d.listArticles)
	register(d, http.MethodGet, "/articles/totals", "count-articles", "counts the articles of each status that pass a filter", func(ctx context.Context, in *ArticleFilter) (*body[Totals], error) {
		f, err := d.filter(ctx, in)
		if err != nil {
			return nil, err
		}
		n, err := d.store.CountCopies(ctx, f)
		return reply(Totals{n[stet.Draft], n[stet.InReview], n[stet.Approved], n[stet.Scheduled], n[stet.Published], n[stet.Withdrawn]}), err
	})
	register(d, http.MethodGet, "/articles/{id}", "get-article", "returns an article with its working copy", func(ctx context.Context, in *OneArticle) (*body[Article], error) {
		return d.answerArticle(ctx, in.staff, in.ID, nil)
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
		if err := d.room.Draft(ctx, in.staff, &a); err != nil {
			return nil, err
		}
		return d.answerArticle(ctx, in.staff, a.PublicID, nil)
	})
	register(d, http.MethodGet, "/colleagues", "list-colleagues", "lists the accounts to which a story can be assigned", func(ctx context.Context, _ *struct{ Caller }) (*body[Page[Colleague]], error) {
		all, err := d.store.Staff(ctx)
		rows := []Colleague{}
		for _, a := range all {
			if !a.Disabled {
				rows = append(rows, Colleague{a.PublicID, a.Name})
			}
		}
		return reply(Page[Colleague]{Items: rows}), err
	})
}

// OneArticle is the input of what is asked of one article.
type OneArticle struct {
	Caller
	ID string `path:"id" maxLength:"12"`
}

// answerArticle does something to the article and returns it as it is then.
func (d *Desk) answerArticle(ctx context.Context, staff stet.Staff, id string, do func(a *stet.Article) error) (*body[Article], error) {
	a, err := d.store.ArticleByPublicID(ctx, id)
	if err != nil {
		return nil, err
	}
	if do != nil {
		if err := do(&a); err != nil {
			return nil, err
		}
		if a, err = d.store.Article(ctx, a.ID); err != nil {
			return nil, err
		}
	}
	v, err := d.article(ctx, staff, a)
	return reply(v), err
}

func (d *Desk) listArticles(ctx context.Context, in *articleQuery) (*body[Page[ArticleRow]], error) {
	f, err := d.filter(ctx, &in.ArticleFilter)
	if err != nil {
		return nil, err
	}
	f.Statuses, f.Order, f.Limit = in.Status, in.Sort, in.Limit+1
	if f.After, err = parsePlace(in.Cursor); err != nil {
		return nil, err
	}
	found, err := d.store.Copies(ctx, f)
	if err != nil {
		return nil, err
	}
	who, err := d.colleagues(ctx)
	if err != nil {
		return nil, err
	}
	page := Page[ArticleRow]{Items: []ArticleRow{}}
	if len(found) > in.Limit {
		found = found[:in.Limit]
		page.Next = placeCursor(found[in.Limit-1].Place(f.Order))
	}
	for _, v := range found {
		page.Items = append(page.Items, viewCopy(v, who))
	}
	return reply(page), nil
}

// placeCursor writes a place in an ordered list, and parsePlace reads it.
func placeCursor(p store.CopyPlace) string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.Key)) + "." + p.ID
}

func parsePlace(s string) (*store.CopyPlace, error) {
	if s == "" {
		return nil, nil
	}
	key, id, _ := strings.Cut(s, ".")
	raw, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil || !stet.ValidID(id) || stet.CheckText("cursor", string(raw), 400) != nil {
		return nil, stet.Errorf(stet.Invalid, "%q is no cursor of ours", s)
	}
	return &store.CopyPlace{Key: string(raw), ID: id}, nil
}
