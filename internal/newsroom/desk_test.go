// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/stettest"
	"stet/internal/store"
)

// desk is a newsroom with two sections, a genre, a topic, a person and a
// picture, and everything that was announced.
type desk struct {
	*newsroom.Room
	clock *stettest.Clock
	blobs *media.Folder

	rim, sound stet.Section
	genre      stet.Genre
	topic      stet.Topic
	partner    stet.Partner
	person     stet.Person
	picture    stet.Asset

	mu      sync.Mutex
	tags    []string
	settled int
}

var op = stet.Operator

// onBoth runs the test on both engines.
func onBoth(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := store.Options{Path: filepath.Join(t.TempDir(), "stet.db")}
			if engine == "postgres" {
				o = store.Options{URL: stettest.PostgresTemplate(t, "newsroom", func(url string) error {
					s, err := store.Open(context.Background(), store.Options{URL: url})
					if err != nil {
						return err
					}
					return s.Close()
				})}
			}
			test(t, openDesk(t, o))
		})
	}
}

func openDesk(t *testing.T, o store.Options) *desk {
	t.Helper()
	d := &desk{clock: stettest.NewClock(time.Time{})}
	o.Now, o.Logger = d.clock.Now, stettest.Logger(t)
	s, err := store.Open(t.Context(), o)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	d.blobs, err = media.OpenFolder(t.TempDir())
	must(t, err)
	t.Cleanup(func() { d.blobs.Close() })
	d.Room = newsroom.New(newsroom.Options{Store: s, Blobs: d.blobs, Logger: o.Logger})

	ctx := t.Context()
	d.rim = stet.Section{Name: "Northern Rim"}
	must(t, d.AddSection(ctx, op, &d.rim))
	d.sound = stet.Section{Name: "The Sound", ParentID: d.rim.ID}
	must(t, d.AddSection(ctx, op, &d.sound))
	d.genre = stet.Genre{Name: "Analysis"}
	must(t, d.AddGenre(ctx, op, &d.genre))
	d.topic = stet.Topic{Name: "Ferries"}
	must(t, d.AddTopic(ctx, op, &d.topic))
	d.partner = stet.Partner{Name: "The Courier", URL: "https://courier.example"}
	must(t, d.AddPartner(ctx, op, &d.partner))
	d.person = stet.Person{Name: "Leila Hartog"}
	must(t, d.AddPerson(ctx, op, &d.person))
	d.picture = stet.Asset{Filename: "dam.jpg", Alt: "A dam", Caption: "The dam at Sorin", Credit: "M. Ruiz"}
	if added, err := d.AddAsset(ctx, op, &d.picture, bytes.NewReader(photo(t, 640, 480, 1))); err != nil || !added {
		t.Fatalf("picture: %v, %v", added, err)
	}
	s.OnEvent(func(e stet.Event) {
		d.mu.Lock()
		defer d.mu.Unlock()
		for _, tag := range e.Tags {
			if tag != stet.TagAll { // the listener of PostgreSQL says so when it begins
				d.tags = append(d.tags, tag)
			}
		}
	})
	return d
}

func photo(t *testing.T, w, h int, seed uint8) []byte {
	t.Helper()
	im := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range im.Pix {
		im.Pix[i] = uint8(i)*seed + seed
	}
	im.Set(0, 0, color.RGBA{seed, 0, 0, 255})
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, im, nil))
	return b.Bytes()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, what string, err error, code stet.Code) {
	t.Helper()
	if got := stet.ErrorCode(err); got != code {
		t.Errorf("%s: %v, which is %q; want %q", what, err, got, code)
	}
}

// heard returns the announced tags since it was last asked.
func (d *desk) heard() []string {
	d.settle()
	d.mu.Lock()
	defer d.mu.Unlock()
	tags := slices.Compact(slices.Sorted(slices.Values(d.tags)))
	tags = slices.DeleteFunc(tags, func(tag string) bool { return strings.HasPrefix(tag, "settled ") })
	d.tags = nil
	return tags
}

// settle waits until PostgreSQL has delivered everything that was sent before:
// what is announced in this process at once comes a second time from there.
func (d *desk) settle() {
	if d.Store().Engine() != "postgres" {
		return
	}
	d.settled++
	mark := fmt.Sprint("settled ", d.settled)
	for range 1000 { // sent again, since the listener may not be up yet
		_ = d.Store().Emit(context.Background(), stet.Event{Tags: []string{mark}})
		time.Sleep(10 * time.Millisecond)
		d.mu.Lock()
		there := slices.Contains(d.tags, mark)
		if there {
			d.tags = slices.DeleteFunc(d.tags, func(tag string) bool { return strings.HasPrefix(tag, "settled ") })
		}
		d.mu.Unlock()
		if there {
			return
		}
	}
}

func ref(id, name string) stet.Ref { return stet.Ref{ID: id, Name: name} }

// content is a story with everything.
func (d *desk) content(headline string) stet.Content {
	return stet.Content{
		Headline: headline, Dek: "It held.", Body: json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Water stood high."}]}]}`),
		Section: ref(d.sound.PublicID, "old name"), Genre: ref(d.genre.PublicID, ""), Topics: []stet.Ref{ref(d.topic.PublicID, "")},
		Bylines: []stet.Byline{{Person: ref(d.person.PublicID, "")}}, Lead: &stet.Placement{Asset: d.picture.PublicID},
		Origin: &stet.Origin{Partner: ref(d.partner.PublicID, ""), Author: "Otto Kern"},
	}
}

func (d *desk) draft(t *testing.T, c stet.Content) stet.Article {
	t.Helper()
	a := stet.Article{Content: c}
	must(t, d.Draft(t.Context(), op, &a))
	return a
}

func (d *desk) publish(t *testing.T, id int64, o newsroom.PublishOptions) stet.Version {
	t.Helper()
	v, err := d.Publish(t.Context(), op, id, o)
	must(t, err)
	return v
}

func (d *desk) article(t *testing.T, id int64) stet.Article {
	t.Helper()
	a, err := d.Store().Article(t.Context(), id)
	must(t, err)
	return a
}

func (d *desk) sql(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := d.Store().Conn().ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}
