// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"stet"
)

// decode opens a picture that was surveyed. It has no transparency any more:
// what shone through is white.
func decode(ctx context.Context, r io.ReadSeeker, s *surveyed) (pic picture, err error) {
	defer func() {
		// The decoders meet whatever the world makes up; a fault of theirs
		// costs one picture, not the program.
		if fault := recover(); fault != nil {
			err = broken("its decoder gave up (%v)", fault)
		}
	}()
	img, err := decodeImage(ctx, r, s)
	if ctx.Err() != nil {
		return picture{}, ctx.Err()
	}
	if err != nil {
		return picture{}, stet.Errorf(stet.Invalid, "the picture cannot be opened: %v", err)
	}
	canvas := image.Rectangle{Max: image.Pt(s.size.Width, s.size.Height)}
	at := image.Point{}
	if s.still != nil {
		at = image.Pt(s.still.x, s.still.y)
	}
	if pic, ok := planar(img, canvas); ok {
		return pic, nil
	}
	return convert(img, canvas, at), nil
}

func decodeImage(ctx context.Context, r io.ReadSeeker, s *surveyed) (image.Image, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	in := io.Reader(reading{ctx, r})
	switch s.format {
	case formatJPEG:
		if s.endless {
			in = io.MultiReader(in, bytes.NewReader([]byte{0xff, 0xd9}))
		}
		return jpeg.Decode(in)
	case formatPNG:
		return png.Decode(in)
	case formatGIF:
		return gif.Decode(in)
	case formatWebP:
		if s.still != nil {
			in = bytes.NewReader(s.still.bytes)
		}
		return webp.Decode(in)
	}
	return nil, fmt.Errorf("%s is no picture", s.format.mime)
}

// subsamplings gives how many pixels a sample of chroma covers.
var subsamplings = map[image.YCbCrSubsampleRatio]Size{
	image.YCbCrSubsampleRatio444: {1, 1},
	image.YCbCrSubsampleRatio422: {2, 1},
	image.YCbCrSubsampleRatio420: {2, 2},
	image.YCbCrSubsampleRatio440: {1, 2},
	image.YCbCrSubsampleRatio411: {4, 1},
	image.YCbCrSubsampleRatio410: {4, 2},
}

// planar takes over a picture that has the planes already, as they are.
func planar(img image.Image, canvas image.Rectangle) (picture, bool) {
	p := picture{Size: Size{canvas.Dx(), canvas.Dy()}, sub: Size{1, 1}}
	if img.Bounds() != canvas {
		return p, false
	}
	switch m := img.(type) {
	case *image.Gray:
		p.planes = []plane{{p.Width, p.Height, m.Stride, m.Pix}}
		return p, true
	case *image.YCbCr:
		sub, ok := subsamplings[m.SubsampleRatio]
		if !ok {
			return p, false
		}
		p.sub = sub
		cw, ch := (p.Width+sub.Width-1)/sub.Width, (p.Height+sub.Height-1)/sub.Height
		p.planes = []plane{{p.Width, p.Height, m.YStride, m.Y}, {cw, ch, m.CStride, m.Cb}, {cw, ch, m.CStride, m.Cr}}
		return p, true
	}
	return p, false
}

// convert brings any other picture into planes with 4:2:0 chroma, two rows at a
// time, so that there is never a second picture in full colour.
func convert(img image.Image, canvas image.Rectangle, at image.Point) picture {
	p := picture{Size: Size{canvas.Dx(), canvas.Dy()}, sub: Size{2, 2}}
	rows := flattened(img)
	line := func(dst []byte, y int) {
		for i := range dst {
			dst[i] = 255
		}
		b := img.Bounds()
		if y -= at.Y; y >= b.Min.Y && y < b.Max.Y {
			rows(dst[3*(b.Min.X+at.X):3*(b.Max.X+at.X)], y)
		}
	}
	p.planes = []plane{newPlane(p.Width, p.Height)}
	upper, lower := make([]byte, 3*p.Width), make([]byte, 3*p.Width)
	if img.ColorModel() == color.Gray16Model || img.ColorModel() == color.GrayModel {
		for y := range p.Height {
			line(upper, y)
			for x, row := 0, p.planes[0].row(y); x < p.Width; x++ {
				row[x] = upper[3*x]
			}
		}
		return p
	}
	cb, cr := newPlane((p.Width+1)/2, (p.Height+1)/2), newPlane((p.Width+1)/2, (p.Height+1)/2)
	p.planes = append(p.planes, cb, cr)
	for y := 0; y < p.Height; y += 2 {
		line(upper, y)
		second := p.planes[0].row(min(y+1, p.Height-1))
		line(lower, min(y+1, p.Height-1))
		chroma(p.planes[0].row(y), second, cb.row(y/2), cr.row(y/2), upper, lower)
	}
	return p
}

// chroma turns two rows of RGB into two rows of luma and one of each chroma.
func chroma(y0, y1, cb, cr, upper, lower []byte) {
	for x := range cb {
		var b, r int32
		for _, at := range [2]int{2 * x, min(2*x+1, len(y0)-1)} {
			p, q := upper[3*at:][:3], lower[3*at:][:3]
			yy, bb, rr := color.RGBToYCbCr(p[0], p[1], p[2])
			y0[at], b, r = yy, b+int32(bb), r+int32(rr)
			yy, bb, rr = color.RGBToYCbCr(q[0], q[1], q[2])
			y1[at], b, r = yy, b+int32(bb), r+int32(rr)
		}
		cb[x], cr[x] = byte((b+2)/4), byte((r+2)/4)
	}
}

// flattened returns how a row of the image is read as RGB on white.
func flattened(img image.Image) func(dst []byte, y int) {
	b := img.Bounds()
	switch m := img.(type) {
	case *image.NRGBA:
		return func(dst []byte, y int) {
			for i, s := 0, m.Pix[m.PixOffset(b.Min.X, y):]; i < len(dst); i, s = i+3, s[4:] {
				a := uint32(s[3])
				dst[i], dst[i+1], dst[i+2] = onWhite(s[0], a), onWhite(s[1], a), onWhite(s[2], a)
			}
		}
	case *image.RGBA:
		return func(dst []byte, y int) {
			for i, s := 0, m.Pix[m.PixOffset(b.Min.X, y):]; i < len(dst); i, s = i+3, s[4:] {
				w := 255 - s[3]
				dst[i], dst[i+1], dst[i+2] = s[0]+w, s[1]+w, s[2]+w
			}
		}
	case *image.CMYK:
		return func(dst []byte, y int) {
			for i, s := 0, m.Pix[m.PixOffset(b.Min.X, y):]; i < len(dst); i, s = i+3, s[4:] {
				dst[i], dst[i+1], dst[i+2] = color.CMYKToRGB(s[0], s[1], s[2], s[3])
			}
		}
	case *image.Paletted:
		table := flatPalette(m.Palette)
		return func(dst []byte, y int) {
			for x, c := range m.Pix[m.PixOffset(b.Min.X, y):][:b.Dx()] {
				copy(dst[3*x:], table[c][:])
			}
		}
	}
	return func(dst []byte, y int) {
		for x := range b.Dx() {
			c := flat(img.At(b.Min.X+x, y))
			copy(dst[3*x:], c[:])
		}
	}
}

func flatPalette(p color.Palette) (table [256][3]byte) {
	for i, c := range p {
		if i < len(table) {
			table[i] = flat(c)
		}
	}
	return table
}

func onWhite(v byte, a uint32) byte { return byte((uint32(v)*a + 255*(255-a) + 127) / 255) }

// flat is one colour on white.
func flat(c color.Color) [3]byte {
	r, g, b, a := c.RGBA()
	w := 0xffff - a
	return [3]byte{byte((r + w) >> 8), byte((g + w) >> 8), byte((b + w) >> 8)}
}
