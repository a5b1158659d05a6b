// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"stet/internal/demo"
)

// writer is somebody at the desk with a story open.
type writer struct {
	*page
	story string
}

// signIn signs in at the desk without the form, which has a test of its own.
func signIn(p *page, who string) {
	p.t.Helper()
	p.visit("/robots.txt") // a page of the magazine's own, with nothing to load
	if status := js[int](p, fmt.Sprintf(`fetch("/api/session", {method: "POST", headers: {"Content-Type": "application/json"},
		body: JSON.stringify({email: %q, password: %q})}).then((r) => r.status)`, who+"@causeway.example", demo.Password)); status != 200 {
		p.t.Fatalf("signing in as %s: %d", who, status)
	}
}

// beginStory begins a story through the API and opens it.
func beginStory(p *page, headline string) *writer {
	p.t.Helper()
	id := js[string](p, fmt.Sprintf(`fetch("/api/articles", {method: "POST", headers: {"Content-Type": "application/json"},
		body: JSON.stringify({headline: %q})}).then((r) => r.json()).then((a) => a.id)`, headline))
	return openAt(p, id)
}

func openAt(p *page, story string) *writer {
	p.t.Helper()
	w := &writer{p, story}
	w.visit("/desk/articles/" + story)
	w.ready()
	return w
}

func (w *writer) ready() {
	w.t.Helper()
	w.wait("the editor", `document.querySelector(".ProseMirror")`)
}

// write puts the cursor at the end of the text and types.
func (w *writer) write(text string) {
	w.t.Helper()
	js[bool](w.page, `(() => { const e = document.querySelector(".ProseMirror"); e.focus();
		const s = getSelection(); s.selectAllChildren(e); s.collapseToEnd(); return true })()`)
	w.press(text)
}

func (w *writer) saved() {
	w.t.Helper()
	w.wait("the text to be saved", `/^Saved/.test(document.querySelector("[data-testid=save]").textContent)`)
}

// body is what the server has, as HTML-like text: type(text) of each block.
func (w *writer) body() string {
	w.t.Helper()
	return js[string](w.page, fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.json()).then((c) => {
		const show = (n) => n.type === "text" ? (n.marks ?? []).map((m) => m.type + ":").join("") + n.text : n.type + "(" + (n.content ?? []).map(show).join("") + ")";
		return (c.body.content ?? []).map(show).join(" ") })`, w.story))
}

func (w *writer) wantBody(want string) {
	w.t.Helper()
	if got := w.body(); got != want {
		w.t.Errorf("the body is\n%s\nwant\n%s", got, want)
	}
}

func TestDeskEditorSaves(t *testing.T) {
	p := read(t, desk)
	signIn(p, "leila")
	w := beginStory(p, "What was typed")
	w.write("The first paragraph." + "\r" + "The **second** one.")
	w.saved()
	if got := w.body(); !strings.HasPrefix(got, "paragraph(The first paragraph.)") {
		t.Errorf("saved: %s", got)
	}
	w.visit("/desk/articles/" + w.story)
	w.ready()
	w.wait("the text after loading again", `document.querySelector(".ProseMirror").textContent.includes("second")`)
	t.Log(w.body())
}
