// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"stet"
	"stet/internal/store"
	"stet/internal/theme"
	"stet/internal/web"
)

// fail is where every error of the site ends: the status by its code, a page
// in the magazine's own look, and a line in the log for what is our fault.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	code := stet.ErrorCode(err)
	status := web.Status(code)
	if code == stet.Internal {
		s.log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	w.Header().Set("Cache-Control", "no-store")
	p := (*problem)(nil)
	if errors.As(err, &p) && strings.HasSuffix(r.URL.Path, ".json") {
		s.tellProgram(w, status, p)
		return
	}
	world, werr := s.currentWorld(r.Context())
	if werr != nil {
		http.Error(w, stet.ErrorMessage(err), status)
		return
	}
	view := theme.Error{Status: status}
	if code != stet.Internal && code != stet.NotFound && code != stet.Gone {
		view.Message = stet.ErrorMessage(err)
	}
	if errors.Is(err, errUnsaid) {
		view.Title, view.Message = world.theme.Text("error.unsaid"), world.theme.Text("error.unsaid.text")
	}
	if errors.Is(err, errIncomparable) || errors.Is(err, errRemoved) {
		view.Title, view.Message = world.theme.Text("version.withheld.title"), world.theme.Text("version.withheld")
	}
	if status == http.StatusNotFound {
		s.helpFind(r, world, &view)
	}
	view.Page = theme.Page{Magazine: world.here(""), Head: theme.Head{Title: firstText(view.Title, world.theme.Text(errorTitle(status))), Robots: "noindex"}}
	made, rerr := s.html(world, theme.ErrorTemplate, view, status, encoding(r))
	if rerr != nil {
		s.log.Error("the error page failed", "error", rerr)
		http.Error(w, stet.ErrorMessage(err), status)
		return
	}
	made.body.CacheControl = "no-store"
	made.body.ServeHTTP(w, r)
}

// tellProgram says what is wrong as a problem of RFC 9457.
func (s *Site) tellProgram(w http.ResponseWriter, status int, p *problem) {
	body, err := json.Marshal(struct {
		Type       string `json:"type"`
		Title      string `json:"title"`
		Status     int    `json:"status"`
		Detail     string `json:"detail"`
		Retraction string `json:"retraction,omitempty"`
	}{"about:blank", http.StatusText(status), status, stet.ErrorMessage(p), p.retraction})
	if err != nil {
		http.Error(w, stet.ErrorMessage(p), status)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Access-Control-Allow-Origin", "*")
	w.WriteHeader(status)
	w.Write(append(body, '\n'))
}

func errorTitle(status int) string {
	switch status {
	case http.StatusNotFound:
		return "error.404"
	case http.StatusGone:
		return "error.410"
	}
	return "error.500"
}

// helpFind reads words out of an address that leads nowhere and searches for
// them: most broken links still say what they meant.
func (s *Site) helpFind(r *http.Request, w *world, view *theme.Error) {
	path := strings.TrimSuffix(trimSlash(r.URL.Path), ".html")
	last := path[strings.LastIndexByte(path, '/')+1:]
	var words []string
	for _, word := range strings.FieldsFunc(tidy(last), func(r rune) bool { return r == '-' || r == '_' || r == '.' || r == ' ' || r == '+' }) {
		if len(word) > 2 {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return
	}
	view.Query = strings.Join(words[:min(len(words), 6)], " ")
	// All the words first, then the longer half of them: a changed headline
	// keeps its nouns.
	for _, try := range [][]string{words, longest(words)} {
		hits, _, err := s.store.Search(r.Context(), store.Query{Words: strings.Join(try, " "), Language: w.magazine.Language, Limit: 3})
		if err != nil || len(hits) == 0 {
			continue
		}
		rows := make([]store.Live, len(hits))
		for i, h := range hits {
			rows[i] = h.Live
		}
		if cards, err := s.cards(r.Context(), w, rows); err == nil {
			view.Suggestions = cards
		}
		return
	}
}

// longest returns the longer half of the words.
func longest(words []string) []string {
	sorted := append([]string(nil), words...)
	sortByLength(sorted)
	return sorted[:(len(sorted)+1)/2]
}
