// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

func roomScenes() []scene {
	return []scene{
		{"committee-room", palette{cream, inkBlk, bottle}, committeeRoom},
		{"signing-table", palette{cream, inkBlk, bottle}, signingTable},
		{"negotiation-table", palette{bone, inkSea, rust}, negotiationTable},
		{"archive-boxes", palette{straw, sepia, red}, archiveBoxes},
		{"assembly-hall", palette{mist, inkSea, rust}, assemblyHall},
		{"book-stacks", palette{straw, sepia, bottle}, bookStacks},
	}
}

func committeeRoom(p *pic) {
	p.rough = 1.3
	p.fill(rect(-50, -50, 1700, 640), lin(0, 0, 0.5, 0, 500, 0.12), p.screenOnce(90, 9))
	for i := range 5 { // tall windows
		x := 60 + float64(i)*320
		w := arc(x+100, 150, 90, 100, math.Pi, 2*math.Pi).and(poly(x+190, 390, x+10, 390))
		p.fill(w, flat(0.02), 0)
		p.loop(w, 5)
		p.line(poly(x+100, 52, x+100, 390), 4)
		for j := range 3 {
			p.line(poly(x+10, 170+float64(j)*74, x+190, 170+float64(j)*74), 4)
		}
	}
	p.committeeBench()
	floor := poly(-50, 640, 1650, 640, 1650, 1060, -50, 1060)
	p.within(floor, func() {
		p.fill(curve(-50, 660, 300, 716, 800, 738, 1300, 716, 1650, 660).and(poly(1650, 1060, -50, 1060)), lin(0, 660, 0.42, 0, 1000, 0.18), p.along(10, func(x, y float64) float64 { return y - 0.00006*(x-800)*(x-800) }))
	})
	p.witness()
}

// committeeBench is the curved dais with its members behind it.
func (p *pic) committeeBench() {
	for i := range 11 {
		u := (float64(i) - 5) / 5
		x := 800 + u*730
		y := 566 - 96*u*u
		s := 128 - 8*(1-u*u)
		who := p.seated(x, y, s)
		chair := rrect(x-s*0.42, y-s*1.28, s*0.84, s*1.4, 16)
		p.fill(chair, flat(0.8), p.screenOnce(30, 8))
		p.loop(chair, 4)
		for _, w := range who {
			p.stroke(w.and(w[:1]), 7, 7, bareMark)
		}
		p.black(who...)
		face := ell(x, y-s*0.98, s*0.145, s*0.195)
		if i%3 == 0 { // white-haired, or bald
			p.flood(0, ell(x, y-s*1.02, s*0.20, s*0.27))
			p.line(ell(x, y-s*1.02, s*0.20, s*0.27), 3)
		}
		p.flood(0, rect(x-s*0.075, y-s*0.86, s*0.15, s*0.30), face)
		p.shade(rect(x-s*0.075, y-s*0.80, s*0.15, s*0.12), flat(0.8))
		if i%4 == 1 {
			p.line(circ(x-s*0.055, y-s*1.01, s*0.05), 2.5)
			p.line(circ(x+s*0.06, y-s*1.01, s*0.05), 2.5)
		}
		p.black(circ(x-s*0.055, y-s*1.02, 3), circ(x+s*0.055, y-s*1.02, 3))
		p.line(poly(x-s*0.05, y-s*0.88, x+s*0.05, y-s*0.88), 3)
		p.flood(0, poly(x-s*0.12, y-s*0.6, x+s*0.12, y-s*0.6, x, y-s*0.3))
		p.black(poly(x-s*0.03, y-s*0.58, x+s*0.03, y-s*0.58, x+s*0.04, y-s*0.3, x-s*0.04, y-s*0.3))
	}
	top := curve(-60, 440, 250, 526, 520, 560, 800, 572, 1080, 560, 1350, 526, 1660, 440)
	front := ring(top, top.move(0, 205).size(1, 0.62, 0, 777))
	p.fill(front, lin(0, 560, 0.85, 0, 740, 0.6), p.lines(90, 9))
	p.tint(0.85, front)
	p.loop(front, 4)
	slab := ring(top.move(0, -14), top.move(0, 22))
	p.fill(slab, flat(0.03), 0)
	p.loop(slab, 4)
	for i := range 11 { // papers and water
		u := (float64(i) - 5) / 5
		x, y := 800+u*730, 562-122*u*u
		p.line(poly(x+58, y-6, x+44, y-58, x+36, y-60), 4)
		p.black(ell(x+35, y-61, 9, 6))
		p.solid(poly(x-74, y, x-70, y-34, x-50, y-34, x-46, y), flat(0.1), 0, 3)
	}
}

// witness sits with the back to us, alone.
func (p *pic) witness() {
	x := 800.0
	table := poly(330, 850, 1270, 850, 1420, 950, 180, 950)
	p.solid(table, lin(0, 850, 0.02, 0, 950, 0.1), p.screenOnce(0, 9), 5)
	p.fill(poly(180, 950, 1420, 950, 1420, 1060, 180, 1060), flat(0.85), p.lines(90, 9))
	p.line(poly(180, 950, 1420, 950), 5)
	p.solid(poly(430, 876, 590, 872, 570, 916, 396, 918), flat(0), 0, 4)
	p.dashes(446, 886, 110, 10, 3.4, 3, 0)
	p.line(curve(1080, 900, 1060, 800, 1000, 726, 920, 712), 7)
	p.black(ell(912, 712, 24, 13), ell(1084, 902, 52, 13))
	body := blob(x-300, 1080, x-286, 860, x-210, 740, x-90, 690, x+90, 690, x+210, 740, x+286, 860, x+300, 1080)
	p.stroke(body.and(body[:1]), 14, 14, bareMark)
	p.fill(body, lin(x-300, 0, 0.86, x+300, 0, 1), p.along(10, func(px, py float64) float64 {
		return py - 0.0016*(px-x)*(px-x)*-1
	}))
	p.loop(body, 5)
	neck := poly(x-58, 720, x-52, 610, x+52, 610, x+58, 720)
	p.solid(neck, lin(x-58, 0, 0.1, x+58, 0, 0.6), p.screenOnce(0, 8), 4)
	p.flood(0, blob(x-80, 712, x-50, 690, x+50, 690, x+80, 712, x, 728))
	p.loop(blob(x-80, 712, x-50, 690, x+50, 690, x+80, 712, x, 728), 4)
	hair := blob(x-112, 560, x-104, 462, x-50, 404, x+50, 404, x+104, 462, x+112, 560, x+84, 640, x+30, 662, x-30, 662, x-84, 640)
	p.stroke(hair.and(hair[:1]), 12, 12, bareMark)
	p.fill(hair, rad(x-40, 470, 20, 0.5, 150, 1), p.along(9, func(px, py float64) float64 {
		return math.Hypot((px-x)*1.2, py-440)
	}))
	p.loop(hair, 5)
	p.solid(blob(x-112, 540, x-130, 530, x-134, 570, x-114, 600), flat(0.1), 0, 4)
	p.solid(blob(x+112, 540, x+130, 530, x+134, 570, x+114, 600), flat(0.5), p.screenOnce(0, 8), 4)
}

func signingTable(p *pic) {
	p.rough = 1
	p.all(p.coarse(func(x, y float64) float64 { return clamp01(0.80 + (x-800)/4000 + 0.2*(fbm(x/200, y/200, 2)-0.5)) }), p.stipple())
	p.wash(rect(-50, -50, 1700, 1100), flat(0.95))
	d := func(s shape) shape { return s.turn(-9, 800, 500) }
	p.shade(d(rect(300, 170, 1010, 740)).move(26, 30), flat(0.95))
	folio := d(rrect(270, 130, 1010, 740, 10))
	p.fill(folio, lin(270, 130, 0.8, 1280, 870, 0.98), p.lines(45, 8))
	p.loop(folio, 4)
	for i, x := range []float64{300, 790} {
		page := d(rect(x, 152, 470, 694))
		p.fill(page, lin(x, 0, []float64{0.0, 0.4}[i], x+470*0.4, 0, 0.01), p.ruled(81, 8))
		p.loop(page, 3)
	}
	p.treatyText(d)
	p.seal(d)
	p.pen(1180, 560)
	p.spectacles(250, 800)
	ink := circ(1420, 250, 84)
	p.shade(ink.move(18, 22), flat(0.95))
	p.solid(ink, lin(1340, 170, 0.0, 1500, 330, 0.7), p.lines(30, 8), 5)
	p.black(circ(1420, 250, 56))
	p.slit(arc(1420, 250, 44, 44, math.Pi, math.Pi*1.5), 5)
}

func (p *pic) treatyText(d func(shape) shape) {
	bar := func(x, y, w, lw float64) { p.line(d(poly(x, y, x+w, y)), lw) }
	bar(400, 214, 270, 12)
	bar(450, 244, 170, 7)
	for i := range 17 {
		y := 292 + float64(i)*31
		for x := 340.0; x < 730; {
			w := min(p.r.in(18, 80), 736-x)
			if i%6 == 5 && x > 520 {
				break
			}
			bar(x, y, w, 5)
			x += w + 13
		}
	}
	for i := range 6 {
		y := 210 + float64(i)*31
		for x := 830.0; x < 1210; {
			w := min(p.r.in(18, 80), 1216-x)
			bar(x, y, w, 5)
			x += w + 13
		}
	}
	for i := range 4 { // the lines for names
		y := 480 + float64(i)*82
		bar(830, y, 180, 3)
		bar(1050, y, 170, 3)
	}
	for i, q := range []pt{{836, 472}, {1056, 470}, {834, 556}, {1060, 552}, {838, 636}} {
		var s shape
		for j := range 22 {
			f := float64(j)
			s = append(s, pt{q.x + f*7 + 9*math.Sin(f*1.9+float64(i)), q.y - 8 + (16-f*0.4)*math.Sin(f*(1.1+0.13*float64(i))+float64(i)*2)})
		}
		p.stroke(d(s.smooth(false)), 4, 2, inkMark)
	}
}

func (p *pic) seal(d func(shape) shape) {
	p.fill(d(poly(905, 760, 945, 760, 900, 930, 880, 900, 850, 914)), flat(0.3), p.screenOnce(45, 8))
	p.fill(d(poly(945, 760, 985, 760, 1030, 920, 1000, 900, 976, 930)), flat(0.55), p.screenOnce(45, 8))
	var rim shape
	for i := range 28 {
		a := float64(i) / 28 * 2 * math.Pi
		r := 74 + 7*math.Sin(float64(i)*2.4)
		rim = append(rim, pt{945 + r*math.Cos(a), 762 + r*math.Sin(a)})
	}
	s := d(rim.smooth(true))
	p.shade(s.move(10, 12), flat(0.9))
	p.fill(s, lin(880, 700, 0.35, 1010, 830, 0.95), p.lines(20, 7))
	p.loop(s, 5)
	c := d(circ(945, 762, 50))
	p.stroke(c, 5, 5, bareMark)
	for i := range 8 {
		a := float64(i) * math.Pi / 4
		p.slit(d(poly(945+12*math.Cos(a), 762+12*math.Sin(a), 945+40*math.Cos(a), 762+40*math.Sin(a))), 5)
	}
}

func (p *pic) pen(x, y float64) {
	at := func(s shape) shape { return s.turn(38, 0, 0).move(x, y) }
	body := at(rrect(-20, -24, 400, 48, 22))
	p.shade(body.move(24, 30), flat(0.9))
	p.fill(body, func(px, py float64) float64 {
		u := (-(px-x)*math.Sin(0.663) + (py-y)*math.Cos(0.663)) / 24
		return clamp01(0.9 - 0.85*math.Exp(-(u+0.45)*(u+0.45)*14))
	}, p.ruled(38, 6))
	p.loop(body, 4)
	p.flood(0, at(rect(60, -24, 16, 48)))
	p.loop(at(rect(60, -24, 16, 48)), 3)
	nib := at(curve(-20, -17, -60, -15, -104, 0, -60, 15, -20, 17))
	p.flood(0, nib)
	p.loop(nib, 4)
	p.line(at(poly(-100, 0, -48, 0)), 3)
	p.black(at(circ(-46, 0, 5)))
}

func (p *pic) spectacles(x, y float64) {
	for _, s := range []shape{circ(x-70, y, 64), circ(x+84, y+22, 64)} {
		p.stroke(s.move(12, 16), 12, 12, inkMark)
		p.stroke(s, 15, 15, inkMark)
		p.stroke(s, 5, 5, bareMark)
		p.shade(s, flat(-0.45))
	}
	p.line(curve(x-8, y-8, x+8, y-22, x+24, y+2), 11)
	p.line(curve(x-130, y-20, x-220, y-110, x-300, y-150), 11)
	p.line(curve(x+144, y+8, x+130, y-110, x+70, y-220), 11)
}

func negotiationTable(p *pic) {
	p.rough = 1
	p.all(lin(0, 0, 0.10, 1600, 1000, 0.30), p.along(10, func(x, y float64) float64 { return x*0.8 + y*0.6 }))
	p.fill(rrect(90, 70, 1420, 860, 60), flat(0.06), p.stipple())
	p.wash(rrect(90, 70, 1420, 860, 60), flat(0.3))
	p.stroke(rrect(120, 100, 1360, 800, 40), 5, 5, inkMark)
	const cx, cy, rx, ry = 800.0, 490.0, 520.0, 250.0
	n := 12
	for i := range n {
		a := (float64(i) + 0.5) / float64(n) * 2 * math.Pi
		k := 1.0
		if i == 9 {
			k = 1.16
		}
		x, y := cx+(rx+84*k)*math.Cos(a), cy+(ry+92*k)*math.Sin(a)
		nx, ny := math.Cos(a)/rx, math.Sin(a)/ry
		deg := math.Atan2(ny, nx)*180/math.Pi - 90
		if i == 9 {
			deg += 38
			x += 40
			y -= 20
		}
		p.chair(x, y, deg, i == 9)
	}
	p.shade(ngon(cx+44, cy+56, rx, ry), flat(0.9))
	grain := p.along(9, func(x, y float64) float64 { return y + 14*math.Sin(x/210) + 40*fbm(x/300, y/60, 2) })
	p.fill(ngon(cx, cy, rx, ry), p.coarse(func(x, y float64) float64 { return clamp01(0.52 + (x-cx)/2400 + 0.5*(fbm(x/260, y/40, 3)-0.5)) }), grain)
	p.loop(ngon(cx, cy, rx, ry), 6)
	in := ngon(cx, cy, rx-20, ry-20)
	p.stroke(in.and(in[:1]), 4, 4, bareMark)
	well := ngon(cx, cy, rx-200, ry-138)
	p.fill(well, flat(0.03), p.stipple())
	p.tint(0.25, well)
	p.loop(well, 5)
	for i := range n {
		a := (float64(i) + 0.5) / float64(n) * 2 * math.Pi
		x, y := cx+(rx-92)*math.Cos(a), cy+(ry-70)*math.Sin(a)
		deg := math.Atan2(math.Sin(a)/ry, math.Cos(a)/rx)*180/math.Pi - 90 + p.r.in(-14, 14)
		s := rect(-30, -40, 60, 80).turn(deg, 0, 0).move(x, y)
		p.black(s.move(7, 9))
		p.flood(0, s)
		p.loop(s, 3)
		for j := range 5 {
			l := poly(-20, -26+float64(j)*12, p.r.in(2, 20), -26+float64(j)*12).turn(deg, 0, 0).move(x, y)
			p.line(l, 3)
		}
		g := circ(x+46*math.Cos(a+1.5), y+46*math.Sin(a+1.5), 13)
		p.flood(0, g)
		p.line(g, 4)
	}
}

// ngon is the twelve-sided table, a side to each chair.
func ngon(cx, cy, rx, ry float64) shape {
	var s shape
	for i := range 12 {
		a := float64(i) * math.Pi / 6
		s = append(s, pt{cx + rx*math.Cos(a)*1.02, cy + ry*math.Sin(a)*1.02})
	}
	return s
}

// chair is seen from above.
func (p *pic) chair(x, y, deg float64, odd bool) {
	at := func(s shape) shape { return s.turn(deg, 0, 0).move(x, y) }
	seat, back := at(rrect(-52, -50, 104, 92, 20)), at(rrect(-58, 28, 116, 30, 14))
	p.shade(seat.move(36, 46), flat(0.92))
	p.shade(back.move(40, 52), flat(0.92))
	for _, s := range []shape{seat, back} {
		p.fill(s, flat(0.08), p.screenOnce(0, 8))
		if odd {
			p.tint(1, s)
		}
		p.loop(s, 5)
	}
	p.line(at(poly(-34, 8, 34, 8)), 3)
}

func archiveBoxes(p *pic) {
	p.rough = 1.3
	p.all(flat(0.97), 0)
	for row := range 5 {
		for col := range 9 {
			x, y := -60+float64(col)*190+p.r.in(-4, 4), 14+float64(row)*205
			p.archiveBox(x, y, row, col)
		}
		y := 14 + float64(row)*205 + 182
		p.fill(rect(-50, y, 1700, 20), flat(0.12), p.screenOnce(0, 8))
		p.loop(rect(-50, y, 1700, 20), 3)
	}
	for i := range 3 { // uprights
		p.solid(rect(290+float64(i)*570, -20, 24, 1050), lin(290+float64(i)*570, 0, 0.05, 314+float64(i)*570, 0, 0.7), p.screenOnce(90, 8), 4)
	}
	p.ladder()
}

func (p *pic) archiveBox(x, y float64, row, col int) {
	if (row*5+col*3)%13 == 6 {
		return // taken out
	}
	h := 150 + p.r.in(-8, 16)
	top := y + 180 - h
	s := rect(x, top, 168, h)
	t := []float64{0.10, 0.22, 0.42, 0.15}[(row*3+col*5)%4]
	p.fill(s, lin(x, 0, t, x+168, 0, t+0.25), p.screenOnce([]float64{90, 0, 90}[(row+col)%3], 8))
	if row == 1 && col == 6 {
		p.tint(1, s)
	}
	p.loop(s, 4)
	p.fill(rect(x-4, top-4, 176, 34), lin(x, 0, t, x+168, 0, t+0.3), p.screenOnce(0, 8))
	if row == 1 && col == 6 {
		p.tint(1, rect(x-4, top-4, 176, 34))
	}
	p.loop(rect(x-4, top-4, 176, 34), 4)
	p.flood(0, rect(x+44, top+44, 80, 44))
	p.loop(rect(x+44, top+44, 80, 44), 3)
	p.dashes(x+54, top+58, 58, 15, 4, 2, 0)
	p.black(circ(x+84, top+114, 10))
}

func (p *pic) ladder() {
	for _, m := range []float64{1, 0} {
		lw, mk := 22.0, bareMark
		if m == 0 {
			lw, mk = 13, inkMark
		}
		p.stroke(poly(830, 1040, 930, -20), lw, lw, mk)
		p.stroke(poly(990, 1040, 1060, -20), lw, lw, mk)
		for i := range 11 {
			t := float64(i)/11 + 0.06
			p.stroke(poly(mix(830, 930, t), mix(1040, -20, t), mix(990, 1060, t), mix(1040, -20, t)), lw*0.8, lw*0.8, mk)
		}
	}
	parts := []shape{
		blob(890, 470, 900, 340, 940, 290, 1000, 290, 1040, 340, 1046, 470, 1030, 560, 904, 560),
		ell(976, 232, 42, 52),
		poly(960, 270, 994, 270, 998, 306, 956, 306),
		curve(1020, 330, 1080, 330, 1130, 300, 1150, 318, 1086, 376, 1030, 390),
		curve(910, 340, 870, 400, 868, 470, 890, 470, 906, 410),
		poly(904, 550, 966, 550, 962, 760, 918, 760), poly(970, 550, 1030, 550, 1020, 690, 976, 690),
		poly(900, 750, 968, 750, 968, 774, 900, 774), poly(966, 684, 1032, 684, 1032, 706, 966, 706),
	}
	for _, s := range parts {
		p.stroke(s.and(s[:1]), 14, 14, bareMark)
	}
	p.black(parts...)
	p.flood(0, ell(992, 238, 24, 34))
	p.black(blob(944, 250, 936, 210, 960, 180, 1000, 184, 1016, 206, 984, 212, 972, 250))
	p.line(circ(1000, 236, 9), 3)
}

func assemblyHall(p *pic) {
	p.rough = 1
	p.all(lin(0, 0, 0.88, 0, 420, 0.72), p.along(10, func(x, y float64) float64 { return math.Hypot(x-800, (y-1000)*1.35) }))
	const cx, cy = 800.0, 960.0
	for row := 8; row >= 0; row-- {
		f := float64(row)
		r := 270 + f*92
		ry := r * 0.80
		p.fill(arc(cx, cy, r+46, (r+46)*0.80, math.Pi, 2*math.Pi).and(poly(cx+r+46, 1100, cx-r-46, 1100)), lin(cx-r, 0, 0.12, cx+r, 0, 0.34), p.screenOnce(0, 8))
		p.line(arc(cx, cy, r+46, (r+46)*0.80, math.Pi, 2*math.Pi), 5)
		n := 11 + row*3
		for i := range n {
			u := (float64(i) + 0.5) / float64(n)
			if math.Abs(u-0.333) < 0.35/float64(n)+0.006 || math.Abs(u-0.667) < 0.35/float64(n)+0.006 {
				continue
			}
			a := math.Pi * (1.03 + u*0.94)
			p.member(cx+r*math.Cos(a), cy+ry*math.Sin(a), 27+f*1.2, u)
		}
		d := arc(cx, cy, r-22, (r-22)*0.80, math.Pi, 2*math.Pi)
		p.stroke(d, 14, 14, bareMark)
		p.stroke(d, 4, 4, inkMark)
	}
	p.fill(ell(cx, cy+20, 226, 190), flat(0.05), p.screenOnce(0, 8))
	p.line(ell(cx, cy+20, 226, 190), 6)
	p.solid(curve(650, 1010, 670, 930, 730, 894, 800, 884, 870, 894, 930, 930, 950, 1010), lin(650, 0, 0.6, 950, 0, 1), p.screenOnce(90, 8), 5)
	speaker := p.seated(800, 926, 92)
	for _, s := range speaker {
		p.stroke(s.and(s[:1]), 9, 9, bareMark)
	}
	p.black(speaker...)
	p.flood(0, ell(800, 836, 15, 20))
	p.solid(poly(680, 936, 920, 936, 938, 1010, 662, 1010), flat(0.05), 0, 5)
	p.line(poly(800, 936, 786, 880), 5)
}

// member is a seat in the hall: taken, empty, or one of those who govern.
func (p *pic) member(x, y, s, u float64) {
	if p.r.n(9) == 0 { // gone home
		seat := rrect(x-s*0.7, y-s*1.3, s*1.4, s*1.5, 7)
		p.flood(0, seat)
		p.loop(seat, 3)
		return
	}
	lean := 0.0
	if p.r.n(4) == 0 {
		lean = p.r.in(-0.5, 0.5) * s
	}
	body := blob(x-s*0.85, y+s*0.5, x-s*0.75, y-s*0.35, x-s*0.3, y-s*0.7, x+s*0.3, y-s*0.7, x+s*0.75, y-s*0.35, x+s*0.85, y+s*0.5)
	p.stroke(body.and(body[:1]), 6, 6, bareMark)
	if u < 0.25 || u > 0.75 {
		p.flood(1, body)
		p.loop(body, 3)
	} else {
		p.black(body)
	}
	head := ell(x+lean, y-s*1.05+math.Abs(lean)*0.4, s*0.42, s*0.5)
	p.flood(0, head)
	p.loop(head, 3.5)
	if p.r.n(3) > 0 {
		p.black(ell(x+lean, y-s*1.28+math.Abs(lean)*0.4, s*0.43, s*0.28))
	}
}

func bookStacks(p *pic) {
	p.rough = 1
	const vx, vy = 800.0, 450.0
	p.all(flat(0.95), 0)
	ceil := poly(-50, -50, 1650, -50, vx+70, vy-62, vx-70, vy-62)
	p.fill(ceil, lin(0, 0, 0.75, 0, 380, 0.45), p.ruled(0, 8))
	floor := poly(vx-70, vy+80, vx+70, vy+80, 1500, 1060, 100, 1060)
	p.fill(floor, lin(0, 530, 0.25, 0, 1000, 0.62), p.ruled(0, 9))
	for i := range 5 {
		t := -1 + float64(i)/2
		p.line(poly(vx+t*60, vy+80, vx+t*720, 1060), 3)
	}
	far := rect(vx-72, vy-64, 144, 146)
	p.fill(far, flat(0.0), 0)
	p.wash(far, flat(0.30))
	p.loop(far, 3)
	for _, side := range []float64{-1, 1} {
		p.stackWall(side, vx, vy)
	}
	for i := range 4 { // lamps
		q := 1 / (1 + 0.9*float64(i))
		y := mix(vy-60, -40, q)
		w := 130 * q
		p.line(poly(vx, y-200*q, vx, y), 4*q+1)
		lamp := poly(vx-w*0.35, y, vx+w*0.35, y, vx+w, y+70*q, vx-w, y+70*q)
		p.solid(lamp, flat(0.8), p.screenOnce(90, 8), 4*q)
		p.flood(1, lamp)
		p.loop(lamp, 4*q)
		p.flood(0, ell(vx, y+70*q, w*0.5, 16*q))
	}
	pool := ell(vx, 900, 330, 70)
	p.shade(pool, flat(-0.6))
	p.shade(ell(vx, 690, 150, 30), flat(-0.6))
	p.black(poly(vx+4, 712, vx+60, 770, vx+120, 780, vx+40, 712))
	who := p.person(vx+10, 716, 226)
	for _, s := range who {
		p.stroke(s.and(s[:1]), 8, 8, bareMark)
	}
	p.black(who...)
}

// stackWall is one side of the aisle, book by book.
func (p *pic) stackWall(side, vx, vy float64) {
	at := func(q, v float64) pt { // q depth (1 near), v height -1..1
		h := mix(72, 660, q)
		return pt{vx + side*mix(72, 860, q), vy + 8 + v*h*0.95}
	}
	quad := func(q0, q1, v0, v1 float64) shape {
		return shape{at(q0, v0), at(q1, v0), at(q1, v1), at(q0, v1)}
	}
	const rows = 7
	for r := range rows {
		v0, v1 := -0.98+float64(r)*1.96/rows, -0.98+float64(r+1)*1.96/rows-0.035
		for z := 0.0; z < 9; {
			w := p.r.in(0.05, 0.12)
			a, b := 1/(1+z), 1/(1+z+w)
			z += w
			if p.r.n(14) == 0 {
				continue
			}
			top := v0 + p.r.in(0.02, 0.09)
			s := quad(b, a, top, v1)
			k := p.r.n(8)
			p.fill(s, flat([]float64{0.1, 0.3, 0.85, 0.6, 0.05, 0.75, 0.45, 0.2}[k]), p.screenOnce([]float64{90, 0}[k%2], 7))
			if k == 5 {
				p.tint(0.95, s)
				p.shade(s, flat(-0.4))
			}
			p.loop(s, 0.8+2.6*a)
			if a > 0.3 && k != 2 {
				c := quad(b, a, mix(top, v1, 0.2), mix(top, v1, 0.27))
				p.black(c)
			}
		}
		p.fill(quad(0.07, 1.1, v1, v1+0.035), flat(0.03), 0)
		p.loop(quad(0.07, 1.1, v1, v1+0.035), 2)
	}
	for z := range 4 {
		a := 1 / (1 + 0.15 + 0.85*float64(z))
		p.fill(quad(a*0.965, a, -1, 1), flat(0.12), p.screenOnce(90, 7))
		p.loop(quad(a*0.965, a, -1, 1), 3)
	}
}
