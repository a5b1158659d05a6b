// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"html"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// File is a static file. Its address holds a hash of its content, so it may be
// kept for ever.
type File struct {
	Name  string // stet.css
	Type  string // the Content-Type
	Hash  string
	Bytes []byte
}

// URL is where the file is served.
func (f *File) URL() string { return "/static/" + f.Hash + "/" + f.Name }

// Static returns the file that is served at /static/{hash}/{name}. An old
// hash finds nothing: the page that names it is as old.
func (t *Theme) Static(hash, name string) (*File, bool) {
	f, ok := t.files[name]
	if !ok || f.Hash != hash {
		return nil, false
	}
	return f, true
}

// Asset returns the address of a static file, "" when there is none.
func (t *Theme) Asset(name string) string {
	if f, ok := t.files[name]; ok {
		return f.URL()
	}
	return ""
}

// types are the static files we know. Anything else in an owner's folder is
// refused, so that no page can be served from there by accident.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".woff2": "font/woff2",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".jpg":   "image/jpeg",
	".webp":  "image/webp",
	".avif":  "image/avif",
	".ico":   "image/x-icon",
	".txt":   "text/plain; charset=utf-8",
}

// loadStatic gathers the shipped files, what is made from the tokens, and the
// owner's files over both.
func loadStatic(shipped fs.FS, o Options) (map[string]*File, error) {
	raw := make(map[string][]byte)
	for _, dir := range []string{"css", "js", "fonts"} {
		if err := readDir(raw, shipped, dir); err != nil {
			return nil, err
		}
	}
	raw["tokens.css"] = o.Tokens.css()
	raw["icon.svg"] = icon(o)
	if o.Overrides != nil {
		if err := readDir(raw, o.Overrides, "static"); err != nil {
			return nil, err
		}
	}
	files := make(map[string]*File, len(raw))
	add := func(name string, b []byte) {
		sum := sha256.Sum256(b)
		hash := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12])
		typ := types[path.Ext(name)]
		if typ == "" {
			typ = mime.TypeByExtension(path.Ext(name))
		}
		files[name] = &File{Name: name, Type: typ, Hash: hash, Bytes: b}
	}
	// Style sheets come last: they name the addresses of the others.
	for name, b := range raw {
		if path.Ext(name) != ".css" {
			add(name, b)
		}
	}
	for name, b := range raw {
		if path.Ext(name) == ".css" {
			linked, err := linkCSS(b, files)
			if err != nil {
				return nil, &FileError{File: name, Line: 1 + bytes.Count(b[:err.offset], []byte("\n")), Cause: err}
			}
			add(name, linked)
		}
	}
	for name, parts := range bundles {
		add(name, bundle(files, parts))
	}
	return files, nil
}

// bundles are sent as one file what pages always need together: a browser on a
// slow line waits for each request, and HTTP/1.1 gives it six at a time.
var bundles = map[string][]string{
	"page.css": {"tokens.css", "stet.css"},
	"page.js":  {"search.js", "story.js", "stream.js", "record.js"},
}

// bundle joins files and takes the parts away. Each script becomes a block, so
// that their names do not meet.
func bundle(files map[string]*File, parts []string) []byte {
	var b bytes.Buffer
	for _, name := range parts {
		f := files[name]
		if f == nil {
			continue
		}
		if path.Ext(name) == ".js" {
			fmt.Fprintf(&b, "{\n%s\n}\n", f.Bytes)
		} else {
			b.WriteString(squeeze(string(f.Bytes)))
		}
		delete(files, name)
	}
	return b.Bytes()
}

// readDir reads the files of a folder, by their path below it.
func readDir(into map[string][]byte, fsys fs.FS, dir string) error {
	err := fs.WalkDir(fsys, dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if types[path.Ext(p)] == "" {
			return &FileError{File: p, Cause: fmt.Errorf("files of type %q are not served", path.Ext(p))}
		}
		b, err := fs.ReadFile(fsys, p)
		if err != nil {
			return &FileError{File: p, Cause: err}
		}
		into[strings.TrimPrefix(p, dir+"/")] = b
		return nil
	})
	if isNotExist(err) {
		return nil
	}
	return err
}

var cssURL = regexp.MustCompile(`url\("?([\w./-]+)"?\)`)

// linkError is a url() that leads nowhere.
type linkError struct {
	name   string
	offset int
}

func (e *linkError) Error() string { return fmt.Sprintf("url(%s): there is no such file", e.name) }

// linkCSS puts the hashed address in the place of each url(name).
func linkCSS(css []byte, files map[string]*File) ([]byte, *linkError) {
	var out bytes.Buffer
	last := 0
	for _, m := range cssURL.FindAllSubmatchIndex(css, -1) {
		name := string(css[m[2]:m[3]])
		f, ok := files[name]
		if !ok {
			return nil, &linkError{name: name, offset: m[0]}
		}
		out.Write(css[last:m[0]])
		fmt.Fprintf(&out, "url(%q)", f.URL())
		last = m[1]
	}
	out.Write(css[last:])
	return out.Bytes(), nil
}

// icon draws the mark on the accent: the picture of a tab.
func icon(o Options) []byte {
	mark := o.Mark
	if mark == "" {
		mark = "S"
	}
	size := 46
	if n := utf8.RuneCountInString(mark); n > 1 {
		size = 64 / n
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="%s"/><text x="32" y="48" font-family="Source Serif 4,Georgia,serif" font-size="%d" font-weight="600" text-anchor="middle" fill="%s">%s</text></svg>`,
		o.Tokens.withDefaults().Light.Accent, size, o.Tokens.withDefaults().Light.Paper, html.EscapeString(mark))
}
