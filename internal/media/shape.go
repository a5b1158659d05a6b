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
func Sizes(original Size, s Shape) []Size { return sizes(original, Rendition{Shape: s}) }

func sizes(original Size, r Rendition) []Size {
	if original.Width <= 0 || original.Height <= 0 {
		return nil
	}
	w := r.window(original)
	frame, known := frames[r.Shape]
	widths := Widths(int(w.w))
	switch {
	case r.Shape == Whole:
		frame = original
	case !known:
		return nil
	case r.Shape == Square && int(w.w) > thumb:
		widths = slices.Insert(widths, 0, thumb)
	case r.Shape == Card:
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

	// Crop, when it has a width, says by hand what the focus would.
	Crop stet.Crop
}

// window is the part of a picture that the rendition shows.
func (r Rendition) window(of Size) window {
	frame, known := frames[r.Shape]
	if r = r.rounded(); r.Crop.W == 0 || !known {
		return cut(of, r.Shape, r.Focus)
	}
	ratio := float64(frame.Width) / float64(frame.Height)
	all := window{w: float64(of.Width), h: float64(of.Height)}
	w := max(1, min(r.Crop.W*all.w, all.w, all.h*ratio))
	h := min(all.h, max(1, w/ratio))
	return window{x: min(r.Crop.X*all.w, all.w-w), y: min(r.Crop.Y*all.h, all.h-h), w: w, h: h}
}

// Size returns the extent of the rendition, or a stet.NotFound error when it is
// not among those that a picture of this size has.
func (r Rendition) Size(original Size) (Size, error) {
	for _, s := range sizes(original, r) {
		if s.Width == r.Width {
			return s, nil
		}
	}
	return Size{}, stet.Errorf(stet.NotFound, "the picture is not served in this size")
}

// Name is the rendition's file name, fit for an address: 640.jpg, 3x2-640.jpg,
// or with a focus off the centre, in percent, 3x2-30-75-640.jpg, or with a crop
// by hand, its left, top and width in thousandths, 3x2-100-50-600-640.jpg. Two
// renditions of one original look the same if their names are the same.
func (r Rendition) Name() string {
	r = r.rounded()
	width := strconv.Itoa(r.Width) + ".jpg"
	switch {
	case r.Shape == Whole:
		return width
	case r.Crop.W != 0:
		return fmt.Sprintf("%s-%.0f-%.0f-%.0f-%s", r.Shape, r.Crop.X*1000, r.Crop.Y*1000, r.Crop.W*1000, width)
	case r.Focus == Focus{}:
		return string(r.Shape) + "-" + width
	}
	return fmt.Sprintf("%s-%.0f-%.0f-%s", r.Shape, r.Focus.X*100, r.Focus.Y*100, width)
}

// rounded is the rendition in its one canonical spelling: the focus in whole
// percent within the picture, and none where it changes nothing.
func (r Rendition) rounded() Rendition {
	part := func(f, parts float64) float64 {
		if math.IsNaN(f) {
			return 0.5
		}
		return math.Round(parts*min(max(f, 0), 1)) / parts
	}
	if r.Crop = (stet.Crop{X: part(r.Crop.X, 1000), Y: part(r.Crop.Y, 1000), W: part(r.Crop.W, 1000)}); r.Shape == Whole || r.Crop.W == 0 {
		r.Crop = stet.Crop{}
	} else {
		r.Focus = Focus{}
	}
	r.Focus = Focus{part(r.Focus.X, 100), part(r.Focus.Y, 100)}
	if r.Crop.W != 0 || r.Shape == Whole || r.Focus == (Focus{0.5, 0.5}) {
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
	var n [3]float64
	for i, p := range parts[1:max(1, len(parts)-1)][:min(3, max(0, len(parts)-2))] {
		v, _ := strconv.Atoi(p)
		n[i] = float64(v)
	}
	switch len(parts) {
	case 4:
		r.Focus = Focus{n[0] / 100, n[1] / 100}
	case 5:
		r.Crop = stet.Crop{X: n[0] / 1000, Y: n[1] / 1000, W: n[2] / 1000}
	}
	if _, known := frames[r.Shape]; r.Width <= 0 || r.Name() != name || r.Crop.W != 0 && r.Crop.Validate() != nil || !known && r.Shape != Whole {
		return Rendition{}, stet.Errorf(stet.NotFound, "there is no picture of this name")
	}
	return r, nil
}

// ShapeOf is a shape as the desk names it.
type ShapeOf struct {
	Shape Shape
	Name  string // what it is for
	Size  Size   // its proportion
}

// Shapes are the shapes that cut, in the order in which the desk shows them.
func Shapes() []ShapeOf {
	return []ShapeOf{
		{Landscape, "Beside headlines and on fronts", frames[Landscape]},
		{Card, "In cards on other sites", frames[Card]},
		{Square, "As a portrait", frames[Square]},
	}
}

// Of is a rendition of an asset: its focal point, and the crop made by hand
// for this shape where there is one.
func Of(a stet.Asset, s Shape, width int) Rendition {
	r := Rendition{Shape: s, Width: width, Focus: Focus{X: a.FocalX, Y: a.FocalY}}
	if c, ok := a.Crops[string(s)]; ok && s != Whole {
		r.Crop, r.Focus = c, Focus{}
	}
	return r
}

// SizesOf are the sizes in which an asset is served in this shape.
func SizesOf(a stet.Asset, s Shape) []Size {
	return sizes(Size{Width: a.Width, Height: a.Height}, Of(a, s, 0))
}
