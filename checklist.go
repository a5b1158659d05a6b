// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

// CheckName names something that is looked at before a story is published.
type CheckName string

// What is looked at.
const (
	CheckHeadline    CheckName = "headline"    // its length, in characters
	CheckDek         CheckName = "dek"         // that there is one, and its length in characters
	CheckSection     CheckName = "section"     // that there is one
	CheckGenre       CheckName = "genre"       // that there is one
	CheckTopics      CheckName = "topics"      // how many there are
	CheckByline      CheckName = "byline"      // a person, or a free line
	CheckLead        CheckName = "lead"        // a lead picture
	CheckAlt         CheckName = "alt"         // alternative text on every picture
	CheckCredit      CheckName = "credit"      // a credit on every picture, recording, video and document
	CheckTranscript  CheckName = "transcript"  // captions or a transcript for everything that is heard
	CheckTK          CheckName = "tk"          // no TK, the mark for "to come"
	CheckSides       CheckName = "sides"       // that side-by-side blocks say what the record says
	CheckLinks       CheckName = "links"       // that links lead somewhere
	CheckSlug        CheckName = "slug"        // that somebody has chosen it, and its length in characters
	CheckDescription CheckName = "description" // for search engines: its length in characters
	CheckLength      CheckName = "length"      // of the body, in words
)

// CheckLevel says how much a check matters.
type CheckLevel string

// The levels of a check.
const (
	CheckOff      CheckLevel = "off"
	CheckWarn     CheckLevel = "warn"     // shown, and no more
	CheckRequired CheckLevel = "required" // nothing is published that does not pass
)

// CheckRule is one line of the checklist. Min and Max bound what the check
// counts; zero is no bound.
type CheckRule struct {
	Check CheckName  `json:"check" enum:"headline,dek,section,genre,topics,byline,lead,alt,credit,transcript,sides,tk,links,slug,description,length"`
	Level CheckLevel `json:"level" enum:"off,warn,required"`
	Min   int        `json:"min,omitempty" minimum:"0" maximum:"1000000"`
	Max   int        `json:"max,omitempty" minimum:"0" maximum:"1000000"`
}

// Checklist is what the magazine looks at before it publishes, a setting.
type Checklist []CheckRule

// DefaultChecklist is the checklist of a magazine that has not set its own, in
// the order in which checks are shown.
var DefaultChecklist = Checklist{
	{Check: CheckHeadline, Level: CheckRequired, Min: 1, Max: 110},
	{Check: CheckDek, Level: CheckWarn, Min: 1, Max: 300},
	{Check: CheckSection, Level: CheckRequired},
	{Check: CheckGenre, Level: CheckWarn},
	{Check: CheckTopics, Level: CheckWarn, Min: 1},
	{Check: CheckByline, Level: CheckWarn},
	{Check: CheckLead, Level: CheckWarn},
	{Check: CheckAlt, Level: CheckRequired},
	{Check: CheckCredit, Level: CheckWarn},
	{Check: CheckTranscript, Level: CheckWarn},
	{Check: CheckSides, Level: CheckWarn},
	{Check: CheckTK, Level: CheckRequired},
	{Check: CheckLinks, Level: CheckWarn},
	{Check: CheckSlug, Level: CheckOff, Max: 80},
	{Check: CheckDescription, Level: CheckOff, Min: 50, Max: 160},
	{Check: CheckLength, Level: CheckOff, Min: 1},
}

// Complete returns every check once, in the usual order: those that the
// magazine has set as it has set them, the others as they are by default.
func (c Checklist) Complete() Checklist {
	out := make(Checklist, len(DefaultChecklist))
	for i, r := range DefaultChecklist {
		out[i] = r
		for _, own := range c {
			if own.Check == r.Check {
				out[i] = own
			}
		}
	}
	return out
}

// Validate returns an Invalid error for the first rule that is none.
func (c Checklist) Validate() error {
	known := map[CheckName]bool{}
	for _, r := range DefaultChecklist {
		known[r.Check] = true
	}
	for _, r := range c {
		switch {
		case !known[r.Check]:
			return Errorf(Invalid, "%q is no check, or stands in the list twice", r.Check)
		case r.Level != CheckOff && r.Level != CheckWarn && r.Level != CheckRequired:
			return Errorf(Invalid, "the level of the check %s is off, warn or required", r.Check)
		case r.Min < 0 || r.Max < 0 || r.Max != 0 && r.Min > r.Max:
			return Errorf(Invalid, "the bounds of the check %s leave nothing between them", r.Check)
		}
		known[r.Check] = false
	}
	return nil
}
