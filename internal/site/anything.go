// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"stet"
	"stet/internal/media"
	"stet/internal/store"
)

// anything answers every address that the routes do not know: it asks the path
// table what stands there. Something that now stands elsewhere (a changed
// slug, an address from before an import) is redirected to its newest address.
func (s *Site) anything(ctx context.Context, r *request) (rendering, error) {
	path, feed := cutFeed(r.path)
	clean, ok := stet.CleanPath(path)
	if !ok {
		return rendering{}, stet.Errorf(stet.NotFound, "there is no such page")
	}
	if old, err := s.oldQuery(ctx, r); err != nil || old != nil {
		return rendering{}, firstError(err, old)
	}
	if feed != "" && clean == "/" {
		return s.feedOf(ctx, r, "", feed, allStories)
	}
	p, err := s.store.Path(ctx, clean)
	if stet.ErrorCode(err) == stet.NotFound {
		// A story may be called "history": what has the address has it first.
		if at, ask, ok := cutHistory(clean); ok && feed == "" {
			return s.history(ctx, r, at, ask)
		}
		// Old systems put ".html" and the like behind names, or wrote capitals.
		if lower := strings.ToLower(clean); lower != clean {
			if _, lookup := s.store.Path(ctx, lower); lookup == nil {
				return rendering{}, moved(withQuery(lower+feedPaths[feed], r.Request))
			}
		}
		// A page of the program's own, with a slash behind it.
		first, _, _ := strings.Cut(strings.TrimPrefix(clean, "/"), "/")
		if r.path != r.URL.Path && stet.Reserved(first) {
			return rendering{}, moved(withQuery(r.path, r.Request))
		}
	}
	if err != nil {
		return rendering{}, err
	}
	canonical, story, err := s.canonical(ctx, r.world, p)
	if err != nil {
		return rendering{}, err
	}
	if p.Kind == stet.PathRedirect || p.Kind == stet.PathAsset {
		return rendering{}, moved(canonical)
	}
	if feed != "" {
		canonical += feedPaths[feed]
	}
	if canonical != r.URL.Path && !(feed == "rss" && r.URL.Path == canonical+"/") {
		return rendering{}, moved(withQuery(canonical, r.Request))
	}
	switch p.Kind {
	case stet.PathArticle:
		if feed != "" {
			return rendering{}, stet.Errorf(stet.NotFound, "stories have no feed of their own")
		}
		return s.article(ctx, r, story)
	case stet.PathSection, stet.PathGenre, stet.PathTopic, stet.PathPerson:
		list := store.List{Kind: store.ListKind(p.Kind), Ref: p.Target}
		if feed != "" {
			return s.feedOf(ctx, r, clean, feed, list)
		}
		return s.listing(ctx, r, list)
	}
	return rendering{}, stet.Errorf(stet.NotFound, "there is no such page")
}

// feedPaths is what each form of a feed adds to the address of its list.
var feedPaths = map[string]string{"rss": "/feed", "atom": "/feed/atom", "json": "/feed/json"}

// cutFeed takes "/feed", "/feed/atom" or "/feed/json" off the end of a path
// and returns the format, or "".
func cutFeed(path string) (rest, format string) {
	for suffix, f := range map[string]string{"/feed": "rss", "/feed/rss": "rss", "/feed/rss2": "rss", "/feed/atom": "atom", "/feed/json": "json"} {
		if r, ok := strings.CutSuffix(path, suffix); ok {
			if r == "" {
				r = "/"
			}
			return r, f
		}
	}
	return path, ""
}

// canonical is the address under which the thing now stands, and the row of
// what it is when that is a story or a page.
func (s *Site) canonical(ctx context.Context, w *world, p stet.Path) (string, store.Live, error) {
	if p.Kind == stet.PathArticle {
		l, err := s.store.Live(ctx, p.Target)
		if stet.ErrorCode(err) == stet.NotFound {
			return "", l, s.whyNotLive(ctx, p.Target)
		}
		return l.Path, l, err
	}
	url, err := s.canonicalOther(ctx, w, p)
	return url, store.Live{}, err
}

func (s *Site) canonicalOther(ctx context.Context, w *world, p stet.Path) (string, error) {
	gone := stet.Errorf(stet.NotFound, "there is no such page")
	switch p.Kind {
	case stet.PathSection:
		if _, ok := w.sections.ByID(p.Target); ok {
			return w.sections.Path(p.Target), nil
		}
	case stet.PathGenre:
		if g, ok := w.genres[p.Target]; ok {
			return "/genre/" + g.Slug, nil
		}
	case stet.PathTopic:
		if t, ok := w.topics[p.Target]; ok {
			return "/topic/" + t.Slug, nil
		}
	case stet.PathPerson:
		person, err := s.store.Person(ctx, p.Target)
		return "/person/" + person.Slug, err
	case stet.PathAsset:
		assets, err := s.store.Assets(ctx, p.Target)
		if err != nil {
			return "", err
		}
		if len(assets) == 1 {
			return assetURL(assets[0]), nil
		}
	case stet.PathRedirect:
		return p.To, nil
	}
	return "", gone
}

// whyNotLive says of an article without a live version whether it was
// withdrawn (410) or never was public (404).
func (s *Site) whyNotLive(ctx context.Context, id int64) error {
	a, err := s.store.Article(ctx, id)
	if err != nil {
		return err
	}
	if a.Status == stet.Withdrawn {
		return stet.Errorf(stet.Gone, "this story was withdrawn")
	}
	return stet.Errorf(stet.NotFound, "there is no such page")
}

// assetURL is where an asset can be had: a picture in its largest rendition,
// anything else as it is.
func assetURL(a stet.Asset) string {
	if a.Kind != stet.Image {
		return "/media/" + a.PublicID + "/" + originalName(a)
	}
	widths := media.Widths(a.Width)
	if len(widths) == 0 {
		return "/media/" + a.PublicID
	}
	return "/media/" + a.PublicID + "/" + media.Rendition{Width: widths[len(widths)-1]}.Name()
}

// oldQuery answers addresses whose meaning is in their query, "/?p=12", when
// an import has left them in the path table.
func (s *Site) oldQuery(ctx context.Context, r *request) (error, error) {
	if !oldQuery(r.Request) {
		return nil, nil
	}
	q := r.URL.Query()
	for _, name := range oldParams {
		v := q.Get(name)
		if v == "" {
			continue
		}
		clean, ok := stet.CleanPath(r.path + "?" + name + "=" + v)
		if !ok {
			continue
		}
		p, err := s.store.Path(ctx, clean)
		if stet.ErrorCode(err) == stet.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		to, _, err := s.canonical(ctx, r.world, p)
		if err != nil {
			return nil, err
		}
		return moved(to), nil
	}
	return nil, nil
}

// oldParams are the query parameters under which systems we import from have
// things: WordPress's.
var oldParams = []string{"p", "page_id", "attachment_id", "cat", "tag", "author"}

func oldQuery(r *http.Request) bool {
	if r.URL.RawQuery == "" {
		return false
	}
	q := r.URL.Query()
	for _, name := range oldParams {
		if q.Has(name) {
			return true
		}
	}
	return false
}

func withQuery(path string, r *http.Request) string {
	// The path comes out of our own table, but it may hold letters of any
	// script, which a Location header cannot.
	to := (&url.URL{Path: path, RawQuery: r.URL.RawQuery}).String()
	return to
}
