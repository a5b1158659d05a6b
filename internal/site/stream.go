// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/theme"
)

// The stream below an article: the next stories of its section, then of the
// magazine, none twice. The page says which story it began with and which it
// has shown; the server keeps nothing about a reader.
const (
	streamCount   = 3   // stories in one answer
	streamSeen    = 300 // ids that a request may name
	streamOpening = 3   // blocks before "keep reading"
)

// stream answers with the next stories as an HTML fragment.
func (s *Site) stream(ctx context.Context, r *request) (rendering, error) {
	q := r.URL.Query()
	start, err := s.store.LiveByPublicID(ctx, q.Get("after"))
	if err != nil {
		return rendering{}, err
	}
	seen := seenIDs(q.Get("seen"))
	var rows []store.Live
	// Who has seen as many as a request may name has come to the end.
	if len(seen) < streamSeen {
		if rows, err = s.nextStories(ctx, start, seen, streamCount+1); err != nil {
			return rendering{}, err
		}
	}
	view := theme.Stream{Magazine: r.world.view}
	if len(rows) > streamCount {
		rows = rows[:streamCount]
		ids := q.Get("seen")
		for _, l := range rows {
			ids = strings.TrimPrefix(ids+","+l.PublicID, ",")
		}
		view.More = "/stream?" + url.Values{"after": {start.PublicID}, "seen": {ids}}.Encode()
	}
	if view.Stories, err = s.streamStories(ctx, r.world, rows); err != nil {
		return rendering{}, err
	}
	tags := []string{allStories.Tag(), store.List{Kind: store.ListSection, Ref: start.SectionID}.Tag(), newsroom.ArticleTag(start.ArticleID)}
	for _, l := range rows {
		tags = append(tags, newsroom.ArticleTag(l.ArticleID))
	}
	made, err := s.html(r.world, theme.StreamTemplate, view, http.StatusOK, encoding(r.Request), tags...)
	if err == nil {
		made.body.Robots = "noindex"
	}
	return made, err
}

func seenIDs(list string) map[string]bool {
	seen := map[string]bool{}
	for id := range strings.SplitSeq(list, ",") {
		if stet.ValidID(id) && len(seen) < streamSeen {
			seen[id] = true
		}
	}
	return seen
}

// nextStories returns up to count stories to read after start: the newest of
// its section, then the newest of the magazine, but none that was seen.
func (s *Site) nextStories(ctx context.Context, start store.Live, seen map[string]bool, count int) ([]store.Live, error) {
	var out []store.Live
	taken := map[int64]bool{start.ArticleID: true}
	for _, l := range []store.List{{Kind: store.ListSection, Ref: start.SectionID}, allStories} {
		candidates, err := s.store.Stories(ctx, l, store.Cursor{}, count+len(seen)+len(taken))
		if err != nil {
			return nil, err
		}
		for _, c := range candidates {
			if len(out) == count {
				return out, nil
			}
			if !taken[c.ArticleID] && !seen[c.PublicID] {
				taken[c.ArticleID] = true
				out = append(out, c)
			}
		}
	}
	return out, nil
}

func (s *Site) streamStories(ctx context.Context, w *world, rows []store.Live) ([]theme.StreamStory, error) {
	c, err := s.castOf(ctx, true, rows...)
	if err != nil {
		return nil, err
	}
	open, err := s.openAll(ctx, rows)
	if err != nil {
		return nil, err
	}
	corrected, err := s.notesOf(ctx, rows...)
	if err != nil {
		return nil, err
	}
	said, err := s.quotedMarks(ctx, open)
	if err != nil {
		return nil, err
	}
	var out []theme.StreamStory
	for _, o := range open {
		env, err := s.env(ctx, w, o.PublicID, o.number, o.doc)
		if err != nil {
			return nil, err
		}
		env.Headings = 1 // the page's own headline is the only h1
		notes := corrected[o.ArticleID]
		marked := remarks(o.doc, notes)
		opening, rest := o.doc.Remarked(slices.Concat(marked, said[o.ArticleID])).SplitHTML(streamOpening, env)
		out = append(out, theme.StreamStory{
			ID: o.PublicID, URL: o.Path, Label: w.label(o.SectionID, o.GenreID), Headline: o.Headline, Dek: o.Dek, Language: w.foreign(o.Language), Bylines: bylines(o.Live, c),
			Published: o.PublishedAt, Updated: shownUpdate(o.Live), Minutes: o.doc.ReadingTime(o.Language), Picture: s.leadPicture(o.Live, c),
			Origin: w.originOf(o), Opening: opening, Rest: rest, Corrections: w.noteViews(o.Live, notes, marked, o.Path), History: historyLink(o.Path, o.number),
		})
	}
	return out, nil
}
