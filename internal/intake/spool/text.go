// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package spool

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

// Text reads what may be in any encoding as UTF-8 that holds nothing which XML
// forbids. The encoding is found out by the byte order mark or by what the
// file says of itself. Bytes that are not valid UTF-8 where UTF-8 was promised
// are read as Windows-1252, which they nearly always are; control characters
// are left out. Both are counted.
type Text struct {
	Encoding string // as found
	Repaired int    // bytes that were not valid
	Dropped  int    // control characters
	// FirstRepair and FirstDrop are the offsets in the clean text at which that
	// happened first.
	FirstRepair, FirstDrop int64

	r    io.Reader
	in   []byte // read and not yet cleaned
	out  []byte // clean and not yet handed out
	done int64  // bytes handed to out so far
	err  error
}

var (
	declared = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)
	cp1252   = charmap.Windows1252
)

// NewText returns a reader of the text of r.
func NewText(r io.Reader) *Text {
	t := &Text{Encoding: "utf-8"}
	head := make([]byte, 1024)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	if err == nil || n == 0 && err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	t.err = err
	if label := encodingOf(head); label != "" {
		t.Encoding = label
	}
	whole := io.MultiReader(bytes.NewReader(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))), r)
	t.r = whole
	if t.Encoding != "utf-8" {
		if enc, name := charset.Lookup(t.Encoding); enc != nil && name != "utf-8" && name != "replacement" {
			t.r = enc.NewDecoder().Reader(whole)
		}
	}
	return t
}

func encodingOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return ""
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00?\x00")):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<\x00?")):
		return "utf-16be"
	}
	if m := declared.FindSubmatch(head); m != nil {
		label := strings.ToLower(string(m[1]))
		if !strings.HasPrefix(label, "utf-16") && !strings.HasPrefix(label, "ucs-2") { // it would have been seen above
			return label
		}
	}
	return ""
}

func (t *Text) Read(p []byte) (int, error) {
	for len(t.out) == 0 {
		if t.err != nil && len(t.in) == 0 {
			return 0, t.err
		}
		t.fill()
	}
	n := copy(p, t.out)
	t.out = t.out[n:]
	return n, nil
}

// fill reads the next block and cleans what of it is whole.
func (t *Text) fill() {
	block := make([]byte, len(t.in)+32<<10)
	n := copy(block, t.in)
	if t.err == nil {
		var m int
		m, t.err = t.r.Read(block[n:])
		n += m
		if t.err != nil && t.err != io.EOF {
			t.err = fmt.Errorf("read: %w", t.err)
		}
	}
	block = block[:n]
	whole := len(block)
	if t.err == nil {
		whole -= incomplete(block)
	}
	t.out = t.clean(block[:whole])
	t.done += int64(len(t.out))
	t.in = block[whole:]
}

// incomplete returns how many bytes at the end begin a character that goes on.
func incomplete(b []byte) int {
	for i := 1; i <= min(utf8.UTFMax-1, len(b)); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if c >= 0xc0 && !utf8.FullRune(b[len(b)-i:]) {
				return i
			}
			return 0
		}
	}
	return 0
}

func (t *Text) clean(b []byte) []byte {
	if utf8.Valid(b) && !hasForbidden(b) {
		return b
	}
	out := make([]byte, 0, len(b)+16)
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			if t.Repaired == 0 {
				t.FirstRepair = t.done + int64(len(out))
			}
			t.Repaired++
			if r = cp1252.DecodeByte(b[0]); !forbidden(r) {
				out = utf8.AppendRune(out, r)
			}
		case forbidden(r):
			if t.Dropped == 0 {
				t.FirstDrop = t.done + int64(len(out))
			}
			t.Dropped++
		default:
			out = append(out, b[:size]...)
		}
		b = b[size:]
	}
	return out
}

func hasForbidden(b []byte) bool {
	for i, c := range b {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f {
			return true
		}
		// U+FFFE and U+FFFF begin with EF BF; so does nothing frequent.
		if c == 0xef && i+2 < len(b) && b[i+1] == 0xbf && b[i+2] >= 0xbe {
			return true
		}
	}
	return false
}

func forbidden(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r == 0xfffe || r == 0xffff
}
