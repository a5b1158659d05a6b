// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"
	"strings"

	"stet"
	"stet/internal/prose"
	"stet/internal/store"
)

// resolve looks up everything that the content refers to, writes the present
// names into the references (so that the version can be read on its own), and
// returns the row that lists will show.
func (r *Room) resolve(ctx context.Context, a *stet.Article) (*store.Live, error) {
	ld, err := r.references(ctx, a)
	if err != nil || len(a.Content.Body) == 0 {
		return ld, err
	}
	doc, err := prose.Parse(a.Content.Body)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "the body is not valid: %v", err)
	}
	ld.Words, ld.Text.Body = doc.Words(), doc.Text()
	return ld, nil
}

// references is resolve without what the row has from the body.
func (r *Room) references(ctx context.Context, a *stet.Article) (*store.Live, error) {
	c := &a.Content
	if c.Language == "" {
		c.Language = r.language(ctx)
	}
	ld := &store.Live{
		ArticleID: a.ID, Kind: a.Kind, PublicID: a.PublicID, Headline: c.Headline, Dek: c.Dek,
		Language: c.Language, BylineText: c.BylineText,
	}
	ld.Text.Headline, ld.Text.Dek = c.Headline, c.Dek
	steps := []func(context.Context, *stet.Content, *store.Live) error{
		r.resolveSections, r.resolveGenre, r.resolveTopics, r.resolveBylines, r.resolveOrigin, r.resolveLead,
	}
	for _, step := range steps {
		if err := step(ctx, c, ld); err != nil {
			return nil, err
		}
	}
	return ld, nil
}

func (r *Room) resolveSections(ctx context.Context, c *stet.Content, ld *store.Live) error {
	if c.Section.IsZero() {
		return nil
	}
	sections, err := r.sections(ctx)
	if err != nil {
		return err
	}
	refs := append([]*stet.Ref{&c.Section}, pointers(c.Sections)...)
	for i, ref := range refs {
		s, ok := sections.ByPublicID(ref.ID)
		if !ok {
			return stet.Errorf(stet.Invalid, "the section %q does not exist", ref.Name)
		}
		ref.ID, ref.Name = s.PublicID, s.Name
		if i == 0 {
			ld.SectionID = s.ID
		}
		for _, up := range sections.Line(s.ID) {
			ld.Sections = append(ld.Sections, up.ID)
		}
	}
	return nil
}

func (r *Room) resolveGenre(ctx context.Context, c *stet.Content, ld *store.Live) error {
	if c.Genre.IsZero() {
		return nil
	}
	genres, err := r.genres(ctx)
	if err != nil {
		return err
	}
	for _, g := range genres {
		if g.Is(c.Genre.ID) {
			c.Genre.ID, c.Genre.Name, ld.GenreID = g.PublicID, g.Name, g.ID
			return nil
		}
	}
	return stet.Errorf(stet.Invalid, "the genre %q does not exist", c.Genre.Name)
}

func (r *Room) resolveTopics(ctx context.Context, c *stet.Content, ld *store.Live) error {
	for i := range c.Topics {
		t, err := r.topic(ctx, c.Topics[i].ID)
		if err != nil {
			return stet.Errorf(stet.Invalid, "the topic %q does not exist", c.Topics[i].Name)
		}
		c.Topics[i].ID, c.Topics[i].Name = t.PublicID, t.Name
		ld.Topics = append(ld.Topics, t.ID)
	}
	return nil
}

func (r *Room) resolveBylines(ctx context.Context, c *stet.Content, ld *store.Live) error {
	var bylines []stet.Byline
	for _, b := range c.Bylines {
		p, err := r.person(ctx, b.Person.ID)
		if err != nil {
			return stet.Errorf(stet.Invalid, "the person %q of the byline does not exist", b.Person.Name)
		}
		if b.Contribution == "" {
			b.Contribution = stet.Words
		}
		// An old copy may name somebody who has been merged since.
		b.Person = stet.Ref{ID: p.PublicID, Name: p.Name}
		live := store.LiveByline{Person: p.ID, Contribution: b.Contribution}
		if !slices.Contains(ld.Bylines, live) {
			bylines, ld.Bylines = append(bylines, b), append(ld.Bylines, live)
		}
	}
	c.Bylines = bylines
	ld.Text.People = names(c)
	return nil
}

// names are everybody whom the bylines name, as search looks through them.
func names(c *stet.Content) string {
	var all []string
	for _, b := range c.Bylines {
		all = append(all, b.Person.Name)
	}
	if c.BylineText != "" {
		all = append(all, c.BylineText)
	}
	if c.Origin != nil && c.Origin.Author != "" {
		all = append(all, c.Origin.Author)
	}
	return strings.Join(all, " · ")
}

func (r *Room) resolveOrigin(ctx context.Context, c *stet.Content, ld *store.Live) error {
	if c.Origin == nil {
		return nil
	}
	partners, err := r.store.Partners(ctx)
	if err != nil {
		return err
	}
	for _, p := range partners {
		if p.PublicID == c.Origin.Partner.ID {
			c.Origin.Partner.Name, ld.PartnerID, ld.OriginAuthor = p.Name, p.ID, c.Origin.Author
			return nil
		}
	}
	return stet.Errorf(stet.Invalid, "the partner %q does not exist", c.Origin.Partner.Name)
}

// resolveLead copies what the asset says where the placement says nothing: the
// credit always travels along.
func (r *Room) resolveLead(ctx context.Context, c *stet.Content, ld *store.Live) error {
	p := c.Lead
	if p == nil {
		return nil
	}
	a, err := r.leadAsset(ctx, p)
	if err != nil {
		return stet.Errorf(stet.Invalid, "the lead picture does not exist")
	}
	if p.Alt == "" {
		p.Alt = a.Alt
	}
	if p.Caption == "" {
		p.Caption = a.Caption
	}
	if p.Credit == "" {
		p.Credit = a.Credit
	}
	ld.LeadAsset, ld.LeadAlt, ld.LeadCaption, ld.LeadCredit = a.ID, p.Alt, p.Caption, p.Credit
	return nil
}

// leadAsset is the picture of a placement. One that was replaced gives its
// place and its words to what stands for it, but for a caption that somebody
// wrote for this story.
func (r *Room) leadAsset(ctx context.Context, p *stet.Placement) (stet.Asset, error) {
	a, err := r.store.Asset(ctx, p.Asset)
	if err != nil || a.ReplacedBy == 0 {
		return a, err
	}
	found, err := r.store.Assets(ctx, a.ReplacedBy)
	if err != nil || len(found) == 0 {
		return a, err
	}
	p.Asset, p.Alt, p.Credit = found[0].PublicID, "", ""
	if p.Caption == a.Caption {
		p.Caption = ""
	}
	return found[0], nil
}

func pointers[T any](s []T) []*T {
	out := make([]*T, len(s))
	for i := range s {
		out[i] = &s[i]
	}
	return out
}
