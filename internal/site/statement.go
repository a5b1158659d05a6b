// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/theme"
)

// errUnsaid is the answer for a statement that was on the record and is not any
// more.
var errUnsaid = stet.Errorf(stet.Gone, "this statement is no longer on the record")

// statement is the permanent page of a statement, or one of its citations.
func (s *Site) statement(ctx context.Context, r *request, rest string) (rendering, error) {
	id, format, _ := strings.Cut(rest, ".")
	v, err := s.statementAt(ctx, id)
	if err != nil {
		return rendering{}, err
	}
	list := []stet.Statement{v}
	rec, err := s.recordOf(ctx, r.world, list)
	if err != nil {
		return rendering{}, err
	}
	switch format {
	case "":
		return s.statementPage(ctx, r, rec, &v)
	case "bib":
		return s.data(r, "application/x-bibtex; charset=utf-8", []byte(s.bibtex(rec, &v)), rec.tags()), nil
	case "json":
		return s.data(r, "application/vnd.citationstyles.csl+json; charset=utf-8", s.csl(rec, &v), rec.tags()), nil
	}
	return rendering{}, stet.Errorf(stet.NotFound, "there is no such page")
}

// statementAt is the statement of a public id that readers see. One that was
// public is gone; of one that never was, nobody is told that there is it. The
// address of one that was found to be the same utterance as another leads there.
func (s *Site) statementAt(ctx context.Context, id string) (stet.Statement, error) {
	v, err := s.store.StatementByPublicID(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound {
		if p, lookup := s.store.Path(ctx, recordPath+"/"+id); lookup == nil && p.Kind == stet.PathRedirect {
			return v, moved(p.To)
		}
		return v, err
	}
	if err != nil || v.Live {
		return v, err
	}
	quotations, err := s.store.QuotationsOf(ctx, v.ID)
	if err != nil {
		return v, err
	}
	for _, q := range quotations {
		a, err := s.store.Article(ctx, q.ArticleID)
		if err != nil {
			return v, err
		}
		if !a.PublishedAt.IsZero() {
			return v, errUnsaid
		}
	}
	return v, stet.Errorf(stet.NotFound, "there is no such page")
}

func (s *Site) statementPage(ctx context.Context, r *request, rec *record, v *stet.Statement) (rendering, error) {
	w := r.world
	if err := s.withPortraits(ctx, rec); err != nil {
		return rendering{}, err
	}
	view := theme.StatementPage{Statement: rec.view(v), Licence: w.licence()}
	rec.wordings(v, view.Statement.Quoted)
	address := s.base + statementPath(v)
	view.Citations = []theme.Citation{
		{Style: "Chicago", Text: s.chicago(rec, v)}, {Style: "APA", Text: s.apa(rec, v)},
		{Style: "BibTeX", Text: s.bibtex(rec, v), Code: true, File: statementPath(v) + ".bib"},
		{Style: "CSL-JSON", Text: string(s.csl(rec, v)), Code: true, File: statementPath(v) + ".json"},
	}
	view.Embed = fmt.Sprintf(`<iframe src="%s/embed" title="%s" width="100%%" height="280" style="border:0" loading="lazy"></iframe>`, address, template.HTMLEscapeString(rec.title(v)))
	head := theme.Head{Title: rec.title(v), Canonical: address, Statement: v.PublicID, Ledger: s.ledgerMark(), Description: shorten(factsLine(w, view.Statement)+". "+v.Words, 200), JSONLD: []any{s.quotationLD(rec, v, view.Statement)}}
	if view.Statement.Portrait.Src != "" {
		head.Card = s.absolute(view.Statement.Portrait)
	}
	head.Feeds = s.feedsOf(recordPath, w.magazine.Name+": "+w.theme.Text("record"))
	view.Page = theme.Page{Magazine: w.here(recordPath), Head: head}
	return s.html(w, theme.StatementTemplate, view, http.StatusOK, encoding(r.Request), append(rec.tags(), newsroom.StatementTag(v.ID))...)
}

// title names a statement: "Jane Doe: We took the warning ...".
func (rec *record) title(v *stet.Statement) string {
	return rec.people[v.SpeakerID].Name + ": " + v.Short(70)
}

// wordings fills in how each story has the words.
func (rec *record) wordings(v *stet.Statement, quoted []theme.Quoted) {
	for i := range quoted {
		for _, q := range rec.quotations[v.ID] {
			if strings.HasSuffix(quoted[i].Story.URL, "-"+q.PublicID) {
				quoted[i].Words = q.Text
			}
		}
	}
}

// quotationLD is a statement by schema.org. Who is quoted is its creator; the
// stories are what it is part of, and the source what it is based on. A date that
// is only a bound is none that dateCreated could say.
func (s *Site) quotationLD(rec *record, v *stet.Statement, view theme.Statement) ld {
	p := rec.people[v.SpeakerID]
	speaker := s.personLD(p)
	delete(speaker, "@context")
	delete(speaker, "description")
	if v.Role != "" && p.Kind != stet.Organisation {
		speaker["jobTitle"] = v.Role
	}
	url := s.base + view.URL
	out := ld{
		"@context": "https://schema.org", "@type": "Quotation", "@id": url + "#quotation", "url": url, "text": v.Words, "creator": speaker, "spokenByCharacter": ld{"@id": speaker["@id"]},
		"inLanguage": firstText(v.Language, rec.w.magazine.Language), "publisher": s.organisation(rec.w), "isAccessibleForFree": true,
	}
	if view.Day != "" {
		out["dateCreated"] = view.Day
	} else if v.Date.Precision == stet.Interval {
		out["temporalCoverage"] = v.Date.Value
	} else if v.Date.Value != "" {
		out["temporalCoverage"] = "../" + v.Date.Value
	}
	if v.SourceURL != "" {
		out["isBasedOn"] = v.SourceURL
	}
	if v.Venue != "" {
		out["locationCreated"] = ld{"@type": "Place", "name": v.Venue}
	}
	if v.Addressee != "" {
		out["audience"] = ld{"@type": "Audience", "name": v.Addressee}
	}
	var stories, about []ld
	for _, q := range view.Quoted {
		path, _, _ := strings.Cut(q.Story.URL, "#")
		stories = append(stories, ld{"@type": "NewsArticle", "@id": s.base + path + "#article", "headline": q.Story.Text, "url": s.base + path})
	}
	for _, t := range view.Topics {
		about = append(about, ld{"@type": "Thing", "name": t.Text, "url": s.base + t.URL})
	}
	if len(stories) > 0 {
		out["isPartOf"] = stories
	}
	if len(about) > 0 {
		out["about"] = about
	}
	return out
}

// embedPolicy lets any site show the page in a frame. It runs no script and
// fetches nothing.
const embedPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"

// embed is a statement for a frame on another site.
func (s *Site) embed(rw http.ResponseWriter, r *http.Request) error {
	w, err := s.currentWorld(r.Context())
	if err != nil {
		return err
	}
	v, err := s.statementAt(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	rec, err := s.recordOf(r.Context(), w, []stet.Statement{v})
	if err != nil {
		return err
	}
	made, err := s.html(w, theme.EmbedTemplate, theme.Embed{Magazine: w.magazine.Name, Home: s.base + "/", URL: s.base + statementPath(&v), Statement: rec.view(&v)}, http.StatusOK, encoding(r))
	if err != nil {
		return err
	}
	h := rw.Header()
	h.Set("Content-Security-Policy", embedPolicy)
	h.Del("X-Frame-Options")
	h.Del("Cross-Origin-Opener-Policy")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Robots-Tag", "noindex")
	made.body.ServeHTTP(rw, r)
	return nil
}

// counterpoint is the permanent page of two statements side by side. It is public
// while both are.
func (s *Site) counterpoint(ctx context.Context, r *request, id string) (rendering, error) {
	w := r.world
	c, err := s.store.CounterpointByPublicID(ctx, id)
	if err != nil {
		return rendering{}, err
	}
	if c.Dismissed {
		return rendering{}, stet.Errorf(stet.NotFound, "there is no such page")
	}
	rec, err := s.recordOfPairs(ctx, w, c)
	if err != nil {
		return rendering{}, err
	}
	first, second := rec.statements[c.FirstID], rec.statements[c.SecondID]
	for _, v := range []stet.Statement{first, second} {
		if !v.Live {
			_, err := s.statementAt(ctx, v.PublicID)
			return rendering{}, err
		}
	}
	view := theme.CounterpointPage{Counterpoint: rec.counterpoint(&c)}
	view.Counterpoint.URL = s.base + view.Counterpoint.URL
	head := theme.Head{Title: rec.people[first.SpeakerID].Name + " / " + rec.people[second.SpeakerID].Name, Canonical: view.Counterpoint.URL,
		Description: firstText(c.Note, shorten(first.Words+" / "+second.Words, 200)), Feeds: s.feedsOf(recordPath, w.magazine.Name+": "+w.theme.Text("record")),
		JSONLD: []any{s.quotationLD(rec, &first, view.Counterpoint.First), s.quotationLD(rec, &second, view.Counterpoint.Second)}}
	view.Page = theme.Page{Magazine: w.here(recordPath), Head: head}
	return s.html(w, theme.CounterpointTemplate, view, http.StatusOK, encoding(r.Request), rec.tags()...)
}

// --- citations -------------------------------------------------------------
// The styles are English ones, and so are their dates whatever the magazine's
// language.

// citedDate is a date as a style has it; day, month and year are its forms.
func citedDate(d stet.SaidDate, day, month, year string) string {
	one := func(v string) string {
		for layout, form := range map[string]string{"2006-01-02": day, "2006-01": month, "2006": year} {
			if t, err := time.Parse(layout, v); err == nil && len(v) == len(layout) {
				return t.Format(form)
			}
		}
		return v
	}
	start, end, interval := strings.Cut(d.Value, "/")
	switch {
	case d.Value == "":
		return "n.d."
	case interval:
		return one(start) + "–" + one(end)
	case d.Precision == stet.OnOrBefore:
		return "on or before " + one(start)
	}
	return one(start)
}

func (s *Site) chicago(rec *record, v *stet.Statement) string {
	parts := []string{firstText(sortName(rec.people[v.SpeakerID])) + ". “" + strings.TrimRight(v.Words, ".") + ".” Statement"}
	for _, p := range []string{prefixed("to ", v.Addressee), v.Venue, citedDate(v.Date, "January 2, 2006", "January 2006", "2006")} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ") + ". The record, " + rec.w.magazine.Name + ". " + s.base + statementPath(v) + "."
}

func (s *Site) apa(rec *record, v *stet.Statement) string {
	text := initials(rec.people[v.SpeakerID]) + " (" + citedDate(v.Date, "2006, January 2", "2006, January", "2006") + "). “" + strings.TrimRight(v.Words, ".") + "” [Statement"
	for _, p := range []string{prefixed(" to ", v.Addressee), prefixed(", ", v.Venue)} {
		text += p
	}
	return text + "]. " + rec.w.magazine.Name + ". " + s.base + statementPath(v)
}

func prefixed(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

// sortName is "Doe, Jane" where the desk has said so: which part of a name leads
// is not guessed.
func sortName(p stet.Person) string { return firstText(p.SortName, p.Name) }

// initials is "Doe, J." by a name whose parts are known.
func initials(p stet.Person) string {
	family, given, ok := strings.Cut(p.SortName, ", ")
	if !ok {
		return p.Name
	}
	for _, g := range strings.Fields(given) {
		r := []rune(g)
		family += prefixed(map[bool]string{true: ", ", false: " "}[!strings.Contains(family, ",")], string(r[:1])+".")
	}
	return family
}

// bibtex is a statement for BibTeX and biber.
func (s *Site) bibtex(rec *record, v *stet.Statement) string {
	p := rec.people[v.SpeakerID]
	author := bibText(sortName(p))
	if p.SortName == "" || p.Kind == stet.Organisation {
		author = "{" + author + "}"
	}
	from, _ := v.Date.Bounds()
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
		}
	}
	fmt.Fprintf(&b, "@misc{stet-%s,\n", v.PublicID)
	field("author", author)
	field("title", bibText(v.Words))
	if len(from) >= 4 {
		field("year", from[:4])
	}
	field("date", strings.ReplaceAll(map[bool]string{true: "/" + v.Date.Value, false: v.Date.Value}[v.Date.Precision == stet.OnOrBefore], "//", "/"))
	field("howpublished", bibText(strings.TrimPrefix(strings.Join([]string{"Statement", v.Addressee, v.Venue}, ", "), ", ")))
	field("note", bibText("The record, "+rec.w.magazine.Name))
	field("url", s.base+statementPath(v))
	return b.String() + "}\n"
}

// bibText keeps what TeX would take for a command from being one.
func bibText(s string) string {
	s = strings.Trim(strings.ReplaceAll(strings.ReplaceAll(s, ", , ", ", "), ", ,", ","), ", ")
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`).Replace(s)
}

// csl is a statement for Zotero, Pandoc and whatever else reads CSL-JSON.
func (s *Site) csl(rec *record, v *stet.Statement) []byte {
	p := rec.people[v.SpeakerID]
	author := map[string]string{"literal": p.Name}
	if family, given, ok := strings.Cut(p.SortName, ", "); ok && p.Kind != stet.Organisation {
		author = map[string]string{"family": family, "given": given}
	}
	item := map[string]any{
		"id": "stet-" + v.PublicID, "type": "speech", "title": v.Words, "author": []any{author}, "genre": "Statement", "URL": s.base + statementPath(v),
		"container-title": rec.w.magazine.Name, "language": firstText(v.Language, rec.w.magazine.Language),
	}
	if v.Venue != "" {
		item["event-title"] = v.Venue
	}
	if v.Addressee != "" {
		item["note"] = "To " + v.Addressee
	}
	if parts := dateParts(v.Date); len(parts) > 0 {
		issued := map[string]any{"date-parts": parts}
		if v.Date.Precision == stet.OnOrBefore {
			issued["circa"] = true
		}
		item["issued"] = issued
	}
	b, err := json.MarshalIndent([]any{item}, "", "  ")
	if err != nil {
		return nil // strings and numbers always encode
	}
	return append(b, '\n')
}

func dateParts(d stet.SaidDate) (out [][]int) {
	for v := range strings.SplitSeq(d.Value, "/") {
		var parts []int
		for p := range strings.SplitSeq(v, "-") {
			var n int
			if _, err := fmt.Sscanf(p, "%d", &n); err == nil {
				parts = append(parts, n)
			}
		}
		if len(parts) > 0 {
			out = append(out, parts)
		}
	}
	return out
}
