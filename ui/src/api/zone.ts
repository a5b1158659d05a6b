// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Days and times are the magazine's, whatever zone the computer is set to. The
// program stores moments in UTC; here what the clocks of a zone show is turned
// into moments, of which there may be two, or none, when the clocks change.

const minute = 60_000;

/** How far ahead of UTC the zone's clocks are at the moment, in minutes. */
export function offsetAt(moment: number, zone: string): number {
	const parts = new Intl.DateTimeFormat("en-u-ca-iso8601-hc-h23", {
		timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
	}).formatToParts(moment);
	const n = (type: string) => Number(parts.find((p) => p.type === type)?.value);
	const shown = Date.UTC(n("year"), n("month") - 1, n("day"), n("hour"), n("minute"), n("second"));
	return Math.round((shown - Math.floor(moment / 1000) * 1000) / minute);
}

/** "2026-10-25T02:30" on the zone's clocks: the moments at which they show it, the first one first. */
export function momentsOf(local: string, zone: string): number[] {
	const shown = Date.parse(`${local}Z`);
	if (Number.isNaN(shown)) return [];
	const day = 24 * 60 * minute;
	const offsets = new Set([offsetAt(shown - day, zone), offsetAt(shown + day, zone)]);
	return [...offsets]
		.map((o) => shown - o * minute)
		.filter((t) => t + offsetAt(t, zone) * minute === shown)
		.toSorted((a, b) => a - b);
}

/** The first moment at or after what the clocks were to show: in a gap, when it ends. */
export function momentOf(local: string, zone: string): number {
	const [first] = momentsOf(local, zone);
	if (first !== undefined) return first;
	const shown = Date.parse(`${local}Z`);
	// Clocks that go forward at 2 show 3:30 when 2:30 would have been.
	return shown - offsetAt(shown - 24 * 60 * minute, zone) * minute;
}

/** What the zone's clocks show: "2026-10-25T02:30". */
export function localOf(moment: number | string, zone: string): string {
	const t = typeof moment === "string" ? Date.parse(moment) : moment;
	return new Date(t + offsetAt(t, zone) * minute).toISOString().slice(0, 16);
}

export const dayOf = (moment: number | string, zone: string) => localOf(moment, zone).slice(0, 10);
export const timeOf = (moment: number | string, zone: string) => localOf(moment, zone).slice(11);

/** The moment at which a day begins, as the API wants it. */
export const dayStart = (day: string, zone: string) => new Date(momentOf(`${day}T00:00`, zone)).toISOString();

/** Days are counted without clocks: "2026-10-25" plus one is "2026-10-26". */
export function addDays(day: string, n: number): string {
	const [y = 0, m = 1, d = 1] = day.split("-").map(Number);
	return new Date(Date.UTC(y, m - 1, d + n)).toISOString().slice(0, 10);
}

export const nextDay = (day: string) => addDays(day, 1);

const two = (n: number) => String(n).padStart(2, "0");

/** "UTC+02:00", to tell the two half past twos of an October night apart. */
export function offsetName(moment: number, zone: string): string {
	const m = offsetAt(moment, zone);
	const abs = Math.abs(m);
	return `UTC${m < 0 ? "−" : "+"}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
}
