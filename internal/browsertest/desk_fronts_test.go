// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stet/internal/demo"
	"stet/internal/newsroom"
)

// TestPublishersDay arranges the front page of a magazine of its own: the lead
// is moved by hand and by keyboard, a pin has an end, a change is scheduled and
// comes over a restart, and all is undone.
func TestPublishersDay(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "magazine")
	if err := furnish(dir, func(context.Context, *newsroom.Room) error { return nil }); err != nil {
		t.Fatal(err)
	}
	d := &publisher{t: t, bin: h.bin, dir: dir}
	d.open(clock)
	d.page = readAt(t, d.program.base, desk)
	d.expect(401) // before signing in
	d.signIn("sunniva")
	d.visitFronts()
	before := d.lead(1)

	second := d.lead(2)
	d.drag(grip("Lead", 2), grip("Lead", 1))
	d.leads(second)
	d.publish("", false)
	d.readersSee(second)

	last := d.lead(4)
	d.focus(grip("Lead", 4))
	d.press(" ")
	d.announced("It is in Lead, place 4.")
	for place := 3; place > 0; place-- { // the next key counts only when this one has moved it
		d.calm()
		d.press(kb.ArrowUp)
		d.announced(fmt.Sprintf("It is in Lead, place %d.", place))
	}
	d.press(" ")
	d.leads(last)
	d.wait("the announcement", `document.body.textContent.includes("It was put down in Lead, place 1.")`)

	// The pin ends a day after the change comes.
	d.clickText("button", "pinned")
	d.clickText("[role=menuitem]", "Pin it until …")
	d.fill(`input[type="datetime-local"]`, "2026-11-22T06:00")
	d.clickText("button", "Pin until then")
	d.wait("the end of the pin", `document.querySelector("button[aria-label*='pinned until']")`)
	d.saved()
	d.clickText("button", "Publish …")
	d.clickText("label", "At a moment to come")
	d.fill(`[role=dialog] input[type="datetime-local"]`, "2026-11-21T06:00")
	d.clickText("[role=dialog] button", "Schedule")
	d.wait("the change to come", `document.body.textContent.includes("To come:")`)
	d.readersSee(second)
	d.visitFronts()
	d.check("fronts")

	d.open("2026-11-21T12:00:00Z")
	d.readersSee(last)
	d.open("2026-11-22T12:00:00Z")
	d.readersSee(second)

	d.visitFronts()
	d.clickText("button", "History")
	d.wait("the history", `document.querySelector("aside li")`)
	d.check("history of a front")
	d.click(`button[aria-label="Restore no. 1"]`)
	d.leads(before)
	d.readersSee(before)
}

// TestSectionFront gives a section a front of its own, by keyboard alone where
// the pointer is not needed.
func TestSectionFront(t *testing.T) {
	t.Parallel()
	p := &publisher{t: t, page: read(t, desk)}
	p.expect(401)
	p.signIn("idris") // an editor of one section
	p.visit("/desk/fronts")
	p.wait("the front of the editor's own section", `document.querySelector("input[aria-label='Which front']")?.value.includes("Eastern Marches")`)
	p.clickText("button", "Add a block")
	p.clickText("[role=menuitem]", "Lead")
	p.wait("the lead to fill itself", `document.querySelectorAll("section[aria-label=Blocks] li li").length === 3`)
	p.saved()
	p.check("a section's front")
	shown := js[string](p.page, `document.querySelector("section[aria-label=Blocks] li li [class*=headline]").textContent`)
	p.publish("This is the first front here", true)
	p.visit("/eastern-marches")
	p.wait("the front on the section's page", fmt.Sprintf(`document.querySelector(".section-front .card-lead .headline").textContent.trim() === %q`, shown))
	p.wait("the list below it", `document.querySelectorAll(".rows .card").length > 0`)
	if n := js[int](p.page, fmt.Sprintf(`[...document.querySelectorAll("main .headline")].filter((h) => h.textContent.trim() === %q).length`, shown)); n != 1 {
		t.Errorf("the lead stands %d times on the page", n)
	}
	p.check("the page of a section with a front")
}

// publisher is somebody who arranges fronts.
type publisher struct {
	*page
	t        *testing.T
	bin, dir string
	program  *program
}

// open starts the magazine, again if it runs already, at a moment.
func (d *publisher) open(moment string) {
	d.t.Helper()
	if d.program != nil {
		d.do(chromedp.Navigate("about:blank"))
		d.program.stop()
	}
	p, err := serveAt(d.bin, d.dir, moment)
	if err != nil {
		d.t.Fatal(err)
	}
	d.program = p
	if d.page != nil {
		d.mu.Lock()
		d.base = p.base
		d.mu.Unlock()
	}
}

func (d *publisher) signIn(name string) {
	d.t.Helper()
	d.visit("/desk/signin")
	body := fmt.Sprintf(`JSON.stringify({ email: "%s@causeway.example", password: %q })`, name, demo.Password)
	if !js[bool](d.page, `fetch("/api/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: `+body+` }).then((r) => r.ok)`) {
		d.t.Fatal("signing in failed")
	}
}

func (d *publisher) visitFronts() {
	d.t.Helper()
	d.visit("/desk/fronts")
	d.wait("the stories of the blocks", `document.querySelectorAll("section[aria-label=Blocks] li li").length > 10`)
	d.wait("the previewed page", `document.querySelector("iframe").contentDocument?.querySelector(".card-lead .headline")`)
}

// grip is the selector of what one takes hold of to move the nth story of the
// block that is headed so.
func grip(block string, n int) string {
	return fmt.Sprintf(`section[aria-label=Blocks] > ol > li:has(button[aria-label$=", %s"]) li:nth-child(%d) button[aria-label^="Move "]`, block, n)
}

// lead is the headline of the nth story of the lead, as the desk has it.
func (d *publisher) lead(n int) string {
	d.t.Helper()
	return js[string](d.page, fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-label").slice("Move ".length)`, grip("Lead", n)))
}

// leads waits until the story leads at the desk and in the preview.
func (d *publisher) leads(headline string) {
	d.t.Helper()
	d.wait(headline+" to lead at the desk", fmt.Sprintf(`document.querySelector(%q)?.getAttribute("aria-label") === "Move " + %q`, grip("Lead", 1), headline))
	d.saved()
	d.wait(headline+" to lead in the preview", fmt.Sprintf(`document.querySelector("iframe").contentDocument?.querySelector(".card-lead .headline")?.textContent.trim() === %q`, headline))
}

func (d *publisher) saved() {
	d.t.Helper()
	d.wait("the draft to be saved", `document.querySelector("[data-saving=saved]")`)
}

// readersSee waits until the story leads the front page for readers, and
// leaves the desk as it was: it asks as somebody else.
func (d *publisher) readersSee(headline string) {
	d.t.Helper()
	if d.at() == "blank at 0" {
		d.visit("/desk/fronts")
	}
	d.wait(headline+" to lead for readers", fmt.Sprintf(`fetch("/", { cache: "no-store" }).then((r) => r.text()).then((t) =>
		new DOMParser().parseFromString(t, "text/html").querySelector(".card-lead .headline").textContent.trim() === %q)`, headline))
}

func (d *publisher) publish(says string, same bool) {
	d.t.Helper()
	d.clickText("button", "Publish …")
	if same {
		d.wait("what changes", fmt.Sprintf(`document.querySelector("[role=dialog]").textContent.includes(%q)`, says))
	}
	d.clickText("[role=dialog] button", "Publish")
	d.wait("the word that it is published", `document.body.textContent.includes("Readers see it now.")`)
	// The dialog gives the focus back as it goes.
	d.wait("the dialog to be gone", `!document.querySelector("[role=dialog]") && document.activeElement !== document.body`)
}

// clickText clicks on the element of the selector that says the words.
func (p *page) clickText(selector, words string) {
	p.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll(%q)].find((e) => e.checkVisibility() && e.textContent.trim().startsWith(%q))`, selector, words)
	p.wait(words, find)
	p.calm()
	js[bool](p, `((e) => (e.focus(), e.click(), true))(`+find+`)`)
}

// fill sets the value of a field as typing would.
func (d *publisher) fill(selector, value string) {
	d.t.Helper()
	d.wait(selector, fmt.Sprintf(`document.querySelector(%q)`, selector))
	js[bool](d.page, fmt.Sprintf(`(() => {
		const field = document.querySelector(%q);
		Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, %q);
		return field.dispatchEvent(new Event("input", { bubbles: true }));
	})()`, selector, value))
}

func (d *publisher) focus(selector string) {
	d.t.Helper()
	js[bool](d.page, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, selector))
}

// announced waits for what readers of the screen are told.
func (d *publisher) announced(words string) {
	d.t.Helper()
	d.wait("to be told: "+words, fmt.Sprintf(`document.body.textContent.includes(%q)`, words))
}

// drag moves the mouse, its button down, from one element to another.
func (d *publisher) drag(from, to string) {
	d.t.Helper()
	centre := func(selector string) [2]float64 {
		c := js[[]float64](d.page, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`, selector))
		return [2]float64{c[0], c[1]}
	}
	a, b := centre(from), centre(to)
	mouse := func(kind input.DispatchMouseEventType, x, y float64) {
		call(d.page, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1})
	}
	mouse(input.DispatchMouseEventTypeMousePressed, a[0], a[1])
	for i := 1.0; i <= 8; i++ {
		mouse(input.DispatchMouseEventTypeMouseMoved, a[0]+(b[0]-a[0])*i/8, a[1]+(b[1]-a[1])*i/8)
		d.calm()
	}
	mouse(input.DispatchMouseEventTypeMouseReleased, b[0], b[1])
}
