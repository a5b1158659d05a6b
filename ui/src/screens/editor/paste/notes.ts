// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// A footnote of Word or Google Docs is a link to a place at the end, where a
// link leads back. Here it is a note in the text, where it belongs.

const target = (a: Element) => /#(.+)$/.exec(a.getAttribute("href") ?? "")?.[1];

/** Puts footnotes into the text. */
export function footnotes(root: HTMLElement) {
	for (const ref of root.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')) {
		if (!ref.isConnected) continue;
		const name = target(ref);
		const own = ref.getAttribute("name") ?? ref.id;
		if (!name || !own || !/^(_?ftn|_edn|ftnt|cmnt|fn|_?footnote|note)/i.test(name)) continue;
		const back = place(root, name);
		if (!back || back === ref || target(back) !== own) continue;
		const home = back.closest<HTMLElement>("div[id], li, p");
		if (!home || home.contains(ref)) continue;
		const note = root.ownerDocument.createElement("span");
		note.dataset.type = "footnote";
		back.remove();
		note.append(...inlineOf(home));
		home.remove();
		// The number stands raised, in the reference or around it.
		(ref.closest("sup") ?? ref).replaceWith(note);
	}
	for (const e of root.querySelectorAll('[data-style*="mso-element:footnote-list"], [data-style*="mso-element: footnote-list"]')) e.remove();
}

function place(root: HTMLElement, name: string): Element | null {
	return root.querySelector(`a[name="${CSS.escape(name)}"], a#${CSS.escape(name)}`) ?? root.querySelector(`#${CSS.escape(name)} a[href*="#"]`);
}

function inlineOf(home: HTMLElement): Node[] {
	const out: Node[] = [];
	const paragraphs = home.querySelectorAll("p");
	const from = paragraphs.length > 0 ? [...paragraphs] : [home];
	from.forEach((p, i) => {
		if (i > 0) out.push(home.ownerDocument.createTextNode(" "));
		out.push(...p.childNodes);
	});
	const first = out.find((n) => (n.textContent ?? "").trim() !== "");
	const text = first && firstText(first);
	if (text) text.data = text.data.replace(/^[\s\u00a0]+/, "");
	return out;
}

function firstText(n: Node): Text | null {
	if (n.nodeType === Node.TEXT_NODE) return n as Text;
	return (n.ownerDocument as Document).createTreeWalker(n, NodeFilter.SHOW_TEXT).nextNode() as Text | null;
}
