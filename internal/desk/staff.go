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

// StaffRow is an account as lists show it. What is nobody's business but that
// of those who keep accounts is left out for others.
type StaffRow struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Email      string         `json:"email,omitempty"`
	Role       stet.StaffRole `json:"role" enum:"owner,administrator,editor,writer,contributor"`
	Sections   []string       `json:"sections,omitempty" doc:"Ids of the sections to which the account is limited; none means all."`
	Person     string         `json:"person,omitempty" doc:"Id of the person who they are in bylines."`
	Grants     []string       `json:"grants,omitempty" doc:"Acts beyond the role."`
	State      string         `json:"state" enum:"active,invited,disabled"`
	SecondStep bool           `json:"secondStep" doc:"Whether a one-time code is asked for after the password."`
	SignedInAt *time.Time     `json:"signedInAt,omitempty" doc:"The last sign-in."`
}

func viewStaff(a stet.Staff) StaffRow {
	state := "active"
	switch {
	case a.Disabled:
		state = "disabled"
	case a.Invited():
		state = "invited"
	}
	return StaffRow{
		ID: a.PublicID, Name: a.Name, Email: a.Email, Role: a.Role, Sections: a.Sections, Person: a.Person, Grants: a.Grants,
		State: state, SecondStep: a.TOTP != "", SignedInAt: moment(a.SignedInAt),
	}
}

// LinkMade is what became of a link.
type LinkMade struct {
	Link string `json:"link,omitempty" doc:"To be handed over, because no mail is set up. It is told once. Missing when the link was sent."`
}

// Invited is a new account and what became of its invitation.
type Invited struct {
	Staff StaffRow `json:"staff"`
	LinkMade
}

type staffFields struct {
	Name     *string         `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Email    *string         `json:"email,omitempty" maxLength:"320"`
	Role     *stet.StaffRole `json:"role,omitempty" enum:"owner,administrator,editor,writer,contributor"`
	Sections *[]string       `json:"sections,omitempty" maxItems:"200"`
	Person   *string         `json:"person,omitempty" maxLength:"12"`
	Grants   *[]string       `json:"grants,omitempty" maxItems:"20"`
	Disabled *bool           `json:"disabled,omitempty"`
}

// OneStaff is embedded by what is done to one account.
type OneStaff struct {
	Caller
	ID string `path:"id" maxLength:"12"`
}

func (d *Desk) staffOperations() {
	register(d, http.MethodGet, "/staff", "list-staff", "lists all accounts by name; only who keeps accounts sees more of them than name and role", d.listStaff)
	type inviting struct {
		Caller
		Body struct {
			Name     string         `json:"name" minLength:"1" maxLength:"200"`
			Email    string         `json:"email" maxLength:"320"`
			Role     stet.StaffRole `json:"role" enum:"owner,administrator,editor,writer,contributor"`
			Sections []string       `json:"sections,omitempty" maxItems:"200"`
			Person   string         `json:"person,omitempty" maxLength:"12"`
		}
	}
	register(d, http.MethodPost, "/staff", "invite-staff", "makes an account and sends its invitation", func(ctx context.Context, in *inviting) (*body[Invited], error) {
		a := stet.Staff{Name: in.Body.Name, Email: in.Body.Email, Role: in.Body.Role, Sections: in.Body.Sections, Person: in.Body.Person}
		link, err := d.room.Invite(ctx, in.staff, in.session, &a)
		return reply(Invited{viewStaff(a), LinkMade{link}}), err
	})
	type changing struct {
		OneStaff
		Body staffFields
	}
	register(d, http.MethodPatch, "/staff/{id}", "change-staff", "changes an account", func(ctx context.Context, in *changing) (*body[StaffRow], error) {
		a, err := d.room.ChangeStaff(ctx, in.staff, in.session, in.ID, newsroom.StaffChange(in.Body))
		return reply(viewStaff(a)), err
	})
	register(d, http.MethodPost, "/staff/{id}/link", "send-staff-link", "sends a new invitation, or to whom has been here a link for a new password", func(ctx context.Context, in *OneStaff) (*body[LinkMade], error) {
		a, err := d.store.StaffByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		link, err := d.room.SendLink(ctx, in.staff, in.session, a)
		return reply(LinkMade{link}), err
	})
	register(d, http.MethodDelete, "/staff/{id}/codes", "switch-staff-codes-off", "ends the second step of somebody who has lost their phone", func(ctx context.Context, in *OneStaff) (*struct{}, error) {
		a, err := d.store.StaffByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return nil, d.room.SwitchCodesOff(ctx, in.staff, in.session, a)
	})
	d.staffSessionOperations()
}

func (d *Desk) staffSessionOperations() {
	register(d, http.MethodGet, "/staff/{id}/sessions", "list-staff-sessions", "lists where somebody is signed in", func(ctx context.Context, in *OneStaff) (*body[Page[SessionRow]], error) {
		a, err := d.store.StaffByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		all, err := d.room.Sessions(ctx, in.staff, a)
		return reply(viewSessions(all, in.session)), err
	})
	register(d, http.MethodDelete, "/staff/{id}/sessions", "end-staff-sessions", "signs somebody out everywhere", func(ctx context.Context, in *OneStaff) (*struct{}, error) {
		a, err := d.store.StaffByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return nil, d.room.EndSessions(ctx, in.staff, a, stet.Session{})
	})
	register(d, http.MethodDelete, "/staff/{id}/sessions/{session}", "end-staff-session", "signs somebody out on one device", func(ctx context.Context, in *struct {
		OneStaff
		Session string `path:"session" maxLength:"12"`
	}) (*struct{}, error) {
		a, err := d.store.StaffByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return nil, d.room.EndSession(ctx, in.staff, a, in.Session)
	})
}

func (d *Desk) listStaff(ctx context.Context, in *struct{ Caller }) (*body[Page[StaffRow]], error) {
	all, err := d.store.Staff(ctx)
	rows := []StaffRow{}
	keeps := newsroom.Can(in.staff, newsroom.KeepStaff)
	for _, a := range all {
		v := viewStaff(a)
		if !keeps {
			v = StaffRow{ID: v.ID, Name: v.Name, Role: v.Role, Person: v.Person, State: v.State}
		}
		rows = append(rows, v)
	}
	return reply(Page[StaffRow]{Items: rows}), err
}
