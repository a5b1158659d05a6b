// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"image"
	"image/color"
	"math"
	"testing"

	"golang.org/x/image/draw"
)

// psnr compares the luma of two pictures of one size, in decibels.
func psnr(a, b image.Image) float64 {
	r := a.Bounds().Intersect(b.Bounds())
	var sum float64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			d := float64(luma(a.At(x, y))) - float64(luma(b.At(x, y)))
			sum += d * d
		}
	}
	return 10 * math.Log10(255*255*float64(r.Dx()*r.Dy())/max(sum, 1e-9))
}

func luma(c color.Color) uint8 {
	if y, ok := c.(color.YCbCr); ok {
		return y.Y
	}
	return color.GrayModel.Convert(c).(color.Gray).Y
}

func grayOf(p plane) *image.Gray {
	return &image.Gray{Pix: p.pix, Stride: p.stride, Rect: image.Rect(0, 0, p.width, p.height)}
}

// Our scaling is held against x/image's with the same kernel, which works in
// floating point and takes ten times as long.
func TestScaleQuality(t *testing.T) {
	t.Parallel()
	photo := photograph(1201, 801)
	p, _ := planar(photo, photo.Rect)
	source := grayOf(p.planes[0])
	lanczos := draw.Kernel{Support: 3, At: lanczos3}
	tests := []struct {
		name string
		to   Size
		want float64
	}{
		{"a little", Size{1100, 734}, 48},
		{"by half", Size{601, 401}, 48},
		{"with boxes", Size{240, 160}, 42},
		{"far with boxes", Size{60, 40}, 42},
		{"uneven", Size{1000, 50}, 42},
	}
	for _, test := range tests {
		got := grayOf(p.scale(window{w: 1201, h: 801}, test.to, 1).planes[0])
		want := image.NewGray(got.Rect)
		lanczos.Scale(want, want.Rect, source, source.Rect, draw.Src, nil)
		p := psnr(got, want)
		t.Logf("%s: %.1f dB", test.name, p)
		if p < test.want {
			t.Errorf("%s: %.1f dB from x/image's Lanczos, want %.0f", test.name, p, test.want)
		}
	}
}

// The colour of a picture lies where its luma lies, whatever the subsampling
// and the parity: an edge in both moves in both.
func TestScaleKeepsChromaInPlace(t *testing.T) {
	t.Parallel()
	for ratio, sub := range subsamplings {
		for _, width := range []int{800, 801, 803} {
			m := image.NewYCbCr(image.Rect(0, 0, width, 16), ratio)
			edge := 400 // a multiple of every subsampling
			for y := range 16 {
				for x := range width {
					if x >= edge {
						m.Y[m.YOffset(x, y)], m.Cb[m.COffset(x, y)] = 200, 200
					}
				}
			}
			p, _ := planar(m, m.Rect)
			for o, back := range map[orientation]bool{1: false, 2: true} {
				to := Size{width / 4, 4}
				got := p.scale(window{w: float64(width), h: 16}, to, o)
				ly := crossing(got.planes[0].row(1), 100)
				lc := crossing(got.planes[1].row(0), 100) * 2
				if math.Abs(ly-lc) > 0.3 {
					t.Errorf("%v (%v), width %d, mirrored %t: luma turns at %.2f, chroma at %.2f", ratio, sub, width, back, ly, lc)
				}
			}
		}
	}
}

// crossing is where the row passes the level, counted from its left edge.
func crossing(row []byte, level float64) float64 {
	for i := 1; i < len(row); i++ {
		a, b := float64(row[i-1]), float64(row[i])
		if (a-level)*(b-level) <= 0 && a != b {
			return float64(i) - 0.5 + (level-a)/(b-a)
		}
	}
	return math.NaN()
}

// Flat areas stay exactly what they are, up to the edges.
func TestScaleKeepsFlatAreas(t *testing.T) {
	t.Parallel()
	for _, value := range []byte{0, 1, 127, 254, 255} {
		for _, size := range []Size{{1, 1}, {2, 3}, {7, 5}, {100, 1}, {1, 100}, {333, 77}} {
			p := picture{Size: size, planes: []plane{newPlane(size.Width, size.Height)}}
			for i := range p.planes[0].pix {
				p.planes[0].pix[i] = value
			}
			for _, to := range []Size{{1, 1}, size, {max(1, size.Width/2), max(1, size.Height/3)}, {max(1, size.Width/9), max(1, size.Height/9)}} {
				for o := orientation(1); o <= 8; o++ {
					got := p.scale(window{w: float64(o.apply(size).Width), h: float64(o.apply(size).Height)}, to, o)
					for _, v := range got.planes[0].pix {
						if v != value {
							t.Fatalf("%d of %v became %d in %v, orientation %d", value, size, v, to, o)
						}
					}
				}
			}
		}
	}
}

// At its own size a picture is copied, not filtered.
func TestScaleToItsOwnSize(t *testing.T) {
	t.Parallel()
	photo := photograph(101, 77)
	p, _ := planar(photo, photo.Rect)
	got := p.scale(window{w: 101, h: 77}, p.Size, 1)
	for i := range got.planes {
		for y := range got.planes[i].height {
			if string(got.planes[i].row(y)) != string(p.planes[i].row(y)) {
				t.Fatalf("row %d of plane %d differs", y, i)
			}
		}
	}
}
