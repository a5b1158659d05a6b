// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"stet"
)

// checkWhole looks whether a recording or document is all there, as far as its
// container tells: an upload that broke off elsewhere, before it came to us,
// would be found out by a reader else.
func checkWhole(r io.ReadSeeker, f format, size int64) error {
	var whole bool
	var err error
	switch f {
	case formatPDF:
		whole, err = wholePDF(r, size)
	case formatMP4, formatMOV, formatM4A:
		whole, err = wholeISO(r, size)
	case formatWAV:
		whole, err = wholeRIFF(r, size)
	default:
		return nil
	}
	if err != nil {
		return fmt.Errorf("inspect file: %w", err)
	}
	if !whole {
		return stet.Errorf(stet.Invalid, "the file ends in the middle: it was cut short")
	}
	return nil
}

// wholePDF looks for the mark that ends a document, behind which there may be
// some rubbish.
func wholePDF(r io.ReadSeeker, size int64) (bool, error) {
	from := max(0, size-2048)
	if _, err := r.Seek(from, io.SeekStart); err != nil {
		return false, err
	}
	tail, err := io.ReadAll(io.LimitReader(r, 2048))
	return bytes.Contains(tail, []byte("%%EOF")), err
}

// maxBoxes bounds how many boxes of the outermost level are looked at: a
// recording of a live stream has a few for each second.
const maxBoxes = 100_000

// wholeISO walks over the boxes of the outermost level: they have to fill the
// file, and among them has to be the one that says where everything is.
func wholeISO(r io.ReadSeeker, size int64) (bool, error) {
	var at int64
	movie := false
	for range maxBoxes {
		if at == size {
			return movie, nil
		}
		if size-at < 8 {
			return movie, nil // padding, as some cameras leave it
		}
		if _, err := r.Seek(at, io.SeekStart); err != nil {
			return false, err
		}
		var head [16]byte
		if _, err := io.ReadFull(r, head[:min(16, size-at)]); err != nil {
			return false, err
		}
		length, kind := int64(binary.BigEndian.Uint32(head[:])), string(head[4:8])
		switch length {
		case 0: // to the end of the file
			length = size - at
		case 1:
			length = int64(binary.BigEndian.Uint64(head[8:]))
		}
		if length < 8 || length > size-at {
			return false, nil
		}
		movie = movie || kind == "moov"
		at += length
	}
	return movie, nil
}

func wholeRIFF(r io.ReadSeeker, size int64) (bool, error) {
	if _, err := r.Seek(4, io.SeekStart); err != nil {
		return false, err
	}
	var b [4]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return false, err
	}
	length := binary.LittleEndian.Uint32(b[:])
	// Recorders that were switched off leave 0 or all ones.
	return length == 0 || length == 1<<32-1 || int64(length) <= size-8, nil
}
