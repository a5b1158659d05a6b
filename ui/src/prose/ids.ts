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

/**
 * Where a block has no id, or one that another block has. Of two equal ones the
 * block that had it before keeps it (`home` says where that is now), else the
 * earlier: who copies a paragraph copies its id.
 */
export function missingIDs(doc: Node, home?: (id: string) => number | undefined): Missing[] {
	const places = new Map<string, number[]>();
	const out: Missing[] = [];
	doc.descendants((node, pos) => {
		if (!wantsID(node.type.name)) return;
		const id = node.attrs.id as string | null;
		if (!id) out.push({ pos, id: newID() });
		else if (places.has(id)) places.get(id)?.push(pos);
		else places.set(id, [pos]);
	});
	for (const [id, all] of places) {
		if (all.length === 1) continue;
		const at = home?.(id);
		const keep = at !== undefined && all.includes(at) ? at : all[0];
		for (const pos of all) if (pos !== keep) out.push({ pos, id: newID() });
	}
	return out;
}
