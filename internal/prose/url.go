// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"net/url"
	"strings"
	"unicode"
)

// safeURL judges an address as a browser would read it, which is not as it is written: browsers
// drop tabs, line ends and leading control characters, so "java\tscript:" is a scheme. It returns
// the address as it may be written into a page: cleaned, and with the characters escaped that a
// valid address cannot hold. Relative addresses and fragments are fine; schemes are allow-listed.
func safeURL(s string) (string, bool) {
	s = cleanURL(s)
	switch scheme(s) {
	case "", "http", "https", "mailto", "tel":
		return s, s != ""
	}
	return "", false
}

// onTheWeb reports whether an address is one of another site in full, or a path of this one: what
// the record takes for a source.
func onTheWeb(s string) bool {
	clean, ok := safeURL(s)
	if ok && strings.HasPrefix(s, "/") && !strings.HasPrefix(clean, "//") {
		return true
	}
	if !ok || scheme(clean) != "http" && scheme(clean) != "https" {
		return false
	}
	u, err := url.Parse(clean)
	return err == nil && u.Hostname() != ""
}

func cleanURL(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) })
	if !strings.ContainsFunc(s, func(r rune) bool { return r > '~' || strings.ContainsRune(needEscape, r) || r < ' ' }) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i, r := range s {
		switch {
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029':
		case r == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])):
			b.WriteString("%25")
		case r == '[' || r == ']':
			// Only an IPv6 host may hold them.
			if j := strings.Index(s, "://"); j >= 0 && !strings.ContainsAny(s[j+3:min(len(s), max(i, j+3))], "/?#") {
				b.WriteRune(r)
			} else {
				b.WriteString(escapeByte(byte(r)))
			}
		case r == unicode.ReplacementChar:
			b.WriteString("%EF%BF%BD")
		case r < 0x80 && r != '%' && strings.ContainsRune(needEscape, r):
			b.WriteString(escapeByte(byte(r)))
		case unicode.IsSpace(r):
			b.WriteString(url.PathEscape(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

const needEscape = " \"<>`{}|\\^[]%"

func escapeByte(c byte) string {
	const hex = "0123456789ABCDEF"
	return string([]byte{'%', hex[c>>4], hex[c&15]})
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// scheme returns what a browser would take for the scheme of a cleaned address, in lower case;
// "?" for something before a colon that is no scheme name but is better not trusted.
func scheme(s string) string {
	end := strings.IndexAny(s, ":/?#")
	if end < 0 || s[end] != ':' {
		return ""
	}
	for i := 0; i < end; i++ {
		c := s[i] | 0x20
		if !('a' <= c && c <= 'z' || i > 0 && strings.IndexByte("0123456789+-.", s[i]) >= 0) {
			return "?"
		}
	}
	if end == 0 {
		return "?"
	}
	return strings.ToLower(s[:end])
}

// linkable returns an address for an href, "" when it should stand as text only: not allowed, or
// such that no browser can follow it.
func linkable(s, base string) string {
	s, ok := safeURL(s)
	if !ok {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme == "http" || u.Scheme == "https") && u.Host == "" {
		return ""
	}
	if base == "" || u.IsAbs() {
		return s
	}
	b, err := url.Parse(base)
	if err != nil {
		return s
	}
	return b.ResolveReference(u).String()
}

// external reports whether an address leads to another site than the magazine's own.
func external(href, base string) bool {
	u, err := url.Parse(href)
	if err != nil || u.Host == "" {
		return false
	}
	b, err := url.Parse(base)
	return err != nil || !strings.EqualFold(u.Host, b.Host)
}
