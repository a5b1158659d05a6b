// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func inDoc(content string) string { return `{"type":"doc","content":[` + content + `]}` }

var refused = []struct{ name, json, want string }{
	{"no JSON", `{`, `document: the JSON ends in the middle`},
	{"array", `[]`, `document: a value of kind array where kind object is due`},
	{"no JSON at all", `hello`, `document: no JSON at byte 0`},
	{"trailing comma", `{"type":"doc",}`, `document: no JSON at byte 14`},
	{"bad number", inDoc(`{"type":"heading","attrs":{"level":2e}}`), `content[0].attrs: no JSON at byte 60`},
	{"bad escape", inDoc(`{"type":"para\q"}`), `content[0].type: no JSON at byte 33`},
	{"control character", "{\"type\":\"d\noc\"}", `type: no JSON at byte 11`},
	{"field twice", `{"type":"doc","type":"doc"}`, `document: field "type" twice`},
	{"attribute twice", inDoc(`{"type":"heading","attrs":{"level":2,"level":3}}`), `content[0].attrs: attribute "level" twice`},
	{"null for a node", inDoc(`null`), `content[0]: a value of kind null where kind object is due`},
	{"more behind", `{"type":"doc"} {}`, `document: something follows the document`},
	{"other root", `{"type":"paragraph"}`, `document: the root is "paragraph", not "doc"`},
	{"unknown node", inDoc(`{"type":"paragraph"},{"type":"iframe"}`), `content[1]: unknown node type "iframe"`},
	{"unknown field", `{"type":"doc","html":"x"}`, `document: unknown field "html"`},
	{"unknown mark", inDoc(`{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"blink"}]}]}`), `content[0].content[0].marks[0]: unknown mark "blink"`},
	{"mark twice", inDoc(`{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"bold"},{"type":"bold"}]}]}`), `content[0].content[0].marks[1]: mark "bold" twice`},
	{"mark on a block", inDoc(`{"type":"paragraph","marks":[{"type":"bold"}]}`), `content[0]: marks on "paragraph"`},
	{"marks in code", inDoc(`{"type":"codeBlock","content":[{"type":"text","text":"x","marks":[{"type":"bold"}]}]}`), `content[0].content[0]: marks in "codeBlock"`},
	{"wrong nesting", inDoc(`{"type":"paragraph","content":[{"type":"paragraph"}]}`), `content[0].content[0]: "paragraph" cannot stand in "paragraph"`},
	{"text in the document", inDoc(`{"type":"text","text":"x"}`), `content[0]: "text" cannot stand in "doc"`},
	{"item without paragraph", inDoc(`{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"horizontalRule"}]}]}`), `content[0].content[0].content[0]: "listItem" must begin with "paragraph"`},
	{"empty list", inDoc(`{"type":"bulletList"}`), `content[0]: empty "bulletList"`},
	{"note in a note", inDoc(`{"type":"paragraph","content":[{"type":"footnote","content":[{"type":"footnote"}]}]}`), `content[0].content[0].content[0]: "footnote" cannot stand in "footnote"`},
	{"empty text", inDoc(`{"type":"paragraph","content":[{"type":"text","text":""}]}`), `content[0].content[0]: empty text`},
	{"text elsewhere", inDoc(`{"type":"paragraph","text":"x"}`), `content[0]: "paragraph" has no text of its own`},
	{"content of the wrong type", inDoc(`{"type":"paragraph"},{"type":"paragraph","content":"x"}`), `content[1].content: a value of kind string where kind array is due`},
	{"text of the wrong type", inDoc(`{"type":"paragraph","content":[{"type":"text","text":5}]}`), `content[0].content[0].text: a value of kind number where kind string is due`},
	{"attribute unknown", inDoc(`{"type":"paragraph","attrs":{"onclick":"x"}}`), `content[0]: unknown attribute "onclick"`},
	{"attribute missing", inDoc(`{"type":"heading"}`), `content[0]: attribute "level" is missing`},
	{"level too high", inDoc(`{"type":"heading","attrs":{"level":1}}`), `content[0]: attribute "level": 1 is not between 2 and 4`},
	{"level not whole", inDoc(`{"type":"heading","attrs":{"level":2.5}}`), `content[0]: attribute "level": 2.5 is not a whole number`},
	{"level a string", inDoc(`{"type":"heading","attrs":{"level":"2"}}`), `content[0]: attribute "level": not a number`},
	{"layout", inDoc(`{"type":"image","attrs":{"layout":"huge"}}`), `content[0]: attribute "layout": "huge" is not one of column, wide, full`},
	{"id", inDoc(`{"type":"paragraph","attrs":{"id":"a b"}}`), `content[0]: attribute "id": "a b" is not well formed`},
	{"NUL", inDoc(`{"type":"paragraph","content":[{"type":"text","text":"a\u0000"}]}`), `content[0].content[0]: a NUL character in the text`},
	{"NUL in an attribute", inDoc(`{"type":"box","attrs":{"title":"a\u0000"},"content":[{"type":"paragraph"}]}`), `content[0]: attribute "title": a NUL character`},
	{"javascript", inDoc(`{"type":"embed","attrs":{"url":"java\tscript:x"}}`), `content[0]: attribute "url": the address "java\tscript:x" is not allowed`},
	{"javascript, spaced", inDoc(`{"type":"image","attrs":{"src":"\u0001 \u00a0JAVASCRIPT:x"}}`), "content[0]: attribute \"src\": the address \"\\x01 \\u00a0JAVASCRIPT:x\" is not allowed"},
	{"data", inDoc(`{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"data:text/html,x"}}]}]}`), `content[0].content[0].marks[0]: attribute "href": the address "data:text/html,x" is not allowed`},
	{"too wide", inDoc(`{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","attrs":{"colspan":101},"content":[{"type":"paragraph"}]}]}]}`), `content[0].content[0].content[0]: attribute "colspan": 101 is not between 1 and 100`},
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range refused {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.json))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseLimits(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"type":"blockquote","content":[`, 70) + `{"type":"paragraph"}` + strings.Repeat(`]}`, 70)
	tests := []struct{ name, json, want string }{
		{"deep", inDoc(deep), "nested deeper than 64"},
		{"very deep", strings.Repeat(`{"type":"doc","content":[`, 200_000), "nested deeper than 64"},
		{"many", inDoc(strings.Repeat(`{"type":"paragraph"},`, MaxNodes) + `{"type":"paragraph"}`), "more than 50000 nodes"},
		{"large", strings.Repeat(" ", MaxBytes) + inDoc(""), "the limit is"},
		{"invalid UTF-8", inDoc("{\"type\":\"\xff\"}"), "invalid UTF-8"},
	}
	for _, tt := range tests {
		if _, err := Parse([]byte(tt.json)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %.200v, want %q", tt.name, err, tt.want)
		}
	}
}

// What an editor writes out in full, and in its own order, is the same document.
func TestParseIsCanonical(t *testing.T) {
	t.Parallel()
	in := ` {"type":"doc", "content":[
		{"type":"orderedList","attrs":{"start":1,"type":null,"id":null},"content":[{"type":"listItem","content":[{"type":"paragraph","attrs":{"id":"abc"}}]}]},
		{"type":"paragraph","content":[
			{"type":"text","text":"a","marks":[{"type":"italic"},{"type":"bold"},{"type":"link","attrs":{"href":"/x","target":"_blank","rel":"noopener","class":null,"title":null}}]},
			{"type":"text","text":"b<","marks":[{"type":"link","attrs":{"href":"/x"}},{"type":"bold"},{"type":"italic"}]},
			{"type":"hardBreak"},{"type":"text","text":"\u2028\"\\\n"}]},
		{"type":"image","attrs":{"src":"/a.jpg","alt":"","layout":"column","title":null}}
	]} `
	want := `{"content":[{"content":[{"content":[{"attrs":{"id":"abc"},"type":"paragraph"}],"type":"listItem"}],"type":"orderedList"},` +
		`{"content":[{"marks":[{"attrs":{"href":"/x"},"type":"link"},{"type":"bold"},{"type":"italic"}],"text":"ab<","type":"text"},{"type":"hardBreak"},` +
		"{\"text\":\"\u2028\\\"\\\\\\n\",\"type\":\"text\"}],\"type\":\"paragraph\"},{\"attrs\":{\"src\":\"/a.jpg\"},\"type\":\"image\"}],\"type\":\"doc\"}"
	d, err := Parse([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(d.JSON())); diff != "" {
		t.Error(diff)
	}
}

func TestSafeURL(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, want string
		ok       bool
	}{
		{"https://example.org/a?b=c#d", "https://example.org/a?b=c#d", true},
		{" HTTP://example.org ", "HTTP://example.org", true},
		{"/a b", "/a%20b", true},
		{"#top", "#top", true},
		{"//example.org/x", "//example.org/x", true},
		{"?q=a:b", "?q=a:b", true},
		{"a/b:c", "a/b:c", true},
		{"mailto:a@b.org", "mailto:a@b.org", true},
		{"tel:+49 30", "tel:+49%2030", true},
		{"https://[::1]/a[b]", "https://[::1]/a%5Bb%5D", true},
		{"https://example.org/100%", "https://example.org/100%25", true},
		{"https://example.org/é?x=日本", "https://example.org/é?x=日本", true},
		{"https://example.org/\"><script>", "https://example.org/%22%3E%3Cscript%3E", true},
		{"", "", false},
		{"javascript:alert(1)", "", false},
		{"JavaScript:alert(1)", "", false},
		{"java\nscript:alert(1)", "", false},
		{"java\u200bscript:alert(1)", "", false},
		{"\u0000javascript:alert(1)", "", false},
		{"\ufeffjavascript:alert(1)", "", false},
		{"vbscript:x", "", false},
		{"data:image/png;base64,x", "", false},
		{"blob:https://x", "", false},
		{"file:///etc/passwd", "", false},
		{":x", "", false},
		{"java script:x", "", false},
		{"view-source:javascript:x", "", false},
	}
	for _, tt := range tests {
		got, ok := safeURL(tt.in)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("safeURL(%q) = %q, %v, want %q, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

func TestEnsureIDs(t *testing.T) {
	t.Parallel()
	d, err := Parse([]byte(inDoc(`{"type":"paragraph","attrs":{"id":"kept"},"content":[{"type":"text","text":"x"}]},{"type":"paragraph","attrs":{"id":"kept"},"content":[{"type":"text","text":"x"}]},` +
		`{"type":"paragraph","content":[{"type":"text","text":"x"}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"y"}]}]}]}`)))
	if err != nil {
		t.Fatal(err)
	}
	full := d.EnsureIDs()
	seen := map[string]bool{}
	full.Walk(func(n *Node) bool {
		if n.Type != "text" {
			if id := n.ID(); id == "" || seen[id] {
				t.Errorf("%s has id %q", n.Type, id)
			}
			seen[n.ID()] = true
		}
		return true
	})
	if got := full.Root.Content[0].ID(); got != "kept" {
		t.Errorf("the given id became %q", got)
	}
	if d.Root.Content[2].ID() != "" {
		t.Error("the document itself was changed")
	}
	if diff := cmp.Diff(full.Root, full.EnsureIDs().Root); diff != "" {
		t.Errorf("a second time changed something:\n%s", diff)
	}
}

// A paragraph put in before the others leaves their ids alone, and so does a mark.
func TestIDsAreStable(t *testing.T) {
	t.Parallel()
	a, _ := FromHTML(`<p>one</p><p>two</p>`, Options{})
	b, _ := FromHTML(`<p>new</p><p>one</p><p><b>two</b></p>`, Options{})
	for i := range 2 {
		if got, want := b.Root.Content[i+1].ID(), a.Root.Content[i].ID(); got != want {
			t.Errorf("paragraph %d: id %q became %q", i, want, got)
		}
	}
	c, _ := FromHTML(`<p>one</p><p>two</p>`, Options{})
	if string(a.JSON()) != string(c.JSON()) {
		t.Error("the same input gave two documents")
	}
}
