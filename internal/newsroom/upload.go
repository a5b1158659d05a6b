// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"stet"
	"stet/internal/media"
)

// BeginUpload announces a file that will come in parts. What is too large, or
// too much for one account, is refused before a byte of it has travelled.
func (r *Room) BeginUpload(ctx context.Context, staff stet.Staff, filename string, size int64) (u stet.Upload, err error) {
	u = stet.Upload{PublicID: stet.NewID(), Staff: staff.ID, Filename: clip(filename), Size: size, Parts: []int64{}}
	err = r.act(ctx, staff, KeepMedia, func(r *Room) error {
		if size <= 0 {
			return stet.Errorf(stet.Invalid, "the file is empty")
		}
		if err := r.limits.CheckSize(size); err != nil {
			return err
		}
		mine, err := r.store.UploadsOf(ctx, staff.ID)
		if err != nil {
			return err
		}
		total := size
		for _, other := range mine {
			total += other.Size
		}
		if len(mine) >= stet.MaxUploads || total > stet.MaxUploadBytes {
			return stet.Errorf(stet.RateLimited, "%d files of yours are on their way already; let them arrive, or give some up", len(mine))
		}
		return r.store.CreateUpload(ctx, &u)
	})
	return u, err
}

// Upload returns an upload of the account. Those of others do not exist.
func (r *Room) Upload(ctx context.Context, staff stet.Staff, id string) (stet.Upload, error) {
	u, err := r.store.Upload(ctx, id)
	if err == nil && u.Staff != staff.ID {
		return stet.Upload{}, stet.Errorf(stet.NotFound, "there is no such upload")
	}
	return u, err
}

// AddPart takes the part of the file that begins at offset. A part that begins
// elsewhere is a Conflict: the sender asks where to go on.
func (r *Room) AddPart(ctx context.Context, staff stet.Staff, id string, offset int64, part []byte) (u stet.Upload, err error) {
	if u, err = r.Upload(ctx, staff, id); err != nil {
		return u, err
	}
	switch n := int64(len(part)); {
	case offset != u.Received:
		return u, stet.Errorf(stet.Conflict, "%d bytes are here; go on from there", u.Received)
	case n == 0:
		return u, stet.Errorf(stet.Invalid, "the part is empty")
	case n > stet.MaxPart:
		return u, stet.Errorf(stet.TooLarge, "a part has at most %d MB", stet.MaxPart>>20)
	case u.Received+n > u.Size:
		return u, stet.Errorf(stet.Invalid, "the file is larger than was announced")
	}
	// The part comes first: one without a row is written again at the same key
	// when the sender tries again, or swept.
	if _, err := r.blobs.Put(ctx, partKey(&u, offset), bytes.NewReader(part)); err != nil {
		return u, fmt.Errorf("keep a part of upload %s: %w", id, err)
	}
	err = r.act(ctx, staff, KeepMedia, func(r *Room) error { return r.store.AddPart(ctx, &u, int64(len(part))) })
	return u, err
}

func partKey(u *stet.Upload, offset int64) string {
	return fmt.Sprintf("uploads/%s/%d", u.PublicID, offset)
}

func partKeys(u *stet.Upload) (keys []string) {
	offset := int64(0)
	for _, n := range u.Parts {
		keys = append(keys, partKey(u, offset))
		offset += n
	}
	return keys
}

// FinishUpload makes an asset of a file that has arrived whole. A file that is
// refused is given up with its reason: sending it again would not help.
func (r *Room) FinishUpload(ctx context.Context, staff stet.Staff, id string) (a stet.Asset, added bool, err error) {
	u, err := r.Upload(ctx, staff, id)
	if err != nil {
		return a, false, err
	}
	if u.Received != u.Size {
		return a, false, stet.Errorf(stet.Conflict, "%d of %d bytes are here; go on from there", u.Received, u.Size)
	}
	file := media.Join(ctx, r.blobs, partKeys(&u), u.Parts)
	a = stet.Asset{Filename: u.Filename}
	added, err = r.AddAsset(ctx, staff, &a, file)
	file.Close()
	if code := stet.ErrorCode(err); err == nil || code == stet.Invalid || code == stet.TooLarge {
		if err := r.giveUp(ctx, &u); err != nil {
			r.log.Error("an upload could not be cleared away; it will be swept", "upload", u.PublicID, "error", err)
		}
	}
	return a, added, err
}

// CancelUpload gives an upload up.
func (r *Room) CancelUpload(ctx context.Context, staff stet.Staff, id string) error {
	u, err := r.Upload(ctx, staff, id)
	if err != nil {
		return err
	}
	return r.giveUp(ctx, &u)
}

// giveUp removes the row first: parts without a row are swept.
func (r *Room) giveUp(ctx context.Context, u *stet.Upload) error {
	if err := r.store.DeleteUpload(ctx, u.ID); err != nil {
		return err
	}
	for _, key := range partKeys(u) {
		if err := r.blobs.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// TrashLife is how long a picture lies in the trash before it is destroyed.
const TrashLife = 30 * 24 * time.Hour

// SweepMedia is the work of JobSweepMedia: it gives up uploads of which
// nothing came for two days and destroys what has lain in the trash for a
// month, unless a version that readers saw shows it.
func (r *Room) SweepMedia(ctx context.Context, _ NoArgs) error {
	now := r.store.Now()
	old, err := r.store.UploadsBefore(ctx, now.Add(-stet.UploadLife), 1000)
	if err != nil {
		return err
	}
	for _, u := range old {
		if err := r.giveUp(ctx, &u); err != nil {
			return err
		}
	}
	return r.emptyTrash(ctx, now.Add(-TrashLife))
}

func (r *Room) emptyTrash(ctx context.Context, before time.Time) error {
	assets, err := r.store.AssetsToDestroy(ctx, before, 1000)
	if err != nil {
		return err
	}
	for _, a := range assets {
		// The row comes first: doctor knows how to clear a blob without one.
		if err := r.Batch(ctx, func(r *Room) error { return r.store.DestroyAsset(ctx, a.ID) }); err != nil {
			return fmt.Errorf("destroy asset %s: %w", a.PublicID, err)
		}
		if err := r.blobs.Delete(ctx, a.Blob); err != nil {
			return err
		}
		if err := r.blobs.Walk(ctx, "renditions/"+a.Blob+"/", func(e media.Entry) error { return r.blobs.Delete(ctx, e.Key) }); err != nil {
			return err
		}
	}
	return nil
}
