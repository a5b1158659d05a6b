// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { NodeViewRendererProps } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";

type Attrs = Record<string, unknown>;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text = ""): HTMLElementTagNameMap[K] {
	const e = document.createElement(tag);
	if (className) e.className = className;
	if (text) e.textContent = text;
	return e;
}

/** Where the desk gets a picture from: a rendition by the asset's id, or where it stands elsewhere. */
export function pictureURL(a: Attrs): string {
	if (a.asset) return `/media/${encodeURIComponent(String(a.asset))}/960.jpg`;
	return String(a.src ?? "");
}

/** A picture with its caption, which is written right below it. */
export function figure({ node }: NodeViewRendererProps) {
	const dom = el("figure", "picture");
	const img = el("img");
	const credit = el("span", "credit");
	const contentDOM = el("figcaption");
	const lacks = el("span", "lacks");
	const below = el("div", "below");
	for (const e of [img, credit, lacks]) e.contentEditable = "false";
	below.append(contentDOM, credit);
	dom.append(img, below, lacks);
	const show = (n: Node) => {
		dom.dataset.layout = String(n.attrs.layout);
		const url = pictureURL(n.attrs);
		if (img.getAttribute("src") !== url) img.src = url;
		img.alt = String(n.attrs.alt ?? "");
		contentDOM.dataset.empty = n.childCount === 0 ? "Caption" : "";
		credit.textContent = String(n.attrs.credit ?? "");
		lacks.textContent = n.attrs.alt ? "" : "No alternative text yet: choose the picture and describe it.";
	};
	show(node);
	return {
		dom,
		contentDOM,
		update(next: Node) {
			if (next.type !== node.type) return false;
			show(next);
			return true;
		},
		ignoreMutation: (m: { target: globalThis.Node; type: string }) => m.type !== "selection" && !contentDOM.contains(m.target),
	};
}

/** A block that is shown by what it is and what it says; it is changed in the bar. */
export function frame(say: (a: Attrs) => [string, string]) {
	return ({ node }: NodeViewRendererProps) => {
		const dom = el("div", "framed");
		const [head, text] = [el("span", "kind"), el("span", "says")];
		dom.append(head, text);
		const show = (n: Node) => {
			[head.textContent, text.textContent] = say(n.attrs);
		};
		show(node);
		return {
			dom,
			update(next: Node) {
				if (next.type !== node.type) return false;
				show(next);
				return true;
			},
		};
	};
}
