// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"context"
	"image/jpeg"
	"io"
	"math/bits"
)

// Look is a hash of what a picture looks like: 64 bits, each of which says
// whether one of 8 by 8 fields is brighter than its neighbour to the right.
// Another size, quality or format changes few of them; another picture about
// half.
func Look(p []byte, width, height int) uint64 {
	const columns, rows = 9, 8
	var sums [rows][columns]uint64
	var counts [rows][columns]uint64
	for y := range height {
		for x := range width {
			r, c := y*rows/height, x*columns/width
			sums[r][c] += uint64(p[y*width+x])
			counts[r][c]++
		}
	}
	var hash uint64
	for r := range rows {
		for c := range columns - 1 {
			hash <<= 1
			// sum/count > sum/count, without dividing.
			if sums[r][c]*counts[r][c+1] > sums[r][c+1]*counts[r][c] {
				hash |= 1
			}
		}
	}
	return hash
}

// Alike reports whether two pictures look the same: six of 64 bits may differ.
// A picture without any difference of brightness, whose look is 0, looks like
// none.
func Alike(a, b uint64) bool { return a != 0 && b != 0 && bits.OnesCount64(a^b) <= 6 }

// Look returns what the original under key looks like, by its smallest
// rendition, which the desk shows anyhow.
func (m *Renditions) Look(ctx context.Context, key string, original Size) (uint64, error) {
	sizes := Sizes(original, Whole)
	if len(sizes) == 0 {
		return 0, nil
	}
	blob, err := m.Open(ctx, key, original, Rendition{Width: sizes[0].Width})
	if err != nil {
		return 0, err
	}
	defer blob.Close()
	data, err := io.ReadAll(blob)
	if err != nil {
		return 0, err
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return 0, err
	}
	pic, ok := planar(img, img.Bounds())
	if !ok {
		return 0, nil
	}
	luma := pic.planes[0]
	flat := make([]byte, 0, luma.width*luma.height)
	for y := range luma.height {
		flat = append(flat, luma.row(y)...)
	}
	return Look(flat, luma.width, luma.height), nil
}
