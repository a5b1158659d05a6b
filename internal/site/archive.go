// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"stet"
	"stet/internal/store"
	"stet/internal/theme"
)

// archiveCounts is how many stories each month has, in the magazine's time zone.
type archiveCounts struct {
	months map[int]int // year*12 + month-1
	first  int
	last   int
}

func (s *Site) counts(ctx context.Context, w *world) (*archiveCounts, error) {
	if c := s.years.Load(); c != nil {
		return c, nil
	}
	epoch := s.cache.began()
	c := &archiveCounts{months: map[int]int{}}
	err := s.store.PublishedTimes(ctx, func(t time.Time) {
		t = t.In(w.location)
		m := t.Year()*12 + int(t.Month()) - 1
		if len(c.months) == 0 {
			c.first = m
		}
		c.first, c.last = min(c.first, m), max(c.last, m)
		c.months[m]++
	})
	if err != nil {
		return nil, err
	}
	s.cache.keep(epoch, func() { s.years.Store(c) })
	return c, nil
}

// yearsDown are the years with stories, the newest first.
func (c *archiveCounts) yearsDown() []int {
	var out []int
	for m := c.last; len(c.months) > 0 && m >= c.first; m-- {
		if y := m / 12; c.months[m] > 0 && (len(out) == 0 || out[len(out)-1] != y) {
			out = append(out, y)
		}
	}
	return out
}

func (c *archiveCounts) year(y int) theme.ArchiveYear {
	v := theme.ArchiveYear{Year: y, URL: fmt.Sprintf("/archive/%04d", y)}
	for m := range 12 {
		n := c.months[y*12+m]
		month := theme.ArchiveMonth{Month: time.Month(m + 1), Count: n}
		if n > 0 {
			month.URL = monthURL(y*12 + m)
		}
		v.Months = append(v.Months, month)
		v.Count += n
	}
	return v
}

func monthURL(m int) string { return fmt.Sprintf("/archive/%04d/%02d", m/12, m%12+1) }

// archive is all years, one year, or one month.
func (s *Site) archive(ctx context.Context, r *request) (rendering, error) {
	w := r.world
	c, err := s.counts(ctx, w)
	if err != nil {
		return rendering{}, err
	}
	year, month, err := archiveDate(r.PathValue("year"), r.PathValue("month"))
	if err != nil {
		return rendering{}, err
	}
	view := theme.Archive{Year: year, Month: month}
	title := w.theme.Text("archive")
	switch {
	case year == 0:
		for _, y := range c.yearsDown() {
			view.Years = append(view.Years, c.year(y))
		}
	case month == 0:
		view.Years = []theme.ArchiveYear{c.year(year)}
		view.Count = view.Years[0].Count
		title = strconv.Itoa(year)
		if view.Count == 0 {
			return rendering{}, stet.Errorf(stet.NotFound, "there are no stories of %d", year)
		}
		view.Earlier, view.Later = c.besideYear(year)
	default:
		m := year*12 + int(month) - 1
		view.Count = c.months[m]
		title = w.theme.Month(year, month)
		if view.Count == 0 {
			return rendering{}, stet.Errorf(stet.NotFound, "there are no stories of that month")
		}
		view.Earlier, view.Later = c.beside(w, m)
		if view.Cards, err = s.monthCards(ctx, w, year, month); err != nil {
			return rendering{}, err
		}
	}
	head := theme.Head{Title: title, Canonical: s.base + r.path, Description: w.magazine.Name + ": " + title}
	view.Page = theme.Page{Magazine: w.here("/archive"), Head: head}
	return s.html(w, theme.ArchiveTemplate, view, http.StatusOK, encoding(r.Request), allStories.Tag())
}

func archiveDate(year, month string) (int, time.Month, error) {
	if year == "" {
		return 0, 0, nil
	}
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 || y < 1 {
		return 0, 0, stet.Errorf(stet.NotFound, "there is no such year")
	}
	if month == "" {
		return y, 0, nil
	}
	m, err := strconv.Atoi(month)
	if err != nil || len(month) != 2 || m < 1 || m > 12 {
		return 0, 0, stet.Errorf(stet.NotFound, "there is no such month")
	}
	return y, time.Month(m), nil
}

// monthMax bounds the page of a month; a magazine of a hundred stories a day
// has the rest in its lists.
const monthMax = 600

func (s *Site) monthCards(ctx context.Context, w *world, year int, month time.Month) ([]theme.Card, error) {
	from := time.Date(year, month, 1, 0, 0, 0, 0, w.location)
	rows, err := s.store.StoriesBetween(ctx, from, from.AddDate(0, 1, 0), store.Cursor{}, monthMax)
	if err != nil {
		return nil, err
	}
	return s.cards(ctx, w, rows)
}

// beside are the nearest months before and after that have stories.
func (c *archiveCounts) beside(w *world, m int) (earlier, later theme.Link) {
	link := func(m int) theme.Link {
		return theme.Link{Text: w.theme.Month(m/12, time.Month(m%12+1)), URL: monthURL(m)}
	}
	for e := m - 1; e >= c.first; e-- {
		if c.months[e] > 0 {
			earlier = link(e)
			break
		}
	}
	for l := m + 1; l <= c.last; l++ {
		if c.months[l] > 0 {
			later = link(l)
			break
		}
	}
	return earlier, later
}

func (c *archiveCounts) besideYear(y int) (earlier, later theme.Link) {
	for _, other := range c.yearsDown() {
		link := theme.Link{Text: strconv.Itoa(other), URL: fmt.Sprintf("/archive/%04d", other)}
		if other > y {
			later = link // the list goes down: the last one wins
		}
		if other < y {
			return link, later
		}
	}
	return earlier, later
}
