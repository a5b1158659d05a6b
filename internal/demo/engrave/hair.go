// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

// lock lays a mass of hair with its strands.
func (h *head) lock(s shape, scr int) {
	d := h.s.dark
	h.fill(s, func(x, y float64) float64 {
		n := (x - h.cx) / h.w * -h.lit
		return clamp01(d*0.86 + 0.30*step(-0.4, 1.1, n)*(1-d*0.5) + 0.10)
	}, scr)
	h.stroke(s.and(s[:1]), 4.5*h.k, 4.5*h.k, inkMark)
}

// strokes draws single hairs along both edges of a lock, light on dark or
// dark on light.
func (h *head) strokes(from, to shape, n int) {
	m := inkMark
	if h.s.dark > 0.55 {
		m = bareMark
	}
	for range n {
		t := h.r.f()
		a := h.r.in(0.02, 0.5)
		l := lerp(from, to, t)
		i := int(a * float64(len(l)))
		j := min(len(l), i+int(h.r.in(0.3, 0.5)*float64(len(l))))
		if j-i > 2 {
			h.taper(l[i:j], h.r.in(2.5, 4.5)*h.k, m)
		}
	}
}

// cap is the skull's outline grown by g, from ear to ear over the top.
func (h *head) cap(g, ear float64) shape {
	w, k := h.w+g, h.k
	y := h.brow + ear*k
	in := h.w * 0.965
	return curve(h.cx-in, y, h.cx-w*1.01, h.brow-70*k, h.cx-w*0.86, h.top+40*k-g*0.5, h.cx-w*0.5, h.top-g*0.8, h.cx, h.top-12*k-g, h.cx+w*0.5, h.top-g*0.8, h.cx+w*0.86, h.top+40*k-g*0.5, h.cx+w*1.01, h.brow-70*k, h.cx+in, y)
}

// line across the forehead, from the right temple to the left.
func (h *head) hairline(c ...float64) shape { return h.path(c...).smooth(false) }

func (h *head) hairBehind() {
	k, w := h.k, h.w
	b, c := h.brow, h.chin
	var s shape
	switch h.s.hair {
	case hairBob:
		s = blob(h.cx-w*1.16, b-60*k, h.cx-w*1.32, b+140*k, h.cx-w*1.30, c-30*k, h.cx-w*0.8, c+20*k, h.cx+w*0.8, c+20*k, h.cx+w*1.30, c-30*k, h.cx+w*1.32, b+140*k, h.cx+w*1.16, b-60*k, h.cx+w*0.6, h.top-20*k, h.cx-w*0.6, h.top-20*k)
	case hairLong:
		s = blob(h.cx-w*1.2, b-60*k, h.cx-w*1.42, b+180*k, h.cx-w*1.36, c+60*k, h.cx-w*1.62, c+230*k, h.cx-w*0.6, c+250*k, h.cx+w*0.6, c+250*k, h.cx+w*1.62, c+230*k, h.cx+w*1.40, c+40*k, h.cx+w*1.44, b+180*k, h.cx+w*1.2, b-60*k, h.cx+w*0.6, h.top-36*k, h.cx-w*0.6, h.top-36*k)
	case hairSet:
		s = blob(h.cx-w*1.16, b-90*k, h.cx-w*1.36, b+60*k, h.cx-w*1.30, b+210*k, h.cx-w*0.98, b+264*k, h.cx+w*0.98, b+264*k, h.cx+w*1.30, b+210*k, h.cx+w*1.36, b+60*k, h.cx+w*1.16, b-90*k, h.cx+w*0.6, h.top-40*k, h.cx-w*0.6, h.top-40*k)
	case hairBun:
		x := h.cx - h.s.turn*w*0.9
		h.lock(circ(x, h.top-6*k, 84*k), h.strand)
		h.line(arc(x, h.top-6*k, 52*k, 50*k, 0.4, 4), 5*k)
		h.line(arc(x, h.top-6*k, 24*k, 24*k, 2, 6), 4*k)
		return
	default:
		return
	}
	h.lock(s, h.along(8, func(x, y float64) float64 { return x + 14*math.Sin(y/46) - 0.12*(x-h.cx)*(y-b)/(260*k) }))
}

// hairBefore is what grows over the skull and falls on the forehead.
func (h *head) hairBefore() {
	switch h.s.hair {
	case hairParted:
		h.hairShort(h.cap(14*h.k, 12), h.hairline(1.02, 0.14, 0.90, -0.08, 0.78, -0.22, 0.40, -0.30, -0.10, -0.33, -0.46, -0.33, -0.54, -0.22, -0.82, -0.12, -1.02, 0.14), true)
	case hairSwept:
		h.hairShort(h.cap(24*h.k, 24), h.hairline(0.95, 0.10, 0.86, -0.10, 0.80, -0.26, 0.50, -0.38, 0.10, -0.34, -0.40, -0.40, -0.76, -0.28, -0.86, -0.10, -0.96, 0.10), true)
	case hairReceding:
		h.hairShort(h.cap(8*h.k, 20), h.hairline(0.96, 0.12, 0.88, -0.08, 0.84, -0.26, 0.62, -0.46, 0.34, -0.47, 0.04, -0.38, -0.26, -0.47, -0.60, -0.46, -0.82, -0.26, -0.88, -0.08, -0.97, 0.12), false)
	case hairCrew:
		h.hairCropped()
	case hairBald:
		h.hairFringe()
	case hairCurls:
		h.hairRound(42, 0.97, -0.26)
	case hairWhite:
		h.hairRound(34, 0.6, -0.30)
	case hairBob:
		h.hairFringed()
	case hairBun:
		h.hairShort(h.cap(10*h.k, -10), h.hairline(0.95, 0.02, 0.88, -0.16, 0.66, -0.36, 0.3, -0.42, 0, -0.38, -0.3, -0.42, -0.66, -0.36, -0.88, -0.16, -0.95, 0.02), false)
	case hairLong:
		h.hairCurtain()
	case hairPixie:
		h.hairShort(h.cap(26*h.k, 46), h.hairline(0.98, 0.16, 0.86, 0.04, 0.80, -0.16, 0.55, -0.14, 0.30, -0.22, 0.02, -0.18, -0.30, -0.30, -0.62, -0.30, -0.80, -0.18, -0.88, 0.04, -0.98, 0.16), true)
	case hairSet:
		h.hairWave()
	case hairCap:
		h.woolCap()
	}
}

func (h *head) hairShort(cap, hairline shape, tufts bool) {
	s := cap.and(hairline)
	h.lock(s, h.strand)
	if tufts {
		n := len(hairline)
		for i := 4; i < n-4; i += 3 {
			q := hairline[i]
			dx := (q.x-h.cx)*0.10 + h.s.turn*10*h.k
			h.taper(curve(q.x+dx, q.y-46*h.k, q.x+dx*0.3, q.y-18*h.k, q.x, q.y+7*h.k), 5*h.k, inkMark)
		}
	}
	h.within(s, func() { h.strokes(cap, hairline.reversed(), 46) })
}

func (h *head) hairCropped() {
	k := h.k
	cap := h.cap(6*k, 40)
	line := h.hairline(0.95, 0.08, 0.88, -0.10, 0.80, -0.28, 0.50, -0.40, 0, -0.42, -0.50, -0.40, -0.80, -0.28, -0.88, -0.10, -0.96, 0.08)
	s := cap.and(line)
	h.fill(s, flat(0.08), h.skin)
	h.within(s, func() {
		for range 1500 {
			x, y := h.cx+h.r.in(-1.1, 1.1)*h.w, h.r.in(h.top-30*k, h.brow+60*k)
			dx := (x - h.cx) / h.w * 10 * k
			h.line(poly(x, y, x+dx, y-13*k), h.r.in(2, 3.4)*k)
		}
	})
	h.line(cap, 5*k)
}

func (h *head) hairFringe() {
	k := h.k
	for _, side := range []float64{-1, 1} {
		x, g := h.cx+side*h.w, side*12*k
		outer := curve(x-side*30*k, h.brow-112*k, x+g*0.6, h.brow-70*k, x+g*1.3, h.brow-10*k, x+g, h.brow+40*k, x-side*2*k, h.brow+78*k)
		a, b, c := h.at(side*0.80, -0.22), h.at(side*0.76, -0.06), h.at(side*0.86, 0.10)
		if side*h.s.turn > 0 {
			a.x, b.x, c.x = x-side*24*k, x-side*26*k, x-side*14*k
		}
		inner := curve(x-side*30*k, h.brow-112*k, a.x, a.y, b.x, b.y, c.x, c.y, x-side*2*k, h.brow+78*k)
		h.lock(ring(outer, inner), h.along(7, func(px, py float64) float64 { return px + 0.3*py*side }))
	}
	h.taper(curve(h.cx-h.w*0.5, h.top+50*k, h.cx-h.w*0.2, h.top+26*k, h.cx+h.w*0.1, h.top+30*k), 4*k, inkMark)
	shine := ell(h.cx+h.lit*h.w*0.34, h.top+70*k, 60*k, 34*k)
	h.shade(shine, flat(-0.9))
}

// hairRound is a head of curls, each drawn.
func (h *head) hairRound(grow, spread, low float64) {
	k := h.k
	var ss []shape
	cap := h.cap(grow*k*0.7, 60)
	for i := 0; i < len(cap); i += 3 {
		r := h.r.in(30, 44) * k
		ss = append(ss, circ(cap[i].x, cap[i].y, r))
	}
	line := h.hairline(0.96, 0.05, 0.86, -0.14, 0.70, low-0.02, 0.35, low-0.10, 0, low-0.06, -0.35, low-0.10, -0.70, low-0.02, -0.86, -0.14, -0.96, 0.05)
	for i := 0; i < len(line); i += 3 {
		ss = append(ss, circ(line[i].x, line[i].y-10*k, h.r.in(20, 30)*k))
	}
	ss = append(ss, cap.and(line))
	for _, s := range ss {
		h.stroke(s.and(s[:1]), 6*k, 6*k, inkMark)
	}
	h.fills(ss, func(x, y float64) float64 {
		n := (x - h.cx) / h.w * -h.lit
		return clamp01(h.s.dark + 0.30*step(-0.3, 1.2, n))
	}, h.strand)
	m := inkMark
	if h.s.dark > 0.55 {
		m = bareMark
	}
	whole := cap.and(line)
	for range 110 {
		t := h.r.f()
		i := h.r.n(len(cap))
		h.r.n(len(line)) // keeps the hand's later strokes where they are
		j := min(len(line)-1, max(0, len(line)-1-i*len(line)/len(cap)))
		x, y := mix(cap[i].x, line[j].x, t*0.9), mix(cap[i].y, line[j].y, t*0.9)
		if !whole.holds(pt{x, y}) && t > 0.2 {
			continue
		}
		r := h.r.in(10, 20) * k * (0.7 + 0.3*spread)
		a := h.r.in(0, 6)
		h.taper(arc(x, y, r, r*0.85, a, a+h.r.in(2.4, 4.2)), 4.4*k, m)
	}
}

// hairFringed is a bob: a straight fringe and two sides.
func (h *head) hairFringed() {
	k := h.k
	cap := h.cap(26*k, 150)
	fringe := h.hairline(0.90, 0.50, 0.86, 0.10, 0.80, -0.03, 0.40, -0.075, 0, -0.08, -0.40, -0.075, -0.80, -0.03, -0.86, 0.10, -0.90, 0.50)
	s := cap.and(fringe)
	scr := h.along(8, func(x, y float64) float64 {
		return (x - h.cx) / (0.42 + 0.58*clamp01((y-h.top+70*k)/(200*k))) * 0.8
	})
	h.lock(s, scr)
	for i := range 22 {
		u := -0.76 + float64(i)*0.072
		a, b := h.at(u*0.5, -0.62), h.at(u, -0.07+0.02*h.r.f())
		h.taper(shape{a, {mix(a.x, b.x, 0.7), mix(a.y, b.y, 0.5)}, b}.smooth(false), 5*k, inkMark)
	}
}

// hairCurtain is parted and falls past the cheeks.
func (h *head) hairCurtain() {
	k, w := h.k, h.w
	part := h.at(0.12, -0.54)
	for _, side := range []float64{-1, 1} {
		x := h.cx
		outer := curve(part.x, part.y-16*k, x+side*w*0.62, h.top-22*k, x+side*w*1.12, h.brow-50*k, x+side*w*1.34, h.brow+160*k, x+side*w*1.26, h.chin+10*k, x+side*w*1.46, h.chin+170*k)
		e := h.at(side*0.86, 0.3)
		inner := curve(part.x, part.y-4*k, mix(part.x, e.x, 0.6), h.brow-112*k, e.x, h.brow-10*k, x+side*w*0.98, h.brow+150*k, x+side*w*0.92, h.chin+10*k, x+side*w*0.80, h.chin+170*k)
		s := ring(outer, inner)
		h.fill(s, flat(clamp01(h.s.dark)), h.along(8, func(px, py float64) float64 { return px + 20*math.Sin(py/60) }))
		h.stroke(s.and(s[:1]), 4*k, 4*k, inkMark)
		h.within(s, func() { h.strokes(outer, inner, 20) })
	}
}

// hairWave is set hair, swept from a high parting.
func (h *head) hairWave() {
	k, w := h.k, h.w
	cap := h.cap(40*k, 190)
	line := h.hairline(0.97, 0.52, 0.84, 0.20, 0.86, -0.06, 0.62, -0.30, 0.20, -0.34, -0.20, -0.24, -0.60, -0.10, -0.84, 0.02, -0.86, 0.24, -0.97, 0.52)
	s := cap.and(line)
	h.lock(s, h.along(8, func(x, y float64) float64 {
		return math.Hypot(x-h.cx-w*0.5, y-h.brow+30*k) + 16*math.Sin(y/44+x/90)
	}))
	for i := range 6 {
		f := float64(i) / 6
		a := h.at(0.5, -0.46-f*0.12)
		b := h.at(-0.80, -0.30+f*0.36)
		h.taper(curve(a.x, a.y, mix(a.x, b.x, 0.4), a.y-(30-f*20)*k, mix(a.x, b.x, 0.8), b.y-50*k, b.x-(18+16*f)*k, b.y+20*k), 6*k, inkMark)
	}
}

func (h *head) woolCap() {
	k, w := h.k, h.w
	dome := curve(h.cx-w*1.06, h.brow-74*k, h.cx-w*1.0, h.top+10*k, h.cx-w*0.55, h.top-54*k, h.cx, h.top-70*k, h.cx+w*0.55, h.top-54*k, h.cx+w*1.0, h.top+10*k, h.cx+w*1.06, h.brow-74*k)
	rib := h.along(11, func(x, y float64) float64 {
		v := clamp01((h.brow - 60*k - y) / (240 * k))
		return (x - h.cx) / math.Sqrt(max(0.08, 1-v*v)) * 0.9
	})
	h.fill(dome, flat(0.72), rib)
	h.tint(1, dome)
	h.loop(dome, 5*k)
	roll := blob(h.cx-w*1.13, h.brow-52*k, h.cx-w*1.13, h.brow-118*k, h.cx-w*0.5, h.brow-140*k, h.cx+w*0.5, h.brow-140*k, h.cx+w*1.13, h.brow-118*k, h.cx+w*1.13, h.brow-52*k, h.cx+w*0.5, h.brow-72*k, h.cx-w*0.5, h.brow-72*k)
	h.fill(roll, flat(0.42), rib)
	h.tint(1, roll)
	h.loop(roll, 5*k)
	for _, side := range []float64{-1, 1} {
		x := h.cx + side*w*0.99
		h.black(blob(x-side*16*k, h.brow-54*k, x+side*14*k, h.brow-50*k, x+side*8*k, h.brow+24*k, x-side*10*k, h.brow+10*k))
	}
}
