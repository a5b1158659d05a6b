// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

/** The moment at which a day ends in a time zone, as RFC 3339. */
export function endOfDay(day: string, timeZone: string): string {
	const [y, m, d] = day.split("-").map(Number);
	// Midnight as if the zone were UTC, moved by what the zone's clock then shows.
	const naive = Date.UTC(y ?? 0, (m ?? 1) - 1, (d ?? 1) + 1);
	const first = naive - offset(naive, timeZone);
	return new Date(naive - offset(first, timeZone)).toISOString();
}

/** The last day before a moment, in a time zone: the way back. */
export function dayBefore(at: string, timeZone: string): string {
	return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(new Date(at).getTime() - 1));
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offset(at: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat("en-US", {
		timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
	}).formatToParts(new Date(at));
	const get = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0);
	return Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute"), get("second")) - at;
}
