// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"net/url"
	"time"
)

// Person is a human or an organisation: authors and people who are quoted are
// the same noun. A person needs no staff account to have a byline.
type Person struct {
	ID        int64
	PublicID  string
	Kind      PersonKind
	Name      string
	SortName  string // "Hartog, Leila"; empty means Name
	Slug      string
	Variants  []string // other spellings under which the person appears
	Bio       string
	Portrait  int64 // asset, or 0
	Roles     []Role
	Links     []Link
	Author    bool   // has, or may have, bylines
	Source    string // where an import had it from; unique when set
	CreatedAt time.Time
	UpdatedAt time.Time
}

// PersonKind tells humans from organisations.
type PersonKind string

// The kinds of person.
const (
	Human        PersonKind = "person"
	Organisation PersonKind = "organisation"
)

// Role is an office that a person holds or held. From and To are dates of any
// precision ("2023", "2023-03", "2023-03-14"); an empty To means still.
type Role struct {
	Title        string `json:"title"`
	Organisation string `json:"organisation,omitempty"`
	From         string `json:"from,omitempty"`
	To           string `json:"to,omitempty"`
}

// Present returns the role that the person holds now, the first of those
// without an end, and false when there is none.
func (p *Person) Present() (Role, bool) {
	for _, r := range p.Roles {
		if r.To == "" {
			return r, true
		}
	}
	return Role{}, false
}

// Link is a labelled address, of a person's page elsewhere or in a menu.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}

// Validate refuses what is no address that a browser can be sent to.
func (l Link) Validate() error {
	u, err := url.Parse(l.URL)
	if err == nil {
		switch u.Scheme {
		case "", "http", "https", "mailto", "tel":
			return CheckText("link", l.Label+l.URL, 2000)
		}
	}
	return Errorf(Invalid, "the link %q leads to %q, which is no web address", l.Label, l.URL)
}

// Validate returns an Invalid error for the first rule that the person breaks.
func (p *Person) Validate() error {
	if p.Name == "" {
		return Errorf(Invalid, "a person needs a name")
	}
	for _, name := range append([]string{p.Name, p.SortName}, p.Variants...) {
		if err := CheckText("name", name, maxName); err != nil {
			return err
		}
	}
	if !ValidSlug(p.Slug) {
		return Errorf(Invalid, "the slug %q of %s cannot stand in an address", p.Slug, p.Name)
	}
	for _, l := range p.Links {
		if err := l.Validate(); err != nil {
			return err
		}
	}
	return CheckText("biography", p.Bio, 20000)
}
