// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { EditorView } from "@tiptap/pm/view";
import { api, ask } from "../../../api/client";
import type { AssetRow } from "../../../api/nouns";
import { upload } from "../../../media/upload";
import { toast, toastProblem } from "../../../parts/toast";
import { type Picture, insertFigure, insertPicture, uploadPicture } from "./pictures";

/** The files that can stand in a story among those dropped or pasted. */
export function filesOf(data: DataTransfer | null): File[] {
	return [...(data?.files ?? [])].filter((f) => /^(image|audio|video)\/|^application\/pdf$/.test(f.type));
}

/** Adds files to the library and puts them where they were dropped. */
export function addFiles(view: EditorView, files: File[], pos: number): true {
	void (async () => {
		// The text may change while the files travel: the place moves with it.
		const bookmark = view.state.selection.getBookmark();
		toast(files.length > 1 ? `${files.length} files are being added to the library …` : files[0]?.type.startsWith("image/") ? "The picture is being added to the library …" : "The file is being added to the library …");
		for (const file of files) {
			try {
				// What is large is sent in parts, which a lost connection only delays.
				const added = file.type.startsWith("image/") ? await uploadPicture(file) : await upload(file);
				if (view.isDestroyed) return;
				insertAsset(view, added, Math.min(pos, view.state.doc.content.size));
			} catch (error) {
				toastProblem(error);
			}
		}
		if (!view.isDestroyed && !view.state.selection.eq(bookmark.resolve(view.state.doc))) view.focus();
	})();
	return true;
}

/** What was added says itself whether it is a picture: names and types of files are often wrong. */
export function insertAsset(view: EditorView, a: Picture, pos: number) {
	if (a.kind === "image") insertPicture(view, a, pos);
	else insertMedia(view, a, pos);
}

/** Puts a recording, video or document into the text; caption and credit come along from the library. */
export function insertMedia(view: EditorView, a: Picture | AssetRow, pos: number) {
	const { media } = view.state.schema.nodes;
	const caption = a.caption ? view.state.schema.text(a.caption) : undefined;
	insertFigure(view, media!.create({ asset: a.id, credit: a.credit || null }, caption), pos);
}

/** The id of an asset of ours whose public address it is, or that of its page at the desk. */
export function ownAsset(href: string): string | undefined {
	let url: URL;
	try {
		url = new URL(href, location.origin);
	} catch {
		return undefined;
	}
	if (url.origin !== location.origin) return undefined;
	const id = /^\/media\/([^/]+)\/[^/]+$/.exec(url.pathname)?.[1] ?? (url.pathname === "/desk/media" ? url.searchParams.get("asset") : undefined);
	return id && /^[\w-]{12}$/.test(id) ? id : undefined;
}

/** Puts the asset in the place of the paragraph into which its address was pasted. */
export function placeOwn(view: EditorView, id: string, href: string): true {
	const pos = view.state.selection.from;
	void ask(api.GET("/api/assets/{id}", { params: { path: { id } } })).then(
		(a) => {
			if (!view.isDestroyed) insertAsset(view, a, Math.min(pos, view.state.doc.content.size));
		},
		(error: unknown) => {
			toastProblem(error);
			// The address itself is not lost.
			if (!view.isDestroyed) view.dispatch(view.state.tr.insertText(href, Math.min(pos, view.state.doc.content.size)));
		},
	);
	return true;
}
