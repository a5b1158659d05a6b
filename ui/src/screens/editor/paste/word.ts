// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Word has no lists on the clipboard: it has paragraphs of the class
// MsoListParagraph whose style says level and list, and whose first run is the
// bullet or number as text.

interface Item {
	p: HTMLElement;
	level: number;
	ordered: boolean;
	start: number;
}

/** Makes lists of Word's list paragraphs. */
export function wordLists(root: HTMLElement) {
	let run: Item[] = [];
	const flush = () => {
		if (run.length > 0) build(run);
		run = [];
	};
	for (const p of root.querySelectorAll<HTMLElement>("p")) {
		const item = read(p);
		const follows = run.length > 0 && (run.at(-1) as Item).p.nextElementSibling === p;
		if (item && (run.length === 0 || follows)) run.push(item);
		else {
			flush();
			if (item) run.push(item);
		}
	}
	flush();
}

function read(p: HTMLElement): Item | undefined {
	const style = p.getAttribute("data-style") ?? "";
	const level = /mso-list:\s*\S+\s+level(\d+)/.exec(style);
	if (!level) return undefined;
	const bullet = takeBullet(p);
	return { p, level: Number(level[1]), ordered: /^[\da-zA-Z]{1,5}[.)]/.test(bullet), start: Number(/^\d+/.exec(bullet)?.[0] ?? 1) };
}

/** Removes the bullet that Word wrote as text, and says what it was. */
function takeBullet(p: HTMLElement): string {
	const marked = p.querySelector<HTMLElement>('span[data-style*="mso-list"]');
	if (marked) {
		const text = marked.textContent ?? "";
		marked.remove();
		return text.trim();
	}
	// Without the mark it is the first text, a bullet and some no-break spaces.
	const first = p.ownerDocument.createTreeWalker(p, NodeFilter.SHOW_TEXT).nextNode();
	const m = /^\s*([·•o§–-]|[\da-zA-Z]{1,5}[.)])[\s\u00a0]+/.exec(first?.textContent ?? "");
	if (!first || !m) return "";
	first.textContent = (first.textContent ?? "").slice(m[0].length);
	return m[1] ?? "";
}

function build(items: Item[]) {
	const doc = (items[0] as Item).p.ownerDocument;
	const open: { list: HTMLElement; level: number }[] = [];
	for (const item of items) {
		while (open.length > 1 && (open.at(-1)?.level ?? 0) > item.level) open.pop();
		let top = open.at(-1);
		if (!top || item.level > top.level) {
			const list = doc.createElement(item.ordered ? "ol" : "ul");
			if (item.ordered && item.start > 1) list.setAttribute("start", String(item.start));
			if (top) (top.list.lastElementChild ?? top.list).append(list);
			else item.p.before(list);
			top = { list, level: item.level };
			open.push(top);
		}
		const li = doc.createElement("li");
		const inner = doc.createElement("p");
		inner.append(...item.p.childNodes);
		li.append(inner);
		top.list.append(li);
		item.p.remove();
	}
}
