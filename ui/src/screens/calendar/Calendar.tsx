// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { calendarQuery } from "../../api/life";
import { useSession } from "../../api/session";
import { addDays, dayOf, dayStart } from "../../api/zone";
import { LifeAside } from "../../life/LifeAside";
import { useZone } from "../../life/Zone";
import { ErrorState } from "../../parts/ErrorState";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useFilters, useSetFilters } from "../../parts/useFilter";
import { useShortcut } from "../../shortcuts/useShortcut";
import { Agenda } from "./Agenda";
import css from "./Calendar.module.css";
import { eventsOf } from "./events";
import { Grid } from "./Grid";
import { daysOf, step, type View } from "./span";

/** What appears when: scheduled and published stories and due dates, on the magazine's clocks. */
export default function Calendar() {
	const zone = useZone();
	const filters = useFilters();
	const set = useSetFilters();
	const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
	const view: View = filters.view === "week" ? "week" : "month";
	const [now] = useState(Date.now);
	const today = dayOf(now, zone);
	const day = filters.day ?? today;
	const days = daysOf(view, day);
	const first = days[0] ?? day;
	const last = days.at(-1) ?? day;
	const found = useQuery(calendarQuery(dayStart(first, zone), dayStart(addDays(last, 1), zone)));
	const events = eventsOf(found.data ?? [], zone);
	const go = (to: string) => set({ day: to === today ? undefined : to });
	useShortcut({ keys: "t", words: "Today", run: () => go(today) });
	useShortcut({ keys: "[", words: "Earlier", run: () => go(step(view, day, -1)) });
	useShortcut({ keys: "]", words: "Later", run: () => go(step(view, day, 1)) });
	return (
		<>
			<ScreenHeader title="Calendar" />
			<div className={css.bar}>
				<Button onClick={() => go(step(view, day, -1))} aria-label={`Earlier ${view}`}>
					Earlier
				</Button>
				<Button onClick={() => go(today)}>Today</Button>
				<Button onClick={() => go(step(view, day, 1))} aria-label={`Later ${view}`}>
					Later
				</Button>
				<h2 aria-live="polite">
					<Span view={view} first={first} last={last} day={day} />
				</h2>
				<SegmentedControl
					aria-label="Show"
					size="xs"
					data={[
						{ value: "month", label: "Month" },
						{ value: "week", label: "Week" },
					]}
					value={view}
					onChange={(v) => set({ view: v === "week" ? "week" : undefined })}
				/>
			</div>
			{found.isError ? (
				<ErrorState error={found.error} retry={() => void found.refetch()} />
			) : phone ? (
				<Agenda days={view === "month" ? days.filter((d) => d.slice(0, 7) === day.slice(0, 7)) : days} events={events} today={today} />
			) : (
				<Grid view={view} days={days} month={day.slice(0, 7)} events={events} today={today} />
			)}
			<p className={css.hint}>
				Times are those of {zone.replace("_", " ")}. {phone ? "Choose a time to move it." : "Drag what is scheduled or due to another day, or choose its time to move it."}
			</p>
			<LifeAside />
		</>
	);
}

function Span({ view, first, last, day }: { view: View; first: string; last: string; day: string }) {
	const { language } = useSession().magazine;
	if (view === "month") return new Intl.DateTimeFormat(language, { timeZone: "UTC", month: "long", year: "numeric" }).format(Date.parse(day));
	return new Intl.DateTimeFormat(language, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" }).formatRange(Date.parse(first), Date.parse(last));
}
