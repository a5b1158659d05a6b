// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"context"
	"errors"
	"io"
)

// Join reads several blobs as one file, in order. sizes are theirs. One of
// them is open at a time.
func Join(ctx context.Context, blobs Blobs, keys []string, sizes []int64) io.ReadSeekCloser {
	j := &joined{ctx: ctx, blobs: blobs, keys: keys, sizes: sizes}
	for _, n := range sizes {
		j.size += n
	}
	return j
}

type joined struct {
	ctx   context.Context // of the one request that reads
	blobs Blobs
	keys  []string
	sizes []int64
	size  int64
	at    int64
	open  Blob
	index int // of the open blob
}

// Read implements io.Reader.
func (j *joined) Read(p []byte) (int, error) {
	if j.at >= j.size {
		return 0, io.EOF
	}
	index, within := 0, j.at
	for within >= j.sizes[index] {
		within -= j.sizes[index]
		index++
	}
	if err := j.turnTo(index); err != nil {
		return 0, err
	}
	if _, err := j.open.Seek(within, io.SeekStart); err != nil {
		return 0, err
	}
	p = p[:min(int64(len(p)), j.sizes[index]-within)]
	n, err := io.ReadFull(j.open, p)
	j.at += int64(n)
	return n, err
}

func (j *joined) turnTo(index int) error {
	if j.open != nil && j.index == index {
		return nil
	}
	if err := j.Close(); err != nil {
		return err
	}
	blob, err := j.blobs.Open(j.ctx, j.keys[index])
	if err == nil {
		j.open, j.index = blob, index
	}
	return err
}

// Seek implements io.Seeker.
func (j *joined) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += j.at
	case io.SeekEnd:
		offset += j.size
	}
	if offset < 0 {
		return 0, errors.New("seek before the beginning")
	}
	j.at = offset
	return offset, nil
}

// Close implements io.Closer.
func (j *joined) Close() error {
	if j.open == nil {
		return nil
	}
	err := j.open.Close()
	j.open = nil
	return err
}
