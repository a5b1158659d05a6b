// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/web"
)

// spoken is a magazine in which Jane Doe and Paul Ash are quoted.
func spoken() plan {
	p := small()
	p.People = append(p.People, p.People[0])
	p.People[1].Slug, p.People[1].Name, p.People[1].Bio = "jane-doe", "Jane Doe", "Foreign secretary."
	p.Stories = append(p.Stories,
		story{Slug: "cable", Headline: "The cable", Section: "rim", Topics: []string{"dams"}, Published: "2026-01-03T10:00:00Z",
			Body: "“We took *the warning* very [seriously](https://source.example/hearing),” Jane Doe, the foreign secretary, told the committee on Monday.\n\nHer deputy, Paul Ash, called it a “non-issue” in an interview with Radio Hallin."},
		story{Slug: "again", Headline: "The cable again", Section: "culture", Published: "2026-01-04T10:00:00Z",
			Body: "Jane Doe said: “We took the warning very seriously.” Nobody believed it."},
	)
	return p
}

// confirm puts a passage that is found in a story into the record.
func (m *magazine) confirm(t *testing.T, slug, words string, change func(*newsroom.Confirmation)) stet.Statement {
	t.Helper()
	a, err := m.Store().Article(t.Context(), m.keys[slug])
	must(t, err)
	rec, err := m.Record(t.Context(), &a)
	must(t, err)
	for _, p := range rec.Passages {
		if p.Found == nil || !strings.Contains(p.Text, words) {
			continue
		}
		c := newsroom.Confirmation{Anchor: p.Anchor, Kind: p.Kind, Text: p.Text, Saying: &newsroom.Saying{
			Words: p.Found.Words, Role: p.Found.Role, Date: p.Found.Date, Addressee: p.Found.Addressee, Venue: p.Found.Venue, Speaker: p.Found.Person.ID, SourceURL: p.Found.Source,
		}}
		if c.Saying.Speaker == "" {
			c.Saying.Newcomer = &newsroom.Newcomer{Name: p.Found.Name, Kind: stet.Human}
		}
		if change != nil {
			change(&c)
		}
		_, s, err := m.Confirm(t.Context(), op, a.ID, c)
		must(t, err)
		return s
	}
	t.Fatalf("%q is not found in %s: %+v", words, slug, rec.Passages)
	return stet.Statement{}
}

// get returns the text of a page that is there.
func (m *magazine) page(t *testing.T, path string) string {
	t.Helper()
	res := m.ask(t, "GET", path, "")
	body := text(t, res)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d %s", path, res.StatusCode, body)
	}
	return body
}

func holds(t *testing.T, where, page string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(page, p) {
			t.Errorf("%s has no %q", where, p)
		}
	}
}

func lacks(t *testing.T, where, page string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(page, p) {
			t.Errorf("%s has %q", where, p)
		}
	}
}

// TestRecord follows two statements through everything that readers see of them,
// until one is taken back.
func TestRecord(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(*testing.T) where{
		"sqlite":   func(*testing.T) where { return where{} },
		"postgres": func(t *testing.T) where { return where{postgres: postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := serve(t, at(t))
			m.fill(t, spoken())
			lacks(t, "a story of which nothing is confirmed", m.page(t, "/rim/cable"), "story-record", `class="said"`)
			holds(t, "the empty record", m.page(t, "/record"), "Nothing is on the record yet.")

			jane := m.confirm(t, "cable", "seriously", func(c *newsroom.Confirmation) {
				c.Saying.Speaker, c.Saying.Newcomer, c.Saying.Role = m.ids["jane-doe"], nil, "the foreign secretary"
				c.Saying.Date = stet.SaidDate{Value: "2025-12-29", Precision: stet.ToDay}
				c.Saying.Words, c.Saying.SourceURL, c.Saying.Source = "=We took the warning very seriously", "https://source.example/hearing", "The hearing’s minutes"
			})
			paul := m.confirm(t, "cable", "non-issue", func(c *newsroom.Confirmation) {
				c.Saying.Date, c.Saying.Venue = stet.SaidDate{Value: "2026-01-02", Precision: stet.OnOrBefore}, "Radio Hallin"
			})
			m.confirm(t, "again", "seriously", func(c *newsroom.Confirmation) { c.Statement = jane.PublicID })
			pair, err := m.SetSideBySide(t.Context(), op, jane.PublicID, paul.PublicID, stet.Contradicts, "Neither has answered the other.")
			must(t, err)

			m.wantStory(t, jane, paul, pair)
			m.wantStatement(t, jane, paul, pair)
			m.wantLists(t, jane, paul, pair)
			m.wantDownloads(t, jane)
			m.wantGone(t, jane, paul, pair)
		})
	}
}

func (m *magazine) wantStory(t *testing.T, jane, paul stet.Statement, pair stet.Counterpoint) {
	t.Helper()
	page := m.page(t, "/rim/cable")
	// The words of a link stay a link of their own; what is left leads to the card.
	holds(t, "the story", page, `class="said" href="#said-`+jane.PublicID+`">“We took <em>the warning</em> very </a>`, `<span class="said"><a href="https://source.example/hearing" rel="noopener">seriously</a></span>`,
		`<li id="said-`+jane.PublicID+`">`, `href="/person/jane-doe">Jane Doe</a>`, `<time datetime="2025-12-29">December 29, 2025</time>`, "on or before January 2, 2026", "The hearing’s minutes",
		"Also quoted in", `>The cable again</a>`, "Contradicts", "/record/counterpoint/"+pair.PublicID, "/record/"+paul.PublicID)
	if n := strings.Count(page, `id="quoted-`); n != 2 {
		t.Errorf("%d quotations can be gone to, want 2", n)
	}
	if fault := checkHTML(page, true); fault != "" {
		t.Errorf("the story: %s", fault)
	}
	stream := m.page(t, "/stream?after="+m.ids["dam"])
	holds(t, "the stream", stream, `href="/record/`+jane.PublicID+`"`)
	lacks(t, "the stream", stream, "story-record", "#said-")
	feed := m.page(t, "/feed")
	lacks(t, "the feed of stories", feed, "#said-", "class=\"said")
}

func (m *magazine) wantStatement(t *testing.T, jane, paul stet.Statement, pair stet.Counterpoint) {
	t.Helper()
	path := "/record/" + jane.PublicID
	page := m.page(t, path)
	holds(t, "the statement", page, "the foreign secretary", "December 29, 2025", "The cable again", "Chicago", "APA", "@misc{stet-"+jane.PublicID, `rel="canonical" href="`+base+path+`"`, "Set beside", "Neither has answered the other.", "/embed")
	var ld map[string]any
	_, rest, _ := strings.Cut(page, `<script type="application/ld+json">`)
	data, _, _ := strings.Cut(rest, "</script>")
	must(t, json.Unmarshal([]byte(data), &ld))
	if ld["@type"] != "Quotation" || ld["text"] != jane.Words || ld["dateCreated"] != "2025-12-29" || ld["isBasedOn"] != "https://source.example/hearing" || ld["creator"].(map[string]any)["name"] != "Jane Doe" || len(ld["isPartOf"].([]any)) != 2 {
		t.Errorf("the statement is told machines as %v", ld)
	}
	var csl []map[string]any
	must(t, json.Unmarshal([]byte(m.page(t, path+".json")), &csl))
	if len(csl) != 1 || csl[0]["title"] != jane.Words || csl[0]["type"] != "speech" {
		t.Errorf("CSL-JSON: %v", csl)
	}
	holds(t, "BibTeX", m.page(t, path+".bib"), "author = {{Jane Doe}}", "year = {2025}")
	holds(t, "what is known to a day at the latest", m.page(t, "/record/"+paul.PublicID+".bib"), "date = {/2026-01-02}")

	res := m.ask(t, "GET", path+"/embed", "")
	holds(t, "the embed", text(t, res), "very seriously", `<base target="_blank">`)
	if p := res.Header.Get("Content-Security-Policy"); res.StatusCode != http.StatusOK || !strings.Contains(p, "frame-ancestors *") || strings.Contains(p, "script") || res.Header.Get("X-Frame-Options") != "" {
		t.Errorf("the embed is sent with %v", res.Header)
	}
	if p := m.ask(t, "GET", path, "").Header.Get("Content-Security-Policy"); p != web.PolicyReader {
		t.Errorf("the statement's page has the policy %q", p)
	}
	both := m.page(t, "/record/counterpoint/"+pair.PublicID)
	holds(t, "the counterpoint", both, "Contradicts", "Jane Doe", "Paul Ash", "Neither has answered the other.", base+"/record/counterpoint/"+pair.PublicID)
	holds(t, "all counterpoints", m.page(t, "/record/counterpoint"), "/record/counterpoint/"+pair.PublicID)
	for _, p := range []string{path + ".pdf", path + "/more", "/record/nothing", "/record/counterpoint/nothing", "/record/nothing/embed"} {
		if res := m.ask(t, "GET", p, ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s: %d", p, res.StatusCode)
		}
	}
	for _, p := range []string{page, both, m.page(t, "/record"), m.page(t, "/person/jane-doe")} {
		if fault := checkHTML(p, true); fault != "" {
			t.Error(fault)
		}
	}
}

func (m *magazine) wantLists(t *testing.T, jane, paul stet.Statement, pair stet.Counterpoint) {
	t.Helper()
	j, p := `<p><a href="/record/`+jane.PublicID+`">`, `<p><a href="/record/`+paul.PublicID+`">`
	row := func(page string) string { // the statements alone, without the counterpoints above them
		_, rest, _ := strings.Cut(page, `<p class="found"`)
		return rest
	}
	for query, want := range map[string][2]bool{
		"": {true, true}, "?q=warning": {true, false}, "?q=ash": {false, true}, "?q=%22very+seriously%22": {true, false}, "?speaker=jane-doe": {true, false}, "?speaker=Jane+Doe&q=issue": {false, false},
		"?topic=dams": {true, true}, "?topic=none": {false, false}, "?from=2026": {false, true}, "?to=2025-12": {true, false}, "?from=2026-13-45": {true, true}, "?venue=radio+hallin": {false, true}, "?speaker=nobody": {false, false},
	} {
		page := row(m.page(t, "/record"+query))
		if got := [2]bool{strings.Contains(page, j), strings.Contains(page, p)}; got != want {
			t.Errorf("/record%s finds Jane's and Paul's: %v, want %v", query, got, want)
		}
	}
	holds(t, "what was found", m.page(t, "/record?q=warning"), "<mark>warning</mark>", `content="noindex, follow"`)
	lacks(t, "a question in quotation marks", m.page(t, `/record?q=%22%3E%3Cscript%3E`), "<script>")
	first := m.page(t, "/record")
	holds(t, "the record", first, "Set side by side", "/record/counterpoint/"+pair.PublicID, "/record.json", "/record/feed/atom", "The words belong to those who said them.")
	if i, k := strings.Index(row(first), p), strings.Index(row(first), j); i > k {
		t.Error("what was said last does not stand first")
	}
	holds(t, "the page of earlier ones", m.page(t, "/record?earlier="+paul.PublicID), j)
	if res := m.ask(t, "GET", "/record?later="+jane.PublicID, ""); res.StatusCode != http.StatusFound || res.Header.Get("Location") != "/record" {
		t.Errorf("the first page by another address: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	person := m.page(t, "/person/jane-doe")
	holds(t, "the speaker's page", person, "On the record", "very seriously", "/person/jane-doe/record.csv", "/person/jane-doe/record/feed")
	holds(t, "a search in it", m.page(t, "/person/jane-doe?q=warning"), "<mark>warning</mark>")
	lacks(t, "a search in it for what was not said", m.page(t, "/person/jane-doe?q=opera"), j)
	holds(t, "the topic", m.page(t, "/topic/dams"), "Said about this", j, `/record?topic=dams`)
	holds(t, "the footer", m.page(t, "/"), `<a href="/record">The record</a>`)
	for _, path := range []string{"/record/feed", "/record/feed/atom", "/record/feed/json", "/person/jane-doe/record/feed", "/person/jane-doe/record/feed/atom", "/person/jane-doe/record/feed/json"} {
		f, err := gofeed.NewParser().ParseString(m.page(t, path))
		must(t, err)
		if n := len(f.Items); n == 0 || n == 2 == strings.HasPrefix(path, "/person") {
			t.Errorf("%s has %d statements", path, n)
		}
	}
	holds(t, "the sitemap", m.page(t, "/sitemap.xml"), "/sitemaps/record-1.xml")
	holds(t, "the sitemap of the record", m.page(t, "/sitemaps/record-1.xml"), base+"/record/"+jane.PublicID)
	holds(t, "the sitemap of lists", m.page(t, "/sitemaps/lists.xml"), base+"/record/counterpoint/"+pair.PublicID, base+"/record<")

	must(t, m.SetFront(t.Context(), op, stet.Front{Blocks: []stet.Block{{Type: stet.BlockSideBySide, Title: "Two views", Counterpoint: pair.PublicID}}}))
	holds(t, "the front page", m.page(t, "/"), "Two views", "Jane Doe", "Paul Ash", "/record/counterpoint/"+pair.PublicID)
}

func (m *magazine) wantDownloads(t *testing.T, jane stet.Statement) {
	t.Helper()
	var all struct {
		Licence    string
		Statements []struct {
			ID, Words, Speaker, Date string
			QuotedIn                 []string
		}
	}
	must(t, json.Unmarshal([]byte(m.page(t, "/record.json")), &all))
	if len(all.Statements) != 2 || all.Licence == "" || all.Statements[1].ID != jane.PublicID || !slices.Equal(all.Statements[1].QuotedIn, []string{base + "/rim/cable", base + "/culture/again"}) {
		t.Errorf("record.json is %+v", all)
	}
	rows, err := csv.NewReader(strings.NewReader(m.page(t, "/person/jane-doe/record.csv"))).ReadAll()
	must(t, err)
	if len(rows) != 2 || rows[0][2] != "words" || rows[1][2] != "'=We took the warning very seriously" {
		t.Errorf("a spreadsheet would reckon with %q", rows)
	}
	if res := m.ask(t, "GET", "/person/nobody/record.csv", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("the statements of nobody: %d", res.StatusCode)
	}
}

// wantGone takes the story back that quotes both.
func (m *magazine) wantGone(t *testing.T, jane, paul stet.Statement, pair stet.Counterpoint) {
	t.Helper()
	must(t, m.Withdraw(t.Context(), op, m.keys["cable"]))
	holds(t, "a statement that is quoted elsewhere", m.page(t, "/record/"+jane.PublicID), "The cable again")
	for _, path := range []string{"/record/" + paul.PublicID, "/record/" + paul.PublicID + "/embed", "/record/counterpoint/" + pair.PublicID} {
		res := m.ask(t, "GET", path, "")
		if res.StatusCode != http.StatusGone {
			t.Errorf("GET %s after its story was withdrawn: %d", path, res.StatusCode)
		}
		holds(t, path, text(t, res), "no longer on the record")
	}
	lacks(t, "the record", m.page(t, "/record"), paul.PublicID, pair.PublicID)
	lacks(t, "the front page", m.page(t, "/"), "Paul Ash", "Two views")
	lacks(t, "the other story", m.page(t, "/culture/again"), pair.PublicID)
}
