// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"sync"
	"sync/atomic"
	"time"
)

// Parts that come again on page after page (cards, the masthead, the directory
// of sections) are made once: a template is a function of its view and of the
// theme, and the theme never changes. So what is kept is found by the value of
// the view, and nothing has to be dropped when the magazine changes: a changed
// view is another view. To find a card takes 3 µs, to make it 60.

// partsWeight is how many bytes of made parts a theme keeps at most.
const partsWeight = 2 << 20

// maxParts is how many parts of one kind of page are in the making at once at
// most, all requests together: far more than a machine can serve.
const maxParts = 20_000

// parts keeps what was made, in two generations: what is used moves to the
// young one, and when that is full it becomes the old one and the old one goes.
type parts struct {
	mu         sync.Mutex
	young, old map[partKey]template.HTML
	weight     int // of the young
}

type partKey [sha256.Size]byte

func (ps *parts) get(k partKey) (template.HTML, bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if h, ok := ps.young[k]; ok {
		return h, true
	}
	h, ok := ps.old[k]
	if ok {
		ps.add(k, h)
	}
	return h, ok
}

func (ps *parts) put(k partKey, h template.HTML) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.add(k, h)
}

func (ps *parts) add(k partKey, h template.HTML) {
	if ps.young == nil || ps.weight > partsWeight/2 {
		ps.young, ps.old, ps.weight = make(map[partKey]template.HTML), ps.young, 0
	}
	ps.young[k] = h
	ps.weight += len(h) + 2*len(k)
}

// part returns the function of that name for the templates of a page: it is
// what {{template}} is, for a part that is worth keeping. What it makes was
// escaped as text of a page, which is the only place where markup may stand.
func (t *Theme) part(page string, tmpl *template.Template) func(name string, view any) (template.HTML, error) {
	var depth atomic.Int32
	return func(name string, view any) (template.HTML, error) {
		// An owner's part that has itself as a part would end the process.
		defer depth.Add(-1)
		if depth.Add(1) > maxParts {
			return "", fmt.Errorf("the part %q has itself as a part", name)
		}
		// A page may define a part anew, so that the parts of one are not those of another.
		v := reflect.ValueOf(view)
		text, ok := appendValue(fmt.Appendf(make([]byte, 0, 2048), "%s\x00%s\x00%v\x00", page, name, reflect.TypeOf(view)), v)
		if !ok {
			return execute(tmpl, name, view)
		}
		k := partKey(sha256.Sum256(text))
		if h, ok := t.parts.get(k); ok {
			return h, nil
		}
		h, err := execute(tmpl, name, view)
		if err == nil {
			t.parts.put(k, h)
		}
		return h, err
	}
}

func execute(tmpl *template.Template, name string, view any) (template.HTML, error) {
	var b bytes.Buffer
	if err := tmpl.ExecuteTemplate(&b, name, view); err != nil {
		if inner := (*partError)(nil); errors.As(err, &inner) {
			return "", inner
		}
		return "", &partError{err}
	}
	return template.HTML(b.String()), nil
}

// partError is an error of a part within a page, which knows better than the
// page's own where the fault is.
type partError struct{ error }

func (e *partError) Unwrap() error { return e.error }

// appendValue writes a view so that two of one type have the same bytes only if
// every field is the same. It is false for what has no value to compare by.
func appendValue(b []byte, v reflect.Value) ([]byte, bool) {
	ok := true
	switch v.Kind() {
	case reflect.String:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return append(b, v.String()...), true
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1), true
		}
		return append(b, 0), true
	case reflect.Int:
		return binary.AppendVarint(b, v.Int()), true
	case reflect.Slice:
		n := v.Len()
		b = binary.AppendUvarint(b, uint64(n))
		for i := 0; i < n && ok; i++ {
			b, ok = appendValue(b, v.Index(i))
		}
		return b, ok
	case reflect.Struct:
		if v.Type() == timeType {
			at := v.Interface().(time.Time) // templates show the instant in the theme's zone
			return binary.AppendVarint(binary.AppendVarint(b, at.Unix()), int64(at.Nanosecond())), true
		}
		for i := 0; i < v.NumField() && ok; i++ {
			b, ok = appendValue(b, v.Field(i))
		}
		return b, ok
	}
	return b, false
}

var timeType = reflect.TypeFor[time.Time]()
