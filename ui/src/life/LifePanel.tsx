// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { articleQuery } from "../api/articles";
import { checklistQuery } from "../api/life";
import type { Article } from "../api/nouns";
import { useSession } from "../api/session";
import { useCommand } from "../palette/registry";
import { CorrectDialog } from "../corrections/CorrectDialog";
import { ErrorState } from "../parts/ErrorState";
import { Loading } from "../parts/Loading";
import { StatusMark } from "../parts/StatusMark";
import { useWhen } from "../parts/When";
import { AssignmentFields } from "./AssignmentFields";
import { Checklist } from "./Checklist";
import css from "./Life.module.css";
import { Notes } from "./Notes";
import { PublishDialog } from "./PublishDialog";
import { ReturnDialog } from "./ReturnDialog";
import { ScheduleDialog } from "./ScheduleDialog";
import { StoryHistory } from "./StoryHistory";
import { type Dialog, type Offer, useActs } from "./useActs";

interface Props {
	article: { id: string };
	/** Called when the story has moved on in its life. */
	onChanged: () => void;
}

/** Where a story stands and what can be done with it; beside the editor. */
export function LifePanel({ article, onChanged }: Props) {
	const found = useQuery(articleQuery(article.id));
	if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <Loading />;
	return <Life article={found.data} onChanged={onChanged} />;
}

function Life({ article: a, onChanged }: { article: Article; onChanged: () => void }) {
	const [dialog, open] = useState<Dialog | null>(null);
	const offers = useActs(a, open, onChanged);
	const checks = useQuery(checklistQuery(a.id)).data;
	const close = () => open(null);
	return (
		<div className={css.panel}>
			<Status article={a} />
			<div className={css.acts}>
				{offers.map((o) => (
					<OfferButton key={o.words} offer={o} />
				))}
			</div>
			<AssignmentFields article={a} onChanged={onChanged} />
			{checks && (
				<section aria-labelledby="life-checklist">
					<h3 id="life-checklist" className={css.heading}>
						Checklist
					</h3>
					<Checklist checks={checks} />
				</section>
			)}
			<Notes article={a} />
			<StoryHistory article={a} />
			{dialog === "publish" && <PublishDialog article={a} onClose={close} onChanged={onChanged} onSchedule={() => open("schedule")} />}
			{dialog === "schedule" && <ScheduleDialog article={a} onClose={close} onChanged={onChanged} />}
			{dialog === "correct" && <CorrectDialog article={a.id} onClose={close} />}
			{dialog === "return" && <ReturnDialog article={a} onClose={close} onChanged={onChanged} />}
		</div>
	);
}

function OfferButton({ offer: o }: { offer: Offer }) {
	useCommand({ words: o.words, group: "This story", run: o.run });
	return (
		<Button size="compact-md" variant={o.main ? "filled" : "default"} onClick={o.run}>
			{o.words}
		</Button>
	);
}

/** Where it stands, in a sentence. */
function Status({ article: a }: { article: Article }) {
	const when = useWhen();
	const { url } = useSession().magazine;
	let more = "";
	if (a.trashed) more = "In the trash. What was never public is removed after 30 days.";
	else if (a.status === "scheduled" && a.scheduledAt) more = `Becomes public on ${when(a.scheduledAt, "full")}.`;
	else if (a.status === "published" && a.scheduledAt) more = `The working copy becomes public on ${when(a.scheduledAt, "full")}.`;
	else if (a.status === "published" && a.changed) more = "The working copy has changes that readers do not see.";
	else if (a.status === "published") more = "Readers see this text.";
	else if (a.status === "withdrawn") more = "Readers no longer see it; its address says that it is gone.";
	return (
		<div>
			<StatusMark status={a.status} />
			{more && <p className={css.sentence}>{more}</p>}
			{a.path && (
				<a className={css.path} href={url + a.path} target="_blank" rel="noreferrer">
					{a.path}
				</a>
			)}
		</div>
	);
}
