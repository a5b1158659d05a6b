// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"stet"
)

// NewKey is a passkey that a browser has made for a challenge of ours.
type NewKey struct {
	Token    string          // of the challenge
	Response json.RawMessage // PublicKeyCredential, as the browser writes it
	Name     string
}

// KeyAnswer is what a passkey says to a challenge of ours.
type KeyAnswer struct {
	Token    string
	Response json.RawMessage
}

// maxKeys keeps the list of passkeys one that can be read.
const (
	maxKeys    = 20
	maxKeyName = 60
)

var refusedKey = stet.Errorf(stet.Unauthenticated, "this passkey does not fit")

// KeysWork reports whether passkeys can be used at the magazine's address:
// they belong to a name, and not to a number.
func (r *Room) KeysWork() bool {
	u, err := url.Parse(r.base)
	return err == nil && u.Hostname() != "" && net.ParseIP(u.Hostname()) == nil
}

// keyRing checks passkeys for the magazine's address.
func (r *Room) keyRing(ctx context.Context) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(r.base)
	if err != nil || !r.KeysWork() {
		return nil, stet.Errorf(stet.Conflict, "passkeys need an address with a name, such as https://magazine.example; the operator sets it with --url")
	}
	name := "Stet"
	if m, err := r.store.Magazine(ctx); err == nil {
		name = m.Name
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			// With the device's own lock a passkey is of two factors by itself.
			UserVerification: protocol.VerificationRequired,
		},
	})
}

// keyUser is an account as the library wants it. The user handle is the
// public id: random, and not personal.
type keyUser struct {
	stet.Staff
	keys []webauthn.Credential
}

func (u keyUser) WebAuthnID() []byte                         { return []byte(u.PublicID) }
func (u keyUser) WebAuthnName() string                       { return u.Email }
func (u keyUser) WebAuthnDisplayName() string                { return u.Name }
func (u keyUser) WebAuthnCredentials() []webauthn.Credential { return u.keys }

var _ webauthn.User = keyUser{}

func (r *Room) keyUser(ctx context.Context, a stet.Staff) (u keyUser, rows []stet.Passkey, err error) {
	u.Staff = a
	if a.ID == 0 {
		return u, nil, nil
	}
	if rows, err = r.store.Passkeys(ctx, a.ID); err != nil {
		return u, nil, err
	}
	for _, k := range rows {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(k.Credential), &c); err != nil {
			return u, nil, err
		}
		u.keys = append(u.keys, c)
	}
	return u, rows, nil
}

// making is what has to be remembered while a browser makes a passkey.
type making struct {
	Session webauthn.SessionData `json:"session"`
	Account string               `json:"account"` // public id for which it is made
}

// BeginKey begins to make a passkey for somebody who is signed in.
func (r *Room) BeginKey(ctx context.Context, staff stet.Staff, s stet.Session) (token string, options any, err error) {
	if err := r.proved(staff, s); err != nil {
		return "", nil, err
	}
	return r.beginKey(ctx, staff)
}

// BeginKeyAtDoor begins to make a passkey for whoever came with a link.
func (r *Room) BeginKeyAtDoor(ctx context.Context, link, name, email string, d Device) (token string, options any, err error) {
	p, err := r.linkPass(ctx, link, d, stet.SetUp, stet.Invitation, stet.Reset)
	if err != nil {
		return "", nil, err
	}
	a := stet.Staff{PublicID: stet.NewID(), Name: name, Email: email, Role: stet.Owner}
	if p.StaffID != 0 {
		if a, err = r.store.StaffByID(ctx, p.StaffID); err != nil {
			return "", nil, err
		}
	}
	if err := a.Validate(); err != nil {
		return "", nil, err
	}
	return r.beginKey(ctx, a)
}

func (r *Room) beginKey(ctx context.Context, a stet.Staff) (token string, options any, err error) {
	ring, err := r.keyRing(ctx)
	if err != nil {
		return "", nil, err
	}
	u, rows, err := r.keyUser(ctx, a)
	if err != nil {
		return "", nil, err
	}
	if len(rows) >= maxKeys {
		return "", nil, stet.Errorf(stet.Conflict, "an account has %d passkeys at most", maxKeys)
	}
	creation, session, err := ring.BeginRegistration(u, webauthn.WithExclusions(webauthn.Credentials(u.keys).CredentialDescriptors()))
	if err != nil {
		return "", nil, err
	}
	err = r.Batch(ctx, func(r *Room) error {
		token, _, err = r.give(ctx, stet.KeyMaking, a.ID, betweenSteps, making{*session, a.PublicID})
		return err
	})
	return token, creation.Response, err
}

// checkNewKey checks that the browser's answer fits the challenge. At set-up,
// where there is no account yet, a gets the public id for which the passkey
// was made.
func (r *Room) checkNewKey(ctx context.Context, a *stet.Staff, in NewKey) (*stet.Passkey, error) {
	var m making
	p, err := r.passFor(ctx, in.Token, &m, stet.KeyMaking)
	if err != nil {
		return nil, err
	}
	if p.StaffID != a.ID {
		return nil, refusedKey
	}
	if a.ID == 0 {
		a.PublicID = m.Account
	}
	ring, err := r.keyRing(ctx)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(in.Response)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "this is no passkey")
	}
	u, _, err := r.keyUser(ctx, *a)
	if err != nil {
		return nil, err
	}
	c, err := ring.CreateCredential(u, m.Session, parsed)
	if err != nil {
		r.log.Info("a new passkey was refused", "error", err)
		return nil, refusedKey
	}
	if err := r.use(ctx, p); err != nil {
		return nil, err
	}
	row, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(cut(in.Name, maxKeyName))
	if name == "" {
		name = "Passkey"
	}
	return &stet.Passkey{PublicID: stet.NewID(), CredentialID: base64.RawURLEncoding.EncodeToString(c.ID), Credential: string(row), Name: name}, nil
}

// keepKey stores a checked passkey for the account; nil is none.
func (r *Room) keepKey(ctx context.Context, a stet.Staff, k *stet.Passkey) error {
	if k == nil {
		return nil
	}
	k.StaffID = a.ID
	return r.store.CreatePasskey(ctx, k)
}

// AddKey keeps a passkey that somebody who is signed in has made.
func (r *Room) AddKey(ctx context.Context, staff stet.Staff, s stet.Session, in NewKey) (k stet.Passkey, err error) {
	if err := r.proved(staff, s); err != nil {
		return k, err
	}
	made, err := r.checkNewKey(ctx, &staff, in)
	if err != nil {
		return k, err
	}
	return *made, r.Batch(ctx, func(r *Room) error {
		err := r.keepKey(ctx, staff, made)
		k = *made
		return err
	})
}

// DropKey takes one of one's passkeys away. Whoever has nothing else to sign
// in with keeps the last one.
func (r *Room) DropKey(ctx context.Context, staff stet.Staff, s stet.Session, publicID string) error {
	if err := r.proved(staff, s); err != nil {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		keys, err := r.store.Passkeys(ctx, staff.ID)
		if err != nil {
			return err
		}
		if len(keys) == 1 && staff.Password == "" && staff.Subject == "" {
			return stet.Errorf(stet.Conflict, "this is the only way to sign in; choose a password or add another passkey first")
		}
		had, err := r.store.DropPasskey(ctx, staff.ID, publicID)
		if err == nil && !had {
			return stet.Errorf(stet.NotFound, "there is no such passkey")
		}
		return err
	})
}

// AskKey returns a challenge for passkeys: of anybody, or with the token of a
// second step of the account that takes it.
func (r *Room) AskKey(ctx context.Context, second string, d Device) (token string, options any, err error) {
	l := networkLock("ask for a passkey", d)
	if err := r.try(ctx, l); err != nil {
		return "", nil, err
	}
	ring, err := r.keyRing(ctx)
	if err != nil {
		return "", nil, err
	}
	var assertion *protocol.CredentialAssertion
	var session *webauthn.SessionData
	var account int64
	if second == "" {
		assertion, session, err = ring.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	} else {
		_, a, e := r.atSecondStep(ctx, second)
		if e != nil {
			return "", nil, e
		}
		account = a.ID
		u, _, e := r.keyUser(ctx, a)
		if e != nil {
			return "", nil, e
		}
		assertion, session, err = ring.BeginLogin(u, webauthn.WithUserVerification(protocol.VerificationRequired))
	}
	if err != nil {
		return "", nil, err
	}
	err = r.Batch(ctx, func(r *Room) error {
		token, _, err = r.give(ctx, stet.KeySignIn, account, betweenSteps, session)
		return err
	})
	return token, assertion.Response, err
}

// SignInWithKey begins a session for whoever has a passkey. With the token of
// a second step it ends that one.
func (r *Room) SignInWithKey(ctx context.Context, in KeyAnswer, second string, d Device) (e Entry, err error) {
	l := networkLock("passkey", d)
	if err := r.try(ctx, l); err != nil {
		return e, err
	}
	a, err := r.checkKey(ctx, in, stet.KeySignIn)
	if err != nil {
		return e, err
	}
	if a.Disabled {
		return e, refusedKey
	}
	err = r.Batch(ctx, func(r *Room) error {
		if second != "" {
			p, first, err := r.atSecondStep(ctx, second)
			if err != nil {
				return err
			}
			if first.ID != a.ID {
				return refusedKey
			}
			if err := r.use(ctx, p); err != nil {
				return err
			}
		}
		if err := r.tookBack(ctx, l); err != nil {
			return err
		}
		e, err = r.enter(ctx, a, d)
		return err
	})
	return e, err
}

// checkKey finds out whose passkey has answered the challenge, and notes its
// counter and use.
func (r *Room) checkKey(ctx context.Context, in KeyAnswer, kind stet.PassKind) (a stet.Staff, err error) {
	var session webauthn.SessionData
	p, err := r.passFor(ctx, in.Token, &session, kind)
	if err != nil {
		return a, err
	}
	if err := r.use(ctx, p); err != nil {
		return a, err
	}
	ring, err := r.keyRing(ctx)
	if err != nil {
		return a, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(in.Response)
	if err != nil {
		return a, stet.Errorf(stet.Invalid, "this is no answer of a passkey")
	}
	var rows []stet.Passkey
	var c *webauthn.Credential
	if p.StaffID == 0 {
		_, c, err = ring.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
			if a, err = r.store.StaffByPublicID(ctx, string(handle)); err != nil {
				return nil, err
			}
			var u keyUser
			u, rows, err = r.keyUser(ctx, a)
			return u, err
		}, session, parsed)
	} else {
		if a, err = r.store.StaffByID(ctx, p.StaffID); err != nil {
			return a, err
		}
		var u keyUser
		if u, rows, err = r.keyUser(ctx, a); err != nil {
			return a, err
		}
		c, err = ring.ValidateLogin(u, session, parsed)
	}
	if err != nil {
		r.log.Info("a passkey was refused", "error", err)
		return a, refusedKey
	}
	// A counter that does not grow means that the key was copied.
	if c.Authenticator.CloneWarning {
		r.log.Warn("a passkey was refused because its counter went back: it may have been copied", "account", a.PublicID)
		return a, refusedKey
	}
	return a, r.noteKey(ctx, rows, c)
}

func (r *Room) noteKey(ctx context.Context, rows []stet.Passkey, c *webauthn.Credential) error {
	id := base64.RawURLEncoding.EncodeToString(c.ID)
	for _, k := range rows {
		if k.CredentialID != id {
			continue
		}
		b, err := json.Marshal(c)
		if err != nil {
			return err
		}
		k.Credential, k.UsedAt = string(b), r.store.Now()
		return r.store.UpdatePasskey(ctx, &k)
	}
	return refusedKey
}
