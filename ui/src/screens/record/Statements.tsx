// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { personQuery } from "../../api/people";
import { type Statement, statementsQuery } from "../../api/record";
import { useSession } from "../../api/session";
import { termsQuery } from "../../api/taxonomy";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar, FilterSelect } from "../../parts/FilterBar";
import { PersonPicker } from "../../parts/PersonPicker";
import { type Column, RecordList } from "../../parts/RecordList";
import { useFilter, useFilters } from "../../parts/useFilter";
import css from "../../record/Record.module.css";
import { dateWords, withRole } from "../../record/words";
import { StatementPanel } from "./StatementPanel";

const columns: Column<Statement>[] = [
	{
		head: "Statement",
		cell: (s) => (
			<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, statement: s.id })} className={css.name}>
				<span className={css.words} dir="auto">
					{s.words}
				</span>
				<span className={css.by}>{[withRole(s.speaker.name, s.role), s.venue].filter(Boolean).join(" · ")}</span>
			</Link>
		),
	},
	{ head: "Said", width: "9.5rem", cell: (s) => <Said statement={s} /> },
	{ head: "Quoted", width: "5.5rem", align: "end", desktopOnly: true, cell: (s) => (s.quotations === 1 ? "once" : `${s.quotations} times`) },
	{ head: "Readers", width: "7rem", desktopOnly: true, cell: (s) => (s.live ? "see it" : "do not yet") },
];

function Said({ statement: s }: { statement: Statement }) {
	const { language } = useSession().magazine;
	return dateWords(s.date, language) || "–";
}

const day = (s: string | undefined) => (s && /^\d{4}-\d\d-\d\d$/.test(s) ? s : undefined);

/** All statements, searched by words, speaker, topic, venue and time. */
export default function Statements() {
	const { q, speaker, topic, venue, from, to } = useFilters();
	const list = useInfiniteQuery(statementsQuery({ q, speaker, topic, venue, from: day(from), to: day(to) }));
	const [open, setOpen] = useFilter("statement");
	const topics = useQuery(termsQuery("topic")).data ?? [];
	const filtered = Boolean(q || speaker || topic || venue || from || to);
	return (
		<>
			<FilterBar search="Search the record" keep={["statement"]}>
				<SpeakerFilter />
				<FilterSelect name="topic" label="Topic" searchable data={topics.map((t) => ({ value: t.id, label: t.name }))} />
				<TextFilter name="venue" label="Venue or medium" />
				<TextFilter name="from" label="From" type="date" />
				<TextFilter name="to" label="To" type="date" />
			</FilterBar>
			<RecordList
				label="Statements"
				list={list}
				columns={columns}
				name={(s) => s.words}
				empty={
					filtered ? (
						<EmptyState title="No statement fits">Take out a filter or a word: the search looks into the words of statements and the names of those who made them.</EmptyState>
					) : (
						<EmptyState title="Nothing is in the record yet">
							A statement is what somebody said once: the words, the office they held, when, to whom and where. Confirm what is found beside a story’s text, or work through the queue.
						</EmptyState>
					)
				}
			/>
			{open && <StatementPanel key={open} id={open} onOpen={setOpen} />}
		</>
	);
}

function SpeakerFilter() {
	const [id, set] = useFilter("speaker");
	const name = useQuery({ ...personQuery(id), enabled: id !== "" }).data?.name;
	return <PersonPicker quiet label="Speaker" value={id ? { id, name: name ?? "…" } : null} onChange={(p) => set(p?.id ?? null)} />;
}

function TextFilter({ name, label, type }: { name: string; label: string; type?: "date" }) {
	const [value, set] = useFilter(name);
	const [typed, setTyped] = useState(value);
	const later = useDebouncedCallback(set, 250);
	const [seen, setSeen] = useState(value);
	// The address may change without typing: Clear, a link.
	if (seen !== value) {
		setSeen(value);
		setTyped(value);
	}
	return (
		<TextInput
			type={type}
			size="sm"
			w={type ? "9rem" : "10rem"}
			aria-label={label}
			title={label}
			placeholder={label}
			value={typed}
			onChange={(e) => {
				setTyped(e.currentTarget.value);
				later(e.currentTarget.value);
			}}
		/>
	);
}
