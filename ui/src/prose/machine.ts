// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// The step machine: what the server runs (internal/steps) to apply what the
// editor sends. It is built on its own into one file without a browser.

import { Node, Schema } from "prosemirror-model";
import { AttrStep, Step, Transform } from "prosemirror-transform";
import { difference } from "./difference";
import { idsWithin, missingIDs } from "./ids";
import { markSpec, markTypes, nodeSpec, nodeTypes } from "./schema";
import { whole } from "./whole";

const schema = new Schema({
	nodes: Object.fromEntries(nodeTypes.map((n) => [n.name, nodeSpec(n.name)])),
	marks: Object.fromEntries(markTypes.map((m) => [m.name, markSpec(m.name)])),
});

// The documents that were worked on last: reading one costs more than all else.
const kept = new Map<string, Node>();
const keepAtMost = 4;
let last: Node | undefined;

function read(key: string, load: () => string): Node {
	return kept.get(key) ?? whole(Node.fromJSON(schema, JSON.parse(load())));
}

// What the steps of one request may cost together. It is counted and not timed,
// so that a busy server refuses nothing that an idle one takes.
const maxWork = 10_000_000;

/** What a step costs: every block is looked at, and all between its ends is made anew, nodes at more than letters. */
function workOf(step: Step, doc: Node): number {
	const { from = 0, to = 0, slice } = step as { from?: number; to?: number; slice?: { size: number } };
	let nodes = 0;
	doc.nodesBetween(Math.min(from, to), Math.min(to, doc.content.size), () => void nodes++);
	return doc.childCount + 100 * nodes + Math.max(0, to - from) + (slice?.size ?? 0);
}

/** Applies steps to a document; adds steps that give an id to blocks without one. No answer means too much work. */
function apply(key: string, load: () => string, steps: string): [string, string] | undefined {
	const before = read(key, load);
	const tr = new Transform(before);
	let work = 0;
	for (const json of JSON.parse(steps)) {
		const step = Step.fromJSON(schema, json);
		work += workOf(step, tr.doc);
		if (work > maxWork) return;
		tr.step(step);
	}
	const given = tr.steps.length;
	for (const { pos, id } of missingIDs(tr.doc, undefined, idsOf)) tr.step(new AttrStep(pos, "id", id));
	checkChanged(before, tr.doc);
	last = tr.doc;
	return [write(tr.doc), JSON.stringify(tr.steps.slice(given).map((s) => s.toJSON()))];
}

// A step changes one block or two; all others are the very same objects as
// before, and what was found out about them is still true.
const written = new WeakMap<Node, string>();
const known = new WeakMap<Node, [string, number][]>();

function checkChanged(before: Node, after: Node) {
	const old = new Set<Node>();
	before.forEach((n) => old.add(n));
	if (!after.type.validContent(after.content)) throw new RangeError("the document holds what it may not");
	after.forEach((n) => {
		if (!old.has(n)) n.check();
	});
}

function write(doc: Node): string {
	const blocks: string[] = [];
	doc.forEach((n) => {
		let json = written.get(n);
		if (json === undefined) {
			json = JSON.stringify(n.toJSON());
			written.set(n, json);
		}
		blocks.push(json);
	});
	return `{"type":"doc","content":[${blocks.join(",")}]}`;
}

function idsOf(block: Node): [string, number][] {
	let found = known.get(block);
	if (!found) {
		found = idsWithin(block);
		known.set(block, found);
	}
	return found;
}

/** Keeps the document that was made last under the name by which it will be asked for. */
function keep(key: string) {
	if (!last) return;
	kept.delete(key);
	kept.set(key, last);
	last = undefined;
	for (const oldest of kept.keys()) {
		if (kept.size <= keepAtMost) break;
		kept.delete(oldest);
	}
}

/** The steps that make one document out of another. */
function between(from: string, to: string): string {
	const [a, b] = [from, to].map((d) => whole(Node.fromJSON(schema, JSON.parse(d)))) as [Node, Node];
	return JSON.stringify(difference(a, b).map((s) => s.toJSON()));
}

Object.assign(globalThis, { stet: { apply, keep, between } });
