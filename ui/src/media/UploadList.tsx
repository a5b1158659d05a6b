// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Progress } from "@mantine/core";
import css from "./UploadList.module.css";
import { bytes } from "./kinds";
import { type Sending, type UploadStage, uploads, useUploads } from "./uploads";

const words: Record<UploadStage, string> = {
	queued: "Waiting its turn",
	sending: "Sending",
	waiting: "No connection; goes on by itself",
	paused: "Paused",
	done: "Added",
	refused: "Refused",
};

/** Files on their way into the library, and what became of them. */
export function UploadList({ onOpen }: { onOpen?: (id: string) => void }) {
	const list = useUploads();
	if (list.length === 0) return null;
	const over = list.filter((s) => s.stage === "done" || s.stage === "refused").length;
	return (
		<section className={css.list} aria-label="Uploads">
			<header>
				<h2>
					<span role="status">
						{over} of {list.length} {list.length === 1 ? "file" : "files"} finished
					</span>
				</h2>
				{over > 0 && (
					<Button size="compact-sm" variant="subtle" onClick={uploads.clear}>
						Clear finished
					</Button>
				)}
			</header>
			<ul>
				{list.map((s) => (
					<Row key={s.key} sending={s} onOpen={onOpen} />
				))}
			</ul>
		</section>
	);
}

function Row({ sending: s, onOpen }: { sending: Sending; onOpen?: (id: string) => void }) {
	const moving = s.stage === "sending" || s.stage === "waiting" || s.stage === "queued";
	const asset = s.asset;
	return (
		<li data-stage={s.stage}>
			<span className={css.name}>{s.name}</span>
			<span className={css.stage} role={s.stage === "refused" ? "alert" : undefined}>
				{s.stage === "done" && asset && !asset.added ? "Kept already; this is the same file" : words[s.stage]}
				{s.reason && `: ${s.reason}`}
				{(s.stage === "sending" || s.stage === "paused") && `, ${bytes(s.sent)} of ${bytes(s.size)}`}
			</span>
			<span className={css.acts}>
				{moving && (
					<Button size="compact-sm" variant="subtle" aria-label={`Pause ${s.name}`} onClick={() => uploads.pause(s.key)}>
						Pause
					</Button>
				)}
				{s.stage === "paused" && (
					<Button size="compact-sm" variant="subtle" aria-label={`Go on with ${s.name}`} onClick={() => uploads.resume(s.key)}>
						Go on
					</Button>
				)}
				{s.stage === "done" && asset && onOpen && (
					<Button size="compact-sm" variant="subtle" aria-label={`Describe ${s.name}`} onClick={() => onOpen(asset.id)}>
						Describe
					</Button>
				)}
				{s.stage !== "done" && (
					<Button size="compact-sm" variant="subtle" aria-label={`${s.stage === "refused" ? "Dismiss" : "Give up"} ${s.name}`} onClick={() => uploads.drop(s.key)}>
						{s.stage === "refused" ? "Dismiss" : "Give up"}
					</Button>
				)}
			</span>
			{moving && <Progress className={css.progress} value={s.size ? (100 * s.sent) / s.size : 0} size={2} aria-label={`How much of ${s.name} has arrived`} />}
		</li>
	);
}
