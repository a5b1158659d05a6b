// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tone is a recording of a second: a triangle, at 8,000 samples a second.
func tone() []byte {
	b := append([]byte("RIFF\x64\x1f\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x40\x1f\x00\x00"), make([]byte, 8000)...)
	for i := range 8000 {
		b[44+i] = byte(64 + 2*max(i%64-32, 32-i%64))
	}
	return b
}

const (
	memo     = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
	captions = "WEBVTT\n\n00:00.000 --> 00:01.000\n[A grey field]\n"
)

// drop lets a file fall onto the end of the text, as one that comes from the
// desktop. make is JavaScript that gives its bytes, perhaps later.
func (w *writer) drop(name, kind, make string) {
	w.t.Helper()
	w.caret(true)
	js[bool](w.page, fmt.Sprintf(`(async () => { const d = new DataTransfer(); d.items.add(new File([await (%s)], %q, {type: %q}));
		document.querySelector(".ProseMirror").lastElementChild.scrollIntoView({block: "end"});
		const box = document.querySelector(".ProseMirror").lastElementChild.getBoundingClientRect();
		return document.querySelector(".ProseMirror").dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.bottom - 2})) || true })()`, make, name, kind))
}

// pastes puts a text on the clipboard and pastes it where the cursor is.
func (w *writer) pastes(text string) {
	w.t.Helper()
	js[bool](w.page, fmt.Sprintf(`(() => { const d = new DataTransfer(); d.setData("text/plain", %q);
		return document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})) || true })()`, text))
}

func asBytes(data string) string {
	return fmt.Sprintf(`Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))`, base64.StdEncoding.EncodeToString([]byte(data)))
}

// filmed is a second of a canvas, as the browser records it.
const filmed = `new Promise((done) => { const c = document.createElement("canvas"); c.width = 160; c.height = 90; const x = c.getContext("2d");
	const r = new MediaRecorder(c.captureStream(25), {mimeType: "video/webm"}), parts = []; r.ondataavailable = (e) => parts.push(e.data);
	r.onstop = () => done(new Blob(parts)); r.start(); let n = 0;
	const t = setInterval(() => { x.fillStyle = n % 2 ? "#888" : "#777"; x.fillRect(0, 0, 160, 90); if (++n > 25) { clearInterval(t); r.stop() } }, 40) })`

// TestRecordingsInAStory: a writer puts a recording, a video and a document
// into a story, by drop, from the library, and by address; the picture editor
// writes down what is heard; readers play and open them.
func TestRecordingsInAStory(t *testing.T) {
	l := openLibrary(t)
	w := beginStory(l.page, "The fog horn")
	w.write("Listen.")
	w.drop("horn.wav", "audio/wav", asBytes(string(tone())))
	w.wait("the player", `document.querySelector(".ProseMirror figure audio")?.controls`)
	w.wait("what it lacks", `document.querySelector(".ProseMirror figure .lacks").textContent.includes("No captions or transcript yet")`)
	sound := js[string](w.page, `fetch("/api/assets?kind=audio").then((r) => r.json()).then((l) => l.items[0].id)`)

	// A caption is written right below it.
	js[bool](w.page, `(() => { const c = document.querySelector(".ProseMirror figure figcaption"); document.querySelector(".ProseMirror").focus(); getSelection().setBaseAndExtent(c, 0, c, 0); return true })()`)
	w.calm()
	w.press("At noon" + kb.Enter)
	w.wantBody(`paragraph(Listen.) media(At noon) paragraph()`)

	w.drop("grey.webm", "video/webm", filmed)
	w.wait("the video", `document.querySelector(".ProseMirror figure video")?.controls`)
	w.caret(true)
	js[bool](w.page, fmt.Sprintf(`(() => { const d = new DataTransfer(); d.items.add(new File([%s], "memo.pdf", {type: "application/pdf"}));
		return document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})) || true })()`, asBytes(memo)))
	w.wait("the card", `document.querySelector(".ProseMirror figure a.card")?.textContent.includes("PDF, 1 kB")`)

	// From the library, which offers only what was asked for.
	w.write(kb.Enter + "Again:" + kb.Enter)
	w.press("/audio" + kb.Enter)
	w.wait("one recording to choose from", `document.querySelectorAll("[role=dialog] [role=option]").length === 1`)
	w.axe("choosing a recording")
	js[bool](w.page, `(document.querySelector("[role=dialog] [role=option]").dispatchEvent(new MouseEvent("dblclick", { bubbles: true })), true)`)
	w.wait("it to stand in the text", `document.querySelectorAll(".ProseMirror figure audio").length === 2`)

	// By the address under which readers have it.
	w.write(kb.Enter)
	w.pastes(w.base + "/media/" + sound + "/horn.wav")
	w.wait("a third", `document.querySelectorAll(".ProseMirror figure audio").length === 3`)
	w.says("Saved")
	if body := w.body(); strings.Count(body, "media(") != 5 {
		t.Errorf("the body is %s", body)
	}
	w.check("the editor with recordings")

	// In writing.
	video := js[string](w.page, `fetch("/api/assets?kind=video").then((r) => r.json()).then((l) => l.items[0].id)`)
	l.visit("/desk/media?asset=" + sound)
	js[bool](l.page, `true`)
	l.fill("Transcript", "A horn, far off.")
	l.saved()
	l.visit("/desk/media?asset=" + video)
	l.wait("the button for captions", `[...document.querySelectorAll("aside button")].some((b) => b.textContent === "Add captions")`)
	l.expect(400)
	l.do(chromedp.SetUploadFiles(chromedp.CSS("aside input[type=file]"), []string{fileOf(t, "bad.vtt", []byte("1\n00:00:01,000 --> 00:00:02,000\nx"))}, chromedp.NodeReady))
	l.wait("the reason of the refusal", `document.querySelector("aside [role=status]").textContent.includes("whose first line is WEBVTT")`)
	l.do(chromedp.SetUploadFiles(chromedp.CSS("aside input[type=file]"), []string{fileOf(t, "good.vtt", []byte(captions))}, chromedp.NodeReady))
	l.wait("the captions", `document.querySelector("aside section[aria-label='In writing']").textContent.includes("There are captions: English")`)
	l.check("the library with a video")

	// Readers.
	if answer := js[string](l.page, fmt.Sprintf(`(async () => {
		const send = (method, path, body) => fetch(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
		const section = (await (await fetch("/api/sections")).json()).items[0];
		const put = await send("PATCH", "/api/articles/%[1]s", { was: {}, set: { section: { id: section.id, name: section.name }, slug: "fog-horn" } });
		const done = await send("POST", "/api/articles/%[1]s/publish", {});
		return put.ok && done.ok ? "" : await put.text() + await done.text() })()`, w.story)); answer != "" {
		t.Fatal(answer)
	}
	l.visit("/news/fog-horn")
	for _, kind := range []string{"audio", "video"} {
		l.wait("the "+kind+" to play", fmt.Sprintf(`(() => { const e = document.querySelector("main %s"); if (!e.dataset.begun) { e.dataset.begun = "yes"; e.muted = true; e.preload = "auto"; e.play().catch(() => {}) } return e.readyState >= 2 && !e.error })()`, kind))
	}
	l.wait("the captions to be read", `document.querySelector("main video").textTracks[0]?.cues?.[0]?.text === "[A grey field]"`)
	js[bool](l.page, `(document.querySelector("main details.transcript summary").click(), true)`)
	l.wait("the transcript", `document.querySelector("main details.transcript").checkVisibility() && document.querySelector("main details.transcript p").textContent === "A horn, far off."`)
	if got := js[string](l.page, `fetch(document.querySelector("main a.media-card").href).then((r) => r.headers.get("Content-Type") + " " + r.headers.get("Content-Disposition"))`); got != "application/pdf inline; filename=memo.pdf" {
		t.Errorf("the document is %s", got)
	}
	l.check("a story with recordings")
}
