// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"stet"
	"stet/internal/newsroom"
)

// inWork are stories that wait for an editor, in a section of the demo.
func inWork(ctx context.Context, room *newsroom.Room) error {
	ideas, err := section(ctx, room, "ideas")
	if err != nil {
		return err
	}
	leila, err := room.Store().StaffByEmail(ctx, "leila@causeway.example")
	if err != nil {
		return err
	}
	for _, headline := range []string{"The lamp of Skarn", "A ministry apologises", "Ten minutes on the bridge", "Not for now", "Not at all", "To come TK"} {
		a := stet.Article{Content: stet.Content{Headline: headline, Dek: "It is told here.", Section: ideas}}
		if err := room.Draft(ctx, leila, &a); err != nil {
			return err
		}
		if headline[0] == 'N' || headline == "To come TK" {
			continue
		}
		if err := room.Submit(ctx, leila, a.ID, ""); err != nil {
			return err
		}
	}
	return nil
}

// TestEditorsDay finds what waits for review, returns one story and approves
// another, schedules it, moves it in the calendar, and finds it on the site when
// its time has come; puts two away and takes them back.
func TestEditorsDay(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "magazine")
	if err := furnish(dir, inWork); err != nil {
		t.Fatal(err)
	}
	d := &publisher{t: t, bin: h.bin, dir: dir}
	d.open(clock)
	d.page = readAt(t, d.program.base, desk)
	d.expect(401) // before signing in
	d.signIn("sunniva")

	// Filter, and review beside the list.
	d.visit("/desk/stories")
	d.clickText("nav[aria-label=Views] a", "To review")
	d.wait("the three that wait, and the demo's", rowsAre(4))
	d.opensStory("The lamp of Skarn")
	d.clickText("aside button", "Return …")
	d.wait("the dialog", `document.querySelector("[role=dialog] textarea")`)
	d.click("[role=dialog] textarea")
	d.press("Who lit it?")
	d.clickText("[role=dialog] button", "Return")
	d.wait("those that are left", rowsAre(3))
	d.wait("the note", `document.querySelector("aside").textContent.includes("Who lit it?")`)
	d.opensStory("A ministry apologises")
	d.clickText("aside button", "Approve")
	d.wait("the approval", `document.querySelector("aside").textContent.includes("Approved")`)
	d.check("stories with the panel of one")

	// Publishing shows what will be public and where.
	d.clickText("aside button", "Publish …")
	d.wait("what will be public", `document.querySelector("[role=dialog]")?.textContent.includes("/ideas/a-ministry-apologises")`)
	d.axe("the dialog before publishing") // at this width: a panel that moves forgets its dialog

	// Later instead; the clocks of the magazine are asked for the hour.
	d.clickText("[role=dialog] button", "Schedule instead …")
	at := `[role=dialog] input[type="datetime-local"]`
	d.fill(at, "2027-03-28T02:30")
	d.wait("the hour that does not exist", `document.querySelector("[role=dialog]").textContent.includes("never show this time")`)
	d.fill(at, "2027-10-31T02:30")
	d.wait("the hour that comes twice", `document.querySelector("[role=dialog]").textContent.includes("UTC+02:00") && document.querySelectorAll("[role=dialog] [type=radio]").length === 2`)
	d.fill(at, "2026-11-22T06:00")
	d.wait("the hour in UTC", `document.querySelector("[role=dialog]").textContent.includes("2026-11-22 05:00 UTC")`)
	d.clickText("[role=dialog] button", "Schedule")
	d.wait("the schedule", `document.querySelector("aside")?.textContent.includes("Scheduled")`)

	// Two go to the trash, in one act, and come back.
	d.visit("/desk/stories?status=draft")
	d.wait("the drafts", rowsAre(6))
	for _, headline := range []string{"Not for now", "Not at all"} {
		d.click(fmt.Sprintf(`input[aria-label="Choose %s"]`, headline))
	}
	d.clickText("[role=region] button", "More …")
	d.clickText("[role=menuitem]", "Move to the trash")
	d.wait("two fewer", rowsAre(4))
	d.clickText("button", "Undo")
	d.wait("the drafts again", rowsAre(6))

	d.bulkApproveAndPublish()

	// In the calendar it goes to the day before, at the same hour.
	d.visit("/desk/calendar?day=2026-11-20")
	d.wait("the card", cardOn("A ministry apologises", "2026-11-22"))
	d.drag(`[data-day="2026-11-22"] [data-event^=scheduled]`, `[data-day="2026-11-21"]`)
	d.wait("the card on its new day", cardOn("A ministry apologises", "2026-11-21"))
	d.check("calendar")
	d.visit("/desk/activity")
	d.wait("the acts", `document.querySelector("table")?.textContent.includes("A ministry apologises")`)
	d.check("activity")
	d.visit("/desk/pages")
	d.wait("the pages", `document.querySelectorAll("table tbody tr").length > 0`)
	d.check("pages")

	// Its time comes while the program does not run.
	d.open("2026-11-21T05:00:00Z")
	d.visit("/latest")
	deadline := time.Now().Add(patience)
	for !js[bool](d.page, `document.body.textContent.includes("A ministry apologises")`) {
		if time.Now().After(deadline) {
			t.Fatal("the story is not on the site at its hour")
		}
		time.Sleep(200 * time.Millisecond)
		d.visit("/latest")
	}
}

// bulkApproveAndPublish approves in one act and takes that back, then publishes:
// what is kept back says why before, and what became public is listed after.
func (d *publisher) bulkApproveAndPublish() {
	d.t.Helper()
	choose := func(headlines ...string) {
		d.t.Helper()
		for _, headline := range headlines {
			d.click(fmt.Sprintf(`input[aria-label="Choose %s"]`, headline))
		}
	}
	d.visit("/desk/stories?status=draft,in_review,approved&sort=headline")
	d.wait("what is in work", `document.querySelector('input[aria-label="Choose Ten minutes on the bridge"]')`)
	choose("Ten minutes on the bridge", "Not for now")
	d.clickText("[role=region] button", "Approve")
	status := func(headline, words string) string {
		return fmt.Sprintf(`[...document.querySelectorAll("main table tbody tr")].find((r) => r.textContent.includes(%q))?.textContent.includes(%q)`, headline, words)
	}
	d.wait("the approval", status("Not for now", "Approved"))
	d.clickText("button", "Undo")
	d.wait("in review again", status("Ten minutes on the bridge", "In review"))
	d.wait("a draft again", status("Not for now", "Draft"))

	d.visit("/desk/stories?status=draft,in_review&sort=headline")
	d.wait("the lamp, a draft without a TK", `document.querySelector('input[aria-label="Choose To come TK"]')`)
	choose("Ten minutes on the bridge", "To come TK")
	d.clickText("[role=region] button", "Publish …")
	dialog := `document.querySelector("[role=dialog]")?.textContent`
	d.wait("how many become public", dialog+`.includes("1 story will be public for the first time")`)
	d.wait("where", dialog+`.includes("/ideas/ten-minutes-on-the-bridge")`)
	d.wait("what is kept back, and why", dialog+`.includes("Stay as they are") && `+dialog+`.includes("To come TK") && `+dialog+`.includes("Required")`)
	d.axe("the dialog before several are published")
	d.clickText("[role=dialog] button", "Publish 1 story")
	d.wait("what became public", dialog+`.includes("1 story is public") && `+dialog+`.includes("/ideas/ten-minutes-on-the-bridge")`)
	d.axe("what became public")
	d.press(kb.Escape)
}

// opensStory opens the panel of a story of the list.
func (d *publisher) opensStory(headline string) {
	d.t.Helper()
	button := fmt.Sprintf(`[...document.querySelectorAll("table tbody tr")].find((r) => r.textContent.includes(%q))?.querySelector("button[title]")`, headline)
	d.wait(headline, button)
	js[bool](d.page, `(`+button+`.click(), true)`)
	d.wait("its panel", fmt.Sprintf(`document.querySelector("aside h2")?.textContent === %q && document.querySelector("aside section")`, headline))
}

func rowsAre(n int) string {
	return fmt.Sprintf(`document.querySelectorAll("main table tbody tr").length === %d`, n)
}

func cardOn(headline, day string) string {
	return fmt.Sprintf(`document.querySelector('[data-day="%s"]')?.textContent.includes(%q)`, day, headline)
}
