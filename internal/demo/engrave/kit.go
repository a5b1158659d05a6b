// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// pic is a picture in the making: four plates of one byte a pixel, and the
// mapping from the design space (1600 by 1000, or 1000 square) to pixels.
type pic struct {
	w, h    int
	k       float64 // pixels to a design unit
	ox, oy  float64
	tone    []uint8 // darkness that the screen will render
	scr     []uint8 // which screen renders it
	col     []uint8 // the accent plate
	ink     []uint8 // solid ink
	clip    []uint8 // where drawing is allowed; nil is everywhere
	screens []screen
	pal     palette
	r       rng
	rough   float64 // how far edges wander, in design units
	ras     *vector.Rasterizer
	mask    []uint8
}

func newPic(w, h int, dw, dh float64, seed uint64, pal palette) *pic {
	k := max(float64(w)/dw, float64(h)/dh)
	p := &pic{
		w: w, h: h, k: k,
		ox: (float64(w) - dw*k) / 2, oy: (float64(h) - dh*k) / 2,
		tone: make([]uint8, w*h), scr: make([]uint8, w*h), col: make([]uint8, w*h), ink: make([]uint8, w*h),
		pal: pal, r: rng{seed ^ 0x5e7}, ras: vector.NewRasterizer(1, 1), mask: make([]uint8, w*h),
	}
	p.screens = append(p.screens, screen{kind: kindFlat})
	return p
}

// tone gives the darkness, in [0,1], at a point of the design space.
type tone func(x, y float64) float64

func flat(v float64) tone { return func(float64, float64) float64 { return v } }

// lin runs from v0 at one point to v1 at another.
func lin(x0, y0, v0, x1, y1, v1 float64) tone {
	dx, dy := x1-x0, y1-y0
	n := dx*dx + dy*dy
	return func(x, y float64) float64 {
		return mix(v0, v1, clamp01(((x-x0)*dx+(y-y0)*dy)/n))
	}
}

// rad runs from v0 within r0 of a point to v1 beyond r1.
func rad(cx, cy, r0, v0, r1, v1 float64) tone {
	return func(x, y float64) float64 {
		return mix(v0, v1, step(r0, r1, math.Hypot(x-cx, y-cy)))
	}
}

// grid holds samples of a function, to be interpolated.
type grid struct {
	x0, y0, inv float64
	w, h        int
	v           []float32
}

func (p *pic) sample(f func(x, y float64) float64, cell float64) *grid {
	g := &grid{x0: -p.ox / p.k, y0: -p.oy / p.k, inv: 1 / cell}
	g.w, g.h = int(float64(p.w)/p.k/cell)+3, int(float64(p.h)/p.k/cell)+3
	g.v = make([]float32, g.w*g.h)
	for j := range g.h {
		for i := range g.w {
			g.v[j*g.w+i] = float32(f(g.x0+float64(i)*cell, g.y0+float64(j)*cell))
		}
	}
	return g
}

// at returns the value at a point and its slope along x and y.
func (g *grid) at(x, y float64) (v, dx, dy float64) {
	fx, fy := max(0, (x-g.x0)*g.inv), max(0, (y-g.y0)*g.inv)
	i, j := min(g.w-2, int(fx)), min(g.h-2, int(fy))
	s, t := fx-float64(i), fy-float64(j)
	k := j*g.w + i
	a, b, c, d := float64(g.v[k]), float64(g.v[k+1]), float64(g.v[k+g.w]), float64(g.v[k+g.w+1])
	top, bot := a+(b-a)*s, c+(d-c)*s
	return top + (bot-top)*t, ((b-a)*(1-t) + (d-c)*t) * g.inv, (bot - top) * g.inv
}

// coarse evaluates a costly tone on a grid of cells and interpolates.
func (p *pic) coarse(t tone) tone {
	g := p.sample(t, 10)
	return func(x, y float64) float64 {
		v, _, _ := g.at(x, y)
		return v
	}
}

// px maps a point to pixels, wandering a little where the manner is rough.
func (p *pic) px(q pt) pt {
	if p.rough > 0 {
		q.x += p.rough * (2*noise(q.x/31, q.y/31) - 1)
		q.y += p.rough * (2*noise(q.x/31+90, q.y/31+40) - 1)
	}
	return pt{q.x*p.k + p.ox, q.y*p.k + p.oy}
}

// pixels maps a closed shape to pixels, with points enough to look cut by hand.
func (p *pic) pixels(s shape) shape {
	var o shape
	for i, q := range s {
		o = append(o, p.px(q))
		if p.rough == 0 {
			continue
		}
		r := s[(i+1)%len(s)]
		n := int(math.Hypot(r.x-q.x, r.y-q.y) / 16)
		for j := 1; j <= n; j++ {
			t := float64(j) / float64(n+1)
			o = append(o, p.px(pt{mix(q.x, r.x, t), mix(q.y, r.y, t)}))
		}
	}
	return o
}

// trim cuts a polygon to the picture (Sutherland-Hodgman).
func (p *pic) trim(s shape) shape {
	w, h := float64(p.w), float64(p.h)
	sides := []func(pt) float64{
		func(q pt) float64 { return q.x }, func(q pt) float64 { return w - q.x },
		func(q pt) float64 { return q.y }, func(q pt) float64 { return h - q.y },
	}
	for _, d := range sides {
		var o shape
		for i, a := range s {
			b := s[(i+1)%len(s)]
			da, db := d(a), d(b)
			if da >= 0 {
				o = append(o, a)
			}
			if (da >= 0) != (db >= 0) {
				t := da / (da - db)
				o = append(o, pt{mix(a.x, b.x, t), mix(a.y, b.y, t)})
			}
		}
		s = o
	}
	return s
}

// cover rasterises the union of shapes and hands over each row of coverage
// with the index of its first pixel.
func (p *pic) cover(shapes []shape, row func(at, x, y int, m []uint8)) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	var in []shape
	for _, s := range shapes {
		s = p.trim(p.pixels(s))
		if len(s) < 3 {
			continue
		}
		if s.area() < 0 {
			s = s.reversed()
		}
		for _, q := range s {
			x0, y0, x1, y1 = min(x0, q.x), min(y0, q.y), max(x1, q.x), max(y1, q.y)
		}
		in = append(in, s)
	}
	if in == nil {
		return
	}
	bx, by := int(x0), int(y0)
	bw, bh := min(p.w, int(x1)+1)-bx, min(p.h, int(y1)+1)-by
	if bw <= 0 || bh <= 0 {
		return
	}
	p.ras.Reset(bw, bh)
	p.ras.DrawOp = draw.Src
	for _, s := range in {
		p.ras.MoveTo(float32(s[0].x-float64(bx)), float32(s[0].y-float64(by)))
		for _, q := range s[1:] {
			p.ras.LineTo(float32(q.x-float64(bx)), float32(q.y-float64(by)))
		}
		p.ras.ClosePath()
	}
	m := &image.Alpha{Pix: p.mask[:bw*bh], Stride: bw, Rect: image.Rect(0, 0, bw, bh)}
	p.ras.Draw(m, m.Rect, image.Opaque, image.Point{})
	for j := range bh {
		at := (by+j)*p.w + bx
		r := m.Pix[j*bw : (j+1)*bw]
		if p.clip != nil {
			for i, c := range p.clip[at : at+bw] {
				r[i] = uint8(int(r[i]) * int(c) / 255)
			}
		}
		row(at, bx, by+j, r)
	}
}

// within runs draw with all marks confined to a shape.
func (p *pic) within(s shape, draw func()) {
	old := p.clip
	next := make([]uint8, p.w*p.h)
	p.cover([]shape{s}, func(at, _, _ int, m []uint8) { copy(next[at:], m) })
	p.clip = next
	draw()
	p.clip = old
}

func blend(d, s, a uint8) uint8 { return uint8((int(d)*(255-int(a)) + int(s)*int(a) + 127) / 255) }

func level(v float64) uint8 { return uint8(clamp01(v)*255 + 0.5) }

// fill lays a shape of the given tone and screen over all that is there.
func (p *pic) fill(s shape, t tone, scr int) { p.fills([]shape{s}, t, scr) }

func (p *pic) fills(ss []shape, t tone, scr int) {
	inv := 1 / p.k
	p.cover(ss, func(at, x, y int, m []uint8) {
		dy := (float64(y) + 0.5 - p.oy) * inv
		for i, a := range m {
			if a == 0 {
				continue
			}
			j := at + i
			v := level(t((float64(x+i)+0.5-p.ox)*inv, dy))
			if a == 255 {
				p.tone[j], p.scr[j], p.ink[j], p.col[j] = v, uint8(scr), 0, 0
				continue
			}
			p.tone[j] = blend(p.tone[j], v, a)
			p.ink[j] = blend(p.ink[j], 0, a)
			p.col[j] = blend(p.col[j], 0, a)
			if a > 127 {
				p.scr[j] = uint8(scr)
			}
		}
	})
}

// all fills the whole picture.
func (p *pic) all(t tone, scr int) { p.fill(rect(-4000, -4000, 9000, 9000), t, scr) }

// shade darkens what is there; a negative tone lightens it.
func (p *pic) shade(s shape, t tone) {
	inv := 1 / p.k
	p.cover([]shape{s}, func(at, x, y int, m []uint8) {
		dy := (float64(y) + 0.5 - p.oy) * inv
		for i, a := range m {
			if a == 0 {
				continue
			}
			d := t((float64(x+i)+0.5-p.ox)*inv, dy) * float64(a) / 255
			v := float64(p.tone[at+i]) / 255
			if d >= 0 {
				v += (1 - v) * d
			} else {
				v += v * d
			}
			p.tone[at+i] = level(v)
		}
	})
}

// black lays solid ink.
func (p *pic) black(ss ...shape) {
	p.cover(ss, func(at, _, _ int, m []uint8) {
		for i, a := range m {
			if a > 0 {
				p.ink[at+i] = blend(p.ink[at+i], 255, a)
			}
		}
	})
}

// cut takes the ink away and leaves paper, or the colour that is there.
func (p *pic) cut(ss ...shape) {
	p.cover(ss, func(at, _, _ int, m []uint8) {
		for i, a := range m {
			if a > 0 {
				p.ink[at+i] = blend(p.ink[at+i], 0, a)
				p.tone[at+i] = blend(p.tone[at+i], 0, a)
			}
		}
	})
}

// tint sets the strength of the accent plate under a shape.
func (p *pic) tint(v float64, ss ...shape) {
	c := level(v)
	p.cover(ss, func(at, _, _ int, m []uint8) {
		for i, a := range m {
			if a > 0 {
				p.col[at+i] = blend(p.col[at+i], c, a)
			}
		}
	})
}

// wash sets the accent plate by a tone.
func (p *pic) wash(s shape, t tone) {
	inv := 1 / p.k
	p.cover([]shape{s}, func(at, x, y int, m []uint8) {
		dy := (float64(y) + 0.5 - p.oy) * inv
		for i, a := range m {
			if a > 0 {
				p.col[at+i] = blend(p.col[at+i], level(t((float64(x+i)+0.5-p.ox)*inv, dy)), a)
			}
		}
	})
}

// flood fills a shape with solid colour and no ink.
func (p *pic) flood(v float64, ss ...shape) { p.cut(ss...); p.tint(v, ss...) }

// solid fills a shape and outlines it.
func (p *pic) solid(s shape, t tone, scr int, w float64) {
	p.fill(s, t, scr)
	p.loop(s, w)
}

type mark uint8

const (
	inkMark  mark = iota // solid ink
	cutMark              // bare paper, colour kept
	tintMark             // accent, ink taken away
	bareMark             // bare paper, colour taken away
)

// line, slit and thread stroke a path in ink, in white, and in the accent.
func (p *pic) line(s shape, w float64)   { p.stroke(s, w, w, inkMark) }
func (p *pic) slit(s shape, w float64)   { p.stroke(s, w, w, bareMark) }
func (p *pic) thread(s shape, w float64) { p.stroke(s, w, w, tintMark) }

// loop strokes a closed path.
func (p *pic) loop(s shape, w float64) { p.line(s.and(s[:1]), w) }

// stroke draws a path whose width runs from w0 to w1.
func (p *pic) stroke(s shape, w0, w1 float64, m mark) {
	total := 0.0
	for i := 1; i < len(s); i++ {
		total += math.Hypot(s[i].x-s[i-1].x, s[i].y-s[i-1].y)
	}
	if total == 0 {
		return
	}
	done := 0.0
	for i := 1; i < len(s); i++ {
		a, b := s[i-1], s[i]
		d := math.Hypot(b.x-a.x, b.y-a.y)
		n := 1 + int(d*p.k/22)
		for j := range n {
			t0, t1 := float64(j)/float64(n), float64(j+1)/float64(n)
			q := p.px(pt{mix(a.x, b.x, t0), mix(a.y, b.y, t0)})
			r := p.px(pt{mix(a.x, b.x, t1), mix(a.y, b.y, t1)})
			p.capsule(q, r, mix(w0, w1, (done+d*t0)/total)*p.k/2, mix(w0, w1, (done+d*t1)/total)*p.k/2, m)
		}
		done += d
	}
}

// taper draws a stroke that swells in the middle and ends in points, as a
// burin's does.
func (p *pic) taper(s shape, w float64, m mark) {
	if len(s) == 2 {
		s = shape{s[0], {(s[0].x + s[1].x) / 2, (s[0].y + s[1].y) / 2}, s[1]}
	}
	h := len(s) / 2
	p.stroke(s[:h+1], 0.3, w, m)
	p.stroke(s[h:], w, 0.3, m)
}

// capsule marks one short round-ended piece of a line, in pixels.
func (p *pic) capsule(a, b pt, ra, rb float64, m mark) {
	r := max(ra, rb) + 1
	x0, x1 := max(0, int(min(a.x, b.x)-r)), min(p.w-1, int(max(a.x, b.x)+r))
	y0, y1 := max(0, int(min(a.y, b.y)-r)), min(p.h-1, int(max(a.y, b.y)+r))
	dx, dy := b.x-a.x, b.y-a.y
	n := dx*dx + dy*dy
	if n < 1e-9 {
		n = 1
	}
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			ex, ey := float64(x)+0.5-a.x, float64(y)+0.5-a.y
			t := clamp01((ex*dx + ey*dy) / n)
			ex, ey = ex-dx*t, ey-dy*t
			rr := ra + (rb-ra)*t
			q := ex*ex + ey*ey
			if q > (rr+0.6)*(rr+0.6) {
				continue
			}
			c := clamp01(rr + 0.5 - math.Sqrt(q))
			if rr < 0.5 {
				c *= rr * 2
			}
			p.dab(y*p.w+x, uint8(c*255), m)
		}
	}
}

func (p *pic) dab(i int, c uint8, m mark) {
	if p.clip != nil {
		c = uint8(int(c) * int(p.clip[i]) / 255)
	}
	switch m {
	case inkMark:
		p.ink[i] = max(p.ink[i], c)
	case cutMark:
		p.ink[i], p.tone[i] = min(p.ink[i], 255-c), min(p.tone[i], 255-c)
	case bareMark:
		p.ink[i], p.tone[i], p.col[i] = min(p.ink[i], 255-c), min(p.tone[i], 255-c), min(p.col[i], 255-c)
	case tintMark:
		p.ink[i], p.tone[i], p.col[i] = min(p.ink[i], 255-c), min(p.tone[i], 255-c), max(p.col[i], c)
	}
}
