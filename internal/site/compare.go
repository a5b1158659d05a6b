// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/theme"
)

// errIncomparable says that of one of the versions the text was taken away.
var errIncomparable = stet.Errorf(stet.Gone, "the story was retracted and its text taken away: what it was cannot be compared")

// compare is the page of two versions, word by word, or the same for programs.
func (s *Site) compare(ctx context.Context, r *request, p *past, ask historyAsk) (rendering, error) {
	if ask.first == ask.second {
		return rendering{}, &redirect{p.at(historyAsk{first: ask.first, json: ask.json}), http.StatusMovedPermanently}
	}
	from, until, err := s.versionOf(ctx, p, ask.first)
	if err != nil {
		return rendering{}, err
	}
	to, end, err := s.versionOf(ctx, p, ask.second)
	if err != nil {
		return rendering{}, err
	}
	if p.hides(ask.first) || p.hides(ask.second) {
		return rendering{}, &problem{errIncomparable, s.base + p.removal()}
	}
	was, err := from.Open()
	if err != nil {
		return rendering{}, err
	}
	now, err := to.Open()
	if err != nil {
		return rendering{}, err
	}
	changes, err := newsroom.CompareWhole(was.Content, now.Content)
	if err != nil {
		return rendering{}, err
	}
	if ask.json {
		return s.compareJSON(r, p, &from, &to, changes)
	}
	w := r.world
	view := theme.Comparison{
		Story: theme.Link{Text: p.Headline, URL: p.Path}, Language: w.foreign(languageOf(w, now)), Count: p.newest, History: p.at(historyAsk{}),
		From: w.versionView(p, &from, until, nil), To: w.versionView(p, &to, end, nil), Side: ask.side,
	}
	ask.side = false
	view.Inline = p.at(ask)
	view.Beside = p.at(historyAsk{first: ask.first, second: ask.second, side: true})
	view.JSON = p.at(historyAsk{first: ask.first, second: ask.second, json: true})
	if view.Gone, view.Came, err = newsroom.CountChanges(&was.Content, &now.Content); err != nil {
		return rendering{}, err
	}
	if err := s.differences(ctx, w, changes, &view); err != nil {
		return rendering{}, err
	}
	title := w.theme.Say("compare.title", ask.first, ask.second) + ": " + p.Headline
	view.Page = theme.Page{Magazine: w.here(""), Head: theme.Head{
		Title: title, Description: title, Canonical: s.base + view.Inline, Robots: "noindex, follow",
		Versions: theme.Versions{History: s.base + view.History, Latest: s.base + p.Path},
	}}
	return s.html(w, theme.CompareTemplate, view, http.StatusOK, encoding(r.Request), p.tag(), newsroom.TagPast)
}

// differences fills in the pieces of a comparison. Of what is the same, what
// stands beside a change is shown and the rest is folded.
func (s *Site) differences(ctx context.Context, w *world, changes []newsroom.Change, view *theme.Comparison) error {
	var ids []string
	for _, c := range changes {
		if c.Asset != "" && c.Kind != newsroom.Same {
			ids = append(ids, c.Asset)
		}
	}
	pictures, err := s.picturesOf(ctx, w, ids...)
	if err != nil {
		return err
	}
	var same []string
	rest := func(last bool) {
		view.Body = append(view.Body, folded(same, len(view.Body) == 0, last, view)...)
		same = nil
	}
	for _, c := range changes {
		if c.Kind == newsroom.Same {
			same = append(same, textOf(c))
			continue
		}
		d := theme.Difference{Where: c.Where, Kind: c.Kind, Side: view.Side, Language: view.Language, Picture: pictures[c.Asset]}
		for _, span := range c.Words {
			d.Words = append(d.Words, theme.Span{Is: span.Is, Text: span.Text})
		}
		if d.Picture.Src == "" {
			d.File = c.Asset
		}
		if !c.Body {
			view.Fields = append(view.Fields, d)
			continue
		}
		rest(false)
		view.Body = append(view.Body, d)
	}
	if len(view.Body) > 0 {
		rest(true)
	}
	return nil
}

func textOf(c newsroom.Change) (text string) {
	for _, s := range c.Words {
		text += s.Text
	}
	return text
}

// folded are the pieces that are the same between two changes: the one after a
// change and the one before the next are shown, what lies between is folded.
func folded(same []string, first, last bool, view *theme.Comparison) (out []theme.Difference) {
	same = slices.DeleteFunc(slices.Clone(same), func(s string) bool { return s == "" })
	add := func(texts []string, fold bool) {
		if len(texts) == 0 {
			return
		}
		d := theme.Difference{Kind: newsroom.Same, Same: texts, Side: view.Side, Language: view.Language}
		if fold {
			d.Folded = len(texts)
		}
		out = append(out, d)
	}
	head, tail := min(1, len(same)), 0
	if first {
		head = 0
	}
	if !last {
		tail = min(1, len(same)-head)
	}
	add(same[:head], false)
	add(same[head:len(same)-tail], true)
	add(same[len(same)-tail:], false)
	return out
}

// comparedJSON is what programs are told of two versions.
type comparedJSON struct {
	Article string            `json:"article"`
	URL     string            `json:"url"`
	From    versionRow        `json:"from"`
	To      versionRow        `json:"to"`
	Changes []newsroom.Change `json:"changes"`
}

func (s *Site) compareJSON(r *request, p *past, from, to *stet.Version, changes []newsroom.Change) (rendering, error) {
	out := comparedJSON{
		Article: p.PublicID, URL: s.base + comparePath(p.Path, from.Number, to.Number), From: s.versionRow(p, from, time.Time{}), To: s.versionRow(p, to, time.Time{}),
		Changes: slices.DeleteFunc(changes, func(c newsroom.Change) bool { return c.Kind == newsroom.Same }),
	}
	if out.Changes == nil {
		out.Changes = []newsroom.Change{}
	}
	data, err := json.MarshalIndent(out, "", "\t")
	if err != nil {
		return rendering{}, err
	}
	return s.openData(r, data, p), nil
}

// openData is JSON that pages of others may read.
func (s *Site) openData(r *request, data []byte, p *past) rendering {
	made := s.data(r, "application/json", append(data, '\n'), []string{p.tag()})
	made.body.CrossOrigin, made.body.Robots = true, "noindex"
	return made
}

// versionRow is a version in a list for programs.
type versionRow struct {
	Number    int             `json:"number"`
	URL       string          `json:"url"`
	Document  string          `json:"document,omitempty"` // where the sealed bytes are; none when they were taken away
	SHA256    string          `json:"sha256"`
	Published string          `json:"published"`
	Until     string          `json:"until,omitempty"`
	Newest    bool            `json:"newest,omitempty"`
	Note      string          `json:"note,omitempty"`
	By        []string        `json:"by,omitempty"`
	Added     *int            `json:"wordsAdded,omitempty"`
	Removed   *int            `json:"wordsRemoved,omitempty"`
	Withheld  bool            `json:"withheld,omitempty"`
	Compare   string          `json:"compare,omitempty"`
	Proof     string          `json:"proof"`
	Notes     []correctionRow `json:"corrections,omitempty"`
}

// correctionRow is a correction that came with a version.
type correctionRow struct {
	ID          string              `json:"id"`
	URL         string              `json:"url"`
	Kind        stet.CorrectionKind `json:"kind"`
	Note        string              `json:"note"`
	Amends      string              `json:"amends,omitempty"`
	TextRemoved bool                `json:"textRemoved,omitempty"`
}

// versionRow is what is known of a version without its text.
func (s *Site) versionRow(p *past, v *stet.Version, until time.Time) versionRow {
	row := versionRow{
		Number: v.Number, URL: s.base + p.at(historyAsk{first: v.Number}), SHA256: v.Hash, Published: stamp(v.PublishedAt), Newest: v.Number == p.newest,
		Note: v.Note, Withheld: p.hides(v.Number), Proof: s.base + proofPath(p.PublicID, v.Number),
	}
	if !until.IsZero() {
		row.Until = stamp(until)
	}
	if !row.Withheld {
		row.Document = s.base + p.at(historyAsk{first: v.Number, json: true})
	}
	for _, c := range p.notes {
		if c.Version == v.Number {
			row.Notes = append(row.Notes, correctionRow{c.PublicID, s.base + p.Path + "#" + prose.NotePrefix + c.PublicID, c.Kind, c.Note, c.Amends, c.TextRemoved})
		}
	}
	return row
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// historyFile is the list of versions for programs.
type historyFile struct {
	Article  string       `json:"article"`
	Kind     stet.Kind    `json:"kind"`
	Headline string       `json:"headline"`
	URL      string       `json:"url"`
	History  string       `json:"history"`
	Count    int          `json:"count"`
	Versions []versionRow `json:"versions"` // the newest first
	Next     string       `json:"next,omitempty"`
}

func (s *Site) historyJSON(ctx context.Context, r *request, p *past) (rendering, error) {
	t, err := s.tell(ctx, r, p, p.at(historyAsk{json: true}))
	if err != nil {
		return rendering{}, err
	}
	out := historyFile{
		Article: p.PublicID, Kind: p.Kind, Headline: p.Headline, URL: s.base + p.Path, History: s.base + p.at(historyAsk{}), Count: p.newest,
		Versions: []versionRow{}, Next: s.onBase(t.paging.Older),
	}
	for _, v := range t.versions {
		row := s.versionRow(p, &stet.Version{Number: v.Number, PublishedAt: v.From, Note: v.Note, Hash: v.Hash}, v.Until)
		row.By = v.By
		if v.Compare != "" {
			row.Compare = s.base + v.Compare
		}
		if !v.First {
			row.Added, row.Removed = &v.Came, &v.Gone
		}
		out.Versions = append(out.Versions, row)
	}
	data, err := json.MarshalIndent(out, "", "\t")
	if err != nil {
		return rendering{}, err
	}
	return s.openData(r, data, p), nil
}
