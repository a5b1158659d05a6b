// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"

	"stet/themes"
)

var shippedLanguages = []string{"en", "fr", "de", "es", "ar"}

// TestEveryTemplate runs the shipped templates over all meanings of their
// views, in a language of each direction, and looks at what no page may contain.
func TestEveryTemplate(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ar"} {
		th := newTheme(t, Options{Language: lang})
		for name, p := range th.templates {
			for turn := range turns {
				v := reflect.New(p.view).Elem()
				fill(v, "", 0, turn)
				doc := render(t, th, name, v.Interface())
				for n := range doc.Descendants() {
					if n.Type != html.ElementNode {
						continue
					}
					if _, ok := attr(n, "style"); ok {
						t.Errorf("%s, %s: <%s> has a style attribute, which the CSP forbids", lang, name, n.Data)
					}
					typ, _ := attr(n, "type")
					if _, ok := attr(n, "src"); n.Data == "script" && !ok && typ != "application/ld+json" {
						t.Errorf("%s, %s: inline script", lang, name)
					}
				}
			}
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	th := newTheme(t, Options{})
	var buf bytes.Buffer
	if err := th.Render(&buf, "frontpage", Front{}); err == nil || !strings.Contains(err.Error(), "frontpage") {
		t.Errorf("unknown template: %v", err)
	}
	if err := th.Render(&buf, FrontTemplate, Article{}); err == nil || !strings.Contains(err.Error(), "theme.Article") {
		t.Errorf("wrong view: %v", err)
	}
	if buf.Len() > 0 {
		t.Errorf("something was written: %q", buf.String())
	}
}

func TestOverrides(t *testing.T) {
	t.Parallel()
	th := newTheme(t, Options{Overrides: fstest.MapFS{
		"templates/plain.html": {Data: []byte(`{{define "main"}}<p id="own">{{.Title}}</p>{{end}}`)},
		"lang/en.json":         {Data: []byte(`{"skip": "To the words"}`)},
		"static/owner.css":     {Data: []byte(`body { background: url(paper.png) }`)},
		"static/paper.png":     {Data: []byte("png")},
	}})
	doc := render(t, th, PlainTemplate, Plain{Title: "About"})
	want(t, doc, "p#own", "About")
	want(t, doc, "a.skip", "To the words")
	want(t, doc, "header.masthead")
	link := th.Asset("owner.css")
	want(t, doc, `link[href="`+link+`"]`)
	_, rest, _ := strings.Cut(link, "/static/")
	hash, name, _ := strings.Cut(rest, "/")
	f, ok := th.Static(hash, name)
	if !ok {
		t.Fatalf("%s is not served", link)
	}
	if want := `body { background: url("` + th.Asset("paper.png") + `") }`; string(f.Bytes) != want {
		t.Errorf("got %s, want %s", f.Bytes, want)
	}
	if _, ok := th.Static("0", name); ok {
		t.Error("a wrong hash was served")
	}
}

func TestBrokenOverrides(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, file, text string
		line             int
		cause            string
	}{
		{"syntax", "templates/front.html", "{{define \"main\"}}\n{{if}}{{end}}{{end}}", 2, "missing value for if"},
		{"unclosed", "templates/front.html", "{{define \"main\"}}\n{{range .Blocks}}", 2, "unexpected EOF"},
		{"unknown field", "templates/article.html", "{{define \"main\"}}\n\n<h1>{{.Headlin}}</h1>{{end}}", 3, "can't evaluate field Headlin"},
		{"unknown field in a part", "templates/parts.html", strings.Replace(shippedText(t, "templates/parts.html"), ".Headline", ".Titel", 1), 0, "Titel"},
		{"unknown field in a rare case", "templates/error.html", "{{define \"main\"}}{{if eq .Status 410}}\n{{.Gone}}{{end}}{{end}}", 2, "can't evaluate field Gone"},
		{"unknown function", "templates/plain.html", "{{define \"main\"}}{{shout .Title}}{{end}}", 1, `function "shout" not defined`},
		{"unknown text", "templates/plain.html", "{{define \"main\"}}{{t \"no.such\"}}{{end}}", 1, `there is no text "no.such"`},
		{"missing block", "templates/search.html", "<p>Search</p>", 0, "missing block"},
		{"missing part", "templates/plain.html", "{{define \"main\"}}{{template \"sidebar\" .}}{{end}}", 1, "sidebar"},
		{"unclosed attribute", "templates/plain.html", "{{define \"main\"}}<a href=\"{{.Title}}>x</a>{{end}}", 0, "attribute name"},
		{"fault in a kept part", "templates/parts.html", strings.Replace(shippedText(t, "templates/parts.html"), "{{with .Dek}}", "{{with .Deck}}", 1), cardLine(t), "can't evaluate field Deck"},
		{"a part in itself", "templates/plain.html", "{{define \"main\"}}{{part \"main\" .}}{{end}}", 0, "itself"},
		{"misspelt file", "templates/frnt.html", "x", 0, "no template of this name"},
		{"texts", "lang/en.json", "{\n\"skip\": \"a\",,}", 2, "invalid character"},
		{"plural", "lang/en.json", "{\n\"minutes\": {\"one\": \"a\"}}", 2, `"other" is missing`},
		{"style sheet", "owner.css", "a {}\nb { background: url(none.png) }", 2, "no such file"},
		{"static file", "static/page.html", "<p>", 0, "are not served"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := tt.file
			if path == "owner.css" {
				path = "static/owner.css"
			}
			_, err := New(Options{Overrides: fstest.MapFS{path: {Data: []byte(tt.text)}}})
			var got *FileError
			if !errors.As(err, &got) {
				t.Fatalf("got %v, want a FileError", err)
			}
			if got.File != tt.file || tt.line > 0 && got.Line != tt.line || !strings.Contains(got.Cause.Error(), tt.cause) {
				t.Errorf("got %v, want %s:%d ... %s", err, tt.file, tt.line, tt.cause)
			}
		})
	}
}

// cardLine is the line of the dek in parts.html.
func cardLine(t *testing.T) int {
	before, _, _ := strings.Cut(shippedText(t, "templates/parts.html"), "{{with .Dek}}")
	return 1 + strings.Count(before, "\n")
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	en := texts(t, "en")
	for _, lang := range shippedLanguages {
		own := texts(t, lang)
		for key := range en {
			if _, ok := own[key]; !ok {
				t.Errorf("%s lacks %q", lang, key)
			}
		}
		for key, forms := range own {
			if _, ok := en[key]; !ok {
				t.Errorf("%s has %q, which nothing uses", lang, key)
			}
			if len(forms) == 1 {
				continue
			}
			for n := range 1_001 {
				if form := plural.Cardinal.MatchPlural(xlanguage.Make(lang), n, 0, 0, 0, 0); forms[form] == "" {
					t.Errorf("%s: %s has no form for %d", lang, key, n)
					break
				}
			}
		}
	}
	// What a template asks for by a fixed name is there, and nothing else is.
	used := make(map[string]bool)
	for _, m := range regexp.MustCompile(`\b[tn] "([\w.]+)"`).FindAllStringSubmatch(allTemplates(t), -1) {
		used[m[1]] = true
		if _, ok := en[m[1]]; !ok {
			t.Errorf("a template asks for %q", m[1])
		}
	}
	for key := range en {
		// Package prose asks for its own when it renders a body.
		if !used[key] && !strings.HasPrefix(key, "prose.") && !slices.Contains([]string{"list.and", "list.comma", "share.mail", "picture.ended", "media.ended", "size.kb", "size.mb", "size.gb", "record.licence", "said.before", "said.between", "error.unsaid", "error.unsaid.text", "ledger.description", "version.withheld.title"}, key) {
			t.Errorf("nothing uses %q", key)
		}
	}
}

func TestDatesAndNumbers(t *testing.T) {
	t.Parallel()
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	view := Article{Published: time.Date(2026, time.March, 31, 23, 30, 0, 0, time.UTC), Minutes: 11}
	for _, tt := range []struct{ lang, dir, date, minutes string }{
		{"en", "ltr", "April 1, 2026", "11 minutes"},
		{"en-GB", "ltr", "1 April 2026", "11 minutes"},
		{"de", "ltr", "1. April 2026", "11 Minuten"},
		{"fr", "ltr", "1 avril 2026", "11 minutes"},
		{"es", "ltr", "1 de abril de 2026", "11 minutos"},
		{"ar", "rtl", "1 أبريل 2026", "11 دقيقة"},
	} {
		doc := render(t, newTheme(t, Options{Language: tt.lang, Location: oslo}), ArticleTemplate, view)
		want(t, doc, `html[lang="`+tt.lang+`"][dir="`+tt.dir+`"]`)
		want(t, doc, `time.published[datetime="2026-04-01T01:30:00+02:00"]`, tt.date)
		want(t, doc, "span.minutes", tt.minutes)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, m := range []map[string]string{
		{"light.paper": "red"}, {"dark.ink": "#12345"}, {"light.accent": "#fff;} body {"}, {"font.text": `x", serif; } a {`},
		{"measure": "200"}, {"measure": "wide"}, {"light.papr": "#ffffff"},
	} {
		if _, err := ParseTokens(m); err == nil {
			t.Errorf("%v was accepted", m)
		}
	}
	tokens, err := ParseTokens(map[string]string{"light.accent": "#FFCC00", "font.head": "Owner Sans", "measure": "60"})
	if err != nil {
		t.Fatal(err)
	}
	th := newTheme(t, Options{Tokens: tokens})
	css := string(th.files["page.css"].Bytes)
	for _, s := range []string{"--accent:#ffcc00;", `--head-font:"Owner Sans",`, "--measure:27.27em;", "--paper:#fffdf8;", "prefers-color-scheme:dark"} {
		if !strings.Contains(css, s) {
			t.Errorf("page.css lacks %s:\n%s", s, css)
		}
	}
	if diff := cmp.Diff([]string{"light.accent #FFCC00 on #fffdf8 has a contrast of 1.5; 4.5 is the least for easy reading"}, th.Warnings()); diff != "" {
		t.Error(diff)
	}
	if w := newTheme(t, Options{}).Warnings(); len(w) > 0 {
		t.Errorf("the shipped colours: %v", w)
	}
}

// TestBudgets holds what a reader's first visit weighs.
func TestBudgets(t *testing.T) {
	t.Parallel()
	th := newTheme(t, Options{})
	css := len(th.files["page.css"].Bytes)
	var js bytes.Buffer
	z := gzip.NewWriter(&js)
	fonts := 0
	for name, f := range th.files {
		if strings.HasSuffix(name, ".js") {
			if _, err := z.Write(f.Bytes); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	doc := render(t, th, FrontTemplate, Front{})
	for n := range doc.Descendants() {
		if rel, _ := attr(n, "rel"); rel == "preload" {
			href, _ := attr(n, "href")
			fonts += len(th.files[href[strings.LastIndex(href, "/")+1:]].Bytes)
		}
	}
	if css >= 40_960 || js.Len() >= 15_000 || fonts == 0 || fonts >= 50_000 {
		t.Errorf("style sheets %d (under 40,960), scripts %d gzipped (under 15,000), first fonts %d (under 50,000)", css, js.Len(), fonts)
	}
}

// --- help ------------------------------------------------------------------

func newTheme(t *testing.T, o Options) *Theme {
	t.Helper()
	th, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func shippedText(t *testing.T, path string) string {
	t.Helper()
	b, err := fs.ReadFile(themes.FS, "stet/"+path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func allTemplates(t *testing.T) string {
	t.Helper()
	files, err := fs.Glob(themes.FS, "stet/templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		all.WriteString(shippedText(t, strings.TrimPrefix(f, "stet/")))
	}
	return all.String()
}

func texts(t *testing.T, lang string) map[string]text {
	t.Helper()
	var m map[string]text
	if err := json.Unmarshal([]byte(shippedText(t, "lang/"+lang+".json")), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRenderFront(b *testing.B) {
	th, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	v := reflect.New(reflect.TypeFor[Front]()).Elem()
	fill(v, "", 0, 0)
	var buf bytes.Buffer
	for b.Loop() {
		buf.Reset()
		if err := th.Render(&buf, FrontTemplate, v.Interface()); err != nil {
			b.Fatal(err)
		}
	}
}
