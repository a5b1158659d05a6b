// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

/** The search part of an address, as every screen sees it: plain text. */
export type Search = Record<string, string | undefined>;

// The router would write values as JSON ("?q=%2217%22"). Ours stay as people
// write and share them ("?q=17"); screens read text anyway.
export function parseSearch(text: string): Search {
	return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Search): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(search)) if (value) params.set(name, value);
	const text = params.toString();
	return text && `?${text}`;
}

export const validateSearch = (search: Record<string, unknown>): Search => search as Search;
