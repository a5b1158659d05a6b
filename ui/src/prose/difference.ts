// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Node, Slice } from "prosemirror-model";
import { ReplaceStep, type Step, Transform } from "prosemirror-transform";

const idOf = (n: Node) => (n.attrs.id as string | null) ?? "";

/**
 * Steps that make `to` out of `from`, block by block, so that a colleague's
 * work in blocks that did not change is not touched by them. Blocks are known
 * again by their id.
 */
export function difference(from: Node, to: Node): Step[] {
	const tr = new Transform(from);
	// Backwards: what was done further down moves nothing further up.
	for (const r of runs(from, to).toReversed()) replaceRun(tr, from, to, r);
	return tr.steps;
}

interface Run {
	from: [number, number];
	to: [number, number];
}

/** The runs of children in which the two documents differ. */
function runs(a: Node, b: Node): Run[] {
	const out: Run[] = [];
	let i = 0;
	let j = 0;
	for (const [x, y] of [...matches(a, b), [a.childCount, b.childCount] as const]) {
		if (x > i || y > j) out.push({ from: [i, x], to: [j, y] });
		if (x < a.childCount && y < b.childCount && !a.child(x).eq(b.child(y))) out.push({ from: [x, x + 1], to: [y, y + 1] });
		i = x + 1;
		j = y + 1;
	}
	return out;
}

/** Pairs of children that are the same block, in order: the longest rising sequence of common ids. */
function matches(a: Node, b: Node): [number, number][] {
	const place = new Map<string, number>();
	b.forEach((n, _, i) => {
		if (idOf(n)) place.set(idOf(n), i);
	});
	const pairs: [number, number][] = [];
	a.forEach((n, _, i) => {
		const j = place.get(idOf(n));
		if (idOf(n) && j !== undefined && b.child(j).type === n.type) pairs.push([i, j]);
	});
	return longestRising(pairs);
}

function longestRising(pairs: [number, number][]): [number, number][] {
	const ends: number[] = [];
	const before: number[] = [];
	pairs.forEach(([, j], k) => {
		let lo = 0;
		let hi = ends.length;
		while (lo < hi) {
			const mid = (lo + hi) >> 1;
			if (pairs[ends[mid] as number]![1] < j) lo = mid + 1;
			else hi = mid;
		}
		before[k] = lo > 0 ? (ends[lo - 1] as number) : -1;
		ends[lo] = k;
	});
	const out: [number, number][] = [];
	for (let k = ends.at(-1) ?? -1; k >= 0; k = before[k] as number) out.push(pairs[k]!);
	return out.toReversed();
}

/** Where child i begins. */
function offset(n: Node, i: number): number {
	let at = 0;
	for (let k = 0; k < i; k++) at += n.child(k).nodeSize;
	return at;
}

function replaceRun(tr: Transform, from: Node, to: Node, r: Run) {
	const [a, b] = [offset(from, r.from[0]), offset(from, r.from[1])];
	const [c, d] = [offset(to, r.to[0]), offset(to, r.to[1])];
	if (r.from[1] - r.from[0] === 1 && r.to[1] - r.to[0] === 1 && withinText(tr, from.child(r.from[0]), to.child(r.to[0]), a)) return;
	tr.step(new ReplaceStep(a, b, to.slice(c, d)));
}

/** Two text blocks that differ in their text alone: only the words that differ are replaced. */
function withinText(tr: Transform, a: Node, b: Node, at: number): boolean {
	if (!a.isTextblock || !a.sameMarkup(b)) return false;
	const start = a.content.findDiffStart(b.content);
	const end = a.content.findDiffEnd(b.content);
	if (start === null || !end) return false;
	// Where the same letters repeat, the two ends may run into each other.
	const overlap = Math.max(0, start - Math.min(end.a, end.b));
	tr.step(new ReplaceStep(at + 1 + start, at + 1 + end.a + overlap, new Slice(b.content.cut(start, end.b + overlap), 0, 0)));
	return true;
}
