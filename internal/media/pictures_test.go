// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
)

// This file makes the pictures that the tests need, also those that no encoder
// at hand would write.

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func encodeJPEG(m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func encodePNG(m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// quarters has four colours, clockwise from the upper left: red, green, blue,
// and yellow; a picture turned wrongly is told by its corners.
func quarters(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	w, h := width/2, height/2
	fill := func(r image.Rectangle, c color.NRGBA) { draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src) }
	fill(image.Rect(0, 0, w, h), color.NRGBA{200, 30, 30, 255})
	fill(image.Rect(w, 0, width, h), color.NRGBA{30, 200, 30, 255})
	fill(image.Rect(w, h, width, height), color.NRGBA{30, 30, 200, 255})
	fill(image.Rect(0, h, w, height), color.NRGBA{200, 200, 30, 255})
	return m
}

// stored is the picture as a camera would store it under the orientation. It is
// written from the standard's words, pixel by pixel, not from our code.
func stored(shown *image.NRGBA, o int) *image.NRGBA {
	w, h := shown.Rect.Dx(), shown.Rect.Dy() // of what is stored
	if o >= 5 {
		w, h = h, w
	}
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := x, y
			switch o {
			case 2:
				u, v = w-1-x, y
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				u, v = x, h-1-y
			case 5:
				u, v = y, x
			case 6:
				u, v = h-1-y, x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = y, w-1-x
			}
			m.SetNRGBA(x, y, shown.NRGBAAt(u, v))
		}
	}
	return m
}

// segment is a JPEG segment.
func segment(marker byte, data string) []byte {
	b := []byte{0xff, marker, 0, 0}
	binary.BigEndian.PutUint16(b[2:], uint16(len(data)+2))
	return append(b, data...)
}

// withSegments puts segments behind the mark that a JPEG begins with.
func withSegments(file []byte, segments ...[]byte) []byte {
	return append(append([]byte{0xff, 0xd8}, bytes.Join(segments, nil)...), file[2:]...)
}

// exif is a TIFF block with orientation, three texts, and a place in the GPS
// directory.
func exif(orientation int, description, artist, copyright string) string {
	const entries = 5
	le := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00")
	b = le.AppendUint16(b, entries)
	data := 8 + 2 + entries*12 + 4
	var tail []byte
	entry := func(tag, kind uint16, count, value uint32) {
		b = le.AppendUint16(b, tag)
		b = le.AppendUint16(b, kind)
		b = le.AppendUint32(b, count)
		b = le.AppendUint32(b, value)
	}
	text := func(tag uint16, s string) {
		s += "\x00" + strings.Repeat("\x00", max(0, 4-len(s)))
		entry(tag, 2, uint32(len(s)), uint32(data+len(tail)))
		tail = append(tail, s...)
	}
	text(0x010e, description)
	entry(0x0112, 3, 1, uint32(orientation))
	text(0x013b, artist)
	text(0x8298, copyright)
	entry(0x8825, 4, 1, uint32(data+len(tail)))
	b = le.AppendUint32(b, 0)
	b = append(b, tail...)
	b = le.AppendUint16(b, 1) // the GPS directory: latitude N
	entry(1, 2, 2, uint32('N'))
	return string(le.AppendUint32(b, 0))
}

func exifSegment(block string) []byte { return segment(0xe1, "Exif\x00\x00"+block) }

func xmpSegment(properties string) []byte {
	return segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+xmp(properties))
}

func xmp(properties string) string {
	return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ` +
		`xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" ` +
		`xmlns:exif="http://ns.adobe.com/exif/1.0/">` + properties + `</rdf:Description></rdf:RDF></x:xmpmeta>`
}

func alt(name, text string) string {
	return "<" + name + `><rdf:Alt><rdf:li xml:lang="x-default">` + text + "</rdf:li></rdf:Alt></" + name + ">"
}

// iptcSegment holds records of IPTC's application record, by number.
func iptcSegment(records map[byte]string) []byte {
	b := []byte("\x1c\x01\x5a\x00\x03\x1b%G") // UTF-8
	for id, text := range records {
		b = append(b, 0x1c, 2, id, byte(len(text)>>8), byte(len(text)))
		b = append(b, text...)
	}
	if len(b)%2 == 1 {
		b = append(b, 0)
	}
	head := []byte("Photoshop 3.0\x008BIM\x04\x04\x00\x00")
	head = binary.BigEndian.AppendUint32(head, uint32(len(b)))
	return segment(0xed, string(head)+string(b))
}

// profile is the beginning of an ICC profile, as far as anybody here looks.
func profile(space, name string) string {
	b := make([]byte, 128, 300)
	copy(b[16:], space)
	copy(b[36:], "acsp")
	return string(append(b, name...))
}

// flatJPEG is a JPEG of blocks of one colour each, for kinds that no encoder at
// hand writes: of any number of components, progressive (with sof 0xc2), of
// many scans, with or without Adobe's segment.
type flatJPEG struct {
	blocks Size
	colour func(component, x, y int) byte
	parts  int
	sof    byte
	adobe  int // transform, or -1 for none
	scans  int
}

func (f flatJPEG) encode() []byte {
	b := []byte{0xff, 0xd8}
	if f.adobe >= 0 {
		b = append(b, segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00"+string(rune(f.adobe)))...)
	}
	b = append(b, segment(0xdb, "\x00"+strings.Repeat("\x08", 64))...)
	frame := binary.BigEndian.AppendUint16([]byte{8}, uint16(f.blocks.Height*8))
	frame = append(binary.BigEndian.AppendUint16(frame, uint16(f.blocks.Width*8)), byte(f.parts))
	scan := []byte{byte(f.parts)}
	for c := range f.parts {
		frame = append(frame, byte(c+1), 0x11, 0)
		scan = append(scan, byte(c+1), 0)
	}
	last := byte(63)
	if f.sof == 0xc2 {
		last = 0
	}
	scan = append(scan, 0, last, 0)
	b = append(b, segment(f.sof, string(frame))...)
	// Nine codes of four bits for DC, one of one bit for "no AC".
	b = append(b, segment(0xc4, "\x00\x00\x00\x00\x09"+strings.Repeat("\x00", 12)+"\x00\x01\x02\x03\x04\x05\x06\x07\x08")...)
	b = append(b, segment(0xc4, "\x10\x01"+strings.Repeat("\x00", 15)+"\x00")...)
	for range max(1, f.scans) {
		b = append(append(b, segment(0xda, string(scan))...), f.pixels()...)
	}
	return append(b, 0xff, 0xd9)
}

func (f flatJPEG) pixels() []byte {
	var w bitWriter
	before := make([]int, f.parts)
	for y := range f.blocks.Height {
		for x := range f.blocks.Width {
			for c := range f.parts {
				dc := int(f.colour(c, x, y)) - 128
				w.dc(dc - before[c])
				before[c] = dc
				if f.sof != 0xc2 {
					w.big(0, 1)
				}
			}
		}
	}
	w.big(0x7f, 7)
	return bytes.ReplaceAll(w.b, []byte{0xff}, []byte{0xff, 0})
}

type bitWriter struct {
	b    []byte
	bits uint64
	n    int
}

// big writes the n low bits of v, the highest first.
func (w *bitWriter) big(v uint64, n int) {
	w.bits, w.n = w.bits<<n|v&(1<<n-1), w.n+n
	for ; w.n >= 8; w.n -= 8 {
		w.b = append(w.b, byte(w.bits>>(w.n-8)))
	}
}

func (w *bitWriter) dc(diff int) {
	size := 0
	for v := max(diff, -diff); v > 0; v >>= 1 {
		size++
	}
	if diff < 0 {
		diff--
	}
	w.big(uint64(size), 4)
	w.big(uint64(diff), size)
}

// little writes the n low bits of v, the lowest first.
func (w *bitWriter) little(v uint64, n int) {
	w.bits, w.n = w.bits|v<<w.n, w.n+n
	for ; w.n >= 8; w.n -= 8 {
		w.b, w.bits = append(w.b, byte(w.bits)), w.bits>>8
	}
}

// vp8l is a lossless WebP stream of one colour.
func vp8l(width, height int, c color.NRGBA) []byte {
	w := bitWriter{b: []byte{0x2f}}
	w.little(uint64(width-1), 14)
	w.little(uint64(height-1), 14)
	w.little(1, 1) // alpha is used
	w.little(0, 3+1+1+1)
	for _, symbol := range []byte{c.G, c.R, c.B, c.A, 0} {
		w.little(0b101, 3) // a code of one symbol of eight bits
		w.little(uint64(symbol), 8)
	}
	w.little(0, 7+16)
	return w.b
}

func chunk(kind string, data []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(data)))
	b = append(b, data...)
	if len(data)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func riff(chunks ...[]byte) []byte {
	return chunk("RIFF", append([]byte("WEBP"), bytes.Join(chunks, nil)...))
}

func vp8x(width, height int, flags byte) []byte {
	b := []byte{flags, 0, 0, 0}
	return chunk("VP8X", appendUint24(appendUint24(b, width-1), height-1))
}

// anmf is a frame of an animated WebP; x and y are even.
func anmf(x, y, width, height int, c color.NRGBA) []byte {
	var b []byte
	for _, v := range []int{x / 2, y / 2, width - 1, height - 1, 100} {
		b = appendUint24(b, v)
	}
	return chunk("ANMF", append(append(b, 0), chunk("VP8L", vp8l(width, height, c))...))
}

func pngChunk(kind, data string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(b, kind+data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngHeader is a PNG that ends after its header.
func pngHeader(width, height uint32, depth, kind, interlace byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, width)
	b = binary.BigEndian.AppendUint32(b, height)
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", string(append(b, depth, kind, 0, 0, interlace)))...)
}

// afterHeader puts chunks behind the header of a PNG.
func afterHeader(file []byte, chunks ...[]byte) []byte {
	return append(append(bytes.Clone(file[:33]), bytes.Join(chunks, nil)...), file[33:]...)
}

// animation is a GIF whose first frame covers a part of the screen only.
func animation() []byte {
	frame := func(r image.Rectangle, c color.Color) *image.Paletted {
		m := image.NewPaletted(r, color.Palette{color.Transparent, c})
		draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src)
		return m
	}
	var b bytes.Buffer
	err := gif.EncodeAll(&b, &gif.GIF{
		Image: []*image.Paletted{
			frame(image.Rect(160, 80, 320, 160), color.NRGBA{200, 30, 30, 255}),
			frame(image.Rect(0, 0, 480, 320), color.NRGBA{30, 30, 200, 255}),
		},
		Delay:  []int{10, 10},
		Config: image.Config{Width: 480, Height: 320},
	})
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}
