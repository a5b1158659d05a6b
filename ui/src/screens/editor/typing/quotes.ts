// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Extension, InputRule } from "@tiptap/core";
import { value } from "../../../api/value";

interface Style {
	double: [string, string];
	single: [string, string];
	/** What French puts before ; : ! ?. */
	beforeSigns?: string;
}

const thin = "\u202f"; // narrow no-break space

/** How languages quote. A language that is not here does as English does. */
export const styles: Record<string, Style> = {
	en: { double: ["“", "”"], single: ["‘", "’"] },
	fr: { double: [`«${thin}`, `${thin}»`], single: ["‹\u202f", "’"], beforeSigns: thin },
	de: { double: ["„", "“"], single: ["‚", "‘"] },
	es: { double: ["«", "»"], single: ["“", "”"] },
	ar: { double: ["«", "»"], single: ["‹", "›"] },
};

const store = "stet.smart-quotes";

/** Whether typed quotes become those of the language. */
export const smartQuotes = value(localStorage.getItem(store) !== "off");

export function setSmartQuotes(on: boolean) {
	localStorage.setItem(store, on ? "on" : "off");
	smartQuotes.set(on);
}

/** The language of the story that is open. */
export const quoteLanguage = value("en");

const style = (): Style => styles[quoteLanguage.get().split("-")[0] ?? "en"] ?? (styles.en as Style);

// What stands before an opening quote: nothing, a space, a bracket, a dash, another opening quote.
const opens = /(^|[\s([{–—-]|[“‘„‚«‹]\u202f?)$/u;

/** What a straight quote becomes after the text before it. */
export function quote(sign: string, before: string): string {
	const s = style();
	// An apostrophe within a word, or before the figures of a year, is one in every language.
	if (sign === "'" && /[\p{L}\p{N}]$/u.test(before) && !opensSingle(before, s)) return "’";
	const [open, close] = sign === '"' ? s.double : s.single;
	return opens.test(before) ? open : close;
}

// German closes its single quotes with a sign of its own; elsewhere it is the apostrophe.
function opensSingle(before: string, s: Style): boolean {
	return s.single[1] !== "’" && before.includes(s.single[0]) && !before.slice(before.lastIndexOf(s.single[0])).includes(s.single[1]);
}

function rule(find: RegExp, make: (match: RegExpMatchArray, before: string) => string) {
	return new InputRule({
		find,
		// Backspace right afterwards brings back what was typed.
		handler: ({ state, range, match }) => {
			const $from = state.doc.resolve(range.from);
			if (!smartQuotes.get() || $from.parent.type.spec.code || $from.marks().some((m) => m.type.name === "code")) return null;
			const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
			state.tr.insertText(make(match, before), range.from, range.to);
		},
	});
}

export const SmartQuotes = Extension.create({
	name: "smartQuotes",
	addInputRules: () => [
		rule(/["']$/, (m, before) => quote(m[0], before)),
		rule(/(?<!-)--$/, () => "–"),
		rule(/–-$/, () => "—"),
		rule(/\.\.\.$/, () => "…"),
		rule(/ ([;:!?])$/, (m) => (style().beforeSigns ?? " ") + m[1]),
	],
});
