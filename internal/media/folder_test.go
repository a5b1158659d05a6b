// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
)

func newFolder(t testing.TB) *Folder {
	t.Helper()
	f, err := OpenFolder(filepath.Join(t.TempDir(), "media"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func put(t testing.TB, b Blobs, key string, data []byte) {
	t.Helper()
	if _, err := b.Put(t.Context(), key, strings.NewReader(string(data))); err != nil {
		t.Fatal(err)
	}
}

func get(t testing.TB, b Blobs, key string) string {
	t.Helper()
	blob, err := b.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	data, err := io.ReadAll(blob)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(data)) != blob.Size() {
		t.Errorf("%s: Size() = %d, but %d bytes came", key, blob.Size(), len(data))
	}
	return string(data)
}

func keys(t testing.TB, b Blobs, prefix string) []string {
	t.Helper()
	var all []string
	if err := b.Walk(t.Context(), prefix, func(e Entry) error { all = append(all, e.Key); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func TestFolder(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	want := []string{"a", "originals/a.jpg", "originals/a.jpg/b/c.jpg", "originals/b.jpg", "renditions/originals/a.jpg/320.jpg"}
	for _, key := range want {
		put(t, f, key, []byte("first"))
		put(t, f, key, []byte("the file "+key))
	}
	for _, key := range want {
		if got := get(t, f, key); got != "the file "+key {
			t.Errorf("%s holds %q", key, got)
		}
	}
	if diff := cmp.Diff(want, keys(t, f, "")); diff != "" {
		t.Errorf("Walk of everything (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[1:4], keys(t, f, "originals/")); diff != "" {
		t.Errorf("Walk of originals/ (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[1:3], keys(t, f, "originals/a")); diff != "" {
		t.Errorf("Walk of originals/a (-want +got):\n%s", diff)
	}
	if got := keys(t, f, "nothing/"); got != nil {
		t.Errorf("Walk of nothing/ found %q", got)
	}
	for range 2 {
		if err := f.Delete(t.Context(), "originals/a.jpg"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Open(t.Context(), "originals/a.jpg"); stet.ErrorCode(err) != stet.NotFound {
		t.Errorf("Open of a deleted blob: %v", err)
	}
}

func TestFolderRefusesKeys(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	for _, key := range []string{
		"", "/", "/etc/passwd", "a/", "a//b", "..", "../a", "a/../../b", "a/..", "./a", "a/.hidden", ".unfinished/x",
		"A", "a b", "a\\b", "a\x00b", "a,b", "c:a", "ä", strings.Repeat("a", maxKey+1),
	} {
		if _, err := f.Put(t.Context(), key, strings.NewReader("x")); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("Put(%q): %v, want an invalid error", key, err)
		}
		if _, err := f.Open(t.Context(), key); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("Open(%q): %v, want an invalid error", key, err)
		}
		if err := f.Delete(t.Context(), key); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("Delete(%q): %v, want an invalid error", key, err)
		}
	}
}

func TestFolderStaysInside(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), t.TempDir()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.Symlink(elsewhere, filepath.Join(dir, "originals")); err != nil {
		t.Skip(err)
	}
	if _, err := f.Put(t.Context(), "originals/a.jpg", strings.NewReader("x")); err == nil {
		t.Error("Put followed a link out of the folder")
	}
	if files, _ := os.ReadDir(elsewhere); len(files) > 0 {
		t.Errorf("%d files were written outside", len(files))
	}
}

// A Put that fails leaves what was there, and nothing beside it.
func TestFolderPutIsAtomic(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	put(t, f, "originals/a.jpg", []byte("old"))
	broken := io.MultiReader(strings.NewReader("half of the n"), errReader{})
	if _, err := f.Put(t.Context(), "originals/a.jpg", broken); !errors.Is(err, errBroken) {
		t.Errorf("Put of a broken stream: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Put(ended, "originals/a.jpg", strings.NewReader("new")); !errors.Is(err, context.Canceled) {
		t.Errorf("Put under a context that had ended: %v", err)
	}
	if got := get(t, f, "originals/a.jpg"); got != "old" {
		t.Errorf("the blob holds %q", got)
	}
	if left, _ := fs.ReadDir(f.root.FS(), unfinished); len(left) > 0 {
		t.Errorf("%d unfinished files were left behind", len(left))
	}
}

var errBroken = errors.New("broken")

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errBroken }

func TestFolderSweeps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{"old": 25 * time.Hour, "new": time.Hour} {
		path := filepath.Join(dir, unfinished, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "somebody-elses"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	left, _ := fs.ReadDir(f.root.FS(), unfinished)
	if len(left) != 1 || left[0].Name() != "new" {
		t.Errorf("left after the sweep: %v", left)
	}
	if got := keys(t, f, ""); got != nil {
		t.Errorf("Walk shows files that are no blobs: %q", got)
	}
}

func TestFolderConcurrently(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	words := []string{strings.Repeat("one", 5000), strings.Repeat("two", 5000)}
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			put(t, f, "originals/a.jpg", []byte(words[i%2]))
			if got := get(t, f, "originals/a.jpg"); got != words[0] && got != words[1] {
				t.Error("a reader saw a mixture")
			}
		})
	}
	wg.Wait()
}
