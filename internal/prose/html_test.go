// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the expected files")

// TestFromHTMLFiles compares testdata/html/NAME.html, as a reader's page, with NAME.want.
func TestFromHTMLFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"gutenberg", "classic", "word", "googledocs", "own", "hostile", "rebelmouse"} {
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile("testdata/html/" + name + ".html")
			if err != nil {
				t.Fatal(err)
			}
			base, _ := url.Parse("https://old.example.org/2022/05/story/")
			d, notes := FromHTML(string(src), Options{Base: base, Story: func(href string) (string, bool) {
				return "s123", strings.HasSuffix(href, "/europe/harbour")
			}})
			env := Env{Base: "https://old.example.org/", Asset: func(id string) (Picture, bool) {
				return Picture{Src: "/media/" + id + ".jpg", Srcset: "/media/" + id + "-800.jpg 800w", Sizes: "100vw", Width: 1600, Height: 900}, true
			}}
			var b strings.Builder
			b.WriteString(string(d.HTML(env)))
			for _, n := range notes {
				fmt.Fprintf(&b, "note %s %s: %s\n", n.Path, n.Kind, n.Detail)
			}
			golden(t, "testdata/html/"+name+".want", b.String())
			checkConverted(t, string(src), d)
		})
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestHostileShapes(t *testing.T) {
	t.Parallel()
	for _, src := range hostileSeeds {
		d, _ := FromHTML(src, Options{})
		checkConverted(t, src, d)
	}
}

// A class makes text of nothing that is no text.
func TestClassesOnScripts(t *testing.T) {
	t.Parallel()
	for _, class := range []string{"gallery", "pullquote", "box", "related-story", "wp-caption", "credit", "box-title", "embed", "footnotes", "wp-caption-text"} {
		for _, src := range []string{`<script class="%s">code</script>`, `<figure class="wp-caption"><img src="/a"><style class="%s">code</style></figure>`,
			`<div class="box"><template class="%s">code</template></div>`, `<div class="gallery"><iframe class="%s">code</iframe></div>`} {
			d, _ := FromHTML(strings.ReplaceAll(src, "%s", class)+`<script data-type="footnote">code</script>`, Options{})
			if strings.Contains(d.Text(), "code") {
				t.Errorf("class %s: %s", class, d.JSON())
			}
		}
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	var asked []Image
	d, _ := FromHTML(`<figure><img src="/a.jpg" alt="A"><figcaption>Cap <span class="credit">Jo</span></figcaption></figure><img src="b.jpg"><img src="data:image/gif;base64,AA" alt="in">`,
		Options{Base: &url.URL{Scheme: "https", Host: "x.org", Path: "/d/"}, Asset: func(src string, im Image) (string, bool) {
			asked = append(asked, im)
			return "a1", src == "https://x.org/a.jpg"
		}})
	want := []Image{{Alt: "in", Layout: "column"}, {Src: "https://x.org/a.jpg", Alt: "A", Credit: "Jo", Caption: "Cap", Layout: "column"}, {Src: "https://x.org/d/b.jpg", Layout: "column"}}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a1"}, d.Assets()); diff != "" {
		t.Error(diff)
	}
}

func TestNoRawBlockFromOutside(t *testing.T) {
	t.Parallel()
	src := "```{=html}\n<b>x</b>\n```"
	d, _ := FromMarkdown(src, Options{})
	if got := d.Root.Content[0].Type; got != "codeBlock" {
		t.Errorf("foreign Markdown made a %s", got)
	}
	d, _ = FromMarkdown(src, Options{Raw: true})
	if got := d.Root.Content[0].Attr("html"); got != "<b>x</b>" {
		t.Errorf("our own raw block became %q", got)
	}
}

func TestMarkdownIsReadable(t *testing.T) {
	t.Parallel()
	src := "## Heading\n\nA *very* **bold** claim[^1] with [a link](https://example.org/x), ~~gone~~ and `code`.\n\n- one\n- two\n\n1. first\n\n   - nested\n\n2. second\n\n> quoted\n\n" +
		"| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```go\nfunc f()\n```\n\n---\n\n![A bridge](asset:abc)\n\nline\\\nbreak\n\n[^1]: The note.\n"
	d, notes := FromMarkdown(src, Options{})
	if len(notes) > 0 {
		t.Errorf("notes: %v", notes)
	}
	if diff := cmp.Diff(src, d.Markdown(Env{})); diff != "" {
		t.Error(diff)
	}
}

func TestFromMarkdownIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, src := range map[string]string{
		"quotes":   strings.Repeat(strings.Repeat(">", 20_000)+" deep\n", 20),
		"brackets": strings.Repeat("[", 50_000) + "deep",
		"stars":    strings.Repeat("*a **b ", 50_000) + "deep",
		"lists":    strings.Repeat("- ", 2000) + "deep",
		"ticks":    strings.Repeat("`a ``b ", 20_000) + "deep",
		"html":     strings.Repeat("<b>", 50_000) + "deep",
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := FromMarkdown(src, Options{})
			if !strings.Contains(d.Text(), "deep") {
				t.Error("the text was lost")
			}
			if err := d.Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}
