// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"net/mail"
	"strings"
)

// MailSettings say which mail server the magazine has and who its mails are
// from. The password is kept apart and never shown.
type MailSettings struct {
	Host       string `json:"host"`
	Port       int    `json:"port,omitempty"`       // 0 is the usual one
	Encryption string `json:"encryption,omitempty"` // starttls (when empty), tls or none
	User       string `json:"user,omitempty"`
	Sender     string `json:"sender"`               // address
	SenderName string `json:"senderName,omitempty"` // the magazine's name when empty
	ReplyTo    string `json:"replyTo,omitempty"`
}

// Configured reports whether mail can be sent at all.
func (m MailSettings) Configured() bool { return m.Host != "" && m.Sender != "" }

// Validate returns an Invalid error for the first rule the settings break. All
// empty they are valid: there is no mail then.
func (m MailSettings) Validate() error {
	if m == (MailSettings{}) {
		return nil
	}
	if strings.TrimSpace(m.Host) == "" {
		return Errorf(Invalid, "a mail server has a host name")
	}
	for _, a := range []string{m.Sender, m.ReplyTo} {
		if got, err := mail.ParseAddress(a); a != "" && (err != nil || got.Address != a) {
			return Errorf(Invalid, "%q is not an e-mail address", a)
		}
	}
	if m.Sender == "" {
		return Errorf(Invalid, "mails need the address of a sender")
	}
	return nil
}
