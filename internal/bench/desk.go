// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// What the measured desk is entered with.
const (
	deskEmail    = "bench@example.org"
	deskPassword = "a bench to sit on"
	deskDrafts   = 400
)

// furnishDesk gives the magazine an account and some stories in every status
// before publication: a filter that finds a few among a hundred thousand is the
// hard one.
func furnishDesk(ctx context.Context, m magazine) error {
	h, err := openHouse(ctx, m)
	if err != nil {
		return err
	}
	defer h.close()
	editor, err := h.store.StaffByEmail(ctx, deskEmail)
	if err == nil {
		return nil // an earlier run has
	}
	editor = stet.Staff{Email: deskEmail, Name: "Bench", Role: stet.Owner}
	if err := h.room.AddStaff(ctx, stet.Operator, &editor, deskPassword); err != nil {
		return err
	}
	sections, err := h.store.Sections(ctx)
	if err != nil {
		return err
	}
	return h.room.Batch(ctx, func(r *newsroom.Room) error {
		for i := range deskDrafts {
			s := sections[i%len(sections)]
			a := stet.Article{Content: stet.Content{Headline: fmt.Sprintf("Draft %d of the bench", i), Section: stet.Ref{ID: s.PublicID, Name: s.Name}}}
			if err := r.Draft(ctx, editor, &a); err != nil {
				return err
			}
			due := r.Store().Now().Add(time.Duration(i) * time.Hour)
			if err := r.Assign(ctx, editor, a.ID, newsroom.Assignment{Assignee: &editor.PublicID, DueAt: &due}); err != nil {
				return err
			}
			if i%4 == 0 {
				continue
			}
			if err := r.Submit(ctx, editor, a.ID, ""); err != nil {
				return err
			}
			if i%4 == 1 {
				continue
			}
			if err := r.Approve(ctx, editor, a.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// member is somebody signed in at the desk of the program.
type member struct {
	client *http.Client
	url    string
}

func (p *program) signIn(ctx context.Context) (*member, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	m := &member{&http.Client{Jar: jar}, p.url}
	_, err = m.do(ctx, http.MethodPost, "/api/session", map[string]string{"email": deskEmail, "password": deskPassword}, nil)
	return m, err
}

// do sends a request to the API and returns how long the answer took, whole.
func (m *member) do(ctx context.Context, method, path string, in, out any) (time.Duration, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(ctx, method, m.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	began := time.Now()
	res, err := m.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	took := time.Since(began)
	if err != nil {
		return took, err
	}
	if res.StatusCode > 299 {
		return took, fmt.Errorf("%s %s: %s: %s", method, path, res.Status, data)
	}
	if out == nil {
		return took, nil
	}
	return took, json.Unmarshal(data, out)
}

// lists measures the lists of stories as the desk asks for them.
func (b *bench) lists(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, b.large)
	if err != nil {
		return nil, err
	}
	if err := furnishDesk(ctx, m); err != nil {
		return nil, err
	}
	p, err := b.serve(ctx, m)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	who, err := p.signIn(ctx)
	if err != nil {
		return nil, err
	}
	questions, err := deskQuestions(ctx, who)
	if err != nil {
		return nil, err
	}
	var all []float64
	var worst, worstCPU float64
	var slowest string
	for _, q := range questions {
		if _, err := who.do(ctx, http.MethodGet, q.path, nil, nil); err != nil { // the first one reads from the disk
			return nil, err
		}
		var took []float64
		var page struct {
			Items []struct{ ID string }
		}
		before := p.cpu()
		for range asked {
			d, err := who.do(ctx, http.MethodGet, q.path, nil, &page)
			if err != nil {
				return nil, err
			}
			took = append(took, ms(d))
		}
		v, cpu := median(took), ms(p.cpu()-before)/asked
		all = append(all, v)
		if v > worst {
			worst, worstCPU, slowest = v, cpu, q.name
		}
		b.say("  %-26s %6.1f ms, %5.1f ms processor, %d rows", q.name, v, cpu, len(page.Items))
	}
	return []Result{
		below("desk lists, median", median(all), "ms", 100, fmt.Sprintf("%d filters at %d stories", len(all), b.large)),
		below("desk lists, worst", worst, "ms", 100, fmt.Sprintf("%s; %.0f ms processor", slowest, worstCPU)),
	}, nil
}

// deskQuestions are the filters that are measured, with ids of this magazine.
func deskQuestions(ctx context.Context, who *member) ([]question, error) {
	type page struct {
		Items []struct{ ID string }
		Next  string
	}
	first := func(path string) (string, error) {
		var p page
		if _, err := who.do(ctx, http.MethodGet, path, nil, &p); err != nil {
			return "", err
		}
		if len(p.Items) == 0 {
			return "", fmt.Errorf("%s lists nothing", path)
		}
		return p.Items[len(p.Items)/2].ID, nil
	}
	ids := map[string]string{}
	for _, noun := range []string{"sections", "genres", "topics", "colleagues"} {
		id, err := first("/api/" + noun)
		if err != nil {
			return nil, err
		}
		ids[noun] = id
	}
	var public struct {
		Items []struct{ Bylines []stet.Byline }
	}
	if _, err := who.do(ctx, http.MethodGet, "/api/articles?status=published&limit=1", nil, &public); err != nil {
		return nil, err
	}
	for _, a := range public.Items {
		for _, by := range a.Bylines {
			ids["people"] = by.Person.ID
		}
	}
	var deep page
	if _, err := who.do(ctx, http.MethodGet, "/api/articles?limit=200", nil, &deep); err != nil {
		return nil, err
	}
	list := func(name, query string) question { return question{name, "/api/articles?" + query} }
	return []question{
		list("all", ""),
		list("second page", "cursor="+deep.Next),
		list("in review", "status=in_review"),
		list("three statuses", "status=draft&status=in_review&status=approved"),
		list("withdrawn (none)", "status=withdrawn"),
		list("section", "section="+ids["sections"]),
		list("genre", "genre="+ids["genres"]),
		list("topic", "topic="+ids["topics"]),
		list("writer", "writer="+ids["people"]),
		list("assigned", "assignee="+ids["colleagues"]),
		list("mine", "mine=true"),
		list("changed (none)", "changed=true"),
		list("trash (none)", "trashed=true"),
		list("a year of publication", "date=published&from=2019-01-01T00:00:00Z&to=2020-01-01T00:00:00Z"),
		list("newest public first", "sort=published"),
		list("next due first", "sort=due"),
		list("by headline", "sort=headline"),
		list("section, genre, draft", "section="+ids["sections"]+"&genre="+ids["genres"]+"&status=draft"),
		list("section and writer", "section="+ids["sections"]+"&writer="+ids["people"]),
		list("common word", "q=government"),
		list("particle", "q=the"),
		list("particle, by headline", "q=the&sort=headline"),
		list("rare word", "q="+rareWord),
		list("word of drafts", "q=bench"),
		list("two words, section", "q=parliament+budget&section="+ids["sections"]),
		{"totals", "/api/articles/totals"},
		{"totals of a section", "/api/articles/totals?section=" + ids["sections"]},
		{"totals of a word", "/api/articles/totals?q=government"},
		{"totals of a particle", "/api/articles/totals?q=the"},
		{"calendar", "/api/calendar?from=2019-03-01T00:00:00Z&to=2019-04-12T00:00:00Z"},
		{"activity", "/api/activity"},
	}, nil
}

// publish measures how long after the click readers see a story: on its own
// page, the front, the section and the feed. On PostgreSQL they are also asked
// for on another node than the editor's, which hears of it by LISTEN and NOTIFY.
func (b *bench) publish(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, b.large)
	if err != nil {
		return nil, err
	}
	if err := furnishDesk(ctx, m); err != nil {
		return nil, err
	}
	p, err := b.serve(ctx, m)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	one, err := b.visible(ctx, m, p, p)
	if err != nil || m.database == "" {
		return []Result{b.visibleWithin(one, 100, "one node")}, err
	}
	other, err := b.serve(ctx, m)
	if err != nil {
		return nil, err
	}
	defer other.stop()
	two, err := b.visible(ctx, m, p, other)
	return []Result{b.visibleWithin(one, 100, "one node"), b.visibleWithin(two, 1000, "published on one node, read on another")}, err
}

func (b *bench) visibleWithin(took []float64, target float64, where string) Result {
	middle := median(took) // sorts
	worst := 0.0
	if len(took) > 0 {
		worst = took[len(took)-1]
	}
	return below("publish to visible, median", middle, "ms", target, fmt.Sprintf("front, Latest, section and feed at %d stories; %s; worst of %d: %.0f ms", b.large, where, len(took), worst))
}

// visible publishes stories by one program and returns how long it took until
// readers of another saw each. Their pages are in its cache before.
func (b *bench) visible(ctx context.Context, m magazine, p, readers *program) ([]float64, error) {
	who, err := p.signIn(ctx)
	if err != nil {
		return nil, err
	}
	stories, path, err := b.readyStories(ctx, m)
	if err != nil {
		return nil, err
	}
	var took []float64
	for _, a := range stories {
		for _, page := range []string{"/", "/latest", path, "/feed"} {
			if _, _, err := readers.get(ctx, page); err != nil {
				return nil, err
			}
		}
		began := time.Now()
		if _, err := who.do(ctx, http.MethodPost, "/api/articles/"+a.PublicID+"/publish", map[string]string{}, nil); err != nil {
			return nil, err
		}
		answered := time.Since(began)
		if err := readers.shows(ctx, a.Content.Headline, "/", "/latest", path, "/feed"); err != nil {
			return nil, err
		}
		took = append(took, ms(time.Since(began)))
		b.say("  published in %.0f ms, visible after %.0f ms", ms(answered), took[len(took)-1])
	}
	return took, nil
}

// readyStories are some that lack nothing but the click.
func (b *bench) readyStories(ctx context.Context, m magazine) ([]stet.Article, string, error) {
	h, err := openHouse(ctx, m)
	if err != nil {
		return nil, "", err
	}
	defer h.close()
	sections, err := h.store.Sections(ctx)
	if err != nil {
		return nil, "", err
	}
	s := sections[0]
	made := make([]stet.Article, asked)
	for i := range made {
		made[i].Content = stet.Content{Headline: fmt.Sprintf("Just in %s", stet.NewID()), Section: stet.Ref{ID: s.PublicID, Name: s.Name}}
		if err := h.room.Draft(ctx, stet.Operator, &made[i]); err != nil {
			return nil, "", err
		}
	}
	return made, sections.Path(s.ID), nil
}

// shows waits until every page shows the words.
func (p *program) shows(ctx context.Context, words string, pages ...string) error {
	deadline := time.Now().Add(10 * time.Second)
	for _, page := range pages {
		for {
			status, body, err := p.plain(ctx, page)
			if err != nil {
				return err
			}
			if status == http.StatusOK && strings.Contains(body, words) {
				break
			}
			if time.Now().After(deadline) {
				return fmt.Errorf("%s does not show %q", page, words)
			}
			time.Sleep(time.Millisecond)
		}
	}
	return nil
}

// plain gets a page without any coding.
func (p *program) plain(ctx context.Context, path string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+path, nil)
	if err != nil {
		return 0, "", err
	}
	res, err := p.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}
