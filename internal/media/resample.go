// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import "math"

// A tap's weight is in units of 1/16384. Between the two passes samples keep
// six bits more than they have, so that rounding twice does not show.
const (
	tapBits  = 14
	keptBits = 6
)

// taps says for each sample of a scaled row (or column) which samples of the
// original it is made of, and with which weights. All have the same number of
// taps, so that the inner loops have nothing to decide.
type taps struct {
	count  int     // taps a sample
	first  []int32 // the original's first sample, for each
	weight []int32 // count weights for each
	box    int     // how many samples are averaged beforehand
	same   bool    // each sample is one of the original's: there is nothing to weigh
}

// newTaps lays a Lanczos kernel of three lobes over each of n samples. Sample i
// is centred at from+(i+½)·step of an original with the given number of
// samples; a negative step mirrors. Beyond the edges the outermost sample goes
// on.
//
// Scaling down a lot needs many taps. Then boxes of samples are averaged first,
// so that about two of them are left for each sample that is made: the kernel
// still does what the eye sees, and most of the work is additions.
func newTaps(samples int, from, step float64, n int) *taps {
	t := &taps{box: 1, first: make([]int32, n)}
	if wide := math.Abs(step); wide >= 4 {
		t.box = int(wide / 2)
		from, step = from/float64(t.box), step/float64(t.box)
		samples = (samples + t.box - 1) / t.box
	}
	reach := 3 * max(1, math.Abs(step))
	t.count = min(int(math.Ceil(2*reach))+1, samples)
	t.weight = make([]int32, n*t.count)
	t.same = step == 1 && from == math.Trunc(from)
	sums := make([]float64, t.count)
	for i := range n {
		centre := from + (float64(i)+0.5)*step - 0.5
		low := int(math.Floor(centre-reach)) + 1
		first := min(max(low, 0), samples-t.count)
		t.first[i] = int32(first)
		clear(sums)
		for j := low; float64(j) < centre+reach; j++ {
			at := min(max(j, 0), samples-1) - first
			sums[min(max(at, 0), t.count-1)] += lanczos3((float64(j) - centre) * 3 / reach)
		}
		fixed(t.weight[i*t.count:][:t.count], sums)
	}
	return t
}

// fixed turns weights into whole numbers that add up to one exactly, so that
// white stays white; what rounding leaves goes to the heaviest.
func fixed(whole []int32, weights []float64) {
	var sum float64
	for _, w := range weights {
		sum += w
	}
	left, heaviest := int32(1<<tapBits), 0
	for i, w := range weights {
		whole[i] = int32(math.Round(w / sum * (1 << tapBits)))
		left -= whole[i]
		if whole[i] > whole[heaviest] {
			heaviest = i
		}
	}
	whole[heaviest] += left
}

func lanczos3(x float64) float64 {
	switch {
	case x == 0:
		return 1
	case x <= -3 || x >= 3:
		return 0
	}
	x *= math.Pi
	return 3 * math.Sin(x) * math.Sin(x/3) / (x * x)
}

// resample scales the plane, row by row: of the original only as many rows as
// one row of the result needs are held scaled to its width.
func (p plane) resample(columns, rows *taps) plane {
	out := newPlane(len(columns.first), len(rows.first))
	if columns.same && rows.same && p.holds(columns, rows) {
		for y := range out.height {
			copy(out.row(y), p.row(int(rows.centre(y)))[columns.centre(0):])
		}
		return out
	}
	boxes := boxer{from: p, width: columns.box, height: rows.box}
	ring := make([][]int16, rows.count)
	held := make([]int32, rows.count) // which row, plus one, lies in that place
	for i := range ring {
		ring[i] = make([]int16, out.width)
	}
	window := make([][]int16, rows.count)
	sums := make([]int32, out.width)
	for y := range out.height {
		first := rows.first[y]
		for k := range window {
			row := first + int32(k)
			slot := int(row) % rows.count
			if held[slot] != row+1 {
				columns.across(ring[slot], boxes.row(int(row)))
				held[slot] = row + 1
			}
			window[k] = ring[slot]
		}
		down(out.row(y), sums, window, rows.weight[y*rows.count:][:rows.count])
	}
	return out
}

// centre is the original's sample that sample i is, when they are the same.
func (t *taps) centre(i int) int32 {
	for k, w := range t.weight[i*t.count:][:t.count] {
		if w == 1<<tapBits {
			return t.first[i] + int32(k)
		}
	}
	return t.first[i]
}

// holds reports whether the taps stay within the plane.
func (p plane) holds(columns, rows *taps) bool {
	return int(columns.centre(0))+len(columns.first) <= p.width && int(rows.centre(0))+len(rows.first) <= p.height
}

// across scales one row in width.
func (t *taps) across(dst []int16, src []byte) {
	const round = 1 << (tapBits - keptBits - 1)
	n := t.count
	weight := t.weight
	for x, first := range t.first[:len(dst)] {
		w := weight[:n:n]
		weight = weight[n:]
		s := src[first:][:n:n]
		var a, b int32
		for len(w) >= 4 && len(s) >= 4 {
			a += int32(s[0])*w[0] + int32(s[1])*w[1]
			b += int32(s[2])*w[2] + int32(s[3])*w[3]
			w, s = w[4:], s[4:]
		}
		for k, v := range s {
			a += int32(v) * w[k]
		}
		dst[x] = int16((a + b + round) >> (tapBits - keptBits))
	}
}

// down weighs rows that lie below each other into one.
func down(dst []byte, sums []int32, rows [][]int16, weight []int32) {
	const shift = tapBits + keptBits
	sums = sums[:len(dst)]
	for i := range sums {
		sums[i] = 1 << (shift - 1)
	}
	for ; len(rows) >= 4; rows, weight = rows[4:], weight[4:] {
		w0, w1, w2, w3 := weight[0], weight[1], weight[2], weight[3]
		r0, r1, r2, r3 := rows[0][:len(sums)], rows[1][:len(sums)], rows[2][:len(sums)], rows[3][:len(sums)]
		for i := range sums {
			sums[i] += int32(r0[i])*w0 + int32(r1[i])*w1 + int32(r2[i])*w2 + int32(r3[i])*w3
		}
	}
	for k, r := range rows {
		w := weight[k]
		r = r[:len(sums)]
		for i := range sums {
			sums[i] += int32(r[i]) * w
		}
	}
	for i, v := range sums {
		v >>= shift
		if uint32(v) > 255 {
			v = ^(v >> 31) & 255 // below zero to 0, above to 255
		}
		dst[i] = byte(v)
	}
}

// boxer yields the rows of a plane with boxes of samples averaged into one.
type boxer struct {
	from          plane
	width, height int
	sums          []uint32
	out           []byte
}

func (b *boxer) row(y int) []byte {
	if b.width == 1 && b.height == 1 {
		return b.from.row(y)
	}
	n := (b.from.width + b.width - 1) / b.width
	if b.out == nil {
		b.out, b.sums = make([]byte, n), make([]uint32, n)
	}
	clear(b.sums)
	last := min((y+1)*b.height, b.from.height)
	for r := y * b.height; r < last; r++ {
		b.add(b.from.row(r))
	}
	rows := last - y*b.height
	area := uint32(b.width * rows)
	for i, sum := range b.sums {
		if i == n-1 {
			area = uint32((b.from.width - i*b.width) * rows)
		}
		b.out[i] = byte((sum + area/2) / area)
	}
	return b.out
}

func (b *boxer) add(row []byte) {
	for i := range b.sums {
		box := row[:min(b.width, len(row))]
		row = row[len(box):]
		var sum uint32
		for _, v := range box {
			sum += uint32(v)
		}
		b.sums[i] += sum
	}
}
