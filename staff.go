// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"net/mail"
	"strings"
	"time"
)

// Staff is an account of somebody who works on the magazine.
type Staff struct {
	ID       int64
	PublicID string
	Email    string
	Name     string
	Role     StaffRole
	Password string // argon2id, in PHC form; empty when there is none
	Disabled bool
	Sections []string // public ids of the sections to which the account is limited; none means all
	Person   string   // public id of the person who they are in bylines, or empty
	Scopes   []string // the only acts that are open, when a token acts for the account; nil means no such limit
	Grants   []string // acts beyond the role, by name; only those that no role has by itself

	TOTP     string // secret of the one-time codes, base 32; empty when the second step is off
	TOTPStep int64  // the time step of the last code that was used: a code works once
	Subject  string // who they are for the OpenID Connect issuer: "issuer subject"; empty before the first time

	SignedInAt time.Time // zero: never, an invitation that was not taken up
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// StaffRole decides what an account may do.
type StaffRole string

// The roles, from the one that may do everything downwards.
const (
	Owner         StaffRole = "owner"
	Administrator StaffRole = "administrator"
	Editor        StaffRole = "editor"
	Writer        StaffRole = "writer"
	Contributor   StaffRole = "contributor"
)

// StaffRoles are all roles, the mightiest first.
var StaffRoles = []StaffRole{Owner, Administrator, Editor, Writer, Contributor}

// Operator is whoever runs the program at its console: the CLI and the
// importers act as this account, which is not in the database.
var Operator = Staff{Name: "operator", Role: Owner}

// Validate returns an Invalid error for the first rule the account breaks.
func (s *Staff) Validate() error {
	a, err := mail.ParseAddress(s.Email)
	if err != nil || a.Address != s.Email {
		return Errorf(Invalid, "%q is not an e-mail address", s.Email)
	}
	if strings.TrimSpace(s.Name) == "" {
		return Errorf(Invalid, "the account needs a name")
	}
	for _, r := range StaffRoles {
		if s.Role == r {
			return nil
		}
	}
	return Errorf(Invalid, "%q is no role; choose owner, administrator, editor, writer or contributor", s.Role)
}

// Invited reports whether the account has not been taken up yet.
func (s *Staff) Invited() bool { return s.SignedInAt.IsZero() && s.Password == "" }

// Session is one device on which somebody has signed in.
type Session struct {
	ID        int64
	PublicID  string
	Hash      string // hex SHA-256 of the token, which only the device has
	StaffID   int64
	Address   string // of the client
	Agent     string // what the browser calls itself
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	ProvedAt  time.Time // when whoever holds it last proved who they are
}

// Pass lets its holder do one thing once: whoever has the link, or the token
// from the first of two steps. Only a hash of the token is kept.
type Pass struct {
	ID        int64
	PublicID  string
	Kind      PassKind
	Hash      string
	StaffID   int64  // 0 where there is no account yet
	Data      string // what has to be remembered until it is used, as its kind writes it
	CreatedAt time.Time
	ExpiresAt time.Time
}

// PassKind says what a pass is for.
type PassKind string

// The kinds of pass. The first three travel as links, the others are held by
// the app between two requests.
const (
	SetUp      PassKind = "setup"  // makes the first owner of a new magazine
	Invitation PassKind = "invite" // takes up an account
	Reset      PassKind = "reset"  // chooses a new password

	SecondStep PassKind = "second"  // the password was right, a code is wanted
	KeyMaking  PassKind = "newkey"  // a passkey is being made
	KeySignIn  PassKind = "passkey" // a passkey is being asked for
	CodeSetUp  PassKind = "totp"    // one-time codes are being switched on
	Elsewhere  PassKind = "oidc"    // somebody is signing in at the OpenID Connect issuer
)

// Passkey is a public key whose private half is on somebody's device.
type Passkey struct {
	ID           int64
	PublicID     string
	StaffID      int64
	CredentialID string // base64url
	Credential   string // JSON of the library that checks it
	Name         string
	CreatedAt    time.Time
	UsedAt       time.Time
}

// Attempt counts tries at guessing something, and says when the next is open.
type Attempt struct {
	Tries   int64
	TriedAt time.Time
	OpenAt  time.Time
}
