// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Editor, Node, mergeAttributes } from "@tiptap/core";
import { attributes, rules } from "./rules";
import { player } from "./player";
import { figure, frame } from "./views";

const figures = ["image", "media", "gallery"];

/** Writing goes on in a paragraph below the figure: a caption is one passage, which nothing splits. */
function goOnBelow(editor: Editor): boolean {
	const { $from } = editor.state.selection;
	let depth = $from.depth;
	if (!figures.includes($from.node(depth).type.name)) return false;
	while (figures.includes($from.node(depth - 1).type.name)) depth--;
	const below = $from.after(depth);
	const next = editor.state.doc.resolve(below).nodeAfter;
	const go = editor.chain();
	// A paragraph that waits there already is the one.
	if (next?.type.name !== "paragraph" || next.content.size > 0) go.insertContentAt(below, { type: "paragraph" }, { updateSelection: false });
	return go.setTextSelection(below + 1).scrollIntoView().run();
}

export const Image = Node.create({
	name: "image",
	...rules("image"),
	isolating: true,
	draggable: true,
	addAttributes: () => attributes("image", { src: { default: null, parseHTML: (el) => el.getAttribute("data-src") ?? el.querySelector("img")?.getAttribute("src") ?? null } }),
	parseHTML: () => [{ tag: "figure[data-type=image]", contentElement: "figcaption" }],
	renderHTML: ({ HTMLAttributes }) => ["figure", mergeAttributes(HTMLAttributes, { "data-type": "image" }), ["figcaption", 0]],
	addNodeView: () => figure,
	addKeyboardShortcuts() {
		return { Enter: () => goOnBelow(this.editor) };
	},
});

export const Media = Node.create({
	name: "media",
	...rules("media"),
	isolating: true,
	draggable: true,
	addAttributes: () => attributes("media"),
	parseHTML: () => [{ tag: "figure[data-type=media][data-asset]", contentElement: "figcaption" }],
	renderHTML: ({ HTMLAttributes }) => ["figure", mergeAttributes(HTMLAttributes, { "data-type": "media" }), ["figcaption", 0]],
	addNodeView: () => player,
	addKeyboardShortcuts() {
		return { Enter: () => goOnBelow(this.editor) };
	},
});

export const Gallery = Node.create({
	name: "gallery",
	...rules("gallery"),
	isolating: true,
	addAttributes: () => attributes("gallery"),
	parseHTML: () => [{ tag: "div[data-type=gallery]" }],
	renderHTML: ({ HTMLAttributes }) => ["div", mergeAttributes(HTMLAttributes, { "data-type": "gallery", class: "gallery" }), 0],
});

export const Embed = Node.create({
	name: "embed",
	...rules("embed"),
	atom: true,
	draggable: true,
	addAttributes: () => attributes("embed"),
	parseHTML: () => [{ tag: "div[data-type=embed]" }],
	renderHTML: ({ HTMLAttributes }) => ["div", mergeAttributes(HTMLAttributes, { "data-type": "embed" })],
	addNodeView: () => frame((a) => ["Embed", (a.title as string) || (a.url as string)]),
});

export const RelatedStory = Node.create({
	name: "relatedStory",
	...rules("relatedStory"),
	atom: true,
	draggable: true,
	addAttributes: () => attributes("relatedStory"),
	parseHTML: () => [{ tag: "div[data-type=relatedStory]" }],
	renderHTML: ({ HTMLAttributes }) => ["div", mergeAttributes(HTMLAttributes, { "data-type": "relatedStory" })],
	addNodeView: () => frame((a) => ["Related story", (a.title as string) || (a.href as string)]),
});

export const RawHTML = Node.create({
	name: "rawHTML",
	...rules("rawHTML"),
	atom: true,
	draggable: true,
	addAttributes: () => attributes("rawHTML"),
	parseHTML: () => [{ tag: "div[data-type=rawHTML]" }],
	renderHTML: ({ HTMLAttributes }) => ["div", mergeAttributes(HTMLAttributes, { "data-type": "rawHTML" })],
	addNodeView: () => frame((a) => ["Raw HTML", String(a.html ?? "").slice(0, 400)]),
});

export const media = [Image, Media, Gallery, Embed, RelatedStory, RawHTML];
