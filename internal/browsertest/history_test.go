// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// changedPath is a story with four versions, two of which came with a note.
const changedPath = "/northern-rim/the-winter-timetable"

func TestReaderGoesBackThroughTheVersions(t *testing.T) {
	t.Parallel()
	p := read(t, desk)
	p.visit(changedPath)
	p.click(".dates a.history")
	p.wait("the history", `location.pathname.endsWith("/history") && document.querySelectorAll(".version").length === 4`)
	p.check("the history")

	// The form: the first with the newest.
	js[bool](p, `(document.querySelector("select[name=from]").value = "1", true)`)
	p.click(".compare-form button")
	p.wait("the two compared", `location.pathname.endsWith("/history/1..4") && document.querySelector(".diff-fields del")`)
	if got := js[string](p, `document.querySelector(".diff-fields .diff-row").innerText`); !strings.Contains(got, "Headline changed") || !strings.Contains(got, "nobody takes") || !strings.Contains(got, "The winter timetable") && !strings.Contains(got, "winter timetable") {
		t.Errorf("the headline: %q", got)
	}
	if !js[bool](p, `[...document.querySelectorAll(".diff-body .diff-added ins")].some((e) => e.textContent.includes("Federal Railways was sent the sums"))`) {
		t.Error("the paragraph that came is not shown as added")
	}
	for tag, line := range map[string]string{"ins": "underline", "del": "line-through"} {
		if got := js[string](p, `getComputedStyle(document.querySelector(".diff `+tag+`")).textDecorationLine`); got != line {
			t.Errorf("<%s> is told by %q beside its colour", tag, got)
		}
	}
	p.check("two versions in one text")
	p.click(".diff-same summary")
	p.wait("what is the same", `document.querySelector(".diff-same[open] p")?.checkVisibility()`)

	p.click(".compare-as a[href$='/side']")
	p.wait("the two side by side", `location.pathname.endsWith("/history/1..4/side")`)
	p.whole()
	if !js[bool](p, `(() => { const [a, b] = ["was", "is"].map((s) => document.querySelector(".diff-changed .diff-" + s).getBoundingClientRect()); return Math.abs(a.top - b.top) < 2 && a.right < b.right; })()`) {
		t.Error("on a desk they do not stand beside each other")
	}
	p.check("two versions side by side")
	p.see(phone)
	if !js[bool](p, `(() => { const [a, b] = ["was", "is"].map((s) => document.querySelector(".diff-changed .diff-" + s).getBoundingClientRect()); return a.bottom <= b.top; })()`) {
		t.Error("on a phone they do not stand below each other")
	}
	p.see(desk)

	p.click(".compare-which dt a")
	p.wait("the first version", `location.pathname.endsWith("/history/1") && document.querySelector(".version-notice")`)
	if got := js[string](p, `document.querySelector("main").innerText`); !strings.Contains(got, "It is not the newest") || !strings.Contains(got, "since 1951") || !strings.Contains(got, "nobody takes") {
		t.Error("the first version is not as it was, or does not say that it is not the newest")
	}
	p.check("an earlier version")
	p.click(".version-newest")
	p.wait("the story as it is", `location.pathname === "`+changedPath+`" && document.querySelector("h1.headline").textContent === "The winter timetable"`)
	p.faultless()
}

func TestReaderWithoutScriptsComparesVersions(t *testing.T) {
	t.Parallel()
	p := read(t, phone)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.visit(changedPath)
	p.click(".story-foot .correction summary")
	p.click(".story-foot .correction details a[href*='/history/']")
	p.wait("what the correction changed", `location.pathname.endsWith("/history/2..3") && document.querySelector(".diff ins").textContent.includes("1961")`)
	p.click(".compare-as a[href$='/history']")
	p.wait("the history", `document.querySelectorAll(".version").length === 4`)
	p.click(".compare-form button")
	p.wait("the last two", `location.pathname.endsWith("/history/3..4")`)
	p.whole()
	p.faultless()
}
