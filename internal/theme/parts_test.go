// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"html/template"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestEveryFieldIsPartOfTheValue changes each field of a card and of the
// magazine in turn: two views that differ anywhere must not share what was made.
func TestEveryFieldIsPartOfTheValue(t *testing.T) {
	t.Parallel()
	for _, view := range []any{&CardUse{}, &Magazine{}} {
		v := reflect.ValueOf(view).Elem()
		fill(v, "", 0, 0)
		value := func() string {
			b, ok := appendValue(nil, v)
			if !ok {
				t.Fatalf("a %v has no value", v.Type())
			}
			return string(b)
		}
		whole, n := value(), 0
		eachLeaf(v, v.Type().Name(), func(name string, leaf reflect.Value) {
			old := reflect.ValueOf(leaf.Interface())
			if leaf.IsZero() && leaf.Kind() == reflect.String {
				leaf.SetString("x")
			} else {
				leaf.SetZero()
			}
			if value() == whole {
				t.Errorf("%s is not part of the value", name)
			}
			leaf.Set(old)
			n++
		})
		if n < 10 {
			t.Errorf("only %d fields of a %v were tried", n, v.Type())
		}
	}
}

func eachLeaf(v reflect.Value, name string, f func(string, reflect.Value)) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		f(name, v)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			eachLeaf(v.Field(i), name+"."+v.Type().Field(i).Name, f)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			eachLeaf(v.Index(i), name+"[]", f)
		}
		if v.Len() > 0 {
			f(name, v)
		}
	default:
		f(name, v)
	}
}

// TestValuesDoNotRunTogether: fields that could be taken for one another when
// they are written in a row.
func TestValuesDoNotRunTogether(t *testing.T) {
	t.Parallel()
	seen := map[string]Card{}
	for _, c := range []Card{
		{}, {Headline: "ab"}, {Headline: "a", Dek: "b"}, {Dek: "ab"}, {Headline: "a", Dek: "b", URL: "c"}, {Headline: "a", Dek: "bc"},
		{Bylines: []Byline{{Name: "a"}, {Name: "b"}}}, {Bylines: []Byline{{Name: "a", URL: "b"}}}, {Published: time.Unix(1, 0)}, {Updated: time.Unix(1, 0)}, {Published: time.Unix(0, 1)},
	} {
		b, _ := appendValue(nil, reflect.ValueOf(c))
		if other, ok := seen[string(b)]; ok {
			t.Errorf("%+v and %+v have one value", c, other)
		}
		seen[string(b)] = c
	}
}

// TestPartsAreKept renders a page twice and sees that the second time makes no
// part anew, and that a changed card shows at once.
func TestPartsAreKept(t *testing.T) {
	t.Parallel()
	made := 0
	th := newTheme(t, Options{})
	counted := template.Must(template.New("x").Funcs(template.FuncMap{"made": func() string { made++; return "" }}).Parse(`{{define "card"}}{{made}}<b>{{.Headline}}</b>{{end}}`))
	part := th.part("x", counted)
	for i, tt := range []struct {
		headline, want string
		made           int
	}{{"A & B", "<b>A &amp; B</b>", 1}, {"A & B", "<b>A &amp; B</b>", 1}, {"<i>", "<b>&lt;i&gt;</b>", 2}, {"A & B", "<b>A &amp; B</b>", 2}} {
		h, err := part("card", CardUse{Card: Card{Headline: tt.headline}})
		if err != nil || string(h) != tt.want || made != tt.made {
			t.Errorf("%d: %q after %d, %v; want %q after %d", i, h, made, err, tt.want, tt.made)
		}
	}
	// What no value can be made of is made anew each time.
	for range 2 {
		if _, err := part("card", map[string]string{"Headline": "x"}); err != nil {
			t.Error(err)
		}
	}
	if made != 4 {
		t.Errorf("made %d times, want 4", made)
	}
}

func TestPartsHaveABound(t *testing.T) {
	t.Parallel()
	var ps parts
	text := template.HTML(strings.Repeat("x", 10_000))
	key := func(i int) partKey { return partKey{byte(i), byte(i >> 8)} }
	for i := range 1000 {
		ps.put(key(i), text)
		ps.get(key(0)) // what is used stays
	}
	if n := len(ps.young) + len(ps.old); n > partsWeight/len(text)+2 {
		t.Errorf("%d parts are kept", n)
	}
	if _, ok := ps.get(key(0)); !ok {
		t.Error("a part in use was dropped")
	}
	if _, ok := ps.get(key(1)); ok {
		t.Error("a part that nobody used is still there")
	}
}

// TestOwnersPart: a part that an owner has changed is kept as theirs.
func TestOwnersPart(t *testing.T) {
	t.Parallel()
	text := strings.Replace(shippedText(t, "templates/parts.html"), `{{define "card"}}`, `{{define "card"}}<!-- mine --><i data-x="{{.Headline}}"></i>`, 1)
	th := newTheme(t, Options{Overrides: fstest.MapFS{"templates/parts.html": {Data: []byte(text)}}})
	for range 2 {
		var b strings.Builder
		if err := th.Render(&b, ListingTemplate, Listing{Cards: []Card{{Headline: `"><script>`}}}); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, `data-x="&#34;&gt;&lt;script&gt;"`) {
			t.Error("the owner's card is not there, or not escaped")
		}
	}
}
