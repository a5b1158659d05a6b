// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/readers"
	"stet/internal/site"
	"stet/internal/stettest"
	"stet/internal/store"
	"stet/internal/web"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/*.txtar")

const base = "https://sound.example"

var op = stet.Operator

// plan is the content of a story test, content.yaml.
type plan struct {
	Engines  []string // sqlite when none is named
	Magazine stet.Magazine
	Front    *stet.Front
	Sections []struct{ Slug, Name, Parent, Description string }
	Genres   []struct{ Slug, Name string }
	Topics   []struct{ Slug, Name, Description string }
	Partners []struct{ Slug, Name, URL string }
	Pictures []struct {
		Slug                 string
		Width, Height        int
		Alt, Caption, Credit string
	}
	People []struct {
		Slug, Name, Bio string
		Portrait        string
		Roles           []stet.Role
		Links           []stet.Link
		Variants        []string
	}
	Stories   []story
	Many      int // further stories, many-1 (the oldest) to many-N, an hour apart, in the first section
	Redirects map[string]string
	Old       map[string]string // old addresses: path -> slug of a story, or "kind:slug"
}

type story struct {
	Slug, Headline, Dek, Section, Genre, Published, Updated, Picture, Partner, Origin, Author, Language, Byline, Canonical string
	Sections, Topics, By                                                                                                   []string
	Body                                                                                                                   string // Markdown
	Raw                                                                                                                    string // HTML for a raw block at the end
	Page, Draft                                                                                                            bool
}

// magazine is a served magazine with its newsroom.
type magazine struct {
	*newsroom.Room
	site  *site.Site
	clock *stettest.Clock
	blobs *media.Folder

	ids                                         map[string]string // slug -> public id of a story, person, picture
	keys                                        map[string]int64  // slug -> id of a story, person
	sections, genres, topics, partners, persons map[string]stet.Ref
	sectionKeys                                 map[string]int64
}

type where struct {
	postgres string // URL, or "" for SQLite in a folder of its own
	proxies  []string
	cache    int
	override fs.FS
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func postgres(t *testing.T) string {
	return stettest.PostgresTemplate(t, "site", func(url string) error {
		s, err := store.Open(context.Background(), store.Options{URL: url})
		if err != nil {
			return err
		}
		return s.Close()
	})
}

// serve opens an empty magazine and serves it.
func serve(t *testing.T, at where) *magazine {
	t.Helper()
	m := &magazine{
		clock: stettest.NewClock(time.Time{}), ids: map[string]string{}, keys: map[string]int64{}, sections: map[string]stet.Ref{}, genres: map[string]stet.Ref{},
		topics: map[string]stet.Ref{}, partners: map[string]stet.Ref{}, persons: map[string]stet.Ref{}, sectionKeys: map[string]int64{},
	}
	log := stettest.Logger(t)
	s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "stet.db"), URL: at.postgres, Now: m.clock.Now, Logger: log})
	must(t, err)
	t.Cleanup(func() { s.Close() })
	m.blobs, err = media.OpenFolder(t.TempDir())
	must(t, err)
	t.Cleanup(func() { m.blobs.Close() })
	renditions := media.NewRenditions(media.RenditionsOptions{Blobs: m.blobs})
	t.Cleanup(renditions.Close)
	m.Room = newsroom.New(newsroom.Options{Store: s, Blobs: m.blobs, Logger: log})
	proxies, err := web.ParseProxies(at.proxies)
	must(t, err)
	m.site, err = site.New(t.Context(), site.Options{
		Store: s, Blobs: m.blobs, Renditions: renditions, Readers: readers.New(s, m.clock.Now), Logger: log, URL: base, Proxies: proxies, CacheBytes: at.cache, Overrides: at.override,
	})
	must(t, err)
	return m
}

func (m *magazine) fill(t *testing.T, p plan) {
	t.Helper()
	ctx := t.Context()
	if p.Magazine.Name == "" {
		p.Magazine = stet.Magazine{Name: "The Sound", Tagline: "News of the straits", Language: "en", TimeZone: "UTC", Newsletter: "One letter a week."}
	}
	must(t, m.SetMagazine(ctx, op, p.Magazine))
	for i, v := range p.Sections {
		s := stet.Section{Slug: v.Slug, Name: v.Name, Description: v.Description, ParentID: m.sectionKeys[v.Parent], Position: i}
		must(t, m.AddSection(ctx, op, &s))
		m.sections[v.Slug], m.sectionKeys[v.Slug] = stet.Ref{ID: s.PublicID}, s.ID
	}
	for _, v := range p.Genres {
		g := stet.Genre{Slug: v.Slug, Name: v.Name}
		must(t, m.AddGenre(ctx, op, &g))
		m.genres[v.Slug] = stet.Ref{ID: g.PublicID}
	}
	for _, v := range p.Topics {
		x := stet.Topic{Slug: v.Slug, Name: v.Name, Description: v.Description}
		must(t, m.AddTopic(ctx, op, &x))
		m.topics[v.Slug], m.keys["topic:"+v.Slug] = stet.Ref{ID: x.PublicID}, x.ID
	}
	for _, v := range p.Partners {
		x := stet.Partner{Name: v.Name, URL: v.URL}
		must(t, m.AddPartner(ctx, op, &x))
		m.partners[v.Slug] = stet.Ref{ID: x.PublicID}
	}
	for i, v := range p.Pictures {
		a := stet.Asset{Filename: v.Slug + ".jpg", Alt: v.Alt, Caption: v.Caption, Credit: v.Credit}
		_, err := m.AddAsset(ctx, op, &a, bytes.NewReader(photo(t, v.Width, v.Height, uint8(i+1))))
		must(t, err)
		m.ids[v.Slug], m.keys[v.Slug] = a.PublicID, a.ID
	}
	for _, v := range p.People {
		x := stet.Person{Slug: v.Slug, Name: v.Name, Bio: v.Bio, Roles: v.Roles, Links: v.Links, Variants: v.Variants, Portrait: m.keys[v.Portrait]}
		must(t, m.AddPerson(ctx, op, &x))
		m.persons[v.Slug], m.ids[v.Slug], m.keys[v.Slug] = stet.Ref{ID: x.PublicID}, x.PublicID, x.ID
	}
	for i := range p.Many {
		at := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
		p.Stories = append(p.Stories, story{
			Slug: fmt.Sprintf("many-%d", i+1), Headline: fmt.Sprintf("Many %d", i+1), Section: p.Sections[0].Slug, Published: at.Format(time.RFC3339), Body: "One of many stories.",
		})
	}
	must(t, m.Batch(ctx, func(r *newsroom.Room) error {
		inner := *m
		inner.Room = r
		for _, s := range p.Stories {
			inner.add(t, s)
		}
		return nil
	}))
	for from, to := range p.Redirects {
		must(t, m.AddRedirect(ctx, op, from, to))
	}
	for path, to := range p.Old {
		m.old(t, path, to)
	}
	if p.Front != nil {
		must(t, m.SetFront(ctx, op, *p.Front))
	}
}

func (m *magazine) old(t *testing.T, path, to string) {
	t.Helper()
	kind, slug, ok := strings.Cut(to, ":")
	key := m.keys[slug]
	switch {
	case !ok:
		kind, key = "article", m.keys[to]
	case kind == "section":
		key = m.sectionKeys[slug]
	case kind == "topic":
		key = m.keys[to]
	}
	if added, err := m.AddOldPath(t.Context(), op, path, stet.PathKind(kind), key); err != nil || !added {
		t.Fatalf("old address %s: %v, %v", path, added, err)
	}
}

func (m *magazine) content(t *testing.T, s story) stet.Content {
	t.Helper()
	doc, _ := prose.FromMarkdown(s.Body, prose.Options{})
	if s.Raw != "" {
		var err error
		doc, err = prose.New(append(slices.Clone(doc.Root.Content), prose.Raw(s.Raw))...)
		must(t, err)
	}
	c := stet.Content{
		Headline: s.Headline, Dek: s.Dek, Slug: s.Slug, Language: s.Language, Body: doc.JSON(), Section: m.sections[s.Section], Genre: m.genres[s.Genre], BylineText: s.Byline, Canonical: s.Canonical,
	}
	for _, v := range s.Sections {
		c.Sections = append(c.Sections, m.sections[v])
	}
	for _, v := range s.Topics {
		c.Topics = append(c.Topics, m.topics[v])
	}
	for _, v := range s.By {
		c.Bylines = append(c.Bylines, stet.Byline{Person: m.persons[v], Contribution: stet.Words})
	}
	if s.Picture != "" {
		c.Lead = &stet.Placement{Asset: m.ids[s.Picture]}
	}
	if s.Partner != "" {
		c.Origin = &stet.Origin{Partner: m.partners[s.Partner], URL: s.Origin, Author: s.Author}
	}
	return c
}

// add publishes a story as of its own date.
func (m *magazine) add(t *testing.T, s story) {
	t.Helper()
	ctx := t.Context()
	a := stet.Article{Kind: stet.Story, Content: m.content(t, s)}
	if s.Page {
		a.Kind = stet.Page
	}
	must(t, m.Draft(ctx, op, &a))
	m.ids[s.Slug], m.keys[s.Slug] = a.PublicID, a.ID
	if s.Draft {
		return
	}
	_, err := m.Publish(ctx, op, a.ID, newsroom.PublishOptions{At: date(t, s.Published)})
	must(t, err)
	if s.Updated != "" {
		_, err := m.Publish(ctx, op, a.ID, newsroom.PublishOptions{At: date(t, s.Updated)})
		must(t, err)
	}
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, s)
	must(t, err)
	return at
}

func photo(t *testing.T, w, h int, seed uint8) []byte {
	t.Helper()
	im := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			im.Set(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), seed * 40, 255})
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, im, nil))
	return b.Bytes()
}

func readPlan(t *testing.T, data []byte) plan {
	t.Helper()
	var v any
	must(t, yaml.Unmarshal(data, &v))
	b, err := json.Marshal(v)
	must(t, err)
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	var p plan
	must(t, dec.Decode(&p))
	return p
}

// ask sends a request as a browser on a network of its own would.
func (m *magazine) ask(t *testing.T, method, path, body string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, base+path, strings.NewReader(body))
	r.TLS = nil // httptest sets it for https; a proxy speaks plain HTTP to us
	r.RemoteAddr = "203.0.113.9:4711"
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Remote" {
			r.RemoteAddr = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	m.site.ServeHTTP(w, r)
	res := w.Result()
	res.Request = r
	return res
}

// get is a page that must be there.
func (m *magazine) get(t *testing.T, path string) string {
	t.Helper()
	res := m.ask(t, "GET", path, "")
	if res.StatusCode != http.StatusOK {
		t.Errorf("GET %s: %d, to %q", path, res.StatusCode, res.Header.Get("Location"))
	}
	return text(t, res)
}

func text(t *testing.T, res *http.Response) string {
	t.Helper()
	var b bytes.Buffer
	_, err := b.ReadFrom(res.Body)
	must(t, err)
	return b.String()
}

func TestStories(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	must(t, err)
	if len(files) == 0 {
		t.Fatal("there are no stories")
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		must(t, err)
		ar := parseArchive(string(b))
		p := readPlan(t, []byte(ar.files["content.yaml"]))
		if len(p.Engines) == 0 {
			p.Engines = []string{"sqlite"}
		}
		for _, engine := range p.Engines {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+engine, func(t *testing.T) {
				t.Parallel()
				at := where{proxies: []string{"10.0.0.0/8"}}
				if engine == "postgres" {
					at.postgres = postgres(t)
				}
				m := serve(t, at)
				m.fill(t, p)
				sc := &script{t: t, m: m, file: file, kept: map[string]string{}}
				out := sc.run(ar.files["requests"])
				if *update && engine == p.Engines[0] {
					ar.files["requests"] = out
					must(t, os.WriteFile(file, []byte(ar.String()), 0o644))
				}
			})
		}
	}
}

// archive is a txtar file: a comment, then files that begin with "-- name --".
type archive struct {
	comment string
	names   []string
	files   map[string]string
}

func parseArchive(text string) *archive {
	ar := &archive{files: map[string]string{}}
	name := ""
	for line := range strings.Lines(text) {
		if n, ok := strings.CutPrefix(strings.TrimSpace(line), "-- "); ok && strings.HasSuffix(n, " --") {
			name = strings.TrimSuffix(n, " --")
			ar.names = append(ar.names, name)
			continue
		}
		if name == "" {
			ar.comment += line
		} else {
			ar.files[name] += line
		}
	}
	return ar
}

func (ar *archive) String() string {
	out := ar.comment
	for _, name := range ar.names {
		out += "-- " + name + " --\n" + ar.files[name]
	}
	return out
}

// script runs the part "requests" of a story. Its lines are
//
//	GET /path                    a request; POST /path form-body
//	> Header: value              with a header
//	status 200                   expectations about the last answer:
//	header NAME = value          also "~ part", "none"
//	text SELECTOR = value        the text of the first element
//	texts SELECTOR = a | b       of all
//	attr SELECTOR NAME = value   an attribute; attrs for all
//	count SELECTOR = 3
//	html SELECTOR = markup       what is inside the first element
//	body ~ part                  also "!~"
//	keep NAME = header ETag      a value for later, as {NAME}; also "attr SELECTOR NAME"
//	publish SLUG FIELD value     acts: headline, dek, slug, section, body; or alone
//	correct NAME SLUG KIND WEIGHT was => is | note    KIND may be "removed", a retraction without
//	                             its text; a story as a whole has no "was => is"; NAME is for {id:NAME}
//	amend NAME SLUG OTHER | note
//	withdraw SLUG · rename SLUG New Name · clock TIME · front JSON · topic SLUG NAME
//
// {id:SLUG} is the public id of a story or picture. With -update, what stands
// behind " = " is rewritten.
type script struct {
	t    *testing.T
	m    *magazine
	file string
	line int
	kept map[string]string

	method, path, form string
	header             []string
	asked              bool
	res                *http.Response
	sent               string
	doc                *html.Node
}

func (s *script) errorf(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("%s, requests line %d (%s %s): %s", s.file, s.line, s.method, s.path, fmt.Sprintf(format, args...))
}

func (s *script) run(in string) string {
	lines := strings.Split(in, "\n")
	for i, line := range lines {
		s.line = i + 1
		lines[i] = s.do(line)
	}
	s.send()
	return strings.Join(lines, "\n")
}

func (s *script) do(line string) string {
	verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	switch verb {
	case "", "#":
		s.send()
	case "GET", "HEAD", "POST", "PUT":
		s.send()
		rest = s.expand(rest)
		s.method, s.asked, s.res, s.header, s.form = verb, true, nil, nil, ""
		s.path = rest
		if verb == "POST" {
			s.path, s.form, _ = strings.Cut(rest, " ")
		}
	case ">":
		name, value, _ := strings.Cut(rest, ":")
		s.header = append(s.header, name, s.expand(strings.TrimSpace(value)))
	case "correct", "amend", "publish", "withdraw", "rename", "clock", "front", "topic":
		s.send()
		s.act(verb, rest)
	default:
		s.send()
		return s.expect(line, verb, rest)
	}
	return line
}

// expand puts ids and kept values in; shrink is the way back.
func (s *script) expand(in string) string {
	for slug, id := range s.m.ids {
		in = strings.ReplaceAll(in, "{id:"+slug+"}", id)
	}
	for name, v := range s.kept {
		in = strings.ReplaceAll(in, "{"+name+"}", v)
	}
	return in
}

func (s *script) shrink(in string) string {
	for _, slug := range slices.Sorted(maps.Keys(s.m.ids)) {
		in = strings.ReplaceAll(in, s.m.ids[slug], "{id:"+slug+"}")
	}
	return in
}

func (s *script) send() {
	if !s.asked {
		return
	}
	s.asked = false
	s.res = s.m.ask(s.t, s.method, s.path, s.form, s.header...)
	s.sent = text(s.t, s.res)
	s.doc = nil
	if s.method != "HEAD" && s.res.Header.Get("Content-Encoding") == "" && strings.HasPrefix(s.res.Header.Get("Content-Type"), "text/html") {
		if fault := checkHTML(s.sent, s.res.Header.Get("Content-Security-Policy") == web.PolicyReader); fault != "" {
			s.errorf("the page is not fit for readers: %s", fault)
		}
	}
}

func (s *script) page() *html.Node {
	if s.doc == nil {
		var err error
		s.doc, err = html.Parse(strings.NewReader(s.sent))
		must(s.t, err)
	}
	return s.doc
}

func (s *script) expect(line, verb, rest string) string {
	if s.res == nil {
		s.errorf("%q before any request", line)
		return line
	}
	left, want, equal := strings.Cut(rest, " = ")
	if trimmed, ok := strings.CutSuffix(rest, " ="); ok && !equal {
		left, equal = trimmed, true
	}
	var got string
	switch verb {
	case "status":
		left, want, equal, got = "", rest, true, fmt.Sprint(s.res.StatusCode)
	case "location":
		left, want, equal, got = "", rest, true, s.shrink(s.res.Header.Get("Location"))
	case "header":
		if name, part, ok := strings.Cut(rest, " ~ "); ok {
			if v := s.res.Header.Get(name); !strings.Contains(v, part) {
				s.errorf("header %s is %q, without %q", name, v, part)
			}
			return line
		}
		if name, ok := strings.CutSuffix(rest, " none"); ok {
			if v := s.res.Header.Get(name); v != "" {
				s.errorf("header %s is %q", name, v)
			}
			return line
		}
		got = s.shrink(s.res.Header.Get(left))
	case "body":
		op, part, _ := strings.Cut(rest, " ")
		if has := strings.Contains(s.sent, s.expand(part)); has != (op == "~") {
			s.errorf("the body has %q: %v", part, has)
		}
		return line
	case "text", "texts", "html", "count":
		got = s.shrink(s.selected(verb, left, ""))
	case "attr", "attrs":
		i := strings.LastIndexByte(left, ' ')
		got = s.shrink(s.selected(verb, left[:i], left[i+1:]))
	case "keep":
		if name, ok := strings.CutPrefix(want, "header "); ok {
			s.kept[left] = s.res.Header.Get(name)
		} else if sel, ok := strings.CutPrefix(want, "attr "); ok {
			i := strings.LastIndexByte(sel, ' ')
			s.kept[left] = strings.TrimPrefix(s.selected("attr", sel[:i], sel[i+1:]), base)
		}
		if s.kept[left] == "" {
			s.errorf("there is nothing to keep: %s", rest)
		}
		return line
	default:
		s.errorf("%q is no expectation", line)
		return line
	}
	if !equal {
		s.errorf("%q expects nothing", line)
		return line
	}
	if got != want {
		if *update {
			return strings.TrimRight(verb+" "+strings.TrimSuffix(left+" = ", map[bool]string{true: left + " = "}[left == ""])+got, " ")
		}
		s.errorf("%s %s\n  is   %s\n  want %s", verb, left, got, want)
	}
	return line
}

func (s *script) selected(verb, selector, name string) string {
	found := find(s.page(), selector)
	if verb == "count" {
		return fmt.Sprint(len(found))
	}
	var out []string
	for _, n := range found {
		switch verb {
		case "text", "texts":
			out = append(out, inner(n))
		case "html":
			var b strings.Builder
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				must(s.t, html.Render(&b, c))
			}
			out = append(out, strings.Join(strings.Fields(b.String()), " "))
		default:
			v, ok := attribute(n, name)
			if !ok {
				v = "(none)"
			}
			out = append(out, v)
		}
		if verb != "texts" && verb != "attrs" {
			break
		}
	}
	if len(out) == 0 {
		return "(none)"
	}
	return strings.Join(out, " | ")
}

func (s *script) act(verb, rest string) {
	t, ctx, m := s.t, s.t.Context(), s.m
	slug, value, _ := strings.Cut(rest, " ")
	switch verb {
	case "clock":
		m.clock.Set(date(t, rest))
	case "withdraw":
		must(t, m.Withdraw(ctx, op, m.keys[slug]))
	case "rename":
		p, err := m.Store().Person(ctx, m.keys[slug])
		must(t, err)
		p.Name = value
		must(t, m.UpdatePerson(ctx, op, &p))
	case "topic":
		x := stet.Topic{Slug: slug, Name: value}
		must(t, m.AddTopic(ctx, op, &x))
	case "front":
		var f stet.Front
		must(t, json.Unmarshal([]byte(s.expand(rest)), &f))
		must(t, m.SetFront(ctx, op, f))
	case "correct", "amend":
		m.correct(t, slug, verb == "amend", value)
	case "publish":
		m.publish(t, slug, value)
	}
}

// correct makes a correction of a live story, as a line of a script says.
func (m *magazine) correct(t *testing.T, name string, amends bool, rest string) {
	t.Helper()
	head, note, _ := strings.Cut(rest, " | ")
	words := strings.SplitN(head, " ", 4)
	slug := words[0]
	in := newsroom.CorrectInput{Note: note}
	if amends {
		in.Amends = m.ids[words[1]]
	} else {
		in.Kind, in.Weight = stet.CorrectionKind(words[1]), stet.Weight(words[2])
	}
	if gone := in.Kind == "removed"; gone || in.Kind == stet.Retracting {
		in.Kind, in.RemoveText = stet.Retracting, &gone
	}
	if len(words) == 4 {
		was, is, _ := strings.Cut(words[3], " => ")
		in.Passage = m.passage(t, slug, was, is)
	}
	out, err := m.Correct(t.Context(), op, m.keys[slug], in)
	must(t, err)
	m.ids[name] = out.Correction.PublicID
}

func (m *magazine) passage(t *testing.T, slug, was, is string) *stet.Passage {
	t.Helper()
	l, err := m.Store().Live(t.Context(), m.keys[slug])
	must(t, err)
	v, err := m.Store().Version(t.Context(), l.VersionID)
	must(t, err)
	d, err := v.Open()
	must(t, err)
	doc, err := prose.Parse(d.Content.Body)
	must(t, err)
	for _, b := range doc.TextBlocks() {
		if before, after, ok := strings.Cut(b.Text, was); ok {
			return &stet.Passage{Block: b.ID, Exact: was, Prefix: before[max(0, len(before)-30):], Suffix: after[:min(len(after), 30)], After: is}
		}
	}
	t.Fatalf("%s does not say %q", slug, was)
	return nil
}

// publish changes one field of a story and publishes it again; a draft or a
// withdrawn story comes out.
func (m *magazine) publish(t *testing.T, slug, change string) {
	t.Helper()
	ctx := t.Context()
	a, err := m.Store().Article(ctx, m.keys[slug])
	must(t, err)
	field, value, _ := strings.Cut(change, " ")
	switch field {
	case "":
	case "headline":
		a.Content.Headline = value
	case "dek":
		a.Content.Dek = value
	case "slug":
		a.Content.Slug = value
	case "section":
		a.Content.Section = m.sections[value]
	case "body":
		doc, _ := prose.FromMarkdown(value, prose.Options{})
		a.Content.Body = doc.JSON()
	default:
		t.Fatalf("publish: there is no field %q", field)
	}
	must(t, m.Save(ctx, op, &a))
	_, err = m.Publish(ctx, op, a.ID, newsroom.PublishOptions{})
	must(t, err)
}
