// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
)

// What a block may say of a statement is bounded as the record's own is.
func TestCounterpointIsRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, attr, value, want string
	}{
		{"no counterpoint", "counterpoint", "", `attribute "counterpoint" is missing`},
		{"an id that is an address", "counterpoint", "../../admin", "not well formed"},
		{"an id with markup", "firstStatement", `"><script>`, "not well formed"},
		{"one statement twice", "secondStatement", "s1", "the two statements are one"},
		{"another label", "label", "lies", "not one of"},
		{"no words", "firstWords", "", `attribute "firstWords" is missing`},
		{"blank words", "secondWords", " \n", "no words or no speaker"},
		{"no speaker", "secondSpeaker", "", `attribute "secondSpeaker" is missing`},
		{"another kind", "firstKind", "shouted", "not one of"},
		{"a script as source", "firstSourceURL", "javascript:alert(1)", "no address that begins with http"},
		{"a script that hides", "firstSourceURL", "java\tscript:alert(1)", "no address that begins with http"},
		{"a letter box as source", "secondSourceURL", "mailto:x@y.example", "no address that begins with http"},
		{"a source of whatever protocol", "firstSourceURL", "//evil.example/x", "no address that begins with http"},
		{"a source that hides a host", "firstSourceURL", "/\t/evil.example/x", "no address that begins with http"},
		{"a source without a host", "firstSourceURL", "https:///x", "no address that begins with http"},
		{"a day that is none", "firstDate", "2022-13-40", "no date"},
		{"a day as a year", "firstPrecision", "year", "not one of the precision"},
		{"a precision that is none", "firstPrecision", "roughly", "not one of"},
		{"a language with markup", "firstLanguage", `en"><b>`, "not well formed"},
		{"words without end", "firstWords", strings.Repeat("é", stet.MaxStatement+1), "longer than 8000"},
		{"a role without end", "firstRole", strings.Repeat("x", stet.MaxSaid+1), "longer than 300"},
		{"a note without end", "note", strings.Repeat("x", stet.MaxCounterpointNote+1), "longer than 1000"},
		{"a source without end", "firstSourceURL", "https://e.example/" + strings.Repeat("x", 2000), "longer than 2000"},
		{"NUL", "note", "a\x00b", "NUL"},
		{"an attribute of no side", "thirdWords", "x", "unknown attribute"},
	}
	for _, tt := range tests {
		n := aside().Node()
		n.Attrs[tt.attr] = tt.value
		_, err := New(n)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	n := aside().Node()
	n.Content = []Node{Paragraph(Text("inside"))}
	if _, err := New(n); err == nil {
		t.Error("it holds other blocks")
	}
	n = aside().Node()
	n.Attrs["firstWords"] = strings.Repeat("é", stet.MaxStatement)
	if _, err := New(n); err != nil {
		t.Errorf("the longest words that a statement may have are refused: %v", err)
	}
}

func TestCounterpointsOfABody(t *testing.T) {
	t.Parallel()
	c := aside()
	d, err := New(Paragraph(Text("One two three.")), Node{Type: "box", Content: []Node{c.Node()}})
	if err != nil {
		t.Fatal(err)
	}
	got := d.Counterpoints()
	if len(got) != 1 || got[0].Block == "" {
		t.Fatalf("found %+v", got)
	}
	c.Block = got[0].Block
	if diff := cmp.Diff(c, got[0]); diff != "" {
		t.Error(diff)
	}
	// It is found by a search, but is not the story's own text.
	if !strings.Contains(d.Text(), "seriously") {
		t.Error("its words are not in the text")
	}
	if got := d.Words(); got != 3 {
		t.Errorf("%d words, want the story's own 3", got)
	}
	if blocks := d.TextBlocks(); len(blocks) != 1 {
		t.Errorf("its words can be anchored to: %+v", blocks)
	}
	if d, _ := New(c.Node()); d.Empty() {
		t.Error("a body with nothing else counts as empty")
	}
}

// A page says it in the reader's language.
func TestCounterpointInAnotherLanguage(t *testing.T) {
	t.Parallel()
	d, err := New(aside().Node())
	if err != nil {
		t.Fatal(err)
	}
	env := Env{
		Label: func(key string) string {
			return map[string]string{LabelContradicts: "Widerspricht", LabelSource: "Quelle:"}[key]
		},
		When: func(d stet.SaidDate) string { return "am " + d.Value },
		To:   func(s string) string { return "vor " + s },
	}
	page := string(d.HTML(env))
	for _, want := range []string{">Widerspricht</a>", "<span>am 2022-04-26</span>", "<span>vor a committee</span>", "Quelle: <a", `<q>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q: %s", want, page)
		}
	}
	// What is read back must not depend on it.
	if md := d.Markdown(env); md != d.Markdown(Env{}) {
		t.Errorf("the Markdown depends on the reader's language: %s", md)
	}
}

// What wears our class without being ours keeps its words as others do.
func TestForgedCounterpointKeepsItsWords(t *testing.T) {
	t.Parallel()
	whole, err := New(aside().Node())
	if err != nil {
		t.Fatal(err)
	}
	ours := whole.Markdown(Env{})
	for name, src := range map[string]string{
		"words that are not in it":  strings.Replace(ours, "</figure>", "<p>Vote now</p></figure>", 1),
		"a source that is a script": strings.Replace(ours, "https://diet.example/26?a=1&amp;b=2", "javascript:x", 1),
		"one side":                  `<figure class="beside" data-label="answers"><div class="beside-side"><p>Only one</p></div></figure>`,
		"a label of its own":        strings.Replace(ours, `data-label="contradicts"`, `data-label="lies"`, 1),
		"another's address":         strings.Replace(ours, `href="/record/s1"`, `href="https://evil.example/"`, 1),
	} {
		d, _ := FromHTML(src, Options{})
		if len(d.Counterpoints()) != 0 {
			t.Errorf("%s: it became a counterpoint", name)
		}
		checkConverted(t, src, d)
	}
	d, _ := FromHTML(ours, Options{})
	if len(d.Counterpoints()) != 1 {
		t.Errorf("our own did not come back: %s", d.JSON())
	}
}
