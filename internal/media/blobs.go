// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"context"
	"io"
	"strings"
	"time"

	"stet"
)

// Blobs keeps files under keys. It is small enough for a folder and for an
// object store alike: whole files are streamed in and out, there is no rename,
// and a blob is either there entirely or not there.
type Blobs interface {
	// Put stores what r yields under key, in place of what was there, and
	// returns how many bytes that was. When r fails nothing is stored.
	Put(ctx context.Context, key string, r io.Reader) (int64, error)
	// Open returns the blob, or a stet.NotFound error. The caller closes it.
	Open(ctx context.Context, key string) (Blob, error)
	// Delete removes the blob. That it was not there is no error.
	Delete(ctx context.Context, key string) error
	// Walk calls fn for every blob whose key begins with prefix, in no
	// particular order, until fn returns an error, which Walk returns.
	Walk(ctx context.Context, prefix string, fn func(Entry) error) error
}

// Blob is an open blob. It fits http.ServeContent.
type Blob interface {
	io.ReadSeekCloser
	Size() int64
	ModTime() time.Time
}

// Entry is what Walk tells of a blob.
type Entry struct {
	Key     string
	Size    int64
	ModTime time.Time
}

// maxKey keeps a key, once it is one file name, within the 255 bytes that file
// systems allow.
const maxKey = 200

// CheckKey reports with a stet.Invalid error what is wrong with key. Keys are
// lower case, since some file systems fold case, and no part of them begins
// with a dot, so that no key is "..", hidden, or one of our temporary files.
func CheckKey(key string) error {
	if key == "" || len(key) > maxKey {
		return stet.Errorf(stet.Invalid, "a file key has 1 to %d characters", maxKey)
	}
	for _, c := range []byte(key) {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-' || c == '/') {
			return stet.Errorf(stet.Invalid, "a file key holds only a-z, 0-9 and ./_-")
		}
	}
	for part := range strings.SplitSeq(key, "/") {
		if part == "" || part[0] == '.' {
			return stet.Errorf(stet.Invalid, "no part of a file key is empty or begins with a dot")
		}
	}
	return nil
}

// reading is r until ctx ends, then the reason why it ended: the way to stop a
// decoder or a copy that knows nothing of contexts.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
