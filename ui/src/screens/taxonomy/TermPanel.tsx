// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Stack, Text, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Term } from "../../api/nouns";
import { useSession } from "../../api/session";
import { type TermKind, changeTerm, deleteTerm } from "../../api/taxonomy";
import { SidePanel } from "../../parts/SidePanel";
import { confirm } from "../../parts/confirm";
import { Alert } from "../../parts/door/Alert";
import { toast, toastProblem } from "../../parts/toast";
import { useUnsaved } from "../../parts/useUnsaved";
import { MergeDialog } from "./MergeDialog";
import css from "./Taxonomy.module.css";
import { useTermChange } from "./useTermChange";

interface Props {
	kind: TermKind;
	term: Term;
	/** All of its kind. */
	all: Term[];
	onClose: () => void;
}

/** One section, genre or topic beside the list: its words, its address, and its end. */
export function TermPanel({ kind, term, all, onClose }: Props) {
	return (
		<SidePanel title={term.name} onClose={onClose}>
			<Words kind={kind} term={term} />
			<End kind={kind} term={term} all={all} onClose={onClose} />
		</SidePanel>
	);
}

function Words({ kind, term }: { kind: TermKind; term: Term }) {
	// What was read when the panel opened: a change rests on that.
	const [was] = useState(term);
	const [name, setName] = useState(term.name);
	const [slug, setSlug] = useState(term.slug);
	const [description, setDescription] = useState(term.description ?? "");
	const { url } = useSession().magazine;
	const save = useTermChange(kind, () => changeTerm(kind, was.id, { revision: was.revision, name, slug, description }));
	const dirty = name !== was.name || slug !== was.slug || description !== (was.description ?? "");
	useUnsaved(dirty && !save.isPending);
	const moves = slug !== was.slug;
	const send = () => save.mutate(undefined, { onSuccess: () => toast("Saved") });
	return (
		<form
			className={css.part}
			onSubmit={(e) => {
				e.preventDefault();
				send();
			}}
		>
			<Stack gap="md">
				<TextInput label="Name" required withAsterisk={false} maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} />
				<TextInput
					label="Address"
					description={`${url.replace(/\/$/, "")}${was.path.slice(0, -was.slug.length)}…`}
					required
					withAsterisk={false}
					maxLength={80}
					value={slug}
					onChange={(e) => setSlug(e.currentTarget.value)}
				/>
				{moves && (
					<Text size="sm" c="dimmed" role="status">
						{was.path} goes on working: it leads to the new address{kind === "section" && term.stories ? ", and so do those of the stories below it. They follow one after the other" : ""}.
					</Text>
				)}
				<Textarea label="Description" description="Readers see it on top of the page; so do search engines." autosize minRows={2} value={description} onChange={(e) => setDescription(e.currentTarget.value)} />
				<Alert error={save.error} />
				<Group>
					<Button type="submit" variant="filled" disabled={!dirty} loading={save.isPending}>
						Save
					</Button>
					<Button component="a" href={was.path} target="_blank" rel="noreferrer" variant="subtle">
						See its page
					</Button>
				</Group>
			</Stack>
		</form>
	);
}

const inWords = (n: number, what: string, many = `${what}s`) => `${n.toLocaleString("en")} ${n === 1 ? what : many}`;

function End({ kind, term, all, onClose }: Props) {
	const [merging, setMerging] = useState(false);
	const drop = useTermChange(kind, () => deleteTerm(kind, term.id));
	const below = all.filter((t) => t.parent === term.id);
	const unused = !term.stories && !term.copies && below.length === 0;
	const ask = async () => {
		const sure = await confirm({ title: `Delete ${term.name}?`, children: `Nothing is filed under it. Its address, ${term.path}, will lead nowhere.`, act: "Delete", grave: true });
		if (sure)
			drop.mutate(undefined, {
				onSuccess: () => {
					onClose();
					toast(`${term.name} is deleted`);
				},
				onError: toastProblem,
			});
	};
	return (
		<div className={css.part}>
			<h3>What is filed here</h3>
			<Text size="sm">
				{inWords(term.stories ?? 0, "published story", "published stories")}, {inWords(term.copies ?? 0, "working copy", "working copies")}
				{below.length > 0 && `, ${inWords(below.length, "section")} below it`}.
			</Text>
			{!unused && (
				<Text size="sm" c="dimmed">
					Only what is empty can be deleted. What is not can be merged into another {kind}.
				</Text>
			)}
			<Group>
				<Button disabled={all.length < 2} onClick={() => setMerging(true)}>
					Merge into another
				</Button>
				{unused && <Button onClick={() => void ask()}>Delete</Button>}
			</Group>
			{merging && <MergeDialog kind={kind} term={term} all={all} onMerged={onClose} onClose={() => setMerging(false)} />}
		</div>
	);
}
