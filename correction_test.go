// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
)

func TestNoteSpans(t *testing.T) {
	span := func(text string, url ...string) stet.NoteSpan {
		return stet.NoteSpan{Text: text, URL: strings.Join(url, "")}
	}
	for note, want := range map[string][]stet.NoteSpan{
		"":                                      nil,
		"plain":                                 {span("plain")},
		"see [the report](https://a.example/x)": {span("see "), span("the report", "https://a.example/x")},
		"[ours](/europe/dam), and more":         {span("ours", "/europe/dam"), span(", and more")},
		"[wiki](https://a.example/Dam_(Sorin)) .": {span("wiki", "https://a.example/Dam_(Sorin)"), span(" .")},
		"[a](https://a.example)[b](/b)":           {span("a", "https://a.example"), span("b", "/b")},
		// What nobody can follow, or nobody should, stays as it was written.
		"[x](javascript:alert(1))":     {span("[x](javascript:alert(1))")},
		"[x](//elsewhere.example)":     {span("[x](//elsewhere.example)")},
		"[x](data:text/html,y)":        {span("[x](data:text/html,y)")},
		"[x](https://)":                {span("[x](https://)")},
		`[x](https://a.example/"><b>)`: {span(`[x](https://a.example/"><b>)`)},
		"[x](https://a.example/ b)":    {span("[x](https://a.example/ b)")},
		"[x] (https://a.example/)":     {span("[x] (https://a.example/)")},
		"[](https://a.example/)":       {span("[](https://a.example/)")},
		"a [b [c](/d)":                 {span("a [b "), span("c", "/d")},
		"[sic], he wrote [in full":     {span("[sic], he wrote [in full")},
		"[x](https://a.example/(":      {span("[x](https://a.example/(")},
		"**bold** <b>not</b> [1]":      {span("**bold** <b>not</b> [1]")},
	} {
		if diff := cmp.Diff(want, stet.NoteSpans(note)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", note, diff)
		}
	}
	if got := stet.NoteText("see [the report](https://a.example/x), p. 3"); got != "see the report, p. 3" {
		t.Errorf("without addresses: %q", got)
	}
}

// FuzzNoteSpans: whatever is written, every word of it is kept in its order, and
// no link leads to what is no web address.
func FuzzNoteSpans(f *testing.F) {
	f.Add("see [the report](https://a.example/x_(y)) and [ours](/a), [x](javascript:1)")
	f.Add("[[[](((")
	f.Fuzz(func(t *testing.T, note string) {
		var back strings.Builder
		for _, s := range stet.NoteSpans(note) {
			if s.URL == "" {
				back.WriteString(s.Text)
				continue
			}
			if l := strings.ToLower(s.URL); !strings.HasPrefix(l, "https://") && !strings.HasPrefix(l, "http://") && (!strings.HasPrefix(l, "/") || strings.HasPrefix(l, "//")) {
				t.Errorf("%q leads to %q", note, s.URL)
			}
			back.WriteString("[" + s.Text + "](" + s.URL + ")")
		}
		if back.String() != note {
			t.Errorf("%q comes back as %q", note, back.String())
		}
	})
}

// A version without corrections is sealed as it was before there were any.
func TestSealCorrections(t *testing.T) {
	d := stet.VersionDocument{Article: "k", Kind: stet.Story, Number: 2}
	before, hash, err := d.Seal()
	if err != nil || strings.Contains(string(before), "corrections") {
		t.Fatalf("%s, %v", before, err)
	}
	d.Corrections = []stet.Correction{{PublicID: "c", Kind: stet.Correcting, Weight: stet.WeightEnd, Note: "It was 1999.", ID: 7, StaffID: 3, Staff: "Sunniva",
		Passage: &stet.Passage{Block: "b", Exact: "1998", After: "1999"}}}
	after, other, err := d.Seal()
	if err != nil || hash == other {
		t.Fatalf("the hash does not cover the corrections: %v", err)
	}
	want := strings.TrimSuffix(string(before), "}") + `,"corrections":[{"id":"c","kind":"correction","weight":"end","note":"It was 1999.","passage":{"block":"b","exact":"1998","after":"1999"}}]}`
	if string(after) != want {
		t.Errorf("sealed as\n%s\nwant\n%s", after, want)
	}
}
