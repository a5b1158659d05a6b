// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"strings"
	"unicode/utf8"
)

// Path is one public address. An address that was once public works for ever:
// rows are added and never taken away.
type Path struct {
	Path   string // begins with "/", no trailing slash but for "/" itself, may hold "?query" for old systems
	Kind   PathKind
	Target int64  // id of what it shows; 0 for a plain redirect
	To     string // where a plain redirect leads
	MadeBy int64  // of a plain redirect: the account that made it; 0 is an import or the operator
}

// PathKind says what stands at an address.
type PathKind string

// The kinds of path. An address that is not the one under which the thing now
// stands (an old slug, an import's) has the same kind and target: whoever asks
// for it is led to the newest, wherever the thing has moved since.
const (
	PathArticle  PathKind = "article"
	PathSection  PathKind = "section"
	PathGenre    PathKind = "genre"
	PathTopic    PathKind = "topic"
	PathPerson   PathKind = "person"
	PathAsset    PathKind = "asset"
	PathRedirect PathKind = "redirect" // to any other address
)

// PathKinds are all kinds of path.
var PathKinds = []PathKind{PathArticle, PathSection, PathGenre, PathTopic, PathPerson, PathAsset, PathRedirect}

// Removable reports whether the address may be taken away again: only what
// somebody typed at the desk may. All others were public once.
func (p Path) Removable() bool { return p.Kind == PathRedirect && p.MadeBy != 0 }

// MaxPath is the longest address in bytes that we keep or look up.
const MaxPath = 1024

// CleanPath returns the form under which an address is stored and looked up:
// leading slash, no doubled and no trailing one. It reports false for what can
// be no address of ours.
func CleanPath(p string) (string, bool) {
	if len(p) > MaxPath || !utf8.ValidString(p) || strings.ContainsFunc(p, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
		return "", false
	}
	path, query, _ := strings.Cut(p, "?")
	segments := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for _, s := range segments {
		if s == "." || s == ".." {
			return "", false
		}
	}
	clean := "/" + strings.Join(segments, "/")
	if query != "" {
		clean += "?" + query
	}
	return clean, true
}

// reserved are the first segments that the program itself answers; no section
// and no page may take them.
var reserved = map[string]bool{
	"archive": true, "assets": true, "corrections": true, "desk": true, "feed": true, "genre": true, "health": true,
	"latest": true, "ledger": true, "media": true, "newsletter": true, "person": true, "raw": true, "record": true,
	"robots.txt": true, "search": true, "sitemap.xml": true, "sitemaps": true, "static": true, "stream": true, "topic": true,
	"favicon.ico": true, "api": true, "account": true, "metrics": true, ".well-known": true,
}

// Reserved reports whether a slug at the top of the address space would hide
// behind an address of the program's own.
func Reserved(slug string) bool { return reserved[strings.ToLower(slug)] }
