// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"stet"
	"stet/internal/newsroom"
)

// TestBylines gives a story several contributions, a free line and a partner's
// author, and finds the same names in the same order wherever the story is: on
// its page, in the stream, on every card, in the search, in JSON-LD and in every
// form of the feed. They were saved with the story and change with it.
func TestBylines(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(*testing.T) where{
		"sqlite":   func(*testing.T) where { return where{} },
		"postgres": func(t *testing.T) where { return where{postgres: postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := open(t, at(t))
			ctx := t.Context()
			marta, oscar := stet.Person{Name: "Marta Ruiz"}, stet.Person{Name: "Óscar Díaz"}
			must(t, m.AddPerson(ctx, op, &marta))
			must(t, m.AddPerson(ctx, op, &oscar))
			partner := stet.Partner{Name: "The Courier", URL: "https://courier.example"}
			must(t, m.AddPartner(ctx, op, &partner))
			must(t, m.SetFront(ctx, op, stet.Front{Blocks: []stet.Block{{Type: stet.BlockLead, Count: 1}, {Type: stet.BlockLatest, Count: 5}}}))
			refs := []stet.Byline{
				{Person: m.persons["leila"], Contribution: stet.Words},
				{Person: stet.Ref{ID: marta.PublicID}, Contribution: stet.Photographs},
				{Person: stet.Ref{ID: oscar.PublicID}, Contribution: stet.Translation},
			}

			set := func(bylines []stet.Byline, line, author string) {
				t.Helper()
				a, err := m.Store().Article(ctx, m.keys["dam"])
				must(t, err)
				a.Content.Bylines, a.Content.BylineText, a.Content.Origin = bylines, line, nil
				if author != "" {
					a.Content.Origin = &stet.Origin{Partner: stet.Ref{ID: partner.PublicID}, Author: author}
				}
				must(t, m.Save(ctx, op, &a))
				_, err = m.Publish(ctx, op, a.ID, newsroom.PublishOptions{})
				must(t, err)
			}
			set(refs, "and our correspondent in Sorin", "")
			m.wantBylines(t, "Leila Hartog", "Marta Ruiz", "Óscar Díaz", "and our correspondent in Sorin")
			set([]stet.Byline{refs[2], refs[0]}, "", "")
			m.wantBylines(t, "Óscar Díaz", "Leila Hartog")
			set(refs[:1], "", "Ana Prado")
			m.wantBylines(t, "Leila Hartog", "Ana Prado")
			set(nil, "", "Ana Prado")
			m.wantBylines(t, "Ana Prado")
			set(nil, "By our staff", "")
			m.wantBylines(t, "By our staff")

			// Whoever is renamed, or merged, is so everywhere and at once.
			set(refs, "", "")
			marta.Name = "Marta Ruiz Peña"
			must(t, m.UpdatePerson(ctx, op, &marta))
			_, err := m.MergePeople(ctx, op, oscar.PublicID, m.persons["leila"].ID)
			must(t, err)
			must(t, m.IndexBylines(ctx, newsroom.BylineArgs{Person: marta.ID}))
			m.wantBylines(t, "Leila Hartog", "Marta Ruiz Peña", "Leila Hartog")
		})
	}
}

// damAt is where the story stands that the test is about.
const damAt = "/rim/dam"

// wantBylines compares every place that names authors.
func (m *magazine) wantBylines(t *testing.T, want ...string) {
	t.Helper()
	page := document(t, m.get(t, damAt))
	places := map[string][]string{}
	whole := func(place string, root *html.Node) {
		// The byline, without the words for what somebody did.
		for _, li := range append(find(root, "ul.bylines li"), find(root, "p.partner-byline")...) {
			text := inner(li)
			for _, w := range want {
				if strings.HasSuffix(text, w) {
					text = w
				}
			}
			places[place] = append(places[place], text)
		}
	}
	whole("page", page)
	for _, story := range find(document(t, m.get(t, "/stream?after="+m.ids["opera"]+"&seen="+m.ids["opera"])), "article.stream-story") {
		if at, _ := attribute(story, "data-url"); at == damAt {
			whole("stream", story)
		}
	}
	for _, meta := range find(page, "meta") {
		if property, _ := attribute(meta, "property"); property == "article:author" {
			name, _ := attribute(meta, "content")
			places["meta"] = append(places["meta"], name)
		}
	}
	for _, script := range find(page, "script") {
		if kind, _ := attribute(script, "type"); kind == "application/ld+json" && script.FirstChild != nil {
			places["JSON-LD"] = append(places["JSON-LD"], authorsOf(t, script.FirstChild.Data)...)
		}
	}
	forms := []string{"/feed", "/feed/atom", "/feed/json", "/rim/feed", "/rim/feed/json"}
	for _, form := range forms {
		f, err := gofeed.NewParser().ParseString(m.get(t, form))
		must(t, err)
		for _, it := range f.Items {
			switch {
			case it.Link != base+damAt:
			case it.DublinCoreExt != nil: // of RSS the parser makes only the first an author
				places[form] = it.DublinCoreExt.Creator
			default:
				for _, a := range it.Authors {
					places[form] = append(places[form], a.Name)
				}
			}
		}
	}
	// The page says of everybody what they did; where only names stand, whoever
	// did two things is named once.
	var once []string
	for _, name := range want {
		if !slices.Contains(once, name) {
			once = append(once, name)
		}
	}
	for _, place := range append(forms, "page", "stream", "meta", "JSON-LD") {
		expected := once
		if place == "page" || place == "stream" {
			expected = want
		}
		if !slices.Equal(places[place], expected) {
			t.Errorf("%s names %q, want %q", place, places[place], expected)
		}
	}
	m.wantOnCards(t, once)
}

// wantOnCards compares the cards of every list, and what the search finds by
// each of the names.
func (m *magazine) wantOnCards(t *testing.T, want []string) {
	t.Helper()
	line := strings.Join(want, ", ")
	if n := len(want); n > 1 {
		line = strings.Join(want[:n-1], ", ") + " and " + want[n-1]
	}
	lists := []string{"/", "/latest", "/rim", "/genre/analysis", "/topic/dams", "/archive/2026/01", "/search?q=dam"}
	for _, name := range want {
		lists = append(lists, "/search?q="+url.QueryEscape(name))
	}
	for _, list := range lists {
		seen := false
		for _, card := range find(document(t, m.get(t, list)), "article.card") {
			if !slices.ContainsFunc(find(card, "h2.headline a"), toDam) && !slices.ContainsFunc(find(card, "h3.headline a"), toDam) {
				continue
			}
			seen = true
			got := ""
			for _, by := range find(card, "span.by") {
				got += inner(by)
			}
			if got != line {
				t.Errorf("%s: the card names %q, want %q", list, got, line)
			}
		}
		if !seen {
			t.Errorf("%s does not show the story", list)
		}
	}
}

func toDam(a *html.Node) bool {
	at, _ := attribute(a, "href")
	return at == damAt
}

// authorsOf are the names of the authors of the article in a JSON-LD block.
func authorsOf(t *testing.T, text string) []string {
	t.Helper()
	var all []struct {
		Author []struct{ Name string } `json:"author"`
	}
	if !strings.HasPrefix(strings.TrimSpace(text), "[") {
		text = "[" + text + "]"
	}
	must(t, json.Unmarshal([]byte(text), &all))
	var names []string
	for _, v := range all {
		for _, a := range v.Author {
			names = append(names, a.Name)
		}
	}
	return names
}
