// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// The fixtures are as small as the questions asked of them.
var (
	noon  = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	label = Label{Genre: Link{Text: "Analysis", URL: "/genre/analysis"}, Section: Link{Text: "The Sound", URL: "/northern-rim/the-sound"}}
	lutz  = Byline{Name: "Leila Hartog", URL: "/person/leila-hartog"}
	photo = Byline{Name: "Josip Quennell", Contribution: "photographs"}
	ship  = Picture{Src: "/media/p/800.jpg", Srcset: "/media/p/400.jpg 400w, /media/p/800.jpg 800w", Width: 800, Height: 533, Alt: "A cable ship", Caption: "The <em>Oldane</em> at work.", Credit: "Josip Quennell"}
	mag   = Magazine{Name: "The Causeway", Tagline: "News from the Sarn Sea", Newsletter: "One letter a week.",
		Sections: []Link{{Text: "Northern Rim", URL: "/northern-rim", Current: true, Children: []Link{{Text: "The Sound", URL: "/northern-rim/the-sound"}}}},
		Follow:   []Link{{Text: "Mastodon", URL: "https://social.example"}}, Corrections: "/corrections"}
)

func cards(n int) []Card {
	var out []Card
	for i := range n {
		out = append(out, Card{Label: label, Headline: fmt.Sprintf("Story %d", i+1), Dek: "Dek", URL: fmt.Sprintf("/s/%d", i+1), Bylines: []Byline{lutz}, Published: noon, Picture: ship})
	}
	return out
}

func TestFront(t *testing.T) {
	t.Parallel()
	doc := render(t, newTheme(t, Options{}), FrontTemplate, Front{Page: Page{Magazine: mag}, Blocks: []Block{
		{Kind: LeadBlock, Cards: cards(3)},
		{Kind: LatestBlock, Cards: cards(2)},
		{Kind: ListBlock, Title: "The Sound", URL: "/northern-rim/the-sound", Cards: cards(3)},
		{Kind: QuoteBlock, Quote: Quote{Text: "“It is the Sound.”", Speaker: "Annelise Vorhoeve", Date: noon}},
		{Kind: LatestBlock, Cards: cards(1)},
	}})
	want(t, doc, "h1.nameplate", "The Causeway")
	want(t, doc, "div.opening > section.block-lead > article.card-lead h2", "Story 1")
	wantCount(t, doc, "div.opening div.seconds > article", 2)
	wantCount(t, doc, "div.opening", 1)
	wantCount(t, doc, "div.opening > section.block-latest li", 2)
	want(t, doc, "div.front > section.block-latest h2", "Latest")
	wantCount(t, doc, `article.card-lead img[fetchpriority="high"]`, 1)
	wantCount(t, doc, `img[fetchpriority="high"]`, 1)
	// The band says the section, so its cards do not.
	want(t, doc, "section.block-list article.card-large p.label", "Analysis")
	want(t, doc, "article.card-lead p.label", "Analysis |, The Sound")
	want(t, doc, "section.block-quote blockquote", "“It is the Sound.”")
	wantCount(t, doc, "form input[name=email]", 0) // no newsletter block, and none in the footer of a front
}

func TestArticle(t *testing.T) {
	t.Parallel()
	doc := render(t, newTheme(t, Options{Language: "en-GB"}), ArticleTemplate, Article{
		Page: Page{Magazine: mag, Head: Head{Title: "The warning", Canonical: "https://causeway.example/s/1", Published: noon,
			Card: Picture{Src: "https://causeway.example/media/p/og-1200.jpg", Width: 1200, Height: 630}, JSONLD: []any{map[string]string{"headline": "</script><b>"}}}},
		ID: "k3", Label: label, Headline: "The warning", Dek: "Nobody would own it.", Bylines: []Byline{lutz, photo},
		Published: noon, Updated: noon.Add(time.Hour), Minutes: 1, Picture: ship, Body: "<p>The slip is green.</p>",
		Origin: Origin{Partner: "Estuary", URL: "https://estuary.example/1"}, Topics: []Link{{Text: "Cables", URL: "/topic/cables"}},
		Corrections: []Correction{{Kind: "retraction", Note: "Withdrawn.", TextRemoved: true},
			{ID: "c1", Kind: "correction", Top: true, Note: "It is blue.", Amends: Link{Text: "1 May 2026", URL: "#correction-c0"}, Changed: true, Before: "green", After: "blue", Lead: "The ship is ", Tail: ".", Passage: "#passage-c1"}, {Kind: "clarification", Date: noon, Note: "The ship is blue."}}, Next: cards(3),
	})
	want(t, doc, "title", "The warning | The Causeway")
	want(t, doc, "p.nameplate", "The Causeway")
	want(t, doc, `article.story[data-id=k3] h1`, "The warning")
	want(t, doc, "ul.bylines", "By Leila Hartog Photographs by Josip Quennell")
	want(t, doc, "time.published", "20 November 2026")
	want(t, doc, "span.updated", "Updated 20 November 2026, 13:00")
	want(t, doc, "span.minutes", "1 minute")
	want(t, doc, "figure.fit-wide figcaption span.caption em", "Oldane")
	want(t, doc, "figure.fit-wide figcaption span.credit", "Josip Quennell")
	want(t, doc, "header.story-head > aside.correction-retraction", "Retraction. Withdrawn. The text has been taken away.")
	want(t, doc, "footer.story-foot > aside.correction-clarification > p", "Clarification, 20 November 2026. The ship is blue.")
	want(t, doc, `div.story-body > aside#correction-c1 p.amends a[href="#correction-c0"]`, "Amends the note of 1 May 2026")
	want(t, doc, "aside#correction-c1 details del", "green")
	want(t, doc, "aside#correction-c1 details dd", "The ship is green.")
	want(t, doc, `aside#correction-c1 details a[href="#passage-c1"]`, "To the passage")
	want(t, doc, `footer.colophon a[href="/corrections"]`, "Corrections")
	want(t, doc, "div.story-body > div.prose > p", "The slip is green.")
	want(t, doc, "p.origin", "This article appeared first at Estuary and is republished here with permission.")
	want(t, doc, `a[rel=tag]`, "Cables")
	want(t, doc, `meta[property="og:type"][content=article]`)
	want(t, doc, `meta[property="og:image:height"][content=630]`)
	wantCount(t, doc, `section.stream[data-src="/stream?after=k3"] article`, 3)
	wantCount(t, doc, `script[type="application/ld+json"]`, 1)
	wantCount(t, doc, "form input[name=email]", 1)
	wantCount(t, doc, "a[href^=mailto]", 1)
	uniqueIDs(t, doc)
}

func TestCorrections(t *testing.T) {
	t.Parallel()
	th := newTheme(t, Options{})
	doc := render(t, th, CorrectionsTemplate, Corrections{Page: Page{Magazine: mag}, Title: "Corrections: The Sound", Section: Link{Text: "The Sound", URL: "/corrections/the-sound"},
		Sections: []Link{{Text: "Northern Rim", URL: "/corrections/northern-rim"}}, Paging: Paging{Older: "?before=b"},
		Corrections: []Correction{
			{ID: "a", Kind: "correction", Date: noon, Note: "It is blue.", URL: "/s/1#correction-a", Changed: true, Before: "green", After: "blue", Story: Link{Text: "The ship", URL: "/s/1"}, StorySection: Link{Text: "The Sound", URL: "/the-sound"}},
			{ID: "b", Kind: "retraction", Date: noon, Note: "No.", URL: "/corrections#correction-b", Story: Link{Text: "The ghost"}},
		}})
	want(t, doc, "h1", "Corrections: The Sound")
	want(t, doc, `p.trail a[href="/corrections"]`, "Corrections")
	want(t, doc, "nav.subsections a", "Northern Rim")
	want(t, doc, `article#correction-a h2 a[href="/s/1"]`, "The ship")
	want(t, doc, "article#correction-a p.label", "Correction |, The Sound")
	want(t, doc, "article#correction-a ins", "blue")
	want(t, doc, "article#correction-b h2", "The ghost")
	wantCount(t, doc, "article#correction-b h2 a", 0)
	want(t, doc, "article#correction-b p.note-words", "No. This story was withdrawn.")
	want(t, doc, "a[rel=next]", "Older corrections")
	uniqueIDs(t, doc)
	want(t, render(t, th, CorrectionsTemplate, Corrections{Page: Page{Magazine: mag}}), "p.empty", "Nothing has been corrected here yet.")
}

func TestStream(t *testing.T) {
	t.Parallel()
	th := newTheme(t, Options{})
	doc := render(t, th, StreamTemplate, Stream{More: "/stream?after=c", Stories: []StreamStory{
		{ID: "a", URL: "/s/a", Label: label, Headline: "A", Bylines: []Byline{lutz}, Published: noon, Opening: "<p>One.</p>", Rest: "<p>Two.</p>"},
		{ID: "b", URL: "/s/b", Headline: "B", Opening: "<p>Short.</p>", Corrections: []Correction{{Kind: "retraction", Note: "No."}, {Kind: "update", Note: "More."}, {Kind: "correction", Top: true, Note: "Less."}}},
	}})
	wantCount(t, doc, "article.stream-story", 2)
	want(t, doc, `article[data-id=a][data-url="/s/a"][data-title=A] h2 a[href="/s/a"]`, "A")
	want(t, doc, "div#rest-a[hidden]", "Two.")
	want(t, doc, `p.keep-reading a[href="/s/a"][aria-controls=rest-a]`, "Keep reading")
	wantCount(t, doc, "p.keep-reading", 1)
	want(t, doc, "article[data-id=b] header aside", "Retraction. No.")
	want(t, doc, "article[data-id=b] div.story-body > aside.correction-update", "Update. More.")
	wantCount(t, doc, "article[data-id=b] aside", 3)
	want(t, doc, `p.stream-more a[href="/stream?after=c"]`, "More stories")
	wantCount(t, doc, "header.masthead", 0)
	wantCount(t, render(t, th, StreamTemplate, Stream{}), "p.stream-more", 0)
}

func TestListings(t *testing.T) {
	t.Parallel()
	th := newTheme(t, Options{})
	doc := render(t, th, ListingTemplate, Listing{Page: Page{Magazine: mag}, Kind: SectionListing, Title: "The Sound", Address: "/northern-rim/the-sound",
		Trail: []Link{{Text: "Northern Rim", URL: "/northern-rim"}}, Cards: cards(3), Paging: Paging{Older: "?page=2", Number: 1, Pages: 4}})
	want(t, doc, "h1", "The Sound")
	want(t, doc, "p.trail a", "Northern Rim")
	wantCount(t, doc, "div.listing-top article.card-large", 1)
	wantCount(t, doc, "div.rows article.card-row", 2)
	want(t, doc, "div.rows p.label", "Analysis")
	want(t, doc, "nav.paging", "Page 1 of 4 Older stories")
	want(t, doc, "nav.sections a[aria-current]", "Northern Rim")

	doc = render(t, th, ListingTemplate, Listing{Kind: PersonListing, Title: "Annelise Vorhoeve", Count: 2, Cards: cards(2),
		Person: Person{Portrait: ship, Roles: []Role{{Title: "Foreign minister", Organisation: "Veldmark", From: "March 2023"}, {Title: "Ambassador", From: "2006", To: "2011"}}}})
	want(t, doc, "ul.roles", "Foreign minister, Veldmark since March 2023 Ambassador 2006–2011")
	want(t, doc, "h2.list-title", "2 stories")
	wantCount(t, doc, "div.rows h3", 2)

	doc = render(t, th, ArchiveTemplate, Archive{Years: []ArchiveYear{{Year: 2026, URL: "/archive/2026", Count: 1, Months: []ArchiveMonth{{Month: time.May, URL: "/archive/2026/05", Count: 1200}, {Month: time.April}}}}})
	want(t, doc, `ol.months a[href="/archive/2026/05"]`, "May 1,200")
	want(t, doc, "ol.months span.none", "April")

	doc = render(t, th, SearchTemplate, Search{Query: `"a"`, Count: 1, Sections: []Option{{Value: "ideas", Text: "Ideas", Selected: true}},
		Results: []Result{{Card: cards(1)[0], Snippet: "the <mark>cable</mark>"}}})
	want(t, doc, `input#q[value="\"a\""]`)
	want(t, doc, "select[name=section] option[selected]", "Ideas")
	want(t, doc, "p.snippet mark", "cable")
	want(t, doc, "p.found", "1 story")

	doc = render(t, th, SuggestionsTemplate, Suggestions{Items: []Suggestion{{Kind: "person", Text: "Dragan Ilvesh", URL: "/person/dragan-ilvesh"}}})
	want(t, doc, "ul.suggestions li a", "Dragan Ilvesh Person")

	doc = render(t, th, ErrorTemplate, Error{Status: 404, Query: "ister dam", Suggestions: cards(2)})
	want(t, doc, "h1", "There is no such page")
	want(t, doc, `form.search-form input[value="ister dam"]`)
	wantCount(t, doc, "div.rows article", 2)

	doc = render(t, th, ThanksTemplate, Thanks{Page: Page{Magazine: mag}, State: "noted", Email: "a@b.example"})
	want(t, doc, "div.intro p", "a@b.example is on our list. The first letter will ask you to confirm the address; until then nothing else is sent to it.")
	wantCount(t, doc, "form input[name=email]", 0)
}

// TestEscaping gives hostile words to every string a page shows.
func TestEscaping(t *testing.T) {
	t.Parallel()
	evil := `"><script>alert(1)</script>`
	c := Card{Headline: evil, Dek: evil, URL: "javascript:alert(1)", Bylines: []Byline{{Name: evil, URL: "javascript:x"}}, Picture: Picture{Src: "javascript:x", Alt: evil, Credit: evil}}
	doc := render(t, newTheme(t, Options{}), ListingTemplate, Listing{Title: evil, Kind: TopicListing, Cards: []Card{c, c}, Page: Page{Head: Head{Title: evil, Description: evil, JSONLD: []any{evil}}}})
	for n := range doc.Descendants() {
		if n.Data == "script" && n.FirstChild != nil && strings.HasPrefix(n.FirstChild.Data, "alert") {
			t.Error("a script got through")
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Val, "javascript:") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
}

// --- asking a page ---------------------------------------------------------

func render(t *testing.T, th *Theme, name string, view any) *html.Node {
	t.Helper()
	var buf bytes.Buffer
	if err := th.Render(&buf, name, view); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// want fails unless the selector finds something, whose text is the one given.
func want(t *testing.T, doc *html.Node, selector string, text ...string) {
	t.Helper()
	found := find(doc, selector)
	if len(found) == 0 {
		t.Errorf("%s: not found", selector)
		return
	}
	if len(text) > 0 {
		if got := words(found[0]); got != text[0] {
			t.Errorf("%s: got %q, want %q", selector, got, text[0])
		}
	}
}

func wantCount(t *testing.T, doc *html.Node, selector string, n int) {
	t.Helper()
	if got := len(find(doc, selector)); got != n {
		t.Errorf("%s: found %d, want %d", selector, got, n)
	}
}

func uniqueIDs(t *testing.T, doc *html.Node) {
	t.Helper()
	seen := make(map[string]bool)
	for n := range doc.Descendants() {
		if id, ok := attr(n, "id"); ok {
			if seen[id] {
				t.Errorf("id %q occurs twice", id)
			}
			seen[id] = true
		}
	}
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
		if d.Data == "li" || d.Data == "span" || d.Data == "a" {
			b.WriteByte(' ')
		}
	}
	return strings.NewReplacer(" .", ".", " ,", ",").Replace(strings.Join(strings.Fields(b.String()), " "))
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

var simple = regexp.MustCompile(`^([\w-]+)?((?:[.#][\w-]+)*)((?:\[[^\]]+\])*)`)

// find knows tag, .class, #id, [attr], [attr=value], [attr^=value], descendant
// and child: as much of CSS as these tests ask for.
func find(doc *html.Node, selector string) []*html.Node {
	parts := splitOutside(strings.ReplaceAll(selector, `\"`, "\x00"))
	var out []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && fits(n, parts) {
			out = append(out, n)
		}
	}
	return out
}

// splitOutside splits at the spaces that stand outside quotation marks.
func splitOutside(s string) []string {
	quoted := false
	return strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
}

func fits(n *html.Node, parts []string) bool {
	last := parts[len(parts)-1]
	if !fitsOne(n, last) {
		return false
	}
	rest := parts[:len(parts)-1]
	if len(rest) == 0 {
		return true
	}
	child := rest[len(rest)-1] == ">"
	if child {
		rest = rest[:len(rest)-1]
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if fits(p, rest) {
			return true
		}
		if child {
			return false
		}
	}
	return false
}

func fitsOne(n *html.Node, one string) bool {
	m := simple.FindStringSubmatch(one)
	if m == nil || m[1] != "" && m[1] != n.Data || n.Type != html.ElementNode {
		return false
	}
	for _, name := range regexp.MustCompile(`[.#][\w-]+`).FindAllString(m[2], -1) {
		key := map[byte]string{'.': "class", '#': "id"}[name[0]]
		v, _ := attr(n, key)
		if !strings.Contains(" "+v+" ", " "+name[1:]+" ") {
			return false
		}
	}
	for _, cond := range regexp.MustCompile(`\[[^\]]+\]`).FindAllString(m[3], -1) {
		key, value, has := strings.Cut(strings.Trim(cond, "[]"), "=")
		value = strings.ReplaceAll(strings.Trim(value, `"`), "\x00", `"`)
		prefix := strings.HasSuffix(key, "^")
		v, ok := attr(n, strings.TrimSuffix(key, "^"))
		if !ok || has && !prefix && v != value || prefix && !strings.HasPrefix(v, value) {
			return false
		}
	}
	return true
}
