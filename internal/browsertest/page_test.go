// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a page may take to become what a test waits for. The
// machine may be busy; a working page takes a hundredth of it.
const patience = 40 * time.Second

// lifetime ends a tab that hangs.
const lifetime = 10 * time.Minute

// look is how a reader sees a page.
type look struct {
	width, height int64
	scheme        string // light, dark
	media         string // print, or the screen
	still         bool   // prefers-reduced-motion
}

var (
	phone = look{width: 390, height: 844, scheme: "light"}
	desk  = look{width: 1440, height: 900, scheme: "light"}
	night = look{width: 1440, height: 900, scheme: "dark"}
)

func (l look) String() string { return fmt.Sprintf("%d px, %s", l.width, l.scheme) }

// page is a tab with a reader before it. Everything that a page must never do
// is noted while it is read: see faults.
type page struct {
	t    *testing.T
	ctx  context.Context
	base string
	look look

	mu       sync.Mutex
	faults   []string
	requests []string
	expected map[int64]bool // statuses that are no fault
}

// read opens a tab on the demo magazine.
func read(t *testing.T, l look) *page {
	t.Helper()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	return readAt(t, h.english.base, l)
}

// readAt opens a tab on the magazine at base, apart from all other tabs.
func readAt(t *testing.T, base string, l look) *page {
	t.Helper()
	parent, err := browser()
	if err != nil {
		t.Fatal(err)
	}
	tab, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &page{t: t, ctx: tab, base: base, expected: map[int64]bool{}}
	p.do(chromedp.Func(func(context.Context, *chromedp.Target) error { return nil })) // opens the tab, without a timeout
	ctx, stop := context.WithTimeout(tab, lifetime)
	t.Cleanup(stop)
	p.ctx = ctx
	if err := chromedp.Listen(tab, p.watch); err != nil {
		t.Fatal(err)
	}
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	p.see(l)
	t.Cleanup(p.faultless)
	return p
}

// watch runs for every event of the tab, in the loop that reads them.
func (p *page) watch(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fault := func(format string, args ...any) { p.faults = append(p.faults, fmt.Sprintf(format, args...)) }
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		fault("exception: %v", &chromedp.ExceptionError{ExceptionDetails: ev.ExceptionDetails})
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" || ev.Type == "warning" {
			fault("console.%s", ev.Type)
		}
	case *log.EventEntryAdded:
		// A failed request is told below, with its status.
		if ev.Entry.Level == log.EntryLevelError && ev.Entry.Source != log.EntrySourceNetwork {
			fault("browser: %s (%s)", ev.Entry.Text, ev.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, ev.Request.URL)
		if u := ev.Request.URL; strings.HasPrefix(u, "http") && !strings.HasPrefix(u, p.base+"/") {
			fault("request to somebody else: %s", u)
		}
	case *network.EventResponseReceived:
		if s := ev.Response.Status; s >= 400 && !p.expected[s] {
			fault("%d %s", s, ev.Response.URL)
		}
	case *network.EventLoadingFailed:
		if !ev.Canceled && ev.ErrorText != "net::ERR_ABORTED" {
			fault("request failed: %s %s", ev.ErrorText, ev.BlockedReason)
		}
	}
}

// faultless fails the test for what was noted so far.
func (p *page) faultless() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		p.t.Error(f)
	}
	p.faults = nil
}

// asked counts the requests made so far whose address contains part.
func (p *page) asked(part string) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, u := range p.requests {
		if strings.Contains(u, part) {
			n++
		}
	}
	return n
}

// expect makes a status of an answer no fault.
func (p *page) expect(status int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expected[status] = true
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatalf("%v (at %s)", err, p.at())
	}
}

// at is where the tab is, for messages.
func (p *page) at() string {
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`location.pathname + location.search + " at " + Math.round(scrollY)`))
	if err != nil {
		return "an unknown place"
	}
	return s
}

// js evaluates an expression in the page; a promise is awaited.
func js[T any](p *page, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%v in %s (at %s)", err, expression, p.at())
	}
	return v
}

// wait waits until the condition holds, over the loading of pages too. What
// says what is waited for.
func (p *page) wait(what, condition string) {
	p.t.Helper()
	if !p.comes(condition) {
		p.t.Fatalf("waited in vain for %s (at %s): %s", what, p.at(), condition)
	}
}

func (p *page) comes(condition string) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](`!!(`+condition+`)`)); err == nil && ok {
			return true
		} else if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
			return false
		}
		select {
		case <-p.ctx.Done():
			return false
		case <-time.After(40 * time.Millisecond):
		}
	}
	return false
}

// see changes the reader's window and preferences.
func (p *page) see(l look) {
	p.t.Helper()
	p.look = l
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: l.height, DeviceScaleFactor: 1})
	motion := "no-preference"
	if l.still {
		motion = "reduce"
	}
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: l.media, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "prefers-reduced-motion", Value: motion},
	}})
}

// visit goes to an address and waits until the page is whole.
func (p *page) visit(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.base + path))
	p.whole()
}

// whole waits until page, fonts and the pictures in view are there.
func (p *page) whole() {
	p.t.Helper()
	p.wait("the page to be whole", `document.readyState === "complete" && document.fonts.status === "loaded" &&
		[...document.images].every((i) => i.complete || i.loading === "lazy" || !i.getAttribute("src"))`)
}

// back presses the browser's Back and waits for the page.
func (p *page) back() {
	p.t.Helper()
	p.do(chromedp.NavigateBack())
}

// click clicks on the first element of the selector as a mouse would.
func (p *page) click(selector string) {
	p.t.Helper()
	p.wait(selector+" to be there", fmt.Sprintf(`document.querySelector(%q)`, selector))
	p.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// press presses keys on the keyboard.
func (p *page) press(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	for part := range strings.SplitAfterSeq(keys, kb.Enter) {
		text, enter := strings.CutSuffix(part, kb.Enter)
		p.do(chromedp.KeyEvent(text, options...))
		if !enter {
			continue
		}
		// One event with its text, as a keyboard sends it: the browser makes the
		// character only when the page did not take the key for itself.
		down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13}
		call(p, input.DispatchKeyEvent, down)
		down.Type, down.Text = input.DispatchKeyEventTypeKeyUp, ""
		call(p, input.DispatchKeyEvent, down)
	}
}

// path is the address that the reader sees.
func (p *page) path() string {
	p.t.Helper()
	u, err := url.Parse(js[string](p, `location.href`))
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.TrimSuffix(u.RequestURI(), "?")
}

// arrive waits for a page at the path.
func (p *page) arrive(path string) {
	p.t.Helper()
	p.wait("the page "+path, fmt.Sprintf(`location.pathname === %q`, path))
	p.whole()
}

// calm waits until what was changed is painted: two frames, no transition.
func (p *page) calm() {
	p.t.Helper()
	js[bool](p, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
	p.wait("transitions to end", `document.getAnimations().every((a) => a.playState !== "running")`)
}

// check looks at the page twice, on a phone by day and on a desk by night:
// each time axe finds nothing, nothing overflows, and nothing was amiss while
// it loaded. The reader's own look is restored.
func (p *page) check(name string) {
	p.t.Helper()
	own := p.look
	for _, l := range []look{phone, night} {
		p.see(l)
		p.fits(name)
		p.axe(name)
	}
	p.see(own)
	p.calm()
	p.faultless()
}

// fits checks that nothing lies beside the page: neither something to scroll
// to sideways, nor text or a picture that is cut off.
func (p *page) fits(name string) {
	p.t.Helper()
	p.calm()
	for _, e := range js[[]string](p, spilling) {
		p.t.Errorf("%s (%v): beside the page: %s", name, p.look, e)
	}
}

const spilling = `(() => {
	const root = document.documentElement, width = root.clientWidth, out = [];
	if (root.scrollWidth > width) out.push("the page scrolls sideways by " + (root.scrollWidth - width) + " px");
	for (const e of document.body.querySelectorAll("*")) {
		const holds = e.tagName === "IMG" || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
		if (!holds || !e.checkVisibility({ visibilityProperty: true })) continue;
		const r = e.getBoundingClientRect();
		if (!r.width || r.right <= width + 1.5 && r.left >= -1.5) continue;
		let scrolls = false;
		for (let a = e; a && a !== document.body && a.tagName !== "MAIN"; a = a.parentElement) {
			const s = getComputedStyle(a);
			if (/auto|scroll|hidden/.test(s.overflowX) || s.clipPath !== "none") { scrolls = true; break; }
		}
		if (!scrolls) out.push(e.tagName.toLowerCase() + "." + e.className + " from " + Math.round(r.left) + " to " + Math.round(r.right) + " of " + width + ": " + (e.textContent || e.alt || "").trim().slice(0, 50));
	}
	return out.slice(0, 5);
})()`

// axe runs axe-core over the page as it is.
func (p *page) axe(name string) {
	p.t.Helper()
	source, err := axeSource()
	if err != nil {
		p.t.Fatal(err)
	}
	if !js[bool](p, `"axe" in window`) {
		p.do(chromedp.Evaluate[chromedp.Void](source + `; undefined`))
	}
	for _, v := range js[[]string](p, `axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
	}).then((r) => r.violations.map((v) => v.impact + " " + v.id + " x" + v.nodes.length + ": " +
		v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " (" + (n.any[0] || n.all[0] || n.none[0] || {}).message + ")").join("; ")))`) {
		p.t.Errorf("%s (%v): axe: %s", name, p.look, v)
	}
}

// call sends a command of the protocol.
func call[P, R any](p *page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	r, err := chromedp.Call(p.ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return r
}

// before adds a script that runs before those of each page.
func (p *page) before(source string) {
	p.t.Helper()
	call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: source})
}
