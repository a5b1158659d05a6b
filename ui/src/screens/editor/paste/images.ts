// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { standIn } from "./incoming";

// What is no picture of the story: a counter of readers, a face, an arrow.
const small = 48;
const counters = /(^|[/_.-])(pixel|spacer|blank|beacon|transparent|1x1)[^/]*\.(gif|png)/i;

/** Makes figures of the pictures of a page, on their own between its blocks. */
export function images(root: HTMLElement) {
	for (const img of root.querySelectorAll("img")) {
		const url = sourceOf(img);
		if (!img.isConnected || !url) continue;
		const outer = img.closest("figure");
		const doc = root.ownerDocument;
		const figure = doc.createElement("figure");
		figure.dataset.type = "image";
		const alt = (img.getAttribute("alt") ?? "").trim();
		figure.dataset.src = standIn({ url, alt });
		if (alt) figure.dataset.alt = alt;
		const caption = doc.createElement("figcaption");
		const said = outer?.querySelector("figcaption");
		if (said) caption.append(...said.childNodes);
		said?.remove();
		figure.append(caption);
		stand(figure, img, root);
	}
}

/** Puts the figure beside the block in which its picture stood: before its words or after them. */
function stand(figure: HTMLElement, img: Element, root: HTMLElement) {
	let block: Element = img.closest("figure:not([data-type])") ?? img;
	// A list or a table stays whole.
	for (let e: Element | null = block; e && e !== root; e = e.parentElement) if (e.matches("table, ul, ol, p, h1, h2, h3, h4, h5, h6, a, pre")) block = e;
	const first = block.textContent?.trim() !== "" && !before(block, img);
	img.remove();
	if (first) block.before(figure);
	else {
		// Several of one block keep their order.
		let after = block;
		while (after.nextElementSibling?.matches("figure[data-type=image]")) after = after.nextElementSibling;
		after.after(figure);
	}
	if (block.matches("figure:not([data-type])") && !block.textContent?.trim() && !block.querySelector("img")) block.remove();
}

/** Whether words of the block stand before the picture. */
function before(block: Element, img: Element): boolean {
	const range = block.ownerDocument.createRange();
	range.setStart(block, 0);
	range.setEndBefore(block === img ? (block.parentElement as Element).firstChild! : img);
	return range.toString().trim() !== "";
}

/** Where the picture is, the largest of what is offered; nothing when it is none of the story's. */
function sourceOf(img: HTMLImageElement): string {
	const size = (name: string) => Number.parseInt(img.getAttribute(name) ?? "", 10);
	if (size("width") <= small || size("height") <= small) return "";
	if (img.closest("[hidden], [aria-hidden=true]") && !img.getAttribute("alt")) return "";
	const src = img.getAttribute("src") ?? "";
	const lazy = img.getAttribute("data-src") ?? img.getAttribute("data-lazy-src") ?? "";
	// Before it is scrolled to, a picture may have a placeholder for its address.
	const plain = lazy && (src === "" || /^data:image\/(gif|svg)/i.test(src)) ? lazy : src;
	const url = largest(img.getAttribute("srcset") ?? img.getAttribute("data-srcset") ?? "") || plain;
	if (!url || counters.test(url) || /^data:image\/svg/i.test(url)) return "";
	// A page's own picture of a few bytes is a dot.
	return /^data:/i.test(url) && url.length < 200 ? "" : url.replace(/^\/\//, "https://");
}

function largest(srcset: string): string {
	let best = "";
	let most = 0;
	for (const m of srcset.matchAll(/(https?:\S+?)\s+([\d.]+)[wx]/g)) {
		if (Number(m[2]) <= most) continue;
		most = Number(m[2]);
		best = m[1] ?? "";
	}
	return best;
}
