// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// FileError is a fault in a file of a theme.
type FileError struct {
	File  string // within the theme's folder
	Line  int    // 0 when the whole file is meant
	Cause error
}

func (e *FileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("theme: %s: %v", e.File, e.Cause)
	}
	return fmt.Sprintf("theme: %s:%d: %v", e.File, e.Line, e.Cause)
}

func (e *FileError) Unwrap() error { return e.Cause }

// A template's error begins with "template: FILE:LINE:" or "html/template:FILE:LINE:COLUMN:".
var templatePosition = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+\.html):(\d+)(?::\d+)?:\s*(.*)$`)

// templateError tells the file and line of what html/template found. Faults
// that show only where two files meet, such as an attribute left open, are told
// without a line: then the file being read is named.
func templateError(err error, reading string) error {
	if inner := (*partError)(nil); errors.As(err, &inner) {
		err = inner.error
	}
	m := templatePosition.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return &FileError{File: reading, Cause: err}
	}
	line, convErr := strconv.Atoi(m[2])
	if convErr != nil {
		return &FileError{File: reading, Cause: err}
	}
	return &FileError{File: "templates/" + m[1], Line: line, Cause: errors.New(m[3])}
}

// turns is how often a template is tried with a filled view: as often as the
// field with the most meanings has any.
const turns = 10

// check executes a template over an empty view and then, filled times, over
// views in which every field is filled and takes each of its meanings in turn.
// What survives all turns names no field, text or function that is not there.
func check(p *page, file string, filled int) error {
	for turn := range filled + 1 {
		v := reflect.New(p.view).Elem()
		if turn > 0 {
			fill(v, "", 0, turn-1)
		}
		if err := p.tmpl.ExecuteTemplate(io.Discard, p.root, v.Interface()); err != nil {
			return templateError(err, file)
		}
	}
	return nil
}

// meanings are the values on which templates decide, by view and field.
var meanings = map[string][]any{
	"Block.Kind":          {LeadBlock, LatestBlock, GridBlock, ListBlock, StripBlock, RailBlock, QuoteBlock, SideBySideBlock, NewsletterBlock, TextBlock},
	"Listing.Kind":        {SectionListing, GenreListing, TopicListing, PersonListing, LatestListing},
	"Thanks.State":        {"noted", "form", "invalid"},
	"Correction.Kind":     {"correction", "clarification", "update", "retraction"},
	"Byline.Contribution": {"", "words", "photographs", "illustration", "translation", "editing", "interview", "maps"},
	"Beside.Label":        {"contradicts", "changed_position", "differs_on_fact", "answers"},
	"Counterpoint.Label":  {"contradicts", "changed_position", "differs_on_fact", "answers"},
	"Feed.Type":           {"application/rss+xml", "application/atom+xml", "application/feed+json"},
	"Suggestion.Kind":     {"story", "person", "section", "topic"},
	"Article.PictureFit":  {"", "wide", "column", "full"},
	"Error.Status":        {404, 410, 500, 503},
	"Archive.Year":        {2026, 0},
	"Archive.Month":       {time.November, time.Month(0)},
	"Paging.Number":       {1, 2},
	"Thanks.Email":        {"reader@example.org", ""},
	"Difference.Kind":     {"changed", "added", "removed", "same"},
	"Difference.Where":    {"headline", "byline", "picture", "paragraph", "image", "alt"},
	"Span.Is":             {"same", "added", "removed"},
}

// fill puts something into every field of a view: the meaning whose turn it
// is, or the field's own name. Views hold views; depth ends that.
func fill(v reflect.Value, field string, depth, turn int) {
	if values := meanings[field]; values != nil {
		v.Set(reflect.ValueOf(values[turn%len(values)]).Convert(v.Type()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(field)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(2)
	case reflect.Slice:
		if depth > 6 {
			return
		}
		n := 2
		if v.Type().Elem() == reflect.TypeFor[Block]() {
			n = turns
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(v.Index(i), "", depth+2, turn+i)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, time.November, 20, 6, 0, 0, 0, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), v.Type().Name()+"."+v.Type().Field(i).Name, depth+1, turn)
		}
	case reflect.Interface:
		v.Set(reflect.ValueOf(map[string]string{"@type": "Thing"}))
	}
}

// strangers finds templates of an owner that nothing would ever use: a
// misspelt name should not be silent.
func strangers(overrides fs.FS) error {
	if overrides == nil {
		return nil
	}
	files, err := fs.Glob(overrides, "templates/*")
	if err != nil {
		return err
	}
	known := make(map[string]bool)
	for _, file := range shared {
		known["templates/"+file] = true
	}
	for name := range views {
		known["templates/"+name+".html"] = true
	}
	for _, file := range files {
		if !known[file] {
			return &FileError{File: file, Cause: errors.New("the theme has no template of this name")}
		}
	}
	return nil
}

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
