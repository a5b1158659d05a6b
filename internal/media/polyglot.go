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

// hidden are beginnings of what other programs would make of a file: a web
// page, a script for a server. No camera and no editor writes them; that seven
// bytes of compressed pixels look like one by chance happens once in some ten
// thousand million pictures.
var hidden = [][]byte{[]byte("<script"), []byte("<!doctype html"), []byte("<html"), []byte("<?php"), []byte("<svg"), []byte("<iframe")}

// longest bounds the overlap of two pieces of a file that are searched.
const longest = 16

// checkSingle refuses a file that is two at once: a picture that is a web page
// to a browser that guesses, or an archive to one who opens it as such. We
// never serve it as what it hides, but somebody who saves it might be served
// ill, and no honest file needs it. Recordings and documents are looked at for
// archives alone: their texts may speak of anything.
func checkSingle(r io.ReadSeeker, f format, size int64) error {
	if archived, err := endsAsZIP(r, size); err != nil || archived {
		return orHidden(err, "an archive")
	}
	if f.kind != stet.Image {
		return nil
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("inspect file: %w", err)
	}
	buf := make([]byte, longest+256<<10)
	kept := 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		piece := bytes.ToLower(buf[:kept+n])
		for _, h := range hidden {
			if bytes.Contains(piece, h) {
				return orHidden(nil, "a web page or program")
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("inspect file: %w", err)
		}
		kept = copy(buf, buf[kept+n-longest:kept+n])
	}
}

func orHidden(err error, what string) error {
	if err != nil {
		return fmt.Errorf("inspect file: %w", err)
	}
	return stet.Errorf(stet.Invalid, "%s is hidden in the file; save it anew from the program that it was made with", what)
}

// endsAsZIP reports whether the file ends with the directory of an archive,
// which is where programs look for it: a comment whose length leads exactly to
// the end of the file stands behind it.
func endsAsZIP(r io.ReadSeeker, size int64) (bool, error) {
	const directory, maxComment = 22, 1<<16 - 1
	from := max(0, size-directory-maxComment)
	if _, err := r.Seek(from, io.SeekStart); err != nil {
		return false, err
	}
	tail := make([]byte, size-from)
	if _, err := io.ReadFull(r, tail); err != nil {
		return false, err
	}
	for {
		i := bytes.Index(tail, []byte("PK\x05\x06"))
		if i < 0 || len(tail)-i < directory {
			return false, nil
		}
		tail = tail[i:]
		if int(binary.LittleEndian.Uint16(tail[20:])) == len(tail)-directory {
			return true, nil
		}
		tail = tail[4:]
	}
}
