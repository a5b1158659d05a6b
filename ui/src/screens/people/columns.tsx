// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import type { Person } from "../../api/nouns";
import type { Column } from "../../parts/RecordList";
import css from "./People.module.css";

export const kinds = [
	{ value: "person", label: "Person" },
	{ value: "organisation", label: "Organisation" },
];

export const writes = [
	{ value: "yes", label: "Writes" },
	{ value: "no", label: "Does not write" },
];

export const stories = (n: number) => (n === 1 ? "1 story" : `${n} stories`);

export const columns: Column<Person>[] = [
	{
		head: "Name",
		cell: (p) => (
			<>
				<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, person: p.id })} className={css.name}>
					{p.name}
				</Link>
				{p.role && <span className={css.role}>{p.role}</span>}
			</>
		),
	},
	{ head: "Kind", width: "8rem", desktopOnly: true, cell: (p) => kinds.find((k) => k.value === p.kind)?.label },
	{ head: "Writes", width: "7rem", desktopOnly: true, cell: (p) => (p.author ? "Writes" : "–") },
	{ head: "Public", width: "6.5rem", align: "end", cell: (p) => p.stories > 0 && stories(p.stories) },
];
