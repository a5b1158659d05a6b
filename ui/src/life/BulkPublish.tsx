// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { actOnMany, outlookQuery, useStoryChange } from "../api/life";
import type { ActResult, ArticleKind, Outlook } from "../api/nouns";
import { useSession } from "../api/session";
import { ErrorState } from "../parts/ErrorState";
import { Loading } from "../parts/Loading";
import { many } from "./BulkResults";
import { blocked, Checklist } from "./Checklist";
import css from "./List.module.css";

interface Props {
	ids: string[];
	kind: ArticleKind;
	onClose: () => void;
	onDone: (results: ActResult[]) => void;
}

const keptBack = (o: Outlook) => Boolean(o.problem) || blocked(o.failed);

/** What several stories lack and where they will stand, before they become public: that cannot be undone. */
export function BulkPublish({ ids, kind, onClose, onDone }: Props) {
	// What was chosen when it opened: the list behind may change.
	const [asked] = useState(ids);
	const outlook = useQuery(outlookQuery(asked));
	const go = useStoryChange(
		(ready: Outlook[]) => actOnMany({ act: "publish", ids: ready.map((o) => o.id), revisions: Object.fromEntries(ready.map((o) => [o.id, o.revision ?? 0])) }),
		(page) => onDone(page.items ?? []),
	);
	const all = outlook.data ?? [];
	const ready = all.filter((o) => !keptBack(o));
	const back = all.filter(keptBack);
	return (
		<Modal opened onClose={onClose} size="lg" title={`Publish ${many(asked.length, kind)}`} closeButtonProps={{ "aria-label": "Close" }}>
			{outlook.isError && <ErrorState error={outlook.error} retry={() => void outlook.refetch()} />}
			{outlook.isPending && <Loading />}
			{outlook.data && (
				<>
					<p className={css.sum}>{sum(ready, back, kind)}</p>
					<Stories title="Become public" rows={ready} />
					<Stories title="Stay as they are" rows={back} />
				</>
			)}
			<Group justify="flex-end" mt="lg">
				<Button onClick={onClose}>Cancel</Button>
				<Button variant="filled" disabled={ready.length === 0} loading={go.isPending} onClick={() => go.mutate(ready)}>
					{ready.length === 0 ? "Publish" : `Publish ${many(ready.length, kind)}`}
				</Button>
			</Group>
		</Modal>
	);
}

function sum(ready: Outlook[], back: Outlook[], kind: ArticleKind): string {
	const updates = ready.filter((o) => o.status === "published").length;
	const fresh = ready.length - updates;
	const parts = [fresh > 0 && `${many(fresh, kind)} will be public for the first time`, updates > 0 && `${many(updates, kind)} will get a further version`].filter(Boolean);
	const words = parts.length > 0 ? `${parts.join(", ")}. Readers see that at once, and it cannot be undone.` : "None of them can be published.";
	return back.length > 0 && ready.length > 0 ? `${words} ${many(back.length, kind)} ${back.length === 1 ? "is" : "are"} kept back.` : words;
}

function Stories({ title, rows }: { title: string; rows: Outlook[] }) {
	const { url } = useSession().magazine;
	if (rows.length === 0) return null;
	return (
		<section>
			<h3 className={css.part}>{title}</h3>
			<ul className={css.failures}>
				{rows.map((o) => (
					<li key={o.id}>
						<b>{o.headline || "Untitled"}</b>
						{o.address && !o.problem && (
							<span className={css.at}>
								{url + o.address}
								{o.version && o.version > 1 ? `, version ${o.version}` : ""}
							</span>
						)}
						{o.problem && <p className={css.why}>{o.problem}</p>}
						{o.failed.length > 0 && <Checklist checks={o.failed} brief />}
					</li>
				))}
			</ul>
		</section>
	);
}
