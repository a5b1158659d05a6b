// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

/** The languages in which the site's own texts exist come first. */
const spoken = ["en", "fr", "de", "es", "ar"];
const others = ["bg", "ca", "cs", "da", "el", "et", "eu", "fa", "fi", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "ur", "vi", "zh"];

const nameOf = (code: string) => new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;

export const languages = [
	...spoken.map((value) => ({ value, label: nameOf(value) })),
	...others.map((value) => ({ value, label: nameOf(value) })).toSorted((a, b) => a.label.localeCompare(b.label)),
];

/** The zone of this computer. */
export const zoneHere = new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The zones that the browser knows, and the one that is set whether or not it does. */
export function timeZones(set: string): string[] {
	const known = Intl.supportedValuesOf("timeZone");
	return [...new Set([set, "UTC", ...known])];
}
