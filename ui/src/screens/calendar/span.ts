// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { addDays } from "../../api/zone";

export type View = "month" | "week";

/** Monday is 0: weeks begin on Monday, as in the newsrooms that we know. */
const weekday = (day: string) => (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;

export const monday = (day: string) => addDays(day, -weekday(day));

/** The days that a view shows: whole weeks. */
export function daysOf(view: View, day: string): string[] {
	const first = view === "week" ? monday(day) : monday(`${day.slice(0, 7)}-01`);
	const weeks = view === "week" ? 1 : weeksOf(day.slice(0, 7), first);
	return Array.from({ length: 7 * weeks }, (_, i) => addDays(first, i));
}

/** How many weeks a month touches. */
function weeksOf(month: string, first: string): number {
	let n = 1;
	while (addDays(first, 7 * n).slice(0, 7) === month) n++;
	return n;
}

/** The day to show after or before: a week or a month on. */
export function step(view: View, day: string, by: 1 | -1): string {
	if (view === "week") return addDays(day, 7 * by);
	const [y = 0, m = 1] = day.split("-").map(Number);
	return new Date(Date.UTC(y, m - 1 + by, 1)).toISOString().slice(0, 10);
}
