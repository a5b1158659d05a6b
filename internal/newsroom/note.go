// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"strings"

	"stet"
)

// AddNote says something about a story to everybody who works on the magazine.
func (r *Room) AddNote(ctx context.Context, staff stet.Staff, id int64, text string) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		a, err := r.store.Article(ctx, id)
		if err != nil {
			return err
		}
		return r.addNote(ctx, staff, &a, "", text)
	})
}

func (r *Room) addNote(ctx context.Context, staff stet.Staff, a *stet.Article, act, text string) error {
	n := stet.Note{PublicID: stet.NewID(), ArticleID: a.ID, StaffID: staff.ID, Staff: staff.Name, Act: act, Text: strings.TrimSpace(text)}
	if err := n.Validate(); err != nil {
		return err
	}
	if err := r.store.AddNote(ctx, &n); err != nil || act != "" {
		return err
	}
	return r.noteArticle(ctx, staff, "noted on", a, n.Text)
}

// DropNote takes a note back: one's own, or any for those who edit any story.
func (r *Room) DropNote(ctx context.Context, staff stet.Staff, note string) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		n, err := r.store.NoteByPublicID(ctx, note)
		if err != nil {
			return err
		}
		if n.StaffID != staff.ID && !Can(staff, WriteAny) {
			return stet.Errorf(stet.Forbidden, "the note is %s's", n.Staff)
		}
		return r.store.DropNote(ctx, n.ID)
	})
}
