// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Fragment, Node } from "@tiptap/pm/model";
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

interface Manner {
	/** What stands below it here, when it is not what the library says. */
	caption?: Fragment;
	/** Leaves what is in view where it is: nobody asked for it just now. */
	quiet?: boolean;
}

export function insertPicture(view: EditorView, p: Picture, pos: number, { caption: own, quiet }: Manner = {}) {
	const { image } = view.state.schema.nodes;
	const caption = own && own.size > 0 ? own : p.caption ? view.state.schema.text(p.caption) : undefined;
	insertFigure(view, image!.create(imageAttrs(p), caption), pos, quiet);
}

/** Puts a block between blocks, in the place of an empty paragraph where there is one. */
export function insertFigure(view: EditorView, node: Node, pos: number, quiet = false) {
	const $pos = view.state.doc.resolve(pos);
	const at = $pos.depth === 0 ? pos : $pos.after(1);
	const { tr } = view.state;
	// An empty paragraph gives way: the one that was pointed at, or the only one.
	const here = $pos.depth > 0 ? $pos.node(1) : view.state.doc.childCount === 1 ? $pos.nodeAfter : undefined;
	const start = $pos.depth > 0 ? $pos.before(1) : pos;
	if (here?.type.name === "paragraph" && here.content.size === 0) tr.replaceWith(start, start + here.nodeSize, node);
	else tr.insert(at, node);
	view.dispatch(quiet ? tr : tr.scrollIntoView());
}
