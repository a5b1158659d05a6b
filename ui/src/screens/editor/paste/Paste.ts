// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { clean, straight } from "./clean";
import { addFiles, filesOf, ownAsset, placeOwn } from "./files";
import { incoming } from "./incoming";

const address = /^https?:\/\/[^\s<>"]+$/;

/** Whose addresses are shown as what they lead to when they stand alone. */
const players = /^https?:\/\/(www\.|m\.)?(youtube\.com\/(watch|shorts)|youtu\.be\/|vimeo\.com\/\d|soundcloud\.com\/.+\/|open\.spotify\.com\/|bsky\.app\/profile\/.+\/post\/|(mastodon|mas)\.[a-z]+\/@|datawrapper\.dwcdn\.net\/|w\.soundcloud\.com\/|player\.vimeo\.com\/)/;

export const Paste = Extension.create({
	name: "cleanPaste",
	addProseMirrorPlugins: () => [
		incoming(),
		new Plugin({
			props: {
				transformPastedHTML: clean,
				handlePaste(view, e) {
					const files = filesOf(e.clipboardData);
					const text = e.clipboardData?.getData("text/plain").trim() ?? "";
					// Word puts a picture of the text beside the text.
					if (files.length > 0 && !text) return addFiles(view, files, view.state.selection.from);
					return address.test(text) && pasteAddress(view, straight(text));
				},
				handleDrop(view, e, _, moved) {
					const files = filesOf(e.dataTransfer);
					const at = view.posAtCoords({ left: e.clientX, top: e.clientY });
					return !moved && files.length > 0 && addFiles(view, files, at?.pos ?? view.state.selection.from);
				},
			},
		}),
	],
});

/** An address on a selection makes a link of it; alone in a paragraph it may be a player. */
function pasteAddress(view: EditorView, href: string): boolean {
	const { state } = view;
	const { from, to, empty, $from } = state.selection;
	const { nodes, marks } = state.schema;
	if (!empty && $from.parent.isTextblock && !$from.parent.type.spec.code) {
		view.dispatch(state.tr.removeMark(from, to, marks.link).addMark(from, to, marks.link!.create({ href })));
		return true;
	}
	const alone = empty && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0;
	const own = alone && ownAsset(href);
	if (own) return placeOwn(view, own, href);
	if (alone && players.test(href)) {
		view.dispatch(state.tr.replaceRangeWith($from.before(), $from.after(), nodes.embed!.create({ url: href })).scrollIntoView());
		return true;
	}
	return false;
}
