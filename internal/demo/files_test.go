// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package demo

import (
	"bytes"
	"crypto/sha256"
	"os"
	"strings"
	"testing"

	"stet/internal/media"
)

// TestFiles: what the demo makes is what the library takes, the same every
// time, small, and named by a story.
func TestFiles(t *testing.T) {
	t.Parallel()
	for _, f := range files {
		data := f.make()
		if name := os.Getenv("STET_DEMO_FILES"); name != "" {
			if err := os.WriteFile(name+"/"+f.asset.Filename, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if sha256.Sum256(data) != sha256.Sum256(f.make()) {
			t.Errorf("%s differs from one time to the next", f.asset.Filename)
		}
		info, err := media.Inspect(bytes.NewReader(data))
		if err != nil || !strings.HasSuffix(f.asset.Filename, "."+info.Extension) || len(data) > 60_000 {
			t.Errorf("%s: %+v, %v, %d bytes", f.asset.Filename, info, err, len(data))
		}
		stories, err := readStories("content/stories")
		if err != nil {
			t.Fatal(err)
		}
		named := 0
		for _, s := range stories {
			named += strings.Count(s.body, `"`+f.asset.Filename+`"`)
		}
		if named != 1 {
			t.Errorf("%s stands in %d stories", f.asset.Filename, named)
		}
	}
	// A recording is neither silent nor a constant roar.
	loud, quiet := 0, 0
	for _, v := range fogSignal()[44:] {
		switch d := int(v) - 128; {
		case d > 60 || d < -60:
			loud++
		case d > -12 && d < 12:
			quiet++
		}
	}
	if total := sampleRate * seconds; loud < total/10 || quiet < total/10 {
		t.Errorf("of %d samples %d are loud and %d quiet", total, loud, quiet)
	}
}
