// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"math"
	"strings"
	"time"
)

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
	Duration  time.Duration // of a recording or film, to the millisecond; 0 when the file does not tell
	Filename  string
	Alt       string
	Caption   string
	Credit    string // as it stands below the picture
	Creator   string // who made it, when that is not what the credit says
	Licence   string
	Taken     string    // date of any precision, "2023", "2023-03", "2023-03-14"
	Shown     []Ref     // the persons whom it shows
	Republish bool      // partners may carry it with a story
	RightsEnd time.Time // from then on readers see a placeholder; zero means never
	Poster    int64     // the picture that stands for a video; 0 for none
	SourceURL string    // where an import fetched it
	FocalX    float64   // 0 is the left edge, 1 the right; crops keep this point
	FocalY    float64
	Crops     Crops // by hand, in place of what the focal point gives
	CreatedAt time.Time
	CreatedBy int64 // staff; 0 is the operator or an import
	UpdatedAt time.Time
	TrashedAt time.Time // zero unless it lies in the trash

	// ReplacedBy is the asset that stands wherever this one was used.
	ReplacedBy int64
	// Ended says that RightsEnd had passed when the asset was read.
	Ended bool
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

// Crop is a part of a picture, as fractions of its width and height. Its
// height follows from the shape that it is cut to.
type Crop struct {
	X float64 `json:"x"` // left edge
	Y float64 `json:"y"` // upper edge
	W float64 `json:"w"` // width
}

// Crops are the crops made by hand, by the name of the shape ("3x2").
type Crops map[string]Crop

// minCrop keeps a slip of the mouse from showing readers a few pixels.
const minCrop = 0.05

// Validate returns an Invalid error when the crop is no part of a picture.
func (c Crop) Validate() error {
	for _, v := range []float64{c.X, c.Y, c.W} {
		if math.IsNaN(v) || v < 0 || v > 1 {
			return Errorf(Invalid, "a crop is given in fractions of the picture, from 0 to 1")
		}
	}
	if c.W < minCrop || c.X+c.W > 1.0005 {
		return Errorf(Invalid, "the crop does not lie within the picture, or is too small")
	}
	return nil
}

// MaxShown is how many persons a picture may name.
const MaxShown = 100

// Validate returns an Invalid error for the first rule that the asset breaks.
func (a *Asset) Validate() error {
	for _, t := range []struct {
		name, value string
		max         int
	}{
		{"file name", a.Filename, MaxHeadline}, {"alternative text", a.Alt, MaxCaption}, {"caption", a.Caption, MaxCaption},
		{"credit", a.Credit, MaxCaption}, {"creator", a.Creator, MaxCaption}, {"licence", a.Licence, MaxCaption},
	} {
		if err := CheckText(t.name, t.value, t.max); err != nil {
			return err
		}
	}
	for _, v := range []float64{a.FocalX, a.FocalY} {
		if math.IsNaN(v) || v < 0 || v > 1 {
			return Errorf(Invalid, "the focal point lies within the picture: 0 to 1")
		}
	}
	for _, c := range a.Crops {
		if err := c.Validate(); err != nil {
			return err
		}
	}
	if len(a.Shown) > MaxShown {
		return Errorf(Invalid, "a picture names at most %d persons", MaxShown)
	}
	if !validVagueDate(a.Taken) {
		return Errorf(Invalid, "%q is no date; write 2023, 2023-03 or 2023-03-14", a.Taken)
	}
	return nil
}

// validVagueDate reports whether s is empty or a date of any precision.
func validVagueDate(s string) bool {
	layout := map[int]string{0: "", 4: "2006", 7: "2006-01", 10: "2006-01-02"}
	l, ok := layout[len(s)]
	if !ok {
		return false
	}
	_, err := time.Parse(l, s)
	return err == nil
}

// Words is everything by which the asset is found.
func (a *Asset) Words() string {
	parts := []string{a.Filename, a.Alt, a.Caption, a.Credit, a.Creator, a.Licence, a.Taken, string(a.Kind)}
	for _, p := range a.Shown {
		parts = append(parts, p.Name)
	}
	return strings.Join(parts, " ")
}

// UseKind says what uses an asset.
type UseKind string

// The uses. Working copy and live version of one article are two uses: a
// picture that was taken out of the first still stands in the second.
const (
	UseArticle  UseKind = "article"  // the working copy
	UseLive     UseKind = "live"     // the version that readers see
	UsePast     UseKind = "past"     // an earlier version; such an asset may go to the trash but is never destroyed
	UsePerson   UseKind = "person"   // the portrait
	UseMagazine UseKind = "magazine" // the logo
	UseAsset    UseKind = "asset"    // the poster of a video
)

// Use is one place where an asset stands.
type Use struct {
	Asset int64
	Kind  UseKind
	Ref   int64  // the article, person or asset
	Place string // lead, body, portrait, logo, poster
}
