// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Statement is what somebody said once: the words, who spoke and in which
// office, when, to whom, where, and what tells us so. One statement may be quoted
// in many stories; each of these is a Quotation. Readers see a statement while at
// least one of its quotations stands in a story that is live.
type Statement struct {
	ID        int64
	PublicID  string // of its permanent address, /record/{id}
	Words     string // in the fullest wording that is quoted, without its quotation marks
	Kind      QuotationKind
	Denial    bool // "declined to say", "denied": what was not said
	Language  string
	SpeakerID int64  // person
	Role      string // the speaker's office at the time
	Date      SaidDate
	Addressee string // "the foreign affairs committee"
	Venue     string // or medium: "Radio Hallin", "a letter to the Standard"
	SourceURL string // where the words can be checked
	Source    string // its name
	Topics    []int64

	Live        bool // readers see it
	Quotations  int  // how many there are, those of working copies included
	ConfirmedBy int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// SaidDate is when something was said, as precisely as is known.
type SaidDate struct {
	Value     string        `json:"value"` // 2022-04-26, 2022-04, 2022 or 2022-04-01/2022-04-07; empty when nothing is known
	Precision DatePrecision `json:"precision,omitempty"`
}

// DatePrecision says how much of a date is known.
type DatePrecision string

// The precisions.
const (
	ToDay      DatePrecision = "day"
	ToMonth    DatePrecision = "month"
	ToYear     DatePrecision = "year"
	Interval   DatePrecision = "interval"     // the value is start/end
	OnOrBefore DatePrecision = "on_or_before" // no later than the day of the value
)

// Bounds are the first and the last day on which it may have been said, as
// 2006-01-02, for ranges and order. A date that is only "on or before" counts as
// its day. Both are empty when nothing is known.
func (d SaidDate) Bounds() (from, to string) {
	start, end, found := strings.Cut(d.Value, "/")
	if !found {
		end = start
	}
	return firstDay(start), lastDay(end)
}

func firstDay(s string) string {
	if len(s) == 0 || len(s) >= len("2006-01-02") {
		return s
	}
	return s + "-01-01"[len(s)-4:]
}

func lastDay(s string) string {
	switch len(s) {
	case len("2006"):
		return s + "-12-31"
	case len("2006-01"):
		t, err := time.Parse("2006-01", s)
		if err != nil {
			return s
		}
		return t.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return s
}

// Validate refuses what is no date, or is less precise than it says.
func (d SaidDate) Validate() error {
	bad := Errorf(Invalid, "%q is no date; write 2022, 2022-04, 2022-04-26 or 2022-04-01/2022-04-07", d.Value)
	start, end, interval := strings.Cut(d.Value, "/")
	switch {
	case d.Value == "" && d.Precision == "":
		return nil
	case d.Value == "":
		return Errorf(Invalid, "a precision needs a date")
	case !validVagueDate(start) || interval && (!validVagueDate(end) || end == "") || interval != (d.Precision == Interval):
		return bad
	}
	want := map[DatePrecision]int{ToYear: 4, ToMonth: 7, ToDay: 10, OnOrBefore: 10}
	if n, ok := want[d.Precision]; d.Precision != Interval && (!ok || len(d.Value) != n) {
		return Errorf(Invalid, "the date %q is not one of the precision %q", d.Value, d.Precision)
	}
	if from, to := d.Bounds(); from > to {
		return Errorf(Invalid, "the interval %q ends before it begins", d.Value)
	}
	return nil
}

// Limits on the texts of a statement, in code points.
const (
	MaxStatement = 8000
	MaxSaid      = 300 // role, addressee, venue, name of the source
)

// Validate returns an Invalid error for the first rule that the statement breaks.
func (s *Statement) Validate() error {
	if strings.TrimSpace(s.Words) == "" {
		return Errorf(Invalid, "a statement needs the words that were said")
	}
	if s.SpeakerID == 0 {
		return Errorf(Invalid, "a statement needs a speaker")
	}
	if !s.Kind.Valid() {
		return Errorf(Invalid, "there is no kind of quotation %q", s.Kind)
	}
	for _, t := range []struct {
		name, value string
		max         int
	}{{"words", s.Words, MaxStatement}, {"role", s.Role, MaxSaid}, {"addressee", s.Addressee, MaxSaid}, {"venue", s.Venue, MaxSaid}, {"name of the source", s.Source, MaxSaid}, {"address of the source", s.SourceURL, 2000}} {
		if err := CheckText(t.name, t.value, t.max); err != nil {
			return err
		}
	}
	if s.SourceURL != "" && !Followable(s.SourceURL) {
		return Errorf(Invalid, "the source %q is no address that readers can follow", s.SourceURL)
	}
	if len(s.Topics) > maxOf {
		return Errorf(Invalid, "more than %d topics are too many", maxOf)
	}
	return s.Date.Validate()
}

// Spoken are the words as they stand alone: the comma before "she said" is the
// story's and not the speaker's.
func (s *Statement) Spoken() string { return strings.TrimRight(s.Words, " ,;") }

// Short is the beginning of the words, for titles and lists.
func (s *Statement) Short(max int) string {
	if utf8.RuneCountInString(s.Words) <= max {
		return s.Words
	}
	cut := string([]rune(s.Words)[:max])
	if i := strings.LastIndexByte(cut, ' '); i > max/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.–—") + " …"
}

// StatementDocument is a statement as the ledger keeps it: sealed when readers
// first see it, and again whenever it reads differently.
type StatementDocument struct {
	Statement  string              `json:"statement"` // public id
	Words      string              `json:"words"`
	Kind       QuotationKind       `json:"kind"`
	Denial     bool                `json:"denial,omitempty"`
	Language   string              `json:"language,omitempty"`
	Speaker    Ref                 `json:"speaker"`
	Role       string              `json:"role,omitempty"`
	Date       SaidDate            `json:"date"`
	Addressee  string              `json:"addressee,omitempty"`
	Venue      string              `json:"venue,omitempty"`
	Source     string              `json:"source,omitempty"`
	SourceURL  string              `json:"sourceUrl,omitempty"`
	Quotations []QuotationDocument `json:"quotations"`
}

// QuotationDocument is a passage of a story that reports the statement.
type QuotationDocument struct {
	Story string        `json:"story"` // public id
	Kind  QuotationKind `json:"kind"`
	Text  string        `json:"text"` // as it stands in the story; the pieces of a divided one apart by " … "
}
