// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { adviceQuery } from "../../../api/assistant";
import { type PairProposal, dismissPair, dropCounterpoint, proposedPairsQuery, recordChanged } from "../../../api/record";
import { useMay } from "../../../api/session";
import { toast, toastProblem } from "../../../parts/toast";
import { Beside, PairDialog } from "../../../record/PairDialog";
import css from "../../../record/Record.module.css";
import { labelWords } from "../../../record/words";
import { AskAssistant, Opinion, opinionOf, ordered } from "./Reading";

/** Statements that do not seem to agree, five at most: nothing is public before an editor says so. */
export function Pairs({ article }: { article: string }) {
	const may = useMay()("set statements side by side");
	const found = useQuery({ ...proposedPairsQuery(article), enabled: may });
	const known = found.data ?? [];
	const advice = useQuery({ ...adviceQuery(article), enabled: may && known.length > 0 }).data;
	const [chosen, choose] = useState<PairProposal>();
	const queries = useQueryClient();
	const dismiss = useMutation({
		mutationFn: (p: PairProposal) => dismissPair(p.first.id, p.second.id),
		onSuccess: (c) => {
			const undo = () => void dropCounterpoint(c.id).then(() => recordChanged(queries), toastProblem);
			toast("Dismissed; the two are not proposed again", { undo });
			void recordChanged(queries);
		},
		onError: toastProblem,
	});
	const pairs = ordered(known, advice?.reading);
	const read = chosen && opinionOf(advice?.reading, chosen);
	if (!may || pairs.length === 0) return null;
	return (
		<section className={css.part} aria-label="Side by side?">
			<h3>Side by side?</h3>
			{advice && advice.kind !== "off" && <AskAssistant article={article} advice={advice} pairs={pairs.length} />}
			<ul>
				{pairs.map((p) => (
					<li key={`${p.first.id} ${p.second.id}`}>
						<p className={css.aside}>
							{labelWords(p.label)}: {p.reason}
						</p>
						<Opinion read={opinionOf(advice?.reading, p)} />
						<Beside first={p.first} second={p.second} />
						<div className={css.acts}>
							<Button size="compact-sm" onClick={() => choose(p)}>
								Set side by side
							</Button>
							<Button size="compact-sm" variant="subtle" loading={dismiss.isPending} onClick={() => dismiss.mutate(p)}>
								Dismiss
							</Button>
						</div>
					</li>
				))}
			</ul>
			{chosen && <PairDialog first={chosen.first} second={chosen.second} label={chosen.label} reason={chosen.reason} aside={<Opinion read={read} />} onClose={() => choose(undefined)} />}
		</section>
	);
}
