// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

export interface Hit {
	from: number;
	to: number;
}

interface Search {
	query: string;
	exact: boolean;
	hits: Hit[];
	at: number;
}

const key = new PluginKey<Search>("find");
const nothing: Search = { query: "", exact: false, hits: [], at: 0 };

function hitsIn(doc: Node, query: string, exact: boolean): Hit[] {
	const out: Hit[] = [];
	if (!query) return out;
	const wanted = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['"‘’“”„«»]/g, "['\"‘’“”„«»]"), exact ? "gu" : "giu");
	doc.descendants((node, pos) => {
		if (!node.isTextblock) return true;
		const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
		for (const m of text.matchAll(wanted)) out.push({ from: pos + 1 + m.index, to: pos + 1 + m.index + m[0].length });
		return true;
	});
	return out;
}

export const search = (s: EditorState): Search => key.getState(s) ?? nothing;

export const Find = Extension.create({
	name: "find",
	addProseMirrorPlugins: () => [
		new Plugin<Search>({
			key,
			state: {
				init: () => nothing,
				apply(tr, old) {
					const set = tr.getMeta(key) as Partial<Search> | undefined;
					if (!set && (!tr.docChanged || !old.query)) return old;
					const next = { ...old, ...set };
					next.hits = hitsIn(tr.doc, next.query, next.exact);
					next.at = next.hits.length === 0 ? 0 : Math.max(0, Math.min(next.at, next.hits.length - 1));
					return next;
				},
			},
			props: {
				decorations(s) {
					const { hits, at } = search(s);
					return DecorationSet.create(s.doc, hits.map((h, i) => Decoration.inline(h.from, h.to, { class: i === at ? "hit hit-now" : "hit" })));
				},
			},
		}),
	],
});

export function setSearch(editor: Editor, set: Partial<Search>) {
	editor.view.dispatch(editor.state.tr.setMeta(key, set));
}

/** Goes to the next hit, or the one before. */
export function goTo(editor: Editor, by: number) {
	const { hits, at } = search(editor.state);
	if (hits.length === 0) return;
	const next = (at + by + hits.length) % hits.length;
	const hit = hits[next] as Hit;
	const tr = editor.state.tr.setMeta(key, { at: next });
	editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, hit.from, hit.to)).scrollIntoView());
}

/** Replaces the hit that is shown, and goes to the next one. */
export function replaceOne(editor: Editor, by: string) {
	const { hits, at } = search(editor.state);
	const hit = hits[at];
	if (!hit) return;
	editor.view.dispatch(put(editor.state.tr, hit, by));
	goTo(editor, 0);
}

export function replaceAll(editor: Editor, by: string): number {
	const { hits } = search(editor.state);
	const { tr } = editor.state;
	for (const h of hits.toReversed()) put(tr, h, by);
	editor.view.dispatch(tr);
	return hits.length;
}

function put(tr: EditorState["tr"], h: Hit, by: string) {
	return by ? tr.insertText(by, h.from, h.to) : tr.delete(h.from, h.to);
}
