// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"

	"stet"
	"stet/internal/newsroom"
)

// MailView is what is true of mail. The password is never in it.
type MailView struct {
	Host        string `json:"host"`
	Port        int    `json:"port,omitempty" doc:"0 or missing is the usual one."`
	Encryption  string `json:"encryption" enum:"starttls,tls,none"`
	User        string `json:"user,omitempty"`
	HasPassword bool   `json:"hasPassword"`
	Sender      string `json:"sender"`
	SenderName  string `json:"senderName,omitempty"`
	ReplyTo     string `json:"replyTo,omitempty"`
	FixedServer bool   `json:"fixedServer" doc:"The operator says which server, by flag or environment; it cannot be changed here."`
	FixedSender bool   `json:"fixedSender"`
}

func viewMail(m newsroom.Mailing) MailView {
	v := MailView{
		Host: m.Host, Port: m.Port, Encryption: m.Encryption, User: m.User, HasPassword: m.HasPassword,
		Sender: m.Sender, SenderName: m.SenderName, ReplyTo: m.ReplyTo, FixedServer: m.FixedServer, FixedSender: m.FixedSender,
	}
	if v.Encryption == "" {
		v.Encryption = "starttls"
	}
	return v
}

type mailChange struct {
	Caller
	Body struct {
		Host       string  `json:"host" maxLength:"255" doc:"Empty takes mail away."`
		Port       int     `json:"port,omitempty" minimum:"0" maximum:"65535"`
		Encryption string  `json:"encryption,omitempty" enum:"starttls,tls,none"`
		User       string  `json:"user,omitempty" maxLength:"320"`
		Password   *string `json:"password,omitempty" maxLength:"1000" doc:"Missing keeps the one that is stored, unless server or user change."`
		Sender     string  `json:"sender,omitempty" maxLength:"320"`
		SenderName string  `json:"senderName,omitempty" maxLength:"200"`
		ReplyTo    string  `json:"replyTo,omitempty" maxLength:"320"`
	}
}

func (d *Desk) mailOperations() {
	register(d, http.MethodGet, "/settings/mail", "get-mail-settings", "says which mail server there is", func(ctx context.Context, in *struct{ Caller }) (*body[MailView], error) {
		m, err := d.room.Mailing(ctx, in.staff)
		return reply(viewMail(m)), err
	})
	register(d, http.MethodPut, "/settings/mail", "set-mail-settings", "says which mail server the magazine has", func(ctx context.Context, in *mailChange) (*body[MailView], error) {
		b := in.Body
		m := stet.MailSettings{Host: b.Host, Port: b.Port, Encryption: b.Encryption, User: b.User, Sender: b.Sender, SenderName: b.SenderName, ReplyTo: b.ReplyTo}
		if b.Host == "" {
			m = stet.MailSettings{}
		}
		if err := d.room.SetMail(ctx, in.staff, m, b.Password); err != nil {
			return nil, err
		}
		now, err := d.room.Mailing(ctx, in.staff)
		return reply(viewMail(now)), err
	})
	register(d, http.MethodPost, "/settings/mail/test", "send-test-mail", "sends a mail to whoever asks", func(ctx context.Context, in *struct{ Caller }) (*struct{}, error) {
		return nil, d.room.SendTestMail(ctx, in.staff)
	}, mayWait)
	register(d, http.MethodGet, "/settings/rules", "get-rules", "says what the magazine has decided about its roles", func(ctx context.Context, _ *struct{ Caller }) (*body[newsroom.Rules], error) {
		rules, err := d.room.Rules(ctx)
		return reply(rules), err
	})
	register(d, http.MethodPut, "/settings/rules", "set-rules", "decides about the roles", func(ctx context.Context, in *struct {
		Caller
		Body newsroom.Rules
	}) (*body[newsroom.Rules], error) {
		return reply(in.Body), d.room.SetRules(ctx, in.staff, in.Body)
	})
}
