// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// troubling lets a test answer steps in the server's place: window.trouble is
// told how many there are and returns a status, or nothing.
const troubling = `{ const real = window.fetch; window.asked = []; window.fetch = async (...a) => {
	const r = new Request(...a);
	if (!window.trouble || r.method !== "POST" || !r.url.endsWith("/steps")) return real(r);
	const { steps } = await r.clone().json();
	const status = window.trouble(steps.length);
	window.asked.push(steps.length + ":" + (status ?? 200));
	if (!status) return real(r);
	return new Response(JSON.stringify({ detail: "not now" }), { status, headers: { "Content-Type": "application/problem+json", ...(status === 503 && { "Retry-After": "1" }) } });
} }`

// TestBusyServer: a server that is busy, or finds the steps too much at once, is
// asked again by the editor itself, with fewer of them. Nobody has to press
// anything, and nothing is said to be wrong.
func TestBusyServer(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.before(troubling)
	signIn(p, "leila")
	w := beginStory(p, "Under load")
	js[bool](p, `(() => { let n = 0; window.trouble = (steps) => n++ < 2 ? 503 : steps > 3 ? 413 : undefined;
		new MutationObserver(() => { if (/Not saved|Offline/.test(document.querySelector("[data-testid=save]")?.textContent)) window.alarmed = true })
			.observe(document.body, { subtree: true, childList: true, characterData: true }); return true })()`)
	w.write("Every word of it" + kb.Enter + "arrives")
	w.wantBody("paragraph(Every word of it) paragraph(arrives)")
	w.says("Saved")
	asked := js[string](p, `window.asked.join(" ")`)
	for _, want := range []string{":503", ":413", ":200"} {
		if !strings.Contains(asked, want) {
			t.Errorf("the editor was not answered %s: %s", want, asked)
		}
	}
	if js[bool](p, `!!window.alarmed`) {
		t.Error("the writer was told that something is wrong")
	}
}

// TestLogCut is offline until the log of steps no longer reaches back to what the
// editor stands on: what was written elsewhere in the text is merged, what was
// written in the same passage is asked about, and a window that was closed in
// the meantime finds its words again.
func TestLogCut(t *testing.T) {
	t.Parallel()
	m := own(t, "")
	p := readAt(t, "http://"+m.addr, desk)
	signIn(p, "leila")
	w := beginStory(p, "A long way off")
	w.write("One." + kb.Enter + "Two.")
	w.wantBody("paragraph(One.) paragraph(Two.)")

	// meanwhile changes a paragraph while the server is down, and cuts the log.
	meanwhile := func(was, is string) {
		t.Helper()
		err := enter(m.dir, func(ctx context.Context, room *newsroom.Room) error {
			a, err := room.Store().ArticleByPublicID(ctx, w.story)
			if err != nil {
				return err
			}
			changed := strings.Replace(string(a.Content.Body), was, is, 1)
			if changed == string(a.Content.Body) {
				return fmt.Errorf("there is no %q", was)
			}
			if _, err := prose.Parse([]byte(changed)); err != nil {
				return err
			}
			a.Content.Body = []byte(changed)
			if err := room.Save(ctx, stet.Operator, &a); err != nil {
				return err
			}
			c, err := room.Copy(ctx, a.ID)
			if err != nil {
				return err
			}
			return room.Store().DropSteps(ctx, a.ID, c.Version)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	p.expect(409)
	away := func(words, was, is string) {
		t.Helper()
		m.kill()
		w.write(words)
		w.says("Offline: kept here")
		meanwhile(was, is)
		m.start()
	}

	away(" And on.", "One.", "The first.")
	w.wantBody("paragraph(The first.) paragraph(Two. And on.)")
	w.says("Saved")

	away(" Mine.", "Two. And on.", "Theirs instead.")
	w.wait("the question", `document.querySelector("[role=dialog]")?.textContent.includes("The passage in which you wrote has changed")`)
	w.wait("both texts", `[...document.querySelectorAll("[role=dialog] [role=region]")].map((r) => r.textContent).join("|").match(/Two. And on. Mine.\|[^]*Theirs instead./)`)
	w.clickText("[role=dialog] button", "Put mine back as well")
	w.wantBody("paragraph(The first.) paragraph(Theirs instead.) paragraph(Two. And on. Mine.)")
	w.says("Saved")

	// The window goes with words that nobody else has.
	m.kill()
	w.write(" Last.")
	w.says("Offline: kept here")
	w.wait("the words to be in the browser's store", fmt.Sprintf(`new Promise((done) => { const r = indexedDB.open("stet", 1); r.onsuccess = () => {
		const q = r.result.transaction("copies").objectStore("copies").getAll(); q.onsuccess = () => done(q.result.some((k) => k.article === %q && JSON.stringify(k.steps).includes("t."))) } })`, w.story))
	w.do(chromedp.Navigate("about:blank"))
	meanwhile("The first.", "The very first.")
	m.start()
	w.open()
	w.wantBody("paragraph(The very first.) paragraph(Theirs instead.) paragraph(Two. And on. Mine. Last.)")
	w.says("Saved")
	w.forgive()
	w.forgiveStatus("409")
}
