// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"stet"
)

// maxScans and maxScanned bound what a progressive picture may cost: each of
// its scans goes over all of its pixels, and one of a few hundred bytes can
// announce thousands. Cameras and optimisers write 10 to 20.
const (
	maxScans   = 100
	maxScanned = 2e9 // scans times pixels
)

// jpeg goes through the segments and scans up to the end mark.
func (w *walker) jpeg() error {
	if err := w.skip(2); err != nil {
		return err
	}
	w.frames = 1
	scans := int64(0)
	for {
		marker, err := w.jpegMarker()
		if scans > 0 && errors.Is(err, io.EOF) {
			// Some old programs forgot the end mark. Whether the pixels are
			// all there, only decoding tells.
			w.endless, w.doubtful = true, true
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case marker == 0xd9:
			if scans == 0 {
				return broken("it holds no pixels")
			}
			return nil
		case marker == 0x01, marker >= 0xd0 && marker <= 0xd8:
			continue // these stand alone
		}
		segment, err := w.jpegSegment(marker)
		if err != nil {
			return err
		}
		switch {
		case marker == 0xda:
			if w.size == (Size{}) {
				return broken("its pixels come before its header")
			}
			if scans++; scans > maxScans || scans*w.pixels() > maxScanned {
				return stet.Errorf(stet.TooLarge, "the picture is drawn in more passes than any real one")
			}
			err = w.jpegScan()
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			err = w.jpegFrame(marker, segment)
		case marker == 0xe2 && len(segment) > 14 && string(segment[:12]) == "ICC_PROFILE\x00" && segment[13] == 1:
			w.keepProfile(bytes.Clone(segment[14:]))
		}
		if err != nil {
			return err
		}
	}
}

// jpegMarker reads the mark that begins a segment, unless the scan before has
// read into it already.
func (w *walker) jpegMarker() (byte, error) {
	b, err := w.ahead, error(nil)
	if w.ahead = 0; b != 0 && b != 0xff {
		return b, nil
	}
	if b == 0 {
		b, err = w.r.ReadByte()
	}
	if err != nil {
		return 0, err
	}
	if b != 0xff {
		return 0, broken("a segment does not begin where it should")
	}
	for b == 0xff {
		if b, err = w.r.ReadByte(); err != nil {
			return 0, err
		}
	}
	return b, nil
}

// jpegSegment reads the segment, or skips it when there is nothing to see.
func (w *walker) jpegSegment(marker byte) ([]byte, error) {
	b, err := w.read(2)
	if err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	n := int(binary.BigEndian.Uint16(b)) - 2
	if n < 0 {
		return nil, broken("a segment has an impossible length")
	}
	if marker >= 0xc0 && marker <= 0xcf || marker == 0xe2 {
		b, err = w.read(n)
	} else {
		b, err = nil, w.skip(int64(n))
	}
	if err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return b, nil
}

// jpegScan passes over the compressed pixels: up to an 0xff that is followed by
// neither a stuffed zero nor a restart mark.
func (w *walker) jpegScan() error {
	for {
		if _, err := w.r.ReadSlice(0xff); err != nil {
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			return ignoreEnd(err)
		}
		b, err := w.r.ReadByte()
		if err != nil {
			return ignoreEnd(err)
		}
		if b != 0 && (b < 0xd0 || b > 0xd7) {
			w.ahead = b
			return nil
		}
	}
}

// ignoreEnd leaves it to the next read to find the end of the file.
func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// jpegFrame reads the frame header: the extent, and from the components what
// decoding costs. A progressive picture keeps four bytes for each sample, and
// colours other than luma and chroma end up as four bytes for each pixel.
func (w *walker) jpegFrame(marker byte, b []byte) error {
	switch {
	case w.size != Size{}:
		return broken("it has two headers")
	case marker > 0xc2:
		return stet.Errorf(stet.Invalid, "this kind of JPEG (lossless, hierarchical or arithmetic) is not taken; save it as an ordinary one")
	case len(b) < 6 || len(b) != 6+3*int(b[5]):
		return broken("its header has a wrong length")
	case b[0] != 8:
		return stet.Errorf(stet.Invalid, "JPEGs of %d bits are not taken; save it with 8", b[0])
	}
	if err := w.extent(int(binary.BigEndian.Uint16(b[3:])), int(binary.BigEndian.Uint16(b[1:]))); err != nil {
		return err
	}
	var samples, widest, highest int64
	for c := b[6:]; len(c) > 0; c = c[3:] {
		h, v := int64(c[1]>>4), int64(c[1]&15)
		samples += h * v
		widest, highest = max(widest, h), max(highest, v)
	}
	if widest == 0 || highest == 0 {
		return broken("its header makes no sense")
	}
	// One or three components, of which only the first is finer than the rest,
	// are what the decoder surely knows.
	ordinary := len(b) == 9 || len(b) == 15 && widest <= 2 && highest <= 2 && b[10] == 0x11 && b[13] == 0x11
	w.doubtful = !ordinary
	w.memory = w.pixels() * samples / (widest * highest)
	if marker == 0xc2 {
		w.memory *= 5
	}
	if b[5] == 4 {
		w.memory += w.pixels() * 6
	}
	return nil
}
