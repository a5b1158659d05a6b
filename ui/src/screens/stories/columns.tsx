// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ArticleRow } from "../../api/nouns";
import css from "../../life/List.module.css";
import { LifeMark } from "../../life/LifeMark";
import type { Column } from "../../parts/RecordList";
import { When } from "../../parts/When";
import { Headline } from "./Headline";

const by = (a: ArticleRow) => [...a.bylines.map((b) => b.person.name), a.bylineText].filter(Boolean).join(", ");

/** Who has it, and until when. */
function Assigned({ article: a }: { article: ArticleRow }) {
	return (
		<>
			{a.assignee?.name}
			{a.dueAt && (
				<span className={css.under}>
					due <When at={a.dueAt} />
				</span>
			)}
		</>
	);
}

/** What a row of the list tells about a story. */
export const columns: (Column<ArticleRow> & { beside?: true })[] = [
	{ head: "Headline", beside: true, cell: (a) => <Headline article={a} /> },
	{ head: "Status", width: "7.5rem", beside: true, cell: (a) => <LifeMark article={a} /> },
	{ head: "Section", width: "8rem", cell: (a) => a.section?.name },
	{ head: "By", width: "9.5rem", cell: by },
	{ head: "Assigned", width: "8rem", desktopOnly: true, cell: (a) => <Assigned article={a} /> },
	{ head: "Public", width: "6.5rem", align: "end", desktopOnly: true, cell: (a) => <When at={a.scheduledAt ?? a.publishedAt} /> },
	{ head: "Changed", width: "6.5rem", align: "end", cell: (a) => <When at={a.updatedAt} /> },
];
