// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import "time"

// Asset is an image, audio, video or document. The original is kept untouched
// under Blob; what readers get are renditions of it.
type Asset struct {
	ID        int64
	PublicID  string
	Kind      AssetKind
	MIME      string
	Blob      string // key in the blob store
	SHA256    string // of the original; unique: the same picture is kept once
	Size      int64
	Width     int // pixels, after the orientation was applied
	Height    int
	Filename  string
	Alt       string
	Caption   string
	Credit    string
	Licence   string
	SourceURL string  // where an import fetched it
	FocalX    float64 // 0 is the left edge, 1 the right; crops keep this point
	FocalY    float64
	CreatedAt time.Time
}

// AssetKind is the family of media to which an asset belongs.
type AssetKind string

// The kinds of asset.
const (
	Image    AssetKind = "image"
	Audio    AssetKind = "audio"
	Video    AssetKind = "video"
	Document AssetKind = "document"
)
