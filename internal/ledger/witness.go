// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A witness is somebody else who has watched the log grow and says so by a
// cosignature under a head: C2SP's tlog-cosignature of the Ed25519 type, a
// signature line of a signed note with the time at which it was made.

const (
	cosignature   = 0x04 // the type of key, in a vkey and in the hash of a key
	cosignedLines = "cosignature/v1\ntime %d\n%s"
)

// Witness is the key of a witness, a note.Verifier.
type Witness struct {
	name   string
	hash   uint32
	key    ed25519.PublicKey
	opened time.Time // when the cosignature was made that was verified last
}

// ParseWitness reads the public key of a witness: NAME+HASH+KEY as C2SP's
// signed-note writes it, of the type 0x04.
func ParseWitness(vkey string) (*Witness, error) {
	name, rest, _ := strings.Cut(strings.TrimSpace(vkey), "+")
	hash, data, _ := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.DecodeString(data)
	if err != nil || name == "" || strings.ContainsAny(name, " \t\r\n") || len(name) > 200 {
		return nil, fmt.Errorf("%q is no key of a witness", vkey)
	}
	if len(key) != 1+ed25519.PublicKeySize || key[0] != cosignature {
		return nil, fmt.Errorf("the key of %s is not one for Ed25519 cosignatures (type 0x04)", name)
	}
	w := &Witness{name: name, key: key[1:], hash: witnessHash(name, key[1:])}
	if fmt.Sprintf("%08x", w.hash) != hash {
		return nil, fmt.Errorf("the key of %s does not have the hash %q", name, hash)
	}
	return w, nil
}

func witnessHash(name string, key ed25519.PublicKey) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n\x04"), key...))
	return binary.BigEndian.Uint32(sum[:4])
}

// Name is what the witness calls itself.
func (w *Witness) Name() string { return w.name }

// KeyHash is the key's id in signature lines.
func (w *Witness) KeyHash() uint32 { return w.hash }

// Verify checks a cosignature.
func (w *Witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(sig[:8])
	if at > 1<<62 || !ed25519.Verify(w.key, fmt.Appendf(nil, cosignedLines, at, msg), sig[8:]) {
		return false
	}
	w.opened = time.Unix(int64(at), 0).UTC()
	return true
}

// Cosigned reads a head under which the witness has put its name, and returns
// the head, when that was, and the signature line alone.
func Cosigned(signed []byte, vkey string) (h Head, at time.Time, line string, err error) {
	w, err := ParseWitness(vkey)
	if err != nil {
		return h, at, "", err
	}
	n, err := note.Open(signed, note.VerifierList(w))
	if err != nil {
		return h, at, "", fmt.Errorf("the head is not signed by %s: %w", w.name, err)
	}
	if h, err = ParseHead(n.Text); err != nil {
		return h, at, "", err
	}
	s := n.Sigs[0]
	return h, w.opened, fmt.Sprintf("— %s %s\n", s.Name, s.Base64), nil
}

// Fingerprint is a short name for a key, for people who compare two.
func Fingerprint(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return hex.EncodeToString(sum[:8])
}
