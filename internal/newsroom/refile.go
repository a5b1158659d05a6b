// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"stet"
	"stet/internal/jobs"
	"stet/internal/store"
)

// RefileArgs says what has changed. The term itself, or the person, may be gone:
// it was merged.
type RefileArgs struct {
	Kind stet.PathKind `json:"kind"`
	// List has the stories that may have to move; 0 for none, when only words
	// have changed.
	List int64 `json:"list,omitempty"`
	// Copies is the public id that working copies are looked for under; empty
	// when they say what they should.
	Copies string `json:"copies,omitempty"`
}

// RefiledAtOnce is how many stories are filed anew in one transaction, so that
// nobody waits for long for the database.
const RefiledAtOnce = 25

func (r *Room) refileLater(ctx context.Context, t Term, stories, copies bool) error {
	args := RefileArgs{Kind: t.Kind}
	if stories {
		args.List = t.ID
	}
	if copies {
		args.Copies = t.PublicID
	}
	if !stories && !copies {
		return nil
	}
	return r.enqueueRefile(ctx, args)
}

// refileCopiesLater has working copies alone follow.
func (r *Room) refileCopiesLater(ctx context.Context, kind stet.PathKind, id string) error {
	return r.enqueueRefile(ctx, RefileArgs{Kind: kind, Copies: id})
}

func (r *Room) enqueueRefile(ctx context.Context, args RefileArgs) error {
	key := fmt.Sprintf("refile:%s:%d:%s", args.Kind, args.List, args.Copies)
	return r.enqueue(ctx, jobs.Job{Kind: JobRefile, Args: args, UniqueKey: key})
}

// Refile is the work of JobRefile: the addresses and lists of stories, and the
// words of working copies, follow a section, genre or topic that has changed, or a
// person who was merged.
// It looks at what is, not at what was asked: done twice it does nothing more,
// so that after a kill it begins anew and loses nothing. What it has not come
// to yet works at its old address.
func (r *Room) Refile(ctx context.Context, args RefileArgs) error {
	if args.List != 0 {
		ids, err := r.store.ListIDs(ctx, store.List{Kind: store.ListKind(args.Kind), Ref: args.List})
		if err != nil {
			return err
		}
		if err := r.inBatches(ctx, ids, (*Room).refileStory); err != nil {
			return fmt.Errorf("file the stories of %s %d anew: %w", args.Kind, args.List, err)
		}
	}
	if args.Copies == "" {
		return nil
	}
	ids, err := r.store.CopiesIn(ctx, args.Kind, args.Copies)
	if err != nil {
		return err
	}
	if err := r.inBatches(ctx, ids, (*Room).refileCopy); err != nil {
		return fmt.Errorf("rename %s %s in working copies: %w", args.Kind, args.Copies, err)
	}
	return nil
}

// RefileSome files stories anew, and their working copies, in one transaction.
func (r *Room) RefileSome(ctx context.Context, ids []int64) error {
	return r.Batch(ctx, func(r *Room) error {
		for _, id := range ids {
			if err := errors.Join(r.refileStory(ctx, id), r.refileCopy(ctx, id)); err != nil {
				return fmt.Errorf("article %d: %w", id, err)
			}
		}
		return nil
	})
}

func (r *Room) inBatches(ctx context.Context, ids []int64, f func(r *Room, ctx context.Context, id int64) error) error {
	for some := range slices.Chunk(ids, RefiledAtOnce) {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := r.Batch(ctx, func(r *Room) error {
			for _, id := range some {
				if err := f(r, ctx, id); err != nil {
					return fmt.Errorf("article %d: %w", id, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// refileStory gives a live story the address and the lists that its newest
// version asks for now.
func (r *Room) refileStory(ctx context.Context, id int64) error {
	l, err := r.store.Live(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound {
		return nil // withdrawn meanwhile
	}
	if err != nil {
		return err
	}
	v, err := r.store.Version(ctx, l.VersionID)
	if err != nil {
		return err
	}
	d, err := v.Open()
	if err != nil {
		return err
	}
	now := store.Live{ArticleID: id, PublishedAt: l.PublishedAt, Bylines: l.Bylines}
	for _, step := range []func(context.Context, *stet.Content, *store.Live) error{r.resolveSections, r.resolveGenre, r.resolveTopics} {
		if err := step(ctx, &d.Content, &now); err != nil {
			return err
		}
	}
	if now.Path, err = r.movedPath(ctx, l, now.SectionID); err != nil {
		return err
	}
	lists, err := r.store.Refile(ctx, &now)
	if err != nil {
		return err
	}
	r.changed(ArticleTag(id))
	for _, list := range lists {
		r.changed(list.Tag())
	}
	return nil
}

// movedPath claims the address of a live story in the folder of its section. It
// keeps its last part, or gets a number when that is taken there.
func (r *Room) movedPath(ctx context.Context, l store.Live, section int64) (string, error) {
	folder, err := r.folder(ctx, &stet.Article{Kind: l.Kind}, &store.Live{SectionID: section})
	if err != nil {
		return "", err
	}
	i := strings.LastIndexByte(l.Path, '/')
	if l.Path[:i] == folder {
		return l.Path, nil
	}
	slug, err := r.freePath(ctx, folder, l.Path[i+1:], stet.PathArticle, l.ArticleID)
	if err != nil {
		return "", err
	}
	return folder + "/" + slug, r.claim(ctx, folder+"/"+slug, stet.PathArticle, l.ArticleID)
}

// refileCopy writes the present ids and names into a working copy.
func (r *Room) refileCopy(ctx context.Context, id int64) error {
	a, err := r.store.Article(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound {
		return nil // removed meanwhile
	}
	if err != nil {
		return err
	}
	if err := r.follow(ctx, &a.Content); err != nil {
		return err
	}
	return r.store.RefileCopy(ctx, &a)
}

// follow writes the present ids and names of sections, genre, topics and people
// into a content: they may have been renamed or merged since it was read. What does
// not exist is left as it is, for the checklist to name.
func (r *Room) follow(ctx context.Context, c *stet.Content) error {
	sections, err := r.sections(ctx)
	if err != nil {
		return err
	}
	for _, ref := range append([]*stet.Ref{&c.Section}, pointers(c.Sections)...) {
		if s, ok := sections.ByPublicID(ref.ID); ok {
			ref.ID, ref.Name = s.PublicID, s.Name
		}
	}
	c.Sections = once(c.Sections)
	genres, err := r.genres(ctx)
	if err != nil {
		return err
	}
	for _, g := range genres {
		if g.Is(c.Genre.ID) {
			c.Genre.ID, c.Genre.Name = g.PublicID, g.Name
		}
	}
	for _, ref := range pointers(c.Topics) {
		t, err := r.topic(ctx, ref.ID)
		if stet.ErrorCode(err) == stet.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		ref.ID, ref.Name = t.PublicID, t.Name
	}
	c.Topics = once(c.Topics)
	return r.followPeople(ctx, c)
}

// once leaves out what is named a second time: two that were merged.
func once(refs []stet.Ref) []stet.Ref {
	for i := len(refs) - 1; i > 0; i-- {
		if slices.ContainsFunc(refs[:i], func(v stet.Ref) bool { return v.ID == refs[i].ID }) {
			refs = slices.Delete(refs, i, i+1)
		}
	}
	return refs
}
