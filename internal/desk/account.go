// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"bytes"
	"context"
	"encoding/base64"
	"image/png"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// Account is one's own account, with what one signs in with.
type Account struct {
	Staff         StaffRow     `json:"staff"`
	HasPassword   bool         `json:"hasPassword"`
	HasCodes      bool         `json:"hasCodes" doc:"Whether a one-time code is asked for after the password."`
	RecoveryCodes int          `json:"recoveryCodes" doc:"How many are left."`
	Passkeys      []PasskeyRow `json:"passkeys"`
	PasskeysWork  bool         `json:"passkeysWork" doc:"Whether passkeys work at this address."`
}

// PasskeyRow is one passkey of one's account.
type PasskeyRow struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"createdAt"`
	UsedAt    *time.Time `json:"usedAt,omitempty"`
}

func viewPasskey(k stet.Passkey) PasskeyRow {
	return PasskeyRow{k.PublicID, k.Name, k.CreatedAt, moment(k.UsedAt)}
}

// SessionRow is one device on which an account is signed in.
type SessionRow struct {
	ID        string    `json:"id"`
	Device    string    `json:"device" doc:"In words: 'Firefox on Linux'."`
	Address   string    `json:"address" doc:"Network address from which it was used last."`
	CreatedAt time.Time `json:"createdAt"`
	SeenAt    time.Time `json:"seenAt" doc:"Last use, to about ten minutes."`
	Current   bool      `json:"current" doc:"The session of this request."`
}

func viewSessions(all []stet.Session, current stet.Session) Page[SessionRow] {
	rows := []SessionRow{}
	for _, s := range all {
		rows = append(rows, SessionRow{s.PublicID, deviceInWords(s.Agent), s.Address, s.CreatedAt, s.SeenAt, s.ID == current.ID})
	}
	return Page[SessionRow]{Items: rows}
}

// NewCodes is what an app for one-time codes needs.
type NewCodes struct {
	Token   string `json:"token" doc:"Goes back with the first code."`
	Secret  string `json:"secret" doc:"For those who type it."`
	Address string `json:"address" doc:"otpauth:// address, which opens an app on the same device."`
	Picture string `json:"picture" doc:"The same as a QR code: a data: address of a PNG."`
}

// RecoveryCodes are told once.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

func (d *Desk) accountOperations() {
	register(d, http.MethodGet, "/account", "get-account", "returns one's own account", func(ctx context.Context, in *struct{ Caller }) (*body[Account], error) {
		s, err := d.room.Security(ctx, in.staff)
		v := Account{Staff: viewStaff(in.staff), HasPassword: s.HasPassword, HasCodes: s.HasCodes, RecoveryCodes: s.RecoveryCodes, Passkeys: []PasskeyRow{}, PasskeysWork: d.room.KeysWork()}
		for _, k := range s.Keys {
			v.Passkeys = append(v.Passkeys, viewPasskey(k))
		}
		return reply(v), err
	})
	type naming struct {
		Caller
		Body struct {
			Name string `json:"name" minLength:"1" maxLength:"200"`
		}
	}
	register(d, http.MethodPatch, "/account", "change-account", "changes how colleagues see one", func(ctx context.Context, in *naming) (*body[StaffRow], error) {
		a, err := d.room.ChangeName(ctx, in.staff, in.Body.Name)
		return reply(viewStaff(a)), err
	})
	type password struct {
		Caller
		Body struct {
			Password string `json:"password" maxLength:"4000" doc:"10 characters at least."`
		}
	}
	register(d, http.MethodPost, "/account/password", "change-password", "chooses a new password and ends all other sessions", func(ctx context.Context, in *password) (*struct{}, error) {
		return nil, d.room.ChangePassword(ctx, in.staff, in.session, in.Body.Password)
	})
	d.ownSessionOperations()
	d.ownKeyOperations()
	d.codeOperations()
}

func (d *Desk) ownSessionOperations() {
	register(d, http.MethodGet, "/account/sessions", "list-sessions", "lists where one is signed in, the device used last first", func(ctx context.Context, in *struct{ Caller }) (*body[Page[SessionRow]], error) {
		all, err := d.room.Sessions(ctx, in.staff, in.staff)
		return reply(viewSessions(all, in.session)), err
	})
	register(d, http.MethodDelete, "/account/sessions", "end-other-sessions", "signs one out everywhere else", func(ctx context.Context, in *struct{ Caller }) (*struct{}, error) {
		return nil, d.room.EndSessions(ctx, in.staff, in.staff, in.session)
	})
	register(d, http.MethodDelete, "/account/sessions/{id}", "end-session", "signs one out on one device", func(ctx context.Context, in *struct {
		Caller
		ID string `path:"id" maxLength:"12"`
	}) (*struct{}, error) {
		return nil, d.room.EndSession(ctx, in.staff, in.staff, in.ID)
	})
}

func (d *Desk) ownKeyOperations() {
	register(d, http.MethodPost, "/account/passkeys/challenge", "begin-passkey", "begins to make a passkey", func(ctx context.Context, in *struct{ Caller }) (*body[Challenge], error) {
		token, options, err := d.room.BeginKey(ctx, in.staff, in.session)
		return reply(Challenge{token, options}), err
	})
	type adding struct {
		Caller
		Body KeyResponse
	}
	register(d, http.MethodPost, "/account/passkeys", "add-passkey", "keeps a passkey that the browser has made", func(ctx context.Context, in *adding) (*body[PasskeyRow], error) {
		k, err := d.room.AddKey(ctx, in.staff, in.session, *in.Body.newKey())
		return reply(viewPasskey(k)), err
	}, answers(http.StatusGone))
	register(d, http.MethodDelete, "/account/passkeys/{id}", "drop-passkey", "takes a passkey away", func(ctx context.Context, in *struct {
		Caller
		ID string `path:"id" maxLength:"12"`
	}) (*struct{}, error) {
		return nil, d.room.DropKey(ctx, in.staff, in.session, in.ID)
	})
}

func (d *Desk) codeOperations() {
	register(d, http.MethodPost, "/account/codes/secret", "begin-codes", "makes a secret for one-time codes, which counts once the first code was given", func(ctx context.Context, in *struct{ Caller }) (*body[NewCodes], error) {
		n, err := d.room.BeginCodes(ctx, in.staff, in.session)
		if err != nil {
			return nil, err
		}
		picture, err := qrCode(n)
		return reply(NewCodes{n.Token, n.Secret, n.Key.URL(), picture}), err
	})
	type first struct {
		Caller
		Body struct {
			Token string `json:"token" maxLength:"100"`
			Code  string `json:"code" maxLength:"20"`
		}
	}
	register(d, http.MethodPost, "/account/codes", "switch-codes-on", "asks for a one-time code at every sign-in with a password from now on", func(ctx context.Context, in *first) (*body[RecoveryCodes], error) {
		codes, err := d.room.SwitchCodesOn(ctx, in.staff, in.session, in.Body.Token, in.Body.Code)
		return reply(RecoveryCodes{some(codes)}), err
	}, answers(http.StatusGone))
	register(d, http.MethodDelete, "/account/codes", "switch-codes-off", "asks for no code any more", func(ctx context.Context, in *struct{ Caller }) (*struct{}, error) {
		return nil, d.room.SwitchCodesOff(ctx, in.staff, in.session, in.staff)
	})
	register(d, http.MethodPost, "/account/recovery-codes", "renew-recovery-codes", "replaces the recovery codes by ten new ones", func(ctx context.Context, in *struct{ Caller }) (*body[RecoveryCodes], error) {
		codes, err := d.room.RenewRecoveryCodes(ctx, in.staff, in.session)
		return reply(RecoveryCodes{some(codes)}), err
	})
}

// qrCode draws the address for an app on another device.
func qrCode(n newsroom.NewCodes) (string, error) {
	im, err := n.Key.Image(240, 240)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		return "", err
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}
