// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

// person is a standing figure in silhouette, feet at x, y, h high.
func (p *pic) person(x, y, h float64) []shape {
	lean := p.r.in(-0.015, 0.015) * h
	wide := p.r.in(0.10, 0.125) * h
	hem := p.r.in(0.28, 0.46) * h
	hx := x + lean
	ss := []shape{
		ell(hx, y-h*0.925, h*0.052, h*0.068),
		poly(hx-h*0.03, y-h*0.90, hx+h*0.03, y-h*0.90, hx+h*0.035, y-h*0.82, hx-h*0.035, y-h*0.82),
		blob(hx-wide*0.75, y-h*0.835, hx+wide*0.75, y-h*0.835, hx+wide*1.05, y-h*0.74, x+wide*0.95, y-h*0.5, x+wide, y-hem, x-wide, y-hem, x-wide*0.95, y-h*0.5, hx-wide*1.05, y-h*0.74),
		poly(x-wide*0.85, y-hem-4, x-wide*0.05, y-hem-4, x-wide*0.12, y, x-wide*0.75, y),
		poly(x+wide*0.05, y-hem-4, x+wide*0.85, y-hem-4, x+wide*0.75, y, x+wide*0.12, y),
	}
	switch p.r.n(6) {
	case 0: // a hat
		ss = append(ss, ell(hx, y-h*0.955, h*0.095, h*0.018), rrect(hx-h*0.055, y-h*1.02, h*0.11, h*0.065, h*0.02))
	case 1: // a bag at one side
		ss = append(ss, rrect(x+wide*0.9, y-h*0.34, h*0.13, h*0.17, h*0.02))
	case 2: // a bun or hood
		ss = append(ss, circ(hx-h*0.045, y-h*0.955, h*0.04))
	case 3: // a rucksack
		ss = append(ss, rrect(hx-wide*1.5, y-h*0.8, wide, h*0.28, h*0.04))
	}
	return ss
}

// seated is a head and shoulders in silhouette; y is where the table cuts it.
func (p *pic) seated(x, y, s float64) []shape {
	ss := []shape{
		ell(x, y-s*1.02, s*0.20, s*0.27),
		rect(x-s*0.09, y-s*0.85, s*0.18, s*0.25),
		blob(x-s*0.5, y+s*0.05, x-s*0.46, y-s*0.42, x-s*0.2, y-s*0.60, x+s*0.2, y-s*0.60, x+s*0.46, y-s*0.42, x+s*0.5, y+s*0.05),
	}
	if p.r.n(3) == 0 { // longer hair
		ss = append(ss, blob(x-s*0.24, y-s*0.65, x-s*0.25, y-s*1.1, x, y-s*1.34, x+s*0.25, y-s*1.1, x+s*0.24, y-s*0.65))
	}
	return ss
}

// gull is two strokes of a pen.
func (p *pic) gull(x, y, s float64, m mark) {
	p.taper(curve(x-s, y+s*0.15, x-s*0.55, y-s*0.25, x, y+s*0.1), s*0.16, m)
	p.taper(curve(x, y+s*0.1, x+s*0.5, y-s*0.35, x+s, y-s*0.05), s*0.16, m)
}

// sky fills everything above a level with ruled lines that open round clouds.
func (p *pic) sky(bottom, top, low, cloud float64) {
	t := p.coarse(func(x, y float64) float64 {
		v := mix(low, top, clamp01(1-y/bottom))
		c := fbm(x/330+p.pal.paperShift(), y/105, 4)
		return v * (1 - cloud*step(0.46, 0.62, c))
	})
	p.fill(rect(-50, -400, 1700, bottom+400), t, p.ruled(0, 7.5))
}

// paperShift moves the clouds of differently tinted pictures apart.
func (q palette) paperShift() float64 { return float64(q.paper.b) + float64(q.accent.g)*0.37 }

// water is the sea from a horizon down: lines that widen towards the viewer
// and lift over waves.
func (p *pic) water(horizon, rise float64) int {
	return p.along(1, func(x, y float64) float64 {
		d := max(0, y-horizon)
		lift := (fbm(x/(70+d*0.45), math.Sqrt(d)*0.55, 2) - 0.5) * rise * (0.05 + d/500) * 90
		d = max(-40, d+lift)
		return math.Log(1+0.0155*max(0, d)) / 0.0155 / 6.4
	})
}

// ripples scatters strokes over water, short far off and long close by.
func (p *pic) ripples(y0, y1 float64, n int, m mark) {
	for range n {
		t := p.r.f()
		y := mix(y0, y1, t*t)
		l := mix(14, 120, t*t) * p.r.in(0.5, 1.2)
		x := p.r.in(-40, 1640)
		p.taper(curve(x-l, y, x-l*0.3, y-l*0.07, x+l*0.3, y+l*0.05, x+l, y), mix(2, 7, t), m)
	}
}

// windows is a row of lights.
func (p *pic) windows(x, y, w, h, pitch float64, n int, paint func(...shape)) {
	var ss []shape
	for i := range n {
		ss = append(ss, rect(x+float64(i)*pitch, y, w, h))
	}
	paint(ss...)
}

// truss is a lattice girder between two points.
func (p *pic) truss(x0, y0, x1, y1, wide, lw float64) {
	dx, dy := x1-x0, y1-y0
	l := math.Hypot(dx, dy)
	nx, ny := -dy/l*wide/2, dx/l*wide/2
	p.line(poly(x0+nx, y0+ny, x1+nx, y1+ny), lw)
	p.line(poly(x0-nx, y0-ny, x1-nx, y1-ny), lw)
	n := max(1, int(l/wide))
	for i := range n {
		t, u := float64(i)/float64(n), float64(i+1)/float64(n)
		s := 1.0
		if i%2 == 1 {
			s = -1
		}
		p.line(poly(mix(x0, x1, t)+nx*s, mix(y0, y1, t)+ny*s, mix(x0, x1, u)-nx*s, mix(y0, y1, u)-ny*s), lw*0.6)
	}
}

// chain hangs links along a path.
func (p *pic) chain(path shape, size float64, m mark) { p.chainAs(path, size, size*0.38, m) }

func (p *pic) chainAs(path shape, size, lw float64, m mark) {
	left, flip := 0.0, false
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		d := math.Hypot(b.x-a.x, b.y-a.y)
		deg := math.Atan2(b.y-a.y, b.x-a.x) * 180 / math.Pi
		for left < d {
			t := left / d
			x, y := mix(a.x, b.x, t), mix(a.y, b.y, t)
			ry := size * 0.52
			if flip {
				ry = size * 0.16
			}
			l := ell(x, y, size*0.74, ry).turn(deg, x, y)
			p.stroke(l.and(l[:1]), lw, lw, m)
			flip = !flip
			left += size
		}
		left -= d
	}
}

// dashes rules lines of pretended writing.
func (p *pic) dashes(x, y, w, gap, lw float64, rows int, slope float64) {
	for i := range rows {
		yy := y + float64(i)*gap
		end := w
		if i%5 == 4 || i == rows-1 {
			end *= p.r.in(0.35, 0.8)
		}
		for at := 0.0; at < end; {
			l := min(end-at, p.r.in(1.2, 6)*lw*1.6)
			p.line(poly(x+at, yy+at*slope, x+at+l, yy+(at+l)*slope), lw)
			at += l + lw*2.2
		}
	}
}
