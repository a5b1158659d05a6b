// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ArticleRow } from "../../api/nouns";
import { LifeMark } from "../../life/LifeMark";
import type { Column } from "../../parts/RecordList";
import { When } from "../../parts/When";
import { Headline } from "./Headline";

const by = (a: ArticleRow) => [...a.bylines.map((b) => b.person.name), a.bylineText].filter(Boolean).join(", ");

/** What a row of the list tells about a story. */
export const columns: Column<ArticleRow>[] = [
	{ head: "Headline", cell: (a) => <Headline article={a} /> },
	{ head: "Status", width: "7.5rem", cell: (a) => <LifeMark article={a} /> },
	{ head: "Section", width: "8rem", cell: (a) => a.section?.name },
	{ head: "By", width: "10rem", cell: by },
	{ head: "Assigned", width: "8rem", desktopOnly: true, cell: (a) => a.assignee?.name },
	{ head: "Due", width: "6rem", align: "end", desktopOnly: true, cell: (a) => (a.dueAt ? <When at={a.dueAt} /> : null) },
	{ head: "Public", width: "6.5rem", align: "end", desktopOnly: true, cell: (a) => <When at={a.scheduledAt ?? a.publishedAt} /> },
	{ head: "Changed", width: "6.5rem", align: "end", cell: (a) => <When at={a.updatedAt} /> },
];
