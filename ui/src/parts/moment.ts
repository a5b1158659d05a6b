// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// A moment is typed as the clock on the magazine's wall shows it, whatever zone
// the computer at hand is set to: "2026-11-25T06:00", as datetime-local has it.

/** What the magazine's clock shows at a moment, to the minute. */
export function wall(at: string | Date, timeZone: string): string {
	// The Swedish way of writing a time is the ISO one.
	const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(new Date(at));
	return parts.replace(" ", "T");
}

/** The moment at which the magazine's clock shows this. One that it skips in spring is moved on by what is skipped. */
export function momentOf(shown: string, timeZone: string): string {
	const asUTC = Date.parse(`${shown}:00Z`);
	let at = asUTC;
	// The zone's distance from UTC depends on the moment sought; two rounds settle it.
	for (let round = 0; round < 2; round++) at = asUTC - (Date.parse(`${wall(new Date(at), timeZone)}:00Z`) - at);
	return new Date(at).toISOString();
}
