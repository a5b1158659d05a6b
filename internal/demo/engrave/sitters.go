// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

// sitter is a person as a draughtsman would note one down.
type sitter struct {
	slug   string
	pal    palette
	woman  bool
	age    float64 // 0 is twenty-five, 1 is eighty
	wide   float64 // half the width of the face
	long   float64 // from brow to chin
	jaw    float64 // 0 pointed, 1 square
	turn   float64 // -1 left, 1 right
	hair   hairKind
	dark   float64 // tone of the hair
	brow   float64 // weight of the brows
	tilt   float64 // of the brows: positive is stern
	eye    float64 // size
	nose   float64 // length
	hook   float64 // width of the nose
	mouth  float64 // width
	curl   float64 // of the mouth: positive is amused
	beard  beardKind
	glass  glassKind
	wear   wearKind
	ground groundKind
}

type (
	hairKind   uint8
	beardKind  uint8
	glassKind  uint8
	wearKind   uint8
	groundKind uint8
)

const (
	hairParted hairKind = iota
	hairBald
	hairReceding
	hairCrew
	hairSwept
	hairCurls
	hairBob
	hairBun
	hairLong
	hairPixie
	hairSet
	hairCap
	hairWhite
)

const (
	beardNone beardKind = iota
	beardStubble
	beardFull
	beardMoustache
	beardGoatee
)

const (
	glassNone glassKind = iota
	glassRound
	glassSquare
	glassHalf
)

const (
	wearSuit wearKind = iota
	wearRoll
	wearOpen
	wearJacket
	wearScarf
	wearCardigan
	wearPearls
	wearPin
	wearShawl
	wearOilskin
)

const (
	groundRays groundKind = iota
	groundFlat
	groundRuled
	groundDisc
	groundStipple
)

// people are the magazine's writers and the officials it quotes.
func people() []sitter {
	return []sitter{
		{slug: "maren-tolvik", pal: palette{cream, inkSea, petrol}, woman: true, age: 0.62, wide: 150, long: 330, jaw: 0.45, turn: -0.45, hair: hairBob, dark: 0.28, brow: 9, tilt: 3, eye: 1, nose: 1.05, hook: 0.95, mouth: 0.95, curl: 4, glass: glassRound, wear: wearRoll, ground: groundFlat},
		{slug: "idris-kallan", pal: palette{straw, inkBlk, ochre}, age: 0.25, wide: 150, long: 338, jaw: 0.55, turn: 0.5, hair: hairCurls, dark: 0.97, brow: 16, tilt: 2, eye: 1.05, nose: 1.05, hook: 1.1, mouth: 1, curl: 3, beard: beardFull, wear: wearOpen, ground: groundDisc},
		{slug: "sunniva-arkell", pal: palette{mist, inkSea, petrol}, woman: true, age: 0.35, wide: 140, long: 352, jaw: 0.3, turn: 0.55, hair: hairBun, dark: 0.16, brow: 8, tilt: 7, eye: 1, nose: 1.1, hook: 0.8, mouth: 0.92, curl: -2, wear: wearJacket, ground: groundRuled},
		{slug: "teodor-brandao", pal: palette{blush, sepia, rust}, age: 0.5, wide: 164, long: 336, jaw: 0.7, turn: -0.4, hair: hairSwept, dark: 0.8, brow: 17, tilt: -3, eye: 0.95, nose: 1.1, hook: 1.3, mouth: 1.1, curl: 5, beard: beardMoustache, wear: wearOpen, ground: groundRays},
		{slug: "leila-hartog", pal: palette{cream, inkBlk, red}, woman: true, age: 0.08, wide: 140, long: 326, jaw: 0.25, turn: 0.4, hair: hairLong, dark: 0.95, brow: 14, tilt: 1, eye: 1.22, nose: 0.98, hook: 0.85, mouth: 0.98, curl: 2, wear: wearScarf, ground: groundFlat},
		{slug: "pavel-wren", pal: palette{bone, fir, bottle}, age: 0.33, wide: 138, long: 356, jaw: 0.3, turn: -0.3, hair: hairReceding, dark: 0.62, brow: 9, tilt: -4, eye: 1, nose: 1.2, hook: 0.85, mouth: 0.85, curl: 0, glass: glassSquare, wear: wearCardigan, ground: groundRuled},
		{slug: "hanne-duarte", pal: palette{straw, sepia, bottle}, woman: true, age: 0.8, wide: 156, long: 316, jaw: 0.5, turn: 0.35, hair: hairWhite, dark: 0.06, brow: 7, tilt: -5, eye: 0.92, nose: 1, hook: 1.1, mouth: 1.02, curl: 7, glass: glassHalf, wear: wearCardigan, ground: groundStipple},
		{slug: "josip-quennell", pal: palette{mist, inkBlk, ochre}, age: 0.6, wide: 158, long: 340, jaw: 0.65, turn: -0.55, hair: hairCap, dark: 0.6, brow: 14, tilt: 0, eye: 0.85, nose: 1.12, hook: 1.25, mouth: 1, curl: 2, beard: beardStubble, wear: wearOilskin, ground: groundRays},
		{slug: "annelise-vorhoeve", pal: palette{blush, inkBlk, red}, woman: true, age: 0.58, wide: 152, long: 334, jaw: 0.5, turn: -0.5, hair: hairSet, dark: 0.2, brow: 10, tilt: 5, eye: 0.98, nose: 1.05, hook: 0.9, mouth: 0.9, curl: -5, wear: wearPearls, ground: groundRuled},
		{slug: "osric-lindgaard", pal: palette{bone, inkSea, petrol}, age: 0.25, wide: 150, long: 340, jaw: 0.6, turn: 0.4, hair: hairParted, dark: 0.42, brow: 10, tilt: -2, eye: 1, nose: 1, hook: 0.9, mouth: 1.2, curl: 12, wear: wearSuit, ground: groundDisc},
		{slug: "dragan-ilvesh", pal: palette{bone, inkBlk, red}, age: 0.68, wide: 178, long: 338, jaw: 1, turn: -0.3, hair: hairCrew, dark: 0.38, brow: 18, tilt: 8, eye: 0.84, nose: 1.05, hook: 1.35, mouth: 1.1, curl: -9, wear: wearSuit, ground: groundRays},
		{slug: "katrin-osmund", pal: palette{cream, inkSea, rust}, woman: true, age: 0.5, wide: 148, long: 324, jaw: 0.36, turn: 0.45, hair: hairPixie, dark: 0.24, brow: 9, tilt: 3, eye: 1.06, nose: 0.95, hook: 0.95, mouth: 1.02, curl: 1, wear: wearPin, ground: groundStipple},
		{slug: "ruy-calderanto", pal: palette{straw, sepia, ochre}, age: 0.55, wide: 182, long: 326, jaw: 0.85, turn: 0.5, hair: hairBald, dark: 0.85, brow: 17, tilt: -2, eye: 0.88, nose: 0.98, hook: 1.4, mouth: 1.1, curl: 6, beard: beardGoatee, wear: wearSuit, ground: groundRuled},
		{slug: "mikhel-tarn", pal: palette{mist, inkBlk, bottle}, age: 0.76, wide: 138, long: 372, jaw: 0.4, turn: -0.5, hair: hairReceding, dark: 0.2, brow: 13, tilt: 5, eye: 0.8, nose: 1.3, hook: 1, mouth: 0.9, curl: -7, wear: wearSuit, ground: groundFlat},
	}
}

// arroval is the king's interpreter.
var arroval = sitter{slug: "benedita-arroval", pal: palette{straw, sepia, bottle}, woman: true, age: 1, wide: 142, long: 336, jaw: 0.4, turn: -0.6, hair: hairWhite, dark: 0.05, brow: 7, tilt: 1, eye: 0.84, nose: 1.15, hook: 1, mouth: 0.92, curl: -2, wear: wearShawl, ground: groundRuled}

// sitterFor finds a person, or makes one up from the letters of the name.
func sitterFor(slug string) sitter {
	for _, s := range append(people(), arroval) {
		if s.slug == slug {
			return s
		}
	}
	r := rng{seedOf(slug)}
	pals := []palette{{cream, inkSea, petrol}, {straw, sepia, ochre}, {mist, fir, bottle}, {blush, inkBlk, rust}, {bone, inkBlk, red}}
	s := sitter{slug: slug, pal: pals[r.n(5)], woman: r.n(2) == 0, age: r.f()}
	s.wide, s.long, s.jaw, s.turn = r.in(138, 172), r.in(318, 358), r.f(), r.in(0.3, 0.55)
	if r.n(2) == 0 {
		s.turn = -s.turn
	}
	s.dark = max(0.05, r.in(0.3, 1)-max(0, s.age-0.4)*1.2)
	s.brow, s.tilt, s.eye, s.nose = r.in(8, 16), r.in(-5, 8), r.in(0.85, 1.1), r.in(0.95, 1.2)
	s.hook, s.mouth, s.curl = r.in(0.85, 1.3), r.in(0.88, 1.12), r.in(-7, 9)
	s.ground = groundKind(r.n(5))
	if s.woman {
		s.brow *= 0.75
		s.hook *= 0.85
		s.hair = []hairKind{hairBob, hairBun, hairLong, hairPixie, hairSet}[r.n(5)]
		s.wear = []wearKind{wearRoll, wearJacket, wearScarf, wearCardigan, wearPearls}[r.n(5)]
	} else {
		s.hair = []hairKind{hairParted, hairBald, hairReceding, hairCrew, hairSwept, hairCurls}[r.n(6)]
		s.beard = []beardKind{beardNone, beardNone, beardStubble, beardFull, beardMoustache}[r.n(5)]
		s.wear = []wearKind{wearSuit, wearOpen, wearCardigan, wearRoll}[r.n(4)]
	}
	s.glass = []glassKind{glassNone, glassNone, glassRound, glassSquare}[r.n(4)]
	return s
}

func sitterScenes() []scene {
	pal := func(slug string) palette { return sitterFor(slug).pal }
	return []scene{
		{"portrait-woman", pal("katrin-osmund"), portraitWoman},
		{"portrait-man", pal("dragan-ilvesh"), portraitMan},
		{"portrait-man-2", pal("ruy-calderanto"), portraitMan2},
		{"portrait-old", arroval.pal, portraitOld},
	}
}
