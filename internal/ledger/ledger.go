// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package ledger is the mathematics of the magazine's transparency log: what a
// leaf says, how a head is signed, and what a proof proves. It knows neither the
// database nor the network, so that a stranger's verification and our own server
// run through the same lines.
//
// The tree is RFC 6962's, computed by golang.org/x/mod/sumdb/tlog, the code of
// Go's own checksum database. What is served is C2SP's tlog-tiles with its
// tlog-checkpoint, and cosignatures are C2SP's tlog-cosignature, so that tools
// and witnesses of other people understand it.
package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet"
)

// Kind says what a leaf is about.
type Kind string

// The kinds of leaves.
const (
	Version    Kind = "version"    // a version of a story or page
	Correction Kind = "correction" // a public note, a retraction among them
	Statement  Kind = "statement"  // a statement of the record, as it then read
	Redaction  Kind = "redaction"  // a document was taken away, its hash stays
	Key        Kind = "key"        // heads are signed by another key from here on
	Restart    Kind = "restart"    // leaves that had been public were lost
)

// Entry is one leaf. It names a document by its hash and holds nothing of it, so
// that the law can have a document removed without the tree falling apart.
type Entry struct {
	Kind   Kind   `json:"kind"`
	ID     string `json:"id,omitempty"`     // public id of the story, the correction or the statement
	Number int    `json:"number,omitempty"` // of the version; of a statement, how often it was sealed
	SHA256 string `json:"sha256,omitempty"` // hex, of the document as it is served
	At     string `json:"at"`               // RFC 3339, UTC

	Story   string `json:"story,omitempty"`   // of a correction: public id of the story
	Version int    `json:"version,omitempty"` // of a correction: the version that came with it
	Gone    bool   `json:"gone,omitempty"`    // of a statement: readers no longer see it; it has no document

	Leaf   *int64 `json:"leaf,omitempty"`   // of a redaction: the leaf whose document was removed
	Reason string `json:"reason,omitempty"` // of a redaction, a restart, or a key that was lost

	Verifier string `json:"verifier,omitempty"` // of a key: the new one, as note's vkey
	Vouched  string `json:"vouched,omitempty"`  // of a key: its Rotation, signed by the one before

	Size int64  `json:"size,omitempty"` // of a restart: how long the log had been
	Root string `json:"root,omitempty"` // of a restart: and its root hash then, base64
}

// Times are written to the microsecond, which is what the database keeps.
const timeFormat = "2006-01-02T15:04:05.000000Z"

// Time writes a time as entries have it.
func Time(t time.Time) string { return t.UTC().Format(timeFormat) }

// Bytes are the leaf as it is hashed and served. Fields are written in the order
// of their declaration, so equal entries give equal bytes.
func (e Entry) Bytes() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		panic(err) // strings, numbers and booleans can be encoded
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// MaxReason is the most bytes that a reason may have: a leaf has to fit into the
// 65,535 bytes of an entry bundle's frame.
const MaxReason = 2000

// ParseEntry reads a leaf.
func ParseEntry(data []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(data, &e); err != nil {
		return e, fmt.Errorf("the leaf is no entry: %w", err)
	}
	return e, nil
}

// Hash is the hash of a leaf in the tree.
func (e Entry) Hash() tlog.Hash { return tlog.RecordHash(e.Bytes()) }

// Sum is the hash by which entries name a document.
func Sum(document []byte) string {
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:])
}

// OfVersion is the leaf of a version.
func OfVersion(article string, v *stet.Version) Entry {
	return Entry{Kind: Version, ID: article, Number: v.Number, SHA256: v.Hash, At: Time(v.PublishedAt)}
}

// OfCorrection is the leaf of a correction, and the document that it names.
func OfCorrection(article string, c *stet.Correction) (Entry, []byte, error) {
	document, err := json.Marshal(c)
	if err != nil {
		return Entry{}, nil, fmt.Errorf("seal correction %s: %w", c.PublicID, err)
	}
	return Entry{Kind: Correction, ID: c.PublicID, Story: article, Version: c.Version, SHA256: Sum(document), At: Time(c.MadeAt)}, document, nil
}
