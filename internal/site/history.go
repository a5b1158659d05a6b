// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
	"stet/internal/theme"
)

const (
	historyPath = "/history"
	// historySize is how many versions a page of a history has: each is compared
	// with the one before.
	historySize = 50
	// choicesOffered are how many versions stand in a form; of more, the number
	// is typed.
	choicesOffered = 100
)

// historyAsk is what an address below a story asks for: the list of its
// versions, one of them, or two compared.
type historyAsk struct {
	first, second int // none for the list; both for a comparison
	side          bool
	json          bool
}

// historyForm is an address below that of a story. Numbers have one form only.
var historyForm = regexp.MustCompile(`^(/.+)` + historyPath + `(?:/([1-9][0-9]{0,8})(?:\.\.([1-9][0-9]{0,8}))?)?(\.json|/side)?$`)

// cutHistory takes what asks for the past of a story off the end of its address.
func cutHistory(path string) (story string, ask historyAsk, ok bool) {
	m := historyForm.FindStringSubmatch(path)
	if m == nil {
		return path, ask, false
	}
	ask.first, _ = strconv.Atoi(m[2]) // at most nine digits, or none
	ask.second, _ = strconv.Atoi(m[3])
	ask.side, ask.json = m[4] == "/side", m[4] == ".json"
	return m[1], ask, !ask.side || ask.second != 0
}

// suffix is what the question adds to the address of the story.
func (a historyAsk) suffix() string {
	out := historyPath
	if a.first != 0 {
		out += "/" + strconv.Itoa(a.first)
	}
	if a.second != 0 {
		out += ".." + strconv.Itoa(a.second)
	}
	switch {
	case a.side:
		out += "/side"
	case a.json:
		out += ".json"
	}
	return out
}

// problem is an error that a program is told of, in its own form (RFC 9457).
type problem struct {
	error
	retraction string // absolute; the note that says why a text was taken away
}

func (p *problem) Unwrap() error { return p.error }

// history answers what is asked about the past of what stands at an address.
// Old addresses lead to the newest, as those of the story itself do.
func (s *Site) history(ctx context.Context, r *request, at string, ask historyAsk) (made rendering, err error) {
	if ask.json {
		defer func() {
			if code := stet.ErrorCode(err); err != nil && (code == stet.NotFound || code == stet.Gone) {
				if p := (*problem)(nil); !errors.As(err, &p) {
					err = &problem{error: err}
				}
			}
		}()
	}
	p, err := s.store.Path(ctx, at)
	if stet.ErrorCode(err) == stet.NotFound {
		if lower := strings.ToLower(at); lower != at {
			if _, lookup := s.store.Path(ctx, lower); lookup == nil {
				return rendering{}, moved(withQuery(lower+ask.suffix(), r.Request))
			}
		}
	}
	if err != nil {
		return rendering{}, err
	}
	if p.Kind == stet.PathRedirect && strings.HasPrefix(p.To, "/") && !strings.ContainsAny(p.To, "?#") {
		return rendering{}, moved(withQuery(strings.TrimSuffix(p.To, "/")+ask.suffix(), r.Request))
	}
	if p.Kind != stet.PathArticle {
		return rendering{}, stet.Errorf(stet.NotFound, "only stories and pages have versions")
	}
	canonical, l, err := s.canonical(ctx, r.world, p)
	if err != nil {
		return rendering{}, err
	}
	if ask.second != 0 && ask.first > ask.second {
		ask.first, ask.second = ask.second, ask.first
	}
	if want := canonical + ask.suffix(); want != r.URL.Path {
		return rendering{}, moved(withQuery(want, r.Request))
	}
	past, err := s.pastOf(ctx, l)
	if err != nil {
		return rendering{}, err
	}
	switch {
	case ask.second != 0:
		return s.compare(ctx, r, past, ask)
	case ask.first != 0:
		return s.version(ctx, r, past, ask)
	case ask.json:
		return s.historyJSON(ctx, r, past)
	}
	return s.historyPage(ctx, r, past)
}

// past is a live story with what is known of all its versions.
type past struct {
	store.Live
	notes    []stet.Correction // in the order of the page
	newest   int
	withheld int // versions below it may not be read
}

func (s *Site) pastOf(ctx context.Context, l store.Live) (*past, error) {
	newest, err := s.store.VersionHeads(ctx, l.ArticleID, 0, 1)
	if err != nil {
		return nil, err
	}
	if len(newest) == 0 {
		return nil, stet.Errorf(stet.NotFound, "there is no such version")
	}
	corrected, err := s.notesOf(ctx, l)
	if err != nil {
		return nil, err
	}
	notes := corrected[l.ArticleID]
	return &past{Live: l, notes: notes, newest: newest[0].Number, withheld: newsroom.WithheldBelow(notes)}, nil
}

// hides reports whether readers may not read the version.
func (p *past) hides(number int) bool { return number < p.withheld }

// removal is the note with which the text was taken away.
func (p *past) removal() string {
	for _, c := range p.notes {
		if c.TextRemoved && c.Version == p.withheld {
			return p.Path + "#" + prose.NotePrefix + c.PublicID
		}
	}
	return p.Path
}

func (p *past) at(ask historyAsk) string { return p.Path + ask.suffix() }

func (p *past) tag() string { return newsroom.ArticleTag(p.ArticleID) }

// versionView is what is told of a version beside its text. until is when the
// next one came.
func (w *world) versionView(p *past, v *stet.Version, until time.Time, by []string) theme.Version {
	out := theme.Version{
		Number: v.Number, URL: p.at(historyAsk{first: v.Number}), From: v.PublishedAt, Until: until, Newest: v.Number == p.newest, First: v.Number == 1,
		Note: v.Note, By: by, Hash: v.Hash, Withheld: p.hides(v.Number), Proof: proofPath(p.PublicID, v.Number),
	}
	if !out.Withheld {
		out.JSON = p.at(historyAsk{first: v.Number, json: true})
	}
	if v.Number > 1 && !p.hides(v.Number-1) {
		out.Compare = p.at(historyAsk{first: v.Number - 1, second: v.Number})
	}
	for _, c := range p.notes {
		if c.Version == v.Number {
			note := w.noteView(c, p.notes, p.Path)
			note.URL = p.Path + "#" + prose.NotePrefix + c.PublicID
			out.Corrections = append(out.Corrections, note)
		}
	}
	return out
}

// proofPath is where the log proves a version.
func proofPath(article string, number int) string {
	return fmt.Sprintf("/ledger/proof/version/%s/%d", article, number)
}

// comparePath compares two versions of what stands at the address.
func comparePath(path string, first, second int) string {
	return path + historyAsk{first: first, second: second}.suffix()
}

// told are versions as the history lists them, the newest first.
type told struct {
	versions []theme.Version
	paging   theme.Paging
}

// tell reads one page of the versions. Pages are cut at versions, so that an
// address shows the same ones whatever comes later.
func (s *Site) tell(ctx context.Context, r *request, p *past, path string) (t told, err error) {
	before := 0
	if q := r.URL.Query().Get("before"); q != "" {
		before, err = strconv.Atoi(q)
		if err != nil || before < 2 || before > p.newest || strconv.Itoa(before) != q {
			return t, stet.Errorf(stet.NotFound, "there is no such version")
		}
	}
	heads, err := s.store.VersionHeads(ctx, p.ArticleID, before, historySize+1)
	if err != nil || len(heads) == 0 {
		return t, err
	}
	shown := heads[:min(len(heads), historySize)]
	if len(heads) > historySize {
		t.paging.Older = path + "?before=" + strconv.Itoa(shown[len(shown)-1].Number)
	}
	if before != 0 {
		t.paging.Newer = path
		if newer := before + historySize; newer <= p.newest {
			t.paging.Newer += "?before=" + strconv.Itoa(newer)
		}
	}
	// When the version before the first that is shown came ends it.
	var until time.Time
	if before != 0 {
		next, err := s.store.VersionHeads(ctx, p.ArticleID, before+1, 1)
		if err != nil {
			return t, err
		}
		if len(next) == 1 {
			until = next[0].PublishedAt
		}
	}
	read, err := s.skimBetween(ctx, p, heads[len(heads)-1].Number, shown[0].Number)
	if err != nil {
		return t, err
	}
	by, err := s.namesOf(ctx, r.world, p, read)
	if err != nil {
		return t, err
	}
	for i := range shown {
		v := r.world.versionView(p, &shown[i], until, by[shown[i].Number])
		until = shown[i].PublishedAt
		if err := countWords(&v, read); err != nil {
			return t, fmt.Errorf("compare version %d of %s with the one before: %w", v.Number, p.PublicID, err)
		}
		t.versions = append(t.versions, v)
	}
	return t, nil
}

// skimBetween reads the documents of versions, by their numbers.
func (s *Site) skimBetween(ctx context.Context, p *past, first, last int) (map[int]*newsroom.Skim, error) {
	found, err := s.store.VersionsBetween(ctx, p.ArticleID, first, last)
	if err != nil {
		return nil, err
	}
	out := make(map[int]*newsroom.Skim, len(found))
	for i := range found {
		if out[found[i].Number], err = newsroom.SkimVersion(&found[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// countWords says how much a version differs from the one before.
func countWords(v *theme.Version, read map[int]*newsroom.Skim) (err error) {
	now, was := read[v.Number], read[v.Number-1]
	switch {
	case now != nil && was != nil:
		v.Gone, v.Came, err = now.Since(was)
	case now != nil && v.First:
		v.Words, err = now.Words()
	}
	return err
}

// parseBody reads a body, which may be empty.
func parseBody(body []byte) (*prose.Doc, error) {
	if len(body) == 0 {
		body = []byte(`{"type":"doc","content":[]}`)
	}
	return prose.Parse(body)
}

// namesOf are those whom the magazine names for versions, by number.
func (s *Site) namesOf(ctx context.Context, w *world, p *past, read map[int]*newsroom.Skim) (map[int][]string, error) {
	out := map[int][]string{}
	switch w.history.Author {
	case newsroom.AuthorByline:
		for n, d := range read {
			for _, b := range d.Content.Bylines {
				if !slices.Contains(out[n], b.Person.Name) {
					out[n] = append(out[n], b.Person.Name)
				}
			}
			if line := d.Content.BylineText; line != "" {
				out[n] = append(out[n], line)
			}
		}
	case newsroom.AuthorStaff:
		names, err := newsroom.PublishersIn(ctx, s.store, p.PublicID)
		if err != nil {
			return nil, err
		}
		for n := range read {
			if names[n] != "" {
				out[n] = []string{names[n]}
			}
		}
	}
	return out, nil
}

func (s *Site) historyPage(ctx context.Context, r *request, p *past) (rendering, error) {
	w, path, q := r.world, p.at(historyAsk{}), r.URL.Query()
	if q.Has("from") || q.Has("to") {
		return rendering{}, s.chosen(p, q)
	}
	t, err := s.tell(ctx, r, p, path)
	if err != nil {
		return rendering{}, err
	}
	view := theme.History{
		Story: theme.Link{Text: p.Headline, URL: p.Path}, Language: w.foreign(p.Language), Count: p.newest, Versions: t.versions, Paging: t.paging,
		From: max(1, p.newest-1), To: p.newest, JSON: p.at(historyAsk{json: true}),
	}
	if p.newest > 1 && p.newest <= choicesOffered {
		heads, err := s.store.VersionHeads(ctx, p.ArticleID, 0, choicesOffered)
		if err != nil {
			return rendering{}, err
		}
		for _, v := range heads {
			view.Choices = append(view.Choices, theme.Version{Number: v.Number, From: v.PublishedAt})
		}
	}
	title := w.theme.Text("history.title") + ": " + p.Headline
	head := theme.Head{Title: title, Canonical: s.base + path, Description: title, Versions: theme.Versions{Latest: s.base + p.Path}}
	if before := q.Get("before"); before != "" {
		head.Canonical += "?before=" + before
		head.Robots = "noindex, follow"
	}
	head.Prev, head.Next = s.onBase(t.paging.Newer), s.onBase(t.paging.Older)
	view.Page = theme.Page{Magazine: w.here(""), Head: head}
	return s.html(w, theme.HistoryTemplate, view, http.StatusOK, encoding(r.Request), p.tag())
}

// chosen leads from the form to the comparison of the two versions.
func (s *Site) chosen(p *past, q url.Values) error {
	from, err1 := strconv.Atoi(strings.TrimSpace(q.Get("from")))
	to, err2 := strconv.Atoi(strings.TrimSpace(q.Get("to")))
	if err1 != nil || err2 != nil || min(from, to) < 1 || max(from, to) > p.newest {
		return stet.Errorf(stet.Invalid, "choose two versions between 1 and %d to compare", p.newest)
	}
	if from == to {
		return &redirect{p.at(historyAsk{first: from}), http.StatusFound}
	}
	return &redirect{p.at(historyAsk{first: min(from, to), second: max(from, to)}), http.StatusFound}
}
