// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import "time"

// Reader is somebody who asked for mail. ConfirmedAt stays zero until the
// address was confirmed; nobody is written to before that but to confirm.
type Reader struct {
	ID          int64
	PublicID    string
	Email       string
	Source      string // where they signed up: "front", "story" ...
	CreatedAt   time.Time
	ConfirmedAt time.Time
}
