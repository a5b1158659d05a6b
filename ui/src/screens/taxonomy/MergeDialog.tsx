// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Merger, Term } from "../../api/nouns";
import { type TermKind, mergeTerm, mergerQuery } from "../../api/taxonomy";
import { Alert } from "../../parts/door/Alert";
import { toast } from "../../parts/toast";
import css from "./Taxonomy.module.css";
import { useTermChange } from "./useTermChange";

interface Props {
	kind: TermKind;
	term: Term;
	all: Term[];
	onMerged: () => void;
	onClose: () => void;
}

/** Asks into which other one, and says what will happen before it does. */
export function MergeDialog({ kind, term, all, onMerged, onClose }: Props) {
	const [into, setInto] = useState("");
	const merge = useTermChange(kind, () => mergeTerm(kind, term.id, { into, revision: term.revision }));
	// Once it is sent there may be nothing left to ask about.
	const merger = useQuery({ ...mergerQuery(kind, term.id, into), enabled: into !== "" && !merge.isPending && !merge.isSuccess });
	const other = all.find((t) => t.id === into);
	const send = () =>
		merge.mutate(undefined, {
			onSuccess: (now) => {
				toast(`${term.name} is part of ${now.name}`);
				onClose();
				onMerged();
			},
		});
	return (
		<Modal opened onClose={onClose} title={`Merge ${term.name} into another ${kind}`} size="lg" closeButtonProps={{ "aria-label": "Close" }}>
			<Stack gap="md">
				<Select
					label={`The ${kind} that stays`}
					data-autofocus
					searchable
					limit={200}
					data={all.filter((t) => t.id !== term.id).map((t) => ({ value: t.id, label: kind === "section" ? `${t.name} (${t.path})` : t.name }))}
					value={into || null}
					onChange={(id) => setInto(id ?? "")}
					nothingFoundMessage={`No ${kind} of that name`}
				/>
				{other && merger.data && <What kind={kind} from={term.name} to={other.name} merger={merger.data} />}
				<Alert error={merger.error ?? merge.error} />
				<Group justify="flex-end">
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="filled" disabled={!merger.data} loading={merge.isPending} onClick={send}>
						Merge
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}

function What({ kind, from, to, merger }: { kind: TermKind; from: string; to: string; merger: Merger }) {
	const { stories, copies, leads, moved, staff } = merger;
	return (
		<div className={css.what} role="status">
			<p>
				<strong>{from}</strong> will be no more; this cannot be undone. {stories.toLocaleString("en")} published {stories === 1 ? "story" : "stories"} and{" "}
				{copies.toLocaleString("en")} working {copies === 1 ? "copy" : "copies"} will be filed under <strong>{to}</strong>. What was published stays in the record as it was.
			</p>
			{moved.length > 0 && <p>Below {to} will stand: {moved.join(", ")}.</p>}
			{staff.length > 0 && <p>Limited to {to} instead will be: {staff.join(", ")}.</p>}
			<Text size="sm" fw={600}>
				Addresses
			</Text>
			<ul>
				{leads.map((l) => (
					<li key={l.from}>
						<code>{l.from}</code> will lead to <code>{l.to}</code>
					</li>
				))}
			</ul>
			{kind === "section" && stories > 0 && <p>Those of the stories below follow, one after the other; the old ones go on working.</p>}
		</div>
	);
}
