// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package spool

import (
	"fmt"
	"html"
	"strings"
)

// Element is a small XML element with all that is in it. Its texts share
// memory with what it was parsed from.
type Element struct {
	Name     string // as written, with its prefix
	Attrs    []Attr
	Text     string // of the element itself, without that of its children
	Children []*Element
}

// Attr is an attribute; Name is as written.
type Attr struct{ Name, Value string }

// Attr returns the value of an attribute, "" when there is none.
func (e *Element) Attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Child returns the first child of the name, nil when there is none.
func (e *Element) Child(name string) *Element {
	for _, c := range e.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Value returns the text of the first child of the name.
func (e *Element) Value(name string) string {
	if c := e.Child(name); c != nil {
		return c.Text
	}
	return ""
}

const (
	maxDepth    = 32
	maxElements = 200_000
)

// ParseElement parses one element. It is as forgiving as the Splitter: faults
// says what it has forgiven. References are resolved as HTML has them; those
// that a file has declared itself stay as they are written.
func ParseElement(src string) (root *Element, faults []string) {
	p := &elementParser{src: src, root: &Element{}}
	p.open = []*Element{p.root}
	for p.step() {
	}
	if len(p.open) > 1 {
		p.fault("<%s> has no end tag", shorten(p.open[len(p.open)-1].Name))
		for len(p.open) > 1 {
			p.close()
		}
	}
	if len(p.root.Children) > 0 {
		p.root = p.root.Children[0]
	}
	return p.root, p.faults
}

type elementParser struct {
	src    string
	at     int
	root   *Element
	open   []*Element
	pieces [][]string // of the open elements' texts
	count  int
	deep   int // elements that were too deep to be kept and are open
	faults []string
}

func (p *elementParser) fault(format string, args ...any) {
	if len(p.faults) < 5 {
		p.faults = append(p.faults, fmt.Sprintf(format, args...))
	}
}

// step handles the next text, section or tag.
func (p *elementParser) step() bool {
	rest := p.src[p.at:]
	if rest == "" {
		return false
	}
	i := strings.IndexByte(rest, '<')
	if i < 0 {
		p.text(html.UnescapeString(rest))
		p.at = len(p.src)
		return false
	}
	if i > 0 {
		p.text(html.UnescapeString(rest[:i]))
		p.at += i
		return true
	}
	switch {
	case strings.HasPrefix(rest, "<![CDATA["):
		body, whole := p.until("]]>", 9)
		p.text(body)
		return whole
	case strings.HasPrefix(rest, "<!--"):
		_, whole := p.until("-->", 4)
		return whole
	case strings.HasPrefix(rest, "<?"), strings.HasPrefix(rest, "<!"):
		_, whole := p.until(">", 2)
		return whole
	case len(rest) > 1 && (nameStart(rest[1]) || rest[1] == '/' && len(rest) > 2 && nameStart(rest[2])):
		return p.tag()
	}
	p.text("<")
	p.at++
	return true
}

func (p *elementParser) until(end string, opening int) (body string, whole bool) {
	rest := p.src[p.at+opening:]
	if i := strings.Index(rest, end); i >= 0 {
		p.at += opening + i + len(end)
		return rest[:i], true
	}
	p.fault("a %q is missing", end)
	p.at = len(p.src)
	return rest, false
}

func (p *elementParser) text(s string) {
	if s == "" || len(p.open) == 1 || p.deep > 0 {
		return
	}
	last := &p.pieces[len(p.pieces)-1]
	*last = append(*last, s)
}

func (p *elementParser) close() {
	e, pieces := p.open[len(p.open)-1], p.pieces[len(p.pieces)-1]
	p.open, p.pieces = p.open[:len(p.open)-1], p.pieces[:len(p.pieces)-1]
	switch {
	case len(pieces) == 1:
		e.Text = pieces[0]
	case len(pieces) > 1:
		e.Text = strings.Join(pieces, "")
	}
	if len(e.Children) > 0 || len(pieces) > 1 {
		e.Text = strings.TrimSpace(e.Text)
	}
}

func (p *elementParser) tag() bool {
	end := tagEnd(p.src[p.at:])
	if end < 0 {
		p.fault("a tag has no end")
		p.at = len(p.src)
		return false
	}
	body := p.src[p.at+1 : p.at+end]
	p.at += end + 1
	if body[0] == '/' {
		p.endTag(strings.TrimSpace(body[1:]))
		return true
	}
	empty := strings.HasSuffix(body, "/")
	body = strings.TrimSuffix(body, "/")
	n := strings.IndexAny(body, " \t\r\n")
	if n < 0 {
		n = len(body)
	}
	if p.count++; len(p.open) > maxDepth || p.count > maxElements {
		if p.deep == 0 {
			p.fault("the elements are nested too deep, or too many; the rest was left out")
		}
		if !empty {
			p.deep++
		}
		return true
	}
	e := &Element{Name: body[:n], Attrs: attributes(body[n:])}
	parent := p.open[len(p.open)-1]
	parent.Children = append(parent.Children, e)
	if !empty {
		p.open, p.pieces = append(p.open, e), append(p.pieces, nil)
	}
	return true
}

func (p *elementParser) endTag(name string) {
	if p.deep > 0 {
		p.deep--
		return
	}
	for i := len(p.open) - 1; i > 0; i-- {
		if p.open[i].Name != name {
			continue
		}
		if i < len(p.open)-1 {
			p.fault("<%s> has no end tag", shorten(p.open[len(p.open)-1].Name))
		}
		for len(p.open) > i {
			p.close()
		}
		return
	}
	p.fault("</%s> ends nothing", shorten(name))
}

// tagEnd returns where the tag at the beginning of s ends, heeding quotes.
func tagEnd(s string) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (s[i-1] == '=' || isSpace(s[i-1])):
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

func attributes(s string) []Attr {
	var out []Attr
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		name, rest, ok := strings.Cut(s, "=")
		if !ok || len(out) > 1000 {
			return out
		}
		rest = strings.TrimLeft(rest, " \t\r\n")
		if rest == "" {
			return out
		}
		var value string
		if q := rest[0]; q == '"' || q == '\'' {
			value, s, _ = strings.Cut(rest[1:], rest[:1])
		} else {
			n := strings.IndexAny(rest, " \t\r\n")
			if n < 0 {
				n = len(rest)
			}
			value, s = rest[:n], rest[n:]
		}
		// What stands before the name is an attribute without a value.
		if f := strings.Fields(name); len(f) > 0 {
			out = append(out, Attr{Name: f[len(f)-1], Value: html.UnescapeString(value)})
		}
	}
}
