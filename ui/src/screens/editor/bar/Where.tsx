// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import type { Article } from "../../../api/nouns";
import { StatusMark } from "../../../parts/StatusMark";
import { useWhen } from "../../../parts/When";
import { lastList } from "../../../shell/lastList";
import type { Writing } from "../save/Writing";
import css from "./Where.module.css";

/** The way back to the list, what kind of story it is, and how far it has come. */
export function Where({ writing, article: a, onStatus, open }: { writing: Writing; article: Article | undefined; onStatus: () => void; open: boolean }) {
	const { section, genre } = writing.fields.fields.use();
	const back = lastList(writing.kind);
	const label = [genre?.name, section?.name].filter(Boolean).join(" | ");
	return (
		<nav className={css.where} aria-label="Where you are">
			<Link to={back.to} search={back.search} className={css.back} title={`Back to ${back.words}, as you left it`}>
				<span aria-hidden>‹ </span>
				{back.words}
			</Link>
			<span className={css.label} data-empty={label ? undefined : true}>
				{label || (writing.kind === "page" ? "Page" : "No section yet")}
			</span>
			<button type="button" className={css.status} title="Review, schedule, publish" aria-expanded={open} onClick={onStatus}>
				<StatusMark status={a?.status ?? writing.status} />
				{a && <More article={a} />}
			</button>
		</nav>
	);
}

/** What the status alone does not say. */
function More({ article: a }: { article: Article }) {
	const when = useWhen();
	if (a.trashed) return <span>in the trash</span>;
	if (a.scheduledAt) return <span>{a.status === "published" ? `update on ${when(a.scheduledAt, "full")}` : when(a.scheduledAt, "full")}</span>;
	if (a.status === "published" && a.changed) return <span>with changes</span>;
	return null;
}
