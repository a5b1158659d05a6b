// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Term } from "../../api/nouns";
import { listQuery } from "../../api/list";
import { termsQuery } from "../../api/taxonomy";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar } from "../../parts/FilterBar";
import { type Column, RecordList } from "../../parts/RecordList";
import { useFilter } from "../../parts/useFilter";
import css from "./Taxonomy.module.css";
import { TermPanel } from "./TermPanel";

const columns: Column<Term>[] = [
	{
		head: "Name",
		cell: (t) => (
			<>
				<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, open: t.id })} className={css.name}>
					{t.name}
				</Link>
				<span className={css.path}>{t.path}</span>
			</>
		),
	},
	{ head: "Published", width: "7rem", align: "end", cell: (t) => t.stories },
	{ head: "Working copies", width: "8rem", align: "end", desktopOnly: true, cell: (t) => t.copies },
];

/** How many rows a page of the list has: an archive brings thousands of topics. */
const most = 100;

/** The topics, which run across sections. */
export default function Topics() {
	const [q] = useFilter("q");
	const [open, setOpen] = useFilter("open");
	const all = useQuery(termsQuery("topic")).data;
	const words = q.trim().toLocaleLowerCase();
	const list = useInfiniteQuery({
		...listQuery(["topics", "list", words, all], async (cursor) => {
			const found = (all ?? []).filter((t) => t.name.toLocaleLowerCase().includes(words));
			const from = Number(cursor ?? 0);
			return { items: found.slice(from, from + most), next: from + most < found.length ? String(from + most) : undefined };
		}),
		enabled: all !== undefined,
	});
	const topic = all?.find((t) => t.id === open);
	return (
		<>
			<FilterBar search="Search topics" keep={["open"]} />
			<RecordList
				label="Topics"
				list={list}
				columns={columns}
				name={(t) => t.name}
				empty={
					<EmptyState title={q ? "No topic of that name" : "No topics yet"}>
						A topic gathers stories about one matter from every section, and has a page and a feed of its own.
					</EmptyState>
				}
			/>
			{topic && <TermPanel key={topic.id + topic.revision} kind="topic" term={topic} all={all ?? []} onClose={() => setOpen(null)} />}
		</>
	);
}
