// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

// Front is a curated page: ordered blocks, no story twice except in Latest.
type Front struct {
	Blocks []Block `json:"blocks"`
}

// BlockType is the shape of a block on a front.
type BlockType string

// The shapes of a block.
const (
	BlockLead       BlockType = "lead"       // the first story large, the next beside or below it
	BlockGrid       BlockType = "grid"       // three across
	BlockList       BlockType = "list"       // one large, the others as a list
	BlockStrip      BlockType = "strip"      // a row of pictures
	BlockRail       BlockType = "rail"       // headlines under a topic
	BlockLatest     BlockType = "latest"     // the newest, text only; may repeat what stands elsewhere
	BlockQuote      BlockType = "quote"      // a quotation, set large
	BlockNewsletter BlockType = "newsletter" // the sign-up with its sentence
	BlockText       BlockType = "text"       // a few words of the editors
)

// Block is one band of a front. Stories come from the pins first, then from
// the newest of the section, topic or genre named, or of the whole magazine.
type Block struct {
	Type    BlockType `json:"type"`
	Title   string    `json:"title,omitempty"`
	Section string    `json:"section,omitempty"` // slug path, e.g. "northern-rim/the-sound"
	Topic   string    `json:"topic,omitempty"`   // slug
	Genre   string    `json:"genre,omitempty"`   // slug
	Count   int       `json:"count,omitempty"`
	Pins    []string  `json:"pins,omitempty"` // public ids or addresses of stories, in order
	Text    string    `json:"text,omitempty"`
	Speaker string    `json:"speaker,omitempty"`
	Role    string    `json:"role,omitempty"` // of the speaker, at the time
	URL     string    `json:"url,omitempty"`
}

// MaxBlocks and MaxBlockStories bound a front, so that a slip in the setting
// cannot make a page of ten thousand stories.
const (
	MaxBlocks       = 60
	MaxBlockStories = 30
)

// Validate returns an Invalid error that names the first block with a fault.
func (f Front) Validate() error {
	if len(f.Blocks) > MaxBlocks {
		return Errorf(Invalid, "a front has at most %d blocks", MaxBlocks)
	}
	for i, b := range f.Blocks {
		switch b.Type {
		case BlockLead, BlockGrid, BlockList, BlockStrip, BlockRail, BlockLatest, BlockNewsletter:
		case BlockQuote, BlockText:
			if b.Text == "" {
				return Errorf(Invalid, "block %d: a %s needs a text", i+1, b.Type)
			}
		default:
			return Errorf(Invalid, "block %d: %q is no type of block", i+1, b.Type)
		}
		if b.Count < 0 || b.Count > MaxBlockStories {
			return Errorf(Invalid, "block %d: count is 0 to %d", i+1, MaxBlockStories)
		}
	}
	return nil
}
