// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useBlocker } from "@tanstack/react-router";
import { confirm } from "./confirm";

/** Asks before the screen is left while something on it is not saved. */
export function useUnsaved(unsaved: boolean) {
	useBlocker({
		// A changed filter stays on the screen and loses nothing.
		shouldBlockFn: async ({ current, next }) => {
			if (!unsaved || current.pathname === next.pathname) return false;
			return !(await confirm({
				title: "Leave without saving?",
				children: "What you changed here has not been saved yet.",
				act: "Leave",
				keep: "Stay",
				grave: true,
			}));
		},
		enableBeforeUnload: unsaved,
	});
}
