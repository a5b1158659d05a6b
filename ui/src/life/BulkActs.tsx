// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Menu, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { actOnMany, colleaguesQuery, useStoryChange } from "../api/life";
import type { ActResult, ArticleKind, ArticleRow, BulkAct } from "../api/nouns";
import { useMay } from "../api/session";
import { confirm } from "../parts/confirm";
import { toast } from "../parts/toast";
import { useWhen } from "../parts/When";
import { BulkChoice } from "./BulkChoice";
import { BulkPublish } from "./BulkPublish";
import { many, tellFailures, tellPublished } from "./BulkResults";
import { momentPicked, pickedOf, PickTime } from "./PickTime";
import { useZone } from "./Zone";

type Body = Parameters<typeof actOnMany>[0];

const words: Record<BulkAct, string> = {
	submit: "submitted", "take-back": "taken back", approve: "approved", publish: "published", schedule: "scheduled", unschedule: "taken off the schedule",
	withdraw: "withdrawn", "put-back": "put back", trash: "moved to the trash", restore: "taken out of the trash", move: "moved", tag: "given the topic", untag: "relieved of the topic", assign: "assigned",
};

/** What takes a bulk act back, for the stories for which it was done; one after the other. */
function undoOf(body: Body, done: ActResult[]): Body[] {
	const ids = done.map((r) => r.id);
	const back: Partial<Record<BulkAct, BulkAct>> = { trash: "restore", restore: "trash", schedule: "unschedule", withdraw: "put-back", submit: "take-back", tag: "untag" };
	const act = back[body.act];
	if (act) return [{ ...body, act, ids }];
	if (body.act === "approve") {
		// In review again; what was approved as a draft, a draft again.
		const drafts = done.filter((r) => r.was === "draft").map((r) => r.id);
		const undo: Body[] = [{ act: "take-back", ids }];
		return drafts.length > 0 ? [...undo, { act: "take-back", ids: drafts }] : undo;
	}
	if (body.act !== "move" && body.act !== "assign") return [];
	// Each goes back to where it was.
	const befores = [...new Set(done.map((r) => r.was ?? ""))].filter((was) => was || body.act === "assign");
	return befores.map((was) => ({
		act: body.act,
		ids: done.filter((r) => (r.was ?? "") === was).map((r) => r.id),
		...(body.act === "move" ? { section: was } : { assignee: was }),
	}));
}

/** Does the acts in their order; what one of them could not do is told. */
async function takeBack(bodies: Body[]): Promise<ActResult[]> {
	const failed: ActResult[] = [];
	for (const body of bodies) failed.push(...((await actOnMany(body)).items ?? []).filter((r) => !r.ok));
	return failed;
}

interface Props {
	rows: ArticleRow[];
	clear: () => void;
	trash: boolean;
	kind: ArticleKind;
}

/** Acts on the chosen rows; each story is told apart in what comes back. */
export function BulkActs({ rows, clear, trash, kind }: Props) {
	const may = useMay();
	const [asking, ask] = useState<"section" | "topic" | "schedule" | "publish" | null>(null);
	const people = useQuery(colleaguesQuery).data ?? [];
	const undo = useStoryChange(takeBack, tellFailures);
	const go = useStoryChange(
		(body: Omit<Body, "ids">) => actOnMany({ ...body, ids: rows.map((r) => r.id) }),
		(page, body) => {
			const results = page.items ?? [];
			const done = results.filter((r) => r.ok);
			const back = undoOf({ ...body, ids: [] }, done);
			if (done.length > 0) toast(`${many(done.length, kind)} ${words[body.act]}.`, { undo: back.length > 0 ? () => undo.mutate(back) : undefined });
			tellFailures(results.filter((r) => !r.ok));
			if (done.length === results.length) clear();
		},
	);
	const sure = async (act: BulkAct, title: string, text: string, verb: string) => {
		if (await confirm({ title, children: text, act: verb, grave: true })) go.mutate({ act });
	};
	const n = many(rows.length, kind);
	const pub = may("publish stories");
	if (trash) {
		return <Button onClick={() => go.mutate({ act: "restore" })}>Take out of the trash</Button>;
	}
	return (
		<>
			{may("approve stories") && <Button onClick={() => go.mutate({ act: "approve" })}>Approve</Button>}
			{pub && <Button onClick={() => ask("publish")}>Publish …</Button>}
			{pub && <Button onClick={() => ask("schedule")}>Schedule …</Button>}
			<Menu>
				<Menu.Target>
					<Button>More …</Button>
				</Menu.Target>
				<Menu.Dropdown>
					{kind === "story" && <Menu.Item onClick={() => ask("section")}>Move to a section …</Menu.Item>}
					{kind === "story" && <Menu.Item onClick={() => ask("topic")}>Add a topic …</Menu.Item>}
					<Menu.Sub>
						<Menu.Sub.Target>
							<Menu.Sub.Item>Assign to</Menu.Sub.Item>
						</Menu.Sub.Target>
						<Menu.Sub.Dropdown>
							<Menu.Item onClick={() => go.mutate({ act: "assign", assignee: "" })}>Nobody</Menu.Item>
							{people.map((p) => (
								<Menu.Item key={p.id} onClick={() => go.mutate({ act: "assign", assignee: p.id })}>
									{p.name}
								</Menu.Item>
							))}
						</Menu.Sub.Dropdown>
					</Menu.Sub>
					<Menu.Item onClick={() => go.mutate({ act: "submit" })}>Submit for review</Menu.Item>
					{pub && <Menu.Item onClick={() => go.mutate({ act: "unschedule" })}>Take off the schedule</Menu.Item>}
					{may("withdraw stories") && <Menu.Item onClick={() => void sure("withdraw", `Withdraw ${n}?`, "Readers no longer find them. All versions are kept, and they can be put back.", "Withdraw")}>Withdraw …</Menu.Item>}
					<Menu.Item onClick={() => go.mutate({ act: "trash" })}>Move to the trash</Menu.Item>
				</Menu.Dropdown>
			</Menu>
			{asking === "publish" && (
				<BulkPublish
					ids={rows.map((r) => r.id)}
					kind={kind}
					onClose={() => ask(null)}
					onDone={(results) => {
						ask(null);
						tellPublished(results, kind);
						// What was left keeps its mark: something is to be done about it.
						if (results.length === rows.length && results.every((r) => r.ok)) clear();
					}}
				/>
			)}
			{asking === "schedule" && <ScheduleMany title={`Schedule ${n}`} onClose={() => ask(null)} onPick={(at) => go.mutate({ act: "schedule", at })} />}
			{asking === "section" && <BulkChoice what="section" onClose={() => ask(null)} onPick={(section) => go.mutate({ act: "move", section })} />}
			{asking === "topic" && <BulkChoice what="topic" onClose={() => ask(null)} onPick={(topic) => go.mutate({ act: "tag", topic })} />}
		</>
	);
}

function ScheduleMany({ title, onClose, onPick }: { title: string; onClose: () => void; onPick: (at: string) => void }) {
	const zone = useZone();
	const when = useWhen();
	const [picked, setPicked] = useState(() => pickedOf(Math.ceil(Date.now() / 3_600_000) * 3_600_000, zone));
	const moment = momentPicked(picked, zone);
	const at = moment === undefined ? "" : new Date(moment).toISOString();
	return (
		<Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
			<PickTime label="Become public" value={picked} onChange={setPicked} focus />
			<Button
				mt="lg"
				variant="filled"
				disabled={moment === undefined}
				onClick={() => {
					onPick(at);
					onClose();
				}}
			>
				{at ? `Schedule for ${when(at, "full")}` : "Schedule"}
			</Button>
		</Modal>
	);
}
