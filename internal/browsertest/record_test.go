// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"stet"
	"stet/internal/newsroom"
)

// putOnRecord confirms what is found in some stories of the demo, where the
// speaker is a person that the magazine knows, and sets two statements side by
// side.
func putOnRecord(ctx context.Context, room *newsroom.Room) error {
	var said []stet.Statement
	for _, path := range []string{leadPath, "/eastern-marches/dragan-ilvesh-interview"} {
		at, err := room.Store().Path(ctx, path)
		if err != nil {
			return err
		}
		a, err := room.Store().Article(ctx, at.Target)
		if err != nil {
			return err
		}
		rec, err := room.Record(ctx, &a)
		if err != nil {
			return err
		}
		for _, p := range rec.Passages {
			if p.State != stet.QuotationProposed || p.Found == nil || p.Found.Person.ID == "" {
				continue
			}
			f := p.Found
			_, s, err := room.Confirm(ctx, stet.Operator, a.ID, newsroom.Confirmation{Anchor: p.Anchor, Kind: p.Kind, Text: p.Text,
				Saying: &newsroom.Saying{Words: f.Words, Role: f.Role, Date: f.Date, Addressee: f.Addressee, Venue: f.Venue, SourceURL: f.Source, Speaker: f.Person.ID}})
			if err != nil {
				return err
			}
			said = append(said, s)
		}
	}
	_, err := room.SetSideBySide(ctx, stet.Operator, said[0].PublicID, said[len(said)-1].PublicID, stet.Contradicts, "Each was asked about the same week.")
	return err
}

// card is whether the card of a quotation is open.
const card = `document.querySelector(".said-card")?.matches(":popover-open")`

func TestReaderOpensTheCardOfAQuotation(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit(leadPath)
	p.wait("the script", `document.querySelector("a.said[aria-haspopup]")`)
	p.click("a.said")
	p.wait("the card", card)
	if got := js[string](p, `document.querySelector(".said-card .said-speaker a").getAttribute("href")`); !strings.HasPrefix(got, "/person/") {
		t.Errorf("the speaker leads to %q", got)
	}
	if !js[bool](p, `(() => { const c = document.querySelector(".said-card").getBoundingClientRect(); return c.left >= document.querySelector(".prose").getBoundingClientRect().right && c.right <= innerWidth; })()`) {
		t.Error("on a desk the card does not stand beside the text")
	}
	if p.path() != leadPath {
		t.Errorf("a card moved the page to %s", p.path())
	}
	p.axe("a story with an open card")
	p.press(kb.Escape)
	p.wait("Escape to close it", "!("+card+")")

	p.see(phone)
	p.bring("a.said", 200)
	p.click("a.said")
	p.wait("the card on a phone", card)
	if !js[bool](p, `(() => { const c = document.querySelector(".said-card").getBoundingClientRect(); return c.left === 0 && Math.abs(c.bottom - innerHeight) < 1; })()`) {
		t.Error("on a phone the card does not stand at the foot of the screen")
	}
	p.click(".said-card button")
	p.wait("the button to close it", "!("+card+")")
	p.faultless()
}

func TestReaderWithAKeyboardOpensACard(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit(leadPath)
	p.wait("the script", `document.querySelector("a.said[aria-haspopup]")`)
	js[bool](p, `(document.querySelector("a.said").focus(), true)`)
	p.press(kb.Enter)
	p.wait("the card to have the focus", `document.activeElement.matches(".said-card")`)
	p.press(kb.Tab)
	p.wait("its first link to have the focus", `document.activeElement.closest(".said-card") && document.activeElement.matches("a")`)
	p.press(kb.Escape)
	p.wait("the focus to come back to the words", "!("+card+`) && document.activeElement === document.querySelector("a.said")`)
	p.faultless()
}

func TestReaderWithoutScriptsFollowsAQuotation(t *testing.T) {
	t.Parallel()
	p := read(t, phone)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.visit(leadPath)
	p.click("a.said")
	p.wait("the card below the text", `document.querySelector(".story-record li:target")`)
	p.click(".story-record li:target .said-back")
	p.wait("the words again", `document.querySelector("a.said:target")`)
	p.click(".story-record .said-more a")
	p.wait("the statement's page", `location.pathname.startsWith("/record/")`)
	p.whole() // axe is a script: it looks at this page in another journey
	p.click(".cite summary")
	p.wait("the citation", `document.querySelector(".cite details[open] p").innerText.includes("/record/")`)
	p.faultless()
}

func TestReaderGoesThroughTheRecord(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit("/record")
	p.check("the record")
	p.click(".counterpoint > .label a")
	p.wait("the two side by side", `location.pathname.startsWith("/record/counterpoint/") && document.querySelectorAll(".side").length === 2`)
	p.whole()
	if got := js[[]float64](p, `[...document.querySelectorAll(".side blockquote")].map((s) => parseFloat(getComputedStyle(s).fontSize))`); got[0] != got[1] {
		t.Errorf("the two do not weigh the same: %v", got)
	}
	p.check("side by side")

	p.visit("/person/dragan-ilvesh")
	p.check("a person on the record")
	words := js[string](p, `[...document.querySelector(".statement blockquote").innerText.matchAll(/[a-z]{5,}/gi)][0][0]`)
	js[bool](p, `(document.querySelector("#said-q").focus(), true)`)
	p.press(words + kb.Enter)
	p.wait("the statements with "+words, `location.search.includes("q=") && document.querySelector(".statement mark")`)
	p.faultless()
}
