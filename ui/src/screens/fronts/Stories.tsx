// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useDroppable } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Button } from "@mantine/core";
import { useState } from "react";
import { storiesQuery } from "../../api/fronts";
import type { Named, StoryRow } from "../../api/nouns";
import { queries } from "../../api/queries";
import { PickOne } from "../../parts/PickOne";
import css from "./Fronts.module.css";
import { type Held, letGo, putStory } from "./moves";
import { Story } from "./Story";
import type { Cargo } from "./useDragging";
import type { Front } from "./useFront";
import { faults, nameOf } from "./words";

/** What a block shows, in its order, and the pins that hold nothing. */
export function Stories({ f, held: h }: { f: Front; held: Held }) {
	const { stories, unmet } = h.filled;
	// Latest is by date: a story can be taken from it, but not put into it.
	const closed = !f.view.may || h.block.type === "latest";
	const end: Cargo = { kind: "end", key: h.key, index: stories.length, words: nameOf(h.block) };
	const { setNodeRef, isOver } = useDroppable({ id: `${h.key}:end`, data: end, disabled: closed });
	return (
		<>
			<SortableContext items={stories.map((s) => `${h.key}:${s.id}`)} strategy={verticalListSortingStrategy}>
				<ol className={css.stories}>
					{stories.map((s, i) => (
						<Story key={s.id} f={f} held={h} story={s} index={i} closed={closed} />
					))}
				</ol>
			</SortableContext>
			{!stories.length && <p className={css.none}>No story fits: readers do not see this block.</p>}
			{!closed && (
				<div ref={setNodeRef} className={css.end} data-over={isOver || undefined}>
					<PinStory f={f} held={h} />
				</div>
			)}
			{unmet.map((p) => (
				<p key={`${p.story}${p.why}`} className={css.unmet}>
					<span>
						Pinned, but {faults[p.why]}: {p.headline ?? p.story}
					</span>
					{f.view.may && (
						<Button variant="subtle" size="compact-sm" onClick={() => f.change((front) => letGo(front, h.key, p.story))}>
							Unpin
						</Button>
					)}
				</p>
			))}
		</>
	);
}

/** Finds a published story and puts it at the top of the block. */
function PinStory({ f, held: h }: { f: Front; held: Held }) {
	const [open, setOpen] = useState(false);
	const words = h.block.type === "lead" ? "Change the lead" : "Pin a story";
	const pin = (picked: Named | null) => {
		setOpen(false);
		if (picked) f.change((front) => putStory(front, { ...(known(picked.id) ?? bare(picked)), why: "pin" }, h.key, 0));
	};
	if (!open)
		return (
			<Button variant="subtle" size="compact-sm" aria-label={`${words} (${nameOf(h.block)})`} onClick={() => setOpen(true)}>
				{words}
			</Button>
		);
	return (
		<div ref={focusField}>
			<PickOne label="Headline of the story" quiet value={null} onChange={pin} search={storiesQuery} onBlur={() => setOpen(false)} />
		</div>
	);
}

// Who has asked for the field wants to type into it.
const focusField = (place: HTMLElement | null) => place?.querySelector("input")?.focus();

// The list that was picked from has all of the story.
function known(id: string): StoryRow | undefined {
	for (const [, page] of queries.getQueriesData<{ items: StoryRow[] }>({ queryKey: ["stories"] })) {
		const found = page?.items.find((s) => s.id === id);
		if (found) return found;
	}
	return undefined;
}

const bare = ({ id, name }: Named): StoryRow => ({ id, headline: name, path: "", publishedAt: "" });
