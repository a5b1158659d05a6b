// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import "time"

// Snapshot is the working copy of an article as it was at a moment.
type Snapshot struct {
	ID        int64
	PublicID  string
	ArticleID int64
	Reason    SnapshotReason
	Name      string // given by whoever made it by hand
	Content   Content
	Words     int
	StaffID   int64
	CreatedAt time.Time
}

// SnapshotReason says why a snapshot was made.
type SnapshotReason string

// The reasons.
const (
	SnapshotByHand  SnapshotReason = "by_hand" // somebody asked for it
	SnapshotSession SnapshotReason = "session" // before the first change after a pause
	SnapshotWriting SnapshotReason = "writing" // while somebody writes
	SnapshotPublish SnapshotReason = "publish" // before a version was made
	SnapshotRestore SnapshotReason = "restore" // before an older state was brought back
)
