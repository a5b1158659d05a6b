// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"reflect"
	"time"

	"stet/themes"
)

// Options say what a theme is made of. The zero value is the shipped theme in
// English and UTC.
type Options struct {
	// Overrides is an owner's folder, or nil: templates/*.html replace shipped
	// templates of the same name, static/* add to or replace static files,
	// lang/*.json replace single texts. static/owner.css is linked when it is there.
	Overrides fs.FS
	// Language is a BCP 47 tag; its dates, numbers and texts are used. English when empty.
	Language string
	// Location is the time zone of all shown times. UTC when nil.
	Location *time.Location
	Tokens   Tokens
	// Mark is the letter or short word of the magazine's icon.
	Mark string
}

// Theme renders pages. It never changes after New and is safe for concurrent use.
type Theme struct {
	language  *language
	location  *time.Location
	templates map[string]*page
	files     map[string]*File // by name
	warnings  []string
	parts     parts // the only thing that changes, and nobody can see it
}

// page is a template with the only type of view it takes.
type page struct {
	tmpl *template.Template
	root string // the template that is executed
	view reflect.Type
}

// views names the view of every template.
var views = map[string]any{
	FrontTemplate:        Front{},
	ArticleTemplate:      Article{},
	StreamTemplate:       Stream{},
	ListingTemplate:      Listing{},
	ArchiveTemplate:      Archive{},
	SearchTemplate:       Search{},
	SuggestionsTemplate:  Suggestions{},
	PlainTemplate:        Plain{},
	ErrorTemplate:        Error{},
	ThanksTemplate:       Thanks{},
	CorrectionsTemplate:  Corrections{},
	LedgerTemplate:       Ledger{},
	RecordTemplate:       Record{},
	StatementTemplate:    StatementPage{},
	CounterpointTemplate: CounterpointPage{},
	EmbedTemplate:        Embed{},
	HistoryTemplate:      History{},
	VersionTemplate:      VersionPage{},
	CompareTemplate:      Comparison{},
}

// fragments are templates without the frame of a page.
var fragments = map[string]bool{StreamTemplate: true, SuggestionsTemplate: true, EmbedTemplate: true}

// shared are the files that every page is made with: the frame and the parts.
var shared = []string{"base.html", "parts.html", "stories.html", "said.html", "versions.html"}

// New makes a theme, or says what is wrong with the owner's part of it: a
// [*FileError] for a template, text or static file, an error of [Tokens.Validate] else.
func New(o Options) (*Theme, error) {
	if o.Language == "" {
		o.Language = "en"
	}
	if o.Location == nil {
		o.Location = time.UTC
	}
	shipped, err := fs.Sub(themes.FS, "stet")
	if err != nil {
		return nil, err
	}
	t := &Theme{location: o.Location, templates: make(map[string]*page)}
	if t.language, err = newLanguage(o.Language, shipped, o.Overrides); err != nil {
		return nil, err
	}
	if err := o.Tokens.Validate(); err != nil {
		return nil, err
	}
	t.warnings = o.Tokens.warnings()
	if t.files, err = loadStatic(shipped, o); err != nil {
		return nil, err
	}
	if err := t.loadTemplates(shipped, o.Overrides); err != nil {
		return nil, err
	}
	return t, nil
}

// Warnings are sentences for the operator about choices that work but read
// badly, such as colours of low contrast.
func (t *Theme) Warnings() []string { return t.warnings }

// Language returns the BCP 47 tag of the theme's language.
func (t *Theme) Language() string { return t.language.tag.String() }

// Render writes the page that the named template makes of the view. Nothing is
// written when it fails.
func (t *Theme) Render(w io.Writer, name string, view any) error {
	p, ok := t.templates[name]
	if !ok {
		return fmt.Errorf("render: there is no template %q", name)
	}
	if got := reflect.TypeOf(view); got != p.view {
		return fmt.Errorf("render %s: the view is a %v, not a %v", name, got, p.view)
	}
	var buf bytes.Buffer
	if err := p.tmpl.ExecuteTemplate(&buf, p.root, view); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	_, err := buf.WriteTo(w)
	return err
}

// loadTemplates parses every template, the owner's file before the shipped one,
// and checks each against its view.
func (t *Theme) loadTemplates(shipped, overrides fs.FS) error {
	frame := template.New("stet").Funcs(t.funcs())
	for _, file := range shared {
		if err := parse(frame, shipped, overrides, file); err != nil {
			return err
		}
	}
	for name, view := range views {
		tmpl, err := frame.Clone()
		if err != nil {
			return err
		}
		tmpl.Funcs(template.FuncMap{"part": t.part(name, tmpl)})
		p := &page{tmpl: tmpl, root: "page", view: reflect.TypeOf(view)}
		if fragments[name] {
			p.root = "main"
		}
		if err := parse(tmpl, shipped, overrides, name+".html"); err != nil {
			return err
		}
		if tmpl.Lookup("main") == nil {
			return &FileError{File: "templates/" + name + ".html", Cause: fmt.Errorf(`missing block: the file has to {{define "main"}}`)}
		}
		// The shipped templates pass all turns in the tests of this package; only
		// an owner's are tried again at each start.
		filled := 0
		if overrides != nil {
			filled = turns
		}
		if err := check(p, "templates/"+name+".html", filled); err != nil {
			return err
		}
		t.templates[name] = p
	}
	return strangers(overrides)
}

// parse adds one template file, under its own name so that errors tell it.
func parse(into *template.Template, shipped, overrides fs.FS, file string) error {
	path := "templates/" + file
	text, err := readOver(shipped, overrides, path)
	if err != nil {
		return &FileError{File: path, Cause: err}
	}
	if _, err := into.New(file).Parse(string(text)); err != nil {
		return templateError(err, path)
	}
	return nil
}

// readOver reads the owner's file, or the shipped one where there is none.
func readOver(shipped, overrides fs.FS, path string) ([]byte, error) {
	if overrides != nil {
		b, err := fs.ReadFile(overrides, path)
		if err == nil || !isNotExist(err) {
			return b, err
		}
	}
	return fs.ReadFile(shipped, path)
}
