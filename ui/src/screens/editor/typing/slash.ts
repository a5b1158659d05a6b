// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Extension } from "@tiptap/core";
import { type EditorState, Plugin } from "@tiptap/pm/state";
import { value } from "../../../api/value";

export interface Slash {
	/** From the stroke to the cursor. */
	from: number;
	to: number;
	query: string;
}

/** The slash that is being typed, if any; the menu follows it. */
export const slash = value<Slash | undefined>(undefined);

/** What the menu does with keys while it is open; true when it took one. */
export const slashKeys: { on: (key: string) => boolean } = { on: () => false };

function find(s: EditorState): Slash | undefined {
	const { $from, empty } = s.selection;
	if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return undefined;
	const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 30), $from.parentOffset, undefined, "\ufffc");
	const m = /(?:^|\s)\/([\p{L} ]{0,20})$/u.exec(before);
	if (!m) return undefined;
	const query = m[1] ?? "";
	return { from: $from.pos - query.length - 1, to: $from.pos, query };
}

export const SlashKey = Extension.create({
	name: "slashKey",
	addProseMirrorPlugins() {
		let dismissed = -1;
		return [
			new Plugin({
				view: () => ({
					update(view, before) {
						if (view.state.doc.eq(before.doc) && view.state.selection.eq(before.selection)) return;
						const now = view.editable ? find(view.state) : undefined;
						// Only a stroke that was typed opens the menu, not a cursor that comes by.
						const typed = !view.state.doc.eq(before.doc);
						if (!now || now.from === dismissed || (!typed && !slash.get())) slash.set(undefined);
						else slash.set(now);
						if (!now) dismissed = -1;
					},
					destroy: () => slash.set(undefined),
				}),
				props: {
					handleKeyDown(_, e) {
						const open = slash.get();
						if (!open) return false;
						if (e.key === "Escape") {
							dismissed = open.from;
							slash.set(undefined);
							return true;
						}
						return slashKeys.on(e.key);
					},
					handleDOMEvents: {
						blur: () => {
							// A click into the menu comes first.
							window.setTimeout(() => slash.set(undefined), 200);
							return false;
						},
					},
				},
			}),
		];
	},
});
