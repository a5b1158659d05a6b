// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Node } from "@tiptap/pm/model";
import { Transform } from "@tiptap/pm/transform";

/** A step that collab has not had confirmed, with its way back. */
export interface Rebaseable {
	step: import("@tiptap/pm/transform").Step;
	inverted: import("@tiptap/pm/transform").Step;
}

/** The document without the steps that were not confirmed. */
export function baseOf(doc: Node, unconfirmed: readonly Rebaseable[]): Node {
	const tr = new Transform(doc);
	for (const u of unconfirmed.toReversed()) tr.step(u.inverted);
	return tr.doc;
}

/** Top-level blocks by id, or by place where there is none. */
function blocks(doc: Node): Map<string, Node> {
	const out = new Map<string, Node>();
	doc.forEach((n, _, i) => out.set((n.attrs.id as string | null) ?? `#${i}`, n));
	return out;
}

/** The ids of blocks that differ between two documents. */
export function changedBlocks(from: Node, to: Node): Set<string> {
	const [a, b] = [blocks(from), blocks(to)];
	const out = new Set<string>();
	for (const [id, n] of a) if (!b.get(id)?.eq(n)) out.add(id);
	for (const id of b.keys()) if (!a.has(id)) out.add(id);
	return out;
}

/** Whether two changes of one document touch different blocks, so that both can stand. */
export function canMerge(base: Node, mine: Node, theirs: Node): boolean {
	const m = changedBlocks(base, mine);
	for (const id of changedBlocks(base, theirs)) if (m.has(id) && !id.startsWith("#")) return false;
	return true;
}

/** The blocks of `mine` that are not in `theirs` as they are, as JSON. */
export function onlyIn(mine: Node, theirs: Node): Node[] {
	const b = blocks(theirs);
	const out: Node[] = [];
	for (const [id, n] of blocks(mine)) if (!b.get(id)?.eq(n) && n.textContent.trim() !== "") out.push(n);
	return out;
}

/** A document as people read it, for two texts side by side. */
export function plain(nodes: Node | Node[]): string {
	const list: Node[] = [];
	if (Array.isArray(nodes)) list.push(...nodes);
	else nodes.forEach((n) => void list.push(n));
	return list.map((n) => n.textBetween(0, n.content.size, "\n", " ")).join("\n\n");
}
