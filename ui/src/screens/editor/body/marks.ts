// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Mark, markInputRule, markPasteRule, mergeAttributes } from "@tiptap/core";
import type { ParseRule } from "@tiptap/pm/model";
import { attributes } from "./rules";

interface Simple {
	name: string;
	tag: string;
	/** Other tags and styles that mean the same. */
	parse?: ParseRule[];
	keys?: string[];
	/** Markdown: what stands before and after. */
	typed?: RegExp[];
}

function simple({ name, tag, parse = [], keys = [], typed = [] }: Simple) {
	return Mark.create({
		name,
		parseHTML: () => [{ tag }, ...parse],
		renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
		addKeyboardShortcuts() {
			return Object.fromEntries(keys.map((k) => [k, () => this.editor.commands.toggleMark(name)]));
		},
		addInputRules() {
			return typed.map((find) => markInputRule({ find, type: this.type }));
		},
	});
}

const heavy = (v: string | HTMLElement) => (/^(bold|bolder|[5-9]\d{2,})$/.test(String(v)) ? null : false);
const slanted = (v: string | HTMLElement) => (/^(italic|oblique)/.test(String(v)) ? null : false);

export const Bold = simple({
	name: "bold",
	tag: "strong",
	// Google Docs wraps everything in a <b> that is not bold.
	parse: [{ tag: "b", getAttrs: (el) => ((el as HTMLElement).style.fontWeight === "normal" ? false : null) }, { style: "font-weight", getAttrs: heavy }],
	keys: ["Mod-b"],
	typed: [/(?:^|\s)(\*\*(?!\s+\*\*)((?:[^*]+))\*\*(?!\s+\*\*))$/],
});
export const Italic = simple({
	name: "italic",
	tag: "em",
	parse: [{ tag: "i", getAttrs: (el) => ((el as HTMLElement).style.fontStyle === "normal" ? false : null) }, { style: "font-style", getAttrs: slanted }],
	keys: ["Mod-i"],
	typed: [/(?:^|\s)(\*(?!\s+\*)((?:[^*]+))\*(?!\s+\*))$/, /(?:^|\s)(_(?!\s+_)((?:[^_]+))_(?!\s+_))$/],
});
export const Underline = simple({ name: "underline", tag: "u", keys: ["Mod-u"] });
export const Strike = simple({ name: "strike", tag: "s", parse: [{ tag: "del" }, { tag: "strike" }], keys: ["Mod-Shift-s"], typed: [/(?:^|\s)(~~(?!\s+~~)((?:[^~]+))~~(?!\s+~~))$/] });
export const Subscript = simple({ name: "subscript", tag: "sub", keys: ["Mod-,"] });
export const Superscript = simple({ name: "superscript", tag: "sup", keys: ["Mod-."] });
export const Code = simple({ name: "code", tag: "code", keys: ["Mod-e"], typed: [/(?:^|\s)(`([^`]+)`)$/] });

const webAddress = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;

export const Link = Mark.create({
	name: "link",
	inclusive: false,
	addAttributes: () =>
		attributes("link", {
			href: { isRequired: true, parseHTML: (el) => el.getAttribute("href"), renderHTML: (a) => ({ href: a.href as string }) },
			title: { default: null, parseHTML: (el) => el.getAttribute("title") },
		}),
	parseHTML: () => [{ tag: "a[href]", getAttrs: (el) => (safe((el as HTMLElement).getAttribute("href") ?? "") ? null : false) }],
	renderHTML: ({ HTMLAttributes }) => ["a", mergeAttributes(HTMLAttributes, { rel: "noreferrer" }), 0],
	addInputRules() {
		return [
			markInputRule({
				// [words](https://...): the words become the link.
				find: (text) => {
					const m = /\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)$/.exec(text);
					return m ? { index: m.index, text: m[0], replaceWith: m[1], data: { href: m[2] } } : null;
				},
				type: this.type,
				getAttributes: (m) => ({ href: m.data?.href as string }),
			}),
		];
	},
	addPasteRules() {
		return [
			markPasteRule({
				find: (text) => [...text.matchAll(webAddress)].map((m) => ({ index: m.index, text: m[0], data: { href: m[0] } })),
				type: this.type,
				getAttributes: (m) => ({ href: m.data?.href as string }),
			}),
		];
	},
});

/** Addresses that a link may lead to; the server judges again. */
export function safe(href: string): boolean {
	return /^(https?:\/\/|mailto:|tel:|\/|#)/i.test(href.trim());
}

export const marks = [Link, Bold, Italic, Underline, Strike, Subscript, Superscript, Code];
