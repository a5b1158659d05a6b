// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/prose"
)

// found runs the command and reads its lines.
func found(t *testing.T, in string, args ...string) []recordLine {
	t.Helper()
	var out []recordLine
	for _, line := range strings.Split(strings.TrimSpace(ok(t, in, append([]string{"record"}, args...)...)), "\n") {
		if line == "" {
			continue
		}
		var l recordLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		out = append(out, l)
	}
	return out
}

const recordText = "“It is late,” said Jane Doe, a spokeswoman for the port, on Tuesday.\r\n\r\n日本: she denied that it was early.\n"

// The line of the documentation, key by key: other programs read it.
func TestRecordLine(t *testing.T) {
	t.Parallel()
	got := strings.SplitN(ok(t, recordText, "record", "--date", "2026-03-12", "-"), "\n", 2)[0]
	want := `{"file":"-","kind":"direct","text":"“It is late,”","spans":[[0,13]],"cue":{"text":"said","span":[14,18]},` +
		`"speaker":{"text":"Jane Doe, a spokeswoman for the port","span":[19,55],"name":"Jane Doe","role":"spokeswoman for the port","kind":"person","carried":false},` +
		`"date":{"value":"2026-03-10","precision":"day","text":"Tuesday"},"addressee":null,"venue":null,"source":null,"negated":false,` +
		`"confidence":0.98,"reason":"direct: “said” follows the quoted words"}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Spans of text are offsets in the file as it is.
func TestRecordText(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.txt")
	must(t, os.WriteFile(file, []byte("\ufeff\n\n"+recordText), 0o600))
	runes := []rune("\ufeff\n\n" + recordText)
	lines := found(t, "", "--date=2026-03-12", file, file)
	if len(lines) != 4 {
		t.Fatalf("%d quotations: %+v", len(lines), lines)
	}
	for _, l := range lines {
		if l.File != file {
			t.Errorf("file %q", l.File)
		}
		if got := string(runes[l.Spans[0].Start:l.Spans[0].End]); got != l.Text {
			t.Errorf("the span has %q, the text is %q", got, l.Text)
		}
	}
	if l := lines[1]; l.Text != "that it was early" || !l.Negated || *l.Speaker.Name != "Jane Doe" || l.Date.Precision != "on_or_before" || l.Date.Text != nil {
		t.Errorf("%+v", l)
	}
	if l := found(t, recordText, "-")[1]; l.Date != nil {
		t.Errorf("a date without a day of publication: %+v", l.Date)
	}
}

func TestRecordFormats(t *testing.T) {
	t.Parallel()
	html := `<h2>“No”</h2><p>“It is <em>late</em>,” Jane Doe <a href="https://x.example/1">told the Ledger</a>.</p><blockquote><p>“So it is.”</p></blockquote>`
	lines := found(t, html, "--format", "html", "-")
	if len(lines) != 2 || lines[0].Text != "“It is late,”" || lines[0].Source == nil || *lines[0].Source != "https://x.example/1" || *lines[0].Addressee != "the Ledger" {
		t.Fatalf("%+v", lines)
	}
	doc, _ := prose.FromHTML(html, prose.Options{})
	v := stet.VersionDocument{Published: "2026-03-12T10:00:00Z", Content: stet.Content{Headline: "Late", Body: doc.JSON()}}
	sealed, _, err := v.Seal()
	must(t, err)
	for name, in := range map[string]string{"a body": string(doc.JSON()), "a version": string(sealed), "an article": `{"headline":"Late","body":` + string(doc.JSON()) + `}`} {
		got := found(t, in, "--format=stet", "-")
		if len(got) != 2 || got[0].Text != "“It is late,”" {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		if runes := []rune(doc.Text()); string(runes[got[0].Spans[0].Start:got[0].Spans[0].End]) != got[0].Text {
			t.Errorf("%s: spans are not those of the plain text", name)
		}
		if dated := got[0].Date != nil; dated != (name == "a version") {
			t.Errorf("%s: date %+v", name, got[0].Date)
		}
	}
	if got := found(t, "", "-"); len(got) != 0 {
		t.Errorf("in nothing: %+v", got)
	}
}

func TestRecordRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.txt"), filepath.Join(dir, "bad.txt")
	must(t, os.WriteFile(good, []byte(recordText), 0o600))
	must(t, os.WriteFile(bad, []byte("caf\xe9"), 0o600))
	refused(t, 2, "--date", "", "record", "--date", "12.3.2026", good)
	refused(t, 2, "--date", "", "record", "--date", "2026-02-30", good)
	refused(t, 2, "--format", "", "record", "--format", "pdf", good)
	refused(t, 2, "expected", "", "record")
	refused(t, 1, "no such file", "", "record", filepath.Join(dir, "none.txt"))
	refused(t, 1, "UTF-8", "", "record", bad)
	refused(t, 1, "word lists", "", "record", "--lang", "xx", good)
	refused(t, 1, "not JSON", "{", "record", "--format", "stet", "-")
	refused(t, 1, "neither", "{}", "record", "--format", "stet", "-")
	refused(t, 1, "content[0]", `{"type":"doc","content":[{"type":"nonsense"}]}`, "record", "--format", "stet", "-")
	// One that cannot be read does not keep the others from being read.
	r := stetIn(t, "", "record", bad, good)
	if r.code != 1 || !strings.Contains(r.err, bad) || strings.Count(r.out, "\n") != 2 {
		t.Errorf("exit %d, %q, %q", r.code, r.err, r.out)
	}
}
