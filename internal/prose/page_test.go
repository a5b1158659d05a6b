// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
)

// kitchen is a document with one of each block.
func kitchen(t testing.TB) *Doc {
	t.Helper()
	cellOf := func(typ, s string, attrs Attrs) Node {
		return Node{Type: typ, Attrs: attrs, Content: []Node{Paragraph(Text(s))}}
	}
	bold := Mark{Type: "bold"}
	link := Mark{Type: "link", Attrs: Attrs{"href": "https://other.example/a?b=1&c=2", "title": `A "title"`}}
	d, err := New(
		Paragraph(Text("One "), Text("bold", bold), Text(" linked bold", link, bold), Text(" linked", link), Text("."), Node{Type: "footnote", Content: []Node{Text("A note.")}}),
		Node{Type: "heading", Attrs: Attrs{"level": 4}, Content: []Node{Text("Too deep")}},
		Node{Type: "blockquote", Attrs: Attrs{"cite": "/source"}, Content: []Node{Paragraph(Text("Quoted"))}},
		Node{Type: "pullQuote", Attrs: Attrs{"attribution": "Her"}, Content: []Node{Text("Pulled")}},
		Node{Type: "orderedList", Attrs: Attrs{"start": 3}, Content: []Node{{Type: "listItem", Content: []Node{Paragraph(Text("item"))}}}},
		Node{Type: "image", Attrs: Attrs{"asset": "a1", "alt": "Alt", "layout": "wide"}, Content: []Node{Text("Caption")}},
		Node{Type: "image", Attrs: Attrs{"src": "https://other.example/x.jpg"}},
		Node{Type: "gallery", Attrs: Attrs{"caption": "Both"}, Content: []Node{{Type: "image", Attrs: Attrs{"asset": "a1"}}, {Type: "image", Attrs: Attrs{"asset": "gone", "alt": "Lost"}}}},
		Node{Type: "embed", Attrs: Attrs{"url": "https://www.youtube.com/watch?v=x", "title": "A talk", "provider": "YouTube"}},
		Node{Type: "media", Attrs: Attrs{"asset": "sound", "title": "The horn", "credit": "Sound: Her"}, Content: []Node{Text("Heard at noon")}},
		Node{Type: "media", Attrs: Attrs{"asset": "film"}},
		Node{Type: "media", Attrs: Attrs{"asset": "memo"}, Content: []Node{Text("Page one")}},
		Node{Type: "media", Attrs: Attrs{"asset": "ended", "title": "Old song"}, Content: []Node{Text("Sung")}},
		Node{Type: "table", Content: []Node{
			{Type: "tableRow", Content: []Node{cellOf("tableHeader", "H1", nil), cellOf("tableHeader", "H2", Attrs{"colspan": 3})}},
			{Type: "tableRow", Content: []Node{cellOf("tableHeader", "R", nil), cellOf("tableCell", "1", Attrs{"rowspan": 9})}}}},
		Node{Type: "codeBlock", Attrs: Attrs{"language": "go"}, Content: []Node{Text("a < b")}},
		Node{Type: "horizontalRule"},
		Node{Type: "box", Attrs: Attrs{"title": "In brief"}, Content: []Node{Paragraph(Text("Boxed"))}},
		Node{Type: "relatedStory", Attrs: Attrs{"story": "s1", "href": "/old", "title": "Old"}},
		aside().Node(),
		Raw(`<script>run()</script><p>Words of it</p>`),
	)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// aside is a counterpoint of which everything is known, with a hostile word here and there.
func aside() Counterpoint {
	return Counterpoint{
		ID: "cp1", Label: stet.Contradicts, Note: "Both spoke of <one> letter.",
		First: Side{Statement: "s1", Words: `We took it "very" seriously & at once`, Kind: stet.DirectQuotation, Language: "en", Speaker: "Jane <b>Doe</b>", Role: "foreign secretary",
			Date: stet.SaidDate{Value: "2022-04-26", Precision: stet.ToDay}, Addressee: "a committee", Venue: "the Diet", Source: "Minutes", SourceURL: "https://diet.example/26?a=1&b=2"},
		Second: Side{Statement: "s2", Words: "that it was a “non-issue”", Kind: stet.MixedQuotation, Speaker: "Paul Ash",
			Date: stet.SaidDate{Value: "2022-04-29", Precision: stet.OnOrBefore}, SourceURL: "https://www.radio.example/"},
	}
}

func kitchenEnv() Env {
	return Env{
		Base: "https://magazine.example/", Language: "en", IDPrefix: "s9-", Lazy: true,
		Asset: func(id string) (Picture, bool) {
			return Picture{Src: "/m/" + id + ".jpg", Srcset: "/m/" + id + "-2.jpg 2x", Width: 1200, Height: 800, Alt: "Own alt", Credit: "Own credit"}, id == "a1"
		},
		Media: func(id string) (Media, bool) {
			m, ok := map[string]Media{
				"sound": {Kind: "audio", Src: "/m/horn.ogg", Type: "audio/ogg", Facts: "OGG, 52 kB", Credit: "Own credit", Transcript: "A horn.\n\nA gull,\nfar off <i>."},
				"film": {Kind: "video", Src: "/m/film.webm", Type: "video/webm", Facts: "WEBM, 2 MB", Width: 1920, Height: 1080, Poster: "/m/poster.jpg",
					Track: Track{Src: "/m/film.vtt", Language: "en", Label: "English"}},
				"memo":  {Kind: "document", Src: "/m/memo.pdf", Type: "application/pdf", Facts: "PDF, 9 kB", Title: "memo", Credit: "Ministry"},
				"ended": {Kind: "audio", Gone: "This can no longer be shown", Final: true},
			}[id]
			return m, ok
		},
		Story:  func(id string) (Story, bool) { return Story{Href: "/europe/new", Title: "New headline"}, id == "s1" },
		RawURL: func(id string) string { return "/raw/" + id },
	}
}

// TestRenderers compares one of each block with testdata/render.
func TestRenderers(t *testing.T) {
	t.Parallel()
	d := kitchen(t)
	golden(t, "testdata/render/page.want", string(d.HTML(kitchenEnv())))
	golden(t, "testdata/render/bare.want", string(d.HTML(Env{})))
	golden(t, "testdata/render/feed.want", d.FeedHTML(kitchenEnv()))
	golden(t, "testdata/render/mail.want", d.MailHTML(kitchenEnv()))
	golden(t, "testdata/render/markdown.want", d.Markdown(Env{}))
	golden(t, "testdata/render/text.want", d.Text())
}

// A story in the stream shows its opening; the rest is the same page, cut.
func TestSplitHTML(t *testing.T) {
	t.Parallel()
	d, _ := FromHTML("<p>a</p><p>b</p><hr><p>c</p><p>d</p>", Options{})
	for n, want := range map[int]int{1: 1, 2: 2, 3: 5} {
		opening, rest := d.SplitHTML(n, Env{})
		if opening+rest != d.HTML(Env{}) {
			t.Errorf("%d paragraphs: the parts are not the whole", n)
		}
		if got := strings.Count(string(opening), "data-block"); got != want {
			t.Errorf("%d paragraphs: the opening has %d blocks, want %d", n, got, want)
		}
	}
}

func TestHeadingsStayInOrder(t *testing.T) {
	t.Parallel()
	d, _ := FromHTML("<h4>a</h4><h4>b</h4><h2>c</h2><h4>d</h4>", Options{})
	for shift, want := range []string{"h2 h3 h2 h3", "h3 h4 h3 h4"} {
		var got []string
		for _, part := range strings.Split(string(d.HTML(Env{Headings: shift})), "<h")[1:] {
			got = append(got, "h"+part[:1])
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTwoStoriesOnOnePage(t *testing.T) {
	t.Parallel()
	d := kitchen(t)
	page := string(d.HTML(Env{IDPrefix: "a-"})) + string(d.HTML(Env{IDPrefix: "b-"}))
	seen := map[string]bool{}
	for _, part := range strings.Split(page, ` id="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		if seen[id] {
			t.Errorf("id %q twice", id)
		}
		seen[id] = true
	}
	if len(seen) != 6 {
		t.Errorf("%d ids, want 6", len(seen))
	}
}

// Tables whose spans do not add up are mended, so that no cell lies on another or outside.
func TestTableSpans(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, src, want string }{
		{"beyond the end", `<tr><td rowspan=5>a<td>b`, `<tr><td>a</td><td>b</td></tr>`},
		{"empty columns", `<tr><td colspan=4>a<tr><td>b<td>c`, `<tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr>`},
		{"on another cell", `<tr><td>a<td rowspan=2>b<tr><td colspan=2>c`, `<tr><td>a</td><td rowspan="2">b</td></tr><tr><td>c</td></tr>`},
		{"covered row", `<tr><td rowspan=3>a<tr><th><tr><td>b`, `<tr><td rowspan="3">a</td></tr><tr><td></td></tr><tr><td>b</td></tr>`},
	}
	for _, tt := range tests {
		d, _ := FromHTML("<table>"+tt.src+"</table>", Options{})
		page := strings.ReplaceAll(d.FeedHTML(Env{}), "\n", "")
		if diff := cmp.Diff("<table><tbody>"+tt.want+"</tbody></table>", page); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	d := kitchen(t)
	if got, want := d.Words(), len(strings.Fields("One bold linked bold linked A note Too deep Quoted Pulled Her item Caption Both A talk H1 H2 R 1 a b In brief Boxed Old Words of it")); got != want {
		t.Errorf("%d words, want %d", got, want)
	}
	want := []Link{{Href: "https://other.example/a?b=1&c=2", Title: `A "title"`, Text: " linked bold linked", Block: d.Root.Content[0].ID()}}
	if diff := cmp.Diff(want, d.Links()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a1", "gone", "sound", "film", "memo", "ended"}, d.Assets()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"s1"}, d.Stories()); diff != "" {
		t.Error(diff)
	}
	if got := len(d.Images()); got != 4 {
		t.Errorf("%d images, want 4", got)
	}
	if got := d.TextBlocks()[0].Text; got != "One bold linked bold linked." {
		t.Errorf("first text block %q", got)
	}
}

func TestReadingTime(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, lang string
		want       int
	}{
		{"", "en", 1},
		{strings.Repeat("word ", 238*4), "en-GB", 4},
		{strings.Repeat("Wort ", 179*4), "de", 4},
		{strings.Repeat("word ", 238*4), "xx", 4},
		{strings.Repeat("字", 255*3), "zh", 3},
	}
	for _, tt := range tests {
		d, _ := FromHTML(tt.text, Options{})
		if got := d.ReadingTime(tt.lang); got != tt.want {
			t.Errorf("%d words in %s: %d minutes, want %d", d.Words(), tt.lang, got, tt.want)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	d, _ := FromMarkdown("One[^1].\n\n![x](/a.jpg)\n\n> Two\n>\n> Three\n\n## Heading\n\nFour\n\n[^1]: note", Options{})
	for n, want := range []string{"", "One.", "One.\n\nTwo", "One.\n\nTwo\n\nThree", "One.\n\nTwo\n\nThree\n\nHeading\n\nFour"} {
		h := d.Head(n)
		if diff := cmp.Diff(want, h.Text()); diff != "" {
			t.Errorf("%d blocks: %s", n, diff)
		}
		if err := h.Validate(); err != nil {
			t.Error(err)
		}
		if strings.Contains(string(h.HTML(Env{})), "footnote") {
			t.Error("a footnote is left")
		}
	}
}

func TestOpening(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, html, want string }{
		{"paragraphs", "<h2>Head</h2><p>One <b>two</b>.</p><p>Three.</p>", "One two.\n\nThree."},
		{"a list", "<ul><li>First</li><li>Second</li></ul>", "First\n\nSecond"},
		{"nothing to read", `<figure><img src="/a.jpg"><figcaption>A caption</figcaption></figure>`, ""},
		{"what stands beside", `<figure><img src="/a.jpg"><figcaption>A caption</figcaption></figure><aside class="pull-quote"><p>Loud</p><cite>Somebody</cite></aside>` +
			`<table><tr><td>Cell</td></tr></table><aside class="box"><h3>Box</h3><p>In the box</p></aside><p>Short.</p><figure><img src="/b.jpg"><figcaption>Another</figcaption></figure>`, "Short."},
	}
	for _, tt := range tests {
		d, _ := FromHTML(tt.html, Options{})
		if got := d.Opening(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	d, err := New(Node{Type: "media", Attrs: Attrs{"asset": "a0000000", "title": "A recording"}, Content: []Node{Text("Its caption")}}, Paragraph(Text("Short.")))
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Opening(); got != "Short." {
		t.Errorf("with a recording: %q", got)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]bool{"": true, "<p> </p><hr>": true, "x": false, `<img src="/a.jpg">`: false, `<iframe src="https://e.org/"></iframe>`: false} {
		if d, _ := FromHTML(src, Options{}); d.Empty() != want {
			t.Errorf("Empty of %q is %v", src, !want)
		}
	}
}

func TestZeroDoc(t *testing.T) {
	t.Parallel()
	var none *Doc
	for _, d := range []*Doc{none, {}} {
		if d.HTML(Env{}) != "" || d.FeedHTML(Env{}) != "" || d.MailHTML(Env{}) != "" || d.Text() != "" || d.Words() != 0 || string(d.JSON()) != `{"type":"doc"}` {
			t.Error("a document that is not there has something to say")
		}
	}
}

func TestRawDocument(t *testing.T) {
	t.Parallel()
	got := string(RawDocument("<b>x</b>"))
	if !strings.HasPrefix(got, "<!doctype html>") || !strings.Contains(got, "<b>x</b>") {
		t.Errorf("got %s", got)
	}
}

func TestRenderNDJSON(t *testing.T) {
	t.Parallel()
	in := `{"id":"a","html":"<b>x</b>"}` + "\n\nnonsense\n" + `{"id":7}` + "\n" + `{"id":8,"html":"` + strings.Repeat("long ", 50_000) + `"}`
	var out bytes.Buffer
	if err := RenderNDJSON(strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines, want 4", len(lines))
	}
	for i, want := range []string{`{"id":"a","out":"<p data-block=\`, `{"id":null,"error":"`, `{"id":7,"error":"`, `{"id":8,"out":"`} {
		if !strings.HasPrefix(lines[i], want) || !json.Valid([]byte(lines[i])) {
			t.Errorf("line %d is %.100s, want %s...", i, lines[i], want)
		}
	}
}
