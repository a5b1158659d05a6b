// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"stet/internal/newsroom"
)

const firstRows = `[...document.querySelectorAll("ol[aria-label=Sections] > li a")].map((a) => a.textContent)`

// TestKeeperOfSections moves a section by keyboard, gives it another address
// and follows an old one, adds a topic and merges a genre into another.
func TestKeeperOfSections(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "magazine")
	if err := furnish(dir, func(context.Context, *newsroom.Room) error { return nil }); err != nil {
		t.Fatal(err)
	}
	program, err := serve(h.bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	a := administrator{readAt(t, program.base, desk)}
	a.expect(401) // before signing in
	a.signIn("sunniva")
	a.visit("/desk/taxonomy")
	a.wait("the sections", firstRows+`.length > 2`)
	a.check("the sections")

	first := js[string](a.page, firstRows+`[0]`)
	js[bool](a.page, fmt.Sprintf(`([...document.querySelectorAll("button")].find((b) => b.ariaLabel === %q).focus(), true)`, "Ways to move "+first))
	a.press(kb.Enter)
	a.chooses("[role=menuitem]", "Move down")
	a.says(first + " is moved down")
	a.wait("the new order", fmt.Sprintf(`%s[0] !== %q`, firstRows, first))

	a.chooses("ol[aria-label=Sections] a", first)
	a.wait("the panel", `document.querySelector("aside form input")`)
	old := js[string](a.page, `document.querySelector("aside a[target=_blank]").getAttribute("href")`)
	a.types("aside form input[maxlength='80']", "renamed-here")
	a.says(old + " goes on working")
	a.check("a section beside the list")
	a.chooses("aside button", "Save")
	a.says("/renamed-here")
	a.visit(old)
	a.arrive("/renamed-here")

	a.visit("/desk/taxonomy/topics")
	a.wait("the topics", `document.querySelector("table[aria-label=Topics]")`)
	a.check("the topics")
	a.chooses("button", "New topic")
	a.types("[role=dialog] input[data-autofocus]", "Night trains")
	a.axe("the dialog of a new topic")
	a.chooses("[role=dialog] button", "Add the topic")
	a.says("Night trains stands at /topic/night-trains")
	a.chooses("aside button", "Delete")
	a.chooses("[role=dialog] button", "Delete")
	a.says("Night trains is deleted")

	a.visit("/desk/taxonomy/genres")
	a.wait("the genres", `document.querySelectorAll("ol[aria-label=Genres] > li").length > 1`)
	js[bool](a.page, `(document.querySelector("ol[aria-label=Genres] > li a").click(), true)`)
	a.chooses("aside button", "Merge into another")
	a.types("[role=dialog] input[data-autofocus]", "")
	a.press(kb.ArrowDown)
	a.press(kb.Enter)
	a.says("will be no more; this cannot be undone")
	a.axe("the dialog of a merger")
	before := js[int](a.page, `document.querySelectorAll("ol[aria-label=Genres] > li").length`)
	a.chooses("[role=dialog] button", "Merge")
	a.wait("one genre less", fmt.Sprintf(`document.querySelectorAll("ol[aria-label=Genres] > li").length === %d`, before-1))
}
