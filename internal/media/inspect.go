// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"stet"
)

// Limits say up to where a file is taken. Zero fields have the defaults.
type Limits struct {
	Pixels       int64 // of a picture; 100 million
	Side         int   // a picture's width or height; 65,000, since JPEG ends at 65,535
	Memory       int64 // bytes that it takes to open a picture; 768 MiB
	PictureBytes int64 // 64 MiB
	FileBytes    int64 // of anything that is no picture; 2 GiB
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Pixels:       orDefault(l.Pixels, 100e6),
		Side:         orDefault(l.Side, 65000),
		Memory:       orDefault(l.Memory, 768<<20),
		PictureBytes: orDefault(l.PictureBytes, 64<<20),
		FileBytes:    orDefault(l.FileBytes, 2<<30),
	}
}

func orDefault[T int | int64](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}

// Info is what a file says of itself. The texts are as somebody outside wrote
// them: plain text of bounded length, to be shown for confirmation. Where and
// with what a picture was taken is not among them.
type Info struct {
	Kind      stet.AssetKind
	MIME      string
	Extension string // that belongs to MIME, without the dot
	Size      int64
	SHA256    string // hexadecimal

	// For pictures only. Width and Height are as shown, after Orientation (1
	// to 8, as in EXIF) was applied.
	Width, Height int
	Orientation   int
	Animated      bool

	Caption, Alt, Credit, Creator, Copyright, Licence string

	// Duration of a recording or film; 0 when the file does not tell.
	Duration time.Duration

	// Taken is the day on which the picture was taken, 2026-03-14, or empty.
	Taken string
}

// Key is where the original belongs among the blobs: the same file has the same
// key, whatever it was called.
func (i Info) Key() string { return "originals/" + i.SHA256 + "." + i.Extension }

// Inspect is Limits.Inspect with the default limits.
func Inspect(r io.ReadSeeker) (Info, error) { return Limits{}.Inspect(r) }

// Inspect finds out what the file is, by its content, and refuses with a reason
// what we do not take (stet.Invalid) or is too much (stet.TooLarge). Pixels are
// decoded in rare kinds of files only: a bomb is seen from its header, a file
// that was cut short from its structure.
func (l Limits) Inspect(r io.ReadSeeker) (Info, error) {
	l = l.withDefaults()
	s, err := survey(r, l)
	if err != nil {
		return Info{}, err
	}
	info := Info{
		Kind: s.format.kind, MIME: s.format.mime, Extension: s.format.ext,
		Size: s.bytes, Animated: s.frames > 1,
	}
	if err := checkSingle(r, s.format, s.bytes); err != nil {
		return Info{}, err
	}
	if err := checkWhole(r, s.format, s.bytes); err != nil {
		return Info{}, err
	}
	info.Duration = duration(r, s.format, s.bytes)
	if s.doubtful {
		if _, err := decode(context.Background(), r, s); err != nil {
			if s.endless {
				return Info{}, stet.Errorf(stet.Invalid, "the picture ends in the middle: it was cut short")
			}
			return Info{}, err
		}
	}
	if s.format.kind == stet.Image {
		size := s.orientation.apply(s.size)
		info.Width, info.Height, info.Orientation = size.Width, size.Height, int(s.orientation)
		s.texts.fill(&info)
	}
	if info.SHA256, err = hash(r); err != nil {
		return Info{}, fmt.Errorf("inspect file: %w", err)
	}
	return info, nil
}

func hash(r io.ReadSeeker) (string, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// surveyed is what has to be known of a file before it is opened.
type surveyed struct {
	format format
	bytes  int64
	anatomy
	orientation orientation
	texts       texts
}

// anatomy is the structure of a picture.
type anatomy struct {
	size     Size // as stored
	frames   int
	memory   int64    // about what decoding it takes
	profile  []byte   // ICC profile, when it has one that matters
	endless  bool     // a JPEG without its end marker
	doubtful bool     // of a kind of which only decoding tells whether we can
	metadata metadata // of a WebP
	still    *still   // the first frame of an animated WebP
}

// survey reads the structure of a file and holds it against the limits.
func survey(r io.ReadSeeker, l Limits) (*surveyed, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("inspect file: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("inspect file: %w", err)
	}
	head := make([]byte, sniffed)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("inspect file: %w", err)
	}
	s := &surveyed{bytes: size, orientation: 1}
	if s.format, err = sniff(head[:n]); err != nil {
		return nil, err
	}
	most := l.FileBytes
	if s.format.kind == stet.Image {
		most = l.PictureBytes
	}
	if size > most {
		return nil, stet.Errorf(stet.TooLarge, "the file has %d MB; at most %d are taken", size>>20, most>>20)
	}
	if s.format.kind != stet.Image {
		return s, nil
	}
	if s.anatomy, err = dissect(r, s.format, l); err != nil {
		return nil, err
	}
	s.orientation, s.texts = readTexts(r, s)
	return s, nil
}

// check holds a picture's extent against the limits; it is called as soon as
// the extent is known, before the rest of the file is read.
func (l Limits) check(s Size) error {
	switch {
	case s.Width <= 0 || s.Height <= 0:
		return stet.Errorf(stet.Invalid, "the picture has no extent")
	case s.Width > l.Side || s.Height > l.Side || int64(s.Width)*int64(s.Height) > l.Pixels:
		return stet.Errorf(stet.TooLarge, "the picture has %d by %d pixels; at most %d million are taken, and %d a side",
			s.Width, s.Height, l.Pixels/1e6, l.Side)
	}
	return nil
}

// CheckSize refuses a file by its size alone, before it has come.
func (l Limits) CheckSize(size int64) error {
	if size > l.Largest() {
		return stet.Errorf(stet.TooLarge, "the file has %d MB; at most %d are taken", size>>20, l.Largest()>>20)
	}
	return nil
}

// Largest is how many bytes any file may have.
func (l Limits) Largest() int64 {
	l = l.withDefaults()
	return max(l.FileBytes, l.PictureBytes)
}
