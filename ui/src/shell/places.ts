// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Act } from "../api/session";

export interface Place {
	to: "/stories" | "/calendar" | "/fronts" | "/media" | "/people" | "/record" | "/taxonomy" | "/pages" | "/corrections" | "/settings" | "/staff" | "/activity";
	words: string;
	/** After "g": "g s" goes to the stories. */
	key: string;
	/** Only for those who may do this. */
	needs?: Act;
	/** Begins a new group in the rail. */
	first?: true;
}

/** The rail: the day's work first, then what the magazine is made of, then the house. */
export const places: Place[] = [
	{ to: "/stories", words: "Stories", key: "s" },
	{ to: "/calendar", words: "Calendar", key: "c" },
	{ to: "/fronts", words: "Front pages", key: "f", needs: "arrange front pages" },
	{ to: "/media", words: "Media", key: "m", first: true },
	{ to: "/people", words: "People", key: "p" },
	{ to: "/record", words: "The record", key: "q", needs: "keep the record" },
	{ to: "/taxonomy", words: "Sections", key: "t", needs: "change sections, genres and topics" },
	{ to: "/pages", words: "Pages", key: "a", needs: "publish stories" },
	{ to: "/corrections", words: "Corrections", key: "r" },
	{ to: "/settings", words: "Settings", key: "e", needs: "change the settings", first: true },
	{ to: "/staff", words: "Staff", key: "u", needs: "change accounts" },
	{ to: "/activity", words: "Activity", key: "y", needs: "publish stories" },
];
