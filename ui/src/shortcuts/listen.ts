// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { shortcuts, singleKeys } from "./registry";

// How long after "g" the "s" may come.
const patience = 1000;

/** Starts listening for the registered keys; the answer stops it. */
export function listen() {
	let before = "";
	let forget: number | undefined;

	function onKey(e: KeyboardEvent) {
		const mod = e.ctrlKey || e.metaKey;
		if (e.defaultPrevented || e.isComposing || e.altKey) return;
		if (!mod && (!singleKeys.get() || isTyping(e.target) || isInDialog(e.target))) return;

		const key = mod ? `mod+${e.key.toLowerCase()}` : e.key;
		const both = before && `${before} ${key}`;
		const all = shortcuts.get();
		const hit = all.findLast((s) => s.keys === both) ?? all.findLast((s) => s.keys === key);
		window.clearTimeout(forget);
		before = "";
		if (hit) {
			e.preventDefault();
			hit.run();
		} else if (all.some((s) => s.keys.startsWith(`${key} `))) {
			before = key;
			forget = window.setTimeout(() => (before = ""), patience);
		}
	}

	document.addEventListener("keydown", onKey);
	return () => {
		window.clearTimeout(forget);
		document.removeEventListener("keydown", onKey);
	};
}

// A checkbox or a button takes no letters, so keys still act there.
function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"));
}

function isInDialog(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest("[role=dialog], [role=menu], [role=listbox]") !== null;
}
