// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

func landScenes() []scene {
	return []scene{
		{"rail-snow", palette{mist, inkSea, ochre}, railSnow},
		{"wheat-field", palette{straw, sepia, ochre}, wheatField},
		{"dam", palette{bone, inkBlk, petrol}, dam},
		{"pipeline", palette{mist, inkBlk, red}, pipeline},
		{"tents-field", palette{bone, fir, bottle}, tentsField},
		{"fence", palette{blush, inkBlk, rust}, fence},
		{"checkpoint", palette{cream, inkBlk, red}, checkpoint},
		{"desert-port", palette{straw, sepia, rust}, desertPort},
	}
}

func railSnow(p *pic) {
	p.rough = 1.6
	const vx, vy = 660.0, 520.0
	p.fill(rect(-50, -50, 1700, 620), lin(0, 0, 0.96, 0, 540, 0.62), p.wood(-3, 11))
	wood := curve(-50, 470, 60, 440, 150, 452, 260, 470, 400, 486, 560, 505, 760, 505, 900, 480, 1060, 440, 1200, 400, 1350, 380, 1500, 350, 1650, 340)
	p.fill(wood.and(poly(1650, 620, -50, 620)), flat(0.96), p.wood(90, 10))
	for i := range 34 {
		x := 900 + float64(i)*23
		h := 26 + (x-900)*0.14 + p.r.in(0, 24)
		y := mix(500, 395, (x-900)/780)
		p.black(poly(x-h*0.26, y+20, x, y-h, x+h*0.26, y+20))
	}
	snow := curve(-50, 500, 200, 516, 460, 520, 660, 520, 900, 514, 1200, 486, 1650, 440).and(poly(1650, 1050, -50, 1050))
	p.fill(snow, p.coarse(func(x, y float64) float64 {
		return clamp01(0.02 + 0.30*step(0.5, 0.75, fbm(x/420, y/120, 3)) + (y-760)/3000)
	}), p.woodAlong(12, func(x, y float64) float64 { return y + 0.12*x + 24*math.Sin(x/230+y/180) }))
	p.rails(vx, vy)
	p.train()
	for i, x := range []float64{1010, 1180, 1460} { // telegraph poles
		k := []float64{0.42, 0.75, 1.3}[i]
		y := []float64{560, 640, 790}[i]
		p.stroke(poly(x, y, x+4, y-520*k), 24*k, 18*k, bareMark)
		for j := range 3 {
			p.slit(poly(x-64*k, y-(500-float64(j)*42)*k, x+68*k, y-(504-float64(j)*42)*k), 13*k)
		}
		p.stroke(poly(x, y, x+4, y-520*k), 14*k, 11*k, inkMark)
		for j := range 3 {
			p.line(poly(x-60*k, y-(500-float64(j)*42)*k, x+64*k, y-(504-float64(j)*42)*k), 6*k)
		}
	}
	for j := range 3 {
		f := float64(j) * 42
		p.slit(curve(690, 470, 850, 440+f*0.1, 1010, 350+f*0.42, 1095, 310+f*0.55, 1180, 262+f*0.75, 1320, 220+f, 1460, 134+f*1.3, 1660, 150+f*1.5), 2)
	}
	for range 420 {
		s := p.r.in(1.4, 4.2)
		p.flood(0, circ(p.r.in(0, 1600), p.r.in(0, 1000), s))
	}
}

func (p *pic) rails(vx, vy float64) {
	bed := poly(vx-6, vy, vx+8, vy, 960, 1060, 180, 1060)
	p.fill(bed, flat(0.22), p.screenOnce(0, 9))
	for i := range 24 {
		q := 1 / (1 + 0.42*float64(i))
		y := mix(vy, 1010, q)
		p.stroke(poly(mix(vx, 250, q), y, mix(vx, 890, q), y), 26*q, 26*q, inkMark)
	}
	for _, x := range []float64{370, 770} {
		p.stroke(poly(vx, vy, x, 1060), 1.5, 30, inkMark)
		p.stroke(poly(vx-1, vy, x-3, 1060), 0.3, 9, bareMark)
	}
}

// train comes head on, its lamps lit.
func (p *pic) train() {
	x, y, k := 640.0, 640.0, 1.0
	cars := []shape{poly(742, 560, 742, 392, 980, 452, 980, 524)}
	p.fill(cars[0], lin(742, 0, 0.9, 980, 0, 0.8), p.wood(8, 10))
	for i := range 6 {
		q := float64(i) / 6
		a := mix(760, 960, q)
		h := mix(50, 18, q)
		t := mix(430, 468, q)
		p.flood(1, poly(a, t, a+22*(1-q*0.5), t+5, a+22*(1-q*0.5), t+h, a, t+h+2))
	}
	body := poly(x-110*k, y, x-116*k, y-220, x-84*k, y-290, x+80*k, y-290, x+106*k, y-220, x+104*k, y)
	p.fill(body, lin(x-116, 0, 0.78, x+104, 0, 1), p.wood(90, 9))
	p.stroke(body.and(body[:1]), 4, 4, inkMark)
	p.flood(0.55, poly(x-86, y-180, x-82, y-252, x-10, y-254, x-10, y-180), poly(x+6, y-180, x+6, y-254, x+74, y-252, x+78, y-180))
	p.black(poly(x-130, y+10, x-120, y-40, x+110, y-40, x+122, y+10, x+60, y+48, x-70, y+48))
	p.slit(poly(x-116, y-40, x+106, y-40), 4)
	for _, l := range []pt{{x - 76, y - 82}, {x + 68, y - 82}, {x - 5, y - 276}} {
		p.flood(1, circ(l.x, l.y, 22))
		p.flood(0, circ(l.x, l.y, 13))
	}
	for _, s := range []float64{-1, 1} {
		glow := poly(x+s*72-12, y+20, x+s*72+12, y+20, x+s*240+150, y+420, x+s*240-150, y+420)
		p.wash(glow, lin(0, y, 0.6, 0, y+360, 0.05))
	}
	steam := blob(x-60, y-290, x-150, y-380, x-330, y-420, x-520, y-520, x-760, y-540, x-720, y-640, x-430, y-620, x-200, y-500, x+10, y-360, x+40, y-296)
	p.fill(steam, lin(x, y-300, 0.05, x-600, y-560, 0.75), p.wood(38, 10))
}

func wheatField(p *pic) {
	p.rough = 1.3
	p.sky(380, 0.38, 0.05, 0.95)
	p.fill(rect(-50, 370, 1700, 700), lin(0, 370, 0.10, 0, 1000, 0.55), p.woodAlong(10, func(x, y float64) float64 {
		return (x - 820) / (0.10 + (y-360)/330)
	}))
	p.wash(rect(-50, 370, 1700, 700), lin(0, 370, 0.75, 0, 1000, 1))
	p.fill(curve(-50, 372, 180, 350, 400, 362, 620, 340, 900, 366, 1200, 350, 1650, 368).and(poly(1650, 384, -50, 384)), flat(0.75), p.ruled(80, 8))
	p.combine(560, 400)
	p.armour(1180, 396)
	for i := range 46 {
		x := 1600*float64(i)/45 + p.r.in(-18, 18)
		h := 330 + 330*math.Pow(math.Abs(x-800)/800, 1.6) + p.r.in(-90, 60)
		p.wheatEar(x, 1040, h, p.r.in(-50, 70), 1.0+p.r.in(-0.15, 0.25))
	}
}

func (p *pic) combine(x, y float64) {
	p.flood(0, poly(x-120, y-40, x-120, y-130, x+90, y-140, x+120, y-40))
	body := poly(x-120, y-30, x-120, y-120, x+70, y-132, x+110, y-40)
	p.solid(body, lin(x-120, 0, 0.9, x+110, 0, 0.5), p.screenOnce(0, 8), 4)
	p.solid(poly(x-150, y-62, x-146, y-180, x-70, y-180, x-58, y-100, x-90, y-62), flat(0.1), p.screenOnce(90, 8), 4)
	p.black(poly(x-138, y-96, x-136, y-170, x-80, y-170, x-74, y-110))
	p.black(circ(x-84, y-24, 42), circ(x+76, y-16, 26))
	p.flood(0, circ(x-84, y-24, 16), circ(x+76, y-16, 9))
	reel := circ(x-216, y-24, 40)
	p.line(reel, 5)
	for i := range 5 {
		a := float64(i) * math.Pi / 5
		p.line(poly(x-216-40*math.Cos(a), y-24-40*math.Sin(a), x-216+40*math.Cos(a), y-24+40*math.Sin(a)), 3)
	}
	p.line(poly(x-216, y-10, x-130, y-44), 9)
	p.line(poly(x+10, y-130, x+110, y-196), 12)
	for range 70 {
		t := p.r.f()
		p.line(poly(x+112+t*70, y-190+t*t*90, x+118+t*70, y-186+t*t*90), 2.5)
	}
}

// armour is the escort: a wheeled carrier.
func (p *pic) armour(x, y float64) {
	p.black(poly(x-150, y-30, x-176, y-62, x-120, y-100, x+120, y-104, x+150, y-70, x+142, y-26))
	p.black(poly(x-50, y-100, x-34, y-138, x+44, y-140, x+60, y-100))
	p.line(poly(x-40, y-122, x-190, y-140), 7)
	for i := range 4 {
		p.black(circ(x-112+float64(i)*74, y-22, 29))
		p.flood(0.3, circ(x-112+float64(i)*74, y-22, 11))
	}
	p.line(poly(x+100, y-100, x+112, y-250), 2.5)
	p.slit(poly(x-164, y-66, x+140, y-74), 3)
}

// wheatEar stands in front of everything else.
func (p *pic) wheatEar(x, y, h, lean, k float64) {
	tip := pt{x + lean, y - h}
	stem := curve(x, y, x+lean*0.2, y-h*0.5, tip.x, tip.y+10)
	p.stroke(stem, 9*k, 5*k, inkMark)
	p.stroke(stem.move(-1, 0), 4*k, 2*k, tintMark)
	for i := 8; i >= 0; i-- {
		f := float64(i)
		cx, cy := tip.x+lean*0.02*f-lean*0.03*f, tip.y+f*17*k
		for _, s := range []float64{-1, 1} {
			g := ell(cx+s*11*k, cy, 8*k, 17*k).turn(s*24, cx+s*11*k, cy)
			p.flood(1, g)
			p.loop(g, 3)
			p.stroke(curve(cx+s*14*k, cy-12*k, cx+s*30*k, cy-50*k, cx+s*38*k+lean*0.2, cy-105*k), 2.4, 0.6, inkMark)
		}
	}
	g := ell(tip.x, tip.y-14*k, 8*k, 18*k)
	p.flood(1, g)
	p.loop(g, 3)
}

func dam(p *pic) {
	p.rough = 1.2
	p.sky(330, 0.40, 0.05, 0.95)
	left := curve(-50, 170, 120, 150, 250, 210, 330, 300, 400, 420, 470, 600, 560, 800, 640, 1050).and(poly(-50, 1050))
	right := curve(1650, 120, 1480, 130, 1360, 200, 1270, 310, 1210, 430, 1130, 620, 1040, 820, 980, 1050).and(poly(1650, 1050))
	p.fill(curve(200, 300, 420, 190, 640, 262, 800, 176, 1000, 250, 1180, 180, 1400, 300).and(poly(1400, 400, 200, 400)), lin(0, 170, 0.2, 0, 360, 0.45), p.lines(64, 8))
	p.fill(rect(200, 318, 1200, 60), flat(0.12), p.ruled(0, 7))
	p.wash(rect(200, 318, 1200, 60), flat(0.4))
	p.damWall()
	for i, s := range []shape{left, right} {
		dir := []float64{58, -58}[i]
		p.fill(s, p.coarse(func(x, y float64) float64 {
			return clamp01(0.30 + 0.35*(y-150)/800 + 0.9*(fbm(x/70, y/60, 4)-0.5) + []float64{0.3, -0.05}[i])
		}), p.lines(dir, 8))
		p.stroke(s[:len(s)-2], 5, 5, inkMark)
	}
	for range 130 { // trees
		x := p.r.in(0, 430)
		y := 190 + x*0.75 + p.r.in(0, 250)
		if p.r.n(2) == 0 {
			x = 1600 - x*0.85
		}
		p.fir(x, y, p.r.in(20, 52))
	}
}

func (p *pic) fir(x, y, h float64) {
	for i := range 3 {
		f := float64(i)
		p.black(poly(x-h*(0.14+f*0.07), y-h*(0.62-f*0.28), x, y-h*(1-f*0.22), x+h*(0.14+f*0.07), y-h*(0.62-f*0.28)))
	}
}

func (p *pic) damWall() {
	crest := curve(300, 330, 420, 356, 600, 376, 800, 384, 1000, 376, 1180, 356, 1320, 330)
	foot := curve(480, 860, 540, 880, 640, 900, 800, 908, 960, 900, 1060, 880, 1120, 860)
	wall := ring(crest, foot)
	ribs := p.along(9, func(x, y float64) float64 {
		q := mix(1, 1.75, clamp01((y-350)/540))
		return (x - 800) * q / 1.2
	})
	p.fill(wall, func(x, y float64) float64 {
		u := (x - 800) / 480
		return clamp01(0.20 + 0.55*step(-0.2, 1, u) + 0.2*step(-0.3, -1, u) + 0.12*(y-380)/500)
	}, ribs)
	p.loop(wall, 4)
	p.stroke(crest, 20, 20, bareMark)
	p.stroke(crest.move(0, 11), 4, 4, inkMark)
	p.stroke(crest.move(0, -11), 4, 4, inkMark)
	for i := range 15 {
		q := crest[8+i*(len(crest)-16)/14]
		p.line(poly(q.x, q.y-10, q.x, q.y-34), 3)
		p.black(circ(q.x, q.y-36, 4))
	}
	for i := range 6 { // the gates, of which two are open
		x := 800 + (float64(i)-2.5)*112
		y := 486 - 0.00012*(x-800)*(x-800)
		p.black(rect(x-30, y-24, 60, 46))
		p.line(poly(x-40, y-30, x+40, y-30), 6)
		if i != 1 && i != 3 {
			p.slit(poly(x-20, y-6, x+20, y-6), 3)
			p.slit(poly(x-20, y+6, x+20, y+6), 3)
			continue
		}
		p.damFall(x, y)
	}
	river := poly(470, 850, 1130, 850, 1040, 1060, 560, 1060)
	p.fill(river, lin(0, 860, 0.05, 0, 1000, 0.7), p.along(9, func(x, y float64) float64 { return y + 10*math.Sin(x/60) + 5*math.Sin(x/23+y/30) }))
	p.wash(river, flat(0.5))
	for range 70 {
		x, y := p.r.in(540, 1060), 868+p.r.in(-20, 26)
		p.flood(0, ell(x, y, p.r.in(10, 34), p.r.in(6, 14)))
		p.taper(curve(x-20, y+9, x, y+13, x+22, y+8), 3, inkMark)
	}
}

// damFall is the water of one open gate.
func (p *pic) damFall(x, y float64) {
	const top, bot = 30.0, 74.0
	f := curve(x-top, y+14, x-top-4, 640, x-bot, 872).and(curve(x+bot, 872, x+top+4, 640, x+top, y+14))
	p.cut(f)
	p.wash(f, lin(0, 500, 0.1, 0, 860, 0.45))
	for j := range 9 {
		o := -1 + float64(j)/4
		p.taper(curve(x+o*top, y+26+p.r.in(0, 60), x+o*top*1.1, 660, x+o*bot, 800+p.r.in(0, 70)), 5, inkMark)
	}
}

func pipeline(p *pic) {
	p.rough = 1.2
	p.sky(400, 0.5, 0.04, 0.93)
	const vx, vy = 1240.0, 396.0
	p.fill(rect(-50, 400, 1700, 700), p.coarse(func(x, y float64) float64 {
		return clamp01(0.02 + (y-400)/2600 + 0.34*step(0.54, 0.74, fbm(x/260, y/44, 3)))
	}), p.ruled(-2, 9))
	p.meteringStation(1290, 404)
	for range 60 { // grass
		t := p.r.f()
		x, y := p.r.in(0, 1600), mix(420, 1000, t*t)
		h := mix(5, 40, t*t)
		p.stroke(curve(x, y, x+h*0.1, y-h*0.6, x+h*0.5, y-h), mix(2, 5, t), 0.6, inkMark)
	}
	for i := 7; i >= 0; i-- {
		q := 1 / (1 + 0.75*float64(i))
		x, y := mix(vx, 250, q), mix(vy, 760, q)
		w, h := 26*q, 330*q
		for _, dx := range []float64{-150, 150} {
			p.black(poly(x+dx*q-w, y+h, x+dx*q-w*0.6, y-40*q, x+dx*q+w*0.6, y-40*q, x+dx*q+w, y+h))
		}
		p.black(poly(x-200*q, y+95*q, x+200*q, y+95*q, x+200*q, y+130*q, x-200*q, y+130*q))
	}
	p.pipe(vx, vy)
	p.valve(620, 560)
}

// meteringStation is small, far off, and the point of the picture.
func (p *pic) meteringStation(x, y float64) {
	p.solid(poly(x, y, x, y-52, x+120, y-52, x+120, y), lin(x, 0, 0.05, x+120, 0, 0.4), p.screenOnce(90, 7), 3)
	p.black(poly(x-8, y-50, x+20, y-70, x+104, y-70, x+128, y-50))
	p.windows(x+14, y-38, 14, 18, 26, 4, p.black)
	p.line(poly(x+150, y, x+150, y-130), 5)
	p.line(poly(x+190, y, x+190, y-90), 8)
	for i := range 3 {
		p.line(poly(x+136, y-50-float64(i)*30, x+164, y-50-float64(i)*30), 3)
	}
	for i := range 9 {
		p.line(poly(x-60+float64(i)*36, y+6, x-60+float64(i)*36, y-22), 2)
	}
	p.line(poly(x-60, y-16, x+230, y-16), 1.6)
}

// pipe runs from the lower left to the horizon.
func (p *pic) pipe(vx, vy float64) {
	top := poly(vx, vy-1, -200, 430)
	bot := poly(vx, vy+1, -200, 1150)
	body := ring(top, bot)
	angle := func(x, y float64) float64 {
		d := (vx - x) / (vx + 200)
		if d < 0.002 {
			return 0
		}
		return (y - mix(vy, 430, d)) / (d * 720)
	}
	rings := p.along(9, func(x, y float64) float64 {
		u := clamp01(angle(x, y))
		d := max(0.02, (vx-x)/(vx+200))
		return 150*math.Log(d)*2.2 + 60*math.Sqrt(max(0, 0.25-(u-0.5)*(u-0.5)))*d
	})
	p.fill(body, func(x, y float64) float64 {
		u := angle(x, y)
		return clamp01(0.30 - 0.3*step(0.05, 0.25, u) + 0.95*step(0.3, 0.85, u) - 0.18*step(0.9, 1, u))
	}, rings)
	p.line(top, 4)
	p.line(bot, 4)
	for i := range 9 { // weld bands
		q := 1 / (1 + 0.5*float64(i))
		x := mix(vx, 60, q)
		d := (vx - x) / (vx + 200)
		a, b := mix(vy, 430, d), mix(vy, 1150, d)
		e := arc(x, (a+b)/2, 70*d, (b-a)/2, -math.Pi/2, math.Pi/2)
		p.stroke(e, 20*d, 20*d, inkMark)
		p.stroke(e.move(-16*d, 0), 7*d, 7*d, bareMark)
	}
}

// valve is the wheel that somebody can turn.
func (p *pic) valve(x, y float64) {
	p.solid(poly(x-64, y+60, x-50, y-70, x+50, y-70, x+64, y+60), lin(x-64, 0, 0.25, x+64, 0, 0.95), p.lines(90, 8), 4)
	p.solid(rrect(x-100, y-100, 200, 36, 8), lin(x-100, 0, 0.1, x+100, 0, 0.8), p.screenOnce(90, 8), 4)
	p.solid(rect(x-16, y-230, 32, 132), lin(x-16, 0, 0.1, x+16, 0, 0.9), p.screenOnce(0, 8), 4)
	cx, cy := x, y-236.0
	rim := ell(cx, cy, 190, 96)
	for i := range 6 {
		a := float64(i)*math.Pi/3 + 0.3
		s := poly(cx, cy, cx+186*math.Cos(a), cy+92*math.Sin(a))
		p.line(s, 24)
		p.thread(s, 15)
	}
	p.stroke(rim, 44, 44, inkMark)
	p.stroke(rim, 34, 34, tintMark)
	p.stroke(arc(cx, cy-6, 184, 90, math.Pi*1.05, math.Pi*1.6), 5, 5, bareMark)
	p.stroke(arc(cx, cy+12, 190, 96, 0.1, math.Pi*0.75), 6, 6, inkMark)
	p.black(ell(cx, cy, 40, 24))
	p.flood(1, ell(cx, cy-3, 28, 15))
}

func tentsField(p *pic) {
	p.rough = 1.8
	p.fill(rect(-50, -50, 1700, 500), p.coarse(func(x, y float64) float64 {
		return clamp01(0.62 - y/620 - 0.5*step(0.48, 0.62, fbm(x/280, y/80, 3)))
	}), p.wood(-6, 11))
	p.fill(curve(-50, 330, 150, 250, 320, 300, 520, 210, 720, 296, 950, 236, 1180, 308, 1400, 220, 1650, 290).and(poly(1650, 420, -50, 420)), flat(0.72), p.wood(55, 11))
	p.wash(rect(-50, 380, 1700, 700), flat(0.25))
	p.fill(rect(-50, 380, 1700, 700), lin(0, 380, 0.08, 0, 1000, 0.4), p.wood(2, 13))
	p.wash(rect(-50, 380, 1700, 700), flat(0.42))
	for row := range 7 {
		q := 1 / (1 + 0.62*float64(6-row))
		y := mix(385, 1010, q)
		n := int(3.2/q) + 2
		for i := range n {
			x := 800 + (float64(i)-float64(n-1)/2)*560*q
			if row == 6 && i > 1 {
				x += 60
			}
			p.tent(x, y, 1.28*q)
		}
	}
	p.line(poly(842, 700, 842, 250), 7)
	p.flood(1, poly(846, 252, 990, 262, 950, 298, 992, 336, 846, 330))
	p.loop(poly(846, 252, 990, 262, 950, 298, 992, 336, 846, 330), 4)
	for _, s := range p.person(800, 742, 150) {
		p.black(s)
	}
	for _, s := range p.person(880, 750, 156) {
		p.black(s)
	}
}

// tent is a ridge tent, its mouth towards us.
func (p *pic) tent(x, y, k float64) {
	at := func(c ...float64) shape { return poly(c...).size(k, k, 0, 0).move(x, y) }
	p.black(at(-190, 6, 230, -40, 250, -20, 190, 16))
	side := at(30, -206, 130, -236, 236, -50, 170, 0)
	p.fill(side, flat(0.82), p.screenOnce(58, 9))
	p.loop(side, 4*k)
	front := at(-150, 0, -20, -206, 30, -206, 170, 0)
	p.fill(front, flat(0.03), p.screenOnce(-58, 9))
	p.loop(front, 5*k)
	p.black(at(-30, 0, 4, -180, 46, 0))
	p.line(at(4, -206, 4, -240), 6*k)
	p.line(at(4, -206, 130, -236), 6*k)
	p.line(at(-20, -200, -210, 8), 2.4*k)
	p.line(at(130, -236, 300, -30), 2.4*k)
	for i := range 4 {
		p.taper(at(-52-float64(i)*20, -16, -20-float64(i)*9, -140), 6*k, inkMark)
	}
}

func fence(p *pic) {
	p.rough = 1.4
	p.fill(rect(-50, -50, 1700, 720), p.coarse(func(x, y float64) float64 {
		return clamp01(0.5 - y/1100 - 0.4*step(0.48, 0.6, fbm(x/340, y/70, 4)))
	}), p.stipple())
	p.flood(0.9, circ(1120, 430, 120))
	p.fill(curve(-50, 590, 220, 560, 460, 582, 760, 540, 1000, 566, 1300, 530, 1650, 560).and(poly(1650, 1050, -50, 1050)), p.coarse(func(x, y float64) float64 {
		return clamp01(0.28 + (y-560)/700 + 0.4*(fbm(x/90, y/24, 3)-0.5))
	}), p.stipple())
	p.watchtower(380, 575)
	p.line(curve(760, 548, 700, 640, 560, 760, 300, 1050), 3)
	p.line(curve(790, 548, 800, 640, 790, 760, 700, 1050), 3)
	const vx, vy = 200.0, 545.0
	for _, h := range []float64{-330, -210, -95, 20, 135, 250} {
		p.barbed(vx, vy, 1650, vy+h*1.32-30)
	}
	for i := range 7 {
		q := []float64{0.13, 0.19, 0.27, 0.38, 0.53, 0.74, 1.02}[i]
		x := mix(vx, 1540, q)
		a, b := vy-490*q, vy+400*q
		w := 27 * q
		post := poly(x-w, b, x-w, a+40*q, x-w*0.2-70*q, a-66*q, x+w*0.8-62*q, a-86*q, x+w, a+24*q, x+w, b)
		p.fill(post, lin(x-w, 0, 0.35, x+w, 0, 1), p.screenOnce(90, 8))
		p.loop(post, 4)
	}
	p.bird(950, 262)
}

// barbed strings a wire with its barbs, closing towards the far end.
func (p *pic) barbed(x0, y0, x1, y1 float64) {
	p.stroke(poly(x0, y0, x1, y1), 1.2, 6, inkMark)
	for i := range 16 {
		q := 1 / (1 + 0.3*float64(i))
		x, y := mix(x0, x1, q)-60*q, mix(y0, y1, q)-60*q*(y1-y0)/(x1-x0)
		s := 25 * q
		p.stroke(poly(x-s, y-s, x+s, y+s), 5*q, 4*q, inkMark)
		p.stroke(poly(x+s*0.8, y-s, x-s*0.6, y+s), 5*q, 4*q, inkMark)
	}
}

func (p *pic) watchtower(x, y float64) {
	p.black(poly(x-44, y-150, x+44, y-150, x+38, y-98, x-38, y-98), poly(x-62, y-148, x, y-186, x+62, y-148))
	p.flood(0, rect(x-28, y-142, 56, 22))
	p.stroke(poly(x-34, y-100, x-56, y+14), 7, 8, inkMark)
	p.stroke(poly(x+34, y-100, x+56, y+14), 7, 8, inkMark)
	p.line(poly(x-38, y-80, x+50, y-20), 4)
	p.line(poly(x+38, y-80, x-50, y-20), 4)
}

func (p *pic) bird(x, y float64) {
	b := blob(x-58, y-4, x-36, y-30, x-6, y-46, x+18, y-40, x+36, y-58, x+58, y-58, x+72, y-46, x+60, y-36, x+46, y-10, x+14, y+12, x-20, y+10, x-70, y+26, x-104, y+34)
	p.stroke(b.and(b[:1]), 7, 7, bareMark)
	p.black(b, poly(x+66, y-52, x+94, y-43, x+66, y-38))
	p.flood(1, circ(x+54, y-48, 4))
	p.line(poly(x+2, y+8, x+4, y+32), 4)
	p.line(poly(x+14, y+8, x+18, y+30), 4)
}

func checkpoint(p *pic) {
	p.rough = 1.3
	p.sky(470, 0.45, 0.06, 0.93)
	p.fill(curve(-50, 440, 140, 380, 300, 400, 520, 330, 760, 400, 1000, 360, 1240, 420, 1650, 380).and(poly(1650, 520, -50, 520)), flat(0.42), p.lines(60, 8))
	for i := range 11 { // the town across
		x := 560 + float64(i)*44
		h := 40 + float64((i*37)%50)
		p.solid(rect(x, 470-h, 42, h+10), flat(float64(i%3)*0.3+0.05), p.screenOnce(90, 8), 2.5)
		p.black(poly(x-4, 472-h, x+21, 446-h, x+46, 472-h))
	}
	p.black(poly(770, 350, 784, 250, 798, 350), rect(770, 346, 28, 110))
	p.fill(rect(-50, 470, 1700, 600), lin(0, 470, 0.12, 0, 1000, 0.5), p.ruled(2, 9))
	road := poly(700, 474, 780, 474, 1450, 1060, 60, 1060)
	p.fill(road, flat(0.03), 0)
	p.stroke(poly(700, 474, 60, 1060), 2, 6, inkMark)
	p.stroke(poly(780, 474, 1450, 1060), 2, 6, inkMark)
	for i := range 7 {
		a, b := 1/(1+0.8*float64(i)), 1/(1+0.8*(float64(i)+0.4))
		p.stroke(poly(mix(740, 760, a), mix(474, 1060, a), mix(740, 758, b), mix(474, 1060, b)), 22*a, 22*b, inkMark)
	}
	for i := range 9 { // those who wait
		x := 560 + float64(i)*40 + p.r.in(-10, 10)
		p.black(p.person(x, 640+float64(i%3)*10, p.r.in(108, 134))...)
	}
	p.booth(1190, 880)
	p.barrier()
}

func (p *pic) booth(x, y float64) {
	wall := poly(x, y, x, y-420, x+230, y-440, x+230, y+40)
	p.solid(wall, lin(x, 0, 0.10, x+230, 0, 0.30), p.screenOnce(90, 8), 5)
	sidew := poly(x+230, y-440, x+420, y-400, x+420, y-10, x+230, y+40)
	p.solid(sidew, flat(0.88), p.lines(70, 8), 5)
	p.black(poly(x-46, y-410, x-30, y-466, x+232, y-490, x+470, y-440, x+470, y-392, x+236, y-436))
	win := poly(x+34, y-330, x+196, y-342, x+196, y-180, x+34, y-176)
	p.solid(win, flat(0.75), p.screenOnce(30, 8), 5)
	p.within(win, func() {
		p.black(p.seated(x+112, y-176, 104)...)
		p.black(rrect(x+82, y-318, 60, 22, 6), rect(x+74, y-300, 76, 9))
	})
	p.line(poly(x+24, y-172, x+206, y-176), 12)
	p.solid(poly(x+50, y-130, x+150, y-134, x+150, y-60, x+50, y-56), flat(0), 0, 4)
	p.dashes(x+64, y-116, 72, 16, 4, 3, -0.03)
}

func (p *pic) barrier() {
	a, b := pt{1120, 720}, pt{-60, 640}
	dx, dy := b.x-a.x, b.y-a.y
	l := math.Hypot(dx, dy)
	nx, ny := -dy/l*25, dx/l*25
	bar := poly(a.x+nx, a.y+ny, b.x+nx, b.y+ny, b.x-nx, b.y-ny, a.x-nx, a.y-ny)
	p.flood(0, bar)
	p.within(bar, func() {
		for i := range 7 {
			t := float64(i)/6.5 + 0.02
			x, y := mix(a.x, b.x, t), mix(a.y, b.y, t)
			p.flood(1, poly(x+30, y-60, x-60, y-60, x-100, y+60, x-10, y+60))
		}
	})
	p.loop(bar, 6)
	p.solid(poly(1070, 900, 1076, 640, 1156, 640, 1162, 900), lin(1070, 0, 0.5, 1162, 0, 1), p.screenOnce(0, 8), 5)
	p.solid(rect(1130, 690, 100, 84), flat(0.9), p.screenOnce(0, 8), 5)
	p.black(circ(1116, 716, 24))
	p.flood(0, circ(1116, 716, 10))
	sign := circ(500, 684, 84)
	p.flood(0, sign)
	p.stroke(sign, 6, 6, inkMark)
	p.stroke(circ(500, 684, 68), 22, 22, tintMark)
	p.flood(1, rect(446, 672, 108, 24))
}

func desertPort(p *pic) {
	p.rough = 1.4
	p.fill(rect(-50, -50, 1700, 720), lin(0, 0, 0.34, 0, 600, 0.0), p.ruled(0, 8))
	p.flood(0.85, circ(1080, 380, 230))
	far := curve(-50, 560, 200, 500, 420, 548, 700, 470, 950, 540, 1240, 480, 1650, 540).and(poly(1650, 720, -50, 720))
	p.fill(far, lin(200, 480, 0.15, 500, 660, 0.5), p.along(9, func(x, y float64) float64 { return x*0.5 + y + 30*math.Sin(x/130) }))
	for i := range 4 {
		p.boxWall(130+float64(i)*300, 690, i)
	}
	p.gantry(760, 690, 1.25)
	p.fill(curve(-50, 700, 250, 672, 520, 690, 800, 676, 1100, 700, 1400, 668, 1650, 690).and(poly(1650, 1050, -50, 1050)), flat(0.05), p.ruled(0, 9))
	dune := func(c shape, dark float64, ph float64) {
		lit := c.and(poly(1650, 1060, -50, 1060))
		p.fill(lit, p.coarse(func(x, y float64) float64 { return clamp01(dark + 0.3*(fbm(x/260, y/120, 2)-0.5)) }), p.along(10, func(x, y float64) float64 {
			return y + 26*math.Sin(x/210+ph) + 9*math.Sin(x/77+y/60+ph)
		}))
		p.stroke(c, 4, 4, inkMark)
	}
	dune(curve(-50, 800, 180, 740, 420, 768, 640, 822, 900, 800, 1150, 750, 1400, 790, 1650, 770), 0.16, 0)
	p.truckAndMen()
	dune(curve(-50, 960, 240, 890, 560, 850, 860, 900, 1120, 960, 1400, 930, 1650, 880), 0.30, 2)
	slip := curve(560, 850, 700, 905, 860, 1060).and(poly(-50, 1060, -50, 960)).and(curve(-50, 960, 240, 890, 560, 850))
	p.shade(slip, flat(0.55))
	p.anchorBuried(1290, 905)
}

func (p *pic) boxWall(x, y float64, n int) {
	for c := range 4 {
		for r := range 2 + (n*3+c*2)%3 {
			s := rect(x+float64(c)*70-140, y-float64(r+1)*46, 67, 44)
			p.fill(s, flat([]float64{0.92, 0.45, 0.1, 0.7}[(c+r*2+n)%4]), p.screenOnce(90, 8))
			if (c*2+r+n)%4 == 1 {
				p.flood(0.95, s)
			}
			p.loop(s, 3)
		}
	}
}

func (p *pic) truckAndMen() {
	x, y := 330.0, 776.0
	p.black(rect(x-150, y-96, 230, 70), poly(x+92, y-26, x+92, y-104, x+140, y-104, x+164, y-64, x+164, y-26))
	p.flood(0, poly(x+108, y-68, x+108, y-92, x+136, y-92, x+148, y-68))
	for _, dx := range []float64{-120, -74, 60, 132} {
		p.black(circ(x+dx, y-20, 23))
		p.flood(0, circ(x+dx, y-20, 9))
	}
	for i := range 8 {
		p.black(p.person(640+float64(i)*52+p.r.in(-10, 10), 800-float64(i%3)*8, p.r.in(92, 112))...)
	}
}

// anchorBuried is what is left of the sea.
func (p *pic) anchorBuried(x, y float64) {
	parts := []shape{
		poly(-13, -280, 13, -280, 20, 40, -20, 40), rrect(-84, -254, 168, 24, 8),
		blob(-150, -70, -112, 0, -50, 36, 0, 46, 50, 36, 112, 0, 150, -70, 126, 30, 60, 70, -60, 70, -126, 30),
		poly(-176, -30, -150, -130, -96, -46), poly(176, -30, 150, -130, 96, -46),
	}
	for i := range parts {
		parts[i] = parts[i].turn(-24, 0, 0).move(x, y)
	}
	p.black(parts...)
	c := circ(0, -306, 28).turn(-24, 0, 0).move(x, y)
	p.line(c, 13)
	p.slit(poly(-6, -270, -10, 20).turn(-24, 0, 0).move(x, y), 4)
	sand := curve(x-260, y+40, x-140, y+2, x-10, y-10, x+120, y+14, x+280, y+50).and(poly(x+280, y+110, x-260, y+110))
	p.fill(sand, lin(0, y, 0.1, 0, y+100, 0.35), p.ruled(2, 10))
}
