// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package engrave draws the pictures of the demo magazine: it owns every mark
// in them. A scene lays shapes on four plates (tone, screen, colour, ink) in a
// design space of its own; a printing step turns tone into engraved lines, cut
// wood, stipple, or halftone, and prints the plates on tinted
// paper. Nothing is read from disk, from the clock or from a map's order: the
// same scene, seed and size always give the same picture.
package engrave

import (
	"errors"
	"fmt"
	"image"
	"strings"
)

// scene is one picture: its name, its colours and the function that draws it.
type scene struct {
	name string
	pal  palette
	draw func(*pic)
}

const portraitPrefix = "portrait:"

// maxSide bounds a picture's sides, so that a wrong number cannot take all memory.
const maxSide = 8192

// ErrUnknown reports a scene word that the package does not know.
var ErrUnknown = errors.New("engrave: unknown scene")

// allScenes lists the landscape scenes, in the order of the magazine's stories.
func allScenes() []scene {
	var all []scene
	for _, group := range [][]scene{seaScenes(), landScenes(), townScenes(), roomScenes(), thingScenes(), chartScenes(), sitterScenes()} {
		all = append(all, group...)
	}
	return all
}

// Scenes returns every scene word that Draw knows by name, the portraits of
// the magazine's own people last. Draw also takes portrait:<any-slug> and
// invents a face for it.
func Scenes() []string {
	var names []string
	for _, s := range allScenes() {
		names = append(names, s.name)
	}
	for _, s := range people() {
		names = append(names, portraitPrefix+s.slug)
	}
	return names
}

// Draw makes the picture of a scene, w by h pixels. Landscape scenes are
// composed for 16:10 and portraits for a square; other shapes are filled by
// cropping, from the middle. The seed varies detail, never the composition.
func Draw(name string, seed uint64, w, h int) (image.Image, error) {
	if w < 1 || h < 1 || w > maxSide || h > maxSide {
		return nil, fmt.Errorf("engrave: size %dx%d is out of range", w, h)
	}
	if slug, ok := strings.CutPrefix(name, portraitPrefix); ok {
		if slug == "" {
			return nil, fmt.Errorf("%w: %q", ErrUnknown, name)
		}
		s := sitterFor(slug)
		p := newPic(w, h, 1000, 1000, seed, s.pal)
		drawBust(p, s)
		return p.print(), nil
	}
	for _, s := range allScenes() {
		if s.name == name {
			p := newPic(w, h, 1600, 1000, seed, s.pal)
			s.draw(p)
			return p.print(), nil
		}
	}
	return nil, fmt.Errorf("%w: %q", ErrUnknown, name)
}
