// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useEffect, useRef } from "react";
import { type Shortcut, register } from "./registry";

/**
 * Lets keys do something while the component is on screen, and lists them under
 * "?". `useShortcut({ keys: "g s", words: "Go to stories", run })`. Where two
 * want the same keys, the one that came last has them.
 */
export function useShortcut({ keys, words, run }: Shortcut, offered = true) {
	const latest = useRef(run);
	useEffect(() => {
		latest.current = run;
	});
	useEffect(() => {
		if (offered) return register({ keys, words, run: () => latest.current() });
	}, [keys, words, offered]);
}
