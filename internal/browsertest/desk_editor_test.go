// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"embed"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stet/internal/demo"
	"stet/internal/newsroom"
)

// writer is somebody at the desk with a story open.
type writer struct {
	*page
	story string
}

// signIn signs in at the desk without the form, which has a test of its own.
func signIn(p *page, who string) {
	p.t.Helper()
	p.visit("/robots.txt") // a page of the magazine's own, with nothing to load
	if status := js[int](p, fmt.Sprintf(`fetch("/api/session", {method: "POST", headers: {"Content-Type": "application/json"},
		body: JSON.stringify({email: %q, password: %q})}).then((r) => r.status)`, who+"@causeway.example", demo.Password)); status != 200 {
		p.t.Fatalf("signing in as %s: %d", who, status)
	}
}

// beginStory begins a story through the API and opens it.
func beginStory(p *page, headline string) *writer {
	p.t.Helper()
	id := js[string](p, fmt.Sprintf(`fetch("/api/articles", {method: "POST", headers: {"Content-Type": "application/json"},
		body: JSON.stringify({headline: %q})}).then((r) => r.json()).then((a) => a.id)`, headline))
	return openStory(p, id)
}

func openStory(p *page, story string) *writer {
	p.t.Helper()
	w := &writer{p, story}
	w.open()
	return w
}

func (w *writer) open() {
	w.t.Helper()
	w.visit("/desk/articles/" + w.story)
	w.wait("the editor", `document.querySelector(".ProseMirror")`)
}

// caret puts the cursor at the beginning or the end of the text.
func (w *writer) caret(end bool) {
	w.t.Helper()
	js[bool](w.page, fmt.Sprintf(`(() => { const e = document.querySelector(".ProseMirror"); e.focus();
		const s = getSelection(); s.selectAllChildren(e); %t ? s.collapseToEnd() : s.collapseToStart(); return true })()`, end))
	w.calm()
}

// write puts the cursor at the end of the text and types.
func (w *writer) write(text string) {
	w.t.Helper()
	w.caret(true)
	w.press(text)
}

// mod presses a key together with Ctrl.
func (w *writer) mod(key string, more ...chromedp.KeyOption) {
	w.t.Helper()
	w.do(chromedp.KeyEvent(key, append(more, chromedp.KeyModifiers(2))...))
}

// says waits until the editor says where the text is.
func (w *writer) says(words string) {
	w.t.Helper()
	w.wait("the editor to say "+words, fmt.Sprintf(`document.querySelector("[data-testid=save]")?.textContent.startsWith(%q)`, words))
}

// shows waits until the editor shows a text.
func (w *writer) shows(text string) {
	w.t.Helper()
	w.wait(fmt.Sprintf("the editor to show %q", text), fmt.Sprintf(`document.querySelector(".ProseMirror")?.textContent.includes(%q)`, text))
}

// body is what the server has: type(content) of each block, marks before their text.
func (w *writer) body() string {
	w.t.Helper()
	return js[string](w.page, fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.json()).then((c) => {
		const show = (n) => n.type === "text" ? (n.marks ?? []).map((m) => m.type + ":").join("") + n.text : n.type + "(" + (n.content ?? []).map(show).join("") + ")";
		return (c.body.content ?? []).map(show).join(" ") })`, w.story))
}

// wantBody waits until the server has the body: the editor may be a pause ahead.
func (w *writer) wantBody(want string) {
	w.t.Helper()
	got := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if got = w.body(); got == want {
			return
		}
	}
	w.t.Errorf("the body is\n%s\nwant\n%s", got, want)
}

// TestWritersDay writes a story with what a story has, and finds it again.
func TestWritersDay(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	signIn(p, "leila")
	w := beginStory(p, "A day at the ferry")
	w.write(`She said "no" - it's over.` + kb.Enter + "## The crossing" + kb.Enter + "/quotation" + kb.Enter + "We were never asked.")
	w.press(kb.Enter + kb.Enter + "See the report")
	// The last word becomes a link.
	js[bool](p, `(() => { getSelection().modify("extend", "backward", "word"); return true })()`)
	w.wait("the word to be chosen", `getSelection().toString() === "report"`)
	w.calm()
	w.mod("k")
	w.wait("the box for the link", `document.activeElement?.placeholder === "https://"`)
	w.press("https://example.org/report" + kb.Enter)
	w.wait("the link", `document.querySelector(".ProseMirror a[href='https://example.org/report']") && !document.querySelector("[role=dialog]")`)
	w.caret(true)
	w.do(chromedp.KeyEvent("f", chromedp.KeyModifiers(3))) // Ctrl Alt F
	w.wait("the footnote", `document.querySelector(".ProseMirror .footnote")`)
	w.press("Page four." + kb.Enter)
	w.calm()
	w.press(kb.Enter + "/table" + kb.Enter)
	w.wait("the table", `document.querySelector(".ProseMirror th")`)
	w.press("Year\tCrossings\tShips\t1998")
	w.wantBody(`paragraph(She said “no” - it’s over.) heading(The crossing) blockquote(paragraph(We were never asked.)) paragraph(See the link:reportfootnote(Page four.))` +
		` table(tableRow(tableHeader(paragraph(Year))tableHeader(paragraph(Crossings))tableHeader(paragraph(Ships)))tableRow(tableCell(paragraph(1998))tableCell(paragraph())tableCell(paragraph()))` +
		`tableRow(tableCell(paragraph())tableCell(paragraph())tableCell(paragraph())))`)
	w.says("Saved")
	w.click("textarea[aria-label=Dek]")
	w.press("What nobody was asked")
	w.wait("the dek to be saved", fmt.Sprintf(`(async () => (await (await fetch("/api/articles/%s/copy")).json()).fields.dek === "What nobody was asked")()`, w.story))
	w.open()
	w.shows("never asked")
	w.wait("the dek", `document.querySelector("textarea[aria-label=Dek]").value === "What nobody was asked"`)
	// Find and replace, and the way back.
	w.caret(false)
	w.mod("f")
	w.press("crossing")
	w.wait("both hits", `document.querySelectorAll(".ProseMirror .hit").length === 2`)
	w.check("the editor")
}

// TestOfflineAndBack writes while the server is dead, loads nothing anew, and
// finds all of it saved when the server is back; then the window itself goes.
func TestOfflineAndBack(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	m := &mortal{t: t, bin: h.bin, dir: filepath.Join(t.TempDir(), "magazine")}
	if err := furnish(m.dir, func(context.Context, *newsroom.Room) error { return nil }); err != nil {
		t.Fatal(err)
	}
	m.start()
	p := readAt(t, "http://"+m.addr, desk)
	signIn(p, "leila")
	w := beginStory(p, "Through the night")
	w.write("Before.")
	w.wantBody("paragraph(Before.)")
	m.kill()
	w.write(" During.")
	w.says("Offline: kept here")
	m.start()
	w.says("Saved")
	w.wantBody("paragraph(Before. During.)")

	// The server dies, the window is closed with words that nobody else has.
	m.kill()
	w.write(" At the end.")
	w.says("Offline: kept here")
	w.wait("the words to be in the browser's store", fmt.Sprintf(`new Promise((done) => { const r = indexedDB.open("stet", 1); r.onsuccess = () => {
		const q = r.result.transaction("copies").objectStore("copies").getAll(); q.onsuccess = () => done(q.result.some((k) => k.article === %q && JSON.stringify(k.steps).includes("d.") )) } })`, w.story))
	w.do(chromedp.Navigate("about:blank"))
	m.start()
	// Meanwhile a colleague has written in the same paragraph.
	other := readAt(t, "http://"+m.addr, desk)
	signIn(other, "sunniva")
	o := openStory(other, w.story)
	o.caret(false)
	o.press("Well. ")
	o.wantBody("paragraph(Well. Before. During.)")
	p.expect(409) // what was left behind is for a text that has moved on
	w.open()
	w.wantBody("paragraph(Well. Before. During. At the end.)")
	w.says("Saved")
	o.shows("Well. Before. During. At the end.")
	w.forgive()
	o.forgive()
}

// forgive takes back what was noted while the server was dead on purpose.
func (p *page) forgive() {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.faults[:0]
	for _, f := range p.faults {
		if !strings.HasPrefix(f, "request failed: net::ERR_") {
			kept = append(kept, f)
		}
	}
	p.faults = kept
}

// TestTwoConverge has two people write in one story at the same time.
func TestTwoConverge(t *testing.T) {
	t.Parallel()
	a := read(t, desk)
	signIn(a, "sunniva")
	one := beginStory(a, "Together")
	one.write("Middle.")
	one.wantBody("paragraph(Middle.)")
	b := read(t, desk)
	signIn(b, "hanne")
	two := openStory(b, one.story)
	two.shows("Middle.")
	one.wait("the colleague's name", `document.body.textContent.includes("Also here: Hanne")`)
	for i := range 4 {
		one.caret(false)
		one.press(fmt.Sprintf("a%d ", i))
		two.write(fmt.Sprintf(" b%d", i))
	}
	// A step that was made for a text that has moved on is refused with 409 and sent again.
	a.expect(409)
	b.expect(409)
	want := "a3 a2 a1 a0 Middle. b0 b1 b2 b3"
	one.shows(want)
	two.shows(want)
	one.wantBody("paragraph(" + want + ")")
	a.forgiveStatus("409")
	b.forgiveStatus("409")

	// Both change the headline: who comes second is asked, and nothing is lost.
	b.expect(409)
	js[bool](a, fmt.Sprintf(`fetch("/api/articles/%s", {method: "PATCH", headers: {"Content-Type": "application/json"},
		body: JSON.stringify({was: {headline: "Together"}, set: {headline: "Theirs"}})}).then((r) => r.ok)`, one.story))
	one.wait("the other headline", `document.querySelector("textarea[aria-label=Headline]").value === "Theirs"`)
}

func (p *page) forgiveStatus(status string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.faults[:0]
	for _, f := range p.faults {
		if !strings.HasPrefix(f, status+" ") {
			kept = append(kept, f)
		}
	}
	p.faults = kept
}

//go:embed testdata/word.html testdata/gdocs.html testdata/webpage.html
var pasted embed.FS

// TestPaste pastes what Word, Google Docs and a browser put on the clipboard.
func TestPaste(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	signIn(p, "leila")
	for _, tt := range []struct{ file, want string }{
		{"word", `heading(The ferry question) paragraph(The council bold:voted on italic:Monday,footnote(Eleven against four.) and link:the minutes say so.)` +
			` bulletList(listItem(paragraph(First point)bulletList(listItem(paragraph(A point within))))listItem(paragraph(Second point)))` +
			` table(tableRow(tableCell(paragraph(Year))tableCell(paragraph(Crossings))))`},
		{"gdocs", `heading(The harbour) paragraph(Plain, bold:heavy and italic:leaning, with link:a link and COsubscript:2.) orderedList(listItem(paragraph(One))listItem(paragraph(Two)))`},
		{"webpage", `heading(From the web) paragraph(Said the mayor: italic:no comment.) paragraph(Click or link:read on) blockquote(paragraph(It stands.))`},
	} {
		html, err := pasted.ReadFile("testdata/" + tt.file + ".html")
		if err != nil {
			t.Fatal(err)
		}
		w := beginStory(p, "Pasted from "+tt.file)
		w.caret(true)
		js[bool](p, fmt.Sprintf(`(() => { const d = new DataTransfer(); d.setData("text/html", %q); d.setData("text/plain", "words");
			return document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})) || true })()`, html))
		w.wantBody(tt.want)
		if body := js[string](p, fmt.Sprintf(`fetch("/api/articles/%s/copy").then((r) => r.text())`, w.story)); strings.Contains(body, "utm_") || strings.Contains(body, "fbclid") || strings.Contains(body, "google.com") {
			t.Errorf("%s: the link tells who sent the reader: %s", tt.file, body)
		}
	}
}

// mortal is a program that can be killed and started again at its address.
type mortal struct {
	t    *testing.T
	bin  string
	dir  string
	addr string
	// clock is where the program's clock starts; that of the machine when empty.
	clock string
	cmd   *exec.Cmd
}

func (m *mortal) start() {
	m.t.Helper()
	if m.addr == "" {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			m.t.Fatal(err)
		}
		m.addr = l.Addr().String()
		l.Close()
		m.t.Cleanup(m.kill)
	}
	args := []string{"serve", "--data", m.dir, "--addr", m.addr, "--log-level", "error"}
	if m.clock != "" {
		args = append(args, "--clock", m.clock)
	}
	m.cmd = exec.Command(m.bin, args...)
	if err := m.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if c, err := net.Dial("tcp", m.addr); err == nil {
			c.Close()
			return
		}
	}
	m.t.Fatal("the program did not serve within a minute")
}

func (m *mortal) kill() {
	if m.cmd != nil {
		m.cmd.Process.Kill()
		m.cmd.Wait()
		m.cmd = nil
	}
}
