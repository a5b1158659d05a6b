// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package readers keeps the people who read the magazine by mail: how they sign
// up.
package readers

import (
	"context"
	"net/mail"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"stet"
	"stet/internal/store"
)

// Desk takes sign-ups.
type Desk struct {
	store *store.Store
	now   func() time.Time

	mu     sync.Mutex
	limits map[netip.Prefix]*limit
}

type limit struct {
	*rate.Limiter
	used time.Time
}

// The pace at which one network may sign up: a family or an office at once,
// then one address every ten minutes.
const (
	burst    = 10
	interval = 10 * time.Minute
	// maxNetworks bounds the memory of who has signed up lately.
	maxNetworks = 20000
)

// New returns the readers' desk.
func New(s *store.Store, now func() time.Time) *Desk {
	if now == nil {
		now = time.Now
	}
	return &Desk{store: s, now: now, limits: map[netip.Prefix]*limit{}}
}

// SignUp notes that somebody asked for the newsletter. source says on which
// kind of page. An address that is known already is no error: the form must
// not tell who has signed up.
func (d *Desk) SignUp(ctx context.Context, email, source string, from netip.Addr) error {
	address, err := Address(email)
	if err != nil {
		return err
	}
	if !d.allow(from) {
		return stet.Errorf(stet.RateLimited, "too many sign-ups have come from your network; please try again later")
	}
	switch source {
	case "front", "story", "stream", "page":
	default:
		source = ""
	}
	return d.store.AddReader(ctx, &stet.Reader{PublicID: stet.NewID(), Email: address, Source: source})
}

// Address checks an e-mail address as somebody typed it: one bare address with
// a domain that has a dot, and nothing that could be read as a header.
func Address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	a, err := mail.ParseAddress(typed)
	if err != nil || a.Address != typed || len(typed) > 254 || strings.ContainsAny(typed, "\r\n\x00 ") {
		return "", stet.Errorf(stet.Invalid, "that is not an e-mail address")
	}
	_, domain, _ := strings.Cut(typed, "@")
	if !strings.Contains(strings.Trim(domain, "."), ".") {
		return "", stet.Errorf(stet.Invalid, "that is not an e-mail address")
	}
	return typed, nil
}

// allow takes one from the network's allowance. IPv6 networks are counted as
// /64, which is what one household has.
func (d *Desk) allow(from netip.Addr) bool {
	if !from.IsValid() {
		return true
	}
	bits := 32
	if from.Is6() {
		bits = 64
	}
	network, err := from.Prefix(bits)
	if err != nil {
		return true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	l := d.limits[network]
	if l == nil {
		if len(d.limits) >= maxNetworks {
			d.forget(now)
		}
		l = &limit{Limiter: rate.NewLimiter(rate.Every(interval), burst)}
		d.limits[network] = l
	}
	l.used = now
	return l.AllowN(now, 1)
}

// forget drops networks whose allowance is full again.
func (d *Desk) forget(now time.Time) {
	for n, l := range d.limits {
		if now.Sub(l.used) > burst*interval || len(d.limits) >= 2*maxNetworks {
			delete(d.limits, n)
		}
	}
	if len(d.limits) >= maxNetworks { // a flood from everywhere: start anew
		clear(d.limits)
	}
}
