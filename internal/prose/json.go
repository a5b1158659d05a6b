// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"encoding/json"
	"fmt"
)

// wireNode is what stands in the JSON, before anything is believed about it.
type wireNode struct {
	Type    string
	Attrs   []wireAttr
	Content []wireNode
	Marks   []wireMark
	Text    string
	hasText bool
}

type wireMark struct {
	Type  string
	Attrs []wireAttr
}

// wireAttr holds a string, a json.Number, or, for what no attribute can be, the name of its kind.
type wireAttr struct {
	name  string
	value any
}

type wireKind string

// reader reads the JSON of a document and nothing else. It is five times as fast as encoding/json,
// which matters because a body is parsed for every page that is not in the cache; and it knows
// where it is, so that each error names its place.
type reader struct {
	data  []byte
	pos   int
	nodes int
	known map[string]string // names that need no memory of their own
}

func readJSON(data []byte) (wireNode, error) {
	r := &reader{data: data, known: names}
	n, err := r.node(place{}, 0)
	if err == nil && r.peek() != 0 {
		err = refuse(place{}, "something follows the document")
	}
	return n, err
}

// names of node types, marks and attributes, from the schema.
var names = func() map[string]string {
	m := map[string]string{}
	add := func(s string) { m[s] = s }
	for typ, k := range schema {
		add(typ)
		for name := range k.attrs {
			add(name)
		}
	}
	for typ, k := range marks {
		add(typ)
		for name := range k.attrs {
			add(name)
		}
	}
	for _, s := range []string{"type", "attrs", "content", "marks", "text"} {
		add(s)
	}
	return m
}()

// peek returns the next character after white space, 0 at the end.
func (r *reader) peek() byte {
	for ; r.pos < len(r.data); r.pos++ {
		switch c := r.data[r.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// kind names the value that begins here.
func (r *reader) kind() wireKind {
	switch c := r.peek(); {
	case c == '"':
		return "string"
	case c == '{':
		return "object"
	case c == '[':
		return "array"
	case c == 't' || c == 'f':
		return "boolean"
	case c == 'n':
		return "null"
	case c == '-' || '0' <= c && c <= '9':
		return "number"
	case c == 0:
		return "end"
	}
	return "character"
}

func (r *reader) syntax(at place) error {
	if r.peek() == 0 {
		return refuse(at, "the JSON ends in the middle")
	}
	return refuse(at, "no JSON at byte %d", r.pos)
}

// want checks what kind of value comes next; ok is false when it is null.
func (r *reader) want(kind wireKind, at place) (ok bool, err error) {
	switch k := r.kind(); k {
	case kind:
		return true, nil
	case "null":
		return false, r.skip(at, 0)
	case "end", "character":
		return false, r.syntax(at)
	default:
		return false, refuse(at, "a value of kind %s where kind %s is due", k, kind)
	}
}

// object reads an object, calling member at the value of each of its members.
func (r *reader) object(at place, member func(name string) error) error {
	if ok, err := r.want("object", at); !ok {
		return err
	}
	r.pos++
	for first := true; ; first = false {
		switch c := r.peek(); {
		case c == '}':
			r.pos++
			return nil
		case c == ',' && !first:
			r.pos++
		case !first:
			return r.syntax(at)
		}
		if r.peek() != '"' {
			return r.syntax(at)
		}
		name, err := r.str(at)
		if err != nil {
			return err
		}
		if r.peek() != ':' {
			return r.syntax(at)
		}
		r.pos++
		if err := member(name); err != nil {
			return err
		}
	}
}

// array reads an array, calling element at each of its values.
func (r *reader) array(at place, element func(i int) error) error {
	if ok, err := r.want("array", at); !ok {
		return err
	}
	r.pos++
	for i := 0; ; i++ {
		switch c := r.peek(); {
		case c == ']':
			r.pos++
			return nil
		case c == ',' && i > 0:
			r.pos++
		case i > 0:
			return r.syntax(at)
		}
		if err := element(i); err != nil {
			return err
		}
	}
}

func (r *reader) node(at place, depth int) (wireNode, error) {
	var n wireNode
	if r.nodes++; r.nodes > MaxNodes {
		return n, refuse(at, "more than %d nodes", MaxNodes)
	}
	if depth > MaxDepth {
		return n, refuse(at, "nested deeper than %d", MaxDepth)
	}
	if k := r.kind(); k == "null" {
		return n, refuse(at, "a value of kind null where kind object is due")
	}
	var seen [5]bool
	err := r.object(at, func(name string) (err error) {
		field := fieldIndex(name)
		if field < 0 {
			return refuse(at, "unknown field %q", name)
		}
		if seen[field] {
			return refuse(at, "field %q twice", name)
		}
		seen[field] = true
		within := place{up: &at, field: name, index: -1}
		switch name {
		case "type":
			n.Type, _, err = r.text(within)
		case "text":
			n.Text, n.hasText, err = r.text(within)
		case "attrs":
			n.Attrs, err = r.attrs(within)
		case "marks":
			n.Marks, err = r.marks(at, within)
		case "content":
			err = r.array(within, func(i int) error {
				c, err := r.node(place{up: &at, field: "content", index: i}, depth+1)
				n.Content = append(n.Content, c)
				return err
			})
		}
		return err
	})
	return n, err
}

func fieldIndex(name string) int {
	switch name {
	case "type":
		return 0
	case "text":
		return 1
	case "attrs":
		return 2
	case "marks":
		return 3
	case "content":
		return 4
	}
	return -1
}

func (r *reader) marks(at, within place) ([]wireMark, error) {
	var out []wireMark
	err := r.array(within, func(i int) error {
		at := place{up: &at, field: "marks", index: i}
		var m wireMark
		err := r.object(at, func(name string) (err error) {
			within := place{up: &at, field: name, index: -1}
			switch name {
			case "type":
				m.Type, _, err = r.text(within)
			case "attrs":
				m.Attrs, err = r.attrs(within)
			default:
				err = refuse(at, "unknown field %q", name)
			}
			return err
		})
		out = append(out, m)
		return err
	})
	return out, err
}

func (r *reader) attrs(at place) ([]wireAttr, error) {
	var out []wireAttr
	err := r.object(at, func(name string) error {
		for _, a := range out {
			if a.name == name {
				return refuse(at, "attribute %q twice", name)
			}
		}
		v, err := r.value(at)
		out = append(out, wireAttr{name, v})
		return err
	})
	return out, err
}

// value reads the value of an attribute; nil for null.
func (r *reader) value(at place) (any, error) {
	switch k := r.kind(); k {
	case "string":
		return r.str(at)
	case "null":
		return nil, r.skip(at, 0)
	case "number":
		start := r.pos
		err := r.skip(at, 0)
		return json.Number(r.data[start:r.pos]), err
	default:
		return k, r.skip(at, 0)
	}
}

func (r *reader) text(at place) (string, bool, error) {
	if ok, err := r.want("string", at); !ok {
		return "", false, err
	}
	s, err := r.str(at)
	return s, true, err
}

// str reads a string. One without escapes, and that is nearly all, is copied as it stands.
func (r *reader) str(at place) (string, error) {
	start := r.pos
	for i := start + 1; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '"':
			r.pos = i + 1
			raw := r.data[start+1 : i]
			if s, ok := r.known[string(raw)]; ok {
				return s, nil
			}
			return string(raw), nil
		case c == '\\':
			return r.escaped(at)
		case c < ' ':
			r.pos = i
			return "", r.syntax(at)
		}
	}
	r.pos = len(r.data)
	return "", r.syntax(at)
}

// escaped leaves the rules of escapes and surrogates to encoding/json.
func (r *reader) escaped(at place) (string, error) {
	start := r.pos
	for i := start + 1; i < len(r.data); i++ {
		switch r.data[i] {
		case '\\':
			i++
		case '"':
			r.pos = i + 1
			var s string
			if err := json.Unmarshal(r.data[start:r.pos], &s); err != nil {
				r.pos = start
				return "", r.syntax(at)
			}
			return s, nil
		}
	}
	r.pos = len(r.data)
	return "", r.syntax(at)
}

// skip passes over any value.
func (r *reader) skip(at place, depth int) error {
	if depth > MaxDepth {
		return refuse(at, "nested deeper than %d", MaxDepth)
	}
	switch k := r.kind(); k {
	case "object":
		return r.object(at, func(string) error { return r.skip(at, depth+1) })
	case "array":
		return r.array(at, func(int) error { return r.skip(at, depth+1) })
	case "string":
		_, err := r.str(at)
		return err
	case "end", "character":
		return r.syntax(at)
	default:
		start := r.pos
		for r.pos < len(r.data) && isScalar(r.data[r.pos]) {
			r.pos++
		}
		if !json.Valid(r.data[start:r.pos]) {
			r.pos = start
			return r.syntax(at)
		}
		return nil
	}
}

func isScalar(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || c == '-' || c == '+' || c == '.' || c == 'E'
}

// place is a node's path, kept as a chain so that a good document never pays for the words.
type place struct {
	up    *place
	field string
	index int // < 0: the field itself
}

func (p place) String() string {
	if p.up == nil {
		return p.field
	}
	s := p.field
	if p.index >= 0 {
		s = fmt.Sprintf("%s[%d]", p.field, p.index)
	}
	if up := p.up.String(); up != "" {
		return up + "." + s
	}
	return s
}

func refuse(at place, format string, args ...any) error {
	return &Error{Path: at.String(), Reason: fmt.Sprintf(format, args...)}
}
