// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type Counterpoint, counterpointsFoundQuery } from "../../../api/record";
import { StatementWords } from "../../../record/Choose";
import css from "../../../record/Record.module.css";
import { labelWords } from "../../../record/words";

/** Finds what is set side by side: what stands in this story first. */
export function CounterpointFinder({ article, onPick }: { article: string; onPick: (c: Counterpoint) => void }) {
	const [typed, setTyped] = useState("");
	const [q] = useDebouncedValue(typed.trim(), 150);
	const own = useQuery(counterpointsFoundQuery({ article, q: q || undefined }));
	const all = useQuery(counterpointsFoundQuery({ q: q || undefined }));
	const ours = own.data ?? [];
	const others = (all.data ?? []).filter((c) => !ours.some((o) => o.id === c.id));
	const none = own.isSuccess && all.isSuccess && ours.length + others.length === 0;
	return (
		<div className={css.finder}>
			<TextInput label="Words or a speaker" type="search" value={typed} onChange={(e) => setTyped(e.currentTarget.value)} data-autofocus />
			<Some title="In this story" rows={ours} onPick={onPick} />
			<Some title={ours.length > 0 ? "In the rest of the record" : "In the record"} rows={others} onPick={onPick} />
			<p role="status" className={css.aside}>
				{none && (q ? "Nothing that is set side by side fits." : "Nothing is set side by side yet.")}
			</p>
			{none && !q && (
				<p className={css.aside}>
					Two statements are set side by side under <Link to="/record/pairs">The record</Link>.
				</p>
			)}
		</div>
	);
}

function Some({ title, rows, onPick }: { title: string; rows: Counterpoint[]; onPick: (c: Counterpoint) => void }) {
	if (rows.length === 0) return null;
	return (
		<section aria-label={title}>
			<h3>{title}</h3>
			<ul>
				{rows.map((c) => (
					<li key={c.id}>
						<button type="button" onClick={() => onPick(c)}>
							<strong>{labelWords(c.label)}</strong>
							{!c.live && <span className={css.aside}> not public yet: one of the two is in no public story</span>}
							<span className={css.pair}>
								{[c.first, c.second].map((s) => (
									<span key={s.id} className={css.half}>
										<StatementWords statement={s} />
									</span>
								))}
							</span>
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}
