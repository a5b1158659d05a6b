// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import {
	type Passage,
	type Statement,
	changeStatement,
	confirmPassage,
	reconsider,
	recordChanged,
	rejectPassage,
	splitQuotation,
	mergeStatements,
	unmergeStatement,
} from "../api/record";
import { toastProblem } from "../parts/toast";
import { type Draft, draftOfStatement, sayingOf } from "./words";

type Undo = () => unknown;

/** Which passage is meant: of the queue by its id, of a story by where it stands. */
const meant = (p: Passage) => (p.id && p.state === "proposed" ? { proposal: p.id } : { anchor: p.anchor, kind: p.kind, text: p.text });

const short = (s: string) => (s.length > 60 ? `${s.slice(0, 57)} …` : s);

async function told(done: Promise<boolean>) {
	try {
		return await done;
	} catch (error) {
		toastProblem(error);
		return false;
	}
}

/** Decides about passages, and takes decisions back, the last one first. */
export function useDeciding() {
	const queries = useQueryClient();
	const past = useRef<{ words: string; undo: Undo }[]>([]);
	const busy = useRef(false);
	const [said, say] = useState("");
	const [undoable, setUndoable] = useState(false);

	/** Does an act; throws what the program answers. Nothing else is done meanwhile. */
	const attempt = async (words: string, run: () => Promise<Undo | undefined> | Undo | undefined) => {
		if (busy.current) return false;
		busy.current = true;
		try {
			const undo = await run();
			if (undo) past.current.push({ words, undo });
			setUndoable(past.current.length > 0);
			say(words);
			void recordChanged(queries);
			return true;
		} finally {
			busy.current = false;
		}
	};
	const undo = async () => {
		const last = past.current.at(-1);
		if (!last || busy.current) return;
		await told(
			attempt(`Taken back: ${last.words}`, async () => {
				await last.undo();
				past.current.pop();
				return undefined;
			}),
		);
	};

	return {
		said,
		undoable,
		undo,
		/** For what only this window knows. */
		local: (words: string, run: () => Undo) => told(attempt(words, run)),
		confirm: (article: string, p: Passage, d: Draft) =>
			attempt(`Recorded: ${d.speaker?.name ?? ""}, “${short(d.words)}”`, async () => {
				const made = await confirmPassage(article, { ...meant(p), saying: sayingOf(d) });
				return () => reconsider(made.quotation);
			}),
		join: (article: string, p: Passage, s: Statement) =>
			attempt(`Recorded as the same utterance: “${short(s.words)}”`, async () => {
				const made = await confirmPassage(article, { ...meant(p), statement: s.id });
				return () => reconsider(made.quotation);
			}),
		reject: (article: string, p: Passage) =>
			told(
				attempt(`Rejected: “${short(p.text)}”`, async () => {
					const made = await rejectPassage(article, meant(p));
					return () => reconsider(made.quotation);
				}),
			),
		takeOut: (article: string, p: Passage, s: Statement | undefined) =>
			told(
				attempt(p.state === "rejected" ? `May be proposed again: “${short(p.text)}”` : `Taken out of the record: “${short(p.text)}”`, async () => {
					await reconsider(p.id ?? "");
					const at = { anchor: p.anchor, kind: p.kind, text: p.text };
					if (p.state === "rejected") return () => rejectPassage(article, at);
					if (!s) return undefined;
					return () => confirmPassage(article, s.quotations > 1 ? { ...at, statement: s.id } : { ...at, saying: sayingOf(draftOfStatement(s)) });
				}),
			),
		change: (s: Statement, d: Draft) =>
			attempt("Changed what is said of the statement", async () => {
				const now = await changeStatement(s.id, sayingOf(d), s.updatedAt);
				return () => changeStatement(s.id, sayingOf(draftOfStatement(s)), now.updatedAt);
			}),
		split: (p: Passage, s: Statement) =>
			told(
				attempt("A statement of its own", async () => {
					const made = await splitQuotation(p.id ?? "");
					return () => mergeStatements(made.id, s.id);
				}),
			),
		merge: (s: Statement, into: Statement) =>
			attempt("Two statements are one", async () => {
				await mergeStatements(s.id, into.id);
				return () => unmergeStatement(s.id);
			}),
		plain: (words: string, run: () => Promise<unknown>) =>
			told(
				attempt(words, async () => {
					await run();
					return undefined;
				}),
			),
	};
}

export type Deciding = ReturnType<typeof useDeciding>;
