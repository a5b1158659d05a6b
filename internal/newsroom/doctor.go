// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"stet"
	"stet/internal/prose"
	"stet/internal/store"
)

// Finding is something that doctor found wrong.
type Finding struct {
	What   string // what is wrong, in a sentence
	Remedy string // how to mend it
	Fixed  bool   // it was mended
}

// Examine looks at everything that the database says of published articles
// and of pictures, and calls report for what does not agree. With fix it
// mends what can be made anew from the versions, which are the truth.
func (r *Room) Examine(ctx context.Context, fix bool, report func(Finding)) error {
	for _, look := range []func(context.Context, bool, func(Finding)) error{r.examineArticles, r.examineIndex, r.examineAssets, r.examineFiles, r.examineUses} {
		if err := look(ctx, fix, report); err != nil {
			return err
		}
	}
	_, err := r.ExamineLedger(ctx, report)
	return err
}

func (r *Room) examineArticles(ctx context.Context, fix bool, report func(Finding)) error {
	for after := int64(0); ; {
		articles, err := r.store.ArticlesAfter(ctx, after, 200)
		if err != nil {
			return err
		}
		for _, a := range articles {
			after = a.ID
			if err := r.examineArticle(ctx, a, fix, report); err != nil {
				return fmt.Errorf("examine article %s: %w", a.PublicID, err)
			}
		}
		if len(articles) < 200 {
			return nil
		}
	}
}

func (r *Room) examineArticle(ctx context.Context, a stet.Article, fix bool, report func(Finding)) error {
	versions, err := r.store.Versions(ctx, a.ID)
	if err != nil {
		return err
	}
	for i, v := range versions {
		sum := sha256.Sum256(v.Document)
		if hex.EncodeToString(sum[:]) != v.Hash {
			report(Finding{What: fmt.Sprintf("Version %d of %q is not what was published: its hash does not fit.", v.Number, a.Content.Headline), Remedy: "Restore the database from a backup; a version is never changed by Stet."})
		}
		if v.Number != i+1 {
			report(Finding{What: fmt.Sprintf("A version of %q is missing before number %d.", a.Content.Headline, v.Number), Remedy: "Restore the database from a backup."})
		}
	}
	if err := r.examineCopy(ctx, a, versions, fix, report); err != nil {
		return err
	}
	if err := r.examineCorrections(ctx, a, versions, fix, report); err != nil {
		return err
	}
	l, err := r.store.Live(ctx, a.ID)
	live := err == nil
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return err
	}
	switch {
	case a.Status == stet.Published && (!live || l.VersionID != a.VersionID):
		f := Finding{What: fmt.Sprintf("%q is published but its newest version is not what readers see.", a.Content.Headline), Remedy: "Run stet doctor --fix."}
		if fix && len(versions) > 0 {
			if err := r.relive(ctx, a, versions[len(versions)-1]); err != nil {
				return err
			}
			f.Fixed = true
		}
		report(f)
	case a.Status != stet.Published && live:
		f := Finding{What: fmt.Sprintf("%q is not published but readers see it.", a.Content.Headline), Remedy: "Run stet doctor --fix."}
		if fix {
			err := r.Batch(ctx, func(r *Room) error {
				_, err := r.store.DropLive(ctx, a.ID)
				r.changed(stet.TagAll)
				return err
			})
			if err != nil {
				return err
			}
			f.Fixed = true
		}
		report(f)
	case live:
		return r.examinePath(ctx, a, l.Path, fix, report)
	}
	return nil
}

// examineCopy looks whether the lists of the desk say what the article says.
func (r *Room) examineCopy(ctx context.Context, a stet.Article, versions []stet.Version, fix bool, report func(Finding)) error {
	fits, err := r.store.CopyFits(ctx, &a)
	if err != nil || fits {
		return err
	}
	f := Finding{What: fmt.Sprintf("The desk's lists do not show %q as it is.", a.Content.Headline), Remedy: "Run stet doctor --fix.", Fixed: fix}
	if fix {
		var live *stet.Content
		if len(versions) > 0 {
			d, err := versions[len(versions)-1].Open()
			if err != nil {
				return err
			}
			if live, err = r.asSeen(ctx, d.Content, &a.Content); err != nil {
				return err
			}
		}
		if err := r.Batch(ctx, func(r *Room) error { return r.store.RebuildCopy(ctx, &a, live) }); err != nil {
			return err
		}
	}
	report(f)
	return nil
}

// asSeen is what readers see, for the working copy to be told from it. A version
// names people and sections as they were; a working copy that was made to say the
// same by their present names, after a merge, is no change.
func (r *Room) asSeen(ctx context.Context, live stet.Content, working *stet.Content) (*stet.Content, error) {
	var now [2][]byte
	for i, c := range []stet.Content{live, *working} {
		c.Sections, c.Topics = slices.Clone(c.Sections), slices.Clone(c.Topics)
		err := r.follow(ctx, &c)
		if err != nil {
			return nil, err
		}
		for j := range c.Bylines {
			c.Bylines[j].Person.Name = "" // as it was at one moment or another
		}
		if now[i], err = json.Marshal(c); err != nil {
			return nil, err
		}
	}
	if bytes.Equal(now[0], now[1]) {
		return working, nil
	}
	return &live, nil
}

func (r *Room) examinePath(ctx context.Context, a stet.Article, path string, fix bool, report func(Finding)) error {
	p, err := r.store.Path(ctx, path)
	switch {
	case stet.ErrorCode(err) == stet.NotFound:
		f := Finding{What: fmt.Sprintf("The address %s of %q is missing.", path, a.Content.Headline), Remedy: "Run stet doctor --fix.", Fixed: fix}
		if fix {
			if err := r.Batch(ctx, func(r *Room) error { return r.claim(ctx, path, stet.PathArticle, a.ID) }); err != nil {
				return err
			}
		}
		report(f)
	case err != nil:
		return err
	case p.Kind != stet.PathArticle || p.Target != a.ID:
		report(Finding{What: fmt.Sprintf("The address %s of %q leads elsewhere.", path, a.Content.Headline), Remedy: "Publish the story again with another slug."})
	}
	return nil
}

// relive makes the article's newest version what readers see.
func (r *Room) relive(ctx context.Context, a stet.Article, v stet.Version) error {
	d, err := v.Open()
	if err != nil {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		a.Content = d.Content
		ld, err := r.resolve(ctx, &a)
		if err != nil {
			return err
		}
		if err := r.settlePath(ctx, &a, ld, true); err != nil {
			return err
		}
		ld.VersionID, ld.PublishedAt, ld.UpdatedAt = v.ID, a.PublishedAt, v.PublishedAt
		return r.putLive(ctx, &a, ld)
	})
}

// examineIndex compares how many stories are live and how many are indexed.
func (r *Room) examineIndex(ctx context.Context, fix bool, report func(Finding)) error {
	indexed, err := r.store.CountIndexed(ctx)
	if err != nil {
		return err
	}
	stories, err := r.store.CountStories(ctx, store.List{Kind: store.ListAll})
	if err != nil || indexed == stories {
		return err
	}
	f := Finding{What: fmt.Sprintf("The search index has %d stories, but %d are published.", indexed, stories), Remedy: "Run stet doctor --fix."}
	if fix {
		if err := r.reindex(ctx); err != nil {
			return err
		}
		f.Fixed = true
	}
	report(f)
	return nil
}

// FillIndex makes the search index anew when a migration has emptied it to
// change its form, or a kill has left it half filled.
func (r *Room) FillIndex(ctx context.Context) error {
	if whole, err := r.store.Indexed(ctx); err != nil || whole {
		return err
	}
	r.log.Info("the search index is made anew; this happens once")
	return r.reindex(ctx)
}

func (r *Room) reindex(ctx context.Context) error {
	if err := r.store.ClearIndex(ctx); err != nil {
		return err
	}
	last, err := r.store.LastLive(ctx)
	if err != nil {
		return err
	}
	for after := int64(0); ; {
		rows, err := r.store.LiveAfter(ctx, after, last, 100)
		if err != nil {
			return err
		}
		err = r.Batch(ctx, func(r *Room) error {
			for _, l := range rows {
				after = l.ArticleID
				if l.Kind != stet.Story {
					continue
				}
				if err := r.reindexOne(ctx, l); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(rows) < 100 {
			return err
		}
	}
}

func (r *Room) reindexOne(ctx context.Context, l store.Live) error {
	v, err := r.store.Version(ctx, l.VersionID)
	if err != nil {
		return err
	}
	d, err := v.Open()
	if err != nil {
		return err
	}
	for i := range d.Content.Bylines {
		b := &d.Content.Bylines[i]
		// Readers search for the name that somebody has now.
		if p, err := r.person(ctx, b.Person.ID); err == nil {
			b.Person.Name = p.Name
		} else if stet.ErrorCode(err) != stet.NotFound {
			return err
		}
	}
	t := store.IndexText{Headline: l.Headline, Dek: l.Dek, People: names(&d.Content)}
	if len(d.Content.Body) > 0 {
		doc, err := prose.Parse(d.Content.Body)
		if err != nil {
			return err
		}
		t.Body = doc.Text()
	}
	return r.store.Reindex(ctx, l.ArticleID, t, l.Language)
}

// examineAssets looks whether the original of every asset is there.
func (r *Room) examineAssets(ctx context.Context, _ bool, report func(Finding)) error {
	for after := int64(0); ; {
		assets, err := r.store.AssetsAfter(ctx, after, 500)
		if err != nil {
			return err
		}
		for _, a := range assets {
			after = a.ID
			b, err := r.blobs.Open(ctx, a.Blob)
			if stet.ErrorCode(err) == stet.NotFound {
				report(Finding{What: fmt.Sprintf("The original of the picture %s (%s) is missing.", a.PublicID, a.Filename), Remedy: "Put the file back to media/" + a.Blob + " from a backup."})
				continue
			}
			if err != nil {
				return err
			}
			b.Close()
		}
		if len(assets) < 500 {
			return nil
		}
	}
}
