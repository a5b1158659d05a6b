// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { api, ask } from "../api/client";

/** Something that a finder found, and where it is at the desk. */
export interface Found {
	id: string;
	words: string;
	/** A few words that tell it from its namesakes. */
	aside?: string;
	to: string;
}

interface Finder {
	group: string;
	find: (q: string) => Promise<Found[]>;
}

/** Where the palette looks besides acts. A screen whose noun can be searched adds its finder here. */
export const finders: Finder[] = [
	{
		group: "Stories",
		find: async (q) => {
			const page = await ask(api.GET("/api/articles", { params: { query: { q, limit: 8 } } }));
			return (page.items ?? []).map((a) => ({ id: a.id, words: a.headline || "Untitled", aside: a.status, to: `/articles/${a.id}` }));
		},
	},
	{
		group: "People",
		find: async (q) => {
			const page = await ask(api.GET("/api/people", { params: { query: { q, limit: 5 } } }));
			return (page.items ?? []).map((p) => ({ id: p.id, words: p.name, to: `/people?person=${p.id}` }));
		},
	},
	{
		group: "Statements",
		find: async (q) => {
			const page = await ask(api.GET("/api/statements", { params: { query: { q, limit: 4 } } }));
			return (page.items ?? []).map((s) => ({ id: s.id, words: s.words.length > 90 ? `${s.words.slice(0, 88)} …` : s.words, aside: s.speaker.name, to: `/record/statements?statement=${s.id}` }));
		},
	},
	{
		group: "Media",
		find: async (q) => {
			const page = await ask(api.GET("/api/assets", { params: { query: { q, limit: 5 } } }));
			return (page.items ?? []).map((a) => ({ id: a.id, words: a.alt || a.caption || a.filename, aside: a.credit, to: `/media?asset=${a.id}` }));
		},
	},
];
