// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// arrange makes the blocks what readers see at the place.
func (m *magazine) arrange(t *testing.T, place string, blocks ...stet.Block) {
	t.Helper()
	_, err := m.SaveFront(t.Context(), op, place, 0, stet.Front{Blocks: blocks})
	must(t, err)
	_, err = m.PublishFront(t.Context(), op, place, 1, "")
	must(t, err)
}

func TestSectionFront(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	m.add(t, story{Slug: "sluice", Headline: "The sluice", Section: "rim", Published: "2025-05-01T00:00:00Z", Body: "x"})
	rim := section(t, m, "rim")
	plain := m.get(t, "/rim")
	home := m.get(t, "/")
	m.arrange(t, rim.PublicID, stet.Block{Type: stet.BlockText, Text: "A *word* first <script>alert(1)</script>"}, stet.Block{Type: stet.BlockLead, Count: 1})
	page := m.get(t, "/rim")
	if page == plain || !strings.Contains(page, "A <em>word</em> first") || strings.Contains(page, "alert(1)") {
		t.Fatalf("the section's front: %s", page)
	}
	if m.get(t, "/") != home {
		t.Error("the front page has changed with it")
	}
	if fault := checkHTML(page, true); fault != "" {
		t.Error(fault)
	}
	doc := document(t, page)
	lead := inner(find(doc, ".card-lead .headline")[0])
	below := find(doc, ".rows .headline")
	if len(below) != 1 || inner(below[0]) == lead {
		t.Errorf("below %q stands %d stories", lead, len(below))
	}
	must(t, m.ClearFront(t.Context(), op, rim.PublicID))
	if m.get(t, "/rim") != plain {
		t.Error("the section without its front is not what it was")
	}
}

func section(t *testing.T, m *magazine, slug string) stet.Section {
	t.Helper()
	all, err := m.Store().Sections(t.Context())
	must(t, err)
	for _, s := range all {
		if s.Slug == slug {
			return s
		}
	}
	t.Fatalf("there is no section %s", slug)
	return stet.Section{}
}

// A pin ends while the page is cached: the job that its end leaves behind has
// the page made anew, and nothing before it.
func TestPinEnds(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	until := m.clock.Now().Add(time.Hour)
	m.arrange(t, stet.HomeFront, stet.Block{Type: stet.BlockLead, Count: 1, Pins: []stet.Pin{{Story: "/culture/opera", Until: until}}})
	lead := func() string { return inner(find(document(t, m.get(t, "/")), ".card-lead .headline")[0]) }
	pinned := lead()
	if !strings.Contains(pinned, "opera") {
		t.Fatalf("the lead is %q", pinned)
	}
	m.clock.Set(until)
	must(t, m.PinEnded(t.Context(), newsroom.PinArgs{Place: stet.HomeFront}))
	if lead() == pinned {
		t.Error("the pin holds beyond its end")
	}
}

// A change that is published is there with the next request; how fast is told
// and held to the second that is promised for both engines.
func TestFrontIsVisibleAtOnce(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	m.get(t, "/")
	begin := time.Now()
	m.arrange(t, stet.HomeFront, stet.Block{Type: stet.BlockText, Text: "Seen at once"})
	if !strings.Contains(m.get(t, "/"), "Seen at once") {
		t.Fatal("the front is the old one")
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("it took %v", took)
	} else {
		t.Logf("draft, publication and page took %v", took)
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	f := stet.Front{Blocks: []stet.Block{{Type: stet.BlockText, Text: "Only a draft"}}}
	home := m.get(t, "/")
	for _, place := range []string{stet.HomeFront, section(t, m, "rim").PublicID} {
		page, err := m.site.Preview(t.Context(), place, f)
		must(t, err)
		if s := string(page); !strings.Contains(s, "Only a draft") || !strings.Contains(s, "</html>") {
			t.Errorf("preview of %q: %s", place, s)
		}
	}
	if _, err := m.site.Preview(t.Context(), "nowhere", f); stet.ErrorCode(err) != stet.NotFound {
		t.Errorf("a place that is not there: %v", err)
	}
	if m.get(t, "/") != home {
		t.Error("a preview has changed what readers see")
	}
}
