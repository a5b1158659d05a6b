// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import "time"

// Upload is a file on its way in, part by part, so that a lost connection
// costs one part and not the file.
type Upload struct {
	ID        int64
	PublicID  string
	Staff     int64 // whose it is; nobody else may go on with it
	Filename  string
	Size      int64   // of the whole file, as announced
	Received  int64   // how much of it is here
	Parts     []int64 // sizes of the parts, in order
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Limits on uploads. A part fits into memory; what one account has under way
// cannot fill the disk.
const (
	MaxPart        = 8 << 20
	MaxUploads     = 50      // at a time, for each account
	MaxUploadBytes = 8 << 30 // of all of them
	UploadLife     = 48 * time.Hour
)
