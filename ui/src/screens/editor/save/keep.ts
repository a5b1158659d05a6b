// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// What was written and not yet acknowledged by the server, in the browser's own
// database: it survives a closed lid, a lost session, a killed server.

/** What one window has of one story. */
export interface Kept {
	client: string;
	article: string;
	/** Of the body without the steps. */
	version: number;
	base: unknown;
	/** How many steps of this client the server has acknowledged. */
	confirmed: number;
	/** Made since, not acknowledged. */
	steps: unknown[];
	/** Fields changed since, and what they were. */
	was: Record<string, unknown>;
	set: Record<string, unknown>;
	at: number;
}

const name = "stet";
const table = "copies";

let opened: Promise<IDBDatabase> | undefined;

/** The result of a request, when it is there. */
function result<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.addEventListener("success", () => resolve(request.result));
		request.addEventListener("error", () => reject(request.error ?? new Error("the browser's database refused")));
	});
}

function open(): Promise<IDBDatabase> {
	if (!opened) {
		const request = indexedDB.open(name, 1);
		request.addEventListener("upgradeneeded", () => request.result.createObjectStore(table, { keyPath: "client" }));
		opened = result(request);
	}
	return opened;
}

function done(tx: IDBTransaction): Promise<void> {
	return new Promise((resolve, reject) => {
		tx.addEventListener("complete", () => resolve());
		tx.addEventListener("abort", () => reject(tx.error ?? new Error("the browser's database refused")));
	});
}

/** Keeps what a window has; resolves when it is on disk as far as the browser tells. */
export async function keep(k: Kept): Promise<void> {
	const tx = (await open()).transaction(table, "readwrite");
	tx.objectStore(table).put(k);
	return done(tx);
}

export async function forget(client: string): Promise<void> {
	const tx = (await open()).transaction(table, "readwrite");
	tx.objectStore(table).delete(client);
	return done(tx);
}

/** What windows that are no longer open have left behind of a story, the oldest first. */
export async function leftBehind(article: string): Promise<Kept[]> {
	const db = await open();
	const all = await result(db.transaction(table).objectStore(table).getAll() as IDBRequest<Kept[]>);
	const live = await liveWindows();
	return all.filter((k) => k.article === article && !live.has(lockName(k.client)) && hasSomething(k)).toSorted((a, b) => a.at - b.at);
}

const hasSomething = (k: Kept) => k.steps.length > 0 || Object.keys(k.set).length > 0;

const lockName = (client: string) => `stet-window-${client}`;

/** The names of windows of this browser that are open: each holds a lock as long as it lives. */
async function liveWindows(): Promise<Set<string>> {
	if (!("locks" in navigator)) return new Set();
	const { held = [] } = await navigator.locks.query();
	return new Set(held.map((l) => l.name ?? ""));
}

/** Says that the window is open, until the answer is called or the window is gone. */
export function liveWindow(client: string): () => void {
	const window = new AbortController();
	if ("locks" in navigator) {
		const until = new Promise<void>((resolve) => window.signal.addEventListener("abort", () => resolve()));
		void navigator.locks.request(lockName(client), { ifAvailable: true }, (lock) => (lock ? until : undefined));
	}
	return () => window.abort();
}
