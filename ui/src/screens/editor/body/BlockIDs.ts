// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, type Transaction } from "@tiptap/pm/state";
import { Mapping } from "@tiptap/pm/transform";
import { idsWithin, missingIDs } from "../../../prose/ids";
import { remote } from "../save/BodySync";

// Blocks are the same objects until they change, so most of this is looked up.
const known = new WeakMap<Node, [string, number][]>();
function idsOf(block: Node): [string, number][] {
	let found = known.get(block);
	if (!found) known.set(block, (found = idsWithin(block)));
	return found;
}

/** Gives every block an id of its own, also after a split or a paste. */
export const BlockIDs = Extension.create({
	name: "blockIDs",
	addProseMirrorPlugins: () => [
		new Plugin({
			appendTransaction(trs, before, after) {
				// What others wrote they see to themselves: two who mend the same would disagree.
				if (!trs.some((tr) => tr.docChanged) || trs.some((tr) => tr.getMeta(remote))) return null;
				const tr = after.tr.setMeta("addToHistory", false);
				for (const { pos, id } of missingIDs(after.doc, homes(trs, before.doc), idsOf)) tr.setNodeAttribute(pos, "id", id);
				return tr.docChanged ? tr : null;
			},
		}),
	],
});

/** Where the block that had an id before is now. */
function homes(trs: readonly Transaction[], before: Node): (id: string) => number | undefined {
	return (id) => {
		const mapping = new Mapping(trs.flatMap((tr) => tr.mapping.maps));
		let found: number | undefined;
		before.forEach((block, offset) => {
			for (const [have, within] of idsOf(block)) if (have === id) found = mapping.map(offset + within, 1);
		});
		return found;
	};
}
