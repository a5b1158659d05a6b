// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Text returns an interface text in the theme's language, "" for a key that
// there is none for. Templates use the function t, which is checked; this is
// for the words that package site needs around a page: titles, mostly.
func (t *Theme) Text(key string) string {
	s, err := t.language.text(key)
	if err != nil {
		return ""
	}
	return s
}

// Month names a month of a year: "November 2026".
func (t *Theme) Month(year int, m time.Month) string {
	return t.language.month(m) + " " + strconv.Itoa(year)
}

// Date is a day in the theme's language and time zone: "14 March 2023".
func (t *Theme) Date(at time.Time) string { return t.language.FormatDateLong(at.In(t.location)) }

// FileSize is the size of a file in the theme's language: "52 kB", "1.4 MB".
func (t *Theme) FileSize(bytes int64) string {
	n, decimals, key := float64(bytes)/1e3, 0, "size.kb"
	switch {
	case bytes >= 999.5e6:
		n, decimals, key = float64(bytes)/1e9, 1, "size.gb"
	case bytes >= 999.5e3:
		n, decimals, key = float64(bytes)/1e6, 1, "size.mb"
	}
	s, err := t.language.text(key, t.language.FormatNumber(max(n, 1), decimals))
	if err != nil {
		return ""
	}
	return s
}

// Files returns every static file of the theme, by name.
func (t *Theme) Files() []*File {
	out := make([]*File, 0, len(t.files))
	for _, f := range t.files {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b *File) int { return strings.Compare(a.Name, b.Name) })
	return out
}
