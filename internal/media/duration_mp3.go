// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"encoding/binary"
)

// Kilobits a second of layer III, and samples a second, by the fields of a
// frame's header.
var (
	mp3Rates    = [16]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}
	mp3LowRates = [16]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}
	mp3Samples  = [4]int{44100, 48000, 32000, 0}
)

// mp3Search is how far from where it should be the first frame is looked for.
const mp3Search = 8 << 10

// mp3 takes the number of frames from the table of contents that most programs
// write into the first one. Without it the rate is taken to be the same throughout.
func (b *book) mp3() float64 {
	start, end := b.mp3Start(), b.size
	if t := b.at(b.size-128, 3); string(t) == "TAG" {
		end -= 128
	}
	data := b.at(start, int(min(mp3Search, max(0, b.size-start))))
	for i := 0; i+4 <= len(data); i++ {
		f, ok := mp3Frame(data[i:])
		if !ok {
			continue
		}
		// Two in a row are no accident; a file of one frame has no second.
		if next := i + f.bytes; next+4 <= len(data) {
			if _, ok := mp3Frame(data[next:]); !ok {
				continue
			}
		}
		if n := f.counted(data[i:]); n > 0 {
			return float64(n) * float64(f.samples) / float64(f.rate)
		}
		return float64(end-start-int64(i)) * 8 / float64(f.kilobits*1000)
	}
	return 0
}

// mp3Start is behind what tells of the recording, such as its title and cover.
func (b *book) mp3Start() int64 {
	h := b.at(0, 10)
	if !bytes.HasPrefix(h, []byte("ID3")) {
		return 0
	}
	start := int64(10)
	for i, c := range h[6:10] {
		start += int64(c&0x7f) << (7 * (3 - i))
	}
	if h[5]&0x10 != 0 {
		start += 10 // a footer
	}
	return start
}

type mp3Header struct {
	kilobits, rate, samples, bytes int
	side                           int // bytes before the table of contents
}

func mp3Frame(b []byte) (f mp3Header, ok bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 || b[1]>>1&3 != 1 {
		return f, false
	}
	version, mono := b[1]>>3&3, b[3]>>6 == 3
	f.kilobits, f.rate, f.samples, f.side = mp3Rates[b[2]>>4], mp3Samples[b[2]>>2&3], 1152, 32
	if mono {
		f.side = 17
	}
	switch version {
	case 1:
		return f, false
	case 0, 2: // MPEG 2.5 and 2
		f.kilobits, f.rate, f.samples, f.side = mp3LowRates[b[2]>>4], f.rate/2, 576, 17
		if mono {
			f.side = 9
		}
		if version == 0 {
			f.rate /= 2
		}
	}
	if f.kilobits == 0 || f.rate == 0 {
		return f, false
	}
	f.bytes = f.samples / 8 * f.kilobits * 1000 / f.rate
	f.bytes += int(b[2] >> 1 & 1)
	return f, true
}

// counted is the number of frames that the first one says there are.
func (f mp3Header) counted(b []byte) uint32 {
	if x := b[min(len(b), 4+f.side):]; len(x) >= 12 && (string(x[:4]) == "Xing" || string(x[:4]) == "Info") && x[7]&1 != 0 {
		return binary.BigEndian.Uint32(x[8:])
	}
	if x := b[min(len(b), 36):]; len(x) >= 18 && string(x[:4]) == "VBRI" {
		return binary.BigEndian.Uint32(x[14:])
	}
	return 0
}
