// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Fragment } from "@tiptap/pm/model";
import type { EditorView } from "@tiptap/pm/view";
import { connection } from "../../../api/connection";
import { Problem } from "../../../api/problem";
import { toast, toastProblem } from "../../../parts/toast";

/** What the library answers to an upload, as far as a story wants to know. */
export interface Picture {
	id: string;
	alt: string;
	caption: string;
	credit: string;
}

/** The pictures among dropped or pasted files. */
export function picturesOf(data: DataTransfer | null): File[] {
	return [...(data?.files ?? [])].filter((f) => f.type.startsWith("image/"));
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

/** Adds pictures to the library and puts them where they were dropped. */
export function addPictures(view: EditorView, files: File[], pos: number): true {
	void (async () => {
		// The text may change while the pictures travel: the place moves with it.
		const bookmark = view.state.selection.getBookmark();
		toast(files.length === 1 ? "The picture is being added to the library …" : `${files.length} pictures are being added to the library …`);
		for (const file of files) {
			try {
				const picture = await uploadPicture(file);
				if (view.isDestroyed) return;
				insertPicture(view, picture, Math.min(pos, view.state.doc.content.size));
			} catch (error) {
				toastProblem(error);
			}
		}
		if (!view.isDestroyed && !view.state.selection.eq(bookmark.resolve(view.state.doc))) view.focus();
	})();
	return true;
}

interface Manner {
	/** What stands below it here, when it is not what the library says. */
	caption?: Fragment;
	/** Leaves what is in view where it is: nobody asked for it just now. */
	quiet?: boolean;
}

export function insertPicture(view: EditorView, p: Picture, pos: number, { caption: own, quiet }: Manner = {}) {
	const { image } = view.state.schema.nodes;
	const caption = own && own.size > 0 ? own : p.caption ? view.state.schema.text(p.caption) : undefined;
	const node = image!.create(imageAttrs(p), caption);
	const $pos = view.state.doc.resolve(pos);
	// Between blocks, not within one.
	const at = $pos.depth === 0 ? pos : $pos.after(1);
	const { tr } = view.state;
	// An empty paragraph gives way: the one that was pointed at, or the only one.
	const here = $pos.depth > 0 ? $pos.node(1) : view.state.doc.childCount === 1 ? $pos.nodeAfter : undefined;
	const start = $pos.depth > 0 ? $pos.before(1) : pos;
	if (here?.type.name === "paragraph" && here.content.size === 0) tr.replaceWith(start, start + here.nodeSize, node);
	else tr.insert(at, node);
	view.dispatch(quiet ? tr : tr.scrollIntoView());
}
