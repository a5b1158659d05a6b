// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useDraggable } from "@dnd-kit/core";
import { useState } from "react";
import { useMay } from "../../api/session";
import { timeOf } from "../../api/zone";
import { useZone } from "../../life/Zone";
import { useSetFilters } from "../../parts/useFilter";
import css from "./Calendar.module.css";
import { type Event, movable, spoken } from "./events";
import { MoveDialog } from "./MoveDialog";

/** One event on its day: drag it, or choose its time to move it by keyboard. */
export function EventCard({ event: e }: { event: Event }) {
	const may = useMay();
	const can = movable(e) && (e.what === "due" ? may("write stories") : may("publish stories"));
	const { setNodeRef, listeners, isDragging } = useDraggable({ id: e.key, disabled: !can });
	return (
		<li ref={setNodeRef} data-held={isDragging || undefined} data-event={e.key} {...(can ? listeners : undefined)}>
			<Card event={e} movable={can} />
		</li>
	);
}

export function Card({ event: e, movable: can = false, lifted }: { event: Event; movable?: boolean; lifted?: boolean }) {
	const zone = useZone();
	const set = useSetFilters();
	const [moving, move] = useState(false);
	const name = e.article.headline || "Untitled";
	const time = timeOf(e.at, zone);
	return (
		<div className={css.card} data-what={e.what} data-can={can || undefined} data-lifted={lifted || undefined}>
			{can ? (
				<button type="button" className={css.time} aria-label={`Move ${name}, ${spoken[e.what]} ${time}`} onClick={() => move(true)}>
					{e.what === "due" ? "due " : e.what === "update" ? "update " : ""}
					{time}
				</button>
			) : (
				<span className={css.time}>{time}</span>
			)}
			<button type="button" className={css.name} onClick={() => set({ story: e.article.id })}>
				{name}
			</button>
			{moving && <MoveDialog event={e} onClose={() => move(false)} />}
		</div>
	);
}
