// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/theme"
)

// absolute is a picture whose address stands on its own, for cards.
func (s *Site) absolute(p theme.Picture) theme.Picture {
	p.Src = s.base + p.Src
	return p
}

// storyHead is what machines read of a story.
func (s *Site) storyHead(w *world, o *opened, c cast, lib library, notes []stet.Correction) theme.Head {
	h := theme.Head{
		Title: firstText(o.content.Title, o.Headline), Description: s.description(o), Canonical: s.base + o.Path,
		Published: o.PublishedAt, Modified: o.UpdatedAt, Version: o.versionID(), Ledger: s.ledgerMark(),
		Feeds: s.feedsOf("", w.magazine.Name), Versions: s.versionsOf(o.Live, o.number),
	}
	// A partner's story stays the partner's for search engines.
	if o.content.Canonical != "" {
		h.Canonical = o.content.Canonical
	} else {
		h.Alternate = []theme.Alternate{{Language: o.Language, URL: h.Canonical}, {Language: "x-default", URL: h.Canonical}}
	}
	if sec, ok := w.sections.ByID(o.SectionID); ok {
		h.Section = sec.Name
		h.Feeds = append(h.Feeds, s.feedsOf(w.sections.Path(o.SectionID), w.magazine.Name+": "+sec.Name)[0])
	}
	for _, t := range o.content.Topics {
		h.Tags = append(h.Tags, t.Name)
	}
	for _, b := range named(o.Live, c) {
		h.Authors = append(h.Authors, b.Name)
	}
	// A placeholder says nothing to a machine: it is told of no picture.
	if card := picture(c.assets[o.LeadAsset], media.Card); card.Src != "" && !c.assets[o.LeadAsset].Ended {
		card.Alt = o.LeadAlt
		h.Card = s.absolute(card)
	}
	article := s.newsArticle(w, o, c, h, lib)
	if len(notes) > 0 {
		article["correction"] = s.correctionsLD(w, o.Live, notes)
	}
	if retracted(notes) {
		article["creativeWorkStatus"] = "Retracted"
	}
	h.JSONLD = []any{article, s.breadcrumbs(w, o.SectionID, o.Headline, o.Path)}
	return h
}

func (s *Site) pageHead(w *world, o *opened) theme.Head {
	return theme.Head{
		Title: firstText(o.content.Title, o.Headline), Description: s.description(o), Canonical: s.base + o.Path,
		Feeds: s.feedsOf("", w.magazine.Name), JSONLD: []any{s.organisation(w)}, Versions: s.versionsOf(o.Live, o.number), Version: o.versionID(), Ledger: s.ledgerMark(),
	}
}

// versionID names the version for whoever wants to verify the page.
func (o *opened) versionID() string { return versionID(o.PublicID, o.number) }

// description is what somebody wrote for it, else the dek, else how the text
// begins.
func (s *Site) description(o *opened) string {
	if d := firstText(o.content.Description, o.Dek); d != "" {
		return d
	}
	return shorten(o.doc.Opening(), 160)
}

func firstText(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// ld is a schema.org object.
type ld map[string]any

func (s *Site) organisation(w *world) ld {
	o := ld{"@context": "https://schema.org", "@type": "Organization", "@id": s.base + "/#organization", "name": firstText(w.magazine.Publisher, w.magazine.Name), "url": s.base + "/"}
	if w.magazine.Name != w.magazine.Publisher {
		o["alternateName"] = w.magazine.Name
	}
	if w.logo.Src != "" {
		o["logo"] = ld{"@type": "ImageObject", "url": s.absolute(w.logo).Src}
	} else if icon := w.theme.Asset("icon.svg"); icon != "" {
		o["logo"] = ld{"@type": "ImageObject", "url": s.base + icon}
	}
	var same []string
	for _, l := range w.magazine.Follow {
		same = append(same, l.URL)
	}
	if len(same) > 0 {
		o["sameAs"] = same
	}
	return o
}

func (s *Site) website(w *world) ld {
	return ld{
		"@context": "https://schema.org", "@type": "WebSite", "name": w.magazine.Name, "url": s.base + "/", "inLanguage": w.magazine.Language,
		"publisher": ld{"@id": s.base + "/#organization"},
	}
}

func (s *Site) newsArticle(w *world, o *opened, c cast, h theme.Head, lib library) ld {
	a := ld{
		"@context": "https://schema.org", "@type": "NewsArticle", "@id": s.base + o.Path + "#article", "headline": shorten(o.Headline, 110), "description": h.Description,
		"datePublished": o.PublishedAt.In(w.location).Format(time.RFC3339), "dateModified": o.UpdatedAt.In(w.location).Format(time.RFC3339),
		"mainEntityOfPage": ld{"@type": "WebPage", "@id": s.base + o.Path}, "url": s.base + o.Path,
		"publisher": s.organisation(w), "inLanguage": o.Language, "wordCount": o.Words, "isAccessibleForFree": true,
	}
	if h.Section != "" {
		a["articleSection"] = h.Section
	}
	if len(h.Tags) > 0 {
		a["keywords"] = h.Tags
	}
	if p := whole(c.assets[o.LeadAsset]); p.Src != "" && !c.assets[o.LeadAsset].Ended {
		a["image"] = []ld{{"@type": "ImageObject", "url": s.base + p.Src, "width": p.Width, "height": p.Height, "caption": o.LeadCaption, "creditText": o.LeadCredit}}
	}
	audio, video := s.mediaLD(w, lib, o)
	if len(audio) > 0 {
		a["audio"] = audio
	}
	if len(video) > 0 {
		a["video"] = video
	}
	if authors := s.authorsLD(w, o, c); len(authors) > 0 {
		a["author"] = authors
	}
	if or := o.content.Origin; or != nil && or.URL != "" {
		a["isBasedOn"] = or.URL
	}
	return a
}

// authorsLD names everybody of the byline; a story without one is the magazine's.
func (s *Site) authorsLD(w *world, o *opened, c cast) []ld {
	var out []ld
	for _, b := range named(o.Live, c) {
		a := ld{"@type": "Person", "name": b.Name}
		if b.URL != "" {
			a["url"] = s.base + b.URL
		}
		out = append(out, a)
	}
	if len(out) == 0 {
		out = append(out, ld{"@type": "Organization", "name": w.magazine.Name, "url": s.base + "/"})
	}
	return out
}

// breadcrumbs leads from the front page down to a section or a story in it.
func (s *Site) breadcrumbs(w *world, section int64, name, path string) ld {
	items := []ld{{"@type": "ListItem", "position": 1, "name": w.magazine.Name, "item": s.base + "/"}}
	add := func(name, url string) {
		items = append(items, ld{"@type": "ListItem", "position": len(items) + 1, "name": name, "item": s.base + url})
	}
	for _, sec := range w.sections.Line(section) {
		add(sec.Name, w.sections.Path(sec.ID))
	}
	if name != "" {
		add(name, path)
	}
	return ld{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
}

func (s *Site) personLD(p stet.Person) ld {
	kind := "Person"
	if p.Kind == stet.Organisation {
		kind = "Organization"
	}
	v := ld{"@context": "https://schema.org", "@type": kind, "@id": s.base + "/person/" + p.Slug + "#person", "name": p.Name, "url": s.base + "/person/" + p.Slug}
	if p.Bio != "" {
		v["description"] = shorten(p.Bio, 300)
	}
	if len(p.Variants) > 0 {
		v["alternateName"] = p.Variants
	}
	if role, ok := p.Present(); ok && kind == "Person" {
		v["jobTitle"] = role.Title
		if role.Organisation != "" {
			v["worksFor"] = ld{"@type": "Organization", "name": role.Organisation}
		}
	}
	var same []string
	for _, l := range p.Links {
		same = append(same, l.URL)
	}
	if len(same) > 0 {
		v["sameAs"] = same
	}
	return v
}
