// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/desk"
	"stet/internal/jobs"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/stettest"
	"stet/internal/store"
	"stet/internal/web"
)

const password = "correct horse battery"

// room is a desk that answers over HTTP, with one account of each role and a
// few things to write about.
type room struct {
	*newsroom.Room
	url   string
	clock *stettest.Clock
	staff map[stet.StaffRole]stet.Staff

	europe, asia stet.Section
	genre        stet.Genre
	person       stet.Person
}

// onBoth runs the test on both engines.
func onBoth(t *testing.T, test func(t *testing.T, r *room)) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := store.Options{Path: filepath.Join(t.TempDir(), "stet.db")}
			if engine == "postgres" {
				o = store.Options{URL: stettest.PostgresTemplate(t, "desk", func(url string) error {
					s, err := store.Open(context.Background(), store.Options{URL: url})
					if err != nil {
						return err
					}
					return s.Close()
				})}
			}
			test(t, openRoom(t, o))
		})
	}
}

func openRoom(t *testing.T, o store.Options) *room {
	t.Helper()
	r := &room{clock: stettest.NewClock(time.Time{}), staff: map[stet.StaffRole]stet.Staff{}}
	o.Now, o.Logger = r.clock.Now, stettest.Logger(t)
	s, err := store.Open(t.Context(), o)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	blobs, err := media.OpenFolder(t.TempDir())
	must(t, err)
	t.Cleanup(func() { blobs.Close() })
	client := web.NewClient(web.ClientOptions{AllowPrivate: true})
	t.Cleanup(client.Close)
	r.Room = newsroom.New(newsroom.Options{Store: s, Blobs: blobs, Logger: o.Logger, Client: client, Pictures: client, URL: "http://magazine.example"})
	renditions := media.NewRenditions(media.RenditionsOptions{Blobs: blobs, Memory: 64 << 20})
	t.Cleanup(renditions.Close)
	srv := httptest.NewServer(desk.New(desk.Options{Store: s, Room: r.Room, Blobs: blobs, Renditions: renditions, Logger: o.Logger, URL: "http://magazine.example", Page: somePage}))
	t.Cleanup(srv.Close)
	r.url = srv.URL

	ctx, op := t.Context(), stet.Operator
	must(t, r.SetMagazine(ctx, op, stet.Magazine{Name: "The Causeway", Language: "en", TimeZone: "Europe/Oslo"}))
	r.europe, r.asia = stet.Section{Name: "Europe"}, stet.Section{Name: "Asia"}
	must(t, r.AddSection(ctx, op, &r.europe))
	must(t, r.AddSection(ctx, op, &r.asia))
	r.genre = stet.Genre{Name: "Analysis"}
	must(t, r.AddGenre(ctx, op, &r.genre))
	r.person = stet.Person{Name: "Leila Hartog", Author: true}
	must(t, r.AddPerson(ctx, op, &r.person))
	for _, role := range stet.StaffRoles {
		a := stet.Staff{Email: string(role) + "@causeway.example", Name: string(role), Role: role}
		must(t, r.AddStaff(ctx, op, &a, ""))
		a.Password = hashed(t)
		must(t, s.UpdateStaff(ctx, &a))
		r.staff[role] = a
	}
	return r
}

// somePage stands for the public site, which the desk knows by this alone.
func somePage(_ context.Context, path string) ([]byte, error) {
	if path != "/" {
		return nil, stet.Errorf(stet.NotFound, "there is no such page")
	}
	return []byte("<!doctype html><title>The Causeway</title>"), nil
}

// work does the jobs that are due now.
func (r *room) work(t *testing.T) {
	t.Helper()
	s := r.Store()
	q := jobs.New(jobs.Options{DB: s.Conn(), Reader: s.Reader(), Postgres: s.Engine() == "postgres", Sole: s.Engine() == "sqlite", Now: r.clock.Now, Logger: stettest.Logger(t)})
	jobs.Handle(q, newsroom.JobWebhook, r.CarryWebhook)
	jobs.Handle(q, newsroom.JobLetter, r.SendLetter)
	jobs.Handle(q, newsroom.JobReset, r.Reset)
	jobs.Handle(q, newsroom.JobRefile, r.Refile)
	_, err := q.RunDue(t.Context())
	must(t, err)
}

var hash struct {
	sync.Once
	of string
}

// hashed is the stored form of password, made once: argon2id is slow on purpose.
func hashed(t *testing.T) string {
	hash.Do(func() {
		s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "stet.db")})
		must(t, err)
		defer s.Close()
		a := stet.Staff{Email: "a@causeway.example", Name: "A", Role: stet.Owner}
		must(t, newsroom.New(newsroom.Options{Store: s}).AddStaff(t.Context(), stet.Operator, &a, password))
		hash.of = a.Password
	})
	return hash.of
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// client is somebody at the desk.
type client struct {
	t    *testing.T
	base string
	http *http.Client
}

// nobody is a client that has not signed in.
func (r *room) nobody(t *testing.T) *client {
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &client{t, r.url, &http.Client{Jar: jar}}
}

// as is a client that has signed in with the account of the role.
func (r *room) as(t *testing.T, role stet.StaffRole) *client {
	t.Helper()
	c := r.nobody(t)
	c.do(http.StatusOK, "POST", "/api/session", map[string]string{"email": string(role) + "@causeway.example", "password": password}, nil)
	return c
}

// do sends a request, wants the status, and reads the answer into out.
func (c *client) do(status int, method, path string, in, out any) {
	c.t.Helper()
	got, data, err := c.try(method, path, in)
	must(c.t, err)
	if got != status {
		c.t.Fatalf("%s %s: %d %s, want %d", method, path, got, data, status)
	}
	if out != nil {
		must(c.t, json.Unmarshal(data, out))
	}
}

// try sends a request and returns what came of it.
func (c *client) try(method, path string, in any) (status int, answer []byte, err error) {
	var b io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return 0, nil, err
		}
		b = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, b)
	if err != nil {
		return 0, nil, err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

func TestSession(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.nobody(t)
		c.do(http.StatusUnauthorized, "GET", "/api/session", nil, nil)
		c.do(http.StatusUnauthorized, "GET", "/api/articles", nil, nil)
		for _, wrong := range []map[string]string{
			{"email": "editor@causeway.example", "password": "not it at all"},
			{"email": "nobody@causeway.example", "password": password},
			{"email": "", "password": ""},
		} {
			c.do(http.StatusUnauthorized, "POST", "/api/session", wrong, nil)
		}
		c = r.as(t, stet.Editor)
		var who struct {
			Staff struct{ Name, Role string }
			May   []string
		}
		c.do(http.StatusOK, "GET", "/api/session", nil, &who)
		if who.Staff.Role != "editor" || len(who.May) == 0 {
			t.Errorf("signed in: %+v", who)
		}
		c.do(http.StatusNoContent, "DELETE", "/api/session", nil, nil)
		c.do(http.StatusUnauthorized, "GET", "/api/session", nil, nil)

		// A session ends when it has not been used for long.
		c = r.as(t, stet.Writer)
		r.clock.Advance(newsroom.SessionLength - time.Hour)
		c.do(http.StatusOK, "GET", "/api/session", nil, nil)
		r.clock.Advance(2 * time.Hour)
		c.do(http.StatusOK, "GET", "/api/session", nil, nil)
		r.clock.Advance(newsroom.SessionLength + time.Hour)
		c.do(http.StatusUnauthorized, "GET", "/api/session", nil, nil)
	})
}

func TestArticles(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Writer)
		ids := map[string]bool{}
		for _, headline := range []string{"One", "Two", "Three"} {
			r.clock.Advance(time.Second)
			var made struct{ ID, Status string }
			c.do(http.StatusOK, "POST", "/api/articles", map[string]string{"headline": headline}, &made)
			if made.Status != "draft" {
				t.Errorf("a new story is %s", made.Status)
			}
			c.do(http.StatusOK, "GET", "/api/articles/"+made.ID, nil, nil)
		}
		next := ""
		for range 3 {
			var page struct {
				Items []struct{ ID, Headline string }
				Next  string
			}
			c.do(http.StatusOK, "GET", "/api/articles?limit=1&cursor="+next, nil, &page)
			ids[page.Items[0].ID], next = true, page.Next
		}
		if len(ids) != 3 || next != "" {
			t.Errorf("three pages show %d stories, and %q follows", len(ids), next)
		}
		c.do(http.StatusNotFound, "GET", "/api/articles/000000000000", nil, nil)
		c.do(http.StatusBadRequest, "GET", "/api/articles?cursor=xyz", nil, nil)
	})
}
