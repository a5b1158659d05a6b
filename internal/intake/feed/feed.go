// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package feed reads RSS of all ages, Atom and JSON Feed into items.
//
// A feed is cut into its items first, and each is given to the feed library as
// a small feed of its own: so a feed of any size is read in little memory, and
// one broken item, or a file that was cut short, costs no more than itself.
package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
)

// Feed is an opened feed. It is an item.Source.
type Feed struct {
	site    item.Site
	note    []item.Notice
	authors []*gofeed.Person // of the feed, for items that name none

	items  *spool.Splitter // of an XML feed
	list   *json.Decoder   // of a JSON feed, within its items
	text   *spool.Text
	number int
	ended  bool
}

var _ item.Source = (*Feed)(nil)

// Bounds on what is read of a feed.
const (
	maxHeader = 4 << 20
	maxJSON   = 256 << 20
	maxDepth  = 200
)

// Open takes the first look over the feed.
func Open(f *spool.File) (*Feed, error) {
	head, err := f.Head(4096)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	fd := &Feed{}
	if t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\x00"); len(t) > 0 && t[0] == '{' {
		err = fd.openJSON(f)
	} else {
		err = fd.openXML(f)
	}
	if err != nil {
		return nil, err
	}
	return fd, nil
}

// openXML reads all but the items.
func (fd *Feed) openXML(f *spool.File) error {
	depth, err := fd.survey(f)
	if err != nil {
		return stet.Errorf(stet.Invalid, "%s cannot be read: %v", f.Name, err)
	}
	s := spool.NewSplitter(f.Text(), depth)
	if _, err := s.Root(); err != nil {
		return stet.Errorf(stet.Invalid, "%s is no feed: %v", f.Name, err)
	}
	var around spool.Chunk
	var header [][]byte
	size := 0
	for {
		c, err := s.Next()
		if err != nil {
			if err != io.EOF {
				fd.notice(item.Error, "broken", s.Position(), "Nothing after this place could be read: %v.", err)
			}
			break
		}
		if isEntry(c.Name) || c.Err != nil {
			if around.Opened == nil {
				around = c
			}
			continue
		}
		if size += len(c.Data); size > maxHeader {
			continue
		}
		around, header = c, append(header, c.Data)
	}
	fd.header(around.Document(header...))
	fd.text = f.Text()
	fd.items = spool.NewSplitter(fd.text, depth)
	if _, err := fd.items.Root(); err != nil {
		return fmt.Errorf("read %s again: %w", f.Name, err)
	}
	return nil
}

// survey judges the file before a library reads any of it.
func (fd *Feed) survey(f *spool.File) (depth int, err error) {
	s := spool.NewSplitter(f.Text(), 2)
	root, err := s.Root()
	if err != nil {
		return 0, err
	}
	remark, err := spool.CheckDoctype(s.Doctype)
	if err != nil {
		return 0, err
	}
	if remark != "" {
		fd.notice(item.Warning, "entities", item.Position{}, "%s", remark)
	}
	if _, err := s.Depth(maxDepth); err != nil {
		return 0, err
	}
	depth = 2
	if _, local := spool.SplitName(root.Name); strings.EqualFold(local, "feed") || strings.EqualFold(local, "channel") {
		depth = 1
	}
	return depth, nil
}

func isEntry(name string) bool {
	_, local := spool.SplitName(name)
	return local == "item" || local == "entry"
}

// header reads what the feed says of itself. A feed that says nothing that the
// library understands still has its items.
func (fd *Feed) header(doc []byte) {
	fd.site.Format = "feed"
	p, err := parse(doc)
	if err != nil {
		fd.notice(item.Warning, "markup", item.Position{}, "What the feed says of itself could not be read: %v.", err)
		fd.site.Key = "feed:#"
		return
	}
	fd.describe(p)
}

func (fd *Feed) describe(p *gofeed.Feed) {
	s := &fd.site
	s.Title, s.Language, fd.authors = plain(p.Title), strings.TrimSpace(p.Language), p.Authors
	switch p.FeedType {
	case "rss":
		s.Format = "RSS"
	case "atom":
		s.Format = "Atom"
	case "json":
		s.Format = "JSON Feed"
	}
	if v := p.FeedVersion; v != "" {
		s.Format += " " + strings.TrimPrefix(v, "https://jsonfeed.org/version/")
	}
	for _, l := range append([]string{p.Link}, append(p.Links, p.FeedLink)...) {
		if u := address(l); u != nil {
			s.URL = u
			s.Hosts = append(s.Hosts, strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."))
			break
		}
	}
	if s.URL != nil {
		s.Key = "feed:" + s.Hosts[0] + strings.TrimSuffix(s.URL.Path, "/") + "#"
	} else {
		s.Key = "feed:" + strings.ToLower(s.Title) + "#"
	}
}

// parse has the library read a small feed. It is the only place that calls it.
func parse(doc []byte) (f *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("the feed library gave up (%v)", r)
		}
	}()
	p := gofeed.NewParser()
	p.MaxByteSize = spool.MaxElement
	return p.Parse(bytes.NewReader(doc))
}

// openJSON reads up to the items.
func (fd *Feed) openJSON(f *spool.File) error {
	if f.Size > maxJSON {
		return stet.Errorf(stet.TooLarge, "%s has more than %d MB, too much for a JSON Feed", f.Name, maxJSON>>20)
	}
	header, _, err := skim(json.NewDecoder(f.Text()), false)
	if err != nil && len(header) == 0 {
		return stet.Errorf(stet.Invalid, "%s is no JSON Feed: %v", f.Name, err)
	}
	header["items"] = json.RawMessage("[]")
	if header["version"] == nil {
		header["version"] = json.RawMessage(`"https://jsonfeed.org/version/1.1"`)
	}
	doc, err := json.Marshal(header)
	if err != nil {
		return stet.Errorf(stet.Invalid, "%s is no JSON Feed: %v", f.Name, err)
	}
	fd.header(doc)
	fd.text = f.Text()
	var found bool
	fd.list = json.NewDecoder(fd.text)
	if _, found, err = skim(fd.list, true); err != nil || !found {
		fd.ended = true
	}
	return nil
}

// skim reads the members of the feed. With stop it stands at the first item
// when it returns; without, the items are passed over.
func skim(d *json.Decoder, stop bool) (header map[string]json.RawMessage, found bool, err error) {
	header = map[string]json.RawMessage{}
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return header, false, fmt.Errorf("it does not begin with an object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return header, false, err
		}
		if key == "items" {
			t, err := d.Token()
			if err != nil {
				return header, false, err
			}
			if t != json.Delim('[') {
				return header, false, fmt.Errorf("its items are no list")
			}
			if stop {
				return header, true, nil
			}
			for d.More() {
				var skipped json.RawMessage
				if err := d.Decode(&skipped); err != nil {
					return header, true, err
				}
			}
			if _, err := d.Token(); err != nil {
				return header, true, err
			}
			continue
		}
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			return header, false, err
		}
		if len(v) < maxHeader {
			header[fmt.Sprint(key)] = v
		}
	}
	return header, false, nil
}

// Site implements item.Source.
func (fd *Feed) Site() *item.Site { return &fd.site }

// Next implements item.Source.
func (fd *Feed) Next() (item.Raw, error) {
	for !fd.ended {
		if fd.list != nil {
			return fd.nextJSON()
		}
		c, err := fd.items.Next()
		if err != nil {
			break
		}
		if !isEntry(c.Name) {
			continue
		}
		fd.number++
		c.Position.Number = fd.number
		return item.Raw{Position: c.Position, Data: c}, nil
	}
	fd.ended = true
	if t := fd.text; t.Repaired > 0 {
		fd.notice(item.Warning, "encoding", item.Position{Offset: t.FirstRepair}, "%d bytes are no valid UTF-8 and were read as Windows-1252, the first near byte %d.", t.Repaired, t.FirstRepair)
	} else if t.Dropped > 0 {
		fd.notice(item.Warning, "control characters", item.Position{Offset: t.FirstDrop}, "%d control characters, which XML does not allow, were left out, the first near byte %d.", t.Dropped, t.FirstDrop)
	}
	return item.Raw{}, io.EOF
}

func (fd *Feed) nextJSON() (item.Raw, error) {
	pos := item.Position{Offset: fd.list.InputOffset(), Number: fd.number + 1}
	if !fd.list.More() {
		fd.ended = true
		return item.Raw{}, io.EOF
	}
	var raw json.RawMessage
	if err := fd.list.Decode(&raw); err != nil {
		fd.ended = true
		c := spool.Chunk{Position: pos, Err: fmt.Errorf("the file is broken there (%v), and nothing after it could be read", err)}
		return item.Raw{Position: pos, Data: c}, nil
	}
	fd.number++
	doc := fmt.Sprintf(`{"version":"https://jsonfeed.org/version/1.1","title":"","items":[%s]}`, raw)
	return item.Raw{Position: pos, Data: []byte(doc)}, nil
}

// Notices implements item.Source.
func (fd *Feed) Notices() []item.Notice { return fd.note }

// Close implements item.Source. The file is the caller's.
func (fd *Feed) Close() error { return nil }

func (fd *Feed) notice(sev item.Severity, kind string, p item.Position, format string, args ...any) {
	fd.note = append(fd.note, item.Notice{Severity: sev, Kind: kind, Position: p, Reason: fmt.Sprintf(format, args...)})
}

func address(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}
