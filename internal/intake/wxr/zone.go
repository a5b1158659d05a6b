// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package wxr

import (
	"slices"
	"strings"
	"time"
)

// zone knows how far the site's clock was from UTC at which time. An export
// does not name the time zone, but most posts carry both their local time and
// UTC: for one that lacks UTC the distance of its nearest neighbour in time is
// right but in the very hours around a change of the clocks.
type zone struct {
	pairs map[int64]time.Duration // by day
	days  []int64                 // sorted, once asked
}

const stamp = "2006-01-02 15:04:05"

const day = 24 * 60 * 60

func (z *zone) learn(local, utc string) {
	l, ok1 := moment(local)
	u, ok2 := moment(utc)
	d := l.Sub(u)
	if !ok1 || !ok2 || d < -14*time.Hour || d > 15*time.Hour || d%(15*time.Minute) != 0 {
		return
	}
	if z.pairs == nil {
		z.pairs = map[int64]time.Duration{}
	}
	z.pairs[l.Unix()/day] = d
	z.days = nil
}

// settle makes the zone ready for many readers.
func (z *zone) settle() {
	z.days = make([]int64, 0, len(z.pairs))
	for d := range z.pairs {
		z.days = append(z.days, d)
	}
	slices.Sort(z.days)
}

// utc is the moment at which the site's clock showed l.
func (z *zone) utc(l time.Time) time.Time {
	if len(z.days) == 0 {
		return l
	}
	d := l.Unix() / day
	i, _ := slices.BinarySearch(z.days, d)
	if i == len(z.days) || i > 0 && d-z.days[i-1] < z.days[i]-d {
		i--
	}
	return l.Add(-z.pairs[z.days[i]])
}

// moment parses WordPress's time. What never was a time ("0000-00-00 00:00:00",
// which drafts have) or is no year that a magazine can have is none.
func moment(s string) (time.Time, bool) {
	t, err := time.Parse(stamp, strings.TrimSpace(s))
	if err != nil || t.Year() < 1000 || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t, true
}
