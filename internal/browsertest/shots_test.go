// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	shots     = flag.String("shots", "", "photograph every kind of page into this folder")
	shotsBase = flag.String("shots-base", "", "photograph the magazine at this address instead of the demo")
	shotsOnly = flag.String("shots-only", "", "photograph only pages whose name contains this")
)

// TestPhotographEveryPage takes the pictures that people look at, and is no
// test: without -shots it does nothing.
//
//	go test ./internal/browsertest -run Photograph -shots /tmp/shots
func TestPhotographEveryPage(t *testing.T) {
	if *shots == "" {
		return
	}
	if err := os.MkdirAll(*shots, 0o755); err != nil {
		t.Fatal(err)
	}
	var p *page
	if *shotsBase != "" {
		p = readAt(t, strings.TrimSuffix(*shotsBase, "/"), desk)
	} else {
		p = read(t, desk)
	}
	p.expect(404)
	p.expect(410)
	for _, k := range kinds {
		if !strings.Contains(k.name, *shotsOnly) {
			continue
		}
		p.visit(k.path)
		p.photograph(k.name)
	}
	p.photographStates()
}

// states are what a page looks like after a reader has done something.
var states = []struct {
	name, path string
	look       look
	act        func(p *page)
}{
	{"menu", "/", phone, func(p *page) { p.click(".menu summary") }},
	{"suggestions", "/latest", desk, func(p *page) {
		p.click("#find-masthead")
		p.press("vor")
		p.wait("suggestions", `document.querySelector(".suggestions")`)
	}},
	{"stream", leadPath, desk, func(p *page) {
		p.ready()
		p.scrollOn(4)
		p.bring(p.story(1), 100)
	}},
	{"stream", leadPath, phone, func(p *page) {
		p.ready()
		p.scrollOn(10)
		p.bring(".stream .stream-more button", 600)
	}},
	{"footnote", everythingPath, desk, func(p *page) { p.bring(".footnote-ref", 300) }},
}

func (p *page) photographStates() {
	p.t.Helper()
	for _, s := range states {
		if !strings.Contains(s.name, *shotsOnly) {
			continue
		}
		p.see(s.look)
		p.visit(s.path)
		s.act(p)
		p.calm()
		p.photo(fmt.Sprintf("state-%s-%d", s.name, s.look.width), chromedp.CaptureScreenshot())
	}
}

// photograph takes the whole page at four widths, by day and by night.
func (p *page) photograph(name string) {
	p.t.Helper()
	for _, width := range []int64{1440, 1024, 768, 390} {
		for _, scheme := range []string{"light", "dark"} {
			p.see(look{width: width, height: 900, scheme: scheme})
			js[bool](p, `([...document.images].forEach((i) => { i.loading = "eager"; }), true)`)
			p.wait("all pictures", `[...document.images].filter((i) => i.checkVisibility()).every((i) => i.complete)`)
			js[bool](p, `Promise.all([...document.images].filter((i) => i.checkVisibility()).map((i) => i.decode().catch(() => {}))).then(() => true)`)
			p.calm()
			p.photo(fmt.Sprintf("%s-%d-%s", strings.ReplaceAll(name, " ", "-"), width, scheme), chromedp.FullScreenshot(100))
		}
	}
}

func (p *page) photo(name string, shot chromedp.Action[[]byte]) {
	p.t.Helper()
	b, err := chromedp.Run(p.ctx, shot)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), b, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
