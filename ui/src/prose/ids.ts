// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Node } from "prosemirror-model";
import { wantsID } from "./schema";

// Lower case without the signs that people confuse when they read an id aloud.
const letters = "0123456789abcdefghjkmnpqrstvwxyz";

export function newID(): string {
	let id = "";
	for (let i = 0; i < 8; i++) id += letters[Math.floor(Math.random() * letters.length)];
	return id;
}

export interface Missing {
	pos: number;
	id: string;
}

/** The ids of a block and the blocks in it, "" where there is none, and how far into the block each stands. */
export function idsWithin(block: Node): [string, number][] {
	const out: [string, number][] = [];
	if (wantsID(block.type.name)) out.push([(block.attrs.id as string | null) ?? "", 0]);
	block.descendants((node, pos) => {
		if (node.isText) return false;
		if (wantsID(node.type.name)) out.push([(node.attrs.id as string | null) ?? "", pos + 1]);
		return !node.isTextblock;
	});
	return out;
}

/**
 * Where a block has no id, or one that another block has. Of two equal ones the
 * block that had it before keeps it (`home` says where that is now), else the
 * earlier: who copies a paragraph copies its id.
 */
export function missingIDs(doc: Node, home?: (id: string) => number | undefined, idsOf = idsWithin): Missing[] {
	const places = new Map<string, number[]>();
	const out: Missing[] = [];
	doc.forEach((block, offset) => {
		for (const [id, within] of idsOf(block)) {
			const at = places.get(id);
			if (id === "") out.push({ pos: offset + within, id: newID() });
			else if (at) at.push(offset + within);
			else places.set(id, [offset + within]);
		}
	});
	for (const [id, all] of places) {
		if (all.length === 1) continue;
		const at = home?.(id);
		const keep = at !== undefined && all.includes(at) ? at : all[0];
		for (const pos of all) if (pos !== keep) out.push({ pos, id: newID() });
	}
	return out;
}
