// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Languages in which magazines are likely to be written. Any other that is set
// already (by an import, or at the command line) stays and can be chosen.
const tags =
	"ar be bg bn bs ca cs cy da de de-AT de-CH el en en-GB en-US es es-MX et eu fa fi fr fr-CA ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk mn ms mt nb nl nn pl pt pt-BR ro ru sk sl sq sr sv sw ta th tr uk ur uz vi zh".split(" ");

interface Choice {
	value: string;
	label: string;
}

/** The languages by their names, each also in itself: "Norwegian Bokmål, norsk bokmål". */
export function languageChoices(now: string): Choice[] {
	const named = tags.includes(now) || !now ? tags : [now, ...tags];
	return named.map((value) => ({ value, label: languageName(value) })).toSorted((a, b) => a.label.localeCompare(b.label));
}

function languageName(tag: string): string {
	try {
		const english = new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
		const own = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? english;
		return own.toLowerCase() === english.toLowerCase() ? english : `${english}, ${own}`;
	} catch {
		return tag;
	}
}

/** The time zones of the world, with their distance to UTC at this moment. */
export function timeZoneChoices(now: string): Choice[] {
	const all = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
	if (now) all.add(now);
	return [...all].map((value) => ({ value, label: `${value.replaceAll("_", " ")} (${offset(value)})` }));
}

function offset(timeZone: string): string {
	try {
		const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" }).formatToParts();
		return parts.find((p) => p.type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "UTC";
	} catch {
		return "unknown here";
	}
}
