// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ArticleRow } from "../../api/nouns";
import type { Column } from "../../parts/RecordList";
import { StatusMark } from "../../parts/StatusMark";
import { When } from "../../parts/When";
import { Headline } from "./Headline";

/** What a row of the list tells about a story. */
export const columns: Column<ArticleRow>[] = [
	{ head: "Headline", cell: (a) => <Headline article={a} /> },
	{ head: "Status", width: "7.5rem", cell: (a) => <StatusMark status={a.status} /> },
	{ head: "Section", width: "8rem", cell: (a) => a.section?.name },
	{ head: "By", width: "11rem", cell: (a) => a.bylines?.map((b) => b.person.name).join(", ") },
	{ head: "Public", width: "6.5rem", align: "end", desktopOnly: true, cell: (a) => <When at={a.publishedAt ?? a.scheduledAt} /> },
	{ head: "Changed", width: "6.5rem", align: "end", cell: (a) => <When at={a.updatedAt} /> },
];
