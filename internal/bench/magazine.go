// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"stet"
	"stet/internal/jobs"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// magazine is a data folder with generated stories, and on PostgreSQL the
// database that belongs to it.
type magazine struct {
	dir      string
	database string
	stories  int
}

// openMagazine returns the magazine with n stories, made now unless an earlier
// run has left it. The making is a process of its own, and a nice one: what it
// leaves on its heap and in its caches must not be measured.
func (b *bench) openMagazine(ctx context.Context, n int) (magazine, error) {
	m := magazine{dir: filepath.Join(b.dir, fmt.Sprintf("magazine-%d", n)), stories: n}
	if b.database != "" {
		m.dir += "-postgres"
		var err error
		if m.database, err = databaseNamed(b.database, fmt.Sprintf("stet_bench_%d", n)); err != nil {
			return m, err
		}
	}
	mark := filepath.Join(m.dir, "generation")
	present := generation + schema()
	if have, err := os.ReadFile(mark); err == nil && string(have) == present {
		return m, nil
	}
	if err := os.RemoveAll(m.dir); err != nil {
		return m, err
	}
	if b.database != "" {
		if err := recreate(ctx, b.database, fmt.Sprintf("stet_bench_%d", n)); err != nil {
			return m, err
		}
	}
	b.say("making a magazine of %d stories in %s (once)", n, m.dir)
	began := time.Now()
	if err := runSelf(ctx, 10, "build", m.dir, m.database, strconv.Itoa(n)); err != nil {
		return m, fmt.Errorf("make the magazine of %d stories: %w", n, err)
	}
	b.say("made in %s", time.Since(began).Round(time.Second))
	return m, os.WriteFile(mark, []byte(present), 0o640)
}

// schema is a mark of the tables: before a release their migrations are still
// edited in place, and a magazine made by an earlier form cannot be opened.
func schema() string {
	sum := sha256.New()
	files, _ := filepath.Glob("internal/store/migrations/*/*.sql")
	for _, name := range files {
		b, _ := os.ReadFile(name)
		sum.Write(b)
	}
	return fmt.Sprintf("-%x", sum.Sum(nil)[:4])
}

// house is an opened magazine, as cmd/stet opens it.
type house struct {
	store *store.Store
	room  *newsroom.Room
	queue *jobs.Queue
	close func()
}

func openHouse(ctx context.Context, m magazine) (*house, error) {
	if err := os.MkdirAll(m.dir, 0o750); err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(m.dir, "stet.db"), URL: m.database})
	if err != nil {
		return nil, err
	}
	blobs, err := media.OpenFolder(filepath.Join(m.dir, "media"))
	if err != nil {
		return nil, err
	}
	sqlite := st.Engine() == "sqlite"
	h := &house{store: st, queue: jobs.New(jobs.Options{DB: st.Conn(), Reader: st.Reader(), Postgres: !sqlite, Sole: sqlite})}
	h.room = newsroom.New(newsroom.Options{Store: st, Blobs: blobs})
	// Nobody looks at the pictures here: their renditions are made when asked for.
	jobs.Handle(h.queue, newsroom.JobRenditions, func(context.Context, newsroom.RenditionArgs) error { return nil })
	h.close = func() { st.Close(); blobs.Close() }
	return h, nil
}

// build makes a magazine: the child process behind openMagazine.
func build(ctx context.Context, m magazine) error {
	h, err := openHouse(ctx, m)
	if err != nil {
		return err
	}
	defer h.close()
	w, err := found(ctx, h.room)
	if err != nil {
		return err
	}
	w.count = m.stories
	if err := w.publishAll(ctx, h.room); err != nil {
		return err
	}
	_, err = h.queue.RunDue(ctx)
	return err
}

// batchSize is how many stories are brought in with one transaction.
const batchSize = 200

// publishAll makes the stories on all processors and brings them in, in their
// order, as an import does.
func (w *writer) publishAll(ctx context.Context, room *newsroom.Room) error {
	g, ctx := errgroup.WithContext(ctx)
	made := make(chan []*newsroom.Arrival, 1)
	g.Go(func() error {
		defer close(made)
		for from := 0; from < w.count; from += batchSize {
			batch := make([]*newsroom.Arrival, min(batchSize, w.count-from))
			var some errgroup.Group
			some.SetLimit(runtime.GOMAXPROCS(0))
			for i := range batch {
				some.Go(func() (err error) {
					batch[i], err = w.arrival(from + i)
					return err
				})
			}
			if err := some.Wait(); err != nil {
				return err
			}
			select {
			case made <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	g.Go(func() error {
		i := 0
		for batch := range made {
			err := room.Batch(ctx, func(room *newsroom.Room) error {
				for k, v := range batch {
					if err := room.Bring(ctx, stet.Operator, v, newsroom.PublishOptions{At: w.published(i + k)}); err != nil {
						return fmt.Errorf("story %d: %w", i+k, err)
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			i += len(batch)
		}
		return nil
	})
	return g.Wait()
}

func (w *writer) arrival(i int) (*newsroom.Arrival, error) {
	c, doc, err := w.story(i)
	if err != nil {
		return nil, fmt.Errorf("story %d: %w", i, err)
	}
	return newsroom.Prepare(&stet.Article{Kind: stet.Story, Content: c}, doc)
}

// found gives the magazine its name, sections, genres, topics, people,
// pictures and front page.
func found(ctx context.Context, room *newsroom.Room) (*writer, error) {
	w := &writer{words: newVocabulary()}
	r := rand.New(rand.NewPCG(1, 1))
	err := room.Batch(ctx, func(room *newsroom.Room) error {
		for _, step := range []func() error{
			func() error { return w.foundMagazine(ctx, room) },
			func() error { return w.foundTaxonomy(ctx, room, r) },
			func() error { return w.foundPeople(ctx, room, r) },
			func() error { return w.foundPictures(ctx, room) },
			func() error { return room.SetFront(ctx, stet.Operator, frontPage) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return w, err
}

func (w *writer) foundMagazine(ctx context.Context, room *newsroom.Room) error {
	return room.SetMagazine(ctx, stet.Operator, stet.Magazine{
		Name: "The Yardstick", Tagline: "Generated stories for measurements", Language: "en", TimeZone: "Europe/Oslo",
		Newsletter: "A letter every Friday.", Follow: []stet.Link{{Label: "RSS", URL: "/feed"}}, Footer: []stet.Link{{Label: "Archive", URL: "/archive"}},
	})
}

func (w *writer) foundTaxonomy(ctx context.Context, room *newsroom.Room, r *rand.Rand) error {
	var top int64
	for i, name := range []string{"Politics", "Europe", "Economy", "Trade", "Culture", "Books", "Science", "Climate"} {
		s := stet.Section{Name: name, Position: i}
		if i%2 == 1 && i < 6 { // three of the eight stand below another
			s.ParentID = top
		}
		if err := room.AddSection(ctx, stet.Operator, &s); err != nil {
			return err
		}
		if s.ParentID == 0 {
			top = s.ID
		}
		w.sections = append(w.sections, stet.Ref{ID: s.PublicID, Name: s.Name})
	}
	for i, name := range []string{"Reporting", "Analysis", "Opinion", "Interview"} {
		g := stet.Genre{Name: name, Position: i}
		if err := room.AddGenre(ctx, stet.Operator, &g); err != nil {
			return err
		}
		w.genres = append(w.genres, stet.Ref{ID: g.PublicID, Name: g.Name})
	}
	for i := range 60 {
		t := stet.Topic{Name: title(w.words.noun(r)) + " " + w.words.noun(r), Slug: "topic-" + strconv.Itoa(i+1)}
		if err := room.AddTopic(ctx, stet.Operator, &t); err != nil {
			return err
		}
		w.topics = append(w.topics, stet.Ref{ID: t.PublicID, Name: t.Name})
	}
	return nil
}

func (w *writer) foundPeople(ctx context.Context, room *newsroom.Room, r *rand.Rand) error {
	for i := range 200 {
		p := stet.Person{Name: name(r), Slug: "person-" + strconv.Itoa(i+1), Author: i < writers, Bio: w.words.prose(r, 40)}
		if err := room.AddPerson(ctx, stet.Operator, &p); err != nil {
			return err
		}
		w.people = append(w.people, stet.Ref{ID: p.PublicID, Name: p.Name})
	}
	return nil
}

// foundPictures adds a handful of pictures that the stories share.
func (w *writer) foundPictures(ctx context.Context, room *newsroom.Room) error {
	for i := range 12 {
		a := stet.Asset{Filename: fmt.Sprintf("picture-%d.jpg", i+1), Alt: "Waves of colour", Credit: "The Yardstick"}
		if _, err := room.AddAsset(ctx, stet.Operator, &a, bytes.NewReader(waves(i))); err != nil {
			return err
		}
		w.pictures = append(w.pictures, a)
	}
	return nil
}

func waves(seed int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 1600, 1066))
	for y := range 1066 {
		for x := range 1600 {
			v := math.Sin(float64(x)/float64(40+seed*9)) + math.Cos(float64(y)/float64(60+seed*5))
			m.SetRGBA(x, y, color.RGBA{uint8(128 + 60*v), uint8(20 * seed), uint8(128 - 60*v), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 80}); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// frontPage is as long as that of a busy magazine.
var frontPage = stet.Front{Blocks: []stet.Block{
	{Type: stet.BlockLead, Count: 3}, {Type: stet.BlockLatest, Count: 8}, {Type: stet.BlockGrid, Title: "Politics", Section: "politics", Count: 6},
	{Type: stet.BlockList, Title: "Economy", Section: "economy", Count: 5}, {Type: stet.BlockStrip, Title: "Analysis", Genre: "analysis", Count: 4},
	{Type: stet.BlockRail, Title: "A topic", Topic: "topic-3", Count: 5}, {Type: stet.BlockGrid, Title: "Culture", Section: "culture", Count: 6},
	{Type: stet.BlockNewsletter}, {Type: stet.BlockGrid, Title: "Climate", Section: "climate", Count: 3}, {Type: stet.BlockRail, Title: "Another topic", Topic: "topic-9", Count: 5},
}}

// paths reads the addresses of all stories, oldest first.
func (m magazine) paths(ctx context.Context) ([]string, error) {
	h, err := openHouse(ctx, m)
	if err != nil {
		return nil, err
	}
	defer h.close()
	last, err := h.store.LastLive(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for after := int64(0); ; {
		rows, err := h.store.LiveAfter(ctx, after, last, 1000)
		if err != nil {
			return nil, err
		}
		for _, l := range rows {
			after = l.ArticleID
			out = append(out, l.Path)
		}
		if len(rows) < 1000 {
			return out, nil
		}
	}
}

// databaseNamed is the address of another database on the same server.
func databaseNamed(server, name string) (string, error) {
	at := strings.LastIndexByte(server, '/')
	if at < len("postgres://") {
		return "", fmt.Errorf("%q names no database; it looks like postgres://user@host/postgres", server)
	}
	rest := ""
	if q := strings.IndexByte(server[at:], '?'); q >= 0 {
		rest = server[at+q:]
	}
	return server[:at+1] + name + rest, nil
}
