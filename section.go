// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"slices"
	"strings"
	"unicode"
)

// Section is a department of the magazine; sections form a tree.
type Section struct {
	ID          int64
	PublicID    string
	ParentID    int64 // 0 at the top
	Name        string
	Slug        string
	Description string
	Position    int
	Source      string
	Was         []string // public ids of the sections that were merged into it
}

// Is reports whether the public id is the section's, or that of one that was
// merged into it.
func (s Section) Is(id string) bool { return s.PublicID == id || slices.Contains(s.Was, id) }

// Genre is what kind of journalism a story is: Analysis, Reporting, Opinion,
// Interview (IPTC's word, https://cv.iptc.org/newscodes/genre/).
type Genre struct {
	ID          int64
	PublicID    string
	Name        string
	Slug        string
	Description string
	Position    int
	Was         []string // public ids of the genres that were merged into it
}

// Is reports whether the public id is the genre's, or that of one that was
// merged into it.
func (g Genre) Is(id string) bool { return g.PublicID == id || slices.Contains(g.Was, id) }

// Topic is what stories are about, across sections.
type Topic struct {
	ID          int64
	PublicID    string
	Name        string
	Slug        string
	Description string
	Source      string
	Was         []string // public ids of the topics that were merged into it
}

// Is reports whether the public id is the topic's, or that of one that was
// merged into it.
func (t Topic) Is(id string) bool { return t.PublicID == id || slices.Contains(t.Was, id) }

// Partner is a publication whose stories we carry, or who carries ours.
type Partner struct {
	ID       int64
	PublicID string
	Name     string
	URL      string
}

// The most that a name and a description of the taxonomy may have, in code points.
const (
	maxName        = 200
	maxDescription = 20000
)

// Validate returns an Invalid error for the first rule the section breaks.
func (s *Section) Validate() error { return checkNamed(s.Name, s.Description) }

// Validate returns an Invalid error for the first rule the genre breaks.
func (g *Genre) Validate() error { return checkNamed(g.Name, g.Description) }

// Validate returns an Invalid error for the first rule the topic breaks.
func (t *Topic) Validate() error { return checkNamed(t.Name, t.Description) }

// Validate returns an Invalid error for the first rule the partner breaks.
func (p *Partner) Validate() error { return checkNamed(p.Name, p.URL) }

func checkNamed(name, text string) error {
	if strings.TrimSpace(name) == "" {
		return Errorf(Invalid, "it needs a name")
	}
	if err := CheckText("name", name, maxName); err != nil {
		return err
	}
	return CheckText("description", text, maxDescription)
}

// MaxSectionDepth bounds the tree of sections; deeper ones are refused.
const MaxSectionDepth = 8

// Sections is the whole tree, in order of position and name.
type Sections []Section

// ByID returns the section with the database id.
func (ss Sections) ByID(id int64) (Section, bool) {
	for _, s := range ss {
		if s.ID == id {
			return s, true
		}
	}
	return Section{}, false
}

// ByPublicID returns the section with the public id, or the one into which that
// was merged.
func (ss Sections) ByPublicID(id string) (Section, bool) {
	for _, s := range ss {
		if s.Is(id) {
			return s, true
		}
	}
	return Section{}, false
}

// Children returns the sections directly below parent; 0 asks for the top.
func (ss Sections) Children(parent int64) Sections {
	var out Sections
	for _, s := range ss {
		if s.ParentID == parent {
			out = append(out, s)
		}
	}
	return out
}

// Line returns the section with its ancestors, outermost first. It ends after
// MaxSectionDepth steps, so that a cycle made by hand in the database cannot
// hang a page.
func (ss Sections) Line(id int64) Sections {
	var line Sections
	for len(line) < MaxSectionDepth {
		s, ok := ss.ByID(id)
		if !ok {
			break
		}
		line = append(Sections{s}, line...)
		id = s.ParentID
	}
	return line
}

// Under returns every public id by which the section and those below it are,
// or were, known.
func (ss Sections) Under(id int64) (out []string) {
	for _, s := range ss {
		for _, up := range ss.Line(s.ID) {
			if up.ID == id {
				out = append(append(out, s.PublicID), s.Was...)
			}
		}
	}
	return out
}

// Path returns the address of the section, "/northern-rim/the-sound".
func (ss Sections) Path(id int64) string {
	var b strings.Builder
	for _, s := range ss.Line(id) {
		b.WriteByte('/')
		b.WriteString(s.Slug)
	}
	return b.String()
}

// CheckParent refuses a parent that does not exist, would make a cycle or
// would make the tree too deep.
func (ss Sections) CheckParent(id, parent int64) error {
	if parent == 0 {
		return nil
	}
	if _, ok := ss.ByID(parent); !ok {
		return Errorf(Invalid, "the parent section does not exist")
	}
	line := ss.Line(parent)
	for _, s := range line {
		if s.ID == id {
			return Errorf(Invalid, "a section cannot stand below itself")
		}
	}
	if len(line)+ss.height(id) > MaxSectionDepth {
		return Errorf(Invalid, "sections can be nested %d deep at most", MaxSectionDepth)
	}
	return nil
}

// height is how many levels the section and what is below it take; a new one,
// id 0, takes one.
func (ss Sections) height(id int64) int {
	n := 1
	if id == 0 {
		return n
	}
	for level := ss.Children(id); len(level) > 0 && n <= MaxSectionDepth; n++ {
		var below Sections
		for _, s := range level {
			below = append(below, ss.Children(s.ID)...)
		}
		level = below
	}
	return n
}

// isWordRune reports whether r is a letter, digit or mark of any script.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
