// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// The elements of a WebM file that say how long it is.
const (
	webmSegment  = 0x18538067
	webmInfo     = 0x1549a966
	webmCluster  = 0x1f43b675
	webmScale    = 0x2ad7b1
	webmDuration = 0x4489
)

// webm reads the segment's information, which stands before the first sound.
func (b *book) webm() float64 {
	segment, end, ok := b.element(0, b.size, webmSegment)
	if !ok {
		return 0
	}
	info, end, ok := b.element(segment, end, webmInfo)
	if !ok {
		return 0
	}
	scale := 1e6 // nanoseconds
	if at, to, ok := b.element(info, end, webmScale); ok {
		if v := b.at(at, int(min(8, to-at))); len(v) > 0 {
			n := uint64(0)
			for _, c := range v {
				n = n<<8 | uint64(c)
			}
			scale = float64(n)
		}
	}
	at, to, ok := b.element(info, end, webmDuration)
	if !ok {
		return 0
	}
	switch v := b.at(at, int(min(8, to-at))); len(v) {
	case 4:
		return float64(math.Float32frombits(binary.BigEndian.Uint32(v))) * scale / 1e9
	case 8:
		return math.Float64frombits(binary.BigEndian.Uint64(v)) * scale / 1e9
	}
	return 0
}

// element finds an element between two places and returns where its content lies.
func (b *book) element(from, to int64, want uint64) (start, end int64, ok bool) {
	for from < to {
		id, n := b.number(from, false)
		length, m := b.number(from+int64(n), true)
		if n == 0 || m == 0 || id == webmCluster && want != webmCluster {
			return 0, 0, false
		}
		start = from + int64(n) + int64(m)
		end = to
		// All ones means that whoever wrote it did not know yet.
		if length != 1<<(7*m)-1 {
			if length > uint64(max(0, to-start)) {
				return 0, 0, false
			}
			end = start + int64(length)
		}
		if id == want {
			return start, end, true
		}
		from = end
	}
	return 0, 0, false
}

// number reads a number whose first byte says how many there are; of a length
// the bit that says so is no part.
func (b *book) number(at int64, length bool) (v uint64, n int) {
	first := b.at(at, 1)
	if first == nil || first[0] == 0 {
		return 0, 0
	}
	n = bits.LeadingZeros8(first[0]) + 1
	data := b.at(at, n)
	if data == nil {
		return 0, 0
	}
	if length {
		data[0] &= 1<<(8-n) - 1
	}
	for _, c := range data {
		v = v<<8 | uint64(c)
	}
	return v, n
}
