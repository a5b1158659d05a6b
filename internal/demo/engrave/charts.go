// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

func chartScenes() []scene {
	return []scene{
		{"radar", palette{rgb{0x10, 0x2b, 0x33}, rgb{0xe9, 0xe2, 0xcb}, rgb{0xd9, 0x5a, 0x3c}}, radar},
		{"chart-lines", palette{cream, inkSea, red}, chartLines},
		{"strait-map", palette{straw, sepia, petrol}, straitMap},
		{"soldiers-map", palette{bone, inkBlk, red}, soldiersMap},
		{"missile-drawing", palette{rgb{0x1d, 0x4a, 0x5a}, rgb{0xef, 0xe9, 0xd8}, rgb{0xe0, 0xa0, 0x3c}}, missileDrawing},
		{"chart-bars", palette{cream, inkBlk, rust}, chartBars},
	}
}

// radar prints light on dark: here ink is the glow and paper the tube.
func radar(p *pic) {
	p.rough = 0.6
	const cx, cy, r = 800.0, 500.0, 452.0
	p.all(flat(0), 0)
	p.fill(rect(-50, -50, 1700, 1100), func(x, y float64) float64 {
		return 0.14 + 0.12*step(900, 200, math.Hypot(x-cx, y-cy))
	}, p.ruled(0, 9))
	p.fill(circ(cx, cy, r+44), lin(400, 100, 0.75, 1200, 900, 0.12), p.along(8, func(x, y float64) float64 { return math.Hypot(x-cx, y-cy) }))
	scope := circ(cx, cy, r)
	p.fill(scope, flat(0), 0)
	p.within(scope, func() {
		north := curve(300, 260, 420, 300, 520, 250, 640, 290, 760, 240, 880, 280, 980, 230, 1120, 260, 1300, 200)
		south := curve(300, 760, 430, 720, 540, 770, 650, 730, 760, 790, 900, 740, 1020, 780, 1160, 730, 1320, 760)
		sweep := arc(cx, cy, r+10, r+10, -math.Pi*0.56, -math.Pi*0.16).and(poly(cx, cy))
		glow := func(x, y float64) float64 {
			a := math.Atan2(y-cy, x-cx)
			return 0.72 * math.Pow(clamp01((a+math.Pi*0.56)/(math.Pi*0.40)), 1.6)
		}
		p.fill(sweep, glow, p.stipple())
		speckle := p.stipple()
		p.fill(north.and(poly(1300, -50, 300, -50)), func(x, y float64) float64 {
			return max(glow2(x, y, cx, cy), 0.30+0.45*math.Exp(-math.Abs(y-262)/50))
		}, speckle)
		p.fill(south.and(poly(1320, 1050, 300, 1050)), func(x, y float64) float64 { return 0.25 + 0.5*math.Exp(-math.Abs(y-750)/50) }, speckle)
		for i := range 5 {
			p.stroke(circ(cx, cy, r*float64(i+1)/5), 2.6, 2.6, inkMark)
		}
		for i := range 12 {
			a := float64(i) * math.Pi / 6
			p.line(poly(cx+30*math.Cos(a), cy+30*math.Sin(a), cx+r*math.Cos(a), cy+r*math.Sin(a)), 1.6)
		}
		p.line(poly(cx, cy, cx+r*math.Cos(-math.Pi*0.16), cy+r*math.Sin(-math.Pi*0.16)), 6)
		p.radarTracks()
	})
	p.stroke(scope, 7, 7, inkMark)
	for i := range 72 {
		a := float64(i) * math.Pi / 36
		l := 12.0
		if i%6 == 0 {
			l = 26
		}
		p.line(poly(cx+(r+8)*math.Cos(a), cy+(r+8)*math.Sin(a), cx+(r+8+l)*math.Cos(a), cy+(r+8+l)*math.Sin(a)), 4)
	}
	for i, q := range []pt{{130, 180}, {130, 330}, {130, 480}, {1470, 180}, {1470, 330}, {1470, 480}} {
		p.fill(circ(q.x, q.y, 48), lin(q.x-48, q.y-48, 0.95, q.x+48, q.y+48, 0.2), p.screenOnce(45, 7))
		p.line(circ(q.x, q.y, 56), 4)
		a := float64(i)*1.1 + 0.4
		p.stroke(poly(q.x, q.y, q.x+44*math.Cos(a), q.y+44*math.Sin(a)), 12, 12, bareMark)
	}
	for i := range 5 {
		p.fill(rrect(60, 620+float64(i)*64, 140, 38, 8), flat([]float64{0.15, 0.5, 0.15, 0.3, 0.15}[i]), p.screenOnce(0, 8))
		p.loop(rrect(60, 620+float64(i)*64, 140, 38, 8), 3)
		p.loop(rrect(1400, 620+float64(i)*64, 140, 38, 8), 3)
	}
	p.flood(1, rrect(1400, 684, 140, 38, 8))
}

func glow2(x, y, cx, cy float64) float64 {
	a := math.Atan2(y-cy, x-cx)
	if a > -math.Pi*0.16 || a < -math.Pi*0.56 {
		return 0
	}
	return 0.85 * math.Pow((a+math.Pi*0.56)/(math.Pi*0.40), 1.6)
}

func (p *pic) radarTracks() {
	cable := curve(620, 270, 690, 400, 700, 520, 660, 640, 690, 760)
	for i := 0; i+2 < len(cable); i += 3 {
		p.line(shape{cable[i], cable[i+1]}, 4)
	}
	for _, q := range []pt{{500, 420}, {560, 610}, {930, 620}, {1040, 560}, {880, 360}, {470, 540}, {1120, 420}} {
		p.black(ell(q.x, q.y, 13, 7).turn(30, q.x, q.y))
		p.stroke(poly(q.x+14, q.y+8, q.x+54, q.y+26), 4, 0.5, inkMark)
	}
	track := curve(1010, 420, 930, 410, 850, 420, 790, 450, 740, 440, 730, 500, 770, 530, 725, 560)
	for i := 0; i < len(track); i += 3 {
		p.flood(1, circ(track[i].x, track[i].y, 7))
	}
	e := track[len(track)-1]
	p.flood(1, circ(e.x, e.y, 17))
	p.stroke(circ(e.x, e.y, 34), 6, 6, tintMark)
	for i := range 4 {
		a := float64(i) * math.Pi / 2
		p.thread(poly(e.x+34*math.Cos(a), e.y+34*math.Sin(a), e.x+58*math.Cos(a), e.y+58*math.Sin(a)), 6)
	}
}

// chartLines: rates, with the sea bed under them.
func chartLines(p *pic) {
	p.rough = 0.7
	p.all(flat(0), 0)
	for i := range 34 {
		w := 1.2
		if i%4 == 0 {
			w = 2.6
		}
		p.line(poly(-20+float64(i)*50, -10, -20+float64(i)*50, 830), w)
		p.line(poly(-10, 30+float64(i)*50, 1610, 30+float64(i)*50), w)
	}
	p.wash(rect(-50, -50, 1700, 900), flat(0))
	bed := curve(-50, 830, 120, 812, 280, 838, 460, 800, 640, 846, 800, 826, 960, 850, 1130, 806, 1300, 838, 1460, 812, 1650, 836)
	p.fill(bed.and(poly(1650, 1100, -50, 1100)), p.coarse(func(x, y float64) float64 {
		return clamp01(0.55 + (y-820)/300 + 0.5*(fbm(x/60, y/40, 3)-0.5))
	}), p.lines(20, 8))
	p.line(bed, 5)
	series := []struct {
		s shape
		w float64
	}{
		{curve(120, 770, 300, 762, 500, 766, 700, 756, 900, 758, 1100, 750, 1300, 752, 1500, 744), 7},
		{curve(120, 740, 300, 724, 500, 716, 700, 700, 900, 690, 1100, 668, 1300, 660, 1500, 640), 7},
		{curve(120, 700, 300, 690, 500, 660, 700, 650, 900, 600, 1100, 590, 1300, 548, 1500, 530), 7},
		{curve(120, 755, 240, 748, 380, 730, 520, 726, 640, 690, 740, 650, 830, 640, 900, 560, 960, 500, 1020, 470, 1080, 360, 1140, 300, 1190, 290, 1260, 220, 1330, 185, 1420, 150), 13},
	}
	steep := series[3].s
	area := steep.and(poly(1420, 800, 120, 800))
	p.shade(area, lin(0, 100, 0.62, 0, 800, 0.02))
	p.cover([]shape{area}, func(at, _, _ int, m []uint8) {
		id := uint8(len(p.screens))
		for i, a := range m {
			if a > 127 {
				p.scr[at+i] = id
			}
		}
	})
	p.ruled(-38, 9)
	for i, s := range series {
		p.stroke(s.s, s.w+9, s.w+9, bareMark)
		if i == 3 {
			p.thread(s.s, s.w)
			continue
		}
		for j := 0; j+1 < len(s.s); j++ {
			if i == 2 || j%(4-i) != 0 {
				p.line(shape{s.s[j], s.s[j+1]}, s.w)
			}
		}
	}
	for j := range 8 {
		q := steep[j*(len(steep)-1)/7]
		p.flood(0, circ(q.x, q.y, 15))
		p.thread(circ(q.x, q.y, 14), 7)
	}
	p.line(poly(90, 60, 90, 800, 1560, 800), 7)
	for j := range 15 {
		p.line(poly(66, 800-float64(j)*50, 90, 800-float64(j)*50), 5)
		p.line(poly(90+float64(j)*100, 800, 90+float64(j)*100, 824), 5)
	}
	p.chartShip()
}

// chartShip rides the steep line, and pays out its cable into the axis.
func (p *pic) chartShip() {
	x, y := 1420.0, 146.0
	at := func(c ...float64) shape { return poly(c...).move(x, y).turn(-16, x, y) }
	hull := at(-84, -34, 90, -40, 108, -66, 66, 6, -70, 6)
	house := at(0, -38, 4, -84, 56, -84, 60, -40)
	for _, s := range []shape{hull, house} {
		p.stroke(s.and(s[:1]), 14, 14, bareMark)
	}
	p.black(hull, house, at(-40, -36, -40, -66, -14, -66, -14, -36))
	p.line(at(30, -84, 30, -124), 5)
	p.flood(0, at(12, -72, 24, -72, 24, -60, 12, -60), at(34, -72, 46, -72, 46, -60, 34, -60))
	fall := curve(1352, 172, 1440, 320, 1420, 560, 1480, 760, 1500, 900, 1650, 930)
	p.stroke(fall, 12, 12, bareMark)
	p.stroke(fall, 6, 6, inkMark)
}

func straitMap(p *pic) {
	p.rough = 0.8
	height := p.sample(func(x, y float64) float64 {
		u := x*0.34 + (y-500)*0.94 // across the strait
		mid := 40 * math.Sin(x/230)
		return (math.Abs(u-250-mid)-150)/420 + 0.62*(fbm(x/260, y/260, 4)-0.5)
	}, 8)
	h := func(x, y float64) float64 { v, _, _ := height.at(x, y); return v }
	sea := p.along(7.5, func(x, y float64) float64 { return 150 * h(x, y) })
	land := p.stipple()
	p.all(flat(0), 0)
	p.straitFill(h, sea, land)
	p.contours(h, -0.30, 2.6)
	p.contours(h, 0, 6)
	for i := 1; i < 9; i++ {
		w := 2.0
		if i%4 == 0 {
			w = 3.6
		}
		p.contours(h, float64(i)*0.085, w)
	}
	p.hachures(height)
	for i, c := range []shape{curve(560, 120, 640, 300, 600, 470, 690, 640, 660, 860), curve(780, 60, 830, 260, 800, 430, 880, 560, 900, 760, 960, 860)} {
		p.stroke(c, 14, 14, bareMark)
		if i == 0 {
			p.thread(c, 7)
		}
		for j := 0; j+2 < len(c); j += 4 {
			p.line(shape{c[j], c[j+1], c[j+2]}, 5)
		}
	}
	p.mapFurniture()
}

// straitFill tints sea and land pixel by pixel, from the height.
func (p *pic) straitFill(h func(x, y float64) float64, sea, land int) {
	inv := 1 / p.k
	for j := range p.h {
		y := (float64(j) + 0.5 - p.oy) * inv
		for i := range p.w {
			x := (float64(i) + 0.5 - p.ox) * inv
			v := h(x, y)
			k := j*p.w + i
			if v < 0 {
				p.scr[k], p.tone[k] = uint8(sea), level(0.12+0.42*math.Exp(v*14))
				p.col[k] = level(0.30 + 0.5*clamp01(-v*2.2))
			} else {
				p.scr[k], p.tone[k] = uint8(land), level(0.02+0.34*step(0.1, 0.75, v))
			}
		}
	}
}

// contours strokes one level of a height field, cell by cell.
func (p *pic) contours(h func(x, y float64) float64, lev, w float64) {
	const c = 10.0
	x0, y0 := -p.ox/p.k, -p.oy/p.k
	nx, ny := int(float64(p.w)/p.k/c)+1, int(float64(p.h)/p.k/c)+1
	cut := func(a, b pt, va, vb float64, out *shape) {
		if (va < lev) != (vb < lev) {
			t := (lev - va) / (vb - va)
			*out = append(*out, pt{mix(a.x, b.x, t), mix(a.y, b.y, t)})
		}
	}
	for j := range ny {
		for i := range nx {
			a := pt{x0 + float64(i)*c, y0 + float64(j)*c}
			b, d, e := pt{a.x + c, a.y}, pt{a.x + c, a.y + c}, pt{a.x, a.y + c}
			va, vb, vd, ve := h(a.x, a.y), h(b.x, b.y), h(d.x, d.y), h(e.x, e.y)
			var s shape
			cut(a, b, va, vb, &s)
			cut(b, d, vb, vd, &s)
			cut(d, e, vd, ve, &s)
			cut(e, a, ve, va, &s)
			for k := 0; k+1 < len(s); k += 2 {
				p.line(s[k:k+2], w)
			}
		}
	}
}

// hachures run downhill on the steeper ground.
func (p *pic) hachures(g *grid) {
	for range 1500 {
		x, y := p.r.in(0, 1600), p.r.in(0, 1000)
		v, dx, dy := g.at(x, y)
		s := math.Hypot(dx, dy)
		if v < 0.04 || s < 0.0022 {
			continue
		}
		l := min(34, 7000*s)
		p.stroke(poly(x, y, x-dx/s*l, y-dy/s*l), min(4.5, s*1300), 0.6, inkMark)
	}
}

func (p *pic) mapFurniture() {
	frame := rect(26, 26, 1548, 948)
	p.stroke(frame.and(frame[:1]), 40, 40, bareMark)
	p.loop(frame, 4)
	p.loop(rect(8, 8, 1584, 984), 7)
	for i := range 40 {
		if i%2 == 0 {
			p.black(rect(26+float64(i)*38.7, 10, 38.7, 14), rect(26+float64(i)*38.7, 976, 38.7, 14))
		}
		if i%2 == 0 && i < 24 {
			p.black(rect(10, 26+float64(i)*39.5, 14, 39.5), rect(1576, 26+float64(i)*39.5, 14, 39.5))
		}
	}
	for _, l := range []struct {
		x, y float64
		k    int
	}{{86, 690, 0}, {1216, 70, 1}} { // two legends
		box := rect(l.x, l.y, 300, 230)
		p.stroke(box.and(box[:1]), 16, 16, bareMark)
		p.flood(0, box)
		p.loop(box, 4)
		p.loop(rect(l.x+9, l.y+9, 282, 212), 2)
		p.line(poly(l.x+60, l.y+42, l.x+240, l.y+42), 11)
		for i := range 4 {
			y := l.y + 84 + float64(i)*36
			s := rect(l.x+34, y-12, 52, 24)
			if (i+l.k)%2 == 0 {
				p.flood(0.8, s)
			} else {
				p.fill(s, flat(0.5), p.screenOnce(45, 7))
			}
			p.loop(s, 3)
			p.dashes(l.x+110, y, 150-float64(i*13%40), 10, 6, 1, 0)
		}
	}
	p.rose(1390, 790, 112)
}

// rose is a compass.
func (p *pic) rose(x, y, r float64) {
	p.stroke(circ(x, y, r*0.62), 14, 14, bareMark)
	p.line(circ(x, y, r*0.62), 4)
	p.line(circ(x, y, r*0.52), 2)
	for i := range 8 {
		a := float64(i)*math.Pi/4 - math.Pi/2
		l := r
		if i%2 == 1 {
			l = r * 0.62
		}
		w := r * 0.13
		tip := pt{x + l*math.Cos(a), y + l*math.Sin(a)}
		one := shape{{x, y}, tip, {x + w*math.Cos(a+0.8), y + w*math.Sin(a+0.8)}}
		two := shape{{x, y}, tip, {x + w*math.Cos(a-0.8), y + w*math.Sin(a-0.8)}}
		p.flood(0, two)
		p.black(one)
		p.loop(two, 3)
	}
	p.flood(1, poly(x, y-r*1.3, x+17, y-r*1.04, x-17, y-r*1.04))
	p.loop(poly(x, y-r*1.3, x+17, y-r*1.04, x-17, y-r*1.04), 3)
}

// soldiersMap: officers over a table; four ranks are drawn, seven only outlined.
func soldiersMap(p *pic) {
	p.rough = 1.1
	p.fill(rect(-50, -50, 1700, 1100), lin(0, 0, 0.72, 0, 440, 0.34), p.wood(-12, 11))
	table := poly(250, 400, 1350, 400, 1720, 1060, -120, 1060)
	p.fill(table, flat(0.02), 0)
	p.within(table, func() {
		h := func(x, y float64) float64 {
			q := 400 / max(60, y-140)
			return fbm((x-800)*q/150+7, q*6, 4)
		}
		hh := p.coarse(h)
		for i := range 9 {
			p.contours(hh, 0.28+float64(i)*0.055, 2.4)
		}
		river := curve(330, 390, 480, 470, 560, 560, 520, 660, 640, 760, 900, 800, 1000, 900, 960, 1060)
		p.stroke(river, 12, 60, bareMark)
		p.stroke(river, 7, 50, inkMark)
		p.stroke(river, 3, 40, bareMark)
		front := curve(760, 396, 860, 500, 800, 600, 960, 680, 1180, 720, 1300, 860, 1420, 900)
		p.stroke(front, 9, 17, tintMark)
	})
	p.loop(table, 6)
	for row := range 3 {
		if row == 1 {
			p.officers()
		}
		for col := range 11 {
			q := 0.55 + float64(row)*0.23
			x := 800 + (float64(col)-5)*128*q + 20
			y := 560 + float64(row)*165.0
			p.pawn(x, y, q*1.25, col < 4)
		}
	}
}

// pawn is a counter for so many men.
func (p *pic) pawn(x, y, k float64, counted bool) {
	at := func(s shape) shape { return s.size(k, k, 0, 0).move(x, y) }
	parts := []shape{
		at(blob(-26, 20, -24, 2, -12, -14, -12, -40, 12, -40, 12, -14, 24, 2, 26, 20)),
		at(circ(0, -58, 19)), at(poly(-22, -66, 22, -66, 14, -82, -14, -82)),
	}
	base := at(ell(0, 24, 34, 12))
	if counted {
		p.black(at(poly(10, 26, 110, -6, 130, 4, 40, 34)))
		for _, s := range append(parts, base) {
			p.stroke(s.and(s[:1]), 9, 9, bareMark)
		}
		p.black(append(parts, base)...)
		p.slit(at(curve(-12, 4, -6, -12, -6, -32)), 4*k)
		return
	}
	for _, s := range append(parts, base) {
		p.stroke(s.and(s[:1]), 10, 10, bareMark)
	}
	p.flood(0, append(parts, base)...)
	for _, s := range append(parts, base) {
		for i := 0; i+1 < len(s); i += 2 {
			p.stroke(shape{s[i], s[i+1]}, 4.5, 4.5, tintMark)
		}
	}
}

func (p *pic) officers() {
	for i, x := range []float64{330, 560, 800, 1050, 1290} {
		s := []float64{300, 280, 320, 285, 300}[i]
		y := 440.0
		lean := []float64{24, 10, 0, -8, -22}[i]
		c := x + lean*0.5
		body := curve(x-s*0.50, y+6, x-s*0.47, y-s*0.28, x-s*0.40, y-s*0.46, c-s*0.22, y-s*0.55, c-s*0.10, y-s*0.62).and(curve(c+s*0.10, y-s*0.62, c+s*0.22, y-s*0.55, x+s*0.40, y-s*0.46, x+s*0.47, y-s*0.28, x+s*0.50, y+6))
		hx, hy := x+lean*1.2, y-s*0.78
		neck := poly(hx-s*0.085, hy, hx+s*0.085, hy, c+s*0.11, y-s*0.56, c-s*0.11, y-s*0.56)
		p.stroke(body.and(body[:1]), 12, 12, bareMark)
		p.fill(body, lin(x-s*0.4, 0, 0.72, x+s*0.4, 0, 0.98), p.screenOnce(70, 9))
		p.loop(body, 5)
		p.solid(neck, flat(0.5), p.screenOnce(0, 8), 5)
		for _, d := range []float64{-1, 1} {
			l := poly(c+d*s*0.10, y-s*0.63, c+d*s*0.20, y-s*0.50, c+d*s*0.06, y-s*0.38, c, y-s*0.50)
			p.flood(0, l)
			p.fill(l, flat(0.5), p.screenOnce(70, 9))
			p.loop(l, 4)
			p.slit(poly(x+d*s*0.22, y-s*0.50, x+d*s*0.40, y-s*0.43), 7)
		}
		p.slit(poly(c, y-s*0.46, x, y-6), 3)
		face := ell(hx, hy, s*0.15, s*0.19)
		p.fill(face, lin(hx-s*0.1, 0, 0.03, hx+s*0.16, 0, 0.6), p.screenOnce(20, 8))
		p.loop(face, 5)
		p.black(blob(hx-s*0.22, hy-s*0.12, hx-s*0.2, hy-s*0.24, hx, hy-s*0.3, hx+s*0.2, hy-s*0.24, hx+s*0.22, hy-s*0.12, hx, hy-s*0.15))
		p.black(curve(hx-s*0.17, hy-s*0.12, hx, hy-s*0.06, hx+s*0.17, hy-s*0.12, hx, hy-s*0.16))
		p.flood(0.9, circ(hx, hy-s*0.2, s*0.03))
		p.line(poly(hx-s*0.08, hy+s*0.02, hx-s*0.02, hy+s*0.02), 5)
		p.line(poly(hx+s*0.03, hy+s*0.02, hx+s*0.09, hy+s*0.02), 5)
		p.line(poly(hx+lean*0.1, hy+s*0.0, hx+lean*0.1+6, hy+s*0.07, hx+lean*0.1-4, hy+s*0.075), 4)
		p.line(poly(hx-s*0.05, hy+s*0.125, hx+s*0.05, hy+s*0.125), 5)
		for j := range 2 {
			p.flood(0.9, rect(x-s*0.32+float64(j)*24, y-s*0.32, 18, 12))
		}
	}
	arm := curve(880, 320, 850, 420, 770, 480, 690, 520).and(curve(700, 540, 800, 510, 900, 460, 950, 350))
	p.stroke(arm, 10, 10, bareMark)
	p.fill(arm, flat(0.9), p.screenOnce(70, 9))
	p.stroke(arm, 5, 5, inkMark)
	hand := poly(690, 514, 650, 540, 600, 560, 602, 570, 664, 562, 706, 546)
	p.flood(0, hand)
	p.loop(hand, 4)
}

// missileDrawing is a blueprint; ink is the white line.
func missileDrawing(p *pic) {
	p.rough = 0.4
	p.all(flat(0), 0)
	for i := range 41 {
		w := 0.8
		if i%5 == 0 {
			w = 1.8
		}
		p.line(poly(float64(i)*40, 0, float64(i)*40, 1000), w)
		p.line(poly(0, float64(i)*40, 1600, float64(i)*40), w)
	}
	bare := func(s shape) { p.stroke(s.and(s[:1]), 10, 10, bareMark); p.flood(0, s); p.loop(s, 4.5) }
	tube := poly(420, 300, 1330, 120, 1348, 208, 438, 392)
	body := poly(250, 640, 250, 560, 430, 560, 470, 500, 620, 500, 640, 560, 1420, 560, 1440, 640)
	bare(poly(760, 560, 820, 330, 860, 322, 850, 560))
	bare(tube)
	p.within(tube, func() {
		p.shade(tube, flat(0.35))
		for i := range 9 {
			x := 440 + float64(i)*112
			p.line(poly(x, 280, x+40, 420), 3)
			p.line(poly(x+12, 280, x+52, 420), 3)
		}
	})
	bare(poly(1330, 106, 1352, 102, 1376, 214, 1352, 222))
	m := curve(1380, 142, 1460, 126, 1516, 134, 1470, 160, 1390, 186)
	p.stroke(m.and(m[:1]), 10, 10, bareMark)
	p.flood(1, m)
	p.loop(m, 4.5)
	bare(body)
	bare(poly(256, 560, 262, 430, 300, 404, 420, 404, 438, 560))
	bare(poly(282, 500, 286, 440, 344, 432, 344, 500))
	bare(poly(362, 500, 362, 430, 410, 430, 416, 500))
	bare(rect(1060, 470, 240, 90))
	bare(rect(900, 500, 120, 60))
	p.fill(rect(250, 640, 1190, 26), flat(0.5), p.screenOnce(45, 8))
	p.loop(rect(250, 640, 1190, 26), 3)
	for i, x := range []float64{350, 510, 930, 1090, 1250, 1390} {
		p.wheel(x, 690, 70, i)
	}
	p.line(poly(80, 760, 1520, 760), 5)
	for i := range 48 {
		p.line(poly(90+float64(i)*30, 762, 70+float64(i)*30, 784), 2.4)
	}
	p.dimension(250, 880, 1440, 880, 110)
	p.dimension(350, 830, 510, 830, 60)
	p.dimension(930, 830, 1390, 830, 60)
	p.dimension(150, 640, 150, 404, 80)
	p.dimension(430, 226, 1322, 50, 60)
	p.missileSection()
}

func (p *pic) wheel(x, y, r float64, n int) {
	c := circ(x, y, r)
	p.stroke(c, 12, 12, bareMark)
	p.flood(0, c)
	p.fill(c, flat(0.42), p.screenOnce(45, 8))
	p.line(c, 5)
	p.flood(0, circ(x, y, r*0.6))
	p.line(circ(x, y, r*0.6), 4)
	p.line(circ(x, y, r*0.2), 4)
	for i := range n + 1 { // numbered by strokes, so that nobody need agree on a numeral
		a := float64(i)/6*2*math.Pi - math.Pi/2
		p.flood(1, circ(x+r*0.4*math.Cos(a), y+r*0.4*math.Sin(a), 7))
	}
	p.line(poly(x-r-20, y, x+r+20, y), 1.4)
	p.line(poly(x, y-r-20, x, y+r+20), 1.4)
}

// dimension is an arrowed measure with its extension lines.
func (p *pic) dimension(x0, y0, x1, y1, ext float64) {
	dx, dy := x1-x0, y1-y0
	l := math.Hypot(dx, dy)
	ux, uy := dx/l, dy/l
	p.line(poly(x0, y0, x1, y1), 3)
	for _, e := range []struct{ x, y, s float64 }{{x0, y0, 1}, {x1, y1, -1}} {
		p.black(poly(e.x, e.y, e.x+e.s*(ux*24-uy*8), e.y+e.s*(uy*24+ux*8), e.x+e.s*(ux*24+uy*8), e.y+e.s*(uy*24-ux*8)))
		sg := 1.0
		if uy*ux < -0.01 || math.Abs(ux) < 0.1 {
			sg = -1
		}
		if math.Abs(ux) < 0.1 {
			p.line(poly(e.x-16, e.y, e.x+ext, e.y), 1.8)
		} else {
			p.line(poly(e.x, e.y+16*sg*1, e.x, e.y-ext*sg), 1.8)
		}
	}
	mx, my := (x0+x1)/2, (y0+y1)/2
	p.flood(0, rect(mx-34, my-14, 68, 28).turn(math.Atan2(dy, dx)*180/math.Pi, mx, my))
	for i := range 3 {
		o := (float64(i) - 1) * 18
		p.stroke(poly(mx+o*ux-uy*8-ux*4, my+o*uy+ux*8-uy*4, mx+o*ux+uy*8+ux*4, my+o*uy-ux*8+uy*4), 4.5, 4.5, tintMark)
	}
}

func (p *pic) missileSection() {
	box := rect(70, 60, 270, 250)
	p.stroke(box.and(box[:1]), 10, 10, bareMark)
	p.flood(0, box)
	p.loop(box, 4)
	for i, r := range []float64{96, 74, 40, 14} {
		p.fill(circ(205, 185, r), flat([]float64{0.5, 0, 0.35, 0}[i]), p.screenOnce(45, 8))
		p.line(circ(205, 185, r), 4)
	}
	p.line(poly(90, 185, 320, 185), 1.6)
	p.line(poly(205, 72, 205, 298), 1.6)
	p.flood(0, rect(1180, 900, 340, 70))
	p.loop(rect(1180, 900, 340, 70), 4)
	p.line(poly(1180, 935, 1520, 935), 2.5)
	p.line(poly(1400, 900, 1400, 970), 2.5)
	p.dashes(1200, 918, 170, 10, 5, 1, 0)
	p.dashes(1200, 953, 150, 10, 5, 1, 0)
	p.thread(poly(1420, 952, 1440, 920, 1456, 955, 1476, 915, 1496, 950), 5)
}

// chartBars: six barrels that are all declared at one height, six that are not.
func chartBars(p *pic) {
	p.rough = 0.9
	p.all(flat(0), 0)
	for i := range 9 {
		p.line(poly(90, 840-float64(i)*94, 1560, 840-float64(i)*94), 1.6)
	}
	for i := range 6 {
		x := 120 + float64(i)*236
		h := 330.0
		g := 360 + float64(i)*76
		p.barrelBar(x+104, 840-g, 96, g, false)
		p.barrelBar(x, 840-h, 96, h, true)
	}
	capLine := poly(60, 508, 1580, 508)
	p.stroke(capLine, 22, 22, bareMark)
	p.stroke(capLine, 11, 11, inkMark)
	for i := range 38 {
		p.line(poly(64+float64(i)*40, 508, 88+float64(i)*40, 484), 4)
	}
	p.fill(rect(-50, 846, 1700, 240), flat(0.9), p.lines(0, 9))
	p.line(poly(-50, 844, 1650, 844), 8)
	for i := range 6 {
		p.slit(poly(120+float64(i)*236, 880, 320+float64(i)*236, 880), 6)
		p.slit(poly(170+float64(i)*236, 902, 270+float64(i)*236, 902), 6)
	}
	p.line(poly(90, 40, 90, 844), 6)
	for i := range 18 {
		p.line(poly(68, 840-float64(i)*47, 90, 840-float64(i)*47), 4)
	}
}

// barrelBar is a column made of drums.
func (p *pic) barrelBar(x, y, w, h float64, dark bool) {
	s := rect(x, y, w, h)
	p.stroke(s.and(s[:1]), 10, 10, bareMark)
	p.fill(s, p.barrelTone(x+w/2, w/2, dark), p.screenOnce(90, 7))
	if !dark {
		p.tint(0.72, s)
	}
	p.loop(s, 4)
	const drum = 110.0
	for yy := y + h; yy > y+4; yy -= drum {
		for _, o := range []float64{0, 34, 72} {
			if v := yy - o; v > y && v < y+h-2 {
				wide := 3.0
				if o == 0 {
					wide = 7
				}
				p.line(curve(x-2, v-4, x+w/2, v+4, x+w+2, v-4), wide)
				if dark {
					p.slit(curve(x+2, v+2, x+w/2, v+10, x+w-2, v+2), 2.4)
				}
			}
		}
	}
	top := ell(x+w/2, y, w/2, 13)
	p.flood(0, top)
	if !dark {
		p.tint(0.3, top)
	}
	p.line(top, 4)
	p.black(ell(x+w*0.68, y-1, 9, 4))
}

func (p *pic) barrelTone(cx, r float64, dark bool) tone {
	base := p.cylinder(cx, r)
	return func(x, y float64) float64 {
		v := base(x, y)
		if dark {
			return 0.62 + 0.38*v
		}
		return v * 0.75
	}
}
