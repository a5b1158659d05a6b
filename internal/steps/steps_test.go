// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package steps

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"

	"stet"
	"stet/internal/prose"
)

func apply(t *testing.T, m *Machine, doc string, steps ...string) (Result, error) {
	t.Helper()
	var raw []json.RawMessage
	for _, s := range steps {
		raw = append(raw, json.RawMessage(s))
	}
	var out Result
	err := m.Apply(t.Context(), Document{JSON: []byte(doc)}, raw, func(r Result) (string, error) { out = r; return "", nil })
	return out, err
}

const hello = `{"type":"doc","content":[{"type":"paragraph","attrs":{"id":"a"},"content":[{"type":"text","text":"Hello"}]}]}`

func insert(at int, text string) string {
	return fmt.Sprintf(`{"stepType":"replace","from":%d,"to":%d,"slice":{"content":[{"type":"text","text":%q}]}}`, at, at, text)
}

func TestApply(t *testing.T) {
	t.Parallel()
	m := New(Options{})
	tests := []struct {
		name, doc string
		steps     []string
		want      string
		added     int
	}{
		{"typing", hello, []string{insert(6, ", world")}, `{"content":[{"attrs":{"id":"a"},"content":[{"text":"Hello, world","type":"text"}],"type":"paragraph"}],"type":"doc"}`, 0},
		{"two steps", hello, []string{insert(6, "!"), insert(7, "!")}, `{"content":[{"attrs":{"id":"a"},"content":[{"text":"Hello!!","type":"text"}],"type":"paragraph"}],"type":"doc"}`, 0},
		{"bold", hello, []string{`{"stepType":"addMark","mark":{"type":"bold"},"from":1,"to":3}`},
			`{"content":[{"attrs":{"id":"a"},"content":[{"marks":[{"type":"bold"}],"text":"He","type":"text"},{"text":"llo","type":"text"}],"type":"paragraph"}],"type":"doc"}`, 0},
		{"no step", hello, nil, `{"content":[{"attrs":{"id":"a"},"content":[{"text":"Hello","type":"text"}],"type":"paragraph"}],"type":"doc"}`, 0},
		{"beyond the BMP", hello, []string{insert(6, "😀")}, `{"content":[{"attrs":{"id":"a"},"content":[{"text":"Hello😀","type":"text"}],"type":"paragraph"}],"type":"doc"}`, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := apply(t, m, tt.doc, tt.steps...)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := prose.Parse(got.Doc)
			if err != nil {
				t.Fatal(err)
			}
			if string(doc.JSON()) != tt.want || len(got.Added) != tt.added {
				t.Errorf("got  %s and %d steps more\nwant %s", doc.JSON(), len(got.Added), tt.want)
			}
		})
	}
}

// A paragraph that is split keeps its id in the first half, and the second gets one.
func TestApplyGivesIDs(t *testing.T) {
	t.Parallel()
	m := New(Options{})
	split := `{"stepType":"replace","from":3,"to":3,"slice":{"content":[{"type":"paragraph","attrs":{"id":"a"}},{"type":"paragraph","attrs":{"id":"a"}}],"openStart":1,"openEnd":1}}`
	for doc, steps := range map[string][]string{hello: {split}, `{"type":"doc"}`: {insert(1, "First words")}} {
		got, err := apply(t, m, doc, steps...)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := prose.Parse(got.Doc)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Added) != 1 || !bytes.Equal(parsed.EnsureIDs().JSON(), parsed.JSON()) {
			t.Errorf("added %s: %s", got.Added, got.Doc)
		}
		// Whoever applies the steps that came and those that were added has the same document.
		again, err := apply(t, m, doc, append(steps, string(got.Added[0]))...)
		if err != nil || !bytes.Equal(again.Doc, got.Doc) || len(again.Added) != 0 {
			t.Errorf("applied with what was added: %s, %v", again.Doc, err)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	m := New(Options{})
	deep := strings.Repeat(`{"type":"blockquote","content":[`, 5000) + strings.Repeat("]}", 5000)
	tests := []struct {
		name  string
		steps []string
		code  stet.Code
	}{
		{"out of range", []string{insert(99, "x")}, stet.Invalid},
		{"unknown step", []string{`{"stepType":"explode"}`}, stet.Invalid},
		{"no step", []string{`7`}, stet.Invalid},
		{"null", []string{`null`}, stet.Invalid},
		{"no JSON", []string{`{"stepType":`}, stet.Invalid},
		{"foreign node", []string{`{"stepType":"replace","from":0,"to":0,"slice":{"content":[{"type":"script"}]}}`}, stet.Invalid},
		{"foreign mark", []string{`{"stepType":"addMark","mark":{"type":"blink"},"from":1,"to":3}`}, stet.Invalid},
		{"text in the document", []string{`{"stepType":"replace","from":0,"to":0,"slice":{"content":[{"type":"text","text":"x"}]}}`}, stet.Invalid},
		{"a prototype", []string{`{"stepType":"replace","from":0,"to":0,"slice":{"content":[{"type":"__proto__"}]}}`}, stet.Invalid},
		{"deep", []string{`{"stepType":"replace","from":0,"to":0,"slice":{"content":[` + deep + `]}}`}, stet.Invalid},
		{"too many", strings.Split(strings.TrimSuffix(strings.Repeat(insert(1, "x")+"\n", MaxSteps+1), "\n"), "\n"), stet.TooLarge},
		{"too large", []string{insert(1, strings.Repeat("x", MaxBytes))}, stet.TooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := apply(t, m, hello, tt.steps...)
			if stet.ErrorCode(err) != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
			if got, err := apply(t, m, hello, insert(1, "x")); err != nil {
				t.Errorf("the next request: %s, %v", got.Doc, err)
			}
		})
	}
}

// What loops is stopped, and harms nobody who comes after it.
func TestApplyIsStopped(t *testing.T) {
	t.Parallel()
	m := New(Options{Runtimes: 1})
	_, err := apply(t, m, hello) // compiled and warm
	if err != nil {
		t.Fatal(err)
	}
	run := func(source string) error {
		return m.with(t.Context(), func(r *runtime) error {
			v, err := r.vm.RunString("() => { " + source + " }")
			if err != nil {
				return err
			}
			f, _ := goja.AssertFunction(v)
			_, err = m.call(t.Context(), r, f)
			return err
		})
	}
	m.time = 50 * time.Millisecond
	start := time.Now()
	err = run("for (;;) {}")
	var busy *stet.Error
	if !errors.As(err, &busy) || busy.Code != stet.Busy || busy.Wait <= 0 || time.Since(start) > 5*time.Second {
		t.Errorf("an endless loop: %v after %s", err, time.Since(start))
	}
	m.time = MaxTime
	err = m.with(t.Context(), func(*runtime) error { panic("at the machine") })
	if stet.ErrorCode(err) != stet.Invalid {
		t.Errorf("a panic: %v", err)
	}
	if err := run("(function f() { return f() + 1 })()"); stet.ErrorCode(err) != stet.TooLarge {
		t.Errorf("endless recursion: %v", err)
	}
	if _, err := apply(t, m, hello, insert(1, "x")); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.Apply(gone, Document{JSON: []byte(hello)}, nil, nil); err == nil {
		t.Error("applied for somebody who has left")
	}
}

// Work is counted, not timed: what is slow to store is not refused, a sane burst
// of steps on a long text is done, and what costs too much is refused as it is
// on any machine, before it is done.
func TestWorkIsCounted(t *testing.T) {
	t.Parallel()
	m := New(Options{})
	var blocks []prose.Node
	for i := range 4000 {
		blocks = append(blocks, prose.Paragraph(prose.Text(fmt.Sprint("Words of a paragraph of a long text, number ", i))))
	}
	d, err := prose.New(blocks...)
	if err != nil {
		t.Fatal(err)
	}
	long := string(d.EnsureIDs().JSON())
	typed := make([]string, 200)
	for i := range typed {
		typed[i] = insert(5, "x")
	}
	if _, err := apply(t, m, long, typed...); err != nil {
		t.Errorf("200 keystrokes in 4,000 paragraphs: %v", err)
	}
	bold := make([]string, 100)
	for i := range bold {
		bold[i] = fmt.Sprintf(`{"stepType":%q,"mark":{"type":"bold"},"from":1,"to":180000}`, []string{"addMark", "removeMark"}[i%2])
	}
	if _, err := apply(t, m, long, bold...); stet.ErrorCode(err) != stet.TooLarge {
		t.Errorf("all of a long text made anew a hundred times: %v", err)
	}
	m.time = 2 * time.Second
	err = m.Apply(t.Context(), Document{JSON: []byte(hello)}, []json.RawMessage{json.RawMessage(insert(6, "!"))}, func(Result) (string, error) {
		time.Sleep(m.time + 100*time.Millisecond) // a writer that waits for its turn at the database
		return "stored", nil
	})
	if err != nil {
		t.Errorf("what was stored late: %v", err)
	}
}

// The steps between two documents make the one out of the other.
func TestBetween(t *testing.T) {
	t.Parallel()
	m := New(Options{})
	doc := func(words ...string) string {
		var blocks []prose.Node
		for _, w := range words {
			id, text, _ := strings.Cut(w, ":")
			blocks = append(blocks, prose.Node{Type: "paragraph", Attrs: prose.Attrs{"id": id}, Content: []prose.Node{prose.Text(text)}})
		}
		d, err := prose.New(blocks...)
		if err != nil {
			t.Fatal(err)
		}
		return string(d.JSON())
	}
	docs := []string{
		doc("a:One two three"), doc("a:One 2 three"), doc("a:One two two three"), doc("a:One three"),
		doc("a:One", "b:Two", "c:Three"), doc("c:Three", "a:One", "b:Two"), doc("x:New", "a:One", "b:Two, changed", "c:Three", "y:More"), doc("z:Wholly other"),
	}
	for i, from := range docs {
		for j, to := range docs {
			steps, err := m.Between(t.Context(), []byte(from), []byte(to))
			if err != nil {
				t.Fatal(err)
			}
			if i == j && len(steps) > 0 {
				t.Errorf("%d steps between equal documents", len(steps))
			}
			err = m.Apply(t.Context(), Document{JSON: []byte(from)}, steps, func(r Result) (string, error) {
				got, err := prose.Parse(r.Doc)
				if err == nil && string(got.JSON()) != to {
					t.Errorf("%d to %d by %s\ngot  %s\nwant %s", i, j, steps, got.JSON(), to)
				}
				return "", err
			})
			if err != nil {
				t.Errorf("%d to %d: %v", i, j, err)
			}
		}
	}
}

func BenchmarkApply(b *testing.B) {
	var blocks []prose.Node
	for i := range 200 {
		blocks = append(blocks, prose.Paragraph(prose.Text(strings.Repeat(fmt.Sprint("Words of a paragraph ", i, ". "), 12))))
	}
	d, err := prose.New(blocks...)
	if err != nil {
		b.Fatal(err)
	}
	m, doc := New(Options{}), Document{JSON: d.JSON()}
	for b.Loop() {
		err := m.Apply(b.Context(), doc, []json.RawMessage{json.RawMessage(insert(5, "x"))}, func(r Result) (string, error) {
			doc = Document{Name: fmt.Sprint("at ", len(r.Doc)), JSON: r.Doc}
			return doc.Name, nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
