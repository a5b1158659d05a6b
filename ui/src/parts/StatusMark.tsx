// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ReactNode } from "react";
import type { ArticleStatus } from "../api/nouns";
import css from "./StatusMark.module.css";

const words: Record<ArticleStatus, string> = {
	draft: "Draft",
	in_review: "In review",
	approved: "Approved",
	scheduled: "Scheduled",
	published: "Published",
	withdrawn: "Withdrawn",
};

// The circle fills as the story nears its readers, so that the shape alone says
// how far it is; colour only helps.
const shapes: Record<ArticleStatus, ReactNode> = {
	draft: <circle cx="6" cy="6" r="4.5" strokeDasharray="2 1.5" />,
	in_review: (
		<>
			<circle cx="6" cy="6" r="4.5" />
			<path d="M6 1.5a4.5 4.5 0 0 0 0 9z" className={css.fill} />
		</>
	),
	approved: (
		<>
			<circle cx="6" cy="6" r="4.5" />
			<path d="m3.8 6.1 1.6 1.6 2.8-3.3" />
		</>
	),
	scheduled: (
		<>
			<circle cx="6" cy="6" r="4.5" />
			<path d="M6 3.2V6l1.9 1.3" />
		</>
	),
	published: <circle cx="6" cy="6" r="4.5" className={css.fill} />,
	withdrawn: (
		<>
			<circle cx="6" cy="6" r="4.5" />
			<path d="m2.8 9.2 6.4-6.4" />
		</>
	),
};

/** All statuses in the order of a story's life, for a filter or a picker. */
export const statuses = (Object.keys(words) as ArticleStatus[]).map((value) => ({ value, label: words[value] }));

/** Where an article stands, in word and shape. */
export function StatusMark({ status }: { status: ArticleStatus }) {
	return (
		<span className={css.mark} data-status={status}>
			<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden>
				{shapes[status]}
			</svg>
			{words[status]}
		</span>
	);
}
