// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import type { Correction } from "../../api/nouns";
import css from "../../corrections/Corrections.module.css";
import { kindWords } from "../../corrections/words";
import type { Column } from "../../parts/RecordList";
import { When } from "../../parts/When";

export const columns: Column<Correction>[] = [
	{
		head: "Story and note",
		cell: (c) => (
			<>
				<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, correction: c.id })} className={css.open}>
					{c.article.headline}
				</Link>
				<span className={css.words}>{(c.spans ?? []).map((s) => s.text).join("")}</span>
			</>
		),
	},
	{ head: "Kind", width: "9rem", cell: (c) => (c.amends ? `${kindWords[c.kind]}, further note` : kindWords[c.kind]) },
	{ head: "Section", width: "9rem", desktopOnly: true, cell: (c) => c.article.section?.name ?? "–" },
	{ head: "By", width: "9rem", desktopOnly: true, cell: (c) => c.by || "–" },
	{ head: "Public since", width: "7rem", align: "end", cell: (c) => <When at={c.at} /> },
];
