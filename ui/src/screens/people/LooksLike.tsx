// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Named, WholePerson } from "../../api/nouns";
import { peopleAlikeQuery } from "../../api/people";
import { MergeDialog } from "./MergeDialog";
import css from "./People.module.css";
import { stories } from "./columns";

/** Others who may be the same person. Only a human can tell. */
export function LooksLike({ person, onMerged }: { person: WholePerson; onMerged: (into: string) => void }) {
	const alike = useQuery(peopleAlikeQuery(person.id)).data ?? [];
	const [merging, setMerging] = useState<Named | "somebody">();
	return (
		<section className={css.part} style={{ marginBlockStart: "0.875rem" }} aria-label="The same person?">
			<h3>The same person?</h3>
			{alike.length === 0 ? (
				<p>Nobody else is written like {person.name}. If there is a double all the same, merge the two.</p>
			) : (
				<ul className={css.alike}>
					{alike.map((a) => (
						<li key={a.id}>
							<span>
								<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, person: a.id })}>
									{a.name}
								</Link>
								<small>
									{a.why} {stories(a.stories)} public.
								</small>
							</span>
							<Button size="compact-sm" onClick={() => setMerging(a)} aria-label={`Merge with ${a.name}`}>
								Merge
							</Button>
						</li>
					))}
				</ul>
			)}
			<Button onClick={() => setMerging("somebody")}>Merge with somebody else</Button>
			{merging && <MergeDialog person={person} other={merging === "somebody" ? null : merging} onClose={() => setMerging(undefined)} onMerged={onMerged} />}
		</section>
	);
}
