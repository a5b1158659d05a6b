// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
	"stet/internal/theme"
	"stet/internal/web"
)

// sealedControl is for what an address promises never to change and a magazine
// may yet have to take away: who has it keeps it, but what stands between us and
// many readers asks each time.
const sealedControl = "public, max-age=31536000, s-maxage=0, immutable"

// errRemoved says of a version that a retraction took its text away.
var errRemoved = stet.Errorf(stet.Gone, "the story was retracted and its text taken away, in this version too")

// versionOf reads one version, with the moment at which the next one came.
func (s *Site) versionOf(ctx context.Context, p *past, number int) (v stet.Version, until time.Time, err error) {
	if v, err = s.store.VersionNumbered(ctx, p.ArticleID, number); err != nil || number >= p.newest {
		return v, until, err
	}
	next, err := s.store.VersionHeads(ctx, p.ArticleID, number+2, 1)
	if len(next) == 1 && next[0].Number > number {
		until = next[0].PublishedAt
	}
	return v, until, err
}

// version is a story as it was, or the sealed document of it.
func (s *Site) version(ctx context.Context, r *request, p *past, ask historyAsk) (rendering, error) {
	v, until, err := s.versionOf(ctx, p, ask.first)
	if err != nil {
		return rendering{}, err
	}
	if ask.json {
		return s.versionJSON(r, p, &v)
	}
	d, err := v.Open()
	if err != nil {
		return rendering{}, err
	}
	w := r.world
	by, err := s.namesOf(ctx, w, p, map[int]*newsroom.Skim{v.Number: {Content: d.Content}})
	if err != nil {
		return rendering{}, err
	}
	view := theme.VersionPage{
		Version: w.versionView(p, &v, until, by[v.Number]), Count: p.newest, History: p.at(historyAsk{}), Newest: p.Path,
		Headline: d.Content.Headline, Language: w.foreign(languageOf(w, d)), Corrections: w.notesUpTo(p, v.Number),
	}
	if v.Number < p.newest && !p.hides(v.Number) {
		view.Since = p.at(historyAsk{first: v.Number, second: p.newest})
	}
	if v.Number > 1 {
		view.Earlier = theme.Link{Text: w.theme.Say("version.number", v.Number-1), URL: p.at(historyAsk{first: v.Number - 1})}
	}
	if v.Number < p.newest {
		view.Later = theme.Link{Text: w.theme.Say("version.number", v.Number+1), URL: p.at(historyAsk{first: v.Number + 1})}
	}
	if p.hides(v.Number) {
		view.Retract = theme.Link{URL: p.removal()}
	} else if err := s.asItWas(ctx, w, p, &v, d, &view); err != nil {
		return rendering{}, err
	}
	view.Page = theme.Page{Magazine: w.here(""), Head: s.versionHead(w, p, &v, &view)}
	return s.html(w, theme.VersionTemplate, view, http.StatusOK, encoding(r.Request), p.tag(), newsroom.TagPast)
}

func (s *Site) versionHead(w *world, p *past, v *stet.Version, view *theme.VersionPage) theme.Head {
	h := theme.Head{
		Title: view.Headline + ", " + w.theme.Say("version.of", v.Number, p.newest), Description: w.theme.Say("version.of", v.Number, p.newest) + ": " + view.Headline,
		Canonical: s.base + p.Path, Robots: "noindex, follow", Prev: s.onBase(view.Earlier.URL), Next: s.onBase(view.Later.URL),
		Ledger:   s.ledgerMark(),
		Versions: theme.Versions{History: s.base + view.History, Latest: s.base + p.Path, Earlier: s.onBase(view.Earlier.URL), Later: s.onBase(view.Later.URL)},
	}
	if !p.hides(v.Number) { // a page without its text cannot be verified to have it
		h.Version = versionID(p.PublicID, v.Number)
	}
	return h
}

func languageOf(w *world, d *stet.VersionDocument) string {
	return firstText(d.Content.Language, w.magazine.Language)
}

// notesUpTo are the corrections that readers saw with a version.
func (w *world) notesUpTo(p *past, number int) []theme.Correction {
	var notes []stet.Correction
	for _, c := range p.notes {
		if c.Version <= number {
			notes = append(notes, c)
		}
	}
	out := w.noteViews(p.Live, notes, nil, p.Path)
	for i, c := range notes {
		if c.Version <= p.withheld {
			out[i].Compare = ""
		}
	}
	return out
}

// asItWas fills in what stands in the document of a version. It names people and
// sections as they were called then, and leads to where they are now.
func (s *Site) asItWas(ctx context.Context, w *world, p *past, v *stet.Version, d *stet.VersionDocument, view *theme.VersionPage) error {
	c := &d.Content
	doc, err := parseBody(c.Body)
	if err != nil {
		return err
	}
	lib, err := s.libraryOf(ctx, doc)
	if err != nil {
		return err
	}
	lib.dropTrashed()
	env, err := s.envOf(ctx, w, lib, p.PublicID, v.Number, doc)
	if err != nil {
		return err
	}
	view.Dek, view.Body = c.Dek, doc.HTML(env)
	view.Label = w.labelThen(c)
	if view.Bylines, err = s.bylinesThen(ctx, c); err != nil {
		return err
	}
	if c.Lead != nil {
		pictures, err := s.picturesOf(ctx, w, c.Lead.Asset)
		if err != nil {
			return err
		}
		view.Picture = pictures[c.Lead.Asset]
		if view.Picture.Src != "" && view.Picture.Alt != w.theme.Text("picture.ended") {
			view.Picture.Alt, view.Picture.Credit, view.Picture.Caption = c.Lead.Alt, c.Lead.Credit, captionHTML(c.Lead.Caption)
		}
	}
	if o := c.Origin; o != nil {
		view.Origin = theme.Origin{Partner: o.Partner.Name, URL: o.URL}
		if o.Author != "" {
			view.Origin.Authors = []string{o.Author}
		}
	}
	return nil
}

// dropTrashed treats what was thrown away as what may no longer be shown: a body
// of today has none of it, one of the past may.
func (l library) dropTrashed() {
	for id, a := range l.assets {
		if !a.TrashedAt.IsZero() {
			a.Ended = true
			l.assets[id] = a
		}
	}
}

// picturesOf are the pictures with the public ids as readers may see them: a
// placeholder, which says so, for what may be shown no longer.
func (s *Site) picturesOf(ctx context.Context, w *world, ids ...string) (map[string]theme.Picture, error) {
	var known []string
	for _, id := range ids {
		if stet.ValidID(id) {
			known = append(known, id)
		}
	}
	found, err := s.store.AssetsReplaced(ctx, known...)
	if err != nil {
		return nil, err
	}
	out := map[string]theme.Picture{}
	for id, a := range found {
		a.Ended = a.Ended || !a.TrashedAt.IsZero()
		v := picture(a, media.Whole)
		if a.Ended {
			v.Alt = w.theme.Text("picture.ended")
		}
		out[id] = v
	}
	return out, nil
}

// labelThen is "Analysis | Europe" by the names of then.
func (w *world) labelThen(c *stet.Content) (l theme.Label) {
	if !c.Section.IsZero() {
		l.Section.Text = c.Section.Name
		if sec, ok := w.sections.ByPublicID(c.Section.ID); ok {
			l.Section.URL = w.sections.Path(sec.ID)
		}
	}
	if !c.Genre.IsZero() {
		l.Genre.Text = c.Genre.Name
		for _, g := range w.genres {
			if g.Is(c.Genre.ID) {
				l.Genre.URL = "/genre/" + g.Slug
			}
		}
	}
	return l
}

func (s *Site) bylinesThen(ctx context.Context, c *stet.Content) (out []theme.Byline, err error) {
	for _, b := range c.Bylines {
		v := theme.Byline{Name: b.Person.Name, Contribution: string(b.Contribution)}
		switch p, err := s.store.PersonByPublicID(ctx, b.Person.ID); stet.ErrorCode(err) {
		case "":
			v.URL = "/person/" + p.Slug
		case stet.NotFound:
		default:
			return nil, err
		}
		out = append(out, v)
	}
	if c.BylineText != "" {
		out = append(out, theme.Byline{Name: c.BylineText})
	}
	return out, nil
}

func versionID(article string, number int) string { return fmt.Sprintf("%s/%d", article, number) }

// versionJSON is the sealed document of a version: the very bytes whose SHA-256
// is its hash.
func (s *Site) versionJSON(r *request, p *past, v *stet.Version) (rendering, error) {
	if p.hides(v.Number) {
		return rendering{}, &problem{errRemoved, s.base + p.removal()}
	}
	body := web.NewSealed("application/json", v.Hash, v.Document, encoding(r.Request))
	body.CacheControl, body.CrossOrigin, body.Robots = sealedControl, true, "noindex"
	body.Modified = v.PublishedAt.UTC().Truncate(time.Second)
	return rendering{body, []string{p.tag()}}, nil
}

// versionsOf are what machines are told of the version that a page shows.
func (s *Site) versionsOf(l store.Live, number int) theme.Versions {
	v := theme.Versions{History: s.base + l.Path + historyPath}
	if number > 1 {
		v.Earlier = s.base + l.Path + historyAsk{first: number - 1}.suffix()
	}
	return v
}

// historyLink is the address of a story's versions where there is more than one.
func historyLink(path string, number int) string {
	if number < 2 {
		return ""
	}
	return path + historyPath
}

// rawOf is the body in which a raw block stands: of a version that readers see,
// or may read.
func (s *Site) rawOf(ctx context.Context, l store.Live, number int) (*prose.Doc, error) {
	p, err := s.pastOf(ctx, l)
	if err != nil {
		return nil, err
	}
	if p.hides(number) {
		return nil, errRemoved
	}
	v, err := s.store.VersionNumbered(ctx, l.ArticleID, number)
	if err != nil {
		return nil, err
	}
	d, err := v.Open()
	if err != nil {
		return nil, err
	}
	return parseBody(d.Content.Body)
}
