// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

const mark = /(?<![\p{L}\p{N}])TK+(?![\p{L}\p{N}])/gu;

export interface TK {
	from: number;
	to: number;
	/** The words around it. */
	around: string;
}

/** Where "to come" stands in the text: it must not be published. */
export function tks(doc: Node): TK[] {
	const out: TK[] = [];
	doc.descendants((node, pos) => {
		if (!node.isTextblock) return true;
		const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
		for (const m of text.matchAll(mark)) {
			const from = pos + 1 + m.index;
			out.push({ from, to: from + m[0].length, around: text.slice(Math.max(0, m.index - 30), m.index + 40).trim() });
		}
		return true;
	});
	return out;
}

export const TKMarks = Extension.create({
	name: "tkMarks",
	addProseMirrorPlugins: () => [
		new Plugin({
			state: {
				init: (_, s) => decorate(s.doc),
				apply: (tr, old) => (tr.docChanged ? decorate(tr.doc) : old),
			},
			props: {
				decorations(s) {
					return this.getState(s);
				},
			},
		}),
	],
});

const decorate = (doc: Node) => DecorationSet.create(doc, tks(doc).map((t) => Decoration.inline(t.from, t.to, { class: "tk" })));
