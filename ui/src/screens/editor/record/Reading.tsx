// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Advice, type ReadPair, type Reading, advised, askAssistant } from "../../../api/assistant";
import type { PairProposal } from "../../../api/record";
import { When } from "../../../parts/When";
import { Alert } from "../../../parts/door/Alert";
import { Exchanges } from "../../../record/Exchanges";
import css from "../../../record/Record.module.css";
import { labelWords } from "../../../record/words";

/** What the assistant said of a pair. */
export const opinionOf = (reading: Reading | undefined, p: PairProposal) => reading?.pairs.find((r) => r.first === p.first.id && r.second === p.second.id);

/** The proposals in the assistant's order; those that it does not know come last. */
export function ordered(pairs: PairProposal[], reading: Reading | undefined): PairProposal[] {
	if (!reading) return pairs;
	const place = (p: PairProposal) => {
		const at = reading.pairs.findIndex((r) => r.first === p.first.id && r.second === p.second.id);
		return at < 0 ? reading.pairs.length : at;
	};
	return pairs.toSorted((a, b) => place(a) - place(b));
}

/** Asks the assistant about the proposals, and says what has become of it. */
export function AskAssistant({ article, advice, pairs }: { article: string; advice: Advice; pairs: number }) {
	const queries = useQueryClient();
	const asking = useMutation({ mutationFn: () => askAssistant(article), onSuccess: (now) => advised(queries, article, now) });
	const r = advice.reading;
	return (
		<div className={css.reading} role="group" aria-label="Assistant’s reading">
			<p>
				<strong>Assistant’s reading</strong>
			</p>
			{r ? (
				<p className={css.aside}>
					By {[r.host, r.model].filter(Boolean).join(", ")}, asked by {r.staff}, <When at={r.at} form="full" />. The order and the lines marked so are its own; nobody has checked them.
				</p>
			) : (
				<p className={css.aside}>
					{advice.host} can be asked about {pairs === 1 ? "this pair" : `these ${pairs} pairs`}. It is sent the words of the statements, the names of the speakers and the dates, also where they are not public yet.
				</p>
			)}
			<div className={css.acts}>
				<Button size="compact-sm" loading={asking.isPending} onClick={() => asking.mutate()}>
					{r ? "Ask again" : "Ask the assistant"}
				</Button>
			</div>
			<div role="status" className={css.aside}>
				{asking.isPending && "It is being asked. That can take a minute."}
				{asking.error && (
					<>
						<Alert error={asking.error} />
						The proposals stay as they are.
					</>
				)}
			</div>
			{r && <Exchanges exchanges={r.exchanges} />}
		</div>
	);
}

/** One line of the assistant's, marked as such. */
export function Opinion({ read }: { read: ReadPair | undefined }) {
	if (!read) return null;
	const says = read.silent ? "Says nothing of this pair" : read.label ? labelWords(read.label) : "Sees no conflict";
	return (
		<p className={css.opinion}>
			<span>Assistant</span> {says}
			{read.reason && `: ${read.reason}`}
		</p>
	);
}
