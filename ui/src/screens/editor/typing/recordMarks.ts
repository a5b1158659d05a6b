// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { Passage, Selector } from "../../../api/record";
import type { Hit } from "./find";

/** A passage that is marked in the text. */
export interface Mark {
	key: string;
	state: string;
	current: boolean;
	ranges: Hit[];
}

const key = new PluginKey<DecorationSet>("record");

/** The event by which the text says that a passage was clicked. */
export const passageClicked = "stet-passage";

/** Marks what stands in the record, or may: beside the document, never in it. */
export const RecordMarks = Extension.create({
	name: "recordMarks",
	addProseMirrorPlugins: () => [
		new Plugin<DecorationSet>({
			key,
			state: {
				init: () => DecorationSet.empty,
				apply(tr, old) {
					const marks = tr.getMeta(key) as Mark[] | undefined;
					if (marks) return DecorationSet.create(tr.doc, marks.flatMap(decorate));
					return tr.docChanged ? old.map(tr.mapping, tr.doc) : old;
				},
			},
			props: {
				decorations: (s) => key.getState(s),
				handleClick(view, pos) {
					const hit = key.getState(view.state)?.find(pos, pos)[0];
					if (hit) view.dom.dispatchEvent(new CustomEvent(passageClicked, { detail: (hit.spec as { key: string }).key }));
					return false;
				},
			},
		}),
	],
});

const decorate = (m: Mark) =>
	m.ranges.map((r) => Decoration.inline(r.from, r.to, { class: `passage passage-${m.state}${m.current ? " passage-now" : ""}` }, { key: m.key }));

export function markPassages(editor: Editor, marks: Mark[]) {
	if (editor.isDestroyed) return;
	editor.view.dispatch(editor.state.tr.setMeta(key, marks).setMeta("addToHistory", false));
}

/** Brings the passage that is marked as chosen into view. */
export function showPassage(editor: Editor) {
	const smooth = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
	editor.view.dom.querySelector(".passage-now")?.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
}

/** The text of a block as the finder reads it, and where each of its characters stands. */
export interface BlockText {
	id: string;
	text: string;
	at: number[];
}

/** The blocks of running text of a document, by their ids. Footnotes are not looked through. */
export function blocksOf(doc: Node): Map<string, BlockText> {
	const out = new Map<string, BlockText>();
	doc.descendants((node, pos) => {
		if (!node.isTextblock) return true;
		const b: BlockText = { id: String(node.attrs.id ?? ""), text: "", at: [] };
		node.forEach((child, offset) => {
			const piece = child.isText ? (child.text ?? "") : child.type.name === "hardBreak" ? "\n" : "";
			for (let i = 0; i < piece.length; i++) b.at.push(pos + 1 + offset + i);
			b.text += piece;
		});
		b.at.push(pos + 1 + node.content.size);
		out.set(b.id, b);
		return false;
	});
	return out;
}

/** Where a passage stands in the text; a piece that does not stand there is left out. */
export function locate(blocks: Map<string, BlockText>, p: Passage): Hit[] {
	const out: Hit[] = [];
	if (p.fate === "gone") return out;
	const count = Math.max(p.pieces.length, p.pieces.length > 0 ? 0 : p.anchor.length);
	for (let i = 0; i < count; i++) {
		const piece = p.pieces[i];
		const s = p.anchor.length === count ? p.anchor[i] : undefined;
		const b = blocks.get(piece?.block ?? s?.block ?? "");
		if (!b) continue;
		const range = rangeOf(b, piece, p.fate === "changed" ? undefined : s);
		if (range) out.push({ from: b.at[range[0]] as number, to: (b.at[range[1] - 1] as number) + 1 });
	}
	return out;
}

function rangeOf(b: BlockText, piece: { start: number; end: number } | undefined, s: Selector | undefined): [number, number] | undefined {
	if (piece) {
		const start = units(b.text, piece.start);
		const end = units(b.text, piece.end);
		if (end > start && end <= b.text.length && (!s || b.text.slice(start, end) === s.exact)) return [start, end];
	}
	if (!s) return undefined;
	const prefix = s.prefix ?? "";
	const near = b.text.indexOf(prefix + s.exact);
	const start = near >= 0 ? near + prefix.length : b.text.indexOf(s.exact);
	return start >= 0 ? [start, start + s.exact.length] : undefined;
}

// The program counts code points, the browser UTF-16 units.
const units = (text: string, points: number) => [...text].slice(0, points).join("").length;
