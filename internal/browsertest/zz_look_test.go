package browsertest

import (
	"os"
	"testing"

	"encoding/base64"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

func shoot(p *page, name string) {
	p.calm()
	r := call(p, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{Format: "png"})
	var any any = r.Data
	switch d := any.(type) {
	case []byte:
		os.WriteFile("/tmp/ed-"+name+".png", d, 0o644)
	case string:
		b, _ := base64.StdEncoding.DecodeString(d)
		os.WriteFile("/tmp/ed-"+name+".png", b, 0o644)
	}
}

func TestZZLook(t *testing.T) {
	p := read(t, desk)
	p.before(`window.__w = []; for (const k of ["warn", "error"]) { const o = console[k]; console[k] = (...a) => { window.__w.push(a.map(String).join(" ").slice(0, 300)); o(...a); } }`)
	signIn(p, "sunniva")
	w := beginStory(p, "What the bridge cost, and who will pay for it")
	id := w.story
	js[bool](p, `(async () => { const n = (type, text, attrs) => ({type, attrs, content: text ? [{type: "text", text}] : undefined});
		const c = [n("paragraph", "The minister said in May that the bridge would cost four billion. It has cost nine, and the second lane is not yet open. TK the figure of the auditors."), n("heading", "The tender", {level: 2}),
		n("paragraph", "Three firms had answered the call. Two of them withdrew within a week, and the third asked for more time than the law allows; it was given."),
		n("pullQuote", "Nobody has ever asked me what it was for.", {attribution: "Irena Vask, engineer"}),
		{type: "blockquote", attrs: {cite: "https://causeway.example/report"}, content: [n("paragraph", "We find no fault with the accounts as they were presented.")]},
		{type: "bulletList", content: [{type: "listItem", content: [n("paragraph", "first")]}, {type: "listItem", content: [n("paragraph", "second")]}]},
		{type: "table", content: [{type: "tableRow", content: [{type: "tableHeader", content: [n("paragraph", "Year")]}, {type: "tableHeader", content: [n("paragraph", "Billions")]}]}, {type: "tableRow", content: [{type: "tableCell", content: [n("paragraph", "2024")]}, {type: "tableCell", content: [n("paragraph", "4.1")]}]}]},
		n("embed", undefined, {url: "https://vimeo.com/12345", title: "The opening"}), {type: "box", attrs: {title: "What is owed"}, content: [n("paragraph", "A box of facts.")]}];
		const r = await fetch("/api/articles/`+id+`/steps", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({client: "look", version: 0, sequence: 1, steps: [{stepType: "replace", from: 0, to: 2, slice: {content: c}}]})});
		if (!r.ok) throw new Error(await r.text());
		await fetch("/api/articles/`+id+`", {method: "PATCH", headers: {"Content-Type": "application/json"}, body: JSON.stringify({was: {}, set: {dek: "Nine billion later, the second lane is still closed."}})});
		return true; })()`)
	w = openStory(p, id)
	w.whole()
	shoot(p, "1440")
	w.visit("/desk/articles/" + id + "?panel=story")
	w.wait("editor", `document.querySelector(".ProseMirror")`)
	w.whole()
	shoot(p, "panel")
	p.see(phone)
	w.visit("/desk/articles/" + id)
	w.wait("editor", `document.querySelector(".ProseMirror")`)
	w.whole()
	shoot(p, "390")
	p.see(night)
	w = beginStory(p, "A new story")
	w.write("First words. TK figures.\r/")
	w.wait("menu", `document.querySelector("#slash-menu")`)
	shoot(p, "slash")
	w.press("tab" + kb.Enter)
	w.wait("table", `document.querySelector(".ProseMirror table")`)
	w.says("Saved")
	shoot(p, "table")
	t.Log(js[[]string](p, "window.__w"))
	p.axe("editor")
}
