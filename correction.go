// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"strings"
	"time"
)

// Correction is a public note on a story: what was wrong in it, is clearer now,
// has happened since, or why the whole of it does not stand. It is part of the
// version that it made, is sealed with it, and is never changed or removed; what
// has to be said about a note is said by a further one that amends it.
type Correction struct {
	PublicID string         `json:"id"`
	Kind     CorrectionKind `json:"kind"`
	Weight   Weight         `json:"weight"`
	// Note is a line of plain text in which [words](address) is a link, and
	// nothing else is markup: it has to say the same on a page, in a feed, in a
	// mail and to a program.
	Note        string   `json:"note"`
	Amends      string   `json:"amends,omitempty"`      // public id of the note that this one is about
	TextRemoved bool     `json:"textRemoved,omitempty"` // a retraction that took the text away
	Passage     *Passage `json:"passage,omitempty"`     // nil when it is about the story as a whole

	// What follows is known beside the version and is no part of it: the
	// document that readers may check names no member of the staff.
	ID        int64     `json:"-"`
	ArticleID int64     `json:"-"`
	VersionID int64     `json:"-"` // the version that came with it
	Version   int       `json:"-"` // and its number
	Headline  string    `json:"-"` // of that version
	Section   string    `json:"-"` // public id of the story's main section then
	StaffID   int64     `json:"-"` // 0 is the operator
	Staff     string    `json:"-"` // the name at the time
	MadeAt    time.Time `json:"-"` // when the version became public
}

// CorrectionKind says what a correction is.
type CorrectionKind string

// The kinds.
const (
	Correcting CorrectionKind = "correction"    // something was wrong
	Clarifying CorrectionKind = "clarification" // nothing was wrong, but it could be misread
	Updating   CorrectionKind = "update"        // something has happened since
	Retracting CorrectionKind = "retraction"    // the story does not stand
)

// CorrectionKinds are all kinds.
var CorrectionKinds = []CorrectionKind{Correcting, Clarifying, Updating, Retracting}

// Weight is how much a correction matters, and so where its note stands.
type Weight string

// The weights.
const (
	WeightTop Weight = "top" // above the text: whoever reads the story has to know first
	WeightEnd Weight = "end" // below the text
)

// Passage is the piece of a body that a correction is about: a block and, within
// its text, a W3C TextQuoteSelector. Exact is what stood there before, After what
// stands there since; they are the same when only the note explains it.
type Passage struct {
	Block  string `json:"block"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	After  string `json:"after"`
}

// Changes reports whether the passage reads differently since.
func (p *Passage) Changes() bool { return p != nil && p.Exact != p.After }

// Limits on the texts of a correction, in code points.
const (
	MaxCorrection = 2000
	MaxPassage    = 5000
	maxContext    = 200
)

// Validate returns an Invalid error for the first rule that the correction
// breaks, and brings its texts into form.
func (c *Correction) Validate() error {
	c.Note = strings.Join(strings.Fields(c.Note), " ")
	if c.Note == "" {
		return Errorf(Invalid, "a correction needs a note that says to readers what has changed, and why")
	}
	if err := CheckText("note", c.Note, MaxCorrection); err != nil {
		return err
	}
	switch c.Kind {
	case Correcting, Clarifying, Updating:
		if c.TextRemoved {
			return Errorf(Invalid, "only a retraction takes the text away")
		}
	case Retracting:
		if c.Passage != nil {
			return Errorf(Invalid, "a retraction is about the whole story and has no passage")
		}
		c.Weight = WeightTop // nobody shall read on without having seen it
	default:
		return Errorf(Invalid, "there is no correction of the kind %q", c.Kind)
	}
	switch c.Weight {
	case "":
		c.Weight = WeightEnd
	case WeightTop, WeightEnd:
	default:
		return Errorf(Invalid, "a note stands at the top or at the end of a story, not at %q", c.Weight)
	}
	if c.Passage == nil {
		return nil
	}
	return c.Passage.validate()
}

func (p *Passage) validate() error {
	p.After = strings.ReplaceAll(strings.ReplaceAll(p.After, "\r\n", "\n"), "\r", "\n")
	for _, t := range []struct {
		name, value string
		max         int
	}{{"passage", p.Exact, MaxPassage}, {"replacement", p.After, MaxPassage}, {"text before the passage", p.Prefix, maxContext}, {"text after the passage", p.Suffix, maxContext}} {
		if err := CheckText(t.name, t.value, t.max); err != nil {
			return err
		}
	}
	if p.Block == "" || p.Exact == "" && p.Prefix == "" && p.Suffix == "" {
		return Errorf(Invalid, "a passage needs the block in which it stands and its text")
	}
	return nil
}

// NoteSpan is a piece of a note: words, and where they lead.
type NoteSpan struct {
	Text string
	URL  string // empty for words that lead nowhere
}

// NoteSpans reads the links out of a note. What is no link with an address that
// readers can follow stays as it was written.
func NoteSpans(note string) []NoteSpan {
	var out []NoteSpan
	text := func(s string) {
		if s == "" {
			return
		}
		if n := len(out); n > 0 && out[n-1].URL == "" {
			out[n-1].Text += s
			return
		}
		out = append(out, NoteSpan{Text: s})
	}
	for {
		open := strings.IndexByte(note, '[')
		if open < 0 {
			text(note)
			return out
		}
		words, url, rest, ok := noteLink(note[open:])
		if !ok {
			text(note[:open+1])
			note = note[open+1:]
			continue
		}
		text(note[:open])
		out = append(out, NoteSpan{Text: words, URL: url})
		note = rest
	}
}

// noteLink reads "[words](address)" off the beginning of a text.
func noteLink(s string) (words, url, rest string, ok bool) {
	middle := strings.IndexByte(s, ']')
	if middle < 2 || !strings.HasPrefix(s[middle:], "](") || strings.IndexByte(s[1:middle], '[') >= 0 {
		return "", "", "", false
	}
	depth := 1 // addresses may hold pairs of brackets
	from := middle + 2
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ' ', '"', '<', '>', '\\', '\n', '\t':
			return "", "", "", false
		}
		if depth == 0 {
			url = s[from:i]
			return s[1:middle], url, s[i+1:], Followable(url)
		}
	}
	return "", "", "", false
}

// Followable reports whether an address is one that readers can follow from a
// page of ours: in full, or a path of the magazine.
func Followable(url string) bool {
	lower := strings.ToLower(url)
	return strings.HasPrefix(lower, "https://") && len(url) > 8 || strings.HasPrefix(lower, "http://") && len(url) > 7 ||
		strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "//")
}

// NoteText is a note without the addresses of its links.
func NoteText(note string) string {
	var b strings.Builder
	for _, s := range NoteSpans(note) {
		b.WriteString(s.Text)
	}
	return b.String()
}
