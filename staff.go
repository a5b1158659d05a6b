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
	ID        int64
	PublicID  string
	Email     string
	Name      string
	Role      StaffRole
	Password  string // argon2id, in PHC form; empty when there is none
	Disabled  bool
	Sections  []string // public ids of the sections to which the account is limited; none means all
	Person    string   // public id of the person who they are in bylines, or empty
	Scopes    []string // the only acts that are open, when a token acts for the account; nil means no such limit
	CreatedAt time.Time
	UpdatedAt time.Time
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
}
