// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"stet"
)

// Page is the page at an address as readers see it, made anew and kept nowhere,
// for whoever shows it in another place.
func (s *Site) Page(ctx context.Context, path string) ([]byte, error) {
	clean, ok := stet.CleanPath(path)
	if !ok {
		return nil, stet.Errorf(stet.NotFound, "there is no such page")
	}
	return s.made(ctx, clean, nil)
}

// Preview is the page with the front of the place as the desk would have it.
func (s *Site) Preview(ctx context.Context, place string, front stet.Front) ([]byte, error) {
	if place == stet.HomeFront {
		return s.made(ctx, "/", &front)
	}
	w, err := s.currentWorld(ctx)
	if err != nil {
		return nil, err
	}
	sec, ok := w.sections.ByPublicID(place)
	if !ok {
		return nil, stet.Errorf(stet.NotFound, "there is no such section")
	}
	return s.made(ctx, w.sections.Path(sec.ID), &front)
}

func (s *Site) made(ctx context.Context, path string, preview *stet.Front) ([]byte, error) {
	w, err := s.currentWorld(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, (&url.URL{Path: path}).String(), nil)
	if err != nil {
		return nil, err
	}
	page := s.anything
	if path == "/" {
		page = s.front
	}
	made, err := page(ctx, &request{Request: asked, world: w, path: path, preview: preview})
	var to *redirect
	if errors.As(err, &to) {
		return nil, stet.Errorf(stet.NotFound, "there is no page: readers are led to %s", to.url)
	}
	if err != nil {
		return nil, err
	}
	return made.body.Plain(), nil
}
