// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"strings"
	"unicode"
)

// token is a word or a sign. Clitics ('s, n't) and hyphens are tokens of their
// own, as in the corpus that the tagger was trained on.
type token struct {
	start, end int    // code points in the document
	text       string // as it stands
	low        string // lower case, with a straight apostrophe
	tag        tag
	class      byte // which word list it is on, for the tagger
	open       bool // no word of a closed class: neither "the" nor "of" nor "she"
	abbr       bool // ends with a period that belongs to it
}

func (t token) isCap() bool {
	for _, r := range t.text {
		return unicode.IsUpper(r)
	}
	return false
}

func (t token) isWord() bool {
	for _, r := range t.text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// fold is the form in which words are compared.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.ReplaceAll(strings.ToLower(s), "’", "'")
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// maxWord bounds a token, so that no input makes the work on one of them grow.
const maxWord = 64

// tokenise cuts runes[start:end] into tokens; abbr says which words end with a
// period of their own.
func tokenise(runes []rune, start, end int, abbr map[string]bool) []token {
	out := make([]token, 0, (end-start)/5+4)
	add := func(a, b int) {
		if b > a {
			s := string(runes[a:b])
			out = append(out, token{start: a, end: b, text: s, low: fold(s)})
		}
	}
	for i := start; i < end; {
		r := runes[i]
		switch {
		case unicode.IsSpace(r) || r == 0xFEFF || r == 0x200B:
			i++
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '@' || r == '#':
			j := wordEnd(runes, i, end)
			if k := j + 1; j < end && runes[j] == '.' && (abbr[string(runes[i:k])] || isInitials(runes[i:k])) && !(abbrNumber(runes[i:k]) && !digitAfter(runes, k, end)) {
				add(i, k)
				out[len(out)-1].abbr = true
				i = k
				continue
			}
			c := cliticAt(runes, i, j)
			add(i, c)
			add(c, j)
			i = j
		case i+1 < end && runes[i+1] == r && (r == '`' || r == '\''): // marks of typewriters
			add(i, i+2)
			i += 2
		default:
			add(i, i+1)
			i++
		}
	}
	return out
}

func wordEnd(runes []rune, i, end int) int {
	j := i + 1
	for j < end && j-i < maxWord {
		r := runes[j]
		inner := j+1 < end && (unicode.IsLetter(runes[j+1]) || unicode.IsDigit(runes[j+1]))
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
		case isApostrophe(r) && inner:
		case (r == '.' || r == ',' || r == ':') && inner && unicode.IsDigit(runes[j-1]) && unicode.IsDigit(runes[j+1]):
		case r == '.' && inner && (isInitials(runes[i:j+1]) || j-i == 1 && j+2 < end && runes[j+2] == '.'): // U.S, p.m
		case r == '.' && inner && unicode.IsLower(runes[j+1]) && unicode.IsLower(runes[j-1]) && j-i > 1: // example.org
		default:
			return j
		}
		j++
	}
	return j
}

// abbrNumber recognises "no." and "nos.", which are words as well: a number has
// to follow.
func abbrNumber(w []rune) bool {
	s := fold(string(w))
	return s == "no." || s == "nos."
}

func digitAfter(runes []rune, i, end int) bool {
	for i < end && runes[i] == ' ' {
		i++
	}
	return i < end && unicode.IsDigit(runes[i])
}

// isInitials recognises single letters with periods: J., U.S., D.-N.C.
func isInitials(w []rune) bool {
	if len(w) < 2 || len(w)%2 == 1 {
		return false
	}
	for i, r := range w {
		if i%2 == 0 && !unicode.IsLetter(r) || i%2 == 1 && r != '.' {
			return false
		}
	}
	return unicode.IsUpper(w[0]) || len(w) > 2
}

// cliticAt returns where 's, 're, n't ... begins in the word, or its end.
func cliticAt(runes []rune, i, j int) int {
	n := j - i
	if n > 3 && isApostrophe(runes[j-2]) && unicode.ToLower(runes[j-1]) == 't' && unicode.ToLower(runes[j-3]) == 'n' {
		return j - 3
	}
	if n > 2 && isApostrophe(runes[j-2]) && strings.ContainsRune("smdSMD", runes[j-1]) {
		return j - 2
	}
	if n > 3 && isApostrophe(runes[j-3]) {
		switch strings.ToLower(string(runes[j-2 : j])) {
		case "re", "ve", "ll":
			return j - 3
		}
	}
	return j
}
