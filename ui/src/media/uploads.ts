// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useSyncExternalStore } from "react";
import type { Uploaded } from "../api/nouns";
import { api } from "../api/client";
import { messageOf } from "../api/problem";
import { queries } from "../api/queries";
import { kept } from "./kept";
import { upload } from "./upload";

export type UploadStage = "queued" | "sending" | "waiting" | "paused" | "done" | "refused";

/** One file of the list of uploads. */
export interface Sending {
	key: string;
	name: string;
	size: number;
	sent: number;
	stage: UploadStage;
	/** Why it was refused. */
	reason?: string;
	asset?: Uploaded;
}

/** How many files are sent at a time: more would only share the same line. */
const atOnce = 2;

interface Work {
	file: File;
	id?: string;
	stop?: AbortController;
	onDone: ((asset: Uploaded) => void)[];
}

// The list lives outside of any screen: files go on while one does other things.
let list: readonly Sending[] = [];
const work = new Map<string, Work>();
const listeners = new Set<() => void>();

function set(next: readonly Sending[]) {
	list = next;
	for (const tell of listeners) tell();
}

function change(key: string, what: Partial<Sending>) {
	set(list.map((s) => (s.key === key ? { ...s, ...what } : s)));
}

function add(key: string, file: File, w: Work) {
	work.set(key, w);
	set([...list, { key, name: file.name, size: file.size, sent: 0, stage: "queued" }]);
}

function next() {
	const busy = list.filter((s) => s.stage === "sending" || s.stage === "waiting").length;
	for (const s of list.filter((s) => s.stage === "queued").slice(0, Math.max(0, atOnce - busy))) void run(s.key);
}

async function run(key: string) {
	const w = work.get(key);
	if (!w) return;
	const stop = new AbortController();
	w.stop = stop;
	change(key, { stage: "sending" });
	try {
		const asset = await upload(w.file, {
			signal: stop.signal,
			resume: w.id,
			onBegun: (id) => {
				w.id = id;
				void kept.put({ key, file: w.file, id });
			},
			onProgress: (sent) => change(key, { sent }),
			onWaiting: (waiting) => change(key, { stage: waiting ? "waiting" : "sending" }),
		});
		change(key, { stage: "done", asset, sent: w.file.size });
		void kept.drop(key);
		void queries.invalidateQueries({ queryKey: ["assets"] });
		for (const tell of w.onDone) tell(asset);
	} catch (error) {
		if (stop.signal.aborted) return;
		change(key, { stage: "refused", reason: messageOf(error) });
		void kept.drop(key);
	} finally {
		next();
	}
}

export const uploads = {
	/** Puts files into the queue; onDone is called for each that became an asset. */
	add(files: Iterable<File>, onDone?: (asset: Uploaded) => void) {
		for (const file of files) {
			const key = crypto.randomUUID();
			add(key, file, { file, onDone: onDone ? [onDone] : [] });
			void kept.put({ key, file });
		}
		next();
	},
	pause(key: string) {
		change(key, { stage: "paused" });
		work.get(key)?.stop?.abort();
	},
	resume(key: string) {
		change(key, { stage: "queued" });
		next();
	},
	/** Takes a file off the list, and gives it up when it has not arrived. */
	drop(key: string) {
		const w = work.get(key);
		const stage = list.find((s) => s.key === key)?.stage;
		work.delete(key);
		set(list.filter((s) => s.key !== key));
		w?.stop?.abort();
		void kept.drop(key);
		if (w?.id && stage !== "done" && stage !== "refused") void api.DELETE("/api/uploads/{id}", { params: { path: { id: w.id } } });
		next();
	},
	/** Takes everything off the list that needs nobody any more. */
	clear() {
		for (const s of list) if (s.stage === "done" || s.stage === "refused") work.delete(s.key);
		set(list.filter((s) => s.stage !== "done" && s.stage !== "refused"));
	},
	/** Goes on with what a reload interrupted. */
	async recover() {
		for (const k of await kept.all()) if (!work.has(k.key)) add(k.key, k.file, { file: k.file, id: k.id, onDone: [] });
		next();
	},
};

/** The list of uploads, as it is now. */
export function useUploads(): readonly Sending[] {
	return useSyncExternalStore(
		(tell) => {
			listeners.add(tell);
			return () => listeners.delete(tell);
		},
		() => list,
	);
}
