// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { addNote, deleteNote, notesQuery, useStoryChange } from "../api/life";
import type { Article } from "../api/nouns";
import { useMay } from "../api/session";
import { When } from "../parts/When";
import css from "./Life.module.css";

/** What the staff say to each other about a story. */
export function Notes({ article: a }: { article: Article }) {
	const may = useMay();
	const notes = useQuery(notesQuery(a.id)).data ?? [];
	const [text, setText] = useState("");
	const add = useStoryChange(
		() => addNote(a.id, text.trim()),
		() => setText(""),
	);
	const drop = useStoryChange(deleteNote);
	return (
		<section aria-labelledby="life-notes">
			<h3 id="life-notes" className={css.heading}>
				Notes
			</h3>
			<ol className={css.notes}>
				{notes.map((n) => (
					<li key={n.id}>
						<p className={css.by}>
							<b>{n.by}</b> {n.act && <span>{n.act} it · </span>}
							<When at={n.at} />
							{(n.own || may("change the stories of others")) && (
								<button type="button" className={css.drop} onClick={() => drop.mutate(n.id)} aria-label={`Delete the note of ${n.by}`}>
									Delete
								</button>
							)}
						</p>
						<p className={css.text}>{n.text}</p>
					</li>
				))}
			</ol>
			<form
				onSubmit={(e) => {
					e.preventDefault();
					if (text.trim()) add.mutate(undefined);
				}}
			>
				<Textarea aria-label="A note for the others" placeholder="A note for the others; readers never see it" autosize minRows={2} value={text} onChange={(e) => setText(e.currentTarget.value)} />
				{text.trim() && (
					<Button type="submit" mt="xs" size="compact-md" loading={add.isPending}>
						Add the note
					</Button>
				)}
			</form>
		</section>
	);
}
