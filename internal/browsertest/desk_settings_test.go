// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stet/internal/demo"
	"stet/internal/newsroom"
)

// administrator is somebody who keeps the settings of a magazine.
type administrator struct{ *page }

// TestAdministratorsDay changes the settings of a magazine of its own: the
// accent with its preview, an identity that somebody else changes meanwhile, a
// menu by keyboard, a redirect that is followed, a token that is used and
// revoked, and a webhook that is told.
func TestAdministratorsDay(t *testing.T) {
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
	// A reader's browser may show a page again for two minutes; this one looks
	// whether the page has changed.
	call(a.page, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	a.signIn("hanne")
	a.changesTheAccent()
	a.meetsAColleague()
	a.ordersTheMenu()
	a.leadsReadersOn()
	a.makesAToken()
	a.addsAWebhook()
	a.demandsAGenre()
	for _, tab := range []string{"publishing", "mail"} {
		a.opens(tab)
		a.check("the settings of " + tab)
	}
}

func (a administrator) signIn(name string) {
	a.t.Helper()
	a.visit("/desk/signin")
	body := fmt.Sprintf(`{ email: "%s@causeway.example", password: %q }`, name, demo.Password)
	if status := a.send("POST", "/api/session", body); status != http.StatusOK {
		a.t.Fatalf("signing in: %d", status)
	}
}

// send has the page send a request of the API, and returns the status.
func (a administrator) send(method, path, body string) int {
	a.t.Helper()
	return js[int](a.page, fmt.Sprintf(`fetch(%q, { method: %q, headers: { "Content-Type": "application/json" }, body: JSON.stringify(%s) }).then((r) => r.status)`, path, method, body))
}

func (a administrator) opens(tab string) {
	a.t.Helper()
	a.visit("/desk/settings/" + tab)
	a.wait("the tab "+tab, `document.querySelector("nav[aria-label=Settings] [aria-current=page]") && !document.body.textContent.includes("Loading …")`)
}

// says waits for words on the page.
func (a administrator) says(words string) {
	a.t.Helper()
	a.wait(words, fmt.Sprintf(`document.body.innerText.includes(%q)`, words))
}

// announces waits for words that only a screen reader hears.
func (a administrator) announces(words string) {
	a.t.Helper()
	a.wait(words, fmt.Sprintf(`document.body.textContent.includes(%q)`, words))
}

// chooses clicks on what says the words.
func (a administrator) chooses(selector, words string) {
	a.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll(%q)].find((e) => e.checkVisibility() && e.textContent.trim() === %q)`, selector, words)
	a.wait(words, find)
	a.calm()
	js[bool](a.page, `(`+find+`.click(), true)`)
}

// types puts a text into a field in place of what stands there.
func (a administrator) types(selector, text string) {
	a.t.Helper()
	a.wait(selector, fmt.Sprintf(`document.querySelector(%q)`, selector))
	a.calm()
	js[bool](a.page, fmt.Sprintf(`(document.querySelector(%q).focus(), document.querySelector(%q).select(), true)`, selector, selector))
	a.press(text)
}

const accent = `getComputedStyle(%s.documentElement).getPropertyValue("--accent").trim()`

func (a administrator) changesTheAccent() {
	a.t.Helper()
	a.opens("look")
	shown := fmt.Sprintf(accent, `document.querySelector("iframe").contentDocument`)
	a.wait("the page in the preview", `document.querySelector("iframe").contentDocument?.querySelector(".masthead")`)
	a.types(`input[name="light.accent"]`, "#eecccc")
	a.says("Accent by day is hard to read")
	a.types(`input[name="light.accent"]`, "#0b4f6c")
	a.wait("the new accent in the preview", shown+` === "#0b4f6c"`)
	a.wait("the warning to go", `!document.body.innerText.includes("is hard to read")`)
	a.chooses("label", "After dark")
	a.wait("the preview after dark", shown+` === "#f08d80"`)
	a.check("the look")
	if now := js[string](a.page, `fetch("/", { cache: "no-store" }).then((r) => r.text()).then((t) => fetch(t.match(/\/static\/[^"]*page.css/)[0])).then((r) => r.text())`); strings.Contains(now, "#0b4f6c") {
		a.t.Error("readers see a look that was not saved")
	}
	a.chooses("button", "Save")
	a.says("Readers see what stands here.")
	a.visit("/")
	a.wait("the accent on the site", fmt.Sprintf(accent, "document")+` === "#0b4f6c"`)
}

// meetsAColleague saves a tagline that somebody else has changed meanwhile:
// nothing is overwritten before it was seen.
func (a administrator) meetsAColleague() {
	a.t.Helper()
	a.opens("identity")
	a.check("the identity")
	field := func(label string) string {
		return fmt.Sprintf(`#%s`, js[string](a.page, fmt.Sprintf(`CSS.escape([...document.querySelectorAll("label")].find((l) => l.textContent.trim() === %q).htmlFor)`, label)))
	}
	tagline, publisher := field("Tagline"), field("Publisher")
	a.types(tagline, "Mine")
	change := `await fetch("/api/settings/identity").then((r) => r.json())`
	if !js[bool](a.page, `(async () => { const was = `+change+`; was.tagline = "Theirs"; was.publisher = "Their house";
		return (await fetch("/api/settings/identity", { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(was) })).ok })()`) {
		a.t.Fatal("the colleague could not save")
	}
	a.expect(409)
	a.press("s", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	a.says("Somebody else has changed the tagline meanwhile")
	a.wait("their publisher to be taken over", fmt.Sprintf(`document.querySelector(%q).value === "Their house" && document.querySelector(%q).value === "Mine"`, publisher, tagline))
	a.chooses("button", "Save")
	a.says("Readers see what stands here.")
	if got := js[string](a.page, `fetch("/api/settings/identity").then((r) => r.json()).then((i) => i.tagline + ", " + i.publisher)`); got != "Mine, Their house" {
		a.t.Errorf("stored: %s", got)
	}
}

// ordersTheMenu puts the last link first by keyboard, and adds one of the
// magazine's own addresses.
func (a administrator) ordersTheMenu() {
	a.t.Helper()
	a.opens("navigation")
	a.wait("the links", `document.querySelectorAll("ol")[0]?.children.length === 3`)
	js[bool](a.page, `(document.querySelector("button[aria-label='Move About']").focus(), true)`)
	a.press(" ")
	a.announces("About is at place 3 of 3.")
	for _, place := range []string{"2", "1"} {
		a.calm() // what is on its way hears no key
		a.press(kb.ArrowUp)
		a.announces("About is at place " + place + " of 3.")
	}
	a.press(" ")
	a.announces("About was put down at place 1.")
	a.chooses("button", "Add a link")
	js[bool](a.page, `(document.querySelectorAll("ol")[0].lastChild.querySelector("input[aria-label^=Address]").focus(), true)`)
	a.press("/security")
	a.wait("the section among the addresses", `[...document.querySelectorAll("[role=option]")].find((o) => o.checkVisibility() && o.textContent === "Security/security")`)
	js[bool](a.page, `([...document.querySelectorAll("[role=option]")].find((o) => o.textContent === "Security/security").click(), true)`)
	a.check("the navigation")
	a.chooses("button", "Save")
	a.says("Readers see what stands here.")
	a.visit("/")
	if got := js[string](a.page, `[...document.querySelectorAll(".masthead-links a")].map((l) => l.textContent).join(", ")`); got != "About, Latest, Archive, Security" {
		a.t.Errorf("the menu: %s", got)
	}
}

func (a administrator) leadsReadersOn() {
	a.t.Helper()
	a.opens("addresses")
	a.chooses("button", "Add a redirect")
	a.types(`[role=dialog] input[placeholder^="/2019"]`, "/where-we-were")
	a.types(`[role=dialog] input[aria-label="To"]`, "/about")
	a.chooses("[role=dialog] button", "Add the redirect")
	a.says("/where-we-were leads to /about")
	a.check("the addresses")
	a.visit("/where-we-were")
	a.arrive("/about")
	a.visit("/desk/settings/addresses?kind=by-hand")
	a.wait("the redirect", `document.querySelector("button[aria-label='Remove the redirect /where-we-were']")`)
	js[bool](a.page, `(document.querySelector("button[aria-label='Remove the redirect /where-we-were']").click(), true)`)
	a.says("leads nowhere now")
	a.chooses("button", "Undo")
	a.wait("the redirect to be back", `document.querySelector("button[aria-label='Remove the redirect /where-we-were']")`)

	a.chooses("button", "Import a list")
	a.types("[role=dialog] textarea", "/one,/about")
	a.chooses("[role=dialog] button", "Import")
	a.says("1 redirect added.")
	a.chooses("[role=dialog] button", "Done")
}

func (a administrator) makesAToken() {
	a.t.Helper()
	a.opens("integrations")
	a.check("the integrations")
	a.chooses("button", "Make a token")
	a.wait("the dialog", `document.querySelector("[role=dialog] input[data-autofocus]")`)
	a.types("[role=dialog] input[data-autofocus]", "Statistics")
	a.chooses("[role=dialog] label", "write stories")
	a.axe("the dialog of a token")
	a.chooses("[role=dialog] button", "Make the token")
	a.wait("the token", `document.querySelector("[role=dialog] input[readonly]")?.value.startsWith("stet_")`)
	token := js[string](a.page, `document.querySelector("[role=dialog] input[readonly]").value`)
	a.chooses("[role=dialog] button", "Done")
	if got := a.asProgram(token); got != http.StatusOK {
		a.t.Errorf("with the token: %d", got)
	}
	js[bool](a.page, `(document.querySelector("button[aria-label='Revoke Statistics']").click(), true)`)
	a.chooses("[role=dialog] button", "Revoke")
	a.says("Statistics is revoked")
	if got := a.asProgram(token); got != http.StatusUnauthorized {
		a.t.Errorf("with the revoked token: %d", got)
	}
}

// demandsAGenre changes the checklist, a level and a bound.
func (a administrator) demandsAGenre() {
	a.t.Helper()
	a.opens("publishing")
	a.chooses(`[data-check="genre"] label`, "Required")
	a.types(`input[aria-label="Headline, at most"]`, "72")
	a.says("Not saved yet.")
	a.check("the checklist")
	a.chooses("button", "Save")
	a.says("Stories are held to what stands here.")
	if got := js[string](a.page, `fetch("/api/settings/checklist").then((r) => r.json()).then((s) => JSON.stringify([s.checks[0].max, s.checks[3].level]))`); got != `[72,"required"]` {
		a.t.Errorf("stored: %s", got)
	}
}

// asProgram asks for stories with nothing but a token.
func (a administrator) asProgram(token string) int {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.ctx, http.MethodGet, a.base+"/api/articles", nil)
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func (a administrator) addsAWebhook() {
	a.t.Helper()
	told := make(chan string, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		if r.Header.Get("webhook-signature") != "" {
			told <- string(b)
		}
		io.WriteString(w, "thank you")
	}))
	defer receiver.Close()
	a.opens("integrations")
	a.chooses("button", "Add a webhook")
	a.wait("the dialog", `document.querySelector("[role=dialog] input[placeholder='https://']")`)
	a.types("[role=dialog] input[data-autofocus]", "Archive")
	a.types("[role=dialog] input[placeholder='https://']", receiver.URL)
	a.chooses("[role=dialog] button", "Add the webhook")
	a.chooses("aside button", "Send a test message")
	a.hears(told, `"type":"test"`)
	a.wait("the message in the log", `document.querySelector("aside li[data-state=delivered]")`)
	a.chooses("aside summary span", "test message")
	a.says("the last one was answered 200")
	a.says("thank you")
	a.check("a webhook")
}

// hears waits until a message arrives that holds the words.
func (a administrator) hears(told chan string, words string) {
	a.t.Helper()
	for {
		select {
		case body := <-told:
			if strings.Contains(body, words) {
				return
			}
		case <-a.ctx.Done():
			a.t.Fatalf("nobody was told of %s", words)
		}
	}
}
