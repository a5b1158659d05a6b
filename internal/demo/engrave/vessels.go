// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

// submarine surfaces in a sea that is ruled like a ledger.
func submarine(p *pic) {
	p.rough = 0.8
	p.all(flat(0), 0)
	sunk := p.along(9, func(x, y float64) float64 { return y + 5*math.Sin(x/120) })
	p.fill(rect(-50, 430, 1700, 700), lin(0, 430, 0.05, 0, 1000, 0.30), sunk)
	for i := range 15 {
		y := 430 + float64(i)*41
		p.line(poly(-50, y, 1650, y), 2.5)
	}
	p.wash(rect(-50, 430, 1700, 700), lin(0, 430, 0.10, 0, 1000, 0.5))
	for _, x := range []float64{140, 1130, 1150, 1370} {
		p.thread(poly(x, 390, x, 1050), 4)
	}
	for i := range 14 {
		y := 462 + float64(i)*41
		for _, c := range []pt{{40, 70}, {1190, 150}, {1400, 170}} {
			if p.r.n(7) > 0 {
				p.dashes(c.x, y, c.y*p.r.in(0.6, 1), 10, 7, 1, 0)
			}
		}
	}
	p.submarineHull()
	wave := curve(-50, 438, 100, 430, 230, 442, 330, 428, 470, 440, 600, 430, 720, 442, 850, 430, 980, 440, 1090, 430, 1230, 442, 1400, 430, 1650, 440)
	p.line(wave, 5)
	for range 26 {
		x := p.r.in(170, 1120)
		p.taper(curve(x, 446, x+30, 452+p.r.in(0, 6), x+80, 446), 5, bareMark)
	}
}

func (p *pic) submarineHull() {
	hull := curve(150, 470, 190, 420, 290, 392, 460, 378, 760, 378, 960, 392, 1060, 430, 1096, 500, 1060, 580, 960, 636, 740, 668, 430, 664, 260, 610, 180, 540)
	hull = append(hull, hull[0])
	body := p.along(9, func(x, y float64) float64 {
		u := clamp01((y - 370) / 300)
		return 300*math.Acos(1-2*u)/math.Pi + 0.02*x
	})
	p.fill(hull, func(x, y float64) float64 {
		u := (y - 375) / 290
		return clamp01(0.28 + 0.72*step(0.05, 0.75, u) + 0.14*step(0.94, 1, u) - 0.25*step(0.9, 1, u))
	}, body)
	p.loop(hull, 5)
	tower := poly(520, 384, 536, 190, 552, 172, 720, 172, 744, 196, 770, 386)
	p.fill(tower, lin(520, 0, 0.30, 770, 0, 0.95), p.lines(90, 8))
	p.loop(tower, 5)
	p.fill(poly(440, 268, 556, 248, 556, 268, 470, 282), flat(0.9), 0)
	for i := range 3 {
		p.flood(0, rect(570+float64(i)*44, 196, 30, 20))
	}
	p.line(poly(610, 172, 610, 30), 10)
	p.line(poly(602, 34, 634, 34), 10)
	p.line(poly(656, 172, 656, 84), 6)
	p.line(poly(690, 172, 690, 110), 14)
	p.fill(poly(205, 430, 160, 300, 225, 300, 280, 400), flat(0.85), p.screenOnce(90, 8))
	p.loop(poly(205, 430, 160, 300, 225, 300, 280, 400), 4)
	p.within(hull, func() { p.tint(0.55, rect(0, 436, 1300, 400)) })
	for i := range 12 {
		p.slit(poly(330+float64(i)*54, 470, 352+float64(i)*54, 470), 5)
	}
	prop := blob(150, 500, 118, 440, 104, 500, 120, 520, 96, 580, 132, 560)
	p.black(prop)
}

func gasTanker(p *pic) {
	p.rough = 1
	p.sky(640, 0.50, 0.08, 0.92)
	p.fill(rect(-50, 735, 1700, 400), lin(0, 735, 0.25, 0, 1000, 0.82), p.water(700, 1.1))
	p.ripples(800, 1000, 46, bareMark)
	for i := range 4 {
		p.gasDome(372+float64(i)*258, 470, 128)
	}
	p.black(rect(250, 338, 1060, 8))
	for i := range 22 {
		p.line(poly(256+float64(i)*50, 338, 256+float64(i)*50, 322), 3)
	}
	p.line(poly(250, 322, 1310, 322), 3)
	hull := poly(96, 530, 1310, 520, 1500, 462, 1560, 440, 1492, 640, 1440, 770, 170, 780, 120, 700)
	p.fill(hull, lin(0, 470, 0.55, 0, 770, 0.97), p.lines(90, 8))
	p.loop(hull, 5)
	p.within(hull, func() {
		p.flood(0.95, rect(0, 716, 1700, 80))
		p.slit(poly(0, 716, 1700, 716), 4)
		p.slit(poly(96, 552, 1310, 542, 1500, 484, 1600, 454), 5)
	})
	p.solid(poly(112, 534, 118, 240, 228, 240, 234, 534), lin(112, 0, 0, 240, 0, 0.42), p.screenOnce(0, 8), 4)
	p.solid(rect(84, 232, 176, 32), flat(0.05), p.screenOnce(0, 8), 4)
	p.black(rect(92, 240, 160, 14))
	for i := range 6 {
		p.windows(134, 290+float64(i)*38, 15, 18, 25, 4, p.black)
	}
	p.solid(poly(128, 232, 132, 160, 190, 160, 194, 232), flat(0.65), p.lines(90, 8), 4)
	p.flood(1, rect(131, 180, 60, 20))
	p.line(poly(1450, 470, 1450, 380), 6)
	tug := poly(1180, 800, 1196, 852, 1420, 852, 1452, 786, 1380, 806)
	p.black(tug, rect(1250, 740, 70, 66), rect(1268, 700, 12, 44))
	p.flood(0, rect(1260, 752, 20, 18), rect(1290, 752, 20, 18))
	p.line(curve(1440, 792, 1500, 760, 1530, 700, 1500, 620), 3)
}

// gasDome is one of the tanker's spheres, ruled round its own axis.
func (p *pic) gasDome(x, y, r float64) {
	round := p.along(8, func(px, py float64) float64 {
		u := clamp01(0.5 + (px-x)/(2*r*math.Sqrt(max(0.05, 1-(py-y)*(py-y)/(r*r)))))
		return 1.9 * r * math.Acos(1-2*u) / math.Pi * 1.0
	})
	p.fill(circ(x, y, r), func(px, py float64) float64 {
		nx, ny := (px-x)/r, (py-y)/r
		nz := math.Sqrt(max(0, 1-nx*nx-ny*ny))
		l := clamp01(-0.62*nx - 0.55*ny + 0.56*nz)
		return clamp01(0.92 - 1.02*l + 0.1*step(0.85, 1, nx)*-1)
	}, round)
	p.loop(circ(x, y, r), 4)
	p.fill(rect(x-20, y-r-16, 40, 22), flat(0.5), p.screenOnce(0, 8))
	p.loop(rect(x-20, y-r-16, 40, 22), 3)
	p.fill(poly(x-r-10, y+66, x+r+10, y+66, x+r+10, y+140, x-r-10, y+140), flat(0.8), p.screenOnce(90, 8))
	p.line(poly(x-r-10, y+66, x+r+10, y+66), 4)
}

// smallBoats is mostly sea, which is the point.
func smallBoats(p *pic) {
	p.rough = 1.2
	swell := p.along(9, func(x, y float64) float64 {
		d := y - 150
		return y*0.95 + (8+d*0.05)*math.Sin(x/(90+d*0.35)+d/70) + (6+d*0.03)*math.Sin(x/(210+d*0.2)-d/110+2) + 26*fbm(x/240, y/80, 2)
	})
	p.fill(rect(-50, -50, 1700, 210), lin(0, 0, 0.32, 0, 150, 0.02), p.ruled(0, 8))
	p.fill(rect(-50, 150, 1700, 900), p.coarse(func(x, y float64) float64 {
		d := y - 150
		w := math.Sin(x/(90+d*0.35)+d/70) * 0.5
		v := math.Sin(x/(210+d*0.2)-d/110+2) * 0.5
		return clamp01(0.16 + d/1500 + 0.26*(w+v)*step(0, 200, d) + 0.3*(fbm(x/180, y/70, 3)-0.5))
	}), swell)
	p.wash(rect(-50, 150, 1700, 900), lin(0, 150, 0, 0, 1000, 0))
	p.crowdedBoat(960, 470, 1.25)
	for _, b := range []pt{{390, 214}, {610, 196}, {1370, 226}, {1190, 188}} {
		k := 0.16 + (b.y-180)*0.0016
		p.black(poly(b.x-130*k, b.y-34*k, b.x+150*k, b.y-44*k, b.x+110*k, b.y+8, b.x-110*k, b.y+8))
		for i := range 7 {
			p.black(circ(b.x-90*k+float64(i)*30*k, b.y-52*k, 16*k))
		}
	}
	p.ripples(560, 1000, 30, bareMark)
}

// crowdedBoat is an open boat, low in the water.
func (p *pic) crowdedBoat(x, y, k float64) {
	at := func(s shape) shape { return s.size(k, k, 0, 0).move(x, y) }
	for row := range 2 {
		for i := range 9 {
			px := -128 + float64(i)*31 + float64(row)*13 + p.r.in(-5, 5)
			py := -26 + float64(row)*14 + p.r.in(-8, 6)
			who := []shape{at(circ(px, py-62, 10)), at(blob(px-19, py, px-17, py-40, px, py-53, px+17, py-40, px+19, py))}
			for _, s := range who {
				p.stroke(s.and(s[:1]), 7, 7, bareMark)
			}
			p.black(who...)
			if (i*5+row*3)%7 == 2 {
				p.flood(1, at(blob(px-16, py, px-15, py-36, px, py-46, px+15, py-36, px+16, py)))
			}
		}
	}
	hull := at(curve(-186, -44, -150, 10, -110, 26, 90, 26, 150, 4, 205, -66).and(curve(205, -66, 120, -26, 0, -16, -120, -22, -186, -44)))
	p.fill(hull, lin(0, y-40*k, 0.75, 0, y+30*k, 1), p.lines(4, 8))
	p.loop(hull, 5)
	p.slit(at(curve(-180, -36, -120, -13, 0, -7, 120, -17, 196, -54)), 4)
	p.black(at(rrect(-204, -72, 24, 44, 6)))
	for i := range 7 {
		w := 200 - float64(i)*16
		yy := y + (36+float64(i)*13)*k
		p.taper(curve(x-w*k, yy, x-20, yy+5, x+w*0.9*k, yy-3), 8, inkMark)
	}
	p.taper(curve(x-200*k, y+10, x-360*k, y+22, x-620*k, y+10), 8, bareMark)
	p.taper(curve(x-200*k, y+24, x-340*k, y+48, x-560*k, y+60), 8, bareMark)
}

// nets: a shoal seen through the mesh that is about to close on it.
func nets(p *pic) {
	p.rough = 1
	p.all(lin(0, 0, 0.10, 0, 1000, 0.55), p.along(9, func(x, y float64) float64 {
		return y + 14*math.Sin(x/170+y/120) + 5*math.Sin(x/47)
	}))
	p.wash(rect(-50, -50, 1700, 1100), lin(0, 0, 0.18, 0, 1000, 0.55))
	for i := range 26 {
		col, row := i%5, i/5
		x := 190 + float64(col)*300 + float64(row%2)*140 + p.r.in(-40, 40)
		y := 210 + float64(row)*142 + p.r.in(-26, 26)
		p.fish(x, y, p.r.in(0.8, 1.15), p.r.in(-14, 10), i == 12)
	}
	p.netMesh()
}

func (p *pic) fish(x, y, k, deg float64, odd bool) {
	if odd {
		k, deg = 1.3, -24
	}
	at := func(s shape) shape { return s.size(k, k, 0, 0).turn(deg, 0, 0).move(x, y) }
	body := at(curve(-118, 0, -80, -26, -20, -38, 50, -24, 108, -6).and(poly(150, -36, 138, 0, 152, 36)).and(curve(108, 8, 50, 26, -20, 36, -80, 24, -118, 0)))
	scales := p.screenOnce(-40, 8)
	p.fill(body, func(px, py float64) float64 { return clamp01(0.86 - (py-y+26*k)/(52*k)*0.95) }, scales)
	if odd {
		p.tint(1, body)
	}
	p.loop(body, 3.5)
	p.flood(0, at(circ(-88, -7, 9)))
	p.black(at(circ(-88, -7, 5)))
	p.line(at(curve(-62, -26, -52, 0, -62, 24)), 3)
	p.black(at(poly(-14, -36, 30, -58, 36, -27)), at(poly(-6, 34, 20, 50, 26, 28)))
	p.slit(at(curve(-50, -4, 20, -6, 100, 0)), 2.5)
}

// netMesh hangs a diamond mesh from floats along the top.
func (p *pic) netMesh() {
	warp := func(u, v float64) pt {
		sag := 60 * math.Sin(u*math.Pi)
		return pt{-80 + u*1760 + 50*math.Sin(v*3+u*4), 70 + sag + v*980 + 60*math.Sin(u*7+v*2)*v}
	}
	const n, m = 22, 13
	for i := -m; i <= n+m; i++ {
		var a, b shape
		for j := 0; j <= m*3; j++ {
			v := float64(j) / (m * 3)
			a = append(a, warp((float64(i)+v*m)/n, v))
			b = append(b, warp((float64(i)-v*m)/n, v))
		}
		for _, s := range []shape{a, b} {
			p.stroke(s, 6.5, 6.5, bareMark)
			p.stroke(s, 3.6, 3.6, inkMark)
		}
	}
	var rope shape
	for i := range 60 {
		rope = append(rope, warp(float64(i)/59, 0))
	}
	p.line(rope, 13)
	for i := range 8 {
		q := warp(0.06+float64(i)*0.125, 0)
		f := ell(q.x, q.y-2, 50, 30)
		p.fill(f, lin(0, q.y-30, 0, 0, q.y+30, 0.6), p.screenOnce(0, 8))
		p.tint(0.9, f)
		p.loop(f, 4)
	}
}

// drone is seen from above, with its shadow on the water.
func drone(p *pic) {
	p.rough = 0.8
	rings := p.along(9, func(x, y float64) float64 {
		return (x*0.34+y*0.94)*1 + 16*math.Sin(x/110-y/60) + 9*math.Sin(x/52+y/75) + 40*fbm(x/200, y/200, 2)
	})
	p.all(p.coarse(func(x, y float64) float64 {
		return clamp01(0.20 + 0.30*(fbm(x/240, y/150, 3)-0.4)*2 + (x+y-1200)/5000)
	}), rings)
	p.wash(rect(-50, -50, 1700, 1100), p.coarse(func(x, y float64) float64 { return 0.35 + 0.25*step(0.45, 0.62, fbm(x/300, y/200, 3)) }))
	coast := curve(-60, 600, 80, 640, 150, 730, 260, 760, 330, 860, 470, 900, 540, 1060).and(poly(-60, 1060))
	p.stroke(coast, 26, 26, bareMark)
	p.fill(coast, p.coarse(func(x, y float64) float64 { return 0.25 + 0.5*fbm(x/50, y/50, 3) - 0.1 }), p.stipple())
	p.loop(coast, 4)
	p.vessel(1270, 850, -32)
	shadow := p.droneShapes(0.58, 1090, 690)
	for _, s := range shadow {
		p.shade(s, flat(0.85))
	}
	const size = 1.04
	c := pt{660, 430}
	body := p.droneShapes(size, c.x, c.y)
	metal := p.lines(24, 8)
	for _, s := range body {
		p.stroke(s.and(s[:1]), 12, 12, bareMark)
	}
	for _, s := range body {
		p.fill(s, lin(500, 200, 0.0, 900, 640, 0.62), metal)
		p.loop(s, 4.5)
	}
	p.flood(1, circ(c.x-110, c.y-64, 26))
	p.loop(circ(c.x-110, c.y-64, 26), 4)
	for _, sgn := range []float64{-1, 1} { // wing bands
		s := poly(-34, sgn*300, 22, sgn*300, 18, sgn*352, -24, sgn*352).size(size, size, 0, 0).turn(30, 0, 0).move(c.x, c.y)
		p.tint(1, s)
	}
}

// droneShapes are wings, body, booms and tail, nose to the upper left.
func (p *pic) droneShapes(k, x, y float64) []shape {
	raw := []shape{
		poly(30, -90, 250, -80, 250, -68, 30, -70), poly(30, 70, 250, 68, 250, 80, 30, 90),
		poly(226, -92, 272, -92, 262, 92, 236, 92),
		poly(-44, -40, -26, -420, 14, -430, 40, -40, 40, 40, 14, 430, -26, 420, -44, 40),
		blob(-196, 0, -168, -30, -60, -40, 80, -34, 132, -16, 140, 0, 132, 16, 80, 34, -60, 40, -168, 30),
		ell(148, 0, 7, 84),
	}
	for i, s := range raw {
		raw[i] = s.size(k, k, 0, 0).turn(30, 0, 0).move(x, y)
	}
	return raw
}

// vessel is a ship from straight above, with its wake.
func (p *pic) vessel(x, y, deg float64) {
	at := func(s shape) shape { return s.turn(deg, 0, 0).move(x, y) }
	p.taper(at(curve(60, 16, 200, 34, 420, 86)), 9, bareMark)
	p.taper(at(curve(60, -16, 200, -34, 420, -86)), 9, bareMark)
	p.taper(at(poly(70, 0, 200, 0, 400, 0)), 12, bareMark)
	hull := at(curve(-96, 0, -60, -20, 0, -26, 80, -22).and(curve(80, 22, 0, 26, -60, 20, -96, 0)))
	p.stroke(hull.and(hull[:1]), 12, 12, bareMark)
	p.black(hull)
	p.flood(0, at(rect(26, -14, 34, 28)))
	p.flood(0, at(rect(-40, -12, 22, 24)))
}

// causewayBridge marches out from the shore and stops before the other one.
func causewayBridge(p *pic) {
	p.rough = 1
	p.sky(430, 0.45, 0.05, 0.95)
	p.fill(curve(980, 424, 1120, 404, 1300, 392, 1460, 400, 1650, 384).and(poly(1650, 440, 980, 440)), flat(0.55), p.ruled(60, 8))
	p.fill(rect(-50, 430, 1700, 700), lin(0, 430, 0.10, 0, 1000, 0.66), p.water(415, 1.2))
	p.wash(rect(-50, 430, 1700, 700), lin(0, 430, 0.04, 0, 1000, 0.5))
	vp := pt{1130, 424}
	near := func(t float64, side float64, h float64) pt { // t=0 near, 1 at the horizon
		q := 1 / (1 + 10*t)
		return pt{mix(vp.x, -140+side*330, q), mix(vp.y, 980-h, q)}
	}
	for i := 11; i >= 0; i-- {
		p.bridgePier(near, float64(i)*0.085)
	}
	end := 0.98
	deckA, deckB, top := near(0, 0, 780), near(0, 1, 780), near(0, 1, 700)
	ea, eb, et := near(end, 0, 780), near(end, 1, 780), near(end, 1, 700)
	deck := shape{deckA, deckB, eb, ea}
	p.fill(deck, flat(0.02), p.screenOnce(30, 8))
	p.loop(deck, 4)
	side := shape{deckB, top, et, eb}
	p.fill(side, lin(0, 200, 0.85, 1130, 420, 0.6), p.lines(-20, 8))
	p.loop(side, 4)
	for _, s := range []float64{0.3, 0.36, 0.64, 0.7} {
		a, b := near(0, s, 780), near(end, s, 780)
		p.stroke(shape{a, b}, 8, 1, inkMark)
	}
	for i := range 40 {
		q := float64(i) * 0.024
		a, b := near(q, 0.27, 780), near(q, 0.39, 780)
		p.stroke(shape{a, b}, 7/(1+9*q), 7/(1+9*q), inkMark)
	}
	p.bridgeFar()
}

func (p *pic) bridgePier(near func(t, side, h float64) pt, t float64) {
	a0, a1 := near(t, 0.18, 0), near(t, 0.18, 700)
	b0, b1 := near(t, 0.82, 0), near(t, 0.82, 700)
	c0, c1 := near(t+0.03/(1+2*t), 0.82, 0), near(t+0.03/(1+2*t), 0.82, 700)
	p.solid(shape{b0, b1, c1, c0}, flat(0.9), p.screenOnce(90, 8), 3)
	p.solid(shape{a0, a1, b1, b0}, lin(a0.x, 0, 0.12, b0.x, 0, 0.5), p.screenOnce(90, 8), 3)
	w := (b0.x - a0.x)
	for i := range 7 {
		y := b0.y + float64(i)*w*0.09
		p.taper(poly(a0.x-w*0.3+p.r.in(-6, 6), y, b0.x+w*0.3, y+2), w*0.05, inkMark)
	}
}

// bridgeFar is the stump that starts from the other shore, and the gap's crane.
func (p *pic) bridgeFar() {
	p.black(poly(1300, 372, 1650, 352, 1650, 366, 1300, 380))
	for i := range 6 {
		x := 1310 + float64(i)*58
		p.black(rect(x, 372, 10, 64))
	}
	barge := poly(1140, 446, 1156, 470, 1330, 470, 1344, 444)
	p.black(barge)
	p.truss(1230, 446, 1230, 190, 20, 4)
	p.truss(1120, 200, 1370, 200, 18, 4)
	p.line(poly(1230, 160, 1120, 196), 2.5)
	p.line(poly(1230, 160, 1370, 196), 2.5)
	p.line(poly(1230, 160, 1230, 190), 4)
	p.line(poly(1164, 204, 1164, 330), 2)
	p.flood(1, rect(1130, 330, 68, 24))
	p.loop(rect(1130, 330, 68, 24), 3)
}
