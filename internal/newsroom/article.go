// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
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
		if err := r.follow(ctx, &a.Content); err != nil {
			return err
		}
		if err := r.store.CreateArticle(ctx, a); err != nil {
			return err
		}
		return r.noteArticle(ctx, staff, "began", a)
	})
}

// Save stores the working copy of an article; readers see nothing of it before
// it is published. A copy that was read before somebody else saved is refused
// with Conflict.
func (r *Room) Save(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	return r.edit(ctx, staff, a.ID, func(r *Room, was *stet.Article) error {
		if err := r.permitChange(ctx, staff, &was.Content, &a.Content); err != nil {
			return err
		}
		if err := r.checkContent(&a.Content); err != nil {
			return err
		}
		if err := r.follow(ctx, &a.Content); err != nil {
			return err
		}
		// Where an article stands is changed by acts of their own, which not
		// everybody may do who writes.
		a.CreatedBy, a.UpdatedBy = was.CreatedBy, staff.ID
		a.Status, a.ScheduledAt, a.PublishedAt, a.VersionID = was.Status, was.ScheduledAt, was.PublishedAt, was.VersionID
		a.ScheduledNote, a.Assignee, a.DueAt, a.TrashedAt = was.ScheduledNote, was.Assignee, was.DueAt, was.TrashedAt
		r.changed(CopyTag(was.PublicID), FieldsTag(was.PublicID), TagDesk)
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
		Article: a.PublicID, Kind: a.Kind, Number: number, Note: o.Note, Content: a.Content, Corrections: o.corrections,
		FirstPublished: a.PublishedAt.Format(time.RFC3339Nano), Published: o.At.Format(time.RFC3339Nano),
	}
	v = stet.Version{ArticleID: a.ID, Number: d.Number, PublishedAt: o.At, Note: o.Note}
	if v.Document, v.Hash, err = d.Seal(); err != nil {
		return v, err
	}
	if err := r.store.AddVersion(ctx, &v); err != nil {
		return v, err
	}
	r.sealVersion(a.PublicID, &v)
	return v, nil
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
	if err := r.settleQuotations(ctx, a, &a.Content); err != nil {
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
