// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"html/template"
	"time"
)

// Versions are the addresses by which machines find the versions of a page
// (RFC 5829), absolute; those that are not there are empty.
type Versions struct {
	History string
	Latest  string // of a page that is an earlier version
	Earlier string
	Later   string
}

// Version is a version of a story where it is told of.
type Version struct {
	Number  int
	URL     string
	From    time.Time // when readers saw it first
	Until   time.Time // when the next one came; zero for the newest
	Newest  bool
	First   bool
	Note    string
	By      []string // whom the magazine names for it
	Hash    string
	Compare string // with the one before
	JSON    string
	Proof   string
	// Withheld says that readers may not read it: the story was retracted and
	// its text taken away.
	Withheld bool
	// Came and Gone are words that the one before does not have, and that this
	// one has no longer; Words are those of the first.
	Came, Gone, Words int
	// Corrections came with the version.
	Corrections []Correction
}

// History is one page of the versions of a story or page, the newest first.
type History struct {
	Page
	Story    Link
	Language string // of the story, where it is not the magazine's
	Count    int
	Versions []Version
	// Choices are the versions that a form offers; none where they are too many
	// for a list: then a number is typed. From and To are what it begins with.
	Choices  []Version
	From, To int
	JSON     string
	Paging   Paging
}

// VersionPage is a version as it was.
type VersionPage struct {
	Page
	Version  Version
	Count    int
	History  string // the list of all
	Newest   string // what readers see now
	Since    string // compares it with the newest
	Retract  Link   // of a withheld version: leads to the note that says why
	Label    Label
	Headline string
	Dek      string
	Language string
	Bylines  []Byline
	Picture  Picture
	Body     template.HTML
	Origin   Origin
	// Corrections are those that readers saw with it.
	Corrections    []Correction
	Earlier, Later Link
}

// Comparison is two versions of a story, word by word.
type Comparison struct {
	Page
	Story    Link
	Language string
	From, To Version
	Count    int
	History  string
	Side     bool   // the two stand side by side
	Inline   string // the address of either form
	Beside   string
	JSON     string
	Fields   []Difference // what differs beside the text
	Body     []Difference
	Came     int
	Gone     int
}

// Difference is a piece of two versions.
type Difference struct {
	// Where is the field or kind of block: headline, dek, slug, byline, section,
	// sections, genre, topics, language, origin, picture, caption, credit, alt,
	// or paragraph, heading, image, media, footnote and other kinds of block.
	Where string
	Kind  string // changed, added, removed, same
	Words []Span
	// Picture is what came or went; File says so of what is no picture.
	Picture Picture
	File    string
	// Folded is how many pieces that are the same this one stands for; Same are
	// their texts.
	Folded int
	Same   []string
	// Side and Language are those of the comparison.
	Side     bool
	Language string
}

// Span is a run of words in both versions, or in one of them.
type Span struct {
	Is   string // same, added, removed
	Text string
}
