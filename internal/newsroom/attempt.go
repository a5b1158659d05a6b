// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"stet"
)

// lock is one place at which tries are counted. Every lock that a try touches
// must be open, and each counts the try before it is known how it ends: so
// many tries at the same moment are no way around it.
type lock struct {
	key  string
	free int64 // tries before there is a wait
}

// The waits double from the first to the longest; a lock that nobody touches
// for a day is as new.
const (
	firstWait   = 5 * time.Second
	longestWait = time.Hour
	lockForgets = 24 * time.Hour
)

// How many tries are free: at one account from one network, at one account
// with the password already right, and from one network at all accounts.
const (
	freeAtAccount = 5
	freeOfNetwork = 30
)

// accountLock counts tries at what is named, from the device's network.
func accountLock(what, name string, d Device) lock {
	return lock{hashToken(what + " " + name + " " + network(d.Address)), freeAtAccount}
}

// nameLock counts tries at what is named, wherever they come from.
func nameLock(what, name string) lock { return lock{hashToken(what + " " + name), freeAtAccount} }

// networkLock counts tries from the device's network, at whatever.
func networkLock(what string, d Device) lock {
	return lock{hashToken(what + " from " + network(d.Address)), freeOfNetwork}
}

// network is what one household or office has: an IPv4 address, or the /64 of
// an IPv6 one, of which everybody has 2^64.
func network(address string) string {
	a, err := netip.ParseAddr(strings.TrimSpace(address))
	if err != nil {
		return address
	}
	a = a.Unmap()
	if a.Is4() {
		return a.String()
	}
	p, err := a.Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}

// try counts a try at all of the locks, or refuses when one of them is not open.
func (r *Room) try(ctx context.Context, locks ...lock) error {
	return r.Batch(ctx, func(r *Room) error {
		now := r.store.Now()
		found := make([]stet.Attempt, len(locks))
		var wait time.Duration
		for i, l := range locks {
			a, err := r.store.Attempt(ctx, l.key)
			if err != nil {
				return err
			}
			if now.Sub(a.TriedAt) > lockForgets {
				a.Tries = 0
			}
			wait = max(wait, a.OpenAt.Sub(now))
			found[i] = a
		}
		if wait > 0 {
			return tooMany(wait)
		}
		for i, l := range locks {
			a := found[i]
			a.Tries, a.TriedAt = a.Tries+1, now
			a.OpenAt = now.Add(waitAfter(a.Tries, l.free))
			if err := r.store.SetAttempt(ctx, l.key, a); err != nil {
				return err
			}
		}
		return r.store.PruneAttempts(ctx, now.Add(-lockForgets))
	})
}

// waitAfter is how long nobody may try again after so many tries.
func waitAfter(tries, free int64) time.Duration {
	if tries < free {
		return 0
	}
	if tries-free >= 10 { // 5 s * 2^10 is more than an hour
		return longestWait
	}
	return min(firstWait<<(tries-free), longestWait)
}

// succeeded forgets the tries at the first lock, and takes the last one back
// from the others.
func (r *Room) succeeded(ctx context.Context, first lock, others ...lock) error {
	return r.Batch(ctx, func(r *Room) error {
		if err := r.store.DropAttempt(ctx, first.key); err != nil {
			return err
		}
		return r.tookBack(ctx, others...)
	})
}

// tookBack takes the last try back: a house of many people who know their
// passwords is never made to wait.
func (r *Room) tookBack(ctx context.Context, locks ...lock) error {
	return r.Batch(ctx, func(r *Room) error {
		for _, l := range locks {
			a, err := r.store.Attempt(ctx, l.key)
			if err != nil {
				return err
			}
			a.Tries = max(a.Tries-1, 0)
			a.OpenAt = a.TriedAt.Add(waitAfter(a.Tries, l.free))
			if err := r.store.SetAttempt(ctx, l.key, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func tooMany(wait time.Duration) error {
	words := "a minute"
	if wait > time.Minute {
		words = "some minutes"
	}
	if wait > 15*time.Minute {
		words = "an hour"
	}
	return &stet.Error{Code: stet.RateLimited, Message: "There were too many tries. Please wait " + words + ".", Wait: wait}
}
