// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"strings"

	"stet"
)

// memo remembers what a batch has looked up of sections, genres, topics and
// people: an import refers to the same few hundred a hundred times in each
// transaction. It lives no longer than the batch, and is emptied as soon as an
// act in the batch announces that it has changed any of them.
type memo struct {
	sections stet.Sections
	genres   []stet.Genre
	topics   map[string]stet.Topic
	people   map[string]stet.Person
}

func newMemo() *memo {
	return &memo{topics: map[string]stet.Topic{}, people: map[string]stet.Person{}}
}

// forget empties the memo when one of the tags says that it may be out of date.
func (m *memo) forget(tags []string) {
	for _, t := range tags {
		if t == TagTaxonomy || t == stet.TagAll || strings.HasPrefix(t, "person:") {
			*m = *newMemo()
			return
		}
	}
}

func (r *Room) sections(ctx context.Context) (_ stet.Sections, err error) {
	if r.memo == nil {
		return r.store.Sections(ctx)
	}
	if r.memo.sections == nil {
		r.memo.sections, err = r.store.Sections(ctx)
	}
	return r.memo.sections, err
}

func (r *Room) genres(ctx context.Context) (_ []stet.Genre, err error) {
	if r.memo == nil {
		return r.store.Genres(ctx)
	}
	if r.memo.genres == nil {
		r.memo.genres, err = r.store.Genres(ctx)
	}
	return r.memo.genres, err
}

func (r *Room) topic(ctx context.Context, publicID string) (stet.Topic, error) {
	if r.memo == nil {
		return r.store.TopicByPublicID(ctx, publicID)
	}
	return recall(ctx, r.memo.topics, publicID, r.store.TopicByPublicID)
}

func (r *Room) person(ctx context.Context, publicID string) (stet.Person, error) {
	if r.memo == nil {
		return r.store.PersonByPublicID(ctx, publicID)
	}
	return recall(ctx, r.memo.people, publicID, r.store.PersonByPublicID)
}

func recall[T any](ctx context.Context, known map[string]T, id string, look func(context.Context, string) (T, error)) (T, error) {
	if v, ok := known[id]; ok {
		return v, nil
	}
	v, err := look(ctx, id)
	if err == nil {
		known[id] = v
	}
	return v, err
}
