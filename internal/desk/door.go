// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// Door is what a one-time link opens.
type Door struct {
	Kind      stet.PassKind `json:"kind" enum:"setup,invite,reset"`
	Name      string        `json:"name,omitempty" doc:"Of the account."`
	Email     string        `json:"email,omitempty"`
	Magazine  string        `json:"magazine,omitempty"`
	Language  string        `json:"language,omitempty"`
	TimeZone  string        `json:"timeZone,omitempty"`
	Passkeys  bool          `json:"passkeys" doc:"Whether passkeys work at this address."`
	ExpiresAt time.Time     `json:"expiresAt"`
}

// Secret is with what somebody wants to sign in from now on.
type Secret struct {
	Password string       `json:"password,omitempty" maxLength:"4000"`
	Passkey  *KeyResponse `json:"passkey,omitempty" doc:"Instead of a password."`
}

func (s Secret) value() newsroom.Secret {
	return newsroom.Secret{Password: s.Password, Key: s.Passkey.newKey()}
}

// doorOperations are what one-time links are used with. The token travels in
// bodies alone: an address would be written into the logs of proxies.
func (d *Desk) doorOperations() {
	gone := answers(http.StatusGone)
	type look struct {
		From
		Body struct {
			Token string `json:"token" maxLength:"100"`
		}
	}
	register(d, http.MethodPost, "/door", "look-at-link", "says what a one-time link is for, and does not use it", func(ctx context.Context, in *look) (*body[Door], error) {
		v, err := d.room.OpenDoor(ctx, in.Body.Token, d.device(in.request))
		return reply(Door{
			Kind: v.Kind, Name: v.Staff.Name, Email: v.Staff.Email, Magazine: v.Magazine.Name, Language: v.Magazine.Language, TimeZone: v.Magazine.TimeZone,
			Passkeys: d.room.KeysWork(), ExpiresAt: v.ExpiresAt,
		}), err
	}, anybody, mayWait, gone)
	type making struct {
		From
		Body struct {
			Token string `json:"token" maxLength:"100"`
			Name  string `json:"name,omitempty" maxLength:"200" doc:"At set-up: of the first owner."`
			Email string `json:"email,omitempty" maxLength:"320" doc:"At set-up: of the first owner."`
		}
	}
	register(d, http.MethodPost, "/door/passkey/challenge", "begin-passkey-at-link", "begins to make a passkey for whoever came with a link", func(ctx context.Context, in *making) (*body[Challenge], error) {
		token, options, err := d.room.BeginKeyAtDoor(ctx, in.Body.Token, in.Body.Name, in.Body.Email, d.device(in.request))
		return reply(Challenge{token, options}), err
	}, anybody, mayWait, gone)
	type use struct {
		From
		Body struct {
			Token string `json:"token" maxLength:"100"`
			Name  string `json:"name,omitempty" maxLength:"200" doc:"With an invitation: how colleagues will see one."`
			Secret
		}
	}
	register(d, http.MethodPost, "/door/use", "use-link", "takes up an invitation, or chooses a new password", func(ctx context.Context, in *use) (*withCookies[SignInAnswer], error) {
		e, err := d.room.TakeUp(ctx, in.Body.Token, in.Body.Name, in.Body.value(), d.device(in.request))
		return d.entered(ctx, in.request, e, err)
	}, anybody, mayWait, gone)
	type setUp struct {
		From
		Body struct {
			Token    string `json:"token" maxLength:"100"`
			Magazine string `json:"magazine" minLength:"1" maxLength:"200"`
			Language string `json:"language" maxLength:"35" doc:"BCP 47."`
			TimeZone string `json:"timeZone" maxLength:"64" doc:"IANA name."`
			Name     string `json:"name" minLength:"1" maxLength:"200" doc:"Of the first owner."`
			Email    string `json:"email" maxLength:"320"`
			Secret
		}
	}
	register(d, http.MethodPost, "/setup", "set-up", "names the magazine and makes its first owner", func(ctx context.Context, in *setUp) (*withCookies[SignInAnswer], error) {
		b := in.Body
		e, err := d.room.SetUp(ctx, b.Token, newsroom.NewMagazine{
			Name: b.Magazine, Language: b.Language, TimeZone: b.TimeZone, Owner: b.Name, Email: b.Email, Secret: b.value(),
		}, d.device(in.request))
		return d.entered(ctx, in.request, e, err)
	}, anybody, mayWait, gone)
	type forgotten struct {
		From
		Body struct {
			Email string `json:"email" maxLength:"320"`
		}
	}
	register(d, http.MethodPost, "/reset", "ask-reset", "sends a link for a new password, if there is such an account; the answer is the same if not", func(ctx context.Context, in *forgotten) (*struct{}, error) {
		return nil, d.room.AskReset(ctx, in.Body.Email, d.device(in.request))
	}, anybody, mayWait)
}
