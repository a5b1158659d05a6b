// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"stet"
	"stet/internal/store"
)

// Device is the browser or program from which somebody signs in.
type Device struct {
	Address string // of the client, for the list of sessions
	Agent   string // what it calls itself
}

// A session lasts SessionLength after it was last used. Its use is noted at
// most every touchEvery, so that reading does not write each time.
const (
	SessionLength = 30 * 24 * time.Hour
	touchEvery    = 10 * time.Minute
	maxAgent      = 300
)

// ProofLength is how long after a sign-in the acts that matter are open: a
// desk that was left open in a café is not an account that was given away.
const ProofLength = 15 * time.Minute

// Entry is how far a sign-in has come.
type Entry struct {
	Staff stet.Staff
	// Token is what the device keeps, told once; empty while a second step is
	// wanted.
	Token string
	// Second is the token of the second step, and Ways how it can be taken.
	Second string
	Ways   []Way
}

// Way is a way to take the second step.
type Way string

// The ways to take the second step.
const (
	ByCode     Way = "code"     // a one-time code of an app
	ByRecovery Way = "recovery" // a recovery code
	ByPasskey  Way = "passkey"
)

// refusedSignIn is the one answer to everything that is wrong with a sign-in:
// it must not tell which addresses have an account.
var refusedSignIn = stet.Errorf(stet.Unauthenticated, "the address or the password is not right")

// nobody is checked in place of an account that does not exist, so that the
// answer takes as long.
var nobody = stet.Staff{Password: "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}

// SignIn takes the first step for whoever has the password of the account; it
// is the only one unless the account has a second.
func (r *Room) SignIn(ctx context.Context, email, password string, d Device) (e Entry, err error) {
	atAccount, ofNetwork := accountLock("sign in", store.FoldAddress(email), d), networkLock("sign in", d)
	if err := r.try(ctx, atAccount, ofNetwork); err != nil {
		return e, err
	}
	a, err := r.store.StaffByEmail(ctx, email)
	switch {
	case stet.ErrorCode(err) == stet.NotFound:
		r.checkPassword(nobody, password)
		return e, refusedSignIn
	case err != nil:
		return e, err
	}
	if a.Password == "" {
		r.checkPassword(nobody, password)
		return e, refusedSignIn
	}
	if !r.checkPassword(a, password) || a.Disabled {
		return e, refusedSignIn
	}
	err = r.Batch(ctx, func(r *Room) error {
		if err := r.succeeded(ctx, atAccount, ofNetwork); err != nil {
			return err
		}
		if a.TOTP != "" {
			e, err = r.halfway(ctx, a)
		} else {
			e, err = r.enter(ctx, a, d)
		}
		return err
	})
	return e, err
}

// halfway gives an account with a second step the pass to take it.
func (r *Room) halfway(ctx context.Context, a stet.Staff) (e Entry, err error) {
	keys, err := r.store.Passkeys(ctx, a.ID)
	if err != nil {
		return e, err
	}
	e.Ways = []Way{ByCode, ByRecovery}
	if len(keys) > 0 {
		e.Ways = append(e.Ways, ByPasskey)
	}
	e.Second, _, err = r.give(ctx, stet.SecondStep, a.ID, betweenSteps, nil)
	return e, err
}

// enter begins a session for an account that has proved who it is. It is
// called within Batch.
func (r *Room) enter(ctx context.Context, a stet.Staff, d Device) (e Entry, err error) {
	e = Entry{Staff: a, Token: newToken()}
	now := r.store.Now()
	a.SignedInAt = now
	if err := r.store.UpdateStaff(ctx, &a); err != nil {
		return e, err
	}
	if err := r.store.PruneSessions(ctx, now); err != nil {
		return e, err
	}
	return e, r.store.CreateSession(ctx, &stet.Session{
		PublicID: stet.NewID(), Hash: hashToken(e.Token), StaffID: a.ID, Address: d.Address, Agent: cut(d.Agent, maxAgent),
		CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(SessionLength), ProvedAt: now,
	})
}

// Authenticate returns the account and the session to which the token belongs.
func (r *Room) Authenticate(ctx context.Context, token string, d Device) (stet.Staff, stet.Session, error) {
	refused := stet.Errorf(stet.Unauthenticated, "please sign in")
	s, err := r.store.SessionByHash(ctx, hashToken(token))
	if stet.ErrorCode(err) == stet.NotFound {
		return stet.Staff{}, s, refused
	}
	if err != nil {
		return stet.Staff{}, s, err
	}
	now := r.store.Now()
	if !s.ExpiresAt.After(now) {
		return stet.Staff{}, s, refused
	}
	a, err := r.store.StaffByID(ctx, s.StaffID)
	if err != nil || a.Disabled {
		return stet.Staff{}, s, refused
	}
	if now.Sub(s.SeenAt) > touchEvery {
		s.SeenAt, s.ExpiresAt, s.Address = now, now.Add(SessionLength), d.Address
		if err := r.store.TouchSession(ctx, &s); err != nil {
			return a, s, err
		}
	}
	return a, s, nil
}

// SignOut ends a session.
func (r *Room) SignOut(ctx context.Context, s stet.Session) error {
	return r.store.DropSession(ctx, s.ID)
}

// Sessions lists where an account is signed in: one's own, or somebody's for
// those who keep accounts.
func (r *Room) Sessions(ctx context.Context, staff, a stet.Staff) ([]stet.Session, error) {
	if err := r.maySeeTo(ctx, staff, a); err != nil {
		return nil, err
	}
	return r.store.Sessions(ctx, a.ID, r.store.Now())
}

// EndSession ends one session of an account.
func (r *Room) EndSession(ctx context.Context, staff, a stet.Staff, publicID string) error {
	if err := r.maySeeTo(ctx, staff, a); err != nil {
		return err
	}
	s, err := r.store.SessionOf(ctx, a.ID, publicID)
	if err != nil {
		return err
	}
	return r.store.DropSession(ctx, s.ID)
}

// EndSessions ends all sessions of an account but the one given; the zero
// session ends all.
func (r *Room) EndSessions(ctx context.Context, staff, a stet.Staff, but stet.Session) error {
	if err := r.maySeeTo(ctx, staff, a); err != nil {
		return err
	}
	return r.store.DropSessions(ctx, a.ID, but.ID)
}

// maySeeTo lets everybody see to their own account, and those who keep
// accounts to those of others; owners are left to owners.
func (r *Room) maySeeTo(ctx context.Context, staff, a stet.Staff) error {
	if staff.ID == a.ID && staff.ID != 0 {
		return inPerson(staff)
	}
	if !Can(staff, KeepStaff) {
		return forbidden(staff, KeepStaff)
	}
	return r.mayTouch(ctx, staff, &a)
}

// ErrProve refuses an act that matters to a session that has not proved for a
// while who holds it.
var ErrProve = stet.Errorf(stet.Forbidden, "please confirm first that it is you")

// proved asks for a recent sign-in. The operator at the console has none.
func (r *Room) proved(staff stet.Staff, s stet.Session) error {
	if err := inPerson(staff); err != nil {
		return err
	}
	if staff.ID == 0 || r.store.Now().Sub(s.ProvedAt) <= ProofLength {
		return nil
	}
	return ErrProve
}

// inPerson refuses integrations what is for people: an account is not seen to
// with a token.
func inPerson(staff stet.Staff) error {
	if staff.Scopes != nil {
		return stet.Errorf(stet.Forbidden, "an integration may not see to an account")
	}
	return nil
}

// newToken returns 256 random bits for a session, a link or an integration.
func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// hashToken is how a token is kept. It has 256 random bits, so a fast hash
// without salt cannot be turned back.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// cut shortens a text from outside to n characters that a database may hold.
func cut(s string, n int) string {
	r := []rune(clip(s))
	return string(r[:min(n, len(r))])
}
