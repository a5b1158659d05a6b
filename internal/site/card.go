// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/store"
	"stet/internal/theme"
)

// cast is what a page needs of people and pictures, looked up in two queries
// however many stories it shows.
type cast struct {
	people map[int64]stet.Person
	assets map[int64]stet.Asset
	ended  string // what stands for a picture whose rights have ended, in words
}

// castOf looks up everybody and every picture that the rows name, and the
// portraits of the people too when asked.
func (s *Site) castOf(ctx context.Context, portraits bool, rows ...store.Live) (cast, error) {
	c := cast{people: map[int64]stet.Person{}, assets: map[int64]stet.Asset{}, ended: s.endedWords()}
	var people, assets []int64
	for _, l := range rows {
		for _, b := range l.Bylines {
			people = appendNew(people, b.Person)
		}
		if l.LeadAsset != 0 {
			assets = appendNew(assets, l.LeadAsset)
		}
	}
	found, err := s.store.People(ctx, people...)
	if err != nil {
		return c, err
	}
	for _, p := range found {
		c.people[p.ID] = p
		if portraits && p.Portrait != 0 {
			assets = appendNew(assets, p.Portrait)
		}
	}
	pictures, err := s.store.Assets(ctx, assets...)
	for _, a := range pictures {
		c.assets[a.ID] = a
	}
	return c, err
}

func appendNew(ids []int64, id int64) []int64 {
	for _, have := range ids {
		if have == id {
			return ids
		}
	}
	return append(ids, id)
}

// cards are the views of stories in a list.
func (s *Site) cards(ctx context.Context, w *world, rows []store.Live) ([]theme.Card, error) {
	c, err := s.castOf(ctx, false, rows...)
	if err != nil {
		return nil, err
	}
	out := make([]theme.Card, len(rows))
	for i, l := range rows {
		out[i] = w.card(l, c)
	}
	return out, nil
}

func (w *world) card(l store.Live, c cast) theme.Card {
	card := theme.Card{
		ID: l.PublicID, Label: w.label(l.SectionID, l.GenreID), Headline: l.Headline, Dek: l.Dek, Language: w.foreign(l.Language), URL: l.Path,
		Bylines: named(l, c), Published: l.PublishedAt, Origin: w.origin(l, ""),
		Picture: placed(c.assets[l.LeadAsset], media.Landscape, l, c.ended),
	}
	card.Updated = shownUpdate(l)
	return card
}

// foreign is the language of a text where readers and their machines have to be
// told of it: it is not the page's.
func (w *world) foreign(language string) string {
	if strings.EqualFold(language, w.magazine.Language) {
		return ""
	}
	return language
}

// quietUpdate is how soon after publication a new version is a mend and no update.
const quietUpdate = time.Hour

// shownUpdate is the update that readers are told of: none when the version
// came out with the story or within the hour, as small mends do.
func shownUpdate(l store.Live) time.Time {
	if l.UpdatedAt.Sub(l.PublishedAt) > quietUpdate {
		return l.UpdatedAt
	}
	return time.Time{}
}

// bylines are the people of a story in their order, then its free line.
func bylines(l store.Live, c cast) []theme.Byline {
	var out []theme.Byline
	for _, b := range l.Bylines {
		p, ok := c.people[b.Person]
		if !ok {
			continue
		}
		v := theme.Byline{Name: p.Name, URL: "/person/" + p.Slug, Contribution: string(b.Contribution)}
		if a, ok := c.assets[p.Portrait]; ok {
			v.Portrait = picture(a, media.Square)
		}
		out = append(out, v)
	}
	if l.BylineText != "" {
		out = append(out, theme.Byline{Name: l.BylineText})
	}
	return out
}

// named are the bylines of a story where there is one line for all of them: a
// card, what machines are told. Whoever did two things is named once, and the
// partner's author comes last, as on the page.
func named(l store.Live, c cast) []theme.Byline {
	var out []theme.Byline
	for _, b := range bylines(l, c) {
		if b.URL == "" || !slices.ContainsFunc(out, func(o theme.Byline) bool { return o.URL == b.URL }) {
			out = append(out, b)
		}
	}
	if l.OriginAuthor != "" {
		out = append(out, theme.Byline{Name: l.OriginAuthor})
	}
	return out
}

func (w *world) origin(l store.Live, url string) theme.Origin {
	p, ok := w.partners[l.PartnerID]
	if !ok {
		return theme.Origin{}
	}
	o := theme.Origin{Partner: p.Name, PartnerURL: p.URL, URL: url}
	if l.OriginAuthor != "" {
		o.Authors = []string{l.OriginAuthor}
	}
	return o
}

// picture is the view of an asset cut to a shape, with every width that we
// serve. Its words are the placement's, which the caller fills in.
func picture(a stet.Asset, shape media.Shape) theme.Picture {
	if a.ID == 0 || a.Kind != stet.Image {
		return theme.Picture{}
	}
	sizes := media.SizesOf(a, shape)
	if len(sizes) == 0 {
		return theme.Picture{}
	}
	address := func(width int) string {
		return "/media/" + a.PublicID + "/" + media.Of(a, shape, width).Name()
	}
	if a.Ended {
		return endedPicture(shape, sizes)
	}
	// Src is for what knows no srcset: a middling width.
	chosen := sizes[min(len(sizes)-1, 2)]
	v := theme.Picture{Src: address(chosen.Width), Width: chosen.Width, Height: chosen.Height, Alt: a.Alt, Credit: a.Credit, Caption: captionHTML(a.Caption)}
	var set strings.Builder
	for i, size := range sizes {
		if i > 0 {
			set.WriteString(", ")
		}
		set.WriteString(address(size.Width) + " " + strconv.Itoa(size.Width) + "w")
	}
	v.Srcset = set.String()
	return v
}

// whole is the view of an asset in its own proportions; width and height are
// those of the largest rendition, so that the page keeps its place.
func whole(a stet.Asset) theme.Picture { return picture(a, media.Whole) }

// captionHTML is a caption as HTML. Captions are plain text.
func captionHTML(s string) template.HTML { return plain(s) }
