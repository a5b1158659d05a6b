// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import (
	"crypto/sha256"
	"errors"
	"image"
	"math"
	"testing"
)

// sceneWords are the words that the demo's stories use.
var sceneWords = []string{
	"cable-ship", "radar", "ferry", "causeway-bridge", "typewriter", "parliament", "portrait-woman", "committee-room",
	"chart-lines", "fishing-boats", "lighthouse", "signing-table", "rail-snow", "strait-map", "icebreaker", "harbour",
	"soldiers-map", "tents-field", "dam", "grain-ship", "wheat-field", "checkpoint", "pipeline", "portrait-man",
	"missile-drawing", "negotiation-table", "archive-boxes", "drone", "dictionary", "ballot-box", "fence", "submarine",
	"gas-tanker", "city-night", "assembly-hall", "refinery", "small-boats", "portrait-man-2", "nets", "portrait-old",
	"chart-bars", "microphones", "book-stacks", "books", "lighthouse-night", "printing-press", "town-square", "desert-port",
}

func pixels(t *testing.T, name string, seed uint64, w, h int) *image.RGBA {
	t.Helper()
	m, err := Draw(name, seed, w, h)
	if err != nil {
		t.Fatalf("Draw(%q): %v", name, err)
	}
	if got := m.Bounds(); got != image.Rect(0, 0, w, h) {
		t.Fatalf("Draw(%q): bounds %v", name, got)
	}
	return m.(*image.RGBA)
}

// spread is the standard deviation of the brightness.
func spread(m *image.RGBA) float64 {
	var sum, sq float64
	for i := 0; i < len(m.Pix); i += 4 {
		v := float64(m.Pix[i])*0.3 + float64(m.Pix[i+1])*0.6 + float64(m.Pix[i+2])*0.1
		sum += v
		sq += v * v
	}
	n := float64(len(m.Pix) / 4)
	return math.Sqrt(sq/n - sum/n*sum/n)
}

func TestScenes(t *testing.T) {
	seen := map[[32]byte]string{}
	for _, name := range Scenes() {
		w, h := 480, 300
		if len(name) > len(portraitPrefix) && name[:len(portraitPrefix)] == portraitPrefix {
			w, h = 240, 240
		}
		m := pixels(t, name, 1, w, h)
		sum := sha256.Sum256(m.Pix)
		if again := sha256.Sum256(pixels(t, name, 1, w, h).Pix); again != sum {
			t.Errorf("%s: two drawings differ", name)
		}
		if v := spread(m); v < 18 {
			t.Errorf("%s: nearly blank, spread %.1f", name, v)
		}
		if other, ok := seen[sum]; ok {
			t.Errorf("%s is the same picture as %s", name, other)
		}
		seen[sum] = name
	}
}

func TestEveryStoryHasAScene(t *testing.T) {
	known := map[string]bool{}
	for _, name := range Scenes() {
		if known[name] {
			t.Errorf("%s is listed twice", name)
		}
		known[name] = true
	}
	for _, word := range sceneWords {
		if !known[word] {
			t.Errorf("scene %q is not drawn", word)
		}
	}
}

func TestSeedVariesDetail(t *testing.T) {
	a, b := pixels(t, "ferry", 1, 320, 200), pixels(t, "ferry", 2, 320, 200)
	if sha256.Sum256(a.Pix) == sha256.Sum256(b.Pix) {
		t.Error("two seeds give the same picture")
	}
}

func TestShapesAndStrangers(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {37, 400}, {600, 90}} {
		pixels(t, "cable-ship", 3, size[0], size[1])
		pixels(t, "portrait:maren-tolvik", 3, size[0], size[1])
	}
	for _, slug := range []string{"anna-berg", "jon-aske", "mirela-dov", "x"} {
		if v := spread(pixels(t, portraitPrefix+slug, 1, 200, 200)); v < 18 {
			t.Errorf("portrait of %s is nearly blank", slug)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, name := range []string{"", "no-such-scene", "portrait:"} {
		if _, err := Draw(name, 1, 100, 100); !errors.Is(err, ErrUnknown) {
			t.Errorf("Draw(%q): error %v", name, err)
		}
	}
	for _, size := range [][2]int{{0, 10}, {10, -1}, {maxSide + 1, 10}} {
		if _, err := Draw("ferry", 1, size[0], size[1]); err == nil {
			t.Errorf("size %v is accepted", size)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	for b.Loop() {
		if _, err := Draw("cable-ship", 1, 1600, 1000); err != nil {
			b.Fatal(err)
		}
	}
}
