// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Attributes, Node } from "@tiptap/core";
import { addRowAfter, goToNextCell, tableEditing } from "@tiptap/pm/tables";
import { attributes, rules } from "./rules";

const span = (name: string): Attributes[string] => ({
	default: 1,
	parseHTML: (el) => Number(el.getAttribute(name) ?? 1) || 1,
	renderHTML: (a) => (a[name] === 1 ? {} : { [name]: a[name] as number }),
});

// The table code of ProseMirror reads column widths; Stet keeps none.
const cellAttributes = (type: string): Attributes => ({
	...attributes(type, { colspan: span("colspan"), rowspan: span("rowspan") }),
	colwidth: { default: null, rendered: false, parseHTML: () => null },
});

export const Table = Node.create({
	name: "table",
	...rules("table"),
	isolating: true,
	addAttributes: () => attributes("table"),
	parseHTML: () => [{ tag: "table" }],
	renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
	addKeyboardShortcuts() {
		const go = (dir: 1 | -1) => this.editor.commands.command(({ state, dispatch }) => goToNextCell(dir)(state, dispatch));
		return {
			Tab: () => {
				if (!this.editor.isActive("table")) return false;
				if (go(1)) return true;
				// Beyond the last cell a new row begins.
				this.editor.commands.command(({ state, dispatch }) => addRowAfter(state, dispatch));
				return go(1);
			},
			"Shift-Tab": () => this.editor.isActive("table") && go(-1),
		};
	},
	addProseMirrorPlugins: () => [tableEditing()],
});

export const TableRow = Node.create({
	name: "tableRow",
	...rules("tableRow"),
	addAttributes: () => attributes("tableRow"),
	parseHTML: () => [{ tag: "tr" }],
	renderHTML: ({ HTMLAttributes }) => ["tr", HTMLAttributes, 0],
});

export const TableCell = Node.create({
	name: "tableCell",
	...rules("tableCell"),
	addAttributes: () => cellAttributes("tableCell"),
	parseHTML: () => [{ tag: "td" }],
	renderHTML: ({ HTMLAttributes }) => ["td", HTMLAttributes, 0],
});

export const TableHeader = Node.create({
	name: "tableHeader",
	...rules("tableHeader"),
	addAttributes: () => cellAttributes("tableHeader"),
	parseHTML: () => [{ tag: "th" }],
	renderHTML: ({ HTMLAttributes }) => ["th", HTMLAttributes, 0],
});

export const tables = [Table, TableRow, TableCell, TableHeader];
