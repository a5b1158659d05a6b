// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Select, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { checkLinks, publicationQuery, publish, useStoryChange } from "../api/life";
import type { Article, Publication } from "../api/nouns";
import { comparisonQuery } from "../api/snapshots";
import { useSession } from "../api/session";
import { kinds } from "../corrections/words";
import { ErrorState } from "../parts/ErrorState";
import { Loading } from "../parts/Loading";
import { toast } from "../parts/toast";
import { blocked, Checklist } from "./Checklist";
import { Differences } from "./Differences";
import css from "./Life.module.css";

interface Props {
	article: Article;
	onClose: () => void;
	onChanged: () => void;
	/** Offers to do it later instead. */
	onSchedule: () => void;
}

/** The one deliberate act: shows what will be public and where, then one button. */
export function PublishDialog({ article: a, onClose, onChanged, onSchedule }: Props) {
	const preview = useQuery(publicationQuery(a.id));
	const [note, setNote] = useState("");
	const [as, setAs] = useState<As>("version");
	const update = a.status === "published";
	const told = update && as !== "version";
	const { refetch } = preview;
	useEffect(() => {
		void checkLinks(a.id).then(() => setTimeout(() => void refetch(), 1500));
	}, [a.id, refetch]);
	const go = useStoryChange(
		() => publish(a.id, { revision: preview.data?.revision, ...(told ? { correction: { kind: as, note: note.trim() } } : { note: note.trim() || undefined }) }),
		(now) => {
			toast(update ? "The update is public." : `“${now.headline}” is public.`);
			onChanged();
			onClose();
		},
	);
	const p = preview.data;
	const stop = !p || Boolean(p.problem) || blocked(p.checks) || (told && !note.trim());
	return (
		<Modal opened onClose={onClose} size="lg" title={update ? "Publish this update" : "Publish this story"} closeButtonProps={{ "aria-label": "Close" }}>
			{preview.isError && <ErrorState error={preview.error} retry={() => void refetch()} />}
			{preview.isPending && <Loading />}
			{p && <Preview article={a} publication={p} />}
			{update && a.kind === "story" && (
				<Select label="Readers are told of it" data={ways} value={as} allowDeselect={false} onChange={(v) => v && setAs(v as As)} mb="sm" />
			)}
			{update && (
				<Textarea
					label="Note for readers"
					description={told ? "Public for good, on the story and in the list of corrections. [words](address) is a link." : "Public, beside the new version: what has changed, and why. May stay empty."}
					required={told}
					autosize
					minRows={2}
					value={note}
					onChange={(e) => setNote(e.currentTarget.value)}
				/>
			)}
			<Group justify="flex-end" mt="lg">
				{p && blocked(p.checks) && <span className={css.stop}>Something that is required is missing.</span>}
				<Button onClick={onClose}>Cancel</Button>
				<Button onClick={onSchedule}>Schedule instead …</Button>
				<Button variant="filled" disabled={stop} loading={go.isPending} onClick={() => go.mutate(undefined)}>
					{update ? `Publish version ${p?.version ?? ""}` : "Publish now"}
				</Button>
			</Group>
		</Modal>
	);
}

type As = "version" | "correction" | "clarification" | "update";

/** How an update as a whole can be told. */
const ways = [
	{ value: "version", label: "Beside the version alone" },
	...kinds.filter((k) => k.value !== "retraction").map((k) => ({ value: k.value as string, label: `As ${k.value === "update" ? "an" : "a"} ${k.value}, with a note on the story` })),
];

const places = (list: { label: string; path?: string }[]) => list.map((l) => l.label).join(", ");

function Preview({ article: a, publication: p }: { article: Article; publication: Publication }) {
	const { url } = useSession().magazine;
	return (
		<div className={css.preview}>
			<p className={css.headline}>{a.headline || "Untitled"}</p>
			{a.dek && <p className={css.dek}>{a.dek}</p>}
			{p.problem && <p className={css.stop}>{p.problem}</p>}
			<dl className={css.facts}>
				<dt>Address</dt>
				<dd>
					{p.address ? url + p.address : "–"}
					{p.redirect && <span className={css.quiet}> {p.redirect} will lead there.</span>}
				</dd>
				<dt>Version</dt>
				<dd>{p.version === 1 ? "1, the first that readers see" : p.version}</dd>
				{p.lists.length > 0 && (
					<>
						<dt>Lists</dt>
						<dd>{places(p.lists)}</dd>
						<dt>Feeds</dt>
						<dd>{places(p.feeds)}</dd>
					</>
				)}
				{a.kind === "story" && (
					<>
						<dt>Front page</dt>
						<dd>{a.status === "published" ? "It keeps its places." : places(p.front) || "No block takes it by its rule; it can be pinned."}</dd>
						<dt>Newsletter</dt>
						<dd>None.</dd>
					</>
				)}
				{p.changes.length > 0 && (
					<>
						<dt>What changes</dt>
						<dd>
							<ul className={css.changes}>
								{p.changes.map((c) => (
									<li key={c.field}>
										<b>{c.field}</b> {c.field === "Body" ? [c.was, c.now].filter(Boolean).join(", ") : <WasNow was={c.was} now={c.now} />}
									</li>
								))}
							</ul>
							{p.changes.some((c) => c.field === "Body") && <BodyChanges article={a.id} revision={p.revision} />}
						</dd>
					</>
				)}
				{a.status === "published" && p.changes.length === 0 && (
					<>
						<dt>What changes</dt>
						<dd>Nothing: readers see this text already.</dd>
					</>
				)}
			</dl>
			<h3 className={css.heading}>Checklist</h3>
			<Checklist checks={p.checks} brief />
		</div>
	);
}

function WasNow({ was, now }: { was?: string; now?: string }) {
	return (
		<>
			{was && <del>{was}</del>} {now && <ins>{now}</ins>}
		</>
	);
}

/** The words of the body that go and come; the fields stand above with both their texts. */
function BodyChanges({ article, revision }: { article: string; revision: number }) {
	const found = useQuery(comparisonQuery(article, "live", "now", revision));
	const changes = (found.data?.changes ?? []).filter((c) => c.body);
	if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
	if (changes.length === 0) return null;
	return (
		// What scrolls must be reached by keyboard.
		// oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
		<div className={css.words} tabIndex={0} role="region" aria-label="The words that change">
			<Differences changes={changes} />
		</div>
	);
}
