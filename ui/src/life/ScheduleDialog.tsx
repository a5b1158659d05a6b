// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { act, checklistQuery, schedule, useStoryChange } from "../api/life";
import type { ArticleRow } from "../api/nouns";
import { useWhen } from "../parts/When";
import { toast } from "../parts/toast";
import { blocked, Checklist } from "./Checklist";
import { momentPicked, pickedOf, PickTime } from "./PickTime";
import { useZone } from "./Zone";

interface Props {
	article: ArticleRow;
	onClose: () => void;
	onChanged?: () => void;
	/** Begins with this moment instead of the one it has. */
	at?: number;
}

/** When the working copy becomes public, to the minute, on the magazine's clocks. */
export function ScheduleDialog({ article: a, onClose, onChanged, at }: Props) {
	const zone = useZone();
	const when = useWhen();
	const [picked, setPicked] = useState(() => pickedOf(at ?? a.scheduledAt ?? nextHour(), zone));
	const [note, setNote] = useState("");
	const checks = useQuery(checklistQuery(a.id)).data ?? [];
	const moment = momentPicked(picked, zone);
	const update = a.status === "published";
	const done = () => {
		onChanged?.();
		onClose();
	};
	const undo = useStoryChange(() => act(a.id, "unschedule"), onChanged);
	const go = useStoryChange(
		() => schedule(a.id, { at: new Date(moment ?? 0).toISOString(), note: note.trim() || undefined }),
		(now) => {
			toast(`Scheduled for ${when(now.scheduledAt ?? "", "full")}.`, { undo: a.scheduledAt ? undefined : () => undo.mutate(undefined) });
			done();
		},
	);
	return (
		<Modal opened onClose={onClose} title={update ? "Schedule this update" : "Schedule this story"} closeButtonProps={{ "aria-label": "Close" }}>
			<Stack>
				<PickTime label="Becomes public" value={picked} onChange={setPicked} focus />
				{update && (
					<Textarea label="Note for readers" description="Public, beside the new version. May stay empty." autosize minRows={2} value={note} onChange={(e) => setNote(e.currentTarget.value)} />
				)}
				{checks.some((c) => !c.passed) && <Checklist checks={checks} brief />}
				<p style={{ margin: 0, fontSize: "0.8125rem", color: "var(--muted)" }}>
					What the working copy is at that minute becomes public, and is held to the checklist again.
				</p>
			</Stack>
			<Group justify="flex-end" mt="lg">
				<Button onClick={onClose}>Cancel</Button>
				<Button variant="filled" disabled={moment === undefined || blocked(checks)} loading={go.isPending} onClick={() => go.mutate(undefined)}>
					{a.scheduledAt ? "Move" : "Schedule"}
				</Button>
			</Group>
		</Modal>
	);
}

const hour = 3_600_000;
const nextHour = () => Math.ceil((Date.now() + 60_000) / hour) * hour;
