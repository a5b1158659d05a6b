// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package mail_test

import (
	"crypto/tls"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/mail"
	"stet/internal/stettest"
)

func message() mail.Message {
	return mail.Message{
		From: mail.Address{Name: "The Sound", Address: "desk@sound.example"}, To: mail.Address{Name: "Åse Ødegård", Address: "ase@sound.example"},
		ReplyTo: mail.Address{Address: "editors@sound.example"}, Subject: "Välkommen — 1 of 2", Date: time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC),
		Text: "Good day.\n\nA line with é.\n", HTML: "<!DOCTYPE html><p>A line with é.</p>", Headers: map[string]string{"Auto-Submitted": "auto-generated"},
	}
}

func send(t *testing.T, o mail.SMTPOptions, m mail.Message) error {
	t.Helper()
	s, err := mail.NewSMTP(o)
	if err != nil {
		t.Fatal(err)
	}
	return s.Send(t.Context(), m)
}

// What arrives is read as a stranger's mail program reads it.
func TestSendOverTLS(t *testing.T) {
	t.Parallel()
	box := stettest.NewPostbox(t, true, "desk", "secret words")
	o := mail.SMTPOptions{Host: box.Host, Port: box.Port, User: "desk", Password: "secret words", TLS: &tls.Config{RootCAs: box.Roots, ServerName: "127.0.0.1"}}
	if err := send(t, o, message()); err != nil {
		t.Fatal(err)
	}
	got := box.Letters()
	if len(got) != 1 || !got[0].TLS || got[0].User != "desk" || got[0].From != "desk@sound.example" || got[0].To != "ase@sound.example" {
		t.Fatalf("the server has %+v", got)
	}
	m, err := netmail.ReadMessage(strings.NewReader(got[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	var words mime.WordDecoder
	for name, want := range map[string]string{
		"Subject": "Välkommen — 1 of 2", "To": `Åse Ødegård <ase@sound.example>`, "From": `"The Sound" <desk@sound.example>`,
		"Reply-To": "<editors@sound.example>", "Date": "Fri, 02 Jan 2026 12:00:00 +0000", "Auto-Submitted": "auto-generated", "MIME-Version": "1.0",
	} {
		if got, err := words.DecodeHeader(m.Header.Get(name)); err != nil || strings.ReplaceAll(got, `"Åse Ødegård"`, "Åse Ødegård") != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	if id := m.Header.Get("Message-ID"); !strings.HasSuffix(id, "@sound.example>") {
		t.Errorf("Message-ID %q", id)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct{ kind, text string }{{"text/plain", "A line with é."}, {"text/html", "<p>A line with é.</p>"}} {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil || !strings.HasPrefix(p.Header.Get("Content-Type"), want.kind) || !strings.Contains(string(b), want.text) {
			t.Errorf("a part %s with %q, %v; want %s", p.Header.Get("Content-Type"), b, err, want.kind)
		}
	}
}

func TestSendRefused(t *testing.T) {
	t.Parallel()
	box := stettest.NewPostbox(t, false, "", "")
	o := mail.SMTPOptions{Host: box.Host, Port: box.Port, Encryption: mail.Plain}
	for status, final := range map[int]bool{451: false, 550: true} {
		box.Refuse(status)
		err := send(t, o, message())
		if err == nil || mail.Refused(err) != final {
			t.Errorf("after %d: %v, refused for good: %v", status, err, mail.Refused(err))
		}
	}
	box.Refuse(0)
	if err := send(t, o, message()); err != nil {
		t.Error(err)
	}
	if n := len(box.Letters()); n != 1 {
		t.Errorf("%d letters have come", n)
	}
}

// A server that offers no encryption gets neither message nor password.
func TestNoEncryptionNoMail(t *testing.T) {
	t.Parallel()
	box := stettest.NewPostbox(t, false, "desk", "secret words")
	o := mail.SMTPOptions{Host: box.Host, Port: box.Port, User: "desk", Password: "secret words"}
	err := send(t, o, message())
	if err == nil || mail.Refused(err) {
		t.Errorf("sent without encryption: %v", err)
	}
	if strings.Contains(err.Error(), "secret words") {
		t.Errorf("the error tells the password: %v", err)
	}
	o.Encryption = mail.Plain // to this machine the operator may say so
	if err := send(t, o, message()); err != nil {
		t.Error(err)
	}
	if n := len(box.Letters()); n != 1 {
		t.Errorf("%d letters have come", n)
	}
	o.Password = "wrong"
	if err := send(t, o, message()); err == nil || mail.Refused(err) {
		t.Errorf("a wrong password: %v", err)
	}
	if _, err := mail.NewSMTP(mail.SMTPOptions{Host: "mail.example.org", Encryption: mail.Plain, User: "a", Password: "b"}); stet.ErrorCode(err) != stet.Invalid {
		t.Errorf("a password in plain text over the network: %v", err)
	}
}

// A server that hangs costs no more than the timeout.
func TestTimeout(t *testing.T) {
	t.Parallel()
	box := stettest.NewPostbox(t, false, "", "")
	o := mail.SMTPOptions{Host: box.Host, Port: box.Port, Encryption: mail.TLS, Timeout: 300 * time.Millisecond}
	began := time.Now()
	if err := send(t, o, message()); err == nil || mail.Refused(err) {
		t.Errorf("TLS with a server that waits for a greeting: %v", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestInjection(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*mail.Message){
		"subject":      func(m *mail.Message) { m.Subject = "Hello\r\nBcc: all@example.org" },
		"name":         func(m *mail.Message) { m.To.Name = "Bo\nBcc: all@example.org" },
		"sender":       func(m *mail.Message) { m.From.Address = "a@b.example\r\nX: y" },
		"two mailbox":  func(m *mail.Message) { m.To.Address = "a@b.example, c@d.example" },
		"named":        func(m *mail.Message) { m.To.Address = "Bo <a@b.example>" },
		"no recipient": func(m *mail.Message) { m.To = mail.Address{} },
		"header":       func(m *mail.Message) { m.Headers = map[string]string{"X-A": "b\r\nBcc: c@d.example"} },
		"header name":  func(m *mail.Message) { m.Headers = map[string]string{"X-A: b\r\nBcc": "c@d.example"} },
		"own header":   func(m *mail.Message) { m.Headers = map[string]string{"Bcc": "c@d.example"} },
		"reply to":     func(m *mail.Message) { m.ReplyTo.Address = "nobody" },
		"no text":      func(m *mail.Message) { m.Text = " \n" },
		"bad bytes":    func(m *mail.Message) { m.Subject = "a\xffb" },
	} {
		m := message()
		change(&m)
		if err := m.Validate(); stet.ErrorCode(err) != stet.Invalid || !mail.Refused(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := message().Validate(); err != nil {
		t.Error(err)
	}
}
