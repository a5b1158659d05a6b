// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"strings"
	"time"
)

// Quotation is a passage of a story that reports speech. An editor has confirmed
// it, and then it belongs to a statement; or has rejected it, so that it is not
// asked again; or it waits for one, proposed by a scan of the archive.
type Quotation struct {
	ID          int64
	PublicID    string
	ArticleID   int64
	StatementID int64 // 0 unless confirmed
	State       QuotationState
	Kind        QuotationKind
	Text        string // as it stands in the story, quotation marks included
	Anchor      []Selector
	Live        bool // stands in the version that readers see
	// Found is what the finder said of a proposal: record.Quotation as JSON.
	Found      []byte
	Confidence float64
	DecidedBy  int64
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// QuotationState is what somebody has decided about a quotation.
type QuotationState string

// The states.
const (
	QuotationProposed  QuotationState = "proposed"
	QuotationConfirmed QuotationState = "confirmed"
	QuotationRejected  QuotationState = "rejected"
)

// QuotationKind tells how speech is reported.
type QuotationKind string

// The kinds of quotation.
const (
	DirectQuotation   QuotationKind = "direct"   // all of it in quotation marks
	MixedQuotation    QuotationKind = "mixed"    // the reporter's words with quoted ones among them
	IndirectQuotation QuotationKind = "indirect" // the reporter's words
)

// Valid reports whether there is such a kind.
func (k QuotationKind) Valid() bool {
	return k == DirectQuotation || k == MixedQuotation || k == IndirectQuotation
}

// Selector holds on to a piece of a body: the block, and a W3C TextQuoteSelector
// within its text.
type Selector struct {
	Block  string `json:"block"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// Counterpoint is two statements that an editor has set side by side.
type Counterpoint struct {
	ID        int64
	PublicID  string // of its permanent address, /record/counterpoint/{id}
	FirstID   int64  // statements, in the order in which readers see them
	SecondID  int64
	Label     CounterpointLabel
	Note      string // neutral, public
	Dismissed bool   // an editor does not want the pair to be proposed again
	MadeBy    int64
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Merger is a statement that was merged into another, as it was: so that the two
// can be taken apart again.
type Merger struct {
	ID         int64
	Statement  Statement
	IntoID     int64
	Quotations []int64
	Pairs      []Counterpoint
	MadeBy     int64
	CreatedAt  time.Time
}

// CounterpointLabel says how two statements stand to each other.
type CounterpointLabel string

// The labels.
const (
	Contradicts     CounterpointLabel = "contradicts"
	ChangedPosition CounterpointLabel = "changed_position"
	DiffersOnFact   CounterpointLabel = "differs_on_fact"
	Answers         CounterpointLabel = "answers"
)

// CounterpointLabels are all labels.
var CounterpointLabels = []CounterpointLabel{Contradicts, ChangedPosition, DiffersOnFact, Answers}

// MaxCounterpointNote is the longest note, in code points.
const MaxCounterpointNote = 1000

// Validate returns an Invalid error for the first rule that the counterpoint
// breaks.
func (c *Counterpoint) Validate() error {
	c.Note = strings.TrimSpace(c.Note)
	if c.FirstID == 0 || c.SecondID == 0 || c.FirstID == c.SecondID {
		return Errorf(Invalid, "a counterpoint needs two statements")
	}
	if c.Dismissed {
		return nil
	}
	switch c.Label {
	case Contradicts, ChangedPosition, DiffersOnFact, Answers:
	default:
		return Errorf(Invalid, "there is no label %q; a counterpoint contradicts, is a changed position, differs on a fact, or answers", c.Label)
	}
	return CheckText("note", c.Note, MaxCounterpointNote)
}

// RecordPath is the address of the record.
const RecordPath = "/record"

// StatementPath is the permanent address of a statement.
func StatementPath(id string) string { return RecordPath + "/" + id }

// CounterpointPath is the permanent address of a counterpoint.
func CounterpointPath(id string) string { return RecordPath + "/counterpoint/" + id }
