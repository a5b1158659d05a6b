// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Version is what readers saw. It is numbered from 1 within its article, made
// by publish and publish update and by nothing else, and never changed.
type Version struct {
	ID          int64
	ArticleID   int64
	Number      int
	PublishedAt time.Time
	Note        string // why there is a new version; public
	Document    []byte // canonical JSON of VersionDocument, hashed as stored
	Hash        string // hex SHA-256 of Document
}

// VersionDocument is the whole of a version: whoever has the article's
// document needs nothing else to read it or to check it.
type VersionDocument struct {
	Article        string  `json:"article"` // public id
	Kind           Kind    `json:"kind"`
	Number         int     `json:"number"`
	FirstPublished string  `json:"firstPublished"` // RFC 3339, UTC
	Published      string  `json:"published"`      // RFC 3339, UTC: this version
	Note           string  `json:"note,omitempty"`
	Content        Content `json:"content"`
	// Corrections are the public notes that came with this version, for the
	// hash to cover them. Most versions have none.
	Corrections []Correction `json:"corrections,omitempty"`
}

// Seal turns a document into the bytes and the hash of a version. Struct
// fields are written in the order of their declaration and the body is already
// canonical, so equal documents give equal bytes.
func (d *VersionDocument) Seal() (document []byte, hash string, err error) {
	document, err = json.Marshal(d)
	if err != nil {
		return nil, "", fmt.Errorf("seal version %d of %s: %w", d.Number, d.Article, err)
	}
	sum := sha256.Sum256(document)
	return document, hex.EncodeToString(sum[:]), nil
}

// Open parses the stored bytes of a version.
func (v *Version) Open() (*VersionDocument, error) {
	var d VersionDocument
	if err := json.Unmarshal(v.Document, &d); err != nil {
		return nil, fmt.Errorf("open version %d of article %d: %w", v.Number, v.ArticleID, err)
	}
	return &d, nil
}
