// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet/internal/intake"
	"stet/internal/prose"
)

// Recordings, videos and documents that the old site had stand in the stories
// as before; those that are not there, and those of other sites, are links.
func TestRecordingsAndDocuments(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, d *desk) {
		dir := filepath.Join(t.TempDir(), "uploads")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string]string{
			"horn.wav":  "RIFF\x28\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x04\x00\x00\x00\x80\x90\x80\x70",
			"film.webm": "\x1a\x45\xdf\xa3\x84\x42\x82\x84webm",
			"memo.pdf":  "%PDF-1.7\n%%EOF\n",
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		const at = "https://bad.example/wp-content/uploads/"
		body := `<!-- wp:audio --><figure class="wp-block-audio"><audio controls src="` + at + `horn.wav"></audio><figcaption class="wp-element-caption">The <em>horn</em></figcaption></figure><!-- /wp:audio -->

<!-- wp:video --><figure class="wp-block-video"><video controls src="` + at + `film.webm"></video></figure><!-- /wp:video -->

<!-- wp:file --><div class="wp-block-file"><a href="` + at + `memo.pdf">The memo</a><a href="` + at + `memo.pdf" class="wp-block-file__button" download>Download</a></div><!-- /wp:file -->

[audio mp3="` + at + `horn.wav"][/audio]

[video mp4="` + at + `lost.mp4"][/video]

<!-- wp:audio --><figure class="wp-block-audio"><audio controls src="https://radio.example/a.mp3"></audio><figcaption>Elsewhere</figcaption></figure><!-- /wp:audio -->`
		o := intake.Options{Sources: []string{write(t, "in.xml", wxrHead+post(1, "one", body)+wxrTail)}, Media: filepath.Dir(dir)}
		r := d.run(t, o)
		if r.Counts.Created != 1 || r.Counts.Pictures != 3 || r.Counts.MissingPictures != 1 || r.Pictures[0].Address != at+"lost.mp4" {
			t.Errorf("%s, missing %+v", r.Summary(), r.Pictures)
		}
		doc := bodyOf(t, d.at(t, "/2020/02/one"))
		var got []string
		for n := range doc.Blocks() {
			got = append(got, strings.Join([]string{n.Type, mimeOf(t, d, n), n.Attr("title"), n.Attr("url"), strings.Join(strings.Fields((&prose.Node{Type: "paragraph", Content: n.Content}).Plain()), " ")}, "|"))
		}
		want := []string{
			"media|audio/wav|||The horn", "media|video/webm|||", "media|application/pdf|The memo||", "media|audio/wav|||",
			"embed|||/wp-content/uploads/lost.mp4|", "embed|||https://radio.example/a.mp3|", "paragraph||||Elsewhere",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if again := d.run(t, o); again.Counts.Unchanged != 1 || again.Counts.Pictures != 0 {
			t.Errorf("the second run is not idle: %s", again.Summary())
		}
	})
}

func mimeOf(t *testing.T, d *desk, n *prose.Node) string {
	t.Helper()
	if n.Type != "media" {
		return ""
	}
	a, err := d.store.Asset(t.Context(), n.Attr("asset"))
	if err != nil {
		t.Fatal(err)
	}
	return a.MIME
}
