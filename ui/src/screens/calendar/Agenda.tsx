// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useMay, useSession } from "../../api/session";
import css from "./Calendar.module.css";
import { Card } from "./EventCard";
import { type Event, movable } from "./events";

/** What is over stands above: one comes to see today and what is next, which is far below late in a month. */
function comeTo(day: HTMLElement | null) {
	if (day && day.getBoundingClientRect().bottom > window.innerHeight) day.scrollIntoView({ block: "start" });
}

/** The days with something on them, one below the other: the calendar of a phone. */
export function Agenda({ days, events, today }: { days: string[]; events: Event[]; today: string }) {
	const { language } = useSession().magazine;
	const may = useMay();
	const full = days.filter((d) => d === today || events.some((e) => e.day === d));
	const name = new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" });
	if (full.length === 0) return <p className={css.hint}>Nothing is scheduled, due or published in these days.</p>;
	return (
		<ol className={css.agenda}>
			{full.map((d) => (
				<li key={d} ref={d === today ? comeTo : undefined} data-today={d === today || undefined}>
					<h3>{d === today ? `Today, ${name.format(Date.parse(d))}` : name.format(Date.parse(d))}</h3>
					{events
						.filter((e) => e.day === d)
						.map((e) => (
							<Card key={e.key} event={e} movable={movable(e) && may("publish stories")} />
						))}
				</li>
			))}
		</ol>
	);
}
