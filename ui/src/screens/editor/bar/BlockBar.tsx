// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Select, TextInput } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { NodeSelection } from "@tiptap/pm/state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, mergeCells, splitCell, toggleHeaderRow } from "@tiptap/pm/tables";
import { useEditorPart } from "../useEditorState";
import { BesideActs } from "./BesideActs";
import css from "./BlockBar.module.css";

interface Field {
	name: string;
	label: string;
	options?: { value: string; label: string }[];
}

/** What can be said of a block beside the words in it. */
const fields: Record<string, { title: string; fields: Field[] }> = {
	image: {
		title: "Picture",
		fields: [
			{ name: "alt", label: "Alternative text" },
			{ name: "credit", label: "Credit" },
			{ name: "layout", label: "Width", options: [{ value: "column", label: "Column" }, { value: "wide", label: "Wide" }, { value: "full", label: "Full" }] },
		],
	},
	media: { title: "File", fields: [{ name: "title", label: "Title" }, { name: "credit", label: "Credit" }] },
	gallery: { title: "Gallery", fields: [{ name: "caption", label: "Caption of all" }] },
	pullQuote: { title: "Pull quote", fields: [{ name: "attribution", label: "Who said it" }] },
	blockquote: { title: "Quotation", fields: [{ name: "cite", label: "Address of the source" }] },
	box: { title: "Box", fields: [{ name: "title", label: "Title" }] },
	counterpoint: { title: "Side by side", fields: [] },
	embed: { title: "Embed", fields: [{ name: "url", label: "Address" }, { name: "title", label: "Title" }] },
	codeBlock: { title: "Code", fields: [{ name: "language", label: "Language" }] },
	rawHTML: { title: "Raw HTML", fields: [{ name: "html", label: "HTML" }] },
};

interface Found {
	pos: number;
	node: Node;
}

function blockAt(e: Editor): Found | undefined {
	const { selection } = e.state;
	if (selection instanceof NodeSelection && fields[selection.node.type.name]) return { pos: selection.from, node: selection.node };
	const { $from } = selection;
	for (let d = $from.depth; d > 0; d--) if (fields[$from.node(d).type.name]) return { pos: $from.before(d), node: $from.node(d) };
	return undefined;
}

/** Fields and acts of the block in which the cursor is. */
export function BlockBar({ editor }: { editor: Editor }) {
	const found = useEditorPart(editor, blockAt);
	const inTable = useEditorPart(editor, (e) => e.isActive("table"));
	if (!editor.isEditable || (!found && !inTable)) return null;
	const spec = found && fields[found.node.type.name];
	const remove = () => found && editor.view.dispatch(editor.state.tr.delete(found.pos, found.pos + found.node.nodeSize));
	return (
		<div className={css.bar} role="group" aria-label={spec?.title ?? "Table"}>
			{found && spec && (
				<>
					<strong className={css.title}>{spec.title}</strong>
					{spec.fields.map((f) => (
						<AttrField key={f.name} editor={editor} found={found} field={f} />
					))}
					{found.node.type.name === "counterpoint" && <BesideActs editor={editor} pos={found.pos} node={found.node} />}
					<Button variant="subtle" size="compact-sm" onClick={remove}>
						Remove
					</Button>
				</>
			)}
			{inTable && <TableActs editor={editor} />}
		</div>
	);
}

function AttrField({ editor, found: { pos, node }, field: f }: { editor: Editor; found: Found; field: Field }) {
	const set = (v: string | null) => {
		const { tr } = editor.state;
		editor.view.dispatch(tr.setNodeAttribute(pos, f.name, v || null));
	};
	const now = String(node.attrs[f.name] ?? "");
	if (f.options) return <Select size="xs" aria-label={f.label} data={f.options} value={now} onChange={set} allowDeselect={false} w="6rem" />;
	return <TextInput size="xs" aria-label={f.label} placeholder={f.label} value={now} onChange={(e) => set(e.currentTarget.value)} className={css.field} />;
}

const tableActs = [
	["Add row", addRowAfter],
	["Add column", addColumnAfter],
	["Remove row", deleteRow],
	["Remove column", deleteColumn],
	["Head", toggleHeaderRow],
	["Merge", mergeCells],
	["Split", splitCell],
	["Remove table", deleteTable],
] as const;

function TableActs({ editor }: { editor: Editor }) {
	return tableActs.map(([words, act]) => (
		<Button key={words} variant="subtle" size="compact-sm" onMouseDown={(e) => e.preventDefault()} onClick={() => act(editor.state, editor.view.dispatch)}>
			{words}
		</Button>
	));
}
