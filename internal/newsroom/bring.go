// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"time"

	"stet"
	"stet/internal/prose"
	"stet/internal/store"
)

// Arrival is an article that comes from elsewhere, made ready for Bring.
type Arrival struct {
	Article *stet.Article
	words   int
	text    string
	tokens  string
}

// Prepare does all of the work of bringing an article in that needs no
// database, which is most of it: an import calls it on many goroutines at once
// and keeps the transaction, of which there is one at a time, short. The
// article's language must be set.
func Prepare(a *stet.Article, doc *prose.Doc) (*Arrival, error) {
	if err := a.Content.Validate(); err != nil {
		return nil, err
	}
	a.Content.Body = doc.JSON()
	if len(a.Content.Body) > prose.MaxBytes {
		return nil, stet.Errorf(stet.TooLarge, "the body has more than %d MB", prose.MaxBytes>>20)
	}
	v := &Arrival{Article: a, words: doc.Words(), text: doc.Text()}
	v.tokens = store.Tokens(v.text, a.Content.Language)
	return v, nil
}

// Bring stores an article that comes from elsewhere and makes it what readers
// see, in one act: what Draft, Save and Publish do one after the other for a
// person. An article without an id is new. A taken address is avoided with a
// number.
func (r *Room) Bring(ctx context.Context, staff stet.Staff, v *Arrival, o PublishOptions) error {
	return r.act(ctx, staff, Publish, func(r *Room) error {
		a := v.Article
		if a.PublicID == "" {
			a.PublicID = stet.NewID()
		}
		if o.At.IsZero() {
			o.At = r.store.Now()
		}
		if a.PublishedAt = o.First; o.First.IsZero() {
			a.PublishedAt = o.At
		}
		if err := r.readyToPublish(a); err != nil {
			return err
		}
		ld, err := r.references(ctx, a)
		if err != nil {
			return err
		}
		ld.Words, ld.Text.Body, ld.Text.Tokens = v.words, v.text, v.tokens
		a.Status, a.ScheduledAt = stet.Published, time.Time{}
		if a.ID == 0 {
			return r.bringNew(ctx, a, ld, o)
		}
		return r.bringAgain(ctx, a, ld, o)
	})
}

// BringDraft stores an article that comes from elsewhere and that no reader has
// seen: a draft, or one that waits for review. One that is published here is
// refused.
func (r *Room) BringDraft(ctx context.Context, staff stet.Staff, v *Arrival, status stet.Status) error {
	if status != stet.Draft && status != stet.InReview {
		return stet.Errorf(stet.Invalid, "what is %s is no draft", status)
	}
	return r.act(ctx, staff, Write, func(r *Room) error {
		a := v.Article
		a.Status, a.ScheduledAt = status, time.Time{}
		if a.ID != 0 {
			was, err := r.store.Article(ctx, a.ID)
			if err != nil {
				return err
			}
			if was.Status == stet.Published || was.Status == stet.Withdrawn {
				return stet.Errorf(stet.Conflict, "the article is %s here", was.Status)
			}
			return r.store.SaveArticle(ctx, a)
		}
		if a.PublicID == "" {
			a.PublicID = stet.NewID()
		}
		return r.store.CreateArticle(ctx, a)
	})
}

func (r *Room) bringNew(ctx context.Context, a *stet.Article, ld *store.Live, o PublishOptions) error {
	folder, err := r.folder(ctx, a, ld)
	if err != nil {
		return err
	}
	if a.Content.Slug == "" {
		a.Content.Slug = Slug(a.Content.Headline, ld.Language)
	}
	if a.Content.Slug, err = r.freePath(ctx, folder, a.Content.Slug, stet.PathArticle, 0); err != nil {
		return err
	}
	if err := r.store.CreateArticle(ctx, a); err != nil {
		return err
	}
	ld.ArticleID, ld.Path = a.ID, folder+"/"+a.Content.Slug
	if err := r.claim(ctx, ld.Path, stet.PathArticle, a.ID); err != nil {
		return err
	}
	version, err := r.sealAs(ctx, a, 1, o)
	if err != nil {
		return err
	}
	ld.New = true
	if err := r.store.SetVersion(ctx, a.ID, version.ID); err != nil {
		return err
	}
	return r.show(ctx, a, ld, version)
}

func (r *Room) bringAgain(ctx context.Context, a *stet.Article, ld *store.Live, o PublishOptions) error {
	if err := r.settlePath(ctx, a, ld, true); err != nil {
		return err
	}
	version, err := r.seal(ctx, a, o)
	if err != nil {
		return err
	}
	a.VersionID = version.ID
	if err := r.store.SaveArticle(ctx, a); err != nil {
		return fmt.Errorf("bring article %d again: %w", a.ID, err)
	}
	return r.show(ctx, a, ld, version)
}

func (r *Room) show(ctx context.Context, a *stet.Article, ld *store.Live, v stet.Version) error {
	a.VersionID = v.ID
	ld.VersionID, ld.PublishedAt, ld.UpdatedAt = v.ID, a.PublishedAt, v.PublishedAt
	return r.putLive(ctx, a, ld)
}

// folder is the address of the section below which a story stands.
func (r *Room) folder(ctx context.Context, a *stet.Article, ld *store.Live) (string, error) {
	if a.Kind != stet.Story {
		return "", nil
	}
	sections, err := r.sections(ctx)
	if err != nil {
		return "", err
	}
	return sections.Path(ld.SectionID), nil
}
