// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Passage, rewritePassage } from "../../../api/record";
import type { Act } from "../../../record/Acts";
import { joined, keyOf, partsOf, selectorOf } from "../../../record/passage";
import type { Deciding } from "../../../record/useDeciding";
import { draftOfPassage } from "../../../record/words";
import type { Writing } from "../save/Writing";
import { blocksOf } from "../typing/recordMarks";
import type { Shown, StoryRecordState } from "./useRecord";

/** What is asked of the chosen passage: all of it, a new speaker, or with what it is one. */
export interface Mode {
	key: string;
	is: "" | "edit" | "new" | "merge";
}

interface Given {
	writing: Writing;
	state: StoryRecordState;
	deciding: Deciding;
	rows: Shown[];
	chosen: Shown | undefined;
	go: (key: string | undefined) => void;
	setMode: (m: Mode) => void;
}

/** What can be done with the chosen passage, by what has become of it. */
export function usePassageActs(given: Given): Act[] {
	const { writing, deciding, rows, chosen: s, go, setMode } = given;
	if (!s) return [];
	const p = s.passage;
	const article = writing.article;
	const later = rows.slice(rows.findIndex((r) => r.key === s.key) + 1);
	const next = later.find((r) => r.state === "proposed" || r.state === "changed") ?? later[0];
	const settled = (done: boolean) => done && go(next?.key ?? s.key);
	const ask = (is: Mode["is"]) => setMode({ key: s.key, is });
	const edit: Act = { key: "e", words: "Edit", long: "Edit what is said of the passage", run: () => ask("edit") };
	const merge: Act = { key: "m", words: "Merge", long: "Merge with the next passage or another statement", run: () => ask("merge") };
	const out: Act = { key: "r", words: "Take out", long: "Take the passage out of the record", run: () => void deciding.takeOut(article, p, s.statement).then(settled) };

	if (s.state === "rejected") return [{ ...out, key: "r", words: "Propose again", long: "Let the rejected passage be proposed again" }];
	if (s.state === "gone") return [edit, out];
	if (s.state === "changed") {
		const keep = () => void deciding.plain("Still this quotation", () => rewrite(writing, p)).then(settled);
		return [{ key: "a", words: "Still this quotation", long: "Say that the changed words are still the quotation", run: keep, main: true }, edit, out];
	}
	if (s.state === "confirmed") {
		const split = () => s.statement && void deciding.split(p, s.statement);
		const several = (s.statement?.quotations ?? 0) > 1;
		return [edit, ...(several ? [{ key: "s", words: "Split", long: "Make a statement of its own of the passage", run: split }] : []), merge, out];
	}
	return [
		{ key: "a", words: "Accept", long: "Accept the passage", run: () => accept(given, s, settled), main: true },
		edit,
		...(partsOf(p, "en").length > 1 ? [{ key: "s", words: "Split", long: "Split the passage into its parts", run: () => split(given, s) }] : []),
		merge,
		{ key: "r", words: "Reject", long: "Reject the passage", run: () => void deciding.reject(article, p).then(settled) },
	];
}

/** Somebody whom the magazine knows is accepted at once; for a new name one more key, for no name the form. */
function accept({ writing, deciding, setMode }: Given, s: Shown, settled: (done: boolean) => void) {
	const draft = draftOfPassage(s.passage);
	if (!draft.speaker) return setMode({ key: s.key, is: "edit" });
	if (!draft.speaker.id) return setMode({ key: s.key, is: "new" });
	// What is missing can be written into the form.
	deciding.confirm(writing.article, s.passage, draft).then(settled, () => setMode({ key: s.key, is: "edit" }));
}

function split({ writing, state, deciding, go }: Given, s: Shown) {
	const parts = partsOf(s.passage, writing.editor.view.dom.lang || "en");
	reshape(state, deciding, "Split", { hides: [s.key], passages: parts });
	go(parts[0] && keyOf(parts[0]));
}

/** Makes one passage of two. */
export function joinNext(state: StoryRecordState, deciding: Deciding, a: Shown, b: Shown): string {
	const one = joined(a.passage, b.passage);
	reshape(state, deciding, "Merged with the next", { hides: [a.key, b.key], passages: [one] });
	return keyOf(one);
}

function reshape(state: StoryRecordState, deciding: Deciding, words: string, shape: StoryRecordState["shapes"][number]) {
	const before = state.shapes;
	void deciding.local(words, () => {
		state.setShapes([...before, shape]);
		return () => state.setShapes(before);
	});
}

/** Lets a quotation hold on to the words that stand there now. */
function rewrite(writing: Writing, p: Passage) {
	const blocks = blocksOf(writing.editor.state.doc);
	const anchor = p.pieces.flatMap((piece) => {
		const b = blocks.get(piece.block);
		if (!b) return [];
		const units = (n: number) => [...b.text].slice(0, n).join("").length;
		return [selectorOf(b.id, b.text, units(piece.start), units(piece.end))];
	});
	return rewritePassage(p.id ?? "", anchor, anchor.map((s) => s.exact).join(" … "));
}
