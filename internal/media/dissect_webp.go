// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"encoding/binary"
	"io"
)

// still is the first frame of an animated WebP and where it stands.
type still struct {
	x, y  int
	size  Size
	bytes []byte // a WebP file of its own
}

// webp goes through the chunks of the RIFF container. The header of the pixels
// has to agree with that of the file: the decoder believes the former.
func (w *walker) webp() error {
	head, err := w.read(12)
	if err != nil {
		return err
	}
	left := int64(binary.LittleEndian.Uint32(head[4:])) - 4
	for left >= 8 {
		head, err := w.read(8)
		if err != nil {
			return err
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		left -= 8 + length + length&1
		if err := w.webpChunk(string(head[:4]), length); err != nil {
			return err
		}
		// The byte that pads an odd chunk may be missing at the very end.
		if length&1 == 1 && left > 0 {
			if err := w.skip(1); err != nil {
				return err
			}
		}
	}
	if w.frames == 0 {
		return broken("it holds no pixels")
	}
	return nil
}

func (w *walker) webpChunk(kind string, length int64) error {
	switch kind {
	case "VP8X":
		b, err := w.read(10)
		if err != nil || length != 10 || w.size != (Size{}) {
			return orBroken(err)
		}
		if err := w.extent(1+uint24(b[4:]), 1+uint24(b[7:])); err != nil {
			return err
		}
		w.memory = w.pixels() * 4
		return nil
	case "VP8 ", "VP8L":
		return w.webpPixels(kind, length)
	case "ANMF":
		return w.webpFrame(length)
	case "ICCP":
		if length > maxProfile {
			break
		}
		p, err := w.read(int(length))
		if err == nil {
			w.keepProfile(p)
		}
		return err
	case "EXIF", "XMP ":
		if length > maxMetadata {
			break
		}
		b, err := w.read(int(length))
		if kind == "EXIF" {
			w.metadata.exif = b
		} else {
			w.metadata.xmp = b
		}
		return err
	}
	return w.skip(length)
}

// metadata is what a WebP says about itself.
type metadata struct{ exif, xmp []byte }

// pack writes the metadata into a WebP of its own with nothing else in it and
// every chunk of even length: imagemeta loses its way behind the byte that pads
// an odd one, as the pixels often are.
func (m metadata) pack() []byte {
	b := []byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	for _, c := range []struct {
		kind string
		data []byte
		pad  byte
	}{{"EXIF", m.exif, 0}, {"XMP ", m.xmp, '\n'}} {
		if len(c.data) == 0 {
			continue
		}
		n := len(c.data) + len(c.data)&1
		b = binary.LittleEndian.AppendUint32(append(b, c.kind...), uint32(n))
		if b = append(b, c.data...); n > len(c.data) {
			b = append(b, c.pad)
		}
	}
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

// webpPixels reads the header of the pixels of a picture that stands still.
func (w *walker) webpPixels(kind string, length int64) error {
	if length < 10 || w.frames > 0 {
		return broken("its pixels are in disorder")
	}
	b, err := w.read(10)
	if err != nil {
		return err
	}
	size, ok := webpSize(kind, b)
	if !ok || w.size != (Size{}) && w.size != size {
		return broken("its headers contradict each other")
	}
	if err := w.extent(size.Width, size.Height); err != nil {
		return err
	}
	w.frames = 1
	w.memory = w.pixels() * 4
	if kind == "VP8L" {
		w.memory = w.pixels() * 10
	}
	return w.skip(length - 10)
}

// webpFrame counts a frame of an animation and keeps the first as a file of its
// own, since the decoder knows only pictures that stand still.
func (w *walker) webpFrame(length int64) error {
	if length < 16 || w.size == (Size{}) {
		return broken("its frames are in disorder")
	}
	if w.frames++; w.frames > 1 {
		return w.skip(length)
	}
	b, err := w.read(16)
	if err != nil {
		return err
	}
	s := &still{x: 2 * uint24(b), y: 2 * uint24(b[3:]), size: Size{1 + uint24(b[6:]), 1 + uint24(b[9:])}}
	if s.x+s.size.Width > w.size.Width || s.y+s.size.Height > w.size.Height {
		return broken("a frame is larger than the picture")
	}
	// Grown as the bytes come in, not as the header promises: a lie costs
	// nothing.
	var body bytes.Buffer
	if n, err := io.CopyN(&body, w.r, length-16); err != nil || n < length-16 {
		return io.ErrUnexpectedEOF
	}
	w.still, w.memory = s, w.pixels()*10
	return s.pack(body.Bytes())
}

// pack writes the frame's chunks into a file of their own.
func (s *still) pack(chunks []byte) error {
	var alpha byte
	var pixels bool
	for rest := chunks; len(rest) >= 8; {
		kind, n := string(rest[:4]), int64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		if n > int64(len(rest)) {
			return io.ErrUnexpectedEOF
		}
		switch {
		case kind == "ALPH":
			alpha = 1 << 4
		case kind == "VP8 " || kind == "VP8L":
			size, ok := webpSize(kind, rest[:n])
			if !ok || size != s.size {
				return broken("its headers contradict each other")
			}
			pixels = true
		}
		rest = rest[min(n+n&1, int64(len(rest))):]
	}
	if !pixels {
		return broken("a frame holds no pixels")
	}
	b := []byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00")
	b = append(b, alpha, 0, 0, 0)
	b = appendUint24(b, s.size.Width-1)
	b = appendUint24(b, s.size.Height-1)
	b = append(b, chunks...)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	s.bytes = b
	return nil
}

// webpSize reads the extent from the header of VP8 or VP8L pixels.
func webpSize(kind string, b []byte) (Size, bool) {
	switch {
	case len(b) < 10:
		return Size{}, false
	case kind == "VP8 ":
		width, height := binary.LittleEndian.Uint16(b[6:]), binary.LittleEndian.Uint16(b[8:])
		return Size{int(width & 0x3fff), int(height & 0x3fff)}, string(b[3:6]) == "\x9d\x01\x2a"
	default:
		bits := binary.LittleEndian.Uint32(b[1:])
		return Size{1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff)}, b[0] == 0x2f
	}
}

func orBroken(err error) error {
	if err != nil {
		return err
	}
	return broken("its header has a wrong length")
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func appendUint24(b []byte, v int) []byte { return append(b, byte(v), byte(v>>8), byte(v>>16)) }
