// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

func seaScenes() []scene {
	return []scene{
		{"cable-ship", palette{cream, inkSea, red}, cableShip},
		{"ferry", palette{straw, inkSea, ochre}, ferry},
		{"fishing-boats", palette{mist, fir, ochre}, fishingBoats},
		{"lighthouse", palette{cream, inkBlk, red}, lighthouse},
		{"lighthouse-night", palette{straw, inkSea, ochre}, lighthouseNight},
		{"icebreaker", palette{mist, inkSea, red}, icebreaker},
		{"harbour", palette{blush, inkSea, rust}, harbour},
		{"grain-ship", palette{cream, sepia, ochre}, grainShip},
		{"submarine", palette{bone, inkSea, petrol}, submarine},
		{"gas-tanker", palette{cream, inkBlk, petrol}, gasTanker},
		{"small-boats", palette{mist, inkSea, rust}, smallBoats},
		{"nets", palette{straw, fir, bottle}, nets},
		{"drone", palette{bone, inkSea, petrol}, drone},
		{"causeway-bridge", palette{mist, inkSea, petrol}, causewayBridge},
	}
}

func cableShip(p *pic) {
	p.rough = 1.2
	p.sky(430, 0.62, 0.10, 0.9)
	sea := p.along(8.5, func(x, y float64) float64 {
		return y + 10*math.Sin(x/150+y/90) + 5*math.Sin(x/61-y/40)
	})
	deep := p.coarse(func(x, y float64) float64 {
		glow := 0.22 * math.Exp(-((x-560)*(x-560)/160000 + (y-560)*(y-560)/26000))
		return mix(0.42, 0.93, clamp01((y-400)/430)) - glow
	})
	surface := curve(-40, 424, 90, 418, 200, 428, 330, 419, 480, 426, 640, 418, 800, 428, 960, 420, 1100, 428, 1250, 418, 1400, 427, 1640, 420)
	p.fill(surface.and(poly(1640, 1100, -40, 1100)), deep, sea)
	p.tint(0.16, surface.and(poly(1640, 1100, -40, 1100)))
	p.cableShipSeabed()
	p.cableShipHull(150, 428)
	p.loomingBow()
	cable := curve(156, 352, 140, 400, 150, 470, 178, 560, 260, 730, 420, 846, 640, 872, 830, 884, 1010, 868, 1180, 884, 1390, 902, 1640, 884)
	p.stroke(cable, 15, 15, bareMark)
	p.stroke(cable, 10, 10, tintMark)
	p.stroke(surface, 5, 5, bareMark)
	for i := range 26 {
		x := float64(i)*64 + p.r.in(0, 40)
		p.taper(curve(x, 433, x+30, 438, x+70, 432), 4, bareMark)
	}
	p.anchor(1085, 735, 1.0)
}

func (p *pic) cableShipSeabed() {
	bed := curve(-40, 905, 120, 915, 260, 885, 420, 872, 600, 893, 830, 905, 1010, 886, 1200, 908, 1400, 925, 1640, 905)
	p.fill(bed.and(poly(1640, 1100, -40, 1100)), flat(0.97), 0)
	p.stroke(bed, 4, 4, bareMark)
	for range 150 {
		x, y := p.r.in(0, 1600), p.r.in(925, 1000)
		l := p.r.in(10, 50)
		p.taper(curve(x, y, x+l/2, y-l*0.12, x+l, y), 2.5, bareMark)
	}
}

// cableShipHull draws the ship with its stern at x, the waterline at y.
func (p *pic) cableShipHull(x, y float64) {
	hull := curve(x+14, y+6, x+4, y-30, x, y-74).and(curve(x, y-74, x+180, y-66, x+380, y-72, x+560, y-88, x+690, y-118)).and(curve(x+690, y-118, x+660, y-50, x+628, y+6))
	plate := p.lines(90, 7)
	white := p.ruled(0, 8)
	p.truss(x+30, y-70, x+30, y-150, 22, 4)
	p.truss(x+30, y-150, x-50, y-120, 20, 4)
	p.solid(rect(x+120, y-122, 130, 60), lin(x+120, 0, 0.05, x+250, 0, 0.3), white, 3)
	for i := range 4 {
		h, in := 40.0, float64(i)*16
		p.solid(rect(x+352+in, y-110-float64(i)*h, 236-in*1.5, h+6), lin(x+352, 0, 0.38, x+520, 0, 0.0), white, 3)
		p.windows(x+374+in, y-98-float64(i)*h, 11, 13, 22, 9-i, p.black)
	}
	p.black(rect(x+404, y-226, 170, 16))
	fun := poly(x+300, y-100, x+306, y-196, x+352, y-196, x+358, y-100)
	p.solid(fun, lin(x+300, 0, 0.7, x+358, 0, 0.2), plate, 3)
	p.flood(1, rect(x+303, y-176, 52, 24))
	p.line(poly(x+480, y-270, x+480, y-370), 5)
	p.line(poly(x+446, y-330, x+514, y-330), 4)
	p.line(poly(x+480, y-366, x+690, y-120), 1.6)
	p.line(poly(x+480, y-366, x+330, y-196), 1.6)
	p.solid(hull, lin(0, y-110, 0.66, 0, y, 0.95), plate, 3.5)
	p.within(hull, func() {
		p.flood(0.95, rect(x-50, y-14, 800, 30))
		p.slit(curve(x-10, y-60, x+180, y-52, x+380, y-58, x+560, y-73, x+700, y-104), 4)
	})
	p.black(circ(x+6, y-62, 22))
	p.flood(0, circ(x+6, y-62, 15))
	p.line(poly(x-9, y-62, x+21, y-62), 3)
	p.line(poly(x+6, y-77, x+6, y-47), 3)
	for i := range 4 {
		p.gull(x+760+float64(i)*70, y-250+float64((i*53)%90), 22, inkMark)
	}
}

// loomingBow is the other ship, of which one sees only that it is near.
func (p *pic) loomingBow() {
	bow := curve(1120, -20, 1190, 120, 1268, 300, 1312, 430, 1330, 520, 1380, 600, 1470, 640, 1660, 655).and(poly(1660, -20))
	steel := p.along(9, func(x, y float64) float64 { return x*0.86 - y*0.25 + 60*math.Sin(y/330) })
	p.fill(bow, lin(1180, 200, 0.74, 1560, 330, 0.97), steel)
	p.loop(bow, 5)
	p.within(bow, func() {
		p.slit(curve(1108, -10, 1176, 112, 1255, 296, 1300, 432).move(26, 0), 3)
		p.shade(poly(1200, 424, 1700, 424, 1700, 700, 1200, 700), flat(0.5))
	})
	p.black(ell(1298, 190, 34, 40))
	p.stroke(ell(1298, 190, 36, 42), 6, 6, bareMark)
	hang := curve(1290, 214, 1262, 330, 1200, 470, 1116, 604)
	p.chain(hang, 34, inkMark)
	p.chainLight(hang, 34)
}

// chainLight puts white metal inside a chain's black outline.
func (p *pic) chainLight(path shape, size float64) {
	p.chainAs(path, size, size*0.15, bareMark)
}

// anchor hangs in the water: white metal, shaded on one side.
func (p *pic) anchor(x, y, k float64) {
	at := func(s shape) shape { return s.size(k, k, 0, 0).move(x, y).turn(13, x, y) }
	m := p.ruled(35, 7)
	parts := []shape{
		at(poly(-17, -110, 17, -110, 25, 150, -25, 150)),
		at(rrect(-78, -92, 156, 22, 8)),
		at(blob(-150, 10, -118, 74, -50, 116, 0, 128, 50, 116, 118, 74, 150, 10, 132, 104, 62, 152, 0, 170, -62, 152, -132, 104)),
		at(poly(-172, 52, -150, -34, -96, 44)), at(poly(172, 52, 150, -34, 96, 44)),
	}
	for _, s := range parts {
		p.stroke(s.and(s[:1]), 16, 16, inkMark)
	}
	p.fills(parts, lin(x-60, y, 0.0, x+100, y+30, 0.5), m)
	l := at(circ(0, -130, 24))
	p.stroke(l.and(l[:1]), 22, 22, inkMark)
	p.stroke(l.and(l[:1]), 12, 12, bareMark)
}

func ferry(p *pic) {
	p.rough = 1.6
	p.all(lin(0, 0, 0.97, 0, 640, 0.78), p.wood(-4, 11))
	for range 60 {
		s := p.r.in(1, 2.6)
		p.cut(circ(p.r.in(0, 1600), p.r.in(0, 300), s))
	}
	sea := p.woodAlong(1, func(x, y float64) float64 {
		d := max(0, y-640)
		return 32*math.Log(1+d/190) + 0.8*math.Sin(x/70+d/30)
	})
	p.fill(rect(-50, 640, 1700, 400), flat(0.86), sea)
	p.ferryLights()
	p.ferryShip()
	quay := poly(-50, 905, 1650, 870, 1650, 1050, -50, 1050)
	p.fill(quay, flat(1), 0)
	p.slit(poly(-50, 905, 1650, 870), 3)
	for i := range 13 {
		x := 70 + float64(i)*66 + p.r.in(-16, 16)
		if i > 9 {
			x += 330
		}
		who := p.person(x, 925+p.r.in(-6, 10), p.r.in(205, 262))
		for _, s := range who {
			p.stroke(s.and(s[:1]).move(4, -1), 6, 6, bareMark)
		}
		p.black(who...)
	}
	p.bollard(1130, 905)
}

func (p *pic) bollard(x, y float64) {
	s := poly(x-26, y+20, x-20, y-50, x+20, y-50, x+26, y+20)
	p.black(s, rrect(x-34, y-66, 68, 22, 10))
	p.stroke(curve(x+24, y-40, x+120, y-34, x+260, y-110, x+330, y-230), 5, 5, bareMark)
}

func (p *pic) ferryLights() {
	for range 210 {
		t := p.r.f()
		x, y := p.r.in(190, 1500), mix(660, 880, t)
		l := mix(12, 46, t)
		p.stroke(poly(x-l, y, x+l, y+p.r.in(-3, 3)), 4, 6, tintMark)
	}
}

func (p *pic) ferryShip() {
	grey := p.ruled(0, 9)
	hull := poly(150, 520, 1520, 486, 1566, 430, 1490, 655, 215, 660)
	decks := []shape{
		poly(190, 530, 196, 440, 1450, 425, 1500, 500),
		poly(230, 450, 240, 368, 1360, 356, 1420, 430),
		poly(290, 380, 300, 306, 1240, 298, 1310, 364),
		poly(980, 310, 990, 244, 1190, 240, 1230, 302),
	}
	for i, d := range decks {
		p.fill(d, lin(200, 0, 0.42, 1200, 0, 0.06), grey)
		p.loop(d, 3.5)
		if i < 3 {
			y := 470 - float64(i)*76
			x := 232 + float64(i)*52
			p.windows(x, y-10, 27, 34, 45, 26-i*3, func(s ...shape) { p.black(s...) })
			for j := range 26 - i*3 {
				if (j*7+i*5)%11 < 8 {
					w := x + float64(j)*45
					p.flood(1, rect(w+3, y-7, 21, 28))
				}
			}
		}
	}
	p.black(rect(1010, 262, 190, 22))
	p.fill(hull, lin(0, 480, 0.90, 0, 660, 1), p.lines(90, 9))
	p.loop(hull, 4)
	p.slit(poly(168, 548, 1548, 512), 6)
	fun := poly(470, 312, 500, 150, 660, 146, 672, 306)
	p.fill(fun, lin(470, 0, 0.95, 680, 0, 0.4), p.lines(90, 9))
	p.loop(fun, 4)
	p.flood(1, poly(489, 216, 494, 186, 663, 182, 665, 213))
	smoke := blob(520, 140, 420, 92, 300, 84, 150, 30, -60, 10, -60, -60, 200, -30, 420, 20, 600, 90, 640, 140)
	p.fill(smoke, lin(600, 140, 0.2, 0, 0, 0.85), p.wood(20, 11))
	p.line(poly(1090, 240, 1090, 120), 6)
	p.line(poly(1050, 160, 1130, 160), 5)
	p.flood(1, circ(1090, 116, 9))
}

func fishingBoats(p *pic) {
	p.rough = 1.8
	p.sky(470, 0.42, 0.08, 0.95)
	hills := curve(-50, 440, 160, 372, 330, 410, 520, 340, 760, 425, 1000, 380, 1240, 330, 1430, 392, 1650, 360)
	p.fill(hills.and(poly(1650, 520, -50, 520)), flat(0.5), p.wood(52, 11))
	for i := range 7 { // the wind farm
		x, y := 430+float64(i)*92, 452-float64(i%2)*6
		p.line(poly(x, y, x, y-112), 3.5)
		for b := range 3 {
			a := float64(b)*2.094 + float64(i)*0.7
			p.line(poly(x, y-112, x+44*math.Cos(a), y-112+44*math.Sin(a)), 2.6)
		}
	}
	p.fill(rect(-50, 460, 1700, 600), lin(0, 460, 0.10, 0, 1000, 0.58), p.water(440, 0.9))
	for _, b := range []struct{ x, y, k, t float64 }{{1330, 560, 0.62, 0.7}, {1000, 600, 0.72, 0.82}, {225, 585, 0.66, 0.75}, {640, 660, 0.98, 0.9}, {1310, 800, 1.28, 0.95}, {330, 850, 1.42, 0.96}} {
		p.boat(b.x, b.y, b.k, b.t)
	}
	p.ripples(880, 990, 30, bareMark)
	for i := range 9 {
		p.gull(660+float64(i*67%520), 120+float64(i*83%240), 14+float64(i%4)*7, inkMark)
	}
}

// boat is a small trawler, bow towards us, at waterline y.
func (p *pic) boat(x, y, k, dark float64) {
	at := func(s shape) shape { return s.size(k, k, 0, 0).move(x, y) }
	for i := range 9 { // the broken reflection
		w := (118 - float64(i)*9) * k
		yy := y + (8+float64(i)*13)*k
		dx := p.r.in(-14, 14) * k
		p.taper(poly(x-w+dx, yy, x+dx, yy+2, x+w+dx, yy), 9*k, inkMark)
	}
	p.line(at(poly(0, -210, 0, -470)), 7*k)
	p.line(at(poly(-92, -330, 0, -440, 92, -330)), 3*k)
	p.line(at(poly(-130, -250, 0, -380)), 4*k)
	p.line(at(poly(0, -462, 108, -150)), 2*k)
	p.line(at(poly(0, -462, -108, -150)), 2*k)
	house := at(poly(-66, -150, -60, -270, 60, -270, 66, -150))
	p.fill(house, lin(x-66*k, 0, 0.02, x+66*k, 0, 0.45), p.wood(90, 9))
	p.loop(house, 4*k)
	p.black(at(rect(-76, -284, 152, 18)), at(rect(-48, -248, 26, 34)), at(rect(-13, -248, 26, 34)), at(rect(22, -248, 26, 34)))
	hull := at(curve(-136, -150, -130, -70, -96, -10, -60, 12, 0, 18, 60, 12, 96, -10, 130, -70, 136, -150).and(curve(136, -150, 70, -138, 0, -178, -70, -138, -136, -150)))
	side := p.woodAlong(10, func(px, py float64) float64 {
		u := (px - x) / (140 * k)
		return (py - y) + 26*k*u*u*3
	})
	p.fill(hull, lin(x-136*k, y, dark-0.45, x+120*k, y, dark+0.1), side)
	p.loop(hull, 5*k)
	p.within(hull, func() { p.flood(0.9, at(poly(-200, -22, 200, -22, 200, 60, -200, 60))) })
	p.line(at(poly(0, -172, 0, 16)), 7*k)
	p.slit(at(curve(-128, -128, -66, -116, -6, -152)), 5*k)
	p.slit(at(curve(128, -128, 66, -116, 6, -152)), 5*k)
	p.flood(0, at(circ(-46, -100, 12)), at(circ(46, -100, 12)))
}

func lighthouse(p *pic) {
	p.rough = 1.2
	bands := p.along(8, func(x, y float64) float64 {
		return math.Hypot((x-1040)*0.8, y-330) + 22*noise(x/120, y/70)
	})
	p.fill(rect(-50, -50, 1700, 800), p.coarse(func(x, y float64) float64 {
		c := fbm(x/300, y/110, 4)
		return mix(0.08, 0.55, clamp01(math.Hypot(x-1040, y-330)/1100)) * (1 - 0.9*step(0.48, 0.6, c))
	}), bands)
	p.fill(rect(-50, 700, 1700, 400), lin(0, 700, 0.25, 0, 1000, 0.8), p.water(690, 1.6))
	p.ripples(730, 1000, 50, bareMark)
	p.lighthouseRock()
	p.lighthouseTower(1040, 720)
	for i := range 7 {
		p.gull(230+float64(i*97%430), 190+float64(i*71%220), 20+float64(i%3)*9, inkMark)
	}
	ship := poly(170, 690, 182, 704, 300, 704, 318, 684, 284, 686, 284, 668, 262, 668, 262, 686)
	p.black(ship, rect(268, 648, 6, 24))
}

func (p *pic) lighthouseRock() {
	rock := curve(560, 900, 640, 850, 700, 770, 790, 745, 860, 712, 960, 700, 1130, 702, 1230, 730, 1290, 780, 1400, 812, 1480, 890, 1530, 930).and(curve(1530, 930, 1300, 950, 1000, 930, 760, 945, 560, 900))
	p.fill(rock, p.coarse(func(x, y float64) float64 {
		return clamp01(0.30 + (x-900)/900 + (y-760)/420 + 0.7*(fbm(x/60, y/38, 3)-0.5))
	}), p.lines(68, 8))
	p.loop(rock, 4)
	for range 44 {
		x, y := p.r.in(700, 1430), p.r.in(745, 900)
		p.taper(curve(x, y, x+p.r.in(8, 30), y+p.r.in(10, 26), x+p.r.in(0, 50), y+p.r.in(30, 60)), 4, inkMark)
	}
	for i := range 30 { // surf
		x := 545 + float64(i)*34 + p.r.in(-12, 12)
		y := 922 + 18*math.Sin(float64(i)*1.3)
		p.cut(ell(x, y, p.r.in(14, 34), p.r.in(7, 13)))
		p.taper(curve(x-26, y+9, x, y+13, x+26, y+8), 4, inkMark)
	}
}

// lighthouseTower stands at x, with its foot at y.
func (p *pic) lighthouseTower(x, y float64) {
	at := func(s shape) shape { return s.move(x, y) }
	round := p.along(8, func(px, py float64) float64 {
		u := (px - x) / 90
		return py - 13*u*u
	})
	shade := lin(x-80, 0, 0.0, x+80, 0, 0.75)
	p.solid(at(poly(-150, 4, -150, -86, -40, -86, -40, 4)), flat(0.12), p.lines(90, 8), 3)
	p.black(at(poly(-166, -84, -95, -140, -30, -84)), at(rect(-120, -60, 24, 30)))
	tower := at(poly(-84, 6, -50, -470, 50, -470, 84, 6))
	p.solid(tower, shade, round, 4)
	p.within(tower, func() {
		for _, b := range []float64{-420, -270, -120} {
			band := at(curve(-120, b, 0, b+14, 120, b).and(curve(120, b+74, 0, b+88, -120, b+74)))
			p.tint(1, band)
		}
		for _, w := range []float64{-310, -165} {
			p.black(at(rect(-12, w, 20, 38)))
		}
	})
	p.black(at(rect(-18, -52, 36, 58)))
	p.solid(at(poly(-80, -470, -74, -492, 74, -492, 80, -470)), flat(0.75), p.lines(0, 7), 3)
	for i := range 9 {
		p.line(at(poly(-76+float64(i)*19, -490, -76+float64(i)*19, -524)), 2.5)
	}
	p.line(at(poly(-78, -524, 78, -524)), 3.5)
	p.solid(at(rect(-42, -580, 84, 90)), flat(0), 0, 4)
	p.flood(0.85, at(rect(-20, -566, 40, 62)))
	for i := range 4 {
		p.line(at(poly(-42+float64(i)*28, -580, -42+float64(i)*28, -490)), 3)
	}
	p.black(at(curve(-56, -578, -44, -616, 0, -640, 44, -616, 56, -578)), at(circ(0, -646, 9)))
	p.line(at(poly(0, -640, 0, -690)), 3)
}

func lighthouseNight(p *pic) {
	p.rough = 2
	const lx, ly = 420.0, 372.0
	p.fill(rect(-50, -50, 1700, 700), flat(0.95), p.woodAlong(12, func(x, y float64) float64 {
		return math.Hypot(x-lx, y-ly)
	}))
	sea := p.woodAlong(1, func(x, y float64) float64 {
		d := max(0, y-640)
		return 30*math.Log(1+d/150) + 0.9*math.Sin(x/80+d/24)
	})
	p.fill(rect(-50, 640, 1700, 500), lin(0, 640, 0.95, 0, 1000, 0.86), sea)
	for range 46 {
		p.cut(circ(p.r.in(0, 1600), p.r.in(0, 560), p.r.in(1.2, 3.2)))
	}
	beam := poly(lx, ly-12, 1700, 60, 1700, 520, lx, ly+12)
	p.cut(beam)
	p.wash(beam, lin(lx, ly, 0.75, 1600, ly, 0.1))
	back := poly(lx, ly-10, -100, ly+30, -100, ly+130, lx, ly+10)
	p.cut(back)
	p.wash(back, flat(0.55))
	for i := range 9 {
		y := mix(100, 500, float64(i)/8)
		p.taper(poly(lx+260, ly+(y-ly)*0.2, 1000, mix(ly, y, 0.5), 1650, y-10), 5, inkMark)
	}
	for range 120 { // light on water
		t := p.r.f()
		x, y := p.r.in(700, 1600), mix(655, 860, t)
		l := mix(16, 60, t)
		p.stroke(poly(x-l, y, x+l, y), 3, 6, tintMark)
	}
	rock := curve(60, 720, 160, 660, 240, 600, 330, 570, 500, 566, 600, 610, 700, 670, 800, 720)
	p.fill(rock.and(poly(800, 740, 60, 740)), flat(1), 0)
	p.stroke(rock[len(rock)/2:], 3, 5, tintMark)
	p.slit(rock[:len(rock)/2+1], 2.6)
	p.fill(poly(lx-44, 580, lx-26, 410, lx+26, 410, lx+44, 580), flat(1), 0)
	p.slit(poly(lx+34, 574, lx+20, 420), 5)
	p.slit(poly(lx-42, 570, lx-26, 420), 2.6)
	p.fill(poly(lx-40, 412, lx-36, 398, lx+36, 398, lx+40, 412), flat(1), 0)
	p.flood(0.2, rect(lx-22, 346, 44, 52))
	p.black(poly(lx-32, 348, lx, 312, lx+32, 348), rect(lx-3, 346, 6, 52))
	for i, c := range []pt{{200, 640}, {280, 606}, {560, 604}} {
		p.black(rect(c.x, c.y-44, 74, 60), poly(c.x-8, c.y-42, c.x+37, c.y-76, c.x+82, c.y-42), rect(c.x+54, c.y-80, 10, 30))
		p.slit(poly(c.x-8, c.y-42, c.x+37, c.y-76, c.x+82, c.y-42), 3)
		p.slit(poly(c.x, c.y-40, c.x, c.y+10), 2.4)
		p.flood(1, rect(c.x+12, c.y-28, 16, 18))
		if i != 1 {
			p.flood(1, rect(c.x+44, c.y-28, 16, 18))
		}
	}
	keeper := p.person(690, 670, 92)
	p.black(keeper...)
	p.black(poly(1330, 676, 1346, 700, 1440, 700, 1462, 668), rect(1390, 640, 20, 34))
	p.flood(1, circ(1400, 634, 5))
}

func icebreaker(p *pic) {
	p.rough = 1.4
	p.sky(430, 0.36, 0.06, 0.95)
	ice := poly(-50, 430, 1650, 430, 1650, 1050, -50, 1050)
	p.fill(ice, lin(0, 430, 0.02, 0, 1000, 0.16), p.ruled(3, 9))
	for i := range 40 { // the far pack
		x, y := p.r.in(0, 1600), 440+p.r.in(0, 80)
		p.taper(poly(x, y, x+p.r.in(20, 90), y+p.r.in(-5, 4)), 2+float64(i%3), inkMark)
	}
	lead := poly(800, 640, 930, 690, 1010, 800, 1250, 1060, 330, 1060, 580, 800, 660, 690)
	p.fill(lead, flat(0.94), p.lines(4, 9))
	p.wash(lead, flat(0))
	for range 5 {
		p.floe(p.r.in(560, 1020), p.r.in(840, 990), p.r.in(40, 90))
	}
	for _, f := range []struct{ x, y, r float64 }{{250, 620, 150}, {1370, 640, 170}, {420, 780, 190}, {1210, 790, 190}, {120, 900, 240}, {1500, 930, 240}, {520, 650, 90}, {1085, 660, 90}} {
		p.floe(f.x, f.y, f.r)
	}
	p.icebreakerBow()
	for range 34 { // broken ice at the stem
		x := 800 + p.r.in(-260, 260)
		y := 700 + math.Abs(x-800)*0.22 + p.r.in(-20, 30)
		p.floe(x, y, p.r.in(18, 52))
	}
}

// floe is a slab of ice with a thick dark edge.
func (p *pic) floe(x, y, r float64) {
	var s shape
	n := 6 + p.r.n(3)
	for i := range n {
		a := (float64(i) + p.r.in(-0.3, 0.3)) / float64(n) * 2 * math.Pi
		k := r * p.r.in(0.75, 1.1)
		s = append(s, pt{x + k*math.Cos(a), y + k*0.36*math.Sin(a)})
	}
	edge := s.move(0, r*0.11)
	p.fill(edge, flat(0.85), 0)
	p.loop(edge, 3)
	p.fill(s, flat(0.0), 0)
	p.loop(s, 2.5)
	for range int(r / 22) {
		ax, ay := x+p.r.in(-0.5, 0.4)*r, y+p.r.in(-0.16, 0.16)*r
		p.taper(poly(ax, ay, ax+r*0.3, ay+r*0.03), 2, inkMark)
	}
}

func (p *pic) icebreakerBow() {
	white := p.ruled(0, 8)
	p.solid(poly(610, 330, 620, 150, 980, 150, 990, 330), lin(610, 0, 0.0, 990, 0, 0.42), white, 4)
	p.solid(poly(560, 152, 575, 84, 1025, 84, 1040, 152), lin(610, 0, 0.0, 990, 0, 0.42), white, 4)
	p.windows(592, 98, 36, 34, 47, 9, p.black)
	p.windows(650, 190, 26, 26, 68, 5, p.black)
	p.windows(650, 250, 26, 26, 68, 5, p.black)
	p.line(poly(800, 84, 800, -40), 9)
	p.truss(800, 84, 800, -40, 34, 3)
	p.line(poly(690, 20, 910, 20), 6)
	hull := curve(474, 250, 492, 380, 556, 540, 660, 660, 760, 726, 800, 735, 840, 726, 940, 660, 1044, 540, 1108, 380, 1126, 250).and(curve(1126, 250, 960, 300, 840, 318, 800, 322, 760, 318, 640, 300, 474, 250))
	left := p.lines(58, 9)
	p.fill(hull, lin(480, 0, 0.04, 800, 0, 0.18), left)
	p.within(hull, func() {
		p.fill(rect(800, 200, 400, 600), lin(800, 0, 0.45, 1120, 0, 0.85), p.lines(-58, 9))
		p.tint(1, rect(400, 200, 800, 600))
		p.fill(poly(400, 560, 1200, 560, 1200, 800, 400, 800), lin(500, 0, 0.72, 1100, 0, 1), left)
		p.slit(curve(482, 290, 640, 340, 800, 360, 960, 340, 1118, 290), 9)
	})
	p.loop(hull, 6)
	p.line(poly(800, 320, 800, 735), 9)
	for _, x := range []float64{660, 940} {
		p.black(ell(x, 420, 26, 32))
		p.line(poly(x, 420, x+(800-x)*0.06, 520), 12)
		p.line(poly(x-28, 505, x+28, 505), 10)
	}
}

func harbour(p *pic) {
	p.rough = 1.2
	p.fill(rect(-50, -50, 1700, 760), lin(0, 0, 0.40, 0, 640, 0.02), p.ruled(0, 8))
	sun := circ(560, 430, 190)
	p.flood(0.9, sun)
	p.within(sun, func() {
		for i := range 7 {
			p.slit(poly(300, 470+float64(i)*24, 820, 470+float64(i)*24), 2+float64(i)*1.8)
		}
	})
	p.fill(curve(-50, 600, 200, 560, 420, 590, 700, 548, 980, 592, 1300, 560, 1650, 585).and(poly(1650, 660, -50, 660)), flat(0.38), p.ruled(60, 8))
	p.fill(rect(-50, 640, 1700, 460), lin(0, 640, 0.2, 0, 1000, 0.72), p.water(620, 1))
	for range 90 {
		t := p.r.f()
		y := mix(655, 960, t)
		x := 560 + p.r.in(-1, 1)*mix(120, 260, t)
		p.stroke(poly(x-mix(10, 50, t), y, x+mix(10, 50, t), y), 4, 7, tintMark)
	}
	for i, x := range []float64{230, 640, 900, 1125} {
		p.gantry(x, 660, []float64{0.62, 0.78, 0.92, 1.1}[i])
	}
	quay := poly(-50, 668, 1650, 652, 1650, 720, -50, 690)
	p.fill(quay, flat(0.98), 0)
	p.slit(poly(-50, 670, 1650, 654), 3)
	p.boxes(960, 650, 14)
	p.boxes(60, 664, 6)
	p.harbourQuay()
}

// gantry is a container crane, its rail at y.
func (p *pic) gantry(x, y, k float64) {
	at := func(c ...float64) shape { return poly(c...).size(k, k, 0, 0).move(x, y) }
	p.stroke(at(-60, 0, -52, -330), 12*k, 12*k, inkMark)
	p.stroke(at(80, 0, 70, -330), 12*k, 12*k, inkMark)
	p.line(at(-58, -120, 78, -120), 8*k)
	p.line(at(-58, -120, 72, -320), 5*k)
	p.line(at(78, -120, -52, -320), 5*k)
	p.truss(x-300*k, y-342*k, x+170*k, y-342*k, 26*k, 5*k)
	p.line(at(-30, -350, 10, -480, 50, -350), 8*k)
	p.line(at(10, -478, -290, -352), 3.5*k)
	p.line(at(10, -478, -170, -352), 3.5*k)
	p.line(at(10, -478, 160, -352), 3.5*k)
	p.black(at(100, -330, 160, -330, 160, -372, 100, -372))
	p.line(at(-210, -330, -210, -200), 2.5*k)
	p.line(at(-180, -330, -180, -200), 2.5*k)
	p.black(at(-240, -200, -150, -200, -150, -166, -240, -166))
}

// boxes stacks containers on a quay.
func (p *pic) boxes(x, y float64, n int) {
	for i := range n {
		h := 1 + (i*7+3)%4
		for j := range h {
			s := rect(x+float64(i)*48, y-float64(j+1)*27, 45, 25)
			p.fill(s, flat([]float64{0.9, 0.3, 0.65, 0.05}[(i*3+j)%4]), p.screenOnce(90, 7))
			if (i+j*2)%5 == 0 {
				p.flood(0.9, s)
			}
			p.loop(s, 2)
		}
	}
}

// screenOnce reuses a ruled screen of this angle if there is one.
func (p *pic) screenOnce(deg, period float64) int {
	sn, cs := math.Sincos(deg * math.Pi / 180)
	for i, s := range p.screens {
		if s.kind == kindLine && s.next == nil && s.sn == sn && s.cs == cs && s.period == period {
			return i
		}
	}
	return p.ruled(deg, period)
}

func (p *pic) harbourQuay() {
	hull := poly(-50, 720, 520, 742, 610, 700, 566, 836, 520, 850, -50, 850)
	p.fill(hull, lin(0, 720, 0.85, 0, 850, 1), p.lines(0, 8))
	p.loop(hull, 4)
	p.slit(poly(-50, 738, 520, 760, 590, 726), 4)
	p.solid(poly(40, 722, 40, 600, 210, 606, 210, 728), lin(40, 0, 0.4, 210, 0, 0), p.ruled(0, 8), 4)
	p.windows(60, 620, 22, 20, 34, 4, p.black)
	p.windows(60, 662, 22, 20, 34, 4, p.black)
	p.line(poly(124, 600, 124, 500), 6)
	front := poly(700, 1050, 860, 930, 1650, 900, 1650, 1050)
	p.fill(front, flat(1), 0)
	p.slit(poly(700, 1050, 860, 930, 1650, 900), 4)
	p.bollard(1010, 925)
	who := p.person(1330, 920, 215)
	p.black(who...)
	who = p.person(1410, 918, 200)
	p.black(who...)
}

func grainShip(p *pic) {
	p.rough = 1.2
	p.sky(560, 0.40, 0.06, 0.95)
	p.fill(rect(-50, 690, 1700, 400), lin(0, 690, 0.2, 0, 1000, 0.78), p.water(660, 1.2))
	p.ripples(840, 1000, 40, bareMark)
	for i := range 6 { // silos
		x := 40 + float64(i)*118
		s := rect(x, 190, 112, 520)
		p.fill(s, p.cylinder(x+56, 62), p.screenOnce(90, 8))
		p.loop(s, 3.5)
	}
	p.solid(rect(10, 130, 730, 64), flat(0.6), p.lines(0, 8), 4)
	p.solid(poly(120, 130, 120, 40, 300, 40, 300, 130), flat(0.3), p.lines(90, 8), 4)
	p.windows(140, 60, 18, 26, 32, 5, p.black)
	p.windows(40, 150, 16, 24, 46, 15, p.black)
	p.fill(rect(-50, 700, 760, 50), flat(1), 0)
	p.truss(700, 160, 1060, 300, 44, 5)
	p.solid(poly(1020, 270, 1090, 290, 1078, 372, 1050, 372), flat(0.8), p.lines(0, 8), 3)
	p.grainFall()
	p.grainHull()
	p.heap(1064, 560)
}

// cylinder is the tone of a round upright body lit from the left.
func (p *pic) cylinder(cx, r float64) tone {
	return func(x, _ float64) float64 {
		u := (x - cx) / r
		return clamp01(0.10 + 0.62*step(-0.2, 1, u) + 0.25*step(-0.7, -1, u))
	}
}

func (p *pic) grainFall() {
	fall := poly(1052, 370, 1076, 370, 1096, 590, 1030, 590)
	p.flood(1, fall)
	for range 130 {
		t := p.r.f()
		x := 1064 + p.r.in(-1, 1)*mix(12, 40, t)
		y := mix(374, 580, t)
		p.line(poly(x, y, x+p.r.in(-2, 2), y+p.r.in(10, 26)), 2)
	}
}

func (p *pic) heap(x, y float64) {
	s := curve(x-150, y+10, x-70, y-46, x, y-66, x+70, y-46, x+150, y+10)
	p.flood(1, s)
	p.stroke(s, 3, 3, inkMark)
	p.within(s, func() {
		for range 240 {
			a, b := x+p.r.in(-140, 140), y+p.r.in(-60, 10)
			p.line(poly(a, b, a+4, b+3), 2.4)
		}
	})
	p.fill(poly(x-180, y+8, x+180, y+2, x+180, y+40, x-180, y+46), flat(0.9), p.screenOnce(90, 8))
}

func (p *pic) grainHull() {
	hull := poly(742, 566, 1430, 548, 1600, 500, 1548, 800, 1500, 836, 770, 836)
	p.fill(hull, lin(742, 0, 0.55, 1550, 0, 0.95), p.lines(90, 8))
	p.loop(hull, 5)
	p.within(hull, func() {
		p.flood(0.85, rect(700, 772, 1000, 90))
		p.slit(poly(700, 772, 1700, 772), 4)
		p.slit(poly(742, 590, 1430, 572, 1600, 526), 4)
	})
	p.solid(poly(1290, 552, 1296, 300, 1430, 300, 1436, 548), lin(1290, 0, 0.0, 1440, 0, 0.5), p.screenOnce(0, 8), 4)
	for i := range 5 {
		p.windows(1310, 322+float64(i)*44, 18, 20, 28, 4, p.black)
	}
	p.solid(poly(1330, 300, 1334, 236, 1394, 236, 1398, 300), flat(0.7), p.screenOnce(90, 8), 4)
	p.flood(1, rect(1334, 256, 61, 18))
	p.line(poly(1360, 236, 1360, 170), 5)
	for i := range 5 {
		x := 780 + float64(i)*98
		p.solid(poly(x, 566-float64(i)*2.4, x, 540-float64(i)*2.4, x+78, 538-float64(i)*2.4, x+78, 564-float64(i)*2.4), flat(0.25), p.screenOnce(0, 8), 3)
	}
}
