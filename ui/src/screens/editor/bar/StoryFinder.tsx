// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { articlesQuery } from "../../../api/articles";
import type { Named } from "../../../api/nouns";
import { StatusMark } from "../../../parts/StatusMark";
import css from "./StoryFinder.module.css";

/** Finds one of our own stories. */
export function StoryFinder({ onPick, start = "" }: { onPick: (s: Named) => void; start?: string }) {
	const [typed, setTyped] = useState(start);
	const [q] = useDebouncedValue(typed.trim(), 150);
	const found = useInfiniteQuery(articlesQuery({ kind: "story", q: q || undefined }));
	const rows = (found.data?.pages[0]?.items ?? []).slice(0, 8);
	return (
		<>
			<TextInput label="Search among our stories" value={typed} onChange={(e) => setTyped(e.currentTarget.value)} data-autofocus />
			<ul className={css.list}>
				{rows.map((a) => (
					<li key={a.id}>
						<button type="button" onClick={() => onPick({ id: a.id, name: a.headline })}>
							{a.headline || "Untitled"}
							<StatusMark status={a.status} />
						</button>
					</li>
				))}
			</ul>
			<p role="status" className={css.none}>
				{found.isSuccess && rows.length === 0 ? "No story of that name" : ""}
			</p>
		</>
	);
}
