// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Node, mergeAttributes, nodeInputRule, textblockTypeInputRule, wrappingInputRule } from "@tiptap/core";
import { attributes, rules } from "./rules";

export const Doc = Node.create({ name: "doc", topNode: true, ...rules("doc") });
export const Text = Node.create({ name: "text", ...rules("text") });

export const Paragraph = Node.create({
	name: "paragraph",
	priority: 1000,
	...rules("paragraph"),
	addAttributes: () => attributes("paragraph"),
	parseHTML: () => [{ tag: "p" }],
	renderHTML: ({ HTMLAttributes }) => ["p", HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { "Mod-Alt-0": () => this.editor.commands.setNode("paragraph") };
	},
});

export const HardBreak = Node.create({
	name: "hardBreak",
	...rules("hardBreak"),
	selectable: false,
	linebreakReplacement: true,
	parseHTML: () => [{ tag: "br" }],
	renderHTML: () => ["br"],
	renderText: () => "\n",
	addKeyboardShortcuts() {
		return { "Shift-Enter": () => this.editor.commands.first(({ commands }) => [() => commands.exitCode(), () => commands.insertContent({ type: "hardBreak" })]) };
	},
});

const levels = [2, 3, 4];

export const Heading = Node.create({
	name: "heading",
	...rules("heading"),
	defining: true,
	addAttributes: () => attributes("heading", { level: { default: 2, isRequired: false, rendered: false } }),
	// A page's h1 is its headline; what comes with one becomes the first level here.
	parseHTML: () => [
		{ tag: "h1", attrs: { level: 2 } },
		...levels.map((level) => ({ tag: `h${level}`, attrs: { level } })),
		{ tag: "h5", attrs: { level: 4 } },
		{ tag: "h6", attrs: { level: 4 } },
	],
	renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return Object.fromEntries(levels.map((level) => [`Mod-Alt-${level}`, () => this.editor.commands.toggleNode("heading", "paragraph", { level })]));
	},
	addInputRules() {
		return levels.map((level) => textblockTypeInputRule({ find: new RegExp(`^(#{${level}})\\s$`), type: this.type, getAttributes: { level } }));
	},
});

export const Blockquote = Node.create({
	name: "blockquote",
	...rules("blockquote"),
	defining: true,
	addAttributes: () => attributes("blockquote", { cite: { default: null, parseHTML: (el) => el.getAttribute("cite"), renderHTML: (a) => (a.cite ? { cite: a.cite as string } : {}) } }),
	parseHTML: () => [{ tag: "blockquote" }],
	renderHTML: ({ HTMLAttributes }) => ["blockquote", HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { "Mod-Shift-b": () => this.editor.commands.toggleWrap("blockquote") };
	},
	addInputRules() {
		return [wrappingInputRule({ find: /^\s*>\s$/, type: this.type })];
	},
});

export const PullQuote = Node.create({
	name: "pullQuote",
	...rules("pullQuote"),
	defining: true,
	addAttributes: () => attributes("pullQuote"),
	parseHTML: () => [{ tag: "aside[data-type=pullQuote]" }],
	renderHTML: ({ HTMLAttributes }) => ["aside", mergeAttributes(HTMLAttributes, { "data-type": "pullQuote", class: "pull-quote" }), 0],
	addKeyboardShortcuts() {
		// A pull quote is one passage: Enter goes on below it.
		return { Enter: () => this.editor.isActive("pullQuote") && this.editor.commands.exitCode() };
	},
});

export const Box = Node.create({
	name: "box",
	...rules("box"),
	defining: true,
	isolating: true,
	addAttributes: () => attributes("box"),
	parseHTML: () => [{ tag: "aside[data-type=box]" }],
	renderHTML: ({ HTMLAttributes }) => ["aside", mergeAttributes(HTMLAttributes, { "data-type": "box", class: "box" }), 0],
});

export const CodeBlock = Node.create({
	name: "codeBlock",
	...rules("codeBlock"),
	defining: true,
	addAttributes: () => attributes("codeBlock"),
	parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
	renderHTML: ({ HTMLAttributes }) => ["pre", HTMLAttributes, ["code", 0]],
	addKeyboardShortcuts() {
		return { "Mod-Alt-c": () => this.editor.commands.toggleNode("codeBlock", "paragraph") };
	},
	addInputRules() {
		return [textblockTypeInputRule({ find: /^```\s$/, type: this.type })];
	},
});

export const HorizontalRule = Node.create({
	name: "horizontalRule",
	...rules("horizontalRule"),
	addAttributes: () => attributes("horizontalRule"),
	parseHTML: () => [{ tag: "hr" }],
	renderHTML: ({ HTMLAttributes }) => ["hr", HTMLAttributes],
	addInputRules() {
		return [nodeInputRule({ find: /^(?:---|—-|\*\*\*\s)$/, type: this.type })];
	},
});

export const BulletList = Node.create({
	name: "bulletList",
	...rules("bulletList"),
	addAttributes: () => attributes("bulletList"),
	parseHTML: () => [{ tag: "ul" }],
	renderHTML: ({ HTMLAttributes }) => ["ul", HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { "Mod-Shift-8": () => this.editor.commands.toggleList("bulletList", "listItem") };
	},
	addInputRules() {
		return [wrappingInputRule({ find: /^\s*([-+*])\s$/, type: this.type })];
	},
});

export const OrderedList = Node.create({
	name: "orderedList",
	...rules("orderedList"),
	addAttributes: () =>
		attributes("orderedList", { start: { default: 1, parseHTML: (el) => Number(el.getAttribute("start") ?? 1) || 1, renderHTML: (a) => (a.start === 1 ? {} : { start: a.start as number }) } }),
	parseHTML: () => [{ tag: "ol" }],
	renderHTML: ({ HTMLAttributes }) => ["ol", HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { "Mod-Shift-7": () => this.editor.commands.toggleList("orderedList", "listItem") };
	},
	addInputRules() {
		return [wrappingInputRule({ find: /^(\d+)\.\s$/, type: this.type, getAttributes: (m) => ({ start: Number(m[1]) }) })];
	},
});

export const ListItem = Node.create({
	name: "listItem",
	...rules("listItem"),
	defining: true,
	addAttributes: () => attributes("listItem"),
	parseHTML: () => [{ tag: "li" }],
	renderHTML: ({ HTMLAttributes }) => ["li", HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return {
			Enter: () => this.editor.commands.splitListItem("listItem"),
			Tab: () => this.editor.commands.sinkListItem("listItem"),
			"Shift-Tab": () => this.editor.commands.liftListItem("listItem"),
		};
	},
});

export const Footnote = Node.create({
	name: "footnote",
	...rules("footnote"),
	marks: "_",
	addAttributes: () => attributes("footnote"),
	parseHTML: () => [{ tag: "span[data-type=footnote]" }],
	renderHTML: ({ HTMLAttributes }) => ["span", mergeAttributes(HTMLAttributes, { "data-type": "footnote", class: "footnote" }), 0],
	addKeyboardShortcuts() {
		return {
			// A note is one passage: Enter goes on in the text behind it.
			Enter: () => {
				const { $from } = this.editor.state.selection;
				return $from.parent.type.name === "footnote" && this.editor.commands.setTextSelection($from.after());
			},
		};
	},
});

export const blocks = [Doc, Text, Paragraph, HardBreak, Heading, Blockquote, PullQuote, Box, CodeBlock, HorizontalRule, BulletList, OrderedList, ListItem, Footnote];
