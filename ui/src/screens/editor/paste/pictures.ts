// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Node } from "@tiptap/pm/model";
import type { EditorView } from "@tiptap/pm/view";
import { connection } from "../../../api/connection";
import type { AssetKind } from "../../../api/nouns";
import { Problem } from "../../../api/problem";

/** What the library answers to an upload, as far as a story wants to know. */
export interface Picture {
	id: string;
	kind: AssetKind;
	alt: string;
	caption: string;
	credit: string;
}

export async function uploadPicture(file: File): Promise<Picture> {
	const form = new FormData();
	form.append("file", file);
	let answer: Response;
	try {
		answer = await fetch("/api/assets", { method: "POST", body: form });
	} catch {
		connection.isDown();
		throw Problem.offline();
	}
	const body: unknown = await answer.json().catch(() => undefined);
	if (!answer.ok) throw Problem.from(body, answer);
	return body as Picture;
}

/** The attributes of a picture in the text: alt and credit come along from the library. */
export const imageAttrs = (p: Picture) => ({ asset: p.id, alt: p.alt || null, credit: p.credit || null });

export function insertPicture(view: EditorView, p: Picture, pos: number) {
	const { image } = view.state.schema.nodes;
	insertFigure(view, image!.create(imageAttrs(p), p.caption ? view.state.schema.text(p.caption) : undefined), pos);
}

/** Puts a block between blocks, in the place of an empty paragraph where there is one. */
export function insertFigure(view: EditorView, node: Node, pos: number) {
	const $pos = view.state.doc.resolve(pos);
	const at = $pos.depth === 0 ? pos : $pos.after(1);
	const { tr } = view.state;
	const here = $pos.depth > 0 ? $pos.node(1) : undefined;
	if (here?.type.name === "paragraph" && here.content.size === 0) tr.replaceWith($pos.before(1), at, node);
	else tr.insert(at, node);
	view.dispatch(tr.scrollIntoView());
}
