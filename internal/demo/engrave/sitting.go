// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

// portraitWoman sets the coastguard officer against her own sea.
func portraitWoman(p *pic) {
	p.rough = 1.1
	p.sky(560, 0.45, 0.06, 0.95)
	p.fill(rect(-50, 560, 1700, 600), lin(0, 560, 0.15, 0, 1000, 0.7), p.water(540, 1))
	p.wash(rect(-50, 560, 1700, 600), flat(0.0))
	p.lighthouseFar(1330, 566)
	ship := poly(200, 540, 216, 562, 420, 562, 446, 532, 380, 538, 376, 508, 330, 508, 326, 540)
	p.black(ship, rect(346, 470, 8, 44), rect(250, 520, 40, 22))
	p.bust(sitterFor("katrin-osmund"), 780, 360, 1.34)
}

func (p *pic) lighthouseFar(x, y float64) {
	p.black(curve(x-180, y, x-90, y-26, x, y-34, x+110, y-24, x+300, y).and(poly(x+300, y+4, x-180, y+4)))
	p.solid(poly(x-24, y-30, x-15, y-190, x+15, y-190, x+24, y-30), lin(x-20, 0, 0, x+20, 0, 0.7), p.screenOnce(0, 8), 3)
	p.flood(1, poly(x-20, y-90, x-17, y-130, x+17, y-130, x+20, y-90))
	p.black(rect(x-20, y-196, 40, 8), poly(x-17, y-222, x, y-240, x+17, y-222))
	p.flood(0, rect(x-11, y-220, 22, 24))
}

// portraitMan sits before a globe, with somebody's country in pencil.
func portraitMan(p *pic) {
	p.rough = 1.1
	s := sitterFor("dragan-ilvesh")
	p.all(lin(0, 0, 0.62, 1600, 0, 0.25), p.ruled(90, 10))
	p.globe(1250, 560, 250)
	p.bust(s, 640, 372, 1.34)
}

func (p *pic) globe(x, y, r float64) {
	c := circ(x, y, r)
	p.stroke(arc(x, y, r+44, r+44, -math.Pi*0.62, math.Pi*0.62), 22, 22, inkMark)
	p.stroke(arc(x, y, r+44, r+44, -math.Pi*0.62, math.Pi*0.62), 8, 8, bareMark)
	p.stroke(c, 14, 14, bareMark)
	round := p.along(9, func(px, py float64) float64 {
		v := (py - y) / r
		return 1.1*r*math.Asin(max(-1, min(1, v))) + 0.10*(px-x)
	})
	p.fill(c, func(px, py float64) float64 {
		nx, ny := (px-x)/r, (py-y)/r
		nz := math.Sqrt(max(0, 1-nx*nx-ny*ny))
		return clamp01(0.80 - 0.85*clamp01(-0.5*nx-0.5*ny+0.6*nz))
	}, round)
	p.within(c, func() {
		for i := range 4 {
			b := curve(x-r*0.8, y-r*0.5, x-r*0.5, y-r*0.7, x-r*0.1, y-r*0.66, x+r*0.1, y-r*0.4, x-r*0.1, y-r*0.2, x-r*0.2, y+r*0.1, x-r*0.5, y, x-r*0.75, y-r*0.1)
			if i == 0 {
				p.fill(b, flat(0.06), p.stipple())
				p.loop(b, 4)
			}
		}
		e := blob(x+r*0.1, y-r*0.55, x+r*0.5, y-r*0.6, x+r*0.8, y-r*0.3, x+r*0.7, y+r*0.1, x+r*0.4, y+r*0.2, x+r*0.2, y-r*0.1)
		p.fill(e, flat(0.3), p.stipple())
		p.tint(0.8, e)
		p.loop(e, 4)
		f := blob(x-r*0.3, y+r*0.4, x+r*0.1, y+r*0.35, x+r*0.2, y+r*0.6, x-r*0.05, y+r*0.8, x-r*0.3, y+r*0.66)
		p.fill(f, flat(0.2), p.stipple())
		p.loop(f, 4)
		for i := range 5 {
			k := -0.8 + float64(i)*0.4
			p.line(arc(x, y, r*math.Abs(k), r, math.Pi/2, math.Pi*1.5), 2)
			p.line(arc(x, y, r*math.Abs(k), r, -math.Pi/2, math.Pi/2), 2)
		}
	})
	p.line(c, 6)
	p.black(poly(x-24, y+r+40, x+24, y+r+40, x+34, y+r+130, x-34, y+r+130), ell(x, y+r+140, 150, 30))
	p.black(rect(x-9, y-r-50, 18, 40))
}

// portraitMan2 has the terminal's flare at his shoulder.
func portraitMan2(p *pic) {
	p.rough = 1.1
	p.fill(rect(-50, -50, 1700, 1100), lin(0, 0, 0.36, 0, 800, 0.04), p.dots(30, 10))
	p.wash(rect(-50, -50, 1700, 1100), lin(0, 100, 0.15, 0, 900, 0.85))
	p.refineryPlant(1, 760)
	p.fill(rect(-50, 760, 1700, 300), flat(0.8), p.ruled(0, 9))
	p.bust(sitterFor("ruy-calderanto"), 900, 372, 1.34)
}

// portraitOld is very upright, in the third chair.
func portraitOld(p *pic) {
	p.rough = 1.1
	p.all(lin(0, 0, 0.62, 1600, 0, 0.28), p.ruled(90, 9))
	p.wash(rect(-50, -50, 1700, 1100), flat(0.42))
	for i := range 12 { // wallpaper
		for j := range 7 {
			x, y := 70+float64(i)*140, 80+float64(j)*150+float64(i%2)*75
			for a := range 4 {
				p.cut(ell(x, y-20, 9, 20).turn(float64(a)*90, x, y))
			}
		}
	}
	window := rect(1160, 90, 330, 560)
	p.flood(0, window)
	p.loop(window, 10)
	p.within(window, func() {
		p.fill(rect(1160, 400, 330, 250), lin(0, 400, 0.2, 0, 650, 0.6), p.ruled(0, 8))
		p.fill(curve(1150, 430, 1230, 380, 1330, 410, 1500, 350).and(poly(1500, 470, 1150, 470)), flat(0.6), p.ruled(60, 8))
		for i := range 5 {
			p.solid(rect(1170+float64(i)*62, 520-float64(i%3)*30, 58, 200), flat(0.1+0.3*float64(i%2)), p.screenOnce(90, 8), 3)
		}
	})
	p.line(poly(1325, 90, 1325, 650), 8)
	p.line(poly(1160, 330, 1490, 330), 8)
	p.chairBack(700)
	p.bust(arroval, 700, 388, 1.28)
}

func (p *pic) chairBack(x float64) {
	for _, d := range []float64{-1, 1} {
		p.solid(rect(x+d*380-24, 420, 48, 640), lin(x+d*380-24, 0, 0.4, x+d*380+24, 0, 1), p.screenOnce(0, 8), 5)
		p.black(circ(x+d*380, 404, 34))
		p.slit(arc(x+d*380, 404, 22, 22, math.Pi, math.Pi*1.5), 5)
	}
	p.solid(curve(x-380, 500, x-200, 456, x, 440, x+200, 456, x+380, 500).and(poly(x+380, 1060, x-380, 1060)), flat(0.5), p.stipple(), 5)
}
