// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"stet"
	"stet/internal/store"
)

// Fields are the fields of a content by their names in JSON, without the body,
// which travels as steps.
type Fields map[string]json.RawMessage

// fieldNames are the fields that may be changed so.
var fieldNames = []string{"headline", "dek", "slug", "language", "section", "sections", "genre", "topics", "bylines", "bylineText", "lead", "origin", "title", "description", "canonical"}

// FieldConflict is a field that somebody else has changed meanwhile.
type FieldConflict struct {
	Field  string
	Theirs json.RawMessage
	Yours  json.RawMessage
}

// FieldsConflict is the answer when fields were changed by somebody else since
// they were read. Nothing was saved: the rest can be sent again at once.
type FieldsConflict struct {
	Conflicts []FieldConflict
	Article   stet.Article
}

func (e *FieldsConflict) Error() string { return "somebody else has changed the same meanwhile" }

// Unwrap makes it a Conflict for those who only ask for the code.
func (e *FieldsConflict) Unwrap() error { return &stet.Error{Code: stet.Conflict, Message: e.Error()} }

// ChangeFields changes fields of a working copy from what they were to what
// they shall be, each compared and swapped by itself: two people may change
// different fields at the same time and neither loses anything. A request that
// is sent twice does no harm.
func (r *Room) ChangeFields(ctx context.Context, staff stet.Staff, id int64, was, set Fields) (c WorkingCopy, err error) {
	wasContent, err := contentOf(was)
	if err != nil {
		return c, err
	}
	setContent, err := contentOf(set)
	if err != nil {
		return c, err
	}
	err = r.patiently(ctx, staff, id, func(r *Room, a *stet.Article) error {
		names := slices.Sorted(maps.Keys(set))
		if conflicts := compare(names, &a.Content, wasContent, setContent); len(conflicts) > 0 {
			return &FieldsConflict{Conflicts: conflicts, Article: *a}
		}
		if c.Version, err = r.settle(ctx, a); err != nil {
			return err
		}
		err := r.setFields(ctx, staff, a, names, setContent)
		c.Article = *a
		return err
	})
	return c, err
}

func (r *Room) setFields(ctx context.Context, staff stet.Staff, a *stet.Article, names []string, set *stet.Content) error {
	next := a.Content
	for _, name := range names {
		fieldsOf[name](&next, set)
	}
	if slices.Equal(fieldJSON(&next, fieldNames), fieldJSON(&a.Content, fieldNames)) {
		return nil
	}
	if err := r.snapshotBefore(ctx, staff, a); err != nil {
		return err
	}
	a.Content, a.UpdatedBy = next, staff.ID
	if err := a.Content.Validate(); err != nil {
		return err
	}
	if err := r.resolveFields(ctx, &a.Content, names); err != nil {
		return err
	}
	if err := r.store.SaveArticle(ctx, a); err != nil {
		return err
	}
	r.changed(FieldsTag(a.PublicID), TagDesk)
	return nil
}

// TagDesk is the tag of the desk's lists of articles.
const TagDesk = "desk:articles"

// resolveFields looks up what the changed fields refer to; what was there
// before is asked again when the story is published.
func (r *Room) resolveFields(ctx context.Context, c *stet.Content, names []string) error {
	type step struct {
		names []string
		do    func(context.Context, *stet.Content, *store.Live) error
	}
	for _, s := range []step{
		{[]string{"section", "sections"}, r.resolveSections}, {[]string{"genre"}, r.resolveGenre}, {[]string{"topics"}, r.resolveTopics},
		{[]string{"bylines"}, r.resolveBylines}, {[]string{"origin"}, r.resolveOrigin}, {[]string{"lead"}, r.resolveLead},
	} {
		if !slices.ContainsFunc(names, func(n string) bool { return slices.Contains(s.names, n) }) {
			continue
		}
		if err := s.do(ctx, c, &store.Live{}); err != nil {
			return err
		}
	}
	return nil
}

// contentOf reads fields into a content that has nothing else.
func contentOf(f Fields) (*stet.Content, error) {
	for name := range f {
		if !slices.Contains(fieldNames, name) {
			return nil, stet.Errorf(stet.Invalid, "there is no field %q to be changed so", name)
		}
	}
	data, err := json.Marshal(f)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "the fields are no JSON")
	}
	c := new(stet.Content)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		return nil, stet.Errorf(stet.Invalid, "the fields are not understood: %v", err)
	}
	return c, nil
}

// compare returns the fields that are neither as they were nor as they shall be.
func compare(names []string, now, was, set *stet.Content) (out []FieldConflict) {
	n, w, s := fieldJSON(now, names), fieldJSON(was, names), fieldJSON(set, names)
	for i, name := range names {
		if n[i] != w[i] && n[i] != s[i] {
			out = append(out, FieldConflict{Field: name, Theirs: fieldValue(now, name), Yours: fieldValue(set, name)})
		}
	}
	return out
}

// fieldJSON returns fields in a form that can be compared: references count by
// their id alone, for the names in them are what the thing was called then.
func fieldJSON(c *stet.Content, names []string) []string {
	bare := *c
	bare.Section.Name, bare.Genre.Name = "", ""
	bare.Sections, bare.Topics = nameless(c.Sections), nameless(c.Topics)
	bare.Bylines = slices.Clone(c.Bylines)
	for i := range bare.Bylines {
		bare.Bylines[i].Person.Name = ""
	}
	if c.Origin != nil {
		o := *c.Origin
		o.Partner.Name = ""
		bare.Origin = &o
	}
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = string(fieldValue(&bare, name))
	}
	return out
}

func nameless(refs []stet.Ref) []stet.Ref {
	out := slices.Clone(refs)
	for i := range out {
		out[i].Name = ""
	}
	return out
}

// fieldValue is a field as JSON, null when it is empty.
func fieldValue(c *stet.Content, name string) json.RawMessage {
	one := stet.Content{}
	fieldsOf[name](&one, c)
	data, err := json.Marshal(one)
	if err != nil {
		panic(err) // texts and references
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(data, &m); err != nil {
		panic(err)
	}
	if v, ok := m[name]; ok && string(v) != `""` {
		return v
	}
	return json.RawMessage("null")
}

// fieldsOf copies each field from one content to another.
var fieldsOf = map[string]func(to, from *stet.Content){
	"headline":    func(to, from *stet.Content) { to.Headline = from.Headline },
	"dek":         func(to, from *stet.Content) { to.Dek = from.Dek },
	"slug":        func(to, from *stet.Content) { to.Slug = from.Slug },
	"language":    func(to, from *stet.Content) { to.Language = from.Language },
	"section":     func(to, from *stet.Content) { to.Section = from.Section },
	"sections":    func(to, from *stet.Content) { to.Sections = from.Sections },
	"genre":       func(to, from *stet.Content) { to.Genre = from.Genre },
	"topics":      func(to, from *stet.Content) { to.Topics = from.Topics },
	"bylines":     func(to, from *stet.Content) { to.Bylines = from.Bylines },
	"bylineText":  func(to, from *stet.Content) { to.BylineText = from.BylineText },
	"lead":        func(to, from *stet.Content) { to.Lead = from.Lead },
	"origin":      func(to, from *stet.Content) { to.Origin = from.Origin },
	"title":       func(to, from *stet.Content) { to.Title = from.Title },
	"description": func(to, from *stet.Content) { to.Description = from.Description },
	"canonical":   func(to, from *stet.Content) { to.Canonical = from.Canonical },
}
