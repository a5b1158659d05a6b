// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
	"stet/internal/syndicate"
	"stet/internal/theme"
)

// correctionsPath is the page of all corrections. Those of a section stand below
// it, under the section's own address, so that they move with it.
const correctionsPath = "/corrections"

// notesOf are the corrections of stories, by story, each in the order in which
// a page tells them.
func (s *Site) notesOf(ctx context.Context, rows ...store.Live) (map[int64][]stet.Correction, error) {
	ids := make([]int64, len(rows))
	for i, l := range rows {
		ids[i] = l.ArticleID
	}
	found, err := s.store.CorrectionsOf(ctx, ids...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	out := map[int64][]stet.Correction{}
	for _, c := range found {
		out[c.ArticleID] = append(out[c.ArticleID], c)
	}
	for id, notes := range out {
		out[id] = inOrder(notes)
	}
	return out, nil
}

// inOrder puts every note that amends another behind that one.
func inOrder(notes []stet.Correction) []stet.Correction {
	out := make([]stet.Correction, 0, len(notes))
	for _, c := range notes {
		at := len(out)
		for i, before := range out {
			// Behind it, and behind what amended it before.
			if c.Amends != "" && (before.PublicID == c.Amends || before.Amends == c.Amends) {
				at = i + 1
			}
		}
		out = slices.Insert(out, at, c)
	}
	return out
}

// remarks are the corrected passages that still stand in the text.
func remarks(doc *prose.Doc, notes []stet.Correction) (out []prose.Remark) {
	for _, c := range notes {
		if p := c.Passage; p != nil {
			if at, ok := doc.Find(stet.Selector{Block: p.Block, Exact: p.After, Prefix: p.Prefix, Suffix: p.Suffix}); ok {
				out = append(out, prose.Remark{Span: at, ID: c.PublicID})
			}
		}
	}
	return out
}

// noteViews are the corrections as the story's own page, or the stream, shows
// them. marked are the passages that can be gone to; page is the address of the
// page on which they are, empty for this one.
func (w *world) noteViews(l store.Live, notes []stet.Correction, marked []prose.Remark, page string) []theme.Correction {
	var out []theme.Correction
	withheld := newsroom.WithheldBelow(notes)
	for _, c := range notes {
		v := w.noteView(c, notes, "")
		v.URL = l.Path + "#" + prose.NotePrefix + c.PublicID
		if c.Version > max(1, withheld) && (c.Passage.Changes() || c.Passage == nil && c.Amends == "" && c.Kind != stet.Retracting) {
			v.Compare = comparePath(l.Path, c.Version-1, c.Version)
		}
		if slices.ContainsFunc(marked, func(r prose.Remark) bool { return r.ID == c.PublicID }) {
			v.Passage = page + "#" + prose.PassagePrefix + c.PublicID
		}
		out = append(out, v)
	}
	return out
}

// noteView is a correction. others are those among which the one that it amends
// is looked for; page is the address of the page on which they stand.
func (w *world) noteView(c stet.Correction, others []stet.Correction, page string) theme.Correction {
	v := theme.Correction{
		ID: c.PublicID, Kind: string(c.Kind), Top: c.Weight == stet.WeightTop, Date: c.MadeAt, Note: noteHTML(c.Note, ""), TextRemoved: c.TextRemoved,
	}
	for _, o := range others {
		if o.PublicID == c.Amends {
			v.Amends = theme.Link{Text: w.theme.Date(o.MadeAt), URL: page + "#" + prose.NotePrefix + o.PublicID}
		}
	}
	if p := c.Passage; p.Changes() {
		v.Changed, v.Before, v.After = true, p.Exact, p.After
		v.Lead, v.Tail = lead(p.Prefix), tail(p.Suffix)
	}
	return v
}

// lead is what stands before a passage, with a sign that a sentence is cut.
func lead(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if s == "" || unicode.IsUpper(r) || unicode.In(r, unicode.Pi, unicode.Ps) || r == '"' {
		return s
	}
	return "… " + strings.TrimLeft(s, " ")
}

// tail is what stands after it.
func tail(s string) string {
	if s == "" || strings.HasSuffix(strings.TrimRight(s, `"”’»)]`), ".") {
		return s
	}
	return strings.TrimRight(s, " ") + " …"
}

// noteHTML is a note with its links. base makes its own addresses absolute.
func noteHTML(note, base string) template.HTML {
	var b strings.Builder
	for _, s := range stet.NoteSpans(note) {
		text := template.HTMLEscapeString(s.Text)
		if s.URL == "" {
			b.WriteString(text)
			continue
		}
		url := s.URL
		if strings.HasPrefix(url, "/") {
			url = base + url
		}
		b.WriteString(`<a href="` + template.HTMLEscapeString(url) + `">` + text + `</a>`)
	}
	return template.HTML(b.String())
}

// noteWord is the kind of a correction in the magazine's language.
func (w *world) noteWord(k stet.CorrectionKind) string {
	if k == stet.Correcting {
		return w.theme.Text("correction")
	}
	return w.theme.Text("correction." + string(k))
}

// feedNotes are the corrections of a story for feeds: above its text, and below.
func (w *world) feedNotes(base string, notes []stet.Correction) (top, end string) {
	for _, c := range notes {
		p := "<p><b>" + template.HTMLEscapeString(w.noteWord(c.Kind)+", "+w.theme.Date(c.MadeAt)) + ".</b> " + string(noteHTML(c.Note, base)) + "</p>\n"
		if c.Weight == stet.WeightTop {
			top += p
		} else {
			end += p
		}
	}
	return top, end
}

// correctionsLD are the corrections of a story by schema.org.
func (s *Site) correctionsLD(w *world, l store.Live, notes []stet.Correction) (out []ld) {
	for _, c := range notes {
		out = append(out, ld{
			"@type": "CorrectionComment", "text": w.noteWord(c.Kind) + ": " + stet.NoteText(c.Note),
			"datePublished": c.MadeAt.In(w.location).Format(time.RFC3339), "url": s.base + l.Path + "#" + prose.NotePrefix + c.PublicID,
		})
	}
	return out
}

func retracted(notes []stet.Correction) bool {
	return slices.ContainsFunc(notes, func(c stet.Correction) bool { return c.Kind == stet.Retracting })
}

// noteList is a list of corrections: all, or those of a section.
type noteList struct {
	section stet.Section // none has no id
	path    string
	filter  store.CorrectionFilter
}

// corrections is the page of all corrections or of those of a section, and the
// feeds of either.
func (s *Site) corrections(ctx context.Context, r *request) (rendering, error) {
	path, feed := cutFeed(r.path)
	list, err := s.noteListAt(ctx, r.world, strings.TrimPrefix(path, correctionsPath))
	if err != nil {
		return rendering{}, err
	}
	if canonical := list.path + feedPaths[feed]; canonical != r.URL.Path {
		return rendering{}, moved(withQuery(canonical, r.Request))
	}
	if feed != "" {
		return s.correctionFeed(ctx, r, list, feed)
	}
	return s.correctionPage(ctx, r, list)
}

// noteListAt is the list of the section at an address; every address that leads
// to the section will do.
func (s *Site) noteListAt(ctx context.Context, w *world, section string) (noteList, error) {
	if section == "" {
		return noteList{path: correctionsPath}, nil
	}
	clean, ok := stet.CleanPath(section)
	if !ok {
		return noteList{}, stet.Errorf(stet.NotFound, "there is no such page")
	}
	p, err := s.store.Path(ctx, clean)
	if err != nil {
		return noteList{}, err
	}
	sec, ok := w.sections.ByID(p.Target)
	if p.Kind != stet.PathSection || !ok {
		return noteList{}, stet.Errorf(stet.NotFound, "there is no such page")
	}
	return noteList{sec, correctionsPath + w.sections.Path(sec.ID), store.CorrectionFilter{Section: sec.ID, Sections: w.sections.Under(sec.ID)}}, nil
}

func (s *Site) correctionPage(ctx context.Context, r *request, l noteList) (rendering, error) {
	w := r.world
	notes, paging, err := s.cutNotes(ctx, r, l)
	if err != nil {
		return rendering{}, err
	}
	view := theme.Corrections{Title: w.theme.Text("corrections"), Paging: paging}
	if l.section.ID != 0 {
		view.Title += ": " + l.section.Name
		view.Section = theme.Link{Text: l.section.Name, URL: l.path}
	}
	for _, sec := range w.sections.Children(l.section.ID) {
		view.Sections = append(view.Sections, theme.Link{Text: sec.Name, URL: correctionsPath + w.sections.Path(sec.ID)})
	}
	stories, tags, err := s.noteStories(ctx, l, notes)
	if err != nil {
		return rendering{}, err
	}
	amended, err := s.amended(ctx, notes)
	if err != nil {
		return rendering{}, err
	}
	for _, c := range notes {
		view.Corrections = append(view.Corrections, w.listedNote(c, amended, stories))
	}
	head := theme.Head{Title: view.Title, Canonical: s.base + l.path, Description: w.magazine.Name + ": " + view.Title, Feeds: s.feedsOf(l.path, w.magazine.Name+": "+view.Title)}
	if q := pagingQuery(r.URL.Query()); q != "" {
		head.Canonical += "?" + q
	}
	head.Prev, head.Next = s.onBase(paging.Newer), s.onBase(paging.Older)
	view.Page = theme.Page{Magazine: w.here(l.path), Head: head}
	return s.html(w, theme.CorrectionsTemplate, view, http.StatusOK, encoding(r.Request), tags...)
}

// noteStories are the live stories of the notes by id, and the tags of a page
// that lists them.
func (s *Site) noteStories(ctx context.Context, l noteList, notes []stet.Correction) (map[int64]store.Live, []string, error) {
	tags := []string{newsroom.TagCorrections}
	if l.section.ID != 0 {
		tags = append(tags, store.List{Kind: store.ListSection, Ref: l.section.ID}.Tag())
	}
	var ids []int64
	for _, c := range notes {
		ids = appendNew(ids, c.ArticleID)
	}
	rows, err := s.store.LiveByIDs(ctx, ids...)
	stories := make(map[int64]store.Live, len(rows))
	for _, row := range rows {
		stories[row.ArticleID] = row
	}
	for _, id := range ids {
		tags = append(tags, newsroom.ArticleTag(id))
	}
	return stories, tags, err
}

// amended are the notes that others amend.
func (s *Site) amended(ctx context.Context, notes []stet.Correction) ([]stet.Correction, error) {
	out := slices.Clone(notes)
	for _, c := range notes {
		if c.Amends == "" || slices.ContainsFunc(out, func(o stet.Correction) bool { return o.PublicID == c.Amends }) {
			continue
		}
		was, err := s.store.Correction(ctx, c.Amends)
		if stet.ErrorCode(err) == stet.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, was)
	}
	return out, nil
}

// listedNote is a correction in a list, with its story.
func (w *world) listedNote(c stet.Correction, amended []stet.Correction, stories map[int64]store.Live) theme.Correction {
	l, live := stories[c.ArticleID]
	v := w.noteView(c, amended, l.Path)
	v.Story = theme.Link{Text: c.Headline}
	v.URL = correctionsPath + "#" + prose.NotePrefix + c.PublicID
	section, ok := w.sections.ByPublicID(c.Section)
	if live {
		v.Story = theme.Link{Text: l.Headline, URL: l.Path}
		v.URL = l.Path + "#" + prose.NotePrefix + c.PublicID
		section, ok = w.sections.ByID(l.SectionID)
	}
	if ok {
		v.StorySection = theme.Link{Text: section.Name, URL: correctionsPath + w.sections.Path(section.ID)}
	}
	return v
}

// cutNotes reads one page of a list. Pages are cut at notes, as those of stories
// are at stories: an address shows the same ones whatever comes later.
func (s *Site) cutNotes(ctx context.Context, r *request, l noteList) ([]stet.Correction, theme.Paging, error) {
	size, q := r.world.pageSize(), r.URL.Query()
	var paging theme.Paging
	f := l.filter
	f.Limit = size + 1
	before, after := q.Get("before"), q.Get("after")
	if at := firstText(before, after); at != "" {
		c, err := s.store.Correction(ctx, at)
		if err != nil {
			return nil, paging, err
		}
		f.After, f.Newer = store.Place{At: c.MadeAt, ID: c.PublicID}, before == ""
	}
	notes, err := s.store.Corrections(ctx, f)
	if err != nil {
		return nil, paging, err
	}
	more := len(notes) > size
	older, newer := more, before != ""
	switch {
	case f.Newer && !more:
		return nil, paging, &redirect{l.path, http.StatusFound} // the first page, which has an address of its own
	case f.Newer:
		notes, older, newer = notes[1:], true, true
	case more:
		notes = notes[:size]
	}
	if older && len(notes) > 0 {
		paging.Older = l.path + "?before=" + notes[len(notes)-1].PublicID
	}
	if newer && len(notes) > 0 {
		paging.Newer = l.path + "?after=" + notes[0].PublicID
	}
	return notes, paging, nil
}

func (s *Site) correctionFeed(ctx context.Context, r *request, l noteList, format string) (rendering, error) {
	w := r.world
	f := l.filter
	f.Limit = feedSize
	notes, err := s.store.Corrections(ctx, f)
	if err != nil {
		return rendering{}, err
	}
	stories, tags, err := s.noteStories(ctx, l, notes)
	if err != nil {
		return rendering{}, err
	}
	name := w.theme.Text("corrections")
	if l.section.ID != 0 {
		name += ": " + l.section.Name
	}
	feed := syndicate.Feed{
		Title: w.magazine.Name + ": " + name, Description: w.theme.Text("corrections.intro"), Language: w.magazine.Language, Copyright: w.magazine.Copyright,
		Home: s.base + l.path, Self: s.base + l.path + feedPaths[format], Ledger: s.ledgerMark(),
	}
	for _, c := range notes {
		v := w.listedNote(c, nil, stories)
		it := syndicate.Item{
			ID: "urn:stet:correction:" + c.PublicID, URL: s.base + v.URL, Title: w.noteWord(c.Kind) + ": " + v.Story.Text, Summary: stet.NoteText(c.Note),
			HTML: w.feedNote(s.base, c, v), Published: c.MadeAt, Updated: c.MadeAt, Categories: []string{w.noteWord(c.Kind)}, Language: w.magazine.Language,
		}
		if v.StorySection.Text != "" {
			it.Categories = append(it.Categories, v.StorySection.Text)
		}
		if c.MadeAt.After(feed.Updated) {
			feed.Updated = c.MadeAt
		}
		feed.Items = append(feed.Items, it)
	}
	return s.sendFeed(r, feed, format, tags)
}

// feedNote is a correction as a feed of corrections has it.
func (w *world) feedNote(base string, c stet.Correction, v theme.Correction) string {
	esc := template.HTMLEscapeString
	out := "<p>" + string(noteHTML(c.Note, base)) + "</p>"
	if v.Changed {
		out += "\n<p>" + esc(w.theme.Text("correction.before")) + ": " + esc(v.Lead) + "<del>" + esc(v.Before) + "</del>" + esc(v.Tail) + "</p>" +
			"\n<p>" + esc(w.theme.Text("correction.after")) + ": " + esc(v.Lead) + "<ins>" + esc(v.After) + "</ins>" + esc(v.Tail) + "</p>"
	}
	return out
}
