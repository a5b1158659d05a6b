// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"stet"
	"stet/internal/store"
	"stet/internal/syndicate"
)

// shorten cuts a text at a word so that it has about max characters.
func shorten(text string, max int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= max {
		return text
	}
	r := []rune(text)[:max]
	cut := string(r)
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.–—") + "…"
}

func sortNewest(rows []store.Live) {
	slices.SortFunc(rows, func(a, b store.Live) int {
		if c := b.PublishedAt.Compare(a.PublishedAt); c != 0 {
			return c
		}
		return int(b.ArticleID - a.ArticleID)
	})
}

// snippetLength is about how many characters of a story a result shows.
const snippetLength = 240

// snippet is the part of a text where the words of a query stand closest
// together, with the words marked.
func snippet(text, query, language string) template.HTML {
	spans := store.Highlight(text, query, language)
	if len(spans) == 0 {
		return plain(shorten(text, snippetLength))
	}
	// The window that holds the most marks; of equals the first.
	best, most := 0, 0
	for i, j := 0, 0; i < len(spans); i++ {
		for j < len(spans) && spans[j].End-spans[i].Start <= snippetLength {
			j++
		}
		if j-i > most {
			best, most = i, j-i
		}
	}
	start := wordStart(text, spans[best].Start-snippetLength/4)
	end := wordEnd(text, max(start+snippetLength, spans[best].End))
	var b strings.Builder
	if start > 0 {
		b.WriteString("… ")
	}
	at := start
	for _, sp := range spans {
		if sp.Start < at || sp.End > end {
			continue
		}
		template.HTMLEscape(&b, []byte(text[at:sp.Start]))
		b.WriteString("<mark>")
		template.HTMLEscape(&b, []byte(text[sp.Start:sp.End]))
		b.WriteString("</mark>")
		at = sp.End
	}
	template.HTMLEscape(&b, []byte(text[at:end]))
	if end < len(text) {
		b.WriteString(" …")
	}
	return template.HTML(b.String())
}

// wordStart moves an offset back to the beginning of a word.
func wordStart(text string, i int) int {
	if i <= 0 {
		return 0
	}
	if j := strings.LastIndexAny(text[:min(i, len(text))], " \n"); j >= 0 {
		return j + 1
	}
	return 0
}

// wordEnd moves an offset forward to the end of a word.
func wordEnd(text string, i int) int {
	if i >= len(text) {
		return len(text)
	}
	if j := strings.IndexAny(text[i:], " \n"); j >= 0 {
		return i + j
	}
	return len(text)
}

func sortTopics(ts []stet.Topic) {
	slices.SortFunc(ts, func(a, b stet.Topic) int { return strings.Compare(a.Name, b.Name) })
}

func sortByLength(words []string) {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
}

func sortLocations(ls []syndicate.Location) {
	slices.SortFunc(ls, func(a, b syndicate.Location) int { return strings.Compare(a.URL, b.URL) })
}
