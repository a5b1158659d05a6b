// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"stet"
)

// AddStaff stores a new account. An empty password leaves it without one.
func (r *Room) AddStaff(ctx context.Context, staff stet.Staff, a *stet.Staff, password string) error {
	return r.act(ctx, staff, KeepStaff, func(r *Room) (err error) {
		if err := r.checkAccount(ctx, a); err != nil {
			return err
		}
		if err := r.mayTouch(ctx, staff, a); err != nil {
			return err
		}
		if password != "" {
			if a.Password, err = r.hashPassword(password); err != nil {
				return err
			}
		}
		if a.PublicID == "" {
			a.PublicID = stet.NewID()
		}
		if err := r.store.CreateStaff(ctx, a); err != nil {
			return err
		}
		return r.note(ctx, staff, "added", "account", a.PublicID, a.Name, string(a.Role))
	})
}

// UpdateStaff stores what changed about an account. The last owner cannot be
// taken away: nobody would be left who can make another.
func (r *Room) UpdateStaff(ctx context.Context, staff stet.Staff, a *stet.Staff) error {
	return r.act(ctx, staff, KeepStaff, func(r *Room) error {
		if err := r.checkAccount(ctx, a); err != nil {
			return err
		}
		if err := r.mayTouch(ctx, staff, a); err != nil {
			return err
		}
		if a.Role != stet.Owner || a.Disabled {
			if err := r.anotherOwner(ctx, a.ID); err != nil {
				return err
			}
		}
		if err := r.store.UpdateStaff(ctx, a); err != nil {
			return err
		}
		return r.noteAccount(ctx, staff, a)
	})
}

// noteAccount says in the activity what an account is after a change.
func (r *Room) noteAccount(ctx context.Context, staff stet.Staff, a *stet.Staff) error {
	state := string(a.Role)
	if a.Disabled {
		state += ", shut"
	}
	return r.note(ctx, staff, "changed", "account", a.PublicID, a.Name, state)
}

// mayTouch keeps owners to owners: whoever could make one, or change one's
// password, would be one.
func (r *Room) mayTouch(ctx context.Context, staff stet.Staff, a *stet.Staff) error {
	if staff.Role == stet.Owner {
		return nil
	}
	refused := stet.Errorf(stet.Forbidden, "only an owner may change the account of an owner")
	if a.Role == stet.Owner {
		return refused
	}
	all, err := r.store.Staff(ctx)
	if err != nil {
		return err
	}
	for _, old := range all {
		if old.ID == a.ID && old.Role == stet.Owner {
			return refused
		}
	}
	return nil
}

func (r *Room) anotherOwner(ctx context.Context, except int64) error {
	all, err := r.store.Staff(ctx)
	if err != nil {
		return err
	}
	was := false
	for _, a := range all {
		if a.Role != stet.Owner || a.Disabled {
			continue
		}
		if a.ID != except {
			return nil
		}
		was = true
	}
	if was {
		return stet.Errorf(stet.Conflict, "this is the last owner; make somebody else an owner first")
	}
	return nil
}

// SetPassword gives an account a new password, and ends its sessions.
func (r *Room) SetPassword(ctx context.Context, staff stet.Staff, a *stet.Staff, password string) error {
	return r.act(ctx, staff, KeepStaff, func(r *Room) (err error) {
		if err := r.mayTouch(ctx, staff, a); err != nil {
			return err
		}
		if a.Password, err = r.hashPassword(password); err != nil {
			return err
		}
		if err := r.store.DropSessions(ctx, a.ID, 0); err != nil {
			return err
		}
		return r.store.UpdateStaff(ctx, a)
	})
}

// The cost of argon2id: RFC 9106's second recommended option for servers that
// cannot spare 2 GB a sign-in (64 MiB, three passes), with one lane.
const (
	argonTime    = 3
	argonMemory  = 64 << 10 // KiB
	argonLanes   = 1
	argonKey     = 32
	minPassword  = 10
	maxPassword  = 1000
	saltLength   = 16
	argonVersion = argon2.Version
)

// hashedAtOnce is how many passwords are hashed at a time.
const hashedAtOnce = 2

func (r *Room) hashPassword(password string) (string, error) {
	if n := len([]rune(password)); n < minPassword || n > maxPassword {
		return "", stet.Errorf(stet.Invalid, "a password has %d to %d characters", minPassword, maxPassword)
	}
	r.hashing <- struct{}{}
	defer func() { <-r.hashing }()
	salt := make([]byte, saltLength)
	rand.Read(salt)
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonKey)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argonVersion, argonMemory, argonTime, argonLanes, b64(salt), b64(key)), nil
}

func (r *Room) checkPassword(a stet.Staff, password string) bool {
	r.hashing <- struct{}{}
	defer func() { <-r.hashing }()
	return CheckPassword(a, password)
}

// CheckPassword reports whether the password is the account's.
func CheckPassword(a stet.Staff, password string) bool {
	parts := strings.Split(a.Password, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || len(password) > 4*maxPassword {
		return false
	}
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || passes == 0 || lanes == 0 || len(want) < 16 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}
