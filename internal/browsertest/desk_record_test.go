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

// keeper is somebody who keeps the record.
type keeper struct {
	*writer
}

const passages = `[...document.querySelectorAll("button[data-passage]")]`

// row waits for the passage with the words, and puts the focus on it.
func (k keeper) row(words string) {
	k.t.Helper()
	find := fmt.Sprintf(passages+`.find((b) => b.textContent.includes(%q))`, words)
	k.wait("the passage "+words, find)
	js[bool](k.page, `(`+find+`.focus(), `+find+`.click(), true)`)
	k.wait("the passage to open", find+`.ariaExpanded === "true"`)
}

// stands waits until the passage with the words is in a state.
func (k keeper) stands(words, state string) {
	k.t.Helper()
	k.wait(words+" to be "+state, fmt.Sprintf(passages+`.find((b) => b.textContent.includes(%q))?.closest("li").dataset.state === %q`, words, state))
}

// hears waits until the panel says what was done.
func (k keeper) hears(words string) {
	k.t.Helper()
	k.wait("to hear "+words, fmt.Sprintf(`[...document.querySelectorAll("[role=status]")].some((e) => e.textContent.includes(%q))`, words))
}

// TestKeeperOfTheRecord confirms what a story says that others said, with one
// key each, and is asked again when quoted words change.
func TestKeeperOfTheRecord(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	signIn(p, "sunniva")
	k := keeper{beginStory(p, "The keeper of the gauge")}
	k.write(`“The gauge was never wrong by more than a hand,” said Ines Marrow, the harbour master of Velin.`)
	k.press(kb.Enter)
	k.press(`“Nobody has ever asked to see it,” said Tomas Brandt, her deputy.`)
	k.press(kb.Enter)
	k.press(`“We shall look at the gauge in the spring,” said Dragan Ilvesh, the defence minister.`)
	k.says("Saved")
	k.visit("/desk/articles/" + k.story + "?panel=record")
	k.wait("three passages", passages+`.length === 3`)
	k.wait("the marks in the text", `document.querySelectorAll(".ProseMirror .passage-proposed").length === 3`)
	k.row("look at the gauge")
	k.wait("the mark of the chosen one", `document.querySelector(".ProseMirror .passage-now")?.textContent.includes("look at the gauge")`)
	k.check("the record beside the text")

	// Somebody whom the magazine knows: one key. And back with another.
	k.press("a")
	k.hears("Recorded: Dragan Ilvesh")
	k.stands("look at the gauge", "confirmed")
	k.press("u")
	k.hears("Taken back")
	k.stands("look at the gauge", "proposed")

	// Somebody new: two.
	k.row("wrong by more than a hand")
	k.press("a")
	k.wait("the offer of a new person", `document.activeElement?.textContent.startsWith("Add Ines Marrow")`)
	k.axe("a speaker whom the magazine does not know")
	k.press(kb.Enter)
	k.hears("Recorded: Ines Marrow")
	k.stands("wrong by more than a hand", "confirmed")

	k.row("Nobody has ever asked")
	k.press("r")
	k.hears("Rejected")
	k.wait("it to go", passages+`.length === 2`)
	k.press("u")
	k.stands("Nobody has ever asked", "proposed")

	// Edited: another speaker, whose name nobody knows.
	k.row("Nobody has ever asked")
	k.press("e")
	k.wait("the form", `document.activeElement?.closest("form[aria-label='What was said']")`)
	k.axe("the form of a statement")
	js[bool](k.page, `(document.activeElement.select(), true)`)
	k.press("Tobias Brandt-Ness")
	k.wait("the offer to add them", `[...document.querySelectorAll("[role=option]")].some((o) => o.textContent.startsWith("Add Tobias Brandt-Ness"))`)
	k.calm()
	k.press(kb.Enter)
	k.mod(kb.Enter)
	k.hears("Recorded: Tobias Brandt-Ness")
	k.stands("Nobody has ever asked", "confirmed")

	// Quoted words change: asked; words beside them: not.
	js[bool](k.page, `(() => { const e = document.querySelector(".ProseMirror"); const p = [...e.querySelectorAll("p")].find((p) => p.textContent.includes("wrong by more"));
		const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let n; while ((n = walk.nextNode()) && !n.data.includes("a hand"));
		e.focus(); const at = n.data.indexOf("a hand"); getSelection().setBaseAndExtent(n, at, n, at + 6); return true })()`)
	k.calm()
	k.press("two hands")
	k.stands("Its words have changed", "changed")
	k.row("Its words have changed")
	k.wait("both wordings", `document.querySelector("[data-current] ins") && document.querySelector("[data-current] del")`)
	k.check("a passage whose words have changed")
	k.press("a")
	k.stands("two hands", "confirmed")
}

// TestQueueOfTheRecord works through the archive and sets two statements side by
// side.
func TestQueueOfTheRecord(t *testing.T) {
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
	a.visit("/desk/record")
	a.wait("the queue", `document.querySelector("article mark")`)
	a.check("the queue")
	before := js[int](a.page, `Number(document.querySelector("main").textContent.match(/([\d,]+) passages wait/)?.[1].replace(",", "") ?? 0)`)
	first := js[string](a.page, `document.querySelector("article mark").textContent`)
	a.press("r")
	a.announces("Rejected")
	a.wait("the next one", fmt.Sprintf(`document.querySelector("article mark")?.textContent !== %q`, first))
	a.press("u")
	a.announces("Taken back")
	a.press("e")
	a.wait("the form", `document.querySelector("form[aria-label='What was said']")`)
	a.axe("the form in the queue")
	if before == 0 {
		t.Error("the queue does not say how much waits")
	}

	a.visit("/desk/record/statements")
	a.wait("the statements", `document.querySelectorAll("table[aria-label=Statements] tbody tr").length > 10`)
	a.check("the statements")
	a.visit("/desk/record/statements?q=non-issue")
	a.wait("what was searched", `document.querySelectorAll("table[aria-label=Statements] tbody tr").length === 1`)
	js[bool](a.page, `(document.querySelector("table[aria-label=Statements] tbody a").click(), true)`)
	a.wait("where it is quoted", `document.querySelector("section[aria-label='Where it is quoted'] a")`)
	a.check("a statement")

	a.visit("/desk/record/pairs")
	pairs := `document.querySelectorAll("main li h2").length`
	a.wait("the pairs", pairs+` >= 5`)
	a.check("side by side")
	n := js[int](a.page, pairs)
	a.chooses("main button", "Set two side by side")
	for _, words := range []string{"serious", "radar held"} {
		a.types("[role=dialog] input[type=search]", words)
		hit := fmt.Sprintf(`[...document.querySelectorAll("[role=dialog] li button")].find((b) => b.textContent.includes(%q))`, words)
		a.wait(words, hit)
		a.calm()
		js[bool](a.page, `(`+hit+`.click(), true)`)
	}
	a.types("[role=dialog] textarea", "Said within two weeks of one another.")
	a.axe("the dialog of a pair")
	a.chooses("[role=dialog] button", "Set side by side")
	a.wait("one pair more", fmt.Sprintf(pairs+` === %d`, n+1))
	a.chooses("main li:first-child button", "Take apart")
	a.chooses("[role=dialog] button", "Take apart")
	a.wait("one pair less", fmt.Sprintf(pairs+` === %d`, n))
}
