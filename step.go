// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Step is one change of the body of a working copy, as the editor made it and
// the server put it in order.
type Step struct {
	Number    int64  // the version of the body that it made
	Client    string // the window of a browser that sent it
	Sequence  int64  // which of the client's steps it is, from 1
	StaffID   int64  // 0 is the operator, or the server itself
	Body      json.RawMessage
	CreatedAt time.Time
}

// BodyState says how far the body of a working copy has come.
type BodyState struct {
	ArticleID int64
	Version   int64
	Digest    string // of the body
}

// MaxClient is how long the name may be that a client gives itself.
const MaxClient = 64

// ValidClient reports whether a client may be called so.
func ValidClient(s string) bool {
	if s == "" || len(s) > MaxClient {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// DigestBody returns the hash by which a body is known again.
func DigestBody(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Presence is somebody who has a story open.
type Presence struct {
	Client  string
	StaffID int64
	Staff   string // public id
	Name    string
	Place   string // where in the story, as clients tell one another
	Since   time.Time
}
