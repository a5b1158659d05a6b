// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { api, ask } from "../api/client";
import type { Uploaded } from "../api/nouns";
import { Problem } from "../api/problem";

/** How much is sent at a time: what a lost connection costs at most. */
const part = 2 << 20;

/** How long to wait before trying again when the server cannot be reached. */
const patience = [1000, 2000, 4000, 8000];

export interface UploadOptions {
	/** How many bytes have arrived. */
	onProgress?: (sent: number) => void;
	/** Called with true while we wait for the server to be reached again. */
	onWaiting?: (waiting: boolean) => void;
	/** Called once the server knows of the file, with the id to go on with. */
	onBegun?: (id: string) => void;
	/** An upload that was begun before. */
	resume?: string;
	/** Ends the sending; what has arrived stays for two days. */
	signal?: AbortSignal;
}

/**
 * Sends a file to the library and returns the asset that it became. A lost
 * connection or a session that ended only delays it; a file that is refused
 * throws a Problem with the reason.
 */
export async function upload(file: File, options: UploadOptions = {}): Promise<Uploaded> {
	const { onProgress, onBegun, signal } = options;
	const retry = <T>(act: () => Promise<T>) => patiently(act, options);
	let { id, received } = await retry(() => found(options.resume, file));
	onBegun?.(id);
	onProgress?.(received);
	while (received < file.size) {
		const from = received;
		received = await retry(() => send(id, from, file.slice(from, from + part), signal));
		onProgress?.(received);
	}
	return retry(() => ask(api.POST("/api/uploads/{id}/finish", { params: { path: { id } }, signal })));
}

/** What is known of an upload that was begun before, else a new one. */
async function found(id: string | undefined, file: File) {
	if (id) {
		try {
			return await ask(api.GET("/api/uploads/{id}", { params: { path: { id } } }));
		} catch (error) {
			// It was given up meanwhile: begin anew.
			if (!(error instanceof Problem) || error.status !== 404) throw error;
		}
	}
	return ask(api.POST("/api/uploads", { body: { filename: file.name, size: file.size } }));
}

async function send(id: string, offset: number, bytes: Blob, signal?: AbortSignal): Promise<number> {
	const params = { path: { id }, header: { "Upload-Offset": offset } };
	try {
		const state = await ask(
			api.PATCH("/api/uploads/{id}", {
				params,
				// The document knows bytes only as a string.
				body: bytes as unknown as string,
				bodySerializer: (body) => body as unknown as Blob,
				headers: { "Content-Type": "application/octet-stream" },
				signal,
			}),
		);
		return state.received;
	} catch (error) {
		// The part arrived and its answer did not: the server says where to go on.
		if (!(error instanceof Problem) || error.status !== 409) throw error;
		return (await ask(api.GET("/api/uploads/{id}", { params: { path: { id } }, signal }))).received;
	}
}

/** Does it again, ever more slowly, as long as only the way there is broken. */
async function patiently<T>(act: () => Promise<T>, { signal, onWaiting }: UploadOptions): Promise<T> {
	for (let tries = 0; ; tries++) {
		try {
			const answer = await act();
			if (tries > 0) onWaiting?.(false);
			return answer;
		} catch (error) {
			signal?.throwIfAborted();
			// 401: the shell asks for the password, and the file goes on after it.
			if (!(error instanceof Problem) || !(error.passing || error.status === 401)) throw error;
			onWaiting?.(true);
			await pause(patience[Math.min(tries, patience.length - 1)] ?? 8000, signal);
		}
	}
}

function pause(time: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const end = () => {
			window.clearTimeout(timer);
			window.removeEventListener("online", end);
			signal?.removeEventListener("abort", end);
			if (signal?.aborted) reject(signal.reason as Error);
			else resolve();
		};
		const timer = window.setTimeout(end, time);
		window.addEventListener("online", end);
		signal?.addEventListener("abort", end);
	});
}
