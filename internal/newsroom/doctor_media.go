// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"stet"
	"stet/internal/media"
)

// settled is how old a file must be before doctor calls it left over: a younger
// one may belong to an upload or an import that is under way.
const settled = 24 * time.Hour

// examineFiles looks for files that belong to nothing: originals and renditions
// whose asset is gone, and parts of uploads that were given up.
func (r *Room) examineFiles(ctx context.Context, fix bool, report func(Finding)) error {
	known, err := r.knownFiles(ctx)
	if err != nil {
		return err
	}
	var left []string
	var size int64
	err = r.blobs.Walk(ctx, "", func(e media.Entry) error {
		if owner := ownerOf(e.Key); owner != "" && !known[owner] && r.store.Now().Sub(e.ModTime) > settled {
			left, size = append(left, e.Key), size+e.Size
		}
		return nil
	})
	if err != nil || len(left) == 0 {
		return err
	}
	f := Finding{What: fmt.Sprintf("%d files (%d MB) among the media belong to nothing, the first is %s.", len(left), size>>20, left[0]), Remedy: "Run stet doctor --fix to delete them."}
	if fix {
		for _, key := range left {
			if err := r.blobs.Delete(ctx, key); err != nil {
				return err
			}
		}
		f.Fixed = true
	}
	report(f)
	return nil
}

// ownerOf is what a file belongs to: the original's key, or the upload's; ""
// for files that are not ours to judge.
func ownerOf(key string) string {
	kind, rest, _ := strings.Cut(key, "/")
	switch kind {
	case "originals":
		return key
	case "renditions":
		return path.Dir(rest)
	case "uploads":
		return path.Dir(key)
	}
	return ""
}

func (r *Room) knownFiles(ctx context.Context) (map[string]bool, error) {
	known := map[string]bool{}
	err := r.eachAsset(ctx, func(a stet.Asset) error {
		known[a.Blob] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	uploads, err := r.store.UploadsBefore(ctx, r.store.Now().Add(time.Hour), 1<<20)
	for _, u := range uploads {
		known["uploads/"+u.PublicID] = true
	}
	return known, err
}

func (r *Room) eachAsset(ctx context.Context, f func(stet.Asset) error) error {
	for after := int64(0); ; {
		assets, err := r.store.AssetsAfter(ctx, after, 500)
		if err != nil {
			return err
		}
		for _, a := range assets {
			after = a.ID
			if err := f(a); err != nil {
				return err
			}
		}
		if len(assets) < 500 {
			return nil
		}
	}
}

// examineUses compares where assets stand with the documents, and whether each
// asset can be found by its words.
func (r *Room) examineUses(ctx context.Context, fix bool, report func(Finding)) error {
	wordless, err := r.store.CountAssetsWithoutWords(ctx)
	if err != nil {
		return err
	}
	wrong, err := r.store.CountWrongUses(ctx)
	if err != nil || wordless+wrong == 0 {
		return err
	}
	f := Finding{What: fmt.Sprintf("Of %d files the search or the list of uses is out of date.", wordless+wrong), Remedy: "Run stet doctor --fix."}
	if fix {
		if err := r.DeriveMedia(ctx); err != nil {
			return err
		}
		f.Fixed = true
	}
	report(f)
	return nil
}

// CatchUpMedia derives what a magazine from before this version does not have
// yet. It is called at each start and does nothing when all is well.
func (r *Room) CatchUpMedia(ctx context.Context) error {
	n, err := r.store.CountAssetsWithoutWords(ctx)
	if err != nil || n == 0 {
		return err
	}
	r.log.Info("indexing the media library", "files", n)
	if err := r.DeriveMedia(ctx); err != nil {
		return err
	}
	return r.Batch(ctx, func(r *Room) error { return r.enqueueLooks(ctx) })
}

// DeriveMedia derives anew the words of all assets and where each stands.
func (r *Room) DeriveMedia(ctx context.Context) error {
	err := r.eachAsset(ctx, func(a stet.Asset) error {
		return r.Batch(ctx, func(r *Room) error {
			if err := r.store.SetPosterUse(ctx, &a); err != nil {
				return err
			}
			return r.store.DescribeAsset(ctx, &a)
		})
	})
	if err != nil {
		return err
	}
	if err := r.derivePersons(ctx); err != nil {
		return err
	}
	if m, err := r.store.Magazine(ctx); err == nil {
		if err := r.store.SetMagazineUses(ctx, m.Logo); err != nil {
			return err
		}
	}
	for after := int64(0); ; {
		articles, err := r.store.ArticlesAfter(ctx, after, 200)
		if err != nil {
			return err
		}
		err = r.Batch(ctx, func(r *Room) error {
			for _, a := range articles {
				after = a.ID
				if err := r.deriveUses(ctx, &a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(articles) < 200 {
			return err
		}
	}
}

func (r *Room) derivePersons(ctx context.Context) error {
	for after := int64(0); ; {
		people, err := r.store.PersonsAfter(ctx, after, 500)
		if err != nil {
			return err
		}
		for _, p := range people {
			after = p.ID
			if err := r.store.SetPersonUses(ctx, &p); err != nil {
				return err
			}
		}
		if len(people) < 500 {
			return nil
		}
	}
}

// deriveUses reads what one article uses from its working copy and from the
// version that readers see.
func (r *Room) deriveUses(ctx context.Context, a *stet.Article) error {
	if err := r.store.SetArticleUses(ctx, a); err != nil || a.Status != stet.Published || a.VersionID == 0 {
		return err
	}
	v, err := r.store.Version(ctx, a.VersionID)
	if err != nil {
		return err
	}
	d, err := v.Open()
	if err != nil {
		return err
	}
	return r.store.SetLiveUses(ctx, a.ID, &d.Content)
}
