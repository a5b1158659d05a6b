// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"time"
)

// duration is how long a recording or film is, as its container tells, or 0
// when it does not: what a browser has recorded often has no end written down.
// Nothing is decoded, and little is read however large the file is.
func duration(r io.ReadSeeker, f format, size int64) time.Duration {
	b := &book{r: r, size: size, left: maxLookUps}
	var seconds float64
	switch f {
	case formatWAV:
		seconds = b.wav()
	case formatMP4, formatMOV, formatM4A:
		seconds = b.iso()
	case formatMP3:
		seconds = b.mp3()
	case formatFLAC:
		seconds = b.flac()
	case formatOGG, formatOGV:
		seconds = b.ogg()
	case formatWebM:
		seconds = b.webm()
	}
	if !(seconds > 0 && seconds < maxSeconds) { // nor NaN
		return 0
	}
	return time.Duration(math.Round(seconds*1000)) * time.Millisecond
}

const (
	maxSeconds = 1000 * 3600 // what claims to be longer is a mistake
	maxLookUps = 4000        // places of a file that are looked up
	lastPart   = 128 << 10   // of an Ogg file, in which its last page begins
)

// book is a file in which things are looked up, some times and no more.
type book struct {
	r    io.ReadSeeker
	size int64
	left int
}

// at returns n bytes from there, or nil when they are not all there.
func (b *book) at(from int64, n int) []byte {
	b.left--
	if b.left < 0 || from < 0 || n < 0 || from > b.size-int64(n) {
		return nil
	}
	out := make([]byte, n)
	if _, err := b.r.Seek(from, io.SeekStart); err != nil {
		return nil
	}
	if _, err := io.ReadFull(b.r, out); err != nil {
		return nil
	}
	return out
}

// wav divides the samples' bytes by how many there are in a second.
func (b *book) wav() float64 {
	perSecond := uint32(0)
	for at := int64(12); ; {
		head := b.at(at, 8)
		if head == nil {
			return 0
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "fmt ":
			if f := b.at(at+8, 16); f != nil {
				perSecond = binary.LittleEndian.Uint32(f[8:])
			}
		case "data":
			if perSecond == 0 {
				return 0
			}
			// A recorder that was switched off leaves a length that is none.
			if length == 0 {
				length = math.MaxUint32
			}
			return float64(min(length, b.size-at-8)) / float64(perSecond)
		}
		at += 8 + length + length&1
	}
}

// iso reads the movie's header, or for a stream that was kept in fragments what
// stands in place of it.
func (b *book) iso() float64 {
	from, to, ok := b.box(0, b.size, "moov")
	if !ok {
		return 0
	}
	head, _, ok := b.box(from, to, "mvhd")
	if !ok {
		return 0
	}
	scale, length := b.isoTimes(head, 12)
	if length == 0 || scale == 0 {
		extends, end, ok := b.box(from, to, "mvex")
		if !ok {
			return 0
		}
		if extends, _, ok = b.box(extends, end, "mehd"); !ok {
			return 0
		}
		length = b.isoLength(extends, 4)
	}
	if scale == 0 {
		return 0
	}
	return length / float64(scale)
}

// isoTimes reads a time scale and a length, behind two moments whose width
// depends on the version.
func (b *book) isoTimes(at, skip int64) (scale uint32, length float64) {
	version := b.at(at, 1)
	if version == nil {
		return 0, 0
	}
	if version[0] == 1 {
		skip += 8
	}
	s := b.at(at+skip, 4)
	if s == nil {
		return 0, 0
	}
	return binary.BigEndian.Uint32(s), b.isoLength(at, skip+4)
}

// isoLength reads a length of 4 bytes, or of 8 in version 1; all ones is unknown.
func (b *book) isoLength(at, skip int64) float64 {
	version := b.at(at, 1)
	if version == nil {
		return 0
	}
	if version[0] == 1 {
		if v := b.at(at+skip, 8); v != nil && binary.BigEndian.Uint64(v) != math.MaxUint64 {
			return float64(binary.BigEndian.Uint64(v))
		}
		return 0
	}
	if v := b.at(at+skip, 4); v != nil && binary.BigEndian.Uint32(v) != math.MaxUint32 {
		return float64(binary.BigEndian.Uint32(v))
	}
	return 0
}

// box finds a box between two places and returns where its content lies.
func (b *book) box(from, to int64, kind string) (start, end int64, ok bool) {
	for from <= to-8 {
		head := b.at(from, 8)
		if head == nil {
			return 0, 0, false
		}
		length, skip := int64(binary.BigEndian.Uint32(head)), int64(8)
		switch length {
		case 0:
			length = to - from
		case 1:
			long := b.at(from+8, 8)
			if long == nil {
				return 0, 0, false
			}
			length, skip = int64(binary.BigEndian.Uint64(long)), 16
		}
		if length < skip || length > to-from {
			return 0, 0, false
		}
		if string(head[4:]) == kind {
			return from + skip, from + length, true
		}
		from += length
	}
	return 0, 0, false
}

// flac has the number of samples in its first block.
func (b *book) flac() float64 {
	h := b.at(8, 18)
	if h == nil {
		return 0
	}
	bits := binary.BigEndian.Uint64(h[10:])
	rate, samples := bits>>44, bits&(1<<36-1)
	if rate == 0 {
		return 0
	}
	return float64(samples) / float64(rate)
}

// ogg divides the position at the end of the last page of a sound by the rate
// that its first page names.
func (b *book) ogg() float64 {
	var rate, skip float64
	var serial []byte
	for at := int64(0); rate == 0; {
		head := b.at(at, 27)
		if head == nil || string(head[:4]) != "OggS" || head[5]&2 == 0 { // no beginning of a stream any more
			return 0
		}
		segments := b.at(at+27, int(head[26]))
		body := at + 27 + int64(len(segments))
		if first := b.at(body, 19); bytes.HasPrefix(first, []byte("OpusHead")) {
			rate, skip = 48000, float64(binary.LittleEndian.Uint16(first[10:]))
		} else if bytes.HasPrefix(first, []byte("\x01vorbis")) {
			rate = float64(binary.LittleEndian.Uint32(first[12:]))
			if rate == 0 {
				return 0
			}
		}
		serial = head[14:18]
		at = body
		for _, s := range segments {
			at += int64(s)
		}
	}
	tail := b.at(max(0, b.size-lastPart), int(min(b.size, lastPart)))
	for end := len(tail); ; {
		i := bytes.LastIndex(tail[:end], []byte("OggS"))
		if i < 0 {
			return 0
		}
		if len(tail)-i >= 27 && bytes.Equal(tail[i+14:i+18], serial) {
			if position := int64(binary.LittleEndian.Uint64(tail[i+6:])); position >= 0 {
				return (float64(position) - skip) / rate
			}
		}
		end = i
	}
}
