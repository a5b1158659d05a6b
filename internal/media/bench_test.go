// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
)

// photograph is a picture with what photographs have: soft gradients, edges,
// fine texture and a little noise.
func photograph(width, height int) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	rnd := rand.New(rand.NewPCG(1, 2))
	for y := range height {
		v := float64(y) / float64(height)
		for x := range width {
			u := float64(x) / float64(width)
			l := 110 + 60*math.Sin(7*u+3*v) + 25*math.Sin(90*u*v)
			if (u-0.5)*(u-0.5)+(v-0.4)*(v-0.4) < 0.05 {
				l = 200 - 80*v + 12*math.Sin(700*(u+v))
			}
			m.Y[y*m.YStride+x] = byte(min(max(l+rnd.Float64()*6, 0), 255))
		}
	}
	for y := range (height + 1) / 2 {
		for x := range (width + 1) / 2 {
			i := y*m.CStride + x
			m.Cb[i] = byte(128 + 40*math.Sin(float64(x)*9/float64(width)))
			m.Cr[i] = byte(128 + 40*math.Cos(float64(y)*11/float64(height)))
		}
	}
	return m
}

// largePhotograph has 24 million pixels: a photograph laid out four by four,
// since working out each of them takes longer than all the tests.
func largePhotograph() *image.YCbCr {
	tile := photograph(1500, 1000)
	m := image.NewYCbCr(image.Rect(0, 0, 6000, 4000), image.YCbCrSubsampleRatio420)
	repeat(m.Y, tile.Y, tile.YStride)
	repeat(m.Cb, tile.Cb, tile.CStride)
	repeat(m.Cr, tile.Cr, tile.CStride)
	return m
}

func repeat(dst, tile []byte, width int) {
	for row := 0; len(dst) > 0; row++ {
		from := tile[row*width%len(tile):][:width]
		for range 4 {
			copy(dst, from)
			dst = dst[width:]
		}
	}
}

var large = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, largePhotograph(), &jpeg.Options{Quality: 90}); err != nil {
		panic(err)
	}
	return b.Bytes()
})

// discard keeps one original and counts what is put.
type discard struct {
	Blobs
	bytes int64
}

func (d *discard) Put(_ context.Context, _ string, r io.Reader) (int64, error) {
	n, err := io.Copy(io.Discard, r)
	d.bytes += n
	return n, err
}

// BenchmarkFiveWidths makes what a page needs of a photograph of 24 million
// pixels.
func BenchmarkFiveWidths(b *testing.B) {
	benchmark(b, 320, 640, 960, 1600, 2400)
}

func BenchmarkOneWidth(b *testing.B) {
	benchmark(b, 640)
}

func benchmark(b *testing.B, widths ...int) {
	folder, err := OpenFolder(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer folder.Close()
	if _, err := folder.Put(b.Context(), "originals/a.jpg", bytes.NewReader(large())); err != nil {
		b.Fatal(err)
	}
	sink := &discard{Blobs: folder}
	m := NewRenditions(RenditionsOptions{Blobs: sink})
	var rs []Rendition
	for _, w := range widths {
		rs = append(rs, Rendition{Width: w})
	}
	b.ReportAllocs()
	for b.Loop() {
		sink.bytes = 0
		if err := m.Make(b.Context(), "originals/a.jpg", rs...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(sink.bytes)/1e3, "kB/served")
}

func BenchmarkDecode(b *testing.B) {
	data := large()
	b.ReportAllocs()
	for b.Loop() {
		s, err := survey(bytes.NewReader(data), Limits{}.withDefaults())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := decode(b.Context(), bytes.NewReader(data), s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScale(b *testing.B) {
	p, _ := planar(largePhotograph(), image.Rect(0, 0, 6000, 4000))
	for _, w := range []int{2400, 1600, 640} {
		to := Size{w, w * 2 / 3}
		b.Run(Rendition{Width: w}.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.scale(window{w: 6000, h: 4000}, to, 1)
			}
		})
	}
}

func BenchmarkInspect(b *testing.B) {
	data := large()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Inspect(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}
