// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
)

func TestWidths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		original int
		want     []int
	}{
		{0, nil}, {-1, nil}, {1, []int{1}}, {319, []int{319}}, {320, []int{320}}, {321, []int{320, 321}},
		{1000, []int{320, 480, 640, 768, 960, 1000}},
		{2400, []int{320, 480, 640, 768, 960, 1280, 1600, 2400}},
		{6000, []int{320, 480, 640, 768, 960, 1280, 1600, 2400}},
	}
	for _, test := range tests {
		got := Widths(test.original)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Widths(%d) (-want +got):\n%s", test.original, diff)
		}
		for i := range got {
			got[i] = 0 // the set itself must not be in the caller's hands
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		original Size
		shape    Shape
		want     []Size
	}{
		{Size{1000, 500}, Whole, []Size{{320, 160}, {480, 240}, {640, 320}, {768, 384}, {960, 480}, {1000, 500}}},
		{Size{300, 1}, Whole, []Size{{300, 1}}},
		{Size{20000, 1}, Whole, []Size{{320, 1}, {480, 1}, {640, 1}, {768, 1}, {960, 1}, {1280, 1}, {1600, 1}, {2400, 1}}},
		{Size{500, 1000}, Square, []Size{{160, 160}, {320, 320}, {480, 480}, {500, 500}}},
		{Size{1000, 400}, Landscape, []Size{{320, 213}, {480, 320}, {600, 400}}},
		{Size{6000, 4000}, Card, []Size{{1200, 630}}},
		{Size{600, 600}, Card, []Size{{600, 315}}},
		{Size{1, 60000}, Square, []Size{{1, 1}}},
		{Size{600, 600}, "2x3", nil},
		{Size{0, 600}, Whole, nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, Sizes(test.original, test.shape)); diff != "" {
			t.Errorf("Sizes(%v, %q) (-want +got):\n%s", test.original, test.shape, diff)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	tests := []struct {
		of    Size
		shape Shape
		focus Focus
		want  window
	}{
		{Size{600, 400}, Whole, Focus{1, 1}, window{0, 0, 600, 400}},
		{Size{600, 400}, Landscape, Focus{1, 1}, window{0, 0, 600, 400}},
		{Size{600, 400}, Square, Focus{}, window{100, 0, 400, 400}},
		{Size{600, 400}, Square, Focus{0.4, 0.1}, window{40, 0, 400, 400}},
		{Size{600, 400}, Square, Focus{0.01, 0.5}, window{0, 0, 400, 400}},
		{Size{600, 400}, Square, Focus{5, 5}, window{200, 0, 400, 400}},
		{Size{400, 600}, Square, Focus{0.5, 1}, window{0, 200, 400, 400}},
	}
	for _, test := range tests {
		if got := cut(test.of, test.shape, test.focus); got != test.want {
			t.Errorf("cut(%v, %q, %v) = %v, want %v", test.of, test.shape, test.focus, got, test.want)
		}
	}
}

func TestRenditionNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		r    Rendition
		want string
	}{
		{Rendition{Width: 640}, "640.jpg"},
		{Rendition{Width: 640, Focus: Focus{0.1, 0.2}}, "640.jpg"},
		{Rendition{Shape: Landscape, Width: 640}, "3x2-640.jpg"},
		{Rendition{Shape: Landscape, Width: 640, Focus: Focus{0.5, 0.5}}, "3x2-640.jpg"},
		{Rendition{Shape: Card, Width: 1200, Focus: Focus{0.29, 0.999}}, "og-29-100-1200.jpg"},
		{Rendition{Shape: Square, Width: 320, Focus: Focus{-3, 7}}, "1x1-0-100-320.jpg"},
	}
	for _, test := range tests {
		if got := test.r.Name(); got != test.want {
			t.Errorf("%v.Name() = %q, want %q", test.r, got, test.want)
		}
		back, err := ParseName(test.want)
		if err != nil || back != test.r.rounded() {
			t.Errorf("ParseName(%q) = %v, %v", test.want, back, err)
		}
	}
	for _, name := range []string{
		"", ".jpg", "640", "640.png", "0.jpg", "-1.jpg", "+640.jpg", "0640.jpg", "640.jpg.jpg", "640.jpg/", "4x3-640.jpg", "-640.jpg",
		"3x2-1-640.jpg", "3x2-50-50-640.jpg", "3x2-101-0-640.jpg", "3x2-01-1-640.jpg", "3x2-x-1-640.jpg", "3x2-1-1-1-640.jpg", "3x2.jpg",
	} {
		if r, err := ParseName(name); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("ParseName(%q) = %v, %v; want not found", name, r, err)
		}
	}
}
