// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// The lead of the demo's front page.
const leadPath = "/northern-rim/the-sound/the-warning-nobody-would-own"

// ids are the stories on the page, from above.
func (p *page) ids() []string {
	p.t.Helper()
	return js[[]string](p, `[...document.querySelectorAll("article.story[data-id]")].map((s) => s.dataset.id)`)
}

// story is the selector of the nth story on the page: 0 is the article itself.
func (p *page) story(n int) string {
	p.t.Helper()
	return fmt.Sprintf(`article.story[data-id="%s"]`, p.ids()[n])
}

// once fails when a story stands on the page twice.
func (p *page) once() []string {
	p.t.Helper()
	ids := p.ids()
	sorted := slices.Sorted(slices.Values(ids))
	if len(slices.Compact(sorted)) != len(ids) {
		p.t.Errorf("a story stands on the page twice: %v", ids)
	}
	return ids
}

// bring scrolls so that the top of the element stands at the height given.
func (p *page) bring(selector string, height int) {
	p.t.Helper()
	js[bool](p, fmt.Sprintf(`(scrollBy({ top: document.querySelector(%q).getBoundingClientRect().top - %d, behavior: "instant" }), true)`, selector, height))
}

// toEnd scrolls to the end of the page as it is now.
func (p *page) toEnd() {
	p.t.Helper()
	js[bool](p, `(scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }), true)`)
}

// top is where the element stands in the window.
func (p *page) top(selector string) float64 {
	p.t.Helper()
	return js[float64](p, fmt.Sprintf(`document.querySelector(%q).getBoundingClientRect().top`, selector))
}

// ready waits for the script of the stream.
func (p *page) ready() {
	p.t.Helper()
	p.wait("the script of the stream", `document.querySelector(".stream .stream-more button")`)
}

// moreShown says whether the reader is offered more stories.
const moreShown = `(() => { const b = document.querySelector(".stream .stream-more button"); return b && b.checkVisibility() && !b.disabled; })()`

// scrollOn scrolls down until there are so many stories.
func (p *page) scrollOn(stories int) {
	p.t.Helper()
	for len(p.ids()) < stories {
		n := len(p.ids())
		p.toEnd()
		p.wait("the next stories", fmt.Sprintf(`document.querySelectorAll("article.story[data-id]").length > %d`, n))
	}
}

func TestReaderReadsOnFromTheFrontPage(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit("/")
	p.check("front")

	p.click(".card-lead .headline a")
	p.arrive(leadPath)
	p.ready()
	title := js[string](p, `document.title`)

	// Three loads come by themselves, then there is a button.
	for range 12 {
		if p.toEnd(); js[bool](p, moreShown) {
			break
		}
		n := len(p.ids())
		p.wait("more stories or the button", fmt.Sprintf(`document.querySelectorAll("article.story[data-id]").length > %d || %s`, n, moreShown))
	}
	if ids := p.once(); len(ids) != 1+3*3 {
		t.Errorf("after three loads there are %d stories, want 10", len(ids))
	}
	if n := p.asked("/stream?"); n != 3 {
		t.Errorf("the stream was asked %d times, want 3", n)
	}
	if links := js[bool](p, `document.querySelector(".stream-links").checkVisibility()`); links {
		t.Error("the links of the next stories stand above the stories themselves")
	}

	// The footer can be reached and stays.
	p.wait("the footer", `scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }),
		document.querySelector("footer.colophon").getBoundingClientRect().bottom <= innerHeight + 1`)
	p.calm()
	if n := p.asked("/stream?"); n != 3 {
		t.Error("reaching the footer loaded more stories")
	}

	// Address and title follow the story in view, both ways.
	for _, n := range []int{2, 4, 1} {
		s := p.story(n)
		p.bring(s, 60)
		p.wait("the address of story "+fmt.Sprint(n), fmt.Sprintf(`location.pathname === new URL(document.querySelector(%q).dataset.url, location.href).pathname`, s))
		p.wait("its title", fmt.Sprintf(`document.title.startsWith(document.querySelector(%q).dataset.title)`, s))
		if got := js[string](p, `document.title`); !strings.HasSuffix(got, "The Causeway") {
			t.Errorf("the title %q has lost the magazine", got)
		}
	}
	js[bool](p, `(scrollTo({ top: 0, behavior: "instant" }), true)`)
	p.wait("the first address again", fmt.Sprintf(`location.pathname === %q`, leadPath))
	p.wait("the first title again", fmt.Sprintf(`document.title === %q`, title))

	// Keep reading opens in place.
	s := p.story(2)
	toggle := s + " .keep-reading button"
	p.bring(toggle, 500)
	if got := js[string](p, fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-expanded")`, toggle)); got != "false" {
		t.Errorf("aria-expanded = %q before opening", got)
	}
	before := js[int](p, fmt.Sprintf(`document.querySelector(%q).innerText.length`, s))
	p.click(toggle)
	p.wait("the story to open", fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-expanded") === "true"`, toggle))
	if after := js[int](p, fmt.Sprintf(`document.querySelector(%q).innerText.length`, s)); after < 2*before {
		t.Errorf("opening made %d characters of %d", after, before)
	}
	if got := p.path(); !strings.HasPrefix(got, "/") || strings.Contains(got, "stream") {
		t.Errorf("opening led to %s", got)
	}
	p.check("article with an open story in the stream")

	// Show less closes and leaves the reader where they are.
	p.bring(toggle, 400)
	p.calm()
	at := p.top(toggle)
	p.click(toggle)
	p.wait("the story to close", fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-expanded") === "false"`, toggle))
	p.calm()
	if now := p.top(toggle); math.Abs(now-at) > 2 {
		t.Errorf("closing moved the button from %.0f to %.0f", at, now)
	}
}

func TestReaderReadsToTheEndAndMeetsEveryStoryOnce(t *testing.T) {
	t.Parallel()
	p := read(t, phone)
	p.visit("/ideas/on-being-quoted")
	p.ready()
	for {
		// Counted before: what comes while the page scrolls has moved its end.
		n := len(p.ids())
		p.toEnd()
		p.wait("more stories, the button or the end", fmt.Sprintf(`document.querySelectorAll("article.story[data-id]").length > %d || %s ||
			document.querySelector(".stream-more").hidden && document.querySelector(".stream-status").textContent === "" && document.querySelectorAll("article.story").length > 40`, n, moreShown))
		if js[bool](p, moreShown) {
			n = len(p.ids())
			p.click(".stream .stream-more button")
			p.wait("the stories that were asked for", fmt.Sprintf(`document.querySelectorAll("article.story[data-id]").length > %d`, n))
			p.wait("the first of them to have the focus", fmt.Sprintf(`document.querySelectorAll("article.story[data-id]")[%d].contains(document.activeElement)`, n))
		} else if len(p.ids()) == n {
			break
		}
	}
	ids := p.once()
	// The sitemap knows them too: a story stands below a section, a page does not.
	all := js[int](p, `fetch("/sitemaps/1.xml").then((r) => r.text()).then((t) => t.match(/<loc>https?:..[^/<]+\/[^/<]+\/[^<]+/g).length)`)
	if len(ids) != all || all < 40 {
		t.Errorf("the stream brought %d stories, the sitemap has %d", len(ids), all)
	}
	p.fits("the whole stream")
}

func TestReaderComesBackToTheSamePlace(t *testing.T) {
	t.Parallel()
	for _, l := range []look{desk, phone} {
		t.Run(fmt.Sprint(l.width), func(t *testing.T) {
			t.Parallel()
			p := read(t, l)
			p.visit(leadPath)
			p.ready()
			p.scrollOn(7)
			opened := []string{p.story(2), p.story(4)}
			for _, s := range opened {
				p.bring(s+" .keep-reading button", 500)
				p.click(s + " .keep-reading button")
				p.wait("the story to open", fmt.Sprintf(`document.querySelector(%q).checkVisibility()`, s+" .rest"))
			}
			here := opened[1]
			p.bring(here+" .story-meta a", 300)
			p.wait("the address of the story", fmt.Sprintf(`location.pathname === new URL(document.querySelector(%q).dataset.url, location.href).pathname`, here))
			p.calm()
			type place struct {
				Path string
				Open []string
			}
			look := func() place {
				return place{p.path(), js[[]string](p, `[...document.querySelectorAll(".rest")].filter((r) => r.checkVisibility()).map((r) => r.id)`)}
			}
			want, at := look(), p.top(here)
			if len(want.Open) != 2 {
				t.Fatalf("%d stories are open, want 2", len(want.Open))
			}

			same := func(how string) {
				t.Helper()
				p.wait("the stories to be open again after "+how, fmt.Sprintf(`document.querySelector(%q)?.checkVisibility()`, here+" .rest"))
				p.wait("the same address after "+how, fmt.Sprintf(`location.pathname === %q`, want.Path))
				p.wait("the same place after "+how, fmt.Sprintf(`Math.abs(document.querySelector(%q).getBoundingClientRect().top - %f) <= 60`, here, at))
				p.calm()
				if now := p.top(here); math.Abs(now-at) > 60 {
					t.Errorf("after %s the story stands at %.0f, was at %.0f", how, now, at)
				}
				if diff := cmp.Diff(want, look()); diff != "" {
					t.Errorf("after %s (-want +got):\n%s", how, diff)
				}
				p.once()
			}
			p.click(here + " .story-meta .bylines a")
			p.wait("the person's page", `location.pathname.startsWith("/person/")`)
			p.whole()
			p.back()
			same("Back")
			// A reload asks for the address that the reader sees: the story in view
			// is the page now, at the same line of its text.
			line := p.top(here + " .story-body")
			p.do(chromedp.Reload())
			p.whole()
			p.wait("the same line after a reload", fmt.Sprintf(`Math.abs(document.querySelector("article.story .story-body").getBoundingClientRect().top - %f) <= 60`, line))
			p.calm()
			if got := p.path(); got != want.Path {
				t.Errorf("after a reload the address is %s, want %s", got, want.Path)
			}
		})
	}
}

func TestReaderWhoSavesDataOrWantsStillnessIsAsked(t *testing.T) {
	t.Parallel()
	yes := true
	tests := []struct {
		name string
		set  func(p *page)
	}{
		{"save data", func(p *page) {
			call(p, emulation.SetDataSaverOverride, emulation.SetDataSaverOverrideParams{DataSaverEnabled: &yes})
		}},
		{"slow line", func(p *page) {
			call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Latency: 2000, DownloadThroughput: 5000, UploadThroughput: 5000, ConnectionType: network.ConnectionTypeCellular2g})
		}},
		{"reduced motion", func(p *page) {
			still := phone
			still.still = true
			p.see(still)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := read(t, phone)
			tt.set(p)
			p.visit("/security/what-the-treaty-counts")
			p.ready()
			p.toEnd()
			p.wait("the button", moreShown)
			p.calm()
			if n := p.asked("/stream?"); n != 0 {
				t.Errorf("%d loads came unasked", n)
			}
			if !js[bool](p, `document.querySelector(".stream-links").checkVisibility()`) {
				t.Error("the next stories do not stand there as links")
			}
			p.click(".stream .stream-more button")
			p.wait("the stories that were asked for", `document.querySelectorAll(".stream-story").length === 3`)
			p.toEnd()
			p.wait("the button again", moreShown)
			p.calm()
			if n := p.asked("/stream?"); n != 1 {
				t.Errorf("%d loads for one press", n)
			}
		})
	}
}
