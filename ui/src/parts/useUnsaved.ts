// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useBlocker } from "@tanstack/react-router";
import type { Search } from "../search";
import { confirm } from "./confirm";

/**
 * Asks before the screen is left while something on it is not saved. What is
 * open beside a list is named by its part of the address: useUnsaved(dirty, "person").
 */
export function useUnsaved(unsaved: boolean, open?: string) {
	useBlocker({
		// A changed filter stays on the screen and loses nothing.
		shouldBlockFn: async ({ current, next }) => {
			const stays = current.pathname === next.pathname && (!open || part(current.search, open) === part(next.search, open));
			if (!unsaved || stays) return false;
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

const part = (search: unknown, name: string) => (search as Search)[name];
