// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"
	"strings"

	"stet"
)

// TokenPrefix begins every token of an integration, so that whoever finds one
// in a log or a repository knows what it opens.
const TokenPrefix = "stet_"

// Scopes are the acts for which a token can be made. Accounts and tokens are
// not among them: a program that is taken over must not be able to let others in.
var Scopes = slices.DeleteFunc(slices.Clone(Acts), func(a Act) bool { return a == KeepStaff || a == KeepTokens || a == InjectCode })

// MakeToken stores a token that acts for the account, within the scopes, and
// returns what the program must send. It is told this once. A token outlives
// the session that made it, so that a desk left open must not be enough.
func (r *Room) MakeToken(ctx context.Context, staff stet.Staff, s stet.Session, t *stet.Token) (secret string, err error) {
	secret = TokenPrefix + newToken()
	return secret, r.act(ctx, staff, KeepTokens, func(r *Room) error {
		if err := r.proved(staff, s); err != nil {
			return err
		}
		t.Name = strings.Join(strings.Fields(t.Name), " ")
		if err := t.Validate(); err != nil {
			return err
		}
		for _, scope := range t.Scopes {
			if !slices.Contains(Scopes, Act(scope)) {
				return stet.Errorf(stet.Invalid, "a token cannot be made to %s", scope)
			}
		}
		if !t.ExpiresAt.IsZero() && !t.ExpiresAt.After(r.store.Now()) {
			return stet.Errorf(stet.Invalid, "the token would have run out already")
		}
		t.PublicID, t.Hash, t.Hint, t.StaffID = stet.NewID(), hashToken(secret), secret[len(secret)-4:], staff.ID
		if err := r.store.CreateToken(ctx, t); err != nil {
			return err
		}
		return r.note(ctx, staff, "made", "token", t.PublicID, t.Name, t.Scopes...)
	})
}

// Tokens returns all tokens, revoked ones too.
func (r *Room) Tokens(ctx context.Context, staff stet.Staff) ([]stet.Token, error) {
	if !Can(staff, KeepTokens) {
		return nil, forbidden(staff, KeepTokens)
	}
	return r.store.Tokens(ctx)
}

// RevokeToken ends a token for good.
func (r *Room) RevokeToken(ctx context.Context, staff stet.Staff, id string) error {
	return r.act(ctx, staff, KeepTokens, func(r *Room) error {
		t, err := r.store.TokenByPublicID(ctx, id)
		if err != nil {
			return err
		}
		if err := r.store.RevokeToken(ctx, t.ID); err != nil {
			return err
		}
		return r.note(ctx, staff, "revoked", "token", t.PublicID, t.Name)
	})
}

// AuthenticateToken returns the account for which a token acts, limited to the
// token's scopes.
func (r *Room) AuthenticateToken(ctx context.Context, secret string) (stet.Staff, error) {
	refused := stet.Errorf(stet.Unauthenticated, "the token is not valid, or no longer")
	t, err := r.store.TokenByHash(ctx, hashToken(secret))
	if stet.ErrorCode(err) == stet.NotFound {
		return stet.Staff{}, refused
	}
	if err != nil {
		return stet.Staff{}, err
	}
	now := r.store.Now()
	if !t.Good(now) {
		return stet.Staff{}, refused
	}
	a, err := r.store.StaffByID(ctx, t.StaffID)
	if err != nil || a.Disabled {
		return stet.Staff{}, refused
	}
	a.Scopes = append([]string{}, t.Scopes...) // not nil: none means reading alone
	if now.Sub(t.UsedAt) > touchEvery {
		if err := r.store.TouchToken(ctx, t.ID, now); err != nil {
			return stet.Staff{}, err
		}
	}
	return a, nil
}
