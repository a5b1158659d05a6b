// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/record"
)

// Every block of the demo's stories stands in the plain text where its start
// says, and has an id.
func TestReadable(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../demo/content/stories/*.md")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d stories, %v", len(files), err)
	}
	kinds := map[record.BlockKind]int{}
	links := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
		doc, _ := prose.FromMarkdown(body, prose.Options{})
		d := newsroom.Readable(doc)
		if d.Text != doc.Text() {
			t.Errorf("%s: the plain text is not the body's", f)
		}
		runes := []rune(d.Text)
		for _, b := range d.Blocks {
			n := len([]rune(b.Text))
			if got := string(runes[b.Start : b.Start+n]); got != b.Text {
				t.Errorf("%s: block %s is %q in the text, want %q", f, b.ID, got, b.Text)
			}
			if b.ID == "" {
				t.Errorf("%s: a block without an id: %q", f, b.Text)
			}
			kinds[b.Kind]++
			for _, l := range b.Links {
				links++
				if l.Start >= l.End || l.End > n || l.URL == "" {
					t.Errorf("%s: link %+v in %q", f, l, b.Text)
				}
			}
		}
	}
	if kinds[record.Paragraph] < 300 || kinds[record.BlockQuote] == 0 || kinds[record.Heading] == 0 || kinds[record.PullQuote] == 0 || links == 0 {
		t.Errorf("kinds %v, %d links", kinds, links)
	}
}
