// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stettest

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"
)

// Cosigner is a witness of a ledger, written from C2SP's tlog-cosignature and not
// from our own reading of one. It is a note.Signer.
type Cosigner struct {
	name string
	hash uint32
	key  ed25519.PrivateKey
	now  func() time.Time
}

// NewCosigner makes a witness and its public key.
func NewCosigner(name string, now func() time.Time) (*Cosigner, string, error) {
	public, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, "", err
	}
	typed := append([]byte{0x04}, public...)
	sum := sha256.Sum256(append([]byte(name+"\n"), typed...))
	c := &Cosigner{name, binary.BigEndian.Uint32(sum[:4]), secret, now}
	return c, fmt.Sprintf("%s+%08x+%s", name, c.hash, base64.StdEncoding.EncodeToString(typed)), nil
}

// Name is what the witness calls itself.
func (c *Cosigner) Name() string { return c.name }

// KeyHash is the key's id in signature lines.
func (c *Cosigner) KeyHash() uint32 { return c.hash }

// Sign makes a cosignature.
func (c *Cosigner) Sign(msg []byte) ([]byte, error) {
	at := uint64(c.now().Unix())
	return append(binary.BigEndian.AppendUint64(nil, at), ed25519.Sign(c.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, msg))...), nil
}
