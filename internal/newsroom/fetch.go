// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"net/url"
	"path"
	"strings"

	"stet"
)

// FetchPicture brings a picture from an address outside into the library, for
// a text that was copied from another page. The address is somebody else's, so
// that only the guarded client goes there; what comes is held to the same
// rules as an upload, and has to be a picture. One of our own is not fetched:
// its address says which it is.
func (r *Room) FetchPicture(ctx context.Context, staff stet.Staff, address string, words stet.Asset) (a stet.Asset, added bool, err error) {
	if !Can(staff, KeepMedia) {
		return a, false, forbidden(staff, KeepMedia)
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return a, false, stet.Errorf(stet.Invalid, "that is no address of a picture")
	}
	if id, ok := r.ownPicture(u); ok {
		a, err = r.store.Asset(ctx, id)
		return a, false, err
	}
	data, err := r.fetch(ctx, u)
	if err != nil {
		return a, false, err
	}
	info, err := r.limits.Inspect(bytes.NewReader(data))
	if err != nil {
		return a, false, err
	}
	if info.Kind != stet.Image {
		return a, false, stet.Errorf(stet.Invalid, "what is at %s is no picture", u.Host)
	}
	a = stet.Asset{Alt: words.Alt, Caption: words.Caption, Filename: path.Base(u.Path), SourceURL: u.String()}
	added, err = r.AddAsset(ctx, staff, &a, bytes.NewReader(data))
	return a, added, err
}

// ownPicture returns the id in the address of a picture that this magazine serves.
func (r *Room) ownPicture(u *url.URL) (id string, ok bool) {
	if r.base == "" || u.Scheme+"://"+u.Host != r.base {
		return "", false
	}
	rest, ok := strings.CutPrefix(u.Path, "/media/")
	id, _, _ = strings.Cut(rest, "/")
	return id, ok && stet.ValidID(id)
}

// fetch gets what stands at an address. Whatever is wrong out there is told to
// whoever gave the address, and is no failure of ours.
func (r *Room) fetch(ctx context.Context, u *url.URL) ([]byte, error) {
	res, err := r.pictures.Fetch(ctx, u.String())
	if err == nil {
		var data []byte
		if data, err = res.Bytes(); err == nil {
			return data, nil
		}
	}
	if stet.ErrorCode(err) == stet.Internal && ctx.Err() == nil {
		r.log.Info("a picture was not fetched", "host", u.Host, "error", err)
		return nil, stet.Errorf(stet.Invalid, "%s did not send the picture; try again, or save it and upload it", u.Host)
	}
	return nil, err
}
