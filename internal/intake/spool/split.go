// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package spool

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"stet/internal/intake/item"
)

// MaxElement is the largest element that is taken whole. A story of 5,000
// words has 50 kB.
const MaxElement = 32 << 20

// Limits on what no export has: they end a file that was made to hurt.
const (
	maxTag     = 1 << 20
	maxDoctype = 1 << 20
)

// Splitter cuts an XML file into the elements at one depth without holding
// more than one of them, and forgives what can be forgiven: an element that is
// broken, too large or cut off is reported and the next one is read. It heeds
// comments, CDATA sections and quoted attributes; it expands nothing.
//
// encoding/xml would stop at the first fault, hand out a large element token
// by token, and be the slowest part of an import.
type Splitter struct {
	Doctype string // the document type declaration, when there was one

	r    io.Reader
	buf  []byte
	base int64 // offset of buf[0]
	at   int   // what is before was looked at
	keep int   // what is from here on is needed; -1: nothing
	over bool  // the element became too large and was let go
	max  int
	err  error

	lines   int      // lines before lined
	lined   int      // in buf
	opened  []string // the start tags of the open elements outside a chunk
	want    int      // depth at which the chunks stand
	pending *tag
}

// Chunk is one element, or what is left of it.
type Chunk struct {
	Name     string
	Data     []byte
	Position item.Position // of its first byte
	Opened   []string      // the start tags of the elements around it
	Err      error         // why it is not whole; the words are fit for a report
}

// Document makes a document of the chunk, or of several: what is around it,
// with an end.
func (c Chunk) Document(data ...[]byte) []byte {
	var b bytes.Buffer
	for _, t := range c.Opened {
		b.WriteString(t)
	}
	for _, d := range data {
		b.Write(d)
	}
	for i := len(c.Opened) - 1; i >= 0; i-- {
		name := strings.TrimLeft(c.Opened[i], "<")
		b.WriteString("</" + name[:strings.IndexAny(name, " \t\r\n>/")] + ">")
	}
	return b.Bytes()
}

// NewSplitter returns a splitter for the elements that stand depth levels
// below the root: 2 for the items of an RSS channel.
func NewSplitter(r io.Reader, depth int) *Splitter {
	return &Splitter{r: r, keep: -1, want: depth, max: MaxElement, lines: 1}
}

type tag struct {
	name       string
	start, end int // in buf
	closing    bool
	empty      bool
}

// ErrNoEnd is the Err of a chunk that is whole but for its end tag: the next
// element begins right after it.
var ErrNoEnd = errors.New("its end tag is missing")

var errCut = errors.New("the file ends within it")

// Root reads up to the first element and returns it, without content.
func (s *Splitter) Root() (*Element, error) {
	s.keep = 0
	t, err := s.next()
	if err == io.EOF {
		return nil, errors.New("there is no element in it")
	}
	if err != nil {
		return nil, err
	}
	if t.closing {
		return nil, errors.New("it begins with an end tag")
	}
	if !startsWithMarkup(s.buf[:t.start]) {
		return nil, errors.New("it begins with text")
	}
	root, _ := ParseElement(string(s.buf[t.start:t.end]))
	root.Name = t.name
	s.keep = -1
	if !t.empty {
		s.opened = []string{string(s.buf[t.start:t.end])}
	}
	return root, nil
}

// startsWithMarkup reports whether nothing but white space, comments and
// declarations stands before the root.
func startsWithMarkup(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) == 0 || b[0] == '<'
}

// Next returns the next element at the wanted depth, io.EOF after the last. A
// Chunk with an Err may hold the beginning of the element.
func (s *Splitter) Next() (Chunk, error) {
	for {
		t, err := s.next()
		if err != nil {
			if err == errCut {
				err = io.EOF
			}
			return Chunk{}, err
		}
		switch {
		case t.closing:
			s.leave()
		case len(s.opened) == s.want || isItem(t.name): // items stand a level too high in some feeds
			if t.empty {
				return s.whole(t.name, t.start, t.end), nil
			}
			return s.element(t)
		case !t.empty:
			// A copy each: chunks have kept the old one.
			s.opened = append(s.opened[:len(s.opened):len(s.opened)], string(s.buf[t.start:t.end]))
		}
	}
}

// isItem reports whether an element is one of a list and holds none of its kind.
func isItem(name string) bool {
	_, local := SplitName(name)
	return local == "item" || local == "entry"
}

func (s *Splitter) leave() {
	if n := len(s.opened); n > 0 {
		s.opened = s.opened[:n-1]
	}
}

// element reads up to the end of the element that t begins.
func (s *Splitter) element(t tag) (Chunk, error) {
	c := Chunk{Name: t.name, Position: s.position(t.start), Opened: s.opened}
	s.keep, s.over = t.start, false
	inner := 0
	for {
		u, err := s.next()
		switch {
		case err == io.EOF || err == errCut:
			return s.broken(c, len(s.buf), errCut), nil
		case err != nil:
			return Chunk{}, err
		case u.closing && (u.name == c.Name || inner == 0):
			// Of the wrong name at the wrong depth it still ends the element: what
			// is missing is the end tag of ours.
			if u.name != c.Name {
				s.leave()
				return s.broken(c, u.start, ErrNoEnd), nil
			}
			if inner > 0 && !isItem(c.Name) {
				inner--
				continue
			}
			if s.over {
				return s.broken(c, u.end, fmt.Errorf("it has more than %d MB", s.max>>20)), nil
			}
			c.Data = s.take(u.end)
			return c, nil
		case u.closing:
			inner--
		case u.name == c.Name && isItem(c.Name):
			s.pending = &u
			return s.broken(c, u.start, ErrNoEnd), nil
		case !u.empty:
			inner++
		}
	}
}

func (s *Splitter) whole(name string, start, end int) Chunk {
	c := Chunk{Name: name, Position: s.position(start), Opened: s.opened}
	s.keep = start
	c.Data = s.take(end)
	return c
}

// take copies the kept bytes up to end and lets them go.
func (s *Splitter) take(end int) []byte {
	data := bytes.Clone(s.buf[s.keep:end])
	s.keep = -1
	return data
}

func (s *Splitter) broken(c Chunk, end int, why error) Chunk {
	if s.keep >= 0 && !s.over {
		c.Data = s.take(end)
	}
	s.keep, c.Err = -1, why
	return c
}

// Depth reads to the end and returns how deep the elements are nested, or an
// error as soon as they are deeper than most.
func (s *Splitter) Depth(most int) (int, error) {
	open, deepest := len(s.opened), 0
	for {
		t, err := s.next()
		switch {
		case err == io.EOF || err == errCut:
			return deepest, nil
		case err != nil:
			return deepest, err
		case t.closing:
			open--
		case !t.empty:
			if open++; open > most {
				return open, fmt.Errorf("its elements are nested more than %d deep", most)
			}
			deepest = max(deepest, open)
		}
	}
}

// Position returns where the splitter is.
func (s *Splitter) Position() item.Position { return s.position(s.at) }

func (s *Splitter) position(i int) item.Position {
	if i > s.lined {
		s.lines += bytes.Count(s.buf[s.lined:i], []byte("\n"))
		s.lined = i
	}
	return item.Position{Offset: s.base + int64(i), Line: s.lines}
}

// next returns the next start or end tag. Its offsets hold until the next call
// when something is kept, and its name for ever.
func (s *Splitter) next() (tag, error) {
	if s.pending != nil {
		t := *s.pending
		s.pending = nil
		return t, nil
	}
	for {
		i := s.find("<", 0)
		if i < 0 {
			return tag{}, s.end(io.EOF)
		}
		s.at = i
		s.more(len("<![CDATA["))
		rest := s.buf[s.at:]
		var ok bool
		switch {
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			ok = s.skip("]]>", 9)
		case bytes.HasPrefix(rest, []byte("<!--")):
			ok = s.skip("-->", 4)
		case bytes.HasPrefix(rest, []byte("<?")):
			ok = s.skip("?>", 2)
		case bytes.HasPrefix(rest, []byte("<!")):
			if err := s.doctype(); err != nil {
				return tag{}, err
			}
			ok = true
		case len(rest) > 1 && (nameStart(rest[1]) || rest[1] == '/' && len(rest) > 2 && nameStart(rest[2])):
			return s.tag()
		default: // a stray sign
			s.at++
			ok = true
		}
		if !ok {
			return tag{}, s.end(errCut)
		}
	}
}

// end prefers the reader's own error.
func (s *Splitter) end(err error) error {
	s.at = len(s.buf)
	if s.err != nil && s.err != io.EOF {
		return s.err
	}
	return err
}

// tag reads the tag that begins at s.at.
func (s *Splitter) tag() (tag, error) {
	var quote byte
	for i := 1; ; i++ {
		if s.at+i >= len(s.buf) && !s.more(i+1) {
			return tag{}, s.end(errCut)
		}
		if i > maxTag {
			return tag{}, fmt.Errorf("a tag has more than %d MB", maxTag>>20)
		}
		switch c := s.buf[s.at+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '"' || c == '\'':
			if s.buf[s.at+i-1] == '=' || isSpace(s.buf[s.at+i-1]) {
				quote = c
			}
			continue
		case c != '>':
			continue
		}
		t := tag{start: s.at, end: s.at + i + 1}
		body := s.buf[s.at+1 : s.at+i]
		if t.closing = body[0] == '/'; t.closing {
			body = body[1:]
		} else if t.empty = body[len(body)-1] == '/'; t.empty {
			body = body[:len(body)-1]
		}
		n := 0
		for n < len(body) && !isSpace(body[n]) && body[n] != '/' {
			n++
		}
		t.name = string(body[:n])
		s.at = t.end
		return t, nil
	}
}

// doctype passes over a <!DOCTYPE with its internal subset, which is looked at
// and never obeyed.
func (s *Splitter) doctype() error {
	depth, quote := 0, byte(0)
	for i := 2; ; i++ {
		if s.at+i >= len(s.buf) && !s.more(i+1) {
			return s.end(io.EOF)
		}
		if i > maxDoctype {
			return errors.New("its document type declaration is too long")
		}
		switch c := s.buf[s.at+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case depth > 0 && (c == '"' || c == '\''):
			quote = c
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == '>' && depth <= 0:
			if s.Doctype == "" {
				s.Doctype = string(s.buf[s.at : s.at+i+1])
			}
			s.at += i + 1
			return nil
		}
	}
}

// skip moves behind the next occurrence of end, skipping the opening first.
func (s *Splitter) skip(end string, opening int) bool {
	i := s.find(end, opening)
	if i < 0 {
		return false
	}
	s.at = i + len(end)
	return true
}

// find returns where text begins at or after s.at + from, reading on as far as
// needed; -1 when it does not come. What is not kept is let go meanwhile.
func (s *Splitter) find(text string, from int) int {
	from += s.at
	for {
		if from > len(s.buf) {
			from = len(s.buf)
		}
		if i := bytes.Index(s.buf[from:], []byte(text)); i >= 0 {
			return from + i
		}
		from = max(from, len(s.buf)-len(text)+1)
		moved, ok := s.fill(from)
		from -= moved
		if !ok {
			return -1
		}
	}
}

// more makes sure that n bytes from s.at on are there, unless the file ends.
func (s *Splitter) more(n int) bool {
	for len(s.buf)-s.at < n {
		if _, ok := s.fill(s.at); !ok {
			return false
		}
	}
	return true
}

// fill reads a block. Bytes before the kept ones, or before needed when none
// are kept, are let go; moved is how many.
func (s *Splitter) fill(needed int) (moved int, ok bool) {
	if s.err != nil {
		return 0, false
	}
	if s.keep >= 0 && len(s.buf)-s.keep > s.max {
		s.keep, s.over = -1, true
	}
	if s.keep >= 0 {
		needed = min(needed, s.keep)
	}
	if needed > len(s.buf)/2 || needed > 1<<20 {
		moved = needed
		s.drop(needed)
	}
	const block = 64 << 10
	if cap(s.buf)-len(s.buf) < block {
		grown := make([]byte, len(s.buf), 2*cap(s.buf)+2*block)
		copy(grown, s.buf)
		s.buf = grown
	}
	n, err := s.r.Read(s.buf[len(s.buf) : len(s.buf)+block])
	s.buf = s.buf[:len(s.buf)+n]
	s.err = err
	return moved, n > 0 || err == nil
}

func (s *Splitter) drop(n int) {
	s.position(n)
	s.buf = s.buf[:copy(s.buf, s.buf[n:])]
	s.base += int64(n)
	s.at -= min(n, s.at)
	s.lined -= n
	if s.keep >= 0 {
		s.keep -= n
	}
}

func nameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// SplitName divides a name into its prefix and its local part.
func SplitName(name string) (prefix, local string) {
	if p, l, ok := strings.Cut(name, ":"); ok {
		return p, l
	}
	return "", name
}
