// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"strings"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/prose"
	"stet/internal/store"
)

// Draft stores a new article. PublicID, status and language are filled in; a
// body that is not a valid document is refused.
func (r *Room) Draft(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		if a.PublicID == "" {
			a.PublicID = stet.NewID()
		}
		if a.Kind == "" {
			a.Kind = stet.Story
		}
		a.Status, a.ScheduledAt, a.VersionID = stet.Draft, time.Time{}, 0
		a.CreatedBy, a.UpdatedBy = staff.ID, staff.ID
		if err := r.permitChange(ctx, staff, &stet.Content{}, &a.Content); err != nil {
			return err
		}
		if err := r.checkContent(&a.Content); err != nil {
			return err
		}
		return r.store.CreateArticle(ctx, a)
	})
}

// Save stores the working copy of an article; readers see nothing of it before
// it is published. A copy that was read before somebody else saved is refused
// with Conflict.
func (r *Room) Save(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	return r.actOn(ctx, staff, Write, a.ID, func(r *Room, was *stet.Article) error {
		if err := r.permitChange(ctx, staff, &was.Content, &a.Content); err != nil {
			return err
		}
		if err := r.checkContent(&a.Content); err != nil {
			return err
		}
		// Where an article stands is changed by acts of their own, which not
		// everybody may do who writes.
		a.CreatedBy, a.UpdatedBy = was.CreatedBy, staff.ID
		a.Status, a.ScheduledAt, a.PublishedAt, a.VersionID = was.Status, was.ScheduledAt, was.PublishedAt, was.VersionID
		return r.store.SaveArticle(ctx, a)
	})
}

// checkContent holds a content to the rules of a draft and brings its body
// into canonical form.
func (r *Room) checkContent(c *stet.Content) error {
	if err := c.Validate(); err != nil {
		return err
	}
	if len(c.Body) == 0 {
		return nil
	}
	doc, err := prose.Parse(c.Body)
	if err != nil {
		return stet.Errorf(stet.Invalid, "the body is not valid: %v", err)
	}
	c.Body = doc.EnsureIDs().JSON()
	return nil
}

// PublishOptions are the details of a publication.
type PublishOptions struct {
	// At is the moment that readers are told; zero means now. Imports and
	// schedules set it.
	At time.Time
	// First is when the article first appeared, when that was elsewhere or
	// before; zero keeps what is known, or takes At.
	First time.Time
	// Note says why there is a new version; public.
	Note string
	// AnySlug lets a taken address be avoided with a number instead of being
	// refused. Importers set it; a person is asked.
	AnySlug bool
}

// Publish makes the working copy the next version of the article, and that
// version what readers see. The result is the version.
func (r *Room) Publish(ctx context.Context, staff stet.Staff, id int64, o PublishOptions) (v stet.Version, err error) {
	err = r.actOn(ctx, staff, Publish, id, func(r *Room, a *stet.Article) error {
		if err := r.readyToPublish(a); err != nil {
			return err
		}
		if err := r.snapshotPublish(ctx, staff, a); err != nil {
			return err
		}
		event := "article.updated"
		if a.Status != stet.Published {
			event = "article.published"
		}
		if v, err = r.publish(ctx, a, o); err != nil {
			return err
		}
		return r.tell(ctx, staff, event, a)
	})
	return v, err
}

// readyToPublish asks what must hold of everything that readers see.
func (r *Room) readyToPublish(a *stet.Article) error {
	switch {
	case strings.TrimSpace(a.Content.Headline) == "":
		return stet.Errorf(stet.Invalid, "a headline is needed before publishing")
	case a.Kind == stet.Story && a.Content.Section.IsZero():
		return stet.Errorf(stet.Invalid, "a section is needed before publishing")
	}
	return nil
}

func (r *Room) publish(ctx context.Context, a *stet.Article, o PublishOptions) (v stet.Version, err error) {
	now := r.store.Now()
	if o.At.IsZero() {
		o.At = now
	}
	switch {
	case !o.First.IsZero():
		a.PublishedAt = o.First
	case a.PublishedAt.IsZero():
		a.PublishedAt = o.At
	}
	ld, err := r.resolve(ctx, a)
	if err != nil {
		return v, err
	}
	if err := r.settlePath(ctx, a, ld, o.AnySlug); err != nil {
		return v, err
	}
	if v, err = r.seal(ctx, a, o); err != nil {
		return v, err
	}
	a.Status, a.ScheduledAt, a.VersionID = stet.Published, time.Time{}, v.ID
	if err := r.store.SaveArticle(ctx, a); err != nil {
		return v, err
	}
	return v, r.show(ctx, a, ld, v)
}

// seal makes and stores the next version.
func (r *Room) seal(ctx context.Context, a *stet.Article, o PublishOptions) (v stet.Version, err error) {
	n, err := r.store.LastVersion(ctx, a.ID)
	if err != nil {
		return v, err
	}
	return r.sealAs(ctx, a, n+1, o)
}

func (r *Room) sealAs(ctx context.Context, a *stet.Article, number int, o PublishOptions) (v stet.Version, err error) {
	if err := stet.CheckText("note", o.Note, stet.MaxDek); err != nil {
		return v, err
	}
	// The document says to the digit what the database keeps.
	o.At, a.PublishedAt = o.At.UTC().Truncate(time.Microsecond), a.PublishedAt.UTC().Truncate(time.Microsecond)
	d := stet.VersionDocument{
		Article: a.PublicID, Kind: a.Kind, Number: number, Note: o.Note, Content: a.Content,
		FirstPublished: a.PublishedAt.Format(time.RFC3339Nano), Published: o.At.Format(time.RFC3339Nano),
	}
	v = stet.Version{ArticleID: a.ID, Number: d.Number, PublishedAt: o.At, Note: o.Note}
	if v.Document, v.Hash, err = d.Seal(); err != nil {
		return v, err
	}
	return v, r.store.AddVersion(ctx, &v)
}

// settlePath gives the article its address: the section's, and the slug, which
// is made from the headline when nobody chose one.
func (r *Room) settlePath(ctx context.Context, a *stet.Article, ld *store.Live, anySlug bool) error {
	folder, err := r.folder(ctx, a, ld)
	if err != nil {
		return err
	}
	chosen := a.Content.Slug
	if chosen == "" || anySlug {
		if chosen == "" {
			chosen = Slug(a.Content.Headline, ld.Language)
		}
		if a.Content.Slug, err = r.freePath(ctx, folder, chosen, stet.PathArticle, a.ID); err != nil {
			return err
		}
	}
	if err := checkOwn(folder, a.Content.Slug); err != nil {
		return err
	}
	ld.Path = folder + "/" + a.Content.Slug
	return r.claim(ctx, ld.Path, stet.PathArticle, a.ID)
}

// putLive makes the version what lists and search show, and announces it.
func (r *Room) putLive(ctx context.Context, a *stet.Article, ld *store.Live) error {
	lists, err := r.store.PutLive(ctx, ld)
	if err != nil {
		return fmt.Errorf("make article %d live: %w", a.ID, err)
	}
	if err := r.store.SetLiveUses(ctx, a.ID, &a.Content); err != nil {
		return err
	}
	r.changed(ArticleTag(a.ID))
	for _, l := range lists {
		r.changed(l.Tag())
	}
	if a.Kind == stet.Page {
		r.changed(TagPages)
	}
	if ld.LeadAsset == 0 {
		return nil
	}
	return r.enqueue(ctx, jobs.Job{Kind: JobRenditions, Args: RenditionArgs{Asset: ld.LeadAsset}, UniqueKey: fmt.Sprintf("renditions:%d", ld.LeadAsset)})
}

// Schedule has the article published at a moment to come.
func (r *Room) Schedule(ctx context.Context, staff stet.Staff, id int64, at time.Time) error {
	return r.actOn(ctx, staff, Publish, id, func(r *Room, a *stet.Article) error {
		if a.Status == stet.Published {
			return stet.Errorf(stet.Invalid, "the article is published already")
		}
		if !at.After(r.store.Now()) {
			return stet.Errorf(stet.Invalid, "%s is not in the future", at.Format(time.RFC3339))
		}
		if err := r.readyToPublish(a); err != nil {
			return err
		}
		a.Status, a.ScheduledAt = stet.Scheduled, at
		if err := r.store.SaveArticle(ctx, a); err != nil {
			return err
		}
		// The key holds the moment: a story that is moved to another one gets a
		// second job, and the first finds nothing to do.
		return r.enqueue(ctx, jobs.Job{Kind: JobPublish, Args: PublishArgs{Article: id}, RunAt: at, UniqueKey: fmt.Sprintf("publish:%d:%d", id, at.UnixMicro())})
	})
}

// Withdraw takes a published article away from readers. Its address stays and
// says that it is gone; its versions are kept.
func (r *Room) Withdraw(ctx context.Context, staff stet.Staff, id int64) error {
	return r.actOn(ctx, staff, Withdraw, id, func(r *Room, a *stet.Article) error {
		if a.Status != stet.Published {
			return stet.Errorf(stet.Invalid, "the article is not published")
		}
		a.Status = stet.Withdrawn
		if err := r.store.SaveArticle(ctx, a); err != nil {
			return err
		}
		lists, err := r.store.DropLive(ctx, id)
		if err != nil {
			return err
		}
		r.changed(ArticleTag(id))
		for _, l := range lists {
			r.changed(l.Tag())
		}
		if a.Kind == stet.Page {
			r.changed(TagPages)
		}
		return nil
	})
}
