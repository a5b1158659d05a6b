// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ArticleRow } from "../../api/nouns";
import { dayOf } from "../../api/zone";

/** Something that happens to a story on a day. */
export interface Event {
	key: string;
	article: ArticleRow;
	what: "published" | "scheduled" | "update" | "due";
	at: string;
	/** "2026-10-25", on the magazine's clocks. */
	day: string;
}

/** What happens when, in the order of the day. What was published does not move. */
export function eventsOf(articles: ArticleRow[], zone: string): Event[] {
	const out: Event[] = [];
	for (const a of articles) {
		const add = (what: Event["what"], at: string | undefined) => at && out.push({ key: `${what}:${a.id}`, article: a, what, at, day: dayOf(at, zone) });
		if (a.status === "published") add("published", a.publishedAt);
		add(a.status === "published" ? "update" : "scheduled", a.scheduledAt);
		if (a.status !== "published" && a.status !== "withdrawn") add("due", a.dueAt);
	}
	return out.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1));
}

export const movable = (e: Event) => e.what !== "published";

export const spoken: Record<Event["what"], string> = { published: "published", scheduled: "scheduled", update: "update scheduled", due: "due" };
