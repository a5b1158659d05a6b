// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"stet"
	"stet/internal/newsroom"
)

// TestBylines gives a story several contributions and a free line, and finds
// the same names in the same order wherever the story is: on its page, in the
// stream, in JSON-LD and in every form of the feed. They were saved with the
// story and change with it.
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
			refs := []stet.Byline{
				{Person: m.persons["leila"], Contribution: stet.Words},
				{Person: stet.Ref{ID: marta.PublicID}, Contribution: stet.Photographs},
				{Person: stet.Ref{ID: oscar.PublicID}, Contribution: stet.Translation},
			}

			set := func(bylines []stet.Byline, line string) {
				t.Helper()
				a, err := m.Store().Article(ctx, m.keys["dam"])
				must(t, err)
				a.Content.Bylines, a.Content.BylineText = bylines, line
				must(t, m.Save(ctx, op, &a))
				_, err = m.Publish(ctx, op, a.ID, newsroom.PublishOptions{})
				must(t, err)
			}
			set(refs, "and our correspondent in Sorin")
			m.wantBylines(t, "Leila Hartog", "Marta Ruiz", "Óscar Díaz", "and our correspondent in Sorin")
			set([]stet.Byline{refs[2], refs[0]}, "")
			m.wantBylines(t, "Óscar Díaz", "Leila Hartog")
		})
	}
}

// wantBylines compares every place that names authors.
func (m *magazine) wantBylines(t *testing.T, want ...string) {
	t.Helper()
	page := document(t, m.get(t, "/rim/dam"))
	places := map[string][]string{}
	// The byline of the page, without the words for what somebody did.
	for _, li := range find(page, "ul.bylines li") {
		text := strings.TrimSpace(inner(li))
		for _, w := range want {
			if strings.HasSuffix(text, w) {
				text = w
			}
		}
		places["page"] = append(places["page"], text)
	}
	for _, script := range find(page, "script") {
		if kind, _ := attribute(script, "type"); kind == "application/ld+json" && script.FirstChild != nil {
			places["JSON-LD"] = append(places["JSON-LD"], authorsOf(t, script.FirstChild.Data)...)
		}
	}
	for _, form := range []string{"/feed", "/feed/atom", "/feed/json"} {
		f, err := gofeed.NewParser().ParseString(m.get(t, form))
		must(t, err)
		for _, it := range f.Items {
			switch {
			case it.Link != base+"/rim/dam":
			case it.DublinCoreExt != nil: // of RSS the parser makes only the first an author
				places[form] = it.DublinCoreExt.Creator
			default:
				for _, a := range it.Authors {
					places[form] = append(places[form], a.Name)
				}
			}
		}
	}
	for _, place := range []string{"page", "JSON-LD", "/feed", "/feed/atom", "/feed/json"} {
		if !slices.Equal(places[place], want) {
			t.Errorf("%s names %q, want %q", place, places[place], want)
		}
	}
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
