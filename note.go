// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"strings"
	"time"
)

// Note is what somebody of the staff says to the others about a story. It is
// never public.
type Note struct {
	ID        int64
	PublicID  string
	ArticleID int64
	StaffID   int64
	Staff     string // the name at the time
	Act       string // "returned" when it came with an act, or empty
	Text      string
	CreatedAt time.Time
}

// MaxNote is the longest note, in code points.
const MaxNote = 4000

// Validate returns an Invalid error when the note says nothing or too much.
func (n *Note) Validate() error {
	if strings.TrimSpace(n.Text) == "" {
		return Errorf(Invalid, "the note is empty")
	}
	return CheckText("note", n.Text, MaxNote)
}

// SavedView is a filter of the list of stories that somebody has given a name.
type SavedView struct {
	ID        int64
	PublicID  string
	StaffID   int64
	Name      string
	Shared    bool   // with everybody
	Query     string // of the address of the list, e.g. "status=in_review&section=..."
	CreatedAt time.Time
}

// Validate returns an Invalid error for the first rule that the view breaks.
func (v *SavedView) Validate() error {
	if strings.TrimSpace(v.Name) == "" {
		return Errorf(Invalid, "the view needs a name")
	}
	if err := CheckText("name", v.Name, maxName); err != nil {
		return err
	}
	return CheckText("filter", v.Query, 2000)
}
