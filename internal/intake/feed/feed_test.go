// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package feed

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"stet/internal/intake/item"
	"stet/internal/intake/spool"
)

func read(data []byte) ([]*item.Story, *Feed, error) {
	f, err := Open(spool.Memory("fuzz", data))
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var out []*item.Story
	for {
		raw, err := f.Next()
		if err == io.EOF {
			return out, f, nil
		}
		if err != nil {
			return out, f, err
		}
		out = append(out, f.Parse(raw))
	}
}

func TestMedia(t *testing.T) {
	t.Parallel()
	const head, tail = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><link>https://x.example</link><item><guid>1</guid>`, `</item></channel></rss>`
	for in, want := range map[string]string{
		`<media:content url="https://x.example/a.mp4" type="video/mp4"/><media:thumbnail url="https://x.example/t.jpg"/>`:                "https://x.example/t.jpg",
		`<media:group><media:content url="https://x.example/a.jpg" type="image/jpeg"/><media:credit>C</media:credit></media:group>`:      "https://x.example/a.jpg",
		`<enclosure url="https://x.example/e.jpg" type="image/jpeg" length="1"/>`:                                                        "https://x.example/e.jpg",
		`<description>&lt;img src="https://x.example/a.jpg"></description><media:content url="https://x.example/a.jpg" medium="image"/>`: "",
		`<media:content url="javascript:x" medium="image"/>`:                                                                             "",
	} {
		stories, _, err := read([]byte(head + in + tail))
		if err != nil || len(stories) != 1 {
			t.Fatalf("%s: %v, %v", in, stories, err)
		}
		got := ""
		if l := stories[0].Lead; l != nil {
			got = l.URL
		}
		if got != want {
			t.Errorf("%s: lead %q; want %q", in, got, want)
		}
	}
}

func FuzzFeed(f *testing.F) {
	for _, name := range []string{"rss2.xml", "atom.xml", "rdf.xml", "feed.json"} {
		data, err := os.ReadFile(filepath.Join("../testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		stories, _, err := read(data)
		if err != nil {
			return
		}
		for _, s := range stories {
			if s.Kind == "" && len(s.Notices) == 0 {
				t.Error("an item vanished without a notice")
			}
			if s.Kind != "" && s.Key == "" {
				t.Error("a story without a key")
			}
		}
	})
}
