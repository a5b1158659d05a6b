// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group as Row, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Snapshot, makeSnapshot, restoreSnapshot, snapshotsQuery } from "../../../api/snapshots";
import { confirm } from "../../../parts/confirm";
import { toast, toastProblem } from "../../../parts/toast";
import { When } from "../../../parts/When";
import type { Writing } from "../save/Writing";
import { Comparison } from "./Comparison";
import { Group } from "./Group";
import css from "./Panel.module.css";

const reasons: Record<Snapshot["reason"], string> = {
	by_hand: "Kept by hand",
	session: "Before a session",
	writing: "While writing",
	publish: "Before publishing",
	restore: "Before restoring",
};

/** States of the story to look back at, compare and restore. */
export function Snapshots({ writing }: { writing: Writing }) {
	const { article } = writing;
	const may = writing.may.use();
	const queries = useQueryClient();
	const list = useInfiniteQuery(snapshotsQuery(article));
	const [name, setName] = useState("");
	const [compared, compare] = useState<{ from: string; to: string; title: string }>();
	const refresh = () => void queries.invalidateQueries({ queryKey: ["snapshots", article] });
	const make = useMutation({
		mutationFn: () => makeSnapshot(article, name.trim()),
		onSuccess: () => {
			setName("");
			refresh();
		},
		onError: toastProblem,
	});
	const restore = async (s: Snapshot) => {
		const sure = await confirm({ title: "Restore this state?", children: "The story becomes what it was then. What it is now is kept as a snapshot first, so this can be undone.", act: "Restore" });
		if (!sure) return;
		try {
			await restoreSnapshot(article, s.id);
			writing.body.look();
			await writing.fields.look();
			refresh();
			toast("The story is what it was then");
		} catch (error) {
			toastProblem(error);
		}
	};
	const rows = list.data?.pages.flatMap((p) => p.items ?? []) ?? [];
	return (
		<>
			{may && (
				<Group title="Keep this state">
					<form
						onSubmit={(e) => {
							e.preventDefault();
							make.mutate();
						}}
					>
						<TextInput label="Name" placeholder="As filed, before the cut …" value={name} onChange={(e) => setName(e.currentTarget.value)} maxLength={120} />
						<Row mt="xs">
							<Button type="submit" size="compact-sm" loading={make.isPending}>
								Keep a snapshot
							</Button>
							<Button size="compact-sm" variant="subtle" onClick={() => compare({ from: "live", to: "now", title: "Since it was published" })}>
								Compare with what readers see
							</Button>
						</Row>
					</form>
				</Group>
			)}
			<Group title="Snapshots">
				{rows.length === 0 && <p className={css.note}>One is kept by itself before a session, every twenty minutes of writing, and before publishing or restoring.</p>}
				<ul className={css.list}>
					{rows.map((s) => (
						<li key={s.id}>
							<div>
								<strong>{s.name || reasons[s.reason]}</strong> · <When at={s.createdAt} /> · {s.words} words{s.by ? ` · ${s.by}` : ""}
							</div>
							<Row gap="xs">
								<Button size="compact-xs" variant="subtle" onClick={() => compare({ from: s.id, to: "now", title: s.name || reasons[s.reason] })}>
									Compare
								</Button>
								{may && (
									<Button size="compact-xs" variant="subtle" onClick={() => void restore(s)}>
										Restore
									</Button>
								)}
							</Row>
						</li>
					))}
				</ul>
				{list.hasNextPage && (
					<Button size="compact-sm" variant="subtle" onClick={() => void list.fetchNextPage()}>
						Older ones
					</Button>
				)}
			</Group>
			{compared && <Comparison article={article} {...compared} onClose={() => compare(undefined)} />}
		</>
	);
}
