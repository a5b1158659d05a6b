// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

func townScenes() []scene {
	return []scene{
		{"parliament", palette{bone, inkBlk, ochre}, parliament},
		{"city-night", palette{straw, inkSea, ochre}, cityNight},
		{"refinery", palette{blush, inkBlk, rust}, refinery},
		{"town-square", palette{cream, inkBlk, red}, townSquare},
	}
}

func parliament(p *pic) {
	p.rough = 1
	sky := p.along(8, func(x, y float64) float64 { return y*0.94 + x*0.34 })
	p.fill(rect(-50, -50, 1700, 900), p.coarse(func(x, y float64) float64 {
		return clamp01(0.62 - y/900 - 0.55*step(0.47, 0.6, fbm(x/300, y/130, 4)))
	}), sky)
	p.parliamentDome(800, 372)
	stone := p.screenOnce(0, 8)
	for _, s := range []float64{-1, 1} { // wings
		x0 := 800 + s*330
		w := poly(x0, 440, x0+s*400, 460, x0+s*400, 770, x0, 770)
		p.solid(w, lin(800-740, 0, 0.12, 800+740, 0, 0.62), stone, 4)
		for i := range 7 {
			x := x0 + s*(46+float64(i)*52)
			p.black(rect(x-13, 520, 26, 70), arc(x, 520, 13, 15, math.Pi, 2*math.Pi), rect(x-13, 650, 26, 76))
		}
		p.line(poly(x0, 612, x0+s*400, 616), 5)
		p.line(poly(x0, 474, x0+s*400, 490), 4)
	}
	p.solid(rect(440, 470, 720, 300), flat(0.92), p.lines(0, 8), 4)
	for i := range 8 {
		x := 470 + float64(i)*88
		c := poly(x, 770, x+6, 486, x+38, 486, x+44, 770)
		p.fill(c, p.cylinder(x+20, 26), p.screenOnce(90, 7))
		p.loop(c, 3)
		p.solid(rect(x-6, 474, 56, 16), flat(0.05), 0, 3)
		p.solid(rect(x-8, 756, 60, 18), flat(0.05), 0, 3)
	}
	p.solid(rect(420, 424, 760, 52), lin(420, 0, 0.02, 1180, 0, 0.4), stone, 4)
	p.solid(poly(410, 424, 800, 286, 1190, 424), lin(420, 0, 0.05, 1180, 0, 0.45), stone, 4)
	p.solid(poly(500, 408, 800, 304, 1100, 408), flat(0.7), p.lines(0, 7), 3)
	p.flood(0.9, circ(800, 366, 34))
	p.loop(circ(800, 366, 34), 4)
	p.parliamentSteps()
}

func (p *pic) parliamentDome(x, y float64) {
	p.solid(rect(x-210, y-130, 420, 130), lin(x-210, 0, 0.15, x+210, 0, 0.75), p.lines(90, 8), 4)
	for i := range 9 {
		a := -1 + float64(i)/4
		p.black(rect(x+a*180-9, y-106, 18, 76))
	}
	dome := curve(x-190, y-130, x-176, y-220, x-110, y-292, x, y-322, x+110, y-292, x+176, y-220, x+190, y-130)
	ribs := p.along(9, func(px, py float64) float64 {
		v := clamp01((y - 122 - py) / 202)
		r := 192 * math.Sqrt(max(0.03, 1-v*v))
		return 300 * math.Acos(1-2*clamp01(0.5+(px-x)/(2*r))) / math.Pi
	})
	p.fill(dome, lin(x-190, 0, 0.05, x+180, 0, 0.95), ribs)
	p.tint(0.75, dome)
	p.loop(dome, 4)
	p.solid(rect(x-34, y-376, 68, 62), lin(x-34, 0, 0.1, x+34, 0, 0.8), p.screenOnce(90, 7), 3)
	p.black(curve(x-40, y-374, x-26, y-404, x, y-414, x+26, y-404, x+40, y-374))
	p.line(poly(x, y-410, x, y-470), 5)
}

func (p *pic) parliamentSteps() {
	for i := range 8 {
		f := float64(i)
		y := 770 + f*13 + f*f*2.2
		n := 770 + (f+1)*13 + (f+1)*(f+1)*2.2
		a, b := 400-f*46, 400-(f+1)*46
		p.solid(poly(a, y, 1600-a, y, 1600-b, n, b, n), flat(0.04+float64(i%2)*0.02), 0, 3)
		p.fill(poly(b, n-7-f, 1600-b, n-7-f, 1600-b, n, b, n), flat(0.8), p.screenOnce(90, 8))
	}
	p.fill(rect(-50, 1000, 1700, 100), flat(0.1), 0)
	x, y := 800.0, 962.0
	p.fill(poly(x-24, y, x+26, y, x+560, y+70, x+430, y+90), flat(0.97), 0)
	who := p.person(x, y+6, 200)
	for _, s := range who {
		p.stroke(s.and(s[:1]), 8, 8, bareMark)
	}
	p.black(who...)
}

func cityNight(p *pic) {
	p.rough = 1.6
	p.fill(rect(-50, -50, 1700, 1100), flat(0.95), p.woodAlong(12, func(x, y float64) float64 { return math.Hypot(x-1220, y-190) }))
	p.flood(0.55, circ(1220, 190, 74))
	p.cut(circ(1220, 190, 74))
	for range 60 {
		p.cut(circ(p.r.in(0, 1600), p.r.in(0, 420), p.r.in(1.2, 3)))
	}
	for row := range 9 {
		f := float64(row)
		for x := -60 + float64(row%2)*40; x < 1640; {
			w := p.r.in(56, 100) * (0.75 + f*0.075)
			u := (x + w/2 - 700) / 800
			y := 470 + f*66 + 210*u*u*(1-f*0.06)
			h := p.r.in(80, 150) * (0.8 + f*0.08)
			p.nightHouse(x, y, w, h, row)
			x += w + p.r.in(0, 6)
		}
	}
	p.black(rect(640, 150, 74, 260), poly(630, 154, 677, 40, 724, 154))
	p.line(poly(677, 44, 677, 4), 4)
	p.slit(poly(640, 400, 640, 154, 677, 44, 714, 154, 714, 400), 4)
	p.slit(poly(640, 154, 714, 154), 3)
	p.slit(poly(640, 250, 714, 250), 3)
	p.slit(poly(677, 44, 677, 4), 4)
	p.flood(1, circ(677, 196, 20))
	p.black(poly(677, 196, 677, 182, 680, 196), poly(677, 194, 688, 198, 677, 199))
	p.cityQueue()
}

func (p *pic) nightHouse(x, y, w, h float64, row int) {
	wall := rect(x, y-h, w, h+220)
	p.fill(wall, flat([]float64{0.97, 0.9, 0.99}[p.r.n(3)]), p.screenOnce(90, 10))
	if p.r.n(2) == 0 {
		p.fill(poly(x-4, y-h, x+w/2, y-h-w*0.35, x+w+4, y-h), flat(1), 0)
		p.slit(poly(x-4, y-h, x+w/2, y-h-w*0.35, x+w+4, y-h), 3)
	} else {
		p.slit(poly(x, y-h, x+w, y-h), 3)
	}
	p.slit(poly(x+w, y-h, x+w, y+30), 2.4)
	k := 0.7 + float64(row)*0.07
	for wy := y - h + 16*k; wy < y+4; wy += 34 * k {
		for wx := x + 12*k; wx < x+w-18*k; wx += 27 * k {
			s := rect(wx, wy, 13*k, 19*k)
			switch p.r.n(7) {
			case 0, 1, 2:
				p.flood(1, s)
			case 3:
				p.flood(0.3, s)
			}
		}
	}
}

// cityQueue is the polling place in the foreground, still open.
func (p *pic) cityQueue() {
	p.fill(rect(-50, 920, 1700, 150), flat(1), 0)
	p.fill(rect(180, 660, 400, 280), flat(1), 0)
	p.slit(poly(180, 940, 180, 660, 580, 660, 580, 940), 4)
	p.black(poly(160, 664, 380, 560, 600, 664))
	p.slit(poly(160, 664, 380, 560, 600, 664, 160, 664), 4)
	p.flood(0.85, rect(320, 740, 120, 200))
	p.flood(0.85, rect(216, 740, 60, 80), rect(484, 740, 60, 80))
	light := poly(320, 938, 440, 938, 640, 1010, 300, 1010)
	p.flood(0.8, light)
	for i := range 15 {
		x := 372 + float64(i)*76 + p.r.in(-14, 14)
		who := p.person(x, 972+p.r.in(-6, 8), p.r.in(140, 172))
		for _, s := range who {
			p.stroke(s.and(s[:1]).move(-3, -1), 5, 5, tintMark)
		}
		p.black(who...)
	}
}

func refinery(p *pic) {
	p.rough = 1.2
	p.fill(rect(-50, -50, 1700, 720), p.coarse(func(x, y float64) float64 {
		return clamp01(0.42 - y/1400 - 0.36*step(0.45, 0.62, fbm(x/420, y/60, 4)))
	}), p.dots(30, 9))
	p.wash(rect(-50, -50, 1700, 720), lin(0, 0, 0.0, 0, 620, 0.62))
	p.refineryPlant(1, 610)
	mud := rect(-50, 610, 1700, 500)
	p.fill(mud, lin(0, 610, 0.30, 0, 1000, 0.62), p.dots(30, 9))
	p.wash(mud, lin(0, 610, 0.5, 0, 1000, 0.1))
	for i, pool := range []shape{
		blob(-60, 700, 200, 650, 520, 640, 900, 650, 1240, 640, 1660, 660, 1500, 700, 1180, 690, 960, 730, 700, 700, 420, 760, 120, 740),
		blob(420, 900, 640, 820, 900, 800, 1220, 830, 1480, 800, 1700, 830, 1700, 960, 1300, 930, 1020, 990, 700, 960),
		blob(-80, 850, 90, 820, 250, 850, 230, 900, 60, 930, -80, 920),
	} {
		p.fill(pool, flat(0.04), 0)
		p.wash(pool, flat(0.42))
		p.within(pool, func() { p.refineryPlant(-1, 640) })
		p.within(pool, func() {
			for j := range 34 {
				y := 640 + float64(j)*11
				p.taper(poly(p.r.in(0, 700), y, 700, y, p.r.in(800, 1600), y+p.r.in(-2, 2)), 4, bareMark)
			}
		})
		p.stroke(pool.and(pool[:1]), 3+float64(i), 3, inkMark)
	}
	for i, q := range []pt{{330, 880}, {470, 905}, {180, 930}, {620, 940}, {380, 965}, {780, 965}} { // the drowned street
		w := 74 + float64(i%3)*22
		p.solid(poly(q.x, q.y, q.x+w, q.y-10, q.x+w+30, q.y+12, q.x+28, q.y+26), flat(0.02), 0, 4)
		p.solid(poly(q.x+28, q.y+26, q.x+w+30, q.y+12, q.x+w+30, q.y+40, q.x+28, q.y+56), flat(0.6), p.screenOnce(90, 8), 4)
		p.solid(poly(q.x, q.y, q.x+28, q.y+26, q.x+28, q.y+56, q.x, q.y+30), flat(0.92), p.screenOnce(90, 8), 4)
	}
	boat := curve(1080, 800, 1110, 838, 1240, 850, 1330, 832, 1360, 780).and(curve(1360, 780, 1250, 806, 1080, 800)).turn(-7, 1200, 800)
	p.black(boat)
	p.line(poly(1190, 806, 1160, 640), 7)
	p.black(p.person(560, 838, 150)...)
	p.line(poly(596, 720, 640, 850), 4)
}

// refineryPlant draws the works; flip -1 is their reflection below the base.
func (p *pic) refineryPlant(flip, base float64) {
	at := func(s shape) shape { return s.size(1, flip, 0, 0).move(0, base) }
	for i, x := range []float64{150, 420} { // LNG tanks
		r := 124.0 - float64(i)*10
		p.fill(at(curve(x-r, -150, x-r*0.7, -206, x, -228, x+r*0.7, -206, x+r, -150).and(poly(x+r, 0, x-r, 0))), p.cylinder(x, r+8), p.screenOnce(90, 8))
		p.loop(at(curve(x-r, -150, x-r*0.7, -206, x, -228, x+r*0.7, -206, x+r, -150).and(poly(x+r, 0, x-r, 0))), 4)
		p.line(at(poly(x-r, -150, x+r, -150)), 4)
	}
	for i, c := range []pt{{640, 330}, {710, 420}, {770, 280}, {900, 360}, {960, 250}} {
		w := 17.0 + float64(i%2)*7
		p.black(at(rect(c.x-w, -c.y, 2*w, c.y)))
		p.slit(at(poly(c.x-w+7, -c.y+10, c.x-w+7, -20)), 4)
		for j := range 5 {
			p.line(at(poly(c.x-w-12, -40-float64(j)*c.y/5, c.x+w+12, -40-float64(j)*c.y/5)), 5)
		}
	}
	for j := range 4 {
		p.line(at(poly(560, -50-float64(j)*38, 1120, -50-float64(j)*38)), 7)
	}
	for j := range 9 {
		p.line(at(poly(570+float64(j)*66, 0, 570+float64(j)*66, -170)), 5)
	}
	p.line(at(poly(1310, 0, 1310, -480)), 13)
	p.line(at(poly(1310, -420, 1200, 0)), 3)
	p.line(at(poly(1310, -420, 1420, 0)), 3)
	flame := at(blob(1306, -478, 1284, -520, 1310, -560, 1360, -566, 1420, -600, 1396, -560, 1440, -548, 1380, -520, 1330, -484))
	p.flood(1, flame)
	p.loop(flame, 4)
	p.black(at(poly(1080, 0, 1660, 0, 1660, -40, 1080, -34)))
	for j := range 8 {
		p.line(at(poly(1140+float64(j)*64, 0, 1140+float64(j)*64, 46)), 9)
	}
}

func townSquare(p *pic) {
	p.rough = 1.3
	p.sky(420, 0.40, 0.03, 0.95)
	x := -40.0
	for i := 0; x < 1640; i++ { // gabled fronts
		w := 120 + float64((i*53)%60)
		top := 230 + float64((i*97)%90)
		p.gable(x, top, w, 600, i)
		x += w
	}
	p.solid(rect(718, 90, 130, 520), lin(718, 0, 0.1, 850, 0, 0.75), p.screenOnce(90, 8), 4)
	p.solid(poly(704, 96, 783, -70, 862, 96), flat(0.9), p.lines(70, 8), 4)
	p.flood(0, circ(783, 180, 40))
	p.loop(circ(783, 180, 40), 5)
	p.line(poly(783, 180, 783, 150), 5)
	p.line(poly(783, 180, 804, 190), 5)
	p.flood(1, poly(800, 300, 1010, 326, 1010, 352, 800, 330), poly(800, 260, 1010, 290, 1010, 318, 800, 290))
	p.fill(rect(-50, 590, 1700, 500), flat(0.2), p.stipple())
	p.banner(360, 690, 330, 1)
	p.banner(1290, 690, 320, 1)
	for row := range 15 {
		f := float64(row)
		y := 604 + f*13 + f*f*1.32
		k := 0.30 + f*0.064
		switch row {
		case 8:
			p.banner(150, y+20, 360, 0)
			p.banner(1010, y+20, 350, 1)
		case 11:
			p.banner(640, y+30, 420, 0.0)
		}
		for x := -40 + float64(row%2)*20*k; x < 1660; x += 62 * k {
			p.singer(x+p.r.in(-9, 9)*k, y+p.r.in(-8, 8)*k, k)
		}
	}
}

func (p *pic) gable(x, top, w, base float64, i int) {
	var front shape
	switch i % 3 {
	case 0:
		front = poly(x, base, x, top+70, x+w/2, top, x+w, top+70, x+w, base)
	case 1:
		front = poly(x, base, x, top+80, x+w*0.16, top+80, x+w*0.16, top+50, x+w*0.32, top+50, x+w*0.32, top+16, x+w*0.68, top+16, x+w*0.68, top+50, x+w*0.84, top+50, x+w*0.84, top+80, x+w, top+80, x+w, base)
	default:
		front = curve(x, top+90, x+w*0.12, top+70, x+w*0.2, top+24, x+w*0.5, top, x+w*0.8, top+24, x+w*0.88, top+70, x+w, top+90).and(poly(x+w, base, x, base))
	}
	p.solid(front, flat([]float64{0.12, 0.55, 0.28, 0.8, 0.05}[(i*3)%5]), p.screenOnce([]float64{0, 90, 45}[i%3], 8), 4)
	for r := range 3 {
		for c := range 3 {
			wx, wy := x+w*(0.2+float64(c)*0.24), top+120+float64(r)*82
			p.solid(rect(wx, wy, w*0.14, 42), flat(0), 0, 3)
			p.black(rect(wx+3, wy+3, w*0.14-6, 17))
		}
	}
}

// banner is a cloth between two poles, held over the crowd.
func (p *pic) banner(x, y, h, v float64) {
	w := h * 0.52
	s := curve(x, y-h, x+w*0.3, y-h+10, x+w*0.7, y-h-8, x+w, y-h+4).and(curve(x+w, y-h*0.45, x+w*0.7, y-h*0.49, x+w*0.3, y-h*0.44, x, y-h*0.47))
	p.line(poly(x, y, x, y-h-16), 7)
	p.line(poly(x+w, y, x+w, y-h-12), 7)
	p.stroke(s.and(s[:1]), 11, 11, bareMark)
	p.flood(v, s)
	p.loop(s, 4.5)
	if v == 0 {
		p.fill(s, lin(x, 0, 0.02, x+w, 0, 0.22), p.screenOnce(90, 9))
		p.loop(s, 4.5)
	}
	for i := range 5 { // a stave, with some notes on it
		yy := y - h*0.82 + float64(i)*h*0.055
		p.stroke(poly(x+w*0.1, yy, x+w*0.9, yy-3), 2.6, 2.6, inkMark)
	}
	for i := range 4 {
		nx, ny := x+w*(0.22+0.19*float64(i)), y-h*(0.62+0.11*math.Abs(math.Sin(float64(i)*1.7+x)))
		p.black(ell(nx, ny, h*0.026, h*0.02).turn(-20, nx, ny))
		p.line(poly(nx+h*0.022, ny, nx+h*0.022, ny-h*0.12), 3.4)
	}
}

// singer is one head in the crowd, mouth open.
func (p *pic) singer(x, y, k float64) {
	body := blob(x-27*k, y+60*k, x-25*k, y+22*k, x-9*k, y+12*k, x+9*k, y+12*k, x+25*k, y+22*k, x+27*k, y+60*k)
	head := ell(x, y, 11.5*k, 14.5*k)
	d := p.r.n(12)
	p.fill(body, flat(0.97), 0)
	if d == 0 {
		p.flood(1, body)
	}
	p.stroke(body.and(body[:1]), 2.2, 2.2, bareMark)
	p.cut(head)
	p.tint(0, head)
	p.loop(head, 2.4)
	if k > 0.5 {
		p.black(ell(x, y+6*k, 3.2*k, 4*k))
		p.black(circ(x-4.4*k, y-3*k, 1.7*k), circ(x+4.4*k, y-3*k, 1.7*k))
	}
	if d > 3 {
		p.black(curve(x-13*k, y-1*k, x-12*k, y-12*k, x, y-18*k, x+12*k, y-12*k, x+13*k, y-1*k, x+7*k, y-8*k, x-6*k, y-9*k))
	}
}
