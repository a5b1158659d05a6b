// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"stet"
	"stet/internal/newsroom"
)

const (
	goodPassword = "correct horse battery"
	magazineURL  = "https://sound.example"
)

var home = newsroom.Device{Address: "192.0.2.1", Agent: "Firefox on Linux"}

// restarted is the same magazine after the program was started again.
func restarted(d *desk) *newsroom.Room {
	return newsroom.New(newsroom.Options{Store: d.Store(), Blobs: d.blobs, URL: magazineURL})
}

// tokenOf is what stands behind the # of a link.
func tokenOf(t *testing.T, link string) string {
	t.Helper()
	place, token, ok := strings.Cut(link, "#")
	if !ok || !strings.HasPrefix(place, magazineURL+"/desk/") {
		t.Fatalf("the link is %q", link)
	}
	return token
}

func waitOf(err error) time.Duration {
	var e *stet.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Wait
}

// begun sets the magazine up and returns its owner.
func begun(t *testing.T, d *desk) (*newsroom.Room, stet.Staff, stet.Session) {
	t.Helper()
	r := restarted(d)
	link, err := r.SetUpLink(t.Context())
	must(t, err)
	e, err := r.SetUp(t.Context(), tokenOf(t, link), newsroom.NewMagazine{
		Name: "The Sound", Language: "en", TimeZone: "Europe/Oslo", Owner: "Ana", Email: "ana@sound.example", Secret: newsroom.Secret{Password: goodPassword},
	}, home)
	must(t, err)
	a, s, err := r.Authenticate(t.Context(), e.Token, home)
	must(t, err)
	return r, a, s
}

func TestSetUpLink(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx, r := t.Context(), restarted(d)
		first, err := r.SetUpLink(ctx)
		must(t, err)
		second, err := restarted(d).SetUpLink(ctx)
		must(t, err)
		_, err = r.OpenDoor(ctx, tokenOf(t, first), home)
		wantCode(t, "the link of an earlier start", err, stet.Gone)
		door, err := r.OpenDoor(ctx, tokenOf(t, second), home)
		must(t, err)
		if door.Kind != stet.SetUp {
			t.Errorf("the link opens %+v", door)
		}
		in := newsroom.NewMagazine{Name: "The Sound", Language: "en", TimeZone: "Europe/Oslo", Owner: "Ana", Email: "ana@sound.example", Secret: newsroom.Secret{Password: "short"}}
		_, err = r.SetUp(ctx, tokenOf(t, second), in, home)
		wantCode(t, "a short password", err, stet.Invalid)
		in.Secret.Password, in.TimeZone = goodPassword, "Nowhere/Atall"
		_, err = r.SetUp(ctx, tokenOf(t, second), in, home)
		wantCode(t, "no time zone", err, stet.Invalid)
		d.clock.Advance(newsroom.SetUpLife + time.Minute)
		in.TimeZone = "Europe/Oslo"
		_, err = r.SetUp(ctx, tokenOf(t, second), in, home)
		wantCode(t, "a link that has run out", err, stet.Gone)

		// What went wrong has not used the link up.
		third, err := r.SetUpLink(ctx)
		must(t, err)
		e, err := r.SetUp(ctx, tokenOf(t, third), in, home)
		must(t, err)
		if e.Staff.Role != stet.Owner || e.Token == "" {
			t.Errorf("set up: %+v", e)
		}
		_, err = r.SetUp(ctx, tokenOf(t, third), in, home)
		wantCode(t, "a second use", err, stet.Gone)
		if link, err := r.SetUpLink(ctx); err != nil || link != "" {
			t.Errorf("with an owner: %q, %v", link, err)
		}
	})
}

// The waits grow, are the same whether or not there is an account, and outlive
// the program.
func TestWaitsSurviveRestarts(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		r, _, _ := begun(t, d)
		far := newsroom.Device{Address: "2001:db8::1"}
		neighbour := newsroom.Device{Address: "2001:db8::ffff"} // of the same network
		waits := map[string][]time.Duration{}
		for _, email := range []string{"ana@sound.example", "nobody@sound.example"} {
			for range 5 {
				_, err := r.SignIn(ctx, email, "not the password", far)
				wantCode(t, "a wrong password", err, stet.Unauthenticated)
			}
			for range 3 {
				// The program is started again, and the password is right: it waits.
				_, err := restarted(d).SignIn(ctx, email, goodPassword, neighbour)
				wantCode(t, "too soon", err, stet.RateLimited)
				wait := waitOf(err)
				waits[email] = append(waits[email], wait)
				d.clock.Advance(wait)
				_, err = r.SignIn(ctx, email, "not the password", far)
				wantCode(t, "after the wait", err, stet.Unauthenticated)
			}
		}
		known := waits["ana@sound.example"]
		if diff := cmp.Diff(known, waits["nobody@sound.example"]); diff != "" {
			t.Errorf("the waits tell who has an account (-known +unknown):\n%s", diff)
		}
		if known[0] <= 0 || known[1] <= known[0] || known[2] <= known[1] {
			t.Errorf("the waits are %v; they should grow", known)
		}
		// From another network the owner comes in all the same, and a day later
		// from this one.
		_, err := r.SignIn(ctx, "ana@sound.example", goodPassword, home)
		must(t, err)
		d.clock.Advance(25 * time.Hour)
		_, err = r.SignIn(ctx, "ana@sound.example", goodPassword, far)
		must(t, err)
	})
}

// A network that tries many addresses waits as well.
func TestWaitsOfANetwork(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		r, _, _ := begun(t, d)
		far := newsroom.Device{Address: "198.51.100.7"}
		n := 0
		for ; n < 60; n++ {
			err := r.AskReset(t.Context(), fmt.Sprintf("somebody%d@sound.example", n), far)
			if stet.ErrorCode(err) == stet.RateLimited {
				break
			}
			must(t, err)
		}
		if n < 20 || n >= 60 {
			t.Errorf("a network may ask for %d resets", n)
		}
		must(t, r.AskReset(t.Context(), "ana@sound.example", home))
	})
}

func TestSecondStep(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		r, a, s := begun(t, d)
		n, err := r.BeginCodes(ctx, a, s)
		must(t, err)
		code := func() string {
			c, err := totp.GenerateCode(n.Secret, d.clock.Now())
			must(t, err)
			return c
		}
		_, err = r.SwitchCodesOn(ctx, a, s, n.Token, "000000")
		wantCode(t, "a wrong first code", err, stet.Invalid)
		codes, err := r.SwitchCodesOn(ctx, a, s, n.Token, code())
		must(t, err)
		if len(codes) != 10 {
			t.Fatalf("%d recovery codes", len(codes))
		}

		half, err := r.SignIn(ctx, "ana@sound.example", goodPassword, home)
		must(t, err)
		if half.Token != "" || half.Second == "" {
			t.Fatalf("the password alone opens: %+v", half)
		}
		_, err = r.SecondStep(ctx, half.Second, code(), home)
		wantCode(t, "the code that was used to switch on", err, stet.Unauthenticated)
		d.clock.Advance(30 * time.Second)
		now := code()
		_, err = r.SecondStep(ctx, half.Second, now, home)
		must(t, err)
		_, err = r.SecondStep(ctx, half.Second, now, home)
		wantCode(t, "a second use of the step", err, stet.Gone)
		again, err := r.SignIn(ctx, "ana@sound.example", goodPassword, home)
		must(t, err)
		_, err = r.SecondStep(ctx, again.Second, now, home)
		wantCode(t, "a code used twice", err, stet.Unauthenticated)
		_, err = r.SecondStep(ctx, again.Second, strings.ToLower(codes[3]), home)
		must(t, err)
		again, err = r.SignIn(ctx, "ana@sound.example", goodPassword, home)
		must(t, err)
		_, err = r.SecondStep(ctx, again.Second, codes[3], home)
		wantCode(t, "a recovery code used twice", err, stet.Unauthenticated)

		// Six digits are guessed in a million tries: they are counted wherever
		// they come from, and across a restart.
		limited := false
		for i := range 8 {
			_, err := restarted(d).SecondStep(ctx, again.Second, "123456", newsroom.Device{Address: fmt.Sprintf("192.0.2.%d", i+10)})
			limited = limited || stet.ErrorCode(err) == stet.RateLimited
		}
		if !limited {
			t.Error("codes can be guessed without a wait")
		}
	})
}

func TestRecentSignIn(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		r, a, s := begun(t, d)
		other, err := r.SignIn(ctx, "ana@sound.example", goodPassword, home)
		must(t, err)
		d.clock.Advance(newsroom.ProofLength + time.Second)
		for what, act := range map[string]func() error{
			"a password": func() error { return r.ChangePassword(ctx, a, s, "another good one") },
			"codes":      func() error { _, err := r.BeginCodes(ctx, a, s); return err },
			"a passkey":  func() error { _, _, err := r.BeginKey(ctx, a, s); return err },
			"another owner": func() error {
				_, err := r.Invite(ctx, a, s, &stet.Staff{Email: "b@sound.example", Name: "B", Role: stet.Owner})
				return err
			},
		} {
			if err := act(); !errors.Is(err, newsroom.ErrProve) {
				t.Errorf("%s, long after the sign-in: %v", what, err)
			}
		}
		wantCode(t, "a wrong proof", r.Prove(ctx, a, s, newsroom.Proof{Password: "wrong"}, home), stet.Unauthenticated)
		must(t, r.Prove(ctx, a, s, newsroom.Proof{Password: goodPassword}, home))
		a, s, err = r.Authenticate(ctx, sessionToken(t, r, a), home)
		must(t, err)
		must(t, r.ChangePassword(ctx, a, s, "another good one"))
		_, _, err = r.Authenticate(ctx, other.Token, home)
		wantCode(t, "another session after the password changed", err, stet.Unauthenticated)
		_, err = r.SignIn(ctx, "ana@sound.example", goodPassword, home)
		wantCode(t, "the old password", err, stet.Unauthenticated)

		// An integration sees to no account, whatever its scopes.
		robot := a
		robot.Scopes = []string{string(newsroom.KeepStaff)}
		_, err = r.Sessions(ctx, robot, a)
		wantCode(t, "sessions by a token", err, stet.Forbidden)
		wantCode(t, "a password by a token", r.ChangePassword(ctx, robot, s, "another good one"), stet.Forbidden)
	})
}

// sessionToken signs in once more, for a session that has just proved itself.
func sessionToken(t *testing.T, r *newsroom.Room, a stet.Staff) string {
	t.Helper()
	e, err := r.SignIn(t.Context(), a.Email, goodPassword, home)
	must(t, err)
	return e.Token
}

func TestInvitation(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		r, owner, s := begun(t, d)
		b := stet.Staff{Email: "bo@sound.example", Name: "Bo", Role: stet.Writer}
		first, err := r.Invite(ctx, owner, s, &b)
		must(t, err)
		_, err = r.Invite(ctx, owner, s, &stet.Staff{Email: "BO@sound.example", Name: "Bo", Role: stet.Writer})
		wantCode(t, "an address that has an account", err, stet.Conflict)
		second, err := r.SendLink(ctx, owner, s, b)
		must(t, err)
		_, err = r.TakeUp(ctx, tokenOf(t, first), "", newsroom.Secret{Password: goodPassword}, home)
		wantCode(t, "the invitation before the last", err, stet.Gone)
		e, err := r.TakeUp(ctx, tokenOf(t, second), "Bo Lind", newsroom.Secret{Password: goodPassword}, home)
		must(t, err)
		if e.Staff.Name != "Bo Lind" || e.Token == "" {
			t.Errorf("taken up: %+v", e)
		}
		_, err = r.TakeUp(ctx, tokenOf(t, second), "", newsroom.Secret{Password: goodPassword}, home)
		wantCode(t, "a second use", err, stet.Gone)

		// Shut, the account is out at once, and its links are worth nothing.
		bo, err := r.Store().StaffByEmail(ctx, "bo@sound.example")
		must(t, err)
		link, err := r.SendLink(ctx, owner, s, bo)
		must(t, err)
		yes := true
		_, err = r.ChangeStaff(ctx, owner, s, bo.PublicID, newsroom.StaffChange{Disabled: &yes})
		must(t, err)
		_, _, err = r.Authenticate(ctx, e.Token, home)
		wantCode(t, "a session of a shut account", err, stet.Unauthenticated)
		_, err = r.TakeUp(ctx, tokenOf(t, link), "", newsroom.Secret{Password: goodPassword}, home)
		wantCode(t, "a link of a shut account", err, stet.Gone)

		// Only owners touch owners; nobody shuts themselves.
		admin := stet.Staff{ID: 999, Name: "x", Role: stet.Administrator}
		for what, err := range map[string]error{
			"an owner's link":            second1(r.SendLink(ctx, admin, s, owner)),
			"an owner's sessions":        r.EndSessions(ctx, admin, owner, stet.Session{}),
			"an owner's codes":           r.SwitchCodesOff(ctx, admin, s, owner),
			"a link without second step": second1(r.ResetLink(ctx, owner, bo, true)),
		} {
			wantCode(t, what, err, stet.Forbidden)
		}
		_, err = r.ChangeStaff(ctx, owner, s, owner.PublicID, newsroom.StaffChange{Disabled: &yes})
		wantCode(t, "one's own account", err, stet.Conflict)
		nonsense := []string{"publish stories"}
		_, err = r.ChangeStaff(ctx, owner, s, bo.PublicID, newsroom.StaffChange{Grants: &nonsense})
		wantCode(t, "a grant that is of a role", err, stet.Invalid)
	})
}

func second1[T any](_ T, err error) error { return err }

// Nothing that opens an account stands in the database.
func TestNothingButHashes(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		r, owner, s := begun(t, d)
		link, err := r.Invite(ctx, owner, s, &stet.Staff{Email: "bo@sound.example", Name: "Bo", Role: stet.Writer})
		must(t, err)
		e, err := r.SignIn(ctx, "ana@sound.example", goodPassword, home)
		must(t, err)
		must(t, r.AskReset(ctx, "ana@sound.example", home))
		for _, table := range []string{"staff", "pass", "session", "attempt", "job", "setting"} {
			rows, err := r.Store().Conn().QueryContext(ctx, "SELECT * FROM "+table)
			must(t, err)
			columns, err := rows.Columns()
			must(t, err)
			for rows.Next() {
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				must(t, rows.Scan(values...))
				row := ""
				for _, v := range values {
					row += fmt.Sprintf("%s ", *v.(*any))
				}
				for what, secret := range map[string]string{"a link": tokenOf(t, link), "a session": e.Token, "a password": goodPassword} {
					if strings.Contains(row, secret) {
						t.Errorf("%s stands in %s", what, table)
					}
				}
			}
			must(t, rows.Err())
			rows.Close()
		}
	})
}
