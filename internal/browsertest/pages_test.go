// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// kinds are the kinds of page that a magazine has, each with what it must show.
var kinds = []struct {
	name   string
	path   string
	status int64    // 200 when zero
	shows  []string // selectors
	says   string   // text of main
}{
	{name: "front", path: "/", shows: []string{"h1.nameplate", ".card-lead img", ".block-latest li", ".block-quote blockquote", ".newsletter form"}},
	{name: "article", path: leadPath, shows: []string{".story-head .label a", "h1.headline", ".dek", "a[rel=author]", "time.published", ".story-picture .credit", ".prose p a", ".topics a", ".author-note", ".share a", ".stream-links a"}},
	{name: "article with table and footnotes", path: "/eastern-marches/the-generals-arithmetic", shows: []string{".prose table", ".footnotes li", ".pull-quote", ".related-story a"}},
	{name: "article with everything", path: everythingPath, shows: []string{".prose table", ".footnotes li", ".pull-quote", ".box", "pre", "blockquote", ".picture img", "h4", ".sidenote", ".gallery img", ".embed a", "iframe.raw[sandbox]"}},
	{name: "interview", path: "/eastern-marches/dragan-ilvesh-interview", shows: []string{".prose p", ".pull-quote, .prose strong, .prose h2"}},
	{name: "partner story", path: "/northern-rim/icebreakers-for-rent", shows: []string{".origin a[href^='https://northern-letter.example']", ".partner", "link[rel=canonical][href^='https://northern-letter.example/']"}, says: "republished"},
	{name: "updated story", path: "/northern-rim/the-sound/six-hours-on-the-radar", shows: []string{".dates"}},
	{name: "corrected story", path: "/northern-rim/the-sound/thirty-eight-kilometres", shows: []string{".prose .corrected[id]", ".prose .corrected-sign[href^='#correction-']", ".story-foot .correction[id] details del"}, says: "Ferries across the Sound carry 3,900 vehicles a day."},
	{name: "story with an update above its text", path: "/eastern-marches/four-thousand-men", shows: []string{".story-body > .correction-update a"}},
	{name: "corrections", path: "/corrections", shows: []string{"h1", ".note h2 a", ".note-words a", ".note .change ins", ".amends a", ".subsections a"}, says: "The 471 has run since 1961"},
	{name: "corrections of a section", path: "/corrections/northern-rim/the-sound", shows: []string{".trail a[href='/corrections']", ".note h2 a"}},
	{name: "history", path: changedPath + "/history", shows: []string{".trail a", ".version h2 a", ".compare-form select", ".version-links a[href*='/ledger/proof/version/']"}, says: "1 word added"},
	{name: "an earlier version", path: changedPath + "/history/1", shows: []string{".version-notice .version-newest", ".story-picture img", ".prose p", ".version-paging a"}, says: "It is not the newest"},
	{name: "two versions compared", path: changedPath + "/history/1..4", shows: []string{".diff-fields del", ".diff-fields ins", ".diff-body .diff-added ins", ".diff-same summary", "[aria-current]"}},
	{name: "two versions side by side", path: changedPath + "/history/1..4/side", shows: []string{".diff-was del", ".diff-is ins"}},
	{name: "section", path: "/southern-coast", shows: []string{"h1", ".card-large img", ".rows .card"}},
	{name: "section with a section in it", path: "/northern-rim", shows: []string{".subsections a[href='/northern-rim/the-sound']"}},
	{name: "nested section", path: "/northern-rim/the-sound", shows: []string{".trail a[href='/northern-rim']", ".rows .card"}},
	{name: "genre", path: "/genre/analysis", shows: []string{"h1", ".rows .card"}},
	{name: "topic", path: "/topic/hallin-treaty", shows: []string{"h1", ".intro", ".rows .card"}},
	{name: "writer", path: "/person/leila-hartog", shows: []string{".portrait img", ".roles li", ".rows .card"}},
	{name: "official", path: "/person/annelise-vorhoeve", shows: []string{".portrait img", ".roles li"}},
	{name: "latest", path: "/latest", shows: []string{"h1", ".rows .card"}},
	{name: "archive", path: "/archive", shows: []string{".year", ".months a"}},
	{name: "archive of a year", path: "/archive/2026", shows: []string{".months a", ".paging a"}},
	{name: "archive of a month", path: "/archive/2026/10", shows: []string{".rows .card", ".paging a"}},
	{name: "about", path: "/about", shows: []string{"h1", ".prose p"}},
	{name: "contact", path: "/contact", shows: []string{"h1", ".prose p"}},
	{name: "search", path: "/search", shows: []string{".search-form input[type=search]", ".filters select"}},
	{name: "search with results", path: "/search?q=minister", shows: []string{".card-result .snippet mark", ".found", ".paging"}},
	{name: "search in vain", path: "/search?q=zyzzyva", shows: []string{".empty"}, says: "zyzzyva"},
	{name: "not found", path: "/eastern-marches/the-general-arithmetics", status: 404, shows: []string{".search-form input", ".rows .card"}},
	{name: "withdrawn", path: withdrawnPath, status: 410, shows: []string{"h1", ".search-form input"}},
	{name: "newsletter", path: "/newsletter", shows: []string{"h1"}},
}

// The pages of a magazine, each by day on a phone and by night on a desk, then
// on the narrowest window that a page has to fit: 320 px, which is also what a
// window of 1280 px is at 400 %, and 720 px, a desk's at 200 %.
func TestReaderOpensEveryKindOfPage(t *testing.T) {
	t.Parallel()
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := read(t, phone)
			if k.status != 0 {
				p.expect(k.status)
			}
			p.open(k.path, max(k.status, 200))
			for _, s := range k.shows {
				if !js[bool](p, fmt.Sprintf(`document.querySelector(%q) !== null`, s)) {
					t.Errorf("there is no %s", s)
				}
			}
			if got := js[string](p, `document.querySelector("main").innerText`); !strings.Contains(got, k.says) {
				t.Errorf("the page does not say %q", k.says)
			}
			if n := js[int](p, `document.querySelectorAll("h1").length`); n != 1 {
				t.Errorf("there are %d h1", n)
			}
			p.check(k.name)
			for _, width := range []int64{320, 720} {
				p.see(look{width: width, height: 700, scheme: "light"})
				p.fits(k.name)
			}
		})
	}
}

// open goes to an address and asks for the status of the answer.
func (p *page) open(path string, status int64) {
	p.t.Helper()
	r, err := chromedp.Run(p.ctx, chromedp.NavigateResponse(p.base+path))
	if err != nil {
		p.t.Fatal(err)
	}
	if r.Status != status {
		p.t.Errorf("%s: status %d, want %d", path, r.Status, status)
	}
	p.whole()
}

func TestReaderSeesRawHTMLInAFrameOfItsOwn(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit(everythingPath)
	p.bring("iframe.raw", 300)
	src := js[string](p, `document.querySelector("iframe.raw").src`)
	for end := time.Now().Add(patience); ; {
		frames := call(p, cdppage.GetFrameTree, cdp.Empty{}).FrameTree.ChildFrames
		if len(frames) == 1 && frames[0].Frame.URL == src {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the frame of %s does not load: %+v", src, frames)
		}
		p.calm()
	}
	p.fits("an article with a frame")
}

func TestReaderPrintsAnArticle(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit("/eastern-marches/the-generals-arithmetic")
	p.ready()
	p.see(look{width: 720, height: 1000, scheme: "light", media: "print"})
	p.calm()
	for _, s := range []string{".masthead nav", ".masthead .find", ".menu", ".skip", ".stream", ".newsletter", ".share", ".colophon nav"} {
		if js[bool](p, fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.checkVisibility())`, s)) {
			t.Errorf("%s is printed", s)
		}
	}
	for _, s := range []string{".nameplate", "h1.headline", ".bylines", ".dates", ".prose > p", ".prose table", ".footnotes", ".pull-quote"} {
		if !js[bool](p, fmt.Sprintf(`document.querySelector(%q)?.checkVisibility()`, s)) {
			t.Errorf("%s is not printed", s)
		}
	}
	p.fits("print")
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(pdf), "/Type /Page\n") + strings.Count(string(pdf), "/Type /Page "); n > 12 {
		t.Errorf("an article of 1,500 words takes %d pages", n)
	}
}

func TestReaderOfArabicReadsFromTheRight(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	arabic, err := h.arabic()
	if err != nil {
		t.Fatal(err)
	}
	p := readAt(t, arabic.base, desk)
	for _, path := range []string{"/", "/eastern-marches/the-generals-arithmetic", "/ideas/on-being-quoted", "/northern-rim", "/search?q=treaty", "/archive/2026", changedPath + "/history", changedPath + "/history/1", changedPath + "/history/1..4/side"} {
		p.visit(path)
		if got := js[string](p, `document.documentElement.lang + " " + document.documentElement.dir + " " + getComputedStyle(document.body).direction`); got != "ar rtl rtl" {
			t.Errorf("%s: language and direction are %q", path, got)
		}
		p.check("Arabic " + path)
		p.see(look{width: 320, height: 700, scheme: "light"})
		p.fits("Arabic " + path)
		p.see(desk)
	}
	// The mirror: the name stands at the right, the menu at the left.
	p.see(phone)
	if !js[bool](p, `document.querySelector(".nameplate a").getBoundingClientRect().left > document.querySelector(".menu summary").getBoundingClientRect().left`) {
		t.Error("the masthead is not mirrored")
	}
}

// shifts adds up what moves without the reader's doing.
const shifts = `window.shifted = 0; window.shifts = [];
new PerformanceObserver((list) => {
	for (const e of list.getEntries()) if (!e.hadRecentInput) {
		shifted += e.value;
		shifts.push(e.value.toFixed(4) + " " + e.sources.map((s) => s.node && (s.node.nodeName + "." + (s.node.className || ""))).join(" "));
	}
}).observe({ type: "layout-shift", buffered: true });`

func TestReaderSeesEveryPictureAndNothingMoves(t *testing.T) {
	t.Parallel()
	for _, l := range []look{phone, desk} {
		for _, path := range []string{"/", leadPath} {
			t.Run(fmt.Sprintf("%s at %d", path, l.width), func(t *testing.T) {
				t.Parallel()
				p := read(t, l)
				p.before(shifts)
				p.visit(path)
				for _, fault := range js[[]string](p, `[...document.querySelectorAll("main img")].flatMap((i) => {
					const out = [], name = i.getAttribute("src"), r = i.getBoundingClientRect();
					if (!i.getAttribute("width") || !i.getAttribute("height")) out.push(name + " has no width and height");
					if (!i.hasAttribute("alt")) out.push(name + " has no alt");
					if (r.width && r.top > 2 * innerHeight && i.loading !== "lazy") out.push(name + " is far below but not lazy");
					return out;
				})`) {
					t.Error(fault)
				}
				lead := js[[]string](p, `(() => { const i = document.querySelector("main img"); return [i.fetchPriority, i.loading]; })()`)
				if lead[0] != "high" || lead[1] == "lazy" {
					t.Errorf("the lead picture has fetchpriority %q, loading %q", lead[0], lead[1])
				}
				if n := js[int](p, `document.querySelectorAll('img[fetchpriority="high"]').length`); n != 1 {
					t.Errorf("%d pictures claim high priority", n)
				}
				// Down the page, a window at a time, so that the lazy ones come; the
				// stream is left out: it would never end.
				for step := 0; js[bool](p, fmt.Sprintf(`(scrollTo({ top: %d * innerHeight, behavior: "instant" }),
					scrollY + innerHeight < Math.min(document.documentElement.scrollHeight, (document.querySelector(".stream")?.offsetTop ?? Infinity)) - 2)`, step)); step++ {
					p.wait("the pictures in view", `[...document.images].every((i) => { const r = i.getBoundingClientRect(); return !r.width || r.bottom < 0 || r.top > innerHeight || r.left > innerWidth || i.complete; })`)
				}
				// On a phone a strip runs on beyond the edge: to its end, too.
				js[bool](p, `(document.querySelectorAll(".strip").forEach((s) => { s.scrollIntoView({ behavior: "instant" }); s.scrollTo({ left: s.scrollWidth, behavior: "instant" }); }), true)`)
				p.wait("all pictures above the stream", `[...document.querySelectorAll("main img")].filter((i) => i.checkVisibility() && !i.closest(".stream")).every((i) => i.complete)`)
				for _, src := range js[[]string](p, `[...document.querySelectorAll("main img")].filter((i) => i.checkVisibility() && !i.closest(".stream") && !i.naturalWidth).map((i) => i.src)`) {
					t.Errorf("picture %s does not load", src)
				}
				p.calm()
				if cls := js[float64](p, `shifted`); cls >= 0.02 {
					t.Errorf("the layout shifts by %.4f: %s", cls, js[[]string](p, `shifts`))
				}
			})
		}
	}
}
