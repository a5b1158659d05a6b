// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Found, Passage, Selector } from "../api/record";
import { unquoted } from "./words";

/** By what a passage is told from the others of its story. */
export const keyOf = (p: Passage): string => p.id || p.anchor.map((s) => `${s.block} ${s.prefix ?? ""} ${s.exact}`).join("|");

// As much context as the program keeps itself.
const context = 32;

/** Holds on to a range of a block's text. */
export function selectorOf(block: string, text: string, start: number, end: number): Selector {
	return { block, exact: text.slice(start, end), prefix: text.slice(Math.max(0, start - context), start), suffix: text.slice(end, end + context) };
}

const found = (words: string, from: Found | undefined, reason: string): Found => ({
	...(from ?? { date: { value: "" }, confidence: 1 }),
	words,
	reason,
});

/** A passage that nobody found: what somebody has selected. */
export function passageOf(anchor: Selector[]): Passage {
	const text = anchor.map((s) => s.exact).join(" … ");
	const quoted = /^[“„«"‘']/u.test(text.trim());
	return { state: "proposed", fate: "kept", kind: quoted ? "direct" : "indirect", text, pieces: [], anchor, found: found(unquoted(text), undefined, "Chosen by hand.") };
}

function partOf(p: Passage, anchor: Selector[]): Passage {
	const text = anchor.map((s) => s.exact).join(" … ");
	return { ...p, id: undefined, text, anchor, pieces: [], found: found(unquoted(text), p.found, "Divided by hand.") };
}

/** The parts of a passage: its pieces, or its sentences when it is in one piece. */
export function partsOf(p: Passage, language: string): Passage[] {
	if (p.anchor.length > 1) return p.anchor.map((s) => partOf(p, [s]));
	const [only] = p.anchor;
	if (!only) return [];
	const sentences = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(only.exact)];
	const around = (only.prefix ?? "") + only.exact + (only.suffix ?? "");
	const shift = (only.prefix ?? "").length;
	return sentences
		.map((s) => ({ start: s.index + s.segment.length - s.segment.trimStart().length, end: s.index + s.segment.trimEnd().length }))
		.filter((r) => /\p{L}/u.test(only.exact.slice(r.start, r.end)))
		.map((r) => partOf(p, [selectorOf(only.block, around, shift + r.start, shift + r.end)]));
}

/** Two passages as one utterance. */
export function joined(a: Passage, b: Passage): Passage {
	const anchor = [...a.anchor, ...b.anchor];
	const words = [a.found?.words ?? a.text, b.found?.words ?? b.text].join(" … ");
	return { ...a, id: undefined, kind: a.kind === b.kind ? a.kind : "mixed", text: anchor.map((s) => s.exact).join(" … "), anchor, pieces: [], found: found(words, a.found, "Joined by hand.") };
}
