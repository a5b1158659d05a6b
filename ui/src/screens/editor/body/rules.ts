// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Attributes, Extension } from "@tiptap/core";
import type { NodeSpec } from "@tiptap/pm/model";
import { markTypes, nodeSpec, nodeTypes } from "../../../prose/schema";

/** What the schema says of a node, as TipTap wants to be told. */
export function rules(name: string): Pick<NodeSpec, "content" | "group" | "inline" | "marks" | "code"> {
	const { content, group, inline, marks, code } = nodeSpec(name);
	return { content: content ?? "", group: group ?? "", inline: inline ?? false, code: code ?? false, ...(marks === undefined ? {} : { marks }) };
}

/** How an attribute is read from and written to HTML: for the clipboard, which is how one editor talks to another. */
export function attributes(type: string, special: Attributes = {}): Attributes {
	const t = [...nodeTypes, ...markTypes].find((n) => n.name === type);
	const out: Attributes = {};
	for (const [name, a] of Object.entries(t?.attrs ?? {})) {
		const data = `data-${name}`;
		out[name] = {
			default: a.required ? undefined : (a.default ?? null),
			isRequired: a.required ?? false,
			parseHTML: (el) => fromData(el.getAttribute(data), a.type),
			renderHTML: (attrs) => (attrs[name] === null || attrs[name] === undefined ? {} : { [data]: attrs[name] }),
			...special[name],
		};
	}
	return out;
}

function fromData(v: string | null, type: string): unknown {
	if (v === null) return null;
	return type === "number" ? Number(v) : v;
}

const roles = Object.fromEntries(nodeTypes.map((n) => [n.name, nodeSpec(n.name)]));

/** What TipTap has no word for: the parts that cells and rows play in a table. */
export const TableRoles = Extension.create({
	name: "tableRoles",
	extendNodeSchema: (extension: { name: string }) => {
		const { tableRole, isolating } = roles[extension.name] ?? {};
		return tableRole ? { tableRole, isolating } : {};
	},
});
