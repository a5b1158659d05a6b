// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"stet"
)

// recoveryCodes is how many codes an account gets, for the day on which the
// phone is gone.
const recoveryCodes = 10

// codePeriod is the length of a time step of one-time codes (RFC 6238).
const codePeriod = 30

var codeOptions = totp.ValidateOpts{Period: codePeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// refusedCode does not tell what is wrong with a code.
var refusedCode = stet.Errorf(stet.Unauthenticated, "the code is not right, or was used before")

// SecondStep ends a sign-in with a one-time code or a recovery code.
func (r *Room) SecondStep(ctx context.Context, token, code string, d Device) (e Entry, err error) {
	p, a, err := r.atSecondStep(ctx, token)
	if err != nil {
		return e, err
	}
	// Whoever is here has the password: the six digits are all that is left to
	// guess, so the tries are counted wherever they come from.
	l := nameLock("second step", a.PublicID)
	if err := r.try(ctx, l); err != nil {
		return e, err
	}
	err = r.Batch(ctx, func(r *Room) error {
		if err := r.useCode(ctx, a, code); err != nil {
			return err
		}
		if err := r.use(ctx, p); err != nil {
			return err
		}
		if err := r.succeeded(ctx, l); err != nil {
			return err
		}
		a, err := r.store.StaffByID(ctx, a.ID) // the step of the code is noted in it
		if err != nil {
			return err
		}
		e, err = r.enter(ctx, a, d)
		return err
	})
	return e, err
}

func (r *Room) atSecondStep(ctx context.Context, token string) (p stet.Pass, a stet.Staff, err error) {
	if p, err = r.passFor(ctx, token, nil, stet.SecondStep); err != nil {
		if stet.ErrorCode(err) == stet.Gone {
			err = stet.Errorf(stet.Gone, "that took too long; please begin again")
		}
		return p, a, err
	}
	if a, err = r.store.StaffByID(ctx, p.StaffID); err == nil && a.Disabled {
		err = refusedSignIn
	}
	return p, a, err
}

// useCode checks a code of the account and sees to it that it works only once.
func (r *Room) useCode(ctx context.Context, a stet.Staff, code string) error {
	code = strings.ToUpper(strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' {
			return -1
		}
		return c
	}, code))
	var used bool
	var err error
	if len(code) == 6 {
		step, right := stepOf(a.TOTP, code, r.store.Now())
		if !right {
			return refusedCode
		}
		used, err = r.store.UseTOTPStep(ctx, a.ID, step)
	} else {
		used, err = r.store.UseRecoveryCode(ctx, a.ID, hashToken(code))
	}
	if err == nil && !used {
		return refusedCode
	}
	return err
}

// stepOf returns the time step of which the code is: the present one, or a
// neighbour, because clocks differ.
func stepOf(secret, code string, now time.Time) (step int64, right bool) {
	for _, by := range []int64{0, -1, 1} {
		at := now.Add(time.Duration(by*codePeriod) * time.Second)
		want, err := totp.GenerateCodeCustom(secret, at, codeOptions)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / codePeriod, true
		}
	}
	return 0, false
}

// NewCodes is what somebody needs to switch one-time codes on.
type NewCodes struct {
	Token  string
	Secret string // for those who type it
	Key    *otp.Key
}

// BeginCodes makes a secret for one-time codes. It counts once the first code
// was given.
func (r *Room) BeginCodes(ctx context.Context, staff stet.Staff, s stet.Session) (n NewCodes, err error) {
	if err := r.proved(staff, s); err != nil {
		return n, err
	}
	issuer := "Stet"
	if m, err := r.store.Magazine(ctx); err == nil {
		issuer = m.Name
	}
	n.Key, err = totp.Generate(totp.GenerateOpts{Issuer: strings.ReplaceAll(issuer, ":", " "), AccountName: staff.Email, Period: codePeriod, Algorithm: otp.AlgorithmSHA1, Digits: otp.DigitsSix, Rand: rand.Reader})
	if err != nil {
		return n, err
	}
	n.Secret = n.Key.Secret()
	return n, r.Batch(ctx, func(r *Room) error {
		n.Token, _, err = r.give(ctx, stet.CodeSetUp, staff.ID, betweenSteps, n.Secret)
		return err
	})
}

// SwitchCodesOn begins to ask for a code at every sign-in with a password,
// and returns the recovery codes, which are told once.
func (r *Room) SwitchCodesOn(ctx context.Context, staff stet.Staff, s stet.Session, token, code string) (codes []string, err error) {
	if err := r.proved(staff, s); err != nil {
		return nil, err
	}
	var secret string
	p, err := r.passFor(ctx, token, &secret, stet.CodeSetUp)
	if err != nil {
		return nil, err
	}
	if p.StaffID != staff.ID {
		return nil, stet.Errorf(stet.Gone, "that took too long; please begin again")
	}
	step, right := stepOf(secret, strings.ReplaceAll(code, " ", ""), r.store.Now())
	if !right {
		return nil, stet.Errorf(stet.Invalid, "this is not the code that the app shows now; is the clock of the phone right?")
	}
	err = r.Batch(ctx, func(r *Room) error {
		if err := r.use(ctx, p); err != nil {
			return err
		}
		a, err := r.store.StaffByID(ctx, staff.ID)
		if err != nil {
			return err
		}
		a.TOTP, a.TOTPStep = secret, step
		if err := r.store.UpdateStaff(ctx, &a); err != nil {
			return err
		}
		codes, err = r.newRecoveryCodes(ctx, a)
		return err
	})
	return codes, err
}

// RenewRecoveryCodes replaces the recovery codes by new ones.
func (r *Room) RenewRecoveryCodes(ctx context.Context, staff stet.Staff, s stet.Session) (codes []string, err error) {
	if err := r.proved(staff, s); err != nil {
		return nil, err
	}
	if staff.TOTP == "" {
		return nil, stet.Errorf(stet.Conflict, "recovery codes come with one-time codes; switch those on first")
	}
	err = r.Batch(ctx, func(r *Room) error {
		codes, err = r.newRecoveryCodes(ctx, staff)
		return err
	})
	return codes, err
}

func (r *Room) newRecoveryCodes(ctx context.Context, a stet.Staff) (codes []string, err error) {
	hashes := make([]string, recoveryCodes)
	for i := range hashes {
		var b [10]byte // 80 bits: a fast hash is enough
		rand.Read(b[:])
		code := base32.StdEncoding.EncodeToString(b[:])
		hashes[i] = hashToken(code)
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
	}
	return codes, r.store.SetRecoveryCodes(ctx, a.ID, hashes)
}

// SwitchCodesOff ends the second step of an account: one's own, or that of
// somebody who has lost their phone.
func (r *Room) SwitchCodesOff(ctx context.Context, staff stet.Staff, s stet.Session, a stet.Staff) error {
	if err := r.maySeeTo(ctx, staff, a); err != nil {
		return err
	}
	if err := r.proved(staff, s); err != nil {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		a, err := r.store.StaffByID(ctx, a.ID)
		if err != nil {
			return err
		}
		a.TOTP = ""
		if err := r.store.UpdateStaff(ctx, &a); err != nil {
			return err
		}
		return r.store.SetRecoveryCodes(ctx, a.ID, nil)
	})
}

// Proof is what somebody shows again before an act that matters: the password,
// with a code where the account has a second step, or a passkey.
type Proof struct {
	Password, Code string
	Key            *KeyAnswer
}

// Prove makes the session one that has proved just now who holds it.
func (r *Room) Prove(ctx context.Context, staff stet.Staff, s stet.Session, p Proof, d Device) error {
	if p.Key != nil {
		a, err := r.checkKey(ctx, *p.Key, stet.KeySignIn)
		if err != nil {
			return err
		}
		if a.ID != staff.ID {
			return refusedSignIn
		}
		return r.store.ProveSession(ctx, s.ID, r.store.Now())
	}
	l := accountLock("prove", staff.PublicID, d)
	if err := r.try(ctx, l); err != nil {
		return err
	}
	if staff.Password == "" || !r.checkPassword(staff, p.Password) {
		return stet.Errorf(stet.Unauthenticated, "the password is not right")
	}
	return r.Batch(ctx, func(r *Room) error {
		if staff.TOTP != "" {
			if err := r.useCode(ctx, staff, p.Code); err != nil {
				return err
			}
		}
		if err := r.succeeded(ctx, l); err != nil {
			return err
		}
		return r.store.ProveSession(ctx, s.ID, r.store.Now())
	})
}
