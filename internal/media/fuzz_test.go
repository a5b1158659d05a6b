// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"image/color"
	"testing"
)

// FuzzInspect feeds what nobody would send: it must end, and what Inspect lets
// through must be rendered in the promised size or refused with a reason.
func FuzzInspect(f *testing.F) {
	for _, seed := range [][]byte{
		nil, []byte("<svg/>"), []byte("%PDF-1.7"), []byte("%PDF-1.7\n%%EOF"), []byte("\x00\x00\x00\x10ftypisom....\x00\x00\x00\x01moov\x00\x00\x00\x00\x00\x00\x00\x10"),
		append(encodeJPEG(quarters(20, 12)), emptyZIP...), []byte("RIFF\x04\x00\x00\x00WAVE"), []byte("\x00\x00\x00\x18ftypheic...."), []byte("ID3\x04"), []byte("\xff\xfb\x90\x64"),
		encodeJPEG(quarters(20, 12)),
		withSegments(encodeJPEG(quarters(20, 12)), exifSegment(exif(6, "A caption", "Somebody", "©")), iptcSegment(map[byte]string{120: "Caption"}),
			xmpSegment(alt("dc:description", "Caption")), segment(0xe2, "ICC_PROFILE\x00\x01\x01"+profile("RGB ", "P3"))),
		flatJPEG{blocks: Size{2, 2}, colour: func(c, x, y int) byte { return byte(40 * (c + x + y)) }, parts: 4, sof: 0xc0}.encode(),
		flatJPEG{blocks: Size{2, 2}, colour: func(c, x, y int) byte { return byte(40 * (c + x + y)) }, parts: 3, sof: 0xc2, adobe: -1, scans: 2}.encode(),
		encodePNG(quarters(20, 12)),
		afterHeader(encodePNG(quarters(20, 12)), pngChunk("eXIf", exif(8, "", "", "")), pngChunk("iCCP", "x\x00\x00"+string(zlibbed([]byte(profile("RGB ", "P3")))))),
		pngHeader(60000, 60000, 8, 2, 0),
		animation(),
		riff(chunk("VP8L", vp8l(20, 12, color.NRGBA{1, 2, 3, 4}))),
		riff(vp8x(20, 12, 8), chunk("VP8L", vp8l(20, 12, red)), chunk("EXIF", []byte(exif(5, "", "", "")))),
		riff(vp8x(20, 12, 2), chunk("ANIM", make([]byte, 6)), anmf(2, 2, 10, 8, red)),
	} {
		f.Add(seed)
	}
	limits := Limits{Pixels: 1 << 16, Memory: 1 << 22, PictureBytes: 1 << 20}.withDefaults()
	f.Fuzz(func(t *testing.T, file []byte) {
		info, err := limits.Inspect(bytes.NewReader(file))
		if err != nil || info.Width == 0 {
			return
		}
		s, err := survey(bytes.NewReader(file), limits)
		if err != nil {
			t.Fatalf("Inspect let it through, survey did not: %v", err)
		}
		pic, err := decode(t.Context(), bytes.NewReader(file), s)
		if err != nil {
			return
		}
		shown := Size{info.Width, info.Height}
		for _, shape := range []Shape{Whole, Square} {
			for _, to := range Sizes(shown, shape) {
				got := pic.scale(cut(shown, shape, Focus{}), to, s.orientation)
				if got.Size != to || len(got.planes[0].pix) != to.Width*to.Height {
					t.Errorf("%v of %v became %v", shape, shown, got.Size)
				}
			}
		}
	})
}
