// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { FilledBlock, FilledStory, FrontBlock, FrontPin } from "../../api/nouns";
import { roomOf } from "./words";

/** A block of the front on screen. Blocks have no id of their own; the key lasts as long as the screen. */
export interface Held {
	key: string;
	block: FrontBlock;
	/** What it shows: as the program says, or as we expect until it has answered. */
	filled: FilledBlock;
}

export const nothing: FilledBlock = { stories: [], unmet: [] };

const pinOf = (s: FilledStory): FrontPin => ({ story: s.id, ...(s.until ? { until: s.until } : {}) });

/**
 * Puts a story at a place of a block. It is pinned there, and so are those above
 * it: pins come first, so that a place can be held only together with them. If it
 * was pinned elsewhere, it is no more; rules fill what becomes free.
 */
export function putStory(front: Held[], story: FilledStory, to: string, index: number): Held[] {
	return front.map((h) => {
		const others = h.filled.stories.filter((s) => s.id !== story.id);
		if (h.key !== to) {
			if (h.block.type === "latest" || others.length === h.filled.stories.length) return h;
			return { ...h, block: withPins(h.block, (h.block.pins ?? []).filter((p) => p.story !== story.id)), filled: { ...h.filled, stories: others } };
		}
		const pinned: FilledStory = { ...story, why: "pin" };
		const stories = [...others.slice(0, index), pinned, ...others.slice(index)].slice(0, roomOf(h.block));
		const last = Math.max(stories.findLastIndex((s) => s.why === "pin"), Math.min(index, stories.length - 1));
		const held = stories.map((s, i): FilledStory => (i <= last ? { ...s, why: "pin" } : s));
		const away = h.filled.unmet.filter((p) => p.why === "away" && p.story !== story.id).map(({ story: id, until }) => ({ story: id, ...(until ? { until } : {}) }));
		return { ...h, block: withPins(h.block, [...held.slice(0, last + 1).map(pinOf), ...away]), filled: { ...h.filled, stories: held } };
	});
}

/** Lets a story go: from now on the rule of the block fills its place. */
export function letGo(front: Held[], key: string, story: string): Held[] {
	return change(front, key, (h) => ({
		...h,
		block: withPins(h.block, (h.block.pins ?? []).filter((p) => p.story !== story)),
		filled: {
			stories: h.filled.stories.map((s): FilledStory => (s.id === story ? { ...s, why: "rule", until: undefined } : s)),
			unmet: h.filled.unmet.filter((p) => p.story !== story),
		},
	}));
}

/** Holds a story until a moment; an empty one is for good. */
export function holdUntil(front: Held[], key: string, story: string, until: string): Held[] {
	const end = until || undefined;
	return change(front, key, (h) => ({
		...h,
		block: withPins(h.block, (h.block.pins ?? []).map((p) => (p.story === story ? { story, ...(end ? { until: end } : {}) } : p))),
		filled: { ...h.filled, stories: h.filled.stories.map((s): FilledStory => (s.id === story ? { ...s, until: end } : s)) },
	}));
}

export const change = (front: Held[], key: string, f: (h: Held) => Held) => front.map((h) => (h.key === key ? f(h) : h));

function withPins(block: FrontBlock, pins: FrontPin[]): FrontBlock {
	const { pins: _, ...rest } = block;
	return pins.length ? { ...rest, pins } : rest;
}
