// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Editor } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import { tks } from "../typing/tk";
import { useEditorPart } from "../useEditorState";
import { Group } from "./Group";
import css from "./Panel.module.css";

/** The headings, and what is still to come; each leads to its place. */
export function Outline({ editor }: { editor: Editor }) {
	const headings = useEditorPart(editor, headingsOf);
	const open = useEditorPart(editor, (e) => tks(e.state.doc));
	const go = (pos: number) => {
		const { state, view } = editor;
		view.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(pos))).scrollIntoView());
		view.focus();
	};
	return (
		<div className={css.outline}>
			<Group title="Headings">
				{headings.length === 0 && <p className={css.note}>No headings yet. “## ” at the beginning of a paragraph makes one.</p>}
				<ul className={css.list}>
					{headings.map((h) => (
						<li key={h.pos} style={{ paddingInlineStart: `${h.level - 2}rem` }}>
							<button type="button" onClick={() => go(h.pos + 1)}>
								{h.text || "Empty heading"}
							</button>
						</li>
					))}
				</ul>
			</Group>
			<Group title={open.length === 0 ? "Nothing to come" : `To come: ${open.length}`}>
				<p className={css.note}>TK marks what is missing. A story with a TK is not published.</p>
				<ul className={css.list}>
					{open.map((t) => (
						<li key={t.from}>
							<button type="button" onClick={() => go(t.from)}>
								{t.around}
							</button>
						</li>
					))}
				</ul>
			</Group>
		</div>
	);
}

function headingsOf(e: Editor) {
	const out: { pos: number; level: number; text: string }[] = [];
	e.state.doc.descendants((n, pos) => {
		if (n.type.name === "heading") out.push({ pos, level: n.attrs.level as number, text: n.textContent });
		return !n.isTextblock;
	});
	return out;
}
