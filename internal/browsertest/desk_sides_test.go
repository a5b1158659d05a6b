// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestSideBySideInAStory: an editor puts two statements side by side into a
// story, takes what the record says when it has moved on, and readers see two
// cards of equal weight.
func TestSideBySideInAStory(t *testing.T) {
	t.Parallel()
	m := own(t, clock)
	p := readAt(t, "http://"+m.addr, desk)
	signIn(p, "sunniva")
	w, a := beginStory(p, "Two sentences"), administrator{p}
	w.write("They stand next to one another, with their dates." + kb.Enter)
	w.press("/set side by side" + kb.Enter)
	w.wait("the dialog", `document.querySelector("[role=dialog] section[aria-label='In the record'] li")`)
	w.axe("choosing what is set side by side")
	a.types("[role=dialog] input[type=search]", "lindgaard")
	hit := `[...document.querySelectorAll("[role=dialog] li button")].filter((b) => b.textContent.includes("non-issue"))`
	w.wait("the one that was searched", hit+`.length === 1 && ![...document.querySelectorAll("[role=dialog] li button")].some((b) => b.textContent.includes("radar held"))`)
	w.calm()
	js[bool](p, `(`+hit+`[0].click(), true)`)
	w.wait("the block in the text", `document.querySelectorAll(".ProseMirror .beside .beside-side").length === 2`)
	w.says("Saved")
	w.wantBody("paragraph(They stand next to one another, with their dates.) counterpoint() paragraph()")
	w.check("the editor with a side-by-side block")

	// It goes by one key and comes back by another.
	w.caret(true)
	w.press(kb.ArrowUp)
	w.wait("the block to be chosen", `document.querySelector(".ProseMirror .beside.ProseMirror-selectednode")`)
	w.press(kb.Delete)
	w.wantBody("paragraph(They stand next to one another, with their dates.) paragraph()")
	w.mod("z")
	w.wantBody("paragraph(They stand next to one another, with their dates.) counterpoint() paragraph()")
	w.says("Saved")

	// The record moves on: the block says so, and takes it when it is told to.
	id := js[string](p, fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.json()).then((c) => c.body.content[1].attrs.counterpoint)`, w.story))
	change := func(method, more string) {
		t.Helper()
		if got := js[string](p, fmt.Sprintf(`(async () => { const at = "/api/counterpoints/%s", c = await (await fetch(at)).json();
			const r = await fetch(at, { method: %q, headers: { "Content-Type": "application/json" }, body: %s }); return r.ok ? "" : await r.text() })()`, id, method, more)); got != "" {
			t.Fatal(got)
		}
	}
	change("PUT", `JSON.stringify({ label: "answers", note: "One of them spoke first.", updatedAt: c.updatedAt })`)
	stale := `document.querySelector(".ProseMirror .beside .stale")`
	w.wait("the block to say that it is out of date", stale+`.checkVisibility() && `+stale+`.textContent.startsWith("The record says something else now")`)
	if got := js[string](p, fmt.Sprintf(`fetch("/api/articles/%s/publication").then((r) => r.json()).then((v) => v.checks.find((c) => c.check === "sides")).then((c) => c.level + " " + c.passed + " " + c.message)`, w.story)); got != "warn false A side-by-side block is out of date." {
		t.Errorf("the checklist says %q", got)
	}
	w.axe("a side-by-side block that is out of date")
	w.click(".ProseMirror .beside .stale button")
	w.wait("it to say what the record says", `document.querySelector(".ProseMirror .beside-note").textContent === "One of them spoke first." && !`+stale+`.checkVisibility()`)
	w.says("Saved")

	if answer := js[string](p, fmt.Sprintf(`(async () => {
		const send = (method, path, body) => fetch(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
		const section = (await (await fetch("/api/sections")).json()).items.find((s) => s.name === "Ideas");
		const put = await send("PATCH", "/api/articles/%[1]s", { was: {}, set: { section: { id: section.id, name: section.name }, slug: "two-sentences" } });
		const done = await send("POST", "/api/articles/%[1]s/publish", {});
		return put.ok && done.ok ? "" : await put.text() + await done.text() })()`, w.story)); answer != "" {
		t.Fatal(answer)
	}
	r := readAt(t, p.base, desk)
	r.visit("/ideas/two-sentences")
	for _, l := range []look{desk, phone} {
		r.see(l)
		r.wait("two cards", `document.querySelector(".prose").querySelectorAll("figure.beside .beside-side blockquote").length === 2`)
		if got := js[[]float64](r, `[...document.querySelector(".prose").querySelectorAll(".beside-side")].flatMap((s) => [s.getBoundingClientRect().width, parseFloat(getComputedStyle(s.querySelector("blockquote")).fontSize)])`); got[0] != got[2] || got[1] != got[3] {
			t.Errorf("the two do not weigh the same: %v", got)
		}
		r.check("a story with a side-by-side block")
	}
	// What readers saw stays when the two are taken apart; the desk is told.
	change("DELETE", `undefined`)
	w.wait("the block to say that the two are apart", stale+`.checkVisibility() && `+stale+`.textContent.startsWith("The two are not set side by side any more")`)
	p.forgiveStatus("404")
	r.visit("/ideas/two-sentences")
	r.wait("the two as they were", `document.querySelector(".beside-note").textContent === "One of them spoke first."`)
	r.click(".beside-words a")
	r.wait("the statement's page", `location.pathname.startsWith("/record/")`)
	r.faultless()
}
