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

// refusedSignIn is the one answer to everything that is wrong with a sign-in:
// it must not tell which addresses have an account.
var refusedSignIn = stet.Errorf(stet.Unauthenticated, "the address or the password is not right")

// nobody is checked in place of an account that does not exist, so that the
// answer takes as long.
var nobody = stet.Staff{Password: "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}

// SignIn begins a session for whoever has the password of the account. The
// token is what the device keeps; it is told once.
func (r *Room) SignIn(ctx context.Context, email, password string, d Device) (token string, a stet.Staff, err error) {
	a, err = r.store.StaffByEmail(ctx, email)
	switch {
	case stet.ErrorCode(err) == stet.NotFound:
		CheckPassword(nobody, password)
		return "", stet.Staff{}, refusedSignIn
	case err != nil:
		return "", stet.Staff{}, err
	case !CheckPassword(a, password), a.Disabled:
		return "", stet.Staff{}, refusedSignIn
	}
	token, err = r.beginSession(ctx, a, d)
	return token, a, err
}

// beginSession stores a session for an account that has proved who it is.
func (r *Room) beginSession(ctx context.Context, a stet.Staff, d Device) (token string, err error) {
	token = newToken()
	now := r.store.Now()
	return token, r.Batch(ctx, func(r *Room) error {
		if err := r.store.PruneSessions(ctx, now); err != nil {
			return err
		}
		return r.store.CreateSession(ctx, &stet.Session{
			PublicID: stet.NewID(), Hash: hashToken(token), StaffID: a.ID, Address: d.Address, Agent: cut(d.Agent, maxAgent),
			CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(SessionLength),
		})
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
