// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

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
	BlockSideBySide BlockType = "sidebyside" // a counterpoint
	BlockNewsletter BlockType = "newsletter" // the sign-up with its sentence
	BlockText       BlockType = "text"       // a few words of the editors
)

// usual is how many stories a block of each shape shows when its count is 0.
// Shapes that show no stories are not in it.
var usual = map[BlockType]int{
	BlockLead: 3, BlockGrid: 3, BlockList: 5, BlockStrip: 4, BlockRail: 5, BlockLatest: 10,
}

// Block is one band of a front. Stories come from the pins first, then from
// the newest of the section, topic or genre named, or of the whole magazine
// (on a section's front, of that section).
type Block struct {
	Type    BlockType `json:"type"`
	Title   string    `json:"title,omitempty"`
	Section string    `json:"section,omitempty"` // public id, or slug path: "northern-rim/the-sound"
	Topic   string    `json:"topic,omitempty"`   // public id or slug
	Genre   string    `json:"genre,omitempty"`   // public id or slug
	// HandPicked blocks show their pins and nothing else.
	HandPicked bool   `json:"handPicked,omitempty"`
	Count      int    `json:"count,omitempty"` // of stories; 0 is the usual number of the shape
	Pins       []Pin  `json:"pins,omitempty"`
	Text       string `json:"text,omitempty"` // of a quote; of a text block, in Markdown
	Speaker    string `json:"speaker,omitempty"`
	Role       string `json:"role,omitempty"` // of the speaker, at the time
	URL        string `json:"url,omitempty"`
	// Counterpoint is the public id of what a side-by-side block shows; the newest
	// when it is empty.
	Counterpoint string `json:"counterpoint,omitempty"`
}

// Stories is how many stories the block shows at most, 0 when its shape shows none.
func (b *Block) Stories() int {
	if b.Count > 0 && usual[b.Type] > 0 {
		return b.Count
	}
	return usual[b.Type]
}

// Pin holds a story in its place on a front, for good or until a moment; from
// then on the rule of the block fills the place.
type Pin struct {
	Story string    // public id or address
	Until time.Time // zero for no end
}

// Holds reports whether the pin is in force at a moment.
func (p Pin) Holds(at time.Time) bool { return p.Until.IsZero() || at.Before(p.Until) }

// pinJSON is a pin with an end; one without is written as the story alone.
type pinJSON struct {
	Story string     `json:"story"`
	Until *time.Time `json:"until,omitempty"`
}

// MarshalJSON writes the story alone when the pin has no end.
func (p Pin) MarshalJSON() ([]byte, error) {
	if p.Until.IsZero() {
		return json.Marshal(p.Story)
	}
	return json.Marshal(pinJSON{p.Story, &p.Until})
}

// UnmarshalJSON reads both forms: "id" and {"story": "id", "until": "..."}.
func (p *Pin) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, &p.Story); err == nil {
		p.Until = time.Time{}
		return nil
	}
	var v pinJSON
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return err
	}
	*p = Pin{Story: v.Story}
	if v.Until != nil {
		p.Until = v.Until.UTC()
	}
	return nil
}

// DefaultFront is the front page of a magazine whose editors have not arranged
// one: everything by date.
func DefaultFront() Front {
	return Front{Blocks: []Block{
		{Type: BlockLead, Count: 3}, {Type: BlockLatest, Count: 8}, {Type: BlockGrid, Count: 6}, {Type: BlockNewsletter}, {Type: BlockList, Count: 6},
	}}
}

// MaxBlocks, MaxBlockStories and MaxBlockText bound a front, so that a slip
// cannot make a page of ten thousand stories.
const (
	MaxBlocks       = 60
	MaxBlockStories = 30
	MaxBlockText    = 5000
)

// Validate returns an Invalid error that names the first block with a fault.
func (f Front) Validate() error {
	if len(f.Blocks) > MaxBlocks {
		return Errorf(Invalid, "a front has at most %d blocks", MaxBlocks)
	}
	for i := range f.Blocks {
		if err := f.Blocks[i].validate(); err != nil {
			return Errorf(Invalid, "block %d: %s", i+1, ErrorMessage(err))
		}
	}
	return nil
}

func (b *Block) validate() error {
	switch {
	case usual[b.Type] > 0 || b.Type == BlockNewsletter, b.Type == BlockSideBySide:
	case b.Type != BlockQuote && b.Type != BlockText:
		return Errorf(Invalid, "%q is no type of block", b.Type)
	case strings.TrimSpace(b.Text) == "":
		return Errorf(Invalid, "a %s needs a text", b.Type)
	}
	if b.Count < 0 || b.Count > MaxBlockStories {
		return Errorf(Invalid, "count is 0 to %d", MaxBlockStories)
	}
	if len(b.Pins) > MaxBlockStories {
		return Errorf(Invalid, "a block has at most %d pins", MaxBlockStories)
	}
	for _, p := range b.Pins {
		if strings.TrimSpace(p.Story) == "" {
			return Errorf(Invalid, "a pin names no story")
		}
	}
	if b.Counterpoint != "" && (b.Type != BlockSideBySide || !ValidID(b.Counterpoint)) {
		return Errorf(Invalid, "%q is no counterpoint of ours", b.Counterpoint)
	}
	if b.HandPicked && b.Type == BlockLatest {
		return Errorf(Invalid, "Latest is by date and cannot be hand-picked")
	}
	return b.validateTexts()
}

func (b *Block) validateTexts() error {
	named := 0
	for _, s := range []string{b.Section, b.Topic, b.Genre} {
		if s != "" {
			named++
		}
	}
	if named > 1 {
		return Errorf(Invalid, "name a section, a topic or a genre, and not several of them")
	}
	for _, t := range []struct {
		name, text string
		most       int
	}{{"title", b.Title, maxName}, {"text", b.Text, MaxBlockText}, {"speaker", b.Speaker, maxName}, {"role", b.Role, MaxDek}, {"address", b.URL, MaxPath}} {
		if err := CheckText(t.name, t.text, t.most); err != nil {
			return err
		}
	}
	if u := strings.ToLower(b.URL); u != "" && !strings.HasPrefix(u, "/") && !strings.HasPrefix(u, "https://") && !strings.HasPrefix(u, "http://") && !ValidID(u) {
		return Errorf(Invalid, "%q is no address", b.URL)
	}
	return nil
}

// HomeFront is the place of the magazine's front page; the place of a
// section's front is the public id of the section.
const HomeFront = ""

// FrontState is where an arrangement of a front stands.
type FrontState string

// The states of an arrangement.
const (
	FrontDraft     FrontState = "draft"     // being made at the desk; one for each place
	FrontScheduled FrontState = "scheduled" // becomes what readers see at a moment to come
	FrontLive      FrontState = "live"      // what readers see; one for each place
	FrontPast      FrontState = "past"      // what readers saw
	FrontCancelled FrontState = "cancelled" // was scheduled and is not to come
)

// Arrangement is one state of a front: what readers see, saw or will see, or
// what somebody is making. One that was public is never changed; it can be
// restored, which makes a new one.
type Arrangement struct {
	ID          int64
	PublicID    string
	Place       string
	Number      int // counts what was public at the place, from 1; 0 before
	Base        int // number of what was public when the draft was begun
	State       FrontState
	Front       Front
	Revision    int64 // grows with every save of a draft
	StaffID     int64 // who touched it last; 0 is the operator
	Note        string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	ScheduledAt time.Time
	PublishedAt time.Time
}
