// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
)

func newRenditions(t testing.TB, o RenditionsOptions) *Renditions {
	t.Helper()
	if o.Blobs == nil {
		o.Blobs = newFolder(t)
	}
	m := NewRenditions(o)
	t.Cleanup(m.Close)
	return m
}

// render puts the file, makes the rendition and decodes it.
func render(t testing.TB, file []byte, r Rendition) image.Image {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(renderBytes(t, file, r)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func renderBytes(t testing.TB, file []byte, r Rendition) []byte {
	t.Helper()
	info, err := Inspect(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	m := newRenditions(t, RenditionsOptions{})
	put(t, m.blobs, info.Key(), file)
	blob, err := m.Open(t.Context(), info.Key(), Size{info.Width, info.Height}, r)
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	return must(io.ReadAll(blob))
}

// near reports whether the pixel has about the colour.
func near(m image.Image, x, y int, want color.NRGBA) bool {
	r, g, b, _ := m.At(x, y).RGBA()
	for _, d := range []int{int(r>>8) - int(want.R), int(g>>8) - int(want.G), int(b>>8) - int(want.B)} {
		if d < -9 || d > 9 {
			return false
		}
	}
	return true
}

var (
	red    = color.NRGBA{200, 30, 30, 255}
	green  = color.NRGBA{30, 200, 30, 255}
	blue   = color.NRGBA{30, 30, 200, 255}
	yellow = color.NRGBA{200, 200, 30, 255}
	white  = color.NRGBA{255, 255, 255, 255}
)

// checkCorners compares the middle of each quarter, clockwise from the upper
// left.
func checkCorners(t *testing.T, m image.Image, want ...color.NRGBA) {
	t.Helper()
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	for i, p := range []image.Point{{w / 4, h / 4}, {w * 3 / 4, h / 4}, {w * 3 / 4, h * 3 / 4}, {w / 4, h * 3 / 4}} {
		if !near(m, p.X, p.Y, want[i]) {
			t.Errorf("quarter %d is %v, want %v", i, m.At(p.X, p.Y), want[i])
		}
	}
}

func TestRenditionsOfEachKind(t *testing.T) {
	t.Parallel()
	q := quarters(500, 300)
	half := image.NewNRGBA(q.Rect) // the same at half strength
	for i, v := range q.Pix {
		if half.Pix[i] = v; i%4 == 3 {
			half.Pix[i] = 128
		}
	}
	deep := image.NewNRGBA64(q.Rect)
	opaque := image.NewRGBA(q.Rect)
	pal := image.NewPaletted(q.Rect, color.Palette{red, green, blue, yellow, color.Transparent})
	for y := range 300 {
		for x := range 500 {
			deep.Set(x, y, q.At(x, y))
			opaque.Set(x, y, q.At(x, y))
			pal.Set(x, y, q.At(x, y))
		}
	}
	blocks := func(parts int, sof byte, adobe int, colours [4][4]byte) []byte {
		return flatJPEG{blocks: Size{60, 40}, parts: parts, sof: sof, adobe: adobe, colour: func(c, x, y int) byte {
			return colours[x/30+y/20*2][c]
		}}.encode()
	}
	// Adobe's CMYK counts the light that is left, not the ink.
	cmyk := blocks(4, 0xc0, 0, [4][4]byte{{200, 30, 30, 255}, {30, 200, 30, 255}, {200, 200, 30, 255}, {30, 30, 200, 255}})
	rgb := blocks(3, 0xc0, 0, [4][4]byte{{200, 30, 30}, {30, 200, 30}, {200, 200, 30}, {30, 30, 200}})
	var ycc [4][4]byte
	for i, c := range []color.NRGBA{red, green, yellow, blue} {
		ycc[i][0], ycc[i][1], ycc[i][2] = color.RGBToYCbCr(c.R, c.G, c.B)
	}
	pale := func(c color.NRGBA) color.NRGBA {
		return color.NRGBA{uint8((int(c.R) + 255) / 2), uint8((int(c.G) + 255) / 2), uint8((int(c.B) + 255) / 2), 255}
	}
	solid := []color.NRGBA{red, green, blue, yellow}
	tests := []struct {
		name string
		file []byte
		want []color.NRGBA
	}{
		{"jpeg", encodeJPEG(q), solid},
		{"progressive jpeg", blocks(3, 0xc2, -1, ycc), solid},
		{"rgb jpeg", rgb, solid},
		{"cmyk jpeg", cmyk, solid},
		{"png", encodePNG(opaque), solid},
		{"png of 16 bits", encodePNG(deep), solid},
		{"png with a palette", encodePNG(pal), solid},
		{"png half transparent", encodePNG(half), []color.NRGBA{pale(red), pale(green), pale(blue), pale(yellow)}},
		{"png with nothing in it", encodePNG(image.NewNRGBA(q.Rect)), []color.NRGBA{white, white, white, white}},
		{"webp", riff(chunk("VP8L", vp8l(500, 300, red))), []color.NRGBA{red, red, red, red}},
		{"webp half transparent", riff(chunk("VP8L", vp8l(500, 300, color.NRGBA{200, 30, 30, 128}))), []color.NRGBA{pale(red), pale(red), pale(red), pale(red)}},
		{"animated webp", riff(vp8x(400, 400, 2), chunk("ANIM", make([]byte, 6)), anmf(200, 0, 200, 200, red), anmf(0, 0, 400, 400, blue)),
			[]color.NRGBA{white, red, white, white}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := render(t, test.file, Rendition{Width: 320})
			if m.Bounds().Dx() != 320 {
				t.Errorf("it is %d pixels wide", m.Bounds().Dx())
			}
			checkCorners(t, m, test.want...)
		})
	}
}

func TestRenditionsOfInterlaced(t *testing.T) {
	t.Parallel()
	// No encoder at hand interlaces; seven passes of one gray are enough.
	var rows bytes.Buffer
	for _, pass := range []Size{{1, 1}, {1, 1}, {2, 1}, {2, 2}, {4, 2}, {4, 4}, {8, 4}} {
		rows.Write(bytes.Repeat(append([]byte{0}, bytes.Repeat([]byte{77}, pass.Width)...), pass.Height))
	}
	file := append(pngHeader(8, 8, 8, 0, 1), pngChunk("IDAT", string(zlibbed(rows.Bytes())))...)
	file = append(file, pngChunk("IEND", "")...)
	if _, err := png.Decode(bytes.NewReader(file)); err != nil {
		t.Fatalf("the test's own picture is wrong: %v", err)
	}
	m := render(t, file, Rendition{Width: 8})
	if !near(m, 4, 4, color.NRGBA{77, 77, 77, 255}) {
		t.Errorf("the picture is %v", m.At(4, 4))
	}
}

func TestRenditionsOfAnimation(t *testing.T) {
	t.Parallel()
	m := render(t, animation(), Rendition{Width: 480})
	if !near(m, 240, 120, red) || !near(m, 40, 40, white) || !near(m, 400, 240, white) {
		t.Errorf("the first frame is not on white: %v, %v", m.At(240, 120), m.At(40, 40))
	}
}

func TestRenditionsKeepGray(t *testing.T) {
	t.Parallel()
	gray, deep := image.NewGray(image.Rect(0, 0, 400, 300)), image.NewGray16(image.Rect(0, 0, 400, 300))
	for i := range gray.Pix {
		gray.Pix[i] = 100
		deep.Pix[2*i], deep.Pix[2*i+1] = 100, 100
	}
	for name, file := range map[string][]byte{"jpeg": encodeJPEG(gray), "png": encodePNG(gray), "png of 16 bits": encodePNG(deep)} {
		m := render(t, file, Rendition{Width: 320})
		if g, ok := m.(*image.Gray); !ok || g.GrayAt(100, 100).Y < 99 || g.GrayAt(100, 100).Y > 101 {
			t.Errorf("%s: the rendition is %T of %v", name, m, m.At(100, 100))
		}
	}
}

func TestRenditionsStandUpright(t *testing.T) {
	t.Parallel()
	shown := quarters(401, 301)
	upright := render(t, encodeJPEG(shown), Rendition{Width: 320})
	for o := 1; o <= 8; o++ {
		files := map[string][]byte{
			"jpeg": withSegments(encodeJPEG(stored(shown, o)), exifSegment(exif(o, "", "", ""))),
		}
		if o == 6 {
			files["png"] = afterHeader(encodePNG(stored(shown, o)), pngChunk("eXIf", exif(o, "", "", "")))
		}
		for name, file := range files {
			for _, r := range []Rendition{{Width: 320}, {Width: 401}, {Shape: Square, Width: 301, Focus: Focus{0.9, 0.5}}} {
				m := render(t, file, r)
				// The square begins at 100 of 401, so that each of its quarters'
				// middles is still in the quarter of the whole.
				checkCorners(t, m, red, green, blue, yellow)
				if r.Width == 320 {
					if p := psnr(m, upright); p < 32 {
						t.Errorf("orientation %d of %s differs from upright: %.1f dB", o, name, p)
					}
				}
			}
		}
	}
}

func TestRenditionsCutAtTheFocus(t *testing.T) {
	t.Parallel()
	file := encodePNG(quarters(1000, 500))
	left := render(t, file, Rendition{Shape: Square, Width: 480, Focus: Focus{0.1, 0.5}})
	checkCorners(t, left, red, red, yellow, yellow)
	right := render(t, file, Rendition{Shape: Square, Width: 480, Focus: Focus{0.9, 0.5}})
	checkCorners(t, right, green, green, blue, blue)
	checkCorners(t, render(t, file, Rendition{Shape: Square, Width: 480}), red, green, blue, yellow)
	card := render(t, encodePNG(quarters(1300, 1300)), Rendition{Shape: Card, Width: 1200})
	if got := card.Bounds().Size(); got != image.Pt(1200, 630) {
		t.Errorf("a card has %v", got)
	}
}

// Nothing of the original's metadata reaches a reader; a colour profile does,
// without which the colours would be others.
func TestRenditionsDropMetadata(t *testing.T) {
	t.Parallel()
	base := encodeJPEG(quarters(400, 300))
	file := withSegments(base, exifSegment(exif(1, "A caption", "A photographer", "© somebody")), xmpSegment(alt("dc:description", "Another caption")),
		iptcSegment(map[byte]string{120: "A third"}), segment(0xe2, "ICC_PROFILE\x00\x01\x01"+profile("RGB ", "Display P3")), segment(0xfe, "A comment"))
	got := renderBytes(t, file, Rendition{Width: 320})
	for _, word := range []string{"Exif", "caption", "photographer", "somebody", "adobe", "Photoshop", "third", "comment"} {
		if bytes.Contains(got, []byte(word)) {
			t.Errorf("the rendition holds %q", word)
		}
	}
	if !bytes.Contains(got, []byte("Display P3")) {
		t.Error("the rendition lacks the colour profile")
	}
	for name, file := range map[string][]byte{
		"sRGB":            withSegments(base, segment(0xe2, "ICC_PROFILE\x00\x01\x01"+profile("RGB ", "sRGB IEC61966-2.1"))),
		"a press":         withSegments(base, segment(0xe2, "ICC_PROFILE\x00\x01\x01"+profile("CMYK", "FOGRA39"))),
		"gray for colour": withSegments(base, segment(0xe2, "ICC_PROFILE\x00\x01\x01"+profile("GRAY", "Dot Gain"))),
		"no profile":      withSegments(base, segment(0xe2, "ICC_PROFILE\x00\x01\x01"+strings.Repeat("x", 300))),
	} {
		if bytes.Contains(renderBytes(t, file, Rendition{Width: 320}), []byte("ICC_PROFILE")) {
			t.Errorf("the profile of %s is carried along", name)
		}
	}
	packed := "name\x00\x00" + string(zlibbed([]byte(profile("RGB ", "Adobe RGB"))))
	png := afterHeader(encodePNG(quarters(400, 300)), pngChunk("iCCP", packed))
	if !bytes.Contains(renderBytes(t, png, Rendition{Width: 320}), []byte("Adobe RGB")) {
		t.Error("the rendition of a PNG lacks the colour profile")
	}
}

func TestRenditionsOutsideTheSet(t *testing.T) {
	t.Parallel()
	m := newRenditions(t, RenditionsOptions{})
	put(t, m.blobs, "originals/a.png", encodePNG(quarters(1000, 500)))
	put(t, m.blobs, "originals/a.pdf", []byte("%PDF-1.7"))
	size := Size{1000, 500}
	tests := []struct {
		name string
		key  string
		size Size
		r    Rendition
		want stet.Code
	}{
		{"a step", "originals/a.png", size, Rendition{Width: 640}, ""},
		{"its own width", "originals/a.png", size, Rendition{Width: 1000}, ""},
		{"between steps", "originals/a.png", size, Rendition{Width: 641}, stet.NotFound},
		{"wider", "originals/a.png", size, Rendition{Width: 1280}, stet.NotFound},
		{"none", "originals/a.png", size, Rendition{}, stet.NotFound},
		{"negative", "originals/a.png", size, Rendition{Width: -320}, stet.NotFound},
		{"wider than the cut", "originals/a.png", size, Rendition{Shape: Square, Width: 640}, stet.NotFound},
		{"unknown shape", "originals/a.png", size, Rendition{Shape: "9x9", Width: 320}, stet.NotFound},
		{"wider than the picture truly is", "originals/a.png", Size{2000, 1000}, Rendition{Width: 1280}, stet.NotFound},
		{"no original", "originals/b.png", size, Rendition{Width: 640}, stet.NotFound},
		{"no picture", "originals/a.pdf", size, Rendition{Width: 640}, stet.NotFound},
		{"a wrong key", "../a", size, Rendition{Width: 640}, stet.Invalid},
	}
	for _, test := range tests {
		blob, err := m.Open(t.Context(), test.key, test.size, test.r)
		if got := stet.ErrorCode(err); got != test.want {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
		if err == nil {
			blob.Close()
		}
	}
	want := []string{"renditions/originals/a.png/1000.jpg", "renditions/originals/a.png/640.jpg"}
	if diff := cmp.Diff(want, keys(t, m.blobs, "renditions/")); diff != "" {
		t.Errorf("kept renditions (-want +got):\n%s", diff)
	}
	if err := m.Forget(t.Context(), "originals/a.png"); err != nil {
		t.Fatal(err)
	}
	if got := keys(t, m.blobs, ""); len(got) != 2 {
		t.Errorf("after Forget there are %q", got)
	}
}

// counting counts what is asked of the blobs, and makes Put slow enough that
// work overlaps.
type counting struct {
	Blobs
	puts, opens, now, peak atomic.Int32
}

func (c *counting) Open(ctx context.Context, key string) (Blob, error) {
	if strings.HasPrefix(key, "originals/") {
		c.opens.Add(1)
	}
	return c.Blobs.Open(ctx, key)
}

func (c *counting) Put(ctx context.Context, key string, r io.Reader) (int64, error) {
	c.puts.Add(1)
	n := c.now.Add(1)
	defer c.now.Add(-1)
	for p := c.peak.Load(); n > p && !c.peak.CompareAndSwap(p, n); p = c.peak.Load() {
	}
	time.Sleep(10 * time.Millisecond)
	return c.Blobs.Put(ctx, key, r)
}

func TestRenditionsAreMadeOnce(t *testing.T) {
	t.Parallel()
	c := &counting{Blobs: newFolder(t)}
	m := newRenditions(t, RenditionsOptions{Blobs: c})
	put(t, c.Blobs, "originals/a.png", encodePNG(quarters(1000, 500)))
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			blob, err := m.Open(t.Context(), "originals/a.png", Size{1000, 500}, Rendition{Width: 640})
			if err != nil {
				t.Error(err)
				return
			}
			blob.Close()
		})
	}
	wg.Wait()
	if n := c.puts.Load(); n != 1 {
		t.Errorf("the rendition was made %d times", n)
	}
	rs := []Rendition{{Width: 320}, {Width: 640}, {Width: 1000}, {Shape: Square, Width: 480}}
	if err := m.Make(t.Context(), "originals/a.png", rs...); err != nil {
		t.Fatal(err)
	}
	if n := c.puts.Load(); n != 4 {
		t.Errorf("%d renditions were made; want four, one of which was there", n)
	}
}

// As many pictures are open at a time as memory and workers allow.
func TestRenditionsBoundWork(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		options RenditionsOptions
		want    int32
	}{
		{"workers", RenditionsOptions{Workers: 3}, 3},
		{"memory", RenditionsOptions{Workers: 3, Memory: 5_000_000}, 1}, // each takes about 2.75 MB
	}
	for _, test := range tests {
		c := &counting{Blobs: newFolder(t)}
		test.options.Blobs = c
		m := newRenditions(t, test.options)
		file := encodePNG(quarters(1000, 500))
		var wg sync.WaitGroup
		for i := range 12 {
			key := fmt.Sprintf("originals/%d.png", i)
			put(t, c.Blobs, key, file)
			wg.Go(func() {
				if err := m.Make(t.Context(), key, Rendition{Width: 320}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := c.peak.Load(); got > test.want {
			t.Errorf("%s: %d pictures were open at a time, want at most %d", test.name, got, test.want)
		}
	}
	m := newRenditions(t, RenditionsOptions{Memory: 1_000_000})
	put(t, m.blobs, "originals/a.png", encodePNG(quarters(1000, 500)))
	if err := m.Make(t.Context(), "originals/a.png", Rendition{Width: 320}); stet.ErrorCode(err) != stet.TooLarge {
		t.Errorf("a picture that takes more memory than there is: %v", err)
	}
}

func TestRenditionsStop(t *testing.T) {
	t.Parallel()
	m := newRenditions(t, RenditionsOptions{})
	put(t, m.blobs, "originals/a.png", encodePNG(quarters(1000, 500)))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.Make(ended, "originals/a.png", Rendition{Width: 320}); !errors.Is(err, context.Canceled) {
		t.Errorf("Make under a context that had ended: %v", err)
	}
	m.Close()
	if err := m.Make(t.Context(), "originals/a.png", Rendition{Width: 480}); err == nil {
		t.Error("Make after Close made something")
	}
}

// A damaged original is opened once in ten minutes, not for each reader.
func TestRenditionsRememberFailure(t *testing.T) {
	t.Parallel()
	now := time.Unix(1e9, 0)
	c := &counting{Blobs: newFolder(t)}
	m := newRenditions(t, RenditionsOptions{Blobs: c, Now: func() time.Time { return now }})
	file := encodePNG(quarters(1000, 500))
	file[len(file)/2] ^= 0xff
	put(t, c.Blobs, "originals/a.png", file)
	opens := func() int32 {
		before := c.opens.Load()
		if err := m.Make(t.Context(), "originals/a.png", Rendition{Width: 320}); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("Make of a damaged picture: %v", err)
		}
		return c.opens.Load() - before
	}
	if opens() == 0 || opens() != 0 {
		t.Error("the failure is not remembered")
	}
	now = now.Add(11 * time.Minute)
	if opens() == 0 {
		t.Error("the failure is remembered for ever")
	}
}

// A photograph of 24 million pixels takes 36 MB decoded; all its renditions
// together must not take as much again.
func TestRenditionsMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a picture of 24 million pixels")
	}
	m := newRenditions(t, RenditionsOptions{})
	put(t, m.blobs, "originals/a.jpg", large())
	var rs []Rendition
	for _, w := range Widths(6000) {
		rs = append(rs, Rendition{Width: w}, Rendition{Shape: Landscape, Width: w})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := m.Make(t.Context(), "originals/a.jpg", rs...); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 80 {
		t.Errorf("%d renditions took %d MB in all", len(rs), mb)
	}
}
