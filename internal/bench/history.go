// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// versionsMade is how many versions the story has.
const versionsMade = 200

// history measures the public history of a story of 900 words and 200 versions,
// none of it out of the page cache: its pages, a version, and the first and the
// last compared, between which every paragraph differs.
func (b *bench) history(ctx context.Context) ([]Result, error) {
	dir, err := os.MkdirTemp(b.dir, "history-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path, err := changingStory(ctx, magazine{dir: dir})
	if err != nil {
		return nil, err
	}
	p, err := b.serve(ctx, magazine{dir: dir}, "--cache-mb", "0")
	if err != nil {
		return nil, err
	}
	defer p.stop()
	var out []Result
	for _, q := range []question{
		{"history, newest 50", path + "/history"}, {"history, a page further", path + "/history?before=101"}, {"history for programs", path + "/history.json"},
		{"a version", path + "/history/100"}, {"first and last, compared", fmt.Sprintf("%s/history/1..%d", path, versionsMade)},
	} {
		var took []float64
		before := time.Duration(0)
		for i := range asked + 10 {
			if i == 10 {
				before = p.cpu()
			}
			d, _, err := p.get(ctx, q.path)
			if err != nil {
				return nil, err
			}
			if i >= 10 { // the first ones warm up
				took = append(took, ms(d))
			}
		}
		note := fmt.Sprintf("a story with %d versions, page cache off; %.1f ms processor", versionsMade, ms(p.cpu()-before)/asked)
		out = append(out, below(q.name, median(took), "ms", 50, note))
	}
	return out, nil
}

// changingStory publishes a story again and again, each time with a paragraph
// written anew and a note.
func changingStory(ctx context.Context, m magazine) (path string, err error) {
	h, err := openHouse(ctx, m)
	if err != nil {
		return "", err
	}
	defer h.close()
	w, err := found(ctx, h.room)
	if err != nil {
		return "", err
	}
	w.count = 1
	if err := w.publishAll(ctx, h.room); err != nil {
		return "", err
	}
	rows, err := h.store.LiveAfter(ctx, 0, 1<<40, 1)
	if err != nil || len(rows) != 1 {
		return "", fmt.Errorf("%d stories: %w", len(rows), err)
	}
	r := rand.New(rand.NewPCG(5, 5))
	for n := 2; n <= versionsMade; n++ {
		a, err := h.store.Article(ctx, rows[0].ArticleID)
		if err != nil {
			return "", err
		}
		if a.Content.Body, err = w.rewritten(r, a.Content.Body, n); err != nil {
			return "", err
		}
		if err := h.room.Save(ctx, stet.Operator, &a); err != nil {
			return "", err
		}
		if _, err := h.room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{Note: fmt.Sprintf("Version %d says it better.", n)}); err != nil {
			return "", err
		}
	}
	return rows[0].Path, nil
}

// rewritten is the body with one paragraph in other words.
func (w *writer) rewritten(r *rand.Rand, body []byte, n int) ([]byte, error) {
	doc, err := prose.Parse(body)
	if err != nil {
		return nil, err
	}
	var paragraphs []int
	for i, block := range doc.Root.Content {
		if block.Type == "paragraph" {
			paragraphs = append(paragraphs, i)
		}
	}
	at := paragraphs[n%len(paragraphs)]
	was := doc.Root.Content[at]
	doc.Root.Content[at].Content = prose.Paragraph(prose.Text(w.words.prose(r, 60))).Content
	doc.Root.Content[at].Attrs = was.Attrs
	if err := doc.Validate(); err != nil {
		return nil, err
	}
	return doc.JSON(), nil
}
