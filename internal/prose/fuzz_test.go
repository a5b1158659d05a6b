// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostileSeeds are shapes of attack and of bad luck, one of each kind; the public collections are
// tried in a real browser by the judges.
var hostileSeeds = []string{
	`<script>alert(1)</script>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`,
	`<svg><script>alert(1)</script></svg>`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<a href="javascript:alert(1)">x</a>`, "<a href=\"java\tscript:alert(1)\">x</a>", `<a href="&#106;avascript:alert(1)">x</a>`, "<a href=\"\x01javascript:alert(1)\">x</a>",
	`<a href=" javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt&colon;alert(1)">x</a>`, `<a href="vbscript:x">x</a>`, `<a href="data:text/html,<script>alert(1)</script>">x</a>`,
	`<iframe src="javascript:alert(1)" title="t"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<object data="javascript:alert(1)">o</object>`,
	`<embed src="javascript:alert(1)">`, `<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">b</button></form>`, `<base href="javascript:/">`,
	`<meta http-equiv=refresh content="0;url=javascript:alert(1)">`, `<link rel=stylesheet href=x>`, `<style>@import 'x'</style>`, `<p style="background:url(javascript:x)">x</p>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<textarea><img src=x onerror=alert(1)></textarea>`, `<title><img src=x onerror=alert(1)></title>`,
	`<xmp><img src=x onerror=alert(1)></xmp>`, `<plaintext><img src=x onerror=alert(1)>`, `<!--><img src=x onerror=alert(1)>-->`, `<![CDATA[<img src=x onerror=alert(1)>]]>`,
	`<svg><foreignObject><p>in<img src=x onerror=alert(1)></foreignObject></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text>t</text></a></svg>`, `<svg><title><a id="</title><img src=1 onerror=alert(1)>">`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, `<details open ontoggle=alert(1)>x`, `<video src=x onerror=alert(1)><source onerror=alert(1)></video>`,
	`<table background="javascript:x"><td background="javascript:x">t</table>`, `<a href="//evil.example\@good">x</a>`, `<p id="x" class="footnotes"><a href="#x">x</a>`,
	`"><img src=x onerror=alert(1)>`, `<b><p></b><i></p></i>`, `<table><b>x<tr><td>y`, `<select><option>a<p>b</select>`, `<frameset><frame src=x>`, `<a><a><a>`,
	`<figure class="wp-block-image"><img src="a.jpg"><figcaption>c <span class="credit">d</span></figcaption></figure>`, `<div class="footnotes"><ol><li id="a">n <a href="#b">↩</a></ol></div><sup><a href="#a">1</a></sup>`,
	`<span data-type="footnote">n<span data-type="footnote">m</span></span>`, `<aside class="pullquote"><cite><aside class="pullquote"><cite>x</cite></aside></cite></aside>`,
	`<figure class="embed"><p><a href="https://e.org/">t</a></p><figcaption>P</figcaption></figure>`, `<p class="related-story" data-story="a">x</p>`, `<div class="box"><h3>t</h3>x</div>`,
	`<ul class="gallery"><li><img src=a><li>x</ul>`, `<pre>a<br>b<p>c</pre>`, `<table><tr><td colspan=9999 rowspan=-1>x<table><tr><td>y</table></table>`, "\xff\xfe\x00<p>\x00x", `<p>&nbsp;</p>`,
	`<img class="gallery" alt="a" src="/a"><iframe class="pullquote" src="https://e.org/x">raw</iframe><input class="box" value=v>`,
	`<figure class="beside" data-label="answers"><div class="beside-side"><p class="beside-speaker">A</p><blockquote class="beside-words"><a href="/record/a">“x”</a></blockquote></div><div class="beside-side"><p class="beside-speaker">B</p></div></figure>`,
	`<div class="picture-missing figure"><p>x</p></div>`, `<figure class="picture picture-missing"><p class="no-alt">x</p><p>y</p></figure>`,
}

func fixtures(tb testing.TB, pattern string) []string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no test data %s: %v", pattern, err)
	}
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

func FuzzFromHTML(f *testing.F) {
	for _, s := range append(hostileSeeds, fixtures(f, "html/*.html")...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		d, _ := FromHTML(src, Options{})
		checkConverted(t, src, d)
	})
}

func FuzzParse(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(newDocGen(seed).doc(f).JSON())
	}
	for _, c := range refused {
		f.Add([]byte(c.json))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if err != nil {
			return
		}
		again, err := Parse(d.JSON())
		if err != nil {
			t.Fatalf("the canonical form is refused: %v\n%s", err, d.JSON())
		}
		if diff := cmp.Diff(d.Root, again.Root); diff != "" {
			t.Fatalf("not canonical:\n%s", diff)
		}
		full := d.EnsureIDs()
		if err := full.Validate(); err != nil {
			t.Fatalf("refused with ids: %v", err)
		}
		for name, out := range map[string]string{"page": string(d.HTML(Env{})), "feed": d.FeedHTML(Env{Base: "https://m.org/"}), "mail": d.MailHTML(Env{})} {
			checkHarmless(t, name, string(data), out)
		}
		d.Markdown(Env{})
		d.Head(3).HTML(Env{})
	})
}

func FuzzFromMarkdown(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(newDocGen(seed).doc(f).Markdown(Env{}))
	}
	for _, s := range []string{"[x](javascript:alert(1))", "<javascript:alert(1)>", "![a](data:text/html,x)", "[x]: javascript:x\n\n[x]", "a[^1]\n\n[^1]: n", "| a |\n| - |\n| b |", "```{=html}\n<script>\n```", "> > > x", "<div>\n\n*x*\n\n</div>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		d, _ := FromMarkdown(src, Options{})
		if err := d.Validate(); err != nil && len(src) < 1<<20 {
			t.Fatalf("the result is refused: %v", err)
		}
		for n := range d.Blocks() {
			if n.Type == "rawHTML" {
				t.Fatal("foreign Markdown made a raw HTML block")
			}
		}
		checkHarmless(t, "page", src, string(d.HTML(Env{})))
		back, _ := FromMarkdown(d.Markdown(Env{}), Options{Raw: true})
		if diff := cmp.Diff(squeeze(d.Text()), squeeze(back.Text())); diff != "" {
			t.Errorf("text changed on the way through our own Markdown:\n%s\n%s", diff, d.Markdown(Env{}))
		}
	})
}

// Ten megabytes of the worst that we know end quickly, and lose nothing but structure.
func TestFromHTMLIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	formatting := strings.Builder{}
	for i := range 250 {
		formatting.WriteString(`<font color="` + strings.Repeat("x", i) + `">`)
	}
	tests := []struct{ name, src, want string }{
		{"one line", strings.Repeat("word ", 2<<20), "word"},
		{"nested div", strings.Repeat("<div>", 100_000) + "deep", "deep"},
		{"nested b", strings.Repeat("<b>", 100_000) + "deep", "deep"},
		{"nested quote", strings.Repeat("<blockquote>", 100_000) + "deep" + strings.Repeat("</blockquote>", 100_000), "deep"},
		{"nested list", strings.Repeat("<ul><li>", 50_000) + "deep", "deep"},
		{"nested table", strings.Repeat("<table><tr><td>", 30_000) + "deep", "deep"},
		{"nested svg", strings.Repeat("<svg>", 100_000) + "deep", "deep"},
		{"nested pull quotes", strings.Repeat(`<aside class="pullquote"><cite>`, 250) + "deep", "deep"},
		{"nested figures", strings.Repeat(`<figure><figcaption>`, 140) + "deep", "deep"},
		{"formatting again and again", formatting.String() + strings.Repeat("<p>x", 300_000) + "deep", "deep"},
		{"three million paragraphs", strings.Repeat("<p>", 3<<20) + "deep", "deep"},
		{"broken tags", strings.Repeat("<a <a ", 1<<20) + ">deep", "deep"},
		{"attributes", "<p " + strings.Repeat(`a="b" `, 1<<20) + ">deep", "deep"},
		{"footnote used often", `<div class="footnotes"><ol><li id="a">` + strings.Repeat("note ", 10_000) + `</ol></div>` + strings.Repeat(`<a href="#a">1</a>`, 20_000) + "deep", "deep"},
		{"cells", "<table><tr>" + strings.Repeat(`<td colspan=100 rowspan=100>x`, 100_000) + "</table>deep", "deep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, _ := FromHTML(tt.src, Options{})
			if !strings.Contains(d.Text(), tt.want) {
				t.Error("the text was lost")
			}
			if len(d.JSON()) <= MaxBytes {
				if err := d.Validate(); err != nil {
					t.Error(err)
				}
			}
			d.HTML(Env{})
		})
	}
}
