// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind tells a story, which appears in lists, feeds and the stream, from a
// plain page such as About, which has an address and versions but none of these.
type Kind string

// The kinds of article.
const (
	Story Kind = "story"
	Page  Kind = "page"
)

// Status is where an article stands in its life.
type Status string

// The statuses in the order in which a story usually passes through them.
const (
	Draft     Status = "draft"
	InReview  Status = "in_review"
	Approved  Status = "approved"
	Scheduled Status = "scheduled"
	Published Status = "published"
	Withdrawn Status = "withdrawn"
)

// Article is one story through its whole life. Content is the working copy
// that the desk edits; readers see the newest Version and never this.
type Article struct {
	ID       int64
	PublicID string
	Kind     Kind
	Status   Status
	Content  Content
	Revision int64 // grows with every save of the working copy

	Source     string // where an import had it from, e.g. "wxr:https://old.example/?p=12"; unique
	SourceHash string // hash of what the import last read, so that a second run changes nothing
	CreatedAt  time.Time
	UpdatedAt  time.Time // of the working copy
	// ScheduledAt is when the working copy is to be published: a Scheduled
	// article for the first time, a Published one as an update with
	// ScheduledNote as its public note. Zero otherwise.
	ScheduledAt   time.Time
	ScheduledNote string

	Assignee  int64     // staff who has it now, or 0
	DueAt     time.Time // when they should be done, or zero
	TrashedAt time.Time // zero unless it lies in the trash

	CreatedBy int64 // staff; 0 is the operator or an import
	UpdatedBy int64 // who saved the working copy last

	VersionID   int64     // the newest version, 0 before the first
	PublishedAt time.Time // first publication, as readers see it; zero before
}

// Content is what an editor writes and a version freezes. References carry
// the public id, which is what counts, and the name as it was when the content
// was saved, so that a version can be read on its own.
type Content struct {
	Headline    string          `json:"headline"`
	Dek         string          `json:"dek,omitempty"`
	Body        json.RawMessage `json:"body,omitempty"` // a prose document
	Slug        string          `json:"slug"`
	Language    string          `json:"language,omitempty"` // BCP 47; empty means the magazine's
	Section     Ref             `json:"section,omitzero"`
	Sections    []Ref           `json:"sections,omitempty"` // further sections
	Genre       Ref             `json:"genre,omitzero"`
	Topics      []Ref           `json:"topics,omitempty"`
	Bylines     []Byline        `json:"bylines,omitempty"`
	BylineText  string          `json:"bylineText,omitempty"` // a free line, e.g. "By our correspondent in Sorin"
	Lead        *Placement      `json:"lead,omitempty"`
	Origin      *Origin         `json:"origin,omitempty"`
	Title       string          `json:"title,omitempty"`       // for search engines, instead of the headline
	Description string          `json:"description,omitempty"` // for search engines, instead of the dek
	Canonical   string          `json:"canonical,omitempty"`   // where the original stands, when not here
}

// Ref points to a section, genre, topic, person or partner.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// IsZero reports whether the reference points nowhere.
func (r Ref) IsZero() bool { return r.ID == "" }

// Contribution is what somebody named in a byline did.
type Contribution string

// The kinds of contribution.
const (
	Words        Contribution = "words"
	Photographs  Contribution = "photographs"
	Illustration Contribution = "illustration"
	Translation  Contribution = "translation"
	Research     Contribution = "research"
	Editing      Contribution = "editing"
)

// Byline joins an article and a person. The order of bylines is the order of
// the slice.
type Byline struct {
	Person       Ref          `json:"person"`
	Contribution Contribution `json:"contribution"`
}

// Placement is the use of an asset in one article, with its own caption. The
// credit is copied from the asset when the content is saved, so that it always
// travels along.
type Placement struct {
	Asset   string `json:"asset"` // public id
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
}

// Origin says whose story this is when it is a partner's.
type Origin struct {
	Partner Ref    `json:"partner"`
	URL     string `json:"url,omitempty"`    // where it first appeared
	Author  string `json:"author,omitempty"` // as the partner credits it
}

// Limits on the short texts of a content, in code points. They are generous:
// they keep mistakes (a body pasted into the headline) out, not style in.
const (
	MaxHeadline = 400
	MaxDek      = 2000
	MaxSlug     = 160
	MaxCaption  = 4000
)

// Validate returns an Invalid error that names the first rule which the content
// breaks. It asks what must hold even for a draft; what must hold for
// publication is asked by the newsroom.
func (c *Content) Validate() error {
	type text struct {
		name, value string
		max         int
	}
	texts := []text{
		{"headline", c.Headline, MaxHeadline}, {"dek", c.Dek, MaxDek}, {"slug", c.Slug, MaxSlug},
		{"byline text", c.BylineText, MaxHeadline}, {"title", c.Title, MaxHeadline},
		{"description", c.Description, MaxDek}, {"language", c.Language, 35}, {"canonical address", c.Canonical, 2000},
	}
	if p := c.Lead; p != nil {
		texts = append(texts, text{"caption", p.Caption, MaxCaption}, text{"alternative text", p.Alt, MaxCaption}, text{"credit", p.Credit, MaxCaption})
	}
	if o := c.Origin; o != nil {
		texts = append(texts, text{"original author", o.Author, MaxHeadline}, text{"original address", o.URL, 2000})
	}
	for _, t := range texts {
		if err := CheckText(t.name, t.value, t.max); err != nil {
			return err
		}
	}
	if c.Slug != "" && !ValidSlug(c.Slug) {
		return Errorf(Invalid, "the slug %q has characters that do not belong in an address", c.Slug)
	}
	return nil
}

// CheckText refuses what no text of ours may hold on either engine: NUL, invalid
// UTF-8, and more than max code points.
func CheckText(name, s string, max int) error {
	switch {
	case !utf8.ValidString(s):
		return Errorf(Invalid, "the %s is not valid UTF-8", name)
	case strings.ContainsRune(s, 0):
		return Errorf(Invalid, "the %s contains a NUL character", name)
	case utf8.RuneCountInString(s) > max:
		return Errorf(Invalid, "the %s has %d characters; at most %d are allowed", name, utf8.RuneCountInString(s), max)
	}
	return nil
}

// ValidSlug reports whether s can stand as one segment of an address: letters
// and digits of any script, hyphens, dots, underscores and tildes.
func ValidSlug(s string) bool {
	if s == "" || s == "." || s == ".." || len(s) > 4*MaxSlug {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_', r == '.', r == '~':
			return false
		case r < 0x80 || r == utf8.RuneError:
			return true
		}
		return !isWordRune(r)
	})
}
