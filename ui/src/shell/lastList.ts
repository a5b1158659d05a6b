// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ArticleKind } from "../api/nouns";
import { parseSearch, type Search } from "../search";

// The list from which one opened a story, with its filter, for the way back. It
// is the window's own: two windows may work on two lists.
const key = "stet.list";

const lists = { "/stories": "Stories", "/pages": "Pages", "/calendar": "Calendar", "/activity": "Activity", "/fronts": "Front pages" } as const;

type ListPath = keyof typeof lists;

const isList = (path: string): path is ListPath => Object.hasOwn(lists, path);

/** Remembers where one is, when it is a list. */
export function rememberList(path: string, search: string) {
	if (!isList(path)) return;
	try {
		sessionStorage.setItem(key, path + search);
	} catch {
		// A browser that keeps nothing leads back to the whole list.
	}
}

/** The list that one comes from; all stories, or all pages, when from none. */
export function lastList(kind: ArticleKind): { to: ListPath; search: Search; words: string } {
	let kept = "";
	try {
		kept = sessionStorage.getItem(key) ?? "";
	} catch {
		// As above.
	}
	const [path = "", search = ""] = kept.split(/(?=\?)/, 2);
	const to = isList(path) ? path : kind === "page" ? "/pages" : "/stories";
	return { to, search: isList(path) ? parseSearch(search) : {}, words: lists[to] };
}
