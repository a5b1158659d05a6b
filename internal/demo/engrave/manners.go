// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import (
	"image"
	"math"
	"sync"
)

type rgb struct{ r, g, b uint8 }

// palette is the paper, the ink and the one accent of a picture.
type palette struct{ paper, ink, accent rgb }

var (
	cream  = rgb{0xf5, 0xee, 0xde}
	bone   = rgb{0xef, 0xea, 0xdd}
	straw  = rgb{0xf3, 0xe6, 0xc8}
	mist   = rgb{0xe5, 0xe9, 0xe4}
	blush  = rgb{0xf3, 0xe4, 0xd6}
	inkBlk = rgb{0x17, 0x14, 0x11}
	inkSea = rgb{0x12, 0x24, 0x30}
	sepia  = rgb{0x2b, 0x1d, 0x14}
	fir    = rgb{0x13, 0x24, 0x1c}
	red    = rgb{0x9b, 0x1c, 0x1c}
	petrol = rgb{0x2a, 0x6c, 0x7d}
	ochre  = rgb{0xd0, 0x92, 0x2a}
	bottle = rgb{0x2f, 0x6b, 0x52}
	rust   = rgb{0xb6, 0x51, 0x2c}
)

type kind uint8

const (
	kindFlat  kind = iota // an even tint
	kindLine              // parallel lines that swell with the tone
	kindField             // lines along the levels of a function
	kindDots              // a regular halftone
	kindTile              // stipple
)

// screen is one way of turning tone into ink.
type screen struct {
	kind   kind
	sn, cs float64
	period float64
	wobble float64 // how far lines wander, in periods
	swell  float64 // how unevenly they are cut
	cross  float64 // tone above which a second set crosses; 0 is never
	hard   float64 // contrast: 0 keeps the tone
	under  float64 // even tint printed below the lines
	grid   *grid   // the field that lines follow
	tile   *tile
	next   *screen // the crossing set
}

// add registers a screen; the plate has room for 256 and falls back to a tint.
func (p *pic) add(s screen) int {
	if len(p.screens) > 255 {
		return 0
	}
	p.screens = append(p.screens, s)
	return len(p.screens) - 1
}

// lines is burin work: fine parallel lines at an angle, crossed in the darks.
func (p *pic) lines(deg, period float64) int {
	sn, cs := math.Sincos(deg * math.Pi / 180)
	s := screen{kind: kindLine, sn: sn, cs: cs, period: period, wobble: 0.30, swell: 0.10, cross: 0.62, under: 0.10}
	sn, cs = math.Sincos((deg + 62) * math.Pi / 180)
	s.next = &screen{kind: kindLine, sn: sn, cs: cs, period: period, wobble: 0.3}
	return p.add(s)
}

// ruled lines never cross: for sky, water and machine-ruled flats.
func (p *pic) ruled(deg, period float64) int {
	sn, cs := math.Sincos(deg * math.Pi / 180)
	return p.add(screen{kind: kindLine, sn: sn, cs: cs, period: period, wobble: 0.35, swell: 0.12, under: 0.10})
}

// wood is knife and gouge: coarse broken lines with much contrast.
func (p *pic) wood(deg, period float64) int {
	sn, cs := math.Sincos(deg * math.Pi / 180)
	return p.add(screen{kind: kindLine, sn: sn, cs: cs, period: period, wobble: 0.6, swell: 0.42, hard: 0.35})
}

// along follows the levels of u, which is measured in design units.
func (p *pic) along(period float64, u func(x, y float64) float64) int {
	return p.add(screen{kind: kindField, period: period, wobble: 0.15, swell: 0.12, under: 0.10, grid: p.sample(u, 5)})
}

func (p *pic) woodAlong(period float64, u func(x, y float64) float64) int {
	return p.add(screen{kind: kindField, period: period, wobble: 0.4, swell: 0.42, hard: 0.35, grid: p.sample(u, 5)})
}

// dots is a halftone screen.
func (p *pic) dots(deg, period float64) int {
	sn, cs := math.Sincos(deg * math.Pi / 180)
	return p.add(screen{kind: kindDots, sn: sn, cs: cs, period: period, under: 0.08})
}

func (p *pic) stipple() int { return p.add(screen{kind: kindTile, tile: stippleTile(), under: 0.06}) }

// tile is a square of thresholds that repeats.
type tile struct {
	n    int
	gain float64
	v    []float32
}

// even replaces values by their rank, so that tone survives the screen.
func even(v []float32) []float32 {
	const buckets = 8192
	lo, hi := v[0], v[0]
	for _, x := range v {
		lo, hi = min(lo, x), max(hi, x)
	}
	at := func(x float32) int { return int((x - lo) / (hi - lo) * (buckets - 1)) }
	count := make([]int, buckets+1)
	for _, x := range v {
		count[at(x)+1]++
	}
	for i := 1; i <= buckets; i++ {
		count[i] += count[i-1]
	}
	for i, x := range v {
		b := at(x)
		v[i] = float32(count[b]+count[b+1]) / float32(2*len(v))
	}
	return v
}

// stippleTile has the distance to the nearest of many scattered points.
var stippleTile = sync.OnceValue(func() *tile {
	const n, cell = 320, 8
	const m = n / cell
	r := rng{42}
	pts := make([]pt, m*m)
	for j := range m {
		for i := range m {
			shift := float64(j%2) * 0.5
			pts[j*m+i] = pt{(float64(i) + shift + r.in(0.05, 0.75)) * cell, (float64(j) + r.in(0.05, 0.75)) * cell}
		}
	}
	v := make([]float32, n*n)
	for y := range n {
		for x := range n {
			best := math.Inf(1)
			for dj := -2; dj <= 2; dj++ {
				for di := -2; di <= 2; di++ {
					q := pts[((y/cell+dj+m)%m)*m+(x/cell+di+m)%m]
					dx, dy := math.Abs(q.x-float64(x)), math.Abs(q.y-float64(y))
					dx, dy = min(dx, n-dx), min(dy, n-dy)
					best = min(best, dx*dx+dy*dy)
				}
			}
			v[y*n+x] = float32(math.Sqrt(best))
		}
	}
	return &tile{n, 3.2, even(v)}
})

func (t *tile) at(x, y float64) float64 {
	n := t.n
	fx, fy := math.Floor(x), math.Floor(y)
	i, j := ((int(fx)%n)+n)%n, ((int(fy)%n)+n)%n
	u, v := float32(x-fx), float32(y-fy)
	i2, j2 := i+1, j+1
	if i2 == n {
		i2 = 0
	}
	if j2 == n {
		j2 = 0
	}
	a, b := t.v[j*n+i], t.v[j*n+i2]
	c, d := t.v[j2*n+i], t.v[j2*n+i2]
	return float64((a+(b-a)*u)*(1-v) + (c+(d-c)*u)*v)
}

// cosTab spares the halftone a cosine a pixel.
var cosTab = sync.OnceValue(func() []float32 {
	v := make([]float32, 1024)
	for i := range v {
		v[i] = float32(math.Cos(float64(i) / 1024 * 2 * math.Pi))
	}
	return v
})

// hand gives, for one row, how far lines wander and
// how much they swell there.
type hand struct {
	gw         int
	cell       float64
	wob, swell []float32
	rowW, rowS []float32
}

func (p *pic) newHand() *hand {
	cell := 9 * p.k
	gw, gh := int(float64(p.w)/cell)+3, int(float64(p.h)/cell)+3
	h := &hand{gw: gw, cell: cell, rowW: make([]float32, p.w), rowS: make([]float32, p.w)}
	for j := range gh {
		for i := range gw {
			x, y := float64(i)*9, float64(j)*9
			h.wob = append(h.wob, float32(2*noise(x/110, y/110)-1))
			h.swell = append(h.swell, float32(noise(x/17+50, y/17)+noise(x/60, y/60+9)-1))
		}
	}
	return h
}

func (h *hand) row(y int) {
	fy := float64(y) / h.cell
	j := int(fy)
	v := float32(fy - float64(j))
	inv := 1 / h.cell
	for x := range h.rowW {
		fx := float64(x) * inv
		i := int(fx)
		u := float32(fx - float64(i))
		a, b := j*h.gw+i, (j+1)*h.gw+i
		h.rowW[x] = (h.wob[a]+(h.wob[a+1]-h.wob[a])*u)*(1-v) + (h.wob[b]+(h.wob[b+1]-h.wob[b])*u)*v
		h.rowS[x] = (h.swell[a]+(h.swell[a+1]-h.swell[a])*u)*(1-v) + (h.swell[b]+(h.swell[b+1]-h.swell[b])*u)*v
	}
}

// inkFor turns a tone and a threshold into coverage, exact at both ends.
func inkFor(t, thr, gain float64) float64 {
	return clamp01((t*(1+1/gain)-0.5/gain-thr)*gain + 0.5)
}

// ruleInk is the share of a pixel that a line covers, at d from its middle: the
// exact overlap, so that even hairlines keep their tone and do not beat.
func ruleInk(t, thr, gain float64) float64 {
	if t > 0.5 {
		return 1 - ruleInk(1-t, 1-thr, gain)
	}
	half, d := t*gain, thr*gain
	return max(0, min(half, d+0.5)-max(-half, d-0.5))
}

func tri(v float64) float64 { return math.Abs(2*(v-math.Floor(v)) - 1) }

// bite is the tone that a screen really cuts, after contrast and swell.
func (s *screen) bite(t, swell float64) float64 {
	if s.hard > 0 {
		t = mix(t, step(0.12, 0.88, t), s.hard*2)
	}
	return t + s.swell*swell*4*t*(1-t)
}

// inkRun gives the ink of a run of pixels of one screen in one row.
func (p *pic) inkRun(s *screen, h *hand, y, x0, x1 int, out []uint8) {
	inv := 1 / p.k
	dy := (float64(y) + 0.5 - p.oy) * inv
	per := 1 / s.period
	at := y * p.w
	for x := x0; x < x1; x++ {
		t := float64(p.tone[at+x]) / 255
		if t < 0.012 {
			out[x] = 0
			continue
		}
		if t > 0.985 {
			out[x] = 255
			continue
		}
		dx := (float64(x) + 0.5 - p.ox) * inv
		c := t
		switch s.kind {
		case kindLine:
			c = s.lineInk(t, dx, dy, per, p.k, float64(h.rowW[x]), float64(h.rowS[x]))
		case kindField:
			u, gx, gy := s.grid.at(dx, dy)
			g := max(math.Abs(gx), math.Abs(gy), 0.05) * per * inv
			c = ruleInk(clamp01(s.bite(t, float64(h.rowS[x]))), tri(u*per+s.wobble*float64(h.rowW[x])), 0.5/g)
		case kindDots:
			tab := cosTab()
			a := int((dx*s.cs+dy*s.sn)*per*1024) & 1023
			b := int((dy*s.cs-dx*s.sn)*per*1024) & 1023
			c = inkFor(t, float64(tab[a]+tab[b])*0.25+0.5, s.period*p.k*0.33)
		case kindTile:
			c = inkFor(t, s.tile.at(dx, dy), s.tile.gain)
		}
		c += (1 - c) * t * s.under
		out[x] = uint8(c*255 + 0.5)
	}
}

func (s *screen) lineInk(t, x, y, per, k, wob, swell float64) float64 {
	t = s.bite(t, swell)
	t1, t2 := t, 0.0
	if s.next != nil && t > s.cross {
		t1 = s.cross + (t-s.cross)*0.45
		t2 = 1 - (1-t)/(1-t1)
	}
	gain := s.period * k / 2
	c := ruleInk(clamp01(t1), tri((y*s.cs-x*s.sn)*per+s.wobble*wob), gain)
	if t2 > 0 {
		n := s.next
		c2 := ruleInk(clamp01(t2), tri((y*n.cs-x*n.sn)*per+n.wobble*wob), gain)
		c = 1 - (1-c)*(1-c2)
	}
	return c
}

// print makes the picture of the plates.
func (p *pic) print() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, p.w, p.h))
	base := p.papers()
	h := p.newHand()
	row := make([]uint8, p.w)
	ir, ig, ib := int(p.pal.ink.r), int(p.pal.ink.g), int(p.pal.ink.b)
	for y := range p.h {
		h.row(y)
		at := y * p.w
		for x := 0; x < p.w; {
			e, id := x+1, p.scr[at+x]
			for e < p.w && p.scr[at+e] == id {
				e++
			}
			p.inkRun(&p.screens[id], h, y, x, e, row)
			x = e
		}
		o := img.Pix[y*img.Stride:]
		for x, c := range row {
			a := 255 - (255-int(c))*(255-int(p.ink[at+x]))/255
			b := base[p.col[at+x]]
			o[x*4] = uint8((int(b.r)*(255-a) + ir*a) / 255)
			o[x*4+1] = uint8((int(b.g)*(255-a) + ig*a) / 255)
			o[x*4+2] = uint8((int(b.b)*(255-a) + ib*a) / 255)
			o[x*4+3] = 255
		}
	}
	return img
}

// papers is the paper under each strength of the accent.
func (p *pic) papers() (t [256]rgb) {
	q, c := p.pal.paper, p.pal.accent
	one := func(a, b uint8, v int) uint8 { return uint8((int(a)*(255-v) + int(b)*v) / 255) }
	for v := range 256 {
		t[v] = rgb{one(q.r, c.r, v), one(q.g, c.g, v), one(q.b, c.b, v)}
	}
	return t
}
