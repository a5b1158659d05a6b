// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package spool takes in what an import reads: a file, an address, standard
// input. It finds out what it is by its content, reads its text as clean
// UTF-8 whatever it was stored as, and takes XML apart without holding more
// than one element of it.
//
// It does not know what the elements mean.
package spool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"stet"
	"stet/internal/web"
)

// MaxFile is how much is taken from an address or standard input.
const MaxFile = 8 << 30

// File is a source that can be read more than once.
type File struct {
	Name  string // as the caller gave it
	Size  int64
	bytes io.ReaderAt
	close func() error
}

// Memory is a source that is in memory already.
func Memory(name string, data []byte) *File {
	return &File{Name: name, Size: int64(len(data)), bytes: bytes.NewReader(data), close: func() error { return nil }}
}

// Open opens a source: a path, "-" for stdin, or an http address when there is
// a client. What cannot be read twice is spooled to a temporary file.
func Open(ctx context.Context, name string, client *web.Client, stdin io.Reader) (*File, error) {
	switch {
	case name == "-":
		if stdin == nil {
			return nil, stet.Errorf(stet.Invalid, "there is no standard input to read")
		}
		return spool(name, stdin)
	case IsAddress(name):
		if client == nil {
			return nil, stet.Errorf(stet.Invalid, "%s is an address, and nothing is fetched in this run", name)
		}
		res, err := client.Fetch(ctx, name)
		if err != nil {
			return nil, err
		}
		defer res.Body.Close()
		return spool(name, res.Body)
	}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, stet.Errorf(stet.NotFound, "there is no file %s", name)
	}
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "%v", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	switch {
	case info.IsDir():
		f.Close()
		return nil, stet.Errorf(stet.Invalid, "%s is a folder; name the files in it", name)
	case !info.Mode().IsRegular(): // a pipe
		defer f.Close()
		return spool(name, f)
	}
	return &File{Name: name, Size: info.Size(), bytes: f, close: f.Close}, nil
}

// IsAddress reports whether a source is an address and not a file.
func IsAddress(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

func spool(name string, r io.Reader) (*File, error) {
	f, err := os.CreateTemp("", "stet-import-*")
	if err != nil {
		return nil, fmt.Errorf("spool %s: %w", name, err)
	}
	// Removed at once: the open file stays readable, and a kill leaves nothing
	// behind. Where that is not possible Close removes it.
	out := &File{Name: name, bytes: f, close: f.Close}
	if os.Remove(f.Name()) != nil {
		out.close = func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }
	}
	out.Size, err = io.Copy(f, io.LimitReader(r, MaxFile+1))
	if err == nil && out.Size > MaxFile {
		err = stet.Errorf(stet.TooLarge, "%s has more than %d GB", name, MaxFile>>30)
	}
	if err != nil {
		out.Close()
		return nil, err
	}
	return out, nil
}

// Close closes the file, and removes it when it was a temporary one.
func (f *File) Close() error { return f.close() }

// Head returns up to n bytes of the beginning, as they are stored.
func (f *File) Head(n int) ([]byte, error) {
	b := make([]byte, n)
	n, err := f.bytes.ReadAt(b, 0)
	if err == io.EOF {
		err = nil
	}
	return b[:n], err
}

// Text returns a new reader of the whole text. Several may be in use.
func (f *File) Text() *Text {
	return NewText(io.NewSectionReader(f.bytes, 0, f.Size))
}

// Kind is what a file is.
type Kind string

// The kinds that an importer may know.
const (
	WordPress Kind = "wordpress"
	Feed      Kind = "feed"
)

// looked is how much of a file's beginning decides what it is.
const looked = 256 << 10

// Kind finds out by the content what the file is. What no importer reads is
// refused with a sentence that says what it seems to be.
func (f *File) Kind() (Kind, error) {
	head, err := f.Head(looked)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", f.Name, err)
	}
	if what := foreign(head); what != "" {
		return "", stet.Errorf(stet.Invalid, "%s is %s", f.Name, what)
	}
	text, err := io.ReadAll(io.LimitReader(NewText(bytes.NewReader(head)), 2*looked))
	if err != nil && len(text) == 0 {
		return "", stet.Errorf(stet.Invalid, "%s: %v", f.Name, err)
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) == 0 {
		return "", stet.Errorf(stet.Invalid, "%s is empty", f.Name)
	}
	if text[0] == '{' {
		return jsonKind(f.Name, text)
	}
	return xmlKind(f.Name, text)
}

// foreign names what people take for an export and is none.
func foreign(head []byte) string {
	starts := func(magic ...string) bool {
		for _, m := range magic {
			if bytes.HasPrefix(head, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	case len(head) == 0:
		return "empty"
	case starts("PK\x03\x04", "PK\x05\x06", "PK\x07\x08"):
		return "a ZIP archive; unpack it and import the file in it"
	case starts("\x1f\x8b"):
		return "packed with gzip; unpack it first"
	case starts("%PDF-"):
		return "a PDF, not an export"
	case starts("\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "II*\x00", "MM\x00*"), starts("RIFF") && bytes.Contains(head[:min(16, len(head))], []byte("WEBP")):
		return "a picture, not an export"
	}
	return ""
}

func jsonKind(name string, text []byte) (Kind, error) {
	if bytes.Contains(text, []byte("jsonfeed.org/version")) {
		return Feed, nil
	}
	if bytes.Contains(text, []byte(`"items"`)) && bytes.Contains(text, []byte(`"version"`)) {
		return Feed, nil
	}
	return "", stet.Errorf(stet.Invalid, "%s is JSON, but no JSON Feed", name)
}

func xmlKind(name string, text []byte) (Kind, error) {
	s := NewSplitter(bytes.NewReader(text), 0)
	root, err := s.Root()
	if err != nil {
		return "", stet.Errorf(stet.Invalid, "%s is neither a WordPress export nor a feed: %v", name, err)
	}
	_, local := SplitName(root.Name)
	switch strings.ToLower(local) {
	case "rss", "rdf", "feed", "channel":
	case "html":
		return "", stet.Errorf(stet.Invalid, "%s is a web page, not an export", name)
	case "svg":
		return "", stet.Errorf(stet.Invalid, "%s is an SVG drawing, not an export", name)
	default:
		return "", stet.Errorf(stet.Invalid, "%s is XML, but neither a WordPress export nor a feed (its outermost element is <%s>)", name, shorten(root.Name))
	}
	for _, a := range root.Attrs {
		if strings.HasPrefix(a.Value, "http://wordpress.org/export/") && !strings.Contains(a.Value, "/excerpt") && s.mentions(text, a.Name) {
			return WordPress, nil
		}
	}
	if bytes.Contains(text, []byte("<wp:post_type>")) || bytes.Contains(text, []byte("<wp:wxr_version>")) || bytes.Contains(text, []byte("<wp:base_site_url>")) {
		return WordPress, nil
	}
	return Feed, nil
}

// mentions reports whether an element of the namespace that the attribute
// declares stands in the text: some feeds declare WordPress's and use none.
func (s *Splitter) mentions(text []byte, declaration string) bool {
	_, prefix := SplitName(declaration)
	return bytes.Contains(text, []byte("<"+prefix+":"))
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
