// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"slices"
	"time"
)

// Magazine is the identity of the publication, a setting. One program may
// carry several magazines later, so it is a value that is passed along and
// never a global.
type Magazine struct {
	Name         string            `json:"name"`
	Tagline      string            `json:"tagline,omitempty"`
	Description  string            `json:"description,omitempty"`
	Publisher    string            `json:"publisher,omitempty"` // the organisation behind it
	Founded      string            `json:"founded,omitempty"`   // a year
	Language     string            `json:"language"`            // BCP 47
	TimeZone     string            `json:"timeZone"`            // IANA name
	Mark         string            `json:"mark,omitempty"`      // a letter or short word for the mark, or empty
	Logo         string            `json:"logo,omitempty"`      // public id of an asset
	Navigation   []Link            `json:"navigation,omitempty"`
	Footer       []Link            `json:"footer,omitempty"`
	Follow       []Link            `json:"follow,omitempty"`     // "Follow us"
	Newsletter   string            `json:"newsletter,omitempty"` // the one sentence about what one gets
	Copyright    string            `json:"copyright,omitempty"`
	Tokens       map[string]string `json:"tokens,omitempty"` // colours and fonts of the theme
	StoriesPaged int               `json:"storiesPaged,omitempty"`
}

// How many stories a page of a list may have.
const (
	MinStoriesPaged = 6
	MaxStoriesPaged = 96
)

const maxMagazineText = 2000

// Location returns the magazine's time zone, UTC when it names none we know.
func (m Magazine) Location() *time.Location {
	loc, err := time.LoadLocation(m.TimeZone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Validate returns an Invalid error for the first rule the magazine breaks.
func (m Magazine) Validate() error {
	if m.Name == "" {
		return Errorf(Invalid, "the magazine needs a name")
	}
	if m.Language == "" {
		return Errorf(Invalid, "the magazine needs a language")
	}
	if _, err := time.LoadLocation(m.TimeZone); err != nil {
		return Errorf(Invalid, "%q is not a time zone; use a name such as Europe/Oslo", m.TimeZone)
	}
	if m.StoriesPaged != 0 && (m.StoriesPaged < MinStoriesPaged || m.StoriesPaged > MaxStoriesPaged) {
		return Errorf(Invalid, "%d stories a page are not between %d and %d", m.StoriesPaged, MinStoriesPaged, MaxStoriesPaged)
	}
	for _, t := range []struct{ name, value string }{
		{"name", m.Name}, {"tagline", m.Tagline}, {"description", m.Description}, {"publisher", m.Publisher}, {"year of founding", m.Founded},
		{"mark", m.Mark}, {"sentence of the newsletter", m.Newsletter}, {"copyright line", m.Copyright},
	} {
		if err := CheckText(t.name, t.value, maxMagazineText); err != nil {
			return err
		}
	}
	for _, l := range slices.Concat(m.Navigation, m.Footer, m.Follow) {
		if err := l.Validate(); err != nil {
			return err
		}
	}
	return nil
}
