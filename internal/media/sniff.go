// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"strings"

	"stet"
)

// format is a kind of file that we take.
type format struct {
	mime string
	ext  string
	kind stet.AssetKind
}

// The formats that we take. Only the pictures are ever opened.
var (
	formatJPEG = format{"image/jpeg", "jpg", stet.Image}
	formatPNG  = format{"image/png", "png", stet.Image}
	formatGIF  = format{"image/gif", "gif", stet.Image}
	formatWebP = format{"image/webp", "webp", stet.Image}
	formatPDF  = format{"application/pdf", "pdf", stet.Document}
	formatMP4  = format{"video/mp4", "mp4", stet.Video}
	formatMOV  = format{"video/quicktime", "mov", stet.Video}
	formatWebM = format{"video/webm", "webm", stet.Video}
	formatOGV  = format{"video/ogg", "ogv", stet.Video}
	formatM4A  = format{"audio/mp4", "m4a", stet.Audio}
	formatMP3  = format{"audio/mpeg", "mp3", stet.Audio}
	formatAAC  = format{"audio/aac", "aac", stet.Audio}
	formatOGG  = format{"audio/ogg", "ogg", stet.Audio}
	formatFLAC = format{"audio/flac", "flac", stet.Audio}
	formatWAV  = format{"audio/wav", "wav", stet.Audio}
)

// sniffed is how many bytes of a file's beginning decide what it is.
const sniffed = 512

// sniff tells the format from how the file begins. The name and what a server
// said of the file have no say: both are often wrong, and sometimes on purpose.
func sniff(head []byte) (format, error) {
	has := func(offset int, magic string) bool {
		return len(head) >= offset+len(magic) && string(head[offset:offset+len(magic)]) == magic
	}
	switch {
	case has(0, "\xff\xd8\xff"):
		return formatJPEG, nil
	case has(0, "\x89PNG\r\n\x1a\n"):
		return formatPNG, nil
	case has(0, "GIF87a"), has(0, "GIF89a"):
		return formatGIF, nil
	case has(0, "RIFF") && has(8, "WEBP"):
		return formatWebP, nil
	case has(0, "RIFF") && has(8, "WAVE"):
		return formatWAV, nil
	case has(0, "%PDF-"):
		return formatPDF, nil
	case has(0, "fLaC"):
		return formatFLAC, nil
	case has(0, "\x1a\x45\xdf\xa3") && bytes.Contains(head, []byte("webm")):
		return formatWebM, nil
	case has(0, "OggS"):
		if bytes.Contains(head, []byte("\x80theora")) {
			return formatOGV, nil
		}
		return formatOGG, nil
	case has(0, "ID3"):
		return formatMP3, nil
	case has(4, "ftyp"):
		return sniffISO(head)
	case len(head) >= 4 && head[0] == 0xff && head[1]&0xe0 == 0xe0:
		return sniffMPEG(head)
	}
	return format{}, refusal(head)
}

// sniffISO tells apart what lies in the ISO base media container, by brand.
func sniffISO(head []byte) (format, error) {
	if len(head) < 12 {
		return format{}, refusal(head)
	}
	switch brand := string(head[8:12]); {
	case brand == "qt  ":
		return formatMOV, nil
	case strings.HasPrefix(brand, "M4A"), strings.HasPrefix(brand, "M4B"):
		return formatM4A, nil
	case strings.HasPrefix(brand, "iso"), strings.HasPrefix(brand, "mp4"), strings.HasPrefix(brand, "avc"),
		strings.HasPrefix(brand, "M4V"), strings.HasPrefix(brand, "3gp"), brand == "dash", brand == "MSNV":
		return formatMP4, nil
	}
	return format{}, refusal(head)
}

// sniffMPEG looks at the header of an audio frame. Two bytes would be little to
// go by, so the fields that follow them have to make sense as well.
func sniffMPEG(head []byte) (format, error) {
	layer, bitrate, rate := head[1]>>1&3, head[2]>>4, head[2]>>2&3
	switch {
	case head[1]&0xf6 == 0xf0 && head[2]>>2&15 < 13:
		return formatAAC, nil
	case layer == 1 && bitrate != 0 && bitrate != 15 && rate != 3 && head[1]>>3&3 != 1:
		return formatMP3, nil
	}
	return format{}, refusal(head)
}

// refusal says why a file is not taken, by name where people send such files.
func refusal(head []byte) error {
	text := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")))
	starts := func(magic ...string) bool {
		for _, m := range magic {
			if bytes.HasPrefix(head, []byte(m)) {
				return true
			}
		}
		return false
	}
	no := func(reason string) error { return stet.Errorf(stet.Invalid, "%s", reason) }
	switch {
	case len(head) == 0:
		return no("the file is empty")
	case strings.HasPrefix(text, "<svg"), strings.HasPrefix(text, "<?xml") && strings.Contains(text, "<svg"),
		strings.HasPrefix(text, "<!doctype svg"):
		return no("SVG drawings are not taken yet: they can carry scripts; export the drawing as PNG")
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<head"), strings.HasPrefix(text, "<script"):
		return no("this is a web page, not a picture or recording")
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && strings.Contains("heic heix hevc mif1 msf1 heim heis", string(head[8:12])):
		return no("HEIC pictures are not taken yet; save it as JPEG")
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && strings.Contains("avif avis", string(head[8:12])):
		return no("AVIF pictures are not taken yet; save it as JPEG")
	case starts("II*\x00", "MM\x00*"):
		return no("TIFF and camera raw files are not taken yet; save it as JPEG")
	case starts("BM"):
		return no("BMP pictures are not taken; save it as PNG")
	case starts("\xff\x0a", "\x00\x00\x00\x0cJXL "):
		return no("JPEG XL pictures are not taken; save it as JPEG")
	case starts("8BPS"):
		return no("Photoshop files are not taken; save it as JPEG or PNG")
	case starts("PK\x03\x04"):
		return no("this is an archive or office file, not a picture or recording")
	}
	return no("the file is none of JPEG, PNG, GIF, WebP, PDF, or audio and video that we know")
}
