// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"net/http"

	"stet"
	"stet/internal/theme"
)

// formLimit is more than an honest sign-up form can send.
const formLimit = 4 << 10

// newsletter takes a sign-up. The answer is the same whether or not the
// address was known, so that nobody can ask who reads the magazine.
func (s *Site) newsletter(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, formLimit)
	if err := r.ParseForm(); err != nil {
		return stet.Errorf(stet.Invalid, "the form could not be read")
	}
	email := r.PostForm.Get("email")
	// People do not see the field "website"; programs fill it in.
	if r.PostForm.Get("website") != "" {
		return s.thank(w, r, http.StatusOK, "noted", email)
	}
	err := s.readers.SignUp(r.Context(), email, r.PostForm.Get("from"), s.client(r))
	switch stet.ErrorCode(err) {
	case "":
		return s.thank(w, r, http.StatusOK, "noted", email)
	case stet.Invalid:
		return s.thank(w, r, http.StatusBadRequest, "invalid", email)
	}
	return err
}

// newsletterForm is the sign-up on a page of its own.
func (s *Site) newsletterForm(w http.ResponseWriter, r *http.Request) error {
	return s.thank(w, r, http.StatusOK, "form", "")
}

func (s *Site) thank(w http.ResponseWriter, r *http.Request, status int, state, email string) error {
	world, err := s.currentWorld(r.Context())
	if err != nil {
		return err
	}
	view := theme.Thanks{State: state, Email: tidy(email)}
	view.Page = theme.Page{Magazine: world.here("/newsletter"), Head: theme.Head{Title: world.theme.Text("newsletter"), Canonical: s.base + "/newsletter", Robots: "noindex"}}
	made, err := s.html(world, theme.ThanksTemplate, view, status, encoding(r))
	if err != nil {
		return err
	}
	made.body.CacheControl = "no-store"
	made.body.ServeHTTP(w, r)
	return nil
}
