// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

// TEMPORARY: a preview server for the designer's eyes.

import (
	"bytes"
	"flag"
	"fmt"
	"html/template"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"stet/internal/prose"
)

var previewAddr = flag.String("preview", "", "serve a preview at this address")

type pstory struct {
	Headline, Dek, Section, Genre, Published, Updated, Picture, Scene, Caption, Credit, Alt, Partner, Origin, Photographs string
	PartnerAuthor                                                                                                         string `yaml:"partner_author"`
	Topics, Byline                                                                                                        []string
	slug                                                                                                                  string
	at                                                                                                                    time.Time
	body                                                                                                                  template.HTML
}

var secs = map[string]Link{
	"northern-rim": {Text: "Northern Rim", URL: "/northern-rim"}, "the-sound": {Text: "The Sound", URL: "/northern-rim/the-sound"},
	"eastern-marches": {Text: "Eastern Marches", URL: "/eastern-marches"}, "southern-coast": {Text: "Southern Coast", URL: "/southern-coast"},
	"security": {Text: "Security", URL: "/security"}, "ideas": {Text: "Ideas", URL: "/ideas"},
}

func pname(slug string) string {
	w := strings.Split(slug, "-")
	for i := range w {
		w[i] = strings.ToUpper(w[i][:1]) + w[i][1:]
	}
	return strings.Join(w, " ")
}

func loadStories() []pstory {
	files, _ := filepath.Glob("/work/main/internal/demo/content/stories/*.md")
	var out []pstory
	for _, f := range files {
		b, _ := os.ReadFile(f)
		parts := bytes.SplitN(b, []byte("---\n"), 3)
		var s pstory
		if len(parts) < 3 || yaml.Unmarshal(parts[1], &s) != nil {
			continue
		}
		s.slug = strings.TrimSuffix(filepath.Base(f), ".md")
		s.at, _ = time.Parse("2006-01-02T15:04", s.Published)
		doc, _ := prose.FromMarkdown(string(parts[2]), prose.Options{})
		s.body = doc.HTML(prose.Env{Base: "http://127.0.0.1:8190", Lazy: true})
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].at.After(out[j].at) })
	return out
}

var pngs, _ = filepath.Glob("/tmp/engrave/*.png")

func (s pstory) pic(ratio float64) Picture {
	h := 0
	for _, c := range s.slug {
		h = h*31 + int(c)
	}
	if h < 0 {
		h = -h
	}
	src := "/media/" + filepath.Base(pngs[h%len(pngs)])
	for _, p := range pngs {
		if strings.TrimSuffix(filepath.Base(p), ".png") == s.Scene {
			src = "/media/" + filepath.Base(p)
		}
	}
	return Picture{Src: src, Srcset: src + " 1500w", Width: 1500, Height: int(1500 / ratio), Alt: s.Alt, Caption: template.HTML(s.Caption), Credit: s.Credit}
}

func (s pstory) label() Label {
	return Label{Genre: Link{Text: strings.ToUpper(s.Genre[:1]) + s.Genre[1:], URL: "/genre/" + s.Genre}, Section: secs[s.Section]}
}
func (s pstory) url() string { return secs[s.Section].URL + "/" + s.slug }
func (s pstory) by() []Byline {
	var out []Byline
	for _, b := range s.Byline {
		out = append(out, Byline{Name: pname(b), URL: "/person/" + b, Portrait: Picture{Src: "/media/" + filepath.Base(pngs[len(b)%len(pngs)]) + "?sq", Width: 80, Height: 80}})
	}
	if s.Photographs != "" {
		out = append(out, Byline{Name: pname(s.Photographs), URL: "/person/" + s.Photographs, Contribution: "photographs"})
	}
	return out
}
func (s pstory) origin() Origin {
	if s.Partner == "" {
		return Origin{}
	}
	return Origin{Partner: "The " + pname(s.Partner), URL: s.Origin, Authors: []string{s.PartnerAuthor}}
}
func (s pstory) card() Card {
	return Card{ID: s.slug, Label: s.label(), Headline: s.Headline, Dek: s.Dek, URL: s.url(), Bylines: s.by(), Published: s.at, Picture: s.pic(1.5), Origin: s.origin()}
}

func TestPreview(t *testing.T) {
	if *previewAddr == "" {
		t.Skip()
	}
	stories := loadStories()
	find := func(slug string) pstory {
		for _, s := range stories {
			if s.slug == slug {
				return s
			}
		}
		return stories[0]
	}
	cards := func(f func(pstory) bool, n int) (out []Card) {
		for _, s := range stories {
			if f(s) && len(out) < n {
				out = append(out, s.card())
			}
		}
		return
	}
	sec := func(x string) func(pstory) bool { return func(s pstory) bool { return s.Section == x } }
	all := func(pstory) bool { return true }
	mag := func(cur string) Magazine {
		m := Magazine{Name: "The Causeway", Tagline: "News and analysis from around the Sarn Sea", URL: "http://127.0.0.1",
			Navigation: []Link{{Text: "Latest", URL: "/latest"}, {Text: "Archive", URL: "/archive"}, {Text: "About", URL: "/about"}},
			Follow:     []Link{{Text: "Mastodon", URL: "https://m.example"}, {Text: "Bluesky", URL: "https://b.example"}, {Text: "Feeds", URL: "/feed"}},
			Footer:     []Link{{Text: "Contact", URL: "/contact"}, {Text: "Corrections", URL: "/corrections"}, {Text: "Privacy", URL: "/privacy"}},
			Newsletter: "One letter every Friday: what was said around the Sarn Sea this week, who said it, and what does not agree.",
			Copyright:  "© 2009–2026 The Causeway Foundation, Port Ansgar"}
		for _, s := range []string{"northern-rim", "eastern-marches", "southern-coast", "security", "ideas"} {
			l := secs[s]
			l.Current = s == cur
			if s == "northern-rim" {
				l.Children = []Link{secs["the-sound"]}
			}
			m.Sections = append(m.Sections, l)
		}
		return m
	}
	feeds := []Feed{{Title: "x", Type: "application/rss+xml", URL: "/feed"}, {Title: "x", Type: "application/atom+xml", URL: "/feed/atom"}, {Title: "x", Type: "application/feed+json", URL: "/feed/json"}}
	page := func(title, cur string) Page {
		return Page{Magazine: mag(cur), Head: Head{Title: title, Description: "d", Canonical: "http://127.0.0.1/x", Feeds: feeds, JSONLD: []any{map[string]string{"@type": "NewsArticle", "headline": "</script>\"x\""}}}}
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		lang := r.URL.Query().Get("lang")
		if lang == "" {
			lang = "en-GB"
		}
		over := Options{Language: lang, Overrides: os.DirFS("/tmp/none"), Mark: "C"}
		th, err := New(over)
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		render := func(name string, v any) {
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if err := th.Render(w, name, v); err != nil {
				http.Error(w, err.Error(), 500)
			}
		}
		p := strings.TrimSuffix(r.URL.Path, "/")
		if b, ok := strings.CutPrefix(p, "/static/"); ok {
			h, n, _ := strings.Cut(b, "/")
			f, ok := th.Static(h, n)
			if !ok {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", f.Type)
			w.Header().Set("Cache-Control", "max-age=31536000, immutable")
			w.Write(f.Bytes)
			return
		}
		if b, ok := strings.CutPrefix(p, "/media/"); ok {
			w.Header().Set("Cache-Control", "max-age=3600")
			http.ServeFile(w, r, "/tmp/engrave/"+b)
			return
		}
		switch {
		case p == "":
			f := Front{Page: page("", "")}
			lead := []Card{find("the-warning-nobody-would-own").card(), find("what-the-treaty-counts").card(), find("the-corridor-that-held").card()}
			f.Blocks = []Block{{Kind: LeadBlock, Cards: lead}, {Kind: LatestBlock, Cards: cards(all, 7)},
				{Kind: ListBlock, Title: "Eastern Marches", URL: "/eastern-marches", Cards: cards(sec("eastern-marches"), 5)},
				{Kind: QuoteBlock, Quote: Quote{Text: "“If there is one line on this coast that nobody should be allowed to test, it is the Sound.”", Speaker: "Annelise Vorhoeve", SpeakerURL: "/person/annelise-vorhoeve", Role: "then ambassador of Veldmark to Kestovia", Occasion: "in a memo to the Kanselhof", Date: time.Date(2008, 5, 9, 0, 0, 0, 0, time.UTC), Story: Link{Text: "The warning nobody would own", URL: "/x"}}},
				{Kind: GridBlock, Title: "Southern Coast", URL: "/southern-coast", Cards: cards(sec("southern-coast"), 3)},
				{Kind: StripBlock, Title: "In pictures", Cards: cards(func(s pstory) bool { return s.Genre == "reporting" }, 4)},
				{Kind: RailBlock, Title: "The Sound cables", URL: "/topic/sound-cables", Intro: "Two cables, three statements", Cards: cards(sec("the-sound"), 4)},
				{Kind: NewsletterBlock},
				{Kind: GridBlock, Title: "Ideas", URL: "/ideas", Cards: cards(sec("ideas"), 3)},
			}
			render("front", f)
		case p == "/about":
			render("plain", Plain{Page: page("About", ""), Title: "About The Causeway", Dek: "Who writes this magazine, who pays for it, and what we do when we are wrong.", Body: stories[3].body})
		case p == "/archive":
			a := Archive{Page: page("Archive", ""), Count: 48}
			for y := 2026; y >= 2024; y-- {
				ay := ArchiveYear{Year: y, URL: fmt.Sprintf("/archive/%d", y), Count: 12}
				for m := 12; m >= 1; m-- {
					am := ArchiveMonth{Month: time.Month(m)}
					if m%3 != 0 {
						am.URL, am.Count = fmt.Sprintf("/archive/%d/%02d", y, m), m
					}
					ay.Months = append(ay.Months, am)
				}
				a.Years = append(a.Years, ay)
			}
			render("archive", a)
		case strings.HasPrefix(p, "/archive/"):
			render("archive", Archive{Page: page("November 2026", ""), Year: 2026, Month: 11, Count: 7, Cards: cards(all, 7), Earlier: Link{Text: "October 2026", URL: "/archive/2026/10"}, Later: Link{Text: "December 2026", URL: "/archive/2026/12"}})
		case p == "/search/suggest":
			var out Suggestions
			for _, s := range stories[:5] {
				out.Items = append(out.Items, Suggestion{Kind: "story", Text: s.Headline, URL: s.url()})
			}
			out.Items = append(out.Items, Suggestion{Kind: "person", Text: "Annelise Vorhoeve", URL: "/person/av"})
			render("suggestions", out)
		case p == "/search":
			s := Search{Page: page("Search", ""), Query: r.URL.Query().Get("q"), Sections: []Option{{Value: "a", Text: "Northern Rim"}, {Value: "b", Text: "Security", Selected: true}}, People: []Option{{Text: "Annelise Vorhoeve"}}, Years: []Option{{Text: "2026"}}, Filtered: true, Paging: Paging{Older: "?page=2", Number: 1, Pages: 3}}
			if s.Query != "" && s.Query != "none" {
				s.Count = 48
				for _, c := range cards(all, 6) {
					s.Results = append(s.Results, Result{Card: c, Snippet: "“We took the warning about the <mark>cables</mark> very seriously from the first day,” said the foreign minister to the Diet’s committee; the <mark>cable</mark> had been silent for six hours"})
				}
			}
			render("search", s)
		case p == "/stream":
			n := 0
			seen := r.URL.Query().Get("seen") + "," + r.URL.Query().Get("after")
			st := Stream{Magazine: mag("")}
			for _, s := range stories {
				if n == 3 {
					st.More = "/stream?after=x&seen=" + seen
					break
				}
				if strings.Contains(seen, s.slug) {
					continue
				}
				n++
				seen += "," + s.slug
				ps := strings.SplitAfterN(string(s.body), "</p>\n", 4)
				ss := StreamStory{ID: s.slug, URL: s.url(), Label: s.label(), Headline: s.Headline, Dek: s.Dek, Bylines: s.by(), Published: s.at, Minutes: 5, Picture: s.pic(1.5), Origin: s.origin()}
				ss.Opening = template.HTML(strings.Join(ps[:3], ""))
				if len(ps) > 3 {
					ss.Rest = template.HTML(ps[3])
				}
				st.Stories = append(st.Stories, ss)
			}
			render("stream", st)
		case strings.HasPrefix(p, "/person/"):
			render("listing", Listing{Page: page("Annelise Vorhoeve", ""), Kind: PersonListing, Title: "Annelise Vorhoeve", Intro: "<p>Foreign minister of Veldmark. Before that she was a diplomat for twenty-two years, most of them in the Eastern Marches.</p>",
				Person: Person{Portrait: Picture{Src: "/media/" + filepath.Base(pngs[3]) + "?sq", Width: 400, Height: 400, Alt: "Portrait"}, Roles: []Role{{Title: "Foreign minister", Organisation: "Veldmark", From: "March 2023"}, {Title: "Ambassador to Kestovia", Organisation: "Veldmark", From: "2006", To: "2011"}}, Links: []Link{{Text: "Mastodon", URL: "https://x.example"}}},
				Count:  12, Cards: cards(all, 5), About: cards(sec("security"), 4), Paging: Paging{Older: "?page=2", Number: 1, Pages: 2}})
		case strings.HasPrefix(p, "/topic/"):
			render("listing", Listing{Page: page("The Sound cables", ""), Kind: TopicListing, Title: "The Sound cables", Intro: "<p>Two power and data cables lie on the bed of the Sound. What happened to the second of them on the last night of August, who knew, and who says so now.</p>", Cards: cards(sec("the-sound"), 8), Count: 9})
		case p == "/gone":
			w.WriteHeader(410)
			render("error", Error{Page: page("Gone", ""), Status: 410})
		case p == "/thanks":
			render("thanks", Thanks{Page: page("Thanks", ""), Email: "a@b.example"})
		case strings.Count(p, "/") == 1 && secs[p[1:]].URL != "":
			l := Listing{Page: page(secs[p[1:]].Text, p[1:]), Kind: SectionListing, Address: p, Title: secs[p[1:]].Text, Intro: "<p>Veldmark, Ilmar and the waters between them: parliaments, ports, cables and the people who mind them.</p>", Cards: cards(sec(p[1:]), 8), Count: 9, Paging: Paging{Older: "?page=2", Number: 1, Pages: 2}}
			if p == "/northern-rim" {
				l.Subsections = []Link{secs["the-sound"]}
			}
			render("listing", l)
		case p == "/northern-rim/the-sound":
			render("listing", Listing{Page: page("The Sound", "northern-rim"), Kind: SectionListing, Trail: []Link{secs["northern-rim"]}, Title: "The Sound", Cards: cards(sec("the-sound"), 8)})
		default:
			slug := filepath.Base(p)
			s := find(slug)
			if s.slug != slug {
				w.WriteHeader(404)
				render("error", Error{Page: page("Not found", ""), Status: 404, Query: slug, Suggestions: cards(all, 3)})
				return
			}
			a := Article{Page: page(s.Headline, s.Section), ID: s.slug, Label: s.label(), Headline: s.Headline, Dek: s.Dek, Bylines: s.by(), Published: s.at, Minutes: 7, Picture: s.pic(1.6), Body: s.body, Origin: s.origin(), Next: cards(all, 6)}
			if s.Updated != "" {
				a.Updated = s.at.Add(30 * time.Hour)
			}
			a.Head.Canonical = "http://127.0.0.1:8190" + s.url() // "http://127.0.0.1" + s.url()
			for _, x := range s.Topics {
				a.Topics = append(a.Topics, Link{Text: pname(x), URL: "/topic/" + x})
			}
			for _, b := range a.Bylines {
				a.Authors = append(a.Authors, AuthorNote{Name: b.Name, URL: b.URL, Portrait: b.Portrait, Note: "reports on the Sound for <em>The Causeway</em>. She was a radio officer on the Ilmar ferries before she was a journalist."})
			}
			a.Rails = []Block{{Kind: RailBlock, Title: "The Sound cables", URL: "/topic/sound-cables", Cards: cards(sec("the-sound"), 4)}}
			render("article", a)
		}
	})
	t.Fatal(http.ListenAndServe(*previewAddr, nil))
}
