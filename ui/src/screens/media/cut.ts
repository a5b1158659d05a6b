// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Asset, Shape } from "../../api/nouns";

/** A part of a picture, as fractions of its width and height. */
export interface Window {
	x: number;
	y: number;
	w: number;
	h: number;
}

/** The part of the picture that a shape shows: the crop by hand, else what the focal point gives. The program cuts alike. */
export function windowOf(a: Asset, s: Shape): Window {
	const crop = a.crops[s.shape];
	const full = largest(a, s);
	if (crop) {
		const w = Math.min(crop.w, full.w);
		const h = (w / full.w) * full.h;
		return { x: Math.min(crop.x, 1 - w), y: Math.min(crop.y, 1 - h), w, h };
	}
	return { ...full, x: clamp(a.focal.x - full.w / 2, 1 - full.w), y: clamp(a.focal.y - full.h / 2, 1 - full.h) };
}

/** The largest part of the shape's proportion. */
export function largest(a: Asset, s: Shape): Window {
	const ratio = s.width / s.height;
	const w = Math.min(a.width, a.height * ratio);
	return { x: 0, y: 0, w: w / a.width, h: w / ratio / a.height };
}

export const clamp = (v: number, most: number) => Math.min(Math.max(v, 0), Math.max(most, 0));
