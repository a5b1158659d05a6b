// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
)

func TestInspect(t *testing.T) {
	t.Parallel()
	gray := image.NewGray(image.Rect(0, 0, 30, 20))
	tests := []struct {
		name string
		file []byte
		want Info
	}{
		{"jpeg", encodeJPEG(quarters(30, 20)), Info{Kind: stet.Image, MIME: "image/jpeg", Extension: "jpg", Width: 30, Height: 20, Orientation: 1}},
		{"gray jpeg", encodeJPEG(gray), Info{Kind: stet.Image, MIME: "image/jpeg", Extension: "jpg", Width: 30, Height: 20, Orientation: 1}},
		{"turned jpeg", withSegments(encodeJPEG(quarters(30, 20)), exifSegment(exif(6, "", "", ""))),
			Info{Kind: stet.Image, MIME: "image/jpeg", Extension: "jpg", Width: 20, Height: 30, Orientation: 6}},
		{"impossible orientation", withSegments(encodeJPEG(quarters(30, 20)), exifSegment(exif(9, "", "", ""))),
			Info{Kind: stet.Image, MIME: "image/jpeg", Extension: "jpg", Width: 30, Height: 20, Orientation: 1}},
		{"jpeg with something behind its end", append(encodeJPEG(gray), "and more"...),
			Info{Kind: stet.Image, MIME: "image/jpeg", Extension: "jpg", Width: 30, Height: 20, Orientation: 1}},
		{"jpeg without its end mark", bytes.TrimSuffix(encodeJPEG(gray), []byte{0xff, 0xd9}),
			Info{Kind: stet.Image, MIME: "image/jpeg", Extension: "jpg", Width: 30, Height: 20, Orientation: 1}},
		{"progressive jpeg", flatJPEG{blocks: Size{3, 2}, colour: func(int, int, int) byte { return 99 }, parts: 3, sof: 0xc2, adobe: -1}.encode(),
			Info{Kind: stet.Image, MIME: "image/jpeg", Extension: "jpg", Width: 24, Height: 16, Orientation: 1}},
		{"png", encodePNG(quarters(30, 20)), Info{Kind: stet.Image, MIME: "image/png", Extension: "png", Width: 30, Height: 20, Orientation: 1}},
		{"turned png", afterHeader(encodePNG(quarters(30, 20)), pngChunk("eXIf", exif(8, "", "", ""))),
			Info{Kind: stet.Image, MIME: "image/png", Extension: "png", Width: 20, Height: 30, Orientation: 8}},
		{"gif", animation(), Info{Kind: stet.Image, MIME: "image/gif", Extension: "gif", Width: 480, Height: 320, Orientation: 1, Animated: true}},
		{"gif without its end", bytes.TrimSuffix(animation(), []byte{0x3b}),
			Info{Kind: stet.Image, MIME: "image/gif", Extension: "gif", Width: 480, Height: 320, Orientation: 1, Animated: true}},
		{"webp", riff(chunk("VP8L", vp8l(30, 20, color.NRGBA{1, 2, 3, 255}))),
			Info{Kind: stet.Image, MIME: "image/webp", Extension: "webp", Width: 30, Height: 20, Orientation: 1}},
		{"turned webp", riff(vp8x(30, 20, 8), chunk("VP8L", vp8l(30, 20, color.NRGBA{1, 2, 3, 255})), chunk("EXIF", []byte(exif(5, "", "", "")))),
			Info{Kind: stet.Image, MIME: "image/webp", Extension: "webp", Width: 20, Height: 30, Orientation: 5}},
		{"animated webp", riff(vp8x(30, 20, 2), chunk("ANIM", make([]byte, 6)), anmf(0, 0, 30, 20, color.NRGBA{A: 255}), anmf(2, 2, 4, 4, color.NRGBA{A: 255})),
			Info{Kind: stet.Image, MIME: "image/webp", Extension: "webp", Width: 30, Height: 20, Orientation: 1, Animated: true}},
		{"pdf", []byte("%PDF-1.7\n...%%EOF\n"), Info{Kind: stet.Document, MIME: "application/pdf", Extension: "pdf"}},
		{"mp3 with tags", []byte("ID3\x04\x00\x00..."), Info{Kind: stet.Audio, MIME: "audio/mpeg", Extension: "mp3"}},
		{"mp3", []byte("\xff\xfb\x90\x64..."), Info{Kind: stet.Audio, MIME: "audio/mpeg", Extension: "mp3"}},
		{"aac", []byte("\xff\xf1\x50\x80..."), Info{Kind: stet.Audio, MIME: "audio/aac", Extension: "aac"}},
		{"ogg", []byte("OggS\x00...OpusHead"), Info{Kind: stet.Audio, MIME: "audio/ogg", Extension: "ogg"}},
		{"theora", []byte("OggS\x00...\x80theora"), Info{Kind: stet.Video, MIME: "video/ogg", Extension: "ogv"}},
		{"flac", []byte("fLaC..."), Info{Kind: stet.Audio, MIME: "audio/flac", Extension: "flac"}},
		{"wav", []byte("RIFF\x04\x00\x00\x00WAVE"), Info{Kind: stet.Audio, MIME: "audio/wav", Extension: "wav"}},
		{"m4a", []byte("\x00\x00\x00\x10ftypM4A ....\x00\x00\x00\x08moov"), Info{Kind: stet.Audio, MIME: "audio/mp4", Extension: "m4a"}},
		{"mp4", []byte("\x00\x00\x00\x10ftypisom....\x00\x00\x00\x08moov"), Info{Kind: stet.Video, MIME: "video/mp4", Extension: "mp4"}},
		{"mov", []byte("\x00\x00\x00\x10ftypqt  ....\x00\x00\x00\x08moov"), Info{Kind: stet.Video, MIME: "video/quicktime", Extension: "mov"}},
		{"webm", []byte("\x1a\x45\xdf\xa3....B\x82\x84webm"), Info{Kind: stet.Video, MIME: "video/webm", Extension: "webm"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := Inspect(bytes.NewReader(test.file))
			if err != nil {
				t.Fatal(err)
			}
			if len(got.SHA256) != 64 || got.Size != int64(len(test.file)) {
				t.Errorf("SHA256 %q, Size %d; want that of %d bytes", got.SHA256, got.Size, len(test.file))
			}
			if err := CheckKey(got.Key()); err != nil {
				t.Errorf("Key() = %q: %v", got.Key(), err)
			}
			got.SHA256, got.Size = "", 0
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Inspect (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInspectRefuses(t *testing.T) {
	t.Parallel()
	photo := encodeJPEG(quarters(100, 80))
	bigJPEG := bytes.Clone(photo)
	sof := bytes.Index(bigJPEG, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint32(bigJPEG[sof+5:], 0xea60ea60)
	black := func(int, int, int) byte { return 0 }
	tests := []struct {
		name   string
		file   []byte
		code   stet.Code
		reason string // a part of the message
	}{
		{"nothing", nil, stet.Invalid, "empty"},
		{"svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), stet.Invalid, "SVG"},
		{"svg with a declaration", []byte("\xef\xbb\xbf\n <?xml version='1.0'?><!-- x --><SVG/>"), stet.Invalid, "SVG"},
		{"html named jpg", []byte("<!DOCTYPE html><title>404</title>"), stet.Invalid, "web page"},
		{"heic", []byte("\x00\x00\x00\x18ftypheic...."), stet.Invalid, "HEIC"},
		{"avif", []byte("\x00\x00\x00\x18ftypavif...."), stet.Invalid, "AVIF"},
		{"tiff", []byte("II*\x00...."), stet.Invalid, "TIFF"},
		{"zip", []byte("PK\x03\x04...."), stet.Invalid, "archive"},
		{"program", []byte("\x7fELF\x02\x01\x01"), stet.Invalid, "none of"},
		{"two bytes of an mp3", []byte("\xff\xfb"), stet.Invalid, "none of"},

		{"jpeg cut in its pixels", photo[:len(photo)/2+200], stet.Invalid, "cut short"},
		{"mp4 cut short", []byte("\x00\x00\x00\x10ftypisom....\x00\x00\x00\x08moov\x00\x00\x10\x00mdat...."), stet.Invalid, "cut short"},
		{"mp4 without a movie", []byte("\x00\x00\x00\x10ftypisom...."), stet.Invalid, "cut short"},
		{"pdf cut short", []byte("%PDF-1.7\n1 0 obj"), stet.Invalid, "cut short"},
		{"wav cut short", []byte("RIFF\x00\x10\x00\x00WAVEfmt "), stet.Invalid, "cut short"},
		{"picture and archive", append(bytes.Clone(photo), emptyZIP...), stet.Invalid, "archive"},
		{"document and archive", []byte("%PDF-1.7\n%%EOF\n" + emptyZIP), stet.Invalid, "archive"},
		{"picture and program", append(bytes.Clone(photo), "<?php echo 1"...), stet.Invalid, "web page or program"},
		{"page in a comment", withSegments(photo, segment(0xfe, "<SCRIPT>alert(1)</SCRIPT>")), stet.Invalid, "web page or program"},
		{"jpeg cut in its header", photo[:300], stet.Invalid, "cut short"},
		{"jpeg of three bytes", photo[:3], stet.Invalid, "cut short"},
		{"jpeg without pixels", append(bytes.Clone(photo[:2]), 0xff, 0xd9), stet.Invalid, "no pixels"},
		{"jpeg with rubbish", append(bytes.Clone(photo[:2]), "\xff\xe0\x00\x02rubbish"...), stet.Invalid, "damaged"},
		{"png cut short", encodePNG(quarters(50, 50))[:60], stet.Invalid, "cut short"},
		{"png of a header", append(pngHeader(9, 9, 8, 2, 0), pngChunk("IEND", "")...), stet.Invalid, "header only"},
		{"gif cut short", animation()[:40], stet.Invalid, "cut short"},
		{"webp cut short", riff(chunk("VP8L", vp8l(30, 20, red)))[:22], stet.Invalid, "cut short"},
		{"webp whose headers differ", riff(vp8x(3, 2, 0), chunk("VP8L", vp8l(30, 20, red))), stet.Invalid, "contradict"},
		{"webp with a frame too large", riff(vp8x(3, 2, 2), anmf(0, 0, 30, 20, red)), stet.Invalid, "larger than the picture"},
		{"cmyk without adobe's segment", flatJPEG{blocks: Size{2, 2}, colour: black, parts: 4, sof: 0xc0, adobe: -1}.encode(), stet.Invalid, "cannot be opened"},
		{"two components", flatJPEG{blocks: Size{2, 2}, colour: black, parts: 2, sof: 0xc0, adobe: -1}.encode(), stet.Invalid, "cannot be opened"},
		{"arithmetic jpeg", flatJPEG{blocks: Size{2, 2}, colour: black, parts: 3, sof: 0xc9, adobe: -1}.encode(), stet.Invalid, "arithmetic"},

		{"png bomb", append(pngHeader(60000, 60000, 8, 2, 0), pngChunk("IDAT", string(zlibbed(make([]byte, 1<<20))))...), stet.TooLarge, "60000 by 60000"},
		{"png of impossible size", pngHeader(1<<31-1, 1<<31-1, 16, 6, 1), stet.TooLarge, "pixels"},
		{"png of negative size", pngHeader(1<<32-1, 9, 16, 6, 1), stet.Invalid, "impossible"},
		{"png without width", pngHeader(0, 9, 8, 6, 0), stet.Invalid, "no extent"},
		{"png that is one line", pngHeader(99_000_000, 1, 8, 0, 0), stet.TooLarge, "a side"},
		{"png of deep colour", append(pngHeader(9999, 9999, 16, 6, 1), pngChunk("IDAT", "")...), stet.Invalid, "cut short"},
		{"jpeg bomb", bigJPEG, stet.TooLarge, "60000 by 60000"},
		{"gif bomb", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), stet.TooLarge, "65535 by 65535"},
		{"webp bomb", riff(vp8x(16384, 16384, 0)), stet.TooLarge, "16384 by 16384"},
		{"webp bomb without a canvas", riff(chunk("VP8L", vp8l(16384, 16384, red))), stet.TooLarge, "16384 by 16384"},
		{"jpeg of many scans", flatJPEG{blocks: Size{2, 2}, colour: black, parts: 3, sof: 0xc2, adobe: -1, scans: 101}.encode(), stet.TooLarge, "passes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			info, err := Inspect(bytes.NewReader(test.file))
			if stet.ErrorCode(err) != test.code || !strings.Contains(fmt.Sprint(err), test.reason) {
				t.Errorf("Inspect = %+v, %v (%s); want %s with %q", info, err, stet.ErrorCode(err), test.code, test.reason)
			}
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// zlibbed is the data as PNG packs it.
func zlibbed(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

func TestLimits(t *testing.T) {
	t.Parallel()
	photo := encodeJPEG(quarters(100, 80))
	progressive := flatJPEG{blocks: Size{20, 20}, colour: func(int, int, int) byte { return 0 }, parts: 3, sof: 0xc2, adobe: -1}.encode()
	tests := []struct {
		name   string
		limits Limits
		file   []byte
		want   stet.Code
	}{
		{"at the limit", Limits{Pixels: 8000, Side: 100, PictureBytes: int64(len(photo)), FileBytes: 1}, photo, ""},
		{"pixels", Limits{Pixels: 7999}, photo, stet.TooLarge},
		{"side", Limits{Side: 99}, photo, stet.TooLarge},
		{"bytes", Limits{PictureBytes: int64(len(photo)) - 1}, photo, stet.TooLarge},
		{"memory", Limits{Memory: 12000}, photo, ""},
		{"memory of a progressive one", Limits{Memory: 200_000}, progressive, stet.TooLarge},
		{"bytes of a recording", Limits{FileBytes: 10}, []byte("ID3\x04........."), stet.TooLarge},
	}
	for _, test := range tests {
		if _, err := test.limits.Inspect(bytes.NewReader(test.file)); stet.ErrorCode(err) != test.want {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

func TestInspectTexts(t *testing.T) {
	t.Parallel()
	photo := encodeJPEG(quarters(16, 16))
	fromEXIF := exifSegment(exif(1, "A harbour\x00", "E. Camera", "© Exif"))
	fromIPTC := iptcSegment(map[byte]string{120: "The harbour of Vessen", 110: "Agency", 80: "Ida Photographer", 116: "© Iptc"})
	fromXMP := xmpSegment(alt("dc:description", "The harbour\n at  dawn") + alt("dc:rights", "© Xmp") + alt("xmpRights:UsageTerms", "CC BY 4.0") +
		alt("Iptc4xmpCore:AltTextAccessibility", "Boats in mist") + "<photoshop:Credit>The Agency</photoshop:Credit>" +
		"<dc:creator><rdf:Seq><rdf:li>Ida</rdf:li><rdf:li>Ole</rdf:li></rdf:Seq></dc:creator><exif:GPSLatitude>48,8.5N</exif:GPSLatitude>")
	webp := riff(vp8x(30, 20, 4), chunk("VP8L", vp8l(30, 20, color.NRGBA{})), chunk("XMP ", []byte(xmp(alt("dc:description", "In WebP")))))
	bloated := riff(vp8x(30, 20, 4), chunk("VP8L", vp8l(30, 20, color.NRGBA{})),
		chunk("XMP ", []byte(xmp(alt("dc:description", "In WebP")+strings.Repeat("<x/>", 100_000)))))
	tests := []struct {
		name string
		file []byte
		want Info
	}{
		{"none", photo, Info{}},
		{"exif", withSegments(photo, fromEXIF), Info{Caption: "A harbour", Creator: "E. Camera", Copyright: "© Exif"}},
		{"iptc", withSegments(photo, fromIPTC), Info{Caption: "The harbour of Vessen", Credit: "Agency", Creator: "Ida Photographer", Copyright: "© Iptc"}},
		{"iptc that does not say how it is written", withSegments(photo, bytes.Replace(fromIPTC, []byte("\x1c\x01\x5a\x00\x03\x1b%G"), []byte("\x1c\x01\x46\x00\x03abc"), 1)),
			Info{Caption: "The harbour of Vessen", Credit: "Agency", Creator: "Ida Photographer", Copyright: "© Iptc"}},
		{"all", withSegments(photo, fromEXIF, fromIPTC, fromXMP), Info{Caption: "The harbour at dawn", Alt: "Boats in mist", Credit: "The Agency",
			Creator: "Ida, Ole", Copyright: "© Xmp", Licence: "CC BY 4.0"}},
		{"a camera's name", withSegments(photo, exifSegment(exif(1, "OLYMPUS DIGITAL CAMERA         ", "", ""))), Info{}},
		{"bad bytes", withSegments(photo, exifSegment(exif(1, "A\x01b\tc", "", ""))), Info{Caption: "Abc"}},
		{"damaged metadata", withSegments(photo, exifSegment("II*\x00\xff\xff\xff\xff"), xmpSegment("<broken")), Info{}},
		{"webp", webp, Info{Caption: "In WebP"}},
		{"webp with bloated metadata", bloated, Info{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := Inspect(bytes.NewReader(test.file))
			if err != nil {
				t.Fatal(err)
			}
			got = Info{Caption: got.Caption, Alt: got.Alt, Credit: got.Credit, Creator: got.Creator, Copyright: got.Copyright, Licence: got.Licence}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("texts (-want +got):\n%s", diff)
			}
		})
	}
	long := withSegments(photo, exifSegment(exif(1, strings.Repeat("ä", 3000), "", "")))
	if got := must(Inspect(bytes.NewReader(long))).Caption; len([]rune(got)) != maxText {
		t.Errorf("a caption of 3000 runes became %d", len([]rune(got)))
	}
}

// emptyZIP is the directory that ends an archive of nothing.
const emptyZIP = "PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
