// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package wxr

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet/internal/intake/item"
	"stet/internal/intake/spool"
	"stet/internal/prose"
)

func TestAutop(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"paragraphs", "one\n\ntwo", "one|two"},
		{"line breaks", "one\ntwo\n\nthree", "one⏎two|three"},
		{"Windows line ends with spaces", "one \n \t\n two", "one|two"},
		{"beside blocks", "one\n<h2>two</h2>\nthree\n\n<ul>\n<li>a</li>\n</ul>\n\nfour", "one|two|three|a|four"},
		{"within a block", "<blockquote>one\n\ntwo</blockquote>", "one|two"},
		{"within a list item", "<ul>\n\t<li>one\ntwo</li>\n</ul>", "one⏎two"},
		{"inline elements", "<em>one</em>\n<b>two</b>\n\n<i>three</i>", "one⏎two|three"},
		{"preformatted", "<pre>one\n\ntwo</pre>", "one⏎⏎two"},
		{"explicit paragraphs", "<p>one\ntwo</p>\n\n<p>three</p>", "one⏎two|three"},
		{"a table", "<table>\n<tr>\n<td>one</td>\n</tr>\n</table>", "one"},
		{"stray signs", "a < b\n\nc <", "a < b|c <"},
		{"a comment", "one\n\n<!-- two\n\nthree -->\n\nfour", "one|four"},
	}
	for _, tt := range tests {
		doc, _ := prose.FromHTML(autop(tt.in), prose.Options{})
		if got := strings.ReplaceAll(strings.ReplaceAll(doc.Text(), "\n\n", "|"), "\n", "⏎"); strings.ReplaceAll(got, "⏎⏎", "|") != strings.ReplaceAll(tt.want, "⏎⏎", "|") {
			t.Errorf("%s: %q; want %q (%s)", tt.name, got, tt.want, autop(tt.in))
		}
	}
}

func newBody() *body {
	f := &item.File{Key: "file:7", URL: "https://x.example/a.jpg", Alt: "An A", Caption: "Caption of A"}
	e := &Export{files: map[string]*item.File{"7": f}, blocks: map[string]string{"1": "[dropcap]R[/dropcap]eused", "2": `<!-- wp:block {"ref":2} /-->`}}
	return &body{export: e, story: &item.Story{}}
}

func TestShortcodes(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"journalists' brackets", "He said [sic] that [the minister] left [...] [1] [A b=c d].", "He said [sic] that [the minister] left [...] [1] [A b=c d]."},
		{"escaped", "[[gallery]]", "&#91;gallery&#93;"},
		{"unknown with text", `[box color="red"]kept [b]too[/b][/box]`, "kept too"},
		{"unknown alone", `a[contact-form-7 id="3"]b`, "ab"},
		{"caption of old", `[caption caption="Words"]<img src="/a.jpg">[/caption]`, "\n<figure class=\"wp-caption\"><img src=\"/a.jpg\"><figcaption>Words</figcaption></figure>\n"},
		{"caption", `[caption id="x"]<img src="/a.jpg" /> Words <em>here</em>[/caption]`, "\n<figure class=\"wp-caption\"><img src=\"/a.jpg\" /><figcaption>Words <em>here</em></figcaption></figure>\n"},
		{"gallery", `[gallery ids="7"]`, "\n<div class=\"gallery\"><figure class=\"gallery-item\"><img class=\"wp-image-7\" src=\"https://x.example/a.jpg\" alt=\"An A\"><figcaption>Caption of A</figcaption></figure></div>\n"},
		{"gallery of nothing", `[gallery]`, ""},
		{"youtube", `[youtube=https://youtu.be/abc]`, "\n" + embedFigure("https://youtu.be/abc") + "\n"},
		{"vimeo by number", `[vimeo 123]`, "\n" + embedFigure("https://vimeo.com/123") + "\n"},
		{"embed", `[embed width="1"]https://x.example/?a=1&amp;b=2[/embed]`, "\n" + embedFigure("https://x.example/?a=1&b=2") + "\n"},
		{"end without beginning", "a[/caption]b", "ab"},
		{"code", "[code lang=\"go\"]a<b [gallery][/code]", "\n<pre><code class=\"language-go\">a&lt;b &#91;gallery&#93;</code></pre>\n"},
		{"no end", `[caption id="x`, `[caption id="x`},
	}
	for _, tt := range tests {
		if got := newBody().shortcodes(tt.in); got != tt.want {
			t.Errorf("%s: %q; want %q", tt.name, got, tt.want)
		}
	}
}

func TestReusableBlocks(t *testing.T) {
	t.Parallel()
	b := newBody()
	if got := b.convert(`<!-- wp:block {"ref":1} /--><!-- wp:block {"ref":2} /--><!-- wp:block {"ref":3} /-->`, 0); got != "Reused" {
		t.Errorf("got %q", got)
	}
	if n := len(b.story.Notices); n != 2 {
		t.Errorf("%d notices; want one for the block that holds itself and one for that which is not there", n)
	}
}

func TestZone(t *testing.T) {
	t.Parallel()
	var z zone
	for _, p := range [][2]string{{"2020-01-10 12:00:00", "2020-01-10 11:00:00"}, {"2020-07-10 12:00:00", "2020-07-10 10:00:00"}, {"2020-03-01 12:00:00", "0000-00-00 00:00:00"}, {"2020-03-01 12:00:00", "2019-03-01 12:00:00"}} {
		z.learn(p[0], p[1])
	}
	z.settle()
	for local, want := range map[string]string{"2020-02-01 08:00:00": "07:00", "2020-07-01 08:00:00": "06:00", "1999-01-01 08:00:00": "07:00", "2030-01-01 08:00:00": "06:00"} {
		l, _ := moment(local)
		if got := z.utc(l).Format("15:04"); got != want {
			t.Errorf("%s is %s UTC; want %s", local, got, want)
		}
	}
	if l := time.Unix(0, 0).UTC(); !(&zone{}).utc(l).Equal(l) {
		t.Error("without pairs the time is not UTC")
	}
}

// read hands out all stories of an export.
func read(data []byte) ([]*item.Story, error) {
	e, err := Open(spool.Memory("fuzz", data))
	if err != nil {
		return nil, err
	}
	defer e.Close()
	var out []*item.Story
	for {
		raw, err := e.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		if s := e.Parse(raw); s != nil {
			out = append(out, s)
		}
	}
}

// Other prefixes than the usual ones, and no version, are read alike.
func TestPrefixes(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../testdata/wordpress.xml")
	if err != nil {
		t.Fatal(err)
	}
	want, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.NewReplacer("wp:", "wpress:", "xmlns:wp=", "xmlns:wpress=", "content:encoded", "body:encoded", "xmlns:content=", "xmlns:body=",
		"<wp:wxr_version>1.2</wp:wxr_version>", "", "/export/1.2/", "/export/1.0/").Replace(string(data))
	other = strings.ReplaceAll(other, "<!-- wpress:", "<!-- wp:")
	other = strings.ReplaceAll(other, "/wpress:", "/wp:")
	other = strings.ReplaceAll(other, "</wp:", "</wpress:")
	got, err := read([]byte(other))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]*item.Story{want, got} {
		for _, s := range list {
			s.Position = item.Position{}
			for i := range s.Notices {
				s.Notices[i].Position = item.Position{}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("with other prefixes (-want +got):\n%s", diff)
	}
}

func FuzzWXR(f *testing.F) {
	data, err := os.ReadFile("../testdata/wordpress.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`<rss xmlns:wp="http://wordpress.org/export/1.0/"><channel><wp:author><wp:author_login>a</wp:author_login></wp:author><item><wp:post_type>post</wp:post_type><wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>[{}]</wp:meta_value></wp:postmeta>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		stories, err := read(data)
		if err != nil {
			return
		}
		for _, s := range stories {
			if s.Kind != "" && s.Status == "" {
				t.Errorf("a story without a status: %+v", s)
			}
		}
	})
}

// FuzzShortcodes: no text that is not in brackets is lost.
func FuzzShortcodes(f *testing.F) {
	for _, s := range []string{"one\n\ntwo", `[caption id="x"]<img src="a"> b[/caption]`, "[gallery ids=7][[x]]", "<!-- wp:html -->[a b=c]<!-- /wp:html -->", "<pre>\n\n</pre>\nhttps://youtu.be/x\n", "[embed][embed][/embed]", "a [x y='] b ["} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := newBody().convert(s, 0)
		if len(out) > 40*len(s)+10000 {
			t.Errorf("%d bytes became %d", len(s), len(out))
		}
		if strings.ContainsAny(s, "[<&\x00") || strings.Contains(s, "http") {
			return
		}
		if got := autop(s); strings.Join(strings.Fields(strings.NewReplacer("<p>", " ", "<br>", " ").Replace(got)), "") != strings.Join(strings.Fields(s), "") {
			t.Errorf("%q became %q", s, got)
		}
	})
}
