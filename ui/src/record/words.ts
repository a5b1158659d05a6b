// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Found, Label, Passage, Precision, SaidDate, Saying, Statement } from "../api/record";
import type { Named } from "../api/nouns";

export const labels: { value: Label; label: string }[] = [
	{ value: "contradicts", label: "Contradicts" },
	{ value: "changed_position", label: "Changed position" },
	{ value: "differs_on_fact", label: "Differs on fact" },
	{ value: "answers", label: "Answers" },
];

export const labelWords = (l: Label) => labels.find((x) => x.value === l)?.label ?? l;

/** How precisely a date is known, by the form in which it is written. */
export function precisionOf(value: string, before: boolean): Precision | undefined {
	if (!value) return undefined;
	if (value.includes("/")) return "interval";
	if (value.length === 4) return "year";
	if (value.length === 7) return "month";
	return before ? "on_or_before" : "day";
}

/** "26 April 2022", "April 2022", "1 April to 7 April 2022", "by 26 April 2022" */
export function dateWords(d: SaidDate | undefined, language: string): string {
	if (!d?.value) return "";
	const [start = "", end] = d.value.split("/");
	if (end) return `${one(start, language)} to ${one(end, language)}`;
	return (d.precision === "on_or_before" ? "by " : "") + one(start, language);
}

function one(day: string, language: string): string {
	const [y = 0, m, d] = day.split("-").map(Number);
	const options: Intl.DateTimeFormatOptions = { year: "numeric", timeZone: "UTC" };
	if (m) options.month = "long";
	if (d) options.day = "numeric";
	const date = new Date(Date.UTC(y, (m ?? 1) - 1, d ?? 1));
	return Number.isNaN(date.getTime()) ? day : new Intl.DateTimeFormat(language, options).format(date);
}

/** All that is said of an utterance, while it is being edited. A speaker without an id is somebody new. */
export interface Draft {
	words: string;
	denial: boolean;
	speaker: Named | null;
	kind: "person" | "organisation";
	role: string;
	date: string;
	before: boolean;
	addressee: string;
	venue: string;
	sourceUrl: string;
	source: string;
	/** Undefined: the story's. */
	topics: Named[] | undefined;
}

/** What the finder found, as the beginning of a draft. */
export function draftOfPassage(p: Passage): Draft {
	const f: Partial<Found> = p.found ?? {};
	return {
		words: f.words || p.text,
		denial: f.negated ?? false,
		speaker: speakerOf(f),
		kind: f.kind ?? "person",
		role: f.role ?? "",
		date: f.date?.value ?? "",
		before: f.date?.precision === "on_or_before",
		addressee: f.addressee ?? "",
		venue: f.venue ?? "",
		sourceUrl: f.source ?? "",
		source: "",
		topics: undefined,
	};
}

function speakerOf(f: Partial<Found>): Named | null {
	if (f.person?.id) return { id: f.person.id, name: f.person.name };
	return f.name ? { id: "", name: f.name } : null;
}

export function draftOfStatement(s: Statement): Draft {
	return {
		words: s.words,
		denial: s.denial ?? false,
		speaker: { id: s.speaker.id, name: s.speaker.name },
		kind: s.speaker.kind,
		role: s.role ?? "",
		date: s.date.value,
		before: s.date.precision === "on_or_before",
		addressee: s.addressee ?? "",
		venue: s.venue ?? "",
		sourceUrl: s.sourceUrl ?? "",
		source: s.source ?? "",
		topics: s.topics,
	};
}

export function sayingOf(d: Draft): Saying {
	const who = d.speaker?.id ? { speaker: d.speaker.id } : { newcomer: { name: d.speaker?.name ?? "", kind: d.kind, title: d.role || undefined } };
	return {
		words: d.words,
		denial: d.denial,
		...who,
		role: d.role,
		date: { value: d.date.trim(), precision: precisionOf(d.date.trim(), d.before) },
		addressee: d.addressee,
		venue: d.venue,
		sourceUrl: d.sourceUrl,
		source: d.source,
		topics: d.topics?.map((t) => t.id),
	};
}

/** "Jane Doe, foreign secretary" */
export const withRole = (name: string, role: string | undefined) => [name, role].filter(Boolean).join(", ");

/** When, to whom and where, in a line. */
export function circumstances(s: { date?: SaidDate; addressee?: string; venue?: string }, language: string): string {
	return [dateWords(s.date, language), s.addressee && `to ${s.addressee}`, s.venue].filter(Boolean).join(" · ");
}

const marks = /^[“”„«»"‘’'\s]+|[“”„«»"‘’'\s]+$/gu;

/** Words without the quotation marks around them. */
export const unquoted = (s: string) => s.replace(marks, "").replace(/,$/, "");
