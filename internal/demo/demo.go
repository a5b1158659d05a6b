// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package demo is a whole small magazine, The Causeway, with which visitors,
// screenshots and browser tests see what Stet does. Its stories, people and
// countries are invented, its pictures are drawn by package engrave.
//
// It fills an empty magazine through the newsroom, as an importer would, and
// knows nothing that an importer could not do.
package demo

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"image"
	"image/jpeg"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/sync/errgroup"

	"stet"
	"stet/internal/demo/engrave"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

//go:embed content
var content embed.FS

// Name is the demo magazine's.
const Name = "The Causeway"

// plan is content/magazine.json.
type plan struct {
	Magazine stet.Magazine
	Front    stet.Front
	Sections []struct{ Slug, Parent, Name, Description string }
	Genres   []struct{ Slug, Name string }
	Topics   []struct{ Slug, Name, Description string }
	Partners []struct{ Slug, Name, URL string }
}

// person is one of content/people.json.
type person struct {
	Slug, Name, Kind, Bio string
	Staff                 bool
	Roles                 []stet.Role
	Links                 []stet.Link
}

// story is the front matter of a file in content/stories or content/pages.
type story struct {
	Headline      string
	Dek           string
	Slug          string
	Section       string
	Sections      []string
	Genre         string
	Topics        []string
	Byline        []string
	Photographs   string
	Published     string
	Updated       string
	First         *first
	Picture       string
	Scene         string
	Caption       string
	Credit        string
	Alt           string
	Partner       string
	Origin        string
	PartnerAuthor string `yaml:"partner_author"`
	Corrections   []correction
	Desk          work // of a file in content/desk

	body string
}

// first is how a story stood until its update: under another headline, and
// without a paragraph, which is named by how it begins. Note is the update's.
type first struct{ Headline, Dek, Without, Note string }

// until makes of a content what was published first.
func (w *first) until(c stet.Content) (stet.Content, error) {
	doc, err := prose.Parse(c.Body)
	if err != nil {
		return c, err
	}
	was := slices.DeleteFunc(slices.Clone(doc.Root.Content), func(n prose.Node) bool {
		return w.Without != "" && strings.HasPrefix(n.Plain(), w.Without)
	})
	if w.Without != "" && len(was) != len(doc.Root.Content)-1 {
		return c, fmt.Errorf("there is no one paragraph that begins with %q", w.Without)
	}
	if doc, err = prose.New(was...); err != nil {
		return c, err
	}
	c.Headline, c.Dek, c.Body = w.Headline, w.Dek, doc.JSON()
	return c, nil
}

// correction is a correction of a story. The file has the text as it should
// read (Is); what is published first has Was in its place.
type correction struct {
	At, Kind, Weight, Was, Is, Note string
	Amends                          bool // the one before it
}

// filler carries what was made so far, by slug.
type filler struct {
	room     *newsroom.Room
	zone     *time.Location
	sections map[string]stet.Ref
	genres   map[string]stet.Ref
	topics   map[string]stet.Ref
	partners map[string]stet.Ref
	people   map[string]stet.Ref
	pictures map[string][]byte
	files    map[string]string // ids of recordings and documents, by name
	stories  map[string]int64
	assets   map[string]string // ids of lead pictures, by name
	staff    map[string]stet.Staff
	editor   stet.Staff // in whose name stories are corrected
	cast     []person
}

// Fill puts the demo magazine into the empty magazine of the room.
func Fill(ctx context.Context, room *newsroom.Room) error {
	var p plan
	if err := readJSON("content/magazine.json", &p); err != nil {
		return err
	}
	var people []person
	if err := readJSON("content/people.json", &people); err != nil {
		return err
	}
	stories, err := readStories("content/stories")
	if err != nil {
		return err
	}
	pages, err := readStories("content/pages")
	if err != nil {
		return err
	}
	desk, err := readStories("content/desk")
	if err != nil {
		return err
	}
	f := &filler{
		room: room, zone: p.Magazine.Location(), sections: map[string]stet.Ref{}, genres: map[string]stet.Ref{}, topics: map[string]stet.Ref{},
		partners: map[string]stet.Ref{}, people: map[string]stet.Ref{}, files: map[string]string{}, cast: people,
		stories: map[string]int64{}, assets: map[string]string{}, staff: map[string]stet.Staff{},
	}
	if f.pictures, err = draw(ctx, stories, people); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return room.SetMagazine(ctx, stet.Operator, p.Magazine) },
		func() error { return f.taxonomy(ctx, p) },
		func() error { return f.addPeople(ctx, people) },
		func() error { return f.addStaff(ctx) },
		func() error { return f.addFiles(ctx) },
		func() error { return f.addStories(ctx, stories) },
		func() error { return f.addPages(ctx, pages) },
		func() error { return f.keepRecord(ctx) },
		func() error { return f.layDesk(ctx, desk) },
		func() error { return room.SetFront(ctx, stet.Operator, p.Front) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("fill the demo magazine: %w", err)
		}
	}
	return nil
}

func readJSON(name string, dst any) error {
	b, err := content.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, dst); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// readStories reads every file of a folder, oldest story first.
func readStories(dir string) ([]story, error) {
	files, err := fs.Glob(content, dir+"/*.md")
	if err != nil {
		return nil, err
	}
	var out []story
	for _, name := range files {
		b, err := content.ReadFile(name)
		if err != nil {
			return nil, err
		}
		front, body, ok := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
		if !ok {
			return nil, fmt.Errorf("%s: no front matter", name)
		}
		s := story{body: body}
		if err := yaml.Unmarshal([]byte(front), &s); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if s.Slug == "" {
			s.Slug = strings.TrimSuffix(path.Base(name), ".md")
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b story) int {
		return strings.Compare(a.Published+a.Slug, b.Published+b.Slug)
	})
	return out, nil
}

// The extent of lead pictures and of portraits.
const (
	pictureWidth, pictureHeight = 1600, 1066
	portraitSide                = 640
)

// draw draws every picture, as many at a time as there are processors.
func draw(ctx context.Context, stories []story, people []person) (map[string][]byte, error) {
	pictures := map[string][]byte{}
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	add := func(key, scene string, w, h int) {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			img, err := engrave.Draw(scene, seed(key), w, h)
			if err != nil {
				return fmt.Errorf("draw %s: %w", key, err)
			}
			b, err := encode(img)
			mu.Lock()
			pictures[key] = b
			mu.Unlock()
			return err
		})
	}
	for _, s := range stories {
		add(s.Picture, s.Scene, pictureWidth, pictureHeight)
	}
	for _, p := range people {
		add("portrait:"+p.Slug, "portrait:"+p.Slug, portraitSide, portraitSide)
	}
	return pictures, g.Wait()
}

func encode(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 88})
	return b.Bytes(), err
}

func seed(key string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(key))
	return h.Sum64()
}

func (f *filler) taxonomy(ctx context.Context, p plan) error {
	ids := map[string]int64{}
	for i, s := range p.Sections {
		sec := stet.Section{Name: s.Name, Slug: s.Slug, Description: s.Description, Position: i, ParentID: ids[s.Parent]}
		if err := f.room.AddSection(ctx, stet.Operator, &sec); err != nil {
			return fmt.Errorf("section %s: %w", s.Slug, err)
		}
		ids[s.Slug] = sec.ID
		f.sections[s.Slug] = stet.Ref{ID: sec.PublicID, Name: sec.Name}
	}
	for i, v := range p.Genres {
		g := stet.Genre{Name: v.Name, Slug: v.Slug, Position: i}
		if err := f.room.AddGenre(ctx, stet.Operator, &g); err != nil {
			return fmt.Errorf("genre %s: %w", v.Slug, err)
		}
		f.genres[v.Slug] = stet.Ref{ID: g.PublicID, Name: g.Name}
	}
	for _, v := range p.Topics {
		t := stet.Topic{Name: v.Name, Slug: v.Slug, Description: v.Description}
		if err := f.room.AddTopic(ctx, stet.Operator, &t); err != nil {
			return fmt.Errorf("topic %s: %w", v.Slug, err)
		}
		f.topics[v.Slug] = stet.Ref{ID: t.PublicID, Name: t.Name}
	}
	for _, v := range p.Partners {
		pa := stet.Partner{Name: v.Name, URL: v.URL}
		if err := f.room.AddPartner(ctx, stet.Operator, &pa); err != nil {
			return fmt.Errorf("partner %s: %w", v.Slug, err)
		}
		f.partners[v.Slug] = stet.Ref{ID: pa.PublicID, Name: pa.Name}
	}
	return nil
}

func (f *filler) addPeople(ctx context.Context, people []person) error {
	for _, v := range people {
		a, err := f.asset(ctx, "portrait:"+v.Slug, stet.Asset{Filename: v.Slug + ".jpg", Alt: "Portrait of " + v.Name + ", an engraving", Credit: "Atelier Mora"})
		if err != nil {
			return err
		}
		p := stet.Person{Name: v.Name, SortName: sortName(v.Name), Slug: v.Slug, Bio: v.Bio, Roles: v.Roles, Links: v.Links, Author: v.Staff, Portrait: a.ID}
		if err := f.room.AddPerson(ctx, stet.Operator, &p); err != nil {
			return fmt.Errorf("person %s: %w", v.Slug, err)
		}
		f.people[v.Slug] = stet.Ref{ID: p.PublicID, Name: p.Name}
	}
	return nil
}

// Password is the password of every account of the demo: whoever tries the
// desk signs in as one of them. It is printed when the demo is served.
const Password = "let the demo stand"

// accounts are the staff of the demo, by the person who they are in bylines:
// one of each role, and an editor of one section.
var accounts = []struct {
	person, section string
	role            stet.StaffRole
}{
	{"maren-tolvik", "", stet.Owner},
	{"hanne-duarte", "", stet.Administrator},
	{"sunniva-arkell", "", stet.Editor},
	{"idris-kallan", "eastern-marches", stet.Editor},
	{"leila-hartog", "", stet.Writer},
	{"josip-quennell", "", stet.Contributor},
}

func (f *filler) addStaff(ctx context.Context) error {
	for _, v := range accounts {
		p := f.people[v.person]
		first, _, _ := strings.Cut(v.person, "-")
		a := stet.Staff{Email: first + "@causeway.example", Name: p.Name, Role: v.role, Person: p.ID}
		if v.section != "" {
			a.Sections = []string{f.sections[v.section].ID}
		}
		if err := f.room.AddStaff(ctx, stet.Operator, &a, Password); err != nil {
			return fmt.Errorf("account of %s: %w", p.Name, err)
		}
		f.staff[v.person] = a
		if v.role == stet.Editor && v.section == "" {
			f.editor = a
		}
	}
	return nil
}

func sortName(name string) string {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return name
	}
	return name[i+1:] + ", " + name[:i]
}

func (f *filler) asset(ctx context.Context, key string, a stet.Asset) (stet.Asset, error) {
	_, err := f.room.AddAsset(ctx, stet.Operator, &a, bytes.NewReader(f.pictures[key]))
	if err != nil {
		return a, fmt.Errorf("picture %s: %w", key, err)
	}
	return a, nil
}

func (f *filler) addStories(ctx context.Context, stories []story) error {
	for _, s := range stories {
		if err := f.addLead(ctx, s); err != nil {
			return err
		}
		c, err := f.content(s)
		if err != nil {
			return fmt.Errorf("story %s: %w", s.Slug, err)
		}
		c.Lead = &stet.Placement{Asset: f.assets[s.Picture]}
		if err := f.publish(ctx, stet.Story, s, c); err != nil {
			return fmt.Errorf("story %s: %w", s.Slug, err)
		}
	}
	return nil
}

// addLead adds the picture that was drawn for the story.
func (f *filler) addLead(ctx context.Context, s story) error {
	a, err := f.asset(ctx, s.Picture, stet.Asset{Filename: s.Picture + ".jpg", Alt: s.Alt, Caption: s.Caption, Credit: s.Credit})
	f.assets[s.Picture] = a.PublicID
	return err
}

func (f *filler) addPages(ctx context.Context, pages []story) error {
	for _, s := range pages {
		c, err := f.content(s)
		if err != nil {
			return fmt.Errorf("page %s: %w", s.Slug, err)
		}
		if s.Published == "" {
			s.Published = "2026-09-01T09:00"
		}
		if err := f.publish(ctx, stet.Page, s, c); err != nil {
			return fmt.Errorf("page %s: %w", s.Slug, err)
		}
	}
	return nil
}

func (f *filler) content(s story) (stet.Content, error) {
	for _, c := range s.Corrections {
		s.body = strings.Replace(s.body, c.Is, c.Was, 1)
	}
	doc, _ := prose.FromMarkdown(s.body, prose.Options{Media: func(src string, _ prose.Placed) (string, bool) {
		id, ok := f.files[src]
		return id, ok
	}})
	c := stet.Content{Headline: s.Headline, Dek: s.Dek, Slug: s.Slug, Body: doc.JSON(), Language: "en-GB"}
	var err error
	pick := func(from map[string]stet.Ref, slug string) stet.Ref {
		ref, ok := from[slug]
		if slug != "" && !ok {
			err = fmt.Errorf("there is no %q", slug)
		}
		return ref
	}
	c.Section, c.Genre = pick(f.sections, s.Section), pick(f.genres, s.Genre)
	for _, v := range s.Sections {
		c.Sections = append(c.Sections, pick(f.sections, v))
	}
	for _, v := range s.Topics {
		c.Topics = append(c.Topics, pick(f.topics, v))
	}
	for _, v := range s.Byline {
		c.Bylines = append(c.Bylines, stet.Byline{Person: pick(f.people, v), Contribution: stet.Words})
	}
	if s.Photographs != "" {
		c.Bylines = append(c.Bylines, stet.Byline{Person: pick(f.people, s.Photographs), Contribution: stet.Photographs})
	}
	if s.Partner != "" {
		c.Origin = &stet.Origin{Partner: pick(f.partners, s.Partner), URL: s.Origin, Author: s.PartnerAuthor}
		c.Canonical = s.Origin
	}
	return c, err
}

// publish publishes the story as of its own date, and its update after it.
func (f *filler) publish(ctx context.Context, kind stet.Kind, s story, c stet.Content) error {
	at, err := time.ParseInLocation("2006-01-02T15:04", s.Published, f.zone)
	if err != nil {
		return err
	}
	a := stet.Article{Kind: kind, Content: c}
	note := "Figures and quotations checked again after publication."
	if s.First != nil {
		note = s.First.Note
		if a.Content, err = s.First.until(c); err != nil {
			return err
		}
	}
	if err := f.room.Draft(ctx, stet.Operator, &a); err != nil {
		return err
	}
	f.stories[s.Slug] = a.ID
	if _, err := f.room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{At: at}); err != nil {
		return err
	}
	if s.Updated != "" {
		again, err := time.ParseInLocation("2006-01-02T15:04", s.Updated, f.zone)
		if err != nil {
			return err
		}
		if s.First != nil {
			if a, err = f.room.Store().Article(ctx, a.ID); err != nil {
				return err
			}
			a.Content = c
			if err := f.room.Save(ctx, stet.Operator, &a); err != nil {
				return err
			}
		}
		if _, err = f.room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{At: again, Note: note}); err != nil {
			return err
		}
	}
	return f.correct(ctx, a.ID, s)
}

// correct corrects the story as its editors did, each time on its day.
func (f *filler) correct(ctx context.Context, id int64, s story) error {
	before := ""
	for _, c := range s.Corrections {
		at, err := time.ParseInLocation("2006-01-02T15:04", c.At, f.zone)
		if err != nil {
			return err
		}
		in := newsroom.CorrectInput{Kind: stet.CorrectionKind(c.Kind), Weight: stet.Weight(c.Weight), Note: c.Note, At: at}
		if c.Amends {
			in.Amends = before
		}
		if c.Was != "" {
			if in.Passage, err = f.passage(ctx, id, c); err != nil {
				return err
			}
		}
		made, err := f.room.Correct(ctx, f.editor, id, in)
		if err != nil {
			return fmt.Errorf("correction of %s: %w", c.At, err)
		}
		before = made.Correction.PublicID
	}
	return nil
}

// around is how many words on each side tell a passage from others.
const around = 6

// passage finds the words that a correction changes, and no more than those.
func (f *filler) passage(ctx context.Context, id int64, c correction) (*stet.Passage, error) {
	a, err := f.room.Store().Article(ctx, id)
	if err != nil {
		return nil, err
	}
	doc, err := prose.Parse(a.Content.Body)
	if err != nil {
		return nil, err
	}
	for _, b := range doc.TextBlocks() {
		if before, after, ok := strings.Cut(b.Text, c.Was); ok {
			was, is := strings.SplitAfter(c.Was, " "), strings.SplitAfter(c.Is, " ")
			for len(was) > 1 && len(is) > 1 && was[0] == is[0] {
				before, was, is = before+was[0], was[1:], is[1:]
			}
			for len(was) > 1 && len(is) > 1 && was[len(was)-1] == is[len(is)-1] {
				after, was, is = was[len(was)-1]+after, was[:len(was)-1], is[:len(is)-1]
			}
			exact, now := strings.Join(was, ""), strings.Join(is, "")
			if w, ok := strings.CutSuffix(exact, " "); ok && strings.HasSuffix(now, " ") {
				exact, now, after = w, strings.TrimSuffix(now, " "), " "+after
			}
			lead, tail := strings.SplitAfter(before, " "), strings.SplitAfter(after, " ")
			return &stet.Passage{
				Block: b.ID, Exact: exact, After: now,
				Prefix: strings.Join(lead[max(0, len(lead)-around):], ""), Suffix: strings.Join(tail[:min(len(tail), around)], ""),
			}, nil
		}
	}
	return nil, fmt.Errorf("there is no %q", c.Was)
}
