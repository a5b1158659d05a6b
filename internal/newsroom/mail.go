// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"time"

	"stet"
	"stet/internal/mail"
	"stet/internal/store"
)

// SMTP is what the operator says of mail by flags, environment or settings
// file. A host there wins over the whole server of the setting, so that a
// stored password never goes to another one.
type SMTP struct {
	stet.MailSettings
	Password string
}

// The names of the settings of mail.
const (
	mailSetting  = "mail"
	mailPassword = store.SecretSetting + "mail"
)

// Mailing is what is true of mail, for the settings screen: the password is
// not in it.
type Mailing struct {
	stet.MailSettings
	HasPassword bool
	FixedServer bool // the operator says which server
	FixedSender bool // the operator says who the sender is
}

// Mailing returns what is true of mail.
func (r *Room) Mailing(ctx context.Context, staff stet.Staff) (m Mailing, err error) {
	if !Can(staff, ChangeSettings) {
		return m, forbidden(staff, ChangeSettings)
	}
	smtp, err := r.mail(ctx)
	m = Mailing{smtp.MailSettings, smtp.Password != "", r.smtp.Host != "", r.smtp.Sender != ""}
	return m, err
}

// mail joins what the operator says with the setting.
func (r *Room) mail(ctx context.Context) (s SMTP, err error) {
	if err := r.store.Setting(ctx, mailSetting, &s.MailSettings); err != nil && stet.ErrorCode(err) != stet.NotFound {
		return s, err
	}
	if err := r.store.Setting(ctx, mailPassword, &s.Password); err != nil && stet.ErrorCode(err) != stet.NotFound {
		return s, err
	}
	if o := r.smtp; o.Host != "" {
		s.Host, s.Port, s.Encryption, s.User, s.Password = o.Host, o.Port, o.Encryption, o.User, o.Password
	}
	for _, f := range []struct{ to, from *string }{{&s.Sender, &r.smtp.Sender}, {&s.SenderName, &r.smtp.SenderName}, {&s.ReplyTo, &r.smtp.ReplyTo}} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	return s, nil
}

// SetMail stores which mail server there is. A nil password keeps the one that
// is stored, unless server or user change: it is not sent to strangers.
func (r *Room) SetMail(ctx context.Context, staff stet.Staff, m stet.MailSettings, password *string) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		if err := m.Validate(); err != nil {
			return err
		}
		var was SMTP
		if err := r.store.Setting(ctx, mailSetting, &was.MailSettings); err != nil && stet.ErrorCode(err) != stet.NotFound {
			return err
		}
		if err := r.store.Setting(ctx, mailPassword, &was.Password); err != nil && stet.ErrorCode(err) != stet.NotFound {
			return err
		}
		keep := was.Password
		switch {
		case password != nil:
			keep = *password
		case m.Host != was.Host || m.Port != was.Port || m.User != was.User || m.Encryption != was.Encryption:
			keep = ""
		}
		if m.Host != "" {
			if err := (SMTP{m, keep}).server().Validate(); err != nil {
				return err
			}
		}
		if err := r.store.SetSetting(ctx, mailPassword, keep); err != nil {
			return err
		}
		if err := r.store.SetSetting(ctx, mailSetting, m); err != nil {
			return err
		}
		return r.note(ctx, staff, "changed", "setting", "mail", "Mail", m.Host)
	})
}

func (s SMTP) server() mail.SMTPOptions {
	return mail.SMTPOptions{Host: s.Host, Port: s.Port, Encryption: mail.Encryption(s.Encryption), User: s.User, Password: s.Password}
}

// HasMail reports whether mails can be sent.
func (r *Room) HasMail(ctx context.Context) (bool, error) {
	s, err := r.mail(ctx)
	return s.Configured(), err
}

// CheckMail connects to the mail server and signs in; without one it does
// nothing.
func (r *Room) CheckMail(ctx context.Context) error {
	s, err := r.mail(ctx)
	if err != nil || !s.Configured() {
		return err
	}
	o := s.server()
	o.Timeout = testTimeout
	t, err := mail.NewSMTP(o)
	if err != nil {
		return err
	}
	return t.Check(ctx)
}

// testTimeout is how long somebody is made to wait for a test mail.
const testTimeout = 15 * time.Second

// SendTestMail sends a mail to whoever asks, while they wait: what goes wrong
// is what they want to know.
func (r *Room) SendTestMail(ctx context.Context, staff stet.Staff) error {
	if !Can(staff, ChangeSettings) {
		return forbidden(staff, ChangeSettings)
	}
	s, err := r.mail(ctx)
	if err != nil {
		return err
	}
	if !s.Configured() {
		return stet.Errorf(stet.Conflict, "no mail server is set up yet")
	}
	l := nameLock("test mail", staff.PublicID)
	if err := r.try(ctx, l); err != nil {
		return err
	}
	if err := r.write(ctx, s, staff, testLetter, "", testTimeout); err != nil {
		r.log.Info("a test mail could not be sent", "error", err)
		return stet.Errorf(stet.Conflict, "the mail could not be sent: %v", err)
	}
	return nil
}

// write writes the letter to the account and hands it to the server.
func (r *Room) write(ctx context.Context, s SMTP, to stet.Staff, letter letter, link string, timeout time.Duration) error {
	m, err := r.store.Magazine(ctx)
	if stet.ErrorCode(err) == stet.NotFound {
		m, err = stet.Magazine{Name: "Stet"}, nil
	}
	if err != nil {
		return err
	}
	subject, text, html, err := letter.write(letterView{Magazine: m.Name, Name: to.Name, Link: link, Desk: r.base + "/desk/"})
	if err != nil {
		return err
	}
	o := s.server()
	o.Timeout = timeout
	t, err := mail.NewSMTP(o)
	if err != nil {
		return err
	}
	name := s.SenderName
	if name == "" {
		name = m.Name
	}
	message := mail.Message{
		From: mail.Address{Name: name, Address: s.Sender}, To: mail.Address{Name: to.Name, Address: to.Email},
		Subject: subject, Text: text, HTML: html, Date: r.store.Now(),
		Headers: map[string]string{"Auto-Submitted": "auto-generated"},
	}
	if s.ReplyTo != "" {
		message.ReplyTo = mail.Address{Address: s.ReplyTo}
	}
	return t.Send(ctx, message)
}
