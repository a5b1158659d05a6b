// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package item holds what every format of another system is read into: the
// neutral things that an importer understands. A format package fills them in;
// package intake makes articles, people and sections of them.
//
// It knows neither the formats nor the newsroom.
package item

import (
	"fmt"
	"net/url"
	"time"

	"stet"
)

// Source is an opened export of one format. Everything but Next and Parse has
// been found out when it is opened, in a first look over the whole file.
type Source interface {
	Site() *Site
	// Next returns the next piece that may hold a story, unparsed; io.EOF ends
	// it. It is called by one goroutine and does little work.
	Next() (Raw, error)
	// Parse makes a story of a piece, or nothing when the piece is something
	// else. It is called by many goroutines at once.
	Parse(Raw) *Story
	// Notices are what there is to say of the file as a whole, once Next has
	// returned io.EOF.
	Notices() []Notice
	Close() error
}

// Raw is one piece of a file, as yet unparsed.
type Raw struct {
	Position Position
	Data     any
}

// Position is where in a source something stands.
type Position struct {
	Offset int64 // in bytes
	Line   int   // from 1; 0 when there are no lines
	Number int   // of the item, from 1; 0 for the file itself
}

func (p Position) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("line %d, byte %d", p.Line, p.Offset)
	case p.Number > 0:
		return fmt.Sprintf("item %d", p.Number)
	}
	return ""
}

// Severity says how bad a notice is.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // something was not imported
	Warning Severity = "warning" // something was imported otherwise than it was
	Info    Severity = "info"    // something that an editor may want to know
)

// Notice is a line of the report.
type Notice struct {
	Severity Severity
	Kind     string // a stable word for counting: "shortcode", "truncated" ...
	Position Position
	Item     string // headline or name of what it is about
	Reason   string // one sentence
	Name     string // what is counted within the kind: the shortcode's name ...
}

// Site is what a source says of the magazine that it comes from, and all in it
// that is not a story.
type Site struct {
	Format   string // "WordPress export 1.2", "Atom" ...
	Key      string // what the source keys of its items begin with
	Title    string
	URL      *url.URL // the front page; nil when unknown
	Hosts    []string // host names that were the site's own, lower case, without "www."
	Language string
	People   []*Person
	Terms    []*Term
	Files    []*File
	Menus    []Menu
	// Taken are addresses of one or two segments that belong to stories, so that
	// no section may take them.
	Taken  map[string]bool
	Counts map[string]int // what there is and is not imported, by name, for the report
}

// Person is somebody who may be named in a byline.
type Person struct {
	Key     string // within the site: "author:jdoe"
	Name    string
	Slug    string
	Bio     string
	Links   []stet.Link
	Picture string   // address of a portrait
	Old     []string // addresses that led to their page
}

// Taxonomies that every format knows. Others keep their own name.
const (
	Category = "category"
	Tag      = "tag"
)

// Term is a category, a tag or a term of a taxonomy of the site's own.
type Term struct {
	Taxonomy    string
	Slug        string
	Name        string
	Parent      string // slug, within the taxonomy
	Description string
	Old         []string
}

// File is a picture or another upload.
type File struct {
	Key     string // within the site
	URL     string
	Path    string // below the uploads folder, when the export says so
	Title   string
	Alt     string
	Caption string
	Credit  string
	Old     []string // further addresses at which it, or a smaller copy, was public
}

// Menu is a navigation.
type Menu struct {
	Name  string
	Links []stet.Link
}

// TermRef names a term that a story carries.
type TermRef struct{ Taxonomy, Slug, Name string }

// Author names somebody in a byline.
type Author struct {
	Key          string // within the site; may be empty when only the name is known
	Name         string
	Contribution stet.Contribution
}

// Picture is a picture that leads a story.
type Picture struct {
	File                      string // key of a File, or
	URL, Alt, Caption, Credit string // an address and words
}

// Story is a story or a page.
type Story struct {
	Key       string // within the site
	Position  Position
	Kind      stet.Kind
	Status    stet.Status // Draft, InReview, Scheduled or Published
	Published time.Time
	Modified  time.Time

	Title       string // plain text
	Dek         string // plain text
	Slug        string
	Language    string
	HTML        string            // the body; a RawMark stands where a Raw belongs
	Raw         []string          // markup that is kept as it is, see RawMark
	FileIDs     map[string]string // address of a picture in the body -> key of its File
	Authors     []Author
	Terms       []TermRef
	Primary     string // slug of the category that the site calls the main one
	Lead        *Picture
	URL         string   // where it stood
	Old         []string // further addresses of it
	Canonical   string
	SEOTitle    string
	Description string
	Comments    int
	Notices     []Notice
}

// RawMark is the text of the paragraph in a story's HTML that stands for
// Raw[i]. The character around it is for private use and is taken out of what
// comes from outside.
func RawMark(i int) string { return fmt.Sprintf("%craw%d%c", MarkRune, i, MarkRune) }

// MarkRune begins and ends a mark.
const MarkRune = '\uE0FF'

// Note adds a notice to the story.
func (s *Story) Note(sev Severity, kind, name, format string, args ...any) {
	s.Notices = append(s.Notices, Notice{Severity: sev, Kind: kind, Name: name, Position: s.Position, Item: s.Title, Reason: fmt.Sprintf(format, args...)})
}
