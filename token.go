// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"strings"
	"time"
)

// Token lets a program act at the desk for the account that made it, within
// the scopes that it was given.
type Token struct {
	ID        int64
	PublicID  string
	Name      string   // what it is for: "Statistics", "Phone app"
	Hash      string   // hex SHA-256 of the token, which is told once
	Hint      string   // its last characters, by which people tell tokens apart
	Scopes    []string // acts of the newsroom; reading is always allowed
	StaffID   int64    // for whom it acts
	CreatedAt time.Time
	UsedAt    time.Time // zero before its first use
	ExpiresAt time.Time // zero: never
	RevokedAt time.Time // zero: it is good
}

// Good reports whether the token still opens the door.
func (t *Token) Good(now time.Time) bool {
	return t.RevokedAt.IsZero() && (t.ExpiresAt.IsZero() || t.ExpiresAt.After(now))
}

// Validate returns an Invalid error for the first rule the token breaks.
func (t *Token) Validate() error {
	if strings.TrimSpace(t.Name) == "" {
		return Errorf(Invalid, "a token needs a name that says what it is for")
	}
	return CheckText("name", t.Name, maxName)
}
