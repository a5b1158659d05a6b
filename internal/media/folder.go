// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"stet"
)

// Folder keeps blobs as plain files of one folder. A blob with the key
// originals/flag.jpg lies in originals/3f/a1/flag.jpg: the first part of the
// key stays in front, so that an operator can leave the renditions out of a
// backup, and two levels named by a hash keep every folder short. Further
// slashes become commas, which no key holds, so that no blob can stand where
// another needs a folder.
type Folder struct {
	root *os.Root
}

var _ Blobs = (*Folder)(nil)

// unfinished is where blobs lie while they are written. It is in the same file
// system as the rest, which a rename needs, and no key leads to it.
const unfinished = ".unfinished"

// OpenFolder opens the folder and makes it when it is not there. Files that a
// crash left unfinished more than a day ago are removed.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	f := &Folder{root: root}
	if err := root.MkdirAll(unfinished, 0o750); err != nil {
		root.Close()
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	f.sweep(time.Now().Add(-24 * time.Hour))
	return f, nil
}

// sweep removes unfinished files from before the given time. A younger one may
// belong to another process that is importing right now.
func (f *Folder) sweep(before time.Time) {
	entries, _ := fs.ReadDir(f.root.FS(), unfinished)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.ModTime().Before(before) {
			_ = f.root.Remove(path.Join(unfinished, e.Name()))
		}
	}
}

// Close releases the folder. Blobs that are open stay readable.
func (f *Folder) Close() error { return f.root.Close() }

// Put implements Blobs. The new file is complete and on the disk before it
// takes its place, and so is its name before Put returns.
func (f *Folder) Put(ctx context.Context, key string, r io.Reader) (int64, error) {
	name, err := fileName(key)
	if err != nil {
		return 0, err
	}
	tmp := path.Join(unfinished, rand.Text())
	n, err := f.write(tmp, reading{ctx, r})
	if err == nil {
		err = f.place(tmp, name)
	}
	if err != nil {
		_ = f.root.Remove(tmp)
		return 0, fmt.Errorf("store blob %s: %w", key, err)
	}
	return n, nil
}

// write makes the file and sees it onto the disk.
func (f *Folder) write(name string, r io.Reader) (int64, error) {
	w, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(w, r)
	if err == nil {
		err = w.Sync()
	}
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return n, err
}

// place moves the finished file tmp to name.
func (f *Folder) place(tmp, name string) error {
	dir := path.Dir(name)
	if err := f.mkdir(dir); err != nil {
		return err
	}
	if err := f.root.Rename(tmp, name); err != nil {
		return err
	}
	return f.sync(dir)
}

// mkdir is MkdirAll that also makes new folders survive a power cut: a folder's
// name is on the disk only once its parent is synced.
func (f *Folder) mkdir(dir string) error {
	if _, err := f.root.Stat(dir); err == nil || dir == "." {
		return nil
	}
	parent := path.Dir(dir)
	if err := f.mkdir(parent); err != nil {
		return err
	}
	if err := f.root.Mkdir(dir, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.sync(parent)
}

func (f *Folder) sync(dir string) error {
	d, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Open implements Blobs.
func (f *Folder) Open(ctx context.Context, key string) (Blob, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	name, err := fileName(key)
	if err != nil {
		return nil, err
	}
	file, err := f.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, stet.Errorf(stet.NotFound, "there is no file %s", key)
	}
	if err != nil {
		return nil, fmt.Errorf("open blob %s: %w", key, err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("open blob %s: %w", key, err)
	}
	return fileBlob{file, info}, nil
}

type fileBlob struct {
	*os.File
	info fs.FileInfo
}

func (b fileBlob) Size() int64        { return b.info.Size() }
func (b fileBlob) ModTime() time.Time { return b.info.ModTime() }

// Delete implements Blobs. Folders that become empty stay: another blob may be
// on its way into them.
func (f *Folder) Delete(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	name, err := fileName(key)
	if err != nil {
		return err
	}
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete blob %s: %w", key, err)
	}
	return nil
}

// Walk implements Blobs.
func (f *Folder) Walk(ctx context.Context, prefix string, fn func(Entry) error) error {
	start := "."
	if first, _, ok := strings.Cut(prefix, "/"); ok {
		if err := CheckKey(first); err != nil {
			return err
		}
		start = first
	}
	return fs.WalkDir(f.root.FS(), start, func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, fs.ErrNotExist):
			return nil // nothing under this prefix, or deleted while we walk
		case err != nil:
			return fmt.Errorf("walk blobs: %w", err)
		case d.IsDir() && name == unfinished:
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		key, ok := keyOf(name)
		if !ok || !strings.HasPrefix(key, prefix) {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		return fn(Entry{Key: key, Size: info.Size(), ModTime: info.ModTime()})
	})
}

// fileName is where the blob with this key lies in the folder.
func fileName(key string) (string, error) {
	if err := CheckKey(key); err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(key))
	shard := hex.EncodeToString(sum[:1]) + "/" + hex.EncodeToString(sum[1:2])
	kind, rest, ok := strings.Cut(key, "/")
	if !ok {
		// The comma keeps a blob "x" apart from the blobs under "x/".
		return path.Join(",", shard, key), nil
	}
	return path.Join(kind, shard, strings.ReplaceAll(rest, "/", ",")), nil
}

// keyOf is the key of the blob that lies at name; false for a file that
// somebody else put into the folder.
func keyOf(name string) (string, bool) {
	parts := strings.Split(name, "/")
	if len(parts) != 4 {
		return "", false
	}
	key := strings.ReplaceAll(parts[3], ",", "/")
	if parts[0] != "," {
		key = parts[0] + "/" + key
	}
	want, err := fileName(key)
	return key, err == nil && want == name
}
