// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Search } from "../search";

/** All filters of the screen, as they stand in its address. */
export function useFilters(): Search {
	return useSearch({ strict: false }) as Search;
}

/**
 * One filter, kept in the address so that every list can be linked to:
 * `const [status, setStatus] = useFilter("status")`. An empty value takes it out.
 */
export function useFilter(name: string): [string, (value: string | null) => void] {
	const filters = useFilters();
	const set = useSetFilters();
	return [filters[name] ?? "", (value) => set({ [name]: value || undefined })];
}

/** Changes several filters at once. */
export function useSetFilters(): (change: Search) => void {
	const navigate = useNavigate();
	// Typing a search should not fill the history: "back" leaves the screen.
	return (change) => void navigate({ to: ".", search: (before: Search) => ({ ...before, ...change }), replace: true });
}
