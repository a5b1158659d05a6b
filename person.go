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

// maxOf bounds how many spellings, roles and links a person may have.
const maxOf = 100

// Validate refuses what is no date, an end before the beginning, and a role
// without a title.
func (r Role) Validate() error {
	if r.Title == "" {
		return Errorf(Invalid, "a role needs a title")
	}
	for _, d := range []string{r.From, r.To} {
		if !validVagueDate(d) {
			return Errorf(Invalid, "%q is no date; write 2023, 2023-03 or 2023-03-14", d)
		}
	}
	// "2023" and "2023-03" are compared as far as both go.
	if n := min(len(r.From), len(r.To)); r.To != "" && r.From[:n] > r.To[:n] {
		return Errorf(Invalid, "the role %q ends before it begins", r.Title)
	}
	return CheckText("role", r.Title+r.Organisation, 2*maxName)
}

// Validate returns an Invalid error for the first rule that the person breaks.
func (p *Person) Validate() error {
	if p.Name == "" {
		return Errorf(Invalid, "a person needs a name")
	}
	if p.Kind != "" && p.Kind != Human && p.Kind != Organisation {
		return Errorf(Invalid, "there is no kind of person %q", p.Kind)
	}
	if max(len(p.Variants), len(p.Roles), len(p.Links)) > maxOf {
		return Errorf(Invalid, "more than %d spellings, roles or links are too many", maxOf)
	}
	for _, name := range append([]string{p.Name, p.SortName}, p.Variants...) {
		if err := CheckText("name", name, maxName); err != nil {
			return err
		}
	}
	if !ValidSlug(p.Slug) {
		return Errorf(Invalid, "the slug %q of %s cannot stand in an address", p.Slug, p.Name)
	}
	for _, r := range p.Roles {
		if err := r.Validate(); err != nil {
			return err
		}
	}
	for _, l := range p.Links {
		if err := l.Validate(); err != nil {
			return err
		}
	}
	return CheckText("biography", p.Bio, 20000)
}
