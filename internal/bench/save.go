// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
)

// editorPause is how long the editor waits after a keystroke for the next one
// (ui/src/screens/editor/save/BodySync.ts).
const editorPause = 60 * time.Millisecond

const keystrokes = 300

// save measures from a keystroke in a story of 200 paragraphs to the server's
// word that it is kept, against a write with fsync to the same disk: that much
// every promise to keep something has to cost.
func (b *bench) save(ctx context.Context) ([]Result, error) {
	dir, err := os.MkdirTemp(b.dir, "save-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	id, err := longStory(ctx, dir)
	if err != nil {
		return nil, err
	}
	p, err := b.serve(ctx, magazine{dir: dir})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	w := &typist{url: p.url, article: id}
	if err := w.signIn(ctx); err != nil {
		return nil, err
	}
	var took, yard []float64
	for i := range keystrokes {
		began := time.Now()
		if err := w.press(ctx); err != nil {
			return nil, err
		}
		if i >= keystrokes/10 { // the first ones warm up
			took = append(took, float64(time.Since(began)+editorPause)/1e6)
		}
		began = time.Now()
		if err := syncedWrite(filepath.Join(dir, "yardstick"), 64<<10); err != nil {
			return nil, err
		}
		yard = append(yard, float64(time.Since(began))/1e6)
	}
	slices.Sort(took)
	slices.Sort(yard)
	median, ninth, bare := took[len(took)/2], took[len(took)*9/10], yard[len(yard)/2]
	return []Result{{
		Measure: "keystroke to acknowledged save, median", Figure: median, Unit: "ms", Yardstick: bare, Against: "write and fsync of 64 kB", Ratio: median / bare,
		Target: "< 150 ms", OK: median < 150, Note: fmt.Sprintf("%.0f ms of it are the editor's pause; nine of ten within %.0f ms", float64(editorPause)/1e6, ninth),
	}}, nil
}

func syncedWrite(name string, n int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, n))
	return errors.Join(err, f.Sync(), f.Close())
}

const typistMail, typistPassword = "typist@bench.example", "ninety words a minute"

// longStory makes a magazine with an account and a story of 200 paragraphs.
func longStory(ctx context.Context, dir string) (id string, err error) {
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(dir, "stet.db")})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	blobs, err := media.OpenFolder(filepath.Join(dir, "media"))
	if err != nil {
		return "", err
	}
	defer blobs.Close()
	room := newsroom.New(newsroom.Options{Store: s, Blobs: blobs})
	if err := room.SetMagazine(ctx, stet.Operator, stet.Magazine{Name: "Bench", Language: "en", TimeZone: "UTC"}); err != nil {
		return "", err
	}
	if err := room.AddStaff(ctx, stet.Operator, &stet.Staff{Email: typistMail, Name: "Typist", Role: stet.Owner}, typistPassword); err != nil {
		return "", err
	}
	var blocks []prose.Node
	for i := range 200 {
		blocks = append(blocks, prose.Paragraph(prose.Text(strings.Repeat(fmt.Sprintf("Words of paragraph %d, and some more. ", i), 8))))
	}
	doc, err := prose.New(blocks...)
	if err != nil {
		return "", err
	}
	a := stet.Article{Content: stet.Content{Headline: "A long story", Body: doc.JSON()}}
	err = room.Draft(ctx, stet.Operator, &a)
	return a.PublicID, err
}

// typist is an editor without a screen.
type typist struct {
	url, article string
	http         http.Client
	version, n   int64
}

func (w *typist) signIn(ctx context.Context) (err error) {
	if w.http.Jar, err = cookiejar.New(nil); err != nil {
		return err
	}
	if err := w.do(ctx, "POST", "/api/session", map[string]string{"email": typistMail, "password": typistPassword}, nil); err != nil {
		return err
	}
	var c struct{ Version int64 }
	err = w.do(ctx, "GET", "/api/articles/"+w.article+"/copy", nil, &c)
	w.version = c.Version
	return err
}

// press types one letter.
func (w *typist) press(ctx context.Context) error {
	w.n++
	step := json.RawMessage(`{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"x"}]}}`)
	var got struct{ Version int64 }
	err := w.do(ctx, "POST", "/api/articles/"+w.article+"/steps", map[string]any{"client": "typist", "version": w.version, "sequence": w.n, "steps": []json.RawMessage{step}}, &got)
	w.version = got.Version
	return err
}

func (w *typist) do(ctx context.Context, method, path string, in, out any) error {
	data, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, w.url+path, bytes.NewReader(data))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := w.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s %s, %w", method, path, res.Status, answer, err)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}
