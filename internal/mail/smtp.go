// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"stet"
)

// Encryption says how the connection to a mail server is kept from others.
type Encryption string

// The kinds of encryption. There is none that falls back to plain text when
// somebody in between wishes so.
const (
	StartTLS Encryption = "starttls" // begins in plain text and must change to TLS
	TLS      Encryption = "tls"      // TLS from the first byte
	Plain    Encryption = "none"     // for a server on the same machine
)

// SMTPOptions say which mail server there is; zero fields have the defaults.
type SMTPOptions struct {
	Host       string
	Port       int        // 587; 465 with TLS
	Encryption Encryption // StartTLS
	User       string     // without one there is no sign-in
	Password   string
	Hello      string        // our name in EHLO; the machine's
	Timeout    time.Duration // for one message, from dialling on; 30 s
	TLS        *tls.Config   // nil trusts what the machine trusts
}

// Validate returns an Invalid error for the first rule the options break.
func (o SMTPOptions) Validate() error {
	switch {
	case o.Host == "" || !oneLine(o.Host):
		return stet.Errorf(stet.Invalid, "a mail server has a host name")
	case o.Port < 0 || o.Port > 65535:
		return stet.Errorf(stet.Invalid, "%d is no port", o.Port)
	case o.Encryption != "" && o.Encryption != StartTLS && o.Encryption != TLS && o.Encryption != Plain:
		return stet.Errorf(stet.Invalid, "%q is no encryption; choose starttls, tls or none", o.Encryption)
	case !oneLine(o.User) || !oneLine(o.Password):
		return stet.Errorf(stet.Invalid, "user and password of the mail server are one line each")
	case o.Encryption == Plain && o.Password != "" && !loopback(o.Host):
		return stet.Errorf(stet.Invalid, "without encryption a password is sent only to this machine")
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// SMTP is a mail server to which messages are handed, each over a connection
// of its own.
type SMTP struct{ options SMTPOptions }

var _ Transport = (*SMTP)(nil)

// NewSMTP returns the mail server that the options describe.
func NewSMTP(o SMTPOptions) (*SMTP, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o.Encryption == "" {
		o.Encryption = StartTLS
	}
	if o.Port == 0 {
		o.Port = 587
		if o.Encryption == TLS {
			o.Port = 465
		}
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	return &SMTP{o}, nil
}

func (s *SMTP) client() (*gomail.Client, error) {
	o := s.options
	options := []gomail.Option{gomail.WithPort(o.Port), gomail.WithTimeout(o.Timeout)}
	switch o.Encryption {
	case TLS:
		options = append(options, gomail.WithSSL())
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if o.User != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if o.Encryption == Plain {
			auth = gomail.SMTPAuthPlainNoEnc // Validate has seen to it that it stays on this machine
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(o.User), gomail.WithPassword(o.Password))
	}
	if o.Hello != "" {
		options = append(options, gomail.WithHELO(o.Hello))
	}
	if o.TLS != nil {
		options = append(options, gomail.WithTLSConfig(o.TLS))
	}
	return gomail.NewClient(o.Host, options...)
}

// Send hands the message to the server.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	out, err := m.compose()
	if err != nil {
		return err
	}
	c, err := s.client()
	if err != nil {
		return s.failed(err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	err = c.DialAndSendWithContext(ctx, out)
	if err == nil || out.IsDelivered() {
		// The server has taken it, however the goodbye went.
		return nil
	}
	var refused *gomail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() >= 500 {
		return refusedError{s.failed(err)}
	}
	return s.failed(err)
}

// Check connects and signs in, and sends nothing.
func (s *SMTP) Check(ctx context.Context) error {
	c, err := s.client()
	if err != nil {
		return s.failed(err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	if err := c.DialWithContext(ctx); err != nil {
		return s.failed(err)
	}
	return c.Close()
}

func (s *SMTP) failed(err error) error {
	return fmt.Errorf("mail server %s: %w", net.JoinHostPort(s.options.Host, strconv.Itoa(s.options.Port)), err)
}
