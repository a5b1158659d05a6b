// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"stet"
	"stet/internal/media"
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
		*a = old
		return false, nil
	} else if stet.ErrorCode(err) != stet.NotFound {
		return false, err
	}
	describe(a, info)
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	// The blob comes first: a blob without a row is swept up by doctor, a row
	// without a blob would be a broken picture.
	if _, err := r.blobs.Put(ctx, a.Blob, file); err != nil {
		return false, fmt.Errorf("keep %s: %w", a.Blob, err)
	}
	err = r.act(ctx, staff, KeepMedia, func(r *Room) error { return r.store.CreateAsset(ctx, a) })
	if stet.ErrorCode(err) == stet.Conflict && !r.store.InTx() {
		// Somebody else added the same file at the same time.
		if old, err := r.store.AssetBySHA256(ctx, info.SHA256); err == nil {
			*a = old
			return false, nil
		}
	}
	return err == nil, err
}

func describe(a *stet.Asset, info media.Info) {
	a.PublicID = stet.NewID()
	a.Kind, a.MIME, a.Blob = info.Kind, info.MIME, info.Key()
	a.SHA256, a.Size, a.Width, a.Height = info.SHA256, info.Size, info.Width, info.Height
	a.FocalX, a.FocalY = 0.5, 0.5
	a.Filename, a.SourceURL = clip(a.Filename), clip(a.SourceURL)
	a.Alt, a.Caption = clip(firstOf(a.Alt, info.Alt)), clip(firstOf(a.Caption, info.Caption))
	a.Credit = clip(firstOf(a.Credit, info.Credit, info.Creator))
	a.Licence = clip(firstOf(a.Licence, info.Licence, info.Copyright))
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
