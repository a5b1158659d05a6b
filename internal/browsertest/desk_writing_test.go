// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stet/internal/demo"
	"stet/internal/newsroom"
)

// own serves a magazine of the test's own at a moment.
func own(t *testing.T, moment string) *mortal {
	t.Helper()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	m := &mortal{t: t, bin: h.bin, dir: filepath.Join(t.TempDir(), "magazine"), clock: moment}
	if err := furnish(m.dir, func(context.Context, *newsroom.Room) error { return nil }); err != nil {
		t.Fatal(err)
	}
	m.start()
	return m
}

// cutting lets a test take the network from a page: nothing that the page asks
// for leaves the browser. What others do still cannot reach it either, since
// the stream tells only that there is something to ask for.
const cutting = `{ const real = window.fetch; window.fetch = (...a) => window.cut ? Promise.reject(new TypeError("cut")) : real(...a) }`

func (p *page) offline(is bool) {
	p.t.Helper()
	js[bool](p, fmt.Sprintf(`(window.cut = %t, true)`, is))
}

// TestIsItYou changes one's password an hour after signing in: the desk asks who
// is there, on top of the screen, and goes on with the act when it knows.
func TestIsItYou(t *testing.T) {
	t.Parallel()
	m := own(t, clock)
	p := readAt(t, "http://"+m.addr, desk)
	signIn(p, "leila")
	m.kill()
	m.clock = "2026-11-20T13:00:00Z"
	m.start()
	p.forgive()
	p.visit("/desk/account")
	p.expect(403)
	p.expect(401)
	p.clickText("main button", "Change the password")
	p.click("main input[autocomplete=new-password]")
	p.press("another day, another ferry" + kb.Enter)
	p.wait("the question", `[...document.querySelectorAll("[role=dialog]")].some((d) => d.textContent.includes("Is it you?"))`)
	p.axe("the question who is there") // what waits for the answer below it turns as long as it waits
	// A wrong answer is told, and asks again.
	p.click("[role=dialog] input[autocomplete=current-password]")
	p.press("not this one" + kb.Enter)
	p.wait("the refusal", `document.querySelector("[role=dialog] [role=alert]")?.textContent`)
	js[bool](p, `(document.querySelector("[role=dialog] input[autocomplete=current-password]").select(), true)`)
	p.press(demo.Password + kb.Enter)
	p.wait("the dialog to go", `!document.querySelector("[role=dialog]")`)
	// The act goes on by itself when the question has gone.
	p.wait("the change to be told", `document.querySelector("main input[autocomplete=new-password]") === null`)
	js[bool](p, `(fetch("/api/session", {method: "POST", headers: {"Content-Type": "application/json"},
		body: JSON.stringify({email: "leila@causeway.example", password: "another day, another ferry"})}).then((r) => { window.held = r.ok }), true)`)
	p.wait("the new password to hold", `window.held`)
	p.forgiveStatus("401")
}

// TestSessionEndsWhileWriting: the session runs out in the middle of a sentence.
// The text is kept, its writer signs in on top of it, and all of it arrives.
func TestSessionEndsWhileWriting(t *testing.T) {
	t.Parallel()
	m := own(t, clock)
	p := readAt(t, "http://"+m.addr, desk)
	signIn(p, "leila")
	w := beginStory(p, "A long sitting")
	w.write("Before.")
	w.wantBody("paragraph(Before.)")
	m.kill()
	m.clock = "2027-03-01T12:00:00Z" // longer than any session lasts
	// Written before anybody answers: the question who is there takes the focus.
	w.caret(true)
	w.press(" During.")
	w.shows("Before. During.")
	p.expect(401)
	m.start()
	w.wait("the desk to ask", `[...document.querySelectorAll("[role=dialog]")].some((d) => d.textContent.includes("Please sign in again"))`)
	w.says("Kept here until you sign in again")
	w.shows("Before. During.")
	// The clock was turned on: what the browser says of its own requests is no news.
	w.forgive()
	w.check("the question to sign in again")
	w.click(`[role=dialog] input[type=password]`)
	w.press(demo.Password + kb.Enter)
	w.wait("the dialog to go", `!document.querySelector("[role=dialog]")`)
	w.says("Saved")
	w.wantBody("paragraph(Before. During.)")
	w.write(" After.")
	w.wantBody("paragraph(Before. During. After.)")
	w.forgiveStatus("401")
}

// TestConflicts: what two people have changed and no machine can merge is asked,
// with both texts side by side, and each answer does what it says.
func TestConflicts(t *testing.T) {
	t.Parallel()
	a, b := read(t, desk), read(t, desk)
	a.before(cutting)
	signIn(a, "sunniva")
	one := beginStory(a, "Nobody's headline")
	one.write("The first." + kb.Enter + "The second.")
	one.wantBody("paragraph(The first.) paragraph(The second.)")
	signIn(b, "hanne")
	two := openStory(b, one.story)
	two.shows("The second.")
	a.expect(409)
	headline := `document.querySelector("textarea[aria-label=Headline]").value`
	retitle := func(w *writer, text string) {
		t.Helper()
		w.click("textarea[aria-label=Headline]")
		w.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(2)))
		w.press(text)
	}
	stored := func(want string) {
		t.Helper()
		two.wait("the headline "+want, fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.json()).then((c) => { window.stored = c.fields.headline }), window.stored === %q`, one.story, want))
	}

	// The headline, both ways.
	for _, tt := range []struct{ mine, theirs, answer, want string }{
		{"Mine", "Theirs", "Take mine", "Mine"},
		{"Mine again", "Theirs again", "Take theirs", "Theirs again"},
	} {
		a.offline(true)
		retitle(one, tt.mine)
		one.says("Offline: kept here")
		retitle(two, tt.theirs)
		stored(tt.theirs)
		a.offline(false)
		one.wait("the question about the headline", `document.querySelector("[role=dialog]")?.textContent.includes("Two of you have changed the headline")`)
		for _, text := range []string{tt.mine, tt.theirs} {
			one.wait(text+" in the dialog", fmt.Sprintf(`[...document.querySelectorAll("[role=dialog] [role=region]")].some((r) => r.textContent === %q)`, text))
		}
		a.forgive()
		one.check("the question about the headline")
		one.clickText("[role=dialog] button", tt.answer)
		one.wait("the answer", fmt.Sprintf(`!document.querySelector("[role=dialog]") && %s === %q`, headline, tt.want))
		stored(tt.want)
		one.says("Saved")
		two.wait("the same there", fmt.Sprintf(`%s === %q`, headline, tt.want))
	}

	// The body: a passage that was written in here and taken out there.
	for _, tt := range []struct{ answer, want string }{
		{"Put mine back as well", "paragraph(The first.) paragraph(The mine second.)"},
		{"Leave it as it is now", "paragraph(The first.)"},
	} {
		a.offline(true)
		js[bool](one.page, `(() => { document.querySelector(".ProseMirror").focus(); getSelection().collapse(document.querySelector(".ProseMirror").lastElementChild.firstChild, 4); return true })()`)
		one.calm()
		one.press("mine ")
		one.says("Offline: kept here")
		js[bool](two.page, `(() => { const p = document.querySelector(".ProseMirror").lastElementChild; document.querySelector(".ProseMirror").focus(); getSelection().selectAllChildren(p); return true })()`)
		two.calm()
		two.press(kb.Backspace + kb.Backspace)
		two.wantBody("paragraph(The first.)")
		a.offline(false)
		one.wait("the question about the passage", `document.querySelector("[role=dialog]")?.textContent.includes("The passage in which you wrote has changed")`)
		one.wait("what was written", `document.querySelector("[role=dialog] [role=region]").textContent.includes("mine")`)
		a.forgive()
		one.check("the question about the passage")
		one.clickText("[role=dialog] button", tt.answer)
		one.wait("the dialog to go", `!document.querySelector("[role=dialog]")`)
		one.wantBody(tt.want)
		one.says("Saved")
		two.wantBody(tt.want)
	}
	a.forgiveStatus("409")
}

// TestGallery puts three pictures of the library into one gallery.
func TestGallery(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	signIn(p, "leila")
	w := beginStory(p, "Three views of a quay")
	w.write("/gallery" + kb.Enter)
	w.wait("the library", `document.querySelectorAll("[role=dialog] [role=option]").length > 3`)
	for i := range 3 {
		js[bool](p, fmt.Sprintf(`(document.querySelectorAll("[role=dialog] [role=option]")[%d].click(), true)`, i))
	}
	w.wait("three to be chosen", `document.querySelector("[role=dialog]").textContent.includes("Use these 3")`)
	w.axe("the library, for a gallery")
	w.clickText("[role=dialog] button", "Use these 3")
	w.wait("the gallery", `document.querySelectorAll(".ProseMirror .gallery .picture img").length === 3 && !document.querySelector("[role=dialog]")`)
	w.wait("the pictures", `[...document.querySelectorAll(".ProseMirror .gallery img")].every((i) => i.complete && i.naturalWidth > 0)`)
	w.says("Saved")
	if got := js[int](p, fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.json()).then((c) => { const g = c.body.content.find((n) => n.type === "gallery");
		return new Set(g.content.map((n) => n.attrs.asset)).size })`, w.story)); got != 3 {
		t.Errorf("the gallery has %d different pictures, want 3", got)
	}
	w.check("a story with a gallery")
	// Enter in a caption leaves it for the paragraph below the gallery.
	w.click(".ProseMirror .gallery .picture:nth-of-type(2) figcaption")
	w.calm()
	w.press(kb.End + " At night." + kb.Enter + "Below them.")
	w.wait("the words below", `(() => { const b = document.querySelector(".ProseMirror"), g = b.querySelector(".gallery");
		return g.textContent.includes("At night.") && !g.textContent.includes("Below them.") && b.textContent.includes("Below them.") && g.querySelectorAll(".picture").length === 3 })()`)
	w.wait("them to be kept as one paragraph", fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.json()).then((c) => { window.kept = c.body.content }),
		window.kept?.some((n, i) => n.type === "paragraph" && n.content?.[0].text === "Below them." && window.kept[i - 1].type === "gallery")`, w.story))
}

// TestPastePictures pastes a page with pictures: those that can be had are in
// the library and in the text where they stood, and the others are named.
func TestPastePictures(t *testing.T) {
	t.Parallel()
	file := new(bytes.Buffer)
	if _, err := file.ReadFrom(grey()); err != nil {
		t.Fatal(err)
	}
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/quay") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "image/jpeg")
		w.Write(file.Bytes())
	}))
	t.Cleanup(elsewhere.Close)
	data := "data:image/png;base64," + base64.StdEncoding.EncodeToString(chart())
	html := strings.NewReplacer("ELSEWHERE", elsewhere.URL, "DATA", data).Replace(`<html><body><!--StartFragment-->
		<h2>The quay</h2><p><img src="ELSEWHERE/pixel.gif" width="1" height="1">Before the picture.</p>
		<figure class="wp"><a href="ELSEWHERE/full"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="ELSEWHERE/quay-small.jpg" srcset="ELSEWHERE/quay-small.jpg 400w, ELSEWHERE/quay.jpg 1600w" alt="The quay at dusk"></a><figcaption>At <em>dusk</em>.</figcaption></figure>
		<p>Between.</p><p><span><img src="DATA"></span></p><ul><li>A point<img src="ELSEWHERE/gone.jpg"></li></ul>
		<p>After.<img src="file:///C:/Users/me/chart.png"></p><!--EndFragment--></body></html>`)
	p := read(t, desk)
	signIn(p, "leila")
	w := beginStory(p, "Pasted with pictures")
	w.caret(true)
	p.expect(404) // what the server is told elsewhere, the desk is told
	js[bool](p, fmt.Sprintf(`(() => { const d = new DataTransfer(); d.setData("text/html", %q); d.setData("text/plain", "words");
		return document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})) || true })()`, html))
	w.wait("what was left out", `document.body.textContent.includes("2 pictures were left out")`)
	w.wantBody(`heading(The quay) paragraph(Before the picture.) image(At italic:dusk.) paragraph(Between.) image() bulletList(listItem(paragraph(A point))) paragraph(After.)`)
	for _, what := range []string{"2 pictures came with what you pasted", elsewhere.URL + "/gone.jpg", "save it, then drop it here"} {
		w.wait(what, fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, what))
	}
	w.wait("the pictures", `document.querySelectorAll(".ProseMirror .picture img").length === 2 && [...document.querySelectorAll(".ProseMirror .picture img")].every((i) => i.complete && i.naturalWidth > 0)`)
	w.wait("the alternative text", `document.querySelector(".ProseMirror .picture img").alt === "A grey field" || document.querySelector(".ProseMirror .picture img").alt === "The quay at dusk"`)
	w.says("Saved")
	w.check("a story with pasted pictures")
	w.clickText("main button", "Dismiss")
	w.wait("the notice to go", `!document.querySelector("main").textContent.includes("left out")`)
	// One step back takes out a picture, and what was fetched stays in the library.
	if copy := js[string](p, fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.text())`, w.story)); strings.Contains(copy, "picture.invalid") || strings.Contains(copy, elsewhere.URL) {
		t.Errorf("the body names an address elsewhere: %s", copy)
	}
}

// TestApprovedIsClosed: an editor approves while the writer has the story open;
// it closes, says why, and opens when it is taken back. The way back leads to
// the list as it was, and lists elsewhere have heard of all of it.
func TestApprovedIsClosed(t *testing.T) {
	t.Parallel()
	p, e := read(t, desk), read(t, desk)
	signIn(p, "leila")
	p.visit("/desk/stories?mine=1&sort=headline")
	w := beginStory(p, "Closed and opened")
	p.visit("/desk/stories?mine=1&sort=headline")
	p.clickText("main table a", "Closed and opened")
	w.wait("the editor", `document.querySelector(".ProseMirror")`)
	w.write("As it was approved.")
	w.wantBody("paragraph(As it was approved.)")
	w.wait("the status", `document.querySelector("nav[aria-label='Where you are']").textContent.includes("Draft")`)
	act := func(p *page, name string) {
		t.Helper()
		if !js[bool](p, fmt.Sprintf(`fetch("/api/articles/%s/%s", {method: "POST", headers: {"Content-Type": "application/json"}, body: %q}).then((r) => r.ok)`, w.story, name, map[bool]string{true: "{}"}[name == "submit"])) {
			t.Fatal(name + " was refused")
		}
	}
	act(p, "submit")
	w.wait("the status to follow", `document.querySelector("nav[aria-label='Where you are']").textContent.includes("In review")`)

	// Another browser has the list open, and is told.
	signIn(e, "sunniva")
	e.visit("/desk/stories?q=closed+and+opened")
	row := func(status string) string {
		return fmt.Sprintf(`[...document.querySelectorAll("main table tbody tr")].some((r) => r.textContent.includes("Closed and opened") && r.textContent.includes(%q))`, status)
	}
	e.wait("the story in review", row("In review"))
	act(e, "approve")
	w.wait("the story to close", `document.querySelector(".ProseMirror").contentEditable === "false" && document.body.textContent.includes("what becomes public is what an editor has read")`)
	w.check("a story that is closed")
	w.clickText("main button", "Take it back …")
	w.wait("what it undoes", `document.querySelector("[role=dialog]")?.textContent.includes("an editor has to approve it anew")`)
	w.axe("the question before a story is taken back")
	w.clickText("[role=dialog] button", "Take it back")
	w.wait("the story to open", `document.querySelector(".ProseMirror").contentEditable === "true"`)
	e.wait("the draft in the list of another", row("Draft"))
	w.write(" And changed.")
	w.wantBody("paragraph(As it was approved. And changed.)")

	// In another language the text is spelled and set in that.
	js[bool](p, fmt.Sprintf(`fetch("/api/articles/%[1]s/copy").then((r) => r.json()).then((c) => fetch("/api/articles/%[1]s", {method: "PATCH",
		headers: {"Content-Type": "application/json"}, body: JSON.stringify({was: {language: c.fields.language}, set: {language: "ar"}})})).then((r) => r.ok)`, w.story))
	w.wait("the language", `document.querySelector(".ProseMirror").lang === "ar" && document.querySelector(".ProseMirror").dir === "rtl"`)
	w.click("nav[aria-label='Where you are'] a")
	w.wait("the list as it was", `location.pathname === "/desk/stories" && location.search === "?mine=1&sort=headline"`)
}

// chart is a small drawing that no other test has.
func chart() []byte {
	im := image.NewGray(image.Rect(0, 0, 320, 200))
	for i := range im.Pix {
		im.Pix[i] = uint8(i / 320 * 255 / 200)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}
