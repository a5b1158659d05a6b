// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"stet"
)

// How long passes last: those that travel as links, and those that the app
// holds between two requests.
const (
	SetUpLife      = 2 * time.Hour
	InvitationLife = 7 * 24 * time.Hour
	ResetLife      = 2 * time.Hour
	betweenSteps   = 10 * time.Minute
)

// linkPlaces are the screens to which the links lead. The token stands behind
// the #, which browsers send to no server and no other site.
var linkPlaces = map[stet.PassKind]string{stet.SetUp: "/desk/setup#", stet.Invitation: "/desk/invite#", stet.Reset: "/desk/reset#"}

// Link is the address with which a pass can be used.
func (r *Room) link(kind stet.PassKind, token string) string {
	return r.base + linkPlaces[kind] + token
}

// give stores a pass; data is remembered with it. The token is told once.
func (r *Room) give(ctx context.Context, kind stet.PassKind, staff int64, life time.Duration, data any) (token string, p stet.Pass, err error) {
	token = newToken()
	now := r.store.Now()
	p = stet.Pass{PublicID: stet.NewID(), Kind: kind, Hash: hashToken(token), StaffID: staff, ExpiresAt: now.Add(life)}
	if data != nil {
		b, err := json.Marshal(data)
		if err != nil {
			return "", p, err
		}
		p.Data = string(b)
	}
	if err := r.store.PrunePasses(ctx, now); err != nil {
		return "", p, err
	}
	return token, p, r.store.CreatePass(ctx, &p)
}

// passFor returns the pass that the token is for. data, unless nil, gets what
// was remembered.
func (r *Room) passFor(ctx context.Context, token string, data any, kinds ...stet.PassKind) (stet.Pass, error) {
	over := stet.Errorf(stet.Gone, "this link has been used or has run out")
	p, err := r.store.PassByHash(ctx, hashToken(token))
	if stet.ErrorCode(err) == stet.NotFound {
		return p, over
	}
	if err != nil {
		return p, err
	}
	if !slices.Contains(kinds, p.Kind) || !p.ExpiresAt.After(r.store.Now()) {
		return p, over
	}
	if data != nil && p.Data != "" {
		if err := json.Unmarshal([]byte(p.Data), data); err != nil {
			return p, fmt.Errorf("data of a %s pass: %w", p.Kind, err)
		}
	}
	return p, nil
}

// use takes the pass away; only one of two who hold it gets further.
func (r *Room) use(ctx context.Context, p stet.Pass) error {
	mine, err := r.store.UsePass(ctx, p.ID)
	if err == nil && !mine {
		return stet.Errorf(stet.Gone, "this link has been used")
	}
	return err
}

// Door is what a link opens, for the page that it leads to.
type Door struct {
	Kind      stet.PassKind
	Staff     stet.Staff // the account, the zero one at set-up
	Magazine  stet.Magazine
	ExpiresAt time.Time
}

// OpenDoor says what a link is for. It takes nothing away: mail programs look
// at links before people do.
func (r *Room) OpenDoor(ctx context.Context, token string, d Device) (door Door, err error) {
	p, err := r.linkPass(ctx, token, d, stet.SetUp, stet.Invitation, stet.Reset)
	if err != nil {
		return door, err
	}
	door = Door{Kind: p.Kind, ExpiresAt: p.ExpiresAt}
	if p.StaffID != 0 {
		if door.Staff, err = r.store.StaffByID(ctx, p.StaffID); err != nil {
			return door, err
		}
	}
	door.Magazine, err = r.store.Magazine(ctx)
	if stet.ErrorCode(err) == stet.NotFound {
		err = nil
	}
	return door, err
}

// linkPass is passFor with the tries counted: 256 bits cannot be guessed, but
// nobody needs to be let try.
func (r *Room) linkPass(ctx context.Context, token string, d Device, kinds ...stet.PassKind) (stet.Pass, error) {
	l := networkLock("link", d)
	if err := r.try(ctx, l); err != nil {
		return stet.Pass{}, err
	}
	p, err := r.passFor(ctx, token, nil, kinds...)
	if err != nil {
		return p, err
	}
	return p, r.tookBack(ctx, l)
}

// SetUpLink returns the address at which the first owner of a new magazine
// makes their account, and empty when there is an account already. The links
// of earlier starts are worth nothing from then on.
func (r *Room) SetUpLink(ctx context.Context) (link string, err error) {
	err = r.Batch(ctx, func(r *Room) error {
		any, err := r.store.AnyStaff(ctx)
		if err != nil || any {
			return err
		}
		if err := r.store.DropPasses(ctx, stet.SetUp, 0); err != nil {
			return err
		}
		token, _, err := r.give(ctx, stet.SetUp, 0, SetUpLife, nil)
		link = r.link(stet.SetUp, token)
		return err
	})
	return link, err
}

// NewMagazine is what the set-up page asks.
type NewMagazine struct {
	Name, Language, TimeZone string
	Owner, Email             string
	Secret                   Secret
}

// Secret is with what somebody wants to sign in from now on: a password, or a
// passkey that has just been made.
type Secret struct {
	Password string
	Key      *NewKey
}

// SetUp names the magazine and makes its first owner, who is signed in.
func (r *Room) SetUp(ctx context.Context, token string, in NewMagazine, d Device) (e Entry, err error) {
	p, err := r.linkPass(ctx, token, d, stet.SetUp)
	if err != nil {
		return e, err
	}
	a := stet.Staff{Email: in.Email, Name: in.Owner, Role: stet.Owner, PublicID: stet.NewID()}
	if err := a.Validate(); err != nil {
		return e, err
	}
	// argon2id takes a while; it must not hold the only connection that writes.
	key, err := r.applySecret(ctx, &a, in.Secret)
	if err != nil {
		return e, err
	}
	err = r.Batch(ctx, func(r *Room) error {
		if any, err := r.store.AnyStaff(ctx); err != nil || any {
			return stet.Errorf(stet.Gone, "the magazine has an owner already")
		}
		if err := r.use(ctx, p); err != nil {
			return err
		}
		m, err := r.store.Magazine(ctx)
		if err != nil && stet.ErrorCode(err) != stet.NotFound {
			return err
		}
		m.Name, m.Language, m.TimeZone = in.Name, in.Language, in.TimeZone
		if err := r.SetMagazine(ctx, stet.Operator, m); err != nil {
			return err
		}
		if err := r.store.CreateStaff(ctx, &a); err != nil {
			return err
		}
		if err := r.keepKey(ctx, a, key); err != nil {
			return err
		}
		e, err = r.enter(ctx, a, d)
		return err
	})
	return e, err
}

// TakeUp uses an invitation or a reset: the account has the secret from then
// on, and whoever came is signed in, unless the account wants a second step.
func (r *Room) TakeUp(ctx context.Context, token, name string, s Secret, d Device) (e Entry, err error) {
	p, err := r.linkPass(ctx, token, d, stet.Invitation, stet.Reset)
	if err != nil {
		return e, err
	}
	a, err := r.store.StaffByID(ctx, p.StaffID)
	if err != nil {
		return e, err
	}
	if a.Disabled {
		return e, stet.Errorf(stet.Gone, "this link has run out")
	}
	if p.Kind == stet.Invitation && name != "" {
		a.Name = name
	}
	if err := a.Validate(); err != nil {
		return e, err
	}
	key, err := r.applySecret(ctx, &a, s)
	if err != nil {
		return e, err
	}
	err = r.Batch(ctx, func(r *Room) error {
		if err := r.use(ctx, p); err != nil {
			return err
		}
		// Links that were sent before, and whoever had come in with the old
		// password, are shut out.
		for _, kind := range []stet.PassKind{stet.Invitation, stet.Reset} {
			if err := r.store.DropPasses(ctx, kind, a.ID); err != nil {
				return err
			}
		}
		if err := r.store.DropSessions(ctx, a.ID, 0); err != nil {
			return err
		}
		if p.Data == withoutSecondStep {
			a.TOTP = ""
			if err := r.store.SetRecoveryCodes(ctx, a.ID, nil); err != nil {
				return err
			}
		}
		if err := r.store.UpdateStaff(ctx, &a); err != nil {
			return err
		}
		if err := r.keepKey(ctx, a, key); err != nil {
			return err
		}
		// A passkey that was just made is of two factors by itself.
		if a.TOTP != "" && key == nil {
			e, err = r.halfway(ctx, a)
			return err
		}
		e, err = r.enter(ctx, a, d)
		return err
	})
	return e, err
}

// withoutSecondStep is the data of a reset that also switches the second step
// off: only the operator at the console can give it.
const withoutSecondStep = `"without second step"`

// ResetLink makes a link with which somebody who is locked out chooses a new
// password, for the operator to hand over.
func (r *Room) ResetLink(ctx context.Context, staff stet.Staff, a stet.Staff, offSecond bool) (link string, err error) {
	err = r.act(ctx, staff, KeepStaff, func(r *Room) error {
		if err := r.mayTouch(ctx, staff, &a); err != nil {
			return err
		}
		var data any
		if offSecond {
			if staff.ID != 0 {
				return stet.Errorf(stet.Forbidden, "only the operator may give a link that switches the second step off")
			}
			data = "without second step"
		}
		token, _, err := r.give(ctx, stet.Reset, a.ID, ResetLife, data)
		link = r.link(stet.Reset, token)
		return err
	})
	return link, err
}

// applySecret puts the password into the account, or checks the passkey.
func (r *Room) applySecret(ctx context.Context, a *stet.Staff, s Secret) (key *stet.Passkey, err error) {
	if s.Key != nil {
		return r.checkNewKey(ctx, a, *s.Key)
	}
	a.Password, err = r.hashPassword(s.Password)
	return nil, err
}
