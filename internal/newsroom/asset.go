// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"stet"
	"stet/internal/jobs"
	"stet/internal/media"
	"stet/internal/store"
)

// AddAsset keeps a file as an asset. What a describes (words, filename, source)
// is completed from the file's own metadata where it is empty. A file that is
// kept already is not kept twice: a is filled with the asset that there is, and
// added is false.
func (r *Room) AddAsset(ctx context.Context, staff stet.Staff, a *stet.Asset, file io.ReadSeeker) (added bool, err error) {
	if !Can(staff, KeepMedia) {
		return false, stet.Errorf(stet.Forbidden, "the role %s may not %s", staff.Role, KeepMedia)
	}
	info, err := r.limits.Inspect(file)
	if err != nil {
		return false, err
	}
	if old, err := r.store.AssetBySHA256(ctx, info.SHA256); err == nil {
		*a, err = r.untrash(ctx, staff, old)
		return false, err
	} else if stet.ErrorCode(err) != stet.NotFound {
		return false, err
	}
	describe(a, info)
	a.CreatedBy = staff.ID
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	// The blob comes first: a blob without a row is swept up by doctor, a row
	// without a blob would be a broken picture.
	if _, err := r.blobs.Put(ctx, a.Blob, file); err != nil {
		return false, fmt.Errorf("keep %s: %w", a.Blob, err)
	}
	err = r.act(ctx, staff, KeepMedia, func(r *Room) error {
		if err := r.store.CreateAsset(ctx, a); err != nil {
			return err
		}
		if err := r.noteAsset(ctx, staff, "added", a); err != nil || a.Kind != stet.Image {
			return err
		}
		return r.enqueueLooks(ctx)
	})
	if stet.ErrorCode(err) == stet.Conflict && !r.store.InTx() {
		// Somebody else added the same file at the same time.
		if old, err := r.store.AssetBySHA256(ctx, info.SHA256); err == nil {
			*a = old
			return false, nil
		}
	}
	return err == nil, err
}

// enqueueLooks has somebody find out what new pictures look like.
func (r *Room) enqueueLooks(ctx context.Context) error {
	return r.enqueue(ctx, jobs.Job{Kind: JobLooks, Args: NoArgs{}, UniqueKey: JobLooks, Priority: jobs.Last})
}

func describe(a *stet.Asset, info media.Info) {
	a.PublicID = stet.NewID()
	a.Kind, a.MIME, a.Blob = info.Kind, info.MIME, info.Key()
	a.SHA256, a.Size, a.Width, a.Height, a.Duration = info.SHA256, info.Size, info.Width, info.Height, info.Duration
	a.FocalX, a.FocalY = 0.5, 0.5
	a.Filename, a.SourceURL = clip(a.Filename), clip(a.SourceURL)
	a.Alt, a.Caption = clip(firstOf(a.Alt, info.Alt)), clip(firstOf(a.Caption, info.Caption))
	a.Credit = clip(firstOf(a.Credit, info.Credit, info.Creator))
	a.Creator, a.Taken = clip(firstOf(a.Creator, info.Creator)), firstOf(a.Taken, info.Taken)
	a.Licence = clip(firstOf(a.Licence, info.Licence, info.Copyright))
}

// untrash takes a file that is uploaded again out of the trash.
func (r *Room) untrash(ctx context.Context, staff stet.Staff, a stet.Asset) (stet.Asset, error) {
	if a.TrashedAt.IsZero() {
		return a, nil
	}
	a.TrashedAt = time.Time{}
	return a, r.act(ctx, staff, KeepMedia, func(r *Room) error { return r.store.UpdateAsset(ctx, &a) })
}

// changeAsset is the frame of an act on one asset. A contributor may touch only
// what they have added themselves.
func (r *Room) changeAsset(ctx context.Context, staff stet.Staff, act Act, id string, f func(r *Room, a *stet.Asset) error) (a stet.Asset, err error) {
	err = r.act(ctx, staff, act, func(r *Room) error {
		if a, err = r.store.Asset(ctx, id); err != nil {
			return err
		}
		if staff.Role == stet.Contributor && a.CreatedBy != staff.ID {
			return stet.Errorf(stet.Forbidden, "the role %s may change only the pictures that they added", staff.Role)
		}
		return f(r, &a)
	})
	return a, err
}

// UpdateAssets changes several assets alike, all or none.
func (r *Room) UpdateAssets(ctx context.Context, staff stet.Staff, ids []string, change func(tx *store.Store, a *stet.Asset) error) (all []stet.Asset, err error) {
	err = r.act(ctx, staff, KeepMedia, func(r *Room) error {
		all = nil // a batch may be run a second time
		for _, id := range ids {
			a, err := r.UpdateAsset(ctx, staff, id, change)
			if err != nil {
				return err
			}
			all = append(all, a)
		}
		return nil
	})
	return all, err
}

// UpdateAsset changes what is known of an asset. change is called with it as
// it stands, in the transaction.
func (r *Room) UpdateAsset(ctx context.Context, staff stet.Staff, id string, change func(tx *store.Store, a *stet.Asset) error) (stet.Asset, error) {
	return r.changeAsset(ctx, staff, KeepMedia, id, func(r *Room, a *stet.Asset) error {
		before := *a
		if err := change(r.store, a); err != nil {
			return err
		}
		if err := a.Validate(); err != nil {
			return err
		}
		if err := r.knowShown(ctx, a); err != nil {
			return err
		}
		if err := r.store.UpdateAsset(ctx, a); err != nil {
			return err
		}
		if err := r.store.SetPosterUse(ctx, a); err != nil {
			return err
		}
		a.Ended = !a.RightsEnd.IsZero() && !r.store.Now().Before(a.RightsEnd)
		if !a.RightsEnd.Equal(before.RightsEnd) && a.RightsEnd.After(r.store.Now()) {
			if err := r.enqueue(ctx, jobs.Job{Kind: JobRightsEnd, Args: RightsArgs{Asset: a.ID}, RunAt: a.RightsEnd, UniqueKey: fmt.Sprintf("rights:%d:%d", a.ID, a.RightsEnd.UnixMicro())}); err != nil {
				return err
			}
		}
		if err := r.noteAsset(ctx, staff, "changed", a); err != nil {
			return err
		}
		return r.assetChanged(ctx, a.ID)
	})
}

// Limits says up to where files are taken.
func (r *Room) Limits() media.Limits { return r.limits }

// LooksLike returns the assets that look the same as one, at most ten.
func (r *Room) LooksLike(ctx context.Context, a stet.Asset) ([]stet.Asset, error) {
	looks, err := r.store.Looks(ctx)
	if err != nil {
		return nil, err
	}
	var own uint64
	for _, l := range looks {
		if l.Asset == a.ID {
			own = l.Hash
		}
	}
	var ids []int64
	for _, l := range looks {
		if l.Asset != a.ID && media.Alike(own, l.Hash) && len(ids) < 10 {
			ids = append(ids, l.Asset)
		}
	}
	return r.store.Assets(ctx, ids...)
}

// knowShown brings the names of the persons shown up to date and refuses those
// who do not exist.
func (r *Room) knowShown(ctx context.Context, a *stet.Asset) error {
	for i, ref := range a.Shown {
		p, err := r.person(ctx, ref.ID)
		if err != nil {
			return stet.Errorf(stet.Invalid, "the person %q whom the picture shows does not exist", firstOf(ref.Name, ref.ID))
		}
		a.Shown[i] = stet.Ref{ID: p.PublicID, Name: p.Name}
	}
	return nil
}

// assetChanged announces that what shows the asset has to be drawn anew. A
// picture may stand in any list and on any front, and it is changed seldom.
func (r *Room) assetChanged(ctx context.Context, id int64) error {
	r.changed(TagPast)
	articles, persons, err := r.store.AssetsUsedLive(ctx, id)
	if err == nil && len(articles)+len(persons) > 0 {
		r.changed(stet.TagAll)
	}
	return err
}

// RightsEnded is the work of JobRightsEnd: pages that show the picture are
// drawn anew, with the placeholder in its place.
func (r *Room) RightsEnded(ctx context.Context, args RightsArgs) error {
	return r.Batch(ctx, func(r *Room) error { return r.assetChanged(ctx, args.Asset) })
}

// TrashAsset lays an asset into the trash. One that is in use is refused: it
// has to be replaced first, or taken out of where it stands.
func (r *Room) TrashAsset(ctx context.Context, staff stet.Staff, id string) (stet.Asset, error) {
	return r.changeAsset(ctx, staff, ClearMedia, id, func(r *Room, a *stet.Asset) error {
		uses, err := r.store.CountAssetUses(ctx, a.ID)
		if err != nil {
			return err
		}
		if n := uses[a.ID]; n > 0 {
			return stet.Errorf(stet.Conflict, "it is used in %s; replace it first, or take it out there", places(n))
		}
		if !a.TrashedAt.IsZero() {
			return nil
		}
		a.TrashedAt = r.store.Now()
		r.changed(TagPast)
		if err := r.store.UpdateAsset(ctx, a); err != nil {
			return err
		}
		return r.noteAsset(ctx, staff, "trashed", a)
	})
}

func places(n int) string {
	if n == 1 {
		return "one place"
	}
	return fmt.Sprintf("%d places", n)
}

// RestoreAsset takes an asset out of the trash.
func (r *Room) RestoreAsset(ctx context.Context, staff stet.Staff, id string) (stet.Asset, error) {
	return r.changeAsset(ctx, staff, ClearMedia, id, func(r *Room, a *stet.Asset) error {
		a.TrashedAt = time.Time{}
		r.changed(TagPast)
		if err := r.store.UpdateAsset(ctx, a); err != nil {
			return err
		}
		return r.noteAsset(ctx, staff, "restored", a)
	})
}

// noteAsset says in the activity what was done to a file of the library. What
// an import or the demo brings is no act of anybody.
func (r *Room) noteAsset(ctx context.Context, staff stet.Staff, act string, a *stet.Asset, details ...string) error {
	if staff.ID == 0 {
		return nil
	}
	r.changed("asset:" + a.PublicID)
	noun := string(a.Kind)
	if a.Kind == stet.Image {
		noun = "picture"
	}
	return r.note(ctx, staff, act, noun, a.PublicID, firstOf(a.Filename, a.PublicID), details...)
}

// ReplaceAsset puts another asset in the place of one wherever it stands, and
// lays the old one into the trash.
func (r *Room) ReplaceAsset(ctx context.Context, staff stet.Staff, id, with string) (a stet.Asset, err error) {
	return r.changeAsset(ctx, staff, ClearMedia, id, func(r *Room, old *stet.Asset) error {
		by, err := r.store.Asset(ctx, with)
		switch {
		case err != nil:
			return stet.Errorf(stet.Invalid, "there is no such picture to put in its place")
		case by.ID == old.ID || by.ReplacedBy == old.ID:
			return stet.Errorf(stet.Invalid, "a picture cannot take its own place")
		case by.Kind != old.Kind:
			return stet.Errorf(stet.Invalid, "only %s can take the place of %s", old.Kind, old.Kind)
		case !by.TrashedAt.IsZero() || by.ReplacedBy != 0:
			return stet.Errorf(stet.Invalid, "what lies in the trash cannot take another's place")
		}
		if err := r.assetChanged(ctx, old.ID); err != nil {
			return err
		}
		if err := r.store.ReplaceAsset(ctx, old, &by); err != nil {
			return err
		}
		old.TrashedAt, old.ReplacedBy = r.store.Now(), by.ID
		if err := r.store.UpdateAsset(ctx, old); err != nil {
			return err
		}
		return r.noteAsset(ctx, staff, "replaced", old, "by "+firstOf(by.Filename, by.PublicID))
	})
}

// clip holds texts that come with a file to what the database may store.
func clip(s string) string {
	s = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), ""))
	if utf8.RuneCountInString(s) > stet.MaxCaption {
		s = string([]rune(s)[:stet.MaxCaption])
	}
	return s
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
