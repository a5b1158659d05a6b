// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import type { Passage, PublishedBlock } from "../api/nouns";

/** A place in the text of the working copy from which somebody wants to correct. */
export interface Chosen {
	block: string;
	/** The text of the block in the working copy, as the API gives texts: without footnotes. */
	text: string;
	/** What is selected in it. */
	from: number;
	to: number;
}

/** Where the cursor is, or what is selected, in the block in which the selection begins. */
export function chosenIn(editor: Editor): Chosen | undefined {
	const { $from, $to, from, to } = editor.state.selection;
	let depth = $from.depth;
	// From within a footnote the paragraph is meant.
	while (depth > 0 && ($from.node(depth).isInline || !$from.node(depth).attrs.id)) depth--;
	const block = $from.node(depth);
	if (depth === 0 || !block.inlineContent) return undefined;
	const start = $from.start(depth);
	const end = Math.min(to, start + block.content.size);
	const within = $to.depth >= depth && $to.start(depth) === start;
	return {
		block: String(block.attrs.id),
		text: lineText(block, block.content.size),
		from: lineText(block, from - start).length,
		to: lineText(block, within ? end - start : block.content.size).length,
	};
}

/** The text of a block up to a position within it. */
function lineText(block: Node, upTo: number): string {
	let out = "";
	block.forEach((n, at) => {
		if (at >= upTo) return;
		if (n.isText) out += (n.text ?? "").slice(0, upTo - at);
		else if (n.type.name === "hardBreak") out += "\n";
	});
	return out;
}

/** What stands in the two fields at first: what is public, and what it shall become. */
export function begin(block: PublishedBlock, chosen: Chosen | undefined): { from: number; to: number; after: string } {
	const { text } = block;
	if (!chosen || chosen.block !== block.id || (chosen.text === text && chosen.from === chosen.to)) return { from: 0, to: text.length, after: text };
	// What was written in the working copy is what it shall become.
	if (chosen.text !== text) return { from: 0, to: text.length, after: chosen.text };
	return { from: chosen.from, to: chosen.to, after: text.slice(chosen.from, chosen.to) };
}

const around = 48;

/** The passage of a change, no wider than the words that differ, with some words around it. */
export function passageOf(block: PublishedBlock, from: number, to: number, after: string): Passage {
	const was = block.text;
	const is = was.slice(0, from) + after + was.slice(to);
	let [start, tail] = [from, was.length - to];
	if (was !== is) {
		start = wordStart(was, shared(was, is));
		const most = Math.min(was.length, is.length) - start;
		tail = Math.min(most, was.length - wordEnd(was, was.length - shared(reversed(was), reversed(is))));
		// A comma behind the figure is no part of what has changed.
		const same = (at: (s: string) => string | undefined) => at(was) === at(is) && /[\p{P}]/u.test(at(was) ?? "");
		while (start < was.length - tail - 1 && start < is.length - tail - 1 && same((s) => s[s.length - tail - 1])) tail++;
		while (start < was.length - tail - 1 && start < is.length - tail - 1 && same((s) => s[start])) start++;
	}
	const exact = was.slice(start, was.length - tail);
	return {
		block: block.id,
		exact,
		after: is.slice(start, is.length - tail),
		prefix: lead(was.slice(0, start)),
		suffix: trail(was.slice(was.length - tail)),
	};
}

const reversed = (s: string) => [...s].toReversed().join("");

/** How much two texts have in common at their beginning. */
function shared(a: string, b: string): number {
	let n = 0;
	while (n < a.length && n < b.length && a[n] === b[n]) n++;
	return n;
}

function wordStart(s: string, at: number): number {
	while (at > 0 && !/\s/.test(s[at - 1] ?? "")) at--;
	return at;
}

function wordEnd(s: string, at: number): number {
	while (at < s.length && !/\s/.test(s[at] ?? "")) at++;
	return at;
}

// Whole words: they are shown to readers beside the change.
function lead(s: string): string {
	return s.length <= around ? s : s.slice(wordEnd(s, s.length - around)).trimStart();
}

function trail(s: string): string {
	return s.length <= around ? s : s.slice(0, wordStart(s, around)).trimEnd();
}
