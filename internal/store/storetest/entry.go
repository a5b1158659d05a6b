// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

// passes are used once, by one of two who hold them.
func passes(t *testing.T, s *store.Store) {
	ctx := t.Context()
	p := stet.Pass{PublicID: stet.NewID(), Kind: stet.Invitation, Hash: "one", StaffID: 7, Data: `{"a":1}`, ExpiresAt: Now.Add(time.Hour)}
	must(t, s.CreatePass(ctx, &p))
	same(t, "by hash", p, get(s.PassByHash(ctx, "one"))(t))
	same(t, "by public id", p, get(s.PassByPublicID(ctx, p.PublicID))(t))
	wantCode(t, "a second with the hash", s.CreatePass(ctx, &stet.Pass{PublicID: stet.NewID(), Kind: stet.Reset, Hash: "one", ExpiresAt: Now}), stet.Conflict)
	must(t, s.ReissuePass(ctx, p.ID, "two"))
	_, err := s.PassByHash(ctx, "one")
	wantCode(t, "the token before", err, stet.NotFound)
	must(t, s.PrunePasses(ctx, Now))
	for _, want := range []bool{true, false} {
		if got := get(s.UsePass(ctx, p.ID))(t); got != want {
			t.Errorf("used: %v, want %v", got, want)
		}
	}
	for _, kind := range []stet.PassKind{stet.Invitation, stet.Reset} {
		must(t, s.CreatePass(ctx, &stet.Pass{PublicID: stet.NewID(), Kind: kind, Hash: string(kind), StaffID: 7, ExpiresAt: Now.Add(time.Hour)}))
	}
	must(t, s.DropPasses(ctx, stet.Invitation, 7))
	_, err = s.PassByHash(ctx, "invite")
	wantCode(t, "a dropped one", err, stet.NotFound)
	must(t, s.PrunePasses(ctx, Now.Add(time.Hour)))
	_, err = s.PassByHash(ctx, "reset")
	wantCode(t, "one that has run out", err, stet.NotFound)
}

// secrets are passkeys, codes and the attempts at guessing them.
func secrets(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := stet.Staff{PublicID: stet.NewID(), Email: "ana@example.org", Name: "Ana", Role: stet.Owner, Grants: []string{"fly"}, TOTP: "SECRET", Subject: "issuer me"}
	must(t, s.CreateStaff(ctx, &a))
	same(t, "the account", a, get(s.StaffBySubject(ctx, "issuer me"))(t))
	if !get(s.AnyStaff(ctx))(t) {
		t.Error("there is nobody")
	}
	_, err := s.StaffBySubject(ctx, "")
	wantCode(t, "no subject", err, stet.NotFound)

	k := stet.Passkey{PublicID: stet.NewID(), StaffID: a.ID, CredentialID: "cred", Credential: "{}", Name: "Phone"}
	must(t, s.CreatePasskey(ctx, &k))
	k.Name, k.UsedAt = "Old phone", Now
	must(t, s.UpdatePasskey(ctx, &k))
	same(t, "passkeys", []stet.Passkey{k}, get(s.Passkeys(ctx, a.ID))(t))
	if get(s.DropPasskey(ctx, a.ID+1, k.PublicID))(t) {
		t.Error("somebody else's passkey is taken away")
	}
	if !get(s.DropPasskey(ctx, a.ID, k.PublicID))(t) {
		t.Error("the passkey is not taken away")
	}

	must(t, s.SetRecoveryCodes(ctx, a.ID, []string{"x", "y"}))
	for _, want := range []bool{true, false} {
		if got := get(s.UseRecoveryCode(ctx, a.ID, "x"))(t); got != want {
			t.Errorf("the code: %v, want %v", got, want)
		}
	}
	same(t, "codes left", 1, get(s.CountRecoveryCodes(ctx, a.ID))(t))
	for _, try := range []struct {
		step int64
		want bool
	}{{100, true}, {100, false}, {99, false}, {101, true}} {
		same(t, "a time step", try.want, get(s.UseTOTPStep(ctx, a.ID, try.step))(t))
	}

	same(t, "never tried", stet.Attempt{TriedAt: time.UnixMicro(0).UTC(), OpenAt: time.UnixMicro(0).UTC()}, get(s.Attempt(ctx, "key"))(t))
	try := stet.Attempt{Tries: 3, TriedAt: Now, OpenAt: Now.Add(time.Minute)}
	must(t, s.SetAttempt(ctx, "key", try))
	same(t, "tried", try, get(s.Attempt(ctx, "key"))(t))
	must(t, s.PruneAttempts(ctx, Now))
	same(t, "kept", int64(3), get(s.Attempt(ctx, "key"))(t).Tries)
	must(t, s.PruneAttempts(ctx, Now.Add(time.Second)))
	same(t, "forgotten", int64(0), get(s.Attempt(ctx, "key"))(t).Tries)
	must(t, s.DropAttempt(ctx, "key"))

	must(t, s.SetSetting(ctx, store.SecretSetting+"mail", "hidden"))
	if all := get(s.Settings(ctx))(t); len(all) != 0 {
		t.Errorf("a secret is listed: %s", all)
	}
}
