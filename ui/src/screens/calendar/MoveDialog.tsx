// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { assign, useStoryChange } from "../../api/life";
import { momentPicked, pickedOf, PickTime } from "../../life/PickTime";
import { ScheduleDialog } from "../../life/ScheduleDialog";
import { useZone } from "../../life/Zone";
import type { Event } from "./events";

/** Moves an event to a day and a time that are typed. */
export function MoveDialog({ event: e, onClose }: { event: Event; onClose: () => void }) {
	return e.what === "due" ? <MoveDue event={e} onClose={onClose} /> : <ScheduleDialog article={e.article} onClose={onClose} />;
}

function MoveDue({ event: e, onClose }: { event: Event; onClose: () => void }) {
	const zone = useZone();
	const [picked, setPicked] = useState(() => pickedOf(e.at, zone));
	const moment = momentPicked(picked, zone);
	const go = useStoryChange(() => assign(e.article.id, { dueAt: new Date(moment ?? 0).toISOString() }), onClose);
	return (
		<Modal opened onClose={onClose} title="Move the due date" closeButtonProps={{ "aria-label": "Close" }}>
			<PickTime label="Due" value={picked} onChange={setPicked} focus />
			<Group justify="flex-end" mt="lg">
				<Button onClick={onClose}>Cancel</Button>
				<Button variant="filled" disabled={moment === undefined} loading={go.isPending} onClick={() => go.mutate(undefined)}>
					Move
				</Button>
			</Group>
		</Modal>
	);
}
