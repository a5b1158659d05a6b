// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package mail writes messages of plain values and hands them to a mail
// server. A message has a text part and an HTML part that say the same; it
// knows nothing of who sends it or why, and keeps nothing.
//
// What must not be lost is not its business either: a message is sent by a job
// (package jobs), which is tried again when Send says that the server may take
// the message later.
package mail

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"stet"
)

// Address is a mailbox.
type Address struct {
	Name    string // as people read it; may be empty
	Address string
}

// Message is one mail to one mailbox.
type Message struct {
	From    Address
	To      Address
	ReplyTo Address // the zero value leaves it out
	Subject string
	Text    string // plain text, required
	HTML    string // a whole document; empty for a mail of text alone
	Date    time.Time
	// Headers are further ones, such as List-Unsubscribe.
	Headers map[string]string
}

// Transport takes messages to where they are read. An error for which Refused
// is true will not be mended by trying again.
type Transport interface {
	Send(ctx context.Context, m Message) error
}

// maxSubject keeps a header line within what RFC 5322 lets a line be.
const maxSubject = 400

// Validate returns an Invalid error for the first rule the message breaks. A
// header that holds a line break would begin another header: it is refused,
// not cleaned.
func (m Message) Validate() error {
	for _, a := range []struct {
		what string
		Address
	}{{"sender", m.From}, {"recipient", m.To}} {
		if a.Address.Address == "" {
			return stet.Errorf(stet.Invalid, "the mail has no %s", a.what)
		}
		if err := a.Address.Validate(); err != nil {
			return err
		}
	}
	if m.ReplyTo != (Address{}) {
		if err := m.ReplyTo.Validate(); err != nil {
			return err
		}
	}
	if strings.TrimSpace(m.Subject) == "" || len(m.Subject) > maxSubject || !oneLine(m.Subject) {
		return stet.Errorf(stet.Invalid, "the subject of a mail is one line of %d bytes at most", maxSubject)
	}
	if strings.TrimSpace(m.Text) == "" {
		return stet.Errorf(stet.Invalid, "the mail has no text")
	}
	for name, value := range m.Headers {
		if !headerName(name) || !oneLine(value) {
			return stet.Errorf(stet.Invalid, "%q is no header of a mail", name)
		}
	}
	return nil
}

// Validate returns an Invalid error unless the address is one mailbox.
func (a Address) Validate() error {
	if !oneLine(a.Name) {
		return stet.Errorf(stet.Invalid, "the name in an address is one line")
	}
	got, err := mail.ParseAddress(a.Address)
	if err != nil || got.Address != a.Address || !oneLine(a.Address) {
		return stet.Errorf(stet.Invalid, "%q is not an e-mail address", a.Address)
	}
	return nil
}

func (a Address) std() *mail.Address { return &mail.Address{Name: a.Name, Address: a.Address} }

func oneLine(s string) bool {
	return strings.ToValidUTF8(s, "") == s && !strings.ContainsFunc(s, unicode.IsControl)
}

// headerName says whether the name is a field name of RFC 5322 that is not one
// of those that we write ourselves.
func headerName(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' || s[i] == ':' {
			return false
		}
	}
	switch strings.ToLower(s) {
	case "from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding":
		return false
	}
	return true
}

// compose makes of the message what the library sends.
func (m Message) compose() (*gomail.Msg, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	out := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	out.FromMailAddress(m.From.std())
	out.EnvelopeFromMailAddress(&mail.Address{Address: m.From.Address})
	out.ToMailAddress(m.To.std())
	if m.ReplyTo != (Address{}) {
		out.ReplyToMailAddress(m.ReplyTo.std())
	}
	out.Subject(m.Subject)
	if m.Date.IsZero() {
		m.Date = time.Now()
	}
	out.SetDateWithValue(m.Date)
	_, host, _ := strings.Cut(m.From.Address, "@")
	out.SetMessageIDWithValue(stet.NewID() + stet.NewID() + "@" + host)
	for name, value := range m.Headers {
		out.SetGenHeader(gomail.Header(name), value)
	}
	out.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		out.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return out, nil
}

// refusedError marks what no further attempt can mend.
type refusedError struct{ error }

func (e refusedError) Unwrap() error { return e.error }

// Refused reports whether the server, or we, will never take this message.
func Refused(err error) bool {
	var r refusedError
	return errors.As(err, &r) || stet.ErrorCode(err) == stet.Invalid
}
