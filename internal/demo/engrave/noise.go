// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

// rng is a splitmix64 generator: small, fast and the same everywhere.
type rng struct{ s uint64 }

func (r *rng) next() uint64 {
	r.s += 0x9e3779b97f4a7c15
	z := r.s
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// f returns a number in [0,1).
func (r *rng) f() float64 { return float64(r.next()>>11) / (1 << 53) }

// in returns a number in [a,b).
func (r *rng) in(a, b float64) float64 { return a + (b-a)*r.f() }

// n returns an integer in [0,k).
func (r *rng) n(k int) int { return int(r.next() % uint64(k)) }

// seedOf folds a word into a seed (FNV-1a).
func seedOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// lattice returns the noise value, in [0,1), of one integer point.
func lattice(x, y int32) float64 {
	h := uint32(x)*0x8da6b343 ^ uint32(y)*0xd8163841
	h = (h ^ (h >> 15)) * 0x2c1b3c6d
	h = (h ^ (h >> 12)) * 0x297a2d39
	h ^= h >> 15
	return float64(h>>8) / (1 << 24)
}

// noise is smooth value noise in [0,1].
func noise(x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int32(fx), int32(fy)
	u, v := x-fx, y-fy
	u, v = u*u*(3-2*u), v*v*(3-2*v)
	a, b := lattice(ix, iy), lattice(ix+1, iy)
	c, d := lattice(ix, iy+1), lattice(ix+1, iy+1)
	return (a+(b-a)*u)*(1-v) + (c+(d-c)*u)*v
}

// fbm sums octaves of noise; the result lies in [0,1].
func fbm(x, y float64, octaves int) float64 {
	sum, amp, all := 0.0, 1.0, 0.0
	for range octaves {
		sum += noise(x, y) * amp
		all += amp
		amp *= 0.5
		x, y = x*2+17.3, y*2+9.1
	}
	return sum / all
}

func clamp01(v float64) float64 { return min(1, max(0, v)) }

func mix(a, b, t float64) float64 { return a + (b-a)*t }

// step rises smoothly from 0 at a to 1 at b.
func step(a, b, v float64) float64 {
	t := clamp01((v - a) / (b - a))
	return t * t * (3 - 2*t)
}
