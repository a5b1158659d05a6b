// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package ledger

import (
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Head is how long the log is and what is in it: with a signature, the head that
// the magazine answers for.
type Head struct {
	Origin string // the log's name: its address without a scheme
	Size   int64
	Root   tlog.Hash
}

// Text is the head as it is signed: C2SP's tlog-checkpoint.
func (h Head) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", h.Origin, h.Size, h.Root)
}

// ParseHead reads the text of a checkpoint. Lines after the third are extensions
// of which we know nothing.
func ParseHead(text string) (h Head, err error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return h, fmt.Errorf("the head does not have three lines")
	}
	if h.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || h.Size < 0 || strconv.FormatInt(h.Size, 10) != lines[1] {
		return h, fmt.Errorf("%q is no size of a log", lines[1])
	}
	if h.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return h, fmt.Errorf("%q is no root of a log", lines[2])
	}
	h.Origin = lines[0]
	return h, nil
}

// NewKey makes a key pair for the log of that name. What is secret is signer.
func NewKey(origin string) (signer, verifier string, err error) {
	if origin == "" || strings.ContainsAny(origin, "+ \t\r\n") {
		return "", "", fmt.Errorf("a log cannot have the name %q", origin)
	}
	return note.GenerateKey(rand.Reader, origin)
}

// Signer signs heads.
type Signer struct {
	signer   note.Signer
	verifier string
}

// ParseSigner reads a secret key, and checks it against the public one that
// belongs to it.
func ParseSigner(secret, verifier string) (*Signer, error) {
	secret, verifier = strings.TrimSpace(secret), strings.TrimSpace(verifier)
	s, err := note.NewSigner(secret)
	if err != nil {
		return nil, fmt.Errorf("the ledger's key cannot be read: %w", err)
	}
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return nil, fmt.Errorf("the ledger's public key cannot be read: %w", err)
	}
	probe, err := note.Sign(&note.Note{Text: "probe\n"}, s)
	if err == nil {
		_, err = note.Open(probe, note.VerifierList(v))
	}
	if err != nil {
		return nil, fmt.Errorf("the ledger's key is not that of %s: %w", verifier, err)
	}
	return &Signer{s, verifier}, nil
}

// Origin is the name of the log.
func (s *Signer) Origin() string { return s.signer.Name() }

// Verifier is the public key.
func (s *Signer) Verifier() string { return s.verifier }

// Sign signs a head.
func (s *Signer) Sign(h Head) ([]byte, error) {
	if h.Origin != s.Origin() {
		return nil, fmt.Errorf("the key signs heads of %s, not of %s", s.Origin(), h.Origin)
	}
	return note.Sign(&note.Note{Text: h.Text()}, s.signer)
}

// OpenHead reads a signed head and checks its signature by any of the keys; it
// returns the one that has signed.
func OpenHead(signed []byte, verifiers ...string) (h Head, by string, err error) {
	n, by, err := open(signed, verifiers)
	if err != nil {
		return h, "", fmt.Errorf("the head is not signed by a key of the log: %w", err)
	}
	if h, err = ParseHead(n.Text); err != nil {
		return h, "", err
	}
	if name, _, _ := strings.Cut(by, "+"); name != h.Origin {
		return h, "", fmt.Errorf("the head is one of %s, the key one of %s", h.Origin, name)
	}
	return h, by, nil
}

func open(signed []byte, verifiers []string) (*note.Note, string, error) {
	known := make([]note.Verifier, 0, len(verifiers))
	names := map[uint32]string{}
	for _, text := range verifiers {
		v, err := note.NewVerifier(text)
		if err != nil {
			return nil, "", fmt.Errorf("%q is no key: %w", text, err)
		}
		if _, ok := names[v.KeyHash()]; !ok {
			known, names[v.KeyHash()] = append(known, v), text
		}
	}
	n, err := note.Open(signed, note.VerifierList(known...))
	if err != nil {
		return nil, "", err
	}
	return n, names[n.Sigs[0].Hash], nil
}

// rotation is what an old key signs to vouch for the new one.
const rotation = "stet.ledger.rotation/v1\n"

// Vouch has the old key say that heads are signed by the new one from now on.
func (s *Signer) Vouch(verifier string) (string, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil || v.Name() != s.Origin() {
		return "", fmt.Errorf("%q is no key of %s", verifier, s.Origin())
	}
	signed, err := note.Sign(&note.Note{Text: rotation + verifier + "\n"}, s.signer)
	return string(signed), err
}

// Vouched checks that one of the old keys vouches for the new one.
func Vouched(signed, verifier string, old ...string) error {
	n, _, err := open([]byte(signed), old)
	if err != nil {
		return fmt.Errorf("the old key does not vouch for the new one: %w", err)
	}
	if n.Text != rotation+verifier+"\n" {
		return fmt.Errorf("the old key vouches for another one")
	}
	return nil
}
