// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bep/imagemeta"
)

// texts are what a picture's metadata says about it, by the field of Info; each
// with the rank of the source it came from.
type texts map[string]text

type text struct {
	rank  int
	value string
}

const (
	fieldCaption   = "caption"
	fieldAlt       = "alt"
	fieldCredit    = "credit"
	fieldCreator   = "creator"
	fieldCopyright = "copyright"
	fieldLicence   = "licence"
	fieldTaken     = "taken"
)

// tagFields are the only tags that are looked at; where a picture was taken is
// not among them and so cannot leak. For a field that is filled more than once
// the lowest rank wins: XMP, which today's programs write, then IPTC, then
// EXIF, where cameras leave their own name as a description.
var tagFields = map[imagemeta.Source]map[string]text{
	imagemeta.XMP: {
		"http://purl.org/dc/elements/1.1/ Description":                     {1, fieldCaption},
		"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/ AltTextAccessibility": {1, fieldAlt},
		"http://ns.adobe.com/photoshop/1.0/ Credit":                        {1, fieldCredit},
		"http://purl.org/dc/elements/1.1/ Creator":                         {1, fieldCreator},
		"http://ns.adobe.com/photoshop/1.0/ DateCreated":                   {1, fieldTaken},
		"http://purl.org/dc/elements/1.1/ Rights":                          {1, fieldCopyright},
		"http://creativecommons.org/ns# License":                           {1, fieldLicence},
		"http://ns.adobe.com/xap/1.0/rights/ UsageTerms":                   {2, fieldLicence},
		"http://ns.adobe.com/xap/1.0/rights/ WebStatement":                 {3, fieldLicence},
	},
	imagemeta.IPTC: {
		"Caption-Abstract": {4, fieldCaption},
		"Credit":           {4, fieldCredit},
		"By-line":          {4, fieldCreator},
		"CopyrightNotice":  {4, fieldCopyright},
		"DateCreated":      {4, fieldTaken},
	},
	imagemeta.EXIF: {
		"ImageDescription": {5, fieldCaption},
		"Artist":           {5, fieldCreator},
		"Copyright":        {5, fieldCopyright},
		"DateTimeOriginal": {5, fieldTaken},
	},
}

// tagField finds the field that a tag fills.
func tagField(t imagemeta.TagInfo) (text, bool) {
	name := t.Tag
	switch t.Source {
	case imagemeta.XMP:
		name = t.Namespace + " " + t.Tag
	case imagemeta.EXIF:
		if t.Namespace != "IFD0" && t.Tag != "DateTimeOriginal" {
			return text{}, false // the thumbnail has a description of its own
		}
	}
	f, ok := tagFields[t.Source][name]
	return f, ok
}

// maxMetadata bounds the chunks of a WebP that are parsed: JPEG sets a bound
// itself, and XML takes many times its size in memory.
const maxMetadata = 256 << 10

// readTexts reads the orientation and the texts from the metadata. Damaged
// metadata is no reason to refuse a picture: what was read until then counts.
func readTexts(r io.ReadSeeker, s *surveyed) (orientation, texts) {
	o, found := orientation(1), texts{}
	formats := map[format]imagemeta.ImageFormat{formatJPEG: imagemeta.JPEG, formatPNG: imagemeta.PNG, formatWebP: imagemeta.WebP}
	f, ok := formats[s.format]
	if s.format == formatWebP {
		r = bytes.NewReader(s.metadata.pack())
	}
	if _, err := r.Seek(0, io.SeekStart); !ok || err != nil {
		return o, found
	}
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: f, Sources: imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool {
			_, ok := tagField(t)
			return ok || isOrientation(t) || t.Tag == "CodedCharacterSet" // by which IPTC's texts are read
		},
		HandleTag: func(t imagemeta.TagInfo) error {
			if v, ok := t.Value.(uint16); ok && isOrientation(t) && v >= 1 && v <= 8 {
				o = orientation(v)
			}
			if f, ok := tagField(t); ok {
				found.add(f.value, f.rank, plainText(t.Value, t.Source == imagemeta.IPTC))
			}
			return nil
		},
	})
	return o, found
}

func isOrientation(t imagemeta.TagInfo) bool {
	return t.Source == imagemeta.EXIF && t.Namespace == "IFD0" && t.Tag == "Orientation"
}

func (t texts) add(field string, rank int, value string) {
	if old, ok := t[field]; value != "" && (!ok || rank < old.rank) {
		t[field] = text{rank, value}
	}
}

func (t texts) fill(i *Info) {
	i.Caption, i.Alt = t[fieldCaption].value, t[fieldAlt].value
	i.Credit, i.Creator = t[fieldCredit].value, t[fieldCreator].value
	i.Copyright, i.Licence = t[fieldCopyright].value, t[fieldLicence].value
	i.Taken = day(t[fieldTaken].value)
}

// day is the day of a date as EXIF, IPTC and XMP write it; empty when it is
// none, or what a camera says whose clock nobody has set.
func day(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	if len(digits) < 8 {
		return ""
	}
	t, err := time.Parse("20060102", digits[:8])
	if err != nil || t.Year() < 1826 || t.Year() > 2200 {
		return ""
	}
	return t.Format("2006-01-02")
}

// maxText is how many runes of a text are kept: a long caption has 500.
const maxText = 2000

// cameraNames are what cameras leave as a description that nobody wrote.
var cameraNames = map[string]bool{
	"OLYMPUS DIGITAL CAMERA": true, "SONY DSC": true, "DCIM": true, "default": true, "Digital Camera": true,
	"MINOLTA DIGITAL CAMERA": true, "SAMSUNG": true, "KONICA MINOLTA DIGITAL CAMERA": true, "DIGITAL CAMERA": true,
	"untitled": true, "Picasa": true, "binary comment": true, "Exif_JPEG_PICTURE": true,
}

// plainText makes one line of clean text of a tag's value: valid UTF-8 without
// control characters, several values joined by commas.
func plainText(v any, guessed bool) string {
	var s string
	switch v := v.(type) {
	case string:
		s = v
	case []string:
		s = strings.Join(v, ", ")
	default:
		return ""
	}
	if guessed {
		s = unmistaken(s)
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == '\uFEFF':
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > maxText {
		s = string(runes[:maxText])
	}
	if cameraNames[s] {
		return ""
	}
	return s
}

// unmistaken repairs UTF-8 that was taken for Latin-1, which IPTC prescribes
// where nothing is said, and which hardly any program obeys.
func unmistaken(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return s
		}
		b = append(b, byte(r))
	}
	if utf8.Valid(b) {
		return string(b)
	}
	return s
}
