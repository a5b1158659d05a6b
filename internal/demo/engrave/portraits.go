// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

// head is a sitter placed on the page: the anchors all features hang on.
type head struct {
	*pic
	s          sitter
	cx         float64 // middle of the skull
	brow, chin float64 // heights
	top        float64
	w          float64
	k          float64 // scale of everything
	lit        float64 // -1 when the light comes from the left
	skin       int
	strand     int
}

// at turns face coordinates into the page: u across the face from -1 to 1 (it
// is a cylinder, so features crowd towards the far side), v down from the
// brow in units of the face.
func (h *head) at(u, v float64) pt {
	a := u*1.12 + h.s.turn*0.42
	return pt{h.cx + h.w*math.Sin(a)*1.02, h.brow + v*(h.chin-h.brow)}
}

func (h *head) path(c ...float64) shape {
	s := make(shape, 0, len(c)/2)
	for i := 0; i+1 < len(c); i += 2 {
		s = append(s, h.at(c[i], c[i+1]))
	}
	return s
}

func drawBust(p *pic, s sitter) {
	p.rough = 1.1
	p.ground(s, 500, 430)
	p.bust(s, 500, 392, 1.26)
}

func (p *pic) ground(s sitter, cx, cy float64) {
	wide := rect(-900, -900, 4000, 4000)
	switch s.ground {
	case groundRays:
		p.fill(wide, rad(cx, cy, 200, 0.08, 900, 0.5), p.along(10, func(x, y float64) float64 { return 330 * math.Atan2(y-cy+60, x-cx) }))
	case groundFlat:
		p.flood(0.85, wide)
	case groundRuled:
		p.fill(wide, lin(cx-500, 0, 0.42, cx+500, 0, 0.10), p.ruled(-24, 10))
		p.wash(wide, flat(0.35))
	case groundDisc:
		p.flood(0.9, circ(cx, cy-10, 372))
	case groundStipple:
		p.fill(wide, lin(0, 0, 0.12, 0, 1000, 0.55), p.stipple())
		p.wash(wide, flat(0.5))
	}
}

// bust draws the sitter with the brow at x, y, k times its usual size.
func (p *pic) bust(s sitter, x, y, k float64) *head {
	h := &head{pic: p, s: s, cx: x, k: k, w: s.wide * k, lit: -1}
	if s.turn < 0 {
		h.lit = 1
	}
	h.brow = y
	h.chin = h.brow + s.long*0.83*k
	h.top = h.brow - 164*k
	h.skin = p.along(8.5, func(px, py float64) float64 {
		n := (px - x) / h.w
		return py*0.92 + 34*k*n*n + 0.28*h.lit*(px-x)
	})
	h.strand = p.along(8, func(px, py float64) float64 {
		return math.Hypot(px-x-s.turn*20*k, (py-h.brow+20*k)*0.82) + 10*math.Sin(math.Atan2(py-h.brow, px-x)*9)
	})
	h.hairBehind()
	h.neckAndClothes()
	h.face()
	h.features()
	h.facialHair()
	h.hairBefore()
	h.spectacle()
	return h
}

// outline of the face, from one temple round the chin to the other.
func (h *head) outline() shape {
	s, w := h.s, h.w
	t := s.turn * w
	f := h.chin - h.brow
	jaw := mix(0.66, 0.90, s.jaw)
	sag := 0.03 * s.age
	return poly(
		h.cx-w*0.96, h.brow-60*h.k, h.cx-w, h.brow+f*0.12, h.cx-w*0.985+t*0.04, h.brow+f*0.36,
		h.cx-w*(jaw+0.06)+t*0.08, h.brow+f*0.64, h.cx-w*(jaw-0.12+sag)+t*0.14, h.brow+f*0.83,
		h.cx-w*0.30+t*0.22, h.chin-8*h.k, h.cx+t*0.24, h.chin+2*h.k, h.cx+w*0.30+t*0.22, h.chin-8*h.k,
		h.cx+w*(jaw-0.12+sag)+t*0.14, h.brow+f*0.83, h.cx+w*(jaw+0.06)+t*0.08, h.brow+f*0.64,
		h.cx+w*0.985+t*0.04, h.brow+f*0.36, h.cx+w, h.brow+f*0.12, h.cx+w*0.96, h.brow-60*h.k,
		h.cx+w*0.72, h.top+46*h.k, h.cx+w*0.3, h.top+8*h.k, h.cx, h.top, h.cx-w*0.3, h.top+8*h.k, h.cx-w*0.72, h.top+46*h.k,
	).smooth(true)
}

func (h *head) face() {
	k := h.k
	for _, side := range []float64{-1, 1} { // ears
		if side*h.s.turn > 0.35 {
			continue // the far ear is hidden
		}
		x, y := h.cx+side*h.w*0.99, h.brow+70*k
		e := blob(x-side*10*k, y-52*k, x+side*20*k, y-66*k, x+side*38*k, y-40*k, x+side*32*k, y+10*k, x+side*14*k, y+52*k, x-side*8*k, y+46*k)
		h.fill(e, flat(0.25+0.25*step(-0.5, 0.5, -side*h.lit)), h.skin)
		h.loop(e, 4*k)
		h.line(curve(x+side*4*k, y-40*k, x+side*22*k, y-42*k, x+side*20*k, y, x+side*6*k, y+20*k), 3*k)
		if h.s.woman {
			h.flood(0, circ(x+side*10*k, y+58*k, 11*k))
			h.line(circ(x+side*10*k, y+58*k, 11*k), 4*k)
		}
	}
	o := h.outline()
	f := h.chin - h.brow
	tn := func(x, y float64) float64 {
		n := -(x - h.cx - h.s.turn*20*k) / h.w * h.lit // 1 is the far, dark edge
		v := (y - h.brow) / f
		d := 0.03 + 0.66*step(0.18, 1.0, n) + 0.18*step(-0.72, -1.02, n)
		d += 0.16 * step(0.80, 1.02, v)
		return clamp01(d + 0.05*h.s.age)
	}
	h.fill(o, tn, h.skin)
	h.loop(o, 4.5*k)
}

func (h *head) features() {
	h.eyes()
	h.noseLine()
	h.lips()
	h.wrinkles()
}

func (h *head) eyes() {
	k := h.k
	for _, side := range []float64{-1, 1} {
		c := h.at(side*0.42, 0.115)
		near := 1 - 0.30*max(0, side*h.s.turn)
		ew, eh := 42*k*h.s.eye*near, 17*k*h.s.eye*(1-0.25*h.s.age)
		if h.s.woman {
			ew, eh = ew*1.06, eh*1.12
		}
		socket := ell(c.x, c.y-10*k, ew*1.5, 46*k)
		h.shade(socket, flat(0.16+0.12*step(-0.5, 0.5, -side*h.lit)))
		h.shade(ell(c.x-side*ew*0.9, c.y-14*k, ew*0.55, 40*k), flat(0.22))
		droop := 5 * k * h.s.age
		eye := curve(c.x-ew, c.y+3*k+droop*b2f(side < 0), c.x-ew*0.5, c.y-eh*0.9, c.x, c.y-eh*1.1, c.x+ew*0.55, c.y-eh*0.8, c.x+ew, c.y+3*k+droop*b2f(side > 0)).
			and(curve(c.x+ew, c.y+3*k, c.x+ew*0.4, c.y+eh*0.72, c.x-ew*0.4, c.y+eh*0.76, c.x-ew, c.y+3*k))
		h.flood(0, eye)
		gaze := h.s.turn * 8 * k
		h.within(eye, func() {
			h.shade(rect(c.x-ew, c.y-eh*1.4, ew*2, eh*0.8), flat(0.3))
			h.black(circ(c.x+gaze, c.y-2*k, eh*1.02))
		})
		h.flood(0, circ(c.x+gaze+h.lit*4*k, c.y-7*k, 4.4*k))
		lash := 7.5 * k
		if h.s.woman {
			lash = 9.5 * k
		}
		h.taper(curve(c.x-ew*1.08, c.y+4*k, c.x-ew*0.5, c.y-eh*0.95, c.x, c.y-eh*1.18, c.x+ew*0.55, c.y-eh*0.88, c.x+ew*1.1, c.y+3*k), lash*1.25, inkMark)
		h.taper(curve(c.x-ew*0.7, c.y+eh*0.66, c.x, c.y+eh*0.9, c.x+ew*0.8, c.y+eh*0.55), 3.6*k, inkMark)
		h.taper(curve(c.x-ew, c.y-eh*1.3, c.x, c.y-eh*1.95, c.x+ew*1.05, c.y-eh*1.1), 4*k, inkMark)
		if h.s.age > 0.4 { // bags
			h.taper(curve(c.x-ew*0.8, c.y+eh*1.3, c.x, c.y+eh*2.1, c.x+ew*0.9, c.y+eh*1.3), 5*k*h.s.age, inkMark)
		}
		h.eyebrow(side)
	}
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (h *head) eyebrow(side float64) {
	k, t := h.k, h.s.tilt*h.k
	a, b, c := h.at(side*0.20, -0.005), h.at(side*0.45, -0.055), h.at(side*0.72, 0.0)
	w := h.s.brow * k
	brow := curve(a.x, a.y+t-w*0.5, b.x, b.y-w*0.55, c.x, c.y-2*k-t*0.4).and(curve(c.x, c.y+2*k-t*0.4, b.x, b.y+w*0.55, a.x, a.y+t+w*0.65))
	if h.s.dark > 0.3 || !h.s.woman {
		h.black(brow)
	} else {
		h.fill(brow, flat(0.65), h.skin)
		h.stroke(brow, 2*k, 2*k, inkMark)
	}
	if h.s.dark < 0.3 {
		for i := range 4 {
			f := float64(i) / 4
			h.slit(shape{{mix(a.x, c.x, f) + 6*k*side, mix(a.y, c.y, f) + w*0.3 - math.Sin(f*3)*14*k}, {mix(a.x, c.x, f+0.2) + 6*k*side, mix(a.y, c.y, f+0.2) - w*0.4 - math.Sin(f*3)*14*k}}, 2.4*k)
		}
	}
}

func (h *head) noseLine() {
	k, s := h.k, h.s
	far := 1.0
	if s.turn < 0 {
		far = -1
	}
	tipV := 0.16 + 0.29*s.nose
	bridge, mid, tip := h.at(far*0.14, 0.03), h.at(far*0.15, 0.26), h.at(far*0.19, tipV)
	tip.x += far * 20 * k * math.Abs(s.turn)
	base := h.at(0.02*far, tipV+0.055)
	hw := 0.17 * s.hook
	nearWing, farWing := h.at(-far*hw*1.15, tipV+0.01), h.at(far*hw*0.95, tipV+0.01)
	// the shaded plane lies away from the light
	dark := shape{h.at(-far*0.10*h.lit*far, 0.10), bridge, mid, tip, base}
	if h.lit*far < 0 {
		dark = shape{bridge, mid, tip, base, h.at(far*0.30, tipV), h.at(far*0.26, 0.28)}
	}
	h.shade(dark.smooth(true), flat(0.34))
	h.taper(shape{h.at(far*0.17, -0.02), bridge, mid, tip}.smooth(false), 6.5*k, inkMark)
	h.taper(shape{tip, {tip.x - far*6*k, tip.y + 22*k}, base}.smooth(false), 7*k, inkMark)
	h.taper(curve(nearWing.x+far*4*k, nearWing.y-26*k, nearWing.x-far*10*k, nearWing.y-4*k, nearWing.x+far*2*k, nearWing.y+15*k, nearWing.x+far*18*k, nearWing.y+12*k), 7*k, inkMark)
	h.black(ell(mix(nearWing.x, base.x, 0.45), base.y-4*k, 13*k*s.hook, 5.5*k))
	h.black(ell(mix(farWing.x, base.x, 0.3)+far*4*k, base.y-5*k, 8*k*s.hook, 4.5*k))
	h.taper(curve(farWing.x+far*6*k, farWing.y-12*k, farWing.x+far*12*k, farWing.y+4*k, farWing.x-far*2*k, farWing.y+14*k), 5*k, inkMark)
	h.shade(ell(base.x, base.y+16*k, 30*k, 13*k), flat(0.38))
}

func (h *head) lips() {
	k, s := h.k, h.s
	v := 0.725
	mw := 0.36 * s.mouth
	l, m, r := h.at(-mw, v), h.at(0.02*s.turn, v), h.at(mw, v)
	c := s.curl * k
	up := 13 * k
	low := 17 * k
	if s.woman {
		up, low = 18*k, 24*k
	}
	up *= 1 - 0.45*s.age
	low *= 1 - 0.3*s.age
	line := curve(l.x, l.y-c, mix(l.x, m.x, 0.55), l.y+2*k, m.x, m.y+4*k, mix(r.x, m.x, 0.55), r.y+2*k, r.x, r.y-c)
	upper := line.and(curve(r.x, r.y-c, mix(r.x, m.x, 0.62), r.y-up*0.9, m.x+9*k, m.y-up, m.x, m.y-up*0.7, m.x-9*k, m.y-up, mix(l.x, m.x, 0.62), l.y-up*0.9, l.x, l.y-c))
	lower := line.and(curve(r.x, r.y-c, mix(r.x, m.x, 0.5), r.y+low*0.9, m.x, m.y+low*1.2, mix(l.x, m.x, 0.5), l.y+low*0.9, l.x, l.y-c))
	h.fill(upper, flat(0.72), h.skin)
	h.fill(lower, flat(0.26), h.skin)
	if s.woman {
		h.fill(upper, flat(0.9), h.skin)
		h.fill(lower, flat(0.5), h.skin)
	}
	h.taper(line, 8*k, inkMark)
	h.stroke(line, 3*k, 3*k, inkMark)
	h.taper(curve(m.x-34*k, m.y+low+12*k, m.x, m.y+low+19*k, m.x+34*k, m.y+low+12*k), 6*k, inkMark)
	h.shade(ell(m.x, m.y+low+14*k, 44*k, 10*k), flat(0.3))
	for _, q := range []pt{l, r} {
		h.black(circ(q.x, q.y-c, 4*k))
	}
}

func (h *head) wrinkles() {
	k, a := h.k, h.s.age
	if a > 0.2 {
		for _, side := range []float64{-1, 1} {
			h.taper(h.path(side*0.24, 0.50, side*0.40, 0.60, side*0.47, 0.74).smooth(false), (3+6*a)*k, inkMark)
		}
	}
	if a > 0.45 {
		for i := range 3 {
			v := -0.16 - float64(i)*0.075
			h.taper(h.path(-0.52+0.06*float64(i), v, -0.2, v-0.02, 0.1, v+0.005, 0.5-0.05*float64(i), v-0.01).smooth(false), 5*k*a, inkMark)
		}
		for _, side := range []float64{-1, 1} {
			for i := range 3 {
				f := float64(i)
				h.taper(h.path(side*0.70, 0.10+f*0.015, side*0.86, 0.06+f*0.055), 4*k*a, inkMark)
			}
			h.taper(h.path(side*0.46, 0.80, side*0.50, 0.88, side*0.44, 0.94).smooth(false), 5*k*a, inkMark)
		}
		h.taper(h.path(-0.055, -0.10, -0.07, -0.03, -0.06, 0.03).smooth(false), 3.4*k, inkMark)
		h.taper(h.path(0.05, -0.09, 0.065, -0.03, 0.055, 0.02).smooth(false), 3.4*k, inkMark)
	}
	if a > 0.7 {
		for _, side := range []float64{-1, 1} {
			h.shade(h.path(side*0.5, 0.42, side*0.78, 0.40, side*0.66, 0.66, side*0.52, 0.72).smooth(true), flat(0.3))
			h.taper(h.path(side*0.58, 0.36, side*0.66, 0.5, side*0.60, 0.68).smooth(false), 5*k, inkMark)
		}
	}
}

func (h *head) facialHair() {
	k := h.k
	switch h.s.beard {
	case beardStubble:
		area := h.path(-0.86, 0.44, -0.5, 0.52, -0.3, 0.62, 0, 0.60, 0.3, 0.62, 0.5, 0.52, 0.86, 0.44, 0.8, 0.8, 0.4, 1.0, 0, 1.03, -0.4, 1.0, -0.8, 0.8).smooth(true)
		h.within(h.outline(), func() {
			for range 700 {
				q := h.at(h.r.in(-0.95, 0.95), h.r.in(0.5, 1.02))
				if !area.holds(q) {
					continue
				}
				h.line(poly(q.x, q.y, q.x+h.r.in(-3, 3)*k, q.y+4.5*k), 2.3*k)
			}
		})
	case beardFull:
		o := h.path(-0.99, 0.04, -0.82, 0.40, -0.55, 0.56, -0.30, 0.63, 0, 0.61, 0.30, 0.63, 0.55, 0.56, 0.82, 0.40, 0.99, 0.04, 1.0, 0.5, 0.88, 0.86, 0.5, 1.10, 0, 1.15, -0.5, 1.10, -0.88, 0.86, -1.0, 0.5).smooth(true)
		h.fill(o, flat(0.88), h.along(8, func(x, y float64) float64 { return x + 0.5*(x-h.cx)*(y-h.brow)/(300*k) }))
		h.stroke(o.and(o[:1]), 4*k, 4*k, inkMark)
		h.clearMouth()
	case beardMoustache:
		h.moustache()
	case beardGoatee:
		h.moustache()
		g := h.path(-0.26, 0.87, 0, 0.84, 0.26, 0.86, 0.30, 1.0, 0.14, 1.12, 0, 1.15, -0.14, 1.12, -0.30, 1.0).smooth(true)
		h.fill(g, flat(0.9), h.along(8, func(x, _ float64) float64 { return x }))
		h.loop(g, 4*k)
	}
}

// clearMouth shows the lips again, through a beard.
func (h *head) clearMouth() {
	m := h.path(-0.34, 0.725, -0.15, 0.68, 0, 0.69, 0.15, 0.68, 0.34, 0.725, 0.15, 0.80, 0, 0.815, -0.15, 0.80).smooth(true)
	h.fill(m, flat(0.05), h.skin)
	h.lips()
}

func (h *head) moustache() {
	k := h.k
	m := h.path(-0.50, 0.79, -0.40, 0.66, -0.12, 0.585, 0, 0.605, 0.12, 0.585, 0.40, 0.66, 0.50, 0.79, 0.24, 0.725, 0, 0.705, -0.24, 0.725).smooth(true)
	h.black(m)
	for i := range 9 {
		u := -0.34 + float64(i)*0.085
		h.slit(h.path(u*0.6, 0.62, u, 0.70), 2.4*k)
	}
}

func (s shape) holds(q pt) bool {
	in := false
	for i, a := range s {
		b := s[(i+1)%len(s)]
		if (a.y > q.y) != (b.y > q.y) && q.x < a.x+(q.y-a.y)/(b.y-a.y)*(b.x-a.x) {
			in = !in
		}
	}
	return in
}

func (h *head) spectacle() {
	k := h.k
	if h.s.glass == glassNone {
		return
	}
	var inner [2]pt
	for i, side := range []float64{-1, 1} {
		c := h.at(side*0.42, 0.13)
		near := 1 - 0.26*max(0, side*h.s.turn)
		var lens shape
		switch h.s.glass {
		case glassRound:
			lens = ell(c.x, c.y, 66*k*near, 62*k)
		case glassSquare:
			lens = rrect(c.x-70*k*near, c.y-46*k, 140*k*near, 88*k, 20*k)
		case glassHalf:
			c = h.at(side*0.42, 0.25)
			lens = arc(c.x, c.y-22*k, 60*k*near, 48*k, 0, math.Pi)
		}
		h.loop(lens, 11*k)
		h.stroke(curve(c.x-34*k*near, c.y-26*k, c.x-44*k*near, c.y-8*k, c.x-40*k*near, c.y+16*k), 5*k, 2*k, bareMark)
		inner[i] = pt{c.x - side*64*k*near, c.y - 12*k}
		if side*h.s.turn < 0.3 {
			h.line(poly(c.x+side*66*k*near, c.y-14*k, h.cx+side*h.w*0.99, h.brow+34*k), 10*k)
		}
	}
	m := pt{(inner[0].x + inner[1].x) / 2, inner[0].y - 14*k}
	h.line(shape{inner[0], m, inner[1]}.smooth(false), 9*k)
}
