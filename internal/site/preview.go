// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"bytes"
	"context"
	"net/http"

	"golang.org/x/net/html"

	"stet"
	"stet/internal/store"
)

// Preview is the page with the front of the place as the desk would have it,
// made anew, kept nowhere, and without its scripts: it is looked at in a frame.
func (s *Site) Preview(ctx context.Context, place string, front stet.Front) ([]byte, error) {
	w, err := s.currentWorld(ctx)
	if err != nil {
		return nil, err
	}
	path, page := "/", s.front
	if place != stet.HomeFront {
		sec, ok := w.sections.ByPublicID(place)
		if !ok {
			return nil, stet.Errorf(stet.NotFound, "there is no such section")
		}
		path = w.sections.Path(sec.ID)
		page = func(ctx context.Context, r *request) (rendering, error) {
			return s.listing(ctx, r, store.List{Kind: store.ListSection, Ref: sec.ID})
		}
	}
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	made, err := page(ctx, &request{Request: asked, world: w, path: path, preview: &front})
	if err != nil {
		return nil, err
	}
	return withoutScripts(made.body.Plain()), nil
}

// withoutScripts is a page of ours without its script elements.
func withoutScripts(page []byte) []byte {
	var out bytes.Buffer
	script := false
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		raw := append([]byte(nil), z.Raw()...)
		name, _ := z.TagName()
		t := string(name)
		if t == "script" {
			script = raw[1] != '/'
			continue
		}
		if !script {
			out.Write(raw)
		}
	}
	return out.Bytes()
}
