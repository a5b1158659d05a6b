// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"fmt"
	"strings"
	"testing"
)

// story is an article of some 900 words, as the magazine's usually are: links, emphasis, two
// pictures, a pull quote, a list, notes.
func story() string {
	var b strings.Builder
	for i := range 18 {
		fmt.Fprintf(&b, `<p>The secretary said on Tuesday that the plan was “a <em>serious</em> matter”, as <a href="https://example.org/%d">the record shows</a>, and that nobody in the room had <strong>any reason</strong> to doubt what the committee had heard before; the counsellor answered two days later, in a letter of four pages, that he remembered it otherwise.</p>`, i)
		switch i {
		case 3, 12:
			b.WriteString(`<figure class="wp-block-image"><img src="/a.jpg" alt="A room"><figcaption>The room. <span class="credit">Jo Doe</span></figcaption></figure>`)
		case 6:
			b.WriteString(`<figure class="wp-block-pullquote"><blockquote><p>Nobody had any reason to doubt it.</p><cite>The secretary</cite></blockquote></figure><h3>What was said</h3>`)
		case 9:
			b.WriteString(`<ul><li>One point</li><li>Another point</li><li>A third</li></ul><p>It goes on<sup><a href="#fn1">1</a></sup>.</p>`)
		}
	}
	return b.String() + `<section class="footnotes"><ol><li id="fn1">Minutes, page 4.</li></ol></section>`
}

func BenchmarkParse(b *testing.B) {
	d, _ := FromHTML(story(), Options{})
	data := d.JSON()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	d, _ := FromHTML(story(), Options{})
	b.ReportAllocs()
	for b.Loop() {
		d.HTML(Env{Base: "https://magazine.example/"})
	}
}

func BenchmarkFromHTML(b *testing.B) {
	src := story()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		FromHTML(src, Options{})
	}
}

func BenchmarkMarkdown(b *testing.B) {
	d, _ := FromHTML(story(), Options{})
	for b.Loop() {
		d.Markdown(Env{})
	}
}
