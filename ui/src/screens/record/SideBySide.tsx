// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Counterpoint, counterpointsQuery, dismissPair, dismissedQuery, dropCounterpoint, recordChanged } from "../../api/record";
import { useMay, useSession } from "../../api/session";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { confirm } from "../../parts/confirm";
import { toast, toastProblem } from "../../parts/toast";
import { Beside, PairDialog } from "../../record/PairDialog";
import css from "../../record/Record.module.css";
import { labelWords } from "../../record/words";
import { useShortcut } from "../../shortcuts/useShortcut";

/** Statements that do not agree, or answer one another, as editors have set them. */
export default function SideBySide() {
	const may = useMay()("set statements side by side");
	const list = useInfiniteQuery(counterpointsQuery());
	const [chosen, choose] = useState<Counterpoint | "new">();
	useShortcut({ keys: "n", words: "Set two statements side by side", run: () => choose("new") }, may);
	useCommand({ words: "Set two statements side by side", group: "The record", keys: "n", run: () => choose("new") }, may);
	const rows = list.data?.pages.flatMap((p) => p.items ?? []) ?? [];
	const begin = may && (
		<Button variant="filled" onClick={() => choose("new")}>
			Set two side by side
		</Button>
	);
	if (list.isError && rows.length === 0) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
	if (list.isPending) return <Loading />;
	return (
		<>
			{rows.length === 0 ? (
				<EmptyState title="Nothing is set side by side yet" action={begin}>
					Two statements that do not agree, from one speaker at two dates or from two speakers on one matter, can stand beside each other with a neutral note. Pairs are proposed beside each
					story, under Record.
				</EmptyState>
			) : (
				<>
					<div className={css.top}>{begin}</div>
					<ul className={css.sides}>
						{rows.map((c) => (
							<Row key={c.id} counterpoint={c} onChange={may ? () => choose(c) : undefined} />
						))}
					</ul>
					{list.hasNextPage && (
						<Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
							More
						</Button>
					)}
				</>
			)}
			{may && <Dismissed />}
			{chosen && <PairDialog counterpoint={chosen === "new" ? undefined : chosen} onClose={() => choose(undefined)} />}
		</>
	);
}

function Row({ counterpoint: c, onChange }: { counterpoint: Counterpoint; onChange?: () => void }) {
	const { url } = useSession().magazine;
	const queries = useQueryClient();
	const apart = async () => {
		if (!(await confirm({ title: "Take the two apart?", children: "Readers will no longer see them side by side. The statements stay in the record.", act: "Take apart" }))) return;
		try {
			await dropCounterpoint(c.id);
			await recordChanged(queries);
			toast("Taken apart");
		} catch (error) {
			toastProblem(error);
		}
	};
	return (
		<li>
			<h2>
				{labelWords(c.label)}
				{c.live ? (
					<a className={css.aside} href={url + c.path} target="_blank" rel="noreferrer">
						{c.path}
					</a>
				) : (
					<span className={css.aside}>not public: one of the two is in no public story</span>
				)}
			</h2>
			<Beside first={c.first} second={c.second} />
			{c.note && <p>{c.note}</p>}
			{onChange && (
				<div className={css.acts}>
					<Button size="compact-sm" onClick={onChange}>
						Label, note and order
					</Button>
					<Button size="compact-sm" variant="subtle" onClick={() => void apart()}>
						Take apart
					</Button>
				</div>
			)}
		</li>
	);
}

/** Pairs that somebody did not want: they are not proposed, until they are brought back. */
function Dismissed() {
	const list = useInfiniteQuery(dismissedQuery());
	const queries = useQueryClient();
	const rows = list.data?.pages.flatMap((p) => p.items ?? []) ?? [];
	if (rows.length === 0) return null;
	const back = async (c: Counterpoint) => {
		try {
			await dropCounterpoint(c.id);
			await recordChanged(queries);
			toast("May be proposed again", { undo: () => void dismissPair(c.first.id, c.second.id).then(() => recordChanged(queries), toastProblem) });
		} catch (error) {
			toastProblem(error);
		}
	};
	return (
		<section className={css.part} aria-label="Dismissed pairs">
			<h2>Dismissed</h2>
			<p className={css.aside}>These pairs were proposed beside a story, and are not proposed again.</p>
			<ul>
				{rows.map((c) => (
					<li key={c.id}>
						<Beside first={c.first} second={c.second} />
						<Button size="compact-sm" onClick={() => void back(c)}>
							Bring back
						</Button>
					</li>
				))}
			</ul>
			{list.hasNextPage && (
				<Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} className={css.start}>
					More dismissed pairs
				</Button>
			)}
		</section>
	);
}
