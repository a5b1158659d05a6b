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

// TokenRow is a token of an integration, without what opens the door.
type TokenRow struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Hint      string     `json:"hint" doc:"The last characters of the token."`
	Scopes    []string   `json:"scopes" doc:"The acts that it may do; reading is always allowed."`
	Staff     string     `json:"staff" doc:"Name of the account for which it acts."`
	CreatedAt time.Time  `json:"createdAt"`
	UsedAt    *time.Time `json:"usedAt,omitempty" doc:"When it was last used, to ten minutes."`
	ExpiresAt *time.Time `json:"expiresAt,omitempty" doc:"Missing: never."`
	RevokedAt *time.Time `json:"revokedAt,omitempty"`
}

// NewToken is a token with what the program must send, which is told once.
type NewToken struct {
	TokenRow
	Token string `json:"token" doc:"Send it as 'Authorization: Bearer ...'. It cannot be read again."`
}

func (d *Desk) tokenOperations() {
	register(d, http.MethodGet, "/tokens", "list-tokens", "lists the tokens of integrations, the newest first", d.listTokens)
	register(d, http.MethodGet, "/tokens/scopes", "list-scopes", "lists the scopes that a token can have", func(context.Context, *struct{ Caller }) (*body[Page[newsroom.Act]], error) {
		return reply(Page[newsroom.Act]{Items: newsroom.Scopes}), nil
	})
	type making struct {
		Caller
		Body struct {
			Name      string     `json:"name" minLength:"1" maxLength:"200"`
			Scopes    []string   `json:"scopes,omitempty" maxItems:"30"`
			ExpiresAt *time.Time `json:"expiresAt,omitempty"`
		}
	}
	register(d, http.MethodPost, "/tokens", "make-token", "makes a token that acts for your account", func(ctx context.Context, in *making) (*body[NewToken], error) {
		t := stet.Token{Name: in.Body.Name, Scopes: in.Body.Scopes}
		if in.Body.ExpiresAt != nil {
			t.ExpiresAt = *in.Body.ExpiresAt
		}
		secret, err := d.room.MakeToken(ctx, in.staff, in.session, &t)
		if err != nil {
			return nil, err
		}
		return reply(NewToken{viewToken(t, in.staff.Name), secret}), nil
	})
	register(d, http.MethodDelete, "/tokens/{id}", "revoke-token", "ends a token for good", func(ctx context.Context, in *OneOf) (*struct{}, error) {
		return nil, d.room.RevokeToken(ctx, in.staff, in.ID)
	})
}

// OneOf is the input of operations on one thing that have no body.
type OneOf struct {
	Caller
	ID string `path:"id" maxLength:"12" doc:"Public id."`
}

func (d *Desk) listTokens(ctx context.Context, in *struct{ Caller }) (*body[Page[TokenRow]], error) {
	all, err := d.room.Tokens(ctx, in.staff)
	if err != nil {
		return nil, err
	}
	staff, err := d.store.Staff(ctx)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, a := range staff {
		names[a.ID] = a.Name
	}
	rows := make([]TokenRow, len(all))
	for i, t := range all {
		rows[i] = viewToken(t, names[t.StaffID])
	}
	return reply(Page[TokenRow]{Items: rows}), nil
}

func viewToken(t stet.Token, staff string) TokenRow {
	return TokenRow{
		ID: t.PublicID, Name: t.Name, Hint: t.Hint, Scopes: some(t.Scopes), Staff: staff,
		CreatedAt: t.CreatedAt, UsedAt: moment(t.UsedAt), ExpiresAt: moment(t.ExpiresAt), RevokedAt: moment(t.RevokedAt),
	}
}
