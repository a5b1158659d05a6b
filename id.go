// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"crypto/rand"
	"encoding/binary"
)

// idAlphabet is Crockford's base 32 in lower case: no letter that can be taken
// for a digit, so that an id can be read out over a telephone.
const idAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// idLength gives 60 random bits: at a million things of one kind the chance of
// a single collision is under one in two million, and the unique index would
// turn even that into an error and not into a mix-up.
const idLength = 12

// NewID returns a random public id. Public ids stand in addresses, exports and
// the API; the int64 keys of the database never leave it.
func NewID() string {
	var raw [8]byte
	rand.Read(raw[:]) // never fails, by its documentation
	return encodeID(binary.LittleEndian.Uint64(raw[:]))
}

func encodeID(n uint64) string {
	var b [idLength]byte
	for i := range b {
		b[i] = idAlphabet[n&31]
		n >>= 5
	}
	return string(b[:])
}

// ValidID reports whether s has the form of a public id.
func ValidID(s string) bool {
	if len(s) != idLength {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z' || c == 'i' || c == 'l' || c == 'o' || c == 'u') {
			return false
		}
	}
	return true
}
