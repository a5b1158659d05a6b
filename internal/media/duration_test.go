// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"
	"time"
)

// be and le write numbers as the containers have them.
func be(parts ...any) string { return numbers(binary.BigEndian, parts) }
func le(parts ...any) string { return numbers(binary.LittleEndian, parts) }

func numbers(order binary.AppendByteOrder, parts []any) string {
	var b []byte
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			b = append(b, v...)
		case int:
			b = order.AppendUint32(b, uint32(v))
		case uint16:
			b = order.AppendUint16(b, v)
		case uint64:
			b = order.AppendUint64(b, v)
		case float64:
			b = order.AppendUint64(b, math.Float64bits(v))
		}
	}
	return string(b)
}

func isoBox(kind string, content ...string) string {
	body := strings.Join(content, "")
	return be(8+len(body), kind, body)
}

func zeros(n int) string { return strings.Repeat("\x00", n) }

// webmElement has a length of 8 bytes.
func webmElement(id, content string) string { return id + be(uint64(1<<56|len(content))) + content }

// oggPage is one page of an Ogg stream.
func oggPage(kind byte, position uint64, serial int, content string) string {
	return "OggS\x00" + string([]byte{kind}) + le(position, serial, 0, 0) + "\x01" + string([]byte{byte(len(content))}) + content
}

type timed struct {
	name, file string
	format     format
	want       time.Duration
}

// timedFiles are files that are a given time long.
func timedFiles() []timed {
	const ftyp = "\x00\x00\x00\x10ftypM4A ...."
	frame := "\xff\xfb\x90\x64" // MPEG 1, 128 kbit/s, 44,100 Hz: 417 bytes
	cbr := strings.Repeat(frame+zeros(413), 100)
	long := 41700 * 8 * time.Second / 128000
	xing := frame + zeros(32) + be("Xing", 1, 1000) + zeros(413-32-12)
	opus := "OpusHead\x01\x02" + le(uint16(312), 48000) + zeros(3)
	vorbis := "\x01vorbis" + le(0) + "\x02" + le(44100) + zeros(14)
	head := "\x1a\x45\xdf\xa3" + be(uint64(1<<56|7)) + "\x42\x82\x84webm"
	info := func(d float64) string {
		return webmElement("\x15\x49\xa9\x66", webmElement("\x2a\xd7\xb1", "\x0f\x42\x40")+webmElement("\x44\x89", be(d)))
	}
	wav := func(rate, length, there int) string {
		return be("RIFF", 0, "WAVE") + "LIST" + le(3, "abc\x00") + "fmt " + le(16, uint16(1), uint16(1), 8000, rate, uint16(1), uint16(8)) + "data" + le(length) + zeros(there)
	}
	return []timed{
		{"wav", wav(8000, 20000, 20000), formatWAV, 2500 * time.Millisecond},
		{"wav without an end", wav(8000, -1, 4000), formatWAV, 500 * time.Millisecond},
		{"wav that was switched off", wav(8000, 0, 4000), formatWAV, 500 * time.Millisecond},
		{"wav of no rate", wav(0, 8, 8), formatWAV, 0},
		{"m4a", ftyp + isoBox("free", zeros(9)) + isoBox("moov", isoBox("udta", "x"), isoBox("mvhd", be(0, 0, 0, 1000, 65432))), formatM4A, 65432 * time.Millisecond},
		{"mp4, version 1", ftyp + isoBox("moov", isoBox("mvhd", "\x01\x00\x00\x00"+be(uint64(0), uint64(0), 90000, uint64(900000)))), formatMP4, 10 * time.Second},
		{"mp4 in fragments", ftyp + isoBox("moov", isoBox("mvhd", be(0, 0, 0, 1000, 0)), isoBox("mvex", isoBox("mehd", be(0, 7000)))), formatMP4, 7 * time.Second},
		{"mp4 of a stream", ftyp + isoBox("moov", isoBox("mvhd", be(0, 0, 0, 1000, 0))), formatMP4, 0},
		{"mp4 of unknown length", ftyp + isoBox("moov", isoBox("mvhd", be(0, 0, 0, 1000, -1))), formatMP4, 0},
		{"mp4 of no scale", ftyp + isoBox("moov", isoBox("mvhd", be(0, 0, 0, 0, 7))), formatMP4, 0},
		{"mp3", cbr, formatMP3, long},
		{"mp3 with a title", "ID3\x04\x00\x00\x00\x00\x01\x00" + zeros(128) + cbr + "TAG" + zeros(125), formatMP3, long},
		{"mp3 that counts its frames", xing + cbr, formatMP3, 26122 * time.Millisecond},
		{"mp3 without sound", "ID3\x04\x00\x00\x00\x00\x01\x00" + zeros(500), formatMP3, 0},
		{"flac", "fLaC\x80\x00\x00\x22" + zeros(10) + be(uint64(44100<<44|1<<41|15<<36|441000)) + zeros(16), formatFLAC, 10 * time.Second},
		{"opus", oggPage(2, 0, 7, opus) + oggPage(2, 0, 9, "fishead") + oggPage(0, 0, 7, "tags") + oggPage(0, 48000*12+312, 7, "sound") + oggPage(4, 99, 9, "other"), formatOGG, 12 * time.Second},
		{"vorbis", oggPage(2, 0, 3, vorbis) + oggPage(4, 44100*3, 3, "sound"), formatOGG, 3 * time.Second},
		{"a film with vorbis", oggPage(2, 0, 1, "\x80theora"+zeros(20)) + oggPage(2, 0, 3, vorbis) + oggPage(4, 44100*3, 3, "sound") + oggPage(4, 77, 1, "film"), formatOGV, 3 * time.Second},
		{"ogg of something else", oggPage(2, 0, 3, "\x80theora"+zeros(20)) + oggPage(4, 44100*3, 3, "film"), formatOGV, 0},
		{"webm", head + webmElement("\x18\x53\x80\x67", webmElement("\xec", "void")+info(4500)), formatWebM, 4500 * time.Millisecond},
		{"webm of a stream", head + "\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + info(9000) + "\x1f\x43\xb6\x75\x81x", formatWebM, 9 * time.Second},
		{"webm without a length", head + webmElement("\x18\x53\x80\x67", webmElement("\x15\x49\xa9\x66", "")+webmElement("\x1f\x43\xb6\x75", "x")), formatWebM, 0},
		{"webm that is not a number long", head + webmElement("\x18\x53\x80\x67", info(math.NaN())), formatWebM, 0},
		{"webm longer than anything", head + webmElement("\x18\x53\x80\x67", info(1e300)), formatWebM, 0},
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for _, tt := range timedFiles() {
		got := duration(strings.NewReader(tt.file), tt.format, int64(len(tt.file)))
		if d := got - tt.want; d.Abs() > time.Millisecond {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		// What breaks off tells something or nothing, and never fails.
		for n := range min(len(tt.file), 2000) {
			duration(strings.NewReader(tt.file[:n]), tt.format, int64(n))
		}
	}
}

// FuzzDuration feeds containers that lie: it must end soon, with a time that can be.
func FuzzDuration(f *testing.F) {
	formats := []format{formatWAV, formatMP4, formatMP3, formatFLAC, formatOGG, formatWebM}
	for _, tt := range timedFiles() {
		f.Add([]byte(tt.file[:min(len(tt.file), 3000)]))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, format := range formats {
			if d := duration(bytes.NewReader(file), format, int64(len(file))); d < 0 || d > maxSeconds*time.Second {
				t.Errorf("%s: %s", format.ext, d)
			}
		}
	})
}
