// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery } from "@tanstack/react-query";
import { articleFilter, totalsQuery } from "../api/articles";
import type { ArticleKind } from "../api/nouns";
import { statuses } from "../parts/StatusMark";
import { useFilter, useFilters } from "../parts/useFilter";
import css from "./List.module.css";
import { useZone } from "./Zone";

/** The statuses with how many stories each has under the other filters; one or several can be on. */
export function StatusTabs({ kind }: { kind: ArticleKind }) {
	const zone = useZone();
	const { story: _story, ...filters } = useFilters();
	const totals = useQuery(totalsQuery(articleFilter(kind, filters, zone))).data;
	const [value, set] = useFilter("status");
	const on = new Set(value.split(",").filter(Boolean));
	const toggle = (status: string) => {
		if (!on.delete(status)) on.add(status);
		set(statuses.map((s) => s.value).filter((s) => on.has(s)).join(","));
	};
	const all = totals && statuses.reduce((n, s) => n + totals[s.value], 0);
	return (
		<div className={css.tabs} role="group" aria-label="Status">
			<button type="button" aria-pressed={on.size === 0} onClick={() => set(null)}>
				All <Count n={all} />
			</button>
			{statuses.map((s) => (
				<button key={s.value} type="button" aria-pressed={on.has(s.value)} onClick={() => toggle(s.value)}>
					{s.label} <Count n={totals?.[s.value]} />
				</button>
			))}
		</div>
	);
}

function Count({ n }: { n?: number }) {
	return <span className={css.count}>{n === undefined ? "" : new Intl.NumberFormat("en").format(n)}</span>;
}
