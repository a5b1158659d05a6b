// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stet"
	"stet/internal/demo"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// correctable gives the magazine a live story.
func correctable(ctx context.Context, room *newsroom.Room) error {
	ref, err := section(ctx, room, "southern-coast")
	if err != nil {
		return err
	}
	doc, _ := prose.FromMarkdown("The dam at Sorin was finished in **1998**, after two floods.\n\nIts keeper counted twelve gates.", prose.Options{})
	a := stet.Article{Kind: stet.Story, Content: stet.Content{Headline: "A dam is counted", Slug: "a-dam-is-counted", Dek: "In gates.", Section: ref, Body: doc.JSON(), Language: "en-GB"}}
	if err := room.Draft(ctx, stet.Operator, &a); err != nil {
		return err
	}
	_, err = room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{})
	return err
}

// chooseWords selects words in the editor, as somebody would with the mouse.
func (w *writer) chooseWords(words string) {
	w.t.Helper()
	if !js[bool](w.page, fmt.Sprintf(`(() => { const e = document.querySelector(".ProseMirror"), all = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
		for (let n; (n = all.nextNode()); ) { const i = n.data.indexOf(%[1]q); if (i < 0) continue;
			e.focus(); const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + %[1]q.length);
			getSelection().removeAllRanges(); getSelection().addRange(r); return true } return false })()`, words)) {
		w.t.Fatalf("the editor does not say %q", words)
	}
	w.calm()
}

// TestCorrections: an editor corrects a passage in public while unfinished
// changes wait in the working copy; a reader sees the note and the mark, and
// nothing of what waits. Then the note is amended from the list of all.
func TestCorrections(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "magazine")
	if err := furnish(dir, correctable); err != nil {
		t.Fatal(err)
	}
	program, err := serve(h.bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	p := readAt(t, program.base, desk)
	p.signIn("sunniva@causeway.example", demo.Password)
	p.atDesk()
	id := js[string](p, `fetch("/api/articles?q=dam+counted&status=published").then((r) => r.json()).then((l) => l.items[0].id)`)
	w := openStory(p, id)
	w.write(" Nobody counted the fish")
	w.says("Saved")
	w.wantBody("paragraph(The dam at Sorin was finished in bold:1998, after two floods.) paragraph(Its keeper counted twelve gates. Nobody counted the fish)")

	w.chooseWords("1998")
	p.act("Correct …")
	p.says("As published, in version 1")
	p.wait("the passage", `document.querySelector("[role=dialog] mark")?.textContent === "1998"`)
	p.fill("As it should read", "1999")
	p.fill("Note for readers", "The dam was finished in 1999, says [the register](https://dams.example/).")
	p.says("Other changes of the working copy wait as they are. The passage is mended in it too.")
	p.axe("the dialog of a correction")
	p.act("Publish the correction")
	p.says("Version 2 is public, with its note.")

	// The editor takes the mend in beside what was written, and what was written waits.
	w.shows("finished in 1999, after two floods")
	w.wantBody("paragraph(The dam at Sorin was finished in bold:1999, after two floods.) paragraph(Its keeper counted twelve gates. Nobody counted the fish)")
	w.press(", or the gulls")
	w.says("Saved")

	r := readAt(t, program.base, phone)
	r.visit("/southern-coast/a-dam-is-counted")
	r.says("The dam was finished in 1999, says the register.")
	if text := js[string](r, `document.querySelector(".prose").innerText`); strings.Contains(text, "fish") || !strings.Contains(text, "finished in 1999") {
		t.Errorf("readers see %q", text)
	}
	r.check("a corrected story")
	r.click(".corrected-sign")
	r.wait("the note", `document.querySelector(".correction:target") !== null`)
	r.click(".correction summary")
	r.calm()
	r.wait("what was changed", `document.querySelector(".correction del").innerText === "1998" && document.querySelector(".correction ins").innerText === "1999"`)
	r.click(".correction details a")
	r.wait("the passage", `document.querySelector(".corrected:target").innerText === "1999"`)
	r.visit("/corrections")
	r.says("The dam was finished in 1999, says the register.")

	p.visit("/desk/corrections")
	p.says("A dam is counted")
	p.check("the corrections")
	p.act("A dam is counted")
	p.says("Made by")
	p.act("Amend …")
	p.fill("What has to be said about it", "In autumn of that year.")
	p.says("Version 3 at /southern-coast/a-dam-is-counted")
	p.act("Publish the further note")
	p.says("Version 3 is public, with its note.")
	p.says("Correction, further note")
	// Another reader: a browser keeps a page for two minutes.
	r = readAt(t, program.base, phone)
	r.visit("/southern-coast/a-dam-is-counted")
	r.says("Amends the note of")

	p.visit("/desk/corrections?q=autumn&kind=correction")
	p.wait("one row", `document.querySelectorAll("tbody tr").length === 1`)
	p.act("New correction")
	p.fill("Search among the stories that readers see", "dam is counted")
	p.clickText("[role=dialog] li button", "A dam is counted")
	p.wait("the dialog of a story as a whole", `[...document.querySelectorAll("[role=dialog] input")].some((i) => i.value === "The story as a whole: a note alone")`)
}
