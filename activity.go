// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import "time"

// Activity is one act of the staff as it is remembered: written in the act's
// own transaction, never changed.
type Activity struct {
	ID      int64
	At      time.Time
	StaffID int64  // 0 is the program itself, or whoever runs it
	Staff   string // the name at the time
	Act     string // in words, in the past: "published", "approved"
	Noun    string // to what: "story", "page", "person", "picture", "setting" ...
	Ref     string // its public id, or the name of a setting
	Label   string // its name at the time
	Details string // what else there is to say, in words
}
