// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Error says where a document breaks the schema, and how.
type Error struct {
	Path   string // "content[3].content[0]", "" for the document itself
	Reason string
}

func (e *Error) Error() string {
	if e.Path == "" {
		return "document: " + e.Reason
	}
	return e.Path + ": " + e.Reason
}

// Parse reads a body strictly: what the schema does not know is refused with an [*Error] that
// names the place. What only differs in form from the canonical document is brought into it:
// default and null attributes go, marks are put in order, neighbouring texts with equal marks join.
func Parse(data []byte) (*Doc, error) {
	if len(data) > MaxBytes {
		return nil, &Error{Reason: fmt.Sprintf("%d bytes; the limit is %d", len(data), MaxBytes)}
	}
	if !utf8.Valid(data) {
		return nil, &Error{Reason: "invalid UTF-8"}
	}
	w, err := readJSON(data)
	if err != nil {
		return nil, err
	}
	root, err := checkNode(&w, place{}, 0)
	if err != nil {
		return nil, err
	}
	return &Doc{Root: root}, nil
}

// Validate checks a document that was built rather than parsed.
func (d *Doc) Validate() error {
	data := d.JSON()
	_, err := Parse(data)
	return err
}

func checkNode(w *wireNode, at place, depth int) (Node, error) {
	k, known := schema[w.Type]
	switch {
	case !known:
		return Node{}, refuse(at, "unknown node type %q", w.Type)
	case depth == 0 && w.Type != "doc":
		return Node{}, refuse(at, "the root is %q, not \"doc\"", w.Type)
	case w.Type != "text" && w.hasText:
		return Node{}, refuse(at, "%q has no text of its own", w.Type)
	case len(w.Marks) > 0 && k.is&inline == 0:
		return Node{}, refuse(at, "marks on %q", w.Type)
	}
	n := Node{Type: w.Type}
	var err error
	if n.Attrs, err = checkAttrs(w.Attrs, k.attrs, at); err != nil {
		return Node{}, err
	}
	if w.Type == "text" {
		return checkText(w, n, at)
	}
	if n.Content, err = checkContent(w, k, at, depth); err != nil {
		return Node{}, err
	}
	if k.also != nil {
		if err := k.also(&n); err != nil {
			return Node{}, refuse(at, "%v", err)
		}
	}
	return n, nil
}

func checkText(w *wireNode, n Node, at place) (Node, error) {
	switch {
	case w.Text == "":
		return n, refuse(at, "empty text")
	case len(w.Content) > 0:
		return n, refuse(at, "text with content")
	case strings.IndexByte(w.Text, 0) >= 0:
		return n, refuse(at, "a NUL character in the text")
	}
	n.Text = w.Text
	for i, m := range w.Marks {
		at := place{up: &at, field: "marks", index: i}
		spec, known := marks[m.Type]
		if !known {
			return n, refuse(at, "unknown mark %q", m.Type)
		}
		attrs, err := checkAttrs(m.Attrs, spec.attrs, at)
		if err != nil {
			return n, err
		}
		if slices.ContainsFunc(n.Marks, func(x Mark) bool { return x.Type == m.Type }) {
			return n, refuse(at, "mark %q twice", m.Type)
		}
		n.Marks = append(n.Marks, Mark{Type: m.Type, Attrs: attrs})
	}
	slices.SortFunc(n.Marks, func(a, b Mark) int { return marks[a.Type].rank - marks[b.Type].rank })
	return n, nil
}

func checkContent(w *wireNode, k kind, at place, depth int) ([]Node, error) {
	if len(w.Content) < k.min {
		return nil, refuse(at, "empty %q", w.Type)
	}
	if len(w.Content) == 0 {
		return nil, nil
	}
	if k.first != "" && w.Content[0].Type != k.first {
		return nil, refuse(place{up: &at, field: "content", index: 0}, "%q must begin with %q", w.Type, k.first)
	}
	out := make([]Node, 0, len(w.Content))
	for i := range w.Content {
		wc := &w.Content[i]
		at := place{up: &at, field: "content", index: i}
		n, err := checkNode(wc, at, depth+1)
		if err != nil {
			return nil, err
		}
		if schema[n.Type].is&k.holds == 0 {
			return nil, refuse(at, "%q cannot stand in %q", n.Type, w.Type)
		}
		if k.plain && len(n.Marks) > 0 {
			return nil, refuse(at, "marks in %q", w.Type)
		}
		out = append(out, n)
	}
	return joinTexts(out), nil
}

// joinTexts joins neighbouring texts whose marks are equal. It works run by run, because adding
// text to text one by one is quadratic in a paragraph that came in a thousand pieces.
func joinTexts(list []Node) []Node {
	out := list[:0]
	for i := 0; i < len(list); {
		j, size := i+1, len(list[i].Text)
		for j < len(list) && list[i].Type == "text" && list[j].Type == "text" && sameMarks(list[i].Marks, list[j].Marks) {
			size += len(list[j].Text)
			j++
		}
		n := list[i]
		if j > i+1 {
			var b strings.Builder
			b.Grow(size)
			for k := i; k < j; k++ {
				b.WriteString(list[k].Text)
			}
			n.Text = b.String()
		}
		out = append(out, n)
		i = j
	}
	return out
}

func sameMarks(a, b []Mark) bool {
	return slices.EqualFunc(a, b, sameMark)
}

func sameMark(a, b Mark) bool { return a.Type == b.Type && maps.Equal(a.Attrs, b.Attrs) }

func checkAttrs(in []wireAttr, rules map[string]attr, at place) (Attrs, error) {
	var out Attrs
	for _, a := range in {
		name := a.name
		rule, known := rules[name]
		if a.value == nil || rule.typ == ignored {
			continue
		}
		if !known {
			return nil, refuse(at, "unknown attribute %q", name)
		}
		v, err := rule.check(a.value)
		if err != nil {
			return nil, refuse(at, "attribute %q: %v", name, err)
		}
		if v == rule.def || v == "" {
			continue
		}
		if out == nil {
			out = make(Attrs, len(in))
		}
		out[name] = v
	}
	for name, rule := range rules {
		if rule.required && out[name] == nil {
			return nil, refuse(at, "attribute %q is missing", name)
		}
	}
	return out, nil
}

func (a attr) check(v any) (any, error) {
	if a.typ == number {
		return a.checkNumber(v)
	}
	s, ok := v.(string)
	switch {
	case !ok:
		return nil, fmt.Errorf("not a string")
	case s == "":
		return s, nil
	case strings.IndexByte(s, 0) >= 0:
		return nil, fmt.Errorf("a NUL character")
	case a.oneOf != nil && !slices.Contains(a.oneOf, s):
		return nil, fmt.Errorf("%q is not one of %s", s, strings.Join(a.oneOf, ", "))
	case a.like != nil && !a.like.MatchString(s):
		return nil, fmt.Errorf("%q is not well formed", s)
	case a.max > 0 && utf8.RuneCountInString(s) > a.max:
		return nil, fmt.Errorf("longer than %d characters", a.max)
	case a.typ == webAddress:
		if !onTheWeb(s) {
			return nil, fmt.Errorf("%q is no address that begins with http://, https:// or /", shorten(s, 80))
		}
	case a.typ == address:
		if _, ok := safeURL(s); !ok {
			return nil, fmt.Errorf("the address %q is not allowed", shorten(s, 80))
		}
	}
	return s, nil
}

func (a attr) checkNumber(v any) (any, error) {
	num, ok := v.(json.Number)
	if !ok {
		return nil, fmt.Errorf("not a number")
	}
	i, err := strconv.Atoi(num.String())
	if err != nil {
		return nil, fmt.Errorf("%s is not a whole number", num)
	}
	if i < a.min || i > a.max {
		return nil, fmt.Errorf("%d is not between %d and %d", i, a.min, a.max)
	}
	return i, nil
}

// shorten cuts a text for a message, between characters.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
