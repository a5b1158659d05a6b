// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"stet"
)

// dissect walks through the structure of a picture without decoding it, to
// learn how large it is, what opening it would cost, and whether it is whole.
func dissect(r io.ReadSeeker, f format, l Limits) (anatomy, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return anatomy{}, fmt.Errorf("inspect picture: %w", err)
	}
	w := &walker{r: bufio.NewReaderSize(r, 64<<10), limits: l}
	var err error
	switch f {
	case formatJPEG:
		err = w.jpeg()
	case formatPNG:
		err = w.png()
	case formatGIF:
		err = w.gif()
	case formatWebP:
		err = w.webp()
	}
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return anatomy{}, stet.Errorf(stet.Invalid, "the picture ends in the middle: it was cut short")
	case err != nil:
		return anatomy{}, err
	case w.memory > l.Memory:
		return anatomy{}, stet.Errorf(stet.TooLarge, "opening the picture would take %d MB; at most %d are given", w.memory>>20, l.Memory>>20)
	}
	return w.anatomy, nil
}

// walker reads a picture from its beginning to its end and notes what it sees.
type walker struct {
	anatomy
	r      *bufio.Reader
	limits Limits
	ahead  byte // second byte of a JPEG marker that was read too early
}

func broken(format string, args ...any) error {
	return stet.Errorf(stet.Invalid, "the picture is damaged: "+format, args...)
}

// read returns the next n bytes, which are few.
func (w *walker) read(n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := io.ReadFull(w.r, b)
	return b, err
}

func (w *walker) skip(n int64) error {
	_, err := io.CopyN(io.Discard, w.r, n)
	return err
}

// extent notes the size and refuses too large a picture right away.
func (w *walker) extent(width, height int) error {
	w.size = Size{width, height}
	return w.limits.check(w.size)
}

func (w *walker) pixels() int64 { return int64(w.size.Width) * int64(w.size.Height) }

// maxProfile bounds the ICC profiles that are carried along. Those of cameras
// and screens have 0.5 to 4 kB; only those of printing presses are large, and
// they belong to CMYK pictures, which are converted.
const maxProfile = 60 << 10

// keepProfile notes an ICC profile if it says something: most say "sRGB", which
// is what a picture without a profile is taken for.
func (w *walker) keepProfile(p []byte) {
	if len(p) < 128 || len(p) > maxProfile || string(p[36:40]) != "acsp" || bytes.Contains(p, []byte("sRGB")) ||
		bytes.Contains(p, []byte("s\x00R\x00G\x00B")) {
		return
	}
	if space := string(p[16:20]); space == "RGB " || space == "GRAY" {
		w.profile = p
	}
}

// png goes through the chunks up to IEND.
func (w *walker) png() error {
	if err := w.skip(8); err != nil {
		return err
	}
	data := false
	for first := true; ; first = false {
		head, err := w.read(8)
		if err != nil {
			return err
		}
		length, kind := binary.BigEndian.Uint32(head), string(head[4:])
		if first != (kind == "IHDR") || length > 1<<31-1 {
			return broken("its chunks are in disorder")
		}
		switch kind {
		case "IHDR":
			err = w.pngHeader(length)
		case "iCCP":
			err = w.pngProfile(int64(length))
		case "IEND":
			if !data {
				return broken("it has a header only")
			}
			return nil
		case "IDAT":
			data = true
			fallthrough
		default:
			if kind == "acTL" {
				w.frames = 2
			}
			err = w.skip(int64(length))
		}
		if err == nil {
			err = w.skip(4)
		}
		if err != nil {
			return err
		}
	}
}

func (w *walker) pngHeader(length uint32) error {
	if length != 13 {
		return broken("its header has a wrong length")
	}
	b, err := w.read(13)
	if err != nil {
		return err
	}
	w.frames = max(w.frames, 1)
	width, height := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
	if width > 1<<31-1 || height > 1<<31-1 {
		return broken("its extent is impossible")
	}
	if err := w.extent(int(width), int(height)); err != nil {
		return err
	}
	perPixel := int64(4)
	switch deep, kind := b[8] == 16, b[9]; {
	case deep && kind != 0:
		perPixel = 8
	case kind == 3, kind == 0:
		perPixel = 2
	}
	w.memory = w.pixels() * perPixel
	if b[12] != 0 {
		w.memory += w.memory / 2 // the passes of an interlaced picture lie beside it
	}
	w.memory += w.pixels() * 3 / 2
	return nil
}

// pngProfile unpacks the ICC profile, up to what would be carried along.
func (w *walker) pngProfile(length int64) error {
	chunk := io.LimitReader(w.r, length)
	packed := bufio.NewReader(chunk)
	name, _ := packed.ReadSlice(0)
	if method, err := packed.ReadByte(); err == nil && method == 0 && len(name) <= 80 {
		if z, err := zlib.NewReader(packed); err == nil {
			if p, err := io.ReadAll(io.LimitReader(z, maxProfile+1)); err == nil {
				w.keepProfile(p)
			}
		}
	}
	left := chunk.(*io.LimitedReader).N
	if n, err := io.Copy(io.Discard, chunk); err != nil || n < left {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// gif goes through the blocks. Many files lack the end mark, and only the first
// frame is ever used, so that one frame suffices.
func (w *walker) gif() error {
	b, err := w.read(13)
	if err != nil {
		return err
	}
	if err := w.extent(int(binary.LittleEndian.Uint16(b[6:])), int(binary.LittleEndian.Uint16(b[8:]))); err != nil {
		return err
	}
	w.memory = w.pixels() * 5 / 2
	err = w.gifTable(b[10])
	for err == nil {
		var kind byte
		if kind, err = w.r.ReadByte(); err != nil {
			break
		}
		switch kind {
		case 0x21:
			if _, err = w.r.ReadByte(); err == nil {
				err = w.gifBlocks()
			}
		case 0x2c:
			if err = w.gifFrame(); err == nil {
				w.frames++
			}
		case 0x3b:
			if w.frames == 0 {
				return broken("it has no frame")
			}
			return nil
		default:
			err = broken("it holds an unknown block")
		}
	}
	if w.frames > 0 {
		return nil
	}
	return err
}

func (w *walker) gifTable(flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	return w.skip(3 << (flags&7 + 1))
}

func (w *walker) gifFrame() error {
	b, err := w.read(9)
	if err != nil {
		return err
	}
	if err := w.gifTable(b[8]); err != nil {
		return err
	}
	if err := w.skip(1); err != nil {
		return err
	}
	return w.gifBlocks()
}

func (w *walker) gifBlocks() error {
	for {
		n, err := w.r.ReadByte()
		if err != nil || n == 0 {
			return err
		}
		if err := w.skip(int64(n)); err != nil {
			return err
		}
	}
}
