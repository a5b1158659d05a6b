// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A player whose file we have becomes a placement, with all that its figure says; any other stays
// the link that it was.
func TestPlayersComeIn(t *testing.T) {
	t.Parallel()
	have := Options{Media: func(src string, m Placed) (string, bool) {
		if m.Caption != "" && m.Caption != "At noon" {
			t.Errorf("asked with the caption %q", m.Caption)
		}
		return "m1", strings.Contains(src, "/have")
	}}
	tests := []struct{ name, src, want string }{
		{"audio in a figure", `<figure class="wp-block-audio"><audio controls src="https://x.example/have.mp3"></audio><figcaption>At <b>noon</b></figcaption></figure>`,
			`media m1 "" "At noon" ""`},
		{"video with sources and credit", `<figure><video poster="p.jpg"><source src="https://x.example/have.mp4" type="video/mp4">old browser</video><figcaption>At noon <span class="credit">Her</span></figcaption></figure>`,
			`media m1 "" "At noon" "Her"`},
		{"bare, with a title", `<p>a</p><audio title="Horn" src="https://x.example/have.ogg"></audio>`, `paragraph a|media m1 "Horn" "" ""`},
		{"in a paragraph", `<p>a <audio src="https://x.example/have.ogg"></audio> b</p>`, `paragraph a|media m1 "" "" ""|paragraph b`},
		{"a file's block", `<div class="wp-block-file"><a href="https://x.example/have.pdf">The memo</a><a href="https://x.example/have.pdf" class="wp-block-file__button" download>Download</a></div>`,
			`media m1 "The memo" "" ""`},
		{"a file's block with more", `<div class="wp-block-file"><object data="https://x.example/have.pdf"></object><a href="https://x.example/have.pdf">The memo</a><p>Read it</p></div>`,
			`media m1 "The memo" "" ""|paragraph Read it`},
		{"another's audio", `<figure><audio src="https://x.example/not.mp3"></audio><figcaption>At noon</figcaption></figure>`,
			`embed https://x.example/not.mp3|paragraph At noon`},
		{"another's file", `<div class="wp-block-file"><a href="https://x.example/not.pdf">The memo</a><a href="https://x.example/not.pdf">Download</a></div>`,
			`paragraph The memoDownload`},
		{"our own, by name", `<figure class="media"><a href="asset:abc">Horn</a><figcaption><span class="caption">At noon</span> <span class="credit">Her</span></figcaption></figure>`,
			`media abc "Horn" "At noon" "Her"`},
		{"an address that is none", `<audio src="javascript:have()"></audio><p>a</p>`, `paragraph a`},
	}
	for _, tt := range tests {
		d, _ := FromHTML(tt.src, have)
		var got []string
		for n := range d.Blocks() {
			switch n.Type {
			case "media":
				m := d.Media()[0]
				got = append(got, "media "+m.Asset+` "`+m.Title+`" "`+m.Caption+`" "`+m.Credit+`"`)
			case "embed":
				got = append(got, "embed "+n.Attr("url"))
			default:
				got = append(got, n.Type+" "+n.Plain())
			}
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if err := d.Validate(); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// A recording makes a story no longer, but a search finds its words.
func TestMediaWordsAreNotCounted(t *testing.T) {
	t.Parallel()
	plain, _ := FromMarkdown("One two three.", Options{})
	with, _ := FromMarkdown(`One two three.

<figure class="media"><a href="asset:abc">A horn in fog</a><figcaption>Heard at noon</figcaption></figure>`, Options{})
	if plain.Words() != 3 || with.Words() != 3 {
		t.Errorf("%d and %d words, want 3", plain.Words(), with.Words())
	}
	if diff := cmp.Diff("One two three.\n\nA horn in fog\n\nHeard at noon", with.Text()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"abc"}, with.Assets()); diff != "" {
		t.Error(diff)
	}
	for _, src := range []string{`{"type":"media"}`, `{"type":"media","attrs":{"asset":""}}`, `{"type":"media","attrs":{"asset":"a/b"}}`, `{"type":"media","attrs":{"asset":"a","src":"/x"}}`} {
		if _, err := Parse([]byte(`{"type":"doc","content":[` + src + `]}`)); err == nil {
			t.Errorf("%s was taken", src)
		}
	}
}
