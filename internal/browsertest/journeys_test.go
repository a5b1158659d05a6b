// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestReaderWithoutScriptsReadsSearchesAndSubscribes(t *testing.T) {
	t.Parallel()
	p := read(t, phone)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.visit("/")
	p.click(".card-lead .headline a")
	p.arrive(leadPath)
	if n := js[int](p, `document.querySelector(".prose").innerText.length`); n < 3000 {
		t.Errorf("the article has %d characters to read", n)
	}
	if n := p.asked(".js"); n != 0 {
		t.Errorf("scripts were asked for %d times: they are not off", n)
	}
	// Nothing that does nothing: what needs a script is not there.
	if got := js[[]string](p, `[...document.querySelectorAll("main button")].filter((b) => b.checkVisibility() && !b.form).map((b) => b.textContent)`); len(got) != 0 {
		t.Errorf("buttons that cannot work: %v", got)
	}

	next := js[string](p, `[...document.querySelectorAll(".stream-links .headline a")].find((a) => a.checkVisibility()).getAttribute("href")`)
	if n := js[int](p, `document.querySelectorAll(".stream-links .headline a").length`); n < 3 {
		t.Errorf("%d next stories stand there as links", n)
	}
	p.click(".stream-links .headline a")
	p.arrive(next)

	// The menu.
	if js[bool](p, `document.querySelector(".menu-sheet").checkVisibility()`) {
		t.Error("the menu is open before it was asked for")
	}
	p.click(".menu summary")
	p.wait("the menu to open", `document.querySelector(".menu-sheet").checkVisibility()`)
	p.click(`.menu .directory a[href="/eastern-marches"]`)
	p.arrive("/eastern-marches")

	// The search in the menu.
	p.click(".menu summary")
	p.click(".menu input[type=search]")
	p.press("grain corridor" + kb.Enter)
	p.arrive("/search")
	if n := js[int](p, `document.querySelectorAll(".card-result").length`); n == 0 {
		t.Error("the search finds nothing")
	}

	// The newsletter.
	p.visit(leadPath)
	p.click(".newsletter input[type=email]")
	p.press("ann.reader@example.org")
	p.click(".newsletter button")
	p.arrive("/newsletter")
	if got := js[string](p, `document.querySelector("main").innerText`); !strings.Contains(got, "ann.reader@example.org") {
		t.Errorf("the answer to a sign-up is %q", got)
	}
}

func TestReaderSubscribesToTheNewsletter(t *testing.T) {
	t.Parallel()
	p := read(t, phone)
	p.visit("/")
	p.click(".block-newsletter input[type=email]")
	p.press("ben.reader@example.org" + kb.Enter)
	p.arrive("/newsletter")
	p.check("thanks")
	if got := js[string](p, `document.querySelector("main").innerText`); !strings.Contains(got, "ben.reader@example.org") {
		t.Errorf("the answer to a sign-up is %q", got)
	}

	// An address that is none: the browser refuses it, and so does the server.
	p.visit("/")
	p.click(".block-newsletter input[type=email]")
	p.press("ben.reader" + kb.Enter)
	p.wait("the browser's complaint", `document.querySelector(".block-newsletter input:invalid")`)
	if got := p.path(); got != "/" {
		t.Errorf("a bad address led to %s", got)
	}
	p.expect(400)
	js[bool](p, `(document.querySelector(".block-newsletter form").noValidate = true)`)
	p.press(kb.Enter)
	p.arrive("/newsletter")
	p.check("newsletter, bad address")
}

func TestReaderSearches(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit("/search")

	// Typing suggests; a suggestion leads there.
	p.click("#q")
	p.press("vorhoeve")
	p.wait("suggestions", `document.querySelector("#q").getAttribute("aria-expanded") === "true"`)
	p.check("search with suggestions")
	p.click(`.suggestions a[href="/person/annelise-vorhoeve"]`)
	p.arrive("/person/annelise-vorhoeve")

	// Results, and filters that narrow them.
	p.visit("/search")
	p.click("#q")
	p.press("minister" + kb.Enter)
	p.wait("results", `document.querySelectorAll(".card-result").length > 0`)
	p.whole()
	found := func() int {
		t.Helper()
		return js[int](p, `Number(document.querySelector(".found").textContent.replace(/\D/g, ""))`)
	}
	all := found()
	for _, f := range []struct{ name, value string }{{"section", "security"}, {"year", "2026"}, {"person", "sunniva-arkell"}} {
		before := found()
		p.do(chromedp.SetValue(chromedp.CSS("select[name="+f.name+"]"), f.value))
		p.click(".search-form button")
		p.wait("the filter "+f.name, fmt.Sprintf(`new URLSearchParams(location.search).get(%q) === %q && document.readyState === "complete"`, f.name, f.value))
		p.whole()
		if n := found(); n > before || n == 0 {
			t.Errorf("the filter %s=%s found %d of %d", f.name, f.value, n, before)
		}
		if got := js[string](p, fmt.Sprintf(`document.querySelector("select[name=%s]").value`, f.name)); got != f.value {
			t.Errorf("the filter %s shows %q after the search, want %q", f.name, got, f.value)
		}
	}
	if n := found(); n >= all {
		t.Errorf("three filters leave %d of %d", n, all)
	}
	p.check("filtered search")
	p.click(".filters .clear")
	p.wait("the filters to be cleared", `location.search === "?q=minister"`)
	p.whole()
	if n := found(); n != all {
		t.Errorf("without filters %d are found, want %d", n, all)
	}
	p.click(".paging a[rel=next]")
	p.wait("the second page", `new URLSearchParams(location.search).get("page") === "2"`)
	p.whole()
	p.check("second page of results")
}

func TestReaderSearchesForSomethingHostile(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	for _, q := range []string{
		`"><script>window.pwned=1</script>`, `<img src=x onerror=window.pwned=1>`, `';window.pwned=1;//`, `{{.}} " OR NEAR( *`, "javascript:window.pwned=1",
	} {
		p.visit("/search")
		p.click("#q")
		p.press(q)
		if got := js[string](p, `document.querySelector("#q").value`); got != q {
			t.Fatalf("typed %q, the field has %q", q, got)
		}
		p.press(kb.Enter)
		p.wait("the answer", `location.search.length > 3 && document.readyState === "complete"`)
		p.whole()
		if got := js[string](p, `document.querySelector("#q").value`); got != q {
			t.Errorf("the field repeats %q as %q", q, got)
		}
		if js[bool](p, `"pwned" in window || document.querySelector("main script, main img[src=x]") !== null`) {
			t.Errorf("%q became part of the page", q)
		}
	}
	p.check("hostile search")
}

// focus is what has the keyboard: a description, and whether a reader can see
// that it has it.
type focus struct {
	Name    string
	Lost    bool // nothing has it
	Visible bool // it shows, within the window
}

func (p *page) focus() focus {
	p.t.Helper()
	return js[focus](p, `(() => {
		const e = document.activeElement;
		if (!e || e === document.body || e === document.documentElement) return { Name: "nothing", Lost: true, Visible: false };
		const shows = (x) => { const s = x && getComputedStyle(x); return s && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0; };
		const r = e.getBoundingClientRect();
		const inside = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && r.width > 1;
		const name = e.tagName.toLowerCase() + (e.id && "#" + e.id) + (e.className && "." + e.className) + " " + (e.textContent || e.value || "").trim().slice(0, 40);
		return { Name: name, Lost: false, Visible: inside && Boolean(shows(e) || shows(e.closest(".card"))) };
	})()`)
}

// tab presses Tab until the element that has the focus matches the selector.
// On the way each has to be visible.
func (p *page) tab(selector string, most int, options ...chromedp.KeyOption) {
	p.t.Helper()
	for range most {
		p.press(kb.Tab, options...)
		f := p.focus()
		if f.Lost {
			p.t.Fatalf("Tab lost the focus on the way to %s (at %s)", selector, p.at())
		}
		if !f.Visible {
			p.t.Errorf("the focus on %s cannot be seen", f.Name)
		}
		if js[bool](p, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	p.t.Fatalf("Tab does not reach %s in %d presses; it is at %s", selector, most, p.focus().Name)
}

func TestReaderWithAKeyboardFindsTheWayAround(t *testing.T) {
	t.Parallel()
	p := read(t, phone)
	p.visit("/eastern-marches")

	// The first stop leads past the masthead.
	p.tab(".skip", 1)
	p.press(kb.Enter)
	p.wait("main to have the focus", `document.activeElement.id === "main"`)
	p.tab("main a", 1)

	// The menu opens by keyboard and leads on.
	p.visit("/eastern-marches")
	p.tab(".menu summary", 6)
	p.press(kb.Enter)
	p.wait("the menu to open", `document.querySelector(".menu").open`)
	p.check("open menu")
	p.tab(`.menu .directory a[href="/ideas"]`, 16)
	p.press(kb.Enter)
	p.arrive("/ideas")

	// On a desk: the search in the masthead, with suggestions.
	p.see(desk)
	p.visit("/")
	p.tab("#find-masthead", 24)
	p.press("vorh")
	p.wait("suggestions", `document.querySelectorAll(".suggestions [role=option]").length > 1`)
	chosen := `document.querySelector(".suggestions [aria-selected=true]")`
	active := `document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))`
	p.press(kb.ArrowDown)
	p.press(kb.ArrowDown)
	p.wait("the second suggestion", fmt.Sprintf(`%s && %s === %s && [...document.querySelectorAll("[role=option]")].indexOf(%s) === 1`, chosen, chosen, active, chosen))
	p.press(kb.ArrowUp)
	p.press(kb.ArrowUp)
	p.wait("none", chosen+` === null && !document.activeElement.hasAttribute("aria-activedescendant")`)
	p.press(kb.Escape)
	p.wait("the list to close", `!document.querySelector(".suggestions") && document.activeElement.getAttribute("aria-expanded") === "false"`)
	if got := js[string](p, `document.activeElement.id`); got != "find-masthead" {
		t.Errorf("after Escape the focus is on %q", got)
	}
	p.press("o")
	p.wait("suggestions again", `document.querySelectorAll(".suggestions [role=option]").length > 0`)
	p.press(kb.ArrowDown)
	to := js[string](p, active+`.getAttribute("href")`)
	p.press(kb.Enter)
	p.arrive(to)

	// Enter without a choice asks the question itself.
	p.tab("#find-masthead", 24)
	p.press("cable" + kb.Enter)
	p.arrive("/search")
	if got := js[string](p, `location.search`); got != "?q=cable" {
		t.Errorf("the question was %q", got)
	}
}

func TestReaderWithAKeyboardReadsTheStream(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit("/security/a-submarine-in-the-budget")
	p.ready()
	p.scrollOn(4)
	s := p.story(1)
	toggle := s + " .keep-reading button"
	js[bool](p, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, ".author-note a, .story-foot a, .newsletter input"))
	p.tab(toggle, 60)
	for _, key := range []string{kb.Enter, " "} {
		p.press(key)
		p.wait("the story to open", fmt.Sprintf(`document.querySelector(%q).checkVisibility()`, s+" .rest"))
		if f := p.focus(); f.Lost || !js[bool](p, fmt.Sprintf(`document.querySelector(%q).contains(document.activeElement)`, s)) {
			t.Fatalf("opening moved the focus to %s", f.Name)
		}
		p.tab(toggle, 40)
		p.press(key)
		p.wait("the story to close", fmt.Sprintf(`!document.querySelector(%q).checkVisibility()`, s+" .rest"))
		if f := p.focus(); f.Lost || !f.Visible || !js[bool](p, fmt.Sprintf(`document.activeElement.matches(%q)`, toggle)) {
			t.Errorf("closing moved the focus to %s (seen: %v)", f.Name, f.Visible)
		}
	}

	// From story to story, to the button at the end, and on.
	p.scrollOn(10)
	p.wait("the button", moreShown)
	js[bool](p, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, p.story(9)+" .keep-reading button"))
	p.tab(".stream .stream-more button", 10)
	p.press(kb.Enter)
	p.wait("more stories", `document.querySelectorAll("article.story[data-id]").length > 10`)
	p.wait("the first of them to have the focus", fmt.Sprintf(`document.querySelector(%q).contains(document.activeElement)`, p.story(10)))
	p.tab(p.story(10)+" .headline a", 2)
}
