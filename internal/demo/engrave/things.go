// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

func thingScenes() []scene {
	return []scene{
		{"typewriter", palette{cream, inkBlk, red}, typewriter},
		{"dictionary", palette{straw, inkBlk, red}, dictionary},
		{"ballot-box", palette{bone, inkBlk, red}, ballotBox},
		{"microphones", palette{blush, inkBlk, red}, microphones},
		{"books", palette{mist, inkSea, petrol}, books},
		{"printing-press", palette{cream, inkBlk, ochre}, printingPress},
	}
}

func typewriter(p *pic) {
	p.rough = 0.9
	p.all(rad(800, 430, 250, 0.05, 1050, 0.55), p.along(9, func(x, y float64) float64 { return math.Hypot(x-800, (y-430)*1.2) }))
	desk := poly(-50, 830, 1650, 830, 1650, 1060, -50, 1060)
	p.fill(desk, lin(0, 830, 0.5, 0, 1000, 0.8), p.lines(0, 8))
	p.line(poly(-50, 830, 1650, 830), 4)
	page := poly(520, -60, 1080, -60, 1092, 400, 508, 400)
	p.fill(page, lin(508, 0, 0.0, 1092, 0, 0.06), p.screenOnce(0, 8))
	p.loop(page, 4)
	for i := range 9 {
		y := 40 + float64(i)*38
		p.dashes(580, y, 440, 38, 8, 1, 0)
		if i == 6 {
			p.thread(poly(578, y+17, 1022, y+14), 8)
		}
	}
	p.typewriterCarriage()
	p.typewriterBody()
	p.typewriterKeys()
}

func (p *pic) typewriterCarriage() {
	roll := rect(330, 372, 940, 84)
	p.fill(roll, func(_, y float64) float64 {
		u := (y - 372) / 84
		return clamp01(0.95 - 0.8*math.Exp(-(u-0.3)*(u-0.3)*22))
	}, p.screenOnce(0, 7))
	p.loop(roll, 5)
	for _, x := range []float64{270, 1270} {
		k := rect(x, 362, 60, 104)
		p.fill(k, func(_, y float64) float64 { return clamp01(0.95 - 0.85*math.Exp(-math.Pow((y-400)/24, 2))) }, p.screenOnce(0, 7))
		p.loop(k, 5)
		for i := range 5 {
			p.line(poly(x, 374+float64(i)*20, x+60, 374+float64(i)*20), 3)
		}
	}
	lever := curve(330, 380, 250, 340, 200, 270, 176, 280, 220, 380, 320, 430)
	p.solid(lever, flat(0.1), p.screenOnce(60, 8), 5)
	for _, x := range []float64{560, 1010} {
		p.solid(rect(x, 352, 34, 60), flat(0.2), p.screenOnce(0, 7), 4)
	}
	bar := rect(340, 330, 920, 16)
	p.solid(bar, flat(0.05), 0, 4)
}

func (p *pic) typewriterBody() {
	body := curve(352, 456, 330, 520, 300, 640, 240, 800, 216, 880).and(curve(216, 880, 500, 900, 1100, 900, 1384, 880)).and(curve(1384, 880, 1360, 800, 1300, 640, 1270, 520, 1248, 456))
	p.fill(body, lin(230, 0, 0.58, 1380, 0, 0.98), p.along(8, func(x, y float64) float64 {
		return x - (x-800)*(y-456)*0.0006
	}))
	p.loop(body, 6)
	hood := curve(420, 470, 440, 540, 520, 600, 660, 626, 800, 632, 940, 626, 1080, 600, 1160, 540, 1180, 470)
	p.fill(hood, lin(0, 470, 0.25, 0, 632, 0.9), p.along(8, func(x, y float64) float64 { return y - (x-800)*(x-800)*0.00028*-1 }))
	p.loop(hood, 5)
	well := arc(800, 486, 250, 120, 0, math.Pi)
	p.black(well)
	for i := range 31 {
		a := math.Pi * (0.04 + 0.92*float64(i)/30)
		p.slit(poly(800+240*math.Cos(a), 486+112*math.Sin(a), 800+46*math.Cos(a), 474+14*math.Sin(a)), 3)
	}
	p.stroke(poly(800, 560, 806, 440), 9, 7, bareMark)
	p.stroke(poly(802, 560, 808, 440), 3, 3, inkMark)
	for _, x := range []float64{400, 1200} { // ribbon spools
		p.solid(ell(x, 506, 76, 34), lin(x-76, 0, 0.05, x+76, 0, 0.7), p.screenOnce(0, 7), 5)
		p.black(ell(x, 504, 26, 12))
		p.thread(poly(x, 484, 800, 448), 7)
	}
	p.stroke(curve(250, 800, 310, 640, 346, 500), 4, 4, bareMark)
}

func (p *pic) typewriterKeys() {
	for row := range 4 {
		f := float64(row)
		y := 672 + f*56
		n := 11
		half := 370 + f*44
		for i := range n {
			x := 800 + (float64(i)-float64(n-1)/2)/float64(n-1)*2*half + (f-1.5)*8
			p.line(poly(x, y+8, x, y+44), 5)
			r := 27 + f*2
			p.black(ell(x, y+5, r+4, r*0.72+4))
			k := ell(x, y, r, r*0.72)
			p.flood(0, k)
			p.line(k, 5)
			if row == 2 && i == 7 {
				p.flood(1, k)
				p.line(k, 5)
			}
			p.line(poly(x-6, y+p.r.in(-4, 4), x+6, y+p.r.in(-4, 4)), 4)
			p.line(poly(x-p.r.in(-5, 5), y-7, x+p.r.in(-5, 5), y+7), 4)
		}
	}
	space := rrect(520, 886, 560, 40, 18)
	p.solid(space, lin(520, 0, 0.0, 1080, 0, 0.35), p.screenOnce(0, 8), 5)
}

func dictionary(p *pic) {
	p.rough = 0.9
	p.all(lin(0, 0, 0.62, 0, 1000, 0.9), p.lines(28, 9))
	p.black(poly(60, 900, 180, 150, 1440, 150, 1560, 900, 1560, 950, 60, 950))
	for i := range 9 { // page edges
		d := float64(8-i) * 6
		l := curve(800, 210+d, 620, 150+d, 420, 150+d, 210, 190+d).and(curve(96, 868+d, 360, 820+d, 600, 830+d, 800, 900+d))
		r := curve(800, 210+d, 980, 150+d, 1180, 150+d, 1390, 190+d).and(curve(1504, 868+d, 1240, 820+d, 1000, 830+d, 800, 900+d))
		p.solid(l, flat(0.03), 0, 3)
		p.solid(r, flat(0.03), 0, 3)
		if i == 8 {
			p.fill(l, func(x, _ float64) float64 { return 0.02 + 0.5*step(620, 810, x) + 0.08*step(300, 90, x) }, p.screenOnce(90, 8))
			p.fill(r, func(x, _ float64) float64 { return 0.02 + 0.55*step(960, 796, x) + 0.1*step(1300, 1500, x) }, p.screenOnce(90, 8))
			p.loop(l, 4)
			p.loop(r, 4)
		}
	}
	p.line(curve(800, 210, 796, 500, 800, 900), 6)
	p.dictionaryColumns()
	ribbon := curve(812, 230, 850, 500, 838, 780, 900, 1060).and(curve(944, 1060, 880, 780, 890, 500, 842, 226))
	p.flood(1, ribbon)
	p.loop(ribbon, 4)
}

// dictionaryColumns sets four columns of entries, one of them struck out.
func (p *pic) dictionaryColumns() {
	place := func(side, u, v float64) pt { // u 0..1 from the spine outwards
		edge := mix(600, 704, v)
		x := 800 + side*u*edge
		y := mix(200, 880, v) - 58*math.Sin(u*2.9) - 16*u*(1-v*1.4)
		return pt{x, y}
	}
	for _, side := range []float64{-1, 1} {
		for col := range 2 {
			u0 := 0.10 + float64(col)*0.44
			for row := range 34 {
				v := 0.06 + float64(row)*0.0265
				head := row%5 == 0
				w, lw := 0.36, 5.0
				if head {
					w, lw = p.r.in(0.10, 0.2), 11
				} else if row%5 == 4 {
					w = p.r.in(0.12, 0.3)
				}
				start := u0
				if side < 0 {
					start = u0 + 0.36 - w
				}
				p.wordsAlong(place, side, start, w, v, lw)
			}
		}
	}
	a, b, c := place(1, 0.53, 0.44), place(1, 0.74, 0.44), place(1, 0.95, 0.44)
	bar := poly(a.x, a.y-4, b.x, b.y-4, c.x, c.y-4)
	p.stroke(bar, 48, 48, bareMark)
	p.stroke(bar, 38, 38, tintMark)
	d := place(1, 0.53, 0.44)
	e := place(1, 0.9, 0.44+0.08)
	p.stroke(circ((d.x+c.x)/2, d.y+6, 10).size(22, 8.2, (d.x+c.x)/2, d.y+6).turn(-3, e.x, e.y), 6, 6, tintMark)
}

func (p *pic) wordsAlong(place func(side, u, v float64) pt, side, u0, w, v, lw float64) {
	for u := u0; u < u0+w-0.005; {
		l := min(p.r.in(0.02, 0.08), u0+w-u)
		if lw > 8 {
			l = w
		}
		p.line(shape{place(side, u, v), place(side, u+l/2, v), place(side, u+l, v)}, lw)
		u += l + 0.016
	}
}

func ballotBox(p *pic) {
	p.rough = 1.1
	p.all(flat(0.02), 0)
	for i := range 24 { // identical marks, in columns
		for j := range 15 {
			x, y := 34+float64(i)*68, 36+float64(j)*68
			s := rect(x-17, y-17, 34, 34)
			p.loop(s, 2.6)
			p.line(poly(x-12, y-2, x-2, y+11, x+16, y-20), 5)
		}
	}
	p.wash(rect(-50, -50, 1700, 1100), flat(0))
	p.shade(poly(430, 900, 1200, 960, 1700, 900, 1700, 780, 1200, 700), flat(0.9))
	left := poly(400, 400, 860, 500, 860, 980, 420, 850)
	right := poly(860, 500, 1230, 392, 1212, 838, 860, 980)
	top := poly(400, 400, 800, 318, 1230, 392, 860, 500)
	for _, s := range []shape{left, right, top} {
		p.stroke(s.and(s[:1]), 26, 26, bareMark)
	}
	p.fill(left, lin(400, 0, 0.05, 860, 0, 0.22), p.screenOnce(12, 8))
	p.fill(right, lin(860, 0, 0.45, 1230, 0, 0.30), p.screenOnce(-16, 8))
	p.ballots(left, right)
	p.fill(top, flat(0.06), p.screenOnce(-16, 9))
	for _, s := range []shape{left, right, top} {
		p.loop(s, 9)
	}
	for _, e := range []shape{poly(440, 440, 452, 760), poly(486, 452, 496, 640), poly(1180, 430, 1172, 700)} {
		p.stroke(e, 9, 9, bareMark)
	}
	slot := poly(690, 402, 960, 372, 976, 392, 706, 424)
	p.black(slot)
	lock := rrect(594, 512, 76, 84, 10).turn(8, 630, 552)
	p.stroke(arc(634, 512, 26, 34, math.Pi, 2*math.Pi), 11, 11, inkMark)
	p.black(lock)
	p.flood(0, circ(632, 548, 8), poly(628, 548, 636, 548, 640, 574, 624, 574))
	paper := poly(716, 402, 690, 150, 930, 120, 956, 380)
	p.stroke(paper.and(paper[:1]), 16, 16, bareMark)
	p.flood(1, paper)
	p.loop(paper, 5)
	p.slit(poly(812, 136, 838, 390), 4)
	p.ballotHand()
}

// ballots lie folded in the glass box, all alike.
func (p *pic) ballots(left, right shape) {
	for side, face := range []shape{left, right} {
		p.within(face, func() {
			for i := range 46 {
				t := float64(i) / 45
				x, y := p.r.in(400, 880), mix(690, 960, t)
				if side == 1 {
					x = p.r.in(850, 1240)
				}
				w, hh, a := p.r.in(54, 72), p.r.in(30, 40), p.r.in(-40, 40)
				s := rect(x-w, y-hh, 2*w, 2*hh).turn(a, x, y)
				p.fill(s, flat([]float64{0.02, 0.30, 0.10}[i%3]+0.3*float64(side)), p.screenOnce(45, 8))
				if i%15 == 7 {
					p.tint(1, s)
				}
				p.loop(s, 4)
				p.line(poly(x-w, y, x+w, y).turn(a, x, y), 2.6)
			}
		})
	}
}

func (p *pic) ballotHand() {
	skin := p.along(8, func(x, y float64) float64 { return x*0.5 + y + 14*math.Sin(x/60) })
	hand := curve(1060, -60, 1010, 20, 930, 70, 850, 120, 800, 170, 780, 214, 800, 226, 850, 200, 900, 176).and(curve(900, 176, 880, 216, 876, 250, 896, 258, 930, 226, 980, 190)).and(curve(980, 190, 1060, 190, 1120, 150, 1180, 80, 1260, -60))
	p.stroke(hand, 14, 14, bareMark)
	p.fill(hand, lin(840, 60, 0.03, 1120, 190, 0.62), skin)
	p.stroke(hand, 6, 6, inkMark)
	p.line(curve(900, 176, 950, 140, 990, 120), 4)
	p.line(curve(860, 134, 900, 116, 940, 100), 3)
	p.fill(poly(1010, -60, 1090, 40, 1190, 100, 1330, -60), flat(0.95), p.lines(40, 8))
	p.flood(0, poly(996, -20, 1020, 20, 1160, 132, 1196, 84, 1100, 30, 1060, -30))
	p.loop(poly(996, -20, 1020, 20, 1160, 132, 1196, 84, 1100, 30, 1060, -30), 5)
	nail := blob(786, 206, 796, 186, 816, 184, 812, 206)
	p.line(nail, 3)
}

func microphones(p *pic) {
	p.rough = 1.1
	const cx, cy = 800.0, 250.0
	p.all(func(x, y float64) float64 {
		return clamp01(0.02 + 0.5*step(160, 1000, math.Hypot(x-cx, y-cy)))
	}, p.dots(38, 10))
	mouth := blob(690, 250, 760, 214, 800, 228, 840, 214, 910, 250, 850, 292, 800, 304, 750, 292)
	p.fill(mouth, flat(0.95), 0)
	p.slit(curve(700, 250, 760, 244, 800, 250, 840, 244, 900, 250), 5)
	p.flood(0, poly(742, 248, 858, 248, 846, 266, 754, 266))
	p.loop(poly(742, 248, 858, 248, 846, 266, 754, 266), 3)
	for _, m := range []struct {
		x, r, far float64
		kind      int
	}{{-80, 60, 470, 0}, {1680, 64, 480, 1}, {180, 76, 420, 2}, {1430, 74, 410, 0}, {420, 84, 380, 1}, {1190, 88, 370, 3}, {980, 78, 350, 2}, {640, 92, 345, 4}} {
		dx, dy := cx-m.x, cy-1180.0
		l := math.Hypot(dx, dy)
		deg := math.Atan2(dy, dx) * 180 / math.Pi
		hx, hy := cx-dx/l*m.far, cy+40-dy/l*m.far
		p.microphone(hx, hy, m.r, deg, m.kind)
	}
}

// microphone points along deg; x, y is the middle of its head.
func (p *pic) microphone(x, y, r, deg float64, kind int) {
	at := func(s shape) shape { return s.turn(deg, 0, 0).move(x, y) }
	sn, cs := math.Sincos(deg * math.Pi / 180)
	across := func(px, py float64) float64 { return (-(px-x)*sn + (py-y)*cs) / r }
	halo := func(s shape) { p.stroke(s.and(s[:1]), 18, 18, bareMark) }
	barrel := at(poly(-r*0.6, -r*0.5, -900, -r*0.34, -900, r*0.34, -r*0.6, r*0.5))
	halo(barrel)
	p.fill(barrel, func(px, py float64) float64 {
		u := across(px, py) / 0.45
		return clamp01(0.96 - 0.8*math.Exp(-(u+0.4)*(u+0.4)*10))
	}, p.screenOnce(math.Round(deg), 7))
	p.loop(barrel, 5)
	var head shape
	switch kind {
	case 1: // shotgun
		head = at(rrect(-r*1.4, -r*0.55, r*2.6, r*1.1, r*0.3))
	case 3: // boxy
		head = at(rrect(-r*0.9, -r*0.75, r*1.7, r*1.5, r*0.25))
	default:
		head = at(blob(-r*0.8, -r*0.6, 0, -r, r*0.8, -r*0.6, r, 0, r*0.8, r*0.6, 0, r, -r*0.8, r*0.6))
	}
	halo(head)
	lit := func(px, py float64) float64 {
		u, v := (px-x)/r, (py-y)/r
		return clamp01(0.52 + 0.42*u + 0.42*v)
	}
	switch kind {
	case 0, 4:
		p.fill(head, lit, p.stipple())
		p.tint(windscreen(kind), head)
	case 1:
		p.fill(head, func(px, py float64) float64 { return clamp01(0.55 + 0.7*across(px, py)) }, p.screenOnce(math.Round(deg)+90, 9))
	default:
		p.fill(head, lit, p.lines(deg+45, 8))
	}
	p.loop(head, 6)
	band := at(rect(-r*1.0, -r*0.62, r*0.3, r*1.24))
	if kind != 1 {
		p.solid(band, flat(0.04), 0, 5)
	}
	if kind == 2 { // a station's flag, with nothing on it
		f := at(poly(-r*2.6, -r*0.8, -r*1.3, -r*0.8, -r*1.3, r*0.8, -r*2.6, r*0.8))
		p.stroke(f.and(f[:1]), 14, 14, bareMark)
		p.flood(0, f)
		p.loop(f, 6)
		p.flood(1, at(poly(-r*2.6, -r*0.8, -r*2.1, -r*0.8, -r*2.1, r*0.8, -r*2.6, r*0.8)))
		p.loop(f, 6)
		p.black(at(poly(-r*1.8, -r*0.4, -r*1.6, -r*0.4, -r*1.6, r*0.4, -r*1.8, r*0.4)))
	}
}

// windscreen is the windscreen's colour: only the nearest has any.
func windscreen(kind int) float64 {
	if kind == 4 {
		return 1
	}
	return 0
}

// books: three covers that share one coastline.
func books(p *pic) {
	p.rough = 0.9
	p.all(lin(0, 0, 0.08, 0, 830, 0.30), p.ruled(0, 9))
	p.fill(rect(-50, 860, 1700, 200), lin(0, 860, 0.75, 0, 1000, 0.95), p.lines(0, 8))
	p.line(poly(-50, 860, 1650, 860), 4)
	type book struct{ x, y, w, t float64 }
	for i, b := range []book{{170, 150, 380, 0.1}, {590, 90, 420, 0.5}, {1050, 180, 380, 0.85}} {
		h := 890 - b.y
		p.black(poly(b.x+8, 880, b.x+b.w+34, 862, b.x+b.w+130, 884, b.x+b.w+60, 904, b.x+20, 904))
		pages := poly(b.x+b.w, b.y+6, b.x+b.w+34, b.y+30, b.x+b.w+34, b.y+h-22, b.x+b.w, b.y+h)
		p.solid(pages, flat(0.3), p.screenOnce(90, 6), 4)
		cover := rect(b.x, b.y, b.w, h)
		p.bookCover(cover, b.x, b.y, b.w, h, i)
		p.loop(cover, 6)
		p.fill(rect(b.x, b.y, 26, h), flat(0.9), p.screenOnce(0, 7))
		p.line(poly(b.x+27, b.y, b.x+27, b.y+h), 4)
	}
	p.thread(poly(830, 890, 832, 960), 20)
	p.tideTable(1180, 760)
}

// tideTable is a thin booklet, propped against the others for scale.
func (p *pic) tideTable(x, y float64) {
	p.black(poly(x-6, y+170, x+330, y+170, x+300, y+130))
	back := poly(x+110, y+4, x+236, y-24, x+258, y+140, x+124, y+166)
	front := poly(x-14, y-16, x+110, y+4, x+124, y+166, x-8, y+150)
	p.stroke(back.and(back[:1]), 14, 14, bareMark)
	p.stroke(front.and(front[:1]), 14, 14, bareMark)
	p.solid(back, flat(0.45), p.screenOnce(90, 7), 5)
	p.flood(0, front)
	p.loop(front, 5)
	for i := range 7 {
		yy := y + 18 + float64(i)*18
		for c := range 4 {
			p.line(poly(x+6+float64(c)*26, yy+float64(c)*3, x+22+float64(c)*26, yy+2+float64(c)*3), 4)
		}
	}
}

func (p *pic) bookCover(cover shape, x, y, w, h float64, i int) {
	north := curve(100, 420, 240, 380, 340, 430, 480, 390, 600, 430, 720, 380, 860, 440, 960, 400, 1100, 450, 1240, 410, 1380, 450, 1520, 420)
	south := curve(100, 640, 220, 620, 360, 690, 500, 640, 640, 690, 760, 660, 900, 710, 1040, 650, 1160, 700, 1300, 660, 1420, 700, 1540, 660)
	land := flat([]float64{0.06, 0.90, 0.45}[i])
	scr := []int{p.stipple(), p.lines(60, 8), p.dots(45, 9)}[i]
	p.within(cover, func() {
		p.fill(cover, land, scr)
		if i == 0 {
			p.tint(0.30, cover)
		}
		water := ring(north, south)
		p.fill(water, flat([]float64{0.5, 0.12, 0.05}[i]), p.along(9, func(px, py float64) float64 { return py + 8*math.Sin(px/44) }))
		p.wash(water, flat([]float64{0.0, 0.75, 0.95}[i]))
		p.stroke(north, 7, 7, bareMark)
		p.stroke(south, 7, 7, bareMark)
		p.stroke(north, 3, 3, inkMark)
		p.stroke(south, 3, 3, inkMark)
		cable := curve(100, 520, 400, 560, 700, 520, 1000, 580, 1300, 530, 1600, 560)
		p.stroke(cable, 8, 8, bareMark)
		p.stroke(cable, 4, 4, inkMark)
	})
	cx := x + 13 + w/2
	label := rect(cx-110, y+56, 220, 120)
	if i == 1 {
		label = ell(cx, y+130, 130, 84)
	}
	p.flood(0, label)
	p.loop(label, 4)
	p.line(poly(cx-70, y+100, cx+70, y+100), 11)
	p.line(poly(cx-46, y+128, cx+46, y+128), 11)
	p.line(poly(cx-24, y+156, cx+24, y+156), 5)
	p.flood(0, rect(cx-60, y+h-66, 120, 20))
	p.line(poly(cx-44, y+h-56, cx+44, y+h-56), 6)
}

// printingPress is an iron flat-bed with its flywheel, seen from the side.
func printingPress(p *pic) {
	p.rough = 1
	p.fill(rect(-50, -50, 1700, 900), lin(0, 0, 0.12, 1600, 300, 0.42), p.screenOnce(90, 9))
	for i := range 9 { // the staircase above
		f := float64(i)
		p.solid(poly(860+f*92, 300-f*46, 952+f*92, 300-f*46, 952+f*92, 254-f*46, 1640, 254-f*46, 1640, 300-f*46), flat(0.7), p.lines(20, 8), 4)
	}
	for i := range 14 { // tiles
		for j := range 4 {
			q0, q1 := 1+float64(j)*0.24, 1+float64(j+1)*0.24
			y0, y1 := 840+float64(j)*50, 890+float64(j)*50
			x0 := (float64(i) - 7) * 130
			s := poly(800+x0*q0, y0, 800+(x0+130)*q0, y0, 800+(x0+130)*q1, y1, 800+x0*q1, y1)
			if (i+j)%2 == 0 {
				p.fill(s, flat(0.8), p.screenOnce(0, 8))
			} else {
				p.fill(s, flat(0.03), 0)
			}
			p.loop(s, 2.5)
		}
	}
	p.pressBed()
	p.roller(800, 420, 190)
	p.pressFrame()
	p.flywheel(1290, 520, 300)
	p.flywheel(330, 690, 96)
}

func (p *pic) pressBed() {
	iron := p.lines(0, 8)
	p.solid(poly(150, 640, 1130, 640, 1130, 700, 150, 700), lin(0, 640, 0.45, 0, 700, 0.98), iron, 5)
	p.solid(rect(190, 600, 780, 40), lin(190, 0, 0.1, 970, 0, 0.5), p.screenOnce(90, 7), 5)
	for i := range 40 { // the type
		p.black(rect(204+float64(i)*19, 584, 11, 22))
	}
	p.feedBoard()
	for i := range 5 { // printed sheets
		y := 560 - float64(i)*12
		p.solid(poly(-60, y, 96, y-6, 140, y+10, -60, y+18), flat(0.02), 0, 3.5)
	}
	p.solid(rect(-60, 574, 170, 24), flat(0.8), p.screenOnce(0, 8), 4)
	p.line(poly(70, 598, 70, 860), 16)
}

// feedBoard slopes down to the cylinder, with the white paper on it.
func (p *pic) feedBoard() {
	for _, x := range []float64{250, 560} {
		p.line(poly(x, 300-(x-250)*0.13, x+30, 640), 12)
	}
	p.line(poly(250, 330, 590, 600), 7)
	p.solid(poly(150, 286, 690, 222, 720, 240, 700, 250, 160, 316), lin(0, 220, 0.5, 0, 310, 0.95), p.screenOnce(0, 8), 5)
	for i := range 8 {
		y := -float64(i) * 11
		d := float64(i%3) * 6
		p.solid(poly(206+d, 278+y, 520+d, 241+y, 546+d, 247+y, 232+d, 286+y), flat(0), 0, 3.5)
	}
	feed := curve(520, 152, 600, 190, 680, 218, 760, 232)
	p.stroke(feed, 15, 15, inkMark)
	p.stroke(feed, 8, 8, bareMark)
	out := curve(618, 470, 560, 500, 440, 520, 300, 528, 120, 552)
	p.stroke(out, 16, 16, inkMark)
	p.stroke(out, 9, 9, bareMark)
	for i := 2; i+2 < len(out); i += 3 {
		p.line(out[i:i+2], 5)
	}
}

func (p *pic) pressFrame() {
	cast := p.lines(90, 8)
	for _, x := range []float64{250, 1010} {
		leg := curve(x-70, 870, x-50, 800, x-34, 700).and(curve(x+34, 700, x+50, 800, x+70, 870))
		p.solid(leg, lin(x-60, 0, 0.55, x+60, 0, 1), cast, 5)
		p.slit(curve(x-30, 850, x-18, 790, x-10, 714), 4)
	}
	side := curve(640, 640, 650, 540, 700, 470, 740, 430).and(curve(860, 430, 900, 470, 950, 540, 960, 640))
	p.solid(side, lin(640, 0, 0.62, 960, 0, 1), cast, 6)
	arch := arc(800, 650, 96, 110, math.Pi, 2*math.Pi)
	p.fill(arch, flat(0.2), p.screenOnce(90, 9))
	p.loop(arch, 5)
	p.black(circ(800, 420, 62))
	p.stroke(circ(800, 420, 62), 5, 5, bareMark)
	p.flood(1, circ(800, 420, 40))
	p.line(circ(800, 420, 40), 5)
	p.black(circ(800, 420, 15))
	p.stroke(curve(662, 620, 676, 540, 720, 480), 4, 4, bareMark)
	p.line(poly(800, 420, 1290, 520), 15)
	p.slit(poly(868, 432, 1230, 506), 4)
	gear := circ(1060, 640, 84)
	for i := range 24 {
		a := float64(i) * math.Pi / 12
		p.stroke(poly(1060+80*math.Cos(a), 640+80*math.Sin(a), 1060+98*math.Cos(a), 640+98*math.Sin(a)), 13, 10, inkMark)
	}
	p.solid(gear, lin(980, 560, 0.4, 1140, 720, 0.95), p.along(8, func(x, y float64) float64 { return math.Hypot(x-1060, y-640) }), 5)
	p.flood(0.9, circ(1060, 640, 26))
	p.line(circ(1060, 640, 26), 5)
}

// flywheel is a rim, six curved spokes and a hub.
func (p *pic) flywheel(x, y, r float64) {
	for i := range 6 {
		a := float64(i)*math.Pi/3 + 0.2
		b := a + 0.34
		s := curve(x+r*0.12*math.Cos(a), y+r*0.12*math.Sin(a), x+r*0.5*math.Cos(b), y+r*0.5*math.Sin(b), x+r*0.92*math.Cos(a+0.2), y+r*0.92*math.Sin(a+0.2))
		p.stroke(s, r*0.13, r*0.08, inkMark)
		p.stroke(s, r*0.03, r*0.015, bareMark)
	}
	rim := circ(x, y, r*0.94)
	p.stroke(rim, r*0.18, r*0.18, inkMark)
	p.stroke(rim, r*0.125, r*0.125, tintMark)
	p.stroke(arc(x, y, r*0.95, r*0.95, -math.Pi*0.95, -math.Pi*0.35), r*0.03, r*0.02, bareMark)
	p.stroke(arc(x, y, r*0.93, r*0.93, 0.1, math.Pi*0.7), r*0.05, r*0.03, inkMark)
	p.black(circ(x, y, r*0.17))
	p.flood(1, circ(x, y, r*0.1))
	p.black(circ(x, y, r*0.04))
}

func (p *pic) roller(x, y, r float64) {
	c := circ(x, y, r)
	p.stroke(c, 16, 16, bareMark)
	p.fill(c, func(px, py float64) float64 {
		u, v := (px-x)/r, (py-y)/r
		return clamp01(0.5 + 0.36*u + 0.42*v)
	}, p.along(8, func(px, py float64) float64 { return math.Hypot(px-x, py-y) }))
	p.line(c, 6)
	p.flood(0.9, circ(x, y, r*0.36))
	p.line(circ(x, y, r*0.36), 5)
	p.black(circ(x, y, r*0.13))
	for i := range 6 {
		a := float64(i) * math.Pi / 3
		p.black(circ(x+r*0.26*math.Cos(a), y+r*0.26*math.Sin(a), r*0.045))
	}
}
