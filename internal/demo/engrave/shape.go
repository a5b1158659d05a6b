// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package engrave

import "math"

type pt struct{ x, y float64 }

// shape is a flattened path: closed when filled, open when stroked.
type shape []pt

// poly makes a shape of x, y pairs.
func poly(c ...float64) shape {
	s := make(shape, 0, len(c)/2)
	for i := 0; i+1 < len(c); i += 2 {
		s = append(s, pt{c[i], c[i+1]})
	}
	return s
}

func rect(x, y, w, h float64) shape { return poly(x, y, x+w, y, x+w, y+h, x, y+h) }

// rrect is a rectangle with rounded corners.
func rrect(x, y, w, h, r float64) shape {
	var s shape
	for i, c := range []pt{{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}} {
		a := -math.Pi/2 + float64(i)*math.Pi/2
		s = append(s, arc(c.x, c.y, r, r, a, a+math.Pi/2)...)
	}
	return s
}

// arc is an open piece of an ellipse, angles in radians, clockwise on the page.
func arc(cx, cy, rx, ry, a0, a1 float64) shape {
	n := 6 + int(math.Abs(a1-a0)*math.Sqrt(max(rx, ry))*0.8)
	s := make(shape, 0, n+1)
	for i := 0; i <= n; i++ {
		sn, cs := math.Sincos(a0 + (a1-a0)*float64(i)/float64(n))
		s = append(s, pt{cx + rx*cs, cy + ry*sn})
	}
	return s
}

func ell(cx, cy, rx, ry float64) shape { return arc(cx, cy, rx, ry, 0, 2*math.Pi) }

func circ(cx, cy, r float64) shape { return ell(cx, cy, r, r) }

// curve draws a smooth open line through the points (Catmull-Rom).
func curve(c ...float64) shape { return poly(c...).smooth(false) }

// blob draws a smooth closed outline through the points.
func blob(c ...float64) shape { return poly(c...).smooth(true) }

func (s shape) smooth(closed bool) shape {
	n := len(s)
	if n < 3 {
		return s
	}
	at := func(i int) pt {
		if closed {
			return s[((i%n)+n)%n]
		}
		return s[min(n-1, max(0, i))]
	}
	last := n - 1
	if closed {
		last = n
	}
	var out shape
	for i := range last {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		steps := 3 + int(math.Hypot(c.x-b.x, c.y-b.y)/14)
		for j := range steps {
			t := float64(j) / float64(steps)
			out = append(out, pt{spline(a.x, b.x, c.x, d.x, t), spline(a.y, b.y, c.y, d.y, t)})
		}
	}
	if !closed {
		out = append(out, s[n-1])
	}
	return out
}

func spline(a, b, c, d, t float64) float64 {
	return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

func (s shape) each(f func(pt) pt) shape {
	o := make(shape, len(s))
	for i, q := range s {
		o[i] = f(q)
	}
	return o
}

func (s shape) move(dx, dy float64) shape {
	return s.each(func(q pt) pt { return pt{q.x + dx, q.y + dy} })
}

// size scales about a point.
func (s shape) size(kx, ky, cx, cy float64) shape {
	return s.each(func(q pt) pt { return pt{cx + (q.x-cx)*kx, cy + (q.y-cy)*ky} })
}

// turn rotates by degrees about a point.
func (s shape) turn(deg, cx, cy float64) shape {
	sn, cs := math.Sincos(deg * math.Pi / 180)
	return s.each(func(q pt) pt {
		dx, dy := q.x-cx, q.y-cy
		return pt{cx + dx*cs - dy*sn, cy + dx*sn + dy*cs}
	})
}

// and joins another run of points to this one.
func (s shape) and(o shape) shape { return append(append(shape{}, s...), o...) }

func (s shape) reversed() shape {
	o := make(shape, len(s))
	for i, q := range s {
		o[len(s)-1-i] = q
	}
	return o
}

// lerp returns the line between a (t=0) and b (t=1), which have as many points.
func lerp(a, b shape, t float64) shape {
	n := min(len(a), len(b))
	o := make(shape, n)
	for i := range n {
		o[i] = pt{mix(a[i].x, b[i].x, t), mix(a[i].y, b[i].y, t)}
	}
	return o
}

// ring returns the outline of a band: out along a, back along b.
func ring(a, b shape) shape { return a.and(b.reversed()) }

func (s shape) area() float64 {
	sum := 0.0
	for i, q := range s {
		r := s[(i+1)%len(s)]
		sum += q.x*r.y - r.x*q.y
	}
	return sum
}
