// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { activityQuery, versionsQuery } from "../api/life";
import type { Article } from "../api/nouns";
import { useSession } from "../api/session";
import { When } from "../parts/When";
import css from "./Life.module.css";

/** The versions that readers saw, and all that was done. */
export function StoryHistory({ article: a }: { article: Article }) {
	const { url } = useSession().magazine;
	const versions = useQuery(versionsQuery(a.id)).data ?? [];
	const acts = useInfiniteQuery(activityQuery({ ref: a.id, limit: 20 }));
	const rows = acts.data?.pages.flatMap((p) => p.items ?? []) ?? [];
	return (
		<>
			{versions.length > 0 && (
				<section aria-labelledby="life-versions">
					<h3 id="life-versions" className={css.heading}>
						Versions
					</h3>
					<ol className={css.history}>
						{versions.map((v) => (
							<li key={v.number}>
								<span>
									{a.path ? (
										<a href={`${url}${a.path}/history`} target="_blank" rel="noreferrer">
											Version {v.number}
										</a>
									) : (
										`Version ${v.number}`
									)}
									{v.note && <span className={css.quiet}> {v.note}</span>}
								</span>
								<When at={v.publishedAt} />
							</li>
						))}
					</ol>
				</section>
			)}
			<details className={css.details}>
				<summary>What was done</summary>
				<ol className={css.history}>
					{rows.map((r) => (
						<li key={r.id}>
							<span>
								<b>{r.by}</b> {r.act}
								{r.details && <span className={css.quiet}> {r.details}</span>}
							</span>
							<When at={r.at} />
						</li>
					))}
				</ol>
				{acts.hasNextPage && (
					<Button size="compact-sm" onClick={() => void acts.fetchNextPage()}>
						Earlier
					</Button>
				)}
			</details>
		</>
	);
}
