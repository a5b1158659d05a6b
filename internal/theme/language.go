// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/bep/golocales"
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"
)

// language holds the interface texts, and writes dates and numbers.
type language struct {
	tag   xlanguage.Tag
	dir   string
	texts map[string]text
	golocales.Translator
}

// text is one entry of a language's file: a string, or one string for each
// plural form that the language has.
type text map[plural.Form]string

var pluralForms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func (t *text) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*t = text{plural.Other: one}
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(b, &forms); err != nil {
		return errors.New("a text is a string or an object of plural forms")
	}
	*t = make(text, len(forms))
	for name, s := range forms {
		form, ok := pluralForms[name]
		if !ok {
			return fmt.Errorf("%q is no plural form", name)
		}
		(*t)[form] = s
	}
	if _, ok := (*t)[plural.Other]; !ok {
		return errors.New(`the plural form "other" is missing`)
	}
	return nil
}

// CheckLanguage refuses what names no language. One without texts of ours is
// no fault: its readers see the interface in English.
func CheckLanguage(name string) error {
	if _, err := xlanguage.Parse(name); err != nil {
		return fmt.Errorf("%q is no language; write a tag such as en, de or pt-BR", name)
	}
	return nil
}

// Direction is "rtl" for a language that is written from right to left, and
// "ltr" for all others and for what names no language.
func Direction(name string) string {
	tag, err := xlanguage.Parse(name)
	if err != nil {
		return "ltr"
	}
	return direction(tag)
}

func direction(tag xlanguage.Tag) string {
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo":
		return "rtl"
	}
	return "ltr"
}

// newLanguage reads the texts of a tag: English first, then the language, then
// its region, the owner's over the shipped ones; the more exact text wins.
func newLanguage(name string, shipped, overrides fs.FS) (*language, error) {
	tag, err := xlanguage.Parse(name)
	if err != nil {
		return nil, fmt.Errorf("theme: language %q: %w", name, err)
	}
	base, _ := tag.Base()
	l := &language{tag: tag, dir: direction(tag), texts: make(map[string]text)}
	for _, locale := range []string{tag.String(), base.String(), "en"} {
		if l.Translator = golocales.New(locale); l.Translator != nil {
			break
		}
	}
	for _, file := range []string{"en", base.String(), tag.String()} {
		for _, fsys := range []fs.FS{shipped, overrides} {
			if err := l.read(fsys, "lang/"+file+".json"); err != nil {
				return nil, err
			}
		}
	}
	return l, nil
}

func (l *language) read(fsys fs.FS, path string) error {
	if fsys == nil {
		return nil
	}
	b, err := fs.ReadFile(fsys, path)
	if isNotExist(err) {
		return nil
	}
	if err != nil {
		return &FileError{File: path, Cause: err}
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		line := 0
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line = 1 + strings.Count(string(b[:syntax.Offset]), "\n")
		}
		return &FileError{File: path, Line: line, Cause: err}
	}
	for key, value := range raw {
		var t text
		if err := json.Unmarshal(value, &t); err != nil {
			line := 1 + strings.Count(string(b[:max(0, strings.Index(string(b), `"`+key+`"`))]), "\n")
			return &FileError{File: path, Line: line, Cause: fmt.Errorf("%s: %w", key, err)}
		}
		l.texts[key] = t
	}
	return nil
}

// text returns the text of a key with its {0}, {1} replaced. A key that no
// file has is an error, so that a template's slip is found when it is checked.
func (l *language) text(key string, args ...any) (string, error) {
	t, ok := l.texts[key]
	if !ok {
		return "", fmt.Errorf("there is no text %q", key)
	}
	return l.place(t[plural.Other], args), nil
}

// plural is text with the form for n, which is {0}.
func (l *language) plural(key string, n int, args ...any) (string, error) {
	t, ok := l.texts[key]
	if !ok {
		return "", fmt.Errorf("there is no text %q", key)
	}
	s, ok := t[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]
	if !ok {
		s = t[plural.Other]
	}
	return l.place(s, append([]any{n}, args...)), nil
}

func (l *language) place(s string, args []any) string {
	for i, arg := range args {
		var v string
		if n, ok := arg.(int); ok {
			v = l.number(n)
		} else {
			v = fmt.Sprint(arg)
		}
		s = strings.ReplaceAll(s, fmt.Sprintf("{%d}", i), v)
	}
	return s
}

func (l *language) number(n int) string { return l.FormatNumber(float64(n), 0) }

// locale is the language with a country, as Open Graph writes it: the one that
// most of its readers live in where the magazine names none.
func (l *language) locale() string {
	base, _ := l.tag.Base()
	region, _ := l.tag.Region()
	return base.String() + "_" + region.String()
}

// month is the name of a month as it stands alone.
func (l *language) month(m time.Month) string {
	if m < time.January || m > time.December {
		return ""
	}
	return l.MonthsWide()[m-1]
}
