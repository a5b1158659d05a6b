// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stet"
)

// Publication says what would be public, and where, if the working copy were
// published now.
type Publication struct {
	Address  string        `json:"address" doc:"Public path; empty when it cannot be told, see problem."`
	Redirect string        `json:"redirect,omitempty" doc:"The present address, when it would lead to the new one."`
	Problem  string        `json:"problem,omitempty" doc:"Why it could not be published at all."`
	Revision int64         `json:"revision" doc:"Of the working copy that is described; publishing with it refuses another one."`
	Version  int           `json:"version" doc:"The number of the version that it would make."`
	Lists    []Place       `json:"lists" doc:"The lists in which it will stand."`
	Feeds    []Place       `json:"feeds" doc:"The feeds in which it will stand."`
	Front    []Place       `json:"front" doc:"The blocks of the front page that would take it."`
	Changes  []Edit        `json:"changes" doc:"What differs from the version that readers see."`
	Checks   []CheckResult `json:"checks"`
}

// Place is a public place.
type Place struct {
	Label string `json:"label"`
	Path  string `json:"path,omitempty"`
}

// Edit is one field that differs from the live version.
type Edit struct {
	Field string `json:"field"`
	Was   string `json:"was,omitempty"`
	Now   string `json:"now,omitempty"`
}

// MayPublish refuses what is not the account's to publish, or lies in the trash.
func (r *Room) MayPublish(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if err := r.permit(ctx, staff, Publish, a); err != nil {
		return err
	}
	return notTrashed(a)
}

// Outlook is the part of a Publication that is told of many stories at once:
// address, version, what keeps it back and the checks.
func (r *Room) Outlook(ctx context.Context, a *stet.Article) (p Publication, err error) {
	p = Publication{Revision: a.Revision, Lists: []Place{}, Feeds: []Place{}, Front: []Place{}, Changes: []Edit{}}
	last, err := r.store.LastVersion(ctx, a.ID)
	if err != nil {
		return p, err
	}
	p.Version = last + 1
	if err := r.readyToPublish(a); err != nil {
		p.Problem = stet.ErrorMessage(err)
	}
	if p.Address, err = r.address(ctx, a); err != nil {
		if stet.ErrorCode(err) == stet.Internal {
			return p, err
		}
		p.Problem = firstOf(p.Problem, stet.ErrorMessage(err))
	}
	p.Checks, err = r.Check(ctx, a)
	return p, err
}

// Publication describes what publishing the article would do.
func (r *Room) Publication(ctx context.Context, a *stet.Article) (p Publication, err error) {
	if p, err = r.Outlook(ctx, a); err != nil {
		return p, err
	}
	if err := r.comparePublic(ctx, a, &p); err != nil {
		return p, err
	}
	if a.Kind == stet.Page {
		return p, nil
	}
	if err := r.listPlaces(ctx, a, &p); err != nil {
		return p, err
	}
	return p, r.frontPlaces(ctx, a, &p)
}

// comparePublic fills in what readers would notice of an update.
func (r *Room) comparePublic(ctx context.Context, a *stet.Article, p *Publication) error {
	if a.VersionID == 0 {
		return nil
	}
	v, err := r.store.Version(ctx, a.VersionID)
	if err != nil {
		return err
	}
	d, err := v.Open()
	if err != nil {
		return err
	}
	p.Changes = Edits(&d.Content, &a.Content)
	if l, err := r.store.Live(ctx, a.ID); err == nil && l.Path != p.Address && p.Address != "" {
		p.Redirect = l.Path
	}
	return nil
}

// Edits says which fields differ, with their texts; of the body, by how many
// words: Compare shows which.
func Edits(was, now *stet.Content) []Edit {
	out := []Edit{}
	for _, f := range []struct {
		name string
		text func(*stet.Content) string
	}{
		{"Headline", func(c *stet.Content) string { return c.Headline }},
		{"Dek", func(c *stet.Content) string { return c.Dek }},
		{"Slug", func(c *stet.Content) string { return c.Slug }},
		{"Section", func(c *stet.Content) string { return c.Section.Name }},
		{"Further sections", func(c *stet.Content) string { return refNames(c.Sections) }},
		{"Genre", func(c *stet.Content) string { return c.Genre.Name }},
		{"Topics", func(c *stet.Content) string { return refNames(c.Topics) }},
		{"Byline", bylineWords},
		{"Lead picture", leadWords},
		{"Title for search engines", func(c *stet.Content) string { return c.Title }},
		{"Description for search engines", func(c *stet.Content) string { return c.Description }},
	} {
		if a, b := f.text(was), f.text(now); a != b {
			out = append(out, Edit{f.name, cut(a, stet.MaxDek), cut(b, stet.MaxDek)})
		}
	}
	if !bytes.Equal(was.Body, now.Body) {
		out = append(out, bodyEdit(was, now))
	}
	return out
}

// bodyEdit tells how many words went and came, by the comparison that also
// shows them.
func bodyEdit(was, now *stet.Content) Edit {
	e := Edit{Field: "Body"}
	from, err := piecesOf(was.Body)
	if err != nil {
		return e // a body that was stored is valid
	}
	to, err := piecesOf(now.Body)
	if err != nil {
		return e
	}
	gone, came := countWords(comparePieces(from, to))
	if gone+came == 0 {
		e.Now = "the form or the links, not the words"
		return e
	}
	if gone > 0 {
		e.Was = plural(gone, "word") + " out"
	}
	if came > 0 {
		e.Now = plural(came, "word") + " in"
	}
	return e
}

// countWords counts the words that are in the earlier state alone, and in the
// later one alone.
func countWords(changes []Change) (gone, came int) {
	for _, c := range changes {
		for _, s := range c.Words {
			switch s.Is {
			case Removed:
				gone += wordsIn(s.Text)
			case Added:
				came += wordsIn(s.Text)
			}
		}
	}
	return gone, came
}

func wordsIn(text string) (n int) {
	for _, w := range splitWords(text) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			n++
		}
	}
	return n
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func refNames(refs []stet.Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

func bylineWords(c *stet.Content) string {
	var parts []string
	for _, b := range c.Bylines {
		s := b.Person.Name
		if b.Contribution != stet.Words && b.Contribution != "" {
			s += " (" + string(b.Contribution) + ")"
		}
		parts = append(parts, s)
	}
	if c.BylineText != "" {
		parts = append(parts, c.BylineText)
	}
	return strings.Join(parts, ", ")
}

func leadWords(c *stet.Content) string {
	if c.Lead == nil {
		return ""
	}
	return strings.Join(slices.DeleteFunc([]string{c.Lead.Asset, c.Lead.Caption, c.Lead.Alt, c.Lead.Credit}, func(s string) bool { return s == "" }), " · ")
}

// listPlaces are the lists of readers, and their feeds.
func (r *Room) listPlaces(ctx context.Context, a *stet.Article, p *Publication) error {
	sections, err := r.sections(ctx)
	if err != nil {
		return err
	}
	add := func(label, path string) {
		place := Place{label, path}
		if !slices.Contains(p.Lists, place) {
			p.Lists = append(p.Lists, place)
			p.Feeds = append(p.Feeds, Place{label, strings.TrimSuffix(path, "/") + "/feed"})
		}
	}
	m, err := r.store.Magazine(ctx)
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return err
	}
	p.Lists = append(p.Lists, Place{"Latest", "/latest"})
	p.Feeds = append(p.Feeds, Place{firstOf(m.Name, "The magazine"), "/feed"})
	for _, ref := range append([]stet.Ref{a.Content.Section}, a.Content.Sections...) {
		s, ok := sections.ByPublicID(ref.ID)
		if !ok {
			continue
		}
		line := sections.Line(s.ID)
		for i := len(line) - 1; i >= 0; i-- {
			add(line[i].Name, sections.Path(line[i].ID))
		}
	}
	genres, err := r.genres(ctx)
	if err != nil {
		return err
	}
	for _, g := range genres {
		if g.Is(a.Content.Genre.ID) {
			add(g.Name, "/genre/"+g.Slug)
		}
	}
	for _, ref := range a.Content.Topics {
		if t, err := r.topic(ctx, ref.ID); err == nil {
			add(t.Name, "/topic/"+t.Slug)
		}
	}
	for _, b := range a.Content.Bylines {
		if v, err := r.person(ctx, b.Person.ID); err == nil {
			add(v.Name, "/person/"+v.Slug)
		}
	}
	return nil
}

// frontPlaces are the blocks of the front page whose rules would take a story
// that is the newest of its lists: the first that it fits, since no story
// stands twice, and every list of the latest.
func (r *Room) frontPlaces(ctx context.Context, a *stet.Article, p *Publication) error {
	if a.VersionID != 0 && a.Status == stet.Published {
		return nil // an update keeps its places
	}
	shown, err := r.store.Front(ctx, stet.HomeFront)
	if stet.ErrorCode(err) == stet.NotFound {
		p.Front = append(p.Front, Place{Label: "The first block, as the newest story"})
		return nil
	}
	if err != nil {
		return err
	}
	slugs, err := r.slugsOf(ctx, a)
	if err != nil {
		return err
	}
	taken := false
	for i, b := range shown.Front.Blocks {
		if !takes(b, slugs) {
			continue
		}
		label := fmt.Sprintf("Block %d, %s", i+1, firstOf(b.Title, string(b.Type)))
		switch {
		case b.Type == stet.BlockLatest:
			p.Front = append(p.Front, Place{Label: label})
		case !taken && !b.HandPicked && r.held(b) < b.Stories():
			taken = true
			p.Front = append(p.Front, Place{Label: label})
		}
	}
	return nil
}

// held is how many places of a block are pinned.
func (r *Room) held(b stet.Block) (n int) {
	for _, p := range b.Pins {
		if p.Holds(r.store.Now()) {
			n++
		}
	}
	return n
}

// slugs are the names under which a front's rules know a story: ids and parts
// of addresses.
type slugs struct {
	sections, topics []string
	genre            []string
}

func (r *Room) slugsOf(ctx context.Context, a *stet.Article) (s slugs, err error) {
	sections, err := r.sections(ctx)
	if err != nil {
		return s, err
	}
	for _, ref := range append([]stet.Ref{a.Content.Section}, a.Content.Sections...) {
		if v, ok := sections.ByPublicID(ref.ID); ok {
			for _, up := range sections.Line(v.ID) {
				s.sections = append(s.sections, up.PublicID, strings.TrimPrefix(sections.Path(up.ID), "/"))
			}
		}
	}
	for _, ref := range a.Content.Topics {
		if t, err := r.topic(ctx, ref.ID); err == nil {
			s.topics = append(s.topics, t.PublicID, t.Slug)
		}
	}
	genres, err := r.genres(ctx)
	for _, g := range genres {
		if g.Is(a.Content.Genre.ID) {
			s.genre = []string{g.PublicID, g.Slug}
		}
	}
	return s, err
}

// takes reports whether the block's rule takes a story with these names.
func takes(b stet.Block, s slugs) bool {
	switch b.Type {
	case stet.BlockQuote, stet.BlockText, stet.BlockNewsletter, stet.BlockSideBySide:
		return false
	}
	switch {
	case b.Section != "":
		return slices.Contains(s.sections, strings.Trim(b.Section, "/"))
	case b.Topic != "":
		return slices.Contains(s.topics, b.Topic)
	case b.Genre != "":
		return slices.Contains(s.genre, b.Genre)
	}
	return true
}
