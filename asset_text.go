// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

// AssetText is what is heard in a recording or film, in writing.
type AssetText struct {
	Asset    int64
	Kind     TextKind
	Language string // BCP 47; of captions
	Label    string // of captions, as players list them: "English"
	Text     string
}

// TextKind says what an AssetText is.
type TextKind string

// The kinds of text.
const (
	Captions   TextKind = "captions"   // WebVTT, shown while a film plays
	Transcript TextKind = "transcript" // plain text, paragraphs apart by an empty line
)

// How long the texts may be. A film of three hours has some 200 kB of captions.
const (
	MaxCaptions   = 512 << 10 // bytes
	MaxTranscript = 200_000   // characters
)
