// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters that Unicode does not decompose but that people leave out or write
// differently when they search for a name.
var plain = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i", 'ŋ': "n", 'ħ': "h",
	'’': "'", '‘': "'", 'ʼ': "'", '‐': "-", '‑': "-",
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ى': "ي", 'ة': "ه", 'ـ': "",
}

// Fold returns the form of a text under which it is compared: compatibility
// decomposition, no marks, lower case. "Élysée" and "ELYSEE" fold alike.
//
// What no database can hold (NUL, invalid UTF-8) parts words like a space.
func Fold(s string) string {
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", " "), " ")
	}
	if ascii(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if p, ok := plain[r]; ok {
			b.WriteString(p)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// FoldName folds a name and evens out its spaces.
func FoldName(s string) string { return strings.Join(strings.Fields(Fold(s)), " ") }

// FoldAddress folds an e-mail address: case does not matter, accents do, since
// josé@ and jose@ are two people's mailboxes.
func FoldAddress(s string) string {
	return strings.ToLower(norm.NFC.String(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
