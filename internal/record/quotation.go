// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"encoding/json"
	"fmt"
)

// Kind tells how speech is reported.
type Kind string

// The kinds of quotation.
const (
	Direct   Kind = "direct"   // all of it in quotation marks
	Mixed    Kind = "mixed"    // the reporter's words with quoted ones among them
	Indirect Kind = "indirect" // the reporter's words
)

// Span is a half-open range of code points.
type Span struct{ Start, End int }

// MarshalJSON writes [start, end].
func (s Span) MarshalJSON() ([]byte, error) { return json.Marshal([2]int{s.Start, s.End}) }

// UnmarshalJSON reads [start, end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var v [2]int
	if err := json.Unmarshal(b, &v); err != nil {
		return fmt.Errorf("a span is [start, end]: %w", err)
	}
	s.Start, s.End = v[0], v[1]
	return nil
}

func (s Span) len() int           { return max(0, s.End-s.Start) }
func (s Span) overlap(o Span) int { return max(0, min(s.End, o.End)-max(s.Start, o.Start)) }

// Place is a span within one block.
type Place struct {
	Block      string // the block's id
	Index      int    // the block's place in the document
	Start, End int    // in the block's text
}

// Quotation is a passage that reports speech, with what is known about it.
type Quotation struct {
	Kind Kind
	// Text is the passage exactly as it stands, its quotation marks included;
	// the pieces of a divided one are apart by " … ". See [Quotation.Words].
	Text   string
	Spans  []Span  // over the document's plain text, in order
	Places []Place // the same within blocks, one for each span

	Cue       Mention // "said"; empty for a transcript or a quotation that stands alone
	Speaker   Speaker
	Date      Date
	Addressee Mention // "reporters"
	Venue     Mention // "an interview with Radio Hallin"
	Source    string  // the link at the cue, the venue or the words
	Negated   bool    // "declined to say", "denied"

	Confidence float64 // between 0 and 1: how often the like was right; see docs/explanation/finding-quotations.md
	Reason     string  // one line that says why

	frame string // what the confidence goes by
}

// Mention is a stretch of the text.
type Mention struct {
	Text string
	Span Span
}

// SpeakerKind tells humans from organisations.
type SpeakerKind string

// The kinds of speaker. Of a nominal mention ("critics") the kind may be unknown.
const (
	Human        SpeakerKind = "person"
	Organisation SpeakerKind = "organisation"
)

// Speaker is who is said to have said it.
type Speaker struct {
	Mention        // as it stands: "Rep. Jane Doe (D-N.C.), chair of the committee"
	Name    string // the full name when the document, or a known person, has it
	Role    string // as the title or the apposition has it: "chair of the committee"
	Person  string // the public id of a known person
	Kind    SpeakerKind
	Carried bool // not said here: carried on from the quotation before
}

// Precision says how much of a date is known.
type Precision string

// The precisions of a date.
const (
	Day        Precision = "day"
	Month      Precision = "month"
	Year       Precision = "year"
	Interval   Precision = "interval"     // value is start/end
	OnOrBefore Precision = "on_or_before" // no later than the day of publication
)

// Date is when it was said.
type Date struct {
	Value     string // 2022-04-26, 2022-04, 2022 or 2022-04-01/2022-04-07
	Precision Precision
	Text      string // as it stands: "Tuesday"
}
