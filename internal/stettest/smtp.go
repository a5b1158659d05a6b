// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stettest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Letter is a mail that a Postbox has taken.
type Letter struct {
	From, To string // of the envelope
	Data     string // as it came, headers and all
	TLS      bool
	User     string // who had signed in
}

// Postbox is a real mail server on this machine that keeps what it is sent.
type Postbox struct {
	Host string
	Port int
	// Roots trust the server's certificate.
	Roots *x509.CertPool

	mu      sync.Mutex
	letters []Letter
	refuse  error
}

// NewPostbox starts a mail server. With encryption it offers STARTTLS, and
// with a user it wants a sign-in.
func NewPostbox(t testing.TB, encryption bool, user, password string) *Postbox {
	t.Helper()
	b := &Postbox{Host: "127.0.0.1"}
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &visit{box: b, conn: c, user: user, password: password}, nil
	}))
	srv.Domain, srv.AllowInsecureAuth = "localhost", !encryption
	srv.ReadTimeout, srv.WriteTimeout = 10*time.Second, 10*time.Second
	srv.ErrorLog = log.New(io.Discard, "", 0)
	if encryption {
		cert, roots := certificate(t)
		srv.TLSConfig, b.Roots = &tls.Config{Certificates: []tls.Certificate{cert}}, roots
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	b.Port, _ = strconv.Atoi(port)
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return b
}

// Letters returns what has come so far.
func (b *Postbox) Letters() []Letter {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Letter(nil), b.letters...)
}

// Refuse answers every message with the status from now on; 0 takes them again.
func (b *Postbox) Refuse(status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuse = nil; status != 0 {
		b.refuse = &smtp.SMTPError{Code: status, EnhancedCode: smtp.EnhancedCode{status / 100, 0, 0}, Message: "not now"}
	}
}

// visit is one connection.
type visit struct {
	box            *Postbox
	conn           *smtp.Conn
	user, password string
	signedIn       string
	letter         Letter
}

func (v *visit) AuthMechanisms() []string {
	if v.user == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != v.user || password != v.password {
			return smtp.ErrAuthFailed
		}
		v.signedIn = user
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	if v.user != "" && v.signedIn == "" {
		return smtp.ErrAuthRequired
	}
	_, encrypted := v.conn.TLSConnectionState()
	v.letter = Letter{From: from, TLS: encrypted, User: v.signedIn}
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.letter.To = to
	v.box.mu.Lock()
	defer v.box.mu.Unlock()
	return v.box.refuse
}

func (v *visit) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.letter.Data = string(b)
	v.box.mu.Lock()
	defer v.box.mu.Unlock()
	v.box.letters = append(v.box.letters, v.letter)
	return nil
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

// certificate makes one for 127.0.0.1 that nobody else trusts.
func certificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "stettest"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(made)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
