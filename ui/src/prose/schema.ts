// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { AttributeSpec, MarkSpec, NodeSpec } from "prosemirror-model";
import source from "../../../internal/prose/schema.json";

// The one schema is the Go table in internal/prose; schema.json is its export.
// Nothing here adds a type or changes a rule.

interface Attr {
	type: string;
	default: unknown;
	required?: boolean;
	oneOf?: string[] | null;
	min?: number;
	max?: number;
}

interface Type {
	name: string;
	content?: string;
	group?: string;
	inline?: boolean;
	plain?: boolean;
	attrs?: Record<string, Attr>;
}

export const nodeTypes = source.nodes as Type[];
export const markTypes = source.marks as Type[];

/** What an attribute holds when nobody set it. Only what the schema requires has no default. */
export function attrDefault(a: Attr): unknown {
	return a.default ?? (a.type === "number" ? 0 : null);
}

function attrSpecs(t: Type): Record<string, AttributeSpec> {
	const out: Record<string, AttributeSpec> = {};
	for (const [name, a] of Object.entries(t.attrs ?? {})) out[name] = a.required ? {} : { default: attrDefault(a) };
	// The table code of ProseMirror reads column widths; Stet keeps none.
	if (t.group === "cell") out.colwidth = { default: null };
	return out;
}

const tableRoles: Record<string, string> = { table: "table", tableRow: "row", tableCell: "cell", tableHeader: "header_cell" };

/** The rules of a node type: what it holds, where it stands, its attributes. */
export function nodeSpec(name: string): NodeSpec {
	const t = nodeTypes.find((n) => n.name === name);
	if (!t) throw new Error(`the schema has no node ${name}`);
	const spec: NodeSpec = { attrs: attrSpecs(t) };
	if (t.content) spec.content = t.content;
	if (t.group) spec.group = t.group;
	if (t.inline) spec.inline = true;
	if (t.plain) spec.marks = "";
	if (t.plain) spec.code = true;
	if (tableRoles[name]) Object.assign(spec, { tableRole: tableRoles[name], isolating: t.group === "cell" });
	return spec;
}

/** The rules of a mark. */
export function markSpec(name: string): MarkSpec {
	const t = markTypes.find((m) => m.name === name);
	if (!t) throw new Error(`the schema has no mark ${name}`);
	return { attrs: attrSpecs(t) };
}

/** Whether nodes of the type carry a stable id. Inline nodes do not need one. */
export function wantsID(name: string): boolean {
	return withID.has(name);
}

const withID = new Set(nodeTypes.filter((n) => n.attrs?.id && !n.inline).map((n) => n.name));
