// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { DndContext, type DragEndEvent, DragOverlay, PointerSensor, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { useState } from "react";
import { useSession } from "../../api/session";
import css from "./Calendar.module.css";
import { Card, EventCard } from "./EventCard";
import type { Event } from "./events";
import type { View } from "./span";
import { useMove } from "./useMove";

interface Props {
	view: View;
	days: string[];
	/** "2026-10": days of others are dimmed. */
	month: string;
	events: Event[];
	today: string;
}

/** Weeks as rows. A card that is dropped on another day keeps its hour. */
export function Grid({ view, days, month, events, today }: Props) {
	const { language } = useSession().magazine;
	const move = useMove();
	const [held, hold] = useState<Event | null>(null);
	// A click must stay a click.
	const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
	const drop = ({ active, over }: DragEndEvent) => {
		const e = events.find((v) => v.key === active.id);
		hold(null);
		if (e && over && over.id !== e.day) move(e, String(over.id));
	};
	const heads = days.slice(0, 7).map((d) => new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "short" }).format(Date.parse(d)));
	return (
		<DndContext sensors={sensors} onDragStart={({ active }) => hold(events.find((v) => v.key === active.id) ?? null)} onDragEnd={drop} onDragCancel={() => hold(null)}>
			<div className={css.heads} aria-hidden>
				{heads.map((h) => (
					<span key={h}>{h}</span>
				))}
			</div>
			<ol className={css.grid} data-view={view}>
				{days.map((d) => (
					<Day key={d} day={d} out={view === "month" && d.slice(0, 7) !== month} today={d === today} events={events.filter((e) => e.day === d)} />
				))}
			</ol>
			<DragOverlay dropAnimation={null}>{held && <Card event={held} lifted />}</DragOverlay>
		</DndContext>
	);
}

function Day({ day, events, out, today }: { day: string; events: Event[]; out: boolean; today: boolean }) {
	const { language } = useSession().magazine;
	const { setNodeRef, isOver } = useDroppable({ id: day });
	const name = new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" }).format(Date.parse(day));
	return (
		<li ref={setNodeRef} className={css.day} data-day={day} data-out={out || undefined} data-today={today || undefined} data-over={isOver || undefined}>
			<h3 aria-label={today ? `${name}, today` : name}>{Number(day.slice(8))}</h3>
			<ul>
				{events.map((e) => (
					<EventCard key={e.key} event={e} />
				))}
			</ul>
		</li>
	);
}
