// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
)

// TestPictureEditorsDay: three files at once, of which one is refused; one that
// is interrupted and goes on after a reload; alternative text, credit, focal
// point and crop, which readers see; the end of rights; and a picture in use,
// which cannot be thrown away.
func TestPictureEditorsDay(t *testing.T) {
	p := openLibrary(t)
	p.before(breaking)
	p.visit("/desk/media?asset=" + p.asset)
	p.wait("the picture", `document.querySelector("aside img")`)
	p.check("the library with a picture open")

	// Three at once.
	p.visit("/desk/media")
	p.expect(400)
	p.upload(photograph(t, "quay.jpg", 900, 600, 3), photograph(t, "crane.jpg", 800, 1200, 5), textFile(t, "letter.jpg"))
	p.wait("all three to be over", `document.querySelector("section[aria-label=Uploads] h2").textContent.startsWith("3 of 3")`)
	p.wait("the reason of the refusal", `/letter\.jpg.*Refused: the file is none of JPEG/s.test(document.querySelector("section[aria-label=Uploads] li[data-stage=refused]").textContent)`)
	p.wait("the two others in the library", `document.querySelectorAll("[aria-label=Library] [role=option]").length === 3`)
	p.check("the library with uploads")

	// A connection that breaks after the first part, and a reload while it is
	// broken: the browser has kept the file, and goes on.
	js[bool](p.page, `(sessionStorage.setItem("broken", "yes"), true)`)
	p.upload(photograph(t, "panorama.jpg", 2600, 1900, 7))
	p.wait("the upload to wait", `/Sending|No connection/.test(document.querySelector("section[aria-label=Uploads] li[data-stage=waiting]")?.textContent)`)
	if n := js[int](p.page, `fetch("/api/uploads").then((r) => r.json()).then((l) => l.items[0].received)`); n != 2<<20 {
		t.Errorf("%d bytes are here, want the first part", n)
	}
	js[bool](p.page, `(sessionStorage.removeItem("broken"), true)`)
	p.visit("/desk/media")
	p.wait("the file to arrive after all", `document.querySelectorAll("[aria-label=Library] [role=option]").length === 4`)

	// Words and the focal point; each is saved by itself.
	p.visit("/desk/media?asset=" + p.asset)
	p.fill("Alternative text", "A ferry under a grey sky")
	p.fill("Credit", "Photograph: Elin Vik")
	p.saved()
	p.wait("the circle", `document.querySelector("[aria-label^='Focal point']")`)
	js[bool](p.page, `(document.querySelector("[aria-label^='Focal point']").focus(), true)`)
	for range 5 {
		p.press(kb.ArrowRight)
	}
	p.wait("the new focal point", `document.querySelector("[aria-label^='Focal point, 60 %']")`)
	p.saved()
	p.wait("readers to get the new cut", fmt.Sprintf(`fetch("/latest", { cache: "reload" }).then((r) => r.text()).then((t) => { window.latest = t; }), (window.latest ?? "").includes("/media/%s/3x2-60-50-")`, p.asset))

	// A crop by hand.
	p.click("[aria-label^='Crop: Beside headlines']")
	p.wait("the frame", `document.querySelector("[aria-label^='Frame,']")`)
	js[bool](p.page, `(document.querySelector("[aria-label^='Frame,']").focus(), true)`)
	for range 6 {
		p.press("-")
	}
	p.axe("the crop")
	p.button("Use this crop")
	p.wait("readers to get the crop", fmt.Sprintf(`fetch("/latest", { cache: "reload" }).then((r) => r.text()).then((t) => { window.latest = t; }), /\/media\/%s\/3x2-\d+-\d+-\d+-\d+\.jpg/.test(window.latest ?? "")`, p.asset))
	p.wait("the picture to be there", fmt.Sprintf(`fetch(window.latest.match(/\/media\/%s\/3x2-[\d-]+\.jpg/)[0]).then((r) => { window.cut = r.ok; }), window.cut`, p.asset))

	// What is used is not thrown away.
	p.expect(409)
	p.button("Move to the trash")
	p.wait("the refusal", `[...document.querySelectorAll("[role=alert]")].some((a) => a.textContent.includes("it is used in one place"))`)

	// The rights end while the pages are read.
	p.wait("the story to show the picture", fmt.Sprintf(`fetch("/news/the-ferry").then((r) => r.text()).then((t) => { window.story = t; }), (window.story ?? "").includes("/media/%s/")`, p.asset))
	js[bool](p.page, fmt.Sprintf(`fetch("/api/assets/%[1]s", { method: "PATCH", headers: { "Content-Type": "application/json" }, body: "{}" }).then((r) => r.json()).then((a) =>
		fetch("/api/assets/%[1]s", { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ rightsEnd: new Date(Date.parse(a.updatedAt) + 3000).toISOString() }) })).then((r) => r.ok)`, p.asset))
	for _, path := range []string{"/news/the-ferry", "/latest", "/feed"} {
		p.wait(path+" without the picture", fmt.Sprintf(`fetch(%q, { cache: "reload" }).then((r) => r.text()).then((t) => { window.after = t; }), window.after && !window.after.includes("/media/%s/") && window.after.includes("The ferry")`, path, p.asset))
		js[bool](p.page, `(window.after = "", true)`)
	}
	p.visit("/news/the-ferry")
	p.wait("the placeholder", `document.querySelector("main img[src^='/media/ended/']")`)
	p.check("a story whose picture may be shown no longer")
	p.visit("/desk/media?rights=ended")
	p.wait("the warning", `document.querySelector("[aria-label=Library] [role=option]").textContent.includes("Rights ended")`)
}

// breaking loses every part of a file but the first while the session says so.
const breaking = `(() => {
	const whole = window.fetch;
	window.fetch = (request, ...more) => sessionStorage.getItem("broken") && Number(request.headers?.get("Upload-Offset")) > 0
		? Promise.reject(new TypeError("the connection broke")) : whole(request, ...more);
})()`

// TestMissingAltTexts: the queue goes from one picture to the next by keyboard.
func TestMissingAltTexts(t *testing.T) {
	p := openLibrary(t)
	p.visit("/desk/media")
	p.upload(photograph(t, "one.jpg", 640, 480, 2), photograph(t, "two.jpg", 640, 480, 4))
	p.wait("both in the library", `document.querySelectorAll("[aria-label=Library] [role=option]").length === 3`)
	p.button("Missing alt texts")
	for _, left := range []string{"2 left", "1 left"} {
		p.wait(left, fmt.Sprintf(`document.querySelector("[role=dialog] [role=status]")?.textContent === %q && document.activeElement.tagName === "TEXTAREA"`, left))
		p.axe("the queue")
		p.press("Harbour, " + left)
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
			call(p.page, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", Modifiers: 2, WindowsVirtualKeyCode: 13}) // Ctrl+Enter
		}
	}
	p.wait("the end of the queue", `document.querySelector("[role=dialog]").textContent.includes("the last one")`)
	if n := js[int](p.page, `fetch("/api/assets?wants=alt").then((r) => r.json()).then((l) => l.items.length)`); n != 0 {
		t.Errorf("%d pictures still want a text", n)
	}
}

// library is a picture editor at a small magazine of their own.
type library struct {
	*page
	asset string
}

// openLibrary serves a magazine with one story and its picture, and signs in.
func openLibrary(t *testing.T) *library {
	t.Helper()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	l := &library{}
	if err := enter(dir, func(ctx context.Context, room *newsroom.Room) (err error) {
		l.asset, err = smallMagazine(ctx, room)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	program, err := serve(h.bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	l.page = readAt(t, program.base, desk)
	l.visit("/robots.txt")
	if !js[bool](l.page, fmt.Sprintf(`fetch("/api/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ email: "editor@small.example", password: %q }) }).then((r) => r.ok)`, smallPassword)) {
		t.Fatal("signing in failed")
	}
	return l
}

const smallPassword = "a picture says it all"

func smallMagazine(ctx context.Context, room *newsroom.Room) (asset string, err error) {
	op := stet.Operator
	if err := room.SetMagazine(ctx, op, stet.Magazine{Name: "The Small", Language: "en", TimeZone: "UTC"}); err != nil {
		return "", err
	}
	if err := room.AddStaff(ctx, op, &stet.Staff{Email: "editor@small.example", Name: "Ed", Role: stet.Editor}, smallPassword); err != nil {
		return "", err
	}
	news := stet.Section{Name: "News"}
	if err := room.AddSection(ctx, op, &news); err != nil {
		return "", err
	}
	a := stet.Asset{Filename: "ferry.jpg"}
	if _, err := room.AddAsset(ctx, op, &a, bytes.NewReader(drawn(1200, 900, 1))); err != nil {
		return "", err
	}
	doc, _ := prose.FromMarkdown("It left at six.", prose.Options{})
	s := stet.Article{Kind: stet.Story, Content: stet.Content{Headline: "The ferry", Slug: "the-ferry", Section: stet.Ref{ID: news.PublicID}, Lead: &stet.Placement{Asset: a.PublicID}, Body: doc.JSON()}}
	if err := room.Draft(ctx, op, &s); err != nil {
		return "", err
	}
	if _, err := room.Publish(ctx, op, s.ID, newsroom.PublishOptions{At: time.Date(2026, time.November, 1, 6, 0, 0, 0, time.UTC)}); err != nil {
		return "", err
	}
	// Its alternative text is written in the test: what the story says is the
	// story's own.
	_, err = room.UpdateAsset(ctx, op, a.PublicID, func(_ *store.Store, a *stet.Asset) error { a.Alt = "A ferry"; return nil })
	return a.PublicID, err
}

// drawn is a JPEG with some detail, of which no two numbers look alike.
func drawn(width, height, number int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	f := float64(number)
	for y := range height {
		for x := range width {
			u, v := float64(x)/float64(width), float64(y)/float64(height)
			c := uint8(127 + 120*math.Sin(f*5*u+3*math.Cos(f*4*v)))
			m.SetRGBA(x, y, color.RGBA{c, uint8(255 * v), uint8(x*y) ^ c, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

func photograph(t *testing.T, name string, width, height, number int) string {
	t.Helper()
	return fileOf(t, name, drawn(width, height, number))
}

func textFile(t *testing.T, name string) string {
	t.Helper()
	return fileOf(t, name, []byte("Dear editor, please find my picture in the post."))
}

func fileOf(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// upload chooses files in the dialog of the button.
func (l *library) upload(files ...string) {
	l.t.Helper()
	l.wait("the file field", `document.querySelector("main input[type=file]")`)
	l.do(chromedp.SetUploadFiles(chromedp.CSS("main input[type=file]"), files, chromedp.NodeReady))
}

// button presses the first button that says so.
func (l *library) button(words string) {
	l.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll("button")].find((b) => b.textContent.trim() === %q && b.checkVisibility() && !b.disabled)`, words)
	l.wait("the button "+words, find)
	js[bool](l.page, `(`+find+`.click(), true)`)
}

// fill replaces the text of the field with the label, as one who types does.
func (l *library) fill(label, text string) {
	l.t.Helper()
	field := fmt.Sprintf(`[...document.querySelectorAll("aside label")].find((e) => e.textContent.trim() === %q)?.control`, label)
	l.wait("the field "+label, field)
	js[bool](l.page, `((f) => { f.focus(); f.select(); return true; })(`+field+`)`)
	l.press(text)
}

// saved waits until everything that was changed has been stored.
func (l *library) saved() {
	l.t.Helper()
	l.wait("the change to be saved", `document.querySelector("aside [role=status]").textContent === "Saved"`)
}
