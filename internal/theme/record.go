// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"html/template"
	"time"
)

// Statement is a statement of the record, on its own page, in a list, in the card
// of a story, or beside another.
type Statement struct {
	ID       string
	URL      string        // its permanent address
	Words    string        // without quotation marks
	Marked   template.HTML // the words with those of a search marked; empty elsewhere
	Direct   bool          // all of it is quoted, so that it stands in quotation marks
	Denial   bool          // it says what was not said: "declined to comment"
	Language string        // BCP 47
	Speaker  Link
	Portrait Picture
	Role     string // the speaker's at the time
	// When is the day in words, as precise as it is known: "on or before 3 May
	// 2025". Day is 2025-05-03, 2025-05 or 2025 where it is one; both may be empty.
	When, Day string
	Addressee string
	Venue     string
	Source    Link // where the words can be checked; it may have a name and no address
	Topics    []Link
	Quoted    []Quoted // the stories that quote it; in a story's card the others
	Beside    []Beside
	Passage   string // in a story's card: leads back to the words in the text
}

// Quoted is a story that quotes a statement, and its wording.
type Quoted struct {
	Story     Link
	Published time.Time
	Words     string // as it stands there; empty in cards
}

// Beside is a statement that is set beside another.
type Beside struct {
	Label     string // contradicts, changed_position, differs_on_fact, answers
	Note      string
	URL       string // of the counterpoint
	Statement Link   // its text is the words
	Speaker   Link
	When      string
}

// Counterpoint is two statements set side by side.
type Counterpoint struct {
	ID, URL       string
	Label         string // as of Beside
	Note          string
	First, Second Statement
}

// Citation is how a statement is cited in one of the styles.
type Citation struct {
	Style string // Chicago, APA, BibTeX, CSL-JSON
	Text  string
	Code  bool   // it is for programs
	File  string // where it can be downloaded, if anywhere
}

// StatementPage is the permanent page of a statement.
type StatementPage struct {
	Page
	Statement Statement
	Citations []Citation
	Embed     string // the code that shows the statement on another site
	Licence   string
}

// Embed is a statement as it stands in a frame on another site. It is a whole
// page of its own and uses no part of the frame of the others.
type Embed struct {
	Magazine  string
	Home      string // absolute
	URL       string // of the statement, absolute
	Statement Statement
}

// CounterpointPage is the permanent page of a counterpoint.
type CounterpointPage struct {
	Page
	Counterpoint Counterpoint
}

// Record is a page of the record: statements by the day on which they were said,
// the newest first.
type Record struct {
	Page
	Title   string
	Query   string
	Speaker string   // what stands in the field
	Topics  []Option // none where they are too many for a list: then Topic is a field
	Topic   string
	Venue   string
	From    string // 2006-01-02
	To      string
	// Filtered says that something is asked for, so that "clear" is offered.
	Filtered      bool
	Said          Said
	Counterpoints []Counterpoint // on the first page of all
	AllPairs      string         // leads to all counterpoints, when there are more
	Pairs         bool           // it is the page of the counterpoints, and has no statements else
	Licence       string
}

// Said is a list of statements: of the record, of a speaker, or on a topic.
type Said struct {
	Statements []Statement
	Count      int
	AtLeast    bool   // there are too many to count them all
	All        string // leads to all of them, when these are the first of many
	Paging     Paging
	JSON, CSV  string // downloads
	Feeds      []Feed
	// Query, Topics and Years are for narrowing a speaker's statements.
	Query    string
	Narrowed bool
	Clear    string
	Topics   []Tally
	Years    []Tally
}

// Tally is a choice and how many statements it leaves.
type Tally struct {
	Link
	Count int
}
