// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useEffect, useRef } from "react";
import { value } from "../api/value";

/** Something one can do, found by its words. */
export interface Command {
	/** "New story" */
	words: string;
	/** Shown as a heading above its kind: "Go to", "Story". */
	group: string;
	/** Shown beside it; registering the keys is useShortcut's. */
	keys?: string;
	run: () => void;
}

export const commands = value<readonly Command[]>([]);

/**
 * Offers an act in the palette while the component is on screen:
 * `useCommand({ words: "New story", group: "Stories", run })`.
 */
export function useCommand({ words, group, keys, run }: Command, offered = true) {
	const latest = useRef(run);
	useEffect(() => {
		latest.current = run;
	});
	useEffect(() => {
		if (!offered) return;
		const command = { words, group, keys, run: () => latest.current() };
		commands.set([...commands.get(), command]);
		return () => commands.set(commands.get().filter((c) => c !== command));
	}, [words, group, keys, offered]);
}
