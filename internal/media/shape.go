// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"stet"
)

// Size is the extent of a picture in pixels, as it is shown.
type Size struct{ Width, Height int }

// Focus is the point of a picture that a crop keeps, as fractions of its width
// and height. The zero Focus is the centre: nobody means the very corner.
type Focus struct{ X, Y float64 }

// Shape is a proportion to which pictures are cut.
type Shape string

// The shapes that the theme may ask for.
const (
	Whole     Shape = ""    // not cut at all
	Landscape Shape = "3x2" // pictures beside headlines
	Square    Shape = "1x1" // portraits
	Card      Shape = "og"  // 1200 by 630, what Open Graph and cards show
)

// frames gives the proportion of each shape that cuts.
var frames = map[Shape]Size{
	Landscape: {3, 2},
	Square:    {1, 1},
	Card:      {1200, 630},
}

// steps are the widths in which pictures are served. The set is fixed, so that
// nobody can have us make a thousand sizes of one picture.
var steps = []int{320, 480, 640, 768, 960, 1280, 1600, 2400}

// thumb is a further width of squares: the portrait beside a byline is as wide
// as three letters, and comes before the text on a slow line.
const thumb = 160

// Widths returns the widths in which a picture is served, the smallest first:
// the steps up to its own width and, where that lies between two steps, its
// own width. No picture is enlarged.
func Widths(original int) []int {
	if original <= 0 {
		return nil
	}
	i, exact := slices.BinarySearch(steps, original)
	if exact || i == len(steps) {
		return slices.Clone(steps[:min(i+1, len(steps))])
	}
	return append(slices.Clone(steps[:i]), original)
}

// Sizes returns the sizes in which a picture is served in this shape, the
// smallest first: what srcset, width and height are written from. It is empty
// for a shape that does not exist.
func Sizes(original Size, s Shape) []Size {
	if original.Width <= 0 || original.Height <= 0 {
		return nil
	}
	w := cut(original, s, Focus{})
	frame, known := frames[s]
	widths := Widths(int(w.w))
	switch {
	case s == Whole:
		frame = original
	case !known:
		return nil
	case s == Square && int(w.w) > thumb:
		widths = slices.Insert(widths, 0, thumb)
	case s == Card:
		widths = []int{min(int(w.w), frame.Width)}
	}
	sizes := make([]Size, 0, len(widths))
	for _, width := range widths {
		height := math.Round(float64(width) * float64(frame.Height) / float64(frame.Width))
		sizes = append(sizes, Size{max(width, 1), max(int(height), 1)})
	}
	return sizes
}

// window is a part of a picture, in its pixels and fractions of them.
type window struct{ x, y, w, h float64 }

// cut is the largest window of the shape that has the focus as near to its
// middle as the picture's edges allow.
func cut(of Size, s Shape, f Focus) window {
	all := window{w: float64(of.Width), h: float64(of.Height)}
	frame, known := frames[s]
	if !known {
		return all
	}
	if f == (Focus{}) {
		f = Focus{0.5, 0.5}
	}
	ratio := float64(frame.Width) / float64(frame.Height)
	w := max(1, min(all.w, all.h*ratio))
	h := min(all.h, max(1, w/ratio))
	return window{
		x: min(max(f.X*all.w-w/2, 0), all.w-w),
		y: min(max(f.Y*all.h-h/2, 0), all.h-h),
		w: w, h: h,
	}
}

// Rendition names one of the pictures that are served in place of an original.
type Rendition struct {
	Shape Shape
	Width int
	Focus Focus // has no meaning for Whole; comes from the asset, never from a request
}

// Size returns the extent of the rendition, or a stet.NotFound error when it is
// not among those that a picture of this size has.
func (r Rendition) Size(original Size) (Size, error) {
	for _, s := range Sizes(original, r.Shape) {
		if s.Width == r.Width {
			return s, nil
		}
	}
	return Size{}, stet.Errorf(stet.NotFound, "the picture is not served in this size")
}

// Name is the rendition's file name, fit for an address: 640.jpg, 3x2-640.jpg,
// or with a focus off the centre, in percent, 3x2-30-75-640.jpg. Two
// renditions of one original look the same if their names are the same.
func (r Rendition) Name() string {
	r = r.rounded()
	width := strconv.Itoa(r.Width) + ".jpg"
	switch {
	case r.Shape == Whole:
		return width
	case r.Focus == Focus{}:
		return string(r.Shape) + "-" + width
	}
	return fmt.Sprintf("%s-%.0f-%.0f-%s", r.Shape, r.Focus.X*100, r.Focus.Y*100, width)
}

// rounded is the rendition in its one canonical spelling: the focus in whole
// percent within the picture, and none where it changes nothing.
func (r Rendition) rounded() Rendition {
	percent := func(f float64) float64 {
		if math.IsNaN(f) {
			return 0.5
		}
		return math.Round(100*min(max(f, 0), 1)) / 100
	}
	r.Focus = Focus{percent(r.Focus.X), percent(r.Focus.Y)}
	if r.Shape == Whole || r.Focus == (Focus{0.5, 0.5}) {
		r.Focus = Focus{}
	}
	return r
}

// ParseName is the inverse of Name; anything that Name would not write is
// stet.NotFound. The focus in a name is what the address says: compare it with
// the asset's before making that rendition.
func ParseName(name string) (Rendition, error) {
	var r Rendition
	stem, _ := strings.CutSuffix(name, ".jpg")
	parts := strings.Split(stem, "-")
	r.Width, _ = strconv.Atoi(parts[len(parts)-1])
	if len(parts) > 1 {
		r.Shape = Shape(parts[0])
	}
	if len(parts) == 4 {
		x, _ := strconv.Atoi(parts[1])
		y, _ := strconv.Atoi(parts[2])
		r.Focus = Focus{float64(x) / 100, float64(y) / 100}
	}
	if _, known := frames[r.Shape]; r.Width <= 0 || r.Name() != name || !known && r.Shape != Whole {
		return Rendition{}, stet.Errorf(stet.NotFound, "there is no picture of this name")
	}
	return r, nil
}
