// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
)

// tree is Northern Rim > The Sound > Harbour, and Culture beside it.
func tree() stet.Sections {
	return stet.Sections{
		{ID: 1, PublicID: "p1", Name: "Northern Rim", Slug: "northern-rim"},
		{ID: 2, PublicID: "p2", Name: "Culture", Slug: "culture"},
		{ID: 3, PublicID: "p3", ParentID: 1, Name: "The Sound", Slug: "the-sound"},
		{ID: 4, PublicID: "p4", ParentID: 3, Name: "Harbour", Slug: "harbour"},
	}
}

func ids(ss stet.Sections) (out []int64) {
	for _, s := range ss {
		out = append(out, s.ID)
	}
	return out
}

func TestSections(t *testing.T) {
	t.Parallel()
	ss := tree()
	if diff := cmp.Diff([]int64{1, 2}, ids(ss.Children(0))); diff != "" {
		t.Errorf("top: %s", diff)
	}
	if diff := cmp.Diff([]int64{1, 3, 4}, ids(ss.Line(4))); diff != "" {
		t.Errorf("line: %s", diff)
	}
	for id, want := range map[int64]string{1: "/northern-rim", 4: "/northern-rim/the-sound/harbour", 0: "", 99: ""} {
		if got := ss.Path(id); got != want {
			t.Errorf("Path(%d) = %q, want %q", id, got, want)
		}
	}
	if s, ok := ss.ByPublicID("p3"); !ok || s.ID != 3 {
		t.Errorf("ByPublicID: %v %v", s, ok)
	}
	if _, ok := ss.ByPublicID(""); ok {
		t.Error("there is a section without a public id")
	}
}

func TestSectionCycle(t *testing.T) {
	t.Parallel()
	ss := tree()
	ss[0].ParentID = 4 // by hand, in the database
	if n := len(ss.Line(1)); n != stet.MaxSectionDepth {
		t.Errorf("the line of a cycle has %d sections", n)
	}
	if got := ss.Path(1); strings.Count(got, "/") != stet.MaxSectionDepth {
		t.Errorf("the path of a cycle is %q", got)
	}
}

func TestCheckParent(t *testing.T) {
	t.Parallel()
	deep := stet.Sections{}
	for i := int64(1); i <= stet.MaxSectionDepth; i++ {
		deep = append(deep, stet.Section{ID: i, ParentID: i - 1, Slug: fmt.Sprint("s", i)})
	}
	branch := append(stet.Sections{{ID: 20}, {ID: 21, ParentID: 20}, {ID: 22, ParentID: 21}}, deep...)
	tests := []struct {
		name       string
		ss         stet.Sections
		id, parent int64
		want       stet.Code
	}{
		{"the top", tree(), 3, 0, ""},
		{"another branch", tree(), 3, 2, ""},
		{"no such parent", tree(), 3, 77, stet.Invalid},
		{"itself", tree(), 3, 3, stet.Invalid},
		{"its child", tree(), 1, 3, stet.Invalid},
		{"its grandchild", tree(), 1, 4, stet.Invalid},
		{"a new one at the deepest", deep, 0, stet.MaxSectionDepth, stet.Invalid},
		{"a new one just above", deep, 0, stet.MaxSectionDepth - 1, ""},
		{"a branch of three that would reach too deep", branch, 20, stet.MaxSectionDepth - 2, stet.Invalid},
		{"a branch of three that just fits", branch, 20, stet.MaxSectionDepth - 3, ""},
	}
	for _, tt := range tests {
		if got := stet.ErrorCode(tt.ss.CheckParent(tt.id, tt.parent)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestValidSlug(t *testing.T) {
	t.Parallel()
	for slug, want := range map[string]bool{
		"harbour-vote": true, "a": true, "2024": true, "story_1.html": true, "~x": true, "елысей": true, "الميناء": true, "naïve": true,
		"": false, ".": false, "..": false, "a/b": false, "a b": false, "a?b": false, "a#b": false, "a%b": false, "A": false,
		"a\x00": false, "a\xff": false, "a\u202e": false, "a\n": false, "<b>": false, `"`: false, "\ufffd": false,
		strings.Repeat("a", 4*stet.MaxSlug): true, strings.Repeat("a", 4*stet.MaxSlug+1): false,
	} {
		if got := stet.ValidSlug(slug); got != want {
			t.Errorf("ValidSlug(%q) = %v", slug, got)
		}
	}
}

func TestCleanPath(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, want string
		ok       bool
	}{
		{"", "/", true},
		{"/", "/", true},
		{"//", "/", true},
		{"europe", "/europe", true},
		{"/europe/", "/europe", true},
		{"//europe///sound//", "/europe/sound", true},
		{"/?p=12", "/?p=12", true},
		{"/index.php/?p=12&x=/a/", "/index.php?p=12&x=/a/", true},
		{"/2024/01/02/été", "/2024/01/02/été", true},
		{"/a/../b", "", false},
		{"/./b", "", false},
		{"/a\x00", "", false},
		{"/a\nb", "", false},
		{"/a\x7f", "", false},
		{"/\xff", "", false},
		{"/" + strings.Repeat("a", stet.MaxPath-1), "/" + strings.Repeat("a", stet.MaxPath-1), true},
		{"/" + strings.Repeat("a", stet.MaxPath), "", false},
	}
	for _, tt := range tests {
		got, ok := stet.CleanPath(tt.in)
		if got != tt.want || ok != tt.ok {
			t.Errorf("CleanPath(%q) = %q, %v; want %q, %v", tt.in, got, ok, tt.want, tt.ok)
		}
		if again, _ := stet.CleanPath(got); ok && again != got {
			t.Errorf("CleanPath is not stable: %q becomes %q", got, again)
		}
	}
}

func TestReserved(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"search", "Search", "media", "desk", "feed", "robots.txt", ".well-known"} {
		if !stet.Reserved(s) {
			t.Errorf("%q could be taken by a section", s)
		}
	}
	if stet.Reserved("europe") {
		t.Error("europe is reserved")
	}
}

func TestNewID(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 10000 {
		id := stet.NewID()
		if !stet.ValidID(id) || seen[id] {
			t.Fatalf("%q is not a valid new id", id)
		}
		seen[id] = true
	}
	for _, bad := range []string{"", "0123456789ab ", "0123456789a", "0123456789abc", "0123456789aB", "0123456789ai", "0123456789al", "0123456789ao", "0123456789au", "0123456789a\x00", "0123456789a'"} {
		if stet.ValidID(bad) {
			t.Errorf("%q passes as an id", bad)
		}
	}
}

func TestContentValidate(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("é", n) }
	tests := []struct {
		name string
		c    stet.Content
		want stet.Code
	}{
		{"an empty draft", stet.Content{}, ""},
		{"limits count characters", stet.Content{Headline: long(stet.MaxHeadline), Dek: long(stet.MaxDek)}, ""},
		{"headline too long", stet.Content{Headline: long(stet.MaxHeadline + 1)}, stet.Invalid},
		{"NUL", stet.Content{Dek: "a\x00b"}, stet.Invalid},
		{"not UTF-8", stet.Content{BylineText: "a\xff"}, stet.Invalid},
		{"slug", stet.Content{Slug: "a/b"}, stet.Invalid},
		{"caption", stet.Content{Lead: &stet.Placement{Caption: long(stet.MaxCaption + 1)}}, stet.Invalid},
		{"alt", stet.Content{Lead: &stet.Placement{Alt: "\x00"}}, stet.Invalid},
		{"credit", stet.Content{Lead: &stet.Placement{Credit: "\xff"}}, stet.Invalid},
		{"origin's author", stet.Content{Origin: &stet.Origin{Author: "\x00"}}, stet.Invalid},
		{"origin's address", stet.Content{Origin: &stet.Origin{URL: "https://x.example/\x00"}}, stet.Invalid},
	}
	for _, tt := range tests {
		if got := stet.ErrorCode(tt.c.Validate()); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestStaffValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		a    stet.Staff
		ok   bool
	}{
		{"good", stet.Staff{Email: "a@b.example", Name: "A", Role: stet.Writer}, true},
		{"no name", stet.Staff{Email: "a@b.example", Name: " ", Role: stet.Writer}, false},
		{"no role", stet.Staff{Email: "a@b.example", Name: "A"}, false},
		{"made-up role", stet.Staff{Email: "a@b.example", Name: "A", Role: "root"}, false},
		{"no address", stet.Staff{Email: "a", Name: "A", Role: stet.Writer}, false},
		{"name in the address", stet.Staff{Email: "A <a@b.example>", Name: "A", Role: stet.Writer}, false},
	}
	for _, tt := range tests {
		if err := tt.a.Validate(); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestMagazineValidate(t *testing.T) {
	t.Parallel()
	good := stet.Magazine{Name: "M", Language: "en", TimeZone: "Europe/Oslo"}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	if got := good.Location().String(); got != "Europe/Oslo" {
		t.Errorf("location %s", got)
	}
	for _, bad := range []stet.Magazine{
		{Name: "M", Language: "en", Follow: []stet.Link{{Label: "x", URL: "javascript:alert(1)"}}}, {Name: "M", Language: "en", Navigation: []stet.Link{{Label: "x", URL: "data:text/html,x"}}},
		{Language: "en"}, {Name: "M"}, {Name: "M", Language: "en", TimeZone: "Atlantis"}} {
		if err := bad.Validate(); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if (stet.Magazine{TimeZone: "Atlantis"}).Location() != time.UTC {
		t.Error("an unknown zone is not UTC")
	}
}

func TestFrontValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		f    stet.Front
		want string
	}{
		{"empty", stet.Front{}, ""},
		{"a quote without words", stet.Front{Blocks: []stet.Block{{Type: stet.BlockLead}, {Type: stet.BlockQuote}}}, "block 2"},
		{"an unknown type", stet.Front{Blocks: []stet.Block{{Type: "carousel"}}}, "carousel"},
		{"too many stories", stet.Front{Blocks: []stet.Block{{Type: stet.BlockGrid, Count: 31}}}, "0 to 30"},
		{"less than none", stet.Front{Blocks: []stet.Block{{Type: stet.BlockGrid, Count: -1}}}, "0 to 30"},
		{"too many blocks", stet.Front{Blocks: make([]stet.Block, 61)}, "at most 60"},
	}
	for _, tt := range tests {
		err := tt.f.Validate()
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	gone := stet.Errorf(stet.Gone, "the story %q was withdrawn", "x")
	tests := []struct {
		name    string
		err     error
		code    stet.Code
		message string
	}{
		{"none", nil, "", "Something went wrong on our side."},
		{"ours", gone, stet.Gone, `the story "x" was withdrawn`},
		{"wrapped", fmt.Errorf("read: %w", gone), stet.Gone, `the story "x" was withdrawn`},
		{"joined", errors.Join(io.EOF, gone), stet.Gone, `the story "x" was withdrawn`},
		{"foreign", io.EOF, stet.Internal, "Something went wrong on our side."},
	}
	for _, tt := range tests {
		if got := stet.ErrorCode(tt.err); got != tt.code {
			t.Errorf("%s: code %q", tt.name, got)
		}
		if got := stet.ErrorMessage(tt.err); got != tt.message {
			t.Errorf("%s: message %q", tt.name, got)
		}
	}
}

func TestSeal(t *testing.T) {
	t.Parallel()
	d := stet.VersionDocument{
		Article: "0123456789ab", Kind: stet.Story, Number: 1, FirstPublished: "2026-01-02T12:00:00Z", Published: "2026-01-02T12:00:00Z",
		Content: stet.Content{Headline: "Dam <bursts> & “holds”", Slug: "dam", Body: json.RawMessage(`{"type":"doc"}`), Section: stet.Ref{ID: "s", Name: "Rim"}},
	}
	doc, hash, err := d.Seal()
	if err != nil {
		t.Fatal(err)
	}
	// Written out: what is hashed must not change with a refactoring, or no
	// published version could be verified again.
	want := `{"article":"0123456789ab","kind":"story","number":1,"firstPublished":"2026-01-02T12:00:00Z","published":"2026-01-02T12:00:00Z",` +
		`"content":{"headline":"Dam \u003cbursts\u003e \u0026 “holds”","body":{"type":"doc"},"slug":"dam","section":{"id":"s","name":"Rim"}}}`
	if diff := cmp.Diff(want, string(doc)); diff != "" {
		t.Error(diff)
	}
	sum := sha256.Sum256([]byte(want))
	if hash != hex.EncodeToString(sum[:]) {
		t.Errorf("hash %s", hash)
	}
	v := stet.Version{Document: doc}
	back, err := v.Open()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&d, back); diff != "" {
		t.Errorf("opened: %s", diff)
	}
	again, hash2, err := back.Seal()
	if err != nil || string(again) != string(doc) || hash2 != hash {
		t.Errorf("sealed again: %s, %v", again, err)
	}
	v.Document = []byte("{")
	if _, err := v.Open(); err == nil {
		t.Error("a damaged document was opened")
	}
}
