// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

// neckAndClothes draws everything below the jaw, before the head covers it.
func (h *head) neckAndClothes() {
	k, w := h.k, h.w
	nw := w * 0.56
	if !h.s.woman {
		nw = w * mix(0.68, 0.82, h.s.jaw)
	}
	cx := h.cx + h.s.turn*w*0.06
	base := h.chin + 84*k
	neck := curve(cx-nw*1.02, h.chin-90*k, cx-nw*0.96, h.chin+30*k, cx-nw*1.10, base).and(curve(cx+nw*1.10, base, cx+nw*0.96, h.chin+30*k, cx+nw*1.02, h.chin-90*k))
	h.fill(neck, func(x, y float64) float64 {
		n := -(x - cx) / nw * h.lit
		return clamp01(0.25 + 0.45*step(-0.2, 0.9, n) + 0.35*step(h.chin+60*k, h.chin-10*k, y))
	}, h.skin)
	h.loop(neck, 4.5*k)
	if h.s.age > 0.5 {
		h.taper(curve(cx-18*k, h.chin+14*k, cx-24*k, h.chin+46*k, cx-10*k, base-4*k), 5*k, inkMark)
		h.taper(curve(cx+30*k, h.chin+14*k, cx+34*k, h.chin+46*k, cx+16*k, base-4*k), 5*k, inkMark)
	}
	h.clothes(cx, nw, base)
}

// shoulders is the outline of a coat.
func (h *head) shoulders(cx, nw, base, drop float64) shape {
	k := h.k
	wide := 330.0
	if h.s.woman {
		wide = 286
	}
	wide += (h.s.wide - 150) * 1.6
	return curve(cx-nw*1.2, base-64*k, cx-nw*1.7, base-30*k, cx-wide*0.82*k, base+(16+drop)*k, cx-wide*1.08*k, base+(90+drop)*k, cx-wide*1.25*k, base+400*k).
		and(curve(cx+wide*1.25*k, base+400*k, cx+wide*1.08*k, base+(90+drop)*k, cx+wide*0.82*k, base+(16+drop)*k, cx+nw*1.7, base-30*k, cx+nw*1.2, base-64*k)).
		and(curve(cx+nw*0.7, base+10*k, cx, base+40*k, cx-nw*0.7, base+10*k))
}

func (h *head) clothes(cx, nw, base float64) {
	k := h.k
	coat := h.shoulders(cx, nw, base, 0)
	weave := h.lines(62, 9)
	h.fill(coat, func(x, y float64) float64 {
		n := -(x - cx) / (300 * k) * h.lit
		return clamp01(0.84 + 0.16*n)
	}, weave)
	h.loop(coat, 5*k)
	switch h.s.wear {
	case wearSuit, wearJacket, wearPearls, wearPin:
		h.lapels(cx, nw, base)
	case wearOpen:
		h.openCollar(cx, nw, base)
	case wearRoll:
		h.rollneck(cx, nw, base, coat)
	case wearScarf:
		h.scarf(cx, nw, base)
	case wearCardigan:
		h.cardigan(cx, nw, base)
	case wearShawl:
		h.shawl(cx, nw, base)
	case wearOilskin:
		h.oilskin(cx, nw, base)
	}
}

func (h *head) lapels(cx, nw, base float64) {
	k := h.k
	shirt := poly(cx-nw*1.08, base-40*k, cx, base+290*k, cx+nw*1.08, base-40*k, cx, base+20*k)
	h.flood(0, shirt)
	h.loop(shirt, 4*k)
	switch h.s.wear {
	case wearSuit:
		h.tie(cx, base)
		for _, d := range []float64{-1, 1} {
			c := poly(cx, base+26*k, cx+d*nw*0.62, base+84*k, cx+d*nw*1.18, base-40*k, cx+d*nw*0.98, base-72*k)
			h.flood(0, c)
			h.loop(c, 4.5*k)
		}
	case wearPearls:
		for i := range 15 {
			a := math.Pi * (0.06 + 0.88*float64(i)/14)
			x, y := cx+nw*0.98*math.Cos(a), base-34*k+66*k*math.Sin(a)
			h.flood(0, circ(x, y, 14*k))
			h.line(circ(x, y, 13*k), 4*k)
		}
	default:
		c := ring(curve(cx-nw*0.9, base-30*k, cx, base+50*k, cx+nw*0.9, base-30*k), curve(cx-nw*0.9, base-2*k, cx, base+84*k, cx+nw*0.9, base-2*k))
		h.fill(c, flat(0.5), h.skin)
		h.loop(c, 4*k)
	}
	for _, d := range []float64{-1, 1} {
		l := poly(cx+d*nw*1.1, base-58*k, cx+d*nw*1.62, base+20*k, cx+d*(nw*1.7), base+110*k, cx+d*nw*1.30, base+112*k, cx+d*nw*1.42, base+146*k, cx+d*6*k, base+330*k, cx+d*nw*0.86, base+60*k)
		h.fill(l, flat(0.90), h.lines(90+28*d, 8))
		h.stroke(l.and(l[:1]), 4*k, 4*k, bareMark)
		if h.s.wear == wearPearls {
			h.tint(1, l)
			h.shade(l, flat(-0.5))
		}
	}
	if h.s.wear == wearPin {
		h.pin(cx+nw*1.25*h.lit, base+70*k)
	}
}

func (h *head) pin(x, y float64) {
	k := h.k
	h.stroke(circ(x, y, 17*k), 7*k, 7*k, bareMark)
	h.flood(1, circ(x, y, 17*k))
	h.line(circ(x, y, 17*k), 4*k)
}

func (h *head) tie(cx, base float64) {
	k := h.k
	knot := poly(cx-24*k, base+18*k, cx+24*k, base+18*k, cx+15*k, base+66*k, cx-15*k, base+66*k)
	blade := poly(cx-15*k, base+66*k, cx+15*k, base+66*k, cx+46*k, base+330*k, cx-46*k, base+330*k)
	for _, s := range []shape{blade, knot} {
		h.fill(s, flat(0.34), h.screenOnce(45, 9))
		h.tint(1, s)
		h.loop(s, 4.5*k)
	}
}

func (h *head) openCollar(cx, nw, base float64) {
	k := h.k
	vee := poly(cx-nw*0.9, base-40*k, cx, base+150*k, cx+nw*0.9, base-40*k)
	h.fill(vee, flat(0.22), h.skin)
	h.line(vee, 4*k)
	for _, d := range []float64{-1, 1} {
		c := poly(cx+d*nw*0.98, base-80*k, cx+d*nw*1.36, base-10*k, cx+d*nw*0.98, base+136*k, cx+d*6*k, base+150*k)
		h.flood(0, c)
		h.fill(c, flat(0.16), h.screenOnce(90, 8))
		h.loop(c, 5*k)
		l := poly(cx+d*nw*1.36, base-20*k, cx+d*nw*1.9, base+90*k, cx+d*nw*1.5, base+110*k, cx+d*nw*1.62, base+150*k, cx+d*24*k, base+330*k, cx+d*nw*1.0, base+140*k)
		h.fill(l, flat(0.86), h.lines(90+28*d, 8))
		h.stroke(l.and(l[:1]), 4*k, 4*k, bareMark)
	}
	placket := poly(cx-30*k, base+160*k, cx+30*k, base+160*k, cx+26*k, base+330*k, cx-26*k, base+330*k)
	h.fill(placket, flat(0.1), h.screenOnce(90, 8))
	for i := range 2 {
		h.line(circ(cx, base+(190+float64(i)*74)*k, 6*k), 4*k)
	}
}

func (h *head) rollneck(cx, nw, base float64, coat shape) {
	k := h.k
	knit := h.along(10, func(x, y float64) float64 { return x + 0.25*(x-cx)*(y-base)/(300*k) })
	h.fill(coat, flat(0.86), knit)
	h.loop(coat, 5*k)
	s := blob(cx-nw*1.14, base-96*k, cx, base-62*k, cx+nw*1.14, base-96*k, cx+nw*1.22, base+16*k, cx, base+62*k, cx-nw*1.22, base+16*k)
	h.fill(s, lin(cx-nw, 0, 0.5, cx+nw, 0, 0.75), knit)
	h.stroke(s.and(s[:1]), 9*k, 9*k, bareMark)
	h.loop(s, 5*k)
}

func (h *head) scarf(cx, nw, base float64) {
	k := h.k
	folds := h.along(12, func(x, y float64) float64 { return y - 0.0016*(x-cx)*(x-cx)/k + 0.2*x })
	s := blob(cx-nw*1.3, base-96*k, cx-nw*0.4, base-30*k, cx+nw*0.5, base-34*k, cx+nw*1.35, base-100*k, cx+nw*1.9, base+10*k, cx+nw*1.2, base+112*k, cx, base+136*k, cx-nw*1.2, base+108*k, cx-nw*1.9, base+10*k)
	tail := poly(cx-nw*0.8, base+80*k, cx+nw*0.1, base+100*k, cx+nw*0.2, base+360*k, cx-nw*1.0, base+360*k)
	for _, q := range []shape{tail, s} {
		h.fill(q, flat(0.30), folds)
		h.tint(1, q)
		h.loop(q, 5*k)
	}
	for i := range 3 {
		y := base + float64(i)*36*k
		h.taper(curve(cx-nw*1.5, y-20*k, cx-nw*0.4, y+32*k, cx+nw*0.6, y+26*k, cx+nw*1.5, y-24*k), 8*k, inkMark)
	}
}

func (h *head) cardigan(cx, nw, base float64) {
	k := h.k
	vee := poly(cx-nw*1.05, base-50*k, cx, base+260*k, cx+nw*1.05, base-50*k, cx, base+10*k)
	h.flood(0, vee)
	if h.s.woman {
		h.tint(0.9, vee)
	}
	h.loop(vee, 4*k)
	for _, d := range []float64{-1, 1} {
		c := poly(cx, base+22*k, cx+d*nw*0.60, base+90*k, cx+d*nw*1.16, base-34*k, cx+d*nw*0.98, base-72*k)
		h.flood(0, c)
		h.loop(c, 4.5*k)
		b := poly(cx+d*nw*1.16, base-50*k, cx+d*nw*1.5, base-20*k, cx+d*36*k, base+330*k, cx-d*4*k, base+330*k, cx, base+262*k)
		h.fill(b, flat(0.4), h.screenOnce(0, 9))
		if !h.s.woman {
			h.tint(0.9, b)
		}
		h.loop(b, 5*k)
	}
	if !h.s.woman {
		h.tieDark(cx, base)
	}
}

func (h *head) tieDark(cx, base float64) {
	k := h.k
	h.black(poly(cx-20*k, base+22*k, cx+20*k, base+22*k, cx+12*k, base+62*k, cx-12*k, base+62*k))
	h.black(poly(cx-12*k, base+68*k, cx+12*k, base+68*k, cx+26*k, base+210*k, cx, base+250*k, cx-26*k, base+210*k))
}

func (h *head) shawl(cx, nw, base float64) {
	k := h.k
	vee := poly(cx-nw*1.0, base-50*k, cx, base+120*k, cx+nw*1.0, base-50*k)
	h.flood(0, vee)
	h.loop(vee, 4*k)
	h.line(circ(cx, base+40*k, 15*k), 5*k)
	for _, d := range []float64{-1, 1} {
		s := curve(cx+d*nw*0.96, base-100*k, cx+d*nw*1.9, base-40*k, cx+d*300*k, base+40*k, cx+d*390*k, base+400*k).and(curve(cx-d*70*k, base+400*k, cx-d*20*k, base+200*k, cx+d*nw*0.5, base+80*k, cx+d*nw*0.96, base-100*k))
		h.fill(s, flat(0.8), h.along(11, func(x, y float64) float64 { return d*x*0.8 + y*0.55 + 12*math.Sin(y/60) }))
		h.tint(0.8, s)
		h.stroke(s.and(s[:1]), 5*k, 5*k, bareMark)
	}
}

func (h *head) oilskin(cx, nw, base float64) {
	k := h.k
	h.fill(rect(cx-nw*1.05, base-60*k, nw*2.1, 100*k), flat(0.6), h.screenOnce(90, 10))
	for _, d := range []float64{-1, 1} {
		c := poly(cx+d*nw*1.04, base-120*k, cx+d*nw*1.7, base-50*k, cx+d*nw*1.5, base+120*k, cx+d*14*k, base+110*k, cx+d*nw*0.7, base+20*k)
		h.fill(c, flat(0.55), h.lines(40*d, 8))
		h.tint(1, c)
		h.loop(c, 5*k)
	}
	h.line(poly(cx, base+110*k, cx-10*k, base+400*k), 6*k)
	for i := range 2 {
		y := base + (170+float64(i)*90)*k
		h.slit(poly(cx-60*k, y, cx+50*k, y+6*k), 9*k)
		h.flood(0, circ(cx+56*k, y+6*k, 12*k))
	}
}
