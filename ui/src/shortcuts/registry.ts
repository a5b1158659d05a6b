// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { value } from "../api/value";

export interface Shortcut {
	/** One key ("j", "?"), keys after each other ("g s"), or with Ctrl/Cmd ("mod+k"). */
	keys: string;
	/** What it does, for the list under "?". */
	words: string;
	run: () => void;
}

/** All shortcuts that something on screen has registered, the newest last. */
export const shortcuts = value<readonly Shortcut[]>([]);

const store = "stet.single-keys";

/** Whether single keys act. Some people dictate, and every word is keys (WCAG 2.1.4). */
export const singleKeys = value(localStorage.getItem(store) !== "off");

export function setSingleKeys(on: boolean) {
	localStorage.setItem(store, on ? "on" : "off");
	singleKeys.set(on);
}

export function register(shortcut: Shortcut) {
	shortcuts.set([...shortcuts.get(), shortcut]);
	return () => shortcuts.set(shortcuts.get().filter((s) => s !== shortcut));
}
