// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { assign, schedule, useStoryChange } from "../../api/life";
import { momentOf, timeOf } from "../../api/zone";
import { useZone } from "../../life/Zone";
import { toast } from "../../parts/toast";
import { useWhen } from "../../parts/When";
import type { Event } from "./events";

interface Move {
	event: Event;
	at: string;
}

const send = ({ event: e, at }: Move) => (e.what === "due" ? assign(e.article.id, { dueAt: at }) : schedule(e.article.id, { at }));

/** Moves an event to another day at the same hour, and offers to take that back. */
export function useMove() {
	const zone = useZone();
	const when = useWhen();
	const back = useStoryChange(send);
	const go = useStoryChange(send, (_, { event, at }) =>
		toast(`Moved to ${when(at, "full")}.`, { undo: () => back.mutate({ event, at: event.at }) }),
	);
	// Where the clocks skip the hour, it is the moment after the gap.
	return (event: Event, day: string) => go.mutate({ event, at: new Date(momentOf(`${day}T${timeOf(event.at, zone)}`, zone)).toISOString() });
}
