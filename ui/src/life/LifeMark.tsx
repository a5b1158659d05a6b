// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ArticleRow } from "../api/nouns";
import { StatusMark } from "../parts/StatusMark";
import { useSetFilters } from "../parts/useFilter";
import css from "./List.module.css";

/** Where a story stands, and the way to its side panel. */
export function LifeMark({ article: a }: { article: ArticleRow }) {
	const set = useSetFilters();
	return (
		<button type="button" className={css.mark} title="Review, schedule, publish" onClick={() => set({ story: a.id })}>
			<span>
				<StatusMark status={a.status} />
				{a.changed && <span className={css.under}>with changes</span>}
				{a.status === "published" && a.scheduledAt && <span className={css.under}>update scheduled</span>}
			</span>
		</button>
	);
}
