// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Editor } from "@tiptap/core";

/** What a block needs that is asked in a dialog. */
export type Ask = "picture" | "gallery" | "audio" | "video" | "document" | "embed" | "story" | "sides" | "html" | "link";

export interface BlockChoice {
	name: string;
	/** Further words by which it is found. */
	also: string;
	hint: string;
	run?: (editor: Editor) => void;
	ask?: Ask;
	needs?: "put code into pages";
}

const row = (type: string) => ({ type: "tableRow", content: [1, 2, 3].map(() => ({ type, content: [{ type: "paragraph" }] })) });

function table(editor: Editor) {
	const { from } = editor.state.selection;
	const content = { type: "table", content: [row("tableHeader"), row("tableCell"), row("tableCell")] };
	editor.chain().insertContent(content).run();
	// Writing goes on in the first cell.
	let first = -1;
	editor.state.doc.nodesBetween(Math.max(0, from - 2), editor.state.doc.content.size, (n, pos) => {
		if (first < 0 && n.type.name === "tableHeader") first = pos + 2;
		return first < 0;
	});
	if (first > 0) editor.commands.setTextSelection(first);
}

/** A block that holds words takes those of the paragraph in which one stands. */
function wrapText(editor: Editor, type: string) {
	editor.chain().focus().setNode(type).run();
}

/** All that can be put into a text, in the order of the menu. */
export const blockChoices: BlockChoice[] = [
	{ name: "Heading", also: "title h2 section", hint: "##", run: (e) => void e.chain().focus().setNode("heading", { level: 2 }).run() },
	{ name: "Smaller heading", also: "subheading h3", hint: "###", run: (e) => void e.chain().focus().setNode("heading", { level: 3 }).run() },
	{ name: "Picture", also: "image photo photograph", hint: "from the library", ask: "picture" },
	{ name: "Gallery", also: "pictures images", hint: "several pictures", ask: "gallery" },
	{ name: "Audio", also: "sound recording podcast interview player", hint: "from the library", ask: "audio" },
	{ name: "Video", also: "film movie clip player", hint: "from the library", ask: "video" },
	{ name: "Document", also: "pdf file memo download", hint: "a PDF from the library", ask: "document" },
	{ name: "Quotation", also: "blockquote cite", hint: ">", run: (e) => void e.chain().focus().toggleWrap("blockquote").run() },
	{ name: "Pull quote", also: "pullquote", hint: "set large beside the text", run: (e) => wrapText(e, "pullQuote") },
	{ name: "Bullet list", also: "ul points", hint: "-", run: (e) => void e.chain().focus().toggleList("bulletList", "listItem").run() },
	{ name: "Numbered list", also: "ol ordered", hint: "1.", run: (e) => void e.chain().focus().toggleList("orderedList", "listItem").run() },
	{ name: "Footnote", also: "note reference", hint: "Ctrl Alt F", run: footnote },
	{ name: "Table", also: "rows columns figures", hint: "3 × 3", run: table },
	{ name: "Embed", also: "video youtube tweet post address", hint: "by its address", ask: "embed" },
	{ name: "Related story", also: "link article read more", hint: "one of ours", ask: "story" },
	{ name: "Set side by side", also: "counterpoint two statements record contradiction", hint: "two statements", ask: "sides" },
	{ name: "Box", also: "aside sidebar facts", hint: "beside the story", run: (e) => void e.chain().focus().wrapIn("box").run() },
	{ name: "Rule", also: "divider line hr break", hint: "---", run: (e) => void e.chain().focus().insertContent({ type: "horizontalRule" }).run() },
	{ name: "Code", also: "pre program", hint: "```", run: (e) => void e.chain().focus().toggleNode("codeBlock", "paragraph").run() },
	{ name: "Raw HTML", also: "script code embed", hint: "shown in a frame of its own", ask: "html", needs: "put code into pages" },
];

/** Puts a footnote where the cursor is; its first word is chosen, to be written over. */
export function footnote(editor: Editor) {
	const at = editor.state.selection.to;
	const text = "Note";
	editor
		.chain()
		.focus()
		.insertContentAt(at, { type: "footnote", content: [{ type: "text", text }] }, { updateSelection: false })
		.setTextSelection({ from: at + 1, to: at + 1 + text.length })
		.run();
}

/** The choices that fit what was typed after the stroke. */
export function matching(query: string, may: (act: "put code into pages") => boolean): BlockChoice[] {
	const q = query.trim().toLowerCase();
	const all = blockChoices.filter((b) => !b.needs || may(b.needs));
	if (!q) return all;
	const starts = all.filter((b) => b.name.toLowerCase().startsWith(q));
	return [...starts, ...all.filter((b) => !starts.includes(b) && ` ${b.name} ${b.also}`.toLowerCase().includes(` ${q}`))];
}
