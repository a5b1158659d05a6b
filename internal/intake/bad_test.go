// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet"
	"stet/internal/intake"
	"stet/internal/store"
)

const wxrHead = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Bad</title><link>https://bad.example</link><wp:wxr_version>1.2</wp:wxr_version>
`

const wxrTail = "</channel></rss>\n"

func post(id int, slug, body string) string {
	return fmt.Sprintf(`<item><title>Post %d</title><link>https://bad.example/2020/0%d/%s/</link><content:encoded><![CDATA[%s]]></content:encoded><wp:post_id>%[1]d</wp:post_id>`+
		`<wp:post_date>2020-01-0%[2]d 10:00:00</wp:post_date><wp:post_date_gmt>2020-01-0%[2]d 10:00:00</wp:post_date_gmt><wp:post_name>%[3]s</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
`, id, id%9+1, slug, body)
}

func write(t testing.TB, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	whole := wxrHead + post(1, "one", "<p>One.</p>") + post(2, "two", "<p>Two.</p>") + post(3, "three", "<p>Three.</p>") + wxrTail
	tests := []struct {
		name, content string
		posts, failed int
		kind          string // of a line of the report
	}{
		{"truncated in a CDATA section", whole[:strings.Index(whole, "Three.")], 2, 1, "broken"},
		{"truncated in a tag", whole[:strings.Index(whole, "<wp:post_name>three")+5], 2, 1, "broken"},
		{"truncated between items", whole[:strings.Index(whole, "<item><title>Post 3")], 2, 0, ""},
		{"an item without an end", wxrHead + strings.Replace(post(1, "one", "x"), "</item>", "", 1) + post(2, "two", "y") + wxrTail, 2, 0, "markup"},
		{"end tags in disorder", wxrHead + strings.Replace(post(1, "one", "x"), "</wp:status>", "", 1) + post(2, "two", "y") + wxrTail, 2, 0, "markup"},
		{"too large a body", wxrHead + post(1, "one", strings.Repeat("word ", 1_200_000)) + post(2, "two", "y") + wxrTail, 1, 1, "failed"},
		{"an item of 40 MB", wxrHead + post(1, "one", strings.Repeat("x", 40<<20)) + post(2, "two", "y") + wxrTail, 1, 1, "broken"},
		{"10 MB on one line", wxrHead + post(1, "one", strings.Repeat("<p>word word</p>", 10<<20/5/16)+"<!-- "+strings.Repeat("x", 8<<20)+"-->") + wxrTail, 1, 0, ""},
		{"duplicate slugs", wxrHead + post(1, "same", "x") + post(2, "same", "y") + wxrTail, 2, 0, ""},
		{"one id twice", wxrHead + post(1, "one", "x") + post(1, "two", "y") + post(1, "one", "x") + wxrTail, 3, 0, "duplicate"},
		{"invalid UTF-8", wxrHead + post(1, "one", "caf\xe9 \xff\xfe") + wxrTail, 1, 0, "encoding"},
		{"NUL and control characters", wxrHead + post(1, "one", "a\x00b\x01c\x1f") + wxrTail, 1, 0, "control characters"},
		{"forbidden references", wxrHead + strings.Replace(post(1, "one", ""), "Post 1", "Post&#0;&#x1F;&nbsp;&unknown; 1", 1) + wxrTail, 1, 0, ""},
		{"entities of its own", strings.Replace(wxrHead, "<rss", `<!DOCTYPE rss [<!ENTITY me "I">]><rss`, 1) + post(1, "one", "&me;") + wxrTail, 1, 0, "entities"},
		{"scripts", wxrHead + post(1, "one", `<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a></p>`) + wxrTail, 1, 0, "body: script"},
		{"year 0", wxrHead + strings.ReplaceAll(post(1, "one", "x"), "2020-01-02", "0000-01-01") + wxrTail, 1, 0, "date"},
		{"year 20000", wxrHead + strings.ReplaceAll(post(1, "one", "x"), "2020-01-02", "20000-01-01") + wxrTail, 1, 0, "date"},
		{"a title of 100 kB", wxrHead + strings.Replace(post(1, "one", "x"), "Post 1", strings.Repeat("t", 100_000), 1) + wxrTail, 1, 0, "cut"},
		{"no title", wxrHead + strings.Replace(post(1, "one", "x"), "Post 1", "", 1) + wxrTail, 1, 0, "headline"},
		{"brackets without end", wxrHead + post(1, "one", strings.Repeat("[a b=\"", 20000)) + wxrTail, 1, 0, ""},
		{"shortcodes without end", wxrHead + post(1, "one", strings.Repeat("[caption]", 20000)) + wxrTail, 1, 0, ""},
		{"blocks without end", wxrHead + post(1, "one", strings.Repeat("<!-- wp:html -->", 20000)) + wxrTail, 1, 0, ""},
		{"a feed that was cut off", `<rss version="2.0"><channel><title>T</title><link>https://f.example</link><item><title>A</title><guid>1</guid></item><item><title>B`, 1, 1, "broken"},
		{"a JSON feed that was cut off", `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","content_text":"a"},{"id":"2","conte`, 1, 1, "broken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, store.Options{})
			r := d.run(t, intake.Options{Sources: []string{write(t, "in.xml", tt.content)}})
			if r.Counts.Posts != tt.posts || r.Counts.Failed != tt.failed {
				t.Errorf("%s\n%+v", r.Summary(), r.Lines)
			}
			if tt.kind != "" && r.Kinds[tt.kind] == 0 {
				t.Errorf("no line of the kind %q; kinds are %v", tt.kind, r.Kinds)
			}
			for _, l := range r.Lines {
				if l.Kind == "broken" && l.Position == "" {
					t.Errorf("a line without position: %+v", l)
				}
			}
		})
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	lol := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "lol"><!ENTITY a1 "&a0;&a0;">]><rss version="2.0"><channel><title>&a1;</title><item><title>&a1;</title></item></channel></rss>`
	xxe := `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>`
	for name, content := range map[string]string{
		"empty": "", "zip": "PK\x03\x04rest", "gzip": "\x1f\x8b\x08rest", "pdf": "%PDF-1.7", "png": "\x89PNG\r\n\x1a\nxx", "jpeg": "\xff\xd8\xff\xe0xx",
		"html": "<!DOCTYPE html><html><body>x</body></html>", "svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "text": "Just words.", "random": "\x01\x02\x7f\x90<\x00>",
		"json": `{"a":1}`, "array": "[1]", "other xml": "<catalog><book/></catalog>", "bomb": lol, "xxe": xxe,
		"deep": `<rss version="2.0"><channel>` + strings.Repeat("<a>", 500_000), "long attribute": `<rss version="` + strings.Repeat("2", 5_000_000) + `"/>`,
		"nul": "<rss>\x00\x00\xff\xfe</rss", "ghost": `{"db":[{"meta":{},"data":{"posts":` + strings.Repeat("[", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, store.Options{})
			r, err := intake.Run(t.Context(), intake.Options{Room: d.room, Sources: []string{write(t, "in", content)}})
			if c := stet.ErrorCode(err); c != stet.Invalid && name != "nul" {
				t.Fatalf("err = %v (%s), %s; want it refused as invalid", err, c, r.Summary())
			}
			if err != nil && (len(stet.ErrorMessage(err)) > 400 || strings.Contains(stet.ErrorMessage(err), "\n")) {
				t.Errorf("the message is no sentence: %q", stet.ErrorMessage(err))
			}
			if empty, err := d.store.Empty(t.Context()); err != nil || !empty {
				t.Errorf("something was written (%v)", err)
			}
		})
	}
}

func TestSources(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.Options{})
	good := write(t, "good.xml", wxrHead+post(1, "one", "x")+wxrTail)
	if r := d.run(t, intake.Options{Sources: []string{"testdata/none.xml", good}}); r.Counts.Posts != 1 || r.Counts.Errors != 1 || r.Sources[0].Error == "" {
		t.Errorf("one bad source of two: %s", r.Summary())
	}
	if r := d.run(t, intake.Options{Sources: []string{"-"}, Stdin: strings.NewReader(wxrHead + post(2, "two", "x") + wxrTail)}); r.Counts.Created != 1 {
		t.Errorf("standard input: %s", r.Summary())
	}
	for name, o := range map[string]intake.Options{
		"nothing": {}, "a folder": {Sources: []string{t.TempDir()}}, "an address without a client": {Sources: []string{"https://x.example/feed"}},
		"the wrong kind": {Sources: fixture("rss2.xml"), Kind: "wordpress"}, "no media folder": {Sources: []string{good}, Media: "/does/not/exist"},
	} {
		o.Room = d.room
		if _, err := intake.Run(t.Context(), o); err == nil || stet.ErrorCode(err) == stet.Internal {
			t.Errorf("%s: err = %v; want a refusal", name, err)
		}
	}
	// A WordPress export is also a feed.
	if r := d.run(t, intake.Options{Sources: []string{good}, Kind: "feed", DryRun: true}); r.Counts.Posts != 1 {
		t.Errorf("as a feed: %s", r.Summary())
	}
}

// Nothing outside the media folder is read, whatever an address says.
func TestMediaFolderIsAWall(t *testing.T) {
	t.Parallel()
	dir := uploads(t, "2021/ok.png")
	secret := filepath.Join(filepath.Dir(dir), "secret.png")
	ok, err := os.ReadFile(filepath.Join(dir, "uploads/2021/ok.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(secret, ok, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "uploads/link.png")); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, store.Options{})
	body := `<img src="https://bad.example/wp-content/uploads/../../secret.png"><img src="https://bad.example/wp-content/uploads/%2e%2e/%2e%2e/secret.png"><img src="https://bad.example/wp-content/uploads/link.png">`
	r := d.run(t, intake.Options{Sources: []string{write(t, "in.xml", wxrHead+post(1, "one", body)+wxrTail)}, Media: dir})
	if r.Counts.Pictures != 0 || len(r.Pictures) == 0 {
		t.Errorf("pictures %d, missing %v; want none taken", r.Counts.Pictures, r.Pictures)
	}
}
