// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import css from "./Desk.module.css";
import { tks } from "./typing/tk";
import { useEditorPart } from "./useEditorState";

const perMinute = 230;

/** The text that makes the story's length: what stands beside a recording or document does not. */
function counted(doc: Node): string {
	let text = "";
	doc.descendants((n) => {
		if (n.isText) text += n.text;
		else if (n.isBlock || n.isLeaf) text += " ";
		return n.type.name !== "media";
	});
	return text;
}

/** How long the text is, how long one reads, and what is still to come. */
export function Length({ editor }: { editor: Editor }) {
	const n = useEditorPart(editor, (e) => {
		const text = counted(e.state.doc);
		return { words: text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0, open: tks(e.state.doc).length };
	});
	const minutes = Math.max(1, Math.round(n.words / perMinute));
	return (
		<span className={css.length}>
			{n.words.toLocaleString("en")} words · {minutes} min
			{n.open > 0 && <strong> · {n.open} TK</strong>}
		</span>
	);
}
