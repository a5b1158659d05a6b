// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"stet"
	"stet/internal/media"
	"stet/internal/prose"
	"stet/internal/theme"
	"stet/internal/web"
)

// statics keeps the theme's files encoded. Files of a theme that was replaced
// stay: pages in readers' browsers still name them.
type statics struct {
	mu     sync.RWMutex
	bodies map[string]*web.Body // by URL
	icon   string
}

func newStatics() *statics { return &statics{bodies: map[string]*web.Body{}} }

func (st *statics) add(t *theme.Theme) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, f := range t.Files() {
		if st.bodies[f.URL()] != nil {
			continue
		}
		b := web.NewStatic(f.Type, f.Bytes)
		b.CacheControl = foreverControl
		st.bodies[f.URL()] = b
	}
	st.icon = t.Asset("icon.svg")
}

func (s *Site) staticFile(w http.ResponseWriter, r *http.Request) error {
	s.static.mu.RLock()
	b := s.static.bodies[r.URL.Path]
	s.static.mu.RUnlock()
	if b == nil {
		return stet.Errorf(stet.NotFound, "there is no such file")
	}
	b.ServeHTTP(w, r)
	return nil
}

// favicon answers browsers that ask for the icon at its ancient address.
func (s *Site) favicon(http.ResponseWriter, *http.Request) error {
	s.static.mu.RLock()
	defer s.static.mu.RUnlock()
	if s.static.icon == "" {
		return stet.Errorf(stet.NotFound, "there is no icon")
	}
	return &redirect{s.static.icon, http.StatusFound}
}

// picture serves a rendition of a picture, or another file as it is.
func (s *Site) picture(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := s.store.Asset(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	if to, err := s.insteadOf(ctx, a, r.PathValue("name")); to != "" || err != nil {
		if err != nil {
			return err
		}
		return &redirect{to, http.StatusFound}
	}
	if a.Kind != stet.Image {
		if isCaptions(r.PathValue("name")) {
			return s.captions(w, r, a)
		}
		return s.original(w, r, a)
	}
	want, err := media.ParseName(r.PathValue("name"))
	if err != nil {
		return err
	}
	if now := media.Of(a, want.Shape, want.Width); want.Name() != now.Name() {
		// The editor has moved the focal point or the crop since: send the
		// reader on, to the size that comes nearest.
		now.Width = nearest(media.SizesOf(a, want.Shape), want.Width)
		return &redirect{"/media/" + a.PublicID + "/" + now.Name(), http.StatusFound}
	}
	// A picture that is too small for a size is sent as large as it is.
	if sizes := media.SizesOf(a, want.Shape); len(sizes) > 0 && want.Width > sizes[len(sizes)-1].Width {
		want.Width = sizes[len(sizes)-1].Width
		return &redirect{"/media/" + a.PublicID + "/" + want.Name(), http.StatusFound}
	}
	blob, err := s.renditions.Open(ctx, a.Blob, media.Size{Width: a.Width, Height: a.Height}, want)
	if err != nil {
		return err
	}
	defer blob.Close()
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Cache-Control", s.keepUntil(a))
	h.Set("ETag", fmt.Sprintf(`"%s-%s"`, a.SHA256[:16], strings.TrimSuffix(want.Name(), ".jpg")))
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // cards and feed readers show our pictures
	http.ServeContent(w, r, "", blob.ModTime(), blob)
	return nil
}

// nearest is the smallest width that is not below the one wanted, else the
// largest that there is.
func nearest(sizes []media.Size, width int) int {
	for _, size := range sizes {
		if size.Width >= width {
			return size.Width
		}
	}
	if len(sizes) == 0 {
		return width
	}
	return sizes[len(sizes)-1].Width
}

// original serves a file that is no picture: a PDF, a recording.
func (s *Site) original(w http.ResponseWriter, r *http.Request, a stet.Asset) error {
	name := originalName(a)
	if r.PathValue("name") != name {
		return stet.Errorf(stet.NotFound, "there is no such file")
	}
	blob, err := s.blobs.Open(r.Context(), a.Blob)
	if err != nil {
		return err
	}
	defer blob.Close()
	h := w.Header()
	h.Set("Content-Type", a.MIME)
	h.Set("Cache-Control", s.keepUntil(a))
	h.Set("ETag", `"`+a.SHA256[:16]+`"`)
	h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // feed readers play our recordings
	http.ServeContent(w, r, "", blob.ModTime(), blob)
	return nil
}

// originalName is the last segment of a file's address.
func originalName(a stet.Asset) string {
	ext := path.Ext(a.Blob)
	stem := strings.TrimSuffix(path.Base(a.Filename), path.Ext(a.Filename))
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, stem)
	if clean = strings.Trim(clean, "-"); clean == "" {
		clean = string(a.Kind)
	}
	return clean + ext
}

// sendRaw sends a raw HTML block as the document of its sandboxed frame.
func sendRaw(w http.ResponseWriter, r *http.Request, html string) error {
	h := w.Header()
	h.Set("Content-Security-Policy", web.PolicyRaw)
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Set("X-Robots-Tag", "noindex")
	b := web.NewBody(http.StatusOK, "text/html; charset=utf-8", prose.RawDocument(html), encoding(r))
	b.CacheControl = pageControl
	b.ServeHTTP(w, r)
	return nil
}
