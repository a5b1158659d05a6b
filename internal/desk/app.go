// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"stet/internal/web"
)

// noncePlace stands in index.html where the nonce of the response goes.
const noncePlace = "{{nonce}}"

// policy is the Content-Security-Policy of the app. Its look is made of files
// and of style elements that carry the nonce; scripts are files alone.
func policy(nonce string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' blob: data:; font-src 'self'; " +
		"connect-src 'self'; media-src 'self' blob:; frame-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// built is what was built from ui/, each file with the codings that browsers
// asked for.
type built struct {
	files fs.FS
	mu    sync.Mutex
	made  map[string]*web.Body
}

func newBuilt() *built {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the embedded folder is there, or this does not compile
	}
	return &built{files: files, made: map[string]*web.Body{}}
}

// body returns a file, nil when there is none. Its name holds a hash of its
// content, so that browsers need not ask twice.
func (b *built) body(name string) *web.Body {
	b.mu.Lock()
	defer b.mu.Unlock()
	if have := b.made[name]; have != nil {
		return have
	}
	data, err := fs.ReadFile(b.files, name)
	if err != nil {
		return nil
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	made := web.NewBody(http.StatusOK, kind, data, web.Identity)
	made.CacheControl = "public, max-age=31536000, immutable"
	b.made[name] = made
	return made
}

// app serves the files of the app; every address below /desk that is no file
// is a screen, which the app itself finds.
func (d *Desk) app(mux *http.ServeMux) {
	files := newBuilt()
	mux.Handle("GET /desk", http.RedirectHandler("/desk/", http.StatusMovedPermanently))
	mux.HandleFunc("GET /desk/", func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/desk/")
		if !strings.HasPrefix(name, "assets/") {
			index(w, files)
			return
		}
		if body := files.body(name); body != nil {
			body.ServeHTTP(w, r)
			return
		}
		http.NotFound(w, r)
	})
}

// index sends the page that starts the app, with a nonce of its own.
func index(w http.ResponseWriter, files *built) {
	page, err := fs.ReadFile(files.files, "index.html")
	if err != nil {
		http.Error(w, "The desk was not built into this program: run make build.", http.StatusNotFound)
		return
	}
	var raw [16]byte
	rand.Read(raw[:])
	nonce := base64.RawStdEncoding.EncodeToString(raw[:])
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy(nonce))
	h.Set("Cache-Control", "no-store")
	io.Copy(w, bytes.NewReader(bytes.ReplaceAll(page, []byte(noncePlace), []byte(nonce))))
}
