// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"

	"stet"
)

// Invite makes an account for somebody, who is sent a link with which they
// take it up. Where no mail is set up the link is returned.
func (r *Room) Invite(ctx context.Context, staff stet.Staff, s stet.Session, a *stet.Staff) (link string, err error) {
	err = r.act(ctx, staff, KeepStaff, func(r *Room) error {
		if a.Role == stet.Owner || len(a.Grants) > 0 {
			if err := r.proved(staff, s); err != nil {
				return err
			}
		}
		if err := r.AddStaff(ctx, staff, a, ""); err != nil {
			if stet.ErrorCode(err) == stet.Conflict {
				return stet.Errorf(stet.Conflict, "there is an account for %s already", a.Email)
			}
			return err
		}
		link, err = r.newInvitation(ctx, *a)
		return err
	})
	return link, err
}

func (r *Room) newInvitation(ctx context.Context, a stet.Staff) (link string, err error) {
	if err := r.store.DropPasses(ctx, stet.Invitation, a.ID); err != nil {
		return "", err
	}
	token, p, err := r.give(ctx, stet.Invitation, a.ID, InvitationLife, nil)
	if err != nil {
		return "", err
	}
	return r.deliver(ctx, p, token, a)
}

// SendLink sends a new invitation to somebody who has not taken up theirs, and
// a reset to everybody else. Links that were sent before are worth nothing
// from then on. Where no mail is set up the link is returned.
func (r *Room) SendLink(ctx context.Context, staff stet.Staff, s stet.Session, a stet.Staff) (link string, err error) {
	err = r.act(ctx, staff, KeepStaff, func(r *Room) error {
		if err := r.mayTouch(ctx, staff, &a); err != nil {
			return err
		}
		if a.Disabled {
			return stet.Errorf(stet.Conflict, "the account is shut; open it first")
		}
		if a.Invited() {
			link, err = r.newInvitation(ctx, a)
			return err
		}
		// Where there is no mail, whoever gets the link could use it.
		if err := r.proved(staff, s); err != nil {
			return err
		}
		link, err = r.newReset(ctx, a)
		return err
	})
	return link, err
}

// StaffChange is what those who keep accounts change of one; nil stays.
type StaffChange struct {
	Name, Email *string
	Role        *stet.StaffRole
	Sections    *[]string
	Person      *string
	Grants      *[]string
	Disabled    *bool
}

// ChangeStaff changes somebody's account. What could take a magazine over wants
// a recent sign-in: owners, grants, and addresses to which resets go.
func (r *Room) ChangeStaff(ctx context.Context, staff stet.Staff, s stet.Session, publicID string, c StaffChange) (a stet.Staff, err error) {
	err = r.act(ctx, staff, KeepStaff, func(r *Room) error {
		was, err := r.store.StaffByPublicID(ctx, publicID)
		if err != nil {
			return err
		}
		a = c.apply(was)
		grave := was.Role == stet.Owner || a.Role == stet.Owner || a.Email != was.Email || !slices.Equal(a.Grants, was.Grants)
		if grave {
			if err := r.proved(staff, s); err != nil {
				return err
			}
		}
		if a.ID == staff.ID && a.Disabled {
			return stet.Errorf(stet.Conflict, "nobody can shut their own account")
		}
		if err := r.UpdateStaff(ctx, staff, &a); err != nil {
			return err
		}
		if a.Disabled && !was.Disabled || a.Email != was.Email {
			return r.shutOut(ctx, a)
		}
		return nil
	})
	return a, err
}

// shutOut ends the sessions and links of an account.
func (r *Room) shutOut(ctx context.Context, a stet.Staff) error {
	for _, kind := range []stet.PassKind{stet.Invitation, stet.Reset, stet.SecondStep} {
		if err := r.store.DropPasses(ctx, kind, a.ID); err != nil {
			return err
		}
	}
	return r.store.DropSessions(ctx, a.ID, 0)
}

func (c StaffChange) apply(a stet.Staff) stet.Staff {
	set(&a.Name, c.Name)
	set(&a.Email, c.Email)
	set(&a.Role, c.Role)
	set(&a.Sections, c.Sections)
	set(&a.Person, c.Person)
	set(&a.Grants, c.Grants)
	set(&a.Disabled, c.Disabled)
	if c.Email != nil {
		a.Subject = "" // whoever the issuer vouches for has to be found anew
	}
	return a
}

// set stores what v points to, when it does.
func set[T any](dst, v *T) {
	if v != nil {
		*dst = *v
	}
}

// checkAccount holds an account to what a magazine knows: sections and a person
// that exist, grants that can be given.
func (r *Room) checkAccount(ctx context.Context, a *stet.Staff) error {
	if err := a.Validate(); err != nil {
		return err
	}
	for _, g := range a.Grants {
		if !slices.Contains(Grantable, Act(g)) {
			return stet.Errorf(stet.Invalid, "%q is nothing that can be granted to one account", g)
		}
	}
	if len(a.Sections) > 0 {
		if a.Role == stet.Owner || a.Role == stet.Administrator {
			return stet.Errorf(stet.Invalid, "the role %s cannot be limited to sections", a.Role)
		}
		sections, err := r.sections(ctx)
		if err != nil {
			return err
		}
		for _, id := range a.Sections {
			if _, ok := sections.ByPublicID(id); !ok {
				return stet.Errorf(stet.Invalid, "there is no section %q", id)
			}
		}
	}
	if a.Person == "" {
		return nil
	}
	_, err := r.person(ctx, a.Person)
	if stet.ErrorCode(err) == stet.NotFound {
		return stet.Errorf(stet.Invalid, "there is no person %q", a.Person)
	}
	return err
}

// ChangeName changes how colleagues see one.
func (r *Room) ChangeName(ctx context.Context, staff stet.Staff, name string) (stet.Staff, error) {
	if err := inPerson(staff); err != nil {
		return staff, err
	}
	return staff, r.Batch(ctx, func(r *Room) error {
		a, err := r.store.StaffByID(ctx, staff.ID)
		if err != nil {
			return err
		}
		a.Name = name
		staff.Name = name
		if err := a.Validate(); err != nil {
			return err
		}
		return r.store.UpdateStaff(ctx, &a)
	})
}

// ChangePassword gives one's own account a new password; all other sessions of
// it end.
func (r *Room) ChangePassword(ctx context.Context, staff stet.Staff, s stet.Session, password string) error {
	if err := r.proved(staff, s); err != nil {
		return err
	}
	hash, err := r.hashPassword(password)
	if err != nil {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		a, err := r.store.StaffByID(ctx, staff.ID)
		if err != nil {
			return err
		}
		a.Password = hash
		if err := r.store.UpdateStaff(ctx, &a); err != nil {
			return err
		}
		if err := r.store.DropPasses(ctx, stet.Reset, a.ID); err != nil {
			return err
		}
		return r.store.DropSessions(ctx, a.ID, s.ID)
	})
}

// Security is what somebody's account has to sign in with, for the account
// screen.
type Security struct {
	HasPassword, HasCodes bool
	RecoveryCodes         int // left
	Keys                  []stet.Passkey
}

// Security tells somebody what their own account has.
func (r *Room) Security(ctx context.Context, staff stet.Staff) (s Security, err error) {
	if err := inPerson(staff); err != nil {
		return s, err
	}
	s.HasPassword, s.HasCodes = staff.Password != "", staff.TOTP != ""
	if s.Keys, err = r.store.Passkeys(ctx, staff.ID); err != nil {
		return s, err
	}
	s.RecoveryCodes, err = r.store.CountRecoveryCodes(ctx, staff.ID)
	return s, err
}

// Claims are what an OpenID Connect issuer says of somebody.
type Claims struct {
	Issuer, Subject string
	Email           string
	Verified        bool // the issuer has seen that the address is theirs
}

// Welcome begins a session for somebody for whom the issuer vouches: the
// account that has come from there before, or the one with the verified
// address. Nobody gets an account this way.
func (r *Room) Welcome(ctx context.Context, id Claims, d Device) (e Entry, err error) {
	subject := id.Issuer + " " + id.Subject
	refused := stet.Errorf(stet.Forbidden, "there is no account here for %s; ask an administrator for an invitation", id.Email)
	a, err := r.store.StaffBySubject(ctx, subject)
	if stet.ErrorCode(err) == stet.NotFound {
		if !id.Verified || id.Email == "" {
			return e, stet.Errorf(stet.Forbidden, "the issuer does not say that your address has been verified")
		}
		if a, err = r.store.StaffByEmail(ctx, id.Email); stet.ErrorCode(err) == stet.NotFound {
			return e, refused
		}
	}
	switch {
	case err != nil:
		return e, err
	case a.Disabled, a.Subject != "" && a.Subject != subject:
		// The address may have gone to somebody else since.
		return e, refused
	}
	a.Subject = subject
	err = r.Batch(ctx, func(r *Room) error {
		if err := r.store.DropPasses(ctx, stet.Invitation, a.ID); err != nil {
			return err
		}
		e, err = r.enter(ctx, a, d)
		return err
	})
	return e, err
}

// Departure is what has to be remembered while somebody signs in at the issuer.
type Departure struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // PKCE
	Back     string `json:"back"`
}

// Depart remembers a departure, and returns the token with which it is found
// again.
func (r *Room) Depart(ctx context.Context, dep Departure) (token string, err error) {
	err = r.Batch(ctx, func(r *Room) error {
		token, _, err = r.give(ctx, stet.Elsewhere, 0, betweenSteps, dep)
		return err
	})
	return token, err
}

// Return finds a departure again, once.
func (r *Room) Return(ctx context.Context, token string) (dep Departure, err error) {
	p, err := r.passFor(ctx, token, &dep, stet.Elsewhere)
	if err != nil {
		return dep, err
	}
	return dep, r.use(ctx, p)
}
