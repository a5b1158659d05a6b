// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
	"stet/internal/theme"
)

// opened is a published article read whole: its row, its version, its body.
type opened struct {
	store.Live
	number  int
	content stet.Content
	doc     *prose.Doc
}

// open parses the version of a live row.
func open(l store.Live, v stet.Version) (*opened, error) {
	d, err := v.Open()
	if err != nil {
		return nil, err
	}
	o := &opened{Live: l, number: v.Number, content: d.Content}
	body := d.Content.Body
	if len(body) == 0 {
		body = []byte(`{"type":"doc","content":[]}`)
	}
	if o.doc, err = prose.Parse(body); err != nil {
		return nil, fmt.Errorf("body of version %d: %w", v.ID, err)
	}
	return o, nil
}

func (s *Site) openLive(ctx context.Context, l store.Live) (*opened, error) {
	v, err := s.store.Version(ctx, l.VersionID)
	if err != nil {
		return nil, err
	}
	return open(l, v)
}

// openAll reads the versions of several rows in one query, in their order.
func (s *Site) openAll(ctx context.Context, rows []store.Live) ([]*opened, error) {
	ids := make([]int64, len(rows))
	for i, l := range rows {
		ids[i] = l.VersionID
	}
	versions, err := s.store.VersionsByID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]stet.Version, len(versions))
	for _, v := range versions {
		byID[v.ID] = v
	}
	out := make([]*opened, 0, len(rows))
	for _, l := range rows {
		o, err := open(l, byID[l.VersionID])
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// article is a story's page, or a plain page's.
func (s *Site) article(ctx context.Context, r *request, l store.Live) (rendering, error) {
	o, err := s.openLive(ctx, l)
	if err != nil {
		return rendering{}, err
	}
	if l.Kind == stet.Page {
		return s.plainPage(ctx, r, o)
	}
	return s.story(ctx, r, o)
}

// nextCount is how many stories stand below an article as links.
const nextCount = 6

func (s *Site) story(ctx context.Context, r *request, o *opened) (rendering, error) {
	w := r.world
	next, err := s.nextStories(ctx, o.Live, nil, nextCount)
	if err != nil {
		return rendering{}, err
	}
	c, err := s.castOf(ctx, true, append([]store.Live{o.Live}, next...)...)
	if err != nil {
		return rendering{}, err
	}
	lib, err := s.libraryOf(ctx, o.doc)
	if err != nil {
		return rendering{}, err
	}
	env, err := s.envOf(ctx, w, lib, o.Live.PublicID, o.number, o.doc)
	if err != nil {
		return rendering{}, err
	}
	corrected, err := s.notesOf(ctx, o.Live)
	if err != nil {
		return rendering{}, err
	}
	notes := corrected[o.ArticleID]
	marked := remarks(o.doc, notes)
	rec, err := s.recordIn(ctx, w, o)
	if err != nil {
		return rendering{}, err
	}
	view := theme.Article{
		ID: o.PublicID, Label: w.label(o.SectionID, o.GenreID), Headline: o.Headline, Dek: o.Dek, Language: w.foreign(o.Language),
		Bylines: bylines(o.Live, c), Published: o.PublishedAt, Updated: shownUpdate(o.Live), Minutes: o.doc.ReadingTime(o.Language),
		Picture: s.leadPicture(o.Live, c), Body: o.doc.Remarked(slices.Concat(marked, rec.marks)).HTML(env), Record: rec.cards, Origin: w.originOf(o), Topics: w.topicLinks(o.content.Topics),
		Authors: authorNotes(o.Live, c), Corrections: w.noteViews(o.Live, notes, marked, ""), History: historyLink(o.Path, o.number),
	}
	for _, l := range next {
		view.Next = append(view.Next, w.card(l, c))
	}
	view.Page = theme.Page{Magazine: w.here(w.sections.Path(o.SectionID)), Head: s.storyHead(w, o, c, lib, notes)}
	tags := []string{newsroom.ArticleTag(o.ArticleID), allStories.Tag(), store.List{Kind: store.ListSection, Ref: o.SectionID}.Tag()}
	tags = append(tags, rec.tags...)
	for _, b := range o.Bylines {
		tags = append(tags, newsroom.PersonTag(b.Person))
	}
	return s.html(w, theme.ArticleTemplate, view, http.StatusOK, encoding(r.Request), tags...)
}

func (w *world) originOf(o *opened) theme.Origin {
	url := ""
	if o.content.Origin != nil {
		url = o.content.Origin.URL
	}
	return w.origin(o.Live, url)
}

// leadPicture is the picture above a story, with the placement's own words.
func (s *Site) leadPicture(l store.Live, c cast) theme.Picture {
	return placed(c.assets[l.LeadAsset], media.Whole, l, c.ended)
}

func (w *world) topicLinks(refs []stet.Ref) []theme.Link {
	var out []theme.Link
	for _, ref := range refs {
		for _, t := range w.topics {
			if t.PublicID == ref.ID {
				out = append(out, theme.Link{Text: t.Name, URL: "/topic/" + t.Slug})
			}
		}
	}
	return out
}

func authorNotes(l store.Live, c cast) []theme.AuthorNote {
	var out []theme.AuthorNote
	for _, b := range l.Bylines {
		p := c.people[b.Person]
		if p.Bio == "" {
			continue
		}
		// A note that begins with the name goes on from the link that has it.
		note := strings.TrimSpace(strings.TrimPrefix(p.Bio, p.Name))
		n := theme.AuthorNote{Name: p.Name, URL: "/person/" + p.Slug, Note: plain(note)}
		if a, ok := c.assets[p.Portrait]; ok {
			n.Portrait = picture(a, media.Square)
		}
		out = append(out, n)
	}
	return out
}

// env is what a body needs of the world outside: its pictures and the stories
// it points to. prefix keeps the ids of several stories on one page apart.
func (s *Site) env(ctx context.Context, w *world, article string, version int, docs ...*prose.Doc) (prose.Env, error) {
	lib, err := s.libraryOf(ctx, docs...)
	if err != nil {
		return prose.Env{}, err
	}
	return s.envOf(ctx, w, lib, article, version, docs...)
}

func (s *Site) envOf(ctx context.Context, w *world, lib library, article string, version int, docs ...*prose.Doc) (prose.Env, error) {
	var stories []string
	for _, d := range docs {
		stories = append(stories, d.Stories()...)
	}
	related, err := s.store.LiveByPublicIDs(ctx, stories...)
	if err != nil {
		return prose.Env{}, err
	}
	return prose.Env{
		Base: s.base, Lazy: true, Language: w.magazine.Language, IDPrefix: "s" + article + "-", Label: w.theme.Text,
		When: w.when, To: func(s string) string { return w.theme.Say("said.to", s) },
		Asset: func(id string) (prose.Picture, bool) {
			a, ok := lib.assets[id]
			if !ok || a.Kind != stet.Image {
				return prose.Picture{}, false
			}
			p := whole(a)
			if a.Ended {
				p.Alt = w.theme.Text("picture.ended")
			}
			return prose.Picture{Src: p.Src, Srcset: p.Srcset, Sizes: bodySizes, Width: p.Width, Height: p.Height, Alt: p.Alt, Credit: p.Credit, Final: a.Ended || a.PublicID != id}, true
		},
		Media: func(id string) (prose.Media, bool) { return lib.media(w, id) },
		Story: func(id string) (prose.Story, bool) {
			l, ok := related[id]
			return prose.Story{Href: l.Path, Title: l.Headline}, ok
		},
		RawURL: func(block string) string { return fmt.Sprintf("/raw/%s/%d/%s", article, version, block) },
	}, nil
}

// bodySizes is how wide pictures within the text are shown.
const bodySizes = "(min-width: 60rem) 44rem, 92vw"

// plainPage is a page such as About.
func (s *Site) plainPage(ctx context.Context, r *request, o *opened) (rendering, error) {
	w := r.world
	env, err := s.env(ctx, w, o.PublicID, o.number, o.doc)
	if err != nil {
		return rendering{}, err
	}
	view := theme.Plain{
		Page:  theme.Page{Magazine: w.here(o.Path), Head: s.pageHead(w, o)},
		Title: o.Headline, Dek: o.Dek, Language: w.foreign(o.Language), Body: o.doc.HTML(env), Updated: o.UpdatedAt, History: historyLink(o.Path, o.number),
	}
	return s.html(w, theme.PlainTemplate, view, http.StatusOK, encoding(r.Request), newsroom.ArticleTag(o.ArticleID))
}

// raw answers the sandboxed frame of a raw HTML block.
func (s *Site) raw(rw http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	number, err := strconv.Atoi(r.PathValue("version"))
	if err != nil {
		return stet.Errorf(stet.NotFound, "there is no such block")
	}
	l, err := s.store.LiveByPublicID(ctx, r.PathValue("article"))
	if err != nil {
		return err
	}
	doc, err := s.rawOf(ctx, l, number)
	if err != nil {
		return err
	}
	html, found := "", false
	doc.Walk(func(n *prose.Node) bool {
		if n.Type == "rawHTML" && n.ID() == r.PathValue("block") {
			html, found = n.Attr("html"), true
		}
		return !found
	})
	if !found {
		return stet.Errorf(stet.NotFound, "there is no such block")
	}
	return sendRaw(rw, r, html)
}
